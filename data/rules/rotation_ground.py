"""What every step of the search must know of a day, worked out once: when which lane and entrant is free.

Two kinds of limits: what no timetable of the search ever breaks (breaks, closed lanes, arrival, what happened, what
is pinned, strokes of the bell) are spans in which nothing may run; what ends a time for good (a lane that closes for
the day, an entrant who has to leave) is a minute `due`, so that a day without room still gets a best timetable.
"""

from dataclasses import dataclass

from data.rules.rotation_bell import Bell
from data.rules.rotation_model import Entrant, Obstacle, Problem, Slot, Span, Station
from data.rules.rotation_pins import Pins, Place
from data.rules.rotation_recusal import is_stand_in, needs_stand_in, open_lanes
from data.rules.rotation_spans import NEVER, fit

__all__ = ["Ground", "Key", "Place", "open_lanes", "survey"]

Key = tuple[int, str]  # (entrant id, station code)


@dataclass(frozen=True)
class Ground:
    """The facts of a problem, in the form in which the search asks for them.

    `held` are the pinned visits that keep every rule; `unheld` says of each other one why it is not. `visits` are
    those to place: not done, not held. `fixed` are the visits that happened and the held ones.
    `lane_spans` and `spans`: when no visit may run in a lane, and none of that entrant at that station (absent: always
    free). `lane_due` and `due`: until when a lane is open, and an entrant is there for a visit (absent: all day).
    `peers`: who must not perform at the same time, because somebody is in both.
    `stood_in`: visits that a reserve judge marks; those of a station never overlap.
    """

    problem: Problem
    stations: dict[str, Station]
    entrants: dict[int, Entrant]
    bell: Bell | None
    held: tuple[Slot, ...]
    unheld: tuple[Obstacle, ...]
    fixed: tuple[Slot, ...]
    visits: tuple[Key, ...]
    lane_spans: dict[Place, tuple[Span, ...]]
    lane_due: dict[Place, int]
    spans: dict[Key, tuple[Span, ...]]
    due: dict[Key, int]
    peers: dict[int, tuple[int, ...]]
    stood_in: frozenset[Key]
    gaps: dict[tuple[str, str], int]

    def lane_from(self, place: Place, minute: int) -> int:
        """The earliest start in this lane from this minute on, other visits to place left aside."""
        return fit(minute, self.stations[place[0]].minutes, self.lane_spans[place], self.bell)

    def entrant_from(self, key: Key, minute: int) -> int:
        """The earliest start of this visit from this minute on, were every lane free."""
        spans = self.spans.get(key)
        return minute if spans is None else fit(minute, self.stations[key[1]].minutes, spans)

    def over(self, slot: Slot) -> int:
        """Minutes that a visit ends after its lane closes or its entrant has to leave; 0: in time."""
        return max(0, slot.ends - self.until((slot.entrant, slot.station), slot.lane))

    def until(self, key: Key, lane: int) -> int:
        """By when this visit has to end in this lane."""
        return min(self.lane_due.get((key[1], lane), NEVER), self.due.get(key, NEVER))

    @property
    def is_free(self) -> bool:
        """Whether all entrants are alike to the search: always there, on their own."""
        return not (self.spans or self.due or self.peers or self.stood_in)


def survey(problem: Problem, strokes: tuple[int, ...] = ()) -> Ground:
    """The ground of this problem; pinned visits that break a rule are left to be placed anew.

    Args:
        strokes: of the bell that rings already, at least a pitch apart; the pinned visits are among them.
    """
    stations = {station.code: station for station in problem.stations}
    entrants = {entrant.id: entrant for entrant in problem.entrants}
    gaps = {(a, b): problem.gap(a, b) for a in stations for b in stations} if _has_gaps(problem) else {}
    lane_closed, lane_due = _closings(problem)
    peers = _peers(problem)
    windows, due = _presence(problem)
    pins = Pins(problem, stations, entrants, lane_closed, lane_due, peers)
    held, unheld = pins.sift(strokes)
    placed = {(slot.entrant, slot.station) for slot in (*problem.done, *held)}
    visits = tuple(
        (entrant.id, code)
        for entrant in problem.entrants
        for code in entrant.stations
        if (entrant.id, code) not in placed
    )
    fixed = (*problem.happened, *held)
    for slot in fixed:
        place = slot.station, slot.lane
        if place in lane_closed:  # a lane that was taken away since has no visits to come
            gap = stations[slot.station].changeover
            lane_closed[place] = (*lane_closed[place], (slot.starts - gap, slot.ends + gap))
    stood_in = frozenset(
        (entrant.id, station.code)
        for station in problem.stations
        if station.stand_ins
        for entrant in problem.entrants
        if station.code in entrant.stations and needs_stand_in(entrant, station)
    )
    return Ground(
        problem,
        stations,
        entrants,
        pins.bell,
        held,
        unheld,
        fixed,
        visits,
        lane_closed,
        lane_due,
        _entrant_spans(problem, visits, fixed, windows, peers, _reserve(problem, stations, entrants, fixed), stood_in),
        due,
        peers,
        stood_in,
        gaps,
    )


