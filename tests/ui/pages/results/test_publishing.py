"""What is published of a result version, by mouse and keyboard: the notice, corrected certificates, the archive."""

from datetime import date

import pypdfium2
import pytest
from PySide6.QtCore import QDate
from PySide6.QtWidgets import QDialog, QLabel, QPushButton

from data import models
from data.exchange.archive_check import check_archive
from data.queries import notice
from data.queries.notice import Proposal
from data.queries.results import Frozen, VersionRow
from data.rules.workdays import Period
from tests.data import contest, ending
from tests.ui.pages.results.driving import click
from ui.widgets.results.archive_dialog import ArchiveDialog
from ui.widgets.results.notice_dialog import NoticeDialog
from ui.widgets.results.notice_words import NoticeWordsView


@pytest.fixture
def final(store):
    """A contest with two result versions; the second voids the certificate of one who was misspelt."""
    contest.mark_everyone(store, contest.set_up(store))
    ending.finalise(store, "裁判长")
    with store.write("tester", "test.mend") as writing:
        writing.update(models.Entrant.get(models.Entrant.name == "李娜"), name="李㛃")
    ending.finalise(store, "裁判长", "姓名更正")
    return store


@pytest.fixture
def page(qtbot, show, final):
    made = show(final, "certificates")
    qtbot.waitUntil(lambda: made.tabs.currentWidget() is made.versions)
    made.said = []
    made.desk.said.connect(made.said.append)
    return made


def dialog_of(qtbot, page, name: str) -> QDialog:
    qtbot.waitUntil(lambda: any(one.isVisible() for one in page.findChildren(QDialog, name)))
    return next(one for one in page.findChildren(QDialog, name) if one.isVisible())


def done(qtbot, page, text: str) -> None:
    qtbot.waitUntil(lambda: any(text in said for said in page.said) and not page.is_busy)


def test_a_notice_is_saved_as_pdf_and_noted_for_its_days(qtbot, page, final, answers, tmp_path) -> None:
    click(page, "notice")
    dialog = dialog_of(qtbot, page, "noticeDialog")
    assert isinstance(dialog, NoticeDialog)
    dialog.words.heading.setText("关于静脉输液比武成绩的公示")
    dialog.words.contact.setText("莫晓鹏")
    dialog.words.starts.setDate(QDate(2023, 9, 28))
    assert dialog.words.period == Period(date(2023, 9, 28), date(2023, 10, 10)), "around the National Day"
    assert dialog.words.told.text() == "5 working days"
    dialog.choice.scores.click()
    dialog.choice.order.setCurrentIndex(2)
    assert (dialog.options().scores, dialog.options().order) == (False, "unit")
    answers.path = tmp_path / "notice.pdf"
    click(dialog, "saveNoticePdf")
    done(qtbot, page, "Notice of version 2: 1 page saved.")
    document = pypdfium2.PdfDocument(answers.path)
    text = document[0].get_textpage().get_text_range()
    document.close()
    for words in ("关于静脉输液比武成绩的公示", "莫晓鹏", "2023-09-28 to 2023-10-10"):
        assert words in text
    assert "90.50" not in text
    assert [(one.version, one.ends) for one in notice.published(final)] == [(2, date(2023, 10, 10))]


def test_a_notice_may_be_saved_without_being_published(qtbot, page, final, answers, tmp_path) -> None:
    click(page, "notice")
    dialog = dialog_of(qtbot, page, "noticeDialog")
    dialog.publish.click()
    answers.path = tmp_path / "notice.csv"
    click(dialog, "saveNotice")
    done(qtbot, page, "Notice of version 2: 9 rows saved.")
    assert notice.published(final) == ()


def test_days_in_the_wrong_order_and_a_missing_title_save_nothing(qtbot, page) -> None:
    click(page, "notice")
    dialog = dialog_of(qtbot, page, "noticeDialog")
    dialog.words.ends.setDate(dialog.words.starts.date().addDays(-1))
    assert "before the first" in dialog.words.told.text()
    assert not dialog.pdf_button.isEnabled()
    dialog.words.ends.setDate(dialog.words.starts.date())
    assert "the plan asks for 5" in dialog.words.told.text()
    assert dialog.pdf_button.isEnabled()
    dialog.words.heading.clear()
    assert not dialog.csv_button.isEnabled()
    click(dialog, "no")


