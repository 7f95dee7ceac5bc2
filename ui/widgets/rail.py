"""The rail at the left: the phases of the day in order, each with its mark."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from data.i18n import _
from data.queries.readiness import PhaseMark
from ui import theme
from ui.widgets.rail_button import RailButton

# Before, during and after the competition; a line between.
GROUPS = (
    ("home", "setup", "roster", "draws", "schedule", "print"),
    ("checkin", "running", "score_entry", "projector"),
    ("results",),
    ("audit", "backups"),
)


def page_name(key: str) -> str:
    """What a page is called in the rail."""
    return {
        "home": _("Home"),
        "setup": _("Setup"),
        "roster": _("Roster"),
        "draws": _("Draws"),
        "schedule": _("Schedule"),
        "print": _("Print"),
        "checkin": _("Check-in"),
        "running": _("On the floor"),
        "score_entry": _("Score entry"),
        "projector": _("Projector"),
        "results": _("Results"),
        "audit": _("Audit log"),
        "backups": _("Backups"),
    }[key]


def shortcut_of(number: int) -> str:
    """The keys of the page at a place in the rail, from 0: Ctrl+1 … Ctrl+9, Ctrl+0, none after that."""
    return f"Ctrl+{(number + 1) % 10}" if number < 10 else ""


class Rail(QWidget):
    """Emits `wanted` with a page key."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setFixedWidth(theme.RAIL_WIDTH)
        self._buttons: dict[str, RailButton] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 12, 0, 8)
        layout.setSpacing(0)
        for group in GROUPS:
            if self._buttons:
                layout.addSpacing(17)
            for key in group:
                button = RailButton(key, page_name(key), shortcut_of(len(self._buttons)), self)
                button.clicked.connect(self._on_clicked)
                self._buttons[key] = button
                layout.addWidget(button)
        layout.addStretch(1)

    def show_current(self, key: str) -> None:
        """Mark the page in sight."""
        self._buttons[key].setChecked(True)

    def show_marks(self, marks: Mapping[str, PhaseMark]) -> None:
        """Mark how far each phase is."""
        for key, mark in marks.items():
            self._buttons[key].set_mark(mark)

    def _on_clicked(self) -> None:
        button = self.sender()
        assert isinstance(button, RailButton)
        self.wanted.emit(button.key)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.colors().rail))
        for group in GROUPS[1:]:
            above = self._buttons[group[0]].geometry().top() - 9
            painter.fillRect(18, above, self.width() - 36, 1, QColor(theme.colors().rail_current))
