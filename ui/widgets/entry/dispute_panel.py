"""Where two typings of a sheet differ, side by side, to be decided item by item with the paper."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from data.i18n import _, ngettext
from data.queries.readings import Dispute
from data.rules.decimals import NumberProblem, show_milli
from data.rules.marksheet import Value
from ui.widgets import parts
from ui.widgets.entry.dispute_row import DisputeRow
from ui.widgets.entry.sheet_form import SheetForm
from ui.widgets.entry.sheet_head import SheetHead
from ui.widgets.entry.total_field import TotalField

_ROW_HEIGHT, _MOST_ROWS = 36, 5  # pixels; rows in sight beside the whole sheet, the others scroll


class DisputePanel(QFrame):
    """The differences, one a row; below, where they are needed, all items of the sheet; then the total of the paper.

    Signals: settle_wanted (all is decided and adds up), reason_wanted (the total is not to be trusted: why?), edited.
    """

    settle_wanted = Signal()
    reason_wanted = Signal()
    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._dispute: Dispute | None = None
        self._rows: list[DisputeRow] = []
        self.head = SheetHead()
        self._lead = parts.label("", wrap=True)
        self._lead.setObjectName("disputeLead")
        self._list = QScrollArea()
        self._list.setWidgetResizable(True)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.form = SheetForm()
        self.form.setObjectName("decidedForm")
        self.form.edited.connect(self._on_edited)
        self.form.refused.connect(self._on_refused)
        self.form.finished.connect(self._focus_total)
        self.total = TotalField("settledTotal")
        self.total.entered.connect(self._on_total)
        self.total.left.connect(self._on_up)
        self._told = parts.label("", wrap=True)
        self._told.setObjectName("disputeTold")
        self._retyped: int | None = None  # a total that the second typing had not, as it was typed once
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        layout.addWidget(self.head)
        layout.addWidget(self._lead)
        layout.addWidget(self._list)
        layout.addWidget(self.form, 1)
        self._room = QWidget()
        self._room.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        layout.addWidget(self._room)
        layout.addWidget(parts.line())
        layout.addWidget(self._told)
        self._all = parts.link_button(_("Show all items"), self.show_all, name="allItems")
        settle = parts.primary_button(_("Settle  Enter"), self._on_total, name="settle")
        layout.addLayout(
            parts.row(
                self._all,
                None,
                parts.muted(_("Paper total")),
                self.total,
                settle,
                spacing=12,
            )
        )

    def show_dispute(self, dispute: Dispute) -> None:
        """Show where the two differ; what they agree on is taken as decided."""
        self._dispute = dispute
        sheet = dispute.sheet
        self.head.show_sheet(sheet)
        self.head.say(_("differs"), "attention")
        self._lead.setText(
            _("1: {first}, 2: {second}. Press the key of what stands on the paper twice; the total last.").format(
                first=sheet.first, second=dispute.second
            )
        )
        numbers = {one.number for one in dispute.differences}
        agreed = {number: value for number, value in dispute.first_values.items() if number not in numbers}
        self.form.show_sheet(sheet.items, agreed, read_only=False)
        self._build_rows(dispute)
        self.total.clear()
        self._retyped = None
        self._show_form(bool(sheet.items) and not sheet.total_only and not self._rows)
        self._all.setVisible(not sheet.total_only)
        self._tell_state()

    def focus_first(self) -> None:
        """Put the cursor where deciding begins."""
        if self._rows:
            self._rows[0].setFocus(Qt.FocusReason.TabFocusReason)
        elif self._is_total_only:
            self._focus_total()
        else:
            self.form.focus_item()

    def values(self) -> dict[int, Value]:
        """What was decided, by item number; nothing for a total alone."""
        return {} if self._is_total_only else self.form.values()

    def show_all(self) -> None:
        """Show every item of the sheet, to be compared with the paper one by one."""
        self._show_form(True)
        self.form.focus_item()

    def tell(self, text: str, tone: str) -> None:
        """Say one line below the items; tone: wrong | attention | done | muted."""
        self._told.setText(text)
        parts.set_tone(self._told, tone)

    @property
    def items_decided(self) -> list[int]:
        """The numbers of the items on which the two differed."""
        return [row.item.number for row in self._rows]

    @property
    def _is_total_only(self) -> bool:
        return self._dispute is not None and self._dispute.sheet.total_only

    def _build_rows(self, dispute: Dispute) -> None:
        items = {item.number: item for item in dispute.sheet.items}
        self._rows = []
        content = QWidget()
        content.setObjectName("scrolled")
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(0)
        for one in dispute.differences:
            if one.number is None:
                continue
            row = DisputeRow(items[one.number], one.first, one.second)
            row.decided.connect(self._on_decided)
            row.neither.connect(self._on_neither)
            row.waiting.connect(self._on_waiting)
            row.left.connect(self._step)
            self._rows.append(row)
            column.addWidget(row)
        column.addStretch(1)
        self._list.setWidget(content)
        self._list.setFixedHeight(min(len(self._rows), _MOST_ROWS) * _ROW_HEIGHT + 4)
        self._list.setVisible(bool(self._rows))

    def _show_form(self, shown: bool) -> None:
        self.form.setVisible(shown)
        self._room.setVisible(not shown)

    def _undecided(self) -> list[DisputeRow]:
        return [row for row in self._rows if not row.chosen]

    def _on_decided(self) -> None:
        row = self.sender()
        assert isinstance(row, DisputeRow)
        self.form.set_value(row.item.number, row.value)
        self._on_edited()
        self._go_to(self._rows.index(row) + 1)

    def _on_neither(self, number: int) -> None:
        self.form.set_value(number, None)
        self._show_form(True)
        self._on_edited()
        self.form.focus_item(number)

    def _step(self, by: int) -> None:
        row = self.sender()
        assert isinstance(row, DisputeRow)
        self._go_to(self._rows.index(row) + by)

    def _go_to(self, place: int) -> None:
        """Put the cursor into this row, behind the last one into the total."""
        if place >= len(self._rows):
            self._focus_total()
            return
        row = self._rows[max(place, 0)]
        row.setFocus(Qt.FocusReason.TabFocusReason)
        self._list.ensureWidgetVisible(row)

    def _on_waiting(self) -> None:
        self.tell(_("The same key again confirms it."), "attention")
        self.edited.emit()

    def _on_edited(self) -> None:
        self._retyped = None
        self._tell_state()
        self.edited.emit()

    def _on_refused(self, sentence: str) -> None:
        self.tell(sentence, "wrong")

    def _focus_total(self) -> None:
        self.total.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_up(self) -> None:
        if self.form.isVisible():
            self.form.focus_item(self.form.last_number)
        elif self._rows:
            self._rows[-1].setFocus(Qt.FocusReason.TabFocusReason)

    def _sum_milli(self) -> int | None:
        return None if self._is_total_only else self.form.score().total_milli

    def _tell_state(self) -> None:
        undecided = len(self._undecided())
        if self._dispute is not None and self._is_total_only:
            sentence = _("One typed {first}, the other {second}. Type the total that stands on the paper.")
            first, second = show_milli(self._dispute.first_milli), show_milli(self._dispute.paper_milli)
            self.tell(sentence.format(first=first, second=second), "attention")
        elif undecided:
            sentence = ngettext("{n} item is to be decided.", "{n} items are to be decided.", undecided)
            self.tell(sentence.format(n=undecided), "attention")
        elif self._sum_milli() is None:
            self.tell(_("An item is not entered yet."), "attention")
        elif self._rows:
            self.tell(_("Now the total that stands on the paper; type - where none stands there."), "muted")
        else:
            self.tell(
                _("Both typed the same items, but the total on the paper is another. Compare every item."), "attention"
            )

    def _on_total(self) -> None:
        if self._undecided() and not self._is_total_only:
            self._undecided()[0].setFocus(Qt.FocusReason.TabFocusReason)
            return
        try:
            paper = self.total.milli()
        except NumberProblem:
            self.tell(_("The paper total is not a number."), "wrong")
            return
        if self._is_total_only:
            self._settle_total(paper)
        elif self._sum_milli() is None:
            self.show_all()
        elif paper is not None:
            self._compare(paper)
        elif self.total.says_none:
            self.reason_wanted.emit()
        else:
            self.tell(_("Type the total that stands on the paper; type - where none stands there."), "attention")

    def _settle_total(self, paper: int | None) -> None:
        if paper is None:
            self.tell(_("Type the total that stands on the paper."), "attention")
        else:
            self.settle_wanted.emit()

    def _compare(self, paper: int) -> None:
        """Settle where the items add up to the total; one that nobody typed before is typed once more."""
        assert self._dispute is not None
        total = self._sum_milli()
        if paper != total:
            sentence = _(
                "The items add up to {sum}, the total says {total}. Compare every item and the total with the paper; "
                "type - for the total where the judge added up wrongly."
            )
            self.tell(sentence.format(sum=show_milli(total or 0), total=show_milli(paper)), "wrong")
            self.total.clear()
            self.show_all()
        elif paper in (self._dispute.paper_milli, self._retyped):
            self.settle_wanted.emit()
        else:
            self._retyped = paper
            self.total.clear()
            self.tell(_("The second entry had another total. Type it from the paper once more."), "attention")
