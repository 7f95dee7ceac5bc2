"""What a dialog refuses, said in it, while it stays open."""

from PySide6.QtWidgets import QDialog, QLabel

from data.errors import UserError
from ui.widgets import parts


def problem_label(name: str) -> QLabel:
    """An empty line for `tell`, with this object name."""
    made = parts.label("", tone="wrong", wrap=True)
    made.setObjectName(name)
    return made


def tell(label: QLabel, error: UserError | str) -> None:
    """Say what is wrong; an empty text says nothing any more. The dialog grows as far as the words need; never does it
    become smaller than it was made."""
    words = error if isinstance(error, str) else " ".join(filter(None, (error.what, error.where, error.todo)))
    label.setText(f"{parts.MARKS['wrong']} {words}" if words else "")
    dialog = label.window()
    if words and isinstance(dialog, QDialog) and dialog.isVisible():
        size = dialog.size()
        dialog.adjustSize()
        dialog.resize(dialog.size().expandedTo(size))
