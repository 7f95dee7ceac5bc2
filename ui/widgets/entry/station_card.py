"""One station on the home page: its ring, its name, its sheets."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout

from data.i18n import _
from data.queries.scores import StationProgress
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.ring import Ring


class StationCard(QFrame):
    """Emits `wanted` with the station's code when clicked."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._code = ""
        self._ring = Ring()
        self._name = ElidedLabel("", "subheading")
        self._visits = ElidedLabel("", "muted")
        self._sheets = ElidedLabel("", "small")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        for widget in (self._name, self._visits, self._sheets):
            widget.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
            words.addWidget(widget)
        words.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.setSpacing(12)
        layout.addWidget(self._ring)
        layout.addLayout(words, 1)

    def show_progress(self, station: StationProgress) -> None:
        """Show how far this station is."""
        self._code = station.code
        self._ring.show_share(station.sheets_in, station.sheets)
        self._name.setText(f"{station.code} {station.name}")
        self._visits.setText(_("{done} of {total} visits").format(done=station.visits_done, total=station.visits))
        self._sheets.setText(_("{done} of {total} sheets in").format(done=station.sheets_in, total=station.sheets))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if self.rect().contains(event.position().toPoint()):
            self.wanted.emit(self._code)
