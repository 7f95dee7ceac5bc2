"""The screens of this computer, known by name and serial number, never by their place in a list."""

from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget


def identity(screen: QScreen) -> str:
    """What tells a screen from every other, also after it was unplugged: name, maker, model and serial number."""
    return "|".join((screen.name(), screen.manufacturer(), screen.model(), screen.serialNumber()))


def label(screen: QScreen) -> str:
    """What the user reads in a list of screens."""
    size = screen.size()
    model = screen.model() or screen.name()
    return f"{model}  {size.width()} × {size.height()}"


def find(wanted: str) -> QScreen | None:
    """The screen with this identity, if it is plugged in."""
    return next((screen for screen in QGuiApplication.screens() if identity(screen) == wanted), None)


def projector_screens(desk_window: QWidget) -> list[QScreen]:
    """The screens that may go full-screen: all but the one that the operator's window is on."""
    return [screen for screen in QGuiApplication.screens() if screen is not desk_window.screen()]


def choose_projector_screen(remembered: str, desk_window: QWidget) -> QScreen | None:
    """The screen to project on: the one used last, else the first that is not the operator's; None without one."""
    free = projector_screens(desk_window)
    return next((screen for screen in free if identity(screen) == remembered), free[0] if free else None)
