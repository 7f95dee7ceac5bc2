"""What the hall sees: the leaderboard or the ceremony of a draw, never both, on one window that every page reaches."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QScreen
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from data.change import Change
from data.queries import draws as queries
from ui.desk import Desk
from ui.projector.ceremony import Ceremony
from ui.projector.ceremony_show import SPEEDS, CeremonyShow
from ui.projector.show import Show
from ui.projector.slides import BlankSlide, Slide
from ui.projector.window import ProjectorWindow

_TABLES = frozenset({"event", "draw", "decoding"})


class Hall(QObject):
    """The one projector of a desk. board: the leaderboard's show; ceremony: the draw that is shown, or None.

    While a ceremony is on, nothing of the leaderboard is shown or released; when it ends, the hall sees the
    title of the event. Black covers either.
    Signals: slide_changed(slide); state_changed: window, source, black, or what the sources tell differs.
    """

    slide_changed = Signal(object)
    state_changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self.board = Show(desk, desk)
        self.ceremony: CeremonyShow | None = None
        self.blank = False
        self._window: ProjectorWindow | None = None
        self._shown = self.slide
        self.board.slide_changed.connect(self._show)
        self.board.state_changed.connect(self.state_changed)
        desk.bus.changed.connect(self._on_change)
        desk.closing.connect(self._on_closing)

    @property
    def slide(self) -> Slide:
        """What is shown now."""
        if self.blank:
            return BlankSlide()
        return self.board.slide if self.ceremony is None else self.ceremony.slide

    @property
    def is_open(self) -> bool:
        """Whether the projector's window is there."""
        return self._has_window() and self._window.isVisible()

    def open_on(self, screen: QScreen | None, page: QWidget) -> None:
        """Show the window on a screen, or as a small one beside the window of `page`."""
        if not self._has_window():
            self._window = ProjectorWindow(page.window())
            self._window.visibility_changed.connect(self.state_changed)
            self._window.pressed.connect(self.press)
            self.slide_changed.connect(self._window.view.show_slide)
        self._window.view.show_slide(self.slide)
        self._window.open_on(screen)

    def close_window(self) -> None:
        """Take the window away; what it showed goes on and is there when it is opened again."""
        if self._has_window():
            self._window.close()

    def begin(self, ceremony: Ceremony) -> CeremonyShow:
        """Show a draw from its list on. The leaderboard is taken back first."""
        self.end()
        self.board.release([])
        self.ceremony = CeremonyShow(ceremony)
        self.ceremony.slide_changed.connect(self._show)
        self.ceremony.state_changed.connect(self.state_changed)
        self.set_blank(False)
        self._show()
        return self.ceremony

    def end(self) -> None:
        """Leave the ceremony for the title of the event."""
        if self.ceremony is not None:
            left, self.ceremony = self.ceremony, None
            left.hold(True)
            self.set_blank(False)

    def set_blank(self, on: bool) -> None:
        """Black, or back to what was shown."""
        self.blank = on
        if self.ceremony is not None:
            self.ceremony.hold(on)
        self._show()
        self.state_changed.emit()

    def press(self, key: int) -> bool:
        """One key for each thing, the same on the pages and on the projector. Returns whether the key means anything.

        B black; arrows and page keys turn. Leaderboard: F freeze. Ceremony: space on, S to the end of the stage,
        P pause, 1 2 3 slow, normal, fast.
        """
        if key == Qt.Key.Key_B:
            self.set_blank(not self.blank)
            return True
        return self._press_board(key) if self.ceremony is None else self._press_ceremony(self.ceremony, key)

    def _press_board(self, key: int) -> bool:
        match key:
            case Qt.Key.Key_F:
                self.board.set_frozen(not self.board.frozen)
            case Qt.Key.Key_Right | Qt.Key.Key_PageDown:
                self.board.next_page()
            case Qt.Key.Key_Left | Qt.Key.Key_PageUp:
                self.board.previous_page()
            case _:
                return False
        return True

    def _press_ceremony(self, show: CeremonyShow, key: int) -> bool:
        match key:
            case Qt.Key.Key_Space | Qt.Key.Key_Right | Qt.Key.Key_PageDown:
                show.next()
            case Qt.Key.Key_Left | Qt.Key.Key_PageUp:
                show.back()
            case Qt.Key.Key_S:
                show.skip()
            case Qt.Key.Key_P:
                show.set_playing(not show.playing)
            case Qt.Key.Key_1 | Qt.Key.Key_2 | Qt.Key.Key_3:
                show.set_speed(SPEEDS[key - Qt.Key.Key_1])
            case _:
                return False
        return True

    def _has_window(self) -> bool:
        """Whether there is a window: it goes with the one that it was opened beside."""
        return self._window is not None and isValid(self._window)

    def _show(self) -> None:
        slide = self.slide
        if slide != self._shown:
            self._shown = slide
            self.slide_changed.emit(slide)

    def _on_change(self, change: Change) -> None:
        """A draw that became sealed while it was shown loses its people at once."""
        show = self.ceremony
        if show is None or show.ceremony.sealed or not (change.tables & _TABLES and self._desk.is_open):
            return
        if queries.hides(self._desk.store, show.ceremony.kind):
            show.take(show.ceremony.as_sealed())

    def _on_closing(self) -> None:
        self.end()
        self.close_window()


def hall_of(desk: Desk) -> Hall:
    """The one hall of this desk; made when it is first asked for."""
    found = desk.findChild(Hall)
    return found if isinstance(found, Hall) else Hall(desk)
