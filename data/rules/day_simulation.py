"""A whole day from a seed: how a timetable fares when visits take longer, people stay away and a lane is lost.

The same day can run with re-timing and without, so that both can be compared. Without, every lane goes on in its
order and waits for whom it must; whom its judges may not mark comes when the lanes of the station are through.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

from data.rules.rotation_check import waiting_minutes
from data.rules.rotation_ground import Key, Place, open_lanes
from data.rules.rotation_model import Entrant, Problem, Slot, Solution, Span, Station
from data.rules.rotation_retime import Offer, lateness, offers
from data.rules.rotation_retime_day import LAST_MINUTE, people_of
from data.rules.rotation_spans import clashes

_DEVIATIONS = (-2, -1, 0, 0, 0, 0, 1, 2)  # minutes that a visit takes more than planned, each as likely as the others
_DELAY = (6, 15)  # minutes of a delay that is one


@dataclass(frozen=True)
class Disturbances:
    """What goes wrong, and from when on it is acted on."""

    absent_milli: int = 50  # entrants of a thousand who never come
    grace_minutes: int = 3  # how long the first lane waits for them
    delayed_milli: int = 20  # visits of a thousand that take much longer
    lane_lost_minutes: int = 40  # how long some lane is out of service; 0: none is
    judge_replaced: bool = True  # somewhere by one of a unit that takes part
    early_minutes: int = 5  # how long before their time people are there, and are taken if the lane is free
    late_minutes: int = 10  # with re-timing: how late a lane is when the rest of the day is re-timed
    looks_every: int = 5  # minutes between two looks at how late the lanes are


@dataclass(frozen=True)
class Timetable:
    """What was in force from this minute on."""

    minute: int
    slots: tuple[Slot, ...]


@dataclass(frozen=True)
class Outcome:
    """How the day went. `slots` are the visits as they really ran; `lost` and `judge` when and where that struck.

    `timetables` are all that were in force one after the other, `told` the people whose times any of them changed,
    `replaced_unit` the unit of the new judge.
    """

    slots: tuple[Slot, ...]
    finish: int
    longest_wait: int
    absent: frozenset[int]
    timetables: tuple[Timetable, ...]
    told: frozenset[int]
    lost: tuple[Place, Span] | None
    replaced: tuple[Place, int, str] | None

    @property
    def retimed(self) -> int:
        """How often the rest of the day was re-timed."""
        return len(self.timetables) - 1


def simulate(
    problem: Problem, solution: Solution, chance: Random, disturbances: Disturbances | None = None, *, replan: bool
) -> Outcome:
    """Run a day to its end.

    Args:
        solution: a timetable of the problem, which has no visit done yet.
        chance: the same state gives the same disturbances, whether the day is re-timed or not.
        replan: re-time the rest of the day whenever a lane is late, a lane fails, or a judge may not mark who comes.
            The offer taken is, of those that fit, the one with the earliest finish, then with the fewest people told.
    """
    return _Course(problem, solution, chance, disturbances or Disturbances(), replan=replan).run()


def _choose(made: tuple[Offer, ...]) -> Offer:
    return min(made, key=lambda offer: (not offer.solution.fits, offer.finish, len(offer.changed), offer.longest_wait))


class _Fate:
    """What goes wrong, drawn before the day begins."""

    def __init__(self, problem: Problem, solution: Solution, chance: Random, plan: Disturbances) -> None:
        stations = {station.code: station for station in problem.stations}
        self.minutes: dict[Key, int] = {}
        for slot in sorted(solution.slots, key=lambda slot: (slot.entrant, slot.station)):
            more = chance.choice(_DEVIATIONS)
            if chance.randrange(1000) < plan.delayed_milli:
                more += chance.randint(*_DELAY)
            self.minutes[slot.entrant, slot.station] = max(1, stations[slot.station].minutes + more)
        self.absent = frozenset(
            entrant.id for entrant in problem.entrants if chance.randrange(1000) < plan.absent_milli
        )
        places = [(station.code, lane) for station in problem.stations for lane in station.lanes]
        self.lost: tuple[Place, Span] | None = None
        if plan.lane_lost_minutes:
            minute = self._some_minute(problem, solution, chance)
            self.lost = chance.choice(places), (minute, minute + plan.lane_lost_minutes)
        self.replaced: tuple[Place, int, str] | None = None
        possible = list(self._judges(problem)) if plan.judge_replaced else []
        if possible:
            place, unit = chance.choice(possible)
            self.replaced = place, self._some_minute(problem, solution, chance), unit

    @staticmethod
    def _some_minute(problem: Problem, solution: Solution, chance: Random) -> int:
        """Not quite at the beginning or the end of the day."""
        return problem.opens + (solution.finish - problem.opens) * chance.randint(15, 75) // 100

    @staticmethod
    def _judges(problem: Problem) -> Iterator[tuple[Place, str]]:
        """Lanes, and units of which a judge may come there while everybody still has a lane to go to."""
        units = sorted({unit for entrant in problem.entrants for unit in entrant.units})
        for station in problem.stations:
            for lane in station.lanes:
                for unit in units:
                    changed = _with_unit(station, lane, unit)
                    if all(
                        open_lanes(entrant, changed) for entrant in problem.entrants if station.code in entrant.stations
                    ):
                        yield (station.code, lane), unit


def _with_unit(station: Station, lane: int, unit: str) -> Station:
    units = tuple(frozenset({unit}) if other == lane else own for other, own in enumerate(station.lane_units, 1))
    return replace(station, lane_units=units)


def _with_closure(station: Station, lane: int, span: Span) -> Station:
    closed = tuple(
        (*station.closed(other), span) if other == lane else station.closed(other) for other in station.lanes
    )
    return replace(station, lane_closed=closed)


class _Course:
    """The day, minute by minute."""

    def __init__(
        self, problem: Problem, solution: Solution, chance: Random, plan: Disturbances, *, replan: bool
    ) -> None:
        self._problem = problem
        self._plan = plan
        self._replan = replan
        self._fate = _Fate(problem, solution, chance, plan)
        self._stations = {station.code: station for station in problem.stations}
        self._entrants: dict[int, Entrant] = {entrant.id: entrant for entrant in problem.entrants}
        self._begun: dict[Key, Slot] = {}  # as the timetable has them
        self._to_come: dict[Key, Slot] = {}  # in the order of the day
        self._follow(solution)
        self._real: dict[Key, Slot] = {}
        self._lane_free: dict[Place, int] = {}
        self._people = people_of(problem)
        self._days: defaultdict[int, list[Slot]] = defaultdict(list)  # of each entrant, as they really ran
        self._aside: list[Key] = []  # without re-timing: no judge of their lane may mark them
        self._timetables = [Timetable(problem.opens, solution.slots)]
        self._told: set[int] = set()

    def run(self) -> Outcome:
        minute = self._problem.opens
        while (self._to_come or self._aside) and minute < LAST_MINUTE:
            struck = self._strike(minute)
            self._miss(minute)
            if self._replan and (struck or self._is_late(minute)):
                self._retime(minute)
            self._begin(minute)
            minute += 1
        return Outcome(
            tuple(self._real.values()),
            max((slot.ends for slot in self._real.values()), default=self._problem.opens),
            max((waiting_minutes(self._problem, day) for day in self._days.values()), default=0),
            self._fate.absent,
            tuple(self._timetables),
            frozenset(self._told),
            self._fate.lost,
            self._fate.replaced,
        )

    def _strike(self, minute: int) -> bool:
        """Whether a lane is lost, or a judge replaced, in this minute."""
        lost, replaced = self._fate.lost, self._fate.replaced
        struck = False
        if lost and lost[1][0] == minute:
            (code, lane), span = lost
            self._stations[code] = _with_closure(self._stations[code], lane, span)
            struck = True
        if replaced and replaced[1] == minute:
            (code, lane), _, unit = replaced
            self._stations[code] = _with_unit(self._stations[code], lane, unit)
            struck = True
        return struck

    def _miss(self, minute: int) -> None:
        """Strike off who did not come to his first visit."""
        gone = {
            slot.entrant
            for slot in self._to_come.values()
            if slot.entrant in self._fate.absent and slot.starts + self._plan.grace_minutes <= minute
        }
        for entrant in gone:
            del self._entrants[entrant]
        self._to_come = {key: slot for key, slot in self._to_come.items() if key[0] not in gone}

    def _is_late(self, minute: int) -> bool:
        if minute % self._plan.looks_every:
            return False
        late = lateness(self._now(minute))
        return any(late[slot.station, slot.lane] >= self._plan.late_minutes for slot in self._to_come.values())

    def _retime(self, minute: int) -> None:
        offer = _choose(offers(self._now(minute)))
        if offer.changed:
            self._told.update(offer.changed)
            self._timetables.append(Timetable(minute, offer.solution.slots))
            self._follow(offer.solution)

    def _follow(self, solution: Solution) -> None:
        self._to_come = {
            (slot.entrant, slot.station): slot
            for slot in sorted(solution.slots, key=lambda slot: (slot.starts, slot.station, slot.lane))
            if (slot.entrant, slot.station) not in self._begun
        }

    def _now(self, minute: int) -> Problem:
        """What is known now: of a visit that runs, that it takes as long as planned, and that it is not over yet."""
        actual = []
        for slot in self._real.values():
            if slot.ends > minute:
                slot = replace(slot, ends=max(slot.starts + self._stations[slot.station].minutes, minute + 1))
            actual.append(slot)
        return replace(
            self._problem,
            stations=tuple(self._stations.values()),
            entrants=tuple(self._entrants.values()),
            done=tuple(self._begun.values()),
            actual=tuple(actual),
            before=tuple(self._to_come.values()),
            now=minute,
        )

    def _begin(self, minute: int) -> None:
        """Let everyone begin whose turn it is."""
        heads: dict[Place, Slot] = {}
        for slot in self._to_come.values():
            heads.setdefault((slot.station, slot.lane), slot)
        for (code, lane), slot in heads.items():
            key = slot.entrant, code
            if slot.starts - self._plan.early_minutes > minute or slot.entrant in self._fate.absent:
                continue
            if lane not in open_lanes(self._entrants[slot.entrant], self._stations[code]):
                self._aside.append(key)
                del self._to_come[key]
            elif self._is_free(key, lane, minute):
                self._start(key, lane, minute, slot)
                del self._to_come[key]
        for key in list(self._aside):
            for lane in open_lanes(self._entrants[key[0]], self._stations[key[1]]):
                if (key[1], lane) not in heads and self._is_free(key, lane, minute):
                    self._start(key, lane, minute, Slot(*key, lane, minute, minute + self._stations[key[1]].minutes))
                    self._aside.remove(key)
                    break

    def _start(self, key: Key, lane: int, minute: int, slot: Slot) -> None:
        real = Slot(*key, lane, minute, minute + self._fate.minutes[key])
        self._begun[key] = slot
        self._real[key] = real
        self._days[key[0]].append(real)
        self._lane_free[key[1], lane] = real.ends + self._stations[key[1]].changeover

    def _is_free(self, key: Key, lane: int, minute: int) -> bool:
        """Whether the lane is open and free, and the entrant there and rested."""
        station = self._stations[key[1]]
        return (
            self._lane_free.get((station.code, lane), 0) <= minute
            and not clashes(minute, station.minutes, (*self._problem.breaks, *station.closed(lane)))
            and all(
                slot.ends + self._problem.gap(slot.station, station.code) <= minute
                for person in self._people[key[0]]
                for slot in self._days[person]
            )
        )
