"""What the tests of the running day share: the board read and driven as a person at the desk would."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QFrame, QLabel, QPushButton

from data.queries import entrants
from data.queries.plan import event_code
from data.rules import identity
from ui.pages.running import RunningPage
from ui.widgets.running.board_dialog import BoardDialog


def badge(page: RunningPage, number: str) -> str:
    row = entrants.by_number(page.desk.store, number)
    assert row is not None
    return identity.badge_code(event_code(page.desk.store), row.token)


def scan(page: RunningPage, text: str) -> None:
    QTest.keyClicks(page.scan, text)
    QTest.keyClick(page.scan, Qt.Key.Key_Return)


def texts(page: RunningPage, name: str) -> list[str]:
    return [frame.findChild(QLabel, "stripText").text() for frame in page.findChildren(QFrame, name)]


def said(page: RunningPage) -> str:
    return " ".join(texts(page, "said"))


def strip(page: RunningPage) -> str:
    return " ".join(texts(page, "dayStrip"))


def press(page: RunningPage, keys: str) -> None:
    """A key of the page, as its shortcut hears it: in the active window, which a closed dialog leaves behind."""
    page.activateWindow()
    assert QTest.qWaitForWindowActive(page)
    QTest.keySequence(page.window(), keys)


def choose(page: RunningPage, station: str, lane: int) -> None:
    assert page.table.choose((station, lane))


def line(page: RunningPage, station: str, lane: int) -> list[str]:
    """The cells of a lane, in the order in sight."""
    rows = page.table.model.rows()
    number = next(place for place, row in enumerate(rows) if row.key == (station, lane))
    return [page.table.model.index(number, column).data() for column in range(5)]


def shown(page: RunningPage, name: str) -> str:
    return page.card.findChild(QLabel, name).text()


def dialog(page: RunningPage) -> BoardDialog:
    return next(found for found in page.findChildren(BoardDialog) if found.isVisible())


def press_yes(qtbot, page: RunningPage, asked: QDialog) -> None:
    asked.yes.click()
    qtbot.waitUntil(lambda: asked not in page.findChildren(QDialog))


def button(page: RunningPage, name: str) -> QPushButton:
    return page.findChildren(QPushButton, name)[-1]


def read_anew(page: RunningPage) -> None:
    """What the page's own clock does every ten seconds."""
    page._tick.timeout.emit()


def idle(qtbot, page: RunningPage) -> None:
    qtbot.waitUntil(lambda: not page.is_busy and not page.desk.tasks.running)


def begin(page: RunningPage, *numbers: str) -> None:
    for number in numbers:
        scan(page, badge(page, number))
