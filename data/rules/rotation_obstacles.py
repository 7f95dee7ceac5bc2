"""Why a day cannot be planned as it is: what the rules alone show, and what the best timetable found breaks."""

from collections.abc import Iterable

from data.rules.rotation_bound import EntrantBound, StationBound
from data.rules.rotation_ground import Ground
from data.rules.rotation_model import Entrant, Obstacle, Problem, Slot
from data.rules.rotation_recusal import open_lanes


def recused(problem: Problem) -> list[Obstacle]:
    """The visits to come for which no lane is open."""
    stations = {station.code: station for station in problem.stations}
    done = {(slot.entrant, slot.station) for slot in problem.done}
    return [
        no_lane(entrant, code)
        for entrant in problem.entrants
        for code in entrant.stations
        if (entrant.id, code) not in done and not open_lanes(entrant, stations[code])
    ]


def no_lane(entrant: Entrant, code: str) -> Obstacle:
    """What keeps an entrant from a station where no lane is open to him."""
    drawn = entrant.drawn_lane(code)
    if drawn is None:
        return Obstacle("recusal", code, entrant=entrant.id)
    return Obstacle("drawn_lane", code, entrant=entrant.id, lane=drawn)


def proven(stations: dict[str, StationBound], entrants: dict[int, EntrantBound]) -> list[Obstacle]:
    """What no timetable can mend: computed for each station and each entrant alone."""
    found = [Obstacle("station_late", code, bound.over) for code, bound in stations.items() if bound.over]
    found += [Obstacle("window", "", bound.over, key) for key, bound in entrants.items() if bound.over]
    found += [Obstacle("stay", "", bound.stay_over, key) for key, bound in entrants.items() if bound.stay_over]
    return found


def stays_over(ground: Ground, slots: Iterable[Slot]) -> dict[int, int]:
    """By how many minutes each entrant's stay is too long, by entrant id; only where it is, and somebody is to come."""
    most = ground.problem.most_stay
    if not most:
        return {}
    days: dict[int, list[Slot]] = {}
    for slot in slots:
        days.setdefault(slot.entrant, []).append(slot)
    for slot in ground.fixed:
        if slot.entrant in days:
            days[slot.entrant].append(slot)
    stays = {key: max(slot.ends for slot in day) - min(slot.starts for slot in day) for key, day in days.items()}
    return {key: stay - most for key, stay in stays.items() if stay > most}


def of_timetable(ground: Ground, slots: list[Slot], known: list[Obstacle]) -> list[Obstacle]:
    """What the `slots` that were to be placed break, beside what is known to be out of reach."""
    late = {obstacle.station for obstacle in known if obstacle.code == "station_late"}
    away = {obstacle.entrant for obstacle in known if obstacle.code == "window"}
    longer = {obstacle.entrant for obstacle in known if obstacle.code == "stay"}
    found = []
    closes = ground.problem.closes
    last = max(slots, key=lambda slot: slot.ends, default=None)
    if last and last.ends > closes and not late:
        found.append(Obstacle("late", last.station, last.ends - closes))
    for slot in slots:
        over = ground.over(slot)
        if over and slot.station not in late and slot.entrant not in away:
            found.append(Obstacle("no_room", slot.station, over, slot.entrant, slot.lane))
    last_visit = {slot.entrant: slot for slot in sorted(slots, key=lambda slot: slot.ends)}
    for entrant, over in stays_over(ground, slots).items():
        if entrant not in longer:
            found.append(Obstacle("no_room", last_visit[entrant].station, over, entrant))
    return found
