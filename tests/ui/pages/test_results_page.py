"""The results page by mouse and keyboard: from provisional standings to certificates and the notice."""

import csv
import hashlib
import re
import threading
from dataclasses import replace

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QPushButton

from data import models, rehearsal_steps
from data.actions import checkin, marks, results, setup
from data.errors import NotFound
from data.exchange import notice_csv
from data.queries import notice, scores, sealing
from data.queries import plan as plan_queries
from data.queries import results as result_queries
from data.queries.sealing import hides_names
from printing import certificates
from tests.data import contest, ending
from ui.pages.results import ResultsPage
from ui.widgets.results.notice_dialog import NoticeDialog
from ui.widgets.results.playoff_dialog import PlayoffDialog


@pytest.fixture
def show(qtbot, make_desk):
    """`show(store)` opens the page over a store and waits until it has read."""
    pages = []  # held here as the window does: a dialog must not be the last one that knows its page

    def made(store) -> ResultsPage:
        page = ResultsPage(make_desk(store))
        pages.append(page)
        qtbot.addWidget(page)
        page.resize(1088, 630)
        page.show()
        read(qtbot, page)
        return page

    return made


@pytest.fixture
def ready(store):
    """A small contest, all marks in, no tie; its visits."""
    visits = contest.set_up(store)
    contest.mark_everyone(store, visits)
    return visits


def read(qtbot, page: ResultsPage) -> None:
    qtbot.waitUntil(lambda: not page.is_reading and not page._stale and not page.is_busy, timeout=10_000)
    QTest.qWait(1)
    qtbot.waitUntil(lambda: not page._soon.isActive() and not page.is_reading, timeout=10_000)


def told(page: ResultsPage) -> str:
    return page.findChild(QLabel, "pagePurpose").text()


def open_dialog(page: ResultsPage, name: str) -> QDialog:
    return next(found for found in page.findChildren(QDialog, name) if found.isVisible())


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
    qtbot.waitUntil(lambda: len(page._state.versions) == before + 1, timeout=10_000)
    read(qtbot, page)


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


# Before there is anything


def test_an_empty_file_leads_to_the_setup(qtbot, show, store) -> None:
    page = show(store)
    assert not page.tabs.isVisible()
    with qtbot.waitSignal(page.desk.going) as going:
        click(page, "emptyGo")
    assert going.args[0] == "setup"


def test_a_plan_without_entrants_leads_to_the_draws(qtbot, show, nursing_planned) -> None:
    page = show(nursing_planned)
    with qtbot.waitSignal(page.desk.going) as going:
        click(page, "emptyGo")
    assert going.args[0] == "draws"
    assert not page.findChild(QPushButton, "primary").isVisible()


def test_entrants_without_a_mark_lead_to_score_entry_until_one_is_in(qtbot, show, store) -> None:
    visits = contest.set_up(store)
    page = show(store)
    with qtbot.waitSignal(page.desk.going) as going:
        click(page, "emptyGo")
    assert going.args[0] == "score_entry"
    contest.hand_in_total(store, visits[2], 80)
    qtbot.waitUntil(lambda: page.tabs.isVisible())
    assert told(page) == "Provisional: 0 of 9 entrants have all their marks in."


# Standings


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
    qtbot.waitUntil(lambda: blocked(page).count("unlocked") == before - 1)
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
    qtbot.waitUntil(lambda: len(page._state.versions) == 1, timeout=10_000)
    read(qtbot, page)
    with store.read():
        assert models.Lock.get().division.code == "N"
    assert page._state.blockers == ()


def test_an_event_that_everyone_left_leads_to_the_draws(qtbot, show, store, ready) -> None:
    for visit in ready:
        checkin.set_state(store, "李敏", contest.entrant_of(store, visit), "withdrew", "停电")
    page = show(store)
    assert told(page) == "Nobody competes in this event yet."
    assert lines(page)[0][-1] == "✕ withdrew"
    assert page.findChild(QLabel, "standingsState").text() == "nobody competes"
    click(page, "primary")
    with qtbot.waitSignal(page.desk.going) as going:
        click(open_dialog(page, "blockersDialog"), "mend")
    assert going.args[0] == "draws"


