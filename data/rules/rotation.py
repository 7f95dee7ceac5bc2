"""The rotation 轮转编排: who is at which station and lane when, proven short, then with little waiting.

1. Lanes first (`rotation_lanes`), as drawn, else so balanced that no choice has a less full fullest lane.
2. A bound of the finish that sees breaks, for each station and entrant (`rotation_bound`).
3. Waves with a bell where everyone goes round the same lanes (`rotation_waves`), then passes through
   the day with different limits on how many are under way at once (`rotation_greedy`); most reach
   the bound within a second, which proves the finish.
4. Where none does, CP-SAT with the bound given (`rotation_search`).
5. With the finish kept, a few entrants at a time are planned anew for shorter stays, none above the longest.
6. Itineraries are dealt in the order of the draw.

Same problem, same timetable: nothing here looks at a clock or at chance.
"""

from collections.abc import Callable
from random import Random

from data.rules import rotation_bound, rotation_check, rotation_greedy, rotation_lanes, rotation_waves
from data.rules.rotation_model import Entrant, Obstacle, Problem, Progress, Slot, Solution, Station
from data.rules.rotation_search import Model, ShouldStop

__all__ = ["Entrant", "Obstacle", "Problem", "Progress", "Slot", "Solution", "Station", "solve"]

Report = Callable[[Progress], None]

FINISH_BUDGET = 1.5  # deterministic seconds for the shortest day, when no pass through the day reached the bound
WAITING_BUDGET = 1.0  # deterministic seconds for less waiting
_VISITS_PASSED = 100_000  # visits placed in all passes through the day together, so that a large day has fewer passes
_LEAST_PASSES = 12
_IDLE_LIMITS = 3  # limits without a gain after which no further ones are tried, once the bound is reached
_ROUND_BUDGET = 0.02
_VISITS_A_ROUND = 24
_IDLE_ROUNDS = 30  # rounds without a gain after which the waiting counts as settled


def solve(
    problem: Problem,
    progress: Report | None = None,
    should_stop: ShouldStop | None = None,
    *,
    waiting_budget: float = WAITING_BUDGET,
) -> Solution:
    """The best timetable that the budgets allow, or why there is none that can be used.

    Args:
        progress: told of each better timetable; what it raises ends the search and is raised from here.
        should_stop: asked now and then, from another thread too; True ends the search with the best so far.
        waiting_budget: deterministic seconds for shortening the waits; 0 takes them as they come.
    """
    shut = tuple(_recused(problem))
    if shut:
        return Solution((), problem.opens, problem.opens, shut)
    return _Search(problem, progress, should_stop).run(waiting_budget)


def _recused(problem: Problem) -> list[Obstacle]:
    stations = {station.code: station for station in problem.stations}
    found = []
    for entrant in problem.entrants:
        for code in entrant.stations:
            if not rotation_lanes.open_lanes(entrant, stations[code]):
                drawn = entrant.drawn_lane(code)
                found.append(
                    Obstacle("recusal", code, entrant=entrant.id)
                    if drawn is None
                    else Obstacle("drawn_lane", code, entrant=entrant.id, lane=drawn)
                )
    return found


