"""Changes of judges that give a unit a lane where none of its own marks it (回避), at nobody else's cost."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from data.rules.rotation_fix import Fix, Seat, apply
from data.rules.rotation_model import Entrant, Obstacle, Problem, Station
from data.rules.rotation_recusal import open_lanes

_MOST_SWAPS = 2


def judge_fixes(problem: Problem, seats: tuple[Seat, ...], obstacle: Obstacle) -> list[Fix]:
    """What gives the entrant of a recusal, or of a drawn lane, a lane; the least disruption first.

    Two judges of one station change seats rather than those of two; then a reserve judge steps in; then a lane more;
    then a judge from elsewhere takes the seat.
    """
    entrant = next(entrant for entrant in problem.entrants if entrant.id == obstacle.entrant)
    station = next(station for station in problem.stations if station.code == obstacle.station)
    drawn = entrant.drawn_lane(station.code)
    if drawn is not None and drawn not in station.lanes:
        return [Fix("add_lane", station.code, count=drawn - len(station.lane_units))]
    found = list(_swaps(problem, seats, station, entrant, drawn))
    if drawn is None or all(entrant.units & units for units in station.lane_units):
        found += _reserve(problem, seats, station, entrant)
    if drawn is None:
        found.append(Fix("add_lane", station.code, count=1))
    return found + _replacements(seats, station, entrant, drawn)


def shut_out(problem: Problem, codes: Iterable[str]) -> set[tuple[int, str]]:
    """The visits to come at these stations for which no lane is open: (entrant id, station code)."""
    done = {(slot.entrant, slot.station) for slot in problem.done}
    stations = {station.code: station for station in problem.stations if station.code in codes}
    answers: dict[tuple[str, frozenset[str], int | None], bool] = {}
    found = set()
    for entrant in problem.entrants:
        for code in entrant.stations:
            if code not in stations or (entrant.id, code) in done:
                continue
            asked = code, entrant.units, entrant.drawn_lane(code)
            if asked not in answers:
                answers[asked] = not open_lanes(entrant, stations[code])
            if answers[asked]:
                found.add((entrant.id, code))
    return found


def _swaps(
    problem: Problem, seats: tuple[Seat, ...], station: Station, entrant: Entrant, drawn: int | None
) -> Iterator[Fix]:
    """Exchanges of judges after which the entrant has a lane and nobody lost one, those within the station first."""
    lanes = _by_lane(seats)
    here = [(station.code, lane) for lane in station.lanes if drawn in (None, lane)]
    own = {place: [seat for seat in lanes.get(place, ()) if seat.unit in entrant.units] for place in here}
    troubled = _troubled(problem) - ({(station.code, lane) for lane in station.lanes} if drawn is None else set())
    targets = sorted(lanes, key=lambda place: (place in troubled, place[0] != station.code))
    found = 0
    for target in targets:
        for place in sorted(here, key=lambda place: len(own[place])):
            others = [seat for seat in lanes[target] if seat.unit not in entrant.units]
            count = len(own[place])
            if target == place or not count or len(others) < count:
                continue
            for start in range(len(others) - count + 1):
                fix = _exchange(own[place], others[start : start + count])
                if _helps(problem, seats, fix, (entrant.id, station.code), {station.code, target[0]}):
                    yield fix
                    found += 1
                    break
            if found == _MOST_SWAPS:
                return


def _troubled(problem: Problem) -> set[tuple[str, int]]:
    """The lanes of visits for which no lane is open: no place for one more judge who cannot stay where he is."""
    entrants = {entrant.id: entrant for entrant in problem.entrants}
    stations = {station.code: station for station in problem.stations}
    found: set[tuple[str, int]] = set()
    for entrant, code in shut_out(problem, stations):
        drawn = entrants[entrant].drawn_lane(code)
        found.update((code, lane) for lane in stations[code].lanes if drawn in (None, lane))
    return found


def _by_lane(seats: Iterable[Seat]) -> dict[tuple[str, int], list[Seat]]:
    ordered = sorted(seats, key=lambda seat: (seat.station, seat.lane, seat.seat))
    return {place: list(inside) for place, inside in groupby(ordered, key=lambda seat: (seat.station, seat.lane))}


def _exchange(leaving: list[Seat], coming: list[Seat]) -> Fix:
    first, *others = (
        Fix(
            "swap_judges",
            one.station,
            one.lane,
            other_station=other.station,
            other_lane=other.lane,
            unit=one.unit,
            seat=one.seat,
            other_seat=other.seat,
        )
        for one, other in zip(leaving, coming, strict=True)
    )
    return replace(first, also=tuple(others))


def _helps(problem: Problem, seats: tuple[Seat, ...], fix: Fix, visit: tuple[int, str], codes: set[str]) -> bool:
    after = shut_out(apply(problem, fix, seats), codes)
    return visit not in after and after <= shut_out(problem, codes)


def _replacements(seats: tuple[Seat, ...], station: Station, entrant: Entrant, drawn: int | None) -> list[Fix]:
    """Judges from elsewhere for those of the own unit in the lane that has the fewest of them."""
    lanes = [lane for lane in station.lanes if drawn in (None, lane)]
    own = [[seat for seat in seats if _is_own(seat, station, lane, entrant)] for lane in lanes]
    leaving = [Fix("replace_judge", one.station, one.lane, unit=one.unit, seat=one.seat) for one in min(own, key=len)]
    return [replace(leaving[0], also=tuple(leaving[1:]))] if leaving else []


def _is_own(seat: Seat, station: Station, lane: int, entrant: Entrant) -> bool:
    return (seat.station, seat.lane) == (station.code, lane) and seat.unit in entrant.units


def _reserve(problem: Problem, seats: tuple[Seat, ...], station: Station, entrant: Entrant) -> Iterator[Fix]:
    units = [seat.unit for seat in seats if seat.station == station.code and seat.unit in entrant.units]
    for unit in units[:1]:
        fix = Fix("stand_in", station.code, unit=unit)
        if _helps(problem, seats, fix, (entrant.id, station.code), {station.code}):
            yield fix
