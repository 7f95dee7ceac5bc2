"""What is wrong with one visit at its place, or with two of them together: the words of the checker.

Nothing here is shared with the solver but the plain dataclasses.
"""

from dataclasses import dataclass

from data.rules.rotation_model import Entrant, Problem, Slot, Span, Station

Key = tuple[int, str]  # (entrant id, station code)


@dataclass(frozen=True)
class Finding:
    """One fault of a timetable. `hard` ones make it unusable; soft ones are for people to weigh.

    `slots` are the visits concerned; `entrant` and `station` are set where no slot shows them (a
    missing visit). `minutes` is by how much: the overlap, the overrun, the lateness, the wait, what is missing of a
    gap. `lane`: the lane that was drawn or is less used.

    Hard: unknown_entrant, unknown_station, unknown_lane, not_to_visit, missing, double, length,
    before_opening, after_closing, in_break, in_closed (the lane), not_here (outside the entrant's windows),
    lane_overlap, changeover, entrant_overlap, shared_overlap (two entrants who share a person), gap (walk and rest
    too short), stay (too long), recusal, stand_in (a judge of the own unit though another lane has none, or two such
    visits at once), other_lane (not the one that was drawn), moved_done and unpinned (the second slot is where it
    was to stay), too_early, off_bell (it starts while the second slot runs).
    Soft: long_wait, draw_order, uneven_lanes (`minutes` is how many visits more), broken_wave (`minutes` is how many
    strokes of the bell pass between the first and the last visit without one), recusal (of what has taken place).
    """

    code: str
    hard: bool
    slots: tuple[Slot, ...] = ()
    entrant: int | None = None
    station: str = ""
    minutes: int = 0
    lane: int = 0


def order(slot: Slot) -> tuple[int, int, str, int, int]:
    """By this visits are put in the order of the day; one that took no time comes before what starts at its minute."""
    return slot.starts, slot.ends, slot.station, slot.lane, slot.entrant


def overlap(slot: Slot, span: Span) -> int:
    """How many minutes of a visit fall into this time; 0 or less: none."""
    return min(span[1], slot.ends) - max(span[0], slot.starts)


