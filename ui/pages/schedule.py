"""Schedule: plan the day, look at it by lane and by entrant, move visits in a draft, put it in force."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut

from data.errors import UserError
from data.exchange import schedule_csv
from data.i18n import _, ngettext
from data.queries import schedule as queries
from data.queries import schedule_draft as drafts
from data.rules.decimals import clock
from data.rules.rotation_model import Solution
from ui import dialogs
from ui.aside import Aside
from ui.desk import Desk
from ui.errors import show_error
from ui.pages.page import Page
from ui.task import Task
from ui.widgets import parts
from ui.widgets.schedule.fixes_panel import FixesPanel
from ui.widgets.schedule.planning import Planning, PuttingInForce
from ui.widgets.schedule.schedule_before import BeforePlanning
from ui.widgets.schedule.schedule_day import day_of
from ui.widgets.schedule.schedule_draft_bar import DraftBar, set_strip_text
from ui.widgets.schedule.schedule_keeper import DraftKeeper
from ui.widgets.schedule.schedule_made import MadeTimetable
from ui.widgets.schedule.schedule_moves import DraftMoves
from ui.widgets.schedule.schedule_readings import Checking, Readings, read, settings_line, waits_of
from ui.widgets.schedule.schedule_summary import Figures

_NOW_EVERY_MS = 20_000
_WHILE_DRAGGING_MS = 300
_CHECKED_AT_ONCE = 1_500  # visits: some 15 ms


class SchedulePage(Page):
    """Before planning it says what will be planned; afterwards it shows the timetable in force, with the changes to
    it that are not in force yet, or an earlier one to look at."""

    key = "schedule"
    tables = frozenset(
        {"event", "division", "unit", "station", "station_division", "judge", "break", "entrant", "timetable", "slot"}
        | {"visit", "mark", "draw", "component", "component_station", "drawn_station", "drawn_lane"}
        | {"session", "walk", "member", "lane_closure"}
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._now: Readings | None = None
        self._reading = Aside(desk, read, self._show_read, self._show_error, self)
        self._earlier: int | None = None
        self._planning: Planning | None = None
        self._task: Task | None = None
        self._reason = ""
        self._tick = 0  # counts what was on the screen, so that the checker's answer to something older is dropped
        self.keeper = DraftKeeper(self)
        self._save = self.add_action(_("Save schedule.csv…"), self._ask_file)
        self._plan = self.set_primary(_("Plan the day"), self._ask_plan)
        self._enough = parts.button(_("Use the best so far"), self._use_best, name="useBest")
        self._enough.hide()
        self.body.addWidget(self._enough, 0, Qt.AlignmentFlag.AlignRight)
        self.fixes = FixesPanel(desk)
        self.fixes.applied.connect(self._plan_again)
        self._why_not = parts.strip("", "wrong")
        self._why_not.hide()
        self.body.addWidget(self._why_not)
        self._mended = parts.strip("", "done", is_one_line=True)
        self._mended.setObjectName("mended")
        self._mended.hide()
        self.body.addWidget(self._mended)
        self._fixes = parts.scrolled(self.fixes)
        self._fixes.hide()
        self.body.addWidget(self._fixes, 1)
        self._before = BeforePlanning()
        self._before.mend_wanted.connect(desk.go)
        self.body.addWidget(self._before, 1)
        self.draft_bar = DraftBar(self.keeper)
        self.draft_bar.wanted.connect(self._ask_put_in_force)
        self.body.addWidget(self.draft_bar)
        self._looking = parts.strip(
            "", "info", parts.button(_("Back to the timetable in force"), self._look_at_present, name="backToPresent")
        )
        self.body.addWidget(self._looking)
        self.made = MadeTimetable(desk.store, desk.settings)
        self.gantt, self.summary = self.made.gantt, self.made.summary
        self.gantt.moved.connect(self.keeper.move)
        self.gantt.swapped.connect(self.keeper.swap)
        self.gantt.pinned.connect(self.keeper.pin)
        self.keeper.changed.connect(self._show_made)
        self.keeper.changed.connect(self._mended.hide)
        self.summary.settings_wanted.connect(self._go_to_settings)
        self.summary.versions.wanted.connect(self._look_at)
        self.body.addWidget(self.made, 2)
        self._turn = QTimer(self)  # the next turn of the event loop: both halves in one would be too long
        self._turn.setSingleShot(True)
        self._turn.timeout.connect(self._show_in_turn)
        desk.closing.connect(self._turn.stop)
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._show_now)
        self._clock.start(_NOW_EVERY_MS)
        desk.theme_changed.connect(self.gantt.look_again)
        desk.closing.connect(self._clock.stop)
        QShortcut(QKeySequence.StandardKey.Find, self, self._go_find)
        QShortcut(QKeySequence("Ctrl+Z"), self, self._undo)
        QShortcut(QKeySequence("Ctrl+Shift+Z"), self, self._redo)

    def title(self) -> str:
        return _("Schedule")

    def purpose(self) -> str:
        if self._now is None or self._now.timetable is None:
            return _("Plan who is at which station and lane when: the shortest day first, then the least waiting.")
        made = _("Version {number}, {visits} visits. Who is at which station and lane, and when.")
        return made.format(number=self._now.timetable.number, visits=len(self._now.slots))

    def keys(self) -> list[tuple[str, str]]:
        return [
            ("Ctrl+F", _("Find an entrant in the chart")),
            ("+  −  0", _("Zoom the chart; fit the day into its width")),
            ("← → ↑ ↓", _("Walk from visit to visit; with Shift choose a second one")),
            ("Ctrl+← → ↑ ↓", _("Move the chosen visit by a minute or a lane; with Shift to the next free place")),
            ("P  S", _("Pin the chosen visit; swap the chosen two")),
            ("Ctrl+Z  Ctrl+Shift+Z", _("Undo a change that is not in force; redo it")),
        ]

    @property
    def is_busy(self) -> bool:
        """Whether the day is being planned, or other long work runs."""
        return self._task is not None or self.fixes.is_busy or super().is_busy

    def why_it_stays(self) -> str:
        if self.keeper.count or self.keeper.aside:
            return _("Put the changes of the schedule in force or discard them, then change the language.")
        return super().why_it_stays()

    def what_is_lost(self) -> str:
        count = self.keeper.count
        if not count and self.keeper.aside is None:
            return ""
        text = ngettext(
            "{n} change of the schedule is not in force yet. It is lost when the event is closed.",
            "{n} changes of the schedule are not in force yet. They are lost when the event is closed.",
            count,
        )
        if not count:
            text = _("Changes to an earlier timetable are kept. They are lost when the event is closed.")
        return text.format(n=count)

    def show_target(self, target: Any) -> None:
        """target: the id of an entrant, whose visits are shown."""
        self.made.show_entrant(target)

    def reread(self) -> None:
        """Read and show now, or as soon as no visit is in hand: it would slip out of it."""
        if self.gantt.hand.is_dragging:
            self._soon.start(_WHILE_DRAGGING_MS)
        else:
            super().reread()

    def refresh(self) -> None:
        self._reading.ask()

    def _show_read(self, now: Readings) -> None:
        if self.gantt.hand.is_dragging:
            self._soon.start(_WHILE_DRAGGING_MS)
            return
        if self._now is not None and replace(now, words=self._now.words) == self._now:
            self.made.say_what_is_found()
            self._show_now()
            return  # most marks change nothing that is to be seen here
        self._now = now
        self._show_fixes(is_shown=not self._fixes.isHidden())
        self._save.setVisible(now.timetable is not None)
        self._plan.setText(_("Plan the day") if now.timetable is None else _("Plan anew…"))
        self._plan.setEnabled(self._task is None and not now.outlook.blockers)
        if now.timetable is None:
            self.draft_bar.hide()
            self._looking.hide()
            self.made.hide()
            self._before.show_outlook(now.outlook, settings_line(now.plan) if not now.outlook.blockers else "")
            return
        self.made.show()
        self.keeper.read(now.problem, now.timetable.number)
        self.summary.settings.setText(settings_line(now.plan))
        if len(now.slots) <= _CHECKED_AT_ONCE:
            self._show_made()
        else:
            self._turn.start(0)

    def _show_in_turn(self) -> None:
        if self.gantt.hand.is_dragging:
            self._turn.start(_WHILE_DRAGGING_MS)
        else:
            self._show_made()

    def _show_made(self) -> None:
        """What is on the screen: the draft over the timetable in force, or an earlier timetable."""
        now = self._now
        if now is None or now.timetable is None:
            return
        self._turn.stop()
        self._tick += 1
        earlier = self._earlier if self._earlier != now.timetable.number else None
        order = [station.code for station in now.plan.stations]
        shown = now.timetable.number if earlier is None else earlier
        self.summary.versions.show_versions(now.versions, shown)
        if earlier is not None:
            slots = queries.slots(self.desk.store, earlier)
            self.gantt.set_moves(None, _("An earlier timetable can only be looked at."))
            self.made.show_day(day_of(now.plan, slots, None, None), {}, order)
            self.draft_bar.show_state(0, is_read_only=True)
            words = _("This is version {number}, to look at only: it is not in force any more.")
            set_strip_text(self._looking, words.format(number=earlier), "info")
            self._looking.show()
            self._show_now()
            return
        self._looking.hide()
        draft = self.keeper.draft
        waits = waits_of(now, draft)
        self.gantt.set_moves(DraftMoves(draft, now.words) if draft is not None and now.words else None, now.why)
        self.made.show_day(day_of(now.plan, now.slots, now.problem, draft), waits, order)
        self._check(Checking(self.desk.store, now, draft, waits, self._tick))
        self._show_now()

    def _check(self, checking: Checking) -> None:
        """Ask the checker: at once where that takes a moment, otherwise in a worker thread."""
        if len(checking.readings.slots) <= _CHECKED_AT_ONCE:
            self._show_figures(checking())
            return
        self.draft_bar.show_state(0, is_checking=True)
        self.desk.tasks.run(checking, self._show_figures, title="")

    def _show_figures(self, checked: tuple[int, Figures]) -> None:
        tick, figures = checked
        if tick == self._tick:
            self.summary.show_timetable(figures)
            self.draft_bar.show_state(figures.in_the_way)

    def _show_now(self) -> None:
        now = self.desk.store.clock().astimezone()
        is_today = self._now is not None and self._now.plan.info.date == now.date().isoformat()
        self.gantt.set_now(now.hour * 60 + now.minute if is_today and self._earlier is None else None)

    def _look_at(self, number: int) -> None:
        is_present = self._now is not None and self._now.timetable is not None and number == self._now.timetable.number
        self._earlier = None if is_present else number
        self._show_made()

    def _look_at_present(self) -> None:
        self._earlier = None
        self._show_made()

    def _go_find(self) -> None:
        if self._now is not None and self._now.timetable is not None:
            self.made.go_find()

    def _go_to_settings(self) -> None:
        self.desk.go("setup")

    def _undo(self) -> None:
        if self._earlier is None and not self.is_busy:
            self.keeper.undo()

    def _redo(self) -> None:
        if self._earlier is None and not self.is_busy:
            self.keeper.redo()

    def _ask_put_in_force(self) -> None:
        draft = self.keeper.draft
        if draft is None:
            return
        count = len(drafts.changed_entrants(draft))
        text = ngettext(
            "Times or lanes of {n} entrant change. A new version {number} is in force from then on.",
            "Times or lanes of {n} entrants change. A new version {number} is in force from then on.",
            count,
        )
        dialogs.ask_reason(
            self,
            _("Put the changes in force"),
            text.format(n=count, number=draft.number + 1),
            self._put_in_force,
            yes=_("Put in force"),
        )

    def _put_in_force(self, reason: str) -> None:
        draft, now = self.keeper.draft, self._now
        if draft is None or now is None or now.timetable is None:
            return
        work = PuttingInForce(self.desk.store, self.desk.actor, draft, now.timetable.bound_minute, reason)
        self.run(work, self._on_put_in_force, title=_("Putting the changes in force"))

    def _on_put_in_force(self, number: int) -> None:
        self._mended.hide()
        self.desk.say(_("Timetable {number} is in force.").format(number=number))
        self.reread()

    def _ask_plan(self) -> None:
        timetable = self._now.timetable if self._now is not None else None
        if timetable is None:
            self._start("")
            return
        if self.keeper.count:
            dialogs.inform(
                self,
                _("There are changes that are not in force"),
                _("Put them in force or discard them first; then the day is planned anew around what is pinned."),
            )
            return
        text = _("A new version {number} replaces this one; visits that have begun or are pinned stay where they are.")
        dialogs.ask_reason(self, _("Plan the day anew"), text.format(number=timetable.number + 1), self._start)

    def _start(self, reason: str) -> None:
        self.fixes.clear()
        self._show_fixes(is_shown=False)
        self._mended.hide()
        self._plan_for(reason)

    def _plan_again(self, said: str) -> None:
        """A change was made so that the day fits. What it was stays in sight until the user goes on."""
        self._show_fixes(is_shown=False)
        set_strip_text(self._mended, said, "done")
        self._mended.show()
        self._plan_for(self._reason)

    def _plan_for(self, reason: str) -> None:
        if self._task is not None:
            return
        try:
            problem = queries.problem(self.desk.store)
        except UserError as error:
            show_error(self, error)
            return
        self._reason = reason
        self._why_not.hide()
        self._planning = Planning(self.desk.store, self.desk.actor, problem, reason)
        self._task = self.desk.tasks.run(self._planning, self._on_planned, self._on_failed, title=_("Planning the day"))
        self._planning.follow(self._task)
        self._progress.follow(self._task)
        self._task.progressed.connect(self._show_progress)
        self._plan.setEnabled(False)
        self._enough.setEnabled(True)
        self._enough.show()
        self._task.ended.connect(self._on_ended)

    def _show_progress(self) -> None:
        if self._planning is not None:
            self.summary.show_progress(self._planning.latest)

    def _use_best(self) -> None:
        if self._planning is not None:
            self._enough.setEnabled(False)
            self._planning.use_best()

    def _on_planned(self, result: tuple[Solution, int | None]) -> None:
        solution, number = result
        if number is None:
            if self._planning is not None:
                self.fixes.show_for(self._planning.problem, solution)
                self._show_fixes(is_shown=True)
            return
        said = _("Timetable {number} is in force: the day ends at {time}.")
        self.desk.say(said.format(number=number, time=clock(solution.finish)))

    def _show_fixes(self, *, is_shown: bool) -> None:
        """Before the first timetable they have the page for themselves."""
        self._fixes.setVisible(is_shown)
        self._before.setVisible(not is_shown and (self._now is None or self._now.timetable is None))

    def _on_failed(self, error: UserError) -> None:
        set_strip_text(self._why_not, str(error), "wrong")
        self._why_not.show()

    def _on_ended(self, _task: Task) -> None:
        self._task = self._planning = None
        self._enough.hide()
        self.summary.show_progress(None)
        self._plan.setEnabled(self._now is not None and not self._now.outlook.blockers)

    def _ask_file(self) -> None:
        dialogs.save_file(self, _("Save the timetable"), "CSV (*.csv)", "schedule.csv", self._write)

    def _write(self, path: Path) -> None:
        if self.attempt(schedule_csv.write_schedule, self.desk.store, path):
            self.desk.say(_("Saved: {path}").format(path=path))
