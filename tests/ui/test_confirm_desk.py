"""The chief judge looks at what is unusual, types the PIN, and it stands."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from data import models
from data.actions import marks, operators, setup
from data.queries import confirmations, scores
from data.queries.plan import current_plan
from data.store import Store
from ui.desk import Desk
from ui.pages.score_entry import ScoreEntryPage
from ui.widgets.desk.chief_dialog import ChiefDialog

ENTER = Qt.Key.Key_Return
LEFT = Qt.MouseButton.LeftButton
CHIEF, PIN = "裁判长", "2468"


@pytest.fixture
def apart(scheduled: Store) -> Store:
    """Two judges 20 points apart at T2, and a chief judge who signs in."""
    plan = current_plan(scheduled)
    setup.save_plan(scheduled, "李敏", replace(plan, info=replace(plan.info, spread_milli=15_000)), "裁判长要求")
    for row, total in zip(scores.queue(scheduled, "T2")[:2], (90_000, 70_000), strict=True):
        marks.hand_in(scheduled, "李敏", row.visit_id, row.seat, {}, total_milli=total)
    operators.add(scheduled, "李敏", CHIEF, PIN, chief=True)
    return scheduled


@pytest.fixture
def page(qtbot: QtBot, make_desk: Callable[[Store], Desk], apart: Store) -> ScoreEntryPage:
    made = ScoreEntryPage(make_desk(apart))
    qtbot.addWidget(made)
    made.resize(1080, 640)
    made.show()
    qtbot.waitExposed(made)
    made.show_target("confirm")
    qtbot.waitUntil(lambda: bool(made.confirm.list.model.rows()))
    return made


def words(page: ScoreEntryPage, name: str) -> str:
    return page.findChild(QLabel, name).text()


def confirm(qtbot: QtBot, page: ScoreEntryPage, pin: str, reason: str) -> None:
    dialog = page.findChild(ChiefDialog)
    assert dialog is not None
    dialog.findChild(QLineEdit, "chiefReason").setText(reason)
    qtbot.keyClicks(dialog.findChild(QLineEdit, "chiefPin"), pin)
    qtbot.mouseClick(dialog.findChild(QPushButton, "yes"), LEFT)


def test_what_is_unusual_is_confirmed_with_the_pin(page: ScoreEntryPage, apart: Store, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: page.tabs.tabText(page.tabs.indexOf(page.confirm)) == "To confirm (1)")
    page.confirm.begin()
    assert words(page, "alarmTold") == "The judges are 20 points apart."
    assert words(page, "alarmSheets") == "judge 1: 90 / 100\njudge 2: 70 / 100"
    said: list[str] = []
    page.desk.said.connect(said.append)
    qtbot.keyClick(page.confirm.list.view, ENTER)
    confirm(qtbot, page, "1111", "已核对")
    dialog = page.findChild(ChiefDialog)
    assert "PIN is not" in dialog.problem.text()
    confirm(qtbot, page, PIN, "已核对")
    qtbot.waitUntil(lambda: page.findChild(ChiefDialog) is None)
    with apart.read():
        assert confirmations.open_alarms() == ()
        assert models.Confirmation.get().actor == "李敏"
    assert f"confirmed by {CHIEF}" in said[-1]
    qtbot.waitUntil(lambda: page.tabs.tabText(page.tabs.indexOf(page.confirm)) == "To confirm")
    assert not page.confirm.list.model.rows()
    page.confirm.list.set_filter("Not confirmed yet", False)
    page.confirm.begin()
    assert words(page, "alarmDone").startswith(f"✓ Confirmed by {CHIEF}")
    qtbot.keyClick(page.confirm.list.view, ENTER)
    assert page.findChild(ChiefDialog) is None


def test_the_next_of_the_list_is_in_sight_once_one_is_confirmed(
    page: ScoreEntryPage, apart: Store, qtbot: QtBot
) -> None:
    for row in scores.queue(apart, "T2")[:2]:
        marks.hand_in(apart, "李敏", row.visit_id, row.seat, {}, total_milli=0)
    qtbot.waitUntil(lambda: len(page.confirm.list.model.rows()) > 1)
    before = [(row.visit_id, row.kind, row.seat) for row in page.confirm.list.model.rows()]
    page.confirm.begin()
    qtbot.keyClick(page.confirm.list.view, ENTER)
    confirm(qtbot, page, PIN, "已核对")
    qtbot.waitUntil(lambda: len(page.confirm.list.model.rows()) == len(before) - 1)
    chosen = page.confirm.list.current()
    assert chosen is not None
    assert (chosen.visit_id, chosen.kind, chosen.seat) in before
    assert page.findChild(QPushButton, "confirm").isEnabled()


def test_the_sheets_concerned_are_a_click_away(page: ScoreEntryPage, qtbot: QtBot) -> None:
    page.confirm.begin()
    qtbot.mouseClick(page.findChild(QPushButton, "toSheet"), LEFT)
    assert page.tabs.currentWidget() is page.entry
    assert page.entry.panel.isVisible()


def test_the_button_asks_like_enter(page: ScoreEntryPage, qtbot: QtBot) -> None:
    page.confirm.begin()
    qtbot.mouseClick(page.findChild(QPushButton, "confirm"), LEFT)
    dialog = page.findChild(ChiefDialog)
    assert dialog is not None
    dialog.reject()
    page.confirm.list.view.clearSelection()
    page.confirm.list.set_search("nobody")
    page.confirm.list.chosen.emit(None)
    assert words(page, "alarmTold") == "Choose a line of the list."
    assert not page.findChild(QPushButton, "confirm").isEnabled()


def test_without_anything_unusual_the_tab_says_so(
    qtbot: QtBot, make_desk: Callable[[Store], Desk], scheduled: Store
) -> None:
    page = ScoreEntryPage(make_desk(scheduled))
    qtbot.addWidget(page)
    page.show()
    page.show_target("confirm")
    qtbot.waitUntil(lambda: not page.confirm.is_reading)
    assert any(label.isVisible() and "nothing to confirm" in label.text() for label in page.findChildren(QLabel))
