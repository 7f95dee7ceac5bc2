"""What is taken back on the floor, an incident or a lane too many; and who says that he comes later."""

import pytest
from PySide6.QtCore import Qt, QTime
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFrame, QLabel, QPushButton

from data import models
from data.actions import running
from data.queries import schedule
from data.store import Store
from tests.data.floor import OPENS, Clock, set_up
from ui.pages.running import RunningPage
from ui.question import Question
from ui.widgets.running.board_dialog import BoardDialog
from ui.widgets.running.board_reader import BoardRead
from ui.widgets.running.lane_card import KEYS


@pytest.fixture
def floor(store: Store) -> Clock:
    return set_up(store, 8, 3, 2)


@pytest.fixture
def page(show_page, store: Store, floor: Clock, qtbot) -> RunningPage:
    shown = show_page(RunningPage, store)
    qtbot.waitUntil(lambda: not shown.is_busy)
    return shown


def visit(store: Store, number: str) -> int:
    return next(slot for slot in schedule.slots(store) if slot.number == number).visit_id


def said(page: RunningPage) -> str:
    return " ".join(frame.findChild(QLabel, "stripText").text() for frame in page.findChildren(QFrame, "said"))


def answer(qtbot, page: RunningPage, reason: str) -> None:
    asked = page.findChild(Question)
    asked.field.setText(reason)
    asked.yes.click()
    qtbot.waitUntil(lambda: page.findChild(Question) is None)


def take_back(page: RunningPage) -> list[QPushButton]:
    return [found for found in page.card.findChildren(QPushButton) if found.objectName().startswith("withdraw:")]


def incidents(page: RunningPage) -> list[str]:
    line = page.table.current()
    return [row.text for row in page._read.incidents_of(line.row)]


def test_an_incident_is_taken_back_at_its_lane_by_key(qtbot, page: RunningPage, floor: Clock) -> None:
    store = page.desk.store
    first = visit(store, "N-001")
    running.start_visit(store, "李敏", first)
    running.report_incident(store, "李敏", first, 150_000, "监护仪故障")
    running.report_incident(store, "李敏", first, 0, "口令没听清")
    page.table.choose(("S1", 1))
    qtbot.waitUntil(lambda: len(take_back(page)) == 2)
    texts = page.card._incidents.itemAt(0).layout().itemAt(0).widget().text()
    assert texts == "▲ 08:00 监护仪故障 (+2:30 given back)"
    assert "+3 min given back" in page.card._now_detail.text()
    button = take_back(page)[0]
    page.reread()
    assert take_back(page)[0] is button  # the board is read every few seconds under the user's hand
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    answer(qtbot, page, "记错了人")
    assert said(page) == "✓ The incident of the visit of N-001 选手1 is taken back."
    assert incidents(page) == ["口令没听清"]
    assert len(take_back(page)) == 1
    assert "given back" not in page.card._now_detail.text()
    assert page._changed  # the visit ends earlier: the rest may be timed anew
    with store.read():
        assert models.Incident.select().count() == 1


def test_after_its_end_a_visit_shows_its_incidents_until_the_next_begins(qtbot, page: RunningPage, floor) -> None:
    store = page.desk.store
    running.start_visit(store, "李敏", visit(store, "N-001"))
    running.report_incident(store, "李敏", visit(store, "N-001"), 0, "停电")
    floor.minute += 10
    running.end_visit(store, "李敏", visit(store, "N-001"))
    page.table.choose(("S1", 1))
    qtbot.waitUntil(lambda: len(take_back(page)) == 1 and page.card.line.row.current is None)
    take_back(page)[0].click()
    answer(qtbot, page, "没有影响")
    assert take_back(page) == []
    assert not page._changed  # no time was given back
    page.table.choose(("S1", 2))
    assert page._read.incidents_of(page.table.current().row) == ()
    assert BoardRead().incidents == {}


def test_a_lane_too_many_is_removed_while_nobody_uses_it(qtbot, page: RunningPage) -> None:
    store = page.desk.store
    page.table.choose(("S1", 2))
    assert not page.card.more("remove_lane").isVisible()
    running.add_lane(store, "李敏", "S1", [("赵强", "")])
    qtbot.waitUntil(lambda: page.table.choose(("S1", 3)))
    assert page.card.more("remove_lane").isVisible()
    page.card.more("remove_lane").trigger()
    answer(qtbot, page, "裁判没到")
    assert said(page) == "✓ S1 考站S1 has 2 lanes again."
    assert not page.table.choose(("S1", 3))
    running.add_lane(store, "李敏", "S1", [("赵强", "")])
    running.start_visit(store, "李敏", visit(store, "N-001"), 3)
    qtbot.waitUntil(lambda: page.table.choose(("S1", 3)) and page.card.line.row.current is not None)
    assert not page.card.more("remove_lane").isVisible()


def test_who_is_next_and_says_he_comes_later_is_not_called_before(qtbot, page: RunningPage, store: Store) -> None:
    page.table.choose(("S1", 1))
    page.activateWindow()
    assert QTest.qWaitForWindowActive(page)
    QTest.keySequence(page.window(), KEYS["missing"])
    asked = next(found for found in page.findChildren(BoardDialog) if found.isVisible())
    assert not asked.time.isEnabled()
    asked.choices.button(1).click()
    assert asked.time.time() == QTime(8, 30)
    asked.time.setTime(QTime(9, 5))
    asked.reason.setText("来电说堵车")
    asked.yes.click()
    qtbot.waitUntil(lambda: not page.findChildren(BoardDialog))
    assert said(page).startswith("✓ N-001 选手1 is not called before 09:05.")
    with store.read():
        assert models.Entrant.get(models.Entrant.number == "N-001").ready_minute == OPENS + 65
    assert page._changed
