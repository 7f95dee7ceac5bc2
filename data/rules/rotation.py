"""The rotation 轮转编排: who is at which station and lane when, proven short, then with little waiting.

1. What nothing can change is worked out once (`rotation_ground`), the strokes of a bell among it (`rotation_bell`).
2. Lanes first (`rotation_lanes`), as drawn, else so that no choice lets a station be through earlier.
3. A bound of the finish that sees breaks, for each station and entrant (`rotation_bound`).
4. Waves where everyone goes round the same lanes (`rotation_waves`), the fewest strokes of a bell
   (`rotation_colours`), then passes through the day with different limits on how many are under way at
   once (`rotation_greedy`); most reach the bound within a second, which proves the finish. Where every
   station keeps the order of the draw, passes that do (`rotation_order`).
5. Where none does, or a limit is broken, CP-SAT with the bound given (`rotation_search`).
6. With the finish kept, visits change places for shorter stays (`rotation_swaps`).
7. Itineraries are dealt in the order of the draw (`rotation_deal`).

Same problem, same timetable: nothing here looks at a clock or at chance.
"""

from collections.abc import Callable, Iterable
from itertools import pairwise

from data.rules import (
    rotation_bound,
    rotation_check,
    rotation_colours,
    rotation_deal,
    rotation_greedy,
    rotation_lanes,
    rotation_obstacles,
    rotation_order,
    rotation_waves,
)
from data.rules.rotation_bell import Bell
from data.rules.rotation_ground import Key, survey
from data.rules.rotation_model import Entrant, Obstacle, Problem, Progress, Slot, Solution, Station
from data.rules.rotation_search import Model, ShouldStop
from data.rules.rotation_swaps import Swaps

__all__ = ["Entrant", "Obstacle", "Problem", "Progress", "Slot", "Solution", "Station", "solve"]

Report = Callable[[Progress], None]
Worth = tuple[int, int, int, int]  # minutes beyond limits, breaks of the order, the finish, the stays; less is better

FINISH_BUDGET = 1.5  # deterministic seconds for the shortest day, when no pass through the day reached the bound
_WORK_A_SECOND = 4_000_000  # looks at a visit, for less waiting
_WORK_A_VISIT, _MOST_WORK = 100_000, 80_000_000  # for less waiting, where no budget is given
_VISITS_PASSED = 100_000  # visits placed in all passes through the day together, so that a large day has fewer passes
_LEAST_PASSES = 12
_MOST_CHOICES = 300  # of lanes, of all visits together, up to which they are left open to the search
_IDLE_LIMITS = 3  # limits without a gain after which no further ones are tried, once the bound is reached


def solve(
    problem: Problem,
    progress: Report | None = None,
    should_stop: ShouldStop | None = None,
    *,
    waiting_budget: float | None = None,
) -> Solution:
    """The best timetable that the budgets allow, or why there is none that can be used.

    Where limits cannot be kept, the timetable breaks those of time (closing, leaving, the longest stay) as
    little as was found; pinned visits that break a rule are placed anew.

    Args:
        progress: told of each better timetable; what it raises ends the search and is raised from here.
        should_stop: asked now and then, from another thread too; True ends the search with the best so far.
        waiting_budget: about the seconds for shortening the waits, counted in work; 0 takes them as they
            come, None is as much as pays for a day of this size, 40 at most.
    """
    shut = tuple(rotation_obstacles.recused(problem))
    if shut:
        return Solution((), problem.opens, problem.opens, shut)
    search = _Search(problem, progress, should_stop)
    if waiting_budget is None:
        return search.run(min(_MOST_WORK, _WORK_A_VISIT * len(search.ground.visits)))
    return search.run(round(waiting_budget * _WORK_A_SECOND))


