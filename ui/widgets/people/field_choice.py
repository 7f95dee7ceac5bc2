"""What one column of a roster file holds."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox

from data.i18n import _
from data.queries.roster_words import field_title
from data.rules.roster_columns import REQUIRED, fields_offered


class FieldChoice(QComboBox):
    """Offers the fields of a roster, or to leave the column out. picked(column, field): the user chose."""

    picked = Signal(int, str)

    def __init__(self, column: int, field: str) -> None:
        super().__init__()
        self._column = column
        self.setObjectName(f"field:{column}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.addItem(_("— left out —"), "")
        for name in fields_offered():
            self.addItem(field_words(name), name)
        self.show_field(field)
        self.activated.connect(self._on_activated)

    def field(self) -> str:
        """The field that is chosen, "" while the column is left out."""
        return str(self.currentData())

    def show_field(self, field: str) -> None:
        """Show this one, without telling anybody."""
        self.setCurrentIndex(max(0, self.findData(field)))

    def _on_activated(self, _index: int) -> None:
        self.picked.emit(self._column, self.field())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.showPopup()  # each field passed on the way would be taken from the column that has it
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the wheel scrolls the columns; it must not change one on the way


def field_words(name: str) -> str:
    """A field, marked when no roster can do without it."""
    title = field_title(name)
    return _("{field} (required)").format(field=title) if name in REQUIRED else title
