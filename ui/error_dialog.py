"""A dialog that says what happened, where, and what to do."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from data.i18n import _
from ui.widgets import parts

_WIDTH = 520

_open: set["ErrorDialog"] = set()  # a dialog without a parent lives only as long as somebody holds it


class ErrorDialog(QDialog):
    """Three sentences, and for an unexpected error its details to copy. Open it with `open()`."""

    def __init__(
        self, parent: QWidget | None, *, what: str, where: str = "", todo: str = "", details: str = ""
    ) -> None:
        super().__init__(parent)
        self.setObjectName("errorDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Biwu"))
        self.setMinimumWidth(_WIDTH)
        self._details = details
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(12)
        for text, role in ((what, "heading"), (where, "muted"), (todo, "")):
            if text:
                layout.addWidget(parts.label(text, role, wrap=True, selectable=True))
        buttons = QHBoxLayout()
        if details:
            view = QPlainTextEdit(details)
            view.setReadOnly(True)
            view.setMinimumHeight(160)
            layout.addWidget(view)
            buttons.addWidget(parts.button(_("Copy details"), self._copy))
        buttons.addStretch(1)
        close = parts.primary_button(_("Close"), self.accept)
        close.setDefault(True)
        buttons.addWidget(close)
        layout.addSpacing(8)
        layout.addLayout(buttons)
        close.setFocus()
        _open.add(self)

    def done(self, result: int) -> None:
        _open.discard(self)
        super().done(result)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._details)
