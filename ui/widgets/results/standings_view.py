"""The standings of one division: what keeps them from being final, the table, and what can be done with a line."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QStackedLayout, QVBoxLayout, QWidget

from data.i18n import _, ngettext
from data.queries.blockers import INCOMPLETE, UNLOCKED, Blocker
from data.queries.leaderboard import PLAYOFF, DivisionStandings, StandingRow
from data.queries.mark_words import state_word
from data.queries.playoffs import Tie
from ui.models.rows import Column
from ui.settings import Settings
from ui.widgets import parts
from ui.widgets.division_list import standing_words
from ui.widgets.results.blockers_dialog import blocker_tone, mend_words
from ui.widgets.table import Table


class StandingsView(QWidget):
    """Signals: ladder_wanted(entrant id), playoff_wanted(Tie), mend_wanted(Blocker), honours_wanted."""

    ladder_wanted = Signal(int)
    playoff_wanted = Signal(object)
    mend_wanted = Signal(object)
    honours_wanted = Signal()

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.setObjectName("standings")
        self._settings = settings
        self._tables: dict[tuple[str, ...], Table] = {}
        self._blockers: tuple[Blocker, ...] = ()
        self.table: Table | None = None
        self._title = parts.heading("")
        self._pill = parts.pill("")
        self._pill.setObjectName("standingsState")
        self.ladder_button = parts.button(_("Score ladder"), self._on_ladder, name="ladder")
        self.ladder_button.setToolTip(_("Every step of this score, to be redone by hand (Enter)"))
        self.ties_button = parts.button("", name="ties")
        self._menu = QMenu(self)
        self._menu.triggered.connect(self._on_tie)
        self.ties_button.setMenu(self._menu)
        self.honours_button = parts.button(_("Honours…"), self.honours_wanted.emit, name="openHonours")
        self.honours_button.setToolTip(_("Who has the titles beside the awards, by the rule or by hand"))
        self.honours_button.hide()
        self._strips = QVBoxLayout()
        self._room = QStackedLayout()
        self._note = parts.label("", "small", wrap=True)
        self._note.setObjectName("standingsNote")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        self._head = parts.row(self._title, self._pill, None, self.ties_button, self.honours_button, self.ladder_button)
        layout.addLayout(self._head)
        layout.addLayout(self._strips)
        layout.addLayout(self._room, 1)
        layout.addWidget(self._note)

    def add_beside_title(self, widget: QWidget) -> None:
        """A further state of the division, behind the one that its standings have."""
        self._head.insertWidget(self._head.indexOf(self._pill) + 1, widget)

    def show_standings(
        self,
        division: DivisionStandings,
        ties: Sequence[Tie],
        blockers: Sequence[Blocker],
        *,
        nameless: bool,
    ) -> None:
        """Show a division. ties: those a play-off decides or decided; nameless: contestants are numbers alone."""
        words, tone = standing_words(division)
        self._title.setText(division.title)
        self._pill.setText(words)
        parts.set_tone(self._pill, tone)
        self._show_blockers(blockers)
        self._show_ties(ties)
        self._show_table(division, nameless and division.entry != "sum")
        waits = _("The totals of the units are shown when the names are decoded.")
        self._note.setText(waits if nameless and division.entry == "sum" else _note(division))
        self._note.setVisible(bool(self._note.text()))

    def _show_blockers(self, blockers: Sequence[Blocker]) -> None:
        parts.clear(self._strips)
        self._blockers = tuple(blockers)
        for index, blocker in enumerate(self._blockers):
            button = parts.button(mend_words(blocker), self._on_mend, name="mend")
            button.setProperty("blocker", index)
            self._strips.addWidget(parts.strip(_words(blocker), blocker_tone(blocker), button))

    def _on_mend(self) -> None:
        self.mend_wanted.emit(self._blockers[self.sender().property("blocker")])

    def _show_ties(self, ties: Sequence[Tie]) -> None:
        self._menu.clear()
        for tie in ties:
            action = QAction(tie_words(tie), self._menu)
            action.setData(tie)
            self._menu.addAction(action)
        text = ngettext("{n} tie", "{n} ties", len(ties)).format(n=len(ties))
        self.ties_button.setText(text)
        self.ties_button.setVisible(bool(ties))

    def _on_tie(self, action: QAction) -> None:
        self.playoff_wanted.emit(action.data())

    def _show_table(self, division: DivisionStandings, hidden: bool) -> None:
        columns = _columns(division, hidden)
        rows = _lines(division)
        self.table = self._table_for(columns)
        self.table.set_rows(rows)
        if self.table.current() is None and rows:
            self.table.choose(rows[0][0].entrant_id)
        self.ladder_button.setEnabled(bool(rows))

    def _table_for(self, columns: list[Column]) -> Table:
        """Divisions with the same columns share a table."""
        shape = tuple(column.title for column in columns)
        if shape not in self._tables:
            made = Table(f"standings-{len(columns)}", columns, self._settings, key=_entrant)
            made.opened.connect(self._on_opened)
            self._room.addWidget(made)
            self._tables[shape] = made
        self._room.setCurrentWidget(self._tables[shape])
        return self._tables[shape]

    def _on_opened(self, line: "Line") -> None:
        self.ladder_wanted.emit(line[0].entrant_id)

    def _on_ladder(self) -> None:
        line = self.table.current() if self.table is not None else None
        if line is not None:
            self._on_opened(line)


Line = tuple[StandingRow, bool]  # with whether he shares a place that must be decided
Text = Callable[[Line], str]


def tie_words(tie: Tie) -> str:
    """A tie in one line: its place, who, and whether anything hangs on it."""
    names = "、".join(member.name for member in sorted(tie.members, key=lambda member: member.playoff or 0))
    if tie.decided:
        return _("Place {place}: {names} (decided by play-off)").format(place=tie.place, names=names)
    if tie.shares:
        return _("Place {place}: {names} (share {award}, as was decided)").format(
            place=tie.place, names=names, award=tie.shares
        )
    if tie.cuts:
        return _("Place {place}: {names} (must be decided for {award})").format(
            place=tie.place, names=names, award=tie.cuts
        )
    return _("Place {place}: {names} (no award depends on it)").format(place=tie.place, names=names)


def _words(blocker: Blocker) -> str:
    """A blocker in one line; whose marks are missing stands in the table below."""
    if blocker.code == UNLOCKED:
        return _("Everything is in and settled. Lock the division, so that no mark changes any more.")
    if blocker.code != INCOMPLETE:
        return blocker.text
    count = len(blocker.entrant_ids)
    return ngettext("Marks of {n} entrant are missing.", "Marks of {n} entrants are missing.", count).format(n=count)


def _entrant(line: Line) -> int:
    return line[0].entrant_id


def _note(division: DivisionStandings) -> str:
    notes = []
    if any(row.shared for row in division.rows):
        notes.append(_("＝ shares this place with others."))
    if division.provisional and any(row.place is not None for row in division.rows):
        notes.append(_("Places are provisional: they count only those whose marks are all in. Awards come last."))
    return " ".join(notes)


def _place(line: Line) -> str:
    row, undecided = line
    if row.place is None:
        return "–"
    mark = "✕ " if undecided else ""
    return f"{mark}{row.place} ＝" if row.shared else str(row.place)


def _award(line: Line) -> str:
    return _("to be decided") if line[1] else line[0].award


def _state(line: Line) -> str:
    row = line[0]
    appealed = _("under appeal") if row.appealed else ""
    if len(row.missing) > 1:
        words = ngettext("{n} part missing", "{n} parts missing", len(row.missing)).format(n=len(row.missing))
    elif row.missing:
        words = _missing(row)
    else:
        word = state_word(row.state)
        words = f"✕ {word}" if word else ""
    return " · ".join(filter(None, (f"▲ {appealed}" if appealed else "", words)))


def _missing(row: StandingRow) -> str:
    return _("missing: {components}").format(components="、".join(row.missing))


def _state_tip(line: Line) -> str:
    return _missing(line[0]) if line[0].missing and not line[0].appealed else _state(line)


def _state_tone(line: Line) -> str:
    return "attention" if line[0].missing or line[0].appealed else "wrong"


def _component(index: int) -> Text:
    def text(line: Line) -> str:
        return line[0].shown_components[index]

    return text


def _component_value(index: int) -> Callable[[Line], object]:
    def value(line: Line) -> object:
        return line[0].components[index]

    return value


def _columns(division: DivisionStandings, hidden: bool) -> list[Column]:
    """A column for each thing that this division has; `hidden` leaves out names and units."""
    numbered = any(row.number for row in division.rows)
    named = not hidden
    columns = [
        Column(
            _("Place"),
            _place,
            sort=lambda line: line[0].place,
            width=64,
            right=True,
            bold=True,
            tone=lambda line: "wrong" if line[1] else "muted" if line[0].place is None else "",
            tip=_place_tip,
        )
    ]
    if numbered:
        columns.append(Column(_("Number"), lambda line: line[0].number or "", width=84))
    if named and division.entry != "individual":
        columns.append(Column(_("Unit"), lambda line: line[0].unit, width=190, tip=lambda line: line[0].unit))
    elif named:
        columns.append(Column(_("Name"), lambda line: line[0].name, width=84, bold=True))
        columns.append(
            Column(_("Unit"), lambda line: line[0].unit_short, width=120, tip=lambda line: line[0].unit),
        )
    columns += [
        Column(name, _component(index), sort=_component_value(index), width=_wide(name), right=True)
        for index, name in enumerate(division.components)
    ]
    columns.append(
        Column(
            _("Total score"),
            lambda line: line[0].shown,
            sort=lambda line: line[0].total,
            width=_wide(_("Total score")),
            right=True,
            bold=True,
        )
    )
    rest = []
    if any(row.award or undecided for row, undecided in _lines(division)):
        rest.append(Column(_("Award"), _award, width=96, tone=lambda line: "wrong" if line[1] else "done"))
    if any(_state((row, False)) for row in division.rows):
        rest.append(Column(_("State"), _state, width=150, tone=_state_tone, tip=_state_tip))
    columns += rest
    columns[-1] = replace(columns[-1], width=0, right=False)  # the last one takes the room that is left
    return columns


def _lines(division: DivisionStandings) -> list[Line]:
    undecided = frozenset(key for tie in division.ties if tie.cuts for key in tie.entrant_ids)
    return [(row, row.entrant_id in undecided) for row in division.rows]


def _wide(name: str) -> int:
    """Room for the name of a component as a header, in pixels."""
    return min(160, max(80, 32 + sum(7 if character.isascii() else 14 for character in name)))


def _place_tip(line: Line) -> str:
    row, undecided = line
    if undecided:
        return _("The line of an award goes through this tie: hold a play-off, or let them share the award.")
    if row.decided_by == PLAYOFF:
        return _("The total is that of others; the play-off decided.")
    if row.decided_by:
        return _("The total is that of others; {step} decided.").format(step=row.decided_by)
    return _("shared place") if row.shared else ""
