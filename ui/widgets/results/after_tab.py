"""The tab of what comes after (补训补考, 历届记录, 裁判评分分析): below the pass line, history, the judges' report."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QButtonGroup, QPushButton, QStackedWidget

from data.actions import history as history_actions
from data.actions import resits
from data.actions.history import Kept
from data.exchange import below_pass_csv
from data.i18n import _, ngettext
from data.queries.below_pass import BelowPass, below_pass
from data.queries.history import HistoryState, history_state
from data.queries.judge_report import JudgeReport, judge_report
from data.queries.notice import today
from printing import below_pass as below_pass_pdf
from printing.judge_report import write_judge_report
from ui import dialogs
from ui.desk import Desk
from ui.pages.page import Page
from ui.task import Progress
from ui.widgets import parts
from ui.widgets.results.below_view import BelowView
from ui.widgets.results.history_view import HistoryView
from ui.widgets.results.report_view import ReportView
from ui.widgets.results.resit_dialog import ResitDayDialog, ResitResultDialog
from ui.widgets.results.result_tab import ResultTab

BELOW, HISTORY, REPORT = "below", "history", "report"
SECTIONS = (BELOW, HISTORY, REPORT)
_BOLDER = 28  # pixels that a title takes more when its chip is chosen, with the room around it


class AfterTab(ResultTab):
    """Sections that each read for themselves, in a worker, when they are in sight."""

    key = "after"
    tables = frozenset({"resit", "past_entry"})
    reads = True

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.section = BELOW
        self._chosen: list[int] = []  # entrants whose day is asked for
        self._resit = 0  # that is asked about
        self.below = BelowView(self.desk.settings)
        self.below.plan_wanted.connect(self._ask_day)
        self.below.record_wanted.connect(self._ask_result)
        self.below.cancel_wanted.connect(self._ask_cancel)
        self.below.csv_wanted.connect(self._ask_csv)
        self.below.pdf_wanted.connect(self._ask_pdf)
        self.below.line_wanted.connect(self._go_to_setup)
        self.history = HistoryView(self.desk.settings)
        self.history.keep_wanted.connect(self._keep)
        self.history.setup_wanted.connect(self._go_to_setup)
        self.report = ReportView()
        self.report.pdf_wanted.connect(self._ask_report)
        self.stack = QStackedWidget()
        for view in (self.below, self.history, self.report):
            self.stack.addWidget(view)
        self.chips = QButtonGroup(self)
        titles = (_("Below the pass line"), _("History for coming years"), _("Judges' report"))
        made = []
        for number, text in enumerate(titles):
            chip = QPushButton(text)
            chip.setProperty("role", "chip")
            chip.setObjectName(f"section:{SECTIONS[number]}")
            chip.setCheckable(True)
            chip.setMinimumWidth(chip.sizeHint().width() + _BOLDER)
            chip.setChecked(number == 0)
            self.chips.addButton(chip, number)
            made.append(chip)
        self.chips.idClicked.connect(self._on_section)
        self.room.addLayout(parts.row(*made, None))
        self.room.addWidget(self.stack, 1)

    def title(self) -> str:
        return _("Afterwards")

    def go_to(self, target: Any) -> bool:
        if target in SECTIONS:
            self.show_section(str(target))
            return True
        return super().go_to(target)

    def place(self) -> Any:
        return self.section

    def show_section(self, section: str) -> None:
        """Bring a section to the front; it is read anew."""
        self.section = section
        number = SECTIONS.index(section)
        self.chips.button(number).setChecked(True)
        self.stack.setCurrentIndex(number)
        self._stale = self.state is not None
        if self.isVisible():
            self.reread()

    def read(self, progress: Progress) -> tuple[str, Any]:
        section = self.section
        if section == REPORT:
            return section, judge_report(self.desk.store, progress)
        return section, below_pass(self.desk.store) if section == BELOW else history_state(self.desk.store)

    def show_found(self, found: tuple[str, Any]) -> None:
        section, value = found
        if isinstance(value, BelowPass):
            self.below.show_list(value)
        elif isinstance(value, HistoryState):
            self.history.show_history(value)
        elif isinstance(value, JudgeReport):
            self.report.show_report(value)
        self._stale = self._stale or section != self.section

    def _on_section(self, number: int) -> None:
        self.show_section(SECTIONS[number])

    def _go_to_setup(self) -> None:
        self.desk.go("setup")

    # Second chances

    def _ask_day(self) -> None:
        assert self.below.found is not None
        rows = self.below.plannable
        self._chosen = [row.entrant_id for row in rows]
        found = self.below.found
        ResitDayDialog(self.page, rows, found.event_date or today(self.desk.store).isoformat(), self._plan).open()

    def _plan(self, day: str, note: str) -> None:
        planned = resits.plan(self.desk.store, self.desk.actor, self._chosen, day, note)
        told = ngettext(
            "The second chance of {n} entrant is on {day}.", "The second chance of {n} entrants is on {day}.", planned
        )
        self.desk.say(told.format(n=planned, day=day))

    def _ask_result(self) -> None:
        row, found = self.below.chosen[0], self.below.found
        assert row.resit is not None
        assert found is not None
        ResitResultDialog(self.page, row, row.resit, found.pass_milli, self._record).open()

    def _record(self, resit: int, result: int, passed: bool | None, note: str, reason: str) -> None:
        was_passed = resits.record(
            self.desk.store, self.desk.actor, resit, result, passed=passed, note=note, reason=reason
        )
        self.desk.say(_("Noted: passed.") if was_passed else _("Noted: not passed."))

    def _ask_cancel(self) -> None:
        row = self.below.chosen[0]
        assert row.resit is not None
        self._resit = row.resit.id
        title = _("Take the second chance of {name} back?").format(name=row.name)
        dialogs.ask_reason(self.page, title, _("That it was planned stays in the log."), self._cancel)

    def _cancel(self, reason: str) -> None:
        self.page.attempt(resits.cancel, self.desk.store, self.desk.actor, self._resit, reason)

    def _ask_csv(self) -> None:
        self._ask_file(_("Save the list"), _("CSV files (*.csv)"), _("Below the pass line") + ".csv", self._write_csv)

    def _write_csv(self, path: Path) -> None:
        work = partial(_write_csv, self.desk, path, self.below.masked.isChecked())
        self.page.run(work, self._on_written, title=_("Writing the list"))

    def _ask_pdf(self) -> None:
        self._ask_file(_("Save the list"), _("PDF files (*.pdf)"), _("Below the pass line") + ".pdf", self._write_pdf)

    def _write_pdf(self, path: Path) -> None:
        work = partial(_write_pdf, self.desk, path, self.below.masked.isChecked())
        self.page.run(work, self._on_written, title=_("Writing the list"))

    # History

    def _keep(self) -> None:
        self.page.run(partial(_keep, self.desk), self._on_kept, title=_("Keeping who competed"))

    def _on_kept(self, kept: Kept) -> None:
        told = ngettext(
            "{n} person of result version {v} is kept: {added} new, {removed} taken away.",
            "{n} people of result version {v} are kept: {added} new, {removed} taken away.",
            kept.people,
        )
        self.desk.say(told.format(n=kept.people, v=kept.version, added=kept.added, removed=kept.removed))

    # The judges' report

    def _ask_report(self) -> None:
        self._ask_file(
            _("Save the judges' report"), _("PDF files (*.pdf)"), _("Judges' report") + ".pdf", self._write_report
        )

    def _write_report(self, path: Path) -> None:
        assert self.report.report is not None
        work = partial(_write_report, self.desk, path, self.report.report)
        self.page.run(work, self._on_written, title=_("Setting the judges' report"))

    def _ask_file(self, title: str, pattern: str, name: str, then: Callable[[Path], None]) -> None:
        dialogs.save_file(self.page, title, pattern, name, then)

    def _on_written(self, path: Path) -> None:
        self.desk.say(_("Saved: {file}").format(file=path.name))


# Work of a worker thread


def _write_csv(desk: Desk, path: Path, mask_names: bool, _progress: Progress) -> Path:
    below_pass_csv.write_below_pass(desk.store, path, mask_names=mask_names)
    return path


def _write_pdf(desk: Desk, path: Path, mask_names: bool, _progress: Progress) -> Path:
    below_pass_pdf.write_below_pass(desk.store, path, mask_names=mask_names)
    return path


def _keep(desk: Desk, _progress: Progress) -> Kept:
    return history_actions.keep(desk.store, desk.actor)


def _write_report(desk: Desk, path: Path, report: JudgeReport, progress: Progress) -> Path:
    write_judge_report(desk.store, path, report, progress)
    return path
