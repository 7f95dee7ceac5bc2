"""One change that would make the day fit, with the button that makes it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from data.i18n import _
from data.queries.schedule_fixes import is_for_the_draws
from data.rules.rotation_fix import Fix
from ui.widgets import parts


class FixRow(QWidget):
    """`wanted(fix)`: its button was pressed."""

    wanted = Signal(object)

    def __init__(self, fix: Fix, text: str, *, is_first: bool) -> None:
        super().__init__()
        self._fix = fix
        verb = _("Go to the draws…") if is_for_the_draws(fix) else _("Apply")
        make = parts.primary_button if is_first else parts.button
        self.button = make(verb, self._on_clicked, name="applyFix")
        self.button.setAccessibleName(_("{verb}: {change}").format(verb=verb, change=text))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        words = parts.label(text, wrap=True, selectable=True)
        words.setObjectName("fixText")
        layout.addWidget(words, 1)
        layout.addWidget(self.button)

    def _on_clicked(self) -> None:
        self.wanted.emit(self._fix)
