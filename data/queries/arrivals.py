"""Check-in as it stands: who is here, who is late, and where each goes first."""

from dataclasses import dataclass, replace
from datetime import datetime

from data import models
from data.local_time import local_time
from data.queries.entrants import EntrantRow, entrants
from data.queries.plain_rows import plain_rows
from data.store import Store


@dataclass(frozen=True)
class ArrivalRow:
    """An entrant and its first visit in the timetable in force (None without one).

    late_minutes: on the day of the event, how long after the start of the first visit the entrant arrived,
    or has not arrived by now; else 0. ready_minute: not called before, where somebody said so.
    """

    entrant: EntrantRow
    station: str | None
    lane: int | None
    starts_minute: int | None
    late_minutes: int
    ready_minute: int | None = None

    @property
    def id(self) -> int:
        return self.entrant.id

    @property
    def is_overdue(self) -> bool:
        """Whether the entrant should be here by now and is not."""
        return self.entrant.state == "expected" and self.late_minutes > 0


def arrivals(store: Store) -> list[ArrivalRow]:
    """Everyone who is to check in, in the order of `entrants`. Times of day are those of this computer."""
    with store.read():
        first = _first_slots()
        event = models.Event.select().first()
        day = event.date if event else ""
        now = store.clock().astimezone()
        ready = models.Entrant.select(models.Entrant.id, models.Entrant.ready_minute)
        later = dict(plain_rows(ready.where(models.Entrant.ready_minute.is_null(False))))
        return [
            replace(_row(entrant, first.get(entrant.id), day, now), ready_minute=later.get(entrant.id))
            for entrant in entrants(store)
        ]


def _first_slots() -> dict[int, tuple[str, int, int]]:
    newest = models.Timetable.select(models.Timetable.id).order_by(models.Timetable.number.desc()).limit(1)
    query = (
        models.Slot.select(models.Visit.entrant, models.Station.name, models.Slot.lane, models.Slot.starts_minute)
        .join(models.Visit)
        .join(models.Station)
        .where(models.Slot.timetable.in_(newest))
        .order_by(models.Slot.starts_minute.desc())
    )
    return {entrant: (station, lane, starts) for entrant, station, lane, starts in plain_rows(query)}


def _row(entrant: EntrantRow, slot: tuple[str, int, int] | None, day: str, now: datetime) -> ArrivalRow:
    if slot is None:
        return ArrivalRow(entrant, None, None, None, 0)
    station, lane, starts = slot
    moment = now if entrant.arrived_at is None else local_time(entrant.arrived_at)
    counts = entrant.state in ("expected", "present") and moment.date().isoformat() == day
    late = moment.hour * 60 + moment.minute - starts if counts else 0
    return ArrivalRow(entrant, station, lane, starts, max(0, late))
