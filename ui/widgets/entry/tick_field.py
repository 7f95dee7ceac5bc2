"""Input of a penalty of the sheet or a critical item: a tick that is off until somebody sets it."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from data.i18n import _
from data.rules import marksheet
from data.rules.decimals import show_milli
from data.rules.marksheet import Value
from data.rules.plan import Item
from ui.widgets import parts
from ui.widgets.entry.item_field import PLUS, ItemField


class TickField(ItemField):
    """1 ticks, 0 or - takes the tick off, Enter goes on; plus is the full mark, as everywhere: no tick, and on."""

    def __init__(self, item: Item) -> None:
        super().__init__(item)
        self.setObjectName(f"item:{item.number}")
        self.setAccessibleName(item.text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.installEventFilter(self)
        self._chip = parts.button(self._words(), self.edited.emit, role="chip")
        self._chip.setCheckable(True)
        self._chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.line.addWidget(self._chip)
        self.line.addStretch(1)

    def value(self) -> Value | None:
        return self._chip.isChecked()

    def set_value(self, value: Value | None) -> None:
        self._chip.setChecked(bool(value))

    def _words(self) -> str:
        if self.item.kind == marksheet.PENALTY:
            return _("1  happened  −{points}").format(points=show_milli(-self.item.full_milli))
        if marksheet.rule_of(self.item).fails_entrant:
            return _("1  happened: the entrant fails")
        return _("1  happened: the sheet scores 0")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.entered.emit()
                return True
            wanted = {"1": True, "0": False, "-": False, **dict.fromkeys(PLUS, False)}.get(event.text())
            if wanted is not None:
                self._chip.setChecked(wanted)
                self.edited.emit()
                if event.text() in PLUS:
                    self.entered.emit()
                return True
        return super().eventFilter(watched, event)
