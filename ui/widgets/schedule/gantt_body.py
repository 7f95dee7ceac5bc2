"""The bars of the chart as a picture that is kept: scrolling paints only what comes into sight."""

from collections.abc import Mapping

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from data.queries.schedule import SlotRow
from ui import theme
from ui.widgets.schedule.gantt_layout import Day, Layout
from ui.widgets.schedule.gantt_painting import Look, Scale, bar_texts, paint_actual, paint_bar, paint_closed, paint_grid


class Body:
    """Everything right of the labels and below the times that does not move with the pointer."""

    def __init__(self) -> None:
        self._picture: QPixmap | None = None
        self._scale: Scale | None = None

    def forget(self) -> None:
        """Paint all of it anew next time."""
        self._picture = None

    def picture(
        self, day: Day, layout: Layout, scale: Scale, looks: Mapping[int, Look], size: QSize, ratio: float
    ) -> QPixmap:
        """The body as it is in sight; only what came into sight since the last time is painted."""
        whole = QRect(QPoint(), size)
        kept, before = self._picture, self._scale
        if kept is None or before is None or kept.size() != size * ratio or kept.devicePixelRatio() != ratio:
            kept, missing = QPixmap(size * ratio), [whole]
            kept.setDevicePixelRatio(ratio)
        elif before == scale:
            return kept
        else:
            missing = _scrolled(kept, before, scale, whole, ratio)
        for area in missing:
            _paint(kept, day, layout, scale, looks, area, ratio)
        self._picture, self._scale = kept, scale
        return kept


def _scrolled(kept: QPixmap, before: Scale, scale: Scale, whole: QRect, ratio: float) -> list[QRect]:
    """Moves the picture, and tells which parts of it are to be painted."""
    right, down = before.left - scale.left, before.top - scale.top
    is_same = (before.zoom, before.opens) == (scale.zoom, scale.opens)
    is_whole = float(right * ratio).is_integer() and float(down * ratio).is_integer()
    if not (is_same and is_whole) or abs(right) >= whole.width() or abs(down) >= whole.height():
        return [whole]
    kept.scroll(round(right * ratio), round(down * ratio), QRect(QPoint(), kept.size()))
    missing = []
    if right:
        edge = 0 if right > 0 else whole.width() + right
        missing.append(QRect(edge, 0, abs(right), whole.height()))
    if down:
        edge = 0 if down > 0 else whole.height() + down
        missing.append(QRect(0, edge, whole.width(), abs(down)))
    return missing


def _paint(
    picture: QPixmap, day: Day, layout: Layout, scale: Scale, looks: Mapping[int, Look], area: QRect, ratio: float
) -> None:
    painter = QPainter(picture)
    painter.setClipRect(area)
    painter.setFont(theme.font(11))
    painter.fillRect(area, QColor(theme.colors().surface))
    paint_grid(painter, day, layout, scale, QRectF(area))
    painter.setBackgroundMode(Qt.BGMode.TransparentMode)
    first, last = scale.minute(area.left() - 2), scale.minute(area.right() + 2)
    for number in layout.sight(area.top() + scale.top - layout.line, area.bottom() + scale.top + 1):
        row = layout.rows[number]
        paint_closed(painter, row, layout, scale)
        for slot in row.between(first, last):
            bar = scale.bar(slot.starts_minute, slot.ends_minute, row.top, layout.line)
            paint_bar(painter, bar, looks[slot.visit_id], bar_texts(slot, row), ratio)
            ran = day.actual.get(slot.visit_id)
            if ran is not None:
                paint_actual(painter, scale.bar(*ran, row.top, layout.line))
    painter.end()


def rect_of(slot: SlotRow, layout: Layout, scale: Scale) -> QRectF:
    """The bar of a visit in the body; an empty one when it is in no row."""
    number = layout.places.get(slot.visit_id)
    if number is None:
        return QRectF()
    return scale.bar(slot.starts_minute, slot.ends_minute, layout.rows[number].top, layout.line)
