"""What people should weigh in a timetable that is right: long waits, the order of the draw, the load of the lanes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise, product

from data.rules.rotation_faults import Finding, Rules
from data.rules.rotation_model import Entrant, Problem, Slot, Station

LONG_WAIT_MINUTES = 120  # outside breaks, between an entrant's first and last visit


def soft(rules: Rules, planned: list[Slot]) -> Iterator[Finding]:
    """Every soft finding of a timetable.

    Args:
        planned: the visits to come, in the order of the day; what has taken place is known to the rules.
    """
    days: dict[int, list[Slot]] = defaultdict(list)
    for slot in (*rules.happened, *planned):
        days[slot.entrant].append(slot)
    yield from _waits(rules.problem, days)
    yield from (
        _every_station_in_order(rules, planned) if rules.problem.keep_order == "every" else _first_in_order(rules, days)
    )
    yield from _uneven_lanes(rules, planned)
    if rules.problem.bell:
        yield from _broken_waves(planned)
    for slot in rules.happened:
        if _has_own_judge(rules, slot) and not rules.is_stand_in(slot):
            yield Finding("recusal", False, (slot,))


def waiting_minutes(problem: Problem, day: Iterable[Slot]) -> int:
    """Minutes in which one entrant neither performs nor has a break, between the first start and the last end."""
    ordered = sorted(day, key=lambda slot: slot.starts)
    idle = 0
    for before, after in pairwise(ordered):
        gap = after.starts - before.ends
        if gap > 0:
            for starts, ends in problem.breaks:
                gap -= max(0, min(ends, after.starts) - max(starts, before.ends))
            idle += gap
    return idle


def _waits(problem: Problem, days: dict[int, list[Slot]]) -> Iterator[Finding]:
    for entrant, day in days.items():
        minutes = waiting_minutes(problem, day)
        if minutes > LONG_WAIT_MINUTES:
            yield Finding("long_wait", False, tuple(day), entrant=entrant, minutes=minutes)


def _by_division(entrants: Iterable[Entrant]) -> Iterator[list[Entrant]]:
    divisions: dict[str, list[Entrant]] = defaultdict(list)
    for entrant in entrants:
        divisions[entrant.division].append(entrant)
    yield from divisions.values()


def _first_in_order(rules: Rules, days: dict[int, list[Slot]]) -> Iterator[Finding]:
    """Who could trade whole days with the one drawn next, who starts earlier, and nobody would mind."""
    problem = rules.problem
    held = {slot.entrant for slot in (*problem.done, *problem.pinned)}
    free = [entrant for entrant in problem.entrants if entrant.id in days and entrant.id not in held]
    for drawn in _by_division(free):
        for earlier, later in pairwise(drawn):
            first, second = days[earlier.id], days[later.id]
            if (
                set(earlier.stations) == set(later.stations)
                and not (earlier.shares or later.shares)
                and min(slot.starts for slot in second) < min(slot.starts for slot in first)
                and all(_may_have(rules, earlier, slot) for slot in second)
                and all(_may_have(rules, later, slot) for slot in first)
            ):
                yield Finding("draw_order", False, (first[0], second[0]), entrant=earlier.id)


def _may_have(rules: Rules, entrant: Entrant, slot: Slot) -> bool:
    """Whether this entrant could perform in this place instead."""
    return (
        not entrant.units & rules.stations[slot.station].lane_units[slot.lane - 1]
        and entrant.drawn_lane(slot.station) in (None, slot.lane)
        and (
            not entrant.windows or any(starts <= slot.starts and slot.ends <= ends for starts, ends in entrant.windows)
        )
    )


def _every_station_in_order(rules: Rules, planned: list[Slot]) -> Iterator[Finding]:
    """Who performs at a station after the one drawn next."""
    there = {(slot.entrant, slot.station): slot for slot in planned}
    for drawn in _by_division(rules.problem.entrants):
        for station in rules.problem.stations:
            visits = [there[entrant.id, station.code] for entrant in drawn if (entrant.id, station.code) in there]
            for earlier, later in pairwise(visits):
                if later.starts < earlier.starts:
                    yield Finding("draw_order", False, (earlier, later), earlier.entrant, station.code)


def _uneven_lanes(rules: Rules, planned: list[Slot]) -> Iterator[Finding]:
    """Where a lane has at least two visits more than another that is open as long and could take one of them."""
    problem = rules.problem
    pinned = {(slot.entrant, slot.station) for slot in problem.pinned}
    inside: dict[tuple[str, int], list[Slot]] = defaultdict(list)
    load: dict[tuple[str, int], int] = defaultdict(int)
    for slot in planned:
        inside[slot.station, slot.lane].append(slot)
    for slot in (*planned, *rules.happened):
        load[slot.station, slot.lane] += 1
    for station in problem.stations:
        if found := _uneven(rules, station, inside, load, pinned):
            yield found


def _uneven(
    rules: Rules,
    station: Station,
    inside: dict[tuple[str, int], list[Slot]],
    load: dict[tuple[str, int], int],
    pinned: set[tuple[int, str]],
) -> Finding | None:
    by_load = sorted(station.lanes, key=lambda lane: load[station.code, lane])
    for full, empty in product(reversed(by_load), by_load):
        more = load[station.code, full] - load[station.code, empty]
        if more < 2 or station.closed(full) != station.closed(empty):
            continue
        for slot in inside[station.code, full]:
            entrant = rules.entrants[slot.entrant]
            if (
                (slot.entrant, slot.station) not in pinned
                and entrant.drawn_lane(station.code) is None
                and not entrant.units & station.lane_units[empty - 1]
            ):
                return Finding("uneven_lanes", False, (slot,), station=station.code, minutes=more, lane=empty)
    return None


def _broken_waves(planned: list[Slot]) -> Iterator[Finding]:
    """Who stands aside at strokes of the bell between the own first and last visit."""
    strokes = {minute: number for number, minute in enumerate(sorted({slot.starts for slot in planned}))}
    days: dict[int, list[Slot]] = defaultdict(list)
    for slot in planned:
        days[slot.entrant].append(slot)
    for entrant, day in days.items():
        idle = strokes[day[-1].starts] - strokes[day[0].starts] + 1 - len({slot.starts for slot in day})
        if idle:
            yield Finding("broken_wave", False, tuple(day), entrant=entrant, minutes=idle)


def _has_own_judge(rules: Rules, slot: Slot) -> bool:
    entrant, lanes = rules.entrants.get(slot.entrant), rules.stations[slot.station].lane_units
    return entrant is not None and slot.lane <= len(lanes) and bool(entrant.units & lanes[slot.lane - 1])
