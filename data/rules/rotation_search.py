"""The CP-SAT models: the shortest day for chosen lanes, and less waiting for a few entrants at a time.

One worker, a fixed seed and budgets in deterministic time: the same input gives the same timetable on any machine.
"""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ortools.sat.python import cp_model

from data.rules.rotation_bound import entrant_ready, lane_ready, lane_windows
from data.rules.rotation_model import Problem, Slot

ShouldStop = Callable[[], bool]
Key = tuple[int, str]  # (entrant id, station code)

_SEED = 1
_POLL_SECONDS = 0.05


class Model:
    """Start times of the `free` visits, each in its lane; the `fixed` ones stay where they are."""

    def __init__(self, problem: Problem, free: list[Slot], fixed: list[Slot], horizon: int) -> None:
        self.cp = cp_model.CpModel()
        self.free = free
        self.starts: dict[Key, cp_model.IntVar] = {}
        stations = {station.code: station for station in problem.stations}
        ready_lane, ready_entrant = lane_ready(problem), entrant_ready(problem)
        taken_lane: dict[tuple[str, int], list[Slot]] = {}
        taken_entrant: dict[int, list[Slot]] = {}
        for slot in fixed:
            taken_lane.setdefault((slot.station, slot.lane), []).append(slot)
            taken_entrant.setdefault(slot.entrant, []).append(slot)
        visits = Counter((slot.station, slot.lane) for slot in (*free, *fixed))
        windows = {
            lane: cp_model.Domain.from_intervals(
                [
                    [earliest, latest]
                    for earliest, latest in lane_windows(
                        visits[lane], stations[lane[0]], ready_lane[lane], horizon, problem.breaks
                    )
                    if earliest <= latest
                ]
            )
            for lane in {(slot.station, slot.lane) for slot in free}
        }
        lanes: dict[tuple[str, int], list[cp_model.IntervalVar]] = {}
        entrants: dict[int, list[cp_model.IntervalVar]] = {}
        for slot in free:
            station, lane = stations[slot.station], (slot.station, slot.lane)
            gap = station.changeover
            closed = [
                *problem.breaks,
                *((other.starts - gap, other.ends + gap) for other in taken_lane.get(lane, ())),
                *((other.starts, other.ends) for other in taken_entrant.get(slot.entrant, ())),
            ]
            ready = max(ready_lane[lane], ready_entrant[slot.entrant])
            domain = cp_model.Domain.from_intervals(_gaps(ready, horizon, closed, station.minutes))
            start = self.cp.new_int_var_from_domain(domain.intersection_with(windows[lane]), "")
            self.cp.add_hint(start, slot.starts)
            self.starts[slot.entrant, slot.station] = start
            lanes.setdefault(lane, []).append(self.cp.new_fixed_size_interval_var(start, station.minutes + gap, ""))
            entrants.setdefault(slot.entrant, []).append(
                self.cp.new_fixed_size_interval_var(start, station.minutes, "")
            )
        for intervals in (*lanes.values(), *entrants.values()):
            if len(intervals) > 1:
                self.cp.add_no_overlap(intervals)

    def minimize_finish(self, bound: int, horizon: int) -> None:
        """Ask for the earliest last end, known not to be before `bound`."""
        finish = self.cp.new_int_var(bound, horizon, "finish")
        for slot in self.free:
            self.cp.add(finish >= self.starts[slot.entrant, slot.station] + slot.ends - slot.starts)
        self.cp.add_hint(finish, max(slot.ends for slot in self.free))
        self.cp.minimize(finish)

    def minimize_stays(self, first_done: dict[int, int], longest: int) -> None:
        """Ask for the least sum of the entrants' stays, none above `longest`.

        Args:
            first_done: when those began who began already.
        """
        stays = []
        days: dict[int, list[Slot]] = {}
        for slot in self.free:
            days.setdefault(slot.entrant, []).append(slot)
        for entrant, day in days.items():
            starts = [self.starts[entrant, slot.station] for slot in day]
            ends = [self.starts[entrant, slot.station] + slot.ends - slot.starts for slot in day]
            begun = first_done.get(entrant)
            low, high = min(slot.starts for slot in day), max(slot.ends for slot in day)
            last = self.cp.new_int_var(0, 1 << 20, "")
            self.cp.add_max_equality(last, ends)
            self.cp.add_hint(last, high)
            if begun is None:
                first = self.cp.new_int_var(0, 1 << 20, "")
                self.cp.add_min_equality(first, starts)
                self.cp.add_hint(first, low)
                self.cp.add(last - first <= longest)
                stays.append(last - first)
            else:
                self.cp.add(last - begun <= longest)
                stays.append(last - begun)
        self.cp.minimize(sum(stays))

    def solve(
        self,
        budget: float,
        should_stop: ShouldStop | None = None,
        found: Callable[[int, int], None] | None = None,
        *,
        presolve: bool = True,
    ) -> tuple[list[Slot] | None, int | None]:
        """The best slots found for the free visits (None: none), and the proven bound of the objective.

        Args:
            budget: in CP-SAT's deterministic seconds.
            should_stop: asked some times a second, in another thread.
            presolve: worth its time for a whole day, not for a few entrants.
            found: told the objective and the bound of each better solution; what it raises is raised from here.
        """
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = _SEED
        solver.parameters.linearization_level = 0  # no-overlaps gain nothing from a relaxation
        solver.parameters.cp_model_presolve = presolve
        solver.parameters.max_deterministic_time = budget
        watcher = _Watcher(found)
        with _stopping(solver, should_stop):
            status = solver.solve(self.cp, watcher)
        if watcher.error:
            raise watcher.error
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None, None
        slots = []
        for slot in self.free:
            start = solver.value(self.starts[slot.entrant, slot.station])
            slots.append(Slot(slot.entrant, slot.station, slot.lane, start, start + slot.ends - slot.starts))
        return slots, round(solver.best_objective_bound)


class _Watcher(cp_model.CpSolverSolutionCallback):
    """Passes each better solution on, and keeps an exception out of the solver's C++ frames."""

    def __init__(self, found: Callable[[int, int], None] | None) -> None:
        super().__init__()
        self._found = found
        self.error: Exception | None = None

    def on_solution_callback(self) -> None:
        if not self._found or self.error:
            return
        try:
            self._found(round(self.objective_value), round(self.best_objective_bound))
        except Exception as error:
            self.error = error
            self.stop_search()


@contextmanager
def _stopping(solver: cp_model.CpSolver, should_stop: ShouldStop | None) -> Iterator[None]:
    """Stop the solver soon after should_stop says so; its solve() blocks, so another thread has to ask."""
    if should_stop is None:
        yield
        return
    over = threading.Event()

    def poll() -> None:
        while not over.wait(_POLL_SECONDS):
            if should_stop():
                solver.stop_search()

    thread = threading.Thread(target=poll, name="rotation-stop", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _gaps(ready: int, horizon: int, closed: list[tuple[int, int]], length: int) -> list[list[int]]:
    """Where a visit of this length may start from `ready` on, to end by `horizon` and clear of what is closed."""
    gaps = []
    for starts, ends in sorted(closed):
        if ready + length <= starts:
            gaps.append([ready, starts - length])
        ready = max(ready, ends)
    if ready + length <= horizon:
        gaps.append([ready, horizon - length])
    return gaps
