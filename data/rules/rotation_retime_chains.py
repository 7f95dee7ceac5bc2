"""Re-timing that tells as few people as can be: every visit that can stay stays, the others find another place.

A visit that cannot stay takes the first hole at its station. Where that would make its entrant wait too long, or
lies after closing, places are handed on instead: he takes the place of someone later, who takes that of someone later
still, until the last of this chain takes a hole. So nobody waits long or is put off for long, and nobody beside the
chain is told anything. Only where no chain ends before closing may one end later; only then is anyone put off longer.
"""

from collections.abc import Callable
from heapq import heappop, heappush

from data.rules.rotation_check import LONG_WAIT_MINUTES, waiting_minutes
from data.rules.rotation_ground import Key
from data.rules.rotation_model import Problem, Slot
from data.rules.rotation_retime_day import Day
from data.rules.rotation_retime_limits import minutes_between
from data.rules.rotation_retime_order import hold_pins, in_order, mend, slots_before, when_first
from data.rules.rotation_spans import NEVER

ShouldStop = Callable[[], bool]
Moves = tuple[tuple[Key, Slot], ...]

_PLACES_TRIED = 60_000  # in all chains of a day together, about half a second
_LONGER = (0, 60, 180)  # minutes by which people are put off too long, one after the other, where nothing else is left


def hand_on(problem: Problem, latest: dict[Key, int], should_stop: ShouldStop | None = None) -> Day:
    """Everything that can stay where it is, and the rest by holes and chains, in the order of the day.

    A stop, or a great many places tried in vain, ends the search for chains: the rest takes the first holes.

    Args:
        latest: until when each visit has to begin, lest its entrant be put off too long.
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
    chains = _Chains(day, before, pinned, bearable, latest)
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

    def __init__(
        self, day: Day, before: dict[Key, Slot], pinned: set[Key], bearable: dict[int, int], latest: dict[Key, int]
    ) -> None:
        self._day = day
        self._before = before
        self._pinned = pinned
        self._bearable = bearable
        self._latest = latest
        self._told: set[int] = set()
        self._tries = _PLACES_TRIED

    def place(self, key: Key) -> bool:
        """Put the visit somewhere, and everyone else in whose place it comes; False: no way was found.

        The fewest people who are not told of a change anyway, then the earliest end, then the shortest longest wait.
        """
        moves = self._find(key, self._day.problem.closes, 0)
        for longer in _LONGER:
            moves = moves or self._find(key, NEVER, longer)
        for moved, _ in moves:
            if moved in self._day.placed:
                self._day.take(moved)
        for _, slot in moves:
            self._day.put(slot)
        self._told |= {entrant for (entrant, _), _ in moves}
        return bool(moves)

    def _find(self, key: Key, closes: int, longer: int) -> Moves:
        """The best chain that ends by `closes` and puts nobody off by over `longer` minutes too long."""
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
            latest = self._latest.get(mover, NEVER) + longer
            hole = self._hole(mover)
            if hole and hole.starts <= latest and hole.ends <= closes and self._is_bearable(mover, hole):
                found = told, hole.ends, max(longest, self._wait(mover, hole)), (*moves, (mover, hole))
                best = min(best or found, found, key=lambda way: way[:3])
            earliest = max(day.problem.earliest, self._before[mover].starts if mover in self._before else 0)
            for slot in places:
                holder = slot.entrant, slot.station
                if not earliest <= slot.starts <= latest or holder in seen:
                    continue
                self._tries -= 1
                place = Slot(*mover, slot.lane, slot.starts, slot.ends)
                if self._is_bearable(mover, place) and day.suits(place):
                    seen.add(holder)
                    serial += 1
                    told_too = told + (holder[0] not in self._told)
                    wait = max(longest, self._wait(mover, place))
                    heappush(queue, (told_too, wait, serial, holder, (*moves, (mover, place))))
        return best[3] if best else ()

    def _hole(self, key: Key) -> Slot | None:
        """The first hole for this visit, whose own place is given away."""
        before = self._before.get(key)
        return self._day.best_room(key, before.starts if before else 0, before.lane if before else 0)

    def _is_bearable(self, key: Key, place: Slot) -> bool:
        return self._between(key, place) <= self._bearable[key[0]]

    def _wait(self, key: Key, place: Slot) -> int:
        """How long the entrant waits in all with this visit there, or longer than he was told."""
        before = self._before.get(key, place)
        put_off = minutes_between(self._day.problem.breaks, before.starts, place.starts)
        return max(put_off, self._between(key, place))

    def _between(self, key: Key, place: Slot) -> int:
        others = [slot for slot in self._day.itinerary(key[0]) if slot.station != key[1]]
        return waiting_minutes(self._day.problem, [*others, place])