class Rules:
    """What a problem asks of each visit and of each two, looked up fast."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.stations = {station.code: station for station in problem.stations}
        self.entrants = {entrant.id: entrant for entrant in problem.entrants}
        self.facts = {(slot.entrant, slot.station): slot for slot in problem.done}
        self.happened = tuple(slot for slot in problem.happened if slot.station in self.stations)
        self.partners: dict[int, set[int]] = {}
        for entrant in problem.entrants:
            for other in entrant.shares:
                self.partners.setdefault(entrant.id, set()).add(other)
                self.partners.setdefault(other, set()).add(entrant.id)
        codes = list(self.stations)
        self._gaps = {(code, other): problem.gap(code, other) for code in codes for other in codes}
        self.reach = max(self._gaps.values(), default=0)
        self._earliest = problem.earliest
        self._pinned = {(slot.entrant, slot.station): slot for slot in problem.pinned}
        self._closed = {
            (station.code, lane): station.closed(lane) for station in problem.stations for lane in station.lanes
        }
        self._drawn = {entrant.id: dict(entrant.drawn) for entrant in problem.entrants if entrant.drawn}

    def unknown(self, slot: Slot) -> str:
        """The code of the fault, if this visit names something that is not there."""
        if slot.entrant not in self.entrants:
            return "unknown_entrant"
        if slot.station not in self.stations:
            return "unknown_station"
        if not 1 <= slot.lane <= len(self.stations[slot.station].lane_units):
            return "unknown_lane"
        return ""

    def alone(self, slot: Slot) -> list[Finding]:
        """Faults that a visit to come shows by itself; who and where are known."""
        problem, station, entrant = self.problem, self.stations[slot.station], self.entrants[slot.entrant]
        found = []
        if slot.station not in entrant.stations:
            found.append(Finding("not_to_visit", True, (slot,)))
        if slot.ends - slot.starts != station.minutes:
            found.append(Finding("length", True, (slot,), minutes=slot.ends - slot.starts - station.minutes))
        if slot.starts < problem.opens:
            found.append(Finding("before_opening", True, (slot,), minutes=problem.opens - slot.starts))
        if slot.ends > problem.closes:
            found.append(Finding("after_closing", True, (slot,), minutes=slot.ends - problem.closes))
        if problem.opens < self._earliest and slot.starts < self._earliest:
            found.append(Finding("too_early", True, (slot,), minutes=self._earliest - slot.starts))
        for code, spans in (("in_break", problem.breaks), ("in_closed", self._closed[slot.station, slot.lane])):
            for span in spans:
                minutes = overlap(slot, span)
                if minutes > 0:
                    found.append(Finding(code, True, (slot,), minutes=minutes))
        if entrant.windows:
            outside = min(_outside(slot, window) for window in entrant.windows)
            if outside:
                found.append(Finding("not_here", True, (slot,), minutes=outside))
        if entrant.units & station.lane_units[slot.lane - 1]:
            found += self._judged_by_own(slot, station, entrant)
        drawn = self._drawn_lane(slot)
        if drawn not in (None, slot.lane):
            found.append(Finding("other_lane", True, (slot,), lane=drawn or 0))
        pinned = self._pinned.get((slot.entrant, slot.station))
        if pinned is not None and (pinned.lane, pinned.starts) != (slot.lane, slot.starts):
            found.append(Finding("unpinned", True, (slot, pinned), lane=pinned.lane))
        return found

    def is_stand_in(self, slot: Slot) -> bool:
        """Whether a reserve judge takes a seat for this visit, because a judge of the lane is of the own unit."""
        entrant, station = self.entrants.get(slot.entrant), self.stations[slot.station]
        if entrant is None or slot.lane > len(station.lane_units):
            return False
        own = entrant.units & station.lane_units[slot.lane - 1]
        return bool(own) and own <= station.stand_in(slot.lane)

    def is_fact(self, slot: Slot) -> bool:
        """Whether this visit has taken place or has begun."""
        return (slot.entrant, slot.station) in self.facts

    def in_one_lane(self, before: Slot, after: Slot) -> Finding:
        """What is wrong with two visits of one lane, `after` starting within the other or its changeover."""
        if after.starts < before.ends:
            return Finding("lane_overlap", True, (before, after), minutes=before.ends - after.starts)
        missing = before.ends + self.stations[before.station].changeover - after.starts
        return Finding("changeover", True, (before, after), minutes=missing)

    def of_one_person(self, before: Slot, after: Slot) -> Finding | None:
        """What is wrong with two visits of one entrant, or of two who share a person."""
        is_shared = before.entrant != after.entrant
        if before.station == after.station and not is_shared:
            return None  # told as a double visit
        if after.starts < before.ends:
            minutes = min(before.ends, after.ends) - after.starts
            return Finding("shared_overlap" if is_shared else "entrant_overlap", True, (before, after), minutes=minutes)
        missing = before.ends + self._gaps[before.station, after.station] - after.starts
        return Finding("gap", True, (before, after), minutes=missing) if missing > 0 else None

    def stay(self, entrant: int, day: list[Slot]) -> Finding | None:
        """Whether somebody has to stay too long, from the first start to the last end."""
        most = self.problem.most_stay
        if not most or all(map(self.is_fact, day)):
            return None
        over = max(slot.ends for slot in day) - min(slot.starts for slot in day) - most
        if over <= 0:
            return None
        return Finding("stay", True, tuple(sorted(day, key=order)), entrant=entrant, minutes=over)

    def _judged_by_own(self, slot: Slot, station: Station, entrant: Entrant) -> list[Finding]:
        if not self.is_stand_in(slot):
            return [Finding("recusal", True, (slot,))]
        free = (lane for lane in station.lanes if not entrant.units & station.lane_units[lane - 1])
        return [Finding("stand_in", True, (slot,), lane=lane) for lane in list(free)[:1]]

    def _drawn_lane(self, slot: Slot) -> int | None:
        drawn = self._drawn.get(slot.entrant)
        return drawn.get(slot.station) if drawn else None


def _outside(slot: Slot, window: Span) -> int:
    """How many minutes of a visit lie outside of this window."""
    return slot.ends - slot.starts - max(0, overlap(slot, window))
