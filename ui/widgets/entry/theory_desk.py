"""A tab of score entry where the event counts theory: the marks typed by hand, one after another."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QSplitter, QStackedLayout, QVBoxLayout, QWidget

from data.actions import theory as actions
from data.i18n import _
from data.queries import entrants
from data.queries.theory_marks import TheoryRow, theory_rows
from data.rules.decimals import show_milli
from data.rules.plan import Item
from ui import dialogs
from ui.models.rows import Column
from ui.pages.page import Page
from ui.task import Progress
from ui.widgets import parts
from ui.widgets.entry.entry_tab import EntryTab
from ui.widgets.entry.typed_field import TypedField
from ui.widgets.scan_field import ScanField
from ui.widgets.table import Filter, Table

_FIELD_WIDTH = 380
_OF_NAMES = (1, 2)  # the columns that a blind event leaves empty


class TheoryDesk(EntryTab):
    """The list at the left, the mark to type at the right; Enter takes it and is ready for the next."""

    key = "theory"
    tables = frozenset({"event", "entrant", "person", "unit", "division", "component", "theory_mark"})

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._rows: list[TheoryRow] = []
        self._row: TheoryRow | None = None
        self._value = 0
        self._missing = _("Not in yet")
        self.scan = ScanField(_("Scan a badge or type a number, or press Enter for the next of the list"))
        self.scan.scanned.connect(self._on_scanned)
        self.list = Table(
            "theoryMarks", _columns(), self.desk.settings, filters=(Filter(self._missing, _is_missing),), key=_entrant
        )
        self.list.set_filter(self._missing)
        self.list.opened.connect(self._open)
        self.list.view.clicked.connect(self._on_clicked)
        self.field = TypedField(Item(1, "", _("Theory mark"), actions.MOST_MILLI, "points", "", 1))
        self.field.entered.connect(self._take)
        self.field.edited.connect(self._on_edited)
        self.field.refused.connect(self._on_refused)
        self._number = parts.label("", "score")
        self._who = parts.label("", "heading", wrap=True)
        self._told = parts.label("", wrap=True)
        self._told.setObjectName("theoryTold")
        self._stack = QStackedLayout()
        self._build()

    def title(self) -> str:
        missing = sum(map(_is_missing, self._rows))
        return _("Theory ({n})").format(n=missing) if missing else _("Theory")

    def is_offered(self) -> bool:
        return bool(self._rows)

    def read(self, _progress: Progress) -> list[TheoryRow]:
        return theory_rows(self.desk.store)

    def show_found(self, found: list[TheoryRow]) -> None:
        self._rows = found
        self.list.set_rows(found)
        sealed = all(row.name == row.number for row in found)
        for column in _OF_NAMES:
            self.list.view.setColumnHidden(column, sealed)

    def begin(self) -> None:
        if self._row is None:
            self.scan.setFocus()

    def why_it_stays(self) -> str:
        if self._row is not None and self.field.value() not in (None, self._row.value_milli):
            return _("A theory mark is half typed: press Enter first, then change the language.")
        return ""

    def _build(self) -> None:
        card = QWidget()
        column = QVBoxLayout(card)
        column.setContentsMargins(0, 0, 0, 0)
        words = parts.label(_("Theory mark, of 100 points"), "subheading")
        words.setBuddy(self.field)
        mark = parts.card(
            parts.row(self._number, self._who, None, spacing=12), parts.line(), words, self.field, self._told, margin=16
        )
        column.addWidget(mark)
        column.addStretch(1)
        waiting = parts.empty_state(
            _("Ready for the next theory mark."),
            _("Scan a badge, or choose a line of the list. Enter takes the mark; Esc comes back here."),
        )
        right = QWidget()
        right.setMinimumWidth(_FIELD_WIDTH)
        right.setLayout(self._stack)
        self._stack.addWidget(waiting)
        self._stack.addWidget(card)
        left = QWidget()
        list_column = QVBoxLayout(left)
        list_column.setContentsMargins(0, 0, 12, 0)
        list_column.addWidget(self.list)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(left)
        split.addWidget(right)
        split.setStretchFactor(0, 1)
        split.setSizes([640, _FIELD_WIDTH])
        self.room.addWidget(self.scan)
        self.room.addWidget(split, 1)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self._back_to_scan)

    def _on_clicked(self) -> None:
        row = self.list.current()
        if row is not None:
            self._open(row)

    def _on_scanned(self, text: str) -> None:
        if not text:
            following = next(filter(_is_missing, self._rows), None)
            if following is None:
                self.desk.say(_("Every theory mark is in."))
            else:
                self._open(following)
            return
        self.page.attempt(self._open_scanned, text)

    def _open_scanned(self, text: str) -> None:
        code = entrants.scanned(self.desk.store, text)
        if code is not None:
            found = [row for row in self._rows if row.entrant_id == code.entrant.id]
        else:
            found = [row for row in self._rows if row.number and row.number.casefold() == text.strip().casefold()]
            if not found:
                self.list.set_search(text)
                return
        if found:
            self._open(found[0])
        else:
            self.desk.say(_("The division of this entrant counts no theory mark."))

    def _open(self, row: TheoryRow) -> None:
        self._row = row
        self._number.setText(row.number or row.name)
        self._who.setText("" if row.name == row.number else "  ".join(dict.fromkeys((row.name, row.unit))))
        self.field.set_value(row.value_milli)
        self._tell("")
        self._stack.setCurrentIndex(1)
        self.list.choose(row.entrant_id)
        self.field.setFocus(Qt.FocusReason.TabFocusReason)

    def _take(self) -> None:
        value = self.field.value()
        if self._row is None or not isinstance(value, int):
            return
        self._value = value
        if self._row.value_milli in (None, value):
            self._take_because("")
            return
        title = _("Correct the theory mark of {number}").format(number=self._row.number or self._row.name)
        text = _("The earlier mark stays on record. Why is it changed?")
        dialogs.ask_reason(self, title, text, self._take_because)

    def _take_because(self, reason: str) -> None:
        row = self._row
        if row is None or not self.page.attempt(
            actions.set_theory, self.desk.store, self.desk.actor, row.entrant_id, self._value, reason
        ):
            return
        self.desk.say(
            _("{number}: a theory mark of {mark} is in.").format(
                number=row.number or row.name, mark=show_milli(self._value)
            )
        )
        self._rows = [one for one in self._rows if one.entrant_id != row.entrant_id]  # a quick Enter opens the next
        self._back_to_scan()

    def _on_edited(self) -> None:
        self._tell("")

    def _on_refused(self, sentence: str) -> None:
        self._tell(sentence)

    def _tell(self, sentence: str) -> None:
        self._told.setText(sentence)
        parts.set_tone(self._told, "wrong")

    def _back_to_scan(self) -> None:
        self._row = None
        self._stack.setCurrentIndex(0)
        self.list.set_search("")
        self.scan.setFocus()


def _entrant(row: TheoryRow) -> int:
    return row.entrant_id


def _is_missing(row: TheoryRow) -> bool:
    return row.value_milli is None


def _columns() -> list[Column]:
    return [
        Column(_("Number"), lambda row: row.number or "", width=96, bold=True),
        Column(_("Name"), lambda row: "" if row.name == row.number else row.name, width=120),
        Column(_("Unit"), lambda row: row.unit, width=0),
        Column(_("Division"), lambda row: row.division, width=0, tip=lambda row: row.division),
        Column(
            _("Theory mark"),
            lambda row: "–" if row.value_milli is None else show_milli(row.value_milli),
            sort=lambda row: row.value_milli,
            width=96,
            right=True,
            tone=lambda row: "muted" if row.value_milli is None else "done",
        ),
    ]
