"""How early a day can end at best: lower bounds that see the breaks, for each station and each entrant.

CP-SAT's own bound does not see a break (it proves 984 where 1074 is the truth), so these are
computed here and handed to it. Each is a relaxation of the problem, hence never above the optimum.
"""

from dataclasses import dataclass
from itertools import combinations

from data.rules.rotation_ground import Ground
from data.rules.rotation_lanes import balance, open_options
from data.rules.rotation_model import Slot, Span, Station
from data.rules.rotation_spans import NEVER, Strokes, fit, last_start

_MOST_ARRIVALS = 12  # of the latest times of arrival; a bound for each


@dataclass(frozen=True)
class StationBound:
    """When a station ends at the earliest, and by how much it must go beyond the closing of its lanes or of the day."""

    end: int
    over: int


@dataclass(frozen=True)
class EntrantBound:
    """When an entrant is through at the earliest, how long after he has to leave, and how much his stay is too long."""

    end: int
    over: int
    stay_over: int


def lane_finish(visits: int, station: Station, ready: int, spans: tuple[Span, ...], bell: Strokes | None = None) -> int:
    """When a lane ends that takes this many visits one after the other, everyone being always at hand.

    Taking each visit as early as possible is optimal, because all visits of a station are equally long.
    """
    end = ready
    for visit in range(visits):
        end = fit(end + (station.changeover if visit else 0), station.minutes, spans, bell) + station.minutes
    return end


def lane_windows(
    visits: int, station: Station, ready: int, horizon: int, spans: tuple[Span, ...]
) -> list[tuple[int, int]]:
    """For the first, second, ... visit of a lane the earliest start, and the latest that leaves the others their time.

    Where a lane is busy from `ready` to `horizon`, each is a single minute.
    """
    earliest, latest = [], []
    minute, end = ready, horizon
    for _visit in range(visits):
        earliest.append(fit(minute, station.minutes, spans))
        minute = earliest[-1] + station.minutes + station.changeover
        latest.append(last_start(end, station.minutes, spans))
        end = latest[-1] - station.changeover
    return list(zip(earliest, reversed(latest), strict=True))


def entrant_finish(minutes: int, ready: int, spans: tuple[Span, ...], gap: int = 0, visits: int = 1) -> int:
    """When an entrant is through who has this many minutes to perform, were visits divisible.

    Args:
        gap: minutes at least between two of his `visits`; the time of a break counts for one of them.
    """
    end, left = ready, (visits - 1) * gap
    for starts, ends in sorted(spans):
        if end + minutes + left <= starts:
            break
        if end < ends:
            spent = max(0, starts - end)
            if spent:
                left -= min(left, gap, ends - starts)
            left -= min(left, max(0, spent - minutes))
            minutes -= min(spent, minutes)
            end = ends
    return end + minutes + left


def station_bounds(ground: Ground, *, relaxed: bool = False) -> dict[str, StationBound]:
    """For each station with visits to place, how it ends at best, by its code.

    Args:
        relaxed: lanes may be used after they close, as timetables do where there is no room.
    """
    found = {}
    closes = ground.problem.closes
    arrivals = _arrivals(ground)
    for station in ground.problem.stations:
        options = {entrant: lanes for entrant, lanes in open_options(ground, station).items() if lanes}
        if not options:
            continue
        _lanes, seats = balance(ground, station, options, in_time=not relaxed)
        end = max(seat.end for seat in seats)
        over = max(seat.over if seat.over else seat.end - closes for seat in seats)
        for ready in sorted({arrivals[key] for key in options if key in arrivals}, reverse=True)[:_MOST_ARRIVALS]:
            late = {key: lanes for key, lanes in options.items() if arrivals.get(key, 0) >= ready}
            _lanes, seats = balance(ground, station, late, ready, in_time=not relaxed)
            end = max(end, *(seat.end for seat in seats))
        found[station.code] = StationBound(end, max(0, over))
    return found


