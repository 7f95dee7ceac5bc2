"""A whole mark sheet to fill by keyboard: digits and Enter walk the items, Enter after the last one hands in."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from data.rules import marksheet
from data.rules.marksheet import SheetScore, Value
from data.rules.plan import Item
from ui.widgets import parts
from ui.widgets.entry.item_row import ItemRow


class SheetForm(QScrollArea):
    """The items of one sheet. Signals: edited (a value changed), finished (Enter on the last item), refused (why)."""

    edited = Signal()
    finished = Signal()
    refused = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("sheetForm")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._items: tuple[Item, ...] = ()
        self._rows: list[ItemRow] = []

    def show_sheet(self, items: tuple[Item, ...], values: Mapping[int, Value], *, read_only: bool) -> None:
        """Show these items with what is entered of them. The next sheet of the same station keeps the rows."""
        if items != self._items:
            self._items = items
            self._build(items)
        for row in self._rows:
            row.field.set_value(values.get(row.field.item.number))
            row.field.set_read_only(read_only)
            row.show_score()
        self.verticalScrollBar().setValue(0)

    def values(self) -> dict[int, Value]:
        """What is entered, by item number; missing items are left out."""
        entered = ((row.field.item.number, row.field.value()) for row in self._rows)
        return {number: value for number, value in entered if value is not None}

    def set_value(self, number: int, value: Value | None) -> None:
        """Put this value into an item, None for nothing, without telling anyone."""
        row = next(row for row in self._rows if row.field.item.number == number)
        row.field.set_value(value)
        row.show_score()

    def score(self) -> SheetScore:
        """What the sheet is worth as far as it is filled."""
        return marksheet.score_sheet(self._items, self.values())

    @property
    def last_number(self) -> int:
        """The number of the last item."""
        return self._items[-1].number

    def focus_item(self, number: int | None = None) -> None:
        """Put the cursor into the item with this number, or into the first that is missing, else the first."""
        missing = self.score().missing
        wanted = number if number is not None else next(iter(missing), None)
        row = next((row for row in self._rows if row.field.item.number == wanted), self._rows[0])
        row.field.setFocus(Qt.FocusReason.TabFocusReason)

    def _build(self, items: tuple[Item, ...]) -> None:
        self._rows = []
        content = QWidget()
        content.setObjectName("scrolled")
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, 8, 0)
        layout.setSpacing(0)
        section = ""
        for item in items:
            if item.section != section:
                section = item.section
                layout.addWidget(parts.label(section, "section"))
            row = ItemRow(item)
            row.current.connect(self._on_current)
            row.field.edited.connect(self.edited)
            row.field.entered.connect(self._on_entered)
            row.field.refused.connect(self.refused)
            self._keys_of(row.field)
            self._rows.append(row)
            layout.addWidget(row)
        layout.addStretch(1)
        self.setWidget(content)

    def _keys_of(self, field: QWidget) -> None:
        (field.focusProxy() or field).installEventFilter(self)

    def _on_current(self, row: ItemRow) -> None:
        self.ensureWidgetVisible(row, 0, 96)

    def _on_entered(self) -> None:
        self._step(1)

    def _step(self, by: int) -> None:
        place = next((place for place, row in enumerate(self._rows) if _holds_focus(row)), 0) + by
        if 0 <= place < len(self._rows):
            self._rows[place].field.setFocus(Qt.FocusReason.TabFocusReason)
        elif by > 0:
            self.finished.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
            if step is not None:
                if step < 0 or not _holds_focus(self._rows[-1]):
                    self._step(step)
                return True
        return super().eventFilter(watched, event)


def _holds_focus(row: ItemRow) -> bool:
    """Whether keys go to this row, also while another window is in front."""
    return row.window().focusWidget() is (row.field.focusProxy() or row.field)


def in_spans(numbers: Sequence[int]) -> str:
    """Ascending numbers, those that follow each other as from – to: 1, 3–7."""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and number == spans[-1][-1] + 1:
            spans[-1] = [spans[-1][0], number]
        else:
            spans.append([number])
    return ", ".join("–".join(map(str, span)) for span in spans)
