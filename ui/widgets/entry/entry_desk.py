"""The first tab of score entry: scan a mark sheet, type, Enter, and the desk is ready for the next scan."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QSplitter, QStackedLayout, QVBoxLayout, QWidget

from data.actions import marks as actions
from data.errors import UserError
from data.i18n import _, ngettext
from data.queries import alarm_words, entrants, scores
from data.queries.plan import is_set_up
from data.queries.scores import OpenSheet, QueueRow
from data.rules.decimals import NumberProblem, show_milli
from data.rules.marksheet import Value
from ui import dialogs
from ui.aside import Aside
from ui.errors import show_error
from ui.models.rows import Column
from ui.pages.page import Page
from ui.widgets import parts
from ui.widgets.choice import Choice
from ui.widgets.desk.lock_bar import LockBar
from ui.widgets.entry.entry_tab import EntryTab
from ui.widgets.entry.sheet_panel import SheetPanel
from ui.widgets.entry.sheet_pile import PileReading, Seat, SheetPile, read_pile, seat_of
from ui.widgets.entry.visit_work import VisitWork
from ui.widgets.scan_field import ScanField
from ui.widgets.table import Table

_PILE_WIDTH = 330


class EntryDesk(EntryTab):
    """The pile at the left, the open sheet at the right. A target is a station code or (visit id, seat)."""

    key = "entry"
    tables = frozenset(
        {"event", "mark", "visit", "slot", "timetable", "entrant", "person", "unit", "station", "item", "judge"}
        | {"component", "component_station", "drawn_station", "lock"}
    )

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._sheets: SheetPile | None = None  # None until it is read
        self._aside = Aside(self.desk, read_pile, self._on_pile, self._on_no_pile, self)
        self._handed_in: dict[Seat, actions.Receipt] = {}  # marks that a reading under way may not know
        self._asked_early: str | int | None = None  # what was scanned, or the visit, before the pile was read
        self._sheet: OpenSheet | None = None
        self._nameless = False
        self._correcting = False
        self._dirty = False
        self._drafts: dict[Seat, dict[int, Value]] = {}
        self.scan = ScanField(_("Scan a mark sheet, or press Enter for the next of the pile"))
        self.scan.scanned.connect(self._on_scanned)
        self.stations = Choice()
        self.stations.setObjectName("stations")
        self.stations.setAccessibleName(_("Station"))
        self.stations.currentIndexChanged.connect(self._on_station)
        self.lock = LockBar(page)
        self.missing_only = parts.button(_("Not in yet"), role="chip", name="missingOnly")
        self.missing_only.setCheckable(True)
        self.missing_only.setChecked(True)
        self.missing_only.toggled.connect(self._on_station)
        self.pile = Table("pile", _columns(), self.desk.settings, key=seat_of)
        self.pile.opened.connect(self._on_row)
        self.pile.view.clicked.connect(self._on_clicked)
        self.panel = SheetPanel()
        self.panel.hand_in_wanted.connect(self._hand_in)
        self.panel.correct_wanted.connect(self._correct)
        self.panel.edited.connect(self._on_edited)
        self.visit = VisitWork(self, self.panel)
        self.visit.saved.connect(self._on_visit_saved)
        self.visit.left.connect(self._back_to_scan)
        self._alarm = QVBoxLayout()
        self._waiting = parts.empty_state(
            _("Ready for the next sheet."),
            _("Scan its QR code, or choose it in the pile. Digits and Enter walk the items, + is the full mark of one.")
            + " "
            + _("F6 goes to the time and the penalty; Esc comes back here."),
        )
        self._all_in = parts.empty_state(
            _("Every sheet is in."),
            _("Theory marks, if there are any, are typed here or come from a file. Then the standings are complete."),
            parts.primary_button(_("Go to the results"), self._go_to_results, name="goToResults"),
        )
        self._build()

    def title(self) -> str:
        return _("First entry")

    @property
    def is_empty(self) -> bool:
        """Whether no sheet is due at all."""
        return self._sheets is not None and not len(self._sheets)

    @property
    def is_reading(self) -> bool:
        return self._aside.is_reading

    def purpose(self) -> str:
        if not self._sheets:
            return _("Here the judges' sheets are typed in.")
        missing = self._sheets.missing
        if not missing:
            return _("Every sheet is in.")
        return ngettext("{n} of {all} sheet is not in yet.", "{n} of {all} sheets are not in yet.", missing).format(
            n=missing, all=len(self._sheets)
        )

    def why_it_stays(self) -> str:
        if self._dirty or self._drafts:
            return _("A sheet is half typed: hand it in first, then change the language.")
        return ""

    def refresh(self) -> None:
        if not is_set_up(self.desk.store):
            self._sheets = SheetPile()
            return
        names = [(code, f"{code} {name}") for code, name in scores.stations(self.desk.store)]
        self.stations.offer([("", _("All stations")), *names])
        self._show_lock()
        if self._sheets is None:
            self._show_no_sheet()
        self._aside.ask()

    def _on_pile(self, read: PileReading) -> None:
        """Show the pile as it was read, with the marks that were handed in since; what is half typed stays."""
        self._sheets = read.pile
        self._handed_in = {
            seat: receipt
            for seat, receipt in self._handed_in.items()
            if read.pile.note(seat, receipt.total_milli, receipt.version)
        }
        resealed = self._nameless != read.nameless
        self._nameless = read.nameless
        self._fill_pile()
        if self._sheet is None:
            self._show_no_sheet()
            self._open_asked_early()
        elif not self._dirty:
            self.page.attempt(self._renew, self._sheet, resealed=resealed)
        self.retitled.emit()

    def _on_no_pile(self, error: UserError) -> None:
        show_error(self, error)

    def _renew(self, shown: OpenSheet, *, resealed: bool) -> None:
        """Show the open sheet anew where it is another one now; otherwise the cursor stays where it is."""
        if resealed or scores.open_sheet(self.desk.store, shown.visit_id, shown.seat) != shown:
            self._show(shown.visit_id, shown.seat)
        else:
            self.panel.show_judges(shown, self._judges(shown.visit_id))

    def _open_asked_early(self) -> None:
        asked, self._asked_early = self._asked_early, None
        if isinstance(asked, int):
            self.go_to(asked)
        elif asked is not None:
            self._on_scanned(asked)

    def go_to(self, target: Any) -> bool:
        if isinstance(target, str) and self.stations.findData(target) >= 0:
            self.stations.setCurrentIndex(self.stations.findData(target))
            return True
        if isinstance(target, tuple):
            self._open(*target)
            return True
        if isinstance(target, int):  # a visit: the first of its sheets that is not in
            if self._sheets is None:
                self._asked_early = target
                return True
            missing = (row for row in self._judges(target) if row.total_milli is None)
            self._open(target, next((row.seat for row in missing), 1))
            return True
        return super().go_to(target)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._sheet is None:
            self.scan.setFocus()

    def _build(self) -> None:
        left = QWidget()
        left.setMinimumWidth(_PILE_WIDTH)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 12, 0)
        column.addLayout(parts.row(self.stations, self.missing_only))
        column.addWidget(self.lock)
        column.addWidget(self.pile, 1)
        right = QWidget()
        self._stack = QStackedLayout(right)
        self._stack.addWidget(self._waiting)
        self._stack.addWidget(self._all_in)
        self._stack.addWidget(self.panel)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(left)
        split.addWidget(right)
        split.setStretchFactor(1, 1)
        split.setSizes([_PILE_WIDTH, 760])
        self.room.addWidget(self.scan)
        self.room.addLayout(self._alarm)
        self.room.addWidget(split, 1)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self._back_to_scan)
        visit = QShortcut(QKeySequence(Qt.Key.Key_F6), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        visit.activated.connect(self._to_visit)

    def _to_visit(self) -> None:
        if self._sheet is not None:
            self.panel.visit.seconds.setFocus(Qt.FocusReason.TabFocusReason)

    def _pile_rows(self) -> list[QueueRow]:
        if self._sheets is None:
            return []
        return self._sheets.rows(self.stations.currentData() or "", missing_only=self.missing_only.isChecked())

    def _judges(self, visit_id: int) -> list[QueueRow]:
        return [] if self._sheets is None else self._sheets.of_visit(visit_id)

    def _fill_pile(self) -> None:
        self.pile.set_rows(self._pile_rows())
        if self._sheet is not None:
            self.pile.choose((self._sheet.visit_id, self._sheet.seat))

    def _on_station(self) -> None:
        self._show_lock()
        self._fill_pile()

    def _show_lock(self) -> None:
        self.lock.show_station(self.stations.currentData() or "", self.stations.currentText())

    def _on_row(self, row: QueueRow) -> None:
        self._open(row.visit_id, row.seat)

    def _on_clicked(self) -> None:
        row = self.pile.current()
        if row is not None:
            self._open(row.visit_id, row.seat)

    def _on_scanned(self, text: str) -> None:
        self._tell_alarm("")
        if self._sheets is None:
            self._asked_early = text
            return
        if not text:
            following = next((row for row in self._pile_rows() if row.total_milli is None), None)
            if following is None:
                self.desk.say(_("Every sheet of this pile is in."))
            else:
                self._open(following.visit_id, following.seat)
            return
        self.page.attempt(self._open_scanned, text)

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
        due = [row for row in self._pile_rows() if row.entrant_id == found.entrant.id]
        if due:
            self._open(due[0].visit_id, due[0].seat)

    def _open(self, visit_id: int, seat: int) -> None:
        """Leave the sheet that is open, keeping what was typed, and open this one."""
        self._keep_draft()
        self._correcting = False
        self._asked_early = None
        if self.page.attempt(self._show, visit_id, seat):
            self._focus_sheet()

    def _show(self, visit_id: int, seat: int) -> None:
        sheet = scores.open_sheet(self.desk.store, visit_id, seat)
        draft = self._drafts.get((visit_id, seat))
        values = draft if draft is not None and sheet.mark is None else sheet.mark.values if sheet.mark else {}
        self._sheet = self.visit.sheet = sheet
        self._dirty = False
        judges = self._judges(visit_id)
        self.panel.show_sheet(sheet, values, judges, correcting=self._correcting, nameless=self._nameless)
        self._stack.setCurrentWidget(self.panel)
        self.pile.choose((visit_id, seat))

    def _focus_sheet(self) -> None:
        if self._sheet is not None and self._sheet.mark is not None and self._sheet.mark.total_only:
            self.panel.focus_total()
        else:
            self.panel.form.focus_item()

    def _keep_draft(self) -> None:
        if self._sheet is not None and self._dirty and not self._correcting:
            self._drafts[(self._sheet.visit_id, self._sheet.seat)] = self.panel.form.values()
        self._dirty = False

    def _on_edited(self) -> None:
        self._dirty = True

    def _show_no_sheet(self) -> None:
        all_in = self._sheets is not None and not self._sheets.missing
        self._stack.setCurrentWidget(self._all_in if all_in else self._waiting)

    def _back_to_scan(self) -> None:
        self._keep_draft()
        self._sheet = self.visit.sheet = None
        self._correcting = False
        self._show_no_sheet()
        self.pile.set_search("")
        self.scan.setFocus()

    def _correct(self) -> None:
        if self._sheet is not None:
            self._correcting = True
            self._show(self._sheet.visit_id, self._sheet.seat)
            self._focus_sheet()

    def _hand_in(self) -> None:
        if self._sheet is None:
            return
        if self._correcting:
            title = _("Correct the mark of {number}").format(number=self._sheet.number or self._sheet.name)
            text = _("The earlier mark stays on record. Why is it changed?")
            dialogs.ask_reason(self, title, text, self._hand_in_because)
        else:
            self._hand_in_because("")

    def _hand_in_because(self, reason: str) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        try:
            receipt = actions.hand_in(
                self.desk.store,
                self.desk.actor,
                sheet.visit_id,
                sheet.seat,
                self.panel.form.values(),
                total_milli=self.panel.paper_total_milli(),
                reason=reason,
            )
        except UserError as error:
            self.panel.tell(" ".join(filter(None, (error.what, error.todo))), "wrong")
            if self.panel.form.score().missing and self.panel.form.values():
                self.panel.form.focus_item()
            return
        except NumberProblem:
            self.panel.tell(_("The paper total is not a number."), "wrong")
            return
        self._drafts.pop((sheet.visit_id, sheet.seat), None)
        self._dirty = False
        self._note_handed_in((sheet.visit_id, sheet.seat), receipt)
        who = sheet.number or sheet.name
        total = show_milli(receipt.total_milli)
        self._back_to_scan()
        self.desk.say(
            _("{number}, {station}, judge {seat}: {total} points are in.").format(
                number=who, station=sheet.station_name, seat=sheet.seat, total=total
            )
        )
        if receipt.alarms:
            self._tell_alarm(alarm_words.told(who, sheet.station_name, receipt.alarms))

    def _note_handed_in(self, seat: Seat, receipt: actions.Receipt) -> None:
        """The pile without this sheet at once, so that a quick Enter opens the one after it."""
        self._handed_in[seat] = receipt
        if self._sheets is not None and self._sheets.note(seat, receipt.total_milli, receipt.version):
            self._fill_pile()

    def _tell_alarm(self, text: str) -> None:
        parts.clear(self._alarm)
        if text:
            self._alarm.addWidget(parts.strip(text, "attention"))

    def _on_visit_saved(self) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        if self._dirty:
            self._sheet = self.visit.sheet = scores.open_sheet(self.desk.store, sheet.visit_id, sheet.seat)
            self.panel.visit.show_visit(self._sheet)
        else:
            self._show(sheet.visit_id, sheet.seat)
        self._focus_sheet()

    def _go_to_results(self) -> None:
        self.desk.go("results")


def _columns() -> list[Column]:
    return [
        Column(_("Number"), lambda row: row.number or row.name, width=84, bold=True),
        Column(_("Station"), lambda row: row.station_code, width=64),
        Column(_("Judge"), lambda row: str(row.seat), width=56, right=True),
        Column(
            _("Score"),
            lambda row: "–" if row.total_milli is None else show_milli(row.total_milli),
            sort=lambda row: row.total_milli,
            width=0,
            right=True,
            tone=lambda row: "muted" if row.total_milli is None else "done",
        ),
    ]
