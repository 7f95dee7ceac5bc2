"""What can be changed in a day so that it can be planned: the changes, and the problem that each leads to."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from data.rules.rotation_model import Entrant, Obstacle, Problem, Span, Station


@dataclass(frozen=True)
class Fix:
    """One change that takes an obstacle away. `also`: others that have to go with it.

    add_lane: `count` more lanes at `station`, their judges of no unit that takes part.
    close_later: the day closes at `minute`.
    fewer: `count` entrants fewer, here `entrants`, the last in the order of the draw who visit `station`.
    swap_judges: the judge in `seat` of `lane` at `station` and the one in `other_seat` of `other_lane` at
    `other_station` change seats; `unit` is the own unit of the first.
    replace_judge: the judge of `unit` in `seat` of `lane` at `station` gives it to one of no unit that takes part.
    stand_in: a reserve judge at `station` steps in for the judges of `unit`.
    longer_stay: the longest stay becomes `minute` minutes.
    open_longer: `station` stays open until `minute`.
    widen: `entrants`, those of `unit` who are hindered, can perform until `minute`.
    unpin: the visit of `entrants` (one) at `station` need not stay where it is.
    """

    code: str
    station: str = ""
    lane: int = 0
    other_lane: int = 0
    other_station: str = ""
    minute: int = 0
    count: int = 0
    entrants: tuple[int, ...] = ()
    unit: str = ""
    seat: int = 0
    other_seat: int = 0
    also: tuple["Fix", ...] = ()

    @property
    def parts(self) -> tuple["Fix", ...]:
        """This change and those that go with it, one by one."""
        return (replace(self, also=()), *(part for fix in self.also for part in fix.parts))


@dataclass(frozen=True)
class Remedy:
    """Obstacles that go together, and what takes them away, the least disruption first."""

    obstacles: tuple[Obstacle, ...]
    fixes: tuple[Fix, ...]


@dataclass(frozen=True)
class Seat:
    """Where a judge sits, and of which unit he is ("": none that matters)."""

    station: str
    lane: int
    seat: int
    unit: str = ""


def seats_of(problem: Problem) -> tuple[Seat, ...]:
    """The seats as far as a problem tells: one judge for each unit of a lane, and one without a unit in every lane."""
    return tuple(
        Seat(station.code, lane, number, unit)
        for station in problem.stations
        for lane in station.lanes
        for number, unit in enumerate([*sorted(station.lane_units[lane - 1]), ""], 1)
    )


def apply(problem: Problem, fix: Fix, seats: tuple[Seat, ...] = ()) -> Problem:
    """The problem after this change.

    Args:
        seats: who sits where; without them as `seats_of` reads them from the problem.
    """
    return apply_all(problem, (fix,), seats)


def apply_all(problem: Problem, fixes: Iterable[Fix], seats: tuple[Seat, ...] = ()) -> Problem:
    """The problem after these changes, one after the other."""
    seats = seats or seats_of(problem)
    for part in (part for fix in fixes for part in fix.parts):
        problem = _CHANGES[part.code](problem, part, seats)
        seats = seats_after(seats, part)
    return problem


def seats_after(seats: tuple[Seat, ...], part: Fix) -> tuple[Seat, ...]:
    """Who sits where after one change."""
    if part.code == "swap_judges":
        return exchanged(seats, part)
    return vacated(seats, part) if part.code == "replace_judge" else seats


def vacated(seats: tuple[Seat, ...], fix: Fix) -> tuple[Seat, ...]:
    """The seats after a judge has given his to one of no unit."""
    place = fix.station, fix.lane, fix.seat
    return tuple(replace(seat, unit="") if (seat.station, seat.lane, seat.seat) == place else seat for seat in seats)


def exchanged(seats: tuple[Seat, ...], fix: Fix) -> tuple[Seat, ...]:
    """The seats after two judges have changed places."""
    first = fix.station, fix.lane, fix.seat
    second = fix.other_station, fix.other_lane, fix.other_seat
    units = {(seat.station, seat.lane, seat.seat): seat.unit for seat in seats}
    units[first], units[second] = units.get(second, ""), units.get(first, "")
    return tuple(replace(seat, unit=units[seat.station, seat.lane, seat.seat]) for seat in seats)


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same times as spans that neither overlap nor touch, in order."""
    found: list[Span] = []
    for starts, ends in sorted(spans):
        if found and starts <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], ends)
        else:
            found.append((starts, ends))
    return found


def closes_for_good(problem: Problem, station: Station, lane: int) -> Span | None:
    """The time in which a lane is closed until the end of the day, if it is."""
    return next((span for span in merged(station.closed(lane)) if span[0] < problem.closes <= span[1]), None)


def _with_station(problem: Problem, changed: Station) -> Problem:
    stations = tuple(changed if station.code == changed.code else station for station in problem.stations)
    return replace(problem, stations=stations)


def _station(problem: Problem, code: str) -> Station:
    return next(station for station in problem.stations if station.code == code)


