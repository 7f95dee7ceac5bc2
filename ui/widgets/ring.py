"""How much of a station is done, as a ring with the per cent in it."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ui import theme

_SIZE = 56
_PEN = 7


class Ring(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._done = 0
        self._total = 0
        self.setFixedSize(_SIZE, _SIZE)

    def show_share(self, done: int, total: int) -> None:
        """Fill the ring to done of total."""
        self._done, self._total = done, total
        self.setAccessibleName(f"{done} / {total}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(_SIZE, _SIZE)

    def paintEvent(self, _event: QPaintEvent) -> None:
        now = theme.colors()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(self.rect()).adjusted(_PEN / 2, _PEN / 2, -_PEN / 2, -_PEN / 2)
        painter.setPen(QPen(QColor(now.sunken), _PEN))
        painter.drawEllipse(place)
        share = self._done / self._total if self._total else 0
        if share:
            painter.setPen(QPen(QColor(now.teal), _PEN, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawArc(place, 90 * 16, -round(share * 360 * 16))
        painter.setPen(QColor(now.text))
        painter.setFont(theme.font(13, bold=True))
        # Only what is whole is called 100 %.
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, f"{int(share * 100)}%")
