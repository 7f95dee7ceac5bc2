"""The quiet line at the bottom: what was done last, what runs, where we are."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from data.i18n import _
from ui.desk import Desk
from ui.task import Task
from ui.widgets import parts
from ui.widgets.elided_label import ElidedLabel


class StatusLine(QFrame):
    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("statusLine")
        self.setFixedHeight(28)
        self._desk = desk
        self._said = ElidedLabel(_("Everything is saved."))
        self._said.setObjectName("said")
        self._running = ElidedLabel("")
        self._venue = ElidedLabel("")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(18, 0, 18, 0)
        layout.setSpacing(24)
        layout.addWidget(self._said)
        layout.addStretch(1)
        layout.addWidget(self._running)
        layout.addWidget(self._venue)
        layout.addWidget(parts.label(_("F1 Keys")))
        desk.said.connect(self._on_said)
        desk.tasks.started.connect(self._on_started)

    def show_venue(self, venue: str) -> None:
        self._venue.setText(venue)

    def _on_said(self, text: str) -> None:
        at = self._desk.store.clock().astimezone().strftime("%H:%M:%S")
        self._said.setText(f"{at}  {text}")

    def _on_started(self, task: Task) -> None:
        self._show_running()
        task.ended.connect(self._on_ended)

    def _on_ended(self, _task: Task) -> None:
        self._show_running()

    def _show_running(self) -> None:
        """The title of what was begun last; what has none goes on without a word."""
        titles = [task.title for task in self._desk.tasks.running if task.title]
        self._running.setText(f"{titles[-1]}…" if titles else "")
