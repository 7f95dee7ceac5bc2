"""Where a visit may stand among the others of a timetable: the checker's answer for one visit, at once.

While a visit is dragged, hundreds of places are asked in every frame. The others are put in order once; each answer
then looks only at the neighbours in the lane, at the same person's day, and at the stroke of the bell.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from data.rules.rotation_check import longest_running
from data.rules.rotation_faults import Finding, Rules, order
from data.rules.rotation_model import Problem, Slot


@dataclass(frozen=True)
class _Line:
    """The visits of a lane in the order of the day, their starts, and the length of the longest."""

    slots: list[Slot]
    starts: list[int]
    longest: int


class Places:
    """The other visits of a timetable, in order.

    Args:
        slots: the timetable; a visit that is asked for is not in its own way.
    """

    def __init__(self, problem: Problem, slots: Iterable[Slot]) -> None:
        self._rules = rules = Rules(problem)
        planned = [slot for slot in slots if not rules.is_fact(slot) and not rules.unknown(slot)]
        planned.sort(key=order)
        lanes: dict[tuple[str, int], list[Slot]] = defaultdict(list)
        self._days: dict[int, list[Slot]] = defaultdict(list)
        self._helped: dict[str, list[Slot]] = defaultdict(list)
        for slot in sorted((*planned, *rules.happened), key=order):
            lanes[slot.station, slot.lane].append(slot)
            self._days[slot.entrant].append(slot)
            if rules.is_stand_in(slot):
                self._helped[slot.station].append(slot)
        self._lanes = {key: _line(inside) for key, inside in lanes.items()}
        if problem.bell:
            self._planned = _line(planned)
            self._running = _running(planned)

    def faults(self, slot: Slot) -> list[Finding]:
        """What is hard against this visit standing here, as `check` would find it in the whole timetable.

        A visit that has taken place stands where it stood.
        """
        rules = self._rules
        fact = rules.facts.get((slot.entrant, slot.station))
        if fact is not None:
            return [] if fact == slot else [Finding("moved_done", True, (fact, slot))]
        if code := rules.unknown(slot):
            return [Finding(code, True, (slot,))]
        found = rules.alone(slot)
        found += self._in_lane(slot)
        found += self._of_people(slot)
        if rules.is_stand_in(slot):
            found += self._helped_at_once(slot)
        if rules.problem.bell:
            found += self._off_bell(slot)
        return found

    def _in_lane(self, slot: Slot) -> Iterator[Finding]:
        line = self._lanes.get((slot.station, slot.lane))
        if line is None:
            return
        changeover = self._rules.stations[slot.station].changeover
        first = bisect_right(line.starts, slot.starts - line.longest - changeover)
        for place in range(first, bisect_left(line.starts, slot.ends + changeover)):
            before, after = _in_order(slot, line.slots[place])
            if not _is_same(before, after) and after.starts < before.ends + changeover:
                yield self._rules.in_one_lane(before, after)

    def _of_people(self, slot: Slot) -> Iterator[Finding]:
        own = [other for other in self._days.get(slot.entrant, ()) if not _is_same(slot, other)]
        for partner in (slot.entrant, *self._rules.partners.get(slot.entrant, ())):
            for other in own if partner == slot.entrant else self._days.get(partner, ()):
                if found := self._rules.of_one_person(*_in_order(slot, other)):
                    yield found
        if too_long := self._rules.stay(slot.entrant, [*own, slot]):
            yield too_long

    def _helped_at_once(self, slot: Slot) -> Iterator[Finding]:
        for other in self._helped.get(slot.station, ()):
            before, after = _in_order(slot, other)
            if not _is_same(slot, other) and after.starts < before.ends:
                minutes = min(before.ends, after.ends) - after.starts
                yield Finding("stand_in", True, (before, after), minutes=minutes)

    def _off_bell(self, slot: Slot) -> Iterator[Finding]:
        line = self._planned
        before = self._longest_before(slot, bisect_left(line.starts, slot.starts))
        if before is not None and before.ends > slot.starts:
            yield Finding("off_bell", True, (slot, before), minutes=before.ends - slot.starts)
        rivals: dict[int, Slot | None] = {}
        for place in range(bisect_right(line.starts, slot.starts), bisect_left(line.starts, slot.ends)):
            other = line.slots[place]
            if _is_same(slot, other):
                continue
            if other.starts not in rivals:
                rivals[other.starts] = self._longest_before(slot, bisect_left(line.starts, other.starts))
            rival = rivals[other.starts]
            if rival is None or longest_running((slot, rival)) is slot:
                yield Finding("off_bell", True, (other, slot), minutes=slot.ends - other.starts)

    def _longest_before(self, slot: Slot, place: int) -> Slot | None:
        """Of the others that stand before this place in the order of the day, the one that ends last."""
        return next((other for other in self._running[place] if not _is_same(slot, other)), None)


def _line(slots: list[Slot]) -> _Line:
    longest = max((slot.ends - slot.starts for slot in slots), default=0)
    return _Line(slots, [slot.starts for slot in slots], longest)


def _running(planned: list[Slot]) -> list[tuple[Slot, ...]]:
    """For each place in the order of the day the two visits before it that end last, not of one visit."""
    found: list[tuple[Slot, ...]] = [()]
    for slot in planned:
        best: list[Slot] = []
        for one in sorted((*found[-1], slot), key=lambda other: (-other.ends, order(other))):
            if not any(_is_same(one, other) for other in best):
                best.append(one)
        found.append(tuple(best[:2]))
    return found


def _is_same(slot: Slot, other: Slot) -> bool:
    return slot.entrant == other.entrant and slot.station == other.station


def _in_order(slot: Slot, other: Slot) -> tuple[Slot, Slot]:
    return (slot, other) if order(slot) <= order(other) else (other, slot)
