"""Re-timing that keeps the order: each visit as late as it must be, or all of them later by the same minutes."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby

from data.rules.rotation_ground import Key, Place
from data.rules.rotation_model import Problem, Slot
from data.rules.rotation_retime_day import Day


def absorb(problem: Problem, later: int = 0) -> Day:
    """Each visit as late as it must be, or `later` minutes if that is later still, with order and lanes as they were.

    Lateness is swallowed by the gaps of lanes and people and by the slack before and after breaks; nobody
    performs in a break, and no break moves. Pinned visits stay, as far as that is possible still, and the
    others go round them. No order is held up for a visit that has no place in it any more: whose judge is now
    of the own unit, whose entrant is not there at that time, whose lane does not open again before closing. Such
    a visit goes, once all others have their time, to the earliest hole in any open lane. With a bell, all visits
    of a stroke wait for the latest of them, and a later stroke never comes before an earlier one.
    """
    day = Day(problem)
    hold_pins(day)
    before = slots_before(day)
    ordered, loose = [], [key for key in day.left if key not in before and key not in day.placed]
    for slot in in_order(before.values()):
        if fits_order(day, slot):
            ordered.append(slot)
        else:
            loose.append((slot.entrant, slot.station))
    queue = _Queue(day)
    for _, stroke in groupby(
        ordered, key=lambda slot: (slot.starts, () if problem.bell else (slot.station, slot.lane))
    ):
        loose += queue.enter(list(stroke), later)
    mend(day, before, loose, later)
    return day


def shift(problem: Problem) -> Day:
    """All visits later by the same minutes, as few as leave no conflict with what took place and what runs.

    Who would run into a break or a closed lane begins after it, and those behind follow in the same order.
    """
    day = Day(problem)
    hold_pins(day)
    facts = Day(problem)
    conflicts = [
        facts.free_from((slot.entrant, slot.station), slot.lane) - slot.starts
        for slot in slots_before(day).values()
        if fits_order(day, slot)
    ]
    return absorb(problem, max([0, *conflicts]))


def hold_pins(day: Day) -> None:
    """Place the pinned visits that can stay where they are."""
    left = set(day.left)
    for slot in in_order(day.problem.pinned):
        if (slot.entrant, slot.station) in left and day.holds(slot):
            day.put(_as_long_as_now(day, slot))


def slots_before(day: Day) -> dict[Key, Slot]:
    """Where the visits that are not placed yet were, as far as their lanes still exist; each as long as it is now."""
    left = set(day.left) - set(day.placed)
    return {
        (slot.entrant, slot.station): _as_long_as_now(day, slot)
        for slot in day.problem.before
        if (slot.entrant, slot.station) in left and slot.lane in day.stations[slot.station].lanes
    }


def _as_long_as_now(day: Day, slot: Slot) -> Slot:
    ends = slot.starts + day.stations[slot.station].minutes
    return slot if slot.ends == ends else replace(slot, ends=ends)


def in_order(slots: Iterable[Slot]) -> list[Slot]:
    """In the order of the day."""
    return sorted(slots, key=lambda slot: (slot.starts, slot.station, slot.lane, slot.entrant))


def fits_order(day: Day, slot: Slot) -> bool:
    """Whether the visit may keep its place in the order: its lane is open to it, and it is here at its time."""
    here = day.entrants[slot.entrant].is_here(slot.starts, slot.ends)
    return here and slot.lane in day.open_lanes((slot.entrant, slot.station))


def mend(day: Day, before: dict[Key, Slot], loose: Iterable[Key], later: int = 0) -> None:
    """Put each visit into the earliest hole that is no earlier than its time was; leave out who has no lane at all.

    Where it would be outside of the entrant's time or longest stay everywhere, it is put there all the same:
    whoever is responsible sees it among the obstacles and decides.
    """
    for key in when_first(day, before, loose):
        minute, lane = (before[key].starts + later, before[key].lane) if key in before else (0, 0)
        slot = day.best_room(key, minute, lane) or day.best_room(key, minute, lane, present=False)
        if slot:
            day.put(slot)


def when_first(day: Day, before: dict[Key, Slot], keys: Iterable[Key]) -> list[Key]:
    """Visits in the order of their times so far, those without one first; then in the order of the draw."""
    drawn = {key: place for place, key in enumerate(day.left)}
    return sorted(keys, key=lambda key: (before[key].starts if key in before else 0, drawn[key]))


class _Queue:
    """Lets visits in, one stroke after the other, none before those ahead of it in its lane or of its people."""

    def __init__(self, day: Day) -> None:
        self._day = day
        self._lanes: dict[Place, int] = {}
        self._people: dict[int, int] = {}
        self._bell = 0

    def enter(self, stroke: list[Slot], later: int) -> list[Key]:
        """Place these visits at the same minute, as early as all of them can; returns those that cannot any more."""
        day, out = self._day, []
        minute = max(stroke[0].starts + later, self._bell)
        for slot in stroke:
            minute = max(minute, self._lanes.get((slot.station, slot.lane), 0))
            minute = max([minute, *(self._people.get(person, 0) for person in day.together(slot.entrant))])
        inside = list(stroke)
        while inside:
            rooms = {slot: day.room((slot.entrant, slot.station), slot.lane, minute, present=False) for slot in inside}
            gone = [slot for slot, start in rooms.items() if start is None or not self._in_time(slot, start)]
            if gone:
                out += [(slot.entrant, slot.station) for slot in gone]
                inside = [slot for slot in inside if slot not in gone]
                continue
            latest = max(start for start in rooms.values() if start is not None)
            if latest == minute:
                break
            minute = latest
        for slot in inside:
            key, length = (slot.entrant, slot.station), day.stations[slot.station].minutes
            if day.room(key, slot.lane, minute, present=False) != minute:  # two of the same stroke exclude each other
                out.append(key)
                continue
            day.put(Slot(*key, slot.lane, minute, minute + length))
            self._lanes[slot.station, slot.lane] = minute
            for person in day.together(slot.entrant):
                self._people[person] = minute
            if day.problem.bell:
                self._bell = minute
        return out

    def _in_time(self, slot: Slot, start: int) -> bool:
        ends = start + self._day.stations[slot.station].minutes
        return ends <= self._day.problem.closes and self._day.entrants[slot.entrant].is_here(start, ends)
