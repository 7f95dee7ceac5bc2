"""A day under way, visit by visit: what is a fact, what is placed so far, and where there is still room.

Everything that a timetable has to respect is one kind of thing here: an open interval of minutes in which a
visit cannot start. So the earliest place of a visit is one sweep over those that concern it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import product

from data.rules.rotation_ground import Key, Place, open_lanes
from data.rules.rotation_model import Entrant, Obstacle, Problem, Slot, Span, Station
from data.rules.rotation_obstacles import no_lane
from data.rules.rotation_spans import NEVER

LAST_MINUTE = 10 * 24 * 60  # nothing is placed after it: such a lane is closed until further notice


class Day:
    """The visits that took place or run, and those placed so far; knows what room is left for another one.

    `put` and `take` change what is placed; nothing checks there that a slot is possible, `room` does.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.stations = {station.code: station for station in problem.stations}
        self.entrants = {entrant.id: entrant for entrant in problem.entrants}
        self.left = remaining(problem)
        self.placed: dict[Key, Slot] = {}
        self._gaps = {pair: problem.gap(*pair) for pair in product(self.stations, repeat=2)}
        self._together = people_of(problem)
        self._closed = {
            (station.code, lane): (*problem.breaks, *station.closed(lane))
            for station in problem.stations
            for lane in station.lanes
        }
        self._lanes: defaultdict[Place, list[Slot]] = defaultdict(list)
        self._people: defaultdict[int, list[Slot]] = defaultdict(list)
        self._strokes: Counter[Span] = Counter()  # when the placed visits run
        for slot in problem.happened:
            if slot.station in self.stations:
                self._lanes[slot.station, slot.lane].append(slot)
                self._people[slot.entrant].append(slot)

    def put(self, slot: Slot) -> None:
        self.placed[slot.entrant, slot.station] = slot
        self._lanes[slot.station, slot.lane].append(slot)
        self._people[slot.entrant].append(slot)
        self._strokes[slot.starts, slot.ends] += 1

    def take(self, key: Key) -> Slot:
        """Take a visit out again; its slot."""
        slot = self.placed.pop(key)
        self._lanes[slot.station, slot.lane].remove(slot)
        self._people[slot.entrant].remove(slot)
        self._strokes -= Counter({(slot.starts, slot.ends): 1})
        return slot

    def open_lanes(self, key: Key) -> list[int]:
        """Where the visit may take place at all: as drawn, and with no judge of the own unit."""
        return open_lanes(self.entrants[key[0]], self.stations[key[1]])

    def together(self, entrant: int) -> set[int]:
        """The entrant and all in whom one of the same people performs."""
        return self._together[entrant]

    def itinerary(self, entrant: int) -> list[Slot]:
        """What the entrant did and what is placed."""
        return self._people[entrant]

    def free_from(self, key: Key, lane: int) -> int:
        """When the lane and the entrant are through with what took place and with what runs."""
        free = self.problem.earliest
        for slot in self._lanes[key[1], lane]:
            free = max(free, slot.ends + self.stations[key[1]].changeover)
        for person in self._together[key[0]]:
            for slot in self._people[person]:
                free = max(free, slot.ends + self._gaps[slot.station, key[1]])
        return free

    def room(self, key: Key, lane: int, minute: int, *, present: bool = True) -> int | None:
        """The earliest start from `minute` on at which nothing already placed has to move; None: never again.

        A visit that is placed itself finds another place than its own, in which someone else may be then.

        Args:
            present: respect also when the entrant is here, and how long he may stay.
        """
        entrant, station = self.entrants[key[0]], self.stations[key[1]]
        minute = max(minute, self.problem.earliest)
        shut = list(self._taken(lane, station, entrant))
        if present:
            shut += _absent(entrant, station.minutes)
            shut += self._overstays(entrant.id, station)
        for after, before in sorted(span for span in shut if span[1] > minute):
            if after >= minute:
                break
            minute = max(minute, before)
        return minute if minute + station.minutes <= LAST_MINUTE else None

    def holds(self, slot: Slot) -> bool:
        """Whether the visit could be put exactly there."""
        key = slot.entrant, slot.station
        return slot.lane in self.open_lanes(key) and self.room(key, slot.lane, slot.starts) == slot.starts

    def suits(self, place: Slot) -> bool:
        """Whether its entrant could take over this place, which another visit of the station has now."""
        entrant, station = self.entrants[place.entrant], self.stations[place.station]
        key = place.entrant, place.station
        if place.lane not in self.open_lanes(key) or entrant.units & station.lane_units[place.lane - 1]:
            return False  # a reserve judge has to be free, too: only a hole shows that
        taken = self._of_people(entrant.id, station)
        limits = [*taken, *_absent(entrant, station.minutes), *self._overstays(entrant.id, station)]
        return not any(after < place.starts < before for after, before in limits)

    def best_room(self, key: Key, minute: int, lane: int = 0, *, present: bool = True) -> Slot | None:
        """The earliest place in any open lane, in `lane` rather than in another one that is no earlier."""
        found = [
            (start, other != lane, other)
            for other in self.open_lanes(key)
            if (start := self.room(key, other, minute, present=present)) is not None
        ]
        if not found:
            return None
        start, _, best = min(found)
        return Slot(*key, best, start, start + self.stations[key[1]].minutes)

    def _taken(self, lane: int, station: Station, entrant: Entrant) -> Iterator[Span]:
        length, gap = station.minutes, station.changeover
        for starts, ends in self._closed[station.code, lane]:
            yield starts - length, ends
        for slot in self._lanes[station.code, lane]:
            yield slot.starts - length - gap, slot.ends + gap
        yield from self._of_people(entrant.id, station)
        if entrant.units & station.lane_units[lane - 1]:
            for other in station.lanes:
                judges = station.lane_units[other - 1]
                for slot in self._lanes[station.code, other]:
                    if slot.entrant in self.entrants and self.entrants[slot.entrant].units & judges:
                        yield slot.starts - length, slot.ends
        if self.problem.bell:
            for starts, ends in self._strokes:
                yield starts - length, starts
                yield starts, ends

    def _of_people(self, entrant: int, station: Station) -> Iterator[Span]:
        for person in self._together[entrant]:
            for slot in self._people[person]:
                if (slot.entrant, slot.station) != (entrant, station.code):
                    walk = self._gaps[slot.station, station.code]
                    yield slot.starts - station.minutes - walk, slot.ends + walk

    def _overstays(self, entrant: int, station: Station) -> Iterator[Span]:
        most = self.problem.most_stay
        day = [slot for slot in self._people[entrant] if slot.station != station.code]
        if most and day:
            yield min(slot.starts for slot in day) + most - station.minutes, NEVER
            yield -1, max(slot.ends for slot in day) - most


