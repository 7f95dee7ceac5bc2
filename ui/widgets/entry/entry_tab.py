"""What the tabs of score entry have in common: their title, when they read, and what they are asked to show."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from data.errors import UserError
from ui.errors import show_error
from ui.pages.page import Page
from ui.task import Progress


class EntryTab(QWidget):
    """A tab of score entry. A subclass sets `key` and `tables`, builds its widgets into `room` once in `__init__`, and
    shows in `show_found` what `read` has read in a worker.

    key: what `desk.go("score_entry", key)` brings to the front.
    tables: names of the tables whose changes it shows.
    page: for `page.attempt` and `page.run`, which work as on every page; `desk` is that of the page.
    Signal: retitled (its title, or whether it is offered, has changed).
    """

    key = ""
    tables: frozenset[str] = frozenset()

    retitled = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page
        self.desk = page.desk
        self._reading = False
        self._outdated = False
        self.setObjectName(f"entryTab:{self.key}")
        self.room = QVBoxLayout(self)
        self.room.setContentsMargins(0, 12, 0, 0)
        self.room.setSpacing(12)

    def title(self) -> str:
        """What stands on the tab."""
        raise NotImplementedError

    def is_offered(self) -> bool:
        """Whether the tab can be chosen now."""
        return True

    def read(self, _progress: Progress) -> Any:
        """What the tab shows, read in a worker thread."""

    def show_found(self, found: Any) -> None:
        """Show what `read` returned."""

    def refresh(self) -> None:
        """Read and show; called after every change of `tables` while the page is in sight."""
        if self._reading:
            self._outdated = True
            return
        self._reading = True
        self.desk.tasks.run(self.read, self._on_read, self._on_not_read, title=self.title())

    def begin(self) -> None:
        """The tab comes to the front: put the cursor where the work begins."""

    def go_to(self, target: Any) -> bool:
        """Bring into view what `desk.go("score_entry", target)` named; False when it is none of this tab's."""
        return bool(target == self.key)

    @property
    def is_reading(self) -> bool:
        """Whether a reading is under way."""
        return self._reading

    def why_it_stays(self) -> str:
        """Why the page cannot be built anew in the other language just now; empty when it can."""
        return ""

    def _on_read(self, found: Any) -> None:
        if not isValid(self):  # the window was built anew in the other language meanwhile
            return
        self._reading = False
        self.show_found(found)
        self.retitled.emit()
        if self._outdated:
            self._outdated = False
            self.refresh()

    def _on_not_read(self, error: UserError) -> None:
        if isValid(self):
            self._reading = self._outdated = False
            show_error(self, error)
