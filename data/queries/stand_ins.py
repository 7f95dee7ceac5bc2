"""Who marks a visit (裁判回避): the judges of its lane, and the reserve judges who take the seats of recused ones.

The lane of a visit is the one in which it began, and before that the one of the timetable in force.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from peewee import fn

from data import models
from data.queries.plain_rows import GIVEN, Prepared, plain_rows
from data.queries.sealing import names_sealed
from data.rules import stand_ins
from data.rules.plan import Judge
from data.store import Store


@dataclass(frozen=True)
class StandIn:
    """A reserve judge, by row, at a seat of one visit. `instead_of` is the name of the judge who is recused.

    That name would tell of whose unit an entrant is, so it is empty while the names of a blind event are sealed.
    """

    seat: int
    judge_id: int
    name: str
    instead_of: str


def stand_ins_by_visit(store: Store, number: int | None = None) -> dict[int, Mapping[int, StandIn]]:
    """The reserve judges of each visit for which some step in, by visit and seat; empty where the event lets none.

    Args:
        number: a timetable, by whose lanes alone it goes then.
    """
    with store.read():
        if not _is_allowed():
            return {}
        judges, places = Judges(), _places() if number is None else _places_in(number)
        return {visit: found for visit, *place in plain_rows(places) if (found := _at(judges, *place))}


def stand_ins_of(visit_id: int) -> Mapping[int, StandIn]:
    """The reserve judges of one visit, by seat. Runs inside `store.read()`."""
    if not _is_allowed():
        return {}
    rows = _PLACE.rows(visit_id)
    return _at(Judges(), *rows[0][1:]) if rows else {}


def lane_of_visit(visit_id: int) -> int | None:
    """The lane of a visit, None where nothing says. Runs inside `store.read()`."""
    rows = _PLACE.rows(visit_id)
    lane: int | None = rows[0][2] if rows else None
    return lane


def _is_allowed() -> bool:
    return bool(models.Event.select().where(models.Event.stand_ins).exists())


class Judges:
    """The judges of every station, read once; made inside `store.read()`. Stations are given by their rows."""

    def __init__(self) -> None:
        self._seated: dict[tuple[int, int], list[Judge]] = defaultdict(list)
        self._reserves: dict[int, list[Judge]] = defaultdict(list)
        judge = models.Judge
        rows = judge.select(
            judge.station, judge.reserve, judge.name, judge.unit_name, judge.lane, judge.seat, judge.chief, judge.id
        )
        for station, is_reserve, name, unit, lane, seat, chief, row_id in plain_rows(rows):
            to = self._reserves[station] if is_reserve else self._seated[station, lane]
            to.append(Judge(name, unit, "", lane, seat, bool(chief), row_id, bool(is_reserve)))

    def is_replaceable(self, station: int, lane: int, units: Collection[str]) -> bool:
        """Whether reserve judges can take the seats of all judges in a lane who are of the unit of these names."""
        return _is_allowed() and self.stand_ins(station, lane, units) is not None

    def stand_ins(self, station: int, lane: int, units: Collection[str]) -> tuple[tuple[Judge, Judge], ...] | None:
        """As `data.rules.stand_ins.stand_ins`."""
        return stand_ins.stand_ins(self._seated[station, lane], self._reserves[station], units)


def _at(judges: Judges, station: int, lane: int | None, unit: str, short: str) -> Mapping[int, StandIn]:
    pairs = judges.stand_ins(station, lane, {unit, short} - {""}) if lane else None
    sealed = bool(pairs) and names_sealed()
    return {
        judge.seat: StandIn(judge.seat, reserve.id or 0, reserve.name, "" if sealed else judge.name)
        for judge, reserve in pairs or ()
    }


def in_force() -> Any:
    """The timetable in force, for the `timetable` of a slot."""
    newest = models.Timetable.alias()
    return models.Timetable.select(models.Timetable.id).where(
        models.Timetable.number == newest.select(fn.MAX(newest.number))
    )


def _places(where: Any = None) -> Any:
    """The place of visits: id, row of the station, lane, and both names of the unit."""
    slot = models.Slot
    query = (
        models.Visit.select(
            models.Visit.id,
            models.Visit.station,
            fn.COALESCE(models.Visit.ran_lane, slot.lane),
            models.Unit.name,
            models.Unit.short,
        )
        .join(models.Entrant)
        .join(models.Unit)
        .join_from(models.Visit, slot, "LEFT JOIN", on=(slot.visit == models.Visit.id) & (slot.timetable == in_force()))
    )
    return query if where is None else query.where(where)


def _places_in(number: int) -> Any:
    """As `_places`, of the visits of one timetable and with its lanes."""
    return (
        models.Slot.select(models.Visit.id, models.Visit.station, models.Slot.lane, models.Unit.name, models.Unit.short)
        .join(models.Timetable)
        .join_from(models.Slot, models.Visit)
        .join(models.Entrant)
        .join(models.Unit)
        .where(models.Timetable.number == number)
    )


_PLACE = Prepared(lambda: _places(models.Visit.id == GIVEN))
