"""Questions to the user. Each opens without blocking and calls a bound method with the answer, if there is one."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from data.i18n import _
from ui.path_chooser import PathChooser
from ui.question import Question


def ask_reason(parent: QWidget, title: str, text: str, accepted: Callable[[str], None], *, yes: str = "") -> Question:
    """Ask why; accepted(reason) is called with a reason that is never blank. yes: the verb on the button."""
    return _opened(Question(parent, title, text, yes=yes, field=_("Reason"), accepted=accepted))


def ask_text(
    parent: QWidget, title: str, text: str, field: str, accepted: Callable[[str], None], *, value: str = ""
) -> Question:
    """Ask for a word or a name; accepted(text) is called with what was typed, never blank."""
    return _opened(Question(parent, title, text, field=field, value=value, accepted=accepted))


def confirm(
    parent: QWidget, title: str, text: str, accepted: Callable[[], None], *, yes: str = "", danger: bool = False
) -> Question:
    """Ask before something that cannot be taken back; `yes` is the verb on the button (_("Void the draw"))."""
    return _opened(Question(parent, title, text, yes=yes, danger=danger, confirmed=accepted))


def inform(parent: QWidget, title: str, text: str) -> Question:
    """Tell something that must be read before going on."""
    return _opened(Question(parent, title, text, yes=_("Close"), only_yes=True))


def choose_file(
    parent: QWidget, title: str, pattern: str, accepted: Callable[[Path], None], folder: Path | None = None
) -> None:
    """Ask for an existing file. pattern: words and suffixes, such as `Plan workbook (*.xlsx)`."""
    chooser = PathChooser(parent, title, pattern, folder, one=accepted)
    chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
    show_chooser(chooser)


def choose_files(
    parent: QWidget, title: str, pattern: str, accepted: Callable[[list[Path]], None], folder: Path | None = None
) -> None:
    """Ask for one or more existing files."""
    chooser = PathChooser(parent, title, pattern, folder, many=accepted)
    chooser.setFileMode(QFileDialog.FileMode.ExistingFiles)
    show_chooser(chooser)


def choose_folder(parent: QWidget, title: str, accepted: Callable[[Path], None], folder: Path | None = None) -> None:
    """Ask for a folder."""
    chooser = PathChooser(parent, title, "", folder, one=accepted)
    chooser.setFileMode(QFileDialog.FileMode.Directory)
    show_chooser(chooser)


def save_file(
    parent: QWidget, title: str, pattern: str, name: str, accepted: Callable[[Path], None], folder: Path | None = None
) -> None:
    """Ask where to write a file; `name` is proposed, its suffix is added when left out. An existing file is only
    given back after the user agreed to replace it."""
    chooser = PathChooser(parent, title, pattern, folder, one=accepted)
    chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    chooser.setDefaultSuffix(Path(name).suffix.lstrip("."))
    chooser.selectFile(name)
    show_chooser(chooser)


def show_chooser(chooser: PathChooser) -> None:
    """Open a file dialog. Tests put their own answer in the place of this one function."""
    chooser.open()


def _opened(question: Question) -> Question:
    question.setWindowModality(Qt.WindowModality.WindowModal)
    question.open()
    return question
