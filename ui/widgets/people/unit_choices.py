"""The unit of all rows of a sheet, for sheets that have no column for it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QSizePolicy, QWidget

from data.i18n import _
from ui.widgets import parts
from ui.widgets.elided_label import ElidedLabel

_WIDTH = 280


class UnitChoices(QWidget):
    """One line a sheet. Signal: picked(number of the sheet, name of the unit; empty for none)."""

    picked = Signal(int, str)

    def __init__(self, sheets: Sequence[str], units: Sequence[str], taken: Sequence[str]) -> None:
        super().__init__()
        self.setObjectName("unitChoices")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 4, 8, 12)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.addWidget(
            parts.label(_("No column says the unit. All rows of a sheet belong to:"), "subheading"), 0, 0, 1, 2
        )
        for number, sheet in enumerate(sheets):
            choice = QComboBox()
            choice.setObjectName(f"unitOf:{number}")
            choice.setAccessibleName(sheet)
            choice.setFixedWidth(_WIDTH)
            choice.addItem(_("– choose the unit –"), "")
            for unit in units:
                choice.addItem(unit, unit)
            choice.setCurrentIndex(max(0, choice.findData(taken[number])))
            choice.setProperty("sheet", number)
            choice.activated.connect(self._on_activated)
            name = ElidedLabel(sheet)
            name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            grid.addWidget(name, number + 1, 0)
            grid.addWidget(choice, number + 1, 1)
        grid.setColumnStretch(0, 1)

    def _on_activated(self, index: int) -> None:
        choice = self.sender()
        assert isinstance(choice, QComboBox)
        self.picked.emit(choice.property("sheet"), choice.itemData(index))
