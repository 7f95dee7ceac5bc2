"""The sheets that will not come: the chief judge confirmed that their visits are combined without them (缺裁判)."""

from typing import Any

from peewee import fn

from data import models
from data.queries.plain_rows import GIVEN, Prepared
from data.rules.alarms import MISSING


def missing_seats() -> dict[int, frozenset[int]]:
    """The seats whose sheets will not come, by visit; runs inside `store.read()`.

    A sheet that came all the same counts like any other.
    """
    found: dict[int, set[int]] = {}
    for visit, seat in _ALL.rows(MISSING):
        found.setdefault(visit, set()).add(seat)
    return {visit: frozenset(seats) for visit, seats in found.items()}


def missing_of(visit_id: int) -> frozenset[int]:
    """`missing_seats` of one visit; runs inside `store.read()`."""
    return frozenset(seat for _visit, seat in _OF_VISIT.rows(MISSING, visit_id))


def _missing() -> Any:
    confirmation, mark = models.Confirmation, models.Mark
    came = mark.select(mark.id).where(mark.visit == confirmation.visit, mark.seat == confirmation.seat, mark.latest)
    return (
        confirmation.select(confirmation.visit, confirmation.seat)
        .join(models.Visit)
        .join(models.Station)
        .where(confirmation.kind == GIVEN, confirmation.seat <= models.Station.judges, ~fn.EXISTS(came))
    )


_ALL = Prepared(_missing)
_OF_VISIT = Prepared(lambda: _missing().where(models.Confirmation.visit == GIVEN))
