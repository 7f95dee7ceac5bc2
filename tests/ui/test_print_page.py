import threading
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication, QPushButton

from data import models
from data.actions import printouts as actions
from data.queries import printouts
from data.queries.entrants import entrants
from data.queries.printouts import BADGES, CERTIFICATES, DOOR_LISTS, MARKSHEETS, OVERVIEW, SLIPS
from ui.pages import print as print_module
from ui.pages.print import KINDS, PrintPage
from ui.printing_out import DOTS_PER_INCH, Printed


@pytest.fixture
def page(make_desk, drawn, qtbot) -> PrintPage:
    made = PrintPage(make_desk(drawn))
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    wait_for_pages(qtbot, made)
    return made


def wait_for_pages(qtbot, page: PrintPage) -> None:
    qtbot.waitUntil(
        lambda: page._prepared is not None and not page.is_busy and not page.desk.tasks.running, timeout=20000
    )


def button(page: PrintPage, name: str) -> QPushButton:
    return page.findChild(QPushButton, name)


def card(page: PrintPage, kind: str) -> str:
    return page.list.item(KINDS.index(kind)).text()


def test_an_empty_event_says_what_to_do_first(desk, qtbot) -> None:
    page = PrintPage(desk)
    qtbot.addWidget(page)
    page.show()
    assert page._empty.isVisible()
    assert not button(page, "primary").isEnabled()
    with qtbot.waitSignal(desk.going) as gone:
        page._go_to_setup()
    assert gone.args[0] == "setup"


def test_each_paper_tells_how_it_stands(page: PrintPage) -> None:
    assert card(page, BADGES) == "Badges  ·  182\nnot printed yet\n➜ ready to print"
    assert "There is no timetable yet." in card(page, MARKSHEETS)
    assert "182 pieces · page 1 of 46" in page._position.text()


def test_what_cannot_be_printed_says_why(page: PrintPage) -> None:
    page.show_target(CERTIFICATES)
    assert page._nothing.isVisible()
    assert "There is no result version yet." in page._nothing.text()
    assert not button(page, "primary").isEnabled()


def test_one_division_is_previewed_and_saved(page: PrintPage, qtbot, answers, tmp_path: Path) -> None:
    page.division.setCurrentIndex(page.division.findData("1T"))
    wait_for_pages(qtbot, page)
    assert page._position.text().startswith("8 pieces")
    answers.path = tmp_path / "team.pdf"
    button(page, "savePdf").click()
    assert len(pypdfium2.PdfDocument(answers.path.read_bytes())) == 2
    with page.desk.store.read():
        assert [(row.kind, row.pieces) for row in models.Printout.select()] == [("badges/1T", 8)]


def test_changed_ones_alone_bring_all_up_to_date(page: PrintPage, qtbot, answers, tmp_path: Path) -> None:
    answers.path = tmp_path / "all.pdf"
    button(page, "savePdf").click()
    qtbot.waitUntil(lambda: "up to date" in card(page, BADGES))
    assert not page.changed_only.isVisible()
    store = page.desk.store
    with store.write("tester", "roster.rename") as writing:
        writing.update(models.Entrant.get_by_id(entrants(store)[0].id), name="王𐎀")
    qtbot.waitUntil(lambda: "1 changed since" in card(page, BADGES))
    wait_for_pages(qtbot, page)
    assert "王𐎀 (𐎀)" in page._glyphs.text()
    assert page.changed_only.isVisible()
    page.changed_only.click()
    wait_for_pages(qtbot, page)
    assert page._position.text().startswith("1 piece ")
    button(page, "savePdf").click()
    qtbot.waitUntil(lambda: "up to date" in card(page, BADGES))
    assert printouts.state(store, BADGES).changed == frozenset()
    with store.read():
        assert [row.pieces for row in models.Printout.select()] == [182, 182]


def test_a_file_that_cannot_be_written_is_not_noted(
    page: PrintPage, qtbot, answers, tmp_path: Path, monkeypatch
) -> None:
    shown = []
    monkeypatch.setattr("ui.pages.page.show_error", lambda parent, error: shown.append(error))
    answers.path = tmp_path / "none" / "a.pdf"
    button(page, "savePdf").click()
    assert len(shown) == 1
    assert printouts.state(page.desk.store, BADGES).printed_at is None


@pytest.fixture
def printer_file(page: PrintPage, monkeypatch, tmp_path: Path) -> Path:
    """Where the print dialog's answer goes: the chosen printer writes a PDF."""
    path = tmp_path / "printed.pdf"

    def accept(dialog: QPrintDialog) -> None:
        printer = page._printer
        assert printer is not None
        assert isinstance(dialog, QPrintDialog)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(path))
        dialog.accepted.emit(printer)
        dialog.deleteLater()

    monkeypatch.setattr(print_module, "show_print_dialog", accept)
    return path


def test_printing_puts_every_page_at_its_size(page: PrintPage, qtbot, printer_file: Path) -> None:
    page.division.setCurrentIndex(page.division.findData("1T"))
    wait_for_pages(qtbot, page)
    said = []
    page.desk.said.connect(said.append)
    button(page, "primary").click()
    qtbot.waitUntil(lambda: bool(said), timeout=20000)
    assert said == ["2 pages sent to the printer"]
    printed = pypdfium2.PdfDocument(printer_file.read_bytes())
    assert len(printed) == 2
    assert printed.get_page_size(0) == pytest.approx((595, 842), abs=1)
    from tests.printing.reading import codes

    assert len(codes(printer_file.read_bytes())) == 4
    assert DOTS_PER_INCH >= 300
    qtbot.waitUntil(lambda: not page.is_busy)
    with page.desk.store.read():
        assert models.Printout.get().kind == "badges/1T"


