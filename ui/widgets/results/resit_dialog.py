"""The two dialogs of a second chance: on which day it is, and how it went."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QDateEdit, QDialog, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from data.actions.resits import LONGEST_NOTE
from data.errors import UserError
from data.i18n import _, ngettext
from data.queries.below_pass import BelowRow, ResitRow
from data.queries.list_words import in_a_row
from data.rules.decimals import NumberProblem, read_milli, show_milli
from ui.widgets import parts
from ui.widgets.choice import Choice
from ui.widgets.problem import problem_label, tell

_WIDTH = 460
_NAMES_SHOWN = 8
_LATER = timedelta(days=14)  # proposed after the event: they train first
BY_LINE, PASSED, NOT_PASSED = "line", "passed", "not_passed"

Plan = Callable[[str, str], None]  # day, note
Record = Callable[[int, int, bool | None, str, str], None]  # resit, thousandths of a per cent, passed, note, reason


class ResitDayDialog(QDialog):
    """Asks for a day and a note and hands them to `save(day, note)`; what it refuses is shown, and the dialog stays.

    held: the day of the event, or today where it has none; the day that is proposed is two weeks later.
    """

    def __init__(self, parent: QWidget, rows: Sequence[BelowRow], held: str, save: Plan) -> None:
        super().__init__(parent)
        self._save = save
        title = _("Day of the second chance")
        layout = parts.dialog_frame(self, "resitDay", title, _WIDTH)
        layout.addWidget(parts.heading(title))
        names = in_a_row([row.name for row in rows], _NAMES_SHOWN)
        told = ngettext("{n} entrant: {names}", "{n} entrants: {names}", len(rows))
        layout.addWidget(parts.label(told.format(n=len(rows), names=names), wrap=True))
        former = next((row.resit for row in rows if row.resit is not None and row.resit.passed is None), None)
        self.day = QDateEdit()
        self.day.setObjectName("resitDate")
        self.day.setAccessibleName(_("Day"))
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat("yyyy-MM-dd")
        proposed = date.fromisoformat(former.date) if former else date.fromisoformat(held) + _LATER
        self.day.setDate(QDate(proposed.year, proposed.month, proposed.day))
        self.note = _line("resitNote", _("Note"), former.note if former else "")
        self.note.setPlaceholderText(_("such as the place and the time"))
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.addRow(_("Day"), self.day)
        form.addRow(_("Note"), self.note)
        layout.addLayout(form)
        self.problem = problem_label("resitProblem")
        layout.addWidget(self.problem)
        _add_buttons(self, layout, _("Set the day"), self._on_save)

    def _on_save(self) -> None:
        try:
            self._save(self.day.date().toString("yyyy-MM-dd"), self.note.text())
        except UserError as error:
            tell(self.problem, error)
            return
        self.accept()


class ResitResultDialog(QDialog):
    """Asks how it went and hands it to `save(resit_id, result_milli, passed, note, reason)`; `passed` None goes by the
    pass line. What it refuses is shown, and the dialog stays."""

    def __init__(self, parent: QWidget, row: BelowRow, resit: ResitRow, pass_milli: int | None, save: Record) -> None:
        super().__init__(parent)
        self._save = save
        self._resit = resit
        self._corrects = resit.passed is not None
        title = _("Correct the result") if self._corrects else _("Result of the second chance")
        layout = parts.dialog_frame(self, "resitResult", title, _WIDTH)
        layout.addWidget(parts.heading(title))
        who = " · ".join(part for part in (row.number, row.name, row.unit, resit.date) if part)
        layout.addWidget(parts.label(who, wrap=True))
        shown = "" if resit.result_milli is None else show_milli(resit.result_milli)
        self.result = _line("resitPercent", _("Result in per cent"), shown)
        self.outcome = Choice()
        self.outcome.setObjectName("resitOutcome")
        self.outcome.setAccessibleName(_("Outcome"))
        offered = [(PASSED, _("passed")), (NOT_PASSED, _("not passed"))]
        if pass_milli is not None:
            offered.insert(0, (BY_LINE, _("by the pass line, {line}").format(line=show_milli(pass_milli))))
        self.outcome.offer(offered)
        self.note = _line("resultNote", _("Note"), resit.note)
        self.reason = _line("resultReason", _("Reason"), "")
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.addRow(_("Result in per cent"), self.result)
        form.addRow(_("Outcome"), self.outcome)
        form.addRow(_("Note"), self.note)
        if self._corrects:
            form.addRow(_("Reason"), self.reason)
        layout.addLayout(form)
        self.problem = problem_label("resitProblem")
        layout.addWidget(self.problem)
        _add_buttons(self, layout, _("Save the result"), self._on_save)
        self.result.setFocus()
        self.result.selectAll()

    def _on_save(self) -> None:
        try:
            result = read_milli(self.result.text())
        except NumberProblem:
            tell(self.problem, _("The result is a number from 0 to 100, such as 78.5."))
            return
        passed = {BY_LINE: None, PASSED: True, NOT_PASSED: False}[self.outcome.currentData()]
        try:
            self._save(self._resit.id, result, passed, self.note.text(), self.reason.text())
        except UserError as error:
            tell(self.problem, error)
            return
        self.accept()


def _line(name: str, title: str, text: str) -> QLineEdit:
    made = QLineEdit(text)
    made.setObjectName(name)
    made.setAccessibleName(title)
    made.setMaxLength(LONGEST_NOTE)
    return made


def _add_buttons(dialog: QDialog, layout: QVBoxLayout, verb: str, save: Callable[[], None]) -> None:
    yes = parts.primary_button(verb, save, name="saveResit")
    yes.setDefault(True)
    layout.addLayout(parts.row(None, parts.button(_("Cancel"), dialog.reject, name="no"), yes))
