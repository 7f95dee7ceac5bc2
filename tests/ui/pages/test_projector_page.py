"""The projector: what the operator released and nothing else, live, frozen, black, never over the operator."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel, QPushButton

from data import models
from data.change import Change
from data.queries import leaderboard
from ui.main_window import MainWindow
from ui.pages.projector import ProjectorPage
from ui.projector import canvas
from ui.projector.slide_view import MOVE_MS
from ui.projector.slides import BlankSlide, BoardSlide, TitleSlide
from ui.projector.window import ProjectorWindow

PROJECT = Path(__file__).parents[3]


@pytest.fixture
def open_page(qtbot, show_page):
    def make(store) -> ProjectorPage:
        page = show_page(ProjectorPage, store)
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        return page

    return make


def tick(page, *codes: str, on: bool = True) -> None:
    for line in range(page.divisions.count()):
        item = page.divisions.item(line)
        if item.data(Qt.ItemDataRole.UserRole) in codes:
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)


def button(page, name: str) -> QPushButton:
    return page.findChild(QPushButton, name)


def withdraw_leader(store, code: str) -> int:
    """Something changes on the board: its first entrant withdraws. Returns the entrant."""
    leader = leaderboard.standings(store, code).rows[0].entrant_id
    with store.write("test", "checkin.state", "弃权") as writing:
        writing.update(models.Entrant.get_by_id(leader), state="withdrew")
    return leader


def test_an_empty_event_sends_to_setup(qtbot, open_page, store):
    page = open_page(store)
    assert page.hall.board.slide == TitleSlide("", "")
    with qtbot.waitSignal(page.desk.going):
        next(found for found in page.findChildren(QPushButton) if found.text() == "Go to the setup page").click()


def test_nothing_is_shown_before_it_is_released(open_page, marked):
    page = open_page(marked)
    assert isinstance(page.hall.board.slide, TitleSlide)
    tick(page, "1H")
    slide = page.hall.board.slide
    assert isinstance(slide, BoardSlide)
    assert (slide.division_code, slide.pages, len(slide.rows)) == ("1H", 3, 10)
    assert page.preview.slide == slide
    assert "exactly what the preview shows" in page.findChild(QLabel, "pagePurpose").text()
    tick(page, "1H", on=False)
    assert isinstance(page.hall.board.slide, TitleSlide)


def test_pages_turn_and_go_on_to_the_next_division(qtbot, open_page, marked):
    page = open_page(marked)
    tick(page, "1H", "1T")
    seen = []
    for _turn in range(5):
        seen.append((page.hall.board.slide.division_code, page.hall.board.slide.page))
        qtbot.keyClick(page.divisions, Qt.Key.Key_Right)
    assert seen == [("1H", 1), ("1H", 2), ("1H", 3), ("1T", 1), ("1H", 1)]
    button(page, "before").click()
    button(page, "before").click()
    assert (page.hall.board.slide.division_code, page.hall.board.slide.page) == ("1T", 1)
    page.hall.board._turn.timeout.emit()
    assert (page.hall.board.slide.division_code, page.hall.board.slide.page) == ("1H", 1)


def test_a_change_comes_in_by_itself_and_rows_move(qtbot, open_page, marked):
    page = open_page(marked)
    tick(page, "1H")
    leader = withdraw_leader(marked, "1H")
    qtbot.waitUntil(lambda: leader not in [row.key for row in page.hall.board.slide.rows])
    assert page.preview.is_moving
    assert any(row.moved == 1 for row in page.hall.board.slide.rows)
    qtbot.waitUntil(lambda: not page.preview.is_moving, timeout=10 * MOVE_MS)


def test_frozen_keeps_new_marks_off_until_it_is_lifted(qtbot, open_page, marked):
    page = open_page(marked)
    tick(page, "1H")
    button(page, "freeze").click()
    rows = page.hall.board.slide.rows
    assert page.hall.board.slide.state == "frozen"
    withdraw_leader(marked, "1H")
    with qtbot.waitSignal(page.desk.bus.changed, raising=False, timeout=300):
        pass
    page.hall.board.reread()
    assert page.hall.board.slide.rows == rows
    qtbot.keyClick(page.divisions, Qt.Key.Key_F)
    assert page.hall.board.slide.rows != rows


def test_one_key_makes_it_black_and_back(qtbot, open_page, marked):
    page = open_page(marked)
    tick(page, "1H")
    qtbot.keyClick(page.divisions, Qt.Key.Key_B)
    assert page.hall.slide == BlankSlide()
    assert page.preview.grab().toImage().pixelColor(100, 100).name() == "#000000"
    button(page, "blank").click()
    assert isinstance(page.hall.board.slide, BoardSlide)


def test_a_division_that_leaves_the_plan_leaves_the_screen(open_page, marked):
    page = open_page(marked)
    tick(page, "1H", "1T")
    with marked.write("test", "test.rename") as writing:
        writing.update(models.Division.get(models.Division.code == "1H"), code="9H")
    page.hall.board.reread()
    assert page.hall.board.released == ("1T",)
    assert page.hall.board.slide.division_code == "1T"


def test_blind_events_show_no_name(open_page, nursing_drawn):
    page = open_page(nursing_drawn)
    tick(page, "N")
    assert page.hall.board.slide.rows == ()
    assert page.preview.grab().width() > 0


def test_an_event_that_becomes_blind_loses_its_names_though_frozen(qtbot, open_page, marked):
    page = open_page(marked)
    tick(page, "1H")
    page.hall.board.set_frozen(True)
    before = page.hall.board.slide.rows
    assert all(row.name for row in before)
    withdraw_leader(marked, "1H")
    with marked.write("test", "test.blind") as writing:
        writing.update(models.Event.get(), blind=True)
    qtbot.waitUntil(lambda: not page.hall.board.slide.rows[0].name)
    assert [(row.number, row.total) for row in page.hall.board.slide.rows] == [
        (row.number, row.total) for row in before
    ]
    assert not any(row.name or row.unit for row in page.hall.board.slide.rows)


def test_nothing_is_read_while_the_event_closes(open_page, marked):
    page = open_page(marked)
    tick(page, "1H", "1T")
    page.desk.close()
    page.desk.bus.changed.emit(Change(1, "", "", "", "", frozenset({"mark"})))
    timers = page.hall.board.findChildren(QTimer)
    assert len(timers) == 3
    assert not any(timer.isActive() for timer in timers)


def test_with_one_screen_it_is_a_small_window(qtbot, open_page, marked):
    page = open_page(marked)
    button(page, "primary").click()
    window = page.findChild(ProjectorWindow)
    assert window.isVisible()
    assert not window.fills_a_screen
    assert page.findChild(QLabel, "projectorState").text() == "● live"
    qtbot.keyClick(window, Qt.Key.Key_B)
    assert page.findChild(QLabel, "projectorState").text() == "▲ black"
    qtbot.keyClick(window, Qt.Key.Key_B)
    qtbot.keyClick(window, Qt.Key.Key_F)
    assert page.findChild(QLabel, "projectorState").text() == "▲ frozen"
    qtbot.keyClick(window, Qt.Key.Key_PageUp)
    qtbot.keyClick(window, Qt.Key.Key_X)
    window.open_on(page.screen())
    assert not window.fills_a_screen
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isVisible()
    assert button(page, "primary").text() == "Show on the projector"
    button(page, "primary").click()
    button(page, "primary").click()
    assert not window.isVisible()


def test_the_window_shows_what_the_preview_shows(qtbot, open_page, marked):
    page = open_page(marked)
    button(page, "primary").click()
    tick(page, "2Y")
    assert page.findChild(ProjectorWindow).view.slide == page.preview.slide


def test_the_hall_keeps_its_picture_when_the_language_is_to_change(qtbot, make_desk, marked):
    desk = make_desk(marked)
    window = MainWindow(desk)
    qtbot.addWidget(window)
    window.go("projector")
    page = window.current_page
    said = []
    desk.said.connect(said.append)
    button(page, "primary").click()
    window.change_language()
    assert window.current_page is page
    assert window.findChild(ProjectorWindow).isVisible()
    assert "Hide it from the projector" in said[0]
    button(page, "primary").click()
    window.change_language()
    assert window.current_page is not page


def test_a_target_is_pointed_at_but_not_released(open_page, marked):
    page = open_page(marked)
    page.show_target("2H")
    assert page.divisions.currentItem().data(Qt.ItemDataRole.UserRole) == "2H"
    assert page.hall.board.released == ()


def test_every_text_can_be_read_from_ten_metres():
    assert canvas.SMALLEST >= canvas.HEIGHT / 22


def test_a_slide_fills_a_screen_of_1920_by_1080(qtbot, open_page, marked):
    page = open_page(marked)
    tick(page, "1H")
    page.preview.setFixedSize(1920, 1080)
    image: QImage = page.preview.grab().toImage()
    assert image.pixelColor(2, 2).name() == canvas.GROUND.lower()
    assert image.pixelColor(1917, 1077).name() == canvas.GROUND.lower()


TWO_SCREENS = """
import sys
from PySide6.QtWidgets import QApplication, QWidget
from ui import screens
from ui.projector.window import ProjectorWindow

