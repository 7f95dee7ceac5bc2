"""A cell of the board: what counts in the first line, the detail in a smaller one below it."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui import theme

ROW_HEIGHT = 52
_MARGIN = 10
_SMALL_PX = 12

Index = QModelIndex | QPersistentModelIndex


class BoardCell(QStyledItemDelegate):
    """Paints a text of two lines; each is cut with … where the column is too narrow."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(super().sizeHint(option, index).width(), ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        shown = QStyleOptionViewItem(option)
        self.initStyleOption(shown, index)
        first, _line, second = index.data(Qt.ItemDataRole.DisplayRole).partition("\n")
        shown.text = ""
        widget = option.widget
        style = widget.style() if isinstance(widget, QWidget) else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, shown, painter, widget)
        place = shown.rect.adjusted(_MARGIN, 0, -_MARGIN, 0)
        middle = place.center().y()
        color = shown.palette.color(QPalette.ColorRole.Text)
        painter.save()
        if second:
            self._write(painter, first, place.adjusted(0, 4, 0, middle - place.bottom()), shown.font, color)
            small = theme.font(_SMALL_PX)
            muted = QColor(theme.colors().muted)
            self._write(painter, second, place.adjusted(0, middle - place.top(), 0, -5), small, muted)
        else:
            self._write(painter, first, place, shown.font, color)
        painter.restore()

    @staticmethod
    def _write(painter: QPainter, text: str, place: QRect, font: QFont, color: QColor) -> None:
        painter.setFont(font)
        painter.setPen(color)
        cut = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, cut)
