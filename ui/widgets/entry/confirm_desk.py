"""The third tab of score entry: what is unusual in the marks, for the chief judge to look at and confirm."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QStackedLayout, QVBoxLayout, QWidget

from data.actions import confirmations as actions
from data.i18n import _
from data.local_time import local_time
from data.queries import alarm_words
from data.queries.confirmations import AlarmRow, alarms
from data.rules.decimals import show_milli
from ui.models.rows import Column
from ui.pages.page import Page
from ui.task import Progress
from ui.widgets import parts
from ui.widgets.desk.chief_dialog import ask_chief
from ui.widgets.entry.entry_tab import EntryTab
from ui.widgets.table import Filter, Table

_DETAILS_WIDTH = 360


class ConfirmDesk(EntryTab):
    """The list at the left, the marks concerned beside it. Enter on a row asks for the chief judge's PIN."""

    key = "confirm"
    tables = frozenset({"event", "mark", "visit", "entrant", "station", "item", "confirmation", "drawn_station"})

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._open = 0
        self._asked: AlarmRow | None = None
        self._shown: AlarmRow | None = None
        self._waiting = _("Not confirmed yet")
        self.list = Table(
            "alarms", _columns(), self.desk.settings, filters=(Filter(self._waiting, _is_open),), key=_alarm
        )
        self.list.set_filter(self._waiting)
        self.list.chosen.connect(self._on_chosen)
        self.list.opened.connect(self._ask)
        self._number = parts.label("", "score")
        self._who = parts.label("", "heading")
        self._where = parts.muted("")
        self._told = parts.label("", "subheading", wrap=True)
        self._told.setObjectName("alarmTold")
        self._sheets = parts.label("", wrap=True)
        self._sheets.setObjectName("alarmSheets")
        self._done = parts.label("", wrap=True, tone="done")
        self._done.setObjectName("alarmDone")
        self._confirm = parts.primary_button(_("Confirm…"), self._on_confirm, name="confirm")
        self._to_sheet = parts.button(_("Go to the sheet"), self._on_sheet, name="toSheet")
        self._stack = QStackedLayout()
        self._build()

    def title(self) -> str:
        return _("To confirm ({n})").format(n=self._open) if self._open else _("To confirm")

    def read(self, _progress: Progress) -> list[AlarmRow]:
        return alarms(self.desk.store)

    def show_found(self, found: list[AlarmRow]) -> None:
        self._open = sum(row.is_open for row in found)
        self.list.set_rows(found)
        self._stack.setCurrentIndex(1 if found else 0)
        self._choose_first()
        self._show(self.list.current())

    def begin(self) -> None:
        self._choose_first()
        self.list.setFocus()

    def _choose_first(self) -> None:
        """The line after one that was confirmed, or the first of all, waits for the chief judge at once."""
        if self.list.current() is None and self.list.model.rows():
            self.list.view.setCurrentIndex(self.list.model.index(0, 0))

    def _build(self) -> None:
        details = parts.card(
            parts.row(self._number, parts.column(self._who, self._where, spacing=0), None, spacing=12),
            parts.line(),
            self._told,
            self._sheets,
            self._done,
            parts.row(None, self._to_sheet, self._confirm),
        )
        layout = details.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertStretch(layout.count() - 1, 1)
        details.setMinimumWidth(_DETAILS_WIDTH)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 12, 0)
        column.addWidget(self.list)
        split.addWidget(left)
        split.addWidget(details)
        split.setStretchFactor(0, 1)
        split.setSizes([640, _DETAILS_WIDTH])
        nothing = parts.empty_state(
            _("There is nothing to confirm."),
            _(
                "Judges far apart, ticked critical items, zeros and sheets outside the limits of the event come here; "
                "so does a judge's sheet that will not come."
            ),
        )
        self._stack.addWidget(nothing)
        self._stack.addWidget(split)
        self.room.addLayout(self._stack, 1)

    def _on_chosen(self, row: AlarmRow | None) -> None:
        self._show(row)

    def _show(self, row: AlarmRow | None) -> None:
        self._shown = row
        self._to_sheet.setEnabled(row is not None)
        self._confirm.setVisible(row is None or row.is_open)
        self._confirm.setEnabled(row is not None)
        if row is None:
            for words in (self._number, self._who, self._where, self._sheets, self._done):
                words.setText("")
            self._told.setText(_("Choose a line of the list."))
            return
        self._number.setText(row.number or row.name)
        self._who.setText(
            "  ".join(filter(None, dict.fromkeys((row.name, row.unit)))) if row.name != row.number else ""
        )
        self._who.setVisible(bool(self._who.text()))
        self._where.setText(f"{row.station_code} {row.station_name}")
        self._told.setText(alarm_words.sentence(row.kind, row.seat, row.milli, row.texts))
        self._sheets.setText("\n".join(_sheet_lines(row)))
        self._done.setText("" if row.is_open else "✓ " + _how_confirmed(row))

    def _on_confirm(self) -> None:
        if self._shown is not None:
            self._ask(self._shown)

    def _ask(self, row: AlarmRow) -> None:
        if not row.is_open:
            return
        self._asked = row
        ask_chief(
            self,
            _("Confirm {number}, {station}").format(number=row.number or row.name, station=row.station_name),
            alarm_words.sentence(row.kind, row.seat, row.milli, row.texts)
            + " "
            + _("Look at the paper sheets; if a mark is wrong, correct it instead."),
            self._confirm_asked,
            yes=_("Confirm"),
        )

    def _confirm_asked(self, chief: str, pin: str, reason: str) -> None:
        row = self._asked
        if row is None:
            return
        actions.confirm(self.desk.store, self.desk.actor, row.visit_id, row.kind, row.seat, chief, pin, reason)
        self.desk.say(
            _("{number}, {station}: confirmed by {chief}.").format(
                number=row.number or row.name, station=row.station_name, chief=chief
            )
        )

    def _on_sheet(self) -> None:
        if self._shown is not None:
            self.page.show_target((self._shown.visit_id, self._shown.seat or 1))


def _alarm(row: AlarmRow) -> tuple[int, str, int]:
    return row.visit_id, row.kind, row.seat


def _is_open(row: AlarmRow) -> bool:
    return row.is_open


def _sheet_lines(row: AlarmRow) -> list[str]:
    return [
        _("judge {seat}: {total}").format(seat=seat, total=f"{show_milli(total)} / {show_milli(row.full_milli)}")
        for seat, total in row.totals
    ]


def _how_confirmed(row: AlarmRow) -> str:
    return _("Confirmed by {chief}, {at}: {reason}").format(
        chief=row.chief, at=local_time(row.at).strftime("%H:%M"), reason=row.reason
    )


def _columns() -> list[Column]:
    return [
        Column(
            "",
            lambda row: parts.MARKS["attention"] if row.is_open else parts.MARKS["done"],
            width=56,
            tone=lambda row: "attention" if row.is_open else "done",
        ),
        Column(_("Number"), lambda row: row.number or row.name, width=96, bold=True),
        Column(_("Station"), lambda row: row.station_code, width=72),
        Column(_("Matter"), lambda row: alarm_words.kind_word(row.kind), width=150),
        Column(_("Judge"), lambda row: str(row.seat) if row.seat else "–", width=64, right=True),
        Column(
            _("Difference or total"),
            lambda row: "" if row.kind == "missing" else show_milli(row.milli),
            sort=lambda row: row.milli,
            width=0,
            right=True,
        ),
    ]
