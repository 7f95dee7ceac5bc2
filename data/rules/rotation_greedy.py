"""Timetables made in one pass through the day: always valid, often as short as the bound."""

from heapq import heapify, heappop, heappush

from data.rules.rotation_bound import entrant_ready, lane_finish, lane_ready, next_start
from data.rules.rotation_lanes import Lanes
from data.rules.rotation_model import Problem, Slot


def limits(problem: Problem) -> list[int]:
    """Limits of entrants under way worth a try: 0, then from half the lanes to all entrants in growing steps."""
    lanes = sum(len(station.lane_units) for station in problem.stations)
    found, limit = [0], max(1, lanes // 2)
    while limit < len(problem.entrants):
        found.append(limit)
        limit += max(1, limit // 6)
    return [*found, len(problem.entrants)]


def rushes(problem: Problem) -> list[int]:
    """How many minutes before the end it may pay to let the limit go: none, then 1 to 4 times the longest itinerary."""
    minutes = {station.code: station.minutes for station in problem.stations}
    longest = max((sum(minutes[code] for code in entrant.stations) for entrant in problem.entrants), default=0)
    return [0, *(longest * halves // 2 for halves in (2, 3, 4, 6, 8))]


def first_timetable(problem: Problem, lanes: Lanes, limit: int, rush: int = 0) -> list[Slot]:
    """Whenever a lane is free it takes one of its entrants who are at hand; it may end after closing.

    Who began first goes on first, and as long as `limit` entrants are under way nobody else begins
    at a lane that can spare the time. So few wait long, at the risk of a later finish; limit 0 turns
    it round: whoever has the most still to do goes first. Lanes that would end last choose first.

    Args:
        rush: minutes before the earliest possible end from which on limit 0 holds, so that the last to
            come do not make the day longer; the waits of all others stay short.
    """
    day = _Day(problem, lanes, limit, rush)
    while day.queue:
        day.step()
    return day.slots


class _Day:
    """The state of one pass."""

    def __init__(self, problem: Problem, lanes: Lanes, limit: int, rush: int) -> None:
        self._breaks = problem.breaks
        self._limit = limit
        self._stations = {station.code: station for station in problem.stations}
        self._order = {entrant.id: place for place, entrant in enumerate(problem.entrants)}
        self._ready = entrant_ready(problem)
        self._began = {slot.entrant: slot.starts for slot in problem.done}
        self._waiting: dict[tuple[str, int], list[int]] = {}
        for (entrant, code), lane in lanes.items():
            self._waiting.setdefault((code, lane), []).append(entrant)
        ready = lane_ready(problem)
        self._ends = {key: self._lane_end(key, ready[key]) for key in self._waiting}
        self._last = max(self._ends.values(), default=0)
        self._rush_from = self._last - rush
        self._left = dict.fromkeys(self._order, 0)
        for (entrant, code), lane in lanes.items():
            self._left[entrant] += self._ends[code, lane]
        self._under_way = sum(1 for entrant in self._began if self._left[entrant])
        pressing = sorted(self._ends, key=lambda key: (-self._ends[key], key))
        self.queue = [(ready[key], rank, key) for rank, key in enumerate(pressing)]
        heapify(self.queue)
        self.slots: list[Slot] = []

    def step(self) -> None:
        """Let the lane that is free first take a visit, or come back when it can."""
        minute, rank, key = heappop(self.queue)
        if minute >= self._rush_from:
            self._limit = 0
        station, waiting = self._stations[key[0]], self._waiting[key]
        begin = next_start(minute, station.minutes, self._breaks)
        if begin > minute:
            heappush(self.queue, (begin, rank, key))
            return
        ready = self._ready
        at_hand = [entrant for entrant in waiting if ready[entrant] <= minute]
        if not at_hand:
            heappush(self.queue, (min(ready[entrant] for entrant in waiting), rank, key))
            return
        welcome = self._welcome(key, at_hand)
        if not welcome and self._lane_end(key, minute + 1) <= self._last:
            heappush(self.queue, (minute + 1, rank, key))
            return
        taken = min(welcome or at_hand, key=self._rank)
        waiting.remove(taken)
        self._under_way += taken not in self._began
        self._began.setdefault(taken, minute)
        self._left[taken] -= self._ends[key]
        self._under_way -= not self._left[taken]
        end = self._ready[taken] = minute + station.minutes
        self.slots.append(Slot(taken, key[0], key[1], minute, end))
        if waiting:
            heappush(self.queue, (end + station.changeover, rank, key))

    def _rank(self, entrant: int) -> tuple[int, ...]:
        if not self._limit:
            return -self._left[entrant], self._order[entrant]
        return (
            entrant not in self._began,
            self._began.get(entrant, 0),
            -self._left[entrant],
            self._order[entrant],
        )

    def _welcome(self, key: tuple[str, int], at_hand: list[int]) -> list[int]:
        """Who may be taken without more than `limit` under way: those who began, and those whose only visit this is."""
        if not self._limit or self._under_way < self._limit:
            return at_hand
        return [entrant for entrant in at_hand if entrant in self._began or self._left[entrant] == self._ends[key]]

    def _lane_end(self, key: tuple[str, int], ready: int) -> int:
        return lane_finish(len(self._waiting[key]), self._stations[key[0]], ready, self._breaks)
