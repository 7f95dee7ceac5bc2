"""The total that stands on the paper sheet: a number, or a minus sign where none stands there."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from data.i18n import _
from data.rules.decimals import read_milli

_WIDTH = 88
_COMMAS = str.maketrans({",": ".", "，": "."})
_NONE = frozenset({"-", "−", "–", "－"})


class TotalField(QLineEdit):
    """Signals: entered (Enter), left (the cursor is to go up, to the items)."""

    entered = Signal()
    left = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(_("Total on the paper sheet"))
        self.setToolTip(_("Copy it from the paper; type - where none stands there."))
        self.setFixedWidth(_WIDTH)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.installEventFilter(self)

    @property
    def says_none(self) -> bool:
        """Whether it says that no total stands on the paper."""
        return self.text().strip() in _NONE

    def milli(self) -> int | None:
        """What is typed, None for nothing and for a minus sign; a comma is a point here. Raises NumberProblem."""
        text = self.text().strip().translate(_COMMAS)
        return read_milli(text) if text and not self.says_none else None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.entered.emit()
                return True
            if event.key() == Qt.Key.Key_Up:
                self.left.emit()
                return True
        elif event.type() == QEvent.Type.FocusIn:
            self.selectAll()
        return super().eventFilter(watched, event)
