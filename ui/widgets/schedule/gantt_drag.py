"""A visit while it is dragged: where it may go, what it snaps to, and why it may not stand where the pointer is."""

import time
from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from data.queries.schedule import SlotRow
from data.rules.rotation_model import Span

_ASKED_AT_ONCE = 16  # places between two looks at the clock
SAME, MOVE, SWAP, ILLEGAL = "same", "move", "swap", "illegal"


class Moves(Protocol):
    """What the chart asks of the rules. Every text is a whole sentence, empty where nothing is against it."""

    def refusal(self, slot: SlotRow) -> str:
        """Why this visit cannot be moved at all."""

    def cannot_pin(self, slot: SlotRow) -> str:
        """Why it can neither be held nor let go."""

    def lanes(self, slot: SlotRow) -> Sequence[int]:
        """The lanes of its station."""

    def is_legal(self, slot: SlotRow, lane: int, starts: int) -> bool:
        """Whether it may stand there; asked for every minute of the day."""

    def why_not(self, slot: SlotRow, lane: int, starts: int) -> str:
        """What is against it there."""

    def why_no_swap(self, slot: SlotRow, other: SlotRow) -> str:
        """What is against the two in each other's place."""


@dataclass(frozen=True)
class Target:
    """Where the visit would go if it were dropped now. `other`: with which it would change places."""

    kind: str  # same | move | swap | illegal
    lane: int
    starts: int
    why: str = ""
    other: SlotRow | None = None


class Drag:
    """One visit in hand. The places where it may stand are looked up lane by lane while the pointer moves.

    grip: minutes from the start of the bar to where it was taken.
    """

    def __init__(self, slot: SlotRow, grip: float, moves: Moves, opens: int, last: int) -> None:
        self.slot = slot
        self.minutes = slot.ends_minute - slot.starts_minute
        self.target = Target(SAME, slot.lane, slot.starts_minute)
        self._grip = grip
        self._moves = moves
        self._last = last - self.minutes
        lanes = sorted(moves.lanes(slot), key=self._distance)
        self._ahead = [(lane, starts) for lane in lanes for starts in range(opens, self._last + 1)]
        self._ahead.reverse()
        self._edges: dict[int, list[int]] = {lane: [] for lane in lanes}
        self._legal: dict[int, dict[int, bool]] = {lane: {} for lane in lanes}
        self._swaps: dict[int, str] = {}
        self._known: dict[int | None, list[Span]] = {}

    @property
    def is_through(self) -> bool:
        """Whether every place has been looked up."""
        return not self._ahead

    def look_ahead(self, seconds: float) -> set[int]:
        """Look up more places until the time is up; returns the lanes of which more is known."""
        until, lanes = time.perf_counter() + seconds, set()
        while self._ahead:
            for _ in range(min(_ASKED_AT_ONCE, len(self._ahead))):
                lane, starts = self._ahead.pop()
                self._ask(lane, starts)
                lanes.add(lane)
            if time.perf_counter() >= until:
                break
        return lanes

    def spans(self, lane: int | None) -> list[Span]:
        """From the first start to the last end of each stretch that is known to be legal; None: in any lane."""
        if lane not in self._known:
            self._known[lane] = self._spans(self._legal if lane is None else [lane])
        return self._known[lane]

    def aim(self, minute: float, lane: int | None, over: SlotRow | None, reach: float) -> Target:
        """What dropping it here would do.

        Args:
            minute: under the pointer.
            lane: under the pointer; None where a row has visits of every lane.
            over: the visit under the pointer.
            reach: how many minutes from the end of a legal stretch still snap to it.
        """
        wanted = minute - self._grip
        lanes = sorted(self._legal, key=self._distance) if lane is None else [lane]
        for one in lanes:
            starts = self._snapped(one, wanted, reach)
            if (one, starts) == (self.slot.lane, self.slot.starts_minute):
                self.target = Target(SAME, one, starts)
                return self.target
            if self._ask(one, starts):
                self.target = Target(MOVE, one, starts)
                return self.target
        starts = round(wanted)
        if over is not None and over.visit_id != self.slot.visit_id:
            why = self._why_no_swap(over)
            kind = ILLEGAL if why else SWAP
            self.target = Target(kind, over.lane, over.starts_minute, why, over)
        else:
            self.target = Target(ILLEGAL, lanes[0], starts, self._moves.why_not(self.slot, lanes[0], starts))
        return self.target

    def refuse(self, why: str, lane: int, minute: float) -> Target:
        """It may not stand in this row at all."""
        self.target = Target(ILLEGAL, lane, round(minute - self._grip), why)
        return self.target

    def _distance(self, lane: int) -> tuple[bool, int, int]:
        return lane != self.slot.lane, abs(lane - self.slot.lane), lane

    def _ask(self, lane: int, starts: int) -> bool:
        known = self._legal[lane]
        if starts in known:
            return known[starts]
        known[starts] = legal = self._moves.is_legal(self.slot, lane, starts)
        if legal:
            self._known.clear()
        for first, second in ((starts - 1, starts), (starts, starts + 1)):
            if first in known and second in known and known[first] != known[second]:
                insort(self._edges[lane], first if known[first] else second)
        return legal

    def _snapped(self, lane: int, wanted: float, reach: float) -> int:
        edges = self._edges[lane]
        place = bisect_left(edges, wanted)
        near = [edge for edge in edges[max(0, place - 1) : place + 1] if abs(edge - wanted) <= reach]
        return min(near, key=lambda edge: abs(edge - wanted)) if near else round(wanted)

    def _why_no_swap(self, other: SlotRow) -> str:
        if other.visit_id not in self._swaps:
            self._swaps[other.visit_id] = self._moves.why_no_swap(self.slot, other)
        return self._swaps[other.visit_id]

    def _spans(self, lanes: Iterable[int]) -> list[Span]:
        legal = sorted({starts for lane in lanes for starts, is_legal in self._legal[lane].items() if is_legal})
        spans: list[Span] = []
        for starts in legal:
            if spans and starts <= spans[-1][1] + 1:
                spans[-1] = (spans[-1][0], starts)
            else:
                spans.append((starts, starts))
        return [(first, last + self.minutes) for first, last in spans]
