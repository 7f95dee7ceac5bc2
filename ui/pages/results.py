"""Results: standings, ties, the numbered result versions, and everything that is published of them."""

from collections.abc import Collection
from functools import partial
from typing import Any

from PySide6.QtWidgets import QTabWidget, QVBoxLayout
from shiboken6 import isValid

from data.actions import decoding, locks
from data.actions import results as actions
from data.errors import UserError
from data.i18n import _, ngettext
from data.queries import scores
from data.queries.blockers import (
    APPEAL,
    DIFFERS,
    EMPTY,
    SEALED,
    TIE,
    UNCONFIRMED,
    UNLOCKED,
    UNREAD,
    Blocker,
    lockable,
)
from data.queries.plan import is_set_up
from data.queries.result_state import ResultState, result_state
from ui import dialogs
from ui.desk import Desk
from ui.pages.page import Page
from ui.task import Progress
from ui.widgets import parts
from ui.widgets.draws.decoding_dialog import DecodingDialog
from ui.widgets.draws.sealing_panel import SealingPanel
from ui.widgets.results.after_tab import AfterTab
from ui.widgets.results.appeals_tab import AppealsTab
from ui.widgets.results.blockers_dialog import BlockersDialog
from ui.widgets.results.result_tab import ResultTab
from ui.widgets.results.standings_tab import StandingsTab
from ui.widgets.results.versions_tab import VersionsTab

# The tab of score entry on which it is mended.
_MENDED_AT_ENTRY = {UNREAD: "readings", DIFFERS: "readings", UNCONFIRMED: "confirm"}