def _add_lane(problem: Problem, fix: Fix, _seats: tuple[Seat, ...]) -> Problem:
    station = _station(problem, fix.station)
    hours = _hours(station)
    return _with_station(
        problem,
        replace(
            station,
            lane_units=(*station.lane_units, *(frozenset[str](),) * fix.count),
            lane_closed=(*station.lane_closed, *(hours,) * fix.count) if station.lane_closed else (),
            stand_ins=(*station.stand_ins, *(frozenset[str](),) * fix.count) if station.stand_ins else (),
        ),
    )


def _hours(station: Station) -> tuple[Span, ...]:
    """When all lanes of a station are closed, so that a new one is closed then, too."""
    if not station.lane_closed:
        return ()
    first, *others = station.lane_closed
    return tuple(span for span in first if all(span in other for other in others))


def _close_later(problem: Problem, fix: Fix, _seats: tuple[Seat, ...]) -> Problem:
    return replace(problem, closes=max(problem.closes, fix.minute))


def _fewer(problem: Problem, fix: Fix, _seats: tuple[Seat, ...]) -> Problem:
    gone = set(fix.entrants)
    return replace(
        problem,
        entrants=tuple(
            replace(entrant, shares=tuple(other for other in entrant.shares if other not in gone))
            for entrant in problem.entrants
            if entrant.id not in gone
        ),
        before=tuple(slot for slot in problem.before if slot.entrant not in gone),
        pinned=tuple(slot for slot in problem.pinned if slot.entrant not in gone),
    )


def _swap_judges(problem: Problem, fix: Fix, seats: tuple[Seat, ...]) -> Problem:
    units: dict[tuple[str, int], set[str]] = {}
    for seat in exchanged(seats, fix):
        units.setdefault((seat.station, seat.lane), set()).update({seat.unit} - {""})
    for code, lane in ((fix.station, fix.lane), (fix.other_station, fix.other_lane)):
        station = _station(problem, code)
        judged = list(station.lane_units)
        judged[lane - 1] = frozenset(units[code, lane])
        problem = _with_station(problem, replace(station, lane_units=tuple(judged)))
    return problem


def _replace_judge(problem: Problem, fix: Fix, seats: tuple[Seat, ...]) -> Problem:
    place = fix.station, fix.lane
    station = _station(problem, fix.station)
    judged = list(station.lane_units)
    judged[fix.lane - 1] = frozenset(
        {seat.unit for seat in vacated(seats, fix) if (seat.station, seat.lane) == place} - {""}
    )
    return _with_station(problem, replace(station, lane_units=tuple(judged)))


def _stand_in(problem: Problem, fix: Fix, seats: tuple[Seat, ...]) -> Problem:
    """One more reserve judge helps in each lane with a single judge of the unit."""
    station = _station(problem, fix.station)
    names = frozenset({fix.unit}).union(*(entrant.units for entrant in problem.entrants if fix.unit in entrant.units))
    own = Counter(seat.lane for seat in seats if seat.station == station.code and seat.unit in names)
    helped = tuple(station.stand_in(lane) | (names if own[lane] == 1 else frozenset()) for lane in station.lanes)
    return _with_station(problem, replace(station, stand_ins=helped))


def _longer_stay(problem: Problem, fix: Fix, _seats: tuple[Seat, ...]) -> Problem:
    return replace(problem, most_stay=max(problem.most_stay, fix.minute))


def _open_longer(problem: Problem, fix: Fix, _seats: tuple[Seat, ...]) -> Problem:
    station = _station(problem, fix.station)
    lanes = []
    for lane in station.lanes:
        end = closes_for_good(problem, station, lane)
        spans = [span for span in merged(station.closed(lane)) if span != end]
        if end is not None and max(end[0], fix.minute) < end[1]:
            spans.append((max(end[0], fix.minute), end[1]))
        lanes.append(tuple(spans))
    return _with_station(problem, replace(station, lane_closed=tuple(lanes)))


def _widen(problem: Problem, fix: Fix, _seats: tuple[Seat, ...]) -> Problem:
    def widened(entrant: Entrant) -> Entrant:
        if entrant.id not in fix.entrants or not entrant.windows:
            return entrant
        *others, (starts, ends) = sorted(entrant.windows)
        return replace(entrant, windows=(*others, (starts, max(ends, fix.minute))))

    return replace(problem, entrants=tuple(map(widened, problem.entrants)))


def _unpin(problem: Problem, fix: Fix, _seats: tuple[Seat, ...]) -> Problem:
    kept = tuple(slot for slot in problem.pinned if (slot.entrant, slot.station) != (fix.entrants[0], fix.station))
    return replace(problem, pinned=kept)


_CHANGES = {
    "add_lane": _add_lane,
    "close_later": _close_later,
    "fewer": _fewer,
    "swap_judges": _swap_judges,
    "replace_judge": _replace_judge,
    "stand_in": _stand_in,
    "longer_stay": _longer_stay,
    "open_longer": _open_longer,
    "widen": _widen,
    "unpin": _unpin,
}
