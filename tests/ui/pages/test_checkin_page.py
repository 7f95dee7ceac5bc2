"""Check-in by scanner and keyboard alone."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt, QTime
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from data import models
from data.actions import checkin
from data.queries import entrants
from data.queries.plan import event_code
from data.rules import identity
from ui.pages.checkin import CheckinPage
from ui.question import Question
from ui.widgets.people.arrival_card import arrival_words, first_visit
from ui.widgets.running.board_ready import ReadyDialog


@pytest.fixture
def page(show_page, drawn) -> CheckinPage:
    return show_page(CheckinPage, drawn)


def scan(page: CheckinPage, text: str) -> None:
    QTest.keyClicks(page.scan, text)
    QTest.keyClick(page.scan, Qt.Key.Key_Return)


def badge(page: CheckinPage, number: int) -> str:
    row = entrants.entrants(page.desk.store)[number]
    return identity.badge_code(event_code(page.desk.store), row.token)


def state(page: CheckinPage, number: int) -> str:
    return entrants.entrants(page.desk.store)[number].state


def said(page: CheckinPage) -> str:
    QTest.qWait(1)  # a new strip is shown in the next turn of the event loop
    return " ".join(label.text() for label in page.findChildren(QLabel, "stripText") if label.isVisible())


def shown(page: CheckinPage, name: str) -> str:
    return page.card.findChild(QLabel, name).text()


def test_before_the_draw_it_leads_there(qtbot, desk) -> None:
    page = CheckinPage(desk)
    qtbot.addWidget(page)
    page.show()
    with qtbot.waitSignal(desk.going) as going:
        next(b for b in page.findChildren(QPushButton) if b.text() == "Go to the draws" and b.isVisible()).click()
    assert going.args[0] == "draws"
    assert "badge by badge" in page.purpose()


def test_a_scanned_badge_is_checked_in_at_once(page) -> None:
    scan(page, badge(page, 0).lower())
    assert state(page, 0) == "present"
    assert said(page) == "✓ 1Y-01 {} is checked in.".format(shown(page, "arrivalName"))
    assert (shown(page, "arrivalNumber"), shown(page, "arrivalState")) == ("1Y-01", "✓ here")
    assert page.purpose() == "181 are not here yet."
    assert page.scan.text() == ""
    scan(page, badge(page, 0))
    assert "was checked in before" in said(page)


def test_a_unit_that_is_renamed_is_renamed_on_the_card(qtbot, page) -> None:
    scan(page, badge(page, 0))
    row = entrants.entrants(page.desk.store)[0]
    with page.desk.store.write("test", "test.rename") as writing:
        writing.update(models.Unit.get(models.Unit.name == row.unit), name="新名字医院")
    qtbot.waitUntil(lambda: any(label.text() == "新名字医院" for label in page.card.findChildren(QLabel)))


def test_a_typed_number_asks_for_one_more_enter(page) -> None:
    scan(page, "1y02")
    assert shown(page, "arrivalNumber") == "1Y-02"
    assert state(page, 1) == "expected"
    scan(page, "")
    assert state(page, 1) == "present"


def test_a_name_that_fits_several_is_chosen_in_the_list(qtbot, page) -> None:
    scan(page, "srmyy")
    assert "9 fit" in said(page)
    assert len(page.table.model.rows()) == 9
    page.table.view.setCurrentIndex(page.table.model.index(2, 0))
    chosen = page.table.current()
    assert shown(page, "arrivalName") == chosen.entrant.name
    QTest.keyClick(page.table.view, Qt.Key.Key_Return)
    assert entrants.entrant(page.desk.store, chosen.id).state == "present"
    assert len(page.table.model.rows()) == 182


def test_all_are_listed_again_on_demand(page) -> None:
    scan(page, "srmyy")
    QTest.qWait(1)
    next(b for b in page.findChildren(QPushButton) if b.text() == "Show all" and b.isVisible()).click()
    assert len(page.table.model.rows()) == 182
    assert said(page) == ""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("BW1 GA23 7K3M-2QX9-CT", "another event"),
        ("BW1 GA23 7K3M-2QX9-CC", "damaged or mistyped"),
        ("BW2 GA23 7K3M-2QX9-CC", "another version"),
        ("https://example.org/abc", "not a badge"),
        ("nosuchname", "damaged or mistyped"),
        ("nosuch", "Nobody has “nosuch”"),
    ],
)
def test_a_wrong_scan_says_what_is_wrong(page, text: str, words: str) -> None:
    scan(page, text)
    assert words in said(page)
    assert page.purpose() == "182 are not here yet."
    scan(page, "")
    assert page.purpose() == "182 are not here yet."


def test_a_mark_sheet_is_no_badge(page) -> None:
    row = entrants.entrants(page.desk.store)[3]
    scan(page, identity.sheet_code(event_code(page.desk.store), row.token, "S1", 2))
    assert f"mark sheet of {row.name}" in said(page)
    assert state(page, 3) == "expected"


def test_absent_and_back_each_with_a_reason(qtbot, page) -> None:
    scan(page, "1Y-03")
    page.card.button("absent").click()
    question = page.findChild(Question)
    question.field.setText("病假")
    question.yes.click()
    assert state(page, 2) == "absent"
    assert shown(page, "arrivalState") == "✕ absent"
    scan(page, badge(page, 2))
    assert "is marked as absent" in said(page)
    assert state(page, 2) == "absent"
    for wanted in ("present", "withdrew", "present", "disqualified", "present", "expected"):
        qtbot.waitUntil(lambda: page.findChild(Question) is None)
        page.card.button(wanted).click()
        question = page.findChild(Question)
        question.field.setText("更正")
        question.yes.click()
        assert state(page, 2) == wanted
    qtbot.waitUntil(lambda: page.findChild(Question) is None)


def test_what_is_typed_in_the_list_lands_in_the_scan_field(page) -> None:
    page.table.view.setFocus()
    QTest.keyClicks(page.table.view, "1")
    assert page.scan.text() == "1"
    QTest.keyClick(page.table.view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert page.scan.text() == "1"


def test_a_scanner_is_never_read_through_an_input_method(page) -> None:
    assert not page.scan.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def test_another_desk_s_change_keeps_the_entrant_in_sight(qtbot, page) -> None:
    page.table.choose(page.table.model.rows()[5].id)
    scan(page, badge(page, 0))
    checkin.check_in(page.desk.store, "王芳", entrants.entrants(page.desk.store)[7].id)
    qtbot.waitUntil(lambda: page.purpose() == "180 are not here yet.")
    assert shown(page, "arrivalNumber") == "1Y-01"


def test_a_target_and_the_filters(page) -> None:
    row = entrants.entrants(page.desk.store)[9]
    page.show_target(row.id)
    assert shown(page, "arrivalNumber") == "1Y-10"
    scan(page, badge(page, 9))
    page.table.set_filter("Here")
    assert [found.id for found in page.table.model.rows()] == [row.id]
    page.table.set_filter("Not competing")
    page.table.set_filter("Not here yet")
    assert len(page.table.model.rows()) == 182


def test_when_all_are_here_it_says_so(qtbot, page) -> None:
    store = page.desk.store
    with store.write("李敏", "test.all_here") as writing:
        for row in models.Entrant.select():
            writing.update(row, state="present")
    qtbot.waitUntil(lambda: page.purpose() == "Everyone is accounted for.")


def test_the_card_says_where_to_go_first_and_how_late(page) -> None:
    row = replace(page._rows[0], station="体格检查", lane=2, starts_minute=545, late_minutes=7)
    assert first_visit(row) == "First: 09:05 at 体格检查, lane 2 · ▲ 7 min late"
    assert first_visit(replace(row, late_minutes=0)) == "First: 09:05 at 体格检查, lane 2"
    assert arrival_words(row) == ""
    page._rows = [row, *page._rows[1:]]
    page._fill_table()
    page._choose(row.id)
    assert page.table.model.index(0, 4).data() == "09:05"
    assert page.table.model.index(0, 5).data() == "○ not here yet · 7 min late"
    assert "1 should have begun" in page.purpose()


def test_the_page_looks_at_the_clock_only_while_it_is_in_sight(page) -> None:
    assert page._clock.isActive()
    page.hide()
    assert not page._clock.isActive()


def test_who_comes_later_is_not_called_before_and_can_take_it_back(qtbot, show_page, scheduled) -> None:
    page = show_page(CheckinPage, scheduled)
    page.card.later_button.click()  # nobody is chosen
    assert page.findChild(ReadyDialog) is None
    row = page._rows[0]
    page.show_target(row.id)
    assert page.card.later_button.isVisible()
    page.card.later_button.click()
    asked = page.findChild(ReadyDialog)
    assert asked.any_time.isHidden()
    assert not asked.yes.isEnabled()
    asked.time.setTime(QTime(10, 30))
    asked.reason.setText("来电说堵车")
    asked.yes.click()
    qtbot.waitUntil(lambda: page.findChild(ReadyDialog) is None)
    assert "is not called before 10:30." in said(page)
    assert shown(page, "arrivalReady") == "▲ Here only from 10:30"
    with qtbot.waitSignal(page.desk.going) as going:
        next(b for b in page.findChildren(QPushButton) if b.text() == "Go to the running day").click()
    assert going.args == ["running", row.id]
    page.card.later_button.click()
    asked = page.findChild(ReadyDialog)
    assert asked.time.time() == QTime(10, 30)
    asked.any_time.click()
    assert not asked.time.isEnabled()
    asked.reason.setText("已到")
    asked.yes.click()
    qtbot.waitUntil(lambda: page.findChild(ReadyDialog) is None)
    assert shown(page, "arrivalReady") == ""
    assert "can be called at any time" in said(page)


def test_who_is_out_does_not_come_later(show_page, scheduled) -> None:
    page = show_page(CheckinPage, scheduled)
    checkin.set_state(scheduled, "李敏", page._rows[0].id, "withdrew", "弃权")
    page.reread()
    page.show_target(page._rows[0].id)
    assert page.card.later_button.isHidden()
