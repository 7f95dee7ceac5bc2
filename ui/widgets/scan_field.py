"""The field that a scanner types into."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ui import theme

_HEIGHT = 48


class ScanField(QLineEdit):
    """Takes a scanned or typed line and emits `scanned(text)` on Enter, also for an empty one.

    A scanner is a keyboard: with a Chinese input method on, it would spell pinyin into its window
    and the code would be lost. So the field has none; names are found by their pinyin.
    """

    scanned = Signal(str)

    def __init__(self, placeholder: str) -> None:
        super().__init__()
        self.setObjectName("scanField")
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setClearButtonEnabled(True)
        self.setMinimumHeight(_HEIGHT)
        self.setFont(theme.font(theme.TITLE_PX))
        self.returnPressed.connect(self._on_return)

    def catch_typing(self, widget: QWidget) -> None:
        """Have what is typed while this widget has the focus land here, so that a scan is never lost."""
        widget.installEventFilter(self)

    def _on_return(self) -> None:
        text = self.text().strip()
        self.clear()
        self.scanned.emit(text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            command = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
            if event.text().strip() and event.text().isprintable() and not command:
                self.setFocus()
                self.insert(event.text())
                return True
        return super().eventFilter(watched, event)
