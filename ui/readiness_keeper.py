"""How far the event is, read at once where that takes a few milliseconds, otherwise in a worker thread."""

from PySide6.QtCore import QObject, Signal

from data.errors import UserError
from data.queries.readiness import Readiness, readiness
from data.queries.running_floor import count_visits
from data.queries.staff import staff_size
from data.store import Store
from ui.task import Progress
from ui.tasks import Tasks

_MANY = 2000  # people and visits


class ReadinessKeeper(QObject):
    """Keeps what was read until it is out of date. Signal: renewed(): a worker thread has read something newer."""

    renewed = Signal()

    def __init__(self, store: Store, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._store = store
        self._tasks = tasks
        self._known: Readiness | None = None
        self._is_outdated = False
        self._is_reading = False
        self._forgotten = 0  # how often; what was begun to be read before that is dropped

    def outdate(self) -> None:
        """Something happened, or the clock went on: read anew when it is asked for next."""
        self._is_outdated = True

    def forget(self) -> None:
        """Never give again what is known: it is in the other language."""
        self._known = None
        self._forgotten += 1

    def get(self) -> Readiness:
        """How far the event is and what it needs; of a large event what is known, while a newer one is read.

        Raises:
            UserError: the event file cannot be read.
        """
        if self._known is None or (self._is_outdated and not self._is_large()):
            self.forget()
            self._is_outdated = False
            self._known = readiness(self._store)
        elif self._is_outdated and not self._is_reading:
            self._is_outdated = False
            self._is_reading = True
            self._tasks.run(self._read, self._on_read, self._on_failed, title="")
        return self._known

    def _is_large(self) -> bool:
        return staff_size(self._store) + count_visits(self._store) > _MANY

    def _read(self, _report: Progress) -> tuple[int, Readiness]:
        forgotten = self._forgotten
        return forgotten, readiness(self._store)

    def _on_read(self, result: tuple[int, Readiness]) -> None:
        self._is_reading = False
        forgotten, read = result
        if forgotten == self._forgotten:
            self._known = read
            self.renewed.emit()

    def _on_failed(self, _error: UserError) -> None:
        self._is_reading = False
        self._known = None  # whoever asks next is told why
