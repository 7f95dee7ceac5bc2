"""The open mark sheet: whose it is, its items, its total, and what belongs to the visit."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout

from data.i18n import _, ngettext
from data.queries.mark_words import state_word
from data.queries.scores import OpenSheet, QueueRow
from data.rules.decimals import NumberProblem, show_milli
from data.rules.marksheet import Value
from ui.widgets import parts
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.entry.sheet_form import SheetForm, in_spans
from ui.widgets.entry.total_field import TotalField
from ui.widgets.entry.visit_strip import VisitStrip


class SheetPanel(QFrame):
    """Shows one sheet and takes its values.

    Signals: hand_in_wanted, correct_wanted (the sheet is in and is to be changed), edited.
    """

    hand_in_wanted = Signal()
    correct_wanted = Signal()
    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.form = SheetForm()
        self.form.edited.connect(self._on_edited)
        self.form.refused.connect(self._on_refused)
        self.form.finished.connect(self._on_finished)
        self.total = TotalField("paperTotal")
        self.total.setToolTip(_("Leave empty, or type the total of the paper sheet to compare it with the items."))
        self.total.textEdited.connect(self.edited)
        self.total.entered.connect(self._on_total_entered)
        self.total.left.connect(self._on_up)
        self.visit = VisitStrip()
        self._number = parts.label("", "score")
        self._who = parts.label("", "heading")
        self._where = ElidedLabel("", "muted")
        self._state = parts.pill("")
        self._others = ElidedLabel("", "muted")
        for words in (self._where, self._others):  # one below the other, neither as narrow as the shorter
            words.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._told = parts.label("", wrap=True)
        self._told.setObjectName("sheetTold")
        self._sum = parts.label("", "score")
        self._full = parts.muted()
        self._hand_in = parts.primary_button(_("Hand in  Enter"), self.hand_in_wanted.emit, name="handIn")
        self._correct = parts.button(_("Correct…"), self.correct_wanted.emit, name="correct")
        self._read_only = False
        self._build()

    def show_sheet(
        self,
        sheet: OpenSheet,
        values: Mapping[int, Value],
        judges: Sequence[QueueRow],
        *,
        correcting: bool,
        nameless: bool,
    ) -> None:
        """Show a sheet with these values; one that is in can only be changed while `correcting`.

        nameless: show the contestant number alone (盲评).
        """
        mark = sheet.mark
        out = bool(state_word(sheet.state))
        self._read_only = out or (mark is not None and not correcting)
        self._number.setText(sheet.number or sheet.name)
        self._who.setText("" if nameless else "  ".join(dict.fromkeys((sheet.name, sheet.unit))))
        self._who.setVisible(not nameless)
        place = [f"{sheet.station_code} {sheet.station_name}"]
        if sheet.lane is not None:
            place.append(_("lane {lane}").format(lane=sheet.lane))
        place.append(_("judge {seat} of {judges}").format(seat=sheet.seat, judges=sheet.judges))
        if sheet.judge:
            instead = _("{judge} (reserve judge for {other})").format(judge=sheet.judge, other=sheet.instead_of)
            place.append(instead if sheet.instead_of else sheet.judge)
        self._where.setText(" · ".join(place))
        self._show_state(sheet, correcting=correcting)
        self._full.setText(f"/ {show_milli(sheet.full_milli)}")
        self.form.show_sheet(sheet.items, values, read_only=self._read_only)
        self.total.setText(show_milli(mark.total_milli) if mark is not None and mark.total_only else "")
        self.total.setReadOnly(self._read_only)
        self._hand_in.setVisible(not self._read_only)
        self._correct.setVisible(self._read_only and not out)
        self.visit.show_visit(sheet)
        self.show_judges(sheet, judges)
        self.show_sum()

    def show_judges(self, sheet: OpenSheet, judges: Sequence[QueueRow]) -> None:
        """Show how far the other judges' sheets of the visit are."""
        self._others.setText(_others(sheet, judges))
        self._others.setVisible(bool(self._others.text()))

    def paper_total_milli(self) -> int | None:
        """The total typed from the paper, None for nothing. Raises NumberProblem."""
        return self.total.milli()

    def tell(self, text: str, tone: str) -> None:
        """Say one line below the items; tone: wrong | attention | done | muted."""
        self._told.setText(text)
        parts.set_tone(self._told, tone)

    def show_sum(self) -> None:
        """Show what the items are worth so far and what is missing."""
        score = self.form.score()
        known = sum(item.milli or 0 for item in score.items)
        self._sum.setText(show_milli(known if score.total_milli is None else score.total_milli))
        if self._read_only:
            self.tell("", "muted")
        elif score.missing:
            n = len(score.missing)
            self.tell(
                ngettext(
                    "{n} item is not entered yet: {numbers}", "{n} items are not entered yet: {numbers}", n
                ).format(n=n, numbers=in_spans(score.missing)),
                "attention",
            )
        else:
            self.tell(_("Complete. Enter hands it in."), "done")

    def focus_total(self) -> None:
        self.total.setFocus(Qt.FocusReason.TabFocusReason)

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        layout.addLayout(
            parts.row(
                self._number,
                parts.column(self._who, self._where, self._others, spacing=0),
                None,
                self._state,
                spacing=12,
            )
        )
        layout.addWidget(parts.line())
        layout.addWidget(self.form, 1)
        layout.addWidget(parts.line())
        last = parts.row(
            self._told,
            parts.muted(_("Paper total")),
            self.total,
            self._sum,
            self._full,
            self._correct,
            self._hand_in,
            spacing=12,
        )
        last.setStretch(0, 1)
        layout.addLayout(last)
        layout.addWidget(self.visit)

    def _show_state(self, sheet: OpenSheet, *, correcting: bool) -> None:
        mark = sheet.mark
        if state_word(sheet.state):
            text, tone = state_word(sheet.state), "attention"
        elif correcting:
            text, tone = _("correcting version {n}").format(n=mark.version if mark else 0), "attention"
        elif mark is not None:
            text, tone = _("in, version {n}").format(n=mark.version), "done"
        elif sheet.will_not_come:
            text, tone = _("will not come, as confirmed"), "attention"
        else:
            text, tone = _("not in yet"), "info"
        self._state.setText(text)
        parts.set_tone(self._state, tone)

    def _on_edited(self) -> None:
        self.show_sum()
        self.edited.emit()

    def _on_refused(self, sentence: str) -> None:
        self.tell(sentence, "wrong")

    def _on_finished(self) -> None:
        self.focus_total()

    def _on_up(self) -> None:
        if not self._read_only:
            self.form.focus_item(self.form.last_number)

    def _on_total_entered(self) -> None:
        if self._read_only:
            return
        try:
            self.paper_total_milli()
        except NumberProblem:
            self.tell(_("The paper total is not a number."), "wrong")
            return
        self.hand_in_wanted.emit()


def _others(sheet: OpenSheet, judges: Sequence[QueueRow]) -> str:
    words = [
        _("judge {seat}: {total}").format(
            seat=row.seat, total=_("not in") if row.total_milli is None else show_milli(row.total_milli)
        )
        for row in judges
        if row.seat != sheet.seat
    ]
    return "   ".join(words)
