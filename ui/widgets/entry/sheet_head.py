"""Whose sheet is open for a second entry: number, name and unit, station, lane and judge."""

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from data.i18n import _
from data.queries.readings import BlankSheet
from ui.widgets import parts
from ui.widgets.elided_label import ElidedLabel


class SheetHead(QWidget):
    """Two lines beside the contestant number, with a pill at the right for how far the sheet is."""

    def __init__(self) -> None:
        super().__init__()
        self._number = parts.label("", "score")
        self._who = parts.label("", "heading")
        self._where = ElidedLabel("", "muted")
        self._where.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.state = parts.pill("")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        words = parts.column(self._who, self._where, spacing=0)
        layout.addLayout(parts.row(self._number, words, None, self.state, spacing=12))

    def show_sheet(self, sheet: BlankSheet) -> None:
        """Show whose sheet it is; while names are sealed, the number alone."""
        self._number.setText(sheet.number or sheet.name)
        nameless = sheet.name == sheet.number
        self._who.setText("" if nameless else "  ".join(dict.fromkeys((sheet.name, sheet.unit))))
        self._who.setVisible(not nameless)
        place = [f"{sheet.station_code} {sheet.station_name}"]
        if sheet.lane is not None:
            place.append(_("lane {lane}").format(lane=sheet.lane))
        place.append(_("judge {seat} of {judges}").format(seat=sheet.seat, judges=sheet.judges))
        if sheet.judge:
            place.append(sheet.judge)
        self._where.setText(" · ".join(place))
        self.say(_("second entry"), "info")

    def say(self, text: str, tone: str) -> None:
        """How far the sheet is."""
        self.state.setText(text)
        parts.set_tone(self.state, tone)
