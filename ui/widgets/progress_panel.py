"""Shows a running task: what it does, how far it is, how long it may still take, and a button to stop it."""

import time

from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout

from data.i18n import _, ngettext
from ui.task import Task
from ui.widgets import parts

_TELL_TIME_AFTER = 2.0  # seconds; before that a guess is worth nothing


class ProgressPanel(QFrame):
    """Hidden until `follow(task)`; hides itself when the task ended."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("progressPanel")
        self.setProperty("role", "card")
        self._task: Task | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 12)
        self._words = parts.label("", "subheading")
        self._detail = parts.muted()
        self._stop = parts.button(_("Stop"), self._on_stop, name="stop")
        top = QHBoxLayout()
        top.addWidget(self._words)
        top.addWidget(self._detail, 1)
        top.addWidget(self._stop)
        layout.addLayout(top)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        layout.addWidget(self._bar)
        self.hide()

    def follow(self, task: Task) -> None:
        """Show this task until it ends."""
        self._task = task
        self._words.setText(task.title)
        self._detail.setText("")
        self._bar.setRange(0, 0)
        self._stop.setEnabled(True)
        task.progressed.connect(self._on_progress)
        task.ended.connect(self._on_ended)
        self.show()

    def _on_progress(self, done: int, total: int, text: str) -> None:
        if total:
            self._bar.setRange(0, total)
            self._bar.setValue(done)
        self._detail.setText("  ".join(part for part in (text, self._time_left(done, total)) if part))

    def _time_left(self, done: int, total: int) -> str:
        assert self._task is not None
        elapsed = time.monotonic() - self._task.started
        if not total or not done or done >= total or elapsed < _TELL_TIME_AFTER:
            return ""
        seconds = round(elapsed / done * (total - done))
        if seconds < 60:
            return ngettext("about {n} second left", "about {n} seconds left", seconds).format(n=seconds)
        minutes = round(seconds / 60)
        return ngettext("about {n} minute left", "about {n} minutes left", minutes).format(n=minutes)

    def _on_stop(self) -> None:
        assert self._task is not None
        self._task.cancel()
        self._stop.setEnabled(False)
        self._detail.setText(_("Stopping…"))

    def _on_ended(self, task: Task) -> None:
        if task is self._task:
            self._task = None
            self.hide()
