"""One question to the user: a sentence, maybe a field, and the verb that it is about."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from data.i18n import _
from ui.widgets import parts

_WIDTH = 440


class Question(QDialog):
    """Opened by the functions of ui/dialogs.py. With a `field`, `accepted(text)` gets what was typed, never blank;
    without one, `confirmed()` is called. Deletes itself when closed."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        text: str,
        *,
        field: str = "",
        value: str = "",
        yes: str = "",
        danger: bool = False,
        only_yes: bool = False,
        accepted: Callable[[str], None] | None = None,
        confirmed: Callable[[], None] | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("question")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setMinimumWidth(_WIDTH)
        self._accepted = accepted
        self._confirmed = confirmed
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(parts.label(title, "heading", wrap=True))
        if text:
            layout.addWidget(parts.label(text, wrap=True))
        self.field: QLineEdit | None = None
        make = parts.danger_button if danger else parts.primary_button
        self.yes = make(yes or _("OK"), self.accept, name="yes")
        self.yes.setDefault(True)
        if field:
            self.field = QLineEdit(value)
            self.field.setObjectName("field")
            self.field.setAccessibleName(field)
            self.field.textChanged.connect(self._on_typed)
            words = parts.muted(field)
            words.setBuddy(self.field)
            layout.addWidget(words)
            layout.addWidget(self.field)
            self._on_typed(value)
            self.field.selectAll()
            self.field.setFocus()
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        if not only_yes:
            buttons.addWidget(parts.button(_("Cancel"), self.reject, name="no"))
        buttons.addWidget(self.yes)
        layout.addSpacing(8)
        layout.addLayout(buttons)

    def _on_typed(self, text: str) -> None:
        self.yes.setEnabled(bool(text.strip()))

    def accept(self) -> None:
        super().accept()
        if self.field is not None and self._accepted is not None:
            self._accepted(self.field.text().strip())
        elif self._confirmed is not None:
            self._confirmed()
