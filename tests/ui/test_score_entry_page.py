"""Score entry as the operator does it: scan, type, Enter; corrections with a reason; nothing lost on the way."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from data import models, rehearsal_steps
from data.actions import marks, operators, setup
from data.queries import entrants, leaderboard, scores
from data.queries.plan import current_plan, event_code
from data.rules import identity
from data.store import Store
from tests.conftest import NURSING
from ui.desk import Desk
from ui.pages.score_entry import ScoreEntryPage
from ui.question import Question
from ui.widgets.desk.chief_dialog import ChiefDialog
from ui.widgets.running.board_incident import IncidentDialog

ENTER = Qt.Key.Key_Return


@pytest.fixture
def page(qtbot: QtBot, make_desk: Callable[[Store], Desk], scheduled: Store) -> ScoreEntryPage:
    made = ScoreEntryPage(make_desk(scheduled))
    qtbot.addWidget(made)
    made.resize(1080, 640)
    made.show()
    qtbot.waitExposed(made)
    return made


def press(qtbot: QtBot, page: ScoreEntryPage, *keys: str | Qt.Key) -> None:
    for key in keys:
        focus = page.window().focusWidget()
        assert isinstance(focus, QWidget)
        if isinstance(key, Qt.Key):
            qtbot.keyClick(focus, key)
        else:
            qtbot.keyClicks(focus, key)


def first_row(store: Store, station: str) -> scores.QueueRow:
    return scores.queue(store, station)[0]


def sheet_text(store: Store, row: scores.QueueRow) -> str:
    token = entrants.entrant(store, row.entrant_id).token
    return identity.sheet_code(event_code(store), token, row.station_code, row.seat)


def scan(qtbot: QtBot, page: ScoreEntryPage, text: str) -> None:
    page.entry.scan.setFocus()
    press(qtbot, page, text, ENTER)


def fill_defibrillation(qtbot: QtBot, page: ScoreEntryPage) -> None:
    press(qtbot, page, "2", ENTER, ENTER, ENTER, ENTER, ENTER, "52", ENTER, "9.5", ENTER, "8", ENTER)


def choose(qtbot: QtBot, page: ScoreEntryPage, words: str) -> None:
    """One of the menu beside the time and the penalty of the visit."""
    qtbot.mouseClick(page.findChild(QPushButton, "visitMore"), Qt.MouseButton.LeftButton)
    menu = page.findChild(QMenu, "visitMenu")
    action = next(action for action in menu.actions() if action.text() == words)
    qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())


def answer(qtbot: QtBot, page: ScoreEntryPage, reason: str) -> None:
    question = page.findChild(Question)
    assert question is not None
    field = question.findChild(QLineEdit, "field")
    field.setText(reason)  # as an input method does
    qtbot.mouseClick(question.findChild(QPushButton, "yes"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.findChild(Question) is None)


def test_scan_type_enter_and_ready_for_the_next(page: ScoreEntryPage, scheduled: Store, qtbot: QtBot) -> None:
    row = first_row(scheduled, "T2")
    said: list[str] = []
    page.desk.said.connect(said.append)
    scan(qtbot, page, sheet_text(scheduled, row))
    fill_defibrillation(qtbot, page)
    press(qtbot, page, ENTER)
    mark = scores.open_sheet(scheduled, row.visit_id, row.seat).mark
    assert mark is not None
    assert mark.total_milli == 7000 + 10000 + 15000 + 15000 + 15000 + 10000 + 9500 + 8000
    assert mark.actor == "李敏"
    assert "89.5" in said[-1]
    assert page.entry.scan.hasFocus()


def test_enter_alone_opens_the_next_of_the_pile(page: ScoreEntryPage, scheduled: Store, qtbot: QtBot) -> None:
    page.show_target("T2")
    row = first_row(scheduled, "T2")
    scan(qtbot, page, "")
    fill_defibrillation(qtbot, page)
    press(qtbot, page, ENTER, ENTER)
    assert scores.open_sheet(scheduled, row.visit_id, row.seat).mark is not None
    assert page.entry.pile.current().seat == 2


def test_missing_items_are_named_and_nothing_is_stored(page: ScoreEntryPage, scheduled: Store, qtbot: QtBot) -> None:
    row = first_row(scheduled, "T2")
    page.show_target((row.visit_id, row.seat))
    press(qtbot, page, "2", ENTER)
    qtbot.mouseClick(page.findChild(QPushButton, "handIn"), Qt.MouseButton.LeftButton)
    told = page.findChild(QWidget, "sheetTold")
    assert "not marked yet: 2, 3, 4, 5, 6, 7, 8" in told.text()
    assert page.window().focusWidget().objectName() == "item:2"
    assert scores.open_sheet(scheduled, row.visit_id, row.seat).mark is None


def test_a_total_alone_is_taken_and_a_wrong_sum_is_not(page: ScoreEntryPage, scheduled: Store, qtbot: QtBot) -> None:
    row = first_row(scheduled, "T2")
    page.show_target((row.visit_id, row.seat))
    fill_defibrillation(qtbot, page)
    press(qtbot, page, "90", ENTER)
    assert "89.5" in page.findChild(QWidget, "sheetTold").text()
    assert scores.open_sheet(scheduled, row.visit_id, row.seat).mark is None
    second = scores.queue(scheduled, "T2")[1]
    page.show_target((second.visit_id, second.seat))
    page.entry.panel.focus_total()
    press(qtbot, page, "x", ENTER)
    assert "not a number" in page.findChild(QWidget, "sheetTold").text()
    page.entry.panel.total.clear()
    press(qtbot, page, "77.5", ENTER)
    mark = scores.open_sheet(scheduled, second.visit_id, second.seat).mark
    assert mark is not None
    assert (mark.total_milli, mark.total_only) == (77500, True)


def test_what_was_typed_is_there_when_the_sheet_is_opened_again(
    page: ScoreEntryPage, scheduled: Store, qtbot: QtBot
) -> None:
    first, second = scores.queue(scheduled, "T2")[:2]
    page.show_target((first.visit_id, first.seat))
    press(qtbot, page, "2", ENTER)
    page.show_target((second.visit_id, second.seat))
    assert page.entry.panel.form.values() == {}
    press(qtbot, page, Qt.Key.Key_Escape)
    page.show_target((first.visit_id, first.seat))
    assert page.entry.panel.form.values() == {1: {"不均匀": 1}}


def test_a_half_typed_sheet_keeps_the_language(page: ScoreEntryPage, scheduled: Store, qtbot: QtBot) -> None:
    row = first_row(scheduled, "T2")
    page.show_target((row.visit_id, row.seat))
    assert page.why_it_stays() == ""
    fill_defibrillation(qtbot, page)
    assert "half typed" in page.why_it_stays()
    press(qtbot, page, Qt.Key.Key_Escape)
    assert "half typed" in page.why_it_stays()
    page.show_target((row.visit_id, row.seat))
    qtbot.mouseClick(page.findChild(QPushButton, "handIn"), Qt.MouseButton.LeftButton)
    assert page.why_it_stays() == ""


def test_a_correction_needs_a_reason_and_keeps_the_earlier_mark(
    page: ScoreEntryPage, scheduled: Store, qtbot: QtBot
) -> None:
    row = first_row(scheduled, "T2")
    page.show_target((row.visit_id, row.seat))
    fill_defibrillation(qtbot, page)
    press(qtbot, page, ENTER)
    page.show_target((row.visit_id, row.seat))
    press(qtbot, page, "1")
    assert page.entry.panel.form.values()[1] == {"不均匀": 1}
    qtbot.mouseClick(page.findChild(QPushButton, "correct"), Qt.MouseButton.LeftButton)
    page.entry.panel.form.focus_item(8)
    press(qtbot, page, "7", ENTER, ENTER)
    answer(qtbot, page, "裁判改判")
    versions = scores.open_sheet(scheduled, row.visit_id, row.seat).versions
    assert [(version.total_milli, version.reason) for version in versions] == [(88500, "裁判改判"), (89500, "")]


def test_what_belongs_to_the_visit_takes_one_line(
    qtbot: QtBot, show_page: Callable[..., ScoreEntryPage], scheduled: Store
) -> None:
    page = show_page(ScoreEntryPage, scheduled)
    row = first_row(scheduled, "T2")
    page.show_target((row.visit_id, row.seat))
    visit = page.entry.panel.visit
    assert page.entry.panel.isVisible()
    more = page.findChild(QPushButton, "visitMore")
    assert (
        more.mapTo(visit, more.rect().center()).y() < visit.seconds.mapTo(visit, visit.seconds.rect().bottomLeft()).y()
    )


@pytest.mark.parametrize("text", ["BW1 0000 0000-0000-T2-01-00", "BW1 GA23 7K3M"])
def test_a_damaged_or_foreign_code_is_refused(page: ScoreEntryPage, qtbot: QtBot, text: str) -> None:
    scan(qtbot, page, text)
    dialog = page.window().findChild(QWidget, "errorDialog") or page.findChild(QWidget, "question")
    assert dialog is not None
    dialog.close()
    assert page.entry.panel.isHidden()


def test_a_badge_opens_the_first_sheet_due_and_words_search(
    page: ScoreEntryPage, scheduled: Store, qtbot: QtBot
) -> None:
    row = first_row(scheduled, "T3")
    entrant = entrants.entrant(scheduled, row.entrant_id)
    scan(qtbot, page, identity.badge_code(event_code(scheduled), entrant.token))
    assert page.entry.panel.isVisible()
    press(qtbot, page, Qt.Key.Key_Escape)
    scan(qtbot, page, entrant.number or "")
    assert {shown.number for shown in page.entry.pile.model.rows()} == {entrant.number}


def test_time_and_penalty_are_saved_and_changed_with_a_reason(
    page: ScoreEntryPage, scheduled: Store, qtbot: QtBot
) -> None:
    row = first_row(scheduled, "T2")
    page.show_target((row.visit_id, row.seat))
    page.entry.panel.visit.seconds.setFocus()
    press(qtbot, page, "4:31", ENTER, "15", ENTER, "2.5", ENTER)
    sheet = scores.open_sheet(scheduled, row.visit_id, row.seat)
    assert (sheet.seconds_milli, sheet.overtime_milli, sheet.penalty_milli) == (271_000, 15_000, 2500)
    page.entry.panel.visit.seconds.selectAll()
    page.entry.panel.visit.seconds.setFocus()
    press(qtbot, page, "abc")
    page.entry.panel.visit.penalty.setFocus()
    press(qtbot, page, ENTER)
    assert "285" in page.findChild(QWidget, "sheetTold").text()
    page.entry.panel.visit.seconds.setText("280")
    press(qtbot, page, ENTER)
    answer(qtbot, page, "秒表看错")
    assert scores.open_sheet(scheduled, row.visit_id, row.seat).seconds_milli == 280_000


def test_a_withdrawal_is_noted_and_taken_back(page: ScoreEntryPage, scheduled: Store, qtbot: QtBot) -> None:
    row = first_row(scheduled, "T2")
    page.show_target((row.visit_id, row.seat))
    page.entry.panel.visit.penalty.setFocus()
    press(qtbot, page, Qt.Key.Key_Tab, Qt.Key.Key_Tab, Qt.Key.Key_Space)
    menu = page.findChild(QMenu, "visitMenu")
    assert [action.text() for action in menu.actions() if action.text()] == [
        "Incident…",
        "No mark is due: absent…",
        "No mark is due: withdrew…",
        "No mark is due: disqualified…",
        "This sheet will not come…",
    ]
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, ENTER):
        qtbot.keyClick(menu, key)
    answer(qtbot, page, "身体不适")
    assert scores.open_sheet(scheduled, row.visit_id, row.seat).visit_state == "withdrew"
    qtbot.waitUntil(lambda: "A mark is due after all…" in [action.text() for action in menu.actions()])
    assert page.findChild(QPushButton, "handIn").isHidden()
    choose(qtbot, page, "A mark is due after all…")
    qtbot.waitUntil(lambda: page.findChild(Question) is not None)
    answer(qtbot, page, "误点")
    assert scores.open_sheet(scheduled, row.visit_id, row.seat).visit_state == ""


def test_overtime_is_changed_with_a_reason_alone(page: ScoreEntryPage, scheduled: Store, qtbot: QtBot) -> None:
    row = first_row(scheduled, "T2")
    page.show_target((row.visit_id, row.seat))
    visit = page.entry.panel.visit
    visit.overtime.setText("1:05")
    visit.save_wanted.emit()
    assert scores.open_sheet(scheduled, row.visit_id, row.seat).overtime_milli == 65_000
    assert visit.overtime.text() == "1:05"
    visit.overtime.setText("-5")
    visit.save_wanted.emit()
    assert "4:45" in page.findChild(QWidget, "sheetTold").text()
    visit.overtime.setText("")
    visit.save_wanted.emit()
    answer(qtbot, page, "秒表看错")
    assert scores.open_sheet(scheduled, row.visit_id, row.seat).overtime_milli == 0


def test_an_incident_is_noted_at_the_visit(page: ScoreEntryPage, scheduled: Store, qtbot: QtBot) -> None:
    row = first_row(scheduled, "T2")
    marks.hand_in(scheduled, "李敏", row.visit_id, 1, {}, total_milli=80_000)
    page.show_target((row.visit_id, 2))
    choose(qtbot, page, "Incident…")
    dialog = page.findChild(IncidentDialog)
    dialog.what.setText("监护仪故障")
    dialog.seconds.setValue(45)
    qtbot.mouseClick(dialog.findChild(QPushButton, "yes"), Qt.MouseButton.LeftButton)
    [incident] = scores.open_sheet(scheduled, row.visit_id, 2).incidents
    assert (incident.text, incident.given_back_milli) == ("监护仪故障", 45_000)
    assert "监护仪故障" in page.findChild(QLabel, "visitTold").text()


def test_a_sheet_that_will_not_come_is_left_to_the_chief_judge(
    page: ScoreEntryPage, scheduled: Store, qtbot: QtBot
) -> None:
    operators.add(scheduled, "李敏", "裁判长", "2468", chief=True)
    row = first_row(scheduled, "T2")
    page.show_target((row.visit_id, row.seat))
    choose(qtbot, page, "This sheet will not come…")
    dialog = page.findChild(ChiefDialog)
    assert dialog is not None
    dialog.findChild(QLineEdit, "chiefReason").setText("裁判中途离场")
    qtbot.keyClicks(dialog.findChild(QLineEdit, "chiefPin"), "2468")
    qtbot.mouseClick(dialog.findChild(QPushButton, "yes"), Qt.MouseButton.LeftButton)
    assert scores.open_sheet(scheduled, row.visit_id, row.seat).will_not_come
    qtbot.waitUntil(lambda: page.findChild(ChiefDialog) is None)
    assert page.window().focusWidget() is page.entry.scan
    assert (row.visit_id, row.seat) not in {(one.visit_id, one.seat) for one in scores.queue(scheduled, "T2")}
    page.show_target((row.visit_id, row.seat))
    offered = [action.text() for action in page.findChild(QMenu, "visitMenu").actions()]
    assert "This sheet will not come…" not in offered
    assert any("will not come" in label.text() for label in page.entry.panel.findChildren(QLabel))


def test_judges_far_apart_are_told(page: ScoreEntryPage, scheduled: Store, qtbot: QtBot) -> None:
    plan = current_plan(scheduled)
    setup.save_plan(scheduled, "李敏", replace(plan, info=replace(plan.info, spread_milli=15_000)), "裁判长要求")
    for row, total in zip(scores.queue(scheduled, "T2")[:2], ("90", "70"), strict=True):
        page.show_target((row.visit_id, row.seat))
        page.entry.panel.focus_total()
        press(qtbot, page, total, ENTER)
    words = [label.text() for label in page.findChildren(QLabel)]
    assert any("20 points apart" in text for text in words)


def test_a_blind_event_shows_the_number_alone(
    qtbot: QtBot, make_desk: Callable[[Store], Desk], nursing_scheduled: Store
) -> None:
    page = ScoreEntryPage(make_desk(nursing_scheduled))
    qtbot.addWidget(page)
    page.show()
    row = scores.queue(nursing_scheduled)[0]
    page.show_target((row.visit_id, row.seat))
    with nursing_scheduled.read():
        entrant = models.Entrant.get_by_id(row.entrant_id)
        name, unit = entrant.name, entrant.unit.name

    def shown() -> str:
        return " ".join(widget.text() for widget in page.findChildren(QWidget) if hasattr(widget, "text"))

    assert row.number in shown()
    assert name not in shown()
    assert unit not in shown()
    rehearsal_steps.decode(nursing_scheduled)
    qtbot.waitUntil(lambda: name in shown())


def test_theory_marks_come_from_a_file(
    qtbot: QtBot, make_desk: Callable[[Store], Desk], nursing_marked: Store, answers
) -> None:
    page = ScoreEntryPage(make_desk(nursing_marked))
    qtbot.addWidget(page)
    page.show()
    assert page.purpose() == "Every sheet is in."
    answers.path = NURSING / "theory.xlsx"
    page.theory.start()
    qtbot.waitUntil(lambda: len(scores.theory_entrants(nursing_marked)) == 42)
    assert leaderboard.standings(nursing_marked, "N").complete == 42
    qtbot.waitUntil(lambda: not page.desk.tasks.running)
    page.theory.start()
    answer(qtbot, page, "再导一次")
    qtbot.waitUntil(lambda: not page.desk.tasks.running)


def test_when_every_sheet_is_in_the_way_leads_to_the_results(
    qtbot: QtBot, make_desk: Callable[[Store], Desk], nursing_marked: Store
) -> None:
    page = ScoreEntryPage(make_desk(nursing_marked))
    qtbot.addWidget(page)
    page.show()
    with qtbot.waitSignal(page.desk.going) as going:
        qtbot.mouseClick(page.findChild(QPushButton, "goToResults"), Qt.MouseButton.LeftButton)
    assert going.args[0] == "results"


def test_the_page_knows_the_way_back_to_its_tab(page: ScoreEntryPage) -> None:
    assert page.place() == "entry"
    page.show_target("confirm")
    assert page.place() == "confirm"


def test_before_there_is_a_schedule(qtbot: QtBot, make_desk: Callable[[Store], Desk], store: Store) -> None:
    page = ScoreEntryPage(make_desk(store))
    qtbot.addWidget(page)
    gone: list[str] = []
    page.desk.going.connect(lambda key, _target: gone.append(key))
    page.show()
    qtbot.mouseClick(
        next(button for button in page.findChildren(QPushButton) if "schedule" in button.text()),
        Qt.MouseButton.LeftButton,
    )
    assert gone == ["schedule"]
