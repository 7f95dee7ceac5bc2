"""The window: rail, top bar, one page at a time, status line. It navigates and does nothing else."""

import importlib
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from data.i18n import _
from data.queries.operators import operators
from ui import dialogs, language, theme
from ui.backup_clock import BackupClock
from ui.desk import Desk
from ui.pages.page import Page
from ui.task import Progress
from ui.widgets.desk.sign_in_dialog import SignInDialog
from ui.widgets.rail import Rail, shortcut_of
from ui.widgets.status_line import StatusLine
from ui.widgets.top_bar import SWITCH_KEY, TopBar

# Key and class of each page, in the order of the rail. A page's module (ui.pages.KEY) is loaded at its first visit, or
# by a worker thread as soon as the window has come to rest.
PAGES = {
    "home": "HomePage",
    "setup": "SetupPage",
    "roster": "RosterPage",
    "draws": "DrawsPage",
    "schedule": "SchedulePage",
    "print": "PrintPage",
    "checkin": "CheckinPage",
    "running": "RunningPage",
    "score_entry": "ScoreEntryPage",
    "projector": "ProjectorPage",
    "results": "ResultsPage",
    "audit": "AuditPage",
    "backups": "BackupsPage",
}

_LEAST = (1024, 640)
_FIRST = (1280, 720)
_SETTLE = 150  # milliseconds that changes are gathered before the marks are asked for again
_HALF_MINUTE = 30_000


