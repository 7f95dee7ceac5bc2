"""What keeps the results from being final, each with the way to mend it."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from data.i18n import _, ngettext
from data.queries.blockers import APPEAL, DIFFERS, EMPTY, SEALED, TIE, UNCONFIRMED, UNLOCKED, UNREAD, Blocker
from ui.widgets import parts

_WIDTH = 760
_FRAME, _LINE, _TALLEST = 150, 72, 420  # heights: without lines, of one, and at most


class BlockersDialog(QDialog):
    """Calls `mend(blocker)` for the one whose button is pressed, or `lock()` for all that only wait for a lock, and
    closes. Deletes itself when closed."""

    def __init__(
        self,
        parent: QWidget,
        blockers: Sequence[Blocker],
        mend: Callable[[Blocker], None],
        lock: Callable[[], None],
    ) -> None:
        super().__init__(parent)
        self._mend = mend
        self._lock = lock
        self._blockers = tuple(blocker for blocker in blockers if blocker.code != UNLOCKED)
        lockable = len(blockers) - len(self._blockers)
        self.resize(_WIDTH, min(_TALLEST, _FRAME + _LINE * (len(self._blockers) + bool(lockable))))
        layout = parts.dialog_frame(self, "blockersDialog", _("Finalise the results"))
        layout.addWidget(parts.heading(_("The results cannot be final yet.")))
        content = QWidget()
        lines = QVBoxLayout(content)
        lines.setContentsMargins(0, 0, 8, 0)
        for index, blocker in enumerate(self._blockers):
            button = parts.button(mend_words(blocker), self._on_mend, name="mend")
            button.setProperty("blocker", index)
            lines.addWidget(parts.strip(f"{blocker.text} {blocker.todo}", blocker_tone(blocker), button))
        if lockable:
            text = ngettext(
                "{n} division is complete and waits to be locked, so that no mark changes any more.",
                "{n} divisions are complete and wait to be locked, so that no mark changes any more.",
                lockable,
            ).format(n=lockable)
            button = parts.button(_("Lock what is complete"), self._on_lock, name="lockComplete")
            lines.addWidget(parts.strip(text, "info", button))
        lines.addStretch(1)
        layout.addWidget(parts.scrolled(content), 1)
        close = parts.button(_("Close"), self.reject, name="close")
        layout.addLayout(parts.row(None, close))

    def _on_mend(self) -> None:
        blocker = self._blockers[self.sender().property("blocker")]
        self.accept()
        self._mend(blocker)

    def _on_lock(self) -> None:
        self.accept()
        self._lock()


def blocker_tone(blocker: Blocker) -> str:
    """How loud a blocker is said: what is wrong, what is to be done, or what only waits for its turn."""
    return {TIE: "wrong", DIFFERS: "wrong", UNLOCKED: "info"}.get(blocker.code, "attention")


def mend_words(blocker: Blocker) -> str:
    """The verb on the button that leads to where a blocker is settled."""
    return {
        TIE: _("Decide the tie…"),
        SEALED: _("Decode the names…"),
        EMPTY: _("Go to the draws"),
        UNREAD: _("Type them again"),
        DIFFERS: _("Settle them"),
        UNCONFIRMED: _("Let them be confirmed"),
        APPEAL: _("Decide the appeals"),
        UNLOCKED: _("Lock the division"),
    }.get(blocker.code, _("Enter the marks"))