def test_a_mark_handed_in_elsewhere_shows_at_once(qtbot, show, store, ready) -> None:
    page = show(store)
    assert lines(page)[0][:3] == ["1", "N-01", "张伟"]
    for seat in (1, 2):
        marks.hand_in(store, "裁判长", ready[5], seat, {}, total_milli=100_000, reason="申诉成立")
    qtbot.waitUntil(lambda: lines(page)[0][2] == "孙莉")


def test_changes_during_a_read_are_read_after_it(qtbot, show, store, ready) -> None:
    page = show(store)
    page.reread()
    page.reread()
    assert page._outdated
    qtbot.waitUntil(lambda: not page._reading and not page._outdated)


def test_what_cannot_be_read_is_told_at_the_top(qtbot, show, store, ready, monkeypatch) -> None:
    page = show(store)

    def fail(_store):
        raise NotFound("The file is gone.", todo="Look for it.")

    monkeypatch.setattr("ui.pages.results.result_state", fail)
    page.reread()
    qtbot.waitUntil(lambda: any("The file is gone." in one.text() for one in page.findChildren(QLabel, "stripText")))
    assert lines(page)[0][2] == "张伟"


def test_a_blind_event_shows_numbers_alone_until_it_is_final(qtbot, show, store, ready) -> None:
    with store.write("tester", "test.seal") as writing:
        writing.update(models.Event.get(), blind=True)
        writing.insert(models.Draw, kind="numbers", state="drawn", record={}, frozen_at=writing.at)
    page = show(store)
    names = set(contest.NAMES)
    assert headers(page)[:3] == ["Place", "Number", "理论"]
    assert not names & {cell for row in lines(page) for cell in row}
    assert not page.findChild(QPushButton, "exportStandings").isEnabled()
    click(page.standings, "ladder")
    text = open_dialog(page, "ladderDialog").text()
    assert text.startswith("N-01\n")
    assert not any(name in text for name in (*names, "第一医院"))
    open_dialog(page, "ladderDialog").close()
    page.show_target("NT")
    assert lines(page) == []
    assert "totals of the units" in page.findChild(QLabel, "standingsNote").text()
    decode(qtbot, page)
    assert len(lines(page)) == 3
    finalise(qtbot, page)
    page.show_target("N")
    assert "张伟" in lines(page)[0]
    assert page.findChild(QPushButton, "exportStandings").isEnabled()


def decode(qtbot, page, chief: str = "裁判11", witness: str = "赵敏") -> None:
    """As the two of them do, from the panel above the standings."""
    click(page.sealing, "decode")
    dialog = open_dialog(page, "decodingDialog")
    dialog.chief.setText(chief)
    dialog.witness.setText(witness)
    dialog.yes.click()
    qtbot.waitUntil(lambda: not page._reading and page._state is not None and not page._state.nameless)


def test_decoding_takes_a_chief_judge_and_somebody_else(qtbot, show, nursing_marked) -> None:
    page = show(nursing_marked)
    assert "The names are sealed" in page.sealing.findChild(QLabel, "stripText").text()
    words = " ".join(label.text() for label in page.sealing.findChildren(QLabel))
    assert "number → name  sealed" in words
    assert sealing.sealing(nursing_marked).seal.stored in words
    chief = sealing.sealing(nursing_marked).chiefs[0]
    click(page.sealing, "decode")
    dialog = open_dialog(page, "decodingDialog")
    assert "✓ The list is the one that the numbers draw sealed" in dialog.findChild(QLabel, "sealWords").text()
    assert not dialog.yes.isEnabled()
    assert not dialog.reason.isVisible() or dialog._doubtful
    dialog.chief.setText("谁也不是")
    dialog.witness.setText("赵敏")
    dialog.reason.setText("理论成绩改日公布")
    dialog.yes.click()
    assert "no chief judge" in dialog.problem.text()
    assert hides_names(nursing_marked)
    dialog.chief.setText(f" {chief} ")
    dialog.yes.click()
    qtbot.waitUntil(lambda: not page._reading and not page._state.nameless)
    words = page.sealing.findChild(QLabel, "stripText").text()
    assert f"{chief} decoded the names before 赵敏" in words
    assert "The list is the one that the numbers draw sealed" in words
    assert not page.sealing.findChildren(QPushButton, "decode")


