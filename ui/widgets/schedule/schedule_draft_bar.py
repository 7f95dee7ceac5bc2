"""The line above the schedule that says what is changed and not in force yet."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from data.i18n import _, ngettext
from ui.widgets import parts
from ui.widgets.schedule.schedule_keeper import DraftKeeper


class DraftBar(QWidget):
    """Hidden while there is nothing to say. wanted: put in force."""

    wanted = Signal()

    def __init__(self, keeper: DraftKeeper) -> None:
        super().__init__()
        self._keeper = keeper
        self.setObjectName("draftBar")
        self._put = parts.primary_button(_("Put in force…"), self.wanted.emit, name="putInForce")
        self._undo = parts.button(_("Undo"), keeper.undo, name="undo")
        self._redo = parts.button(_("Redo"), keeper.redo, name="redo")
        self._discard = parts.button(_("Discard"), keeper.discard, name="discard")
        self._undo.setToolTip("Ctrl+Z")
        self._redo.setToolTip("Ctrl+Shift+Z")
        self._draft = parts.strip("", "attention", self._put, self._undo, self._redo, self._discard)
        self._again = parts.button(_("Make them again"), keeper.apply_aside, name="applyAside")
        self._drop = parts.button(_("Let them go"), keeper.drop_aside, name="dropAside")
        self._aside = parts.strip("", "attention", self._again, self._drop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._draft)
        layout.addWidget(self._aside)
        self.show_state(0)

    def show_state(self, hard: int, *, is_read_only: bool = False, is_checking: bool = False) -> None:
        """hard: how many findings stand against the draft; then it cannot be put in force, nor while it is checked."""
        keeper = self._keeper
        count, draft, aside = keeper.count, keeper.draft, keeper.aside
        text = ngettext("{n} change is not in force yet.", "{n} changes are not in force yet.", count).format(n=count)
        if not count:
            text = _("No changes: this is the timetable in force.")
        elif hard:
            more = ngettext(
                "{n} finding of the checker stands against it.", "{n} findings of the checker stand against it.", hard
            )
            text += " " + more.format(n=hard)
        set_strip_text(self._draft, text, "attention")
        self._put.setEnabled(bool(count) and not hard and not is_checking)
        self._put.setToolTip(_("Mend what the checker found first.") if hard else "")
        self._undo.setEnabled(draft is not None and draft.can_undo)
        self._redo.setEnabled(draft is not None and draft.can_redo)
        self._draft.setVisible(keeper.has_steps and not is_read_only)
        if aside is not None:
            said = _(
                "Another timetable came into force while visits were being moved in version {number}. "
                "Those changes are kept: make them again upon the new one, or let them go."
            )
            set_strip_text(self._aside, said.format(number=aside.number), "attention")
        self._aside.setVisible(aside is not None and not is_read_only)
        self.setVisible(not is_read_only and (keeper.has_steps or aside is not None))


def set_strip_text(strip: QWidget, text: str, tone: str) -> None:
    """Say something else in a strip of `parts.strip`."""
    words = strip.findChild(QLabel, "stripText")
    words.setText(f"{parts.MARKS[tone]} {text}")
