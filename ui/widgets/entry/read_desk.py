"""The second tab of score entry: somebody else types each sheet again, and the paper decides where the two differ."""

from dataclasses import dataclass, replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QSplitter, QStackedLayout, QVBoxLayout, QWidget

from data.actions import readings as actions
from data.errors import UserError
from data.i18n import _, ngettext
from data.queries import entrants, reading_words, scores
from data.queries import readings as queries
from data.queries.plan import current_plan, is_set_up
from data.queries.readings import BlankSheet, ReadRow
from data.rules import readings
from ui import dialogs
from ui.models.rows import Column
from ui.pages.page import Page
from ui.task import Progress
from ui.widgets import parts
from ui.widgets.choice import Choice
from ui.widgets.entry.dispute_panel import DisputePanel
from ui.widgets.entry.entry_tab import EntryTab
from ui.widgets.entry.read_panel import ReadPanel
from ui.widgets.scan_field import ScanField
from ui.widgets.table import Table

_PILE_WIDTH = 330


@dataclass(frozen=True)
class _Found:
    """What the desk shows: what the event asks for, its stations by code, the sheets that are due."""

    policy: str
    stations: tuple[tuple[str, str], ...]
    rows: tuple[ReadRow, ...]


class ReadDesk(EntryTab):
    """The pile at the left, the empty sheet or the differences at the right.

    What the first person typed is not read before the second one has typed the same sheet.
    """

    key = "readings"
    tables = frozenset(
        {"event", "mark", "reading", "visit", "slot", "timetable", "entrant", "person", "unit", "station", "item"}
        | {"judge", "operator", "component", "drawn_station"}
    )

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._policy = readings.NONE
        self._rows: list[ReadRow] = []
        self._sheet: BlankSheet | None = None
        self._dirty = False
        self.scan = ScanField(_("Scan a mark sheet, or press Enter for the next of the pile"))
        self.scan.scanned.connect(self._on_scanned)
        self.stations = Choice()
        self.stations.setObjectName("readStations")
        self.stations.setAccessibleName(_("Station"))
        self.stations.currentIndexChanged.connect(self._fill_pile)
        self.open_only = parts.button(_("To be done"), role="chip", name="unreadOnly")
        self.open_only.setCheckable(True)
        self.open_only.setChecked(True)
        self.open_only.toggled.connect(self._fill_pile)
        self.pile = Table("readPile", self._columns(), self.desk.settings, key=_seat)
        self.pile.opened.connect(self._on_row)
        self.pile.view.clicked.connect(self._on_clicked)
        self.panel = ReadPanel()
        self.panel.read_wanted.connect(self._read)
        self.panel.edited.connect(self._on_edited)
        self.dispute = DisputePanel()
        self.dispute.settle_wanted.connect(self._settle)
        self.dispute.reason_wanted.connect(self._ask_reason)
        self.dispute.edited.connect(self._on_edited)
        self._notice = QVBoxLayout()
        self._progress = parts.muted()
        self._progress.setObjectName("readProgress")
        self._waiting = parts.empty_state(
            _("Ready for the next sheet."),
            _("Scan its QR code and type it as it stands on the paper, the total last. Esc comes back here."),
        )
        self._done = parts.empty_state(
            _("Nothing is left to be typed a second time."),
            _("Sheets that come in or are corrected appear here."),
        )
        self.desk.actor_changed.connect(self._on_actor)
        self._build()

    def title(self) -> str:
        left = sum(not row.is_verified for row in self._rows)
        return _("Second entry ({n})").format(n=left) if left else _("Second entry")

    def is_offered(self) -> bool:
        return self._policy != readings.NONE

    def why_it_stays(self) -> str:
        if self._dirty:
            return _("A sheet is half typed: hand it in first, then change the language.")
        return ""

    def read(self, _progress: Progress) -> _Found | None:
        store = self.desk.store
        if not is_set_up(store):
            return None
        plan = current_plan(store)
        stations = tuple((station.code, f"{station.code} {station.name}") for station in plan.stations)
        return _Found(plan.info.verify, stations, tuple(queries.due(store)))

    def show_found(self, found: _Found | None) -> None:
        if found is None:
            return
        self._policy, self._rows = found.policy, list(found.rows)
        self.stations.offer([("", _("All stations")), *found.stations])
        self._fill_pile()
        self._show_notice()
        if self._sheet is None:
            self._show_no_sheet()

    def begin(self) -> None:
        if self._sheet is None:
            self.scan.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.begin()

    def _build(self) -> None:
        left = QWidget()
        left.setMinimumWidth(_PILE_WIDTH)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 12, 0)
        column.addLayout(parts.row(self.stations, self.open_only))
        column.addWidget(self.pile, 1)
        column.addWidget(self._progress)
        right = QWidget()
        self._stack = QStackedLayout(right)
        for part in (self._waiting, self._done, self.panel, self.dispute):
            self._stack.addWidget(part)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(left)
        split.addWidget(right)
        split.setStretchFactor(1, 1)
        split.setSizes([_PILE_WIDTH, 760])
        self.room.addWidget(self.scan)
        self.room.addLayout(self._notice)
        self.room.addWidget(split, 1)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self._back_to_scan)

    def _pile_rows(self) -> list[ReadRow]:
        station = self.stations.currentData()
        return [
            row
            for row in self._rows
            if (not station or row.station_code == station) and not (row.is_verified and self.open_only.isChecked())
        ]

    def _fill_pile(self) -> None:
        self.pile.set_rows(self._pile_rows())
        if self._sheet is not None:
            self.pile.choose((self._sheet.visit_id, self._sheet.seat))
        self._show_progress()

    def _show_progress(self) -> None:
        done, differ = sum(row.is_verified for row in self._rows), sum(_differs(row) for row in self._rows)
        words = [_("{done} of {all} sheets verified").format(done=done, all=len(self._rows))]
        if differ:
            words.append(ngettext("{n} differs", "{n} differ", differ).format(n=differ))
        self._progress.setText(" · ".join(words))

    def _show_notice(self) -> None:
        """Say so where nobody at the desk has signed in: two people could not be told apart."""
        parts.clear(self._notice)
        if self._policy != readings.NONE and self.desk.actor not in self.desk.store.sign_ins.names:
            sentence = _("A second entry is made by somebody who has signed in. Sign in at the top of the window.")
            self._notice.addWidget(parts.strip(sentence, "attention"))

    def _is_mine(self, row: ReadRow) -> bool:
        """Whether who sits at the desk may not type it, having typed it first."""
        return not row.state and row.first == self.desk.actor

    def _on_row(self, row: ReadRow) -> None:
        self._open(row.visit_id, row.seat)

    def _on_clicked(self) -> None:
        row = self.pile.current()
        if row is not None:
            self._open(row.visit_id, row.seat)

    def _on_scanned(self, text: str) -> None:
        if text:
            self.page.attempt(self._open_scanned, text)
            return
        left = [row for row in self._pile_rows() if not row.is_verified]
        following = next((row for row in left if not self._is_mine(row)), None)
        if following is not None:
            self._open(following.visit_id, following.seat)
        elif left:
            self.desk.say(_("What is left of this pile you typed first yourself: somebody else types it again."))
        else:
            self.desk.say(_("Nothing is left of this pile."))

    def _open_scanned(self, text: str) -> None:
        found = entrants.scanned(self.desk.store, text)
        if found is None:
            self.pile.set_search(text)
            self.pile.view.setFocus()
            return
        if found.station_code is not None and found.seat is not None:
            self._open(scores.find_visit(self.desk.store, found.entrant.id, found.station_code), found.seat)
            return
        self.pile.set_search(found.entrant.number or found.entrant.name)
        left = [row for row in self._pile_rows() if row.entrant_id == found.entrant.id and not self._is_mine(row)]
        if left:
            self._open(left[0].visit_id, left[0].seat)

    def _open(self, visit_id: int, seat: int) -> None:
        self.page.attempt(self._show, visit_id, seat)

    def _show(self, visit_id: int, seat: int) -> None:
        sheet = queries.blank_sheet(self.desk.store, visit_id, seat)
        number = sheet.number or sheet.name
        if sheet.state in readings.VERIFIED:
            self._close()
            self.desk.say(
                _("{number}, {station}, judge {seat}: two people agree already.").format(
                    number=number, station=sheet.station_name, seat=seat
                )
            )
            return
        self._sheet = sheet
        self._dirty = False
        if sheet.state == readings.DIFFERS:
            self.dispute.show_dispute(queries.dispute(self.desk.store, visit_id, seat))
            self._stack.setCurrentWidget(self.dispute)
            self.dispute.focus_first()
        else:
            self.panel.show_sheet(sheet)
            self._stack.setCurrentWidget(self.panel)
            self.panel.focus_first()
        self.pile.choose((visit_id, seat))

    def _on_edited(self) -> None:
        self._dirty = True

    def _read(self) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        try:
            compared = actions.read(
                self.desk.store,
                self.desk.actor,
                sheet.visit_id,
                sheet.seat,
                self.panel.values(),
                total_milli=self.panel.total.milli(),
            )
        except UserError as error:
            self.panel.tell(" ".join(filter(None, (error.what, error.todo))), "wrong")
            return
        if compared.agreed:
            self._tell_done(_("{number}, {station}, judge {seat}: both say the same."), sheet, readings.AGREED)
            return
        self._note(sheet, readings.DIFFERS)
        self._open(sheet.visit_id, sheet.seat)

    def _settle(self) -> None:
        numbers = self.dispute.items_decided
        reason = (
            _("Compared with the paper: items {numbers}").format(numbers=", ".join(map(str, numbers)))
            if numbers
            else _("Compared with the paper: the total")
        )
        self._settle_because(reason)

    def _ask_reason(self) -> None:
        dialogs.ask_reason(
            self.page,
            _("No total to compare with"),
            _("The items stay as decided. What is wrong with the total on the paper?"),
            self._settle_because,
        )

    def _settle_because(self, reason: str) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        try:
            actions.settle(
                self.desk.store,
                self.desk.actor,
                sheet.visit_id,
                sheet.seat,
                self.dispute.values(),
                total_milli=self.dispute.total.milli(),
                reason=reason,
            )
        except UserError as error:
            self.dispute.tell(" ".join(filter(None, (error.what, error.todo))), "wrong")
            return
        self._tell_done(_("{number}, {station}, judge {seat}: settled with the paper."), sheet, readings.SETTLED)

    def _note(self, sheet: BlankSheet, state: str) -> None:
        """The new state in the pile at once, so that a quick Enter opens the next one."""
        place = (sheet.visit_id, sheet.seat)
        self._rows = [replace(row, state=state) if _seat(row) == place else row for row in self._rows]
        self._fill_pile()

    def _tell_done(self, sentence: str, sheet: BlankSheet, state: str) -> None:
        self._note(sheet, state)
        self._close()
        self.desk.say(sentence.format(number=sheet.number or sheet.name, station=sheet.station_name, seat=sheet.seat))

    def _close(self) -> None:
        self._sheet = None
        self._dirty = False
        self._show_no_sheet()
        self.scan.setFocus()

    def _show_no_sheet(self) -> None:
        left = any(not row.is_verified for row in self._rows)
        self._stack.setCurrentWidget(self._waiting if left else self._done)

    def _back_to_scan(self) -> None:
        self.pile.set_search("")
        self._close()

    def _on_actor(self, _name: str) -> None:
        """Another person at the desk starts with an empty sheet."""
        if self._sheet is not None:
            self._close()
        self._show_notice()

    def _columns(self) -> list[Column]:
        return [
            Column(_("Number"), lambda row: row.number or row.name, width=84, bold=True),
            Column(_("Station"), lambda row: row.station_code, width=64),
            Column(_("Judge"), lambda row: str(row.seat), width=56, right=True),
            Column(
                _("Second entry"),
                lambda row: reading_words.state_word(row.state),
                width=0,
                tone=lambda row: "done" if row.is_verified else "attention" if _differs(row) else "muted",
                tip=_who,
            ),
        ]


def _seat(row: ReadRow) -> tuple[int, int]:
    return (row.visit_id, row.seat)


def _differs(row: ReadRow) -> bool:
    return row.state == readings.DIFFERS


def _who(row: ReadRow) -> str:
    names = [_("Typed by {name}").format(name=row.first)]
    if row.second:
        names.append(_("a second time by {name}").format(name=row.second))
    return ", ".join(names)
