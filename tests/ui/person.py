"""A person at the desk, for tests of a whole day: sees what is visible, clicks it, types, and looks at pictures."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QLineEdit,
    QListWidget,
    QMainWindow,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from data.i18n import language
from ui.application import Application
from ui.pages.page import Page

ENTER = Qt.Key.Key_Return
ESCAPE = Qt.Key.Key_Escape
LEFT = Qt.MouseButton.LeftButton
SIZES = ((1280, 720), (1920, 1080))
_PATIENCE_MS = 60_000
# A folder for pictures of every page, for people to look at; without it no picture is made.
_PICTURES = os.environ.get("BIWU_PICTURES")

W = TypeVar("W", bound=QWidget)


class Person:
    """Works on the window that is open. Does nothing but look, move the mouse and press keys."""

    def __init__(self, qtbot: QtBot, application: Application) -> None:
        self._qtbot = qtbot
        self._application = application
        self._taken = 0

    @property
    def window(self) -> QMainWindow:
        """The event's window, or the choice of events."""
        window = self._application.window or self._application.start
        assert window is not None
        return window

    @property
    def page(self) -> Page:
        """The page in sight."""
        assert self._application.window is not None
        return self._application.window.current_page

    @property
    def front(self) -> QWidget:
        """What takes input: the dialog in front, or the window."""
        open_dialogs = [dialog for dialog in self.window.findChildren(QDialog) if dialog.isVisible()]
        return open_dialogs[-1] if open_dialogs else self.window

    def see(self, kind: type[W], name: str) -> W:
        """The visible widget with this object name, or the visible button with this text."""
        found = self._visible(kind, name)
        assert len(found) == 1, f"{len(found)} × {name!r} in sight"
        return found[0]

    def _visible(self, kind: type[W], name: str) -> list[W]:
        return [
            widget
            for widget in self.front.findChildren(kind)
            if widget.isVisible()
            and (widget.objectName() == name or (isinstance(widget, QAbstractButton) and widget.text() == name))
        ]

    def click(self, name: str) -> None:
        """Press the button with this name or text as soon as it can be pressed."""
        self.wait(lambda: any(button.isEnabled() for button in self._visible(QAbstractButton, name)))
        QTest.mouseClick(self.see(QAbstractButton, name), LEFT)
        self.breathe()

    def click_line(self, name: str, row: int) -> None:
        """Click a line of a list."""
        lines = self.see(QListWidget, name)
        place = lines.visualItemRect(lines.item(row)).center()
        QTest.mouseClick(lines.viewport(), LEFT, pos=place)
        self.breathe()

    def tick_line(self, name: str, row: int) -> None:
        """Choose a line of a list and tick it with the space bar."""
        self.click_line(name, row)
        QTest.keyClick(self.see(QListWidget, name), Qt.Key.Key_Space)
        self.breathe()

    def click_tab(self, name: str, number: int) -> None:
        """Click a tab."""
        bar = self.see(QTabBar, name)
        QTest.mouseClick(bar, LEFT, pos=bar.tabRect(number).center())
        self.breathe()

    def go(self, key: str) -> None:
        """Click a page in the rail."""
        self.click(f"rail:{key}")
        self.wait_until_idle()

    def press(self, *keys: str | Qt.Key) -> None:
        """Keys to whatever has the focus, as a keyboard or a scanner sends them."""
        front = self._turn_to(self.front)
        for key in keys:
            focus = front.focusWidget()
            assert focus is not None
            if isinstance(key, str):
                QTest.keyClicks(focus, key)
            else:
                QTest.keyClick(focus, key)

    def press_shortcut(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """A key that the whole window knows."""
        QTest.keyClick(self._turn_to(self.window), key, modifier)
        self.breathe()

    def write(self, name: str, text: str) -> None:
        """Click a field and type into it; Chinese arrives at once, as an input method commits it."""
        field = self.see(QLineEdit, name)
        QTest.mouseClick(field, LEFT, pos=QPoint(8, field.height() // 2))
        if text.isascii():
            QTest.keyClicks(field, text)
        else:
            field.setText(text)

    def answer(self, reason: str = "") -> None:
        """Answer the question in front with its verb, after writing the reason that it asks for."""
        self.wait(lambda: isinstance(self.front, QDialog))
        question = self.front
        if reason:
            self.write("field", reason)
        self.click("yes")
        self.wait(lambda: question not in self.window.findChildren(QDialog))
        self.wait_until_idle()

    def wait(self, condition: Callable[[], object]) -> None:
        """Wait until something is so."""
        self._qtbot.waitUntil(condition, timeout=_PATIENCE_MS)

    def wait_until_idle(self) -> None:
        """Wait until all long work is done and shown."""
        self.breathe()
        if self._application.window is not None:
            self.wait(lambda: not self.page.desk.tasks.running)
        self.breathe()

    def _turn_to(self, window: QWidget) -> QWidget:
        if not window.isActiveWindow():
            window.activateWindow()
            self.wait(window.isActiveWindow)
        return window

    def breathe(self) -> None:
        """Let the window show what happened."""
        QApplication.processEvents()

    def look(self, name: str) -> None:
        """Take pictures of what is in sight, in both sizes, for people to look at."""
        if not _PICTURES:
            return
        self.wait_until_idle()
        self._taken += 1
        for width, height in SIZES:
            self.window.resize(width, height)
            self.wait_until_idle()
            picture = self.window.grab()
            if isinstance(self.front, QDialog):
                dialog = self.front.grab()
                painter = QPainter(picture)
                painter.drawPixmap((width - self.front.width()) // 2, (height - self.front.height()) // 2, dialog)
                painter.end()
            picture.save(str(Path(_PICTURES) / f"{language()}-{self._taken:02}-{name}-{width}.png"))
        self.window.resize(*SIZES[0])
