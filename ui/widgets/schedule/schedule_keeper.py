"""Keeps the draft of the schedule while the page is away, and when another timetable comes into force."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from data.queries import schedule_draft as drafts
from data.queries.schedule import SlotRow
from data.queries.schedule_draft import Draft
from data.rules.rotation_model import Problem


class DraftKeeper(QObject):
    """`draft` is None while nothing can be moved. `aside`: a draft with changes to an earlier timetable, kept until
    the user makes them again or lets them go.

    changed: the draft is another one.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.draft: Draft | None = None
        self.aside: Draft | None = None

    @property
    def count(self) -> int:
        """How many visits are changed and not in force."""
        return len(drafts.changes(self.draft)) if self.draft is not None else 0

    @property
    def has_steps(self) -> bool:
        """Whether there is anything to take back or to do again."""
        return self.draft is not None and len(self.draft.history) > 1

    def read(self, problem: Problem | None, number: int) -> None:
        """The event is now so, and this timetable is in force. Without a problem (nothing can be planned just now) a
        draft with changes is kept as it was."""
        if problem is None:
            if not self.count:
                self.draft = None
            return
        fresh = drafts.of_timetable(problem, number)
        kept = self.draft
        if kept is not None and self.has_steps and kept.number == number:
            self.draft = drafts.with_problem(kept, problem)
            return
        if kept is not None and self.count and drafts.upon(kept, fresh).can_undo:
            self.aside = kept
        self.draft = fresh

    def move(self, slot: SlotRow, lane: int, starts: int) -> None:
        self._change(lambda draft: drafts.move(draft, _key(slot), lane, starts))

    def swap(self, slot: SlotRow, other: SlotRow) -> None:
        self._change(lambda draft: drafts.swap(draft, _key(slot), _key(other)))

    def pin(self, slot: SlotRow) -> None:
        self._change(lambda draft: drafts.pin(draft, _key(slot)))

    def undo(self) -> None:
        self._change(drafts.undo)

    def redo(self) -> None:
        self._change(drafts.redo)

    def discard(self) -> None:
        """Back to the timetable in force."""
        self._change(_begun)

    def apply_aside(self) -> None:
        """Make the changes to an earlier timetable again upon the one in force."""
        aside, self.aside = self.aside, None
        if aside is not None:
            self._change(lambda draft: drafts.upon(aside, draft))

    def drop_aside(self) -> None:
        """Let the changes to an earlier timetable go."""
        self.aside = None
        self.changed.emit()

    def _change(self, change: Callable[[Draft], Draft]) -> None:
        if self.draft is not None:
            self.draft = change(self.draft)
            self.changed.emit()


def _begun(draft: Draft) -> Draft:
    return Draft(draft.problem, draft.number, draft.history[:1])


def _key(slot: SlotRow) -> drafts.Key:
    return slot.entrant_id, slot.station_code
