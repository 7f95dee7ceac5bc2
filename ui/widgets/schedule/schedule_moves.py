"""What the rules say to a visit in hand: the checker asked about a draft, in the committee's words."""

from collections.abc import Sequence
from functools import cached_property

from data.i18n import _
from data.queries import schedule_draft as drafts
from data.queries.schedule import SlotRow
from data.queries.schedule_draft import Draft
from data.queries.schedule_words import Words
from data.rules.rotation_model import Slot
from data.rules.rotation_places import Places

_MOST_REASONS = 2  # beside the pointer; more would not be read


class DraftMoves:
    """Answers the chart for one state of a draft (see `gantt_drag.Moves`)."""

    def __init__(self, draft: Draft, words: Words) -> None:
        self._draft = draft
        self._words = words
        self._slots = {drafts.key(slot): slot for slot in draft.slots}
        self._done = {drafts.key(slot) for slot in draft.problem.done}
        self._lanes = {station.code: station.lanes for station in draft.problem.stations}

    @cached_property
    def _places(self) -> Places:
        """Made when a visit is taken in hand first, since it takes a while that the page has not."""
        return Places(self._draft.held, self._draft.slots)

    def refusal(self, slot: SlotRow) -> str:
        """Why this visit cannot be moved at all; empty when it can."""
        if why := self.cannot_pin(slot):
            return why
        if (slot.entrant_id, slot.station_code) in self._draft.pins:
            return _("This visit is pinned here. Press P to let it go first.")
        return ""

    def cannot_pin(self, slot: SlotRow) -> str:
        """Why this visit stays as it is, pinned or not; empty when it may change."""
        visit = (slot.entrant_id, slot.station_code)
        if visit in self._done:
            return _("This visit has begun or has taken place: it stays where it is.")
        if visit not in self._slots:
            return _("This visit does not take place any more.")
        return ""

    def lanes(self, slot: SlotRow) -> Sequence[int]:
        return self._lanes[slot.station_code]

    def is_legal(self, slot: SlotRow, lane: int, starts: int) -> bool:
        return not self._places.faults(drafts.moved(self._slot(slot), lane, starts))

    def why_not(self, slot: SlotRow, lane: int, starts: int) -> str:
        found = self._places.faults(drafts.moved(self._slot(slot), lane, starts))
        return "\n".join(map(self._words.finding, found[:_MOST_REASONS]))

    def why_no_swap(self, slot: SlotRow, other: SlotRow) -> str:
        if why := self.refusal(other):
            return why
        found = drafts.swap_faults(self._draft.held, self._draft.slots, self._slot(slot), self._slot(other))
        if found is None:
            return _("Only two visits of one station, or of one entrant, can change places.")
        return "\n".join(map(self._words.finding, found[:_MOST_REASONS]))

    def _slot(self, slot: SlotRow) -> Slot:
        return self._slots[slot.entrant_id, slot.station_code]
