"""Re-timing a day under way: three offers for the visits still to come, each counted before anyone takes it.

In every offer the visits that took place or run keep their slots. No visit comes earlier than the timetable in
force has it, so that whoever comes by an older paper is never too late; only where nothing else fits into the day does
the re-planned one move visits forward, too.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from heapq import heapify, heapreplace
from operator import attrgetter

from data.rules import rotation
from data.rules.rotation_check import LONG_WAIT_MINUTES, check
from data.rules.rotation_ground import Place
from data.rules.rotation_model import Problem, Slot, Solution, Span
from data.rules.rotation_retime_chains import hand_on
from data.rules.rotation_retime_day import obstacles, remaining
from data.rules.rotation_retime_limits import beyond, latest_starts, longest_wait
from data.rules.rotation_retime_order import absorb, shift
from data.rules.rotation_spans import NEVER, next_start

ShouldStop = Callable[[], bool]

_NOT_OF_TIME = {"recusal", "drawn_lane", "pinned"}  # obstacles that no other timetable gets round
_WAITS_ALIKE = 30  # minutes more of waiting that weigh less than telling more people


@dataclass(frozen=True)
class Offer:
    """A timetable for the rest of the day. `kind`: absorb | shift | replan.

    `changed` are the ids of the entrants whose remaining visits change their time or lane against the timetable in
    force, in the order of the draw. `longest_wait`: the most minutes that anyone who still has visits waits in all
    between his visits, or for his first one beyond the minute he was told, outside of breaks. `solution` has
    obstacles where it does not fit the day.
    """

    kind: str
    solution: Solution
    finish: int
    changed: tuple[int, ...]
    longest_wait: int


def offers(problem: Problem, should_stop: ShouldStop | None = None) -> tuple[Offer, ...]:
    """The ways to go on from `problem.now`: absorb, shift, replan, in this order; those that do not fit come last."""
    absorbed = absorb(problem).placed.values()
    made = [
        _offer(problem, "absorb", absorbed),
        _offer(problem, "shift", shift(problem).placed.values()),
        _replan(problem, absorbed, should_stop),
    ]
    return tuple(sorted(made, key=lambda offer: not offer.solution.fits))


def _replan(problem: Problem, absorbed: Collection[Slot], should_stop: ShouldStop | None) -> Offer:
    """The fewest people told of a change, then the earliest finish, then the shortest longest wait.

    Before all that, if any way fits into the day, one that does; then nobody shall be put off too long (see
    rotation_retime_limits), nor wait half an hour longer than is thought long or than someone does anyway. So a day
    that does not fit puts the burden on closing time, not on a few who wait for hours. With a bell nobody can be
    later alone, so that nothing is better than to absorb. Where neither that nor handing places on fits into the day,
    the whole rest is planned anew, which tells nearly everyone.
    """
    ways, latest = [_offer(problem, "replan", absorbed)], latest_starts(problem, absorbed)
    if not problem.bell:
        ways.append(_offer(problem, "replan", hand_on(problem, latest, should_stop).placed.values()))
    hopeless = any(obstacle.code in _NOT_OF_TIME for obstacle in ways[0].solution.obstacles)
    if not hopeless and not any(way.solution.fits for way in ways):
        ways += [_offer(problem, "replan", slots) for slots in _anew(problem, should_stop)]
    bearable = max(LONG_WAIT_MINUTES, longest_wait(problem, problem.before))
    done = set(problem.done)

    def worth(offer: Offer) -> tuple[int, ...]:
        solution = offer.solution
        put_off = beyond(latest, (slot for slot in solution.slots if slot not in done))
        too_long = max(0, offer.longest_wait - bearable) // _WAITS_ALIKE
        over = sum(obstacle.minutes_over or 1 for obstacle in solution.obstacles)
        return not solution.fits, put_off, too_long, over, len(offer.changed), offer.finish, offer.longest_wait

    return min(ways, key=worth)


def _anew(problem: Problem, should_stop: ShouldStop | None) -> Iterator[list[Slot]]:
    """The whole rest as the solver plans it, if that fits the day; only here a visit may come earlier than it stood."""
    solution = rotation.solve(problem, should_stop=should_stop, waiting_budget=0)
    if solution.fits and not any(finding.hard for finding in check(problem, solution.slots)):
        done = {(slot.entrant, slot.station) for slot in problem.done}
        yield [slot for slot in solution.slots if (slot.entrant, slot.station) not in done]


def lateness(problem: Problem) -> dict[Place, int]:
    """How many minutes each lane is late, by station code and lane; 0 where it is not.

    What counts is when the lane can take its next visit, from now and from what runs in it, against when it should.
    A visit that was left out while later ones of the lane began is not the next one: its entrant is late, not the
    lane. A lane without a visit to come is as late as the one that still runs there will end.
    """
    stations = {station.code: station for station in problem.stations}
    planned = {(slot.entrant, slot.station): slot for slot in problem.done}
    free = _lanes_free(problem)
    begun: dict[Place, Slot] = {}
    late = {(station.code, lane): 0 for station in problem.stations for lane in station.lanes}
    for slot in problem.happened:
        plan, place = planned[slot.entrant, slot.station], (slot.station, slot.lane)
        if place not in begun or plan.starts > begun[place].starts:
            begun[place] = plan
        if slot.ends > problem.earliest and place in late:
            late[place] = max(late[place], slot.ends - plan.ends)
    coming: dict[Place, list[Slot]] = defaultdict(list)
    left = set(remaining(problem))
    for slot in sorted(problem.before, key=attrgetter("starts")):
        if (slot.entrant, slot.station) in left and (slot.station, slot.lane) in late:
            coming[slot.station, slot.lane].append(slot)
    for place, inside in coming.items():
        last = begun[place].starts if place in begun else 0
        following = next((slot for slot in inside if slot.starts > last), inside[0])
        closed = sorted((*problem.breaks, *stations[place[0]].closed(place[1])))
        late[place] = max(0, next_start(free[place], stations[place[0]].minutes, closed) - following.starts)
    return late


def _offer(problem: Problem, kind: str, slots: Iterable[Slot]) -> Offer:
    to_come = sorted(slots, key=lambda slot: (slot.starts, slot.station, slot.lane))
    ends = max((slot.ends for slot in (*problem.happened, *to_come)), default=problem.opens)
    timetable = tuple(sorted((*problem.done, *to_come), key=lambda slot: (slot.starts, slot.station, slot.lane)))
    solution = Solution(timetable, ends, min(ends, bound(problem)), obstacles(problem, to_come))
    return Offer(kind, solution, ends, changed(problem, to_come), longest_wait(problem, to_come))


def changed(problem: Problem, to_come: Iterable[Slot]) -> tuple[int, ...]:
    """Whose remaining visits change their time or lane, in the order of the draw."""
    left = set(remaining(problem))
    told = {slot for slot in problem.before if (slot.entrant, slot.station) in left} ^ set(to_come)
    people = {slot.entrant for slot in told}
    return tuple(entrant.id for entrant in problem.entrants if entrant.id in people)


def bound(problem: Problem) -> int:
    """A minute before which the day cannot end: at each station alone, were everyone at hand and nobody recused."""
    left = Counter(code for _, code in remaining(problem))
    free, closed = _lanes_free(problem), _closed(problem)
    finish = max((slot.ends for slot in problem.happened), default=problem.opens)
    for station in problem.stations:
        length = station.minutes
        ends = [
            (next_start(free[station.code, lane], length, closed[station.code, lane]) + length, lane)
            for lane in station.lanes
        ]
        heapify(ends)
        for _visit in range(left[station.code]):
            end, lane = ends[0]
            finish = max(finish, end)
            start = next_start(end + station.changeover, length, closed[station.code, lane])
            heapreplace(ends, (start + length, lane))
    return finish


def _lanes_free(problem: Problem) -> dict[Place, int]:
    """When each lane may take its next visit after what took place or runs in it."""
    free = {(station.code, lane): problem.earliest for station in problem.stations for lane in station.lanes}
    changeover = {station.code: station.changeover for station in problem.stations}
    for slot in problem.happened:
        if (slot.station, slot.lane) in free:
            free[slot.station, slot.lane] = max(free[slot.station, slot.lane], slot.ends + changeover[slot.station])
    return free


def _closed(problem: Problem) -> dict[Place, tuple[Span, ...]]:
    """When nobody performs in a lane, in order; a lane that does not open again before closing stays shut for ever."""
    return {
        (station.code, lane): tuple(
            (starts, ends if ends < problem.closes else NEVER)
            for starts, ends in sorted((*problem.breaks, *station.closed(lane)))
        )
        for station in problem.stations
        for lane in station.lanes
    }
