"""Theory marks typed by hand, with the checks of a file."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from data import models
from data.actions import theory
from data.queries import entrants
from data.queries.plan import event_code
from data.queries.theory_marks import TheoryRow, theory_rows
from data.rules import identity
from data.store import Store
from ui.desk import Desk
from ui.pages.score_entry import ScoreEntryPage
from ui.question import Question
from ui.widgets.entry.theory_desk import TheoryDesk

ENTER = Qt.Key.Key_Return


@pytest.fixture
def tab(qtbot: QtBot, make_desk: Callable[[Store], Desk], nursing_scheduled: Store) -> TheoryDesk:
    page = ScoreEntryPage(make_desk(nursing_scheduled))
    qtbot.addWidget(page)
    page.resize(1080, 640)
    page.show()
    qtbot.waitExposed(page)
    page.show_target("theory")
    qtbot.waitUntil(lambda: page.tabs.currentWidget() is page.theory_marks)
    return page.theory_marks


def press(qtbot: QtBot, tab: TheoryDesk, *keys: str | Qt.Key) -> None:
    for key in keys:
        focus = tab.window().focusWidget()
        assert focus is not None
        if isinstance(key, Qt.Key):
            qtbot.keyClick(focus, key)
        else:
            qtbot.keyClicks(focus, key)


def marks(store: Store) -> list[tuple[int, int, str]]:
    with store.read():
        rows = models.TheoryMark.select().order_by(models.TheoryMark.id)
        return [(row.entrant_id, row.value_milli, row.reason) for row in rows]


def test_mark_after_mark_by_keyboard_alone(tab: TheoryDesk, nursing_scheduled: Store, qtbot: QtBot) -> None:
    first, second = theory_rows(nursing_scheduled)[:2]
    assert tab.title() == "Theory (42)"
    press(qtbot, tab, ENTER, "8", "7", ".", "5", ENTER, ENTER, "9", "1", ENTER)
    assert marks(nursing_scheduled) == [(first.entrant_id, 87_500, ""), (second.entrant_id, 91_000, "")]
    qtbot.waitUntil(lambda: tab.title() == "Theory (40)")
    assert tab.window().focusWidget() is tab.scan


def test_more_than_100_is_refused_at_the_key(tab: TheoryDesk, qtbot: QtBot) -> None:
    press(qtbot, tab, ENTER, "101")
    assert tab.field.input.text() == "10"
    assert "0 to 100" in tab.findChild(QLabel, "theoryTold").text()
    assert "half typed" in tab.why_it_stays()
    press(qtbot, tab, Qt.Key.Key_Escape)
    assert tab.why_it_stays() == ""


def test_what_is_left_of_a_refused_mark_is_not_taken_at_once(
    tab: TheoryDesk, nursing_scheduled: Store, qtbot: QtBot
) -> None:
    press(qtbot, tab, ENTER, "105", ENTER)
    assert marks(nursing_scheduled) == []
    assert "Look at the mark" in tab.findChild(QLabel, "theoryTold").text()
    assert tab.field.input.selectedText() == "10"
    press(qtbot, tab, "95.5")
    assert tab.findChild(QLabel, "theoryTold").text() == ""
    press(qtbot, tab, ENTER, ENTER, "105", ENTER, ENTER)
    assert [value for _entrant, value, _reason in marks(nursing_scheduled)] == [95_500, 10_000]


def test_a_badge_or_a_number_opens_its_entrant(tab: TheoryDesk, nursing_scheduled: Store, qtbot: QtBot) -> None:
    row = theory_rows(nursing_scheduled)[7]
    token = entrants.entrant(nursing_scheduled, row.entrant_id).token
    press(qtbot, tab, identity.badge_code(event_code(nursing_scheduled), token), ENTER, "60", ENTER)
    other = theory_rows(nursing_scheduled)[3]
    press(qtbot, tab, (other.number or "").lower(), ENTER, "61", ENTER)
    assert marks(nursing_scheduled) == [(row.entrant_id, 60_000, ""), (other.entrant_id, 61_000, "")]
    press(qtbot, tab, "nobody", ENTER)
    assert tab.list.model.rows() == []
    press(qtbot, tab, Qt.Key.Key_Escape)


def test_a_correction_needs_a_reason(tab: TheoryDesk, nursing_scheduled: Store, qtbot: QtBot) -> None:
    row = theory_rows(nursing_scheduled)[0]
    theory.set_theory(nursing_scheduled, "李敏", row.entrant_id, 80_000)
    qtbot.waitUntil(lambda: tab.title() == "Theory (41)")
    tab.list.set_filter("Not in yet", False)
    tab.list.opened.emit(tab.list.model.rows()[0])
    press(qtbot, tab, "81", ENTER)
    question = tab.findChild(Question)
    question.findChild(QLineEdit, "field").setText("看错")
    qtbot.mouseClick(question.findChild(QPushButton, "yes"), Qt.MouseButton.LeftButton)
    assert marks(nursing_scheduled) == [(row.entrant_id, 80_000, ""), (row.entrant_id, 81_000, "看错")]
    qtbot.waitUntil(lambda: theory_rows(nursing_scheduled)[0].value_milli == 81_000)


def test_when_all_are_in_enter_says_so(tab: TheoryDesk, nursing_scheduled: Store, qtbot: QtBot) -> None:
    for row in theory_rows(nursing_scheduled):
        theory.set_theory(nursing_scheduled, "李敏", row.entrant_id, 80_000)
    qtbot.waitUntil(lambda: tab.title() == "Theory")
    said: list[str] = []
    tab.desk.said.connect(said.append)
    press(qtbot, tab, ENTER)
    assert said == ["Every theory mark is in."]


def test_a_click_opens_and_a_division_without_theory_is_told(
    tab: TheoryDesk, nursing_scheduled: Store, qtbot: QtBot
) -> None:
    tab.list.view.setCurrentIndex(tab.list.model.index(2, 0))
    tab.list.view.clicked.emit(tab.list.model.index(2, 0))
    assert tab.field.isVisible()
    press(qtbot, tab, Qt.Key.Key_Escape)
    said: list[str] = []
    tab.desk.said.connect(said.append)
    row = theory_rows(nursing_scheduled)[0]
    tab.show_found([])
    token = entrants.entrant(nursing_scheduled, row.entrant_id).token
    press(qtbot, tab, identity.badge_code(event_code(nursing_scheduled), token), ENTER)
    assert said == ["The division of this entrant counts no theory mark."]


def test_names_stay_sealed(tab: TheoryDesk, nursing_scheduled: Store) -> None:
    rows: list[TheoryRow] = theory_rows(nursing_scheduled)
    assert all((row.name, row.unit) == (row.number, "") for row in rows)


def test_an_event_without_theory_has_no_such_tab(
    qtbot: QtBot, make_desk: Callable[[Store], Desk], scheduled: Store
) -> None:
    page = ScoreEntryPage(make_desk(scheduled))
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: not page.theory_marks.is_reading)
    assert not page.tabs.isTabVisible(page.tabs.indexOf(page.theory_marks))
    button = page.findChild(QPushButton, "importTheory")
    qtbot.waitUntil(page.tabs.isVisible)
    assert button.isHidden()


def test_the_list_says_the_division_and_leaves_out_what_is_sealed(tab: TheoryDesk, nursing_scheduled: Store) -> None:
    def shown() -> list[str]:
        titles = [column.title for column in tab.list.model.columns]
        return [title for number, title in enumerate(titles) if not tab.list.view.isColumnHidden(number)]

    assert shown() == ["Number", "Division", "Theory mark"]
    assert tab.list.model.rows()[0].division == "全县·护理组"
    assert tab.window().findChild(QPushButton, "importTheory").isVisible()
    tab.show_found([replace(row, name="王芳", unit="第一医院") for row in theory_rows(nursing_scheduled)])
    assert shown() == ["Number", "Name", "Unit", "Division", "Theory mark"]
