"""What is done to a visit as a whole from its open sheet: times, penalty, incidents, states, a missing judge."""

from PySide6.QtCore import QObject, Signal

from data.actions import confirmations, marks, running
from data.i18n import _
from data.queries.mark_words import state_word
from data.queries.scores import OpenSheet
from data.rules.alarms import MISSING
from data.rules.decimals import NumberProblem
from ui import dialogs
from ui.widgets.desk.chief_dialog import ask_chief
from ui.widgets.entry.entry_tab import EntryTab
from ui.widgets.entry.sheet_panel import SheetPanel
from ui.widgets.running.board_incident import IncidentDialog


class VisitWork(QObject):
    """Belongs to the entry desk; `sheet` is the one that is open, None between two.

    Signals: saved (the visit is another one now: read it again), left (its sheet is not due any more).
    """

    saved = Signal()
    left = Signal()

    def __init__(self, tab: EntryTab, panel: SheetPanel) -> None:
        super().__init__(tab)
        self.sheet: OpenSheet | None = None
        self._tab = tab
        self._panel = panel
        self._visit = panel.visit
        self._state = ""
        panel.visit.save_wanted.connect(self._save)
        panel.visit.incident_wanted.connect(self._ask_incident)
        panel.visit.state_wanted.connect(self._ask_state)
        panel.visit.missing_wanted.connect(self._ask_missing)

    def _save(self) -> None:
        sheet = self.sheet
        if sheet is None:
            return
        try:
            seconds, overtime = self._visit.seconds_milli(), self._visit.overtime_milli()
            penalty = self._visit.penalty_milli()
        except NumberProblem:
            self._panel.tell(_("Write times as 285 (seconds) or 4:45, the penalty as points."), "wrong")
            return
        overwrites = (
            sheet.seconds_milli not in (None, seconds)
            or sheet.overtime_milli not in (0, overtime)
            or sheet.penalty_milli not in (0, penalty)
        )
        if overwrites:
            dialogs.ask_reason(self._tab, _("Change the time or penalty"), _("Why is it changed?"), self._save_because)
        else:
            self._save_because("")

    def _save_because(self, reason: str) -> None:
        if self.sheet is not None and self._tab.page.attempt(
            marks.set_visit,
            self._tab.desk.store,
            self._tab.desk.actor,
            self.sheet.visit_id,
            seconds_milli=self._visit.seconds_milli(),
            overtime_milli=self._visit.overtime_milli(),
            penalty_milli=self._visit.penalty_milli(),
            reason=reason,
        ):
            self._tab.desk.say(_("The time and penalty of the visit are saved."))
            self.saved.emit()

    def _ask_incident(self) -> None:
        if self.sheet is not None:
            IncidentDialog(self._tab, self.sheet.place, self._report).open()

    def _report(self, given_back_milli: int, text: str) -> None:
        if self.sheet is not None:
            store, actor = self._tab.desk.store, self._tab.desk.actor
            receipt = running.report_incident(store, actor, self.sheet.visit_id, given_back_milli, text)
            self._tab.desk.say(receipt.text)
            self.saved.emit()

    def _ask_state(self, state: str) -> None:
        if self.sheet is None:
            return
        self._state = state
        if not state:
            dialogs.ask_reason(self._tab, _("A mark is due after all"), _("Why?"), self._set_state)
            return
        dialogs.ask_reason(
            self._tab,
            _("No mark is due: {state}").format(state=state_word(state)),
            _("No judge marks this visit, and the entrant is not placed. Why?"),
            self._set_state,
        )

    def _set_state(self, reason: str) -> None:
        if self.sheet is not None and self._tab.page.attempt(
            marks.set_visit,
            self._tab.desk.store,
            self._tab.desk.actor,
            self.sheet.visit_id,
            state=self._state,
            reason=reason,
        ):
            self.saved.emit()

    def _ask_missing(self) -> None:
        sheet = self.sheet
        if sheet is not None:
            ask_chief(
                self._tab,
                _("The sheet of judge {seat} will not come").format(seat=sheet.seat),
                _(
                    "{number}, {station}: the visit is combined without this judge. If the sheet turns up, enter it: "
                    "it counts then."
                ).format(number=sheet.number or sheet.name, station=sheet.station_name),
                self._miss,
                yes=_("Confirm"),
            )

    def _miss(self, chief: str, pin: str, reason: str) -> None:
        sheet = self.sheet
        if sheet is None:
            return
        store, actor = self._tab.desk.store, self._tab.desk.actor
        confirmations.confirm(store, actor, sheet.visit_id, MISSING, sheet.seat, chief, pin, reason)
        self._tab.desk.say(
            _("{number}, {station}: combined without judge {seat}.").format(
                number=sheet.number or sheet.name, station=sheet.station_name, seat=sheet.seat
            )
        )
        self.left.emit()
