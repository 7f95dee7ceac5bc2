"""The one who is next is missing: out, or later."""

from collections.abc import Callable

from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from data.i18n import _
from ui.widgets import parts
from ui.widgets.running.board_dialog import BoardDialog

TO_THE_END = "end"
_CHOICES = (TO_THE_END, "absent", "withdrew")


class MissingDialog(BoardDialog):
    """Hands "end" (of the order), "absent" or "withdrew", and the reason, to `settle`."""

    def __init__(self, parent: QWidget, who: str, settle: Callable[[str, str], None]) -> None:
        super().__init__(parent, _("The next one is missing"), who, _("Save"))
        self._settle = settle
        self.choices = QButtonGroup(self)
        words = {
            TO_THE_END: _("comes later: to the end of the order"),
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
        self.form.addRow(_("What becomes of the visits"), parts.column(*buttons, spacing=4))
        self.add_reason()
        buttons[0].setFocus()

    def save(self) -> None:
        self._settle(_CHOICES[self.choices.checkedId()], self.reason_text())
