"""Shorter waits within the times that lanes are used: visits of a station change places, again and again.

Simulated annealing. One step moves a visit to another visit's place at the same station, and that one to its own; if
one of the two entrants is elsewhere at the new time, that visit changes places too, to about the time that became free,
and so on (a Kempe chain where all starts are alike). Another step moves a visit into a gap that its lane has.
The same steps in every run: a fixed seed, and budgets that count work.
"""

from bisect import bisect_left
from collections.abc import Callable
from math import exp, gcd
from random import Random

from data.rules.rotation_ground import Ground
from data.rules.rotation_model import Slot
from data.rules.rotation_recusal import open_lanes
from data.rules.rotation_spans import NEVER, clashes

_LONGEST_CHAIN = 8
_CHUNK = 60_000  # of work between two reports
_HOT, _COLD = 2.0, 0.2  # of the grain of all times: what a step may cost with a chance of 1/e, first and last
_WORK_A_STEP, _WORK_A_SWAP = 8, 16  # in looks at a visit, as measured
_OVER = 100  # minutes of stay that a minute beyond a limit counts


class Swaps:
    """The visits to place, and what it costs where they are."""

    def __init__(self, ground: Ground, slots: list[Slot]) -> None:
        """`slots`: a valid timetable of the visits to place."""
        self._ground = ground
        self._slots = slots
        self._stations = list(ground.stations.values())
        numbers = {station.code: number for number, station in enumerate(self._stations)}
        self._station = [numbers[slot.station] for slot in slots]
        self._start = [slot.starts for slot in slots]
        self._lane = [slot.lane for slot in slots]
        self._length = [slot.ends - slot.starts for slot in slots]
        self._keys = [(slot.entrant, slot.station) for slot in slots]
        self._open = [frozenset(open_lanes(ground.entrants[key[0]], ground.stations[key[1]])) for key in self._keys]
        self._spans = [ground.spans.get(key, ()) for key in self._keys]
        self._stood_in = [key in ground.stood_in for key in self._keys]
        self._days: dict[int, list[int]] = {}
        for visit, slot in enumerate(slots):
            self._days.setdefault(slot.entrant, []).append(visit)
        self._against = [self._conflicts(visit) for visit in range(len(slots))]
        self._order: list[list[int]] = [[] for _station in self._stations]
        for visit, number in enumerate(self._station):
            self._order[number].append(visit)
        for order in self._order:
            order.sort(key=lambda visit: (self._start[visit], self._lane[visit]))
        self._at = [[self._start[visit] for visit in order] for order in self._order]
        self._first, self._last = dict.fromkeys(self._days, NEVER), dict.fromkeys(self._days, 0)
        for slot in ground.fixed:
            if slot.entrant in self._days:
                self._first[slot.entrant] = min(slot.starts, self._first[slot.entrant])
                self._last[slot.entrant] = max(slot.ends, self._last[slot.entrant])
        self._limit = ground.problem.most_stay or NEVER
        stays = [self._stay(entrant) for entrant in self._days]
        self._cap = (sum(stays) // len(stays) + max(stays)) // 2
        self._has_due = bool(ground.due or ground.lane_due)
        self._work = 0
        self._cost = {entrant: self._cost_of(entrant) for entrant in self._days}

    def run(self, work: int, tell: Callable[[float, list[Slot]], bool]) -> list[Slot]:
        """The best timetable found in so many looks at a visit.

        Args:
            tell: told the share of the work and the best timetable so far; True ends the search.
        """
        chance = Random(1)
        entrants = list(self._days)
        total = best = sum(self._cost.values())
        kept = self._slots
        grain = gcd(*(station.minutes + station.changeover for station in self._stations))
        while self._work < work:
            warmth = grain * _HOT * (_COLD / _HOT) ** (self._work / work)
            until = min(work, self._work + _CHUNK)
            while self._work < until:
                total += self._step(chance, entrants, warmth)
            if total < best:
                best, kept = total, self._timetable()
            if tell(self._work / work, kept):
                break
        return kept

    def _timetable(self) -> list[Slot]:
        return [
            Slot(slot.entrant, slot.station, lane, start, start + slot.ends - slot.starts)
            for slot, lane, start in zip(self._slots, self._lane, self._start, strict=True)
        ]

    def _conflicts(self, visit: int) -> list[tuple[int, int]]:
        """The visits that must not run at the same time, each with the minutes between it and this one."""
        entrant, code = self._keys[visit]
        gaps = self._ground.gaps
        return [
            (other, gaps[code, self._keys[other][1]] if gaps else 0)
            for person in (entrant, *self._ground.peers.get(entrant, ()))
            for other in self._days.get(person, ())
            if other != visit
        ]

    def _stay(self, entrant: int) -> int:
        first, last = self._first[entrant], self._last[entrant]
        starts, lengths = self._start, self._length
        for visit in self._days[entrant]:
            start = starts[visit]
            if start < first:
                first = start
            start += lengths[visit]
            if start > last:
                last = start
        return last - first

    def _cost_of(self, entrant: int) -> int:
        stay = self._stay(entrant)
        cost = stay if stay <= self._cap else stay + 4 * (stay - self._cap)
        if stay > self._limit:
            cost += _OVER * (stay - self._limit)
        if self._has_due:
            ground = self._ground
            for visit in self._days[entrant]:
                slot = self._slots[visit]
                start = self._start[visit]
                cost += _OVER * ground.over(
                    Slot(entrant, slot.station, self._lane[visit], start, start + self._length[visit])
                )
        return cost

    def _step(self, chance: Random, entrants: list[int], warmth: float) -> int:
        """Try one step; what it changed of the cost."""
        self._work += _WORK_A_STEP
        day = self._days[entrants[int(chance.random() * len(entrants))]]
        visit = day[int(chance.random() * len(day))]
        order = self._order[self._station[visit]]
        aim = chance.random()
        if aim < 0.5 and len(day) > 1:
            other = day[int(chance.random() * len(day))]
            start = self._start[other] + (self._length[other] if aim < 0.25 else -self._length[visit])
            other = self._nearest(chance, visit, start)
        else:
            place = bisect_left(self._at[self._station[visit]], self._start[visit])
            place += int(chance.gauss(0, 1 + 2 * len(self._stations[self._station[visit]].lane_units)))
            other = order[place] if 0 <= place < len(order) else visit
        if other == visit:
            return 0
        return self._swap(chance, visit, other, warmth)

    def _nearest(self, chance: Random, visit: int, minute: int) -> int:
        """A visit of the same station that starts at about this minute."""
        number = self._station[visit]
        at, order = self._at[number], self._order[number]
        place = bisect_left(at, minute)
        if place == len(at) or (place and minute - at[place - 1] < at[place] - minute):
            place = bisect_left(at, at[place - 1])
        until = place + 1
        while until < len(at) and at[until] == at[place]:
            until += 1
        return order[place + int(chance.random() * (until - place))]

    def _swap(self, chance: Random, visit: int, other: int, warmth: float) -> int:
        start, lane, length, keys = self._start, self._lane, self._length, self._keys
        swapped: list[tuple[int, int]] = []
        moved: set[int] = set()
        queue = [(visit, other)]
        fits = True
        while queue and fits:
            one, two = queue.pop()
            if one in moved:
                continue
            if two in moved or two == one or len(swapped) == _LONGEST_CHAIN or self._is_bound(one, two):
                fits = False
                break
            start[one], start[two] = start[two], start[one]
            lane[one], lane[two] = lane[two], lane[one]
            self._work += _WORK_A_SWAP + len(self._against[one]) + len(self._against[two])
            swapped.append((one, two))
            moved.add(one)
            moved.add(two)
            for this, before in ((one, start[two]), (two, start[one])):
                begin = start[this]
                end = begin + length[this]
                if self._spans[this] and clashes(begin, length[this], self._spans[this]):
                    fits = False
                    break
                for that, gap in self._against[this]:
                    begins = start[that]
                    if begins < end + gap and begin < begins + length[that] + gap:
                        if that in moved:
                            fits = False
                            break
                        queue.append((that, self._nearest(chance, that, before)))
        if fits:
            concerned = {keys[one][0] for one in moved}
            costs = {entrant: self._cost_of(entrant) for entrant in concerned}
            change = sum(costs.values()) - sum(self._cost[entrant] for entrant in concerned)
            if change <= 0 or chance.random() < exp(-change / warmth):
                self._cost.update(costs)
                for one, two in swapped:
                    self._trade_places(one, two)
                return change
        for one, two in reversed(swapped):
            start[one], start[two] = start[two], start[one]
            lane[one], lane[two] = lane[two], lane[one]
        return 0

    def _is_bound(self, one: int, two: int) -> bool:
        """Whether a rule keeps one of two visits from the other's lane."""
        return (
            self._lane[two] not in self._open[one]
            or self._lane[one] not in self._open[two]
            or self._stood_in[one]
            or self._stood_in[two]
        )

    def _trade_places(self, one: int, two: int) -> None:
        number = self._station[one]
        order, at = self._order[number], self._at[number]
        first, second = bisect_left(at, self._start[two]), bisect_left(at, self._start[one])
        while order[first] != one:
            first += 1
        while order[second] != two:
            second += 1
        order[first], order[second] = two, one