class ResultsPage(Page):
    """The tabs of the results; each shows the state that was read at one moment in a worker, and what it reads beside.

    A target is the key of a tab or what the tab itself knows: a division's code is one of the standings. The former
    state stays in sight while a new one is read.
    """

    key = "results"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._state: ResultState | None = None
        self._reading = False
        self._outdated = False
        self._target: Any = None
        self.standings = StandingsTab(self)
        self.appeals = AppealsTab(self)
        self.versions = VersionsTab(self)
        self.after = AfterTab(self)
        # In their order on the page.
        self._tabs: tuple[ResultTab, ...] = (
            self.standings,
            self.appeals,
            self.versions,
            self.after,
        )
        self.tables = frozenset().union(*(tab.tables for tab in self._tabs))
        self._export = self.add_action(_("Export the standings…"), self.standings.ask_export)
        self._export.setObjectName("exportStandings")
        self._finalise_button = self.set_primary(_("Finalise the results…"), self._ask_finalise)
        self._empty = QVBoxLayout()
        self._empty_kind = ""
        self.sealing = SealingPanel()
        self.sealing.decode_wanted.connect(self._ask_decoding)
        self.sealing.hide()
        self.tabs = QTabWidget()
        self.tabs.setObjectName("resultTabs")
        for tab in self._tabs:
            self.tabs.addTab(tab, tab.title())
            tab.mend_wanted.connect(self._mend)
            tab.retitled.connect(self._show_titles)
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
        if any(blocker.code != UNLOCKED for blocker in state.blockers):
            return _what_blocks(state)
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

    @property
    def is_reading(self) -> bool:
        """Whether the page or one of its tabs reads."""
        return self._reading or any(tab.is_reading for tab in self._tabs)

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

    def place(self) -> Any:
        if self._target is not None:
            return self._target
        return self._tabs[self.tabs.currentIndex()].place()

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
        if self._outdated:
            self._outdated = False
            self.reread()
        else:
            self._go_to_target()

    def _on_not_read(self, error: UserError) -> None:
        if isValid(self):
            self._reading = self._outdated = False
            self._show_error(error)

    def _go_to_target(self) -> None:
        target, self._target = self._target, None
        for index, tab in enumerate(self._tabs):
            if target is not None and tab.go_to(target):
                self.tabs.setCurrentIndex(index)
                return

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
        for tab in self._tabs:
            tab.take(state)

    def _show_titles(self) -> None:
        for index, tab in enumerate(self._tabs):
            self.tabs.setTabText(index, tab.title())
            self.tabs.setTabEnabled(index, tab.is_offered())

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

    # What keeps the results from being final

    def _mend(self, blocker: Blocker) -> None:
        assert self._state is not None
        if blocker.code == EMPTY:
            self.desk.go("draws")
        elif blocker.code == SEALED:
            layer = self._state.sealing.next_layer
            assert layer is not None
            self._ask_decoding(layer.layer)
        elif blocker.code == TIE:
            self.standings.settle_tie(blocker)
        elif blocker.code == APPEAL:
            self.show_target(self.appeals.key)
        elif blocker.code == UNLOCKED:
            self._lock((blocker.division_code,))
        elif blocker.code in _MENDED_AT_ENTRY:
            self.desk.go("score_entry", _MENDED_AT_ENTRY[blocker.code])
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

    def _lock_complete(self) -> None:
        assert self._state is not None
        self._lock(lockable(self._state.blockers))

    def _lock(self, codes: Collection[str]) -> None:
        self.run(partial(_lock, self.desk, codes), self._on_locked, title=_("Locking"))

    def _on_locked(self, locked: int) -> None:
        self.desk.say(ngettext("{n} division is locked.", "{n} divisions are locked.", locked).format(n=locked))

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
        waiting = lockable(state.blockers)
        if len(waiting) < len(state.blockers):
            BlockersDialog(self, state.blockers, self._mend, self._lock_complete).open()
            return
        number = state.versions[0].number + 1 if state.versions else 1
        title = _("Make result version {n}?").format(n=number)
        meaning = _(
            "All places and awards are frozen as version {n}, which nothing changes any more. Certificates and the "
            "notice come from it. A later correction makes another version, with a reason."
        ).format(n=number)
        if waiting:
            closing = ngettext(
                "{n} division is locked with it: from then on only the chief judge lets a mark change.",
                "{n} divisions are locked with it: from then on only the chief judge lets a mark change.",
                len(waiting),
            )
            meaning = f"{meaning}\n{closing.format(n=len(waiting))}"
        if not state.versions:
            dialogs.confirm(self, title, meaning, self._finalise, yes=_("Finalise the results"))
            return
        differ = ngettext(
            "{n} value differs from version {last}.", "{n} values differ from version {last}.", len(state.changes)
        ).format(n=len(state.changes), last=number - 1)
        dialogs.ask_reason(self, title, f"{differ}\n{meaning}", self._finalise)

    def _finalise(self, reason: str = "") -> None:
        assert self._state is not None
        work = partial(_finalise, self.desk, lockable(self._state.blockers), reason)
        self.run(work, self._on_final, title=_("Finalising the results"))

    def _on_final(self, number: int) -> None:
        self.desk.say(_("Result version {n} is final.").format(n=number))
        self._target = self.versions.key
        self.reread()


def _what_blocks(state: ResultState) -> str:
    if state.complete < state.total:
        return _("Provisional: {complete} of {total} entrants have all their marks in.").format(
            complete=state.complete, total=state.total
        )
    ties = sum(blocker.code == TIE for blocker in state.blockers)
    if not ties and state.nameless:
        return _("All marks are in. Let the chief judge decode the names before a witness, then finalise the results.")
    if not ties:
        return next(blocker.text for blocker in state.blockers if blocker.code != UNLOCKED)
    return ngettext(
        "All marks are in, but {n} tie over the line of an award must be decided first.",
        "All marks are in, but {n} ties over the line of an award must be decided first.",
        ties,
    ).format(n=ties)


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


def _finalise(desk: Desk, unlocked: Collection[str], reason: str, _progress: Progress) -> int:
    if unlocked:
        locks.lock_divisions(desk.store, desk.actor, unlocked)
    return actions.finalise(desk.store, desk.actor, reason)


def _lock(desk: Desk, codes: Collection[str], _progress: Progress) -> int:
    locks.lock_divisions(desk.store, desk.actor, codes)
    return len(codes)
