"""Results: standings, ties, the numbered result versions, and everything that is published of them."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from data.actions import decoding
from data.actions import printouts as printout_actions
from data.actions import results as actions
from data.errors import UserError
from data.exchange import notice_csv, standings_csv
from data.exchange.notice_csv import Notice, NoticeOptions
from data.i18n import _, ngettext
from data.queries import result_changes, results, scores
from data.queries.ladder import ladder
from data.queries.plan import is_set_up
from data.queries.playoffs import Tie
from data.queries.printouts import CERTIFICATES
from data.queries.result_changes import LineChange
from data.queries.result_state import ResultState, result_state
from data.queries.results import Blocker
from printing import papers
from ui import dialogs
from ui.desk import Desk
from ui.pages.page import Page
from ui.task import Progress
from ui.widgets import parts
from ui.widgets.division_list import DivisionList
from ui.widgets.draws.decoding_dialog import DecodingDialog
from ui.widgets.draws.sealing_panel import SealingPanel
from ui.widgets.results.blockers_dialog import BlockersDialog
from ui.widgets.results.ladder_dialog import LadderDialog
from ui.widgets.results.notice_dialog import NoticeDialog
from ui.widgets.results.playoff_dialog import PlayoffDialog
from ui.widgets.results.standings_view import StandingsView
from ui.widgets.results.versions_view import NOW, VersionsView


class ResultsPage(Page):
    """Divisions at the left, the standings of the chosen one beside them; the versions on a second tab.

    A target is a division's code, or "certificates" for the versions. Everything is read at one moment in a
    worker; the former state stays in sight meanwhile.
    """

    key = "results"
    tables = frozenset(
        {
            "event",
            "division",
            "unit",
            "sheet",
            "item",
            "station",
            "component",
            "component_station",
            "award_level",
            "entrant",
            "visit",
            "mark",
            "theory_mark",
            "playoff",
            "result_version",
            "draw",
            "decoding",
        }
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._state: ResultState | None = None
        self._reading = False
        self._outdated = False
        self._target: Any = None
        self._version = 0
        self._compared: dict[tuple[int, int], tuple[LineChange, ...]] = {}  # versions never change
        self._pair = (0, 0)
        self._notice = NoticeOptions()
        self._export = self.add_action(_("Export the standings…"), self._ask_standings)
        self._export.setObjectName("exportStandings")
        self._finalise_button = self.set_primary(_("Finalise the results…"), self._ask_finalise)
        self._empty = QVBoxLayout()
        self._empty_kind = ""
        self.sealing = SealingPanel()
        self.sealing.decode_wanted.connect(self._ask_decoding)
        self.sealing.hide()
        self.divisions = DivisionList()
        self.divisions.chosen.connect(self._on_division)
        self.standings = StandingsView(desk.settings)
        self.standings.ladder_wanted.connect(self._show_ladder)
        self.standings.playoff_wanted.connect(self._ask_playoff)
        self.standings.mend_wanted.connect(self._mend)
        self.versions = VersionsView(desk.settings)
        self.versions.certificates_wanted.connect(self._ask_certificates)
        self.versions.notice_wanted.connect(self._ask_notice)
        self.versions.compare_wanted.connect(self._compare)
        self.versions.copied.connect(self._on_copied)
        first = QWidget()
        layout = parts.row(self.divisions, self.standings, spacing=12)
        layout.setContentsMargins(0, 12, 0, 0)
        layout.setStretch(1, 1)
        first.setLayout(layout)
        second = QWidget()
        column = parts.column(self.versions)
        column.setContentsMargins(0, 12, 0, 0)
        second.setLayout(column)
        self.tabs = QTabWidget()
        self.tabs.setObjectName("resultTabs")
        self.tabs.addTab(first, _("Standings"))
        self.tabs.addTab(second, _("Result versions"))
        self.body.addWidget(self.sealing)
        self.body.addLayout(self._empty)
        self.body.addWidget(self.tabs, 1)
        self.tabs.hide()

    def title(self) -> str:
        return _("Results")

    def purpose(self) -> str:
        state = self._state
        if state is None or not state.begun:
            return _("Places, awards and everything that is published come from here.")
        if state.blockers:
            return self._what_blocks(state)
        if not state.versions:
            return _("All marks are in. Look the standings through, then finalise the results.")
        number = state.versions[0].number
        if not state.differs:
            return _("Result version {n} is final. Certificates and the notice come from it.").format(n=number)
        return _("The results are not as version {n} says any more. Look what differs, then finalise again.").format(
            n=number
        )

    def keys(self) -> list[tuple[str, str]]:
        return [("Enter", _("Score ladder"))]

    def refresh(self) -> None:
        if not is_set_up(self.desk.store):
            self._state = None
            self.sealing.hide()
            self._show_empty("setup")
            return
        if self._reading:
            self._outdated = True
            return
        self._reading = True
        self.desk.tasks.run(self._read, self._on_read, self._on_not_read, title=_("Reading the results"))

    def show_target(self, target: Any) -> None:
        self._target = target
        if self._state is not None and not self._reading:
            self._go_to_target()

    # Reading

    def _read(self, _progress: Progress) -> ResultState:
        return result_state(self.desk.store)

    def _on_read(self, state: ResultState) -> None:
        if not isValid(self):  # the window was built anew in the other language meanwhile
            return
        self._reading = False
        self._state = state
        self.sealing.show_sealing(state.sealing)
        self._show_state(state)
        self._purpose.setText(self.purpose())
        self._go_to_target()
        if self._outdated:
            self._outdated = False
            self.reread()

    def _on_not_read(self, error: UserError) -> None:
        if isValid(self):
            self._reading = self._outdated = False
            self._show_error(error)

    def _go_to_target(self) -> None:
        target, self._target = self._target, None
        if target == CERTIFICATES:
            self.tabs.setCurrentIndex(1)
        elif isinstance(target, str):
            self.tabs.setCurrentIndex(0)
            self.divisions.choose(target)

    # Showing

    def _show_state(self, state: ResultState) -> None:
        if not any(division.rows for division in state.divisions):
            self._show_empty("draws")
            return
        if not state.begun and not state.versions:
            self._show_empty("score_entry")
            return
        self._show_empty("")
        self._export.setEnabled(not state.nameless)
        self._export.setToolTip(_("A blind event shows names once they are decoded.") if state.nameless else "")
        final = bool(state.versions) and not state.differs
        self._finalise_button.setEnabled(not final)
        self._finalise_button.setToolTip(_("Nothing differs from the newest version.") if final else "")
        self.divisions.show_divisions(state.divisions)
        self._show_division()
        self.versions.show_versions(state.versions, differs=state.differs)
        count = len(state.versions)
        self.tabs.setTabText(1, _("Result versions ({n})").format(n=count) if count else _("Result versions"))
        self.tabs.setTabEnabled(1, bool(count))

    def _show_division(self) -> None:
        state, code = self._state, self.divisions.code
        if state is None or not code:
            return
        division = next(one for one in state.divisions if one.division_code == code)
        playable = state.holds_playoffs and not division.provisional
        self.standings.show_standings(
            division,
            [tie for tie in state.ties if tie.division_code == code] if playable else [],
            [blocker for blocker in state.blockers if blocker.division_code == code],
            nameless=state.nameless,
        )

    def _on_division(self, _code: str) -> None:
        self._show_division()

    def _what_blocks(self, state: ResultState) -> str:
        if state.complete < state.total:
            return _("Provisional: {complete} of {total} entrants have all their marks in.").format(
                complete=state.complete, total=state.total
            )
        ties = sum(blocker.code == "tie" for blocker in state.blockers)
        if not ties and state.nameless:
            return _(
                "All marks are in. Let the chief judge decode the names before a witness, then finalise the results."
            )
        if not ties:
            return state.blockers[0].text
        return ngettext(
            "All marks are in, but {n} tie over the line of an award must be decided first.",
            "All marks are in, but {n} ties over the line of an award must be decided first.",
            ties,
        ).format(n=ties)

    def _show_empty(self, kind: str) -> None:
        """Show where the first step is done instead of the tabs; with an empty kind, the tabs."""
        self.tabs.setVisible(not kind)
        for button in (self._export, self._finalise_button):
            button.setVisible(not kind)
        if kind == self._empty_kind:
            return
        self._empty_kind = kind
        parts.clear(self._empty)
        self.body.setStretch(0, 1 if kind else 0)
        if kind:
            what, todo, verb = _empty_words(kind)
            go = parts.primary_button(verb, self._leave_empty, name="emptyGo")
            self._empty.addWidget(parts.empty_state(what, todo, go))

    def _leave_empty(self) -> None:
        self.desk.go(self._empty_kind)

    def _show_ladder(self, entrant_id: int) -> None:
        try:
            found = ladder(self.desk.store, entrant_id)
        except UserError as error:
            dialogs.inform(self, error.what, error.todo)
            return
        LadderDialog(self, found).open()

    def _compare(self, older: int, newer: int) -> None:
        assert self._state is not None
        self._pair = (older, newer)
        if newer == NOW:
            self.versions.show_changes(self._state.changes)
        elif self._pair in self._compared:
            self.versions.show_changes(self._compared[self._pair])
        else:
            work = partial(_compare, self.desk, self._pair)
            self.desk.tasks.run(work, self._on_compared, title=_("Comparing result versions"))

    def _on_compared(self, found: tuple[tuple[int, int], tuple[LineChange, ...]]) -> None:
        pair, changes = found
        self._compared[pair] = changes
        if pair == self._pair and isValid(self):
            self.versions.show_changes(changes)

    def _on_copied(self, number: int) -> None:
        self.desk.say(_("The SHA-256 of result version {n} is on the clipboard.").format(n=number))

    # What keeps the results from being final

    def _mend(self, blocker: Blocker) -> None:
        assert self._state is not None
        if blocker.code == "empty":
            self.desk.go("draws")
        elif blocker.code == "sealed":
            layer = self._state.sealing.next_layer
            assert layer is not None
            self._ask_decoding(layer.layer)
        elif blocker.code == "tie":
            wanted = frozenset(blocker.entrant_ids)
            self._ask_playoff(next(tie for tie in self._state.ties if wanted <= tie.entrant_ids))
        else:
            self.desk.go("score_entry", self._first_missing(blocker, self._state.blockers))

    def _first_missing(self, blocker: Blocker, others: tuple[Blocker, ...]) -> Any:
        """The first sheet that is due of these entrants; a team sum waits for entrants of another division."""
        due = scores.queue(self.desk.store)
        for one in (blocker, *others):
            for row in due:
                if row.entrant_id in one.entrant_ids:
                    return row.visit_id, row.seat
        return "theory"

    def _ask_playoff(self, tie: Tie) -> None:
        PlayoffDialog(self, tie, self._save_playoff).open()

    def _save_playoff(self, places: Mapping[int, int], reason: str) -> None:
        actions.record_playoff(self.desk.store, self.desk.actor, places, reason)
        self.desk.say(_("The places of the play-off are noted."))

    def _ask_decoding(self, layer: str) -> None:
        state = self._state
        assert state is not None
        missing = sum(one.total - one.complete for one in state.divisions if one.entry != "sum")
        DecodingDialog(self, state.sealing, layer, missing, self._decode).open()

    def _decode(self, layer: str, chief: str, witness: str, reason: str) -> None:
        decoding.decode(self.desk.store, self.desk.actor, layer, chief, witness, reason)
        self.desk.say(_("Decoded. It stands in the log with both names and the time."))

    # Versions

    def _ask_finalise(self) -> None:
        state = self._state
        if state is None:
            return
        if state.blockers:
            BlockersDialog(self, state.blockers, self._mend).open()
            return
        number = state.versions[0].number + 1 if state.versions else 1
        title = _("Make result version {n}?").format(n=number)
        meaning = _(
            "All places and awards are frozen as version {n}, which nothing changes any more. Certificates and the "
            "notice come from it. A later correction makes another version, with a reason."
        ).format(n=number)
        if not state.versions:
            dialogs.confirm(self, title, meaning, self._finalise, yes=_("Finalise the results"))
            return
        differ = ngettext(
            "{n} value differs from version {last}.", "{n} values differ from version {last}.", len(state.changes)
        ).format(n=len(state.changes), last=number - 1)
        dialogs.ask_reason(self, title, f"{differ}\n{meaning}", self._finalise)

    def _finalise(self, reason: str = "") -> None:
        work = partial(_finalise, self.desk, reason)
        self.run(work, self._on_final, title=_("Finalising the results"))

    def _on_final(self, number: int) -> None:
        self.desk.say(_("Result version {n} is final.").format(n=number))
        self._target = CERTIFICATES
        self.reread()

    # What is published

    def _ask_certificates(self, number: int) -> None:
        self._version = number
        name = _("Certificates, version {n}").format(n=number) + ".pdf"
        dialogs.save_file(self, _("Save the certificates"), _("PDF files (*.pdf)"), name, self._write_certificates)

    def _write_certificates(self, path: Path) -> None:
        work = partial(_write_certificates, self.desk, path, self._version)
        self.run(work, self._on_certificates, title=_("Setting the certificates"))

    def _on_certificates(self, pieces: int) -> None:
        told = ngettext("{n} certificate saved.", "{n} certificates saved.", pieces)
        self.desk.say(told.format(n=pieces))

    def _ask_notice(self, number: int) -> None:
        self._version = number
        NoticeDialog(self, results.frozen(self.desk.store, number), self._ask_notice_file).open()

    def _ask_notice_file(self, options: NoticeOptions) -> None:
        self._notice = options
        name = _("Notice, version {n}").format(n=self._version) + ".csv"
        dialogs.save_file(self, _("Save the notice"), _("CSV files (*.csv)"), name, self._write_notice)

    def _write_notice(self, path: Path) -> None:
        work = partial(_write_notice, self.desk, path, self._notice, self._version)
        self.run(work, self._on_notice, title=_("Writing the notice"))

    def _on_notice(self, notice: Notice) -> None:
        told = ngettext("Notice of version {v}: {n} row saved.", "Notice of version {v}: {n} rows saved.", notice.rows)
        self.desk.say(told.format(v=notice.version, n=notice.rows))

    def _ask_standings(self) -> None:
        name = _("Standings") + ".csv"
        dialogs.save_file(self, _("Export the standings"), _("CSV files (*.csv)"), name, self._write_standings)

    def _write_standings(self, path: Path) -> None:
        self.run(partial(_write_standings, self.desk, path), self._on_standings, title=_("Writing the standings"))

    def _on_standings(self, rows: int) -> None:
        self.desk.say(ngettext("Standings: {n} row saved.", "Standings: {n} rows saved.", rows).format(n=rows))


def _empty_words(kind: str) -> tuple[str, str, str]:
    """What is missing, what to do first, and the verb on the button."""
    if kind == "setup":
        return _("There is no event yet."), _("Set the event up first."), _("Go to the setup page")
    if kind == "draws":
        return (
            _("Nobody competes in this event yet."),
            _("Draw who competes; the standings follow from their marks."),
            _("Go to the draws"),
        )
    return (
        _("No marks are in yet."),
        _("As soon as the first sheets are typed in, the standings grow here."),
        _("Enter the marks"),
    )


# Work of a worker thread


def _finalise(desk: Desk, reason: str, _progress: Progress) -> int:
    return actions.finalise(desk.store, desk.actor, reason)


def _compare(desk: Desk, pair: tuple[int, int], _progress: Progress) -> tuple[tuple[int, int], tuple[LineChange, ...]]:
    return pair, result_changes.compare(desk.store, *pair)


def _write_certificates(desk: Desk, path: Path, version: int, progress: Progress) -> int:
    pieces = papers.write_certificates(desk.store, path, progress, version=version)
    printout_actions.record(desk.store, desk.actor, CERTIFICATES, pieces, version)
    return pieces


def _write_notice(desk: Desk, path: Path, options: NoticeOptions, version: int, _progress: Progress) -> Notice:
    return notice_csv.write_notice(desk.store, path, options, version)


def _write_standings(desk: Desk, path: Path, _progress: Progress) -> int:
    return standings_csv.write_standings(desk.store, path)
