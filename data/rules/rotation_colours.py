"""The fewest strokes of a bell: a colouring of the visits, exact by a theorem of König (1916).

Visits are edges between entrants and lanes; a colour is a stroke, in which each entrant and each lane has one visit
at most. As many colours are enough as the fullest lane has visits, or the longest itinerary if that is more.
"""

from data.rules.rotation_ground import Ground, Key, Place
from data.rules.rotation_lanes import Lanes
from data.rules.rotation_model import Slot, Station

_Node = int | Place  # an entrant or a lane


def timetable(ground: Ground, lanes: Lanes) -> list[Slot]:
    """All visits in as few strokes as there can be; none where something beside the breaks binds lanes or entrants.

    Without a bell, it holds where all stations are alike and nobody needs longer for the way than they to change over.
    """
    stations = ground.problem.stations
    breaks = tuple(sorted(set(ground.problem.breaks)))
    bound = any(spans != breaks for spans in ground.lane_spans.values()) or not ground.is_free
    if bound or not (ground.bell or _are_alike(stations, max(ground.gaps.values(), default=0))):
        return []
    starts: list[int] = []
    slots = []
    for (entrant, code), colour in colours(lanes).items():
        place = code, lanes[entrant, code]
        while len(starts) <= colour:
            begins = starts[-1] + 1 if starts and ground.bell else _next(ground, starts, stations[0])
            starts.append(ground.bell.from_minute(begins) if ground.bell else ground.lane_from(place, begins))
        slots.append(Slot(entrant, *place, starts[colour], starts[colour] + ground.stations[code].minutes))
    return slots


def _next(ground: Ground, starts: list[int], station: Station) -> int:
    return starts[-1] + station.minutes + station.changeover if starts else ground.problem.earliest


def _are_alike(stations: tuple[Station, ...], gap: int) -> bool:
    return len({(station.minutes, station.changeover) for station in stations}) == 1 and gap <= stations[0].changeover


def colours(lanes: Lanes) -> dict[Key, int]:
    """For each visit its stroke, from 0, such that nobody and no lane has two in one."""
    taken: dict[_Node, dict[int, Key]] = {}  # entrant or lane -> stroke -> visit
    found: dict[Key, int] = {}
    for key, lane in lanes.items():
        place = key[1], lane
        own, other = taken.setdefault(key[0], {}), taken.setdefault(place, {})
        first, second = _least(own), _least(other)
        if first in other and second not in own:
            first = second
        elif first in other:
            _turn(taken, lanes, found, place, first, second)
        found[key] = first
        own[first] = other[first] = key
    return found


def _least(taken: dict[int, Key]) -> int:
    colour = 0
    while colour in taken:
        colour += 1
    return colour


def _turn(
    taken: dict[_Node, dict[int, Key]],
    lanes: Lanes,
    found: dict[Key, int],
    place: Place,
    first: int,
    second: int,
) -> None:
    """Free the lane in stroke `first`: along the path that leads from it, the two strokes change places.

    The path never comes to the entrant who is free in `first`, because entrants and lanes alternate on it.
    """
    path: list[Key] = []
    node: _Node = place
    colour = first
    while (key := taken[node].get(colour)) is not None:
        path.append(key)
        node = key[0] if node == (key[1], lanes[key]) else (key[1], lanes[key])
        colour = second if colour == first else first
    for key in path:
        for end in (key[0], (key[1], lanes[key])):
            del taken[end][found[key]]
        found[key] = second if found[key] == first else first
    for key in path:
        for end in (key[0], (key[1], lanes[key])):
            taken[end][found[key]] = key
