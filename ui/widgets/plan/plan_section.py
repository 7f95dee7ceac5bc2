"""One sheet of the plan on the setup page: what it is for, buttons for its rows, and its table."""

from PySide6.QtCore import QItemSelection, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from data.i18n import _, ngettext
from data.rules.plan_layout import SHEETS, STATIONS
from ui.models.plan_draft import PlanDraft
from ui.models.plan_rows import PlanRows
from ui.pages.setup_words import sheet_purpose
from ui.widgets import parts
from ui.widgets.plan.plan_grid import PlanGrid
from ui.widgets.plan.plan_sheet_picker import PlanSheetPicker


class PlanSection(QWidget):
    """Shows and edits the rows of one sheet of the draft. `told(text)` says what an edit did beside the obvious."""

    told = Signal(str)

    def __init__(self, draft: PlanDraft, sheet: str) -> None:
        super().__init__()
        self.sheet = sheet
        self._draft = draft
        self.model = PlanRows(draft, sheet, self)
        self.grid = PlanGrid(draft, self.model)
        self.picker = PlanSheetPicker(draft) if sheet == SHEETS else None
        self._add = parts.button(_("Add row"), self.add_row)
        self._remove = parts.button(_("Delete rows"), self.remove_rows)
        self._up = parts.button(_("Move up"), self.move_up)
        self._down = parts.button(_("Move down"), self.move_down)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(8)
        if self.picker:
            self.picker.chosen.connect(self._on_sheet)
            layout.addWidget(self.picker)
        words = parts.muted(sheet_purpose(sheet))
        layout.addLayout(parts.row(words, None, self._add, self._remove, self._up, self._down))
        layout.addWidget(self.grid, 1)
        self.grid.selectionModel().selectionChanged.connect(self._on_selection)
        self.refresh()

    def refresh(self) -> None:
        """Show the draft as it is now."""
        if self.picker:
            self.picker.refresh()
            self._add.setEnabled(bool(self.picker.code))
        current = self.grid.currentIndex()
        place = current.row(), current.column()
        self.model.reread()
        if place[0] >= 0 and self.model.rowCount() and not self.grid.currentIndex().isValid():
            self.grid.setCurrentIndex(self.model.index(min(place[0], self.model.rowCount() - 1), place[1]))
        self._show_buttons()

    def show_row(self, place: int, header: str) -> None:
        """Bring the cell at this place of the draft into sight."""
        rows = self._draft.rows(self.sheet)
        if self.picker and 0 <= place < len(rows):
            self.picker.choose(rows[place].cells.get("评分表", ""))
        row = self.model.row_of(place)
        if row >= 0:
            self.grid.show_cell(row, self.model.column_of(header))

    def add_row(self) -> None:
        """Add an empty row at the end and begin to edit it."""
        cells = {"序号": self._next_number()} if self.sheet == SHEETS else {}
        self.grid.add_rows([cells])
        first = self.model.column_of("部分") if self.sheet == SHEETS else 0
        self.grid.show_cell(self.model.rowCount() - 1, first)
        self.grid.edit(self.grid.currentIndex())

    def remove_rows(self) -> None:
        """Delete the rows with a selected cell; a station takes its breaks and walks with it, which is told."""
        places = [self.model.place(row) for row in self.grid.chosen_rows()]
        more = self._draft.of_stations(places) if self.sheet == STATIONS else {}
        self._draft.remove_all({self.sheet: places, **more})
        gone = sum(map(len, more.values()))
        if gone:
            words = ngettext(
                "{n} break or walk of these stations was deleted with them. Undo brings everything back.",
                "{n} breaks and walks of these stations were deleted with them. Undo brings everything back.",
                gone,
            )
            self.told.emit(words.format(n=gone))

    def move_up(self) -> None:
        self._move(-1)

    def move_down(self) -> None:
        self._move(1)

    def _move(self, step: int) -> None:
        row = self.grid.currentIndex().row()
        column = self.grid.currentIndex().column()
        if 0 <= row + step < self.model.rowCount():
            self._draft.swap(self.sheet, self.model.place(row), self.model.place(row + step))
            self.grid.show_cell(row + step, column)

    def _next_number(self) -> str:
        texts = [
            row.cells.get("序号", "") for row in self._draft.rows(SHEETS) if self._is_chosen(row.cells.get("评分表"))
        ]
        return str(max((int(text) for text in texts if text.isascii() and text.isdigit()), default=0) + 1)

    def _is_chosen(self, code: str | None) -> bool:
        return self.picker is not None and code == self.picker.code

    def _on_sheet(self, code: str) -> None:
        self.model.choose(code)
        self._show_buttons()

    def _on_selection(self, _new: QItemSelection, _old: QItemSelection) -> None:
        self._show_buttons()

    def _show_buttons(self) -> None:
        chosen = self.grid.chosen_rows()
        self._remove.setEnabled(bool(chosen))
        self._up.setEnabled(len(chosen) == 1 and chosen[0] > 0)
        self._down.setEnabled(len(chosen) == 1 and chosen[0] < self.model.rowCount() - 1)
