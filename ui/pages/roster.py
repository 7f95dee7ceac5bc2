"""Roster: import what the hospitals send, look at the pool, mend it by hand."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QStackedWidget, QTabWidget, QWidget
from shiboken6 import isValid

from data.actions import roster as actions
from data.actions.roster import PersonInput
from data.errors import UserError
from data.i18n import _, ngettext
from data.queries import roster, staff
from data.queries.plan import current_plan, is_set_up
from data.queries.roster import PersonRow, PoolCount
from data.queries.staff import Staff
from data.rules.plan import Plan
from ui import dialogs
from ui.desk import Desk
from ui.history_import import HistoryImporter
from ui.models.rows import search_text
from ui.pages.page import Page
from ui.roster_import import RosterImporter
from ui.task import Progress
from ui.widgets import parts
from ui.widgets.person_dialog import PersonDialog
from ui.widgets.pool_counts import count_columns
from ui.widgets.staff_table import StaffTable, staff_columns
from ui.widgets.table import Table

_AT_ONCE = 2000  # people; more are read in a worker, so that the window never waits
_NAMES_SHOWN = 5


class RosterPage(Page):
    """The pool as a table, one unit, or the steps of an import. A target is a person's id."""

    key = "roster"
    tables = frozenset({"event", "unit", "division", "person", "photo", "past_entry", "entrant", "draw", "decoding"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._plan: Plan | None = None
        self._staff = Staff()
        self._was_read = self._reading = self._outdated = False
        self._target: int | None = None
        self._person_id: int | None = None
        self._leaving: list[int] = []
        self.setAcceptDrops(True)
        self._import = RosterImporter(self)
        self._import.stepped.connect(self._on_step)
        self._history = HistoryImporter(self)
        self._actions_shown = [
            self.add_action(_("Add a person…"), self._add_person),
            self.add_action(_("Import earlier years…"), self._history.start),
            self.add_action(_("Import a folder…"), self._import.choose_folder),
            self.set_primary(_("Import rosters…"), self._import.choose_files),
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
            parts.button(_("Save an empty roster…"), self._import.choose_template),
            parts.button(_("Import a folder…"), self._import.choose_folder),
            parts.primary_button(_("Import rosters…"), self._import.choose_files),
        )
        self._busy = parts.empty_state(_("Reading the roster…"))
        self._tabs = QTabWidget()
        self._tabs.setDocumentMode(True)
        self._tabs.currentChanged.connect(self._on_tab)
        self._table: StaffTable | None = None
        self._counts = Table("poolCounts", count_columns(), desk.settings, key=_unit_and_division)
        for widget in (self._no_plan, self._no_people, self._busy, self._tabs, *self._import.panels):
            self._stack.addWidget(widget)
        self.body.addWidget(self._stack, 1)

    def title(self) -> str:
        return _("Roster")

    def purpose(self) -> str:
        if not self._staff.registered:
            return _("Here the staff of every unit come in: each hospital's own file, as it is.")
        units = sum(1 for _unit in {count.unit for count in self._staff.counts if count.registered})
        people = ngettext("{n} person", "{n} people", self._staff.registered).format(n=self._staff.registered)
        words = ngettext("{people} of {n} unit can be drawn.", "{people} of {n} units can be drawn.", units)
        told = words.format(people=people, n=units)
        if self._staff.history:
            entries = ngettext(
                "{n} entry of earlier years.", "{n} entries of earlier years.", self._staff.history
            ).format(n=self._staff.history)
            told = f"{told} {entries}"
        return told

    def why_it_stays(self) -> str:
        waiting = _("An import waits here: take its rows in or cancel it, then change the language.")
        return super().why_it_stays() or (waiting if self._import.panel is not None else "")

    def refresh(self) -> None:
        store = self.desk.store
        plan = current_plan(store) if is_set_up(store) else None
        if plan is not None and (self._plan is None or plan.divisions != self._plan.divisions):
            self._build_table(plan)
        self._plan = plan
        if self._table is not None and plan is not None:
            self._table.offer_units([unit.name for unit in plan.units])
        if plan is None or staff.staff_size(store) <= _AT_ONCE:
            self._outdated = self._reading
            self._show_staff(staff.staff(store, self._order()), None)
        elif self._reading:
            self._outdated = True
        else:
            self._reading = True
            self.desk.tasks.run(self._read, self._on_read, self._on_not_read, title=_("Reading the roster"))
        self._show_right_part()

    def show_target(self, target: Any) -> None:
        """Bring a person into sight by id."""
        if not isinstance(target, int):
            return
        self._target = target
        if self._import.panel is not None:
            words = _("The files that were read are not imported. They can be read again at any time.")
            dialogs.confirm(self, _("Leave the import?"), words, self._import.leave, yes=_("Leave the import"))
        elif self._was_read:
            self._go_to_target()

    def import_paths(self, paths: Sequence[Path]) -> None:
        """Read these files and folders and show what importing them would do."""
        self._import.read(paths)

    # Reading

    def _order(self) -> str:
        return self._table.order.currentData() if self._table is not None else staff.IMPORTED

    def _read(self, _progress: Progress) -> tuple[Staff, dict[int, str]]:
        read = staff.staff(self.desk.store, self._order())
        columns = staff_columns()
        return read, {id(row): search_text(columns, row) for row in read.people}

    def _on_read(self, result: tuple[Staff, dict[int, str]]) -> None:
        if not isValid(self):  # the window was built anew in the other language meanwhile
            return
        self._reading = False
        if self._outdated:
            self._outdated = False
            self.reread()
            return
        self._show_staff(*result)
        self._show_right_part()
        self._purpose.setText(self.purpose())

    def _on_not_read(self, error: UserError) -> None:
        if isValid(self):
            self._reading = self._outdated = False
            self._show_error(error)

    def _show_staff(self, read: Staff, texts: dict[int, str] | None) -> None:
        self._was_read = True
        self._staff = read
        if self._table is not None:
            self._table.show_people(read.people, read.places or {}, texts)
        self._counts.set_rows(read.counts)
        self._go_to_target()

    def _go_to_target(self) -> None:
        target, self._target = self._target, None
        if target is not None and self._table is not None and self._import.panel is None:
            self._tabs.setCurrentIndex(0)
            self._table.show_person(target)

    # Showing

    def _build_table(self, plan: Plan) -> None:
        while self._tabs.count():
            self._tabs.removeTab(0)
        if self._table is not None:
            self._table.deleteLater()
        table = StaffTable(plan.divisions, self.desk.settings)
        table.edit_wanted.connect(self._edit_person)
        table.remove_wanted.connect(self._ask_remove)
        table.order_changed.connect(self.reread)
        self._tabs.setCornerWidget(table.tools)
        self._table = table
        self._tabs.addTab(table, _("Staff"))
        self._tabs.addTab(self._counts, _("By unit and division"))

    def _on_tab(self, number: int) -> None:
        tools = self._tabs.cornerWidget()
        if tools is not None:
            tools.setVisible(number == 0)

    def _on_step(self) -> None:
        if self._import.panel is None:
            self._go_to_target()
        self._show_right_part()

    def _show_right_part(self) -> None:
        if self._import.panel is not None:
            wanted: QWidget = self._import.panel
        elif self._plan is None or not self._plan.units:
            wanted = self._no_plan
        elif not self._was_read:
            wanted = self._busy
        else:
            wanted = self._tabs if self._staff.registered else self._no_people
        self._stack.setCurrentWidget(wanted)
        for button in self._actions_shown:
            button.setVisible(wanted is self._tabs)
        if wanted is self._no_people:
            self._actions_shown[0].show()
            self._actions_shown[1].show()

    def _go_to_setup(self) -> None:
        self.desk.go("setup")

    # Dropped files

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.is_busy or self._plan is None or not self._plan.units:
            return  # what is being imported must not be exchanged meanwhile
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.import_paths([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    # By hand

    def _add_person(self) -> None:
        if self._plan is not None:
            self._person_id = None
            PersonDialog(self, self._plan, None, self._save_person).open()

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

    def _ask_remove(self, chosen: Sequence[PersonRow]) -> None:
        names = "、".join(row.name for row in chosen[:_NAMES_SHOWN])
        words = ngettext(
            "{n} person leaves the roster: {names}.",
            "{n} people leave the roster, among them {names}.",
            len(chosen),
        ).format(n=len(chosen), names=names)
        self._leaving = [row.id for row in chosen]
        dialogs.ask_reason(self, _("Remove from the roster"), words, self._remove_people)

    def _remove_people(self, reason: str) -> None:
        self.attempt(actions.remove_people, self.desk.store, self.desk.actor, self._leaving, reason)


def _unit_and_division(count: PoolCount) -> tuple[str, str]:
    return count.unit, count.division_code
