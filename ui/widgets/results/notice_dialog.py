"""What the notice (公示) shows: its columns in their order, how it is encoded, masked names; with a preview."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QDialog,
    QListWidget,
    QListWidgetItem,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from data.exchange import notice_csv
from data.exchange.csv_cells import GB18030, UTF8
from data.exchange.notice_csv import NoticeOptions
from data.i18n import _, ngettext
from data.queries import notice
from data.queries.results import Frozen
from ui.widgets import parts

_SIZE = (960, 560)
_LEFT_WIDTH = 264
_ROWS_SHOWN = 30
_NAMES_SHOWN = 6


class NoticeDialog(QDialog):
    """Calls `accepted_options(NoticeOptions)` when the file is to be saved. Deletes itself when closed."""

    def __init__(self, parent: QWidget, content: Frozen, accepted_options: Callable[[NoticeOptions], None]) -> None:
        super().__init__(parent)
        self.resize(*_SIZE)
        self._content = content
        self._accepted = accepted_options
        self._build()
        self._preview()

    def options(self) -> NoticeOptions:
        """What is chosen now."""
        items = [self.columns.item(row) for row in range(self.columns.count())]
        chosen = [item for item in items if item.checkState() == Qt.CheckState.Checked]
        return NoticeOptions(
            columns=tuple(str(item.data(Qt.ItemDataRole.UserRole)) for item in chosen),
            encoding=str(self.encoding.currentData()),
            mask_names=self.mask.isChecked(),
            awarded_only=self.awarded.isChecked(),
        )

    def _build(self) -> None:
        layout = parts.dialog_frame(self, "noticeDialog", _("Notice"))
        layout.addWidget(parts.heading(_("Notice of result version {n}").format(n=self._content.version.number)))
        left = QWidget()
        left.setFixedWidth(_LEFT_WIDTH)
        left.setLayout(self._build_options())
        self.preview = QTableWidget()
        self.preview.setObjectName("noticePreview")
        self.preview.setAccessibleName(_("Preview"))
        self.preview.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.preview.setShowGrid(False)
        self.preview.setWordWrap(False)
        self.preview.verticalHeader().hide()
        self._count = parts.muted()
        self._count.setObjectName("noticeCount")
        middle = parts.row(left, parts.column(self.preview, self._count), spacing=16)
        middle.setStretch(1, 1)
        layout.addLayout(middle, 1)
        self.warning = parts.label("", tone="attention", wrap=True)
        self.warning.setObjectName("noticeWarning")
        layout.addWidget(self.warning)
        self.save_button = parts.primary_button(_("Save as CSV…"), self.accept, name="saveNotice")
        self.save_button.setDefault(True)
        layout.addLayout(parts.row(None, parts.button(_("Cancel"), self.reject, name="no"), self.save_button))

    def _build_options(self) -> QVBoxLayout:
        self.columns = QListWidget()
        self.columns.setObjectName("noticeColumns")
        self.columns.setAccessibleName(_("Columns"))
        self.columns.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        order = (*notice.CHOSEN, *(key for key in notice_csv.HEADERS if key not in notice.CHOSEN))
        for key in order:
            item = QListWidgetItem(_column_title(key))
            item.setData(Qt.ItemDataRole.UserRole, key)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if key in notice.CHOSEN else Qt.CheckState.Unchecked)
            self.columns.addItem(item)
        self.columns.setCurrentRow(0)
        self.columns.itemChanged.connect(self._preview)
        self.columns.model().rowsMoved.connect(self._preview)
        up = parts.button(_("Up"), self._on_up, name="columnUp")
        down = parts.button(_("Down"), self._on_down, name="columnDown")
        self.encoding = QComboBox()
        self.encoding.setObjectName("noticeEncoding")
        self.encoding.addItem(_("UTF-8 (any program of today)"), UTF8)
        self.encoding.addItem(_("GB18030 (old programs)"), GB18030)
        self.encoding.currentIndexChanged.connect(self._preview)
        self.mask = QCheckBox(_("Mask names (张*伟)"))
        self.mask.setObjectName("noticeMask")
        self.mask.toggled.connect(self._preview)
        self.awarded = QCheckBox(_("Only those with an award"))
        self.awarded.setObjectName("noticeAwarded")
        self.awarded.toggled.connect(self._preview)
        encoding = parts.label(_("Encoding"), "subheading")
        encoding.setBuddy(self.encoding)
        made = parts.column(
            parts.label(_("Columns, in this order"), "subheading"),
            self.columns,
            parts.row(up, down, None),
            self.mask,
            self.awarded,
            encoding,
            self.encoding,
        )
        made.setContentsMargins(0, 0, 0, 0)
        return made

    def _on_up(self) -> None:
        self._move(-1)

    def _on_down(self) -> None:
        self._move(1)

    def _move(self, step: int) -> None:
        row = self.columns.currentRow()
        if 0 <= row + step < self.columns.count():
            self.columns.insertItem(row + step, self.columns.takeItem(row))
            self.columns.setCurrentRow(row + step)
            self._preview()

    def _preview(self) -> None:
        options = self.options()
        header, *rows = notice_csv.notice_table(self._content, options)
        shown = rows[:_ROWS_SHOWN]
        self.preview.setColumnCount(len(header))
        self.preview.setRowCount(len(shown))
        self.preview.setHorizontalHeaderLabels(header)
        for number, cells in enumerate(shown):
            for column, cell in enumerate(cells):
                self.preview.setItem(number, column, QTableWidgetItem(cell))
        self.preview.resizeColumnsToContents()
        count = ngettext("{n} row", "{n} rows", len(rows)).format(n=len(rows))
        if len(rows) > len(shown):
            count = _("{rows}, the first {n} of them here").format(rows=count, n=len(shown))
        self._count.setText(count)
        self._warn(notice_csv.unreadable(rows, options))
        self.save_button.setEnabled(bool(options.columns) and bool(rows))

    def _warn(self, garbled: tuple[str, ...]) -> None:
        self.warning.setVisible(bool(garbled))
        names = "、".join(garbled[:_NAMES_SHOWN]) + (" …" if len(garbled) > _NAMES_SHOWN else "")
        text = _("Old programs that read GBK show these wrongly: {names}. UTF-8 keeps them.").format(names=names)
        self.warning.setText(f"▲ {text}")

    def accept(self) -> None:
        options = self.options()
        super().accept()
        self._accepted(options)


def _column_title(key: str) -> str:
    return {
        "division": _("Division"),
        "place": _("Place"),
        "number": _("Contestant number"),
        "name": _("Name"),
        "unit": _("Unit"),
        "components": _("Each part of the total"),
        "total": _("Total score"),
        "award": _("Award"),
        "state": _("State"),
    }[key]
