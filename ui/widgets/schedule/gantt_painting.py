"""How the chart of a day looks: bars told apart by shape and sign as well as by colour, the grid, labels and times."""

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from data.i18n import _
from data.queries.schedule import SlotRow
from data.rules.decimals import clock
from ui import theme
from ui.widgets.schedule.gantt_layout import BAR, HEADER, LABELS, Day, Layout, Row, ticks

STATION_COLORS = ("#3F6DA6", "#14807B", "#7A58A6", "#A86A14", "#B14D67", "#4F7D35", "#51607A", "#8A5A44")
_FADED_ALPHA = 70
_ROUND = 3.0
_LOWER = 3.5
_CHECK = "\N{CHECK MARK}"
COMING, DONE, RUNNING, LATE, OUT = "coming", "done", "running", "late", "out"


@dataclass(frozen=True)
class Look:
    """How one bar stands in the chart. `is_found`: the search means it; `is_faded`: the search means others."""

    color: str
    kind: str
    is_faded: bool = False
    is_found: bool = False
    is_pinned: bool = False
    is_changed: bool = False

    @property
    def is_pale(self) -> bool:
        return self.kind in (DONE, OUT) or self.is_faded


@dataclass(frozen=True)
class Scale:
    """Where a minute and a row lie in the body of the chart, which begins right of the labels and below the times."""

    opens: int
    zoom: float  # pixels a minute
    left: int = 0  # scrolled
    top: int = 0

    def x(self, minute: float) -> float:
        return (minute - self.opens) * self.zoom - self.left

    def minute(self, x: float) -> float:
        return self.opens + (x + self.left) / self.zoom

    def bar(self, starts: int, ends: int, top: int, line: int) -> QRectF:
        """The bar from one minute to another in the row whose top is given; one pixel stays free at its end."""
        x, end = round(self.x(starts)), round(self.x(ends))
        return QRectF(x, top - self.top + (line - BAR) / 2, max(2, end - x - 1), BAR)


def legend() -> list[tuple[str, str]]:
    """The kinds of bars, each with what it says."""
    return [
        (COMING, _("to come")),
        (RUNNING, _("running")),
        (LATE, _("late")),
        (DONE, _("done")),
        (OUT, _("dropped")),
    ]


def paint_grid(painter: QPainter, day: Day, layout: Layout, scale: Scale, area: QRectF) -> None:
    """Breaks, and a thin line at each time."""
    colors = theme.colors()
    for _name, starts, ends in day.breaks:
        band = QRectF(scale.x(starts), area.top(), (ends - starts) * scale.zoom, area.height())
        painter.fillRect(band.intersected(area), QColor(colors.sunken))
    painter.setPen(QColor(colors.line))
    for minute in ticks(day.opens, layout.last, scale.zoom):
        x = round(scale.x(minute))
        if area.left() - 1 <= x <= area.right() + 1:
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))


def paint_closed(painter: QPainter, row: Row, layout: Layout, scale: Scale) -> None:
    """When nobody performs in this lane: a hatched band."""
    if not row.closed:
        return
    brush = QBrush(QColor(theme.colors().line_strong), Qt.BrushStyle.BDiagPattern)
    for starts, ends in row.closed:
        first, last = max(starts, layout.opens), min(ends, layout.last)
        if first < last:
            painter.fillRect(
                QRectF(scale.x(first), row.top - scale.top, (last - first) * scale.zoom, layout.line), brush
            )


def paint_bar(painter: QPainter, bar: QRectF, look: Look, texts: tuple[str, str], ratio: float) -> None:
    """One visit. Its ground is kept for all bars of the same width and look. texts: the long one and the short one, of
    which the longest that has room is written."""
    painter.drawPixmap(bar.topLeft(), _ground(look, int(bar.width()), ratio, theme.colors().text))
    room = bar.width() - 4 - (10 if look.kind in (LATE, RUNNING) else 0)
    tries = (f"{_CHECK} {texts[0]}" if look.kind == DONE else texts[0], *texts)
    signed = next((text for text in tries if _advance(text) <= room), "")
    if signed:
        painter.setPen(QColor(theme.colors().text) if look.is_pale else QColor("#FFFFFF"))
        shift = {LATE: QPointF(5, 0), RUNNING: QPointF(-4, 0)}.get(look.kind, QPointF())
        painter.drawText(bar.translated(shift), Qt.AlignmentFlag.AlignCenter, signed)


def paint_actual(painter: QPainter, bar: QRectF) -> None:
    """When a visit really ran: a thin line beneath its bar."""
    line = QRectF(bar.left(), bar.bottom() + 1, bar.width(), 2)
    painter.fillRect(line, QColor(theme.colors().text))


def paint_labels(painter: QPainter, layout: Layout, scale: Scale, area: QRect) -> None:
    """Station and lane, or number and name, at the left of the rows that meet the area."""
    colors = theme.colors()
    painter.fillRect(area, QColor(colors.surface))
    middle, right = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    bold, plain, small = theme.font(12, bold=True), theme.font(12), theme.font(11)
    for number in layout.sight(area.top() - HEADER + scale.top - layout.line, area.bottom() - HEADER + scale.top + 1):
        row = layout.rows[number]
        y = HEADER + row.top - scale.top
        if row.head:
            painter.setFont(bold)
            painter.setPen(QColor(colors.text))
            wide = max(34.0, _advance(row.head, is_bold=True) + 10) if row.entrant else 34
            painter.drawText(QRectF(8, y, min(wide, LABELS - 16), layout.line), middle, row.head)
            painter.setFont(plain)
            room = LABELS - 8 - wide - (30 if row.side else 8)
            name = painter.fontMetrics().elidedText(row.name, Qt.TextElideMode.ElideRight, int(room))
            painter.drawText(QRectF(10 + wide, y, room, layout.line), middle, name)
        if row.side:
            painter.setFont(small)
            painter.setPen(QColor(colors.muted))
            painter.drawText(QRectF(LABELS - 32, y, 24, layout.line), right, row.side)