app = QApplication(sys.argv)
main = QWidget()
main.show()
window = ProjectorWindow(main)
other = screens.choose_projector_screen("", main)
assert other is not None and other != main.screen()
window.open_on(other)
app.processEvents()
assert window.fills_a_screen and window.geometry() == other.geometry(), window.geometry()
assert not window.geometry().intersects(main.screen().geometry())
app.screenRemoved.emit(other)
assert not window.isVisible() and not window.fills_a_screen
app.screenAdded.emit(main.screen())
assert not window.isVisible()
app.screenAdded.emit(other)
assert window.isVisible() and window.fills_a_screen
window.close()
app.screenAdded.emit(other)
assert not window.isVisible()
print("as promised")
"""


def test_the_projector_is_full_screen_on_the_other_screen_alone(tmp_path: Path):
    screens = [
        {"name": "laptop", "x": 0, "y": 0, "width": 1280, "height": 720},
        {"name": "beamer", "x": 1280, "y": 0, "width": 1920, "height": 1080},
    ]
    config = tmp_path / "screens.json"
    config.write_text(json.dumps({"screens": screens}), "utf-8")
    ran = subprocess.run(
        [sys.executable, "-c", TWO_SCREENS],
        cwd=PROJECT,
        env={**os.environ, "QT_QPA_PLATFORM": f"offscreen:configfile={config}"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "as promised" in ran.stdout, ran.stderr
