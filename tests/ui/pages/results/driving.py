"""What the tests of the results page share: the page read and driven as a person at the desk would."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QPushButton

from ui.pages.results import ResultsPage


def read(qtbot, page: ResultsPage) -> None:
    qtbot.waitUntil(lambda: not page.is_reading and not page._stale and not page.is_busy)
    QTest.qWait(1)
    qtbot.waitUntil(lambda: not page._soon.isActive() and not page.is_reading)


def told(page: ResultsPage) -> str:
    return page.findChild(QLabel, "pagePurpose").text()


def open_dialog(parent, name: str) -> QDialog:
    return next(found for found in parent.findChildren(QDialog, name) if found.isVisible())


def click(parent, name: str) -> None:
    QTest.qWait(1)  # what was made just now is shown in the next turn of the event loop
    QTest.mouseClick(shown(parent, name), Qt.MouseButton.LeftButton)


def shown(parent, name: str) -> QPushButton:
    return next(button for button in parent.findChildren(QPushButton, name) if button.isVisible())


def finalise(qtbot, page: ResultsPage, reason: str = "") -> None:
    before = len(page._state.versions)
    click(page, "primary")
    question = open_dialog(page, "question")
    if reason:
        question.findChild(QLineEdit, "field").insert(reason)
    click(question, "yes")
    qtbot.waitUntil(lambda: len(page._state.versions) == before + 1)
    read(qtbot, page)


def decode(qtbot, page, chief: str = "裁判11", witness: str = "赵敏") -> None:
    """As the two of them do, from the panel above the standings."""
    click(page.sealing, "decode")
    dialog = open_dialog(page, "decodingDialog")
    dialog.chief.setText(chief)
    dialog.witness.setText(witness)
    dialog.yes.click()
    qtbot.waitUntil(lambda: not page._reading and page._state is not None and not page._state.nameless)


def blocked(page: ResultsPage) -> list[str]:
    return [blocker.code for blocker in page._state.blockers]


def lines(page: ResultsPage) -> list[list[str]]:
    model = page.standings.view.table.model
    return [[column.text(row) for column in model.columns] for row in model.rows()]


def headers(page: ResultsPage) -> list[str]:
    return [column.title for column in page.standings.view.table.model.columns]


def tip(page: ResultsPage, row: int, column: str) -> str:
    model = page.standings.view.table.model
    return model.data(model.index(row, headers(page).index(column)), Qt.ItemDataRole.ToolTipRole)


def changes(page: ResultsPage) -> list[tuple[str, str, str, str]]:
    return [(one.name, one.what, one.before, one.after) for one in page.versions.view.changes.model.rows()]
