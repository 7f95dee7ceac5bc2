"""What all tabs of the results page have in common: the state the page read, a reading of their own, their title."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from data.errors import UserError
from data.queries.result_state import ResultState
from ui.pages.page import Page
from ui.task import Progress
from ui.widgets import parts


class ResultTab(QWidget):
    """A tab of the results page. A subclass sets `key`, builds its widgets into `room` once in `__init__`, and shows
    what the page read in `show_state`.

    key: what `desk.go("results", key)` brings to the front.
    tables: further tables whose changes it shows.
    page: for `page.desk`, and for `page.run` and `page.attempt`, which work as on every page.
    state: what the page read last; None before.

    A tab that shows more reads it for itself: `read` runs in a worker after each reading of the page, while the tab is
    in sight, and what it returns is shown by `show_found`.
    Signals: mend_wanted(Blocker), retitled (its title, or whether it is offered, has changed).
    """

    key = ""
    tables: frozenset[str] = frozenset()
    reads = False  # whether it has a reading of its own

    mend_wanted = Signal(object)
    retitled = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page
        self.desk = page.desk
        self.state: ResultState | None = None
        self.setObjectName(f"resultTab:{self.key}")
        self._stale = False
        self._reading = False
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 12, 0, 0)
        layout.setSpacing(8)
        self._failure = QVBoxLayout()
        self.room = QVBoxLayout()
        layout.addLayout(self._failure)
        layout.addLayout(self.room, 1)

    def title(self) -> str:
        """What stands on the tab."""
        raise NotImplementedError

    def is_offered(self) -> bool:
        """Whether the tab can be chosen now."""
        return True

    def show_state(self, state: ResultState) -> None:
        """Show what the page read."""

    def read(self, _progress: Progress) -> Any:
        """Read what this tab shows beyond the state; in a worker thread."""

    def show_found(self, found: Any) -> None:
        """Show what `read` returned."""

    def go_to(self, target: Any) -> bool:
        """Bring into view what `desk.go("results", target)` named; False when it is none of this tab's."""
        return bool(target == self.key)

    def place(self) -> Any:
        """A target that `go_to` takes back to what is in sight now."""
        return self.key

    @property
    def is_reading(self) -> bool:
        """Whether its own reading is under way."""
        return self._reading

    def take(self, state: ResultState) -> None:
        """The page has read: show it, and read what belongs to this tab alone as soon as it is in sight."""
        self.state = state
        self.show_state(state)
        self.retitled.emit()
        self._stale = self.reads
        if self.isVisible():
            self.reread()

    def reread(self) -> None:
        """Read what belongs to this tab alone, unless nothing has changed."""
        if not self._stale or self._reading or not self.desk.is_open:
            return
        self._stale = False
        self._reading = True
        self.desk.tasks.run(self.read, self._on_found, self._on_not_found, title=self.title())

    def _on_found(self, found: Any) -> None:
        if not isValid(self):  # the window was built anew in the other language meanwhile
            return
        self._reading = False
        parts.clear(self._failure)
        self.show_found(found)
        self.retitled.emit()
        if self.isVisible():
            self.reread()

    def _on_not_found(self, error: UserError) -> None:
        if isValid(self):
            self._reading = False
            parts.clear(self._failure)
            self._failure.addWidget(parts.strip(str(error), "wrong"))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.reread()
