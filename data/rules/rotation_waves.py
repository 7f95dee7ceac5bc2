"""Waves: a timetable in which everyone moves on at the same bell, each to the next station round.

The pattern is a cyclic shift: at bell t of a wave, entrant i is at station t - i, counted round the
wave. It is exact for n entrants at n stations of equal length, where a pass through the day is not.
"""

from itertools import pairwise

from data.rules.rotation_bound import entrant_ready, lane_ready, next_start
from data.rules.rotation_lanes import Lanes
from data.rules.rotation_model import Problem, Slot

Place = tuple[str, int]  # (station code, lane)


def timetable(problem: Problem, lanes: Lanes) -> list[Slot]:
    """All visits in waves, each as early as its lane and entrant allow; none where crews would share a lane.

    A crew is everyone with the same lanes. It comes in as many waves as it can fill, as even as can be.
    """
    places: dict[int, list[Place]] = {}
    for station in problem.stations:
        for entrant in problem.entrants:
            if (entrant.id, station.code) in lanes:
                places.setdefault(entrant.id, []).append((station.code, lanes[entrant.id, station.code]))
    crews: dict[tuple[Place, ...], list[int]] = {}
    for entrant in problem.entrants:
        if entrant.id in places:
            crews.setdefault(tuple(places[entrant.id]), []).append(entrant.id)
    used = [place for crew in crews for place in crew]
    if len(used) > len(set(used)):
        return []
    stations = {station.code: station for station in problem.stations}
    lane_from, entrant_from = lane_ready(problem), entrant_ready(problem)
    slots = []
    for around, crew in crews.items():
        for member, place in _bells(crew, around):
            station = stations[place[0]]
            start = next_start(max(lane_from[place], entrant_from[member]), station.minutes, problem.breaks)
            end = entrant_from[member] = start + station.minutes
            lane_from[place] = end + station.changeover
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