class _Search:
    """One run of `solve`: the best timetable so far, and what was proven."""

    def __init__(self, problem: Problem, progress: Report | None, should_stop: ShouldStop | None) -> None:
        self._problem = problem
        self._progress = progress
        self._should_stop = should_stop
        self._before_holds = bool(problem.before) and not any(
            finding.hard for finding in rotation_check.check(problem, (*problem.done, *problem.before))
        )
        self.ground = survey(problem, self._strokes())
        self._station_bounds = rotation_bound.station_bounds(self.ground)
        self._entrant_bounds = rotation_bound.entrant_bounds(self.ground)
        self._bound = rotation_bound.least_finish(self.ground, self._station_bounds, self._entrant_bounds)
        self._fixed_end = max([problem.opens, *(slot.ends for slot in (*problem.done, *self.ground.held))])
        self._first_fixed: dict[int, int] = {}
        for slot in self.ground.fixed:
            self._first_fixed[slot.entrant] = min(slot.starts, self._first_fixed.get(slot.entrant, slot.starts))
        self._in_order = problem.keep_order == "every"
        self._slots: list[Slot] = []
        self._stopped = False

    def run(self, work: int) -> Solution:
        if self.ground.visits:
            self._begin()
            if not self._keeps_order():
                lanes = rotation_lanes.choose(self.ground)
                self._pass_through(lanes)
                self._shorten()
            self._spare_waiting(work)
        return self._solution()

    def _solution(self) -> Solution:
        ground = self.ground
        known = rotation_obstacles.proven(self._station_bounds, self._entrant_bounds)
        placed = self._slots if self._in_order else rotation_deal.in_draw_order(ground, self._slots)
        broken = rotation_obstacles.of_timetable(ground, placed, known)
        slots = sorted(
            (*self._problem.done, *ground.held, *placed), key=lambda slot: (slot.starts, slot.station, slot.lane)
        )
        bound = self._bound
        if any(map(ground.over, placed)):
            relaxed = rotation_bound.station_bounds(ground, relaxed=True)
            bound = rotation_bound.least_finish(ground, relaxed, self._entrant_bounds)
        if known or broken:
            bound = min(bound, self._finish)  # a timetable that breaks a limit may end before any that keeps it
        return Solution(tuple(slots), self._finish, bound, (*ground.unheld, *known, *broken), self._stopped)

    def _strokes(self) -> tuple[int, ...]:
        """On the day itself, a bell rings on as the timetable in force says, as long as that can be kept."""
        problem = self._problem
        if not (problem.bell and problem.now is not None and self._before_holds):
            return ()
        strokes = sorted({slot.starts for slot in problem.before})
        pitch = Bell.pitch(problem)
        fits = all(later - earlier >= pitch for earlier, later in pairwise(strokes))
        return tuple(strokes) if fits else ()

    @property
    def _finish(self) -> int:
        return max([self._fixed_end, *(slot.ends for slot in self._slots)])

    def _stay(self, slots: Iterable[Slot]) -> int:
        """Minutes from first start to last end, all entrants with visits to come together."""
        first = dict(self._first_fixed)
        last: dict[int, int] = {}
        for slot in slots:
            first[slot.entrant] = min(slot.starts, first.get(slot.entrant, slot.starts))
            last[slot.entrant] = max(slot.ends, last.get(slot.entrant, 0))
        return sum(last[entrant] - first[entrant] for entrant in last)

    def _worth(self, slots: list[Slot]) -> Worth:
        finish = max([self._fixed_end, *(slot.ends for slot in slots)])
        beyond = sum(map(self.ground.over, slots)) + max(0, finish - self._problem.closes)
        beyond += sum(rotation_obstacles.stays_over(self.ground, slots).values())
        broken = rotation_order.breaks_of_order(self.ground, slots) if self._in_order else 0
        return beyond, broken, finish, self._stay(slots)

    def _tell(self, stage: str, share: float, finish: int | None = None) -> None:
        if self._progress:
            visits = sum(slot.ends - slot.starts for slot in self._slots)
            waiting = self._stay(self._slots) - visits
            share_milli = min(1000, round(share * 1000))
            self._progress(Progress(stage, finish or self._finish, self._bound, waiting, share_milli))

    def _stops(self) -> bool:
        self._stopped = self._stopped or bool(self._should_stop and self._should_stop())
        return self._stopped

    def _take(self, slots: list[Slot], share: float) -> bool:
        """Keep this timetable if it is the best so far."""
        better = bool(slots) and (not self._slots or self._worth(slots) < self._worth(self._slots))
        if better:
            self._slots = slots
            self._tell("finish", share)
        return better

    def _begin(self) -> None:
        """The timetable in force, if it still holds, and those in the order of the draw, if that is asked for."""
        bell, held = self.ground.bell, {(slot.entrant, slot.station) for slot in self.ground.held}
        if self._before_holds and (
            bell is None or all(bell.from_minute(s.starts) == s.starts for s in self._problem.before)
        ):
            self._take([slot for slot in self._problem.before if (slot.entrant, slot.station) not in held], 0)
        if self._in_order:
            for slots in rotation_order.timetables(self.ground):
                self._take(slots, 0)

    def _keeps_order(self) -> bool:
        """Whether the order is to be kept at every station, and a timetable within all limits does."""
        return self._in_order and self._worth(self._slots)[0] == 0

    def _pass_through(self, lanes: rotation_lanes.Lanes) -> None:
        limits = rotation_greedy.limits(self.ground)
        self._take(rotation_waves.timetable(self.ground, lanes), 1 / len(limits))
        self._take(rotation_colours.timetable(self.ground, lanes), 1 / len(limits))
        left = max(_LEAST_PASSES, _VISITS_PASSED // len(lanes))
        idle = 0
        for turn, limit in enumerate(limits, 1):
            better = False
            for rush in rotation_greedy.rushes(self.ground) if limit else [0]:
                slots = rotation_greedy.first_timetable(self.ground, lanes, limit, rush)
                left -= 1
                better = self._take(slots, turn / len(limits)) or better
                if self._stops():
                    return
                if not left or max(slot.ends for slot in slots) <= self._bound:
                    break
            idle = 0 if better or self._finish > self._bound else idle + 1
            if not left or idle == _IDLE_LIMITS:
                return

    def _shorten(self) -> None:
        """Let CP-SAT look for a shorter day; its own bound counts where it had every choice."""
        options = rotation_lanes.all_options(self.ground)
        has_choice = any(len(lanes) > 1 for lanes in options.values())
        self._search(None if has_choice else {})
        if has_choice and sum(map(len, options.values())) <= _MOST_CHOICES:
            self._search(options)

    def _search(self, choice: dict[Key, tuple[int, ...]] | None) -> None:
        """One search in the lanes chosen so far, or with this choice of them."""
        beyond, _broken, finish, _stay = self._worth(self._slots)
        if (finish <= self._bound and not beyond) or self._stops():
            return
        soft = beyond > max(0, finish - self._problem.closes)
        horizon = max(finish, self._problem.closes) if soft else finish
        model = Model(self.ground, self._slots, horizon, soft=soft, choice=choice or None)
        model.minimize_finish(min(self._bound, finish))
        slots, bound = model.solve(FINISH_BUDGET, self._should_stop, self._found)
        if slots is not None and bound is not None:
            self._take(slots, 1)
            if not soft and choice is not None and not self._problem.walks:
                self._bound = max(self._bound, bound)
        self._stops()

    def _found(self, finish: int) -> None:
        self._tell("finish", 0, max(finish, self._fixed_end))

    def _spare_waiting(self, work: int) -> None:
        """Let visits change places within the finish, and begin stays as late as they can."""

        def tell(share: float, best: list[Slot]) -> bool:
            self._slots = best
            self._tell("waiting", share)
            return self._stops()

        if not work or self._stops():
            return
        self._keep(rotation_order.tightened(self.ground, self._slots, ordered=self._in_order))
        if not self._in_order:
            before = self._slots
            swapped = Swaps(self.ground, before).run(work, tell)
            self._slots = before
            self._keep(swapped)
            self._keep(rotation_order.tightened(self.ground, self._slots))
        self._tell("waiting", 1)

    def _keep(self, slots: list[Slot]) -> None:
        if self._worth(slots) < self._worth(self._slots):
            self._slots = slots
