"""Roster: import what the hospitals send, look at the pool, mend it by hand."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QStackedWidget, QTabWidget, QWidget
from shiboken6 import isValid

from data.actions import photos as photo_actions
from data.actions import roster as actions
from data.actions.roster import PersonInput
from data.errors import NotFound, UserError
from data.i18n import _, ngettext
from data.queries import roster, staff
from data.queries.photos import photo
from data.queries.plan import entry_plan, is_set_up
from data.queries.roster import PersonRow, PoolCount
from data.queries.staff import Staff
from data.queries.units import UnitSummary, unit_summary
from data.rules.plan import Division, Plan
from ui import dialogs
from ui.desk import Desk
from ui.importers.history import HistoryImporter
from ui.importers.photo import PhotoImporter
from ui.importers.roster import RosterImporter
from ui.models.rows import search_text
from ui.pages.page import Page
from ui.task import Progress
from ui.widgets import parts
from ui.widgets.people.person_dialog import PersonDialog
from ui.widgets.people.pool_counts import count_columns
from ui.widgets.people.sealed_roster import SealedRoster
from ui.widgets.people.staff_table import StaffTable, staff_columns
from ui.widgets.people.unit_view import UnitView, unit_columns, unit_people
from ui.widgets.table import Table

_AT_ONCE = 1200  # people; more are read in a worker, so that the window never waits
_NAMES_SHOWN = 5
_SOON = 100  # milliseconds until the page is in sight, and what comes next may be built

Texts = dict[int, str]  # what a search finds each row by, of its id(): see RowsModel.set_rows


class RosterPage(Page):
    """The pool as a table, one unit, or the steps of an import. A target is a person's id or a unit's name."""

    key = "roster"
    tables = frozenset({"event", "unit", "division", "person", "photo", "past_entry", "entrant", "draw", "decoding"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._plan: Plan | None = None
        self._staff = Staff()
        self._was_read = self._reading = self._outdated = False
        self._target: int | str | None = None
        self._person_id: int | None = None
        self._leaving: list[int] = []
        self._unit_name = ""
        self._unit_read: UnitSummary | None = None
        self.setAcceptDrops(True)
        self._import = RosterImporter(self)
        self._import.stepped.connect(self._on_step)
        self._photos = PhotoImporter(self)
        self._photos.stepped.connect(self._on_step)
        self._history = HistoryImporter(self)
        self._actions_shown = [
            self.add_action(_("Add a person…"), self._add_person),
            self.add_action(_("Import earlier years…"), self._history.start),
            self.add_action(_("Photos")),
            self.add_action(_("Import a folder…"), self._import.choose_folder),
            self.set_primary(_("Import rosters…"), self._import.choose_files),
        ]
        self._actions_shown[2].setObjectName("photos")
        self._actions_shown[2].setMenu(self._photos.menu(self))
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
        self._divisions: tuple[Division, ...] = ()
        self._counts = Table("poolCounts", count_columns(), desk.settings, key=_unit_and_division)
        self._counts.opened.connect(self._on_count)
        self._import.built.connect(self._stack.addWidget)
        self._photos.built.connect(self._stack.addWidget)
        for widget in (self._no_plan, self._no_people, self._busy, self._tabs):
            self._stack.addWidget(widget)
        self.body.addWidget(self._stack, 1)
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.timeout.connect(self._import.prepare)
        desk.closing.connect(self._idle.stop)

    @cached_property
    def _sealed(self) -> SealedRoster:
        """Made when it is shown first, since it takes a while that the page has not; so is the view of a unit."""
        made = SealedRoster(self.desk.settings)
        self._stack.addWidget(made)
        return made

    @cached_property
    def _unit(self) -> UnitView:
        made = UnitView(self.desk.settings)
        made.back_wanted.connect(self._leave_unit)
        made.unit_wanted.connect(self.show_unit)
        made.person_wanted.connect(self._edit_person)
        self._stack.addWidget(made)
        return made

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
        waiting = _("An import waits on the roster page: take it in or cancel it, then change the language.")
        return super().why_it_stays() or (waiting if self._panel is not None else "")

    def refresh(self) -> None:
        store = self.desk.store
        plan = entry_plan(store) if is_set_up(store) else None
        self._plan = plan
        if plan is None or staff.staff_size(store) <= _AT_ONCE:
            self._outdated = self._reading
            self._show_staff(staff.staff(store, self._order()), None)
            self._show_unit(self._read_unit_at_once())
        elif self._reading:
            self._outdated = True
        else:
            self._reading = True
            self.desk.tasks.run(self._read, self._on_read, self._on_not_read, title=_("Reading the roster"))
        self._show_right_part()
        if plan is not None:
            self._idle.start(_SOON)

    def show_target(self, target: Any) -> None:
        """Bring a person into sight by id, or open the page of a unit by its name."""
        if not isinstance(target, int | str):
            return
        self._target = target
        if self._panel is not None:
            words = _("What was read is not imported yet. It can be read again at any time.")
            dialogs.confirm(self, _("Leave the import?"), words, self._leave_import, yes=_("Leave the import"))
        elif self._was_read:
            self._go_to_target()

    def import_paths(self, paths: Sequence[Path]) -> None:
        """Read these files and folders and show what importing them would do."""
        self._import.read(paths)

    def show_unit(self, name: str) -> None:
        """Open the page of a unit."""
        self._unit_name = name
        if self._staff.registered <= _AT_ONCE:
            self._show_unit(self._read_unit_at_once())
            self._show_right_part()
        else:
            self.desk.tasks.run(self._read_unit, self._on_unit_read, self._on_not_read, title=_("Reading the roster"))

    @property
    def _panel(self) -> QWidget | None:
        """The step of an import that waits for a decision."""
        return self._import.panel or self._photos.panel

    def _leave_import(self) -> None:
        self._import.leave()
        self._photos.leave()

    # Reading

    def _order(self) -> str:
        wanted = self._table.order.currentData() if self._table is not None else self.desk.settings.roster_order
        return wanted if wanted in staff.ORDERS else staff.IMPORTED

    def _read(self, _progress: Progress) -> tuple[Staff, Texts, UnitSummary | None, Texts]:
        read = staff.staff(self.desk.store, self._order())
        columns = staff_columns()
        return read, {id(row): search_text(columns, row) for row in read.people}, *self._read_unit(_progress)

    def _read_unit(self, _progress: Progress) -> tuple[UnitSummary | None, Texts]:
        summary = self._read_unit_at_once()
        columns = unit_columns()
        return summary, {id(one): search_text(columns, one) for one in unit_people(summary)}

    def _read_unit_at_once(self) -> UnitSummary | None:
        """The unit that is open, or None when there is none, it left the plan, or its names are sealed."""
        try:
            summary = unit_summary(self.desk.store, self._unit_name) if self._unit_name else None
        except NotFound:
            return None
        return None if summary is None or summary.sealed else summary

    def _on_read(self, result: tuple[Staff, Texts, UnitSummary | None, Texts]) -> None:
        if not isValid(self):  # the window was built anew in the other language meanwhile
            return
        self._reading = False
        if self._outdated:
            self._outdated = False
            self.reread()
            return
        read, texts, *unit = result
        self._show_staff(read, texts)
        self._on_unit_read(unit)
        self._purpose.setText(self.purpose())

    def _on_unit_read(self, result: Sequence[Any]) -> None:
        summary, texts = result
        if isValid(self) and (summary is None or summary.unit.name == self._unit_name):
            self._show_unit(summary, texts)
            self._show_right_part()

    def _on_not_read(self, error: UserError) -> None:
        if isValid(self):
            self._reading = self._outdated = False
            self._show_error(error)

    def _show_staff(self, read: Staff, texts: Texts | None) -> None:
        self._was_read = True
        self._staff = read
        if read.people and self._plan is not None:
            self._prepare_table(self._plan)
        if self._table is not None:
            self._table.show_people(read.people, read.places or {}, texts)
        self._counts.set_rows(read.counts)
        if read.sealed:
            self._sealed.show_counts(read)
        self._go_to_target()

    def _go_to_target(self) -> None:
        if self._panel is not None or self._target is None:
            return
        target, self._target = self._target, None
        if isinstance(target, str):
            self.show_unit(target)
        elif self._table is not None:
            self._leave_unit()
            self._tabs.setCurrentIndex(0)
            self._table.show_person(target)

    # Showing

    def _prepare_table(self, plan: Plan) -> None:
        """The table is made when there is somebody to be shown, and anew when its divisions are others."""
        if self._table is None or plan.divisions != self._divisions:
            self._divisions = plan.divisions
            self._build_table(plan)
        assert self._table is not None
        self._table.offer_units([unit.name for unit in plan.units])

    def _build_table(self, plan: Plan) -> None:
        while self._tabs.count():
            self._tabs.removeTab(0)
        if self._table is not None:
            self._table.deleteLater()
        table = StaffTable(plan.divisions, self.desk.settings)
        table.edit_wanted.connect(self._edit_person)
        table.remove_wanted.connect(self._ask_remove)
        table.order_changed.connect(self.reread)
        table.unit_wanted.connect(self.show_unit)
        self._tabs.setCornerWidget(table.tools)
        self._table = table
        self._tabs.addTab(table, _("Staff"))
        self._tabs.addTab(self._counts, _("By unit and division"))

    def _on_tab(self, number: int) -> None:
        tools = self._tabs.cornerWidget()
        if tools is not None:
            tools.setVisible(number == 0)

    def _on_step(self) -> None:
        self._go_to_target()
        self._show_right_part()

    def _on_count(self, count: PoolCount) -> None:
        self.show_unit(count.unit)

    def _leave_unit(self) -> None:
        self._unit_name = ""
        self._unit_read = None
        self._show_right_part()

    def _show_right_part(self) -> None:
        wanted = self._right_part()
        self._stack.setCurrentWidget(wanted)
        for button in self._actions_shown:
            button.setVisible(wanted is self._tabs)
        if wanted is self._no_people:
            self._actions_shown[0].show()
            self._actions_shown[1].show()

    def _right_part(self) -> QWidget:
        if self._plan is None or not self._plan.units:
            return self._no_plan
        if not self._was_read:
            return self._busy
        if self._staff.sealed:
            return self._sealed
        if self._panel is not None:
            return self._panel
        if not self._staff.registered:
            return self._no_people
        return self._unit if self._unit_read is not None else self._tabs

    def _show_unit(self, summary: UnitSummary | None, texts: Texts | None = None) -> None:
        names = [unit.name for unit in self._plan.units] if self._plan is not None else []
        self._unit_read = summary if summary is not None and summary.unit.name in names else None
        if self._unit_read is not None:
            self._unit.show_unit(self._unit_read, names.index(self._unit_read.unit.name), names, texts)

    def _go_to_setup(self) -> None:
        self.desk.go("setup")

    # Dropped files

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.is_busy or self._plan is None or not self._plan.units or self._staff.sealed:
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
        known, portrait = roster.person(self.desk.store, row.id), photo(self.desk.store, row.id)
        PersonDialog(self, self._plan, known, self._save_person, portrait, self._ask_remove_photo).open()

    def _save_person(self, typed: PersonInput, reason: str) -> None:
        if self._person_id is None:
            self._person_id = actions.add_person(self.desk.store, self.desk.actor, typed, reason)
        else:
            actions.change_person(self.desk.store, self.desk.actor, self._person_id, typed, reason)
        self.desk.say(_("Saved: {name}").format(name=typed.name))

    def _ask_remove_photo(self) -> None:
        words = _("The photo leaves the event file.")
        dialogs.ask_reason(self, _("Remove the photo"), words, self._remove_photo)

    def _remove_photo(self, reason: str) -> None:
        assert self._person_id is not None
        dialog = self.findChild(PersonDialog)
        done = self.attempt(photo_actions.remove_photos, self.desk.store, self.desk.actor, [self._person_id], reason)
        if done and dialog is not None:
            dialog.show_photo(None)

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