class _Search:
    """One run of `solve`: the best timetable so far, and what was proven."""

    def __init__(self, problem: Problem, progress: Report | None, should_stop: ShouldStop | None) -> None:
        self._problem = problem
        self._progress = progress
        self._should_stop = should_stop
        self._lanes = rotation_lanes.choose(problem)
        self._station_bounds = rotation_bound.station_bounds(problem, rotation_lanes.loads(problem, self._lanes))
        self._done_end = max((slot.ends for slot in problem.done), default=problem.opens)
        self._bound = max(
            self._done_end, *self._station_bounds.values(), *rotation_bound.entrant_bounds(problem).values(), 0
        )
        self._first_done: dict[int, int] = {}
        for slot in problem.done:
            self._first_done[slot.entrant] = min(slot.starts, self._first_done.get(slot.entrant, slot.starts))
        self._slots: list[Slot] = []
        self._stopped = False

    def run(self, waiting_budget: float) -> Solution:
        if self._lanes:
            self._pass_through()
            if self._finish > self._bound:
                self._shorten()
            self._spare_waiting(waiting_budget)
        slots = rotation_lanes.in_draw_order(self._problem, (*self._problem.done, *self._slots))
        return Solution(slots, self._finish, self._bound, tuple(self._obstacles()), self._stopped)

    @property
    def _finish(self) -> int:
        return max([self._done_end, *(slot.ends for slot in self._slots)])

    def _stay(self, slots: list[Slot]) -> int:
        """Minutes from first start to last end, all entrants together."""
        return sum(self._stays(slots))

    def _stays(self, slots: list[Slot]) -> list[int]:
        first = dict(self._first_done)
        last: dict[int, int] = {}
        for slot in slots:
            first[slot.entrant] = min(slot.starts, first.get(slot.entrant, slot.starts))
            last[slot.entrant] = max(slot.ends, last.get(slot.entrant, 0))
        return [last[entrant] - first[entrant] for entrant in last]

    def _tell(self, stage: str, share: float, finish: int | None = None) -> None:
        if self._progress:
            visits = sum(slot.ends - slot.starts for slot in self._slots)
            waiting = self._stay(self._slots) - visits
            share_milli = min(1000, round(share * 1000))
            self._progress(Progress(stage, finish or self._finish, self._bound, waiting, share_milli))

    def _stops(self) -> bool:
        self._stopped = self._stopped or bool(self._should_stop and self._should_stop())
        return self._stopped

    def _pass_through(self) -> None:
        if self._before_still_holds():
            self._slots = list(self._problem.before)
        limits = rotation_greedy.limits(self._problem)
        self._take(rotation_waves.timetable(self._problem, self._lanes), 1 / len(limits))
        left = max(_LEAST_PASSES, _VISITS_PASSED // len(self._lanes))
        idle = 0
        for turn, limit in enumerate(limits, 1):
            better = False
            for rush in rotation_greedy.rushes(self._problem) if limit else [0]:
                slots = rotation_greedy.first_timetable(self._problem, self._lanes, limit, rush)
                left -= 1
                better = self._take(slots, turn / len(limits)) or better
                if self._stops():
                    return
                if not left or max(slot.ends for slot in slots) <= self._bound:
                    break
            idle = 0 if better or self._finish > self._bound else idle + 1
            if not left or idle == _IDLE_LIMITS:
                return

    def _take(self, slots: list[Slot], share: float) -> bool:
        """Keep this timetable if it is the best so far."""
        better = bool(slots) and (not self._slots or self._worth(slots) < self._worth(self._slots))
        if better:
            self._slots = slots
            self._tell("finish", share)
        return better

    def _before_still_holds(self) -> bool:
        everything = (*self._problem.done, *self._problem.before)
        return bool(self._problem.before) and not any(
            finding.hard for finding in rotation_check.check(self._problem, everything)
        )

    def _worth(self, slots: list[Slot]) -> tuple[int, int]:
        return max(slot.ends for slot in slots), self._stay(slots)

    def _shorten(self) -> None:
        """Let CP-SAT look for a shorter day; its own bound counts where the lanes left no choice."""
        if self._stops():
            return
        model = Model(self._problem, self._slots, [], self._finish)
        model.minimize_finish(self._bound, self._finish)
        slots, bound = model.solve(FINISH_BUDGET, self._should_stop, self._found)
        if slots is not None and bound is not None:
            self._slots = slots
            if rotation_lanes.leave_no_choice(self._problem):
                self._bound = max(self._bound, bound)
        self._stops()

    def _found(self, finish: int, _bound: int) -> None:
        self._tell("finish", 0, max(finish, self._done_end))

    def _spare_waiting(self, budget: float) -> None:
        """Plan a few entrants anew, again and again, among everyone else's fixed slots and within the finish."""
        rounds = round(budget / _ROUND_BUDGET)
        chance, idle, horizon = Random(1), 0, self._finish
        for turn in range(rounds):
            if idle >= _IDLE_ROUNDS or self._stops():
                return
            chosen = self._neighbours(chance)
            if not chosen:
                return
            free = [slot for slot in self._slots if slot.entrant in chosen]
            fixed = [slot for slot in self._slots if slot.entrant not in chosen]
            model = Model(self._problem, free, fixed, horizon)
            model.minimize_stays(self._first_done, max(self._stays(self._slots)))
            better, _ = model.solve(_ROUND_BUDGET, presolve=False)
            idle += 1
            if better is not None:
                if self._stay(better) < self._stay(free):
                    idle = 0
                self._slots = [*fixed, *better]
            self._tell("waiting", (turn + 1) / rounds)

    def _neighbours(self, chance: Random) -> set[int]:
        """Someone who waits, the longer the likelier, and those who are there at the same time at the same lanes."""
        days: dict[int, list[Slot]] = {}
        for slot in self._slots:
            days.setdefault(slot.entrant, []).append(slot)
        waits = {
            entrant: self._stay(day) - sum(slot.ends - slot.starts for slot in day) for entrant, day in days.items()
        }
        if not any(waits.values()):
            return set()
        seed = chance.choices(list(waits), list(waits.values()))[0]
        lanes = {(slot.station, slot.lane) for slot in days[seed]}
        start, end = min(slot.starts for slot in days[seed]), max(slot.ends for slot in days[seed])

        def distance(entrant: int) -> int:
            day = days[entrant]
            return abs(min(slot.starts for slot in day) - start) + abs(max(slot.ends for slot in day) - end)

        near = sorted(
            (entrant for entrant, day in days.items() if any((slot.station, slot.lane) in lanes for slot in day)),
            key=lambda entrant: (distance(entrant), entrant),
        )
        room = max(2, _VISITS_A_ROUND // len(days[seed]))
        others = near[: 2 * room]
        return {seed, *chance.sample(others, min(room, len(others)))}

    def _obstacles(self) -> list[Obstacle]:
        closes = self._problem.closes
        late = [
            Obstacle("station_late", code, bound - closes)
            for code, bound in self._station_bounds.items()
            if bound > closes
        ]
        if not late and self._finish > closes:
            last = max(self._slots, key=lambda slot: slot.ends)
            late.append(Obstacle("late", last.station, self._finish - closes))
        return late
