"""The rows of one sheet of the draft plan as an editable table model."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from data.exchange.plan_tables import Finding
from data.rules.plan_layout import SHEETS, Column, layout
from ui import theme
from ui.models.plan_draft import PlanDraft
from ui.pages.setup_words import choice_title, header_title, hint
from ui.widgets import parts

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
_OF_SHEET = ("sheet", "sheet_name")  # the same in all items of a mark sheet, so not columns of its table


class PlanRows(QAbstractTableModel):
    """Edits the draft; of the sheet 评分表 it shows the items of one mark sheet at a time, see `choose`.

    A row of the model is `place(row)` in the draft.
    """

    def __init__(self, draft: PlanDraft, sheet: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sheet = sheet
        left_out = _OF_SHEET if sheet == SHEETS else ()
        self.columns: tuple[Column, ...] = tuple(c for c in layout(sheet).columns if c.field not in left_out)
        self._draft = draft
        self._chosen = ""
        self._places: list[int] = []
        self._findings: dict[tuple[int, str], list[Finding]] = {}
        self.reread()

    def choose(self, code: str) -> None:
        """Show the items of this mark sheet."""
        self._chosen = code
        self.reread()

    def reread(self) -> None:
        """Show the draft as it is now."""
        rows = self._draft.rows(self.sheet)
        places = [
            n for n, row in enumerate(rows) if self.sheet != SHEETS or row.cells.get("评分表", "") == self._chosen
        ]
        same = len(places) == len(self._places)
        if not same:
            self.beginResetModel()
        self._places = places
        self._findings.clear()
        for finding in self._draft.reading().findings:
            if finding.sheet == self.sheet and finding.row:
                self._findings.setdefault((finding.row - 1, finding.column), []).append(finding)
        if not same:
            self.endResetModel()
        elif places:
            self.dataChanged.emit(self.index(0, 0), self.index(len(places) - 1, len(self.columns) - 1))
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, len(places) - 1)

    def place(self, row: int) -> int:
        """The place in the draft of a row of this model; behind the last one, where a new row goes."""
        if row < len(self._places):
            return self._places[row]
        return self._places[-1] + 1 if self._places else len(self._draft.rows(self.sheet))

    def row_of(self, place: int) -> int:
        """The row of this model at a place in the draft, -1 if it is not shown."""
        return self._places.index(place) if place in self._places else -1

    def column_of(self, header: str) -> int:
        """The column with this header of the workbook, 0 if it is not shown."""
        return next((n for n, column in enumerate(self.columns) if column.header == header), 0)

    def text(self, index: _Index) -> str:
        """The text of a cell as the workbook has it."""
        row = self._draft.rows(self.sheet)[self._places[index.row()]]
        return row.cells.get(self.columns[index.column()].header, "")

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._places)

    def columnCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return str(self._places[section] + 1) if role == Qt.ItemDataRole.DisplayRole else None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return header_title(self.sheet, column.field)
        if role == Qt.ItemDataRole.ToolTipRole:
            return hint(self.sheet, column.field) or None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.EditRole:
            return self.text(index)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        found = self._findings.get((self._places[index.row()], column.header), [])
        tone = "wrong" if any(finding.severity == "error" for finding in found) else "attention" if found else ""
        if role == Qt.ItemDataRole.DisplayRole:
            text = choice_title(self.text(index)) if column.choices else self.text(index)
            return f"{parts.MARKS[tone]} {text}" if tone else text
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(finding.message for finding in found) or self.text(index)
        if role == Qt.ItemDataRole.ForegroundRole and tone:
            return QColor(theme.tone_colors(tone)[0])
        return None

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or str(value) == self.text(index):
            return False
        self._draft.set_cells(self.sheet, [(self.place(index.row()), self.columns[index.column()].header, str(value))])
        return True


def _alignment(column: Column) -> Qt.AlignmentFlag:
    number = column.kind in ("whole", "milli", "time")
    return (Qt.AlignmentFlag.AlignRight if number else Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter
