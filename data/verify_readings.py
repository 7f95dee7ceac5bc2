"""Checks of an event file that concern second entries: two people, and the same on both sides where they agree."""

from collections.abc import Iterator

from data import models
from data.i18n import _
from data.queries import sealing
from data.rules.identity import is_same_name
from data.rules.readings import AGREED, SETTLED
from data.store import Store


def reading_faults(_store: Store) -> Iterator[str]:
    """One sentence for each fault. Runs inside `store.read()`."""
    rows = models.Reading.select(models.Reading, models.Mark).join(models.Mark).order_by(models.Reading.id)
    for reading in rows:
        mark = reading.mark
        if reading.state == SETTLED:
            if not reading.settled_by or not reading.settled_at:
                yield _("{sheet}: nobody is named who settled the difference.").format(sheet=_sheet(mark))
            continue
        if is_same_name(reading.actor, mark.actor):
            yield _("{sheet}: both entries are by {name}.").format(sheet=_sheet(mark), name=mark.actor)
        if reading.state == AGREED and _differ(mark, reading):
            yield _("{sheet}: the two entries are said to agree, and differ.").format(sheet=_sheet(mark))


def _differ(mark: models.Mark, reading: models.Reading) -> bool:
    return bool(reading.total_milli != mark.total_milli or (mark.values and reading.values != mark.values))


def _sheet(mark: models.Mark) -> str:
    visit = mark.visit
    return _("{who}, {station}, judge {seat}").format(
        who=sealing.called(visit.entrant.number, visit.entrant.name), station=visit.station.name, seat=mark.seat
    )
