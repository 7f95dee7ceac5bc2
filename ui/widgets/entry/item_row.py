"""One item of a mark sheet on the screen: number, text, full mark, input, and what it scores."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from data.rules import marksheet
from data.rules.decimals import show_milli
from data.rules.marksheet import ValueProblem
from data.rules.plan import Item
from ui.widgets import parts
from ui.widgets.entry.deduction_field import DeductionField
from ui.widgets.entry.item_field import ItemField
from ui.widgets.entry.tick_field import TickField
from ui.widgets.entry.typed_field import TypedField

NUMBER_WIDTH, FULL_WIDTH, SCORE_WIDTH = 28, 48, 56


def make_field(item: Item) -> ItemField:
    """The input for an item's kind."""
    if item.kind == marksheet.DEDUCTIONS:
        return DeductionField(item)
    if item.kind in marksheet.TICKS:
        return TickField(item)
    return TypedField(item)


class ItemRow(QFrame):
    """A row that lights up while its input has the focus. Signal current(row): the focus came to it."""

    current = Signal(object)

    def __init__(self, item: Item) -> None:
        super().__init__()
        self.setProperty("role", "itemRow")
        self.field = make_field(item)
        self.field.edited.connect(self.show_score)
        self._score = _fixed(parts.label("", "subheading"), SCORE_WIDTH)
        text = parts.label(item.text, wrap=True)
        text.setBuddy(self.field)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 1, 8, 1)
        layout.setSpacing(12)
        layout.addWidget(_fixed(parts.muted(str(item.number)), NUMBER_WIDTH))
        for part in (text, self.field):  # the same columns in every row, however long their words are
            part.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        layout.addWidget(text, 2)
        layout.addWidget(_fixed(parts.muted(show_milli(item.full_milli)), FULL_WIDTH))
        layout.addWidget(self.field, 4)
        layout.addWidget(self._score)
        self._watch(self.field)
        if self.field.focusProxy() is not None:
            self._watch(self.field.focusProxy())
        self.show_score()

    def show_score(self) -> None:
        """Show what the value entered so far is worth; a dash while it is missing."""
        value = self.field.value()
        if value is None:
            self._score.setText("–")
            return
        try:
            self._score.setText(show_milli(marksheet.score_item(self.field.item, value)))
        except ValueProblem:
            self._score.setText("–")

    def _watch(self, widget: QWidget) -> None:
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            lit = event.type() == QEvent.Type.FocusIn
            self.setProperty("current", lit)
            self.style().unpolish(self)
            self.style().polish(self)
            if lit:
                self.current.emit(self)
        return super().eventFilter(watched, event)


def _fixed(label: QLabel, width: int) -> QLabel:
    label.setFixedWidth(width)
    label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return label