def test_the_dialog_says_which_holidays_it_does_not_know(qtbot) -> None:
    version = VersionRow(1, "2023-11-18T01:00:00.000Z", "", "", "0" * 64)
    content = Frozen(version, {"name": "比武"}, ())
    proposal = Proposal(Period(date(2120, 1, 1), date(2120, 1, 5)), 5, "", "", None)
    view = NoticeWordsView(content, proposal, date(2119, 12, 31))
    qtbot.addWidget(view)
    view.starts.setDate(QDate(2120, 9, 30))
    assert "The holidays of 2120 are not known yet" in view.told.text()
    assert view.period.ends == date(2120, 10, 4)


def test_after_a_correction_the_changed_certificates_alone_are_printed(qtbot, page, final, answers, tmp_path) -> None:
    answers.path = tmp_path / "changed.pdf"
    click(page, "changedCertificates")
    done(qtbot, page, "1 certificate saved.")
    answers.path = tmp_path / "void.pdf"
    click(page, "voidNumbers")
    done(qtbot, page, "Saved: void.pdf")
    document = pypdfium2.PdfDocument(answers.path)
    assert "Name: 李娜 → 李㛃" in document[0].get_textpage().get_text_range()
    document.close()
    with final.read():
        printed = [(row.kind, row.pieces, row.of_version) for row in models.Printout.select()]
    assert printed == [("certificates/new", 1, 2), ("void_list", 1, 2)]
    page.versions.view.table.choose(1)
    assert not any(button.isVisible() for button in page.findChildren(QPushButton, "voidNumbers"))


def test_the_changed_ones_bring_certificates_up_to_date_that_were_out(qtbot, page, final, answers, tmp_path) -> None:
    page.versions.view.table.choose(1)
    answers.path = tmp_path / "all.pdf"
    click(page, "certificates")
    done(qtbot, page, "4 certificates saved.")
    page.versions.view.table.choose(2)
    click(page, "changedCertificates")
    done(qtbot, page, "1 certificate saved.")
    with final.read():
        assert [row.kind for row in models.Printout.select()] == ["certificates", "certificates"]


def test_an_archive_is_sealed_and_its_seal_told(qtbot, page, answers, tmp_path) -> None:
    for name in ("签到表.jpg", "other.jpg"):
        (tmp_path / name).write_bytes(b"scan")
    click(page, "archive")
    dialog = dialog_of(qtbot, page, "archiveDialog")
    assert isinstance(dialog, ArchiveDialog)
    answers.paths = [tmp_path / "签到表.jpg", tmp_path / "other.jpg"]
    click(dialog, "addScans")
    click(dialog, "addScans")
    assert dialog.scans.count() == 2
    click(dialog, "removeScan")
    dialog.scans.setCurrentRow(1)
    click(dialog, "removeScan")
    answers.path = tmp_path / "archive.zip"
    click(dialog, "saveArchive")
    question = dialog_of(qtbot, page, "question")
    check = check_archive(tmp_path / "archive.zip")
    assert check.findings == ()
    assert any(check.seal in label.text() for label in question.findChildren(QLabel))
    question.accept()


def test_an_archive_can_be_a_folder(qtbot, page, answers, tmp_path) -> None:
    (tmp_path / "out").mkdir()
    click(page, "archive")
    dialog = dialog_of(qtbot, page, "archiveDialog")
    dialog.folder.click()
    dialog.event_file.click()
    answers.path = tmp_path / "out"
    click(dialog, "saveArchive")
    dialog_of(qtbot, page, "question").accept()
    (folder,) = (tmp_path / "out").iterdir()
    assert folder.name == "Archive event"
    assert (folder / "event.biwu").exists()
    assert check_archive(folder).findings == ()


def test_a_score_ladder_is_saved_as_pdf(qtbot, page, answers, tmp_path) -> None:
    page.tabs.setCurrentIndex(0)
    page.standings._show_ladder(page._state.divisions[0].rows[0].entrant_id)
    answers.path = tmp_path / "ladder.pdf"
    click(dialog_of(qtbot, page, "ladderDialog"), "saveLadder")
    done(qtbot, page, "Saved: ladder.pdf")
    document = pypdfium2.PdfDocument(answers.path)
    text = document[0].get_textpage().get_text_range()
    document.close()
    assert "张伟" in text
    assert "Result version 2" in text
