"""What the buttons of a lane do: ask what must be asked, do it, and tell what was done."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from data.actions import checkin, running
from data.actions.running import Receipt
from data.errors import UserError
from data.i18n import _
from data.queries.entrants import in_a_line, state_title
from data.queries.plan import current_plan
from data.queries.running_undo import IncidentRow, LastVisit
from ui import dialogs
from ui.desk import Desk
from ui.widgets.running.board_closure import ClosureDialog
from ui.widgets.running.board_incident import IncidentDialog
from ui.widgets.running.board_judge import JudgeDialog
from ui.widgets.running.board_missing import LATER, TO_THE_END, MissingDialog
from ui.widgets.running.board_new_lane import NewLaneDialog
from ui.widgets.running.board_pause import PauseDialog
from ui.widgets.running.board_words import BoardLine, incident_words, lane_name, who, who_in_full


class LaneDesk(QObject):
    """Signals: done(receipt, whether times may have to change), refused(UserError)."""

    done = Signal(object, bool)
    refused = Signal(object)

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._line: BoardLine | None = None
        self._undo: LastVisit | None = None
        self._incident: IncidentRow | None = None

    def do(self, action: str, line: BoardLine, undo: LastVisit | None, minute: int) -> None:
        """One of the actions of the lane card, in this lane, at this minute of the day."""
        self._line, self._undo = line, undo
        row = line.row
        match action:
            case "begin" if row.next is not None:
                self.begin(row.next.visit_id, row.lane)
            case "end" if row.current is not None:
                self._do(running.end_visit, row.current.visit_id)
            case "incident" if row.current is not None:
                IncidentDialog(self._window, who(row.current), self._report).open()
            case "missing" if row.next is not None:
                MissingDialog(self._window, who_in_full(row.next), minute, self._settle).open()
            case "undo" if undo is not None:
                self._ask_undo(undo)
            case "close":
                ClosureDialog(self._window, lane_name(row), minute, self._close).open()
            case "reopen":
                self._do(running.reopen_lane, row.station_code, row.lane, retimes=True)
            case "judge":
                self._ask_judge(line)
            case "add_lane":
                self._ask_lane(line)
            case "remove_lane":
                words = _("{lane}: nobody uses it. Its judges are taken off the plan with it.")
                self._ask_reason(
                    _("Remove the lane"), words.format(lane=lane_name(row)), _("Remove the lane"), self._remove
                )

    def begin(self, visit_id: int, lane: int | None = None) -> None:
        """Begin a visit now, whatever its time in the timetable."""
        self._do(running.start_visit, visit_id, lane)

    def ask_withdrawal(self, incident: IncidentRow) -> None:
        """Ask why an incident is taken back, and do it."""
        self._incident = incident
        words = _("{what}. The audit log keeps the incident.")
        if incident.given_back_milli:
            words = _("{what}. The time given back for it is taken back too; the audit log keeps the incident.")
        title = _("Take back an incident")
        self._ask_reason(title, words.format(what=incident_words(incident)), _("Take back"), self._withdraw)

    def ask_pause(self) -> None:
        """Ask for how long the whole event pauses."""
        PauseDialog(self._window, self._pause).open()

    def resume(self) -> None:
        """End the pause that is on."""
        self._do(running.resume, retimes=True)

    def _do(self, action: Callable[..., Receipt], *arguments: object, retimes: bool = False) -> None:
        try:
            receipt = action(self._desk.store, self._desk.actor, *arguments)
        except UserError as error:
            self.refused.emit(error)
        else:
            self.done.emit(receipt, retimes)

    def _report(self, given_back_milli: int, text: str) -> None:
        assert self._line is not None
        assert self._line.row.current is not None
        visit = self._line.row.current.visit_id
        receipt = running.report_incident(self._desk.store, self._desk.actor, visit, given_back_milli, text)
        self.done.emit(receipt, given_back_milli > 0)

    def _settle(self, choice: str, minute: int, reason: str) -> None:
        assert self._line is not None
        assert self._line.row.next is not None
        slot = self._line.row.next
        if choice == TO_THE_END:
            receipt = running.move_to_end(self._desk.store, self._desk.actor, slot.entrant_id, reason)
        elif choice == LATER:
            receipt = running.set_ready(self._desk.store, self._desk.actor, slot.entrant_id, minute, reason)
        else:
            row = checkin.set_state(self._desk.store, self._desk.actor, slot.entrant_id, choice, reason)
            told = _("{who}: {state}. The lanes stay free at those times.")
            receipt = Receipt(told.format(who=in_a_line(row.number, row.name), state=state_title(row.state)))
        self.done.emit(receipt, True)

    def _ask_undo(self, undo: LastVisit) -> None:
        words = _("{who}: the visit runs on.") if undo.has_ended else _("{who}: the visit has not begun.")
        title = _("Undo the end") if undo.has_ended else _("Undo the start")
        self._ask_reason(title, words.format(who=undo.who), _("Undo"), self._undo_because)

    def _ask_reason(self, title: str, text: str, verb: str, then: Callable[[str], None]) -> None:
        dialogs.ask_reason(self._window, title, text, then, yes=verb)

    def _withdraw(self, reason: str) -> None:
        assert self._incident is not None
        self._do(running.withdraw_incident, self._incident.id, reason, retimes=self._incident.given_back_milli > 0)

    def _remove(self, reason: str) -> None:
        assert self._line is not None
        self._do(running.remove_lane, self._line.row.station_code, reason)

    def _undo_because(self, reason: str) -> None:
        assert self._undo is not None
        action = running.undo_end if self._undo.has_ended else running.undo_start
        self._do(action, self._undo.visit_id, reason)

    def _close(self, starts: int, ends: int | None, reason: str) -> None:
        assert self._line is not None
        row = self._line.row
        store, actor = self._desk.store, self._desk.actor
        self.done.emit(running.close_lane(store, actor, row.station_code, row.lane, starts, ends, reason), True)

    def _ask_judge(self, line: BoardLine) -> None:
        plan = current_plan(self._desk.store)
        judges = [
            (judge.id, in_a_line(judge.name, judge.unit_name, between=" · "))
            for judge in plan.judges
            if (judge.station, judge.lane) == line.key and judge.id is not None and not judge.reserve
        ]
        JudgeDialog(
            self._window, lane_name(line.row), judges, [unit.name for unit in plan.units], self._replace_judge
        ).open()

    def _replace_judge(self, judge: int, name: str, unit: str, reason: str) -> None:
        receipt = running.replace_judge(self._desk.store, self._desk.actor, judge, name, unit, reason)
        self.done.emit(receipt, True)

    def _ask_lane(self, line: BoardLine) -> None:
        plan = current_plan(self._desk.store)
        code = line.row.station_code
        seats = next(station.judges for station in plan.stations if station.code == code)
        title = f"{code} {line.row.station_name}"
        NewLaneDialog(self._window, title, seats, [unit.name for unit in plan.units], self._add_lane).open()

    def _add_lane(self, judges: tuple[tuple[str, str], ...]) -> None:
        assert self._line is not None
        code = self._line.row.station_code
        self.done.emit(running.add_lane(self._desk.store, self._desk.actor, code, judges), True)

    def _pause(self, minutes: int, reason: str, gives_back: bool) -> None:
        receipt = running.pause(self._desk.store, self._desk.actor, minutes, reason, gives_back=gives_back)
        self.done.emit(receipt, True)
