"""Questions, file dialogs, and how errors are told."""

import sys
import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton, QWidget

from data.errors import InvalidInput
from ui import dialogs, errors
from ui.error_dialog import ErrorDialog
from ui.path_chooser import PathChooser


@pytest.fixture
def parent(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


def texts(dialog):
    return [label.text() for label in dialog.findChildren(QLabel)]


def test_a_reason_may_not_be_blank(parent, qtbot):
    given = []
    question = dialogs.ask_reason(parent, "Void the draw", "Why?", given.append)
    assert not question.yes.isEnabled()
    qtbot.keyClicks(question.field, "   ")
    assert not question.yes.isEnabled()
    qtbot.keyClicks(question.field, "wrong list ")
    qtbot.keyClick(question.field, Qt.Key.Key_Return)
    assert given == ["wrong list"]


def test_saying_no_calls_nobody(parent, qtbot):
    given = []
    question = dialogs.ask_reason(parent, "Void the draw", "Why?", given.append)
    question.findChild(QPushButton, "no").click()
    assert given == []


def test_a_proposed_text_can_be_taken(parent):
    given = []
    question = dialogs.ask_text(parent, "Who?", "", "Name", given.append, value="李敏")
    question.yes.click()
    assert given == ["李敏"]


def test_confirming(parent):
    called = []
    question = dialogs.confirm(
        parent, "Remove?", "It is gone then.", lambda: called.append(1), yes="Remove", danger=True
    )
    assert question.yes.text() == "Remove"
    question.yes.click()
    assert called == [1]


def test_telling_has_one_button(parent):
    question = dialogs.inform(parent, "Keys", "F1")
    assert [button.text() for button in question.findChildren(QPushButton)] == ["Close"]
    question.yes.click()


def test_file_dialogs_answer_with_paths(parent, answers, tmp_path):
    got = []
    answers.path = tmp_path / "a.xlsx"
    dialogs.choose_file(parent, "Plan", "Workbook (*.xlsx)", got.append)
    dialogs.choose_folder(parent, "Folder", got.append)
    dialogs.save_file(parent, "Save", "Workbook (*.xlsx)", "b.xlsx", got.append, tmp_path)
    assert got == [tmp_path / "a.xlsx"] * 3
    answers.paths = [tmp_path / "a.xlsx", tmp_path / "b.xlsx"]
    dialogs.choose_files(parent, "Rosters", "Workbook (*.xlsx)", got.append)
    assert got[3] == [tmp_path / "a.xlsx", tmp_path / "b.xlsx"]
    assert answers.asked == ["Plan", "Folder", "Save", "Rosters"]


def test_a_file_dialog_opens_without_blocking(parent, qtbot, tmp_path):
    (tmp_path / "a.xlsx").write_text("")
    chooser = PathChooser(parent, "Plan", "Workbook (*.xlsx)", tmp_path, one=[].append)
    chooser.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialogs.show_chooser(chooser)
    assert chooser.isVisible()
    chooser.reject()


def test_an_error_says_what_where_and_what_to_do(parent, qtbot):
    dialog = errors.show_error(parent, InvalidInput("The mark is too high.", where="Item 3", todo="Give at most 10."))
    assert texts(dialog) == ["The mark is too high.", "Item 3", "Give at most 10."]
    dialog.close()


@pytest.fixture
def reporter(qapp):
    made = errors.install_excepthook()
    yield made
    made.uninstall()
    assert sys.excepthook is sys.__excepthook__


def shown(qapp):
    return [widget for widget in qapp.topLevelWidgets() if isinstance(widget, ErrorDialog) and widget.isVisible()]


def raise_here(text):
    try:
        raise ZeroDivisionError(text)
    except ZeroDivisionError:
        sys.excepthook(*sys.exc_info())


def test_a_bug_is_told_once_with_details_to_copy(reporter, qapp, qtbot):
    for _ in range(126):
        raise_here("division by zero")
    qtbot.waitUntil(lambda: bool(shown(qapp)))
    (dialog,) = shown(qapp)
    assert "division by zero" in texts(dialog)
    next(button for button in dialog.findChildren(QPushButton) if button.text() == "Copy details").click()
    assert "raise ZeroDivisionError(text)" in QGuiApplication.clipboard().text()
    dialog.close()


def test_a_bug_in_a_thread_is_told_in_the_gui_thread(reporter, qapp, qtbot):
    thread = threading.Thread(target=raise_here, args=("in a thread",))
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(shown(qapp)))
    shown(qapp)[0].close()


def test_ctrl_c_ends_the_program(reporter, qapp, qtbot, monkeypatch):
    ended = []
    monkeypatch.setattr(errors.QApplication, "quit", lambda: ended.append(1))
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert ended == [1]
