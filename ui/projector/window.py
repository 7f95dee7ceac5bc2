"""The window on the projector. It never covers the operator: without a screen of its own it stays a small window."""

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QHideEvent, QKeyEvent, QScreen, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from data.i18n import _
from ui import screens
from ui.projector.slide_view import SlideView

_SMALL = (960, 540)


class ProjectorWindow(QWidget):
    """Shows slides in its `view`. When its screen is unplugged it goes, and comes back by itself with the screen.

    Signals: visibility_changed; pressed(key): a key that the window itself has no use for.
    """

    visibility_changed = Signal()
    pressed = Signal(int)

    def __init__(self, desk_window: QWidget) -> None:
        super().__init__(desk_window, Qt.WindowType.Window)
        self.setObjectName("projectorWindow")
        self.setWindowTitle(_("Projector"))
        self._on = ""  # identity of the screen it fills, empty in a window
        self._lost = ""  # identity of the screen that was unplugged while it was filled
        self.view = SlideView()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view)
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.screenRemoved.connect(self._on_screen_removed)
        app.screenAdded.connect(self._on_screen_added)

    @property
    def fills_a_screen(self) -> bool:
        """Whether it is full-screen, as opposed to a small window beside the operator's."""
        return bool(self._on)

    def open_on(self, screen: QScreen | None) -> None:
        """Fill this screen; without one, or on the operator's own, open as a small window."""
        self._lost = ""
        parent = self.parentWidget()
        if screen is None or (parent is not None and screen == parent.window().screen()):
            self._on = ""
            self.setCursor(Qt.CursorShape.ArrowCursor)
            self.showNormal()
            self.resize(*_SMALL)
            return
        self._on = screens.identity(screen)
        self.setCursor(Qt.CursorShape.BlankCursor)
        self.setScreen(screen)
        self.setGeometry(QRect(screen.geometry()))
        self.showFullScreen()

    def _on_screen_removed(self, screen: QScreen) -> None:
        if self._on and screens.identity(screen) == self._on:
            lost, self._on = self._on, ""
            self.close()
            self._lost = lost

    def _on_screen_added(self, screen: QScreen) -> None:
        """A cable that came loose is put back: the hall sees the same as before."""
        if self._lost and screens.identity(screen) == self._lost:
            self.open_on(screen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            self.pressed.emit(event.key())

    def closeEvent(self, event: QCloseEvent) -> None:
        self._lost = ""
        super().closeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.visibility_changed.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.visibility_changed.emit()
