"""The whole event pauses for some minutes."""

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox, QSpinBox, QWidget

from data.i18n import _
from ui.widgets.running.board_dialog import BoardDialog

_FIRST, _MOST = 10, 240  # minutes


class PauseDialog(BoardDialog):
    """Hands the minutes, the reason, and whether those who perform now get the time back, to `pause`."""

    def __init__(self, parent: QWidget, pause: Callable[[int, str, bool], None]) -> None:
        super().__init__(
            parent,
            _("Pause the whole event"),
            _("From now on nobody begins."),
            _("Pause"),
        )
        self._pause = pause
        self.minutes = self.add(_("For"), QSpinBox(), "minutes")
        self.minutes.setRange(1, _MOST)
        self.minutes.setValue(_FIRST)
        self.minutes.setSuffix(" " + _("min"))
        self.gives_back = QCheckBox(_("are interrupted, and get the time back"))
        self.add(_("Those who perform now"), self.gives_back, "givesBack")
        self.add_reason()
        self.minutes.setFocus()
        self.minutes.selectAll()

    def save(self) -> None:
        self._pause(self.minutes.value(), self.reason_text(), self.gives_back.isChecked())
