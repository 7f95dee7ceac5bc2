"""A timetable as it stands on papers: for the entrants, the lanes, the judges, the doors, and at a glance."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from data import models
from data.errors import NotAllowed
from data.i18n import _
from data.queries import sealing
from data.queries.entrants import EntrantRow, entrants
from data.queries.plan import current_plan
from data.queries.programme import is_performed
from data.queries.stand_ins import StandIn, stand_ins_by_visit
from data.rules import plan
from data.store import Store


@dataclass(frozen=True)
class Choice:
    """Which papers are wanted. `only` holds ids of the papers themselves: those that changed."""

    division: str | None = None  # code
    station: str | None = None  # code
    only: frozenset[int] | None = None

    def takes(self, paper_id: int) -> bool:
        return self.only is None or paper_id in self.only


ALL = Choice()


@dataclass(frozen=True)
class Turn:
    """One visit in a timetable: who is where and when."""

    visit_id: int
    entrant_id: int
    starts_minute: int
    ends_minute: int
    station_code: str
    station_name: str
    lane: int
    number: str
    name: str
    unit: str
    division_code: str
    division: str
    token: str


@dataclass(frozen=True)
class EntrantTimetable:
    """`id` is that of the entrant."""

    id: int
    number: str
    name: str
    unit: str
    division: str
    turns: tuple[Turn, ...]


@dataclass(frozen=True)
class LaneTimetable:
    """The running list of a lane. `id` counts the lanes of the event in the order of the plan, from 1."""

    id: int
    station_code: str
    station_name: str
    lane: int
    judges: tuple[str, ...]
    turns: tuple[Turn, ...]


@dataclass(frozen=True)
class JudgeTimetable:
    """`id` is that of the judge. A reserve judge has lane 0, and the turns of every lane for which the seat is his."""

    id: int
    judge: str
    unit: str
    seat: int
    chief: bool
    station_code: str
    station_name: str
    lane: int
    turns: tuple[Turn, ...]


@dataclass(frozen=True)
class DoorList:
    """What hangs at the door of a station: who comes when, lane by lane. `id` is that of the station."""

    id: int
    station_code: str
    station_name: str
    minutes: int
    lanes: tuple[LaneTimetable, ...]

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The visits of all its lanes."""
        return tuple(turn for lane in self.lanes for turn in lane.turns)


