"""Check-in: scan a badge or find somebody by number or name; everyone who is not here has a reason."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QSplitter, QVBoxLayout, QWidget

from data.actions import checkin as actions
from data.actions import running
from data.actions.members import set_members
from data.actions.substitution import substitute
from data.errors import UserError
from data.i18n import _, ngettext
from data.queries import entrants, members, photos, substitution
from data.queries.arrivals import ArrivalRow, arrivals
from data.queries.plan import event_code, is_set_up
from data.queries.sealing import hides_names
from data.queries.substitution import Replaced, Substitute
from data.rules import identity
from ui import dialogs
from ui.desk import Desk
from ui.models.rows import Column
from ui.pages.page import Page
from ui.widgets import parts
from ui.widgets.people.arrival_card import STATE_TONES, ArrivalCard, clock_words, state_words
from ui.widgets.people.members_dialog import MembersDialog
from ui.widgets.people.substitution_dialog import SubstitutionDialog
from ui.widgets.running.board_ready import ReadyDialog
from ui.widgets.scan_field import ScanField
from ui.widgets.table import Filter, Table

_LEAST_CODE = 17  # characters; anything so long that fits nobody was scanned, not typed

_SECONDS_BETWEEN_LOOKS = 30
_NAMED_COLUMNS = (1, 2)  # name and unit


class CheckinPage(Page):
    """A scan field that keeps the focus, the card of one entrant, and the list of all. A target is an entrant's id."""

    key = "checkin"
    tables = frozenset(
        {
            *("event", "unit", "division", "station", "person", "photo", "entrant", "substitution", "draw", "decoding"),
            *("slot", "timetable", "visit", "member"),
        }
    )
    _rows: Sequence[ArrivalRow] = ()
    _sealed = False

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._chosen: int | None = None
        self._wanted_state = ""
        self._found: frozenset[int] | None = None
        self._filling = False
        self._replaced: Mapping[int, Replaced] = {}
        self._members: Mapping[int, Sequence[str]] = {}
        self._clock = QTimer(self)  # so that who is late shows without anybody's doing
        self._clock.setInterval(_SECONDS_BETWEEN_LOOKS * 1000)
        self._clock.timeout.connect(self.reread)
        self._empty = parts.empty_state(
            _("Nobody is to check in yet."),
            _("Contestants appear here once they are drawn from the roster."),
            parts.primary_button(_("Go to the draws"), self._go_to_draws),
        )
        self.scan = ScanField("")
        self.scan.scanned.connect(self._on_scanned)
        # The scan field has no input method, so a Chinese name is asked for elsewhere.
        self._by_name = parts.button(_("By full name…"), self._ask_name, name="findByName")
        self._said = QVBoxLayout()
        self.card = ArrivalCard()
        self.card.check_in_wanted.connect(self._check_in_chosen)
        self.card.state_wanted.connect(self._ask_state)
        self.card.replace_wanted.connect(self._ask_substitute)
        self.card.members_wanted.connect(self._ask_members)
        self.card.later_wanted.connect(self._ask_later)
        self.table = Table("arrivals", _columns(), desk.settings, filters=_filters(), key=_key)
        self.table.search.hide()
        self.table.chosen.connect(self._on_row)
        self.table.opened.connect(self._on_row_opened)
        self.scan.catch_typing(self.table.view)
        self._counts = parts.row()
        self._desk_part = QWidget()
        layout = QVBoxLayout(self._desk_part)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(parts.row(self.scan, self._by_name))
        layout.addLayout(self._said)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(self.card)
        right = QWidget()
        list_layout = QVBoxLayout(right)
        list_layout.setContentsMargins(12, 0, 0, 0)
        list_layout.addLayout(self._counts)
        list_layout.addWidget(self.table, 1)
        split.addWidget(right)
        split.setStretchFactor(0, 2)
        split.setStretchFactor(1, 3)
        split.setSizes([400, 640])
        layout.addWidget(split, 1)
        self.body.addWidget(self._empty, 1)
        self.body.addWidget(self._desk_part, 1)

    def title(self) -> str:
        return _("Check-in")

    def purpose(self) -> str:
        missing = sum(row.entrant.state == "expected" for row in self._rows)
        overdue = sum(row.is_overdue for row in self._rows)
        if not self._rows:
            return _("Here everyone who competes is received, badge by badge.")
        if not missing:
            return _("Everyone is accounted for.")
        told = ngettext("{n} is not here yet.", "{n} are not here yet.", missing).format(n=missing)
        if overdue:
            late = ngettext("{n} should have begun already.", "{n} should have begun already.", overdue)
            told = f"{told} {late.format(n=overdue)}"
        return told

    def refresh(self) -> None:
        self._rows = arrivals(self.desk.store) if is_set_up(self.desk.store) else ()
        self._replaced = substitution.replaced(self.desk.store)
        self._members = members.members_by_team(self.desk.store)
        self._show_sealed(hides_names(self.desk.store))
        self._empty.setVisible(not self._rows)
        self._desk_part.setVisible(bool(self._rows))
        self._fill_table()
        self._show_counts()
        self._show_card()
        if self.isVisible():
            self.scan.setFocus()

    def show_target(self, target: Any) -> None:
        if isinstance(target, int):
            self._choose(target)

    def _show_sealed(self, sealed: bool) -> None:
        """While names are sealed, contestants are their numbers; who says who he is gets his."""
        words = _("Scan a badge, or type a number or pinyin of a name, then Enter")
        if sealed:
            words = _("Scan a badge, or type a number or an ID number, then Enter")
        self.scan.setPlaceholderText(words)
        self.scan.setAccessibleName(words)
        self._by_name.setVisible(sealed)
        for column in _NAMED_COLUMNS:
            self.table.view.setColumnHidden(column, sealed)
        self._sealed = sealed

    def _show_card(self) -> None:
        row = self._row_of(self._chosen)
        person = row.entrant.person_id if row is not None and not self._sealed else None
        photo = photos.photo(self.desk.store, person) if person is not None else None
        team = None
        if row is not None and row.entrant.entry == "team" and not self._sealed:
            team = self._members.get(row.id, ())
        self.card.show_arrival(row, self._replaced.get(row.id) if row is not None else None, photo, team)

    def _row_of(self, entrant_id: int | None) -> ArrivalRow | None:
        return next((row for row in self._rows if row.id == entrant_id), None)

    def _fill_table(self) -> None:
        self._filling = True
        self.table.set_rows([row for row in self._rows if self._found is None or row.id in self._found])
        self.table.choose(self._chosen)
        self._filling = False

    def _show_counts(self) -> None:
        counts = entrants.count_states(row.entrant for row in self._rows)
        parts.clear(self._counts)
        for state, count in counts.items():
            if count or state in ("expected", "present"):
                words = f"{state_words(state)}  {count}"
                self._counts.addWidget(parts.pill(words, STATE_TONES[state] if count else "muted"))
        self._counts.addStretch(1)

    def _choose(self, entrant_id: int | None) -> None:
        self._chosen = entrant_id
        self._show_card()
        if entrant_id is not None:
            self._filling = True
            self.table.choose(entrant_id)
            self._filling = False

    def _say(self, text: str, tone: str, *actions: QAbstractButton) -> None:
        parts.clear(self._said)
        if text:
            self._said.addWidget(parts.strip(text, tone, *actions))

    def _show_all(self) -> None:
        self._say("", "")
        self._found = None
        self._fill_table()
        self.scan.setFocus()

    # Scanning

    def _on_scanned(self, text: str) -> None:
        self._show_all()
        if not text:
            self._check_in_chosen()
        else:
            try:
                identity.parse_scan(text, event_code(self.desk.store))
            except identity.ScanProblem as problem:
                self._find(text, problem)
            else:
                self._take_code(text)
        self.scan.setFocus()

    def _take_code(self, text: str) -> None:
        try:
            scanned = entrants.by_scan(self.desk.store, text)
        except UserError as error:
            self._refuse(error)
            return
        if scanned.station_code is not None:
            self._choose(scanned.entrant.id)
            words = _("This is a mark sheet of {name}, not the badge. Scan the badge, or press Enter to check in.")
            self._say(words.format(name=scanned.entrant.name), "wrong")
            return
        self._check_in(scanned.entrant.id)

    def _find(self, text: str, problem: identity.ScanProblem) -> None:
        """Look for a number or a name; what is neither was meant as a code and is damaged."""
        found = entrants.arriving(self.desk.store, text)
        if len(found) == 1:
            self._choose(found[0].id)
        elif found:
            self._choose(None)
            self._found = frozenset(row.id for row in found)
            self._fill_table()
            words = ngettext("{n} fits “{text}”.", "{n} fit “{text}”. Choose one in the list.", len(found))
            show_all = parts.link_button(_("Show all"), self._show_all)
            self._say(words.format(n=len(found), text=text), "info", show_all)
        elif problem.code in ("version", "damaged") or (len(text) >= _LEAST_CODE and not self._sealed):
            self._refuse(entrants.scan_error(problem))
        else:
            self._choose(None)
            words = _("Nobody has “{text}” as number, name or unit.")
            if self._sealed:
                words = _("Nobody has “{text}” as number, ID number or full name.")
            self._say(words.format(text=text), "wrong")

    def _ask_name(self) -> None:
        words = _("The name in full. Only the number of this contestant is shown then.")
        dialogs.ask_text(self, _("Find a contestant"), words, _("Full name or ID number"), self._on_name)

    def _on_name(self, name: str) -> None:
        self._show_all()
        self._find(name, identity.ScanProblem("foreign"))

    def _refuse(self, error: UserError) -> None:
        self._choose(None)
        self._say(" ".join(part for part in (error.what, error.todo) if part), "wrong")

    def _check_in_chosen(self) -> None:
        if self._chosen is not None:
            self._check_in(self._chosen)

    def _check_in(self, entrant_id: int) -> None:
        before = self._row_of(entrant_id)
        try:
            row = actions.check_in(self.desk.store, self.desk.actor, entrant_id)
        except UserError as error:
            self._choose(entrant_id)
            self._say(" ".join(part for part in (error.what, error.todo) if part), "wrong")
            return
        self._found = None
        self.reread()
        self._choose(entrant_id)
        name = entrants.in_a_line(row.number, row.name)
        if before is not None and before.entrant.state == "present":
            self._say(_("{name} was checked in before.").format(name=name), "info")
        else:
            self._say(_("{name} is checked in.").format(name=name), "done")
        self.scan.setFocus()

    # The list

    def _on_row(self, row: ArrivalRow | None) -> None:
        if row is not None and not self._filling:
            self._choose(row.id)

    def _on_row_opened(self, row: ArrivalRow) -> None:
        self._choose(row.id)
        if row.entrant.state == "expected":
            self._check_in(row.id)

    # States with a reason

    def _ask_state(self, state: str) -> None:
        row = self._row_of(self._chosen)
        if row is None:
            return
        self._wanted_state = state
        words = _("{name}: from “{before}” to “{after}”.").format(
            name=entrants.in_a_line(row.entrant.number, row.entrant.name, row.entrant.unit),
            before=entrants.state_title(row.entrant.state),
            after=entrants.state_title(state),
        )
        dialogs.ask_reason(self, _("Change the state"), words, self._set_state)

    def _set_state(self, reason: str) -> None:
        if self._chosen is None:
            return
        chosen = self._chosen
        if self.attempt(actions.set_state, self.desk.store, self.desk.actor, chosen, self._wanted_state, reason):
            self._say("", "")
            self.reread()
            self._choose(chosen)
        self.scan.setFocus()

    # Coming later

    def _ask_later(self) -> None:
        row = self._row_of(self._chosen)
        if row is None:
            return
        now = self.desk.store.clock().astimezone()
        who = entrants.in_a_line(row.entrant.number, row.entrant.name, row.entrant.unit, between=" · ")
        ReadyDialog(self, who, now.hour * 60 + now.minute, row.ready_minute, self._set_ready).open()

    def _set_ready(self, minute: int | None, reason: str) -> None:
        if self._chosen is None:
            return
        receipt = running.set_ready(self.desk.store, self.desk.actor, self._chosen, minute, reason)
        self.reread()
        self._say(receipt.whole, "done", parts.link_button(_("Go to the running day"), self._go_to_running))

    def _go_to_running(self) -> None:
        self.desk.go("running", self._chosen)

    # Substitution

    def _ask_substitute(self) -> None:
        row = self._row_of(self._chosen)
        if row is None:
            return
        store = self.desk.store
        try:
            found = substitution.substitutes(store, row.id)
        except UserError as error:
            self._refuse(error)
            return
        find = self._substitute_called if self._sealed else None
        SubstitutionDialog(self, row.entrant, found, self.desk.settings, self._substitute, find).open()

    def _substitute_called(self, text: str) -> Substitute | None:
        return None if self._chosen is None else substitution.substitute_called(self.desk.store, self._chosen, text)

    def _substitute(self, person_id: int, reason: str) -> None:
        if self._chosen is None:
            return
        chosen = self._chosen
        row = substitute(self.desk.store, self.desk.actor, chosen, person_id, reason)
        self.reread()
        self._choose(chosen)
        words = _("{name} has taken the place. The old badge is void: print the new one.").format(
            name=entrants.in_a_line(row.number, row.name)
        )
        self._say(words, "attention", parts.link_button(_("Go to the papers"), self._go_to_papers))

    # Members of teams

    def _ask_members(self) -> None:
        if self._chosen is None:
            return
        try:
            team = members.team(self.desk.store, self._chosen)
        except UserError as error:
            self._refuse(error)
            return
        MembersDialog(self, team, self._set_members).open()

    def _set_members(self, people: Collection[int], reason: str) -> None:
        if self._chosen is None:
            return
        chosen = self._chosen
        set_members(self.desk.store, self.desk.actor, chosen, people, reason)
        self.reread()
        self._choose(chosen)
        self._say(_("The members are saved. The next timetable never has them in two places at once."), "done")

    def _go_to_papers(self) -> None:
        self.desk.go("print", "badges")

    def _go_to_draws(self) -> None:
        self.desk.go("draws")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._clock.start()
        self.scan.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._clock.stop()


