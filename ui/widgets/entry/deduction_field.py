"""Input of deductions: a numbered chip each, ticked by its digit or the mouse; Enter alone says that there is none."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton

from data.i18n import _
from data.rules import marksheet
from data.rules.decimals import show_milli
from data.rules.marksheet import Deduction, Value
from data.rules.plan import Item
from ui.widgets import parts
from ui.widgets.entry.item_field import PLUS, ItemField
from ui.widgets.flow_layout import FlowLayout


class DeductionField(ItemField):
    """Digits tick the deductions (again takes it off; one that counts goes up, minus takes all off, and so does plus,
    which goes on as well).

    Nothing is entered until a deduction is ticked or Enter is pressed: an item that nobody looked at is missing.
    """

    def __init__(self, item: Item) -> None:
        super().__init__(item)
        self._deductions = marksheet.rule_of(item).deductions
        self._counts: dict[str, int] = {}
        self._seen = False
        self._chips: list[QPushButton] = []
        self.setObjectName(f"item:{item.number}")
        self.setAccessibleName(item.text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.installEventFilter(self)
        flow = FlowLayout()
        for _deduction in self._deductions:
            chip = parts.button("", self._on_click, role="chip")
            chip.setCheckable(True)
            chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._chips.append(chip)
            flow.addWidget(chip)
        self.line.addLayout(flow, 1)
        self._show()

    def value(self) -> Value | None:
        return dict(self._counts) if self._seen else None

    def set_value(self, value: Value | None) -> None:
        self._counts = dict(value) if isinstance(value, dict) else {}
        self._seen = value is not None
        self._show()

    def _show(self) -> None:
        for number, (deduction, chip) in enumerate(zip(self._deductions, self._chips, strict=True), start=1):
            count = self._counts.get(deduction.text, 0)
            chip.setText(f"{number}  {deduction.text}  {_off(deduction, count)}")
            chip.setChecked(count > 0)

    def _on_click(self) -> None:
        self._tick(next(place for place, chip in enumerate(self._chips) if chip is self.sender()))

    def _tick(self, place: int) -> None:
        deduction = self._deductions[place]
        count = self._counts.get(deduction.text, 0)
        if deduction.counted:
            self._counts[deduction.text] = min(count + 1, marksheet.MOST_OF_ONE_DEDUCTION)
        elif count:
            del self._counts[deduction.text]
        else:
            self._counts[deduction.text] = 1
        self._changed()

    def _changed(self) -> None:
        self._seen = True
        self._show()
        self.edited.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._on_key(event):
            return True
        return super().eventFilter(watched, event)

    def _on_key(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._changed()
            self.entered.emit()
        elif event.key() in (Qt.Key.Key_Minus, Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self._counts.clear()
            self._changed()
        elif event.text() in PLUS:
            self._counts.clear()
            self._changed()
            self.entered.emit()
        elif event.text() and event.text() in "0123456789":
            place = int(event.text()) - 1
            if not 0 <= place < len(self._deductions):
                self.refused.emit(_("There are deductions 1 to {last}.").format(last=len(self._deductions)))
                return True
            self._tick(place)
        else:
            return False
        return True


def _off(deduction: Deduction, count: int) -> str:
    if deduction.off_milli is None:
        return _("scores 0")
    off = f"−{show_milli(deduction.off_milli)}"
    return f"{off} × {count or 'n'}" if deduction.counted else off