@dataclass(frozen=True)
class Overview:
    """The whole day on one page. `breaks` are those of the whole event: name, start, end. `id` is always 1."""

    opens: int
    finish: int
    entrants: int
    visits: int
    lanes: tuple[LaneTimetable, ...]
    breaks: tuple[tuple[str, int, int], ...] = ()
    id: int = 1

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The visits of all lanes."""
        return tuple(turn for lane in self.lanes for turn in lane.turns)


@dataclass(frozen=True)
class Timetables:
    """A timetable from all its sides, and its number, which every paper of it carries."""

    number: int
    entrants: tuple[EntrantTimetable, ...] = ()
    lanes: tuple[LaneTimetable, ...] = ()
    judges: tuple[JudgeTimetable, ...] = ()
    doors: tuple[DoorList, ...] = ()
    overviews: tuple[Overview, ...] = ()


def timetable_number(store: Store) -> int:
    """The number of the timetable in force.

    Raises:
        NotAllowed: there is none yet.
    """
    with store.read():
        number = models.Timetable.select(models.Timetable.number).order_by(models.Timetable.number.desc()).scalar()
    if number is None:
        raise NotAllowed(_("There is no timetable yet."), todo=_("Make the timetable first."))
    return int(number)


def timetables(store: Store, number: int | None = None, choice: Choice = ALL) -> Timetables:
    """A timetable from all its sides: the one in force, or an earlier one by its number.

    Raises:
        NotAllowed: there is no timetable yet.
    """
    with store.read():
        number = timetable_number(store) if number is None else number
        event = current_plan(store)
        found = turns(number, choice)
        by_entrant: dict[int, list[Turn]] = defaultdict(list)
        by_lane: dict[tuple[str, int], list[Turn]] = defaultdict(list)
        for turn in found:
            by_entrant[turn.entrant_id].append(turn)
            by_lane[turn.station_code, turn.lane].append(turn)
        lanes = _lanes(event, by_lane)
        return Timetables(
            number,
            tuple(
                _slip(row, by_entrant[row.id])
                for row in entrants(store, choice.division)
                if row.id in by_entrant and choice.takes(row.id)
            ),
            tuple(lane for lane in lanes if choice.takes(lane.id)),
            tuple(_judges(event, by_lane, stand_ins_by_visit(store, number), choice)),
            tuple(door for door in _doors(event, lanes) if choice.takes(door.id)),
            _overviews(event, found, lanes) if choice.takes(Overview.id) else (),
        )


def _slip(row: EntrantRow, turns: list[Turn]) -> EntrantTimetable:
    ordered = tuple(sorted(turns, key=lambda turn: turn.starts_minute))
    return EntrantTimetable(row.id, row.number or "", row.name, row.unit, row.division_title, ordered)


def _lanes(event: plan.Plan, turns: dict[tuple[str, int], list[Turn]]) -> list[LaneTimetable]:
    places = [(station, lane) for station in event.stations for lane in range(1, station.lanes + 1)]
    return [
        LaneTimetable(
            place,
            station.code,
            station.name,
            lane,
            tuple(judge.name for judge in event.judges if (judge.station, judge.lane) == (station.code, lane)),
            tuple(turns[station.code, lane]),
        )
        for place, (station, lane) in enumerate(places, start=1)
        if (station.code, lane) in turns
    ]


def _judges(
    event: plan.Plan,
    turns: dict[tuple[str, int], list[Turn]],
    reserves: Mapping[int, Mapping[int, StandIn]],
    choice: Choice,
) -> Iterator[JudgeTimetable]:
    """Of each judge the visits that he marks: not those for which a reserve judge has his seat."""
    names = {station.code: station.name for station in event.stations}
    stood_in: dict[int, list[Turn]] = defaultdict(list)
    for turn in (turn for lane in turns.values() for turn in lane):
        for reserve in reserves.get(turn.visit_id, {}).values():
            stood_in[reserve.judge_id].append(turn)
    for judge in event.judges:
        own = (turn for turn in turns.get((judge.station, judge.lane), ()))
        marked = [turn for turn in own if judge.seat not in reserves.get(turn.visit_id, {})]
        if judge.reserve:
            marked = sorted(stood_in[judge.id or 0], key=lambda turn: turn.starts_minute)
        if marked and choice.takes(judge.id or 0):
            yield JudgeTimetable(
                judge.id or 0,
                judge.name,
                judge.unit_name,
                judge.seat,
                judge.chief,
                judge.station,
                names[judge.station],
                judge.lane,
                tuple(marked),
            )


def _doors(event: plan.Plan, lanes: list[LaneTimetable]) -> list[DoorList]:
    by_station: dict[str, list[LaneTimetable]] = defaultdict(list)
    for lane in lanes:
        by_station[lane.station_code].append(lane)
    return [
        DoorList(station.id or 0, station.code, station.name, station.minutes, tuple(by_station[station.code]))
        for station in event.stations
        if station.code in by_station
    ]


def _overviews(event: plan.Plan, found: list[Turn], lanes: list[LaneTimetable]) -> tuple[Overview, ...]:
    if not found:
        return ()
    return (
        Overview(
            event.info.opens_minute,
            max(turn.ends_minute for turn in found),
            len({turn.entrant_id for turn in found}),
            len(found),
            tuple(lanes),
            tuple((pause.name, pause.starts_minute, pause.ends_minute) for pause in event.breaks if not pause.station),
        ),
    )


def turns(number: int, choice: Choice, *, due: bool = False) -> list[Turn]:
    """The visits of a timetable in the order of stations, lanes, times.

    `due` leaves those out that are at an optional station which was not drawn.
    """
    shown = sealing.who()
    query: Any = (
        models.Slot.select(
            models.Visit.id,
            models.Entrant.id,
            models.Slot.starts_minute,
            models.Slot.ends_minute,
            models.Station.code,
            models.Station.name,
            models.Slot.lane,
            models.Entrant.number,
            shown.name,
            shown.unit,
            models.Division.code,
            models.Division.category,
            models.Division.name,
            models.Entrant.token,
        )
        .join(models.Timetable)
        .switch(models.Slot)
        .join(models.Visit)
        .join(models.Station)
        .switch(models.Visit)
        .join(models.Entrant)
        .join(models.Unit)
        .switch(models.Entrant)
        .join(models.Division)
        .where(models.Timetable.number == number)
        .order_by(models.Station.position, models.Slot.lane, models.Slot.starts_minute, models.Visit.id)
    )
    if choice.division is not None:
        query = query.where(models.Division.code == choice.division)
    if choice.station is not None:
        query = query.where(models.Station.code == choice.station)
    if due:
        query = query.where(is_performed())
    return [
        Turn(
            visit,
            entrant,
            starts,
            ends,
            code,
            name,
            lane,
            number_ or "",
            who,
            unit,
            division,
            f"{category}·{group}",
            token,
        )
        for visit, entrant, starts, ends, code, name, lane, number_, who, unit, division, category, group, token in (
            query.tuples()
        )
    ]
