"""What all pages have in common: title, purpose, one primary action, a body, and when to read anew."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from data.change import Change
from data.errors import UserError
from data.i18n import _
from ui.desk import Desk
from ui.errors import show_error
from ui.task import Task, Work
from ui.tasks import Done, Failed
from ui.widgets import parts
from ui.widgets.progress_panel import ProgressPanel

# A draw may seal the names of a blind event, and a decoding opens them: that is seen on every page.
_SEALING = frozenset({"draw", "decoding"})


class Page(QWidget):
    """Base of every page. A subclass sets `key` and `tables`, builds its widgets into `self.body` once in
    `__init__`, and shows what the queries say in `refresh()`.

    key: the page's name for `desk.go`.
    tables: names of the tables whose changes it shows ("mark", "entrant" …).
    body: a QVBoxLayout below the header that fills the page.

    Only the page in sight reads: a change marks a hidden one stale, and it reads when it is shown.
    Several changes in one turn of the event loop cause one `refresh`.
    """

    key = ""
    tables: frozenset[str] = frozenset()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.setObjectName(f"page:{self.key}")
        self._stale = True
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.reread)
        self._build_frame()
        desk.bus.changed.connect(self._on_change)
        desk.closing.connect(self._soon.stop)

    def title(self) -> str:
        """The page's name in the rail and at its top."""
        raise NotImplementedError

    def purpose(self) -> str:
        """One sentence: what this page is for now. Asked again after every refresh."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Read through queries and show. May raise UserError, which the page then shows at its top."""

    def show_target(self, target: Any) -> None:
        """Bring into view what `desk.go(key, target)` named."""

    def place(self) -> Any:
        """A target that leads back to what is in sight now, for the page that is built anew; None for its start."""

    def keys(self) -> list[tuple[str, str]]:
        """The page's own keys and what each does, for the list that F1 shows."""
        return []

    @property
    def is_busy(self) -> bool:
        """Whether long work of this page runs."""
        return not self._content.isEnabled()

    def why_it_stays(self) -> str:
        """Why this page cannot be built anew in the other language just now; empty when it can."""
        return _("Please wait until the running work is done, then change the language.") if self.is_busy else ""

    def what_is_lost(self) -> str:
        """What would be lost if the event were closed now, a whole sentence; empty when nothing would."""
        return ""

    def set_primary(self, text: str, slot: Callable[[], None]) -> QPushButton:
        """The page's one primary action, at the right of its title; returns the button."""
        made = parts.primary_button(text, slot, name="primary")
        self._actions.addWidget(made)
        return made

    def add_action(self, text: str, slot: Callable[[], None] | None = None) -> QPushButton:
        """A secondary action, left of the primary one; returns the button. Without a slot it needs a menu."""
        made = parts.button(text, slot)
        self._actions.insertWidget(self._secondary, made)
        self._secondary += 1
        return made

    def run(self, work: Work, done: Done, failed: Failed | None = None, *, title: str) -> Task:
        """Long work of this page: `desk.tasks.run` with progress and cancel shown above the body, which is disabled
        meanwhile. For the arguments see `Tasks.run`."""
        task = self.desk.tasks.run(work, done, failed, title=title)
        self._progress.follow(task)
        self._content.setEnabled(False)
        self._header.setEnabled(False)
        task.ended.connect(self._on_task_ended)
        return task

    def attempt(self, action: Callable[..., Any], *arguments: Any, **named: Any) -> bool:
        """Call a quick action; a UserError is shown to the user. Returns whether it went through."""
        try:
            action(*arguments, **named)
        except UserError as error:
            show_error(self, error)
            return False
        return True

    def reread(self) -> None:
        """Read and show now, unless the event is being closed."""
        self._soon.stop()
        if not self.desk.is_open:
            return
        self._stale = False
        self._show_error(None)
        try:
            self.refresh()
        except UserError as error:
            self._show_error(error)
        self._purpose.setText(self.purpose())

    def _build_frame(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 16)
        outer.setSpacing(12)
        self._header = QWidget()
        header = QHBoxLayout(self._header)
        header.setContentsMargins(0, 0, 0, 0)
        header.setSpacing(16)
        words = QVBoxLayout()
        words.setSpacing(2)
        title = parts.label(self.title(), "title")
        title.setObjectName("pageTitle")
        self._purpose = parts.muted("", wrap=True)
        self._purpose.setObjectName("pagePurpose")
        words.addWidget(title)
        words.addWidget(self._purpose)
        header.addLayout(words, 1)
        self._actions = QHBoxLayout()
        self._actions.setSpacing(8)
        self._secondary = 0
        header.addLayout(self._actions)
        outer.addWidget(self._header)
        self._progress = ProgressPanel()
        outer.addWidget(self._progress)
        self._notices = QVBoxLayout()
        outer.addLayout(self._notices)
        self._content = QWidget()
        self.body = QVBoxLayout(self._content)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(12)
        outer.addWidget(self._content, 1)

    def _show_error(self, error: UserError | None) -> None:
        parts.clear(self._notices)
        if error is not None:
            self._notices.addWidget(parts.strip(str(error), "wrong"))

    def _on_task_ended(self, _task: Task) -> None:
        self._content.setEnabled(True)
        self._header.setEnabled(True)

    def _on_change(self, change: Change) -> None:
        if change.tables & (self.tables | _SEALING):
            self._stale = True
            if self.isVisible():
                self._soon.start(0)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.reread()
