"""A chart of the judges' report on the screen: labels, numbers, drawn columns, and what to look at."""

from fractions import Fraction

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from data.queries.judge_charts import ATTENTION, WRONG, Chart, ChartRow, Scale, Spot
from ui import theme

ROW = 28
HEAD = 48
_CELL = 76
_NOTE = 176
_PAD = 10
_INSET = 18  # free at both ends of a scale, so that the outer numbers have room
_DOT, _BAR = 4.5, 8.0
_LEAST_WIDTH = 640
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_EMPTY = Chart("", "", (), (), ())


class ReportChart(QWidget):
    """Shows a chart at its full height; paints only the rows in sight. A tool tip says a row's texts in full."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setMinimumWidth(_LEAST_WIDTH)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._chart = _EMPTY

    @property
    def chart(self) -> Chart:
        return self._chart

    def show_chart(self, chart: Chart) -> None:
        """Show this one instead."""
        self._chart = chart
        self.setAccessibleName(chart.title)
        self.setAccessibleDescription("\n".join(map(row_words, chart.rows)))
        self.setFixedHeight(HEAD + ROW * len(chart.rows) + 1)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(_LEAST_WIDTH, HEAD + ROW * len(self._chart.rows) + 1)

    def row_at(self, y: float) -> ChartRow | None:
        """The row at this height, None above and below the rows."""
        number = int((y - HEAD) // ROW)
        return self._chart.rows[number] if 0 <= number < len(self._chart.rows) else None

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            row = self.row_at(event.pos().y())
            QToolTip.showText(event.globalPos(), row_words(row) if row else "", self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(event.rect(), QColor(theme.colors().surface))
        places = _Places(self.width(), self._chart)
        _paint_head(painter, places, self._chart)
        area = event.rect()
        first = max(0, (area.top() - HEAD) // ROW)
        last = min(len(self._chart.rows), (area.bottom() - HEAD) // ROW + 1)
        for number in range(first, last):
            _paint_row(painter, places, self._chart, self._chart.rows[number], HEAD + number * ROW)


def row_words(row: ChartRow) -> str:
    """A row as one line of text."""
    return " · ".join(part for part in (row.label, *row.cells, row.note) if part)


class _Places:
    """Where the columns stand at a width in pixels."""

    def __init__(self, width: int, chart: Chart) -> None:
        cells = _CELL * len(chart.columns)
        rest = width - cells - _NOTE
        self.width = width
        self.each = rest * 0.56 / max(1, len(chart.scales))
        self.label = rest - self.each * len(chart.scales)
        self.cells = [self.label + nth * _CELL for nth in range(len(chart.columns))]
        self.scales = [self.label + cells + nth * self.each for nth in range(len(chart.scales))]
        self.note = width - _NOTE

    def on_scale(self, nth: int, share: Fraction) -> float:
        return self.scales[nth] + _INSET + float(share) * (self.each - 2 * _INSET)


def _paint_head(painter: QPainter, places: _Places, chart: Chart) -> None:
    colors = theme.colors()
    painter.fillRect(QRectF(0, 0, places.width, HEAD), QColor(colors.sunken))
    painter.setFont(theme.font(12, bold=True))
    painter.setPen(QColor(colors.ink))
    base = QRectF(0, HEAD / 2, places.width, HEAD / 2)
    _text(painter, QRectF(_PAD, base.top(), places.label - _PAD, base.height()), chart.label)
    for title, left in zip(chart.columns, places.cells, strict=True):
        _text(painter, QRectF(left, base.top(), _CELL - _PAD, base.height()), title, Qt.AlignmentFlag.AlignRight)
    for nth, scale in enumerate(chart.scales):
        painter.setFont(theme.font(12, bold=True))
        painter.setPen(QColor(colors.ink))
        above = QRectF(places.scales[nth], 2, places.each, HEAD / 2)
        _text(painter, above, scale.title, Qt.AlignmentFlag.AlignHCenter)
        painter.setFont(theme.font(11))
        painter.setPen(QColor(colors.muted))
        for tick in scale.ticks:
            at = places.on_scale(nth, tick.at)
            painter.drawText(QRectF(at - 30, base.top(), 60, base.height()), Qt.AlignmentFlag.AlignCenter, tick.text)


def _paint_row(painter: QPainter, places: _Places, chart: Chart, row: ChartRow, y: float) -> None:
    colors = theme.colors()
    painter.setFont(theme.font(13))
    painter.setPen(QColor(colors.text))
    _text(painter, QRectF(_PAD, y, places.label - _PAD - 4, ROW), row.label)
    for text, left in zip(row.cells, places.cells, strict=True):
        _text(painter, QRectF(left, y, _CELL - _PAD, ROW), text, Qt.AlignmentFlag.AlignRight)
    for nth, scale in enumerate(chart.scales):
        _paint_scale(painter, places, nth, scale, y)
        spot = row.spots[nth]
        if spot is not None:
            _paint_spot(painter, places, nth, scale, spot, y + ROW / 2)
    if row.note:
        painter.setFont(theme.font(12, bold=row.tone in (ATTENTION, WRONG)))
        painter.setPen(QColor(theme.tone_colors(row.tone)[0]))
        sign = {ATTENTION: "▲ ", WRONG: "✕ "}.get(row.tone, "")
        _text(painter, QRectF(places.note + 4, y, _NOTE - 8, ROW), sign + row.note)
    painter.setPen(QColor(colors.line))
    painter.drawLine(QPointF(0, y + ROW), QPointF(places.width, y + ROW))


def _paint_scale(painter: QPainter, places: _Places, nth: int, scale: Scale, y: float) -> None:
    colors = theme.colors()
    painter.setPen(QColor(colors.line))
    for tick in scale.ticks:
        at = round(places.on_scale(nth, tick.at)) + 0.5
        painter.drawLine(QPointF(at, y), QPointF(at, y + ROW))
    if not scale.is_bar:
        at = round(places.on_scale(nth, scale.line)) + 0.5
        painter.setPen(QPen(QColor(colors.ink), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(at, y), QPointF(at, y + ROW))


def _paint_spot(painter: QPainter, places: _Places, nth: int, scale: Scale, spot: Spot, y: float) -> None:
    colors = theme.colors()
    at = places.on_scale(nth, spot.at)
    painter.setPen(Qt.PenStyle.NoPen)
    if scale.is_bar:
        left, right = places.on_scale(nth, Fraction(0)), places.on_scale(nth, Fraction(1))
        painter.setBrush(QColor(colors.sunken))
        painter.drawRoundedRect(QRectF(left, y - _BAR / 2, right - left, _BAR), 2, 2)
        painter.setBrush(QColor(colors.ink))
        painter.drawRoundedRect(QRectF(left, y - _BAR / 2, at - left, _BAR), 2, 2)
        return
    color = QColor({ATTENTION: colors.amber, WRONG: colors.red}.get(spot.tone, colors.teal))
    painter.setPen(QPen(color, 2))
    painter.drawLine(QPointF(places.on_scale(nth, spot.low), y), QPointF(places.on_scale(nth, spot.high), y))
    painter.setPen(QPen(QColor(colors.surface), 1))
    painter.setBrush(color)
    painter.drawEllipse(QPointF(at, y), _DOT, _DOT)


def _text(painter: QPainter, area: QRectF, text: str, side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft) -> None:
    """One line of text, elided where it has no room."""
    shown = QFontMetricsF(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, side | _MIDDLE, shown)
