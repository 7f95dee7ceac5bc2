"""A station gets one lane more while the day runs, with its judges."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QLineEdit, QWidget

from data.i18n import _
from ui.widgets import parts
from ui.widgets.running.board_dialog import BoardDialog
from ui.widgets.running.board_judge import unit_field


class NewLaneDialog(BoardDialog):
    """Hands the judges, a pair of name and unit for each seat, to `add_lane`."""

    def __init__(
        self,
        parent: QWidget,
        station: str,
        seats: int,
        units: Sequence[str],
        add_lane: Callable[[tuple[tuple[str, str], ...]], None],
    ) -> None:
        super().__init__(
            parent,
            _("Add a lane"),
            _("{station} gets one lane more. Name its judges; visits move there in the next step.").format(
                station=station
            ),
            _("Add the lane"),
        )
        self._add_lane = add_lane
        self.names: list[QLineEdit] = []
        self._units = []
        for seat in range(1, seats + 1):
            name, unit = QLineEdit(), unit_field(units)
            name.setObjectName(f"laneJudge:{seat}")
            name.setPlaceholderText(_("Name"))
            name.setAccessibleName(_("Judge {seat}: name").format(seat=seat))
            unit.setObjectName(f"laneJudgeUnit:{seat}")
            unit.setAccessibleName(_("Judge {seat}: unit").format(seat=seat))
            line = parts.row(name, unit)
            line.setStretch(0, 1)
            line.setStretch(1, 1)
            self.form.addRow(_("Judge {seat}").format(seat=seat), line)
            self.names.append(name)
            self._units.append(unit)
        self.names[0].setFocus()

    def save(self) -> None:
        judges = zip(self.names, self._units, strict=True)
        self._add_lane(tuple((name.text().strip(), unit.currentText().strip()) for name, unit in judges))