def test_names_that_were_exchanged_need_a_reason(qtbot, show, nursing_examined) -> None:
    with nursing_examined.write("tester", "test.exchange") as writing:
        one, other = models.Entrant.select().where(models.Entrant.number.is_null(False)).limit(2)
        writing.update(one, name=other.name)
    page = show(nursing_examined)
    click(page.sealing, "decode")
    dialog = open_dialog(page, "decodingDialog")
    assert "✕ The list is not the one" in dialog.findChild(QLabel, "sealWords").text()
    dialog.chief.setText(sealing.sealing(nursing_examined).chiefs[0])
    dialog.witness.setText("赵敏")
    assert not dialog.yes.isEnabled()
    dialog.reason.setText("参赛者改名")
    dialog.yes.click()
    qtbot.waitUntil(lambda: not page._reading and not page._state.nameless)
    assert "The list is not the one" in page.sealing.findChild(QLabel, "stripText").text()


def test_the_lanes_are_opened_before_the_names(qtbot, show, nursing_examined) -> None:
    with nursing_examined.write("tester", "test.lanes") as writing:
        writing.insert(models.Draw, kind="lanes", state="drawn", record={}, frozen_at=writing.at)
    page = show(nursing_examined)
    for left in (1, 0):
        click(page.sealing, "decode")
        dialog = [one for one in page.findChildren(QDialog, "decodingDialog") if one.isVisible()][-1]
        dialog.chief.setText(sealing.sealing(nursing_examined).chiefs[0])
        dialog.witness.setText("赵敏")
        dialog.yes.click()
        qtbot.waitUntil(lambda left=left: sum(one.is_sealed for one in page._state.sealing.layers) == left)
        if left:
            shown = [label.text() for label in page.sealing.findChildren(QLabel)]
            assert any(text.startswith("✓ lane → number  opened by") for text in shown)
    assert not page._state.nameless


def test_finalising_leads_to_the_decoding_first(qtbot, show, nursing_examined) -> None:
    page = show(nursing_examined)
    assert "decode the names" in page.purpose()
    click(page, "primary")
    click(open_dialog(page, "blockersDialog"), "mend")
    assert open_dialog(page, "decodingDialog").isVisible()


# Score ladder


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


# Ties


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


# Versions and what is published


