"""The table in which a sheet of the plan is edited; blocks of cells are copied from and to a spreadsheet."""

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from ui.models.plan_draft import PlanDraft
from ui.models.plan_rows import PlanRows
from ui.widgets.plan.plan_delegate import PlanDelegate

_ROW_HEIGHT = 32
_TEXT_WIDTH = 150
_HEADER_MARGIN = 28
_WIDTHS = {"whole": 88, "milli": 88, "time": 88, "code": 88, "choice": 120, "name": 120}
_FIELD_WIDTHS = {
    "name": 200,
    "text": 320,
    "rule": 280,
    "tie_rule": 240,
    "category": 110,
    "session": 110,
    "section": 130,
    "unit_name": 200,
    "sheet": 190,
    "source": 180,
    "combine": 230,
    "divisions": 160,
}


class PlanGrid(QTableView):
    """Edits the cells of a `PlanRows`: type or F2 to edit, Delete empties, Ctrl+C and Ctrl+V as in a spreadsheet."""

    def __init__(self, draft: PlanDraft, model: PlanRows, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self._rows = model
        self.setObjectName(f"planGrid:{model.sheet}")
        self.setModel(model)
        self.setItemDelegate(PlanDelegate(draft, self))
        self.setWordWrap(False)
        self.setStyleSheet("QTableView::item { border: none; padding: 0 8px; }")  # the grid draws the lines
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed | triggers.AnyKeyPressed)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        self.verticalHeader().setMinimumWidth(44)
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        self._set_widths()
        self.horizontalHeader().setHighlightSections(False)

    def _set_widths(self) -> None:
        columns = self._rows.columns
        for number, column in enumerate(columns):
            kind = _WIDTHS.get(column.kind, _TEXT_WIDTH)
            width = kind if column.kind == "name" else _FIELD_WIDTHS.get(column.field, kind)
            title = self._rows.headerData(number, Qt.Orientation.Horizontal)
            self.setColumnWidth(number, max(width, self.fontMetrics().horizontalAdvance(title) + _HEADER_MARGIN))
        self.horizontalHeader().setStretchLastSection(columns[-1].kind not in ("whole", "milli", "time"))

    def chosen_rows(self) -> list[int]:
        """The rows of the model in which a cell is selected, from the top."""
        return sorted({index.row() for index in self.selectedIndexes()})

    def show_cell(self, row: int, column: int) -> None:
        """Make a cell current and bring it into sight."""
        index = self._rows.index(row, column)
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self.setFocus()

    def copy(self) -> None:
        """Put the rectangle around the selected cells on the clipboard as a spreadsheet takes it."""
        indexes = self.selectedIndexes()
        if not indexes:
            return
        rows = range(min(i.row() for i in indexes), max(i.row() for i in indexes) + 1)
        columns = range(min(i.column() for i in indexes), max(i.column() for i in indexes) + 1)
        lines = ["\t".join(self._rows.text(self._rows.index(row, column)) for column in columns) for row in rows]
        QGuiApplication.clipboard().setText("\n".join(lines))

    def paste(self) -> None:
        """Write the cells of the clipboard from the current cell on; rows that are missing are added."""
        lines = [line.split("\t") for line in QGuiApplication.clipboard().text().rstrip("\n").splitlines()]
        start = self.currentIndex()
        top, left = (start.row(), start.column()) if start.isValid() else (self._rows.rowCount(), 0)
        headers = [column.header for column in self._rows.columns]
        there = self._rows.rowCount() - top
        edits = [
            (self._rows.place(top + down), headers[left + right], text.strip())
            for down, line in enumerate(lines[:there])
            for right, text in enumerate(line[: len(headers) - left])
        ]
        if edits:
            self._draft.set_cells(self._rows.sheet, edits)
        more = [dict(zip(headers[left:], (text.strip() for text in line), strict=False)) for line in lines[there:]]
        if more:
            self.add_rows(more)

    def add_rows(self, rows: list[dict[str, str]]) -> None:
        """Add rows behind the last one."""
        last = self._rows.rowCount()
        place = self._rows.place(last)
        above = self._draft.rows(self._rows.sheet)[place - 1] if last else None
        outer = {header: above.cells.get(header, "") for header in ("评分表", "名称")} if above else {}
        shared = outer if self._rows.sheet == "评分表" else {}
        parent_id = above.parent_id if above else None
        self._draft.insert(self._rows.sheet, place, [{**shared, **cells} for cells in rows], parent_id)

    def clear_cells(self) -> None:
        """Empty the selected cells."""
        headers = [column.header for column in self._rows.columns]
        edits = [(self._rows.place(index.row()), headers[index.column()], "") for index in self.selectedIndexes()]
        if edits:
            self._draft.set_cells(self._rows.sheet, edits)

    def _can_edit(self) -> bool:
        return self.currentIndex().isValid() and self.state() != QAbstractItemView.State.EditingState

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.key() == Qt.Key.Key_Delete:
            self.clear_cells()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._can_edit():
            self.edit(QModelIndex(self.currentIndex()))
        else:
            super().keyPressEvent(event)
