"""A sheet as the second person types it: empty, whatever the first one typed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from data.i18n import _, ngettext
from data.queries.readings import BlankSheet
from data.rules.decimals import NumberProblem, show_milli
from data.rules.marksheet import Value
from ui.widgets import parts
from ui.widgets.entry.sheet_form import SheetForm, in_spans
from ui.widgets.entry.sheet_head import SheetHead
from ui.widgets.entry.total_field import TotalField


class ReadPanel(QFrame):
    """Takes the items and the total of the paper. What the items add up to is not shown: the total is copied from the
    paper, or it would prove nothing.

    Signals: read_wanted (Enter on the total), edited.
    """

    read_wanted = Signal()
    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.head = SheetHead()
        self.form = SheetForm()
        self.form.edited.connect(self._on_edited)
        self.form.refused.connect(self._on_refused)
        self.form.finished.connect(self.focus_total)
        self.total = TotalField("readTotal")
        self.total.entered.connect(self._on_total)
        self.total.left.connect(self._on_up)
        self._told = parts.label("", wrap=True)
        self._told.setObjectName("readTold")
        self._full = parts.muted()
        self._total_only = False
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        layout.addWidget(self.head)
        layout.addWidget(parts.line())
        layout.addWidget(self.form, 1)
        layout.addStretch(0)
        layout.addWidget(parts.line())
        layout.addWidget(self._told)
        compare = parts.primary_button(_("Compare  Enter"), self._on_total, name="compare")
        layout.addLayout(parts.row(None, parts.muted(_("Paper total")), self.total, self._full, compare, spacing=12))

    def show_sheet(self, sheet: BlankSheet) -> None:
        """Show this sheet, with nothing in it."""
        self._total_only = sheet.total_only
        self.head.show_sheet(sheet)
        self.form.show_sheet(sheet.items, {}, read_only=sheet.total_only)
        self.form.setVisible(not sheet.total_only)
        self.total.clear()
        self._full.setText(f"/ {show_milli(sheet.full_milli)}")
        self._tell_state()

    def focus_first(self) -> None:
        """Put the cursor where typing begins."""
        if self._total_only:
            self.focus_total()
        else:
            self.form.focus_item()

    def focus_total(self) -> None:
        self.total.setFocus(Qt.FocusReason.TabFocusReason)

    def values(self) -> dict[int, Value]:
        """What is typed, by item number; nothing for a total alone."""
        return {} if self._total_only else self.form.values()

    def tell(self, text: str, tone: str) -> None:
        """Say one line below the items; tone: wrong | attention | done | muted."""
        self._told.setText(text)
        parts.set_tone(self._told, tone)

    def _tell_state(self) -> None:
        missing = () if self._total_only else self.form.score().missing
        if self._total_only:
            self.tell(_("The first entry is a total alone: type the total that stands on the paper."), "muted")
        elif missing:
            n = len(missing)
            sentence = ngettext("{n} item is not entered yet: {numbers}", "{n} items are not entered yet: {numbers}", n)
            self.tell(sentence.format(n=n, numbers=in_spans(missing)), "attention")
        else:
            self.tell(_("Now the total that stands on the paper; type - where none stands there."), "muted")

    def _on_edited(self) -> None:
        self._tell_state()
        self.edited.emit()

    def _on_refused(self, sentence: str) -> None:
        self.tell(sentence, "wrong")

    def _on_up(self) -> None:
        if not self._total_only:
            self.form.focus_item(self.form.last_number)

    def _on_total(self) -> None:
        if not self._total_only and self.form.score().missing:
            self._tell_state()
            self.form.focus_item()
            return
        try:
            total = self.total.milli()
        except NumberProblem:
            self.tell(_("The paper total is not a number."), "wrong")
            self.focus_total()
            return
        if total is None and (self._total_only or not self.total.says_none):
            self.tell(
                _("Type the total that stands on the paper.")
                if self._total_only
                else _("Type the total that stands on the paper; type - where none stands there."),
                "attention",
            )
            self.focus_total()
            return
        self.read_wanted.emit()