def _has_gaps(problem: Problem) -> bool:
    return bool(problem.walk or problem.rest or problem.walks)


def _closings(problem: Problem) -> tuple[dict[Place, tuple[Span, ...]], dict[Place, int]]:
    """The closed spans of each lane, breaks among them, and until when it is open where that is before the closing."""
    spans: dict[Place, tuple[Span, ...]] = {}
    due: dict[Place, int] = {}
    for station in problem.stations:
        for lane in station.lanes:
            own = sorted(station.closed(lane))
            ends_at = problem.closes
            for starts, ends in sorted(own, key=lambda span: -span[1]):
                if ends >= ends_at > starts:
                    ends_at = starts
            if ends_at < problem.closes:
                due[station.code, lane] = ends_at
            kept = [(starts, min(ends, ends_at)) for starts, ends in own if starts < ends_at]
            spans[station.code, lane] = tuple(sorted({*problem.breaks, *kept}))
    return spans, due


def _presence(problem: Problem) -> tuple[dict[Key, tuple[Span, ...]], dict[Key, int]]:
    """For each visit of an entrant with windows the spans in which it may not run, and by when it has to end.

    A span may end before it starts: the rule "starts before its end and ends after its start" still says which
    starts are none, also where windows overlap.
    """
    minutes = {station.code: station.minutes for station in problem.stations}
    spans: dict[Key, tuple[Span, ...]] = {}
    due: dict[Key, int] = {}
    for entrant in problem.entrants:
        for code in entrant.stations if entrant.windows else ():
            length = minutes[code]
            long_enough = [window for window in entrant.windows if window[1] - window[0] >= length]
            wide = sorted(long_enough or [max(entrant.windows)])
            found = [(-NEVER, wide[0][0])]
            reached = wide[0][1]
            for starts, ends in wide[1:]:
                if starts > reached - length + 1:
                    found.append((reached, starts))
                reached = max(reached, ends)
            spans[entrant.id, code] = tuple(found)
            if reached < problem.closes:
                due[entrant.id, code] = reached
    return spans, due


def _peers(problem: Problem) -> dict[int, tuple[int, ...]]:
    known = {entrant.id for entrant in problem.entrants}
    pairs: dict[int, set[int]] = {}
    for entrant in problem.entrants:
        for other in entrant.shares:
            if other in known and other != entrant.id:
                pairs.setdefault(entrant.id, set()).add(other)
                pairs.setdefault(other, set()).add(entrant.id)
    return {entrant: tuple(sorted(others)) for entrant, others in pairs.items()}


def _reserve(
    problem: Problem, stations: dict[str, Station], entrants: dict[int, Entrant], fixed: tuple[Slot, ...]
) -> dict[str, list[Span]]:
    """When the reserve judge of each station is taken by a visit that is fixed."""
    taken: dict[str, list[Span]] = {}
    for slot in fixed if any(station.stand_ins for station in problem.stations) else ():
        entrant, station = entrants.get(slot.entrant), stations.get(slot.station)
        if entrant and station and is_stand_in(entrant, station, slot.lane):
            taken.setdefault(slot.station, []).append((slot.starts, slot.ends))
    return taken


def _entrant_spans(
    problem: Problem,
    visits: tuple[Key, ...],
    fixed: tuple[Slot, ...],
    windows: dict[Key, tuple[Span, ...]],
    peers: dict[int, tuple[int, ...]],
    reserve: dict[str, list[Span]],
    stood_in: frozenset[Key],
) -> dict[Key, tuple[Span, ...]]:
    """Beside the windows, the fixed visits of the entrant and of peers, with the way to and from them.

    Args:
        reserve: when the reserve judge of a station is taken.
    """
    busy: dict[int, list[Slot]] = {}
    for slot in fixed:
        for entrant in (slot.entrant, *peers.get(slot.entrant, ())):
            busy.setdefault(entrant, []).append(slot)
    spans: dict[Key, tuple[Span, ...]] = {}
    for entrant, code in visits:
        found = list(windows.get((entrant, code), ()))
        for slot in busy.get(entrant, ()):
            gap = problem.gap(slot.station, code)
            found.append((slot.starts - gap, slot.ends + gap))
        if (entrant, code) in stood_in:
            found += reserve.get(code, ())
        if found:
            spans[entrant, code] = tuple(sorted(found))
    return spans
