"""A timetable on the schedule page: two charts, two tables, the search, and the figures beside them."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from data.i18n import _
from data.queries import entrants as entrant_queries
from data.queries import sealing
from data.queries.schedule import SlotRow
from data.rules.rotation_check import Finding
from data.store import Store
from ui import theme
from ui.settings import Settings
from ui.widgets import parts
from ui.widgets.schedule import schedule_tables
from ui.widgets.schedule.gantt_layout import LANES, PEOPLE, Day
from ui.widgets.schedule.schedule_chart import ChartPanel
from ui.widgets.schedule.schedule_summary import ScheduleSummary
from ui.widgets.table import Table

_CHIP_ROOM = 30
CHART, STATIONS, ENTRANTS, PEOPLE_CHART = range(4)
_STACK = {CHART: 0, PEOPLE_CHART: 0, STATIONS: 1, ENTRANTS: 2}


class MadeTimetable(QWidget):
    """`show_day` fills the views, `summary` the figures."""

    def __init__(self, store: Store, settings: Settings) -> None:
        super().__init__()
        self._store = store
        self.views = QButtonGroup(self)
        self.views.setExclusive(True)
        titles = {
            CHART: _("Chart by lane"),
            PEOPLE_CHART: _("Chart by entrant"),
            STATIONS: _("List by station"),
            ENTRANTS: _("List by entrant"),
        }
        chips = [self._chip(number, text) for number, text in titles.items()]
        self.find = QLineEdit()
        self.find.setObjectName("findEntrant")
        self.find.setClearButtonEnabled(True)
        self.find.setMinimumWidth(200)
        self.find.setMaximumWidth(320)
        self.find.setAccessibleName(_("Find an entrant in the chart"))
        self.find.textChanged.connect(self.show_found)
        self.chart = ChartPanel()
        self.gantt = self.chart.gantt
        self._zoom = [
            _icon_button("−", _("Zoom out"), self.gantt.zoom_out, "zoomOut"),
            _icon_button("+", _("Zoom in"), self.gantt.zoom_in, "zoomIn"),
            parts.button(_("Whole day"), self.gantt.fit, role="chip", name="fit"),
        ]
        self.by_station = Table(
            "slotsByStation", schedule_tables.station_columns(), settings, key=schedule_tables.visit_id
        )
        self.by_entrant = Table(
            "slotsByEntrant", schedule_tables.entrant_columns(), settings, key=schedule_tables.entrant_id
        )
        self._unfilled: dict[Table, Callable[[], Sequence[Any]]] = {}  # tables, and what makes their rows
        self.stack = QStackedWidget()
        for view in (self.chart, self.by_station, self.by_entrant):
            self.stack.addWidget(view)
        self.views.idClicked.connect(self._show_view)
        self.views.button(CHART).setChecked(True)
        self.summary = ScheduleSummary()
        self.summary.finding_chosen.connect(self.show_finding)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        tools = parts.row(*chips, None, self.find, *self._zoom, spacing=6)
        tools.setStretch(tools.indexOf(self.find), 1)
        whole.addLayout(tools)
        body = parts.row(self.stack, self.summary, spacing=12)
        body.setStretch(0, 1)
        whole.addLayout(body, 1)

    def show_day(self, day: Day, waits: Mapping[int, int], order: Sequence[str]) -> None:
        """Show these visits.

        Args:
            waits: minutes that each entrant waits, by id.
            order: the codes of the stations in their order.
        """
        self.gantt.set_day(day)
        self.say_what_is_found()
        self._unfilled = {
            self.by_station: partial(_by_station, day.slots, order),
            self.by_entrant: partial(_by_entrant, day.slots, waits),
        }
        self._fill_table()
        self.show_found()

    def _fill_table(self) -> None:
        """Fill the table in sight; the other waits until it is looked at."""
        table = self.stack.currentWidget()
        if isinstance(table, Table) and table in self._unfilled:
            table.set_rows(self._unfilled.pop(table)())

    def show_entrant(self, entrant_id: Any) -> None:
        """Bring somebody's visits into sight."""
        slot = next((slot for slot in self.gantt.day.slots if slot.entrant_id == entrant_id), None)
        if slot is not None:
            self._go_to_chart()
            self.find.setText(slot.number or slot.name)
            self.gantt.choose(slot)

    def show_finding(self, finding: Finding) -> None:
        """Bring the visits of a finding into sight: the first is chosen, and a second beside it."""
        keys = [(slot.entrant, slot.station) for slot in finding.slots]
        there = {(slot.entrant_id, slot.station_code): slot for slot in self.gantt.day.slots}
        meant = [there[key] for key in keys if key in there]
        if not meant:
            meant = [slot for slot in self.gantt.day.slots if slot.entrant_id == finding.entrant][:1]
        if meant:
            self._go_to_chart()
            self.find.clear()
            self.gantt.choose(meant[0])
            self.gantt.choose_partner(meant[1] if len(meant) > 1 else None)

    def go_find(self) -> None:
        """The keyboard goes to the search."""
        self._go_to_chart()
        self.find.setFocus()
        self.find.selectAll()

    def show_found(self) -> None:
        """Let those stand out whom the search means."""
        text = self.find.text().strip()
        found = entrant_queries.search(self._store, text) if text else []
        self.gantt.set_found(frozenset(row.id for row in found) if text else None)
        if text:
            self.chart.show_found(len(found))
        else:
            self.chart.show_chosen(self.gantt.current)

    def say_what_is_found(self) -> None:
        """While names are sealed, neither they nor the units find anybody."""
        is_sealed = sealing.hides_names(self._store)
        words = _("Find: number or division") if is_sealed else _("Find: number, name, unit or pinyin initials")
        self.find.setPlaceholderText(words)

    def _go_to_chart(self) -> None:
        if self.stack.currentIndex() != _STACK[CHART]:
            self.views.button(CHART).click()

    def _show_view(self, number: int) -> None:
        self.stack.setCurrentIndex(_STACK[number])
        self._fill_table()
        if _STACK[number] == _STACK[CHART]:
            self.gantt.set_chart(PEOPLE if number == PEOPLE_CHART else LANES)
        for widget in (self.find, *self._zoom):
            widget.setVisible(_STACK[number] == _STACK[CHART])

    def _chip(self, number: int, text: str) -> QPushButton:
        chip = parts.button(text, role="chip", name=f"view:{number}")
        chip.setCheckable(True)
        wide = QFontMetrics(theme.font(13, bold=True)).horizontalAdvance(text)
        chip.setMinimumWidth(wide + _CHIP_ROOM)  # a chip that is checked writes bold
        self.views.addButton(chip, number)
        return chip


def _by_station(slots: Sequence[SlotRow], order: Sequence[str]) -> list[SlotRow]:
    places = {code: number for number, code in enumerate(order)}
    return sorted(slots, key=lambda slot: (places.get(slot.station_code, 0), slot.lane, slot.starts_minute))


def _by_entrant(slots: Sequence[SlotRow], waits: Mapping[int, int]) -> list[schedule_tables.EntrantDay]:
    own: dict[int, list[SlotRow]] = {}
    for slot in sorted(slots, key=lambda slot: slot.starts_minute):
        own.setdefault(slot.entrant_id, []).append(slot)
    return [schedule_tables.EntrantDay(tuple(days), waits.get(entrant, 0)) for entrant, days in own.items()]


def _icon_button(text: str, name: str, slot: parts.Slot, object_name: str) -> QPushButton:
    made = parts.button(text, slot, role="chip", name=object_name)
    made.setAccessibleName(name)
    made.setToolTip(name)
    return made
