"""The one who is next is missing: out, or later."""

from collections.abc import Callable

from PySide6.QtWidgets import QButtonGroup, QRadioButton, QTimeEdit, QWidget

from data.i18n import _
from ui.widgets import parts
from ui.widgets.running.board_dialog import BoardDialog, named
from ui.widgets.running.board_ready import later
from ui.widgets.running.board_time import minute_of_field, show_minute

TO_THE_END = "end"
LATER = "later"
_CHOICES = (TO_THE_END, LATER, "absent", "withdrew")


class MissingDialog(BoardDialog):
    """Hands "end" (of the order), "later", "absent" or "withdrew"; the minute of "later"; the reason to `settle`."""

    def __init__(self, parent: QWidget, who: str, minute: int, settle: Callable[[str, int, str], None]) -> None:
        """`minute`: now."""
        super().__init__(parent, _("The next one is missing"), who, _("Save"))
        self._settle = settle
        self.choices = QButtonGroup(self)
        words = {
            TO_THE_END: _("comes later: to the end of the order"),
            LATER: _("comes, but not before"),
            "absent": _("does not come: absent"),
            "withdrew": _("gives up: withdrew"),
        }
        buttons = []
        for number, choice in enumerate(_CHOICES):
            button = QRadioButton(words[choice])
            button.setObjectName(f"missing:{choice}")
            self.choices.addButton(button, number)
            buttons.append(button)
        buttons[0].setChecked(True)
        self.time = named(QTimeEdit(), _("Here only from"), "missingUntil")
        show_minute(self.time, later(minute))
        self.time.setEnabled(False)
        buttons[1].toggled.connect(self.time.setEnabled)
        rows = [buttons[0], parts.row(buttons[1], self.time, None), *buttons[2:]]
        self.form.addRow(_("What becomes of the visits"), parts.column(*rows, spacing=4))
        self.add_reason()
        buttons[0].setFocus()

    def save(self) -> None:
        self._settle(_CHOICES[self.choices.checkedId()], minute_of_field(self.time), self.reason_text())
