"""The list of those who did not pass, with their second chances."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from data.i18n import _, ngettext
from data.queries.below_pass import CLEARED, NOT_PASSED, PASSED, PLANNED, UNPLANNED, BelowPass, BelowRow
from data.queries.below_words import reason_word, result_text, shortfall_text, state_word
from data.rules.decimals import show_milli
from ui.models.rows import Column
from ui.settings import Settings
from ui.widgets import parts
from ui.widgets.table import Filter, Table

_TONES = {UNPLANNED: "attention", PLANNED: "info", PASSED: "done", NOT_PASSED: "wrong"}


class BelowView(QWidget):
    """Signals: plan_wanted (of those in `plannable`), record_wanted and cancel_wanted (of the one in `chosen`),
    csv_wanted, pdf_wanted, line_wanted (the pass line is to be set)."""

    plan_wanted = Signal()
    record_wanted = Signal()
    cancel_wanted = Signal()
    csv_wanted = Signal()
    pdf_wanted = Signal()
    line_wanted = Signal()

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.setObjectName("belowPass")
        self.found: BelowPass | None = None
        self._told = QVBoxLayout()
        filters = [Filter(state_word(state), _is_in(state)) for state in _TONES]
        self.table = Table("belowPassRows", _columns(), settings, filters=filters, key=_entrant)
        self.table.view.selectionModel().selectionChanged.connect(self._offer)
        self.table.opened.connect(self._on_opened)
        self.plan = parts.primary_button(_("Set the day…"), self.plan_wanted.emit, name="planResit")
        self.record = parts.button(_("Enter the result…"), self.record_wanted.emit, name="recordResit")
        self.cancel = parts.button(_("Take back…"), self.cancel_wanted.emit, name="cancelResit")
        self.masked = QCheckBox(_("Mask names"))
        self.masked.setObjectName("maskBelow")
        self.csv = parts.button(_("List as CSV…"), self.csv_wanted.emit, name="belowCsv")
        self.pdf = parts.button(_("List as PDF…"), self.pdf_wanted.emit, name="belowPdf")
        self._none = QVBoxLayout()
        self._list = QWidget()
        column = parts.column(
            self.table, parts.row(self.plan, self.record, self.cancel, None, self.masked, self.csv, self.pdf)
        )
        column.setContentsMargins(0, 0, 0, 0)
        column.setStretch(0, 1)
        self._list.setLayout(column)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(self._told)
        layout.addLayout(self._none)
        layout.addWidget(self._list, 1)

    @property
    def chosen(self) -> list[BelowRow]:
        """The rows that are selected."""
        return self.table.selected()

    @property
    def plannable(self) -> list[BelowRow]:
        """Of those, who may get a second chance: neither passed since nor cleared by a newer version."""
        return [row for row in self.chosen if row.reason != CLEARED and row.state != PASSED]

    def show_list(self, found: BelowPass) -> None:
        """Show this list, or why there is none."""
        self.found = found
        parts.clear(self._told)
        parts.clear(self._none)
        self._list.setVisible(bool(found.rows))
        if found.version is None:
            words = _("The list comes out of a result version, and there is none yet.")
            self._none.addWidget(parts.empty_state(words, _("Finalise the results first.")))
        elif found.pass_milli is None:
            set_line = parts.link_button(_("Set the pass line"), self.line_wanted.emit, name="setPassLine")
            words = _("The plan has no pass line: only who failed by a critical item or was absent is listed.")
            self._told.addWidget(parts.strip(words, "attention", set_line))
        if found.version is not None:
            self._told.addWidget(parts.muted(_said(found), wrap=True))
            if not found.rows:
                self._none.addWidget(parts.empty_state(_("Everybody has passed."), _("There is nobody to list.")))
        self.table.set_rows(found.rows)
        self._offer()

    def _offer(self) -> None:
        rows = self.chosen
        one = rows[0] if len(rows) == 1 else None
        self.plan.setEnabled(bool(self.plannable))
        self.record.setEnabled(one is not None and one.resit is not None)
        self.cancel.setEnabled(one is not None and one.resit is not None)

    def _on_opened(self, row: BelowRow) -> None:
        if row.resit is not None:
            self.record_wanted.emit()
        elif self.plan.isEnabled():
            self.plan_wanted.emit()


def _said(found: BelowPass) -> str:
    """What the list is of, in one sentence."""
    words = ngettext(
        "By result version {v}, {n} of {all} entrants has not passed",
        "By result version {v}, {n} of {all} entrants have not passed",
        len(found.rows),
    ).format(v=found.version, n=len(found.rows), all=found.competed)
    if found.pass_milli is not None:
        words += _("; the pass line is {line}").format(line=show_milli(found.pass_milli))
    if found.open:
        words += ngettext("; {n} still needs a second chance", "; {n} still need a second chance", found.open).format(
            n=found.open
        )
    return words + _(".")


def _is_in(state: str) -> Callable[[BelowRow], bool]:
    def accepts(row: BelowRow) -> bool:
        return row.state == state

    return accepts


def _entrant(row: BelowRow) -> int:
    return row.entrant_id


def _below_what(row: BelowRow) -> str:
    return shortfall_text(row) or reason_word(row.reason)


def _columns() -> list[Column]:
    return [
        Column(_("Division"), lambda row: row.division_title, width=112, tip=lambda row: row.division_title),
        Column(_("Number"), lambda row: row.number, width=74),
        Column(_("Name"), lambda row: row.name, width=84, bold=True, tip=lambda row: row.name),
        Column(_("Unit"), lambda row: row.unit, width=116, tip=lambda row: row.unit),
        Column(_("Total score"), lambda row: row.total or "–", width=92, right=True),
        Column(_("What was below the line"), _below_what, width=0, tip=_below_what),
        Column(_("Second chance"), lambda row: row.resit.date if row.resit else "–", width=116),
        Column(_("Resit result"), lambda row: result_text(row.resit) if row.resit else "", width=96, right=True),
        Column(
            _("Outcome"),
            lambda row: f"{parts.MARKS[_TONES[row.state]]} {state_word(row.state)}",
            sort=lambda row: list(_TONES).index(row.state),
            tone=lambda row: _TONES[row.state],
            tip=lambda row: row.resit.note if row.resit else "",
            width=128,
        ),
    ]
