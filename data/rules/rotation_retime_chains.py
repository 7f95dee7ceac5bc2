"""Re-timing that tells as few people as can be: every visit that can stay stays, the others find another place.

A visit that cannot stay takes the first hole at its station. Where that would make its entrant wait too long, or
lies after closing, places are handed on instead: he takes the place of someone later, who takes that of someone later
still, until the last of this chain takes a hole. So nobody waits long, and nobody beside the chain is told anything.
"""

from collections.abc import Callable
from heapq import heappop, heappush

from data.rules.rotation_check import LONG_WAIT_MINUTES, waiting_minutes
from data.rules.rotation_ground import Key
from data.rules.rotation_model import Problem, Slot
from data.rules.rotation_retime_day import Day
from data.rules.rotation_retime_order import hold_pins, in_order, mend, slots_before, when_first

ShouldStop = Callable[[], bool]
Moves = tuple[tuple[Key, Slot], ...]

_PLACES_TRIED = 60_000  # in all chains of a day together, about half a second


def hand_on(problem: Problem, should_stop: ShouldStop | None = None) -> Day:
    """Everything that can stay where it is, and the rest by holes and chains, in the order of the day.

    A stop, or a great many places tried in vain, ends the search for chains: the rest takes the first holes.
    """
    day = Day(problem)
    hold_pins(day)
    before = slots_before(day)
    pinned = set(day.placed)
    bearable = _bearable_waits(day, before)
    loose = [key for key in day.left if key not in before and key not in day.placed]
    for slot in in_order(before.values()):
        if day.holds(slot):
            day.put(slot)
        else:
            loose.append((slot.entrant, slot.station))
    chains = _Chains(day, before, pinned, bearable)
    for key in when_first(day, before, loose):
        if (should_stop and should_stop()) or not chains.place(key):
            mend(day, before, [key])
    return day


def _bearable_waits(day: Day, before: dict[Key, Slot]) -> dict[int, int]:
    """How long each entrant may wait in all: as long as he does anyway, or as is not thought long."""
    days = {entrant: list(day.itinerary(entrant)) for entrant in day.entrants}
    for slot in before.values():
        days[slot.entrant].append(slot)
    return {entrant: max(LONG_WAIT_MINUTES, waiting_minutes(day.problem, own)) for entrant, own in days.items()}


class _Chains:
    """Places visits one after the other, each by the shortest chain of visits of its station."""

    def __init__(self, day: Day, before: dict[Key, Slot], pinned: set[Key], bearable: dict[int, int]) -> None:
        self._day = day
        self._before = before
        self._pinned = pinned
        self._bearable = bearable
        self._told: set[int] = set()
        self._tries = _PLACES_TRIED

    def place(self, key: Key) -> bool:
        """Put the visit somewhere, and everyone else in whose place it comes; False: no way was found.

        The fewest people who are not told of a change anyway, then the earliest end, then the shortest longest wait.
        """
        moves = self._find(key)
        for moved, _ in moves:
            if moved in self._day.placed:
                self._day.take(moved)
        for _, slot in moves:
            self._day.put(slot)
        self._told |= {entrant for (entrant, _), _ in moves}
        return bool(moves)

    def _find(self, key: Key) -> Moves:
        day, seen, serial = self._day, {key}, 0
        places = in_order(
            slot for other, slot in day.placed.items() if other[1] == key[1] and other not in self._pinned
        )
        queue: list[tuple[int, int, int, Key, Moves]] = [(key[0] not in self._told, 0, 0, key, ())]
        best: tuple[int, int, int, Moves] | None = None  # people told, end, longest wait, moves
        while queue and self._tries > 0:
            told, longest, _, mover, moves = heappop(queue)
            if best and told > best[0]:
                break
            hole = self._hole(mover)
            if hole and self._wait(mover, hole) <= self._bearable[mover[0]] and hole.ends <= day.problem.closes:
                found = told, hole.ends, max(longest, self._wait(mover, hole)), (*moves, (mover, hole))
                best = min(best or found, found, key=lambda way: way[:3])
            earliest = max(day.problem.earliest, self._before[mover].starts if mover in self._before else 0)
            for slot in places:
                holder = slot.entrant, slot.station
                if slot.starts < earliest or holder in seen:
                    continue
                self._tries -= 1
                place = Slot(*mover, slot.lane, slot.starts, slot.ends)
                wait = self._wait(mover, place)
                if wait <= self._bearable[mover[0]] and day.suits(place):
                    seen.add(holder)
                    serial += 1
                    told_too = told + (holder[0] not in self._told)
                    heappush(queue, (told_too, max(longest, wait), serial, holder, (*moves, (mover, place))))
        return best[3] if best else ()

    def _hole(self, key: Key) -> Slot | None:
        """The first hole for this visit, whose own place is given away."""
        before = self._before.get(key)
        return self._day.best_room(key, before.starts if before else 0, before.lane if before else 0)

    def _wait(self, key: Key, place: Slot) -> int:
        """How long the entrant waits in all with this visit there."""
        others = [slot for slot in self._day.itinerary(key[0]) if slot.station != key[1]]
        return waiting_minutes(self._day.problem, [*others, place])
