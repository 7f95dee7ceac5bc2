"""Who goes to which lane.

Lanes are chosen before times: with a free choice of lanes, CP-SAT finds nothing in a minute for a
day of 1,600 visits; with the lanes chosen it proves the optimum in seconds. Nothing is lost of
the finish as long as no other choice lets the last lane of a station end earlier, which `choose` sees to.
"""

from collections import deque
from dataclasses import dataclass
from heapq import heappop, heappush

from data.rules.rotation_ground import Ground, Key
from data.rules.rotation_model import Station
from data.rules.rotation_recusal import open_lanes
from data.rules.rotation_spans import NEVER

Lanes = dict[Key, int]  # (entrant id, station code) -> lane
Options = dict[int, tuple[int, ...]]  # entrant id -> lanes


@dataclass(frozen=True)
class Seat:
    """A time in a lane in which one visit can run: the lane's visits as early as they can be."""

    lane: int
    end: int
    over: int  # minutes after the lane closes for the day


def choose(ground: Ground) -> Lanes:
    """A lane for each visit to place, each station through as early as can be; none for a visit without an open one."""
    lanes: Lanes = {}
    for station in ground.problem.stations:
        chosen, _seats = balance(ground, station, options(ground, station))
        lanes.update({(entrant, station.code): lane for entrant, lane in chosen.items()})
    return lanes


def open_options(ground: Ground, station: Station) -> Options:
    """For each entrant with a visit to place at this station the lanes that the rules leave."""
    found = {}
    for entrant, code in ground.visits:
        if code == station.code:
            found[entrant] = tuple(open_lanes(ground.entrants[entrant], station))
    return found


def all_options(ground: Ground) -> dict[Key, tuple[int, ...]]:
    """The lanes that the rules leave each visit to place."""
    return {
        (entrant, code): tuple(open_lanes(ground.entrants[entrant], ground.stations[code]))
        for entrant, code in ground.visits
    }


def options(ground: Ground, station: Station) -> Options:
    """The same without lanes that are closed whenever the entrant could come, and with one lane for all stand-ins."""
    found = open_options(ground, station)
    stood_in = [entrant for entrant in found if (entrant, station.code) in ground.stood_in and found[entrant]]
    while stood_in:
        lane = max(station.lanes, key=lambda lane: (sum(lane in found[entrant] for entrant in stood_in), -lane))
        together = [entrant for entrant in stood_in if lane in found[entrant]]
        found.update(dict.fromkeys(together, (lane,)))
        stood_in = [entrant for entrant in stood_in if lane not in found[entrant]]
    closing = any(place[0] == station.code for place in ground.lane_due)
    for entrant, lanes in found.items():
        if len(lanes) > 1 and (closing or (entrant, station.code) in ground.due):
            found[entrant] = tuple(lane for lane in lanes if _can_meet(ground, entrant, station, lane)) or lanes
    return found


def _can_meet(ground: Ground, entrant: int, station: Station, lane: int) -> bool:
    """Whether there is a time at which both the entrant and the lane are free, other visits to place left aside."""
    key, place = (entrant, station.code), (station.code, lane)
    minute = ground.problem.earliest
    while (start := ground.lane_from(place, ground.entrant_from(key, minute))) > minute:
        minute = start
    return minute + station.minutes <= ground.until(key, lane)


def balance(
    ground: Ground, station: Station, options: Options, ready: int = 0, *, in_time: bool = True
) -> tuple[dict[int, int], list[Seat]]:
    """A lane for each entrant who has one, so that the last of these visits ends as early as it can.

    The lanes offer their seats in the order of time, those after a lane's closing last; each seat is filled if that
    can be done by any change of lanes among those who are seated (an augmenting path). Sets of seats that can be
    filled together are a matroid, so no other choice has an earlier last seat, nor more even lanes.

    Args:
        ready: no visit starts before, nor before the problem's earliest start.
        in_time: whether seats after a lane's closing are offered only when the others are used up.

    Returns:
        The lanes, and the seats that are filled, in the order in which they were offered.
    """
    waiting: dict[tuple[int, ...], deque[int]] = {}
    for entrant, lanes in options.items():
        if lanes:
            waiting.setdefault(lanes, deque()).append(entrant)
    order = {entrant: place for place, entrant in enumerate(options)}
    count = sum(map(len, waiting.values()))
    seated: dict[int, list[int]] = {lane: [] for lane in station.lanes}
    filled: list[Seat] = []
    offers: list[tuple[int, int, int, int]] = []

    def offer(lane: int, minute: int) -> None:
        end = ground.lane_from((station.code, lane), minute) + station.minutes
        over = max(0, end - ground.lane_due.get((station.code, lane), NEVER))
        heappush(offers, (over if in_time else 0, end, lane, over))

    for lane in station.lanes:
        offer(lane, max(ready, ground.problem.earliest))
    while len(filled) < count:
        _weight, end, lane, over = heappop(offers)
        if _take(lane, waiting, seated, options, order):  # else no later seat of this lane can be filled either
            filled.append(Seat(lane, end, over))
            offer(lane, end + station.changeover)
    return {entrant: lane for lane, inside in seated.items() for entrant in inside}, filled


def _take(
    lane: int,
    waiting: dict[tuple[int, ...], deque[int]],
    seated: dict[int, list[int]],
    options: Options,
    order: dict[int, int],
) -> bool:
    """Seat one more entrant with a seat more in this lane; others may have to change lanes for it."""
    came: dict[int, tuple[int, int]] = {}  # lane -> (lane that its member moves to, the member)
    queue = [lane]
    for free in queue:
        first = min(
            (line[0] for lanes, line in waiting.items() if line and free in lanes), key=order.__getitem__, default=None
        )
        if first is not None:
            waiting[options[first]].popleft()
            seated[free].append(first)
            while free != lane:
                target, member = came[free]
                seated[free].remove(member)
                seated[target].append(member)
                free = target
            return True
        for other, inside in seated.items():
            if other != lane and other not in came:
                movable = next((entrant for entrant in reversed(inside) if free in options[entrant]), None)
                if movable is not None:
                    came[other] = free, movable
                    queue.append(other)
    return False