class MainWindow(QMainWindow):
    """Shows one open event. `closed` is emitted when the user closes it; its owner closes desk and store."""

    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("mainWindow")
        self.setMinimumSize(*_LEAST)
        self.resize(*_FIRST)
        self._desk = desk
        self._pages: dict[str, Page] = {}
        self._places: dict[str, Any] = {}  # what was in sight of each page before the window was built anew
        self._current = "home"
        self._lets_go = False
        self._then: Callable[[], object] | None = None
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE)
        self._settle.timeout.connect(self.show_readiness)
        self._half_minute = QTimer(self)
        self._half_minute.setInterval(_HALF_MINUTE)
        self._half_minute.timeout.connect(self._on_half_minute)
        self._half_minute.start()
        self._build()
        self._add_shortcuts()
        desk.going.connect(self.go)
        desk.bus.changed.connect(self._settle.start)
        desk.readiness_renewed.connect(self.show_readiness)
        desk.closing.connect(self._half_minute.stop)
        desk.closing.connect(self._settle.stop)
        self._clock = BackupClock(desk, self)
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.timeout.connect(self._load_pages)
        desk.closing.connect(self._idle.stop)
        self._idle.start(_SETTLE)
        if desk.settings.geometry:
            self.restoreGeometry(desk.settings.geometry)

    @property
    def current_page(self) -> Page:
        """The page in sight."""
        return self._pages[self._current]

    def go(self, key: str, target: Any = None) -> None:
        """Bring a page into sight, and what `target` names on it."""
        page = self._page(key)
        self._current = key
        self._stack.setCurrentWidget(page)
        self._rail.show_current(key)
        if target is not None:
            page.show_target(target)

    def asks_first(self, then: Callable[[], object]) -> bool:
        """Whether something would be lost if the event were closed now. Then the user is asked, and `then` is called
        once he lets it go."""
        lost = [text for page in self._pages.values() if (text := page.what_is_lost())]
        if self._lets_go or not lost:
            return False
        self._then = then
        question = _("Close the event?")
        dialogs.confirm(self, question, "\n".join(lost), self._let_go, yes=_("Close and lose them"), danger=True)
        return True

    def show_readiness(self) -> None:
        """Ask how far the event is; show it in rail, top bar and title."""
        ready = self._desk.readiness()
        self._rail.show_marks(ready.marks)
        name = ready.event_name or self._desk.store.path.stem
        self._top_bar.show_event(name, ready.stage, ready.stage_tone)
        self._status.show_venue(ready.venue)
        self.setWindowTitle(f"{name} – {_('Biwu')}")

    def change_language(self) -> None:
        """Speak the other language: the window is built anew around the same open event."""
        reasons = [reason for page in self._pages.values() if (reason := page.why_it_stays())]
        if reasons:
            self._desk.say(reasons[0])
            return
        self._desk.settings.language = language.use_next()
        self._desk.forget_readiness()
        self._rebuild()

    def change_theme(self) -> None:
        """Light or dark."""
        self._desk.settings.dark = not self._desk.settings.dark
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.apply(app, dark=self._desk.settings.dark)
        self._desk.theme_changed.emit()

    def ask_operator(self) -> None:
        """Ask who is at the desk now: by name and PIN where people sign in, else by name alone."""
        if self.findChild(SignInDialog) is not None:
            return
        if not operators(self._desk.store):
            self.ask_name()
            return
        dialog = SignInDialog(self, self._desk)
        dialog.free_name_wanted.connect(self.ask_name)
        dialog.open()

    def ask_name(self) -> None:
        """Ask for the name of who is at the desk without a PIN."""
        dialogs.ask_text(
            self,
            _("Who is at the desk?"),
            _("The name is written with everything that is done from now on."),
            _("Name"),
            self._desk.sit_down,
            value=self._desk.settings.operator,
        )

    def show_keys(self) -> None:
        """List the keys that work everywhere, then those of the page in sight."""
        lines = [
            ("F2", _("Scan a badge (check-in)")),
            (SWITCH_KEY, _("Somebody else takes the desk over")),
            ("Ctrl+1 … 0", _("The pages in the order of the rail")),
            ("Ctrl+L", _("Change the language")),
            ("F11", _("Full screen")),
            ("Ctrl+C", _("Copy the selected rows of a table")),
            *self.current_page.keys(),
        ]
        dialogs.inform(self, _("Keys"), "\n".join(f"{keys}    {words}" for keys, words in lines))

    def _let_go(self) -> None:
        self._lets_go, then, self._then = True, self._then, None
        if then is not None:
            then()

    def _page(self, key: str) -> Page:
        if key not in self._pages:
            page_class = getattr(importlib.import_module(f"ui.pages.{key}"), PAGES[key])
            self._pages[key] = page_class(self._desk)
            self._stack.addWidget(self._pages[key])
            place = self._places.pop(key, None)
            if place is not None:
                self._pages[key].show_target(place)
        return self._pages[key]

    def _load_pages(self) -> None:
        self._desk.tasks.run(_import_pages, self._on_imported, title="")

    def _on_imported(self, _nothing: None) -> None:
        """The pages open at once now."""

    def _build(self) -> None:
        centre = QWidget()
        layout = QVBoxLayout(centre)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._top_bar = TopBar(self._desk, centre)
        self._top_bar.operator_wanted.connect(self.ask_operator)
        self._top_bar.language_wanted.connect(self.change_language)
        self._top_bar.theme_wanted.connect(self.change_theme)
        self._top_bar.backups_wanted.connect(self._go_to_backups)
        self._rail = Rail(centre)
        self._rail.wanted.connect(self.go)
        self._stack = QStackedWidget()
        self._status = StatusLine(self._desk, centre)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self._rail)
        middle.addWidget(self._stack, 1)
        layout.addWidget(self._top_bar)
        layout.addLayout(middle, 1)
        layout.addWidget(self._status)
        self.setCentralWidget(centre)
        self.show_readiness()
        self.go(self._current)
        centre.setFocus()

    def _rebuild(self) -> None:
        self._places |= {key: page.place() for key, page in self._pages.items()}
        self._pages.clear()
        self._build()  # the new central widget has Qt delete the old one, with its pages

    def _add_shortcuts(self) -> None:
        for number, key in enumerate(PAGES):
            if shortcut_of(number):
                self._add_key(shortcut_of(number), self._on_page_key, key)
        self._add_key("F1", self.show_keys)
        self._add_key("F2", self._go_to_scan)
        self._add_key(SWITCH_KEY, self.ask_operator)
        self._add_key("Ctrl+L", self.change_language)
        self._add_key("F11", self._toggle_full_screen)

    def _add_key(self, keys: str, slot: Any, data: str = "") -> None:
        action = QAction(self)
        action.setShortcut(QKeySequence(keys))
        action.setData(data)
        action.triggered.connect(slot)
        self.addAction(action)

    def _on_page_key(self) -> None:
        action = self.sender()
        assert isinstance(action, QAction)
        self.go(action.data())

    def _go_to_scan(self) -> None:
        self.go("checkin", "scan")

    def _go_to_backups(self) -> None:
        self.go("backups")

    def _toggle_full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ self.windowState().WindowFullScreen)

    def _on_half_minute(self) -> None:
        self._desk.outdate_readiness()
        self.show_readiness()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.asks_first(self.close):
            event.ignore()
            return
        self._desk.settings.geometry = self.saveGeometry()
        super().closeEvent(event)
        self.closed.emit()


def _import_pages(report: Progress) -> None:
    for key in PAGES:
        importlib.import_module(f"ui.pages.{key}")
        report()
