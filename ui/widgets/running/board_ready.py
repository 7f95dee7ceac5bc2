"""Somebody says that he comes later: not called before a time of day."""

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox, QTimeEdit, QWidget

from data.i18n import _
from ui.widgets import parts
from ui.widgets.running.board_dialog import BoardDialog, named
from ui.widgets.running.board_time import minute_of_field, show_minute

_LATER = 30  # minutes from now that are offered
_STEP = 5


class ReadyDialog(BoardDialog):
    """Hands the minute of the day (None: at any time) and the reason to `set_ready`."""

    def __init__(
        self,
        parent: QWidget,
        who: str,
        minute: int,
        known: int | None,
        set_ready: Callable[[int | None, str], None],
    ) -> None:
        """
        Args:
            minute: now.
            known: from when on he can be called as it stands.
        """
        super().__init__(
            parent,
            _("Comes later"),
            _("{who}. Nothing is planned for him before that time when the rest of the day is timed anew.").format(
                who=who
            ),
            _("Save"),
        )
        self._set_ready = set_ready
        self.time = named(QTimeEdit(), _("Here only from"), "readyFrom")
        show_minute(self.time, known if known is not None else later(minute))
        self.any_time = QCheckBox(_("at any time"))
        self.any_time.setObjectName("readyAnyTime")
        self.any_time.toggled.connect(self.time.setDisabled)
        self.any_time.setVisible(known is not None)
        self.form.addRow(_("Here only from"), parts.row(self.time, self.any_time, None))
        self.add_reason()
        self.time.setFocus()

    def save(self) -> None:
        self._set_ready(None if self.any_time.isChecked() else minute_of_field(self.time), self.reason_text())


def later(minute: int) -> int:
    """A time that somebody who is late may name: half an hour on, in full five minutes."""
    return -(-(minute + _LATER) // _STEP) * _STEP
