"""What the tests of the roster page share: the page opened, and what is in sight on it."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from tests.conftest import EXAMPLES
from ui.pages.roster import RosterPage

ROSTERS = EXAMPLES / "gaoan-2023" / "rosters"
MISTAKES = Path(__file__).parents[2] / "files" / "mistakes.xlsx"


def opened(qtbot, desk) -> RosterPage:
    page = RosterPage(desk)
    qtbot.addWidget(page)
    page.resize(1088, 630)
    page.show()
    idle(qtbot, page)
    return page


def idle(qtbot, page: RosterPage) -> None:
    qtbot.waitUntil(lambda: not page.desk.tasks.running and not page._soon.isActive(), timeout=10_000)


def seen(page: QWidget, text: str) -> QPushButton:
    """The button in sight with this text or name."""
    return next(
        button
        for button in page.findChildren(QPushButton)
        if text in (button.text(), button.objectName()) and button.isVisible()
    )


def strips(page: QWidget) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel, "stripText") if label.isVisible()]


def drop(page: RosterPage, path: Path) -> bool:
    """Drop a file on the page; returns whether it takes it."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    place, copy = QPoint(9, 9), Qt.DropAction.CopyAction
    enter = QDragEnterEvent(place, copy, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter.ignore()
    page.dragEnterEvent(enter)
    if enter.isAccepted():
        page.dropEvent(QDropEvent(place, copy, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier))
    return enter.isAccepted()
