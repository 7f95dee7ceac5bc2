"""Is a timetable right? Read from the slots alone; shares no code with the solver but the plain dataclasses."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise

from data.rules.rotation_model import Entrant, Problem, Slot, Station


@dataclass(frozen=True)
class Finding:
    """One fault of a timetable. `hard` ones make it unusable; soft ones are for people to weigh.

    `slots` are the visits concerned; `entrant` and `station` are set where no slot shows them (a
    missing visit). `minutes` is by how much: the overlap, the overrun, the lateness, the wait. `lane`: the
    lane that was drawn.

    Hard: unknown_entrant, unknown_station, unknown_lane, not_to_visit, missing, double, length,
    before_opening, after_closing, in_break, lane_overlap, changeover, entrant_overlap, recusal, other_lane (not the
    one that was drawn), moved_done, too_early.
    Soft: long_wait, draw_order.
    """

    code: str
    hard: bool
    slots: tuple[Slot, ...] = ()
    entrant: int | None = None
    station: str = ""
    minutes: int = 0
    lane: int = 0


LONG_WAIT_MINUTES = 120  # outside breaks, between an entrant's first and last visit


def check(problem: Problem, slots: Iterable[Slot]) -> list[Finding]:
    """Every fault of this timetable, hard ones first, each in the order of the day."""
    timetable = sorted(slots, key=lambda slot: (slot.starts, slot.station, slot.lane, slot.entrant))
    stations = {station.code: station for station in problem.stations}
    entrants = {entrant.id: entrant for entrant in problem.entrants}
    known: list[Slot] = []
    findings: list[Finding] = []
    for slot in timetable:
        code = _unknown(slot, entrants, stations)
        if code:
            findings.append(Finding(code, True, (slot,)))
        else:
            known.append(slot)
    findings += _complete(problem, known)
    for slot in known:
        findings += _alone(problem, slot, stations[slot.station], entrants[slot.entrant])
    findings += _lanes(known, stations)
    findings += _one_place(known)
    findings += _waits(problem, known)
    findings += _order(problem, known)
    return sorted(findings, key=lambda finding: not finding.hard)


def waiting_minutes(problem: Problem, day: Iterable[Slot]) -> int:
    """Minutes in which one entrant neither performs nor has a break, between the first start and the last end."""
    ordered = sorted(day, key=lambda slot: slot.starts)
    idle = 0
    for before, after in pairwise(ordered):
        gap = after.starts - before.ends
        for starts, ends in problem.breaks:
            gap -= max(0, min(ends, after.starts) - max(starts, before.ends))
        idle += max(0, gap)
    return idle


def _unknown(slot: Slot, entrants: dict[int, Entrant], stations: dict[str, Station]) -> str:
    if slot.entrant not in entrants:
        return "unknown_entrant"
    if slot.station not in stations:
        return "unknown_station"
    if not 1 <= slot.lane <= len(stations[slot.station].lane_units):
        return "unknown_lane"
    return ""


def _complete(problem: Problem, slots: list[Slot]) -> Iterator[Finding]:
    """Each entrant visits each of the own stations exactly once, and what is done stays as it was."""
    visits: dict[tuple[int, str], list[Slot]] = defaultdict(list)
    for slot in slots:
        visits[slot.entrant, slot.station].append(slot)
    for entrant in problem.entrants:
        for code in entrant.stations:
            found = visits.pop((entrant.id, code), [])
            if not found:
                yield Finding("missing", True, entrant=entrant.id, station=code)
            elif len(found) > 1:
                yield Finding("double", True, tuple(found))
    for extra in visits.values():
        yield Finding("not_to_visit", True, tuple(extra))
    planned = set(slots)
    for slot in problem.done:
        if slot not in planned:
            yield Finding("moved_done", True, (slot,))


def _alone(problem: Problem, slot: Slot, station: Station, entrant: Entrant) -> Iterator[Finding]:
    """Faults that one slot shows by itself."""
    if slot.ends - slot.starts != station.minutes:
        yield Finding("length", True, (slot,), minutes=slot.ends - slot.starts - station.minutes)
    if slot.starts < problem.opens:
        yield Finding("before_opening", True, (slot,), minutes=problem.opens - slot.starts)
    if slot.ends > problem.closes:
        yield Finding("after_closing", True, (slot,), minutes=slot.ends - problem.closes)
    for starts, ends in problem.breaks:
        overlap = min(ends, slot.ends) - max(starts, slot.starts)
        if overlap > 0:
            yield Finding("in_break", True, (slot,), minutes=overlap)
    if entrant.units & station.lane_units[slot.lane - 1]:
        yield Finding("recusal", True, (slot,))
    drawn = dict(entrant.drawn).get(slot.station, slot.lane)
    if drawn != slot.lane and slot not in problem.done:
        yield Finding("other_lane", True, (slot,), lane=drawn)
    if slot not in problem.done and any(slot.starts < happened.starts for happened in problem.done):
        yield Finding("too_early", True, (slot,))


def _lanes(slots: list[Slot], stations: dict[str, Station]) -> Iterator[Finding]:
    """A lane takes one visit at a time, with the changeover between two."""
    lanes: dict[tuple[str, int], list[Slot]] = defaultdict(list)
    for slot in slots:
        lanes[slot.station, slot.lane].append(slot)
    for (code, _), inside in lanes.items():
        changeover = stations[code].changeover
        for before, after in combinations(sorted(inside, key=lambda slot: slot.starts), 2):
            if after.starts < before.ends:
                yield Finding("lane_overlap", True, (before, after), minutes=before.ends - after.starts)
            elif after.starts < before.ends + changeover:
                yield Finding("changeover", True, (before, after), minutes=before.ends + changeover - after.starts)


def _one_place(slots: list[Slot]) -> Iterator[Finding]:
    """Nobody is in two places at once."""
    days: dict[int, list[Slot]] = defaultdict(list)
    for slot in slots:
        days[slot.entrant].append(slot)
    for day in days.values():
        for before, after in combinations(day, 2):
            overlap = min(before.ends, after.ends) - max(before.starts, after.starts)
            if overlap > 0 and before.station != after.station:
                yield Finding("entrant_overlap", True, (before, after), minutes=overlap)


def _waits(problem: Problem, slots: list[Slot]) -> Iterator[Finding]:
    days: dict[int, list[Slot]] = defaultdict(list)
    for slot in slots:
        days[slot.entrant].append(slot)
    for entrant, day in days.items():
        minutes = waiting_minutes(problem, day)
        if minutes > LONG_WAIT_MINUTES:
            yield Finding("long_wait", False, tuple(day), entrant=entrant, minutes=minutes)


def _order(problem: Problem, slots: list[Slot]) -> Iterator[Finding]:
    """Who could trade whole days with someone drawn later who starts earlier, and nobody would mind."""
    stations = {station.code: station for station in problem.stations}
    moved = {slot.entrant for slot in problem.done}
    days: dict[int, list[Slot]] = defaultdict(list)
    for slot in slots:
        days[slot.entrant].append(slot)

    def may_have(entrant: Entrant, day: list[Slot]) -> bool:
        drawn = dict(entrant.drawn)
        return not any(
            entrant.units & stations[slot.station].lane_units[slot.lane - 1]
            or drawn.get(slot.station, slot.lane) != slot.lane
            for slot in day
        )

    drawn = [entrant for entrant in problem.entrants if entrant.id in days and entrant.id not in moved]
    for earlier, later in pairwise(drawn):
        first, second = days[earlier.id], days[later.id]
        if (
            set(earlier.stations) == set(later.stations)
            and min(slot.starts for slot in second) < min(slot.starts for slot in first)
            and may_have(earlier, second)
            and may_have(later, first)
        ):
            yield Finding("draw_order", False, (first[0], second[0]), entrant=earlier.id)
