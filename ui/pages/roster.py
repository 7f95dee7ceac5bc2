"""Roster: import what the hospitals send, look at the pool, mend it by hand."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QComboBox, QStackedWidget, QTabWidget, QWidget

from data.actions import roster as actions
from data.actions.roster import ImportResult, PersonInput
from data.exchange.history_csv import read_history
from data.exchange.roster_files import read_rosters, write_problems, write_template
from data.i18n import _, ngettext
from data.queries import roster
from data.queries.plan import current_plan, is_set_up
from data.queries.roster import PersonRow, PoolCount
from data.queries.roster_import import ImportPreview, preview_import
from data.rules.plan import Plan
from data.rules.roster import CellProblem, HistoryReading
from ui import dialogs
from ui.desk import Desk
from ui.models.rows import Column
from ui.pages.page import Page
from ui.task import Progress
from ui.widgets import parts
from ui.widgets.import_preview import ImportPreviewPanel
from ui.widgets.person_dialog import PersonDialog
from ui.widgets.table import Filter, Table

_PATTERN = "*.xlsx *.xls *.ods *.csv *.et *.txt"
_MOST_PROBLEMS_SHOWN = 5


class RosterPage(Page):
    """The pool as a table, or the preview of an import. A target is a person's id, or "import"."""

    key = "roster"
    tables = frozenset({"event", "unit", "division", "person", "past_entry", "entrant"})
    _people: Sequence[PersonRow] = ()
    _history = 0

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._plan: Plan | None = None
        self._paths: list[Path] = []
        self._preview: ImportPreview | None = None
        self._person_id: int | None = None
        self.setAcceptDrops(True)
        self._actions_shown = [
            self.add_action(_("Add a person…"), self._add_person),
            self.add_action(_("Import earlier years…"), self._choose_history),
            self.add_action(_("Import a folder…"), self._choose_folder),
            self.set_primary(_("Import rosters…"), self._choose_files),
        ]
        self._stack = QStackedWidget()
        self._no_plan = parts.empty_state(
            _("The event has no units yet."),
            _("Set up the plan first: its units and divisions say where each person belongs."),
            parts.primary_button(_("Go to setup"), self._go_to_setup),
        )
        self._no_people = parts.empty_state(
            _("Nobody is on the roster yet."),
            _("Drop the hospitals' files or their folder here, or choose them: Excel, WPS, ODS or CSV."),
            parts.button(_("Save an empty roster…"), self._choose_template),
            parts.button(_("Import a folder…"), self._choose_folder),
            parts.primary_button(_("Import rosters…"), self._choose_files),
        )
        self._staff = QWidget()
        self._preview_panel = ImportPreviewPanel(desk.settings)
        self._preview_panel.accepted.connect(self._import)
        self._preview_panel.refused.connect(self._leave_preview)
        self._preview_panel.problems_wanted.connect(self._choose_problems)
        self._tabs = QTabWidget()
        self._tabs.setDocumentMode(True)
        self._tabs.currentChanged.connect(self._on_tab)
        self._table: Table | None = None
        self._units = QComboBox()
        self._counts = Table("poolCounts", _count_columns(), desk.settings)
        for widget in (self._no_plan, self._no_people, self._tabs, self._preview_panel):
            self._stack.addWidget(widget)
        self.body.addWidget(self._stack, 1)

    def title(self) -> str:
        return _("Roster")

    def purpose(self) -> str:
        if not self._people:
            return _("Here the staff of every unit come in: each hospital's own file, as it is.")
        units = len({row.unit for row in self._people})
        people = ngettext("{n} person", "{n} people", len(self._people)).format(n=len(self._people))
        words = ngettext("{people} of {n} unit can be drawn.", "{people} of {n} units can be drawn.", units)
        told = words.format(people=people, n=units)
        if self._history:
            entries = ngettext("{n} entry of earlier years.", "{n} entries of earlier years.", self._history)
            told = f"{told} {entries.format(n=self._history)}"
        return told

    def refresh(self) -> None:
        store = self.desk.store
        plan = current_plan(store) if is_set_up(store) else None
        if plan is not None and (self._plan is None or plan.divisions != self._plan.divisions):
            self._build_table(plan)
        self._plan = plan
        self._people = roster.people(store) if plan else ()
        self._history = roster.history_size(store)
        if plan is not None:
            self._offer_units(plan)
            self._show_people()
            self._counts.set_rows(roster.pool_counts(store))
        self._show_right_part()

    def show_target(self, target: Any) -> None:
        """Bring a person into sight by id; anything else opens the choice of files."""
        if isinstance(target, int) and self._table is not None:
            self._leave_preview()
            self._tabs.setCurrentIndex(0)
            self._units.setCurrentIndex(0)
            self._table.set_search("")
            self._table.choose(target)

    def import_paths(self, paths: Sequence[Path]) -> None:
        """Read these files and folders and show what importing them would do."""
        self._paths = list(paths)
        self.run(self._read, self._on_read, title=_("Reading the rosters"))

    def _build_table(self, plan: Plan) -> None:
        filters = [
            Filter(division.title, _of_division(division.code))
            for division in plan.divisions
            if division.entry == "individual"
        ]
        while self._tabs.count():
            self._tabs.removeTab(0)
        if self._table is not None:
            self._table.deleteLater()
        table = Table("staff", _person_columns(), self.desk.settings, filters=filters, key=_person_id)
        table.opened.connect(self._edit_person)
        self._units = QComboBox()
        self._units.setObjectName("unitFilter")
        self._units.setAccessibleName(_("Unit"))
        self._units.setMaximumWidth(220)
        self._units.currentIndexChanged.connect(self._show_people)
        self._edit = parts.button(_("Change…"), self._edit_current, name="editPerson")
        self._remove = parts.button(_("Remove…"), self._ask_remove, name="removePeople")
        corner = QWidget()
        corner.setLayout(parts.row(self._units, self._edit, self._remove))
        corner.layout().setContentsMargins(0, 0, 0, 4)
        self._tabs.setCornerWidget(corner)
        self._table = table
        self._tabs.addTab(table, _("Staff"))
        self._tabs.addTab(self._counts, _("By unit and division"))

    def _offer_units(self, plan: Plan) -> None:
        names = [_("All units"), *(unit.name for unit in plan.units)]
        if [self._units.itemText(number) for number in range(self._units.count())] != names:
            chosen = self._units.currentText()
            self._units.clear()
            self._units.addItems(names)
            self._units.setCurrentIndex(max(0, self._units.findText(chosen)))

    def _on_tab(self, number: int) -> None:
        tools = self._tabs.cornerWidget()
        if tools is not None:
            tools.setVisible(number == 0)

    def _show_people(self) -> None:
        if self._table is None:
            return
        unit = self._units.currentText() if self._units.currentIndex() > 0 else ""
        self._table.set_rows([row for row in self._people if not unit or row.unit == unit])

    def _show_right_part(self) -> None:
        if self._preview is not None:
            wanted: QWidget = self._preview_panel
        elif self._plan is None or not self._plan.units:
            wanted = self._no_plan
        else:
            wanted = self._tabs if self._people else self._no_people
        self._stack.setCurrentWidget(wanted)
        for button in self._actions_shown:
            button.setVisible(wanted is self._tabs)
        if wanted is self._no_people:
            self._actions_shown[0].show()
            self._actions_shown[1].show()

    def _go_to_setup(self) -> None:
        self.desk.go("setup")

    # Import

    def _choose_files(self) -> None:
        pattern = _("Rosters ({pattern})").format(pattern=_PATTERN)
        dialogs.choose_files(self, _("Import rosters"), pattern, self.import_paths)

    def _choose_folder(self) -> None:
        dialogs.choose_folder(self, _("Import a folder"), self._import_folder)

    def _import_folder(self, folder: Path) -> None:
        self.import_paths([folder])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.is_busy or self._plan is None or not self._plan.units:
            return  # what is being imported must not be exchanged meanwhile
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.import_paths([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    def _read(self, progress: Progress) -> ImportPreview:
        return preview_import(self.desk.store, read_rosters(self._paths, progress))

    def _on_read(self, preview: ImportPreview) -> None:
        self._preview = preview
        self._preview_panel.show_preview(preview)
        self._show_right_part()

    def _import(self) -> None:
        self.run(self._import_in_thread, self._on_imported, title=_("Importing the rosters"))

    def _import_in_thread(self, _progress: Progress) -> ImportResult:
        assert self._preview is not None
        return actions.import_people(self.desk.store, self.desk.actor, self._preview)

    def _on_imported(self, result: ImportResult) -> None:
        self.desk.say(
            _("Roster imported: {added} added, {changed} changed, {same} unchanged, {refused} refused.").format(
                added=result.added, changed=result.changed, same=result.same, refused=result.refused
            )
        )
        self._leave_preview()

    def _leave_preview(self) -> None:
        self._preview = None
        self.reread()

    def _choose_problems(self) -> None:
        name = _("Roster problems") + ".xlsx"
        dialogs.save_file(self, _("Save the list of problems"), "Excel (*.xlsx)", name, self._save_problems)

    def _save_problems(self, path: Path) -> None:
        assert self._preview is not None
        if self.attempt(write_problems, path, self._preview.refused):
            self.desk.say(_("Saved: {path}").format(path=path))

    def _choose_template(self) -> None:
        name = _("Roster") + ".xlsx"
        dialogs.save_file(self, _("Save an empty roster"), "Excel (*.xlsx)", name, self._save_template)

    def _save_template(self, path: Path) -> None:
        if self.attempt(write_template, path):
            self.desk.say(_("Saved: {path}").format(path=path))

    # Earlier years

    def _choose_history(self) -> None:
        pattern = _("Earlier years ({pattern})").format(pattern=_PATTERN)
        dialogs.choose_file(self, _("Import earlier years"), pattern, self.import_history)

    def import_history(self, path: Path) -> None:
        """Take who competed in earlier years from this file."""
        self._paths = [path]
        self.run(self._import_history_in_thread, self._on_history, title=_("Importing earlier years"))

    def _import_history_in_thread(self, _progress: Progress) -> tuple[int, HistoryReading]:
        reading = read_history(self._paths[0])
        return actions.import_history(self.desk.store, self.desk.actor, reading.rows), reading

    def _on_history(self, result: tuple[int, HistoryReading]) -> None:
        new, reading = result
        told = ngettext(
            "{n} entry read, {new} new or changed.", "{n} entries read, {new} new or changed.", len(reading.rows)
        )
        told = told.format(n=len(reading.rows), new=new)
        self.desk.say(told)
        if reading.problems:
            lines = [_problem_line(problem) for problem in reading.problems[:_MOST_PROBLEMS_SHOWN]]
            more = len(reading.problems) - len(lines)
            if more:
                lines.append(ngettext("and {n} more", "and {n} more", more).format(n=more))
            title = _("Some rows of earlier years were left out")
            if not reading.rows:
                title = _("The file has no earlier years")
            dialogs.inform(self, title, "\n".join([told, *lines]))

    # By hand

    def _add_person(self) -> None:
        if self._plan is not None:
            self._person_id = None
            PersonDialog(self, self._plan, None, self._save_person).open()

    def _edit_current(self) -> None:
        row = self._table.current() if self._table is not None else None
        if row is not None:
            self._edit_person(row)

    def _edit_person(self, row: PersonRow) -> None:
        assert self._plan is not None
        self._person_id = row.id
        PersonDialog(self, self._plan, roster.person(self.desk.store, row.id), self._save_person).open()

    def _save_person(self, typed: PersonInput, reason: str) -> None:
        if self._person_id is None:
            self._person_id = actions.add_person(self.desk.store, self.desk.actor, typed, reason)
        else:
            actions.change_person(self.desk.store, self.desk.actor, self._person_id, typed, reason)
        self.desk.say(_("Saved: {name}").format(name=typed.name))

    def _ask_remove(self) -> None:
        chosen = self._table.selected() if self._table is not None else []
        if chosen:
            names = "、".join(row.name for row in chosen[:_MOST_PROBLEMS_SHOWN])
            words = ngettext(
                "{n} person leaves the roster: {names}.",
                "{n} people leave the roster, among them {names}.",
                len(chosen),
            ).format(n=len(chosen), names=names)
            self._leaving = [row.id for row in chosen]
            dialogs.ask_reason(self, _("Remove from the roster"), words, self._remove_people)

    def _remove_people(self, reason: str) -> None:
        self.attempt(actions.remove_people, self.desk.store, self.desk.actor, self._leaving, reason)


def _problem_line(problem: CellProblem) -> str:
    place = problem.cell or (str(problem.row) if problem.row else problem.file)
    return f"{place}: {problem.message}"


def _person_id(row: PersonRow) -> int:
    return row.id


def _of_division(code: str) -> Any:
    def accepts(row: PersonRow) -> bool:
        return row.division_code == code

    return accepts


def _person_columns() -> list[Column]:
    def year(row: PersonRow) -> str:
        return str(row.last_year or "")

    def state(row: PersonRow) -> str:
        if row.entrant_id is not None:
            return _("drawn")
        return _("without a draw") if row.seeded else ""

    return [
        Column(_("Name"), lambda row: row.name, width=110, bold=True),
        Column(_("Unit"), lambda row: row.unit, width=190),
        Column(_("Division"), lambda row: row.division_title, width=120),
        Column(_("Sex"), lambda row: row.sex, width=56),
        Column(_("ID number"), lambda row: row.id_masked, width=180),
        Column(
            _("Last competed"),
            year,
            sort=lambda row: row.last_year,
            width=116,
            right=True,
            tone=lambda row: "attention" if row.recent else "",
            tip=_year_tip,
        ),
        Column(_("Draw"), state, width=110, tone=lambda row: "done" if row.entrant_id is not None else "muted"),
        Column(_("Professional title"), lambda row: row.title, width=130),
        Column(_("Department"), lambda row: row.department, width=120),
        Column(_("Phone"), lambda row: row.phone, width=0),
    ]


def _year_tip(row: PersonRow) -> str:
    return _("competed so lately that the draw takes others first") if row.recent else ""


def _count_columns() -> list[Column]:
    def number(name: str) -> Any:
        def text(count: PoolCount) -> str:
            return str(getattr(count, name))

        return text

    def value(name: str) -> Any:
        def sort(count: PoolCount) -> int:
            return int(getattr(count, name))

        return sort

    def enough(count: PoolCount) -> str:
        if not count.registered:
            return _("✕ nobody registered")
        if count.registered < count.quota:
            return _("▲ fewer than the places")
        return _("✓ enough")

    def tone(count: PoolCount) -> str:
        if not count.registered:
            return "wrong"
        return "attention" if count.registered < count.quota else "done"

    def covered(count: PoolCount) -> str:
        share = round(100 * count.covered / count.registered) if count.registered else 0
        return _("{n} ({share} %)").format(n=count.covered, share=share)

    return [
        Column(_("Unit"), lambda count: count.unit, width=240),
        Column(_("Division"), lambda count: count.division_title, width=150),
        Column(_("Registered"), number("registered"), sort=value("registered"), width=100, right=True),
        Column(_("Places"), number("quota"), sort=value("quota"), width=90, right=True),
        Column(_("Without a draw"), number("seeded"), sort=value("seeded"), width=126, right=True),
        Column(_("Drawn"), number("drawn"), sort=value("drawn"), width=90, right=True),
        Column(_("Competed lately"), covered, sort=value("covered"), width=130, right=True),
        Column(_("State"), enough, width=0, tone=tone),
    ]
