"""Who goes to which lane, and who of those alike goes first.

Lanes are chosen before times: with a free choice of lanes, CP-SAT finds nothing in a minute for a
day of 1,600 visits; with the lanes chosen it proves the optimum in seconds. Nothing is lost of
the finish as long as the fullest lane of each station is as empty as it can be, which `choose` sees to.
"""

from data.rules.rotation_model import Entrant, Problem, Slot, Station

Lanes = dict[tuple[int, str], int]  # (entrant id, station code) -> lane


def open_lanes(entrant: Entrant, station: Station) -> list[int]:
    """Lanes where no judge belongs to the entrant's own unit (回避); of a drawn lane that one alone."""
    drawn = entrant.drawn_lane(station.code) if entrant.drawn else None
    return [
        lane for lane in station.lanes if drawn in (None, lane) and not entrant.units & station.lane_units[lane - 1]
    ]


def leave_no_choice(problem: Problem) -> bool:
    """Whether every visit that is not done has one open lane at most, be it drawn or the only one."""
    stations = {station.code: station for station in problem.stations}
    done = {(slot.entrant, slot.station) for slot in problem.done}
    return all(
        (entrant.id, code) in done or len(open_lanes(entrant, stations[code])) <= 1
        for entrant in problem.entrants
        for code in entrant.stations
    )


def choose(problem: Problem) -> Lanes:
    """A lane for each visit that is not done, loads as even as recusals allow; no lane for a visit without an open one.

    Everyone goes to the emptiest open lane in the order of the draw; then, as long as some chain of
    moves takes a visit from a lane to one with at least two fewer, it is moved. Where no such
    chain is left, no other choice has a less full fullest lane.
    """
    done = {(slot.entrant, slot.station) for slot in problem.done}
    lanes: Lanes = {}
    for station in problem.stations:
        options = {
            entrant.id: open_lanes(entrant, station)
            for entrant in problem.entrants
            if station.code in entrant.stations and (entrant.id, station.code) not in done
        }
        chosen = _balanced({key: open_ for key, open_ in options.items() if open_}, station)
        lanes.update({(entrant, station.code): lane for entrant, lane in chosen.items()})
    return lanes


def loads(problem: Problem, lanes: Lanes) -> dict[str, dict[int, int]]:
    """Visits of each lane, by station code and lane."""
    counts = {station.code: dict.fromkeys(station.lanes, 0) for station in problem.stations}
    for (_, code), lane in lanes.items():
        counts[code][lane] += 1
    return counts


def _balanced(options: dict[int, list[int]], station: Station) -> dict[int, int]:
    members: dict[int, list[int]] = {lane: [] for lane in station.lanes}
    for entrant, open_ in options.items():
        members[min(open_, key=lambda lane: (len(members[lane]), lane))].append(entrant)
    while chain := _chain(members, options):
        for entrant, source, target in chain:
            members[source].remove(entrant)
            members[target].append(entrant)
    return {entrant: lane for lane, inside in members.items() for entrant in inside}


def _chain(members: dict[int, list[int]], options: dict[int, list[int]]) -> list[tuple[int, int, int]]:
    """Moves (entrant, from lane, to lane) that take a visit from a full lane to one with two or more fewer."""
    for start in sorted(members, key=lambda lane: -len(members[lane])):
        came: dict[int, tuple[int, int]] = {}  # lane -> (lane before, who moves)
        queue = [start]
        for lane in queue:
            for entrant in members[lane]:
                for target in options[entrant]:
                    if target == start or target in came:
                        continue
                    came[target] = lane, entrant
                    queue.append(target)
        end = min(came, key=lambda lane: (len(members[lane]), lane), default=start)
        if len(members[end]) + 2 <= len(members[start]):
            moves = []
            while end != start:
                before, entrant = came[end]
                moves.append((entrant, before, end))
                end = before
            return moves
    return []


def in_draw_order(problem: Problem, slots: tuple[Slot, ...]) -> tuple[Slot, ...]:
    """The same timetable with its itineraries dealt anew, so that who was drawn earlier starts earlier.

    Entrants with the same stations can trade their whole days; neither the finish nor the total
    waiting changes. The earliest itinerary goes to the first in the order who may have it (recusal,
    drawn lanes) as long as everyone else can still be served.
    """
    days: dict[int, list[Slot]] = {}
    for slot in slots:
        days.setdefault(slot.entrant, []).append(slot)
    moved = {slot.entrant for slot in problem.done}
    groups: dict[frozenset[str], list[Entrant]] = {}
    for entrant in problem.entrants:
        if entrant.id in days and entrant.id not in moved:
            groups.setdefault(frozenset(entrant.stations), []).append(entrant)
    stations = {station.code: station for station in problem.stations}
    dealt = [slot for slot in slots if slot.entrant in moved]
    for group in groups.values():
        itineraries = sorted(
            (sorted(days[entrant.id], key=lambda slot: slot.starts) for entrant in group),
            key=lambda day: [(slot.starts, slot.station, slot.lane) for slot in day],
        )
        for entrant, day in zip(_deal(group, itineraries, stations), itineraries, strict=True):
            dealt += [Slot(entrant.id, slot.station, slot.lane, slot.starts, slot.ends) for slot in day]
    return tuple(sorted(dealt, key=lambda slot: (slot.starts, slot.station, slot.lane)))


def _deal(group: list[Entrant], itineraries: list[list[Slot]], stations: dict[str, Station]) -> list[Entrant]:
    """For each itinerary the entrant who gets it."""
    codes = group[0].stations
    open_ = [{code: set(open_lanes(entrant, stations[code])) for code in codes} for entrant in group]
    fits = [[all(slot.lane in lanes[slot.station] for slot in day) for lanes in open_] for day in itineraries]
    places = {entrant.id: place for place, entrant in enumerate(group)}
    holder = [places[day[0].entrant] for day in itineraries]  # itinerary -> place of who has it
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
