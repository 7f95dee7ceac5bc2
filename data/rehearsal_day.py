"""The running day of a rehearsal: visits begin and end as planned, or with everything that goes wrong on a day.

All of it goes through the actions of the pages, with the store's clock; a disturbed day is re-timed as it goes, and
the rules say how the same day would have ended without.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from random import Random

from data.actions import checkin, running, schedule, setup
from data.errors import NotAllowed
from data.local_time import MIDNIGHT
from data.queries import schedule as queries
from data.queries.plan import current_plan, event_info
from data.queries.schedule import SlotRow
from data.rehearsal_clock import RehearsalClock
from data.rehearsal_judging import Judging
from data.rules import day_simulation, rotation_retime
from data.rules.day_simulation import Disturbances, Outcome
from data.rules.rotation_model import Problem, Slot, Solution
from data.rules.rotation_retime import Offer
from data.simulation import Simulation
from data.store import Store

Progress = Callable[[int, int], None]

_LONGER = 60  # minutes for which the hall stays open when the rest fits in no other way
_MOST_RETIMINGS = 60


@dataclass
class DayFigures:
    """What came of the day. Minutes after midnight; `never_replanned`: the end of the same day without re-timing."""

    sheets: int = 0
    finish: int = 0
    planned_finish: int = 0
    never_replanned: int = 0
    retimings: int = 0
    no_shows: int = 0
    told: set[int] = field(default_factory=set)  # entrants whose times changed after they were told


def run_as_planned(store: Store, actor: str, simulation: Simulation, clock: RehearsalClock, tell: Progress) -> int:
    """Every visit to come begins when it is planned and ends when its sheets come in; returns how many sheets.

    Where the day of the event is over, or it has no date, the sheets alone are handed in.
    """
    judging = Judging(store, actor, simulation)
    by_visit = judging.by_visit()
    date = event_info(store).date
    slots = {slot.visit_id: slot for slot in queries.slots(store) if slot.visit_id in by_visit}
    events: list[tuple[int, int, int]] = []  # minute, 0 for an end or 1 for a start, visit
    for visit, slot in slots.items():
        if not slot.is_running:
            events.append((slot.starts_minute, 1, visit))
        minutes = -(-judging.seconds_milli(by_visit[visit][0]) // 60_000)
        events.append((slot.starts_minute + minutes, 0, visit))
    done = 0
    for minute, is_start, visit in sorted(events):
        if minute < MIDNIGHT and clock.is_before(date, minute):
            clock.go_to(date, minute)
        if is_start:
            _start(store, actor, visit)
            continue
        for row in by_visit.pop(visit):
            tell(done, len(judging.due))
            judging.hand_in(row)
            done += 1
    for rows in by_visit.values():
        for row in rows:
            judging.hand_in(row)
            done += 1
    return done


def _start(store: Store, actor: str, visit: int) -> bool:
    """Whether the visit began; on a copy of an event something may stand in the way that nobody asks for here."""
    try:
        running.start_visit(store, actor, visit)
    except NotAllowed:
        return False
    return True


def run_disturbed(
    store: Store, actor: str, simulation: Simulation, clock: RehearsalClock, tell: Progress
) -> DayFigures:
    """A day with delays, people who stay away, a lost lane and a replaced judge, re-timed whenever it is late.

    The event must have its day still to come and a timetable that nothing is wrong with.
    """
    return _Course(store, actor, simulation, clock, tell).run()


def can_be_disturbed(store: Store, clock: RehearsalClock) -> bool:
    """Whether the day is still to come and nothing of it has happened yet."""
    info = event_info(store)
    slots = queries.slots(store)
    has_begun = any(slot.started_minute is not None or slot.state == "done" for slot in slots)
    return bool(slots) and not has_begun and clock.is_before(info.date, info.opens_minute)


class _Course:
    """A disturbed day, minute by minute. What goes wrong is what the rules draw from the same seed."""

    def __init__(self, store: Store, actor: str, simulation: Simulation, clock: RehearsalClock, tell: Progress) -> None:
        self._store = store
        self._actor = actor
        self._clock = clock
        self._tell = tell
        self._judging = Judging(store, actor, simulation)
        self._sheets = self._judging.by_visit()
        self._date = event_info(store).date
        self._plan = Disturbances()
        self._problem = queries.problem(store)
        planned = self._problem.before
        self._never = _never(self._problem, planned, simulation.seed)
        lengths = {(slot.entrant, slot.station): slot.ends - slot.starts for slot in self._never.slots}
        self._lengths = lengths
        self._stations = {station.code: station for station in self._problem.stations}
        self._ends: dict[int, int] = {}  # when each visit that runs is over, by its id
        self._lane_free: dict[tuple[str, int], int] = {}
        self._free: dict[int, tuple[int, str]] = {}  # when and where each entrant performed last
        self._shares = {entrant.id: (entrant.id, *entrant.shares) for entrant in self._problem.entrants}
        self._to_come: list[SlotRow] = []
        self._gone: set[int] = set()
        self.figures = DayFigures(planned_finish=max(slot.ends for slot in planned), never_replanned=self._never.finish)
        self._read()

    def run(self) -> DayFigures:
        """Let the day pass."""
        minute = self._problem.opens
        total = len(self._judging.due)
        while (self._to_come or self._ends) and minute < MIDNIGHT:
            self._clock.go_to(self._date, minute)
            self._tell(self.figures.sheets, total)
            self._end(minute)
            struck = self._strike(minute)
            self._miss(minute)
            if struck or (minute % self._plan.looks_every == 0 and self._is_late()):
                self._retime()
            self._begin(minute)
            minute += 1
        for rows in self._sheets.values():
            for row in rows:
                if row.entrant_id not in self._gone:
                    self._judging.hand_in(row)
                    self.figures.sheets += 1
        return self.figures

    def _read(self) -> None:
        """The visits to come as the timetable in force has them."""
        rows = queries.slots(self._store)
        self._to_come = [row for row in rows if not row.state and row.started_minute is None]

    def _end(self, minute: int) -> None:
        for visit in [visit for visit, ends in self._ends.items() if ends <= minute]:
            del self._ends[visit]
            for row in self._sheets.pop(visit):
                self._judging.hand_in(row)
                self.figures.sheets += 1
            self.figures.finish = minute

    def _strike(self, minute: int) -> bool:
        """Whether a lane is lost or a judge replaced in this minute."""
        struck = False
        if self._never.lost and self._never.lost[1][0] == minute:
            (code, lane), (starts, ends) = self._never.lost
            running.close_lane(self._store, self._actor, code, lane, starts, ends, "设备故障")
            struck = True
        if self._never.replaced and self._never.replaced[1] == minute:
            (code, lane), _minute, unit = self._never.replaced
            judge = next(one for one in current_plan(self._store).judges if (one.station, one.lane) == (code, lane))
            assert judge.id is not None
            running.replace_judge(self._store, self._actor, judge.id, "接替裁判", unit, "裁判身体不适")
            struck = True
        return struck

    def _miss(self, minute: int) -> None:
        """Note as absent who did not come to his first visit."""
        for row in list(self._to_come):
            late = row.starts_minute + self._plan.grace_minutes <= minute
            if late and row.entrant_id in self._never.absent and row.entrant_id not in self._gone:
                checkin.set_state(self._store, self._actor, row.entrant_id, "absent", "未到场")
                self._gone.add(row.entrant_id)
                self.figures.no_shows += 1
        self._to_come = [row for row in self._to_come if row.entrant_id not in self._gone]

    def _is_late(self) -> bool:
        late = rotation_retime.lateness(queries.problem(self._store))
        return any(late[row.station_code, row.lane] >= self._plan.late_minutes for row in self._to_come)

    def _retime(self) -> None:
        """Put the offer that ends first in force; the hall stays open longer when the rest fits in no other way."""
        if self.figures.retimings >= _MOST_RETIMINGS:
            return
        for _attempt in range(MIDNIGHT // _LONGER):
            problem = queries.problem(self._store)
            offer = min(rotation_retime.offers(problem), key=_worth)
            if offer.solution.fits:
                break
            self._stay_open()
        if not offer.changed or not offer.solution.fits:
            return
        current = queries.current(self._store)
        schedule.save_timetable(
            self._store,
            self._actor,
            offer.solution,
            "延误后重排",
            cause=offer.kind,
            on_number=current.number if current else None,
        )
        self.figures.retimings += 1
        self.figures.told.update(offer.changed)
        self._read()

    def _stay_open(self) -> None:
        plan = current_plan(self._store)
        later = min(plan.info.closes_minute + _LONGER, MIDNIGHT - 1)
        setup.save_plan(
            self._store, self._actor, replace(plan, info=replace(plan.info, closes_minute=later)), "延误，延长场地时间"
        )

    def _begin(self, minute: int) -> None:
        """Let everyone begin whose turn it is."""
        heads: dict[tuple[str, int], SlotRow] = {}
        for row in self._to_come:
            heads.setdefault((row.station_code, row.lane), row)
        for lane, row in heads.items():
            if row.starts_minute - self._plan.early_minutes > minute or row.entrant_id in self._never.absent:
                continue
            if not self._is_free(lane, row, minute) or not _start(self._store, self._actor, row.visit_id):
                continue
            ends = minute + self._lengths[row.entrant_id, row.station_code]
            self._ends[row.visit_id] = ends
            self._lane_free[lane] = ends + self._stations[row.station_code].changeover
            self._free[row.entrant_id] = ends, row.station_code
            self._to_come.remove(row)

    def _is_free(self, lane: tuple[str, int], row: SlotRow, minute: int) -> bool:
        """Whether lane and entrant are free and rested, and no break would be run into."""
        station = self._stations[row.station_code]
        if self._lane_free.get(lane, 0) > minute:
            return False
        for person in self._shares[row.entrant_id]:
            if person in self._free:
                ends, left = self._free[person]
                if ends + self._problem.gap(left, row.station_code) > minute:
                    return False
        lost = (self._never.lost[1],) if self._never.lost and self._never.lost[0] == lane else ()
        closed = (*self._problem.breaks, *station.closed(row.lane), *lost)
        return all(minute >= until or minute + station.minutes <= since for since, until in closed)


def _never(problem: Problem, planned: tuple[Slot, ...], seed: str) -> Outcome:
    """The same day, without anybody re-timing it."""
    finish = max(slot.ends for slot in planned)
    solution = Solution(planned, finish, finish)
    return day_simulation.simulate(problem, solution, Random(f"{seed}/day"), replan=False)


def _worth(offer: Offer) -> tuple[int, ...]:
    return not offer.solution.fits, offer.finish, len(offer.changed), offer.longest_wait
