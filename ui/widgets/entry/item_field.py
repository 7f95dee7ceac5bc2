"""What the input of every kind of mark-sheet item has in common."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from data.rules.marksheet import Value
from data.rules.plan import Item

PLUS = ("+", "＋")  # the key that gives the full mark and goes on


class ItemField(QWidget):
    """The input of one item. Subclasses put their widgets into `self.line` and say what was entered.

    Signals: edited (the value changed), entered (Enter on an acceptable value), refused (a whole sentence: why a
    key or value is not taken).
    """

    edited = Signal()
    entered = Signal()
    refused = Signal(str)

    def __init__(self, item: Item) -> None:
        super().__init__()
        self.item = item
        self.line = QHBoxLayout(self)
        self.line.setContentsMargins(0, 0, 0, 0)
        self.line.setSpacing(8)

    def value(self) -> Value | None:
        """What was entered, None while nothing (or nothing acceptable) was."""
        raise NotImplementedError

    def set_value(self, value: Value | None) -> None:
        """Show a value without telling anyone."""
        raise NotImplementedError

    def set_read_only(self, read_only: bool) -> None:
        """Show alone, or take input."""
        self.setEnabled(not read_only)
