"""A field for a PIN: what is typed is not seen."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from data.actions.operators import MOST_DIGITS

_WIDTH = 160


def pin_field(name: str, title: str) -> QLineEdit:
    """An empty field with this object name; `title` is read out by a screen reader."""
    field = QLineEdit()
    field.setObjectName(name)
    field.setAccessibleName(title)
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly | Qt.InputMethodHint.ImhHiddenText)
    field.setMaxLength(MOST_DIGITS)
    field.setFixedWidth(_WIDTH)
    return field
