"""Somebody new who signs in, or a new PIN for somebody who does; the PIN is typed twice."""

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox, QDialog, QFormLayout, QLineEdit, QWidget

from data.actions.operators import LEAST_DIGITS, LONGEST_NAME, MOST_DIGITS
from data.errors import UserError
from data.i18n import _
from ui.widgets import parts
from ui.widgets.desk.pin_field import pin_field
from ui.widgets.problem import problem_label, tell

_WIDTH = 460

Save = Callable[[str, str, bool], None]  # name, PIN, whether a chief judge


class OperatorDialog(QDialog):
    """Hands name, PIN and whether it is a chief judge to `save`. What that refuses is shown, and the dialog stays.

    name: what is proposed; with `asks_name` False it is fixed and only the PIN is asked for. asks_chief: whether the
    user chooses if it is a chief judge. Deletes itself when closed.
    """

    def __init__(
        self,
        parent: QWidget,
        title: str,
        text: str,
        save: Save,
        *,
        name: str = "",
        chief: bool = False,
        asks_name: bool = True,
        asks_chief: bool = True,
    ) -> None:
        super().__init__(parent)
        self._save = save
        layout = parts.dialog_frame(self, "operatorDialog", title, _WIDTH)
        layout.addWidget(parts.label(title, "heading", wrap=True))
        layout.addWidget(parts.label(text, wrap=True))
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        self.name = QLineEdit(name)
        self.name.setObjectName("operatorName")
        self.name.setAccessibleName(_("Name"))
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setEnabled(asks_name)
        self.pin = pin_field("operatorPin", _("PIN"))
        self.again = pin_field("operatorPinAgain", _("PIN again"))
        for field in (self.name, self.pin, self.again):
            form.addRow(field.accessibleName(), field)
            field.textChanged.connect(self._on_typed)
        self.chief = QCheckBox(_("Chief judge: confirms and reopens"))
        self.chief.setObjectName("operatorChief")
        self.chief.setChecked(chief)
        self.chief.setVisible(asks_chief)
        form.addRow("", self.chief)
        layout.addLayout(form)
        layout.addWidget(
            parts.muted(_("A PIN is {least} to {most} digits.").format(least=LEAST_DIGITS, most=MOST_DIGITS))
        )
        self.problem = problem_label("operatorProblem")
        layout.addWidget(self.problem)
        self.yes = parts.primary_button(_("Save"), self._on_save, name="yes")
        self.yes.setDefault(True)
        layout.addLayout(parts.row(None, parts.button(_("Cancel"), self.reject, name="no"), self.yes))
        self._on_typed()
        (self.name if asks_name and not name else self.pin).setFocus()

    def _on_typed(self) -> None:
        differs = bool(self.again.text()) and self.again.text() != self.pin.text()
        unlike = differs and not self.pin.text().startswith(self.again.text())
        tell(self.problem, _("The two PINs are not the same.") if unlike else "")
        self.yes.setEnabled(bool(self.name.text().strip() and self.pin.text() and self.again.text()) and not differs)

    def _on_save(self) -> None:
        try:
            self._save(self.name.text(), self.pin.text(), self.chief.isChecked())
        except UserError as error:
            tell(self.problem, error)
            self.pin.setFocus()
            return
        self.accept()
