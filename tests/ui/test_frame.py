"""The window: going from page to page, language, marks, keys, and when pages read."""

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from data import i18n
from data.actions import setup
from data.errors import FileProblem, NotFound
from data.queries.plan import current_plan
from data.queries.readiness import PhaseMark
from ui import main_window
from ui.error_dialog import ErrorDialog
from ui.main_window import PAGES, MainWindow
from ui.pages.page import Page
from ui.question import Question
from ui.widgets.rail import GROUPS
from ui.widgets.rail_button import RailButton
from ui.widgets.top_bar import TopBar


class Notes(Page):
    """A page that notes when it reads."""

    key = "notes"
    tables = frozenset({"event"})

    def __init__(self, desk) -> None:
        super().__init__(desk)
        self.reads = 0
        self.target = None
        self.error = None

    def title(self) -> str:
        return "Notes"

    def purpose(self) -> str:
        return f"read {self.reads} times"

    def refresh(self) -> None:
        self.reads += 1
        if self.error is not None:
            raise self.error

    def show_target(self, target) -> None:
        self.target = target

    def place(self):
        return self.target


@pytest.fixture
def window(desk, qtbot, monkeypatch):
    """A window in which the audit page is Notes, so that other pages' looks do not matter here."""
    monkeypatch.setattr(main_window, "PAGES", {**PAGES, "audit": "Notes"})
    original = main_window.importlib.import_module

    def find(name: str):
        return __import__(__name__, fromlist=["Notes"]) if name == "ui.pages.audit" else original(name)

    monkeypatch.setattr(main_window.importlib, "import_module", find)
    made = MainWindow(desk)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()


def test_the_pages_are_loaded_beside_the_window(desk, qtbot, monkeypatch):
    original, loaded = main_window.importlib.import_module, []

    def find(name: str):
        if threading.current_thread() is not threading.main_thread():
            loaded.append(name)
        return original(name)

    monkeypatch.setattr(main_window.importlib, "import_module", find)
    window = MainWindow(desk)
    qtbot.addWidget(window)
    qtbot.waitUntil(lambda: bool(loaded) and not desk.tasks.running)
    assert loaded == [f"ui.pages.{key}" for key in PAGES]


def test_every_page_of_the_rail_is_a_page():
    assert [key for group in GROUPS for key in group] == list(PAGES)


def test_pages_are_made_at_their_first_visit(window):
    assert list(window._pages) == ["home"]
    window.go("audit", 7)
    assert isinstance(window.current_page, Notes)
    assert window.current_page.target == 7
    first = window.current_page
    window.go("home")
    window.go("audit")
    assert window.current_page is first


def test_a_click_in_the_rail_leads_to_the_page(window, qtbot):
    qtbot.mouseClick(window.findChild(RailButton, "rail:audit"), Qt.MouseButton.LeftButton)
    assert window.current_page.key == "notes"
    assert window.findChild(RailButton, "rail:audit").isChecked()


def test_a_page_is_asked_for_from_anywhere(window, desk):
    desk.go("audit", "here")
    assert window.current_page.target == "here"


def _rename(store, name):
    from dataclasses import replace

    plan = current_plan(store)
    setup.save_plan(store, "tester", replace(plan, info=replace(plan.info, name=name)))


def test_only_the_page_in_sight_reads(planned, make_desk, qtbot):
    desk = make_desk(planned)
    page = Notes(desk)
    qtbot.addWidget(page)
    page.show()
    assert page.reads == 1
    with qtbot.waitSignal(desk.bus.changed):
        _rename(planned, "One")
    qtbot.waitUntil(lambda: page.reads == 2)
    page.hide()
    with qtbot.waitSignal(desk.bus.changed):
        _rename(planned, "Two")
    qtbot.wait(1)
    assert page.reads == 2
    page.show()
    assert page.reads == 3
    assert page.findChild(QLabel, "pagePurpose").text() == "read 3 times"


def test_changes_of_other_tables_are_no_matter(planned, make_desk, qtbot, monkeypatch):
    desk = make_desk(planned)
    monkeypatch.setattr(Notes, "tables", frozenset({"mark"}))
    page = Notes(desk)
    qtbot.addWidget(page)
    page.show()
    with qtbot.waitSignal(desk.bus.changed):
        _rename(planned, "One")
    qtbot.wait(1)
    assert page.reads == 1


