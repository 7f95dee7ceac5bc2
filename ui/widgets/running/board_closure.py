"""A lane goes out of service (工位停用): from now, until a time or until further notice."""

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox, QTimeEdit, QWidget

from data.i18n import _
from ui.widgets import parts
from ui.widgets.running.board_dialog import BoardDialog, named
from ui.widgets.running.board_time import minute_of_field, show_minute

_FIRST_LENGTH = 30  # minutes


class ClosureDialog(BoardDialog):
    """Hands the minutes of the day (until: None for further notice) and the reason to `close_lane`."""

    def __init__(
        self, parent: QWidget, lane: str, minute: int, close_lane: Callable[[int, int | None, str], None]
    ) -> None:
        super().__init__(
            parent,
            _("Take a lane out of service"),
            _("{lane}: nobody begins there. The visits still to come are timed anew in the next step.").format(
                lane=lane
            ),
            _("Out of service"),
        )
        self._close_lane = close_lane
        self.starts = self.add(_("From"), QTimeEdit(), "closedFrom")
        self.open_end = QCheckBox(_("until further notice"))
        self.open_end.setObjectName("openEnd")
        self.open_end.toggled.connect(self._on_open_end)
        self.ends = named(QTimeEdit(), _("Until"), "closedUntil")
        self.form.addRow(_("Until"), parts.row(self.ends, self.open_end, None))
        for field, shown in ((self.starts, minute), (self.ends, minute + _FIRST_LENGTH)):
            show_minute(field, shown)
        self.add_reason().setFocus()

    def _on_open_end(self, on: bool) -> None:
        self.ends.setEnabled(not on)

    def save(self) -> None:
        until = None if self.open_end.isChecked() else minute_of_field(self.ends)
        self._close_lane(minute_of_field(self.starts), until, self.reason_text())
