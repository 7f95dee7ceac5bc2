"""Is a timetable right? Read from the slots alone; shares no code with the solver but the plain dataclasses.

Every two visits that could be at odds are found by sweeping through the day, lane by lane and person by person,
so that a thousand entrants at eight stations are checked while a visit is being dragged.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from data.rules.rotation_faults import Finding, Key, Rules, order
from data.rules.rotation_model import Problem, Slot
from data.rules.rotation_soft import LONG_WAIT_MINUTES, soft, waiting_minutes

__all__ = ["LONG_WAIT_MINUTES", "Finding", "check", "waiting_minutes"]


def check(problem: Problem, slots: Iterable[Slot]) -> list[Finding]:
    """Every fault of this timetable, hard ones first, each in the order of the day.

    What has taken place is a fact: it must stand in the timetable as it did (`problem.done`), and nothing else is
    asked of it. The other visits must respect when and where it really ran (`problem.happened`).
    """
    rules = Rules(problem)
    findings: list[Finding] = []
    planned: list[Slot] = []
    kept: list[Slot] = []
    for slot in sorted(slots, key=order):
        if rules.is_fact(slot):
            kept.append(slot)
        elif code := rules.unknown(slot):
            findings.append(Finding(code, True, (slot,)))
        else:
            planned.append(slot)
    findings += _facts(rules, kept)
    findings += _complete(rules, planned, kept)
    for slot in planned:
        findings += rules.alone(slot)
    day = sorted((*planned, *rules.happened), key=order)
    findings += _lanes(rules, day)
    findings += _people(rules, day)
    findings += _stand_ins(rules, day)
    if problem.bell:
        findings += _bell(planned)
    findings += soft(rules, planned)
    return sorted(findings, key=_rank)


def _rank(finding: Finding) -> tuple[bool, int]:
    return not finding.hard, finding.slots[0].starts if finding.slots else 0


def _facts(rules: Rules, kept: list[Slot]) -> Iterator[Finding]:
    """What has taken place stands in the timetable where it stood."""
    found: dict[Key, list[Slot]] = defaultdict(list)
    for slot in kept:
        found[slot.entrant, slot.station].append(slot)
    for key, fact in rules.facts.items():
        same = found[key]
        if fact not in same:
            yield Finding("moved_done", True, (fact, *same[:1]))
        elif len(same) > 1:
            yield Finding("double", True, tuple(same))


def _complete(rules: Rules, planned: list[Slot], kept: list[Slot]) -> Iterator[Finding]:
    """Each entrant visits each of the own stations exactly once."""
    there: dict[Key, list[Slot]] = defaultdict(list)
    for slot in planned:
        there[slot.entrant, slot.station].append(slot)
    begun = {(slot.entrant, slot.station) for slot in kept}
    for entrant in rules.problem.entrants:
        for code in entrant.stations:
            found = there.get((entrant.id, code), ())
            if not found and (entrant.id, code) not in begun:
                yield Finding("missing", True, entrant=entrant.id, station=code)
            elif len(found) > 1:
                yield Finding("double", True, tuple(found))


def _near(day: list[Slot], reach: int) -> Iterator[tuple[Slot, Slot]]:
    """Each two visits of a sorted list of which the second starts less than `reach` after the first ends."""
    last = len(day)
    for index, before in enumerate(day):
        until = before.ends + reach
        place = index + 1
        while place < last and day[place].starts < until:
            yield before, day[place]
            place += 1


def _lanes(rules: Rules, day: list[Slot]) -> Iterator[Finding]:
    """A lane takes one visit at a time, with the changeover between two."""
    lanes: dict[tuple[str, int], list[Slot]] = defaultdict(list)
    for slot in day:
        lanes[slot.station, slot.lane].append(slot)
    for (code, _lane), inside in lanes.items():
        for before, after in _near(inside, rules.stations[code].changeover):
            if not (rules.is_fact(before) and rules.is_fact(after)):
                yield rules.in_one_lane(before, after)


def _people(rules: Rules, day: list[Slot]) -> Iterator[Finding]:
    """Nobody is in two places at once; there is time to walk and to rest, and no stay is too long."""
    days: dict[int, list[Slot]] = defaultdict(list)
    for slot in day:
        days[slot.entrant].append(slot)
    for entrant, own in days.items():
        pairs = list(_near(own, rules.reach))
        for other in rules.partners.get(entrant, ()):
            if other > entrant:
                both = sorted((*own, *days.get(other, ())), key=order)
                pairs += [pair for pair in _near(both, rules.reach) if pair[0].entrant != pair[1].entrant]
        for before, after in pairs:
            if not (rules.is_fact(before) and rules.is_fact(after)) and (found := rules.of_one_person(before, after)):
                yield found
        if too_long := rules.stay(entrant, own):
            yield too_long


def _stand_ins(rules: Rules, day: list[Slot]) -> Iterator[Finding]:
    """The reserve judge of a station is in one lane at a time."""
    helped: dict[str, list[Slot]] = defaultdict(list)
    for slot in day:
        if rules.stations[slot.station].stand_ins and rules.is_stand_in(slot):
            helped[slot.station].append(slot)
    for visits in helped.values():
        for before, after in _near(visits, 0):
            if before.entrant != after.entrant and not (rules.is_fact(before) and rules.is_fact(after)):
                yield Finding("stand_in", True, (before, after), minutes=min(before.ends, after.ends) - after.starts)


def _bell(planned: list[Slot]) -> Iterator[Finding]:
    """No visit starts while another runs. Of those that run, the one that runs longest is told."""
    running: Slot | None = None
    begun: list[Slot] = []  # together, at the same minute
    for slot in planned:
        if begun and slot.starts > begun[0].starts:
            running = longest_running(begun if running is None else [running, *begun])
            begun = []
        begun.append(slot)
        if running is not None and running.ends > slot.starts:
            yield Finding("off_bell", True, (slot, running), minutes=running.ends - slot.starts)


def longest_running(slots: Iterable[Slot]) -> Slot:
    """Of these visits the one that ends last; of several the first in the order of the day."""
    return min(slots, key=lambda slot: (-slot.ends, order(slot)))
