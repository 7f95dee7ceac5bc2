"""What the table of a notice shows: its columns in their order, the order of its lines, names, scores, encoding."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from data.exchange.csv_cells import GB18030, UTF8
from data.exchange.notice_csv import NoticeOptions
from data.i18n import _
from data.queries import notice
from ui.widgets import parts


class NoticeOptionsView(QWidget):
    """Signal changed: something else is chosen."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.columns = QListWidget()
        self.columns.setObjectName("noticeColumns")
        self.columns.setAccessibleName(_("Columns"))
        self.columns.setDragDropMode(QListWidget.DragDropMode.InternalMove)
        for key in (*notice.CHOSEN, *(key for key in notice.COLUMNS if key not in notice.CHOSEN)):
            item = QListWidgetItem(_column_title(key))
            item.setData(Qt.ItemDataRole.UserRole, key)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if key in notice.CHOSEN else Qt.CheckState.Unchecked)
            self.columns.addItem(item)
        self.columns.setCurrentRow(0)
        self.columns.itemChanged.connect(self._on_changed)
        self.columns.model().rowsMoved.connect(self._on_changed)
        self.order = _box("noticeOrder", _("Order of the lines"))
        for text, key in ((_("by place"), "place"), (_("by contestant number"), "number"), (_("by unit"), "unit")):
            self.order.addItem(text, key)
        self.encoding = _box("noticeEncoding", _("Encoding of the CSV file"))
        self.encoding.addItem(_("UTF-8 (any program of today)"), UTF8)
        self.encoding.addItem(_("GB18030 (old programs)"), GB18030)
        self.mask = QCheckBox(_("Mask names (张*伟)"))
        self.mask.setObjectName("noticeMask")
        self.awarded = QCheckBox(_("Only those with an award"))
        self.awarded.setObjectName("noticeAwarded")
        self.scores = QCheckBox(_("Show scores"))
        self.scores.setObjectName("noticeScores")
        self.scores.setChecked(True)
        for box in (self.order, self.encoding):
            box.currentIndexChanged.connect(self._on_changed)
        for tick in (self.mask, self.awarded, self.scores):
            tick.toggled.connect(self._on_changed)
        up = parts.button(_("Up"), self._on_up, name="columnUp")
        down = parts.button(_("Down"), self._on_down, name="columnDown")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(6)
        layout.addWidget(parts.label(_("Columns, in this order"), "subheading"))
        layout.addWidget(self.columns, 1)
        layout.addLayout(parts.row(up, down, None))
        for tick in (self.scores, self.mask, self.awarded):
            layout.addWidget(tick)
        for box in (self.order, self.encoding):
            title = parts.label(box.accessibleName(), "subheading")
            title.setBuddy(box)
            layout.addWidget(title)
            layout.addWidget(box)

    def options(self) -> NoticeOptions:
        """What is chosen now."""
        items = [self.columns.item(row) for row in range(self.columns.count())]
        chosen = [item for item in items if item.checkState() == Qt.CheckState.Checked]
        return NoticeOptions(
            columns=tuple(str(item.data(Qt.ItemDataRole.UserRole)) for item in chosen),
            mask_names=self.mask.isChecked(),
            awarded_only=self.awarded.isChecked(),
            scores=self.scores.isChecked(),
            order=str(self.order.currentData()),
            encoding=str(self.encoding.currentData()),
        )

    def _on_changed(self, *_what: object) -> None:
        self.changed.emit()

    def _on_up(self) -> None:
        self._move(-1)

    def _on_down(self) -> None:
        self._move(1)

    def _move(self, step: int) -> None:
        row = self.columns.currentRow()
        if 0 <= row + step < self.columns.count():
            self.columns.insertItem(row + step, self.columns.takeItem(row))
            self.columns.setCurrentRow(row + step)
            self.changed.emit()


def _box(name: str, title: str) -> QComboBox:
    made = QComboBox()
    made.setObjectName(name)
    made.setAccessibleName(title)
    return made


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
