"""What people do to a program: wrong files, places that cannot be written, every button twice, impatience.

Each time there is an answer in words, and the event goes on. An exception anywhere fails the test.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QDialog, QLabel, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from data import i18n
from data import store as stores
from data.queries import schedule
from tests.conftest import GAOAN, NURSING, Phases
from tests.ui.conftest import Answers
from tests.ui.person import ENTER, ESCAPE, LEFT, Person
from ui import application as applications
from ui.application import Application
from ui.error_dialog import ErrorDialog
from ui.main_window import PAGES
from ui.settings import Settings

IMPORTS = [
    ("roster", "Import rosters…"),
    ("roster", "Import earlier years…"),
    ("draws", "Check a record file…"),
    ("score_entry", "Import theory marks…"),
]
SAVES = [
    ("draws", "Save as JSON…"),
    ("draws", "primary"),
    ("schedule", "Save schedule.csv…"),
    ("backups", "Copy to another folder…"),
]


@pytest.fixture
def open_event(
    qtbot: QtBot, settings: Settings, tmp_path: Path, phases: Phases, monkeypatch: pytest.MonkeyPatch
) -> Iterator:
    """`open_event(phase)` gives a Person before a copy of that event; without a phase, before the start window."""
    monkeypatch.setattr(applications, "events_folder", lambda: tmp_path / "events")
    application = Application(settings)

    def open_phase(phase: str = "") -> Person:
        if phase:
            phases.copy(phase, tmp_path / "event.biwu").close()
            application.open_event(tmp_path / "event.biwu")
        else:
            application.show_start()
        return Person(qtbot, application)

    yield open_phase
    application.close_event()
    if application.start is not None:
        application.start.close()
        application.start.deleteLater()


def leave_dialogs() -> list[str]:
    """Press Esc until no dialog or menu is open; returns what they said. An unexpected error fails."""
    said: list[str] = []
    for _try in range(10):
        front = [
            window
            for window in QApplication.topLevelWidgets()
            if isinstance(window, QDialog | QMenu) and window.isVisible()
        ]
        if not front:
            return said
        for window in front:
            said += [label.text() for label in window.findChildren(QLabel) if label.isVisible()]
            assert not isinstance(window, ErrorDialog) or not window._details, window._details
            QTest.keyClick(window, ESCAPE)
        QApplication.processEvents()
    raise AssertionError("a dialog does not close with Esc")


@pytest.fixture
def wrong_files(tmp_path: Path) -> list[Path]:
    """Files that are not what any import wants."""
    folder = tmp_path / "wrong"
    (folder / "folder.xlsx").mkdir(parents=True)
    (folder / "text.xlsx").write_text("hello")
    (folder / "empty.xlsx").write_bytes(b"")
    (folder / "paper.csv").write_bytes(b"%PDF-1.4\n" + bytes(range(256)) * 40)
    (folder / "zeros.csv").write_bytes(bytes(1000))
    (folder / "half.xlsx").write_bytes((NURSING / "roster.xlsx").read_bytes()[:3000])
    return [*sorted(folder.iterdir()), folder / "gone.xlsx", GAOAN / "plan.xlsx"]


@pytest.mark.parametrize(("page", "button"), IMPORTS)
def test_a_wrong_file_is_told_and_nothing_changes(
    open_event, answers: Answers, wrong_files: list[Path], page: str, button: str
) -> None:
    # The nursing contest is blind: once its numbers are drawn the roster takes nothing in.
    person = open_event("nursing_rostered" if page == "roster" else "nursing_drawn")
    person.go(page)
    before = person.page.desk.store.path.read_bytes()
    for path in wrong_files:
        answers.path = path
        person.click(button)
        person.wait_until_idle()
        told = leave_dialogs()
        told += [label.text() for label in person.page.findChildren(QLabel, "stripText") if label.isVisible()]
        assert told, path.name
        assert not any("codec" in text or "Errno" in text for text in told)
        cancel = [one for one in person.page.findChildren(QAbstractButton, "cancelImport") if one.isVisible()]
        if cancel:
            person.click("cancelImport")
    assert person.page.desk.store.path.read_bytes() == before


def test_an_empty_folder_is_not_called_a_roster_that_is_in(open_event, answers: Answers, tmp_path: Path) -> None:
    person = open_event("nursing_rostered")
    person.go("roster")
    (tmp_path / "empty").mkdir()
    answers.path = tmp_path / "empty"
    person.click("Import a folder…")
    person.wait_until_idle()
    (strip,) = (label for label in person.page.findChildren(QLabel, "stripText") if label.isVisible())
    assert "There is no roster file" in strip.text()


@pytest.mark.parametrize(("page", "button"), SAVES)
def test_a_place_that_cannot_be_written_is_told(
    open_event, answers: Answers, tmp_path: Path, page: str, button: str
) -> None:
    person = open_event("nursing_scheduled")
    person.go(page)
    (tmp_path / "file").write_text("")
    answers.path = tmp_path / "file" / "paper.pdf"
    person.click(button)
    person.wait_until_idle()
    told = leave_dialogs()
    assert any(str(answers.path) in text for text in told)
    assert not any("Errno" in text for text in told)


def test_a_locked_file_is_told_and_the_next_try_goes_through(
    open_event, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As by a virus scanner or the client of a network disk."""
    monkeypatch.setitem(stores.PRAGMAS, "busy_timeout", 50)
    person = open_event("nursing_drawn")
    person.go("checkin")
    person.press("N-01", ENTER)
    with closing(sqlite3.connect(tmp_path / "event.biwu", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        person.press(ENTER)
        person.breathe()
        assert any("nothing was saved" in text for text in strips(person))
        other.execute("ROLLBACK")
    person.press(ENTER)
    person.breathe()
    assert any("is checked in" in text for text in strips(person))


def strips(person: Person) -> list[str]:
    return [label.text() for label in person.page.findChildren(QLabel, "stripText")]


def test_nothing_waits_for_the_impatient(open_event, tmp_path: Path) -> None:
    """The language stays while the day is planned; closing stops the planning, and the file opens again at once."""
    person = open_event("drawn")
    person.go("schedule")
    person.click("primary")
    assert person.page.is_busy
    person.press_shortcut(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert i18n.language() == "en"
    assert "Please wait" in person.see(QLabel, "said").text()
    person.window.close()
    opened = stores.open_store(tmp_path / "event.biwu")
    assert schedule.current(opened) is None
    opened.close()


def test_the_longest_name_makes_an_event(open_event) -> None:
    person = open_event()
    person.write("eventName", "赛" * 500)
    person.click("create")
    assert person.page.key == "home"


@pytest.mark.slow
@pytest.mark.parametrize("phase", ["nursing_planned", "nursing_examined"])
def test_every_button_twice_and_enter_on_everything(open_event, answers: Answers, phase: str) -> None:
    """Small window, no file chosen in any dialog, an emoji in every field."""
    person = open_event(phase)
    person.window.resize(1024, 640)
    for key in PAGES:
        if key == "print":  # its own tests press its buttons; each press sets 210 sheets
            continue
        person.go(key)
        pressed: set[str] = set()
        while button := next((one for one in buttons(person) if name_of(one) not in pressed), None):
            pressed.add(name_of(button))
            QTest.mouseClick(button, LEFT)
            QTest.mouseClick(button, LEFT)
            settle(person)
            person.go(key)
        for field in person.page.findChildren(QLineEdit):
            # What is entered in one field may let the page build the others anew.
            if isValid(field) and field.isVisible() and field.isEnabled() and not field.isReadOnly():
                field.setText("😀" * 250)
                QTest.keyClick(field, ENTER)
                settle(person)
                if isValid(field):
                    field.clear()
        # All names first: a dialog that one key opened is gone with its widgets after the next.
        for name in [widget.objectName() for widget in person.page.findChildren(QWidget)]:
            widget = person.page.findChild(QWidget, name) if name else None
            if widget is not None and widget.isVisible() and widget.focusPolicy() != Qt.FocusPolicy.NoFocus:
                QTest.keyClick(widget, ENTER)
                settle(person)


def buttons(person: Person) -> list[QAbstractButton]:
    """What can be pressed on the page, save what leaves the event."""
    return [
        button
        for button in person.page.findChildren(QAbstractButton)
        if button.isVisible()
        and button.isEnabled()
        and not isinstance(button, QCheckBox)
        and button.text() != "Another event…"
        and button.objectName() != "showFolder"
    ]


def name_of(button: QAbstractButton) -> str:
    return button.objectName() or button.text()


def settle(person: Person) -> None:
    person.breathe()
    leave_dialogs()
    person.wait_until_idle()
    leave_dialogs()
