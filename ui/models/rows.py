"""A table model over a snapshot of rows; it sorts and filters in plain Python and never asks the event file."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont

from data.rules.identity import fold_width
from ui import theme

Row = Any
Index = QModelIndex | QPersistentModelIndex
Accepts = Callable[[Row], bool]

ROW_ROLE = Qt.ItemDataRole.UserRole
_NO_PARENT = QModelIndex()


@dataclass(frozen=True)
class Column:
    """One column: its header, the text of a row in it, and how it looks.

    sort: the value to sort by, the text when left out; None values come last.
    tone: "done", "attention", "wrong", "muted" or "" for a row. tip: the tool tip of a row's cell.
    width: in pixels at 100 %; 0 shares the room that is left.
    """

    title: str
    text: Callable[[Row], str]
    sort: Callable[[Row], Any] | None = None
    width: int = 120
    right: bool = False
    bold: bool = False
    tone: Callable[[Row], str] | None = None
    tip: Callable[[Row], str] | None = None


def search_text(columns: Sequence[Column], row: Row) -> str:
    """All that a search may find a row by: its texts, their pinyin and initials, a line each."""
    texts = [column.text(row).casefold() for column in columns]
    chinese = [text for text in texts if not text.isascii()]
    if chinese:
        # The pinyin dictionary takes a tenth of a second to load: only when somebody searches.
        from data.queries.pinyin_search import spellings

        texts += [spelling for text in chinese for spelling in spellings(text)]
    return "\n".join(texts)


class RowsModel(QAbstractTableModel):
    """Shows `rows` (any objects, usually frozen dataclasses of a query) by `columns`."""

    def __init__(self, columns: Sequence[Column], rows: Sequence[Row] = ()) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self._rows: list[Row] = list(rows)
        self._shown: list[Row] = list(rows)
        self._texts: dict[int, str] = {}
        self._words: list[str] = []
        self._accepts: list[Accepts] = []
        self._sorted_by: tuple[int, bool] | None = None
        self._bold = QFont(theme.font(theme.BASE_PX, bold=True))

    def set_rows(self, rows: Sequence[Row], texts: Mapping[int, str] | None = None) -> None:
        """Show another snapshot, with the search, filters and sorting as they are.

        texts: the `search_text` of each row by its `id()`, made where it blocks nobody; without it, each is made
        when somebody searches, which is quick enough for some thousand rows.
        """
        self._rows = list(rows)
        self._texts = dict(texts or {})
        self._arrange()

    def set_search(self, text: str) -> None:
        """Show only rows in which every word occurs; a word may be pinyin or pinyin initials."""
        words = fold_width(text).casefold().split()
        if words != self._words:
            self._words = words
            self._arrange()

    def set_filters(self, accepts: Sequence[Accepts]) -> None:
        """Show only rows that one of these accepts; none of them shows all."""
        self._accepts = list(accepts)
        self._arrange()

    def rows(self) -> list[Row]:
        """The rows in sight, in the order in sight."""
        return self._shown

    def all_rows(self) -> list[Row]:
        """The whole snapshot in its own order."""
        return self._rows

    def row_at(self, index: Index) -> Row | None:
        """The row behind an index, None if the index is not valid."""
        return self._shown[index.row()] if index.isValid() else None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._sorted_by = (column, order == Qt.SortOrder.DescendingOrder) if column >= 0 else None
        self._arrange()

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(self.columns[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = self._shown[index.row()], self.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(row)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == Qt.ItemDataRole.ForegroundRole and column.tone is not None:
            tone = column.tone(row)
            return QColor(theme.tone_colors(tone)[0]) if tone else None
        if role == Qt.ItemDataRole.FontRole and column.bold:
            return self._bold
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.tip(row) if column.tip is not None else column.text(row)
        if role == ROW_ROLE:
            return row
        return None

    def _arrange(self) -> None:
        self.beginResetModel()
        shown = self._rows
        if self._accepts:
            shown = [row for row in shown if any(accepts(row) for accepts in self._accepts)]
        if self._words:
            shown = [row for row in shown if all(self._holds(row, word) for word in self._words)]
        if self._sorted_by is not None:
            number, descending = self._sorted_by
            shown = _sorted(shown, self.columns[number], descending)
        self._shown = list(shown)
        self.endResetModel()

    def _holds(self, row: Row, word: str) -> bool:
        text = self._texts.get(id(row))
        if text is None:
            if not word.isascii():
                return any(word in column.text(row).casefold() for column in self.columns)
            text = self._texts[id(row)] = search_text(self.columns, row)
        return word in text


def _alignment(column: Column) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _sorted(rows: list[Row], column: Column, descending: bool) -> list[Row]:
    key = column.sort or column.text
    keyed = [(key(row), row) for row in rows]
    known = sorted((pair for pair in keyed if pair[0] is not None), key=itemgetter(0), reverse=descending)
    return [row for _value, row in known] + [row for value, row in keyed if value is None]