def _arrivals(ground: Ground) -> dict[int, int]:
    """When the entrants with windows come."""
    return {
        entrant.id: min(starts for starts, _ends in entrant.windows)
        for entrant in ground.problem.entrants
        if entrant.windows
    }


def entrant_bounds(ground: Ground) -> dict[int, EntrantBound]:
    """For each entrant with visits to place, when the last can end at the earliest, by entrant id."""
    codes: dict[int, list[str]] = {}
    for entrant, code in ground.visits:
        codes.setdefault(entrant, []).append(code)
    own: dict[int, list[Slot]] = {}
    for slot in ground.fixed:
        own.setdefault(slot.entrant, []).append(slot)
    memory: dict[object, EntrantBound] = {}
    found = {}
    for entrant, todo in codes.items():
        windows, fixed = ground.entrants[entrant].windows, tuple(own.get(entrant, ()))
        alike = tuple(sorted(todo)), windows, tuple((slot.station, slot.starts, slot.ends) for slot in fixed)
        if alike not in memory:
            memory[alike] = _entrant_bound(ground, alike[0], windows, fixed)
        found[entrant] = memory[alike]
    return found


def _entrant_bound(
    ground: Ground, codes: tuple[str, ...], windows: tuple[Span, ...], fixed: tuple[Slot, ...]
) -> EntrantBound:
    problem = ground.problem
    away = _away(windows)
    spans = tuple(sorted({*problem.breaks, *away, *((slot.starts, slot.ends) for slot in fixed)}))
    lengths = [ground.stations[code].minutes for code in codes]
    gap = min((ground.gaps[a, b] for a, b in combinations(codes, 2)), default=0) if ground.gaps else 0
    first = min((slot.starts for slot in fixed), default=NEVER)
    ends = max((slot.ends for slot in fixed), default=0)

    def through(ready: int) -> int:
        end = entrant_finish(sum(lengths), ready, spans, gap, len(codes))
        if ground.bell:
            stroke = ground.bell.from_minute(ready)
            for _visit in codes[1:]:
                stroke = ground.bell.from_minute(stroke + 1)
            end = max(end, stroke + min(lengths))
        return end

    earliest = through(problem.earliest)
    leaves = max((ends for _starts, ends in windows), default=NEVER)
    stay_over = 0
    if problem.most_stay:
        begins = ground.bell.until(problem.closes) if ground.bell else [ends for _starts, ends in spans]
        stay = min(through(minute) - minute for minute in (problem.earliest, *begins) if minute >= problem.earliest)
        if fixed:
            stay = max(stay, ends - first)
        if first <= problem.earliest:
            stay = max(stay, earliest - first)
        stay_over = max(0, stay - problem.most_stay)
    return EntrantBound(earliest, max(0, earliest - leaves), stay_over)


def _away(windows: tuple[Span, ...]) -> list[Span]:
    """When somebody with these windows is not there, before the last one ends."""
    found: list[Span] = []
    reached = -NEVER
    for starts, ends in sorted(windows):
        if starts > reached:
            found.append((reached, starts))
        reached = max(reached, ends)
    return found


def pair_bounds(ground: Ground) -> list[int]:
    """For each two entrants who share a person, when both can be through at the earliest."""
    minutes: dict[int, int] = {}
    for entrant, code in ground.visits:
        minutes[entrant] = minutes.get(entrant, 0) + ground.stations[code].minutes
    return [
        entrant_finish(minutes[entrant] + minutes[peer], ground.problem.earliest, ground.problem.breaks)
        for entrant, peers in ground.peers.items()
        for peer in peers
        if entrant < peer and entrant in minutes and peer in minutes
    ]


def least_finish(ground: Ground, stations: dict[str, StationBound], entrants: dict[int, EntrantBound]) -> int:
    """A minute before which no timetable ends."""
    ends = [ground.problem.opens, *pair_bounds(ground)]
    ends += [slot.ends for slot in (*ground.problem.done, *ground.held)]
    ends += [bound.end for bound in stations.values()]
    ends += [bound.end for bound in entrants.values()]
    return max(ends)
