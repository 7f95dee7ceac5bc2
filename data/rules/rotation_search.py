"""The CP-SAT model: the shortest day for chosen lanes, or the one that breaks limits least.

One worker, a fixed seed and budgets in deterministic time: the same input gives the same timetable on any machine.
"""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import combinations

from ortools.sat.python import cp_model

from data.rules.rotation_bound import lane_windows
from data.rules.rotation_ground import Ground, Key, Place
from data.rules.rotation_model import Slot
from data.rules.rotation_spans import starts_within

ShouldStop = Callable[[], bool]

_SEED = 1
_POLL_SECONDS = 0.05


class Model:
    """Start times of the visits to place, each in its lane or with a choice of lanes."""

    def __init__(
        self,
        ground: Ground,
        slots: list[Slot],
        horizon: int,
        *,
        soft: bool = False,
        choice: dict[Key, tuple[int, ...]] | None = None,
    ) -> None:
        """
        Args:
            slots: a timetable of these visits, as a hint.
            horizon: no visit ends later.
            soft: whether a visit may end after its lane closes or its entrant has to leave, and stays may be too long.
            choice: the lanes of each visit; None: those of `slots`. Only for few visits.
        """
        self.cp = cp_model.CpModel()
        self.free = slots
        self.starts: dict[Key, cp_model.IntVar] = {}
        self.lanes: dict[Key, dict[int, cp_model.IntVar]] = {}  # where there is a choice
        self._ground = ground
        self._horizon = horizon
        self._soft = soft
        self._excess: list[cp_model.IntVar] = []
        if choice is None:
            self._place()
        else:
            self._place_freely(choice)
        self._keep_lanes()
        self._keep_people()
        if ground.problem.most_stay:
            self._keep_stays()

    def _place(self) -> None:
        """Starts in the lanes of the hint, and between the lane's visits that must be earlier and later."""
        ground = self._ground
        visits = Counter((slot.station, slot.lane) for slot in self.free)
        windows = {
            place: cp_model.Domain.from_intervals(
                [
                    [first, last]
                    for first, last in lane_windows(
                        count,
                        ground.stations[place[0]],
                        ground.problem.earliest,
                        self._horizon,
                        ground.lane_spans[place],
                    )
                    if first <= last
                ]
            )
            for place, count in visits.items()
        }
        for slot in self.free:
            key = slot.entrant, slot.station
            domain = self._domain(key, slot.lane).intersection_with(windows[slot.station, slot.lane])
            start = self.starts[key] = self.cp.new_int_var_from_domain(domain, "")
            self.cp.add_hint(start, slot.starts)
            due = self._due(key, slot.lane)
            if self._soft and due < self._horizon:
                self.cp.add(self._exceed(slot.ends - due) >= self._end(key) - due)

    def _place_freely(self, choice: dict[Key, tuple[int, ...]]) -> None:
        """Starts in any of the lanes."""
        for slot in self.free:
            key = slot.entrant, slot.station
            start = self.starts[key] = self.cp.new_int_var(self._ground.problem.earliest, self._horizon, "")
            self.cp.add_hint(start, slot.starts)
            chosen = self.lanes[key] = {lane: self.cp.new_bool_var("") for lane in choice[key]}
            self.cp.add_exactly_one(chosen.values())
            over = self._exceed(self._ground.over(slot)) if self._soft else None
            for lane, is_chosen in chosen.items():
                self.cp.add_hint(is_chosen, lane == slot.lane)
                self.cp.add_linear_expression_in_domain(start, self._domain(key, lane)).only_enforce_if(is_chosen)
                due = self._due(key, lane)
                if over is not None and due < self._horizon:
                    self.cp.add(over >= self._end(key) - due).only_enforce_if(is_chosen)

    def _due(self, key: Key, lane: int) -> int:
        return min(self._ground.until(key, lane), self._horizon)

    def _domain(self, key: Key, lane: int) -> cp_model.Domain:
        """Where this visit may start in this lane, other visits to place left aside."""
        ground = self._ground
        until = self._horizon if self._soft else self._due(key, lane)
        spans = (*ground.lane_spans[key[1], lane], *ground.spans.get(key, ()))
        starts = starts_within(ground.problem.earliest, until, ground.stations[key[1]].minutes, spans)
        domain = cp_model.Domain.from_intervals(starts)
        if ground.bell:
            domain = domain.intersection_with(cp_model.Domain.from_values(ground.bell.until(self._horizon)))
        return domain

    def _exceed(self, hint: int) -> cp_model.IntVar:
        over = self.cp.new_int_var(0, 2 * self._horizon, "")
        self.cp.add_hint(over, max(0, hint))
        self._excess.append(over)
        return over

    def _keep_lanes(self) -> None:
        """A visit at a time in each lane, and one that a reserve judge marks at each station."""
        lanes: dict[Place, list[cp_model.IntervalVar]] = {}
        reserve: dict[str, list[cp_model.IntervalVar]] = {}
        for slot in self.free:
            key, station = (slot.entrant, slot.station), self._ground.stations[slot.station]
            if key in self.lanes:
                length = station.minutes + station.changeover
                for lane, is_chosen in self.lanes[key].items():
                    interval = self.cp.new_optional_fixed_size_interval_var(self.starts[key], length, is_chosen, "")
                    lanes.setdefault((slot.station, lane), []).append(interval)
            else:
                lanes.setdefault((slot.station, slot.lane), []).append(self._interval(key, station.changeover))
            if key in self._ground.stood_in:
                reserve.setdefault(slot.station, []).append(self._interval(key, 0))
        for intervals in (*lanes.values(), *reserve.values()):
            if len(intervals) > 1:
                self.cp.add_no_overlap(intervals)

    def _interval(self, key: Key, after: int) -> cp_model.IntervalVar:
        return self.cp.new_fixed_size_interval_var(self.starts[key], self._ground.stations[key[1]].minutes + after, "")

    def _keep_people(self) -> None:
        """A visit at a time for each entrant, and for each two who share a person, with the way between."""
        days: dict[int, list[Key]] = {}
        for key in self.starts:
            days.setdefault(key[0], []).append(key)
        groups = list(days.values())
        for entrant, peers in self._ground.peers.items():
            groups += [
                [*days[entrant], *days[peer]] for peer in peers if entrant < peer and {entrant, peer} <= days.keys()
            ]
        for group in groups:
            gaps = {pair: self._gap(*pair) for pair in combinations(group, 2)}
            least = min(gaps.values(), default=0)
            if gaps:
                self.cp.add_no_overlap([self._interval(key, least) for key in group])
            for (one, two), gap in gaps.items():
                if gap > least:
                    first = self.cp.new_bool_var("")
                    self.cp.add(self._end(one) + gap <= self.starts[two]).only_enforce_if(first)
                    self.cp.add(self._end(two) + gap <= self.starts[one]).only_enforce_if(~first)

    def _gap(self, one: Key, two: Key) -> int:
        return self._ground.gaps[one[1], two[1]] if self._ground.gaps else 0

    def _end(self, key: Key) -> cp_model.LinearExpr:
        return self.starts[key] + self._ground.stations[key[1]].minutes

    def _keep_stays(self) -> None:
        days: dict[int, list[Slot]] = {}
        for slot in self.free:
            days.setdefault(slot.entrant, []).append(slot)
        known = {entrant: list(day) for entrant, day in days.items()}
        for slot in self._ground.fixed:
            known.get(slot.entrant, []).append(slot)
        most, highest = (
            self._ground.problem.most_stay,
            max([self._horizon, *(slot.ends for slot in self._ground.fixed)]),
        )
        for entrant, day in days.items():
            low, high = min(slot.starts for slot in known[entrant]), max(slot.ends for slot in known[entrant])
            first, last = self.cp.new_int_var(0, highest, ""), self.cp.new_int_var(0, highest, "")
            self.cp.add_hint(first, low)
            self.cp.add_hint(last, high)
            for slot in known[entrant]:
                if slot in day:
                    self.cp.add(first <= self.starts[entrant, slot.station])
                    self.cp.add(last >= self._end((entrant, slot.station)))
                else:
                    self.cp.add(first <= slot.starts)
                    self.cp.add(last >= slot.ends)
            over = self._exceed(high - low - most) if self._soft else 0
            self.cp.add(last - first <= most + over)

    def minimize_finish(self, bound: int) -> None:
        """Ask for the earliest last end, known not to be before `bound`; before it, for what breaks limits least."""
        finish = self.cp.new_int_var(bound, self._horizon, "finish")
        for slot in self.free:
            self.cp.add(finish >= self._end((slot.entrant, slot.station)))
        self.cp.add_hint(finish, max(bound, *(slot.ends for slot in self.free)))
        self.cp.minimize(sum(self._excess) * (self._horizon + 1) + finish if self._soft else finish)

    def solve(
        self,
        budget: float,
        should_stop: ShouldStop | None = None,
        found: Callable[[int], None] | None = None,
    ) -> tuple[list[Slot] | None, int | None]:
        """The best slots found (None: none), and the proven bound of the finish, not to be used of a soft model.

        Args:
            budget: in CP-SAT's deterministic seconds.
            should_stop: asked some times a second, in another thread.
            found: told the finish of each better solution; what it raises is raised from here.
        """
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = _SEED
        solver.parameters.linearization_level = 0  # no-overlaps gain nothing from a relaxation
        solver.parameters.max_deterministic_time = budget
        watcher = _Watcher(found, self._horizon + 1)
        with _stopping(solver, should_stop):
            status = solver.solve(self.cp, watcher)
        if watcher.error:
            raise watcher.error
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None, None
        slots = []
        for slot in self.free:
            start = solver.value(self.starts[slot.entrant, slot.station])
            chosen = self.lanes.get((slot.entrant, slot.station), {})
            lane = next((lane for lane, is_chosen in chosen.items() if solver.value(is_chosen)), slot.lane)
            slots.append(Slot(slot.entrant, slot.station, lane, start, start + slot.ends - slot.starts))
        return slots, round(solver.best_objective_bound)


class _Watcher(cp_model.CpSolverSolutionCallback):
    """Passes each better solution on, and keeps an exception out of the solver's C++ frames."""

    def __init__(self, found: Callable[[int], None] | None, unit: int) -> None:
        """`unit`: of the objective; what is beyond full ones is the finish."""
        super().__init__()
        self._found = found
        self._unit = unit
        self.error: Exception | None = None

    def on_solution_callback(self) -> None:
        if not self._found or self.error:
            return
        try:
            self._found(round(self.objective_value) % self._unit)
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