def test_a_page_that_cannot_read_says_so(desk, qtbot):
    page = Notes(desk)
    qtbot.addWidget(page)
    page.error = NotFound("The entrant is gone.", todo="Choose another.")
    page.show()
    text = page.findChild(QLabel, "stripText").text()
    assert "The entrant is gone." in text
    assert "Choose another." in text
    page.error = None
    page.reread()
    qtbot.waitUntil(lambda: page.findChild(QLabel, "stripText") is None)


def test_long_work_of_a_page_shows_progress_and_disables_it(desk, qtbot):
    page = Notes(desk)
    qtbot.addWidget(page)
    page.show()
    results = []
    task = page.run(lambda progress: 5, results.append, title="Counting")
    assert page.is_busy
    assert page._progress.isVisible()
    with qtbot.waitSignal(task.ended):
        pass
    assert not page.is_busy
    assert not page._progress.isVisible()
    assert results == [5]


def test_an_action_that_fails_tells_the_user(desk, qtbot):
    page = Notes(desk)
    qtbot.addWidget(page)
    page.show()

    def fail() -> None:
        raise NotFound("The entrant is gone.")

    assert page.attempt(lambda: None) is True
    assert page.findChild(ErrorDialog) is None
    assert page.attempt(fail) is False
    page.findChild(ErrorDialog).close()


def test_the_language_changes_in_place(window, desk, qtbot):
    window.go("audit")
    before = window.current_page
    window.change_language()
    assert i18n.language() == "zh_CN"
    assert desk.settings.language == "zh_CN"
    assert isinstance(window.current_page, Notes)
    assert window.current_page is not before
    qtbot.waitUntil(lambda: window.findChild(RailButton, "rail:setup").text() == "筹备")
    window.change_language()
    qtbot.waitUntil(lambda: window.findChild(RailButton, "rail:setup").text() == "Setup")


def test_the_other_language_shows_what_was_in_sight(window, desk, qtbot):
    window.go("audit")
    window.current_page.show_target("here")
    window.go("home")
    window.change_language()
    window.go("audit")
    assert window.current_page.target == "here"


def test_the_language_waits_for_running_work(window, desk, qtbot):
    window.go("audit")
    may_end = threading.Event()
    task = window.current_page.run(lambda progress: may_end.wait(10), lambda result: None, title="Counting")
    window.change_language()
    assert i18n.language() == "en"
    assert "wait" in window.findChild(QLabel, "said").text()
    with qtbot.waitSignal(task.ended):
        may_end.set()


def test_marks_and_name_follow_the_event(planned, make_desk, qtbot):
    desk = make_desk(planned)
    window = MainWindow(desk)
    qtbot.addWidget(window)
    assert window.findChild(RailButton, "rail:setup").mark.state in ("done", "attention")
    assert window.findChild(QLabel, "eventName").text().startswith("高安市")
    _rename(planned, "Another name")
    qtbot.waitUntil(lambda: window.findChild(QLabel, "eventName").text() == "Another name")
    assert window.windowTitle() == "Another name – Biwu"


def test_the_operator_is_asked_for_and_remembered(window, desk, settings):
    window.ask_operator()
    question = window.findChild(Question, "question")
    question.field.setText("  王芳 ")
    question.accept()
    assert desk.actor == "王芳"
    assert settings.operator == "王芳"
    assert window.findChild(QPushButton, "operator").text() == "王芳"


def test_nobody_at_the_desk_is_the_secretariat(desk):
    desk.sit_down("")
    assert desk.actor == "Secretariat"


def test_keys_lead_to_pages(window, qtbot):
    window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(window, Qt.Key.Key_F1)
    assert "Ctrl+L" in window.findChild(Question).findChildren(QLabel)[1].text()
    window.findChild(Question).close()


def test_the_theme_changes_and_is_remembered(window, desk, qtbot):
    with qtbot.waitSignal(desk.theme_changed):
        window.change_theme()
    assert desk.settings.dark
    window.grab()
    window.change_theme()
    assert not desk.settings.dark


