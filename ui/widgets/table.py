"""The table of every page: search (pinyin too), filter chips, sorting, remembered widths, copy as text."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QMenu,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from data.i18n import _, ngettext
from ui.models.rows import Column, RowsModel
from ui.settings import Settings
from ui.widgets import parts

_ROW_HEIGHT = 32
_LEAST_WIDTH = 56


@dataclass(frozen=True)
class Filter:
    """A chip above a table: while it is on, only rows that it (or another chip that is on) accepts are shown."""

    text: str
    accepts: Callable[[Any], bool]


class Table(QWidget):
    """A table over snapshots: `set_rows(rows)` as often as needed.

    name: remembers the column widths under this name, and is the object name.
    Signals: opened(row) on Enter or double click; chosen(row or None) when the current row changes.
    """

    opened = Signal(object)
    chosen = Signal(object)

    def __init__(
        self,
        name: str,
        columns: Sequence[Column],
        settings: Settings,
        *,
        searchable: bool = True,
        filters: Sequence[Filter] = (),
        key: Callable[[Any], Any] = id,
    ) -> None:
        """key: what identifies a row, so that the current row stays the same one after `set_rows`."""
        super().__init__()
        self.setObjectName(name)
        self._name = name
        self._settings = settings
        self._key = key
        self._filters = tuple(filters)
        self._chips: list[QPushButton] = []
        self._widths_set = False
        self.model = RowsModel(columns)
        self.search = QLineEdit()
        self.view = QTableView()
        self._count = parts.muted()
        self._build(searchable)

    def set_rows(self, rows: Sequence[Any], texts: Mapping[int, str] | None = None) -> None:
        """Show these rows; the row that was current stays so if it is still there. texts: see RowsModel.set_rows."""
        current = self.current()
        wanted = None if current is None else self._key(current)
        place = self.view.verticalScrollBar().value()
        self.model.set_rows(rows, texts)
        if wanted is not None:
            self.choose(wanted)
        self.view.verticalScrollBar().setValue(place)
        self._tell_count()

    def current(self) -> Any:
        """The current row, or None."""
        return self.model.row_at(self.view.currentIndex())

    def selected(self) -> list[Any]:
        """All selected rows, in the order in sight."""
        indexes = self.view.selectionModel().selectedRows()
        return [self.model.rows()[index.row()] for index in sorted(indexes, key=QModelIndex.row)]

    def choose(self, key: Any) -> bool:
        """Make the row with this key current and bring it into sight; returns whether it is shown."""
        for number, row in enumerate(self.model.rows()):
            if self._key(row) == key:
                index = self.model.index(number, 0)
                self.view.setCurrentIndex(index)
                self.view.scrollTo(index)
                return True
        return False

    def set_search(self, text: str) -> None:
        """Type this into the search field."""
        self.search.setText(text)

    def set_filter(self, text: str, on: bool = True) -> None:
        """Turn the chip with this text on or off."""
        for chip, made in zip(self._chips, self._filters, strict=True):
            if made.text == text:
                chip.setChecked(on)

    def copy(self) -> None:
        """Put the selected rows (all in sight, if none is) on the clipboard, with headers, tabs between."""
        rows = self.selected() or self.model.rows()
        lines = [[column.title for column in self.model.columns]]
        lines += [[column.text(row) for column in self.model.columns] for row in rows]
        text = "\n".join("\t".join(" ".join(cell.split()) for cell in line) for line in lines)
        QGuiApplication.clipboard().setText(text)

    def _build(self, searchable: bool) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        self._tools = QHBoxLayout()
        self._tools.setSpacing(8)
        layout.addLayout(self._tools)  # first, so that nothing in it is ever shown as a window of its own
        self.search.setPlaceholderText(_("Search (pinyin too)"))
        self.search.setAccessibleName(_("Search"))
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(280)
        self.search.textChanged.connect(self._on_search)
        self.search.installEventFilter(self)
        self._tools.addWidget(self.search, 8)  # far more of the room than the empty part, up to its most
        self.search.setVisible(searchable)
        for wanted in self._filters:
            chip = parts.button(wanted.text, role="chip")
            chip.setCheckable(True)
            chip.toggled.connect(self._on_filter)
            self._chips.append(chip)
            self._tools.addWidget(chip)
        self._tools.addStretch(1)
        self._tools.addWidget(self._count)
        self._count.setVisible(searchable)
        self._build_view()
        layout.addWidget(self.view, 1)
        self.setFocusProxy(self.view)

    def _build_view(self) -> None:
        view = self.view
        view.setModel(self.model)
        view.setShowGrid(False)
        view.setWordWrap(False)
        view.setSortingEnabled(True)
        view.setTabKeyNavigation(False)
        view.setCornerButtonEnabled(False)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.verticalHeader().hide()
        view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        view.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        header = view.horizontalHeader()
        header.setMinimumSectionSize(_LEAST_WIDTH)
        header.setHighlightSections(False)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setSortIndicatorClearable(True)
        view.doubleClicked.connect(self._on_open)
        view.customContextMenuRequested.connect(self._on_menu)
        view.selectionModel().currentRowChanged.connect(self._on_current)
        view.installEventFilter(self)

    def _on_search(self, text: str) -> None:
        self.model.set_search(text)
        self._tell_count()

    def _on_filter(self) -> None:
        on = [made.accepts for chip, made in zip(self._chips, self._filters, strict=True) if chip.isChecked()]
        self.model.set_filters(on)
        self._tell_count()

    def _tell_count(self) -> None:
        shown, known = len(self.model.rows()), len(self.model.all_rows())
        if shown == known:
            self._count.setText(ngettext("{n} row", "{n} rows", known).format(n=known))
        else:
            self._count.setText(_("{shown} of {known} rows").format(shown=shown, known=known))

    def _on_current(self, index: QModelIndex, _before: QModelIndex) -> None:
        self.chosen.emit(self.model.row_at(index))

    def _on_open(self, index: QModelIndex) -> None:
        row = self.model.row_at(index)
        if row is not None:
            self.opened.emit(row)

    def _on_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_("Copy"), QKeySequence.StandardKey.Copy, self.copy)
        menu.addAction(_("Select all"), QKeySequence.StandardKey.SelectAll, self.view.selectAll)
        menu.popup(self.view.viewport().mapToGlobal(place))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if watched is self.search and event.key() == Qt.Key.Key_Down:
                self.view.setFocus()
                if self.current() is None and self.model.rows():
                    self.view.setCurrentIndex(self.model.index(0, 0))
                return True
            if watched is self.view and event.matches(QKeySequence.StandardKey.Copy):
                self.copy()
                return True
            if watched is self.view and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._on_open(self.view.currentIndex())
                return True
        return super().eventFilter(watched, event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._widths_set:
            self._widths_set = True
            self._set_widths()

    def _set_widths(self) -> None:
        header = self.view.horizontalHeader()
        remembered = self._settings.widths(self._name)
        if len(remembered) == len(self.model.columns):
            for number, width in enumerate(remembered):
                header.resizeSection(number, max(width, _LEAST_WIDTH))
        else:
            for number, column in enumerate(self.model.columns):
                if column.width:
                    header.resizeSection(number, column.width)
                else:
                    header.setSectionResizeMode(number, QHeaderView.ResizeMode.Stretch)
        header.sectionResized.connect(self._on_resized)

    def _on_resized(self) -> None:
        header = self.view.horizontalHeader()
        if QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton:
            self._settings.remember_widths(self._name, [header.sectionSize(n) for n in range(header.count())])
