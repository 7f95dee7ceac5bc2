"""What a granted appeal changes: the judge's sheet, the visit, or the theory mark, as it is and to be corrected."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QLineEdit, QVBoxLayout, QWidget

from data.actions.appeals import Correction, SheetCorrection, TheoryCorrection, VisitCorrection
from data.actions.marks import VISIT_STATES
from data.i18n import _
from data.queries import appeals, scores
from data.queries.appeals import AppealRow
from data.queries.mark_words import state_word
from data.rules.decimals import read_milli, show_milli
from data.store import Store
from ui.widgets import parts
from ui.widgets.choice import Choice
from ui.widgets.entry.sheet_form import SheetForm
from ui.widgets.entry.visit_strip import VisitStrip

_SHEET_HEIGHT = 150  # least; the dialog opens with more


class CorrectionForm(QWidget):
    """Shows what an appeal is about, to be corrected; `correction` is what stands there now."""

    def __init__(self, store: Store, row: AppealRow) -> None:
        super().__init__()
        self._about = row.about
        self._total_only = False
        self.sheet = SheetForm()
        self.sum = parts.heading("")
        self.sum.setObjectName("correctedSum")
        self.total = _line("correctedTotal", _("Total"))
        self.visit = VisitStrip()
        self.state = Choice()
        self.state.setObjectName("correctedState")
        self.theory = _line("correctedTheory", _("Theory mark"))
        room = QVBoxLayout(self)
        room.setContentsMargins(0, 0, 0, 0)
        if row.about == appeals.MARK:
            self._show_sheet(room, store, row)
        elif row.about == appeals.VISIT:
            self._show_visit(room, store, row)
        elif row.about == appeals.THEORY:
            subject = next(one for one in appeals.subjects(store, row.entrant_id) if one.about == appeals.THEORY)
            room.addWidget(parts.muted(_("As it is: {what}").format(what=subject.text)))
            room.addLayout(_titled(_("Theory mark"), self.theory))
        else:
            words = _(
                "What follows from it is done where it belongs: a play-off, a state, an honour. The appeal only needs "
                "its decision here."
            )
            room.addWidget(parts.muted(words, wrap=True))

    def correction(self) -> Correction | None:
        """What is to be from now on. Raises NumberProblem."""
        if self._about == appeals.MARK:
            if self._total_only:
                return SheetCorrection({}, read_milli(self.total.text().strip()))
            return SheetCorrection(self.sheet.values())
        if self._about == appeals.VISIT:
            return VisitCorrection(
                self.visit.seconds_milli(),
                self.visit.overtime_milli(),
                self.visit.penalty_milli(),
                str(self.state.currentData()),
            )
        if self._about == appeals.THEORY:
            return TheoryCorrection(read_milli(self.theory.text().strip()))
        return None

    def _show_sheet(self, room: QVBoxLayout, store: Store, row: AppealRow) -> None:
        assert row.visit_id is not None
        assert row.seat is not None
        sheet = scores.open_sheet(store, row.visit_id, row.seat)
        assert sheet.mark is not None
        self._total_only = sheet.mark.total_only
        before = show_milli(sheet.mark.total_milli)
        judge = " · ".join(filter(None, (row.what, sheet.judge)))
        room.addWidget(parts.muted(_("As it is: {what}").format(what=f"{judge} · {before}")))
        if self._total_only:
            self.total.setText(before)
            room.addLayout(_titled(_("Total"), self.total))
            return
        self.sheet.setMinimumHeight(_SHEET_HEIGHT)
        self.sheet.show_sheet(sheet.items, sheet.mark.values, read_only=False)
        self.sheet.edited.connect(self._show_sum)
        room.addWidget(self.sheet, 1)
        room.addLayout(parts.row(None, parts.muted(_("Total")), self.sum))
        self._show_sum()

    def _show_sum(self) -> None:
        total = self.sheet.score().total_milli
        self.sum.setText("–" if total is None else show_milli(total))

    def _show_visit(self, room: QVBoxLayout, store: Store, row: AppealRow) -> None:
        assert row.visit_id is not None
        sheet = scores.open_sheet(store, row.visit_id, 1)
        self.visit.show_visit(sheet)
        self.state.offer([(state, state_word(state) or _("competes")) for state in VISIT_STATES])
        self.state.setCurrentIndex(max(self.state.findData(sheet.visit_state), 0))
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        form.addRow(_("Time used"), self.visit.seconds)
        form.addRow(_("Overtime"), self.visit.overtime)
        form.addRow(_("Penalty"), self.visit.penalty)
        form.addRow(_("State"), self.state)
        room.addLayout(form)


def _line(name: str, title: str) -> QLineEdit:
    made = QLineEdit()
    made.setObjectName(name)
    made.setAccessibleName(title)
    made.setFixedWidth(96)
    made.setAlignment(Qt.AlignmentFlag.AlignRight)
    made.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
    return made


def _titled(title: str, field: QLineEdit) -> QFormLayout:
    form = QFormLayout()
    form.addRow(title, field)
    return form