def test_a_closed_window_remembers_where_it_was(window, desk, qtbot):
    with qtbot.waitSignal(window.closed):
        window.close()
    assert not desk.settings.geometry.isEmpty()


def test_copies_are_made_by_the_clock_and_their_age_is_shown(planned, make_desk, qtbot):
    desk = make_desk(planned)
    window = MainWindow(desk)
    qtbot.addWidget(window)
    pill = window.findChild(QPushButton, "backupAge")
    assert "No copy yet" in pill.text()
    with qtbot.waitSignal(desk.tasks.started):
        window._clock.tick()
    qtbot.waitUntil(lambda: not desk.tasks.running)
    window._top_bar.tick()
    assert "Last copy" in pill.text()
    assert pill.property("tone") == "done"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (1, "Last copy 1 second ago"),
        (59, "Last copy 59 seconds ago"),
        (61, "Last copy 1 minute ago"),
        (7200, "Last copy 2 hours ago"),
        (3 * 86400, "Last copy 3 days ago"),
    ],
)
def test_an_old_copy_needs_a_hand_only_after_changes(planned, make_desk, qtbot, monkeypatch, seconds, words):
    desk = make_desk(planned)
    monkeypatch.setattr(desk.backups, "age_seconds", lambda: seconds)
    bar = TopBar(desk, None)
    qtbot.addWidget(bar)
    pill = bar.findChild(QPushButton, "backupAge")
    assert words in pill.text()
    assert pill.property("tone") == "done"
    with qtbot.waitSignal(desk.bus.changed):
        _rename(planned, "Changed")
    bar.tick()
    assert pill.property("tone") == ("attention" if seconds > 120 else "done")


def test_a_copy_that_failed_is_told_once_and_stays_in_sight(planned, make_desk, qtbot, monkeypatch):
    desk = make_desk(planned)
    window = MainWindow(desk)
    qtbot.addWidget(window)
    error = FileProblem("The disk is full, so nothing was saved.")

    def fail():
        desk.backups.last_error = error
        raise error

    monkeypatch.setattr(desk.backups, "tick", fail)
    said = []
    desk.said.connect(said.append)
    for _ in range(2):
        window._clock.tick()
        qtbot.waitUntil(lambda: not desk.tasks.running)
    window._top_bar.tick()
    assert said == ["The disk is full, so nothing was saved."]
    assert "No copy could be made" in window.findChild(QPushButton, "backupAge").text()


@pytest.mark.parametrize("state", ["waiting", "working", "done", "attention", "wrong"])
def test_a_mark_is_drawn_and_said(qtbot, state):
    button = RailButton("setup", "Setup", "Ctrl+2", None)
    qtbot.addWidget(button)
    button.show()
    plain = button.grab().toImage()
    button.set_mark(PhaseMark(state, 120))
    assert (button.grab().toImage() == plain) == (state == "waiting")
    assert ("120" in button.accessibleName()) == (state in ("attention", "wrong"))


def test_keys_and_clicks_of_the_top_bar(window, qtbot):
    for action in window.actions():
        if action.data() in ("audit", "home"):
            action.trigger()
            assert window.current_page.key in ("notes", "home")
    full = next(action for action in window.actions() if action.shortcut().toString() == "F11")
    full.trigger()
    assert window.isFullScreen()
    full.trigger()
    assert not window.isFullScreen()


def test_progress_tells_how_long_it_will_take(desk, qtbot):
    page = Notes(desk)
    qtbot.addWidget(page)
    page.show()
    may_end = threading.Event()

    def work(progress):
        may_end.wait(10)
        progress(1, 4)

    task = page.run(work, lambda result: None, title="Counting")
    task.started -= 10
    panel = page._progress
    task.progressed.emit(2, 4, "half")
    assert panel._detail.text() == "half  about 10 seconds left"
    task.started -= 1000
    task.progressed.emit(2, 4, "half")
    assert panel._detail.text().endswith("about 17 minutes left")
    panel._stop.click()
    assert task.is_cancelled
    assert not panel._stop.isEnabled()
    with qtbot.waitSignal(task.ended):
        may_end.set()
