"""Which window is open: the choice of events, or one event."""

from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths

from data import store as stores
from data.errors import FileProblem, UserError
from data.i18n import _
from data.store import Store
from ui import language
from ui.desk import Desk
from ui.errors import show_error
from ui.main_window import MainWindow
from ui.settings import Settings
from ui.start_window import StartWindow


def events_folder() -> Path:
    """Where new events go unless the user says otherwise."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(documents) / "比武台"


class Application(QObject):
    """Opens, creates and leaves events. One event is open at a time; closing its window closes its file."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self._start: StartWindow | None = None
        self._store: Store | None = None
        self._desk: Desk | None = None
        self.window: MainWindow | None = None

    @property
    def start(self) -> StartWindow | None:
        """The choice of events, while it is shown."""
        return self._start

    def show_start(self) -> None:
        """Let the user create or open an event."""
        if self._start is None:
            self._start = StartWindow(self._settings, events_folder())
            self._start.create_wanted.connect(self.create_event)
            self._start.open_wanted.connect(self.open_event)
            self._start.demo_wanted.connect(self.open_demo)
            self._start.language_wanted.connect(self._change_language)
        self._start.show()

    def create_event(self, path: Path) -> None:
        """Make a new, empty event file and show it; an error is told to the user."""
        try:
            _make_folder(path.parent)
            self._show_event(stores.create(path))
        except UserError as error:
            self._tell(error)

    def open_event(self, path: Path) -> None:
        """Show an event file; an error (in use, newer, damaged, missing) is told to the user."""
        try:
            self._show_event(stores.open_store(path))
        except UserError as error:
            self._tell(error)

    def open_demo(self) -> None:
        """Copy the demo event and show the copy."""
        from data import demo  # builds on every module of the day: loaded when it is wanted

        try:
            folder = events_folder()
            _make_folder(folder)
            self._show_event(stores.open_store(demo.make_copy(folder)))
        except UserError as error:
            self._tell(error)

    def close_event(self) -> None:
        """Join the workers and close the file."""
        if self.window is not None:
            self.window.deleteLater()
            self.window = None
        if self._desk is not None:
            self._desk.close()
            self._desk.deleteLater()
            self._desk = None
        if self._store is not None:
            self._store.close()
            self._store = None

    def leave_event(self) -> None:
        """Close the event and let the user choose another, unless something would be lost that he wants to keep."""
        if self.window is not None and self.window.asks_first(self.leave_event):
            return
        self.show_start()
        if self.window is not None:
            self.window.close()

    def _show_event(self, store: Store) -> None:
        self.close_event()
        self._store = store
        self._settings.remember_recent(store.path)
        self._desk = Desk(store, self._settings)
        self._desk.leaving.connect(self.leave_event)
        self.window = MainWindow(self._desk)
        self.window.closed.connect(self.close_event)
        self.window.show()
        if self._start is not None:
            self._start.close()
            self._start.deleteLater()
            self._start = None

    def _tell(self, error: UserError) -> None:
        if self.window is None:
            self.show_start()
        show_error(self.window or self._start, error)

    def _change_language(self) -> None:
        self._settings.language = language.use_next()
        assert self._start is not None
        self._start.rebuild()


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileProblem(
            _("The folder could not be made."), where=f"{folder}: {error.strerror}", todo=_("Choose another folder.")
        ) from error
