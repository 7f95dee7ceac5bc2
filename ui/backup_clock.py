"""Asks for a copy of the event file every minute; a copy is made only if something changed."""

from PySide6.QtCore import QObject, QTimer

from data.backup import BackupCopy
from data.errors import Cancelled, UserError
from data.i18n import _
from ui.desk import Desk
from ui.task import Progress

_MINUTE = 60_000
_FIRST = 3_000  # milliseconds after the window is there, so that the start is not slowed


class BackupClock(QObject):
    """Runs `backups.tick` in a worker. A failure is told once, and shown by the top bar until a copy succeeds."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._failing = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.tick)
        self._timer.start(_FIRST)
        desk.closing.connect(self._timer.stop)

    def tick(self) -> None:
        """Have a copy made now if the event changed since the newest one."""
        self._timer.setInterval(_MINUTE)
        self._desk.tasks.run(self._copy, self._on_done, self._on_failed, title=_("Copying the event file"))

    def _copy(self, _progress: Progress) -> BackupCopy | None:
        return self._desk.backups.tick()

    def _on_done(self, _copy: BackupCopy | None) -> None:
        self._failing = False

    def _on_failed(self, error: UserError) -> None:
        if not self._failing and not isinstance(error, Cancelled):
            self._failing = True
            self._desk.say(error.what)