def test_results_are_finalised_and_published_by_clicks(qtbot, show, answers, tmp_path, nursing_examined) -> None:
    page = show(nursing_examined)
    assert "decode the names before a witness" in told(page)
    decode(qtbot, page, sealing.sealing(nursing_examined).chiefs[0])
    assert told(page) == "All marks are in. Look the standings through, then finalise the results."
    assert not page.versions.is_offered()
    finalise(qtbot, page)
    assert page.tabs.currentWidget() is page.versions
    assert page.versions.title() == "Result versions (1)"
    assert not page.findChild(QPushButton, "primary").isEnabled()
    assert "first version" in page.findChild(QLabel, "comparison").text()
    frozen = result_queries.frozen(nursing_examined)
    assert frozen.version.actor == "李敏"
    awarded = [row for division in frozen.divisions for row in division.rows if row.award]

    said = []
    page.desk.said.connect(said.append)
    answers.path = tmp_path / "certificates.pdf"
    click(page, "certificates")
    qtbot.waitUntil(lambda: f"{len(awarded)} certificates saved." in said, timeout=20_000)
    read(qtbot, page)
    document = pypdfium2.PdfDocument(answers.path)
    assert len(document) == len(awarded) > 0
    document.close()
    with nursing_examined.read():
        printed = models.Printout.get()
        assert (printed.kind, printed.pieces, printed.of_version) == ("certificates", len(awarded), 1)

    answers.path = tmp_path / "notice.csv"
    click(page, "notice")
    click(open_dialog(page, "noticeDialog"), "saveNotice")
    qtbot.waitUntil(lambda: any("Notice of version 1" in text for text in said))
    read(qtbot, page)
    with answers.path.open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file)
    assert header == [notice_csv.HEADERS[key] for key in notice.CHOSEN]
    assert [(row[1], row[3], row[5]) for row in rows] == [
        ("" if row.place is None else str(row.place), row.name, row.shown)
        for division in frozen.divisions
        for row in division.rows
    ]

    answers.path = tmp_path / "standings.csv"
    click(page, "exportStandings")
    qtbot.waitUntil(lambda: "Standings: 56 rows saved." in said)
    assert answers.path.exists()

    click(page, "copySha")
    with nursing_examined.read():
        content = models.ResultVersion.get().content
    assert QGuiApplication.clipboard().text() == hashlib.sha256(models.canonical_json(content).encode()).hexdigest()


def test_certificates_that_are_stopped_leave_nothing(qtbot, show, answers, tmp_path, store, ready, monkeypatch) -> None:
    page = show(store)
    finalise(qtbot, page)
    answers.path = tmp_path / "certificates.pdf"
    go_on, draw = threading.Event(), certificates.draw

    def held(*arguments: object) -> int:
        assert go_on.wait(10)
        return draw(*arguments)

    monkeypatch.setattr(certificates, "draw", held)
    click(page, "certificates")
    assert page.is_busy
    page.desk.tasks.running[-1].cancel()
    go_on.set()
    read(qtbot, page)
    assert not answers.path.exists()
    with store.read():
        assert not models.Printout.select().exists()
    assert page.keys() == [("Enter", "Score ladder")]


def test_a_correction_makes_version_2_and_shows_what_it_changed(qtbot, show, store, ready) -> None:
    page = show(store)
    finalise(qtbot, page)
    ending.reopen(store)
    for seat in (1, 2):
        marks.hand_in(store, "李敏", ready[1], seat, {}, total_milli=99_000, reason="申诉成立")
    qtbot.waitUntil(lambda: "not as version 1 says" in told(page))
    assert page.versions.view.others.currentText() == "the standings as they are now"
    expected = {
        ("张伟", "Place", "1", "2"),
        ("张伟", "Award", "一等奖", "二等奖"),
        ("李娜", "Place", "2", "1"),
        ("李娜", "静脉输液", "90.00", "99.00"),
        ("李娜", "Total score", "87.00", "93.30"),
        ("李娜", "Award", "二等奖", "一等奖"),
        ("第一医院", "前两名合计", "177.50", "183.80"),
        ("第一医院", "Total score", "177.50", "183.80"),
    }
    assert {change for change in changes(page) if change[1] != "Certificate number"} == expected
    finalise(qtbot, page, "申诉成立：李娜第 1、2 席更正")
    assert [row.reason for row in page._state.versions] == ["申诉成立：李娜第 1、2 席更正", ""]
    assert page.versions.view.number == 2
    assert page.versions.view.others.currentText() == "version 1"
    qtbot.waitUntil(lambda: (1, 2) in page.versions.compared)
    found = changes(page)
    assert {change for change in found if change[1] != "Certificate number"} == expected
    assert {name for name, what, _before, _after in found if what == "Certificate number"} == {"张伟", "李娜"}
    assert page.findChild(QLabel, "comparison").text() == "The lines of 3 entrants differ."
    page.versions.view.table.choose(1)
    assert page.versions.view.others.currentText() == "version 2"
    assert changes(page) == found


