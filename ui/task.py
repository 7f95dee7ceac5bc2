"""One piece of long work while it runs."""

import threading
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from data.errors import Cancelled
from data.i18n import _

Progress = Callable[..., None]
Work = Callable[[Progress], Any]

_SECONDS_BETWEEN_REPORTS = 0.05


class Task(QObject):
    """Runs its work in a worker thread and reports in the GUI thread; it can be cancelled.

    progressed: done, total, text (total 0 while unknown).
    ended: the task, after its done or failed was called, however it ended.
    """

    progressed = Signal(object, object, str)
    ended = Signal(object)

    def __init__(self, work: Work, title: str, parent: QObject) -> None:
        super().__init__(parent)
        self.title = title
        self.started = time.monotonic()
        self._work = work
        self._stop = threading.Event()
        self._reported = 0.0

    @property
    def is_cancelled(self) -> bool:
        return self._stop.is_set()

    def cancel(self) -> None:
        """Ask the work to stop; it does so at its next progress report."""
        self._stop.set()

    def report(self, done: int = 0, total: int = 0, text: str = "") -> None:
        """What the work calls as `progress(done, total, text)`, from its own thread.

        Raises:
            Cancelled: the user stopped the task.
        """
        if self._stop.is_set():
            raise Cancelled(_("Stopped. Nothing was changed."))
        now = time.monotonic()
        if now - self._reported >= _SECONDS_BETWEEN_REPORTS or done == total:
            self._reported = now
            self.progressed.emit(done, total, text)

    def work(self) -> Any:
        """Do the work, in a worker thread; returns or raises what it does."""
        return self._work(self.report)
