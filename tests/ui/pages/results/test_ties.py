"""Ties in the standings: decided by a play-off, corrected, or left where no award depends on them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from data import models
from data.actions import marks, results
from data.queries import scores
from tests.data import contest
from tests.ui.pages.results.driving import blocked, click, finalise, lines, open_dialog, tip, told
from ui.pages.results import ResultsPage
from ui.widgets.results.playoff_dialog import PlayoffDialog


@pytest.fixture
def tied(store):
    visits = contest.set_up(store)
    contest.mark_everyone(store, visits, (90, 90, 85, 80, 75, 70))
    return [contest.entrant_of(store, visit) for visit in visits[:2]]


def test_a_tie_over_an_award_line_blocks_until_its_play_off_is_in(qtbot, show, store, tied) -> None:
    page = show(store)
    assert told(page) == "All marks are in, but 1 tie over the line of an award must be decided first."
    assert page.findChild(QLabel, "standingsState").text() == "✕ tie to decide"
    assert [(row[0], row[2], row[-1]) for row in lines(page)[:3]] == [
        ("✕ 1 ＝", "张伟", "to be decided"),
        ("✕ 1 ＝", "李娜", "to be decided"),
        ("3", "王芳", "二等奖"),
    ]
    assert (
        tip(page, 0, "Place")
        == "The line of an award goes through this tie: hold a play-off, or let them share the award."
    )
    assert tip(page, 2, "Place") == ""
    assert page.standings.view.ties_button.text() == "1 tie"
    click(page, "primary")
    click(open_dialog(page, "blockersDialog"), "mend")
    dialog = open_dialog(page, "playoffDialog")
    save = dialog.findChild(QPushButton, "savePlayoff")
    QTest.keyClicks(dialog.fields[0], "2")
    assert not save.isEnabled()
    QTest.keyClicks(dialog.fields[1], "2")
    assert not save.isEnabled()
    assert "each place from 1 to 2 once" in dialog.problem.text()
    QTest.keyClick(dialog.fields[1], Qt.Key.Key_Backspace)
    QTest.keyClicks(dialog.fields[1], "1")
    QTest.keyClick(dialog.fields[1], Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: blocked(page) == ["unlocked"])
    assert [(row[0], row[2], row[-1]) for row in lines(page)[:2]] == [("1", "李娜", "一等奖"), ("2", "张伟", "二等奖")]
    finalise(qtbot, page)
    assert told(page) == "Result version 1 is final. Certificates and the notice come from it."


def choose_tie(page: ResultsPage, number: int = 0) -> PlayoffDialog:
    page.standings.view._menu.actions()[number].trigger()
    return [one for one in page.findChildren(PlayoffDialog) if one.isVisible()][-1]


def test_a_play_off_is_corrected_with_a_reason(qtbot, show, store, tied) -> None:
    results.record_playoff(store, "李敏", {tied[0]: 1, tied[1]: 2})
    page = show(store)
    assert page.standings.view._menu.actions()[0].text() == "Place 1: 张伟、李娜 (decided by play-off)"
    dialog = choose_tie(page)
    assert [field.text() for field in dialog.fields] == ["1", "2"]
    assert not dialog.save_button.isEnabled()
    for field, place in zip(dialog.fields, "21", strict=True):
        field.selectAll()
        QTest.keyClicks(field, place)
    assert not dialog.save_button.isEnabled()
    dialog.reason.insert("抄错")
    click(dialog, "savePlayoff")
    qtbot.waitUntil(lambda: lines(page)[0][2] == "李娜")
    with store.read():
        assert models.Audit.select().order_by(models.Audit.id.desc()).first().reason == "抄错"


def test_a_tie_that_is_gone_meanwhile_is_refused_in_the_dialog(qtbot, show, store, tied) -> None:
    page = show(store)
    dialog = choose_tie(page)
    visit = scores.find_visit(store, tied[0], "S1")
    marks.hand_in(store, "李敏", visit, 1, {}, total_milli=95_000, reason="更正")
    for field, place in zip(dialog.fields, "12", strict=True):
        QTest.keyClicks(field, place)
    click(dialog, "savePlayoff")
    assert dialog.isVisible()
    assert "not the ones who share a place" in dialog.problem.text()


def test_an_event_that_shares_places_offers_no_play_off(qtbot, show, store) -> None:
    contest.mark_everyone(store, contest.set_up(store, ties="shared"), (90, 90, 85, 80, 75, 70))
    page = show(store)
    assert page.standings.view.ties_button.isHidden()
    assert [row[0] for row in lines(page)[:3]] == ["1 ＝", "1 ＝", "3"]
    assert tip(page, 0, "Place") == "shared place"
    assert page.findChild(QLabel, "standingsNote").text() == "＝ shares this place with others."
    assert blocked(page) == ["unlocked"]


def test_a_tie_below_the_awards_waits_for_nobody(qtbot, show, store) -> None:
    contest.mark_everyone(store, contest.set_up(store), (95, 90, 85, 80, 70, 70))
    page = show(store)
    assert [action.text() for action in page.standings.view._menu.actions()] == [
        "Place 5: 钱进、孙莉 (no award depends on it)"
    ]
    assert blocked(page) == ["unlocked"]