def _key(row: ArrivalRow) -> int:
    return row.id


def _in_state(*states: str) -> Any:
    def accepts(row: ArrivalRow) -> bool:
        return row.entrant.state in states

    return accepts


def _filters() -> list[Filter]:
    return [
        Filter(_("Not here yet"), _in_state("expected")),
        Filter(_("Here"), _in_state("present")),
        Filter(_("Not competing"), _in_state("absent", "withdrew", "disqualified")),
    ]


def _columns() -> list[Column]:
    def first(row: ArrivalRow) -> str:
        return "" if row.starts_minute is None else clock_words(row.starts_minute)

    def state(row: ArrivalRow) -> str:
        words = state_words(row.entrant.state)
        if not row.late_minutes:
            return words
        return f"{words} · {_('{n} min late').format(n=row.late_minutes)}"

    def tone(row: ArrivalRow) -> str:
        return "attention" if row.late_minutes else STATE_TONES[row.entrant.state]

    return [
        Column(_("Contestant no."), lambda row: row.entrant.number or "", width=116, bold=True),
        Column(_("Name"), lambda row: row.entrant.name, width=84),
        Column(_("Unit"), lambda row: row.entrant.unit_short, width=84),
        Column(_("Division"), lambda row: row.entrant.division_title, width=108),
        Column(_("First"), first, sort=lambda row: row.starts_minute, width=64, right=True),
        Column(_("State"), state, width=0, tone=tone),
    ]
