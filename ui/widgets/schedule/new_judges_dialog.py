"""Asks who the new judges are: name and unit of each."""

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QGridLayout, QLineEdit, QWidget

from data.i18n import _
from ui.widgets import parts

_WIDTH = 480


class NewJudgesDialog(QDialog):
    """Opened with `open()`. `accepted_judges([(name, unit), …])` is called when all have a name; deletes itself."""

    def __init__(
        self, parent: QWidget, text: str, count: int, accepted_judges: Callable[[list[tuple[str, str]]], None]
    ) -> None:
        super().__init__(parent)
        self._tell = accepted_judges
        layout = parts.dialog_frame(self, "newJudges", _("The new judges"), _WIDTH)
        layout.addWidget(parts.label(_("The new judges"), "heading"))
        layout.addWidget(parts.label(text, wrap=True))
        grid = QGridLayout()
        grid.addWidget(parts.muted(_("Name")), 0, 0)
        grid.addWidget(parts.muted(_("Unit, where it takes part")), 0, 1)
        self.fields: list[tuple[QLineEdit, QLineEdit]] = []
        for row in range(1, count + 1):
            name, unit = QLineEdit(), QLineEdit()
            name.setAccessibleName(_("Name of judge {n}").format(n=row))
            unit.setAccessibleName(_("Unit of judge {n}").format(n=row))
            name.textChanged.connect(self._on_typed)
            grid.addWidget(name, row, 0)
            grid.addWidget(unit, row, 1)
            self.fields.append((name, unit))
        layout.addLayout(grid)
        self.yes = parts.primary_button(_("Apply"), self.accept, name="yes")
        self.yes.setEnabled(False)
        layout.addSpacing(8)
        layout.addLayout(parts.row(None, parts.button(_("Cancel"), self.reject, name="no"), self.yes))

    def _on_typed(self) -> None:
        self.yes.setEnabled(all(name.text().strip() for name, _unit in self.fields))

    def accept(self) -> None:
        super().accept()
        self._tell([(name.text().strip(), unit.text().strip()) for name, unit in self.fields])
