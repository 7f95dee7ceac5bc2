"""Timetables made in one pass through the day: always valid, often as short as the bound."""

from collections.abc import Callable
from heapq import heapify, heappop, heappush

from data.rules.rotation_bound import lane_finish
from data.rules.rotation_ground import Ground, Place
from data.rules.rotation_lanes import Lanes
from data.rules.rotation_model import Slot
from data.rules.rotation_spans import NEVER, clashes


def limits(ground: Ground) -> list[int]:
    """Limits of entrants under way worth a try: 0, then from half the lanes to all entrants in growing steps."""
    lanes = sum(len(station.lane_units) for station in ground.problem.stations)
    found, limit = [0], max(1, lanes // 2)
    while limit < len(ground.entrants):
        found.append(limit)
        limit += max(1, limit // 6)
    return [*found, len(ground.entrants)]


def rushes(ground: Ground) -> list[int]:
    """How many minutes before the end it may pay to let the limit go: none, then 1 to 4 times the longest itinerary."""
    minutes = {station.code: station.minutes for station in ground.problem.stations}
    longest = max((sum(minutes[code] for code in entrant.stations) for entrant in ground.problem.entrants), default=0)
    return [0, *(longest * halves // 2 for halves in (2, 3, 4, 6, 8))]


def first_timetable(ground: Ground, lanes: Lanes, limit: int, rush: int = 0) -> list[Slot]:
    """Whenever a lane is free it takes one of its entrants who are at hand; it may end after closing.

    Who began first goes on first, and as long as `limit` entrants are under way nobody else begins
    at a lane that can spare the time. So few wait long, at the risk of a later finish; limit 0 turns
    it round: whoever has the most still to do goes first. Before all others goes who has to leave
    first. Lanes that would end last choose first.

    Args:
        rush: minutes before the earliest possible end from which on limit 0 holds, so that the last to
            come do not make the day longer; the waits of all others stay short.
    """
    day = _Day(ground, lanes, limit, rush)
    while day.queue:
        day.step()
    return day.slots


class _Day:
    """The state of one pass."""

    def __init__(self, ground: Ground, lanes: Lanes, limit: int, rush: int) -> None:
        self._ground = ground
        self._limit = limit
        self._order = {entrant.id: place for place, entrant in enumerate(ground.problem.entrants)}
        self._began: dict[int, int] = {}
        for slot in ground.fixed:
            self._began[slot.entrant] = min(slot.starts, self._began.get(slot.entrant, slot.starts))
        earliest = ground.problem.earliest
        self._ready: dict[str, dict[int, int]] = {code: {} for code in ground.stations}
        self._todo: dict[int, list[str]] = {}
        self._waiting: dict[Place, list[int]] = {}
        for (entrant, code), lane in lanes.items():
            self._waiting.setdefault((code, lane), []).append(entrant)
            self._todo.setdefault(entrant, []).append(code)
            self._ready[code][entrant] = ground.entrant_from((entrant, code), earliest)
        self._ends = {place: self._lane_end(place, earliest) for place in self._waiting}
        self._last = max(self._ends.values(), default=0)
        self._rush_from = self._last - rush
        self._left = dict.fromkeys(self._order, 0)
        for (entrant, code), lane in lanes.items():
            self._left[entrant] += self._ends[code, lane]
        self._under_way = sum(1 for entrant in self._began if self._left.get(entrant))
        pressing = sorted(self._ends, key=lambda place: (-self._ends[place], place))
        self.queue = [(ground.lane_from(place, earliest), rank, place) for rank, place in enumerate(pressing)]
        heapify(self.queue)
        self.slots: list[Slot] = []

    def step(self) -> None:
        """Let the lane that is free first take a visit, or come back when it can."""
        minute, rank, place = heappop(self.queue)
        if minute >= self._rush_from:
            self._limit = 0
        begin = self._ground.lane_from(place, minute)
        if begin > minute:
            heappush(self.queue, (begin, rank, place))
            return
        code, waiting = place[0], self._waiting[place]
        ready = self._ready[code]
        at_hand = [entrant for entrant in waiting if ready[entrant] <= minute]
        if self._ground.spans:
            at_hand = self._still_there(code, at_hand, minute)
        if not at_hand:
            heappush(self.queue, (min(ready[entrant] for entrant in waiting), rank, place))
            return
        welcome = self._welcome(place, at_hand)
        if not welcome and self._lane_end(place, minute + 1) <= self._last:
            heappush(self.queue, (minute + 1, rank, place))
            return
        taken = min(welcome or at_hand, key=self._rank if not self._ground.due else self._rank_by_due(code))
        waiting.remove(taken)
        self._under_way += taken not in self._began
        self._began.setdefault(taken, minute)
        self._left[taken] -= self._ends[place]
        self._under_way -= not self._left[taken]
        end = minute + self._ground.stations[code].minutes
        self.slots.append(Slot(taken, code, place[1], minute, end))
        self._hold(taken, code, end)
        if waiting:
            heappush(self.queue, (end + self._ground.stations[code].changeover, rank, place))

    def _still_there(self, code: str, at_hand: list[int], minute: int) -> list[int]:
        """Of these those who can perform now; of the others it is noted when they can."""
        spans, length = self._ground.spans, self._ground.stations[code].minutes
        there = []
        for entrant in at_hand:
            if clashes(minute, length, spans.get((entrant, code), ())):
                self._ready[code][entrant] = self._ground.entrant_from((entrant, code), minute)
            else:
                there.append(entrant)
        return there

    def _hold(self, taken: int, code: str, end: int) -> None:
        """Whoever cannot perform elsewhere during this visit, nor on the way from it, is at hand after it."""
        ground = self._ground
        self._todo[taken].remove(code)
        for entrant in (taken, *ground.peers.get(taken, ())):
            for other in self._todo.get(entrant, ()):
                free = end + (ground.gaps[code, other] if ground.gaps else 0)
                self._ready[other][entrant] = max(self._ready[other][entrant], free)
        if (taken, code) in ground.stood_in:
            ready = self._ready[code]
            for entrant in ready:
                if (entrant, code) in ground.stood_in:
                    ready[entrant] = max(ready[entrant], end)

    def _rank(self, entrant: int) -> tuple[int, ...]:
        if not self._limit:
            return -self._left[entrant], self._order[entrant]
        return (
            entrant not in self._began,
            self._began.get(entrant, 0),
            -self._left[entrant],
            self._order[entrant],
        )

    def _rank_by_due(self, code: str) -> Callable[[int], tuple[int, ...]]:
        due = self._ground.due
        return lambda entrant: (due.get((entrant, code), NEVER), *self._rank(entrant))

    def _welcome(self, place: Place, at_hand: list[int]) -> list[int]:
        """Who may be taken without more than `limit` under way: those who began, and those whose only visit this is."""
        if not self._limit or self._under_way < self._limit:
            return at_hand
        return [entrant for entrant in at_hand if entrant in self._began or self._left[entrant] == self._ends[place]]

    def _lane_end(self, place: Place, ready: int) -> int:
        ground = self._ground
        return lane_finish(
            len(self._waiting[place]), ground.stations[place[0]], ready, ground.lane_spans[place], ground.bell
        )
