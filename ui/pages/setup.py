"""Setup 筹备: the plan of the event, taken from a template or a workbook, edited in tables, and saved as a whole."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QMenu, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from data.actions.setup import save_plan
from data.exchange.plan_tables import Finding, PlanReading
from data.exchange.plan_workbook import read_plan, write_plan, write_template
from data.i18n import _
from data.queries.plan import current_plan, is_set_up
from data.queries.plan_state import has_begun
from data.queries.templates import Template
from data.rules.plan_layout import EVENT, LAYOUTS
from ui import dialogs
from ui.desk import Desk
from ui.models.plan_draft import draft_of
from ui.pages.page import Page
from ui.pages.setup_start import SetupStart
from ui.pages.setup_words import finding_place, sheet_title
from ui.widgets import parts
from ui.widgets.desk.operators_view import OperatorsView
from ui.widgets.plan.plan_findings import PlanFindings
from ui.widgets.plan.plan_form import PlanForm
from ui.widgets.plan.plan_section import PlanSection

Section = PlanForm | PlanSection | OperatorsView
_SHEETS = (*(layout.name for layout in LAYOUTS), OperatorsView.sheet)  # of the tabs


class SetupPage(Page):
    """Views and edits the plan, and says who signs in. Targets: the name of a sheet of the plan workbook, a Finding,
    or OperatorsView.sheet."""

    key = "setup"
    tables = frozenset({"event", "division", "unit", "sheet", "item", "station", "station_division", "component"}) | {
        "component_station",
        "award_level",
        "judge",
        "break",
        "session",
        "walk",
        "operator",
    }

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.draft = draft_of(desk)
        self._of_file: tuple[Finding, ...] = ()
        self._closing = False
        self._watched: QWidget | None = None
        self._undo = self.add_action(_("Undo"), self.draft.undo)
        self._revert = self.add_action(_("Revert"), self.ask_revert)
        self._files = self.add_action(_("Workbook"), self._show_files)
        self._save = self.set_primary(_("Save"), self.save)
        self._menu = QMenu(self)
        self._menu.addAction(_("Import plan workbook…"), self.ask_import)
        self._export = self._menu.addAction(_("Export plan workbook…"), self.ask_export)
        self._menu.addAction(_("Export empty template…"), self.ask_template)
        self._start = SetupStart()
        self._start.template.connect(self.take_template)
        self._start.workbook.connect(self.ask_import)
        self._start.blank.connect(self.take_blank)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._start)
        self._stack.addWidget(self._build_editor())
        self.body.addWidget(self._stack, 1)
        for keys, slot in (("Ctrl+Z", self.draft.undo), ("Ctrl+Y", self.draft.redo), ("Ctrl+S", self.save)):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)
        self.draft.changed.connect(self._show_draft)

    def title(self) -> str:
        return _("Setup")

    def purpose(self) -> str:
        draft = draft_of(self.desk)
        if not draft.is_started:
            return _("The plan says who competes where, how it is judged, and what is awarded.")
        if draft.is_changed:
            return _("There are changes that are not saved yet.")
        return _("The plan of the event is saved. Change any cell and save again.")

    def keys(self) -> list[tuple[str, str]]:
        return [
            ("Ctrl+S", _("Save the plan")),
            ("Ctrl+Z / Ctrl+Y", _("Undo or redo an edit")),
            ("Ctrl+V", _("Paste cells of a spreadsheet")),
        ]

    def refresh(self) -> None:
        if not self.draft.is_changed:
            self.draft.start(current_plan(self.desk.store) if is_set_up(self.desk.store) else None)
        self._show_draft()

    def show_target(self, target: Any) -> None:
        if isinstance(target, Finding):
            self._show_finding(target)
        else:
            self._show_sheet(str(target))

    def take_template(self, template: Template) -> None:
        """Begin with a built-in plan; nothing is stored before it is saved."""
        self.attempt(self._take_file, template.path)

    def take_blank(self) -> None:
        """Begin with an empty plan."""
        self.draft.take({layout.name: self.draft.rows(layout.name) for layout in LAYOUTS})

    def ask_import(self) -> None:
        dialogs.choose_file(self, _("Import plan workbook"), _("Plan workbook (*.xlsx *.xls *.ods)"), self.import_file)

    def import_file(self, path: Path) -> None:
        """Show the plan of a workbook as an unsaved edit."""
        if self.attempt(self._take_file, path):
            self.desk.say(_("{name} was read. Look through it, then save.").format(name=path.name))

    def ask_export(self) -> None:
        name = f"{self.draft.event_value('名称') or _('Plan')}.xlsx"
        dialogs.save_file(self, _("Export plan workbook"), _("Plan workbook (*.xlsx)"), name, self.export)

    def export(self, path: Path) -> None:
        """Write the stored plan, or the unsaved one if it can be read."""
        plan = self.draft.reading().plan
        if plan and self.attempt(write_plan, plan, path):
            self.desk.say(_("The plan was written to {path}.").format(path=path))

    def ask_template(self) -> None:
        name = _("Event plan template") + ".xlsx"
        dialogs.save_file(self, _("Export empty template"), _("Plan workbook (*.xlsx)"), name, self.export_template)

    def export_template(self, path: Path) -> None:
        """Write an empty plan workbook."""
        if self.attempt(write_template, path):
            self.desk.say(_("The empty template was written to {path}.").format(path=path))

    def save(self) -> None:
        """Save the draft; ask why if the event has begun; lead to the first error if there is one."""
        self._commit()
        if not self.draft.is_changed:
            return
        if self._errors():
            self._findings.show_first()
            self.desk.say(_("The plan has errors and was not saved. The first one is shown."))
        elif has_begun(self.desk.store):
            text = _("The event has begun. Why does the plan change? The reason goes into the audit log.")
            dialogs.ask_reason(self, _("Save the plan"), text, self.save_because)
        else:
            self.save_because("")

    def save_because(self, reason: str) -> None:
        """Save the draft with this reason."""
        plan = self.draft.reading().plan
        if plan and self.attempt(save_plan, self.desk.store, self.desk.actor, plan, reason):
            self._of_file = ()
            self.draft.start(current_plan(self.desk.store))
            self.desk.say(_("The plan was saved."))

    def ask_revert(self) -> None:
        text = _("All edits since the plan was last saved are lost.")
        dialogs.confirm(self, _("Revert to the saved plan?"), text, self.revert, yes=_("Revert"), danger=True)

    def revert(self) -> None:
        """Throw the edits away."""
        self._of_file = ()
        self.draft.start(current_plan(self.desk.store) if is_set_up(self.desk.store) else None)

    def _build_editor(self) -> QWidget:
        self._file_strip = QVBoxLayout()
        self._tabs = QTabBar()
        self._tabs.setObjectName("setupTabs")
        self._tabs.setExpanding(False)
        self._tabs.setUsesScrollButtons(True)
        self._pages = QStackedWidget()
        self._sections: dict[str, Section] = {}  # by sheet, each made when its tab is first shown
        for layout in LAYOUTS:
            self._tabs.addTab(sheet_title(layout.name))
        self._tabs.addTab(_("Who signs in"))
        self._findings = PlanFindings()
        self._findings.wanted.connect(self._show_finding)
        self._tabs.currentChanged.connect(self._on_tab)
        editor = QWidget()
        column = QVBoxLayout(editor)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self._file_strip)
        column.addWidget(self._tabs)
        column.addWidget(self._pages, 1)
        column.addWidget(self._findings)
        return editor

    def _take_file(self, path: Path) -> None:
        self._commit()
        reading = read_plan(path)
        self._of_file = reading.of_file
        self.draft.take(reading.tables)

    def _show_draft(self) -> None:
        started, changed = self.draft.is_started, self.draft.is_changed
        self._stack.setCurrentIndex(1 if started else 0)
        for button in (self._undo, self._revert, self._save):
            button.setVisible(started)
        self._undo.setEnabled(self.draft.can_undo)
        self._revert.setEnabled(changed)
        self._save.setEnabled(changed)
        self._purpose.setText(self.purpose())
        if not started:
            return
        reading = self.draft.reading()
        self._export.setEnabled(reading.plan is not None)
        self._findings.show_findings(reading.findings)
        self._show_tabs(reading)
        parts.clear(self._file_strip)
        if self._of_file:
            words = _("{place}: {message}")
            lines = [words.format(place=finding_place(finding), message=finding.message) for finding in self._of_file]
            self._file_strip.addWidget(parts.strip("\n".join(lines), "attention"))
        self._show_section()

    def _show_section(self) -> None:
        section = self._shown()
        self._pages.setCurrentWidget(section)
        section.refresh()

    def _shown(self) -> Section:
        """What the chosen tab shows."""
        sheet = _SHEETS[self._tabs.currentIndex()]
        if sheet not in self._sections:
            self._sections[sheet] = self._make_section(sheet)
            self._pages.addWidget(self._sections[sheet])
        return self._sections[sheet]

    def _make_section(self, sheet: str) -> Section:
        if sheet == OperatorsView.sheet:
            return OperatorsView(self.desk)
        if sheet == EVENT:
            return PlanForm(self.draft)
        section = PlanSection(self.draft, sheet)
        section.told.connect(self.desk.say)
        return section

    def _show_tabs(self, reading: PlanReading) -> None:
        wrong = {finding.sheet for finding in reading.errors}
        for number, layout in enumerate(LAYOUTS):
            mark = f" {parts.MARKS['wrong']}" if layout.name in wrong else ""
            self._tabs.setTabText(number, sheet_title(layout.name) + mark)

    def _errors(self) -> tuple[Finding, ...]:
        return self.draft.reading().errors

    def _show_sheet(self, sheet: str) -> None:
        if sheet in _SHEETS:
            self._tabs.setCurrentIndex(_SHEETS.index(sheet))

    def _show_finding(self, finding: Finding) -> None:
        self._show_sheet(finding.sheet)
        section = self._shown()
        assert not isinstance(section, OperatorsView)
        section.show_row(finding.row - 1, finding.column)

    def _commit(self) -> None:
        """Take over what is being typed."""
        if not self.draft.is_started:
            return
        self.setFocus()
        form = self._sections.get(EVENT)
        if isinstance(form, PlanForm):
            form.commit()

    def _on_tab(self, _number: int) -> None:
        self._show_section()

    def _show_files(self) -> None:
        self._menu.popup(self._files.mapToGlobal(self._files.rect().bottomLeft()))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._watched is not self.window():
            self._watched = self.window()
            self._watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QCloseEvent) and watched is self._watched and self.draft.is_changed and not self._closing:
            event.ignore()
            text = _("The plan has changes that are not saved. If you close now, they are lost.")
            title, yes = _("Close without saving the plan?"), _("Close without saving")
            dialogs.confirm(self, title, text, self._close_window, yes=yes, danger=True)
            return True
        return super().eventFilter(watched, event)

    def _close_window(self) -> None:
        self._closing = True
        self.window().close()
