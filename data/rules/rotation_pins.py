"""Which pinned visits can stay where they are."""

from data.rules.rotation_bell import Bell
from data.rules.rotation_model import Entrant, Obstacle, Problem, Slot, Span, Station
from data.rules.rotation_recusal import is_stand_in, open_lanes
from data.rules.rotation_spans import NEVER, clashes

Place = tuple[str, int]  # (station code, lane)


class Pins:
    """Which pinned visits can stay where they are: one after the other, earlier ones first."""

    def __init__(
        self,
        problem: Problem,
        stations: dict[str, Station],
        entrants: dict[int, Entrant],
        lane_closed: dict[Place, tuple[Span, ...]],
        lane_due: dict[Place, int],
        peers: dict[int, tuple[int, ...]],
    ) -> None:
        self._problem = problem
        self._stations = stations
        self._entrants = entrants
        self._lane_closed = lane_closed
        self._lane_due = lane_due
        self._peers = peers
        self._kept: list[Slot] = list(problem.happened)
        self.bell: Bell | None = None

    def sift(self, strokes: tuple[int, ...]) -> tuple[tuple[Slot, ...], tuple[Obstacle, ...]]:
        """The pinned visits that are held, and an obstacle for each other one."""
        problem = self._problem
        done = {(slot.entrant, slot.station) for slot in problem.done}
        asked = {(slot.entrant, slot.station): slot for slot in problem.pinned}.values()
        held: list[Slot] = []
        unheld: list[Obstacle] = []
        for slot in sorted(asked, key=lambda slot: (slot.starts, slot.station, slot.lane, slot.entrant)):
            entrant = self._entrants.get(slot.entrant)
            if entrant is None or slot.station not in entrant.stations or (slot.entrant, slot.station) in done:
                continue
            if self._stands(slot, entrant, held):
                held.append(slot)
                self._kept.append(slot)
            else:
                unheld.append(Obstacle("pinned", slot.station, entrant=slot.entrant, lane=slot.lane))
        if problem.bell:
            self.bell = Bell(problem, strokes or tuple(sorted({slot.starts for slot in held})))
        return tuple(held), tuple(unheld)

    def _stands(self, slot: Slot, entrant: Entrant, held: list[Slot]) -> bool:
        problem, station = self._problem, self._stations[slot.station]
        length = station.minutes
        if (
            slot.ends - slot.starts != length
            or slot.starts < problem.earliest
            or slot.ends > min(problem.closes, self._lane_due.get((slot.station, slot.lane), problem.closes))
            or slot.lane not in open_lanes(entrant, station)
            or clashes(slot.starts, length, self._lane_closed[slot.station, slot.lane])
            or not entrant.is_here(slot.starts, slot.ends)
        ):
            return False
        if problem.bell and any(0 < abs(slot.starts - other.starts) < Bell.pitch(problem) for other in held):
            return False
        return all(self._agree(slot, other) for other in self._kept) and self._stays(slot)

    def _agree(self, slot: Slot, other: Slot) -> bool:
        """Whether two visits can both be where they are."""
        apart = max(slot.starts, other.starts) - min(slot.ends, other.ends)
        need = -NEVER
        if (slot.station, slot.lane) == (other.station, other.lane):
            need = self._stations[slot.station].changeover
        if slot.entrant == other.entrant or other.entrant in self._peers.get(slot.entrant, ()):
            need = max(need, self._problem.gap(slot.station, other.station))
        if slot.station == other.station and all(
            visit.entrant in self._entrants
            and is_stand_in(self._entrants[visit.entrant], self._stations[slot.station], visit.lane)
            for visit in (slot, other)
        ):
            need = max(need, 0)
        return apart >= need

    def _stays(self, slot: Slot) -> bool:
        """Whether the entrant's fixed visits leave the longest stay as it is."""
        own = [slot, *(other for other in self._kept if other.entrant == slot.entrant)]
        stay = max(other.ends for other in own) - min(other.starts for other in own)
        return not self._problem.most_stay or stay <= self._problem.most_stay
