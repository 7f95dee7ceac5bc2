"""A judge of a lane is replaced while the day runs."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from data.i18n import _
from ui.widgets.running.board_dialog import BoardDialog

Judge = tuple[int, str]  # id and what is shown of a judge


class JudgeDialog(BoardDialog):
    """Hands the judge's id, the new name and unit, and the reason to `replace`."""

    def __init__(
        self,
        parent: QWidget,
        lane: str,
        judges: Sequence[Judge],
        units: Sequence[str],
        replace: Callable[[int, str, str, str], None],
    ) -> None:
        super().__init__(
            parent,
            _("Replace a judge"),
            _("{lane}. Whoever may not be marked by the new judge moves to another lane in the next step.").format(
                lane=lane
            ),
            _("Replace the judge"),
        )
        self._replace = replace
        self.judges = self.add(_("Who leaves"), QComboBox(), "judgeLeaves")
        for judge, words in judges:
            self.judges.addItem(words, judge)
        self.name = self.add(_("Who comes"), QLineEdit(), "judgeName")
        self.unit = self.add(_("Unit"), unit_field(units), "judgeUnit")
        self.add_reason()
        self.name.setFocus()

    def save(self) -> None:
        self._replace(
            self.judges.currentData(), self.name.text().strip(), self.unit.currentText().strip(), self.reason_text()
        )


def unit_field(units: Sequence[str]) -> QComboBox:
    """A field for the unit of a judge: those that take part are offered, any other can be typed."""
    field = QComboBox()
    field.setEditable(True)
    field.addItem("")
    field.addItems(units)
    field.setCurrentIndex(0)
    line = field.lineEdit()
    assert line is not None
    line.setPlaceholderText(_("Unit"))
    return field