def paint_times(painter: QPainter, day: Day, layout: Layout, scale: Scale, width: int) -> None:
    """The times above the chart."""
    colors = theme.colors()
    painter.fillRect(0, 0, width, HEADER, QColor(colors.surface))
    painter.setFont(theme.font(12))
    painter.setPen(QColor(colors.muted))
    for minute in ticks(day.opens, layout.last, scale.zoom):
        x = LABELS + scale.x(minute)
        if x >= LABELS - 1:
            painter.drawText(QRectF(x - 30, 0, 60, HEADER), Qt.AlignmentFlag.AlignCenter, clock(minute))


def paint_break_names(painter: QPainter, day: Day, scale: Scale, area: QRect) -> None:
    """The names of the breaks, in the middle of what is in sight."""
    painter.setFont(theme.font(11))
    painter.setPen(QColor(theme.colors().muted))
    for name, starts, ends in day.breaks:
        wide = (ends - starts) * scale.zoom
        if _advance(name) <= wide:
            band = QRectF(LABELS + scale.x(starts), area.top(), wide, area.height())
            painter.drawText(band, Qt.AlignmentFlag.AlignCenter, name)


def paint_now(painter: QPainter, minute: int, x: float, height: int) -> None:
    """The line of the present minute, with the time at its top."""
    colors = theme.colors()
    painter.setPen(QPen(QColor(colors.red), 2))
    painter.drawLine(QPointF(x, HEADER - 6), QPointF(x, height))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colors.red))
    painter.drawRoundedRect(QRectF(x - 22, 6, 44, 20), 10, 10)
    painter.setFont(theme.font(12))
    painter.setPen(QColor(colors.on_ink))
    painter.drawText(QRectF(x - 22, 6, 44, 20), Qt.AlignmentFlag.AlignCenter, clock(minute))


def bar_texts(slot: SlotRow, row: Row) -> tuple[str, str]:
    """What a bar says: who it is in the chart by lane, where it is in the one by entrant; then the same in short."""
    if row.entrant:
        return f"{slot.station_code}-{slot.lane}", slot.station_code
    return slot.number, slot.number


@lru_cache(maxsize=16384)
def _advance(text: str, *, is_bold: bool = False) -> float:
    return QFontMetricsF(theme.font(12 if is_bold else 11, bold=is_bold)).horizontalAdvance(text)


@lru_cache(maxsize=512)
def _ground(look: Look, width: int, ratio: float, text: str) -> QPixmap:
    """text: the colour of plain text, which differs in a dark theme."""
    made = QPixmap(round(width * ratio), round(BAR * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ground = QColor(look.color)
    if look.is_pale:
        ground.setAlpha(_FADED_ALPHA if look.kind != OUT else 0)
    edge, inside = _edge(look, text), QRectF(0, 0, width, BAR)
    if edge.style() != Qt.PenStyle.NoPen:
        half = edge.widthF() / 2
        inside = inside.adjusted(half, half, -half, -half)
    painter.setPen(edge)
    painter.setBrush(ground)
    painter.drawPath(_shape(inside, look.kind))
    if look.kind == LATE and width >= 14:
        painter.setPen(QPen(QColor("#16212E"), 0.8))
        painter.setBrush(QColor("#F0C271"))
        painter.drawPolygon(QPolygonF([QPointF(4, 16.5), QPointF(8, 6), QPointF(12, 16.5)]))
    if look.is_changed:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor("#FFD166"))
        painter.drawPolygon(QPolygonF([QPointF(0, 0), QPointF(9, 0), QPointF(0, 9)]))
    if look.is_pinned:
        _pin(painter, QPointF(width - 6, 6))
    painter.end()
    return made


def _edge(look: Look, text: str) -> QPen:
    if look.is_found:
        return QPen(QColor(text), 2)
    if look.kind == LATE:
        return QPen(QColor("#F0A020"), 2)
    if look.kind == OUT:
        return QPen(QColor(look.color), 1, Qt.PenStyle.DashLine)
    return QPen(Qt.PenStyle.NoPen)


def _shape(inside: QRectF, kind: str) -> QPainterPath:
    """A rounded bar; one that runs points to the right, one that is done is lower."""
    path = QPainterPath()
    if kind == DONE:
        inside = inside.adjusted(0, _LOWER, 0, -_LOWER)
    if kind != RUNNING or inside.width() < 12:
        path.addRoundedRect(inside, _ROUND, _ROUND)
        return path
    path.addPolygon(
        QPolygonF(
            [
                inside.topLeft(),
                QPointF(inside.right() - 8, inside.top()),
                QPointF(inside.right(), inside.center().y()),
                QPointF(inside.right() - 8, inside.bottom()),
                inside.bottomLeft(),
            ]
        )
    )
    path.closeSubpath()
    return path


def _pin(painter: QPainter, head: QPointF) -> None:
    painter.setPen(QPen(QColor("#16212E"), 1.2))
    painter.drawLine(head, head + QPointF(-4.5, 5.5))
    painter.setBrush(QColor("#FFFFFF"))
    painter.drawEllipse(head, 3.2, 3.2)
