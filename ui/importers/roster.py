"""Rosters out of files: choose or drop them, say what the columns hold, look at what would change, import."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from data.actions import roster as actions
from data.actions.roster import ImportResult
from data.exchange.returned_roster import write_returned
from data.exchange.roster_files import read_rosters, write_problems, write_template
from data.i18n import _, ngettext
from data.queries.plan import current_plan
from data.queries.roster_import import ImportPreview, preview_import
from data.rules.plan import Unit
from data.rules.roster import RosterReading, place_of
from data.rules.roster_columns import ColumnMapping, mapping_as_json, mapping_of_json
from ui import dialogs
from ui.pages.page import Page
from ui.task import Progress
from ui.widgets.people.columns_panel import ColumnsPanel, unclear_tables
from ui.widgets.people.import_preview import ImportPreviewPanel, search_texts

PATTERN = "*.xlsx *.xls *.ods *.csv *.et *.txt"
_MANY_ROWS = 1200  # their search is prepared while they are read


class RosterImporter(QObject):
    """Belongs to a page, which shows `panel` while there is one.

    stepped: another panel is to be shown, or none any more. built(panel): a panel that may be shown from now on.
    """

    stepped = Signal()
    built = Signal(QWidget)

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page
        self._paths: list[Path] = []
        self._folder = Path()
        self._reading = RosterReading()
        self._same_units: dict[str, str] = {}
        self._units: list[Unit] = []
        self._sheet_units: dict[tuple[str, str], str] = {}
        self._preview: ImportPreview | None = None
        self._choosing = False
        self._asked = True
        self._mappings: dict[str, ColumnMapping] = {}

    @cached_property
    def columns_panel(self) -> ColumnsPanel:
        """Made when it is needed first, since it takes a while that the page has not."""
        panel = ColumnsPanel()
        panel.accepted.connect(self._take_columns)
        panel.refused.connect(self.leave)
        panel.guess_wanted.connect(self._guess_anew)
        self.built.emit(panel)
        return panel

    @cached_property
    def preview_panel(self) -> ImportPreviewPanel:
        """As `columns_panel`."""
        panel = ImportPreviewPanel(self._page.desk.settings)
        panel.accepted.connect(self._import)
        panel.refused.connect(self.leave)
        panel.returns_wanted.connect(self._choose_returns)
        panel.unit_named.connect(self._take_unit)
        panel.problems_wanted.connect(self._choose_problems)
        panel.columns_wanted.connect(self._look_at_columns)
        self.built.emit(panel)
        return panel

    @property
    def panel(self) -> QWidget | None:
        """What is to be decided now, or None while nothing is being imported."""
        if self._preview is None:
            return None
        return self.columns_panel if self._choosing else self.preview_panel

    def prepare(self) -> None:
        """Make the preview before the files are read, so that it does not take that while when they are to be shown."""
        assert self.preview_panel is not None

    def choose_files(self) -> None:
        pattern = _("Rosters ({pattern})").format(pattern=PATTERN)
        dialogs.choose_files(self._page, _("Import rosters"), pattern, self.read)

    def choose_folder(self) -> None:
        dialogs.choose_folder(self._page, _("Import a folder"), self._read_folder)

    def choose_template(self) -> None:
        """Ask where to save an empty roster for the units."""
        name = _("Roster") + ".xlsx"
        dialogs.save_file(self._page, _("Save an empty roster"), "Excel (*.xlsx)", name, self._save_template)

    def read(self, paths: Sequence[Path]) -> None:
        """Read these files and folders, besides those that are being looked at already."""
        known = self._paths if self.panel is not None else []
        self._paths = list(dict.fromkeys([*known, *paths]))
        self._read(ask=True)

    def leave(self) -> None:
        """Import nothing."""
        self._preview = None
        self._reading = RosterReading()
        self._same_units = {}
        self._sheet_units = {}
        self._choosing = False
        self.stepped.emit()

    def _read(self, *, ask: bool) -> None:
        """ask: offer the choice of columns before the preview, where it is needed."""
        self.prepare()
        self._asked = not ask
        kept = self._page.desk.settings.roster_columns
        found = {shape: mapping_of_json(value) for shape, value in kept.items()}
        self._mappings = {shape: mapping for shape, mapping in found.items() if mapping is not None}
        self._page.run(self._read_in_thread, self._on_read, title=_("Reading the rosters"))

    def _read_folder(self, folder: Path) -> None:
        self.read([folder])

    def _read_in_thread(self, progress: Progress) -> tuple[ImportPreview, dict[int, str] | None]:
        plan = current_plan(self._page.desk.store)
        self._units = plan.units
        place = place_of(plan.info.organizer, plan.info.name, plan.info.host)
        self._reading = read_rosters(self._paths, progress, self._mappings, self._units, self._sheet_units, place)
        return self._preview_in_thread(progress)

    def _preview_in_thread(self, _progress: Progress) -> tuple[ImportPreview, dict[int, str] | None]:
        preview = preview_import(self._page.desk.store, self._reading, self._same_units)
        return preview, search_texts(preview) if len(preview.rows) > _MANY_ROWS else None

    def _on_read(self, result: tuple[ImportPreview, dict[int, str] | None]) -> None:
        self._show(result)
        preview, _texts = result
        self._choosing = not self._asked and bool(unclear_tables(preview.tables))
        if self._choosing:
            self._show_columns(preview, asked=True)
        self.stepped.emit()

    def _show_columns(self, preview: ImportPreview, asked: bool) -> None:
        self.columns_panel.show_tables(preview.tables, asked, [unit.name for unit in self._units])

    def _show(self, result: tuple[ImportPreview, dict[int, str] | None]) -> None:
        preview, texts = result
        self._preview = preview
        self.preview_panel.show_preview(preview, texts)
        self.preview_panel.offer_columns(bool(preview.tables))

    def _take_unit(self, written: str, name: str) -> None:
        """The unit that the files write so is this one of the plan."""
        self._same_units[written] = name
        self._page.run(self._preview_in_thread, self._show, title=_("Reading the rosters"))

    def _look_at_columns(self) -> None:
        assert self._preview is not None
        self._show_columns(self._preview, asked=False)
        self._choosing = True
        self.stepped.emit()

    def _take_columns(self) -> None:
        chosen = self.columns_panel.chosen()
        units = self.columns_panel.chosen_units()
        if chosen or units:
            self._sheet_units |= units  # of these files alone: the next of the same shape is of another unit
            plain = {shape: mapping_as_json(mapping) for shape, mapping in chosen.items()}
            self._page.desk.settings.remember_roster_columns(plain)
            self._read(ask=False)
        else:
            self._choosing = False
            self.stepped.emit()

    def _guess_anew(self, shape: str) -> None:
        self._page.desk.settings.forget_roster_columns(shape)
        self._read(ask=True)

    def _import(self) -> None:
        self._page.run(self._import_in_thread, self._on_imported, title=_("Importing the rosters"))

    def _import_in_thread(self, _progress: Progress) -> ImportResult:
        assert self._preview is not None
        return actions.import_people(self._page.desk.store, self._page.desk.actor, self._preview)

    def _on_imported(self, result: ImportResult) -> None:
        self._page.desk.say(
            _("Roster imported: {added} added, {changed} changed, {same} unchanged, {refused} refused.").format(
                added=result.added, changed=result.changed, same=result.same, refused=result.refused
            )
        )
        self.leave()

    def _choose_returns(self) -> None:
        dialogs.choose_folder(self._page, _("Save files to send back"), self._save_returns)

    def _save_returns(self, folder: Path) -> None:
        self._folder = folder
        self._page.run(self._save_returns_in_thread, self._on_returns_saved, title=_("Saving the files to send back"))

    def _save_returns_in_thread(self, _progress: Progress) -> list[Path]:
        assert self._preview is not None
        return write_returned(self._folder, self._preview)

    def _on_returns_saved(self, files: list[Path]) -> None:
        if not files:
            dialogs.inform(
                self._page, _("No file to send back"), _("No refused or doubtful cell is in a file's table.")
            )
            return
        words = ngettext("Saved {n} file to send back: {folder}", "Saved {n} files to send back: {folder}", len(files))
        self._page.desk.say(words.format(n=len(files), folder=self._folder))

    def _choose_problems(self) -> None:
        name = _("Roster problems") + ".xlsx"
        dialogs.save_file(self._page, _("Save the list of problems"), "Excel (*.xlsx)", name, self._save_problems)

    def _save_problems(self, path: Path) -> None:
        assert self._preview is not None
        problems = [*self._preview.refused, *self._preview.doubtful]
        if self._page.attempt(write_problems, path, problems):
            self._page.desk.say(_("Saved: {path}").format(path=path))

    def _save_template(self, path: Path) -> None:
        if self._page.attempt(write_template, path):
            self._page.desk.say(_("Saved: {path}").format(path=path))
