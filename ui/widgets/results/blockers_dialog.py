"""What keeps the results from being final, each with the way to mend it."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from data.i18n import _
from data.queries.results import Blocker
from ui.widgets import parts

_SIZE = (760, 420)


class BlockersDialog(QDialog):
    """Calls `mend(blocker)` for the one whose button is pressed, and closes. Deletes itself when closed."""

    def __init__(self, parent: QWidget, blockers: Sequence[Blocker], mend: Callable[[Blocker], None]) -> None:
        super().__init__(parent)
        self.resize(*_SIZE)
        self._mend = mend
        self._blockers = tuple(blockers)
        layout = parts.dialog_frame(self, "blockersDialog", _("Finalise the results"))
        layout.addWidget(parts.heading(_("The results cannot be final yet.")))
        content = QWidget()
        lines = QVBoxLayout(content)
        lines.setContentsMargins(0, 0, 8, 0)
        for index, blocker in enumerate(self._blockers):
            button = parts.button(mend_words(blocker), self._on_mend, name="mend")
            button.setProperty("blocker", index)
            lines.addWidget(parts.strip(blocker.text, "wrong" if blocker.code == "tie" else "attention", button))
        lines.addStretch(1)
        layout.addWidget(parts.scrolled(content), 1)
        close = parts.button(_("Close"), self.reject, name="close")
        layout.addLayout(parts.row(None, close))

    def _on_mend(self) -> None:
        blocker = self._blockers[self.sender().property("blocker")]
        self.accept()
        self._mend(blocker)


def mend_words(blocker: Blocker) -> str:
    """The verb on the button that leads to where a blocker is settled."""
    if blocker.code == "tie":
        return _("Enter the play-off…")
    if blocker.code == "sealed":
        return _("Decode the names…")
    return _("Go to the draws") if blocker.code == "empty" else _("Enter the marks")
