"""Second entry at the desk, by keyboard alone: scan, type, Enter; nothing of the first typing is there to read."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QPushButton, QTableView, QWidget
from pytestqt.qtbot import QtBot

from data import models
from data.actions import marks, operators, setup
from data.queries import entrants, scores
from data.queries import readings as queries
from data.queries.plan import current_plan, event_code
from data.rules import identity
from data.store import Store
from ui.desk import Desk
from ui.pages.score_entry import ScoreEntryPage
from ui.question import Question
from ui.widgets.entry.read_desk import ReadDesk

ENTER = Qt.Key.Key_Return
FIRST, SECOND = "王芳", "李敏"  # the desk of the tests is taken by 李敏
PIN = "2468"
VALUES = {1: {"不均匀": 1}, 2: {}, 3: {}, 4: {}, 5: {}, 6: 52_000, 7: 9_500, 8: 8_000}


@pytest.fixture
def store(scheduled: Store) -> Store:
    """All sheets are to be read; the first three of the pile at T2 are in."""
    for name in (FIRST, SECOND):
        operators.add(scheduled, name, name, PIN)
        operators.sign_in(scheduled, name, PIN)
    plan = current_plan(scheduled)
    setup.save_plan(scheduled, FIRST, replace(plan, info=replace(plan.info, verify="all")), "复核")
    for row in pile(scheduled)[:3]:
        marks.hand_in(scheduled, FIRST, row.visit_id, row.seat, VALUES)
    return scheduled


@pytest.fixture
def page(qtbot: QtBot, make_desk: Callable[[Store], Desk], store: Store) -> ScoreEntryPage:
    made = ScoreEntryPage(make_desk(store))
    qtbot.addWidget(made)
    made.resize(1080, 640)
    made.show()
    qtbot.waitExposed(made)
    made.show_target("readings")
    qtbot.waitUntil(lambda: bool(made.readings.pile.model.rows()))
    made.show_target("readings")
    return made


@pytest.fixture
def desk(page: ScoreEntryPage) -> ReadDesk:
    return page.readings


def pile(store: Store) -> list[scores.QueueRow]:
    return scores.queue(store, "T2", only_missing=False)


def press(qtbot: QtBot, page: QWidget, *keys: str | Qt.Key) -> None:
    for key in keys:
        focus = page.window().focusWidget()
        assert isinstance(focus, QWidget)
        if isinstance(key, Qt.Key):
            qtbot.keyClick(focus, key)
        else:
            qtbot.keyClicks(focus, key)


def scan(qtbot: QtBot, page: ScoreEntryPage, row: scores.QueueRow) -> None:
    store = page.desk.store
    token = entrants.entrant(store, row.entrant_id).token
    press(qtbot, page, identity.sheet_code(event_code(store), token, row.station_code, row.seat), ENTER)


def type_items(qtbot: QtBot, page: ScoreEntryPage, seventh: str = "9.5") -> None:
    press(qtbot, page, "2", ENTER, ENTER, ENTER, ENTER, ENTER, "52", ENTER, seventh, ENTER, "8", ENTER)


def state(store: Store, place: int = 0) -> str:
    row = pile(store)[place]
    return queries.blank_sheet(store, row.visit_id, row.seat).state


def total(store: Store, place: int = 0) -> tuple[int, int]:
    row = pile(store)[place]
    mark = scores.open_sheet(store, row.visit_id, row.seat).mark
    assert mark is not None
    return mark.version, mark.total_milli


def told(page: ScoreEntryPage, name: str) -> str:
    return page.findChild(QLabel, name).text()


def texts(page: QWidget) -> list[str]:
    """Everything that can be read on a widget, in sight or not, tables and tips too."""
    found = []
    for widget in [page, *page.findChildren(QWidget)]:
        found.append(widget.toolTip())
        if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
            found.append(widget.text())
        if isinstance(widget, QTableView) and widget.model() is not None:
            model = widget.model()
            found += [
                str(model.index(row, column).data(role) or "")
                for row in range(model.rowCount())
                for column in range(model.columnCount())
                for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
            ]
    return found


def test_scan_type_total_and_ready_for_the_next(
    page: ScoreEntryPage, desk: ReadDesk, store: Store, qtbot: QtBot
) -> None:
    said: list[str] = []
    page.desk.said.connect(said.append)
    assert desk.scan.hasFocus()
    scan(qtbot, page, pile(store)[0])
    type_items(qtbot, page)
    press(qtbot, page, "89,5", ENTER)
    assert state(store) == "agreed"
    assert "both say the same" in said[-1]
    assert desk.scan.hasFocus()
    assert told(page, "readProgress") == "1 of 3 sheets verified"
    press(qtbot, page, ENTER)
    assert desk.pile.current().seat == 2


def test_nothing_of_the_first_typing_is_there_to_read(
    page: ScoreEntryPage, desk: ReadDesk, store: Store, qtbot: QtBot
) -> None:
    row = pile(store)[0]
    rare = {**VALUES, 6: 41_000, 7: 3_500}  # 77.5 in all, which stands nowhere else
    marks.hand_in(store, FIRST, row.visit_id, row.seat, rare, reason="重录")
    qtbot.waitUntil(lambda: page.entry.pile.model.rowCount() > 0)
    before = {key: texts(desk).count(key) for key in ("41", "3.5", "77.5", "78.5", "88.5", "83.5")}
    assert set(before.values()) == {0}
    scan(qtbot, page, row)
    assert desk.panel.form.values() == {}
    for text in texts(desk):
        assert not {"41", "3.5", "83.5"} & set(text.replace("：", " ").split()), text
    type_items(qtbot, page)
    assert desk.panel.total.text() == ""
    assert not [text for text in texts(desk) if "89.5" in text]  # nor what the items add up to
    press(qtbot, page, "83.5", ENTER)
    assert state(store) == "differs"
    assert "41 s  15" in " ".join(texts(desk))


def test_a_difference_is_decided_with_a_key_and_settled(
    page: ScoreEntryPage, desk: ReadDesk, store: Store, qtbot: QtBot
) -> None:
    scan(qtbot, page, pile(store)[0])
    type_items(qtbot, page, "9")
    press(qtbot, page, "89", ENTER)
    assert state(store) == "differs"
    assert told(page, "disputeTold") == "1 item is to be decided."
    assert "1 differs" in told(page, "readProgress")
    press(qtbot, page, "1")
    assert "same key again" in told(page, "disputeTold")
    press(qtbot, page, "2", "2")
    assert "Now the total" in told(page, "disputeTold")
    press(qtbot, page, "89", ENTER)
    assert (state(store), total(store)) == ("settled", (2, 89_000))
    mark = scores.open_sheet(store, pile(store)[0].visit_id, 1).mark
    assert mark.reason == "Compared with the paper: items 7"
    assert desk.scan.hasFocus()


def test_the_first_was_right_and_the_total_of_the_second_a_slip_too(
    page: ScoreEntryPage, desk: ReadDesk, store: Store, qtbot: QtBot
) -> None:
    scan(qtbot, page, pile(store)[0])
    type_items(qtbot, page, "9")
    press(qtbot, page, "88", ENTER, "11", "88", ENTER)
    assert "add up to 89.5, the total says 88" in told(page, "disputeTold")
    assert desk.dispute.form.isVisible()
    assert page.window().focusWidget().objectName() == "item:1"
    desk.dispute.total.setFocus()
    press(qtbot, page, "89.5", ENTER)
    assert "once more" in told(page, "disputeTold")
    assert state(store) == "differs"
    press(qtbot, page, "89.5", ENTER)
    assert (state(store), total(store)) == ("settled", (1, 89_500))


def test_the_same_slip_of_both_leads_through_all_items(
    page: ScoreEntryPage, desk: ReadDesk, store: Store, qtbot: QtBot
) -> None:
    scan(qtbot, page, pile(store)[0])
    type_items(qtbot, page)
    press(qtbot, page, "88.5", ENTER)
    assert desk.dispute.form.isVisible()
    assert page.window().focusWidget().objectName() == "item:1"
    press(qtbot, page, *[Qt.Key.Key_Down] * 6, "8.5", ENTER, ENTER, ENTER)
    assert "where none stands there" in told(page, "disputeTold")
    press(qtbot, page, "88.5", ENTER)
    assert (state(store), total(store)) == ("settled", (2, 88_500))


def test_neither_is_typed_anew(page: ScoreEntryPage, desk: ReadDesk, store: Store, qtbot: QtBot) -> None:
    scan(qtbot, page, pile(store)[0])
    type_items(qtbot, page, "9")
    press(qtbot, page, "88", ENTER, "33")
    assert page.window().focusWidget().objectName() == "item:7"
    desk.dispute.total.setFocus()
    press(qtbot, page, "88", ENTER)
    assert desk.dispute.form.score().missing == (7,)
    assert page.window().focusWidget().objectName() == "item:7"
    press(qtbot, page, "8", ENTER, ENTER, "88", ENTER)
    assert (state(store), total(store)) == ("settled", (2, 88_000))


def test_a_total_that_the_judge_added_up_wrongly_needs_a_reason(
    page: ScoreEntryPage, desk: ReadDesk, store: Store, qtbot: QtBot
) -> None:
    scan(qtbot, page, pile(store)[0])
    type_items(qtbot, page)
    press(qtbot, page, "x", ENTER)
    assert "not a number" in told(page, "readTold")
    desk.panel.total.clear()
    press(qtbot, page, ENTER)
    assert "type - where none" in told(page, "readTold")
    press(qtbot, page, "90.5", ENTER)
    desk.dispute.total.setFocus()
    press(qtbot, page, "x", ENTER)
    assert "not a number" in told(page, "disputeTold")
    desk.dispute.total.clear()
    press(qtbot, page, Qt.Key.Key_Up)
    assert page.window().focusWidget().objectName() == "item:8"
    desk.dispute.total.setFocus()
    press(qtbot, page, "-", ENTER)
    question = page.findChild(Question)
    question.findChild(QLineEdit, "field").setText("裁判合计算错")
    qtbot.mouseClick(question.findChild(QPushButton, "yes"), Qt.MouseButton.LeftButton)
    assert (state(store), total(store)) == ("settled", (1, 89_500))


def test_a_sheet_without_a_total(page: ScoreEntryPage, desk: ReadDesk, store: Store, qtbot: QtBot) -> None:
    scan(qtbot, page, pile(store)[0])
    type_items(qtbot, page)
    press(qtbot, page, Qt.Key.Key_Up)
    assert page.window().focusWidget().objectName() == "item:8"
    press(qtbot, page, ENTER, "-", ENTER)
    assert state(store) == "agreed"


def test_missing_items_are_named(page: ScoreEntryPage, desk: ReadDesk, store: Store, qtbot: QtBot) -> None:
    scan(qtbot, page, pile(store)[0])
    desk.panel.focus_total()
    press(qtbot, page, "89.5", ENTER)
    assert "8 items are not entered yet: 1–8" in told(page, "readTold")
    assert page.window().focusWidget().objectName() == "item:1"
    press(qtbot, page, "9")
    assert "deductions 1 to 2" in told(page, "readTold")
    assert page.why_it_stays() == ""
    press(qtbot, page, "2")
    assert "half typed" in page.why_it_stays()
    press(qtbot, page, Qt.Key.Key_Escape)
    assert page.why_it_stays() == ""
    assert state(store) == ""


def test_who_typed_first_is_sent_away_and_offered_nothing(
    page: ScoreEntryPage, desk: ReadDesk, store: Store, qtbot: QtBot
) -> None:
    said: list[str] = []
    page.desk.said.connect(said.append)
    scan(qtbot, page, pile(store)[0])
    page.desk.sit_down(FIRST)
    assert desk.scan.hasFocus()
    press(qtbot, page, ENTER)
    assert "you typed first yourself" in said[-1]
    scan(qtbot, page, pile(store)[0])
    type_items(qtbot, page)
    press(qtbot, page, "89.5", ENTER)
    assert "cannot type it a second time" in told(page, "readTold")
    operators.sign_out(store, FIRST)
    page.desk.sit_down("过客")
    assert "signed in" in told(page, "stripText")


def test_totals_alone(page: ScoreEntryPage, desk: ReadDesk, store: Store, qtbot: QtBot) -> None:
    first, second = pile(store)[3:5]
    for row in (first, second):
        marks.hand_in(store, FIRST, row.visit_id, row.seat, {}, total_milli=80_000)
    scan(qtbot, page, first)
    press(qtbot, page, Qt.Key.Key_Up, "-", ENTER)
    assert told(page, "readTold") == "Type the total that stands on the paper."
    desk.panel.total.clear()
    press(qtbot, page, "80", ENTER)
    assert state(store, 3) == "agreed"
    scan(qtbot, page, second)
    press(qtbot, page, "90", ENTER)
    assert "One typed 80, the other 90" in told(page, "disputeTold")
    press(qtbot, page, Qt.Key.Key_Up, "-", ENTER)
    assert told(page, "disputeTold") == "Type the total that stands on the paper."
    desk.dispute.total.clear()
    press(qtbot, page, "90", ENTER)
    assert (state(store, 4), total(store, 4)) == ("settled", (2, 90_000))
    mark = scores.open_sheet(store, second.visit_id, second.seat).mark
    assert mark.reason == "Compared with the paper: the total"


def test_the_pile_by_station_and_by_hand(page: ScoreEntryPage, desk: ReadDesk, store: Store, qtbot: QtBot) -> None:
    said: list[str] = []
    page.desk.said.connect(said.append)
    desk.stations.setCurrentIndex(desk.stations.findData("T1"))
    assert desk.pile.model.rows() == []
    press(qtbot, page, ENTER)
    assert said[-1] == "Nothing is left of this pile."
    desk.stations.setCurrentIndex(0)
    desk.pile.opened.emit(desk.pile.model.rows()[1])
    assert desk.panel.isVisible()
    type_items(qtbot, page)
    press(qtbot, page, "89.5", ENTER)
    desk.open_only.setChecked(False)
    assert [row.state for row in desk.pile.model.rows()] == ["", "agreed", ""]
    desk.pile.opened.emit(desk.pile.model.rows()[1])
    assert "agree already" in said[-1]
    desk.pile.choose((pile(store)[2].visit_id, 3))
    desk.pile.view.clicked.emit(desk.pile.view.currentIndex())
    assert desk.panel.isVisible()


def test_a_badge_or_a_number_finds_the_sheets(page: ScoreEntryPage, desk: ReadDesk, store: Store, qtbot: QtBot) -> None:
    row = pile(store)[0]
    press(qtbot, page, identity.badge_code(event_code(store), entrants.entrant(store, row.entrant_id).token), ENTER)
    assert desk.panel.isVisible()
    press(qtbot, page, Qt.Key.Key_Escape, row.number, ENTER)
    assert len(desk.pile.model.rows()) == 3
    assert desk.pile.search.text() == row.number


def test_without_the_wish_there_is_no_tab(page: ScoreEntryPage, store: Store, qtbot: QtBot) -> None:
    assert page.tabs.isTabVisible(1)
    assert page.tabs.tabText(1) == "Second entry (3)"
    plan = current_plan(store)
    setup.save_plan(store, FIRST, replace(plan, info=replace(plan.info, verify="none")), "不复核")
    qtbot.waitUntil(lambda: not page.tabs.isTabVisible(1))


def test_a_blind_event_shows_the_number_alone(
    qtbot: QtBot, make_desk: Callable[[Store], Desk], nursing_scheduled: Store
) -> None:
    store = nursing_scheduled
    store.sign_ins.names.add(SECOND)
    plan = current_plan(store)
    setup.save_plan(store, FIRST, replace(plan, info=replace(plan.info, verify="all")), "复核")
    row = scores.queue(store)[0]
    values = dict.fromkeys((item.number for item in plan.sheet(plan.stations[0].sheet).items), "A")
    marks.hand_in(store, FIRST, row.visit_id, row.seat, values)
    with store.read():
        entrant = models.Entrant.get_by_id(row.entrant_id)
        name, unit = entrant.name, entrant.unit.name
    page = ScoreEntryPage(make_desk(store))
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: bool(page.readings.pile.model.rows()))
    page.show_target("readings")
    press(qtbot, page, ENTER)
    assert page.readings.panel.isVisible()
    shown = " ".join(texts(page))
    assert row.number in shown
    assert name not in shown
    assert unit not in shown


def test_a_decision_is_walked_back_to_and_changed(
    page: ScoreEntryPage, desk: ReadDesk, store: Store, qtbot: QtBot
) -> None:
    scan(qtbot, page, pile(store)[0])
    press(qtbot, page, "1", ENTER, ENTER, ENTER, ENTER, ENTER, "25", ENTER, "9", ENTER, "8", ENTER, "82", ENTER)
    assert desk.dispute.items_decided == [1, 6, 7]
    press(qtbot, page, "11", "11", "1", Qt.Key.Key_Up, "22", ENTER)
    desk.dispute.total.setFocus()
    press(qtbot, page, ENTER)
    assert page.window().focusWidget().objectName() == "differs:7"
    choices = page.window().focusWidget().findChildren(QPushButton)  # the first was pressed once before
    qtbot.mouseClick(choices[0], Qt.MouseButton.LeftButton)
    press(qtbot, page, Qt.Key.Key_Up)
    assert page.window().focusWidget().objectName() == "differs:7"
    assert desk.dispute.values()[6] == 25_000
    desk.dispute.total.setFocus()
    press(qtbot, page, ENTER)
    assert "where none stands there" in told(page, "disputeTold")
