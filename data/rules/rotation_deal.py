"""Whose day is whose: itineraries dealt in the order of the draw."""

from data.rules.rotation_ground import Ground
from data.rules.rotation_model import Entrant, Slot
from data.rules.rotation_recusal import open_lanes


def in_draw_order(ground: Ground, slots: list[Slot]) -> list[Slot]:
    """The same timetable with its itineraries dealt anew, so that who was drawn earlier starts earlier.

    Entrants with the same stations can trade their whole days; neither the finish nor the total waiting
    changes, and the divisions follow each other as they do in the plan. The earliest itinerary goes to the
    first in the order who may have it (recusal, drawn lanes, windows) as long as everyone else can still be
    served. Who has a visit that happened or is pinned, performs in two entrants or needs a reserve judge
    keeps the own day.
    """
    days: dict[int, list[Slot]] = {}
    for slot in slots:
        days.setdefault(slot.entrant, []).append(slot)
    tied = {slot.entrant for slot in ground.fixed} | ground.peers.keys() | {entrant for entrant, _ in ground.stood_in}
    groups: dict[frozenset[str], list[Entrant]] = {}
    for entrant in ground.problem.entrants:
        if entrant.id in days and entrant.id not in tied:
            groups.setdefault(frozenset(entrant.stations), []).append(entrant)
    dealt = [slot for slot in slots if slot.entrant in tied]
    for group in groups.values():
        itineraries = sorted(
            (sorted(days[entrant.id], key=lambda slot: slot.starts) for entrant in group),
            key=lambda day: [(slot.starts, slot.station, slot.lane) for slot in day],
        )
        for entrant, day in zip(_deal(ground, group, itineraries), itineraries, strict=True):
            dealt += [Slot(entrant.id, slot.station, slot.lane, slot.starts, slot.ends) for slot in day]
    return dealt


def _deal(ground: Ground, group: list[Entrant], itineraries: list[list[Slot]]) -> list[Entrant]:
    """For each itinerary the entrant who gets it."""
    codes = group[0].stations
    open_ = [{code: set(open_lanes(entrant, ground.stations[code])) for code in codes} for entrant in group]
    fits = [[all(slot.lane in lanes[slot.station] for slot in day) for lanes in open_] for day in itineraries]
    places = {entrant.id: place for place, entrant in enumerate(group)}
    holder = [places[day[0].entrant] for day in itineraries]  # itinerary -> place of who has it
    for place, entrant in enumerate(group):
        if entrant.windows:
            for turn, day in enumerate(itineraries):
                fits[turn][place] = holder[turn] == place or (
                    fits[turn][place] and all(entrant.is_here(slot.starts, slot.ends) for slot in day)
                )
    for turn in range(len(itineraries)):
        for wanted in sorted(place for place in holder[turn:] if place < holder[turn]):
            if fits[turn][wanted] and _swap(turn, wanted, holder, fits):
                break
    return [group[place] for place in holder]


def _swap(turn: int, wanted: int, holder: list[int], fits: list[list[bool]]) -> bool:
    """Give itinerary `turn` to `wanted` if hand-overs among later ones still serve everyone; else change nothing."""
    goal = holder.index(wanted)  # this itinerary becomes free
    came = {turn: turn}
    queue = [turn]
    for giver in queue:
        person = holder[giver]
        for taker in range(turn + 1, len(holder)):
            if taker in came or not fits[taker][person]:
                continue
            came[taker] = giver
            if taker == goal:
                while taker != turn:
                    holder[taker] = holder[came[taker]]
                    taker = came[taker]
                holder[turn] = wanted
                return True
            queue.append(taker)
    return False
