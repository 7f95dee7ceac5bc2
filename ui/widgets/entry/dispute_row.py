"""One item on which two typings differ: both values side by side, and a key for each, pressed twice."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy

from data.i18n import _
from data.queries.reading_words import value_words
from data.rules.marksheet import Value
from data.rules.plan import Item
from ui.widgets import parts

_NUMBER_WIDTH = 28
FIRST, SECOND, NEITHER = "1", "2", "3"


class DisputeRow(QFrame):
    """1 and 2 take the first or the second value, 3 neither: then it is typed. Up and down walk the rows.

    A decision is typed twice as well: the same key again confirms it, another one is looked at again.
    Signals: decided (ask `value`), neither (item number), waiting (a key was pressed once), left (rows to go: 1 or -1).
    """

    decided = Signal()
    neither = Signal(int)
    waiting = Signal()
    left = Signal(int)

    def __init__(self, item: Item, first: Value | None, second: Value | None) -> None:
        super().__init__()
        self.setProperty("role", "itemRow")
        self.setObjectName(f"differs:{item.number}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(item.text)
        self.item = item
        self.chosen = ""
        self._pressed = ""
        self._values = {FIRST: first, SECOND: second}
        self._chips: dict[str, QPushButton] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 2, 8, 2)
        layout.setSpacing(12)
        number = parts.muted(str(item.number))
        number.setFixedWidth(_NUMBER_WIDTH)
        text = parts.label(item.text, wrap=True)
        text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        layout.addWidget(number)
        layout.addWidget(text, 3)
        self._words = {FIRST: value_words(item, first), SECOND: value_words(item, second), NEITHER: _("neither")}
        for key in self._words:
            chip = parts.button("", self._on_click, role="chip", name=f"choose:{key}")
            chip.setCheckable(True)
            chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._chips[key] = chip
            layout.addWidget(chip, 0 if key == NEITHER else 2)
        self._show()
        self.installEventFilter(self)

    @property
    def value(self) -> Value | None:
        """The value that was taken; None for a tick that was not made."""
        return self._values[self.chosen]

    def choose(self, key: str) -> None:
        """Take the value of this key, 1, 2, or 3 for neither, once it was pressed twice."""
        again = self._pressed == key
        self._pressed, self.chosen = ("", key) if again else (key, "")
        self._show()
        if not again:
            self.waiting.emit()
        elif key == NEITHER:
            self.neither.emit(self.item.number)
        else:
            self.decided.emit()

    def _show(self) -> None:
        for key, chip in self._chips.items():
            chip.setChecked(key in (self.chosen, self._pressed))
            mark = "  ✓" if key == self.chosen else "  ?" if key == self._pressed else ""
            chip.setText(f"{key}   {self._words[key]}{mark}")

    def _on_click(self) -> None:
        self.choose(next(key for key, chip in self._chips.items() if chip is self.sender()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.setProperty("current", event.type() == QEvent.Type.FocusIn)
            self.style().unpolish(self)
            self.style().polish(self)
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.text() and event.text() in self._chips:
                self.choose(event.text())
                return True
            keys = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Return: 1, Qt.Key.Key_Enter: 1}
            step = keys.get(Qt.Key(event.key()))
            if step is not None:
                self.left.emit(step)
                return True
        return super().eventFilter(watched, event)
