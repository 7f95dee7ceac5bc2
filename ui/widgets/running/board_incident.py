"""Something went wrong in a visit (突发情况): what, and how much time is given back."""

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QSpinBox, QWidget

from data.i18n import _
from ui.widgets import parts
from ui.widgets.running.board_dialog import BoardDialog, named

_MOST_MINUTES = 60


class IncidentDialog(BoardDialog):
    """Hands the thousandths of seconds given back and the account of it to `report`."""

    def __init__(self, parent: QWidget, who: str, report: Callable[[int, str], None]) -> None:
        super().__init__(
            parent,
            _("Report an incident"),
            _("{who}. The account stays with the visit; the time given back moves its end.").format(who=who),
            _("Report"),
        )
        self._report = report
        self.what = self.add(_("What happened"), QLineEdit(), "incidentText")
        self.what.setPlaceholderText(_("such as: the monitor failed"))
        self.minutes = QSpinBox()
        self.minutes.setRange(0, _MOST_MINUTES)
        self.seconds = QSpinBox()
        self.seconds.setRange(0, 59)
        for field, name, words in (
            (self.minutes, "givenMinutes", _("Minutes given back")),
            (self.seconds, "givenSeconds", _("Seconds given back")),
        ):
            named(field, words, name)
        self.minutes.setSuffix(" " + _("min"))
        self.seconds.setSuffix(" " + _("s"))
        self.form.addRow(_("Time given back"), parts.row(self.minutes, self.seconds, None))
        self.what.textChanged.connect(self._on_reason)
        self._on_reason("")
        self.what.setFocus()

    def save(self) -> None:
        seconds = self.minutes.value() * 60 + self.seconds.value()
        self._report(seconds * 1000, self.what.text().strip())
