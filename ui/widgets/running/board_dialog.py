"""What the dialogs of the board have in common: a sentence, some fields, a reason, and the verb."""

from typing import TypeVar

from PySide6.QtWidgets import QDialog, QFormLayout, QLineEdit, QWidget

from data.errors import UserError
from data.i18n import _
from ui.widgets import parts
from ui.widgets.problem import problem_label, tell

_WIDTH = 500

W = TypeVar("W", bound=QWidget)


class BoardDialog(QDialog):
    """A subclass adds its fields and says in `save()` what is done with them.

    What that refuses with a UserError is shown, and the dialog stays with all that was typed. Deletes itself when
    closed.
    """

    def __init__(self, parent: QWidget, title: str, text: str, verb: str, *, danger: bool = False) -> None:
        super().__init__(parent)
        self.form = QFormLayout()
        self.form.setVerticalSpacing(8)
        self.form.setHorizontalSpacing(16)
        self.reason: QLineEdit | None = None
        self.problem = problem_label("boardProblem")
        self.problem.hide()
        make = parts.danger_button if danger else parts.primary_button
        self.yes = make(verb, self._on_yes, name="yes")
        self.yes.setDefault(True)
        layout = parts.dialog_frame(self, "boardDialog", title, _WIDTH)
        layout.addWidget(parts.label(title, "heading", wrap=True))
        if text:
            layout.addWidget(parts.label(text, wrap=True))
        layout.addLayout(self.form)
        layout.addWidget(self.problem)
        layout.addSpacing(8)
        layout.addLayout(parts.row(None, parts.button(_("Cancel"), self.reject, name="no"), self.yes))

    def add(self, words: str, field: W, name: str) -> W:
        """A field with its words at its left; returns it."""
        self.form.addRow(words, named(field, words, name))
        return field

    def add_reason(self) -> QLineEdit:
        """The field without which nothing is done."""
        self.reason = self.add(_("Reason"), QLineEdit(), "reason")
        self.reason.setPlaceholderText(_("why, for the audit log"))
        self.reason.textChanged.connect(self._on_reason)
        self._on_reason("")
        return self.reason

    def reason_text(self) -> str:
        """What was typed as the reason."""
        return self.reason.text().strip() if self.reason is not None else ""

    def save(self) -> None:
        """Do what was asked for. May raise UserError."""
        raise NotImplementedError

    def _on_reason(self, text: str) -> None:
        self.yes.setEnabled(bool(text.strip()))

    def _on_yes(self) -> None:
        try:
            self.save()
        except UserError as error:
            self.problem.show()
            tell(self.problem, error)
        else:
            self.accept()


def named(field: W, words: str, name: str) -> W:
    """The field, with a name for screen readers and one for the code."""
    field.setObjectName(name)
    field.setAccessibleName(words)
    return field
