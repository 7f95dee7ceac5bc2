"""Rehearse this event, by clicks: on a copy, with a report, stopped half way, refused with the reason."""

import shutil
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel, QPushButton

from data import store as stores
from data.actions import setup
from data.queries.plan import is_rehearsal
from tests.data.rehearsed import NO_PAPERS
from ui import rehearse_dialog
from ui.pages.home import HomePage
from ui.rehearse_dialog import RehearseDialog, free_folder
from ui.widgets.top_bar import TopBar


@pytest.fixture
def open_dialog(make_desk, qtbot, monkeypatch):
    """`open_dialog(store)` clicks the home page's button; papers are left out, they have tests of their own."""
    monkeypatch.setattr(rehearse_dialog, "DAY_PAPERS", NO_PAPERS)
    pages = []

    def make(store) -> RehearseDialog:
        page = HomePage(make_desk(store))
        pages.append(page)
        page.show()
        qtbot.mouseClick(page.findChild(QPushButton, "rehearse"), Qt.MouseButton.LeftButton)
        return page.findChild(RehearseDialog)

    yield make
    for page in pages:
        for dialog in page.findChildren(RehearseDialog):
            dialog.reject()
        qtbot.waitUntil(lambda page=page: page.findChild(RehearseDialog) is None)
        page.close()
        page.deleteLater()


def button(dialog: RehearseDialog, name: str) -> QPushButton:
    return dialog.findChild(QPushButton, name)


def press(qtbot, dialog: RehearseDialog, name: str) -> None:
    qtbot.mouseClick(button(dialog, name), Qt.MouseButton.LeftButton)


def strips(dialog: RehearseDialog) -> list[str]:
    return [label.text() for label in dialog.findChildren(QLabel, "stripText")]


def test_there_is_nothing_to_rehearse_before_the_setup(desk, qtbot):
    page = HomePage(desk)
    qtbot.addWidget(page)
    page.show()
    assert not page.findChild(QPushButton, "rehearse").isVisible()


def test_the_rest_of_the_day_runs_on_a_copy(open_dialog, nursing_drawn, qtbot, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    before = nursing_drawn.path.read_bytes()
    dialog = open_dialog(nursing_drawn)
    folder = Path(dialog.folder.text())
    assert folder.parent == nursing_drawn.path.parent
    press(qtbot, dialog, "start")
    assert not dialog.seed.isVisible()
    qtbot.waitUntil(lambda: button(dialog, "openFolder").isVisible(), timeout=120_000)
    assert dialog.findChild(QLabel, "count:people").text() == "42"
    assert dialog.findChild(QLabel, "count:schedule_faults").text() == "0"
    assert dialog.findChild(QLabel, "count:teams") is None
    said = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "no timetable can end before 16:42" in said
    assert "Entering marks" in said
    press(qtbot, dialog, "openFolder")
    assert opened == [str(folder)]
    assert (folder / "report.json").exists()
    assert nursing_drawn.path.read_bytes() == before
    press(qtbot, dialog, "close")


def test_without_people_it_says_what_is_missing_and_can_be_started_again(open_dialog, planned, qtbot):
    dialog = open_dialog(planned)
    press(qtbot, dialog, "start")
    qtbot.waitUntil(lambda: bool(strips(dialog)), timeout=60_000)
    assert "There are no staff to draw from." in strips(dialog)[0]
    assert dialog.seed.isVisible()
    assert button(dialog, "start").isEnabled()
    assert not Path(dialog.folder.text()).exists()


def test_a_day_that_has_begun_is_not_disturbed(open_dialog, nursing_marked, qtbot):
    dialog = open_dialog(nursing_marked)
    dialog.disturb.setChecked(True)
    press(qtbot, dialog, "start")
    qtbot.waitUntil(lambda: bool(strips(dialog)), timeout=120_000)
    assert "begun already" in strips(dialog)[0]
    assert dialog.disturb.isVisible()


def test_a_seed_that_cannot_be_used_is_refused(open_dialog, nursing_rostered, qtbot):
    dialog = open_dialog(nursing_rostered)
    dialog.seed.clear()
    assert not button(dialog, "start").isEnabled()
    dialog.seed.setText(" / ")
    press(qtbot, dialog, "start")
    qtbot.waitUntil(lambda: bool(strips(dialog)), timeout=60_000)
    assert not Path(dialog.folder.text()).exists()


def test_stopped_half_way_it_leaves_nothing(open_dialog, nursing_drawn, qtbot):
    dialog = open_dialog(nursing_drawn)
    press(qtbot, dialog, "start")
    press(qtbot, dialog, "stop")
    qtbot.waitUntil(lambda: bool(strips(dialog)), timeout=120_000)
    assert "Stopped" in strips(dialog)[0]
    assert not Path(dialog.folder.text()).exists()


def test_to_close_it_is_to_stop_it(open_dialog, nursing_drawn, qtbot):
    dialog = open_dialog(nursing_drawn)
    page, folder = dialog.parent(), Path(dialog.folder.text())
    press(qtbot, dialog, "start")
    press(qtbot, dialog, "close")
    qtbot.waitUntil(lambda: page.findChild(RehearseDialog) is None, timeout=120_000)
    assert not folder.exists()


def test_another_folder_gets_a_free_name(open_dialog, nursing_planned, qtbot, answers, tmp_path):
    dialog = open_dialog(nursing_planned)
    answers.path = tmp_path / "elsewhere"
    press(qtbot, dialog, "chooseFolder")
    assert Path(dialog.folder.text()).parent == answers.path
    moment = datetime(2026, 11, 22, 4, 5)
    first = free_folder(tmp_path, moment)
    assert first.name == "Rehearsal 2026-11-22 0405"
    first.mkdir()
    assert free_folder(tmp_path, moment).name == "Rehearsal 2026-11-22 0405 (2)"


def test_a_rehearsal_can_be_told_from_the_event(phases, make_desk, qtbot, tmp_path):
    path = tmp_path / "rehearsal.biwu"
    shutil.copyfile(phases.file("nursing_planned"), path)
    store = stores.open_store(path)
    try:
        bar = TopBar(make_desk(store), None)
        qtbot.addWidget(bar)
        bar.show()
        pill = bar.findChild(QLabel, "rehearsal")
        bar.show_event("县护理静脉输液技能比武", "", "muted")
        assert not pill.isVisible()
        setup.mark_rehearsal(store, "tester")
        assert is_rehearsal(store)
        bar.show_event("县护理静脉输液技能比武", "", "muted")
        assert pill.isVisible()
    finally:
        store.close()
