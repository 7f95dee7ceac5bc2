"""What a page reads: at once where that takes a few milliseconds, and beside the window for a large event."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject
from shiboken6 import isValid

from data.errors import UserError
from data.queries.running_floor import count_visits
from data.store import Store
from ui.desk import Desk
from ui.task import Progress

_MANY = 600  # visits


class Aside(QObject):
    """One reading of a page, repeated as often as `ask` is called while it is under way, though once at most.

    read(store): what the page shows; it runs in a worker thread where the event is large.
    show(what was read), failed(UserError): bound methods, called in the GUI thread.
    """

    def __init__(
        self,
        desk: Desk,
        read: Callable[[Store], Any],
        show: Callable[[Any], None],
        failed: Callable[[UserError], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._read = read
        self._show = show
        self._failed = failed
        self._is_reading = self._is_outdated = False

    @property
    def is_reading(self) -> bool:
        """Whether a reading is under way."""
        return self._is_reading

    def ask(self, title: str = "") -> None:
        """Read anew, and show it now or as soon as it is read. title: what the user reads meanwhile, if anything.

        Raises:
            UserError: it was read at once, and could not be.
        """
        if self._is_reading:
            self._is_outdated = True
        elif count_visits(self._desk.store) <= _MANY:
            self._show(self._read(self._desk.store))
        else:
            self._is_reading = True
            self._desk.tasks.run(self._read_in_thread, self._on_read, self._on_failed, title=title)

    def _read_in_thread(self, _report: Progress) -> Any:
        return self._read(self._desk.store)

    def _on_read(self, read: Any) -> None:
        if self._is_over():
            self._show(read)

    def _on_failed(self, error: UserError) -> None:
        if self._is_over():
            self._failed(error)

    def _is_over(self) -> bool:
        """Note that the reading is over. Whether it is wanted: the page is there, and nothing happened meanwhile."""
        if not isValid(self):
            return False
        self._is_reading = False
        if not self._is_outdated:
            return True
        self._is_outdated = False
        self.ask()
        return False
