"""Waves: a timetable in which everyone moves on at the same bell, each to the next station round.

The pattern is a cyclic shift: at bell t of a wave, entrant i is at station t - i, counted round the
wave. It is exact for n entrants at n stations of equal length, where a pass through the day is not.
"""

from itertools import pairwise

from data.rules.rotation_ground import Ground, Place
from data.rules.rotation_lanes import Lanes
from data.rules.rotation_model import Slot


def timetable(ground: Ground, lanes: Lanes) -> list[Slot]:
    """All visits in waves, each as early as its lane and entrant allow; none where crews would share a lane.

    A crew is everyone with the same lanes. It comes in as many waves as it can fill, as even as can be.
    Nothing of it where entrants are bound to times or to each other.
    """
    if not ground.is_free:
        return []
    places: dict[int, list[Place]] = {}
    for (entrant, code), lane in lanes.items():
        places.setdefault(entrant, []).append((code, lane))
    crews: dict[tuple[Place, ...], list[int]] = {}
    for entrant in ground.entrants:
        if entrant in places:
            crews.setdefault(tuple(places[entrant]), []).append(entrant)
    used = [place for crew in crews for place in crew]
    if len(used) > len(set(used)):
        return []
    gap = max(ground.gaps.values(), default=0)
    lane_from: dict[Place, int] = {}
    entrant_from: dict[int, int] = {}
    earliest = ground.problem.earliest
    slots = []
    for around, crew in crews.items():
        for member, place in _bells(crew, around):
            station = ground.stations[place[0]]
            start = ground.lane_from(place, max(lane_from.get(place, earliest), entrant_from.get(member, earliest)))
            end = start + station.minutes
            entrant_from[member], lane_from[place] = end + gap, end + station.changeover
            slots.append(Slot(member, *place, start, end))
    return slots


def _bells(crew: list[int], around: tuple[Place, ...]) -> list[tuple[int, Place]]:
    """Who is where, bell after bell: waves as large as there are stations, the last two larger to take the rest."""
    waves = max(1, len(crew) // len(around))
    full = max(0, waves - 2) * len(around)
    cuts = [*range(0, full, len(around)), full, *([(full + len(crew) + 1) // 2] if waves > 1 else []), len(crew)]
    order = []
    for begins, ends in pairwise(cuts):
        inside = crew[begins:ends]
        length = max(len(inside), len(around))
        order += [
            (entrant, around[(bell - place) % length])
            for bell in range(length)
            for place, entrant in enumerate(inside)
            if (bell - place) % length < len(around)
        ]
    return order