def remaining(problem: Problem) -> list[Key]:
    """The visits that are still to take place, in the order of the draw."""
    done = {(slot.entrant, slot.station) for slot in problem.done}
    return [
        (entrant.id, code)
        for entrant in problem.entrants
        for code in entrant.stations
        if (entrant.id, code) not in done
    ]


def obstacles(problem: Problem, slots: Iterable[Slot]) -> tuple[Obstacle, ...]:
    """Why a re-timed day cannot be used as it is; `slots` are its visits without the done ones.

    A visit without a slot has no lane (recusal, drawn_lane) or none that opens again (no_room).
    """
    placed = {(slot.entrant, slot.station): slot for slot in slots}
    stations = {station.code: station for station in problem.stations}
    found = []
    for entrant in problem.entrants:
        for code in entrant.stations:
            if (entrant.id, code) in placed:
                ends = placed[entrant.id, code].ends
                if not entrant.is_here(placed[entrant.id, code].starts, ends):
                    over = max(0, ends - max(end for _, end in entrant.windows))
                    found.append(Obstacle("window", code, over, entrant.id))
        found += _stays_too_long(problem, entrant, placed)
    for entrant_id, code in remaining(problem):
        if (entrant_id, code) not in placed:
            entrant = next(one for one in problem.entrants if one.id == entrant_id)
            has_lane = open_lanes(entrant, stations[code])
            found.append(Obstacle("no_room", code, entrant=entrant_id) if has_lane else no_lane(entrant, code))
    for pin in problem.pinned:
        if placed.get((pin.entrant, pin.station), pin) != pin:
            found.append(Obstacle("pinned", pin.station, entrant=pin.entrant, lane=pin.lane))
    last = max(placed.values(), key=lambda slot: slot.ends, default=None)
    if last and last.ends > problem.closes:
        found.append(Obstacle("late", last.station, last.ends - problem.closes))
    return tuple(found)


def _stays_too_long(problem: Problem, entrant: Entrant, placed: dict[Key, Slot]) -> Iterator[Obstacle]:
    to_come = [placed[entrant.id, code] for code in entrant.stations if (entrant.id, code) in placed]
    if problem.most_stay and to_come:
        day = [*to_come, *(slot for slot in problem.happened if slot.entrant == entrant.id)]
        last = max(day, key=lambda slot: slot.ends)
        over = last.ends - min(slot.starts for slot in day) - problem.most_stay
        if over > 0:
            yield Obstacle("stay", last.station, over, entrant.id)


def people_of(problem: Problem) -> dict[int, set[int]]:
    """For each entrant, himself and everyone in whom one of the same people performs."""
    found = {entrant.id: {entrant.id, *entrant.shares} for entrant in problem.entrants}
    for entrant in problem.entrants:
        for other in entrant.shares:
            found.setdefault(other, {other}).add(entrant.id)
    return found


def _absent(entrant: Entrant, length: int) -> Iterator[Span]:
    """When a visit of this length cannot start because the entrant is not here for all of it."""
    if entrant.windows:
        until = -1
        for starts, ends in sorted(entrant.windows):
            yield until, starts
            until = max(until, ends - length)
        yield until, NEVER