def test_what_changed_while_it_was_printed_is_in_the_preview_afterwards(page: PrintPage, qtbot, monkeypatch) -> None:
    page.division.setCurrentIndex(page.division.findData("1T"))
    wait_for_pages(qtbot, page)
    before, may_end = page._prepared, threading.Event()

    def print_two_of_many(pages, _printer, _progress) -> Printed:
        may_end.wait(30)
        pages.close()
        return Printed(2, 3)

    monkeypatch.setattr(print_module, "print_pages", print_two_of_many)
    monkeypatch.setattr(print_module, "show_print_dialog", print_at_once)
    button(page, "primary").click()
    team = next(row for row in entrants(page.desk.store) if row.division_code == "1T")
    with page.desk.store.write("test", "test.rename") as writing:
        writing.update(models.Entrant.get_by_id(team.id), name="新名字")
    qtbot.waitUntil(lambda: not page._soon.isActive() and page._edition > before.wanted.edition)
    page.reread()
    assert page.is_busy
    may_end.set()
    qtbot.waitUntil(lambda: page._prepared is not None and page._prepared is not before)
    wait_for_pages(qtbot, page)
    assert page._prepared.wanted.edition == page._edition


def print_at_once(dialog: QPrintDialog) -> None:
    dialog.accepted.emit(None)
    dialog.deleteLater()


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_refuses_is_told(page: PrintPage, qtbot, printer_file: Path, monkeypatch) -> None:
    shown = []
    monkeypatch.setattr(print_module, "show_error", lambda parent, error: shown.append(error.what))
    printer_file.mkdir()
    with qtbot.captureExceptions() as bugs:
        button(page, "primary").click()
        qtbot.waitUntil(lambda: bool(shown), timeout=20000)
    assert not bugs
    assert shown == ["The printer does not take the job."]
    assert printouts.state(page.desk.store, BADGES).printed_at is None


def test_the_preview_scrolls_and_zooms(page: PrintPage, qtbot) -> None:
    preview = page.preview
    qtbot.waitUntil(lambda: bool(preview._pictures), timeout=10000)
    qtbot.keyClick(preview, Qt.Key.Key_End)
    assert preview.current_page == 46
    assert "page 46 of 46" in page._position.text()
    qtbot.keyClick(preview, Qt.Key.Key_Home)
    assert preview.current_page == 1
    button(page, "zoomIn").click()
    assert preview.zoom == 1.25
    qtbot.keyClick(preview, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(preview, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert preview.zoom == 1.25
    for _again in range(9):
        button(page, "zoomOut").click()
    assert preview.zoom == 0.5
    wheel(preview, 120, Qt.KeyboardModifier.ControlModifier)
    assert preview.zoom == 0.75
    wheel(preview, -120, Qt.KeyboardModifier.ControlModifier)
    assert preview.zoom == 0.5
    wheel(preview, -120, Qt.KeyboardModifier.NoModifier)
    assert preview.verticalScrollBar().value() > 0
    qtbot.waitUntil(lambda: not preview._rendering, timeout=10000)


def wheel(preview, turn: int, modifiers: Qt.KeyboardModifier) -> None:
    place = QPointF(50, 50)
    buttons, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    event = QWheelEvent(place, place, QPoint(), QPoint(0, turn), buttons, modifiers, phase, False)
    QApplication.sendEvent(preview.viewport(), event)


def test_stopping_the_preview_keeps_the_page_usable(page: PrintPage, qtbot) -> None:
    page.division.setCurrentIndex(page.division.findData("1H"))
    for task in page.desk.tasks.running:
        task.cancel()
    qtbot.waitUntil(lambda: not page.is_busy, timeout=20000)
    if page._prepared is None:
        assert "stopped" in page._nothing.text()
    page.division.setCurrentIndex(0)
    wait_for_pages(qtbot, page)


@pytest.fixture
def timed_page(make_desk, scheduled, qtbot) -> PrintPage:
    made = PrintPage(make_desk(scheduled))
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    wait_for_pages(qtbot, made)
    return made


def test_doors_and_overview_are_previewed(timed_page: PrintPage, qtbot) -> None:
    for kind, pieces in ((DOOR_LISTS, "7 pieces"), (OVERVIEW, "1 piece · page 1 of 1")):
        timed_page.show_target(kind)
        wait_for_pages(qtbot, timed_page)
        assert timed_page._position.text().startswith(pieces)
    assert timed_page.station.isHidden(), "the overview has all stations"


def test_only_what_changed_since_the_printing_is_shown_when_asked_for(timed_page: PrintPage, qtbot) -> None:
    store = timed_page.desk.store
    actions.record(store, "李敏", SLIPS, 182, 1)
    someone = entrants(store, "1H")[0]
    with store.write("李敏", "roster.rename") as writing:
        writing.update(models.Entrant.get_by_id(someone.id), name="王契")
    timed_page.refresh()
    wait_for_pages(qtbot, timed_page)
    timed_page.show_target((SLIPS, True))
    wait_for_pages(qtbot, timed_page)
    assert timed_page.changed_only.isChecked()
    assert timed_page._position.text().startswith("1 piece ·")
    timed_page.show_target((DOOR_LISTS, True))
    wait_for_pages(qtbot, timed_page)
    assert not timed_page.changed_only.isChecked(), "none was printed, so none changed"
