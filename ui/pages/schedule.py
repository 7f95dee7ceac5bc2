"""Schedule: plan the day, look at it by lane and by entrant, find people in it, save it as a file."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from data.errors import UserError
from data.exchange import schedule_csv
from data.i18n import _, ngettext
from data.queries import entrants as entrant_queries
from data.queries import schedule as queries
from data.queries.plan import current_plan
from data.queries.schedule import Outlook, SlotRow, TimetableRow
from data.queries.schedule_words import Words
from data.rules.decimals import clock
from data.rules.rotation_model import Solution
from ui import dialogs
from ui.desk import Desk
from ui.errors import show_error
from ui.pages.page import Page
from ui.task import Task
from ui.widgets import parts, schedule_tables
from ui.widgets.gantt_view import Day, GanttView, Line
from ui.widgets.planning import Planning
from ui.widgets.schedule_summary import ScheduleSummary
from ui.widgets.table import Table

_NOW_EVERY_MS = 20_000
_CHART, _STATIONS, _ENTRANTS = range(3)


class SchedulePage(Page):
    """Before planning it says what will be planned; afterwards it shows the timetable in force."""

    key = "schedule"
    tables = frozenset(
        {"event", "division", "unit", "station", "station_division", "judge", "break", "entrant", "timetable", "slot"}
        | {"visit", "mark", "draw", "component", "component_station", "drawn_station", "drawn_lane"}
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._timetable: TimetableRow | None = None
        self._outlook = Outlook(0, 0, 0, 0, 0, 0, ())
        self._slots: list[SlotRow] = []
        self._planning: Planning | None = None
        self._task: Task | None = None
        self._date = ""
        self._blocking_page = "setup"
        self._save = self.add_action(_("Save schedule.csv…"), self._ask_file)
        self._plan = self.set_primary(_("Plan the day"), self._ask_plan)
        self._enough = parts.button(_("Use the best so far"), self._use_best, name="useBest")
        self._enough.hide()
        self.body.addLayout(parts.row(None, self._enough))
        self._obstacles = QVBoxLayout()
        self.body.addLayout(self._obstacles)
        self._before = QWidget()
        before = QVBoxLayout(self._before)
        before.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self._before, 1)
        self._after = self._build_after()
        self.body.addWidget(self._after, 1)
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._show_now)
        self._clock.start(_NOW_EVERY_MS)
        QShortcut(QKeySequence.StandardKey.Find, self, self._go_find)

    def title(self) -> str:
        return _("Schedule")

    def purpose(self) -> str:
        if self._timetable is None:
            return _("Plan who is at which station and lane when: the shortest day first, then the least waiting.")
        made = _("Version {number}, {visits} visits. Who is at which station and lane, and when.")
        return made.format(number=self._timetable.number, visits=len(self._slots))

    def keys(self) -> list[tuple[str, str]]:
        return [
            ("Ctrl+F", _("Find an entrant in the chart")),
            ("+  −  0", _("Zoom the chart; fit the day into its width")),
            ("← → ↑ ↓", _("Walk from visit to visit")),
        ]

    @property
    def is_busy(self) -> bool:
        """Whether the day is being planned, or other long work runs."""
        return self._task is not None or super().is_busy

    def show_target(self, target: Any) -> None:
        """target: the id of an entrant, whose visits are shown."""
        slot = next((slot for slot in self._slots if slot.entrant_id == target), None)
        if slot is not None:
            self._views.button(_CHART).click()
            self._find.setText(slot.number or slot.name)
            self.gantt.choose(slot)

    def refresh(self) -> None:
        store = self.desk.store
        self._outlook = queries.outlook(store)
        self._timetable = queries.current(store)
        self._slots = queries.slots(store)
        self._before.setVisible(self._timetable is None)
        self._after.setVisible(self._timetable is not None)
        self._save.setVisible(self._timetable is not None)
        self._plan.setText(_("Plan the day") if self._timetable is None else _("Plan anew…"))
        self._plan.setEnabled(self._task is None and not self._outlook.blockers)
        if self._timetable is None:
            self._show_before()
        else:
            self._show_after(self._timetable)

    def _build_after(self) -> QWidget:
        self._views = QButtonGroup(self)
        self._views.setExclusive(True)
        chips = []
        for number, text in enumerate((_("Chart"), _("By station"), _("By entrant"))):
            chip = parts.button(text, role="chip", name=f"view:{number}")
            chip.setCheckable(True)
            self._views.addButton(chip, number)
            chips.append(chip)
        self._find = QLineEdit()
        self._find.setObjectName("findEntrant")
        self._find.setPlaceholderText(_("Find: number, name, unit or pinyin initials"))
        self._find.setClearButtonEnabled(True)
        self._find.setMinimumWidth(240)
        self._find.setAccessibleName(_("Find an entrant in the chart"))
        self._find.textChanged.connect(self._show_found)
        self.gantt = GanttView()
        self.gantt.setAccessibleName(_("The timetable as a chart"))
        self.gantt.chosen.connect(self._show_chosen)
        self._zoom = [
            _icon_button("−", _("Zoom out"), self.gantt.zoom_out, "zoomOut"),
            _icon_button("+", _("Zoom in"), self.gantt.zoom_in, "zoomIn"),
            parts.button(_("Whole day"), self.gantt.fit, role="chip", name="fit"),
        ]
        self._chosen = parts.muted("", wrap=True)
        self._chosen.setObjectName("chosenVisit")
        chart = QWidget()
        layout = QVBoxLayout(chart)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.gantt, 1)
        layout.addWidget(self._chosen)
        self.by_station = Table(
            "slotsByStation", schedule_tables.station_columns(), self.desk.settings, key=schedule_tables.visit_id
        )
        self.by_entrant = Table(
            "slotsByEntrant", schedule_tables.entrant_columns(), self.desk.settings, key=schedule_tables.entrant_id
        )
        self._stack = QStackedWidget()
        for view in (chart, self.by_station, self.by_entrant):
            self._stack.addWidget(view)
        self._views.idClicked.connect(self._show_view)
        self._views.button(_CHART).setChecked(True)
        self.summary = ScheduleSummary()
        made = QWidget()
        whole = QVBoxLayout(made)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(parts.row(*chips, None, self._find, *self._zoom))
        body = parts.row(self._stack, self.summary, spacing=12)
        body.setStretch(0, 1)
        whole.addLayout(body, 1)
        return made

    def _show_before(self) -> None:
        layout = self._before.layout()
        assert layout is not None
        parts.clear(layout)
        if self._outlook.blockers:
            text, page = self._outlook.blockers[0]
            self._blocking_page = page
            button = parts.primary_button(_("Mend it"), self._go_mend, name="mend")
            layout.addWidget(parts.empty_state(_("The day cannot be planned yet."), text, button))
            return
        counts = _("Entrants: {entrants} · visits: {visits} · stations: {stations} · lanes: {lanes}.")
        detail = counts.format(
            entrants=self._outlook.entrants,
            visits=self._outlook.visits,
            stations=self._outlook.stations,
            lanes=self._outlook.lanes,
        )
        if self._outlook.left_out:
            left_out = ngettext(
                "{n} entrant who is out is left out.", "{n} entrants who are out are left out.", self._outlook.left_out
            )
            detail += " " + left_out.format(n=self._outlook.left_out)
        layout.addWidget(parts.empty_state(_("The day is not planned yet."), detail))

    def _show_after(self, timetable: TimetableRow) -> None:
        store = self.desk.store
        plan = current_plan(store)
        self._date = plan.info.date
        lines = tuple(
            Line(station.code, station.name, lane) for station in plan.stations for lane in range(1, station.lanes + 1)
        )
        breaks = tuple((pause.name, pause.starts_minute, pause.ends_minute) for pause in plan.breaks)
        self.gantt.set_day(Day(plan.info.opens_minute, plan.info.closes_minute, lines, tuple(self._slots), breaks))
        order = {station.code: number for number, station in enumerate(plan.stations)}
        self.by_station.set_rows(
            sorted(self._slots, key=lambda slot: (order.get(slot.station_code, 0), slot.lane, slot.starts_minute))
        )
        waits = queries.waits(store)
        self.by_entrant.set_rows(
            [
                schedule_tables.EntrantDay(tuple(day), waits.get(entrant, 0))
                for entrant, day in queries.slots_by_entrant(store).items()
            ]
        )
        words = Words(store)
        findings = queries.findings(store)
        waiting = queries.waiting(store)
        self.summary.show_timetable(
            timetable,
            waiting,
            words.entrant(waiting.longest_entrant),
            sum(finding.hard for finding in findings),
            [words.finding(finding) for finding in findings],
        )
        self._show_now()
        self._show_found()

    def _show_view(self, number: int) -> None:
        self._stack.setCurrentIndex(number)
        for widget in (self._find, *self._zoom):
            widget.setVisible(number == _CHART)

    def _show_now(self) -> None:
        now = self.desk.store.clock().astimezone()
        is_today = self._date == now.date().isoformat()
        self.gantt.set_now(now.hour * 60 + now.minute if is_today else None)

    def _show_found(self) -> None:
        text = self._find.text().strip()
        found = entrant_queries.search(self.desk.store, text) if text else []
        self.gantt.set_found(frozenset(row.id for row in found) if text else None)
        if text:
            count = len(found)
            self._chosen.setText(ngettext("{n} entrant found", "{n} entrants found", count).format(n=count))
        else:
            self._show_chosen(self.gantt.current)

    def _show_chosen(self, slot: SlotRow | None) -> None:
        if slot is None:
            self._chosen.clear()
            return
        text = _("{who}: {station}, lane {lane}, {starts}–{ends}")
        name = entrant_queries.in_a_line(slot.number, slot.name)
        self._chosen.setText(
            text.format(
                who=entrant_queries.in_a_line(name, slot.unit, between=_(", ")),
                station=f"{slot.station_code} {slot.station_name}",
                lane=slot.lane,
                starts=clock(slot.starts_minute),
                ends=clock(slot.ends_minute),
            )
        )

    def _go_find(self) -> None:
        if self._timetable is not None:
            self._views.button(_CHART).click()
            self._find.setFocus()
            self._find.selectAll()

    def _go_mend(self) -> None:
        self.desk.go(self._blocking_page)

    def _ask_plan(self) -> None:
        if self._timetable is None:
            self._start("")
            return
        text = _("A new version {number} replaces this one; visits with marks keep their lane and time.")
        dialogs.ask_reason(self, _("Plan the day anew"), text.format(number=self._timetable.number + 1), self._start)

    def _start(self, reason: str) -> None:
        try:
            problem = queries.problem(self.desk.store)
        except UserError as error:
            show_error(self, error)
            return
        self._show_obstacles([])
        self._planning = Planning(self.desk.store, self.desk.actor, problem, reason)
        self._task = self.desk.tasks.run(self._planning, self._on_planned, self._on_failed, title=_("Planning the day"))
        self._planning.follow(self._task)
        self._progress.follow(self._task)
        self._plan.setEnabled(False)
        self._enough.setEnabled(True)
        self._enough.show()
        self._task.ended.connect(self._on_ended)

    def _use_best(self) -> None:
        if self._planning is not None:
            self._enough.setEnabled(False)
            self._planning.use_best()

    def _on_planned(self, result: tuple[Solution, int | None]) -> None:
        solution, number = result
        if number is None:
            words = Words(self.desk.store)
            self._show_obstacles(list(dict.fromkeys(words.obstacle(obstacle) for obstacle in solution.obstacles)))
            return
        said = _("Timetable {number} is in force: the day ends at {time}.")
        self.desk.say(said.format(number=number, time=clock(solution.finish)))

    def _on_failed(self, error: UserError) -> None:
        self._show_obstacles([str(error)])

    def _on_ended(self, _task: Task) -> None:
        self._task = self._planning = None
        self._enough.hide()
        self._plan.setEnabled(not self._outlook.blockers)

    def _show_obstacles(self, texts: Sequence[str]) -> None:
        parts.clear(self._obstacles)
        for text in texts:
            self._obstacles.addWidget(parts.strip(text, "wrong"))

    def _ask_file(self) -> None:
        dialogs.save_file(self, _("Save the timetable"), "CSV (*.csv)", "schedule.csv", self._write)

    def _write(self, path: Path) -> None:
        if self.attempt(schedule_csv.write_schedule, self.desk.store, path):
            self.desk.say(_("Saved: {path}").format(path=path))


def _icon_button(text: str, name: str, slot: Any, object_name: str) -> QPushButton:
    made = parts.button(text, slot, role="chip", name=object_name)
    made.setAccessibleName(name)
    made.setToolTip(name)
    return made
