"""One page in the rail: its icon, its name, and the mark of its phase."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from data.i18n import _, ngettext
from data.queries.readiness import PhaseMark
from ui import icons, theme

_HEIGHT = 38
_ICON = 18
_MARK = 18


class RailButton(QAbstractButton):
    """Checked while its page is in sight. The mark: ✓ done, a ring in work, a count where a hand is needed."""

    def __init__(self, key: str, text: str, shortcut: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.key = key
        self.setObjectName(f"rail:{key}")
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setText(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._shortcut = shortcut
        self._mark = PhaseMark("waiting", 0)
        self.set_mark(self._mark)

    @property
    def mark(self) -> PhaseMark:
        return self._mark

    def set_mark(self, mark: PhaseMark) -> None:
        """Show how far this phase is; said in words to a screen reader and in the tool tip."""
        self._mark = mark
        state = {
            "done": _("done"),
            "working": _("in work"),
            "attention": ngettext("{n} thing needs you", "{n} things need you", mark.count).format(n=mark.count),
            "wrong": ngettext("{n} thing is wrong", "{n} things are wrong", mark.count).format(n=mark.count),
        }.get(mark.state, "")
        self.setAccessibleName(f"{self.text()}, {state}" if state else self.text())
        self.setToolTip(" · ".join(part for part in (self.text(), state, self._shortcut) if part))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.RAIL_WIDTH, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        now = theme.colors()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isChecked() or self.underMouse():
            painter.fillRect(self.rect(), QColor(now.rail_current))
        if self.isChecked():
            painter.fillRect(0, 0, 3, self.height(), QColor(now.rail_mark))
        color = "#FFFFFF" if self.isChecked() else now.rail_text
        middle = self.height() // 2
        icons.icon(self.key, color, _ICON).paint(painter, 18, middle - _ICON // 2, _ICON, _ICON)
        painter.setPen(QColor(color))
        painter.setFont(theme.font(theme.BASE_PX, bold=self.isChecked()))
        words = self.rect().adjusted(46, 0, -(_MARK + 24), 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        self._paint_mark(painter, QRectF(self.width() - _MARK - 14, middle - _MARK / 2, _MARK, _MARK))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(now.rail_mark), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(2, 2, -2, -2), 4, 4)

    def _paint_mark(self, painter: QPainter, place: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setFont(theme.font(11, bold=True))
        if self._mark.state == "done":
            painter.setBrush(QColor(theme.TEAL))
            painter.drawEllipse(place)
            painter.setPen(QColor("#FFFFFF"))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, "✓")
        elif self._mark.state in ("attention", "wrong"):
            text = str(self._mark.count) if self._mark.count < 100 else "99+"
            width = max(_MARK + 4, painter.fontMetrics().horizontalAdvance(text) + 12)
            ground = QRectF(place.right() - width + 2, place.top(), width, place.height())
            painter.setBrush(QColor(theme.AMBER if self._mark.state == "attention" else theme.RED))
            painter.drawRoundedRect(ground, 9, 9)
            painter.setPen(QColor("#FFFFFF"))
            painter.drawText(ground, Qt.AlignmentFlag.AlignCenter, text)
        elif self._mark.state == "working":
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor("#E9B95C"), 2))
            painter.drawEllipse(place.adjusted(4, 4, -4, -4))