def test_a_reason_is_asked_for_and_its_lack_changes_nothing(qtbot, show, store, ready) -> None:
    page = show(store)
    finalise(qtbot, page)
    ending.reopen(store)
    marks.set_visit(store, "李敏", ready[5], penalty_milli=1000)
    qtbot.waitUntil(lambda: page._state.differs)
    click(page, "primary")
    question = open_dialog(page, "question")
    assert not question.findChild(QPushButton, "yes").isEnabled()
    click(question, "no")
    assert len(result_queries.versions(store)) == 1


def test_the_event_itself_may_be_what_differs(qtbot, show, store, ready) -> None:
    page = show(store)
    finalise(qtbot, page)
    plan = plan_queries.current_plan(store)
    setup.save_plan(store, "tester", replace(plan, info=replace(plan.info, host="县人民医院")), "承办单位")
    qtbot.waitUntil(lambda: page._state.differs)
    assert changes(page) == [("", "Host", "", "县人民医院")]
    assert page.findChild(QLabel, "comparison").text() == "Only what is said of the event differs."


def test_the_certificates_are_a_target(qtbot, show, finished) -> None:
    page = show(finished)
    page.show_target("certificates")
    assert page.tabs.currentWidget() is page.versions
    page.show_target("2H")
    assert (page.tabs.currentWidget(), page.standings.divisions.code) == (page.standings, "2H")


def test_a_notice_has_the_columns_chosen_in_their_order(qtbot, show, answers, tmp_path, store, ready) -> None:
    page = show(store)
    finalise(qtbot, page)
    click(page, "notice")
    dialog = open_dialog(page, "noticeDialog")
    assert isinstance(dialog, NoticeDialog)
    dialog.choice.columns.setFocus()
    QTest.keyClick(dialog.choice.columns, Qt.Key.Key_Space)
    dialog.choice.columns.setCurrentRow(3)
    click(dialog, "columnUp")
    click(dialog, "columnDown")
    click(dialog, "columnUp")
    dialog.choice.columns.setCurrentRow(8)
    QTest.keyClick(dialog.choice.columns, Qt.Key.Key_Space)
    click(dialog, "columnDown")
    dialog.choice.mask.click()
    dialog.choice.awarded.click()
    assert dialog.options().columns == ("place", "name", "number", "unit", "total", "award", "state", "components")
    assert dialog.preview.rowCount() == 4
    assert dialog.preview.item(0, 1).text() == "张*"
    answers.path = tmp_path / "notice.csv"
    click(dialog, "saveNotice")
    qtbot.waitUntil(answers.path.exists)
    read(qtbot, page)
    text = answers.path.read_text("utf-8-sig").splitlines()
    assert text[0] == "名次,姓名,参赛编号,单位,总分,奖项,状态,理论,静脉输液,前两名合计"
    assert text[1] == "1,张*,N-01,第一医院,90.50,一等奖,,80.00,95.00,"
    assert text[4].startswith("1,第一医院,,第一医院")


def test_names_that_old_programs_garble_are_named(qtbot, show, store, ready) -> None:
    with store.write("tester", "test.rename") as writing:
        writing.update(models.Entrant.get(models.Entrant.name == "张伟"), name="张𬱖")
    page = show(store)
    finalise(qtbot, page)
    click(page, "notice")
    dialog = open_dialog(page, "noticeDialog")
    assert not dialog.warning.isVisible()
    dialog.choice.encoding.setFocus()
    QTest.keyClick(dialog.choice.encoding, Qt.Key.Key_Down)
    assert dialog.options().encoding == "gb18030"
    assert "张𬱖" in dialog.warning.text()
    assert dialog.warning.isVisible()
    click(dialog, "no")
