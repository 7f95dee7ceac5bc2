"""What an import would do, before it is done."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractButton, QTabWidget, QVBoxLayout, QWidget

from data.i18n import _, ngettext
from data.queries.roster_import import ImportPreview, PlannedRow, UnknownUnit
from data.queries.roster_words import field_title
from data.rules.identity import mask_id_number
from data.rules.roster import CellProblem, Difference
from ui.models.rows import Column, search_text
from ui.settings import Settings
from ui.widgets import parts
from ui.widgets.table import Table

_NOTES_SHOWN = 3
_UNITS_SHOWN = 4


class ImportPreviewPanel(QWidget):
    """Shows an ImportPreview in five tables.

    Signals: accepted; refused (nothing is imported); columns_wanted (what each column was taken for);
    problems_wanted (save them as a list); returns_wanted (save the files for their senders to mend);
    unit_named(as the files write it, the unit of the plan that it is).
    """

    accepted = Signal()
    refused = Signal()
    columns_wanted = Signal()
    problems_wanted = Signal()
    returns_wanted = Signal()
    unit_named = Signal(str, str)

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.setObjectName("importPreview")
        self._heading = parts.heading("")
        self._heading.setObjectName("previewHeading")
        self._notes = QVBoxLayout()
        self._columns = parts.button(_("Columns…"), self._on_columns, name="importColumns")
        self._accept = parts.primary_button("", self._on_accept, name="importRows")
        back = parts.button(_("Cancel"), self._on_cancel, name="cancelImport")
        self._tabs = QTabWidget()
        self._tabs.setObjectName("previewTabs")
        self._tabs.setDocumentMode(True)
        self._added = Table("rosterAdded", _row_columns(), settings)
        self._changed = Table("rosterChanged", [*_row_columns()[:3], _difference_column()], settings)
        self._same = Table("rosterSame", _row_columns(), settings)
        self._problems = Table("rosterProblems", _problem_columns("wrong"), settings)
        self._doubts = Table("rosterDoubts", _problem_columns("attention"), settings)
        for table in (self._added, self._changed, self._same, self._problems, self._doubts):
            self._tabs.addTab(table, "")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(parts.row(self._heading, None, self._columns, back, self._accept))
        layout.addLayout(self._notes)
        layout.addWidget(self._tabs, 1)

    def show_preview(self, preview: ImportPreview, texts: Mapping[int, str] | None = None) -> None:
        """Show this one; the tab that needs a look comes first. texts: `search_texts` of a large one."""
        ready = len(preview.added) + len(preview.changed)
        files = ngettext("{n} file", "{n} files", preview.files).format(n=preview.files)
        rows = ngettext("{n} row", "{n} rows", len(preview.rows)).format(n=len(preview.rows))
        self._heading.setText(_("{files}, {rows}: what the import would do").format(files=files, rows=rows))
        self._fill(preview, texts)
        parts.clear(self._notes)
        if preview.refused:
            self._notes.addWidget(parts.strip(_refused_words(preview), "attention", *self._problem_buttons()))
        elif preview.doubtful:
            words = ngettext(
                "{n} cell is doubtful; its row goes in unless you mend it first.",
                "{n} cells are doubtful; their rows go in unless you mend them first.",
                len(preview.doubtful),
            ).format(n=len(preview.doubtful))
            self._notes.addWidget(parts.strip(words, "info", *self._problem_buttons()))
        for unknown in preview.unknown_units[:_UNITS_SHOWN]:
            if unknown.near:
                self._notes.addWidget(self._unit_strip(unknown))
        for note in preview.notes[:_NOTES_SHOWN]:
            self._notes.addWidget(parts.strip(note, "info"))
        more = len(preview.notes) - _NOTES_SHOWN
        if more > 0:
            self._notes.addWidget(parts.muted(ngettext("and {n} more", "and {n} more", more).format(n=more)))
        self._columns.setVisible(preview.files > 0)
        self._accept.setVisible(ready > 0)
        self._accept.setText(ngettext("Import {n} row", "Import {n} rows", ready).format(n=ready))
        if not preview.files:
            words = _("There is no roster file: Excel, WPS, ODS and CSV files are read.")
            self._notes.addWidget(parts.strip(words, "attention"))
        elif not ready and not preview.refused:
            self._notes.addWidget(parts.strip(_("Everything in these files is on the roster already."), "done"))

    def offer_columns(self, offered: bool) -> None:
        """Whether there are columns to be looked at."""
        self._columns.setEnabled(offered)

    def _unit_strip(self, unknown: UnknownUnit) -> QWidget:
        words = ngettext(
            "“{written}” in {n} row is not in the plan. Which unit is it?",
            "“{written}” in {n} rows is not in the plan. Which unit is it?",
            unknown.rows,
        ).format(written=unknown.written, n=unknown.rows)
        buttons = []
        for name in unknown.near:
            button = parts.button(name, self._on_unit, name="sameUnit")
            button.setProperty("unit", (unknown.written, name))
            buttons.append(button)
        return parts.strip(words, "info", *buttons)

    def _on_unit(self) -> None:
        self.unit_named.emit(*self.sender().property("unit"))

    def _problem_buttons(self) -> tuple[QAbstractButton, ...]:
        return (
            parts.link_button(_("Save the list of problems…"), self._on_export, name="saveProblems"),
            parts.button(_("Save files to send back…"), self._on_returns, name="saveReturns"),
        )

    def _on_accept(self) -> None:
        self.accepted.emit()

    def _on_cancel(self) -> None:
        self.refused.emit()

    def _on_columns(self) -> None:
        self.columns_wanted.emit()

    def _on_export(self) -> None:
        self.problems_wanted.emit()

    def _on_returns(self) -> None:
        self.returns_wanted.emit()

    def _fill(self, preview: ImportPreview, texts: Mapping[int, str] | None) -> None:
        tables: Sequence[tuple[Table, Sequence[object], str]] = (
            (self._added, preview.added, _("Added {n}").format(n=len(preview.added))),
            (self._changed, preview.changed, _("Changed {n}").format(n=len(preview.changed))),
            (self._same, preview.same, _("Unchanged {n}").format(n=len(preview.same))),
            (self._problems, preview.refused, _("Refused {n}").format(n=preview.refused_rows)),
            (self._doubts, preview.doubtful, _("Doubtful {n}").format(n=len(preview.doubtful))),
        )
        for number, (table, rows, words) in enumerate(tables):
            table.set_rows(rows, texts)
            self._tabs.setTabText(number, words)
            self._tabs.setTabVisible(number, bool(rows))
        first = next((number for number in (3, 4, 1, 0, 2) if tables[number][1]), 0)
        self._tabs.setCurrentIndex(first)


def search_texts(preview: ImportPreview) -> dict[int, str]:
    """What a search finds each line of the preview by, of its id(): see RowsModel.set_rows."""
    rows, problems = _row_columns(), _problem_columns("")
    planned = (preview.added, preview.changed, preview.same)
    texts = {id(one): search_text(rows, one) for part in planned for one in part}
    return texts | {id(one): search_text(problems, one) for one in (*preview.refused, *preview.doubtful)}


def _refused_words(preview: ImportPreview) -> str:
    if not preview.refused_rows:
        return _("Something could not be read; see the reasons below.")
    return ngettext(
        "{n} row is refused. The others can go in without it; mend it and import its file again.",
        "{n} rows are refused. The others can go in without them; mend them and import their files again.",
        preview.refused_rows,
    ).format(n=preview.refused_rows)


def _row_columns() -> list[Column]:
    def row(planned: PlannedRow) -> str:
        return f"{planned.row.file} : {planned.row.row}"

    return [
        Column(_("Name"), lambda planned: planned.row.name, width=140, bold=True),
        Column(_("Unit"), lambda planned: planned.unit.name, width=220),
        Column(_("Division"), lambda planned: planned.division.title, width=140),
        Column(_("Sex"), lambda planned: planned.row.sex, width=56),
        Column(_("ID number"), lambda planned: mask_id_number(planned.row.id_number), width=190),
        Column(_("Professional title"), lambda planned: planned.row.title, width=110),
        Column(_("Department"), lambda planned: planned.row.department, width=130),
        Column(_("Phone"), lambda planned: planned.row.phone, width=130),
        Column(_("File and row"), row, sort=lambda planned: (planned.row.file, planned.row.row), width=0),
    ]


def _difference_column() -> Column:
    def words(planned: PlannedRow) -> str:
        return "；".join(_difference(difference) for difference in planned.differences)

    return Column(_("What changes"), words, width=0)


def _difference(difference: Difference) -> str:
    before, after = difference.before, difference.after
    if difference.field == "id_number":
        before, after = mask_id_number(before), mask_id_number(after)
    return f"{field_title(difference.field)}: {before or '—'} → {after}"


def _problem_columns(tone: str) -> list[Column]:
    def row(problem: CellProblem) -> str:
        return str(problem.row or "")

    return [
        Column(_("File"), lambda problem: problem.file, width=180),
        Column(_("Sheet"), lambda problem: problem.sheet, width=90),
        Column(_("Row no."), row, sort=lambda problem: problem.row, width=80, right=True),
        Column(_("Column"), lambda problem: problem.column, width=120),
        Column(_("Cell"), lambda problem: problem.cell, width=72),
        Column(_("Reason"), lambda problem: problem.message, width=0, tone=lambda _problem: tone),
    ]
