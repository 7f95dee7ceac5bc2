"""Result versions: made, corrected, compared with one another, and published."""

import csv
import hashlib
import threading
from dataclasses import replace

import pypdfium2
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from data import models
from data.actions import marks, setup
from data.exchange import notice_csv
from data.queries import notice, sealing
from data.queries import plan as plan_queries
from data.queries import results as result_queries
from printing import certificates
from tests.data import ending
from tests.ui.pages.results.driving import (
    changes,
    click,
    decode,
    finalise,
    open_dialog,
    read,
    told,
)
from ui.widgets.results.notice_dialog import NoticeDialog


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
    qtbot.waitUntil(lambda: f"{len(awarded)} certificates saved." in said)
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
