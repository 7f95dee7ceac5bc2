"""Opening, creating, leaving events; the choice of events; what is said when a file cannot be opened."""

import sqlite3
from contextlib import closing

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QPushButton

from data import demo, i18n
from data import store as stores
from ui import application as applications
from ui.application import Application
from ui.error_dialog import ErrorDialog
from ui.start_window import StartWindow, file_name


@pytest.fixture
def application(settings, qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr(applications, "events_folder", lambda: tmp_path / "events")
    made = Application(settings)
    yield made
    made.close_event()
    if made.start is not None:
        made.start.close()
        made.start.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # no window is left for the next test


def told(qapp):
    return [widget for widget in qapp.topLevelWidgets() if isinstance(widget, ErrorDialog) and widget.isVisible()]


def dialogs_of(application):
    return application.start.findChildren(ErrorDialog)


def test_a_new_event_is_made_and_remembered(application, qtbot, tmp_path, settings):
    application.show_start()
    start = application.start
    create = start.findChild(QPushButton, "create")
    assert not create.isEnabled()
    start.name.setText("护理/竞赛 2026")
    assert create.isEnabled()
    qtbot.keyClick(start.name, Qt.Key.Key_Return)
    assert application.window.isVisible()
    assert (tmp_path / "events" / "护理竞赛 2026.biwu").is_file()
    assert settings.recent == [tmp_path / "events" / "护理竞赛 2026.biwu"]
    assert application.start is None


def test_leaving_leads_back_to_the_choice(application, qtbot, tmp_path):
    application.create_event(tmp_path / "a.biwu")
    application.window.current_page.desk.leave()
    assert application.window is None
    assert application.start.isVisible()
    recent = next(button for button in application.start.findChildren(QPushButton) if button.text() == "a")
    recent.click()
    assert application.window.isVisible()


def test_closing_the_window_frees_the_file(application, tmp_path):
    application.create_event(tmp_path / "a.biwu")
    application.window.close()
    freed = stores.open_store(tmp_path / "a.biwu")
    assert freed.path == tmp_path / "a.biwu"
    freed.close()


def test_a_missing_file_is_told_with_what_to_do(application, tmp_path):
    application.open_event(tmp_path / "gone.biwu")
    (dialog,) = dialogs_of(application)
    assert application.window is None
    dialog.close()


def test_a_damaged_file_is_told(application, tmp_path):
    (tmp_path / "bad.biwu").write_bytes(b"not a database at all" * 100)
    application.open_event(tmp_path / "bad.biwu")
    (dialog,) = dialogs_of(application)
    dialog.close()


def test_a_newer_file_is_refused(application, tmp_path):
    stores.create(tmp_path / "new.biwu").close()
    with closing(sqlite3.connect(tmp_path / "new.biwu")) as database:
        database.execute("PRAGMA user_version = 9999")
    application.open_event(tmp_path / "new.biwu")
    (dialog,) = dialogs_of(application)
    dialog.close()


def test_a_folder_that_cannot_be_made_is_told(application, tmp_path):
    (tmp_path / "file").write_text("")
    application.create_event(tmp_path / "file" / "a.biwu")
    (dialog,) = dialogs_of(application)
    dialog.close()


def test_the_language_of_the_choice_changes_in_place(application, settings):
    application.show_start()
    application.start.name.setText("My event")
    application.start.findChild(QPushButton, "language").click()
    assert i18n.language() == settings.language == "zh_CN"
    assert application.start.name.text() == "My event"
    application.start.language_wanted.emit()
    assert i18n.language() == "en"


def test_an_existing_name_is_refused_while_typing(settings, tmp_path, qtbot, answers):
    (tmp_path / "a.biwu").write_text("")
    start = StartWindow(settings, tmp_path)
    qtbot.addWidget(start)
    start.name.setText("a")
    assert not start.findChild(QPushButton, "create").isEnabled()
    assert "a.biwu" in start._file.text()
    answers.path = tmp_path / "other"
    start.findChild(QPushButton, "folder").click()
    assert start.findChild(QPushButton, "create").isEnabled()
    answers.path = tmp_path / "a.biwu"
    with qtbot.waitSignal(start.open_wanted) as wanted:
        start.findChild(QPushButton, "open").click()
    assert wanted.args == [tmp_path / "a.biwu"]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("2026年 技能/竞赛", "2026年 技能竞赛"),
        ("a:b*c?", "abc"),
        (" . ", ""),
        ("...", ""),
        ("赛" * 500, "赛" * 66),
        ("😀" * 500, "😀" * 50),
    ],
)
def test_file_names_work_on_every_system(typed, name):
    assert file_name(typed) == name


def test_the_demo_is_opened_as_a_copy(application, tmp_path, monkeypatch):
    def make_copy(folder):
        stores.create(folder / "demo.biwu").close()
        return folder / "demo.biwu"

    monkeypatch.setattr(demo, "make_copy", make_copy)
    application.open_demo()
    assert application.window.isVisible()
    application.window.close()
    application.open_demo()
    (dialog,) = dialogs_of(application)
    dialog.close()
