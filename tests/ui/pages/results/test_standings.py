"""The standings of a division, what keeps them from being final, and the score ladder of a line."""

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from data import models, rehearsal_steps
from data.actions import marks
from data.queries import results as result_queries
from data.queries import scores
from tests.ui.pages.results.driving import blocked, click, headers, lines, open_dialog, read, tip, told


def test_provisional_standings_are_called_so_and_give_no_award(qtbot, show, half_marked) -> None:
    page = show(half_marked)
    assert re.fullmatch(r"Provisional: \d+ of 182 entrants have all their marks in\.", told(page))
    page.standings.divisions.setFocus()
    QTest.keyClick(page.standings.divisions, Qt.Key.Key_End)
    standings = page._state.divisions[-1]
    assert page.findChild(QLabel, "standingsState").text() == "▲ provisional"
    assert headers(page) == ["Place", "Number", "Unit", "心肺复苏", "电除颤", "气管插管", "Total score", "State"]
    rows = lines(page)
    assert len(rows) == 22
    assert sum(row[0] != "–" for row in rows) == standings.complete > 0
    assert rows[0][-1] == ""
    missing = [len(row.missing) for row in standings.rows]
    assert [row[-1] == f"{n} parts missing" for row, n in zip(rows, missing, strict=True)] == [n > 1 for n in missing]
    assert tip(page, 21, "State") == "missing: " + "、".join(standings.rows[21].missing)
    assert tip(page, 0, "State") == ""
    assert "Awards come last" in page.findChild(QLabel, "standingsNote").text()
    assert page.standings.view.ties_button.isHidden()


def test_missing_marks_lead_to_the_first_sheet_that_is_due(qtbot, show, half_marked) -> None:
    page = show(half_marked)
    page.show_target("2T")
    with qtbot.waitSignal(page.desk.going) as going:
        click(page.standings, "mend")
    key, (visit, seat) = going.args
    sheet = scores.open_sheet(half_marked, visit, seat)
    assert (key, sheet.division_code, sheet.mark) == ("score_entry", "2T", None)


def test_missing_theory_leads_to_its_import_from_the_team_sum_too(qtbot, show, nursing_marked) -> None:
    rehearsal_steps.decode(nursing_marked)
    page = show(nursing_marked)
    page.show_target("NT")
    with qtbot.waitSignal(page.desk.going) as going:
        click(page.standings, "mend")
    assert going.args == ["score_entry", "theory"]


def test_finalising_too_early_says_what_is_missing_and_leads_there(qtbot, show, half_marked) -> None:
    page = show(half_marked)
    click(page, "primary")
    dialog = open_dialog(page, "blockersDialog")
    texts = [label.text() for label in dialog.findChildren(QLabel, "stripText")]
    assert "4 divisions are complete and wait to be locked" in texts.pop()
    assert len(texts) == blocked(page).count("incomplete") > 1
    assert all("entrants are missing" in text and "Enter the missing marks" in text for text in texts)
    with qtbot.waitSignal(page.desk.going) as going:
        click(dialog, "mend")
    assert going.args[0] == "score_entry"
    assert result_queries.versions(half_marked) == []


def test_what_is_complete_is_locked_beside_what_is_not(qtbot, show, half_marked) -> None:
    page = show(half_marked)
    before = blocked(page).count("unlocked")
    assert before == 4
    page.show_target("1Y")
    strip = next(one for one in page.standings.findChildren(QLabel, "stripText") if one.isVisible())
    assert strip.text().startswith("● Everything is in and settled.")
    click(page.standings, "mend")
    assert page.is_busy  # it is locked in a worker
    qtbot.waitUntil(lambda: blocked(page).count("unlocked") == before - 1)
    assert not page.is_busy
    click(page, "primary")
    click(open_dialog(page, "blockersDialog"), "lockComplete")
    qtbot.waitUntil(lambda: "unlocked" not in blocked(page))
    with half_marked.read():
        assert models.Lock.select().count() == before
    assert "incomplete" in blocked(page)


def test_what_waits_for_others_leads_to_score_entry(qtbot, show, store, ready) -> None:
    marks.hand_in(store, "李敏", ready[5], 2, {}, total_milli=0, reason="未操作")
    page = show(store)
    assert blocked(page) == ["unconfirmed"]
    assert "the chief judge has to confirm 1 thing" in told(page)
    with qtbot.waitSignal(page.desk.going) as going:
        click(page.standings, "mend")
    assert going.args == ["score_entry", "confirm"]


def test_finalising_locks_what_is_complete(qtbot, show, store, ready) -> None:
    page = show(store)
    click(page, "primary")
    question = open_dialog(page, "question")
    assert any("1 division is locked with it" in label.text() for label in question.findChildren(QLabel))
    click(question, "yes")
    qtbot.waitUntil(lambda: len(page._state.versions) == 1)
    read(qtbot, page)
    with store.read():
        assert models.Lock.get().division.code == "N"
    assert page._state.blockers == ()


def test_enter_on_a_line_opens_its_ladder(qtbot, show, store, ready) -> None:
    page = show(store)
    page.standings.view.table.view.setFocus()
    QTest.keyClick(page.standings.view.table.view, Qt.Key.Key_Return)
    dialog = open_dialog(page, "ladderDialog")
    click(dialog, "copy")
    copied = QGuiApplication.clipboard().text().splitlines()
    assert copied[:2] == ["N-01 张伟 第一医院", "全县·护理组"]
    assert "静脉输液: mean of 95, 95\t95" in copied
    assert "place among 6\t1" in copied


def test_the_items_of_a_judge_fold_out(qtbot, show, marked) -> None:
    page = show(marked)
    click(page.standings, "ladder")
    dialog = open_dialog(page, "ladderDialog")
    judge = dialog.tree.topLevelItem(0).child(0)
    assert judge.text(0) == "Judge 1: sum of the items"
    assert judge.childCount() == 20
    assert not judge.isExpanded()
    click(dialog, "expand")
    assert judge.isExpanded()
    points = sum(float(judge.child(row).text(1)) for row in range(20))
    assert points == float(judge.text(1))


def test_an_entrant_who_is_gone_has_no_ladder(qtbot, show, store, ready) -> None:
    page = show(store)
    page.standings.view.ladder_wanted.emit(999)
    assert open_dialog(page, "question")
