"""What the schedule page shows while the day is not planned."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from data.i18n import _, ngettext
from data.queries.schedule import Outlook
from ui.widgets import parts


class BeforePlanning(QWidget):
    """What will be planned, or what must be mended first. mend_wanted: the key of the page that mends it."""

    mend_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._page = ""
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)

    def show_outlook(self, outlook: Outlook, settings: str) -> None:
        """settings: by what the day will be planned, in a line."""
        parts.clear(self._layout)
        if outlook.blockers:
            text, self._page = outlook.blockers[0]
            button = parts.primary_button(_("Mend it"), self._go_mend, name="mend")
            self._layout.addWidget(parts.empty_state(_("The day cannot be planned yet."), text, button))
            return
        counts = _("Entrants: {entrants} · visits: {visits} · stations: {stations} · lanes: {lanes}.")
        detail = counts.format(
            entrants=outlook.entrants, visits=outlook.visits, stations=outlook.stations, lanes=outlook.lanes
        )
        if outlook.left_out:
            left_out = ngettext(
                "{n} entrant who is out is left out.", "{n} entrants who are out are left out.", outlook.left_out
            )
            detail += " " + left_out.format(n=outlook.left_out)
        self._page = "setup"
        change = parts.button(_("Change the settings"), self._go_mend, name="changeSettings")
        self._layout.addWidget(
            parts.empty_state(_("The day is not planned yet."), "\n".join(filter(None, (detail, settings))), change)
        )

    def _go_mend(self) -> None:
        self.mend_wanted.emit(self._page)
