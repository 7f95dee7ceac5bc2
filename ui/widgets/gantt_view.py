"""The day as a chart: a line for each lane of each station, a bar for each visit."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QToolTip, QWidget

from data.queries.entrants import in_a_line
from data.queries.schedule import SlotRow
from data.rules.decimals import clock
from ui import theme

_HEADER = 32
_LINE = 30
_GAP = 8  # above the first lane of a station
_BAR = 22
_LABELS = 168
_LEAST_ZOOM, _MOST_ZOOM, _START_ZOOM = 0.8, 16.0, 4.4  # pixels a minute
_ZOOM_STEP = 1.25
_STATION_COLORS = ("#3F6DA6", "#14807B", "#7A58A6", "#A86A14", "#B14D67", "#4F7D35", "#51607A", "#8A5A44")
_FADED_ALPHA = 70


@dataclass(frozen=True)
class Line:
    """One lane of a station."""

    station_code: str
    station_name: str
    lane: int


@dataclass(frozen=True)
class Day:
    """What the chart shows. Each of `slots` belongs to the line of its station and lane; times in minutes."""

    opens: int
    closes: int
    lines: tuple[Line, ...]
    slots: tuple[SlotRow, ...]
    breaks: tuple[tuple[str, int, int], ...] = ()  # name, start, end


class GanttView(QAbstractScrollArea):
    """Paints only what is in sight. Arrow keys walk the visits, + and - zoom, 0 fits the day into the width.

    chosen: the visit that became current (None: none).
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("gantt")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self._day = Day(0, 0, (), ())
        self._zoom = _START_ZOOM
        self._tops: list[int] = []
        self._rows: list[list[SlotRow]] = []
        self._starts: list[list[int]] = []
        self._colors: dict[str, QColor] = {}
        self._found: frozenset[int] = frozenset()
        self._searching = False
        self._current: SlotRow | None = None
        self._now: int | None = None

    @property
    def zoom(self) -> float:
        """Pixels a minute."""
        return self._zoom

    @property
    def current(self) -> SlotRow | None:
        """The visit that the keyboard or the mouse chose."""
        return self._current

    def set_day(self, day: Day) -> None:
        """Show this day; the current visit stays if it is still there."""
        self._day = day
        places = {(line.station_code, line.lane): number for number, line in enumerate(day.lines)}
        self._rows = [[] for _line in day.lines]
        for slot in sorted(day.slots, key=_start):
            place = places.get((slot.station_code, slot.lane))
            if place is not None:
                self._rows[place].append(slot)
        self._starts = [[slot.starts_minute for slot in row] for row in self._rows]
        codes = list(dict.fromkeys(line.station_code for line in day.lines))
        self._colors = {
            code: QColor(_STATION_COLORS[number % len(_STATION_COLORS)]) for number, code in enumerate(codes)
        }
        top, before = _HEADER, None
        self._tops = []
        for line in day.lines:
            top += _GAP if line.station_code != before else 0
            self._tops.append(top)
            top, before = top + _LINE, line.station_code
        kept = self._current.visit_id if self._current else None
        self._current = next((slot for slot in day.slots if slot.visit_id == kept), None)
        self._set_ranges()

    def set_found(self, entrants: frozenset[int] | None) -> None:
        """Let these entrants' visits stand out and come into sight; None ends the search."""
        self._searching = entrants is not None
        self._found = entrants or frozenset()
        first = next((slot for slot in self._day.slots if slot.entrant_id in self._found), None)
        if first is not None:
            self._reveal(first)
        self.viewport().update()

    def set_now(self, minute: int | None) -> None:
        """Draw the line of the present minute; None: the day is not today."""
        if minute != self._now:
            self._now = minute
            self.viewport().update()

    def set_zoom(self, zoom: float, anchor: float | None = None) -> None:
        """Change pixels a minute; the minute under `anchor` (x in the viewport) stays where it is."""
        zoom = min(_MOST_ZOOM, max(_LEAST_ZOOM, zoom))
        if anchor is None:
            anchor = (_LABELS + self.viewport().width()) / 2
        minute = self._minute_at(anchor)
        self._zoom = zoom
        self._set_ranges()
        self.horizontalScrollBar().setValue(round((minute - self._day.opens) * zoom - (anchor - _LABELS)))

    def zoom_in(self) -> None:
        self.set_zoom(self._zoom * _ZOOM_STEP)

    def zoom_out(self) -> None:
        self.set_zoom(self._zoom / _ZOOM_STEP)

    def fit(self) -> None:
        """Show the whole day in the width that there is."""
        self.set_zoom((self.viewport().width() - _LABELS - 32) / max(1, self._last_minute() - self._day.opens))
        self.horizontalScrollBar().setValue(0)

    def choose(self, slot: SlotRow | None) -> None:
        """Make a visit current and bring it into sight."""
        self._current = slot
        if slot is not None:
            self._reveal(slot)
        self.viewport().update()
        self.chosen.emit(slot)

    def slot_at(self, place: QPoint) -> SlotRow | None:
        """The visit under a point of the viewport."""
        if place.x() < _LABELS or place.y() < _HEADER:
            return None
        y = place.y() + self.verticalScrollBar().value()
        minute = self._minute_at(place.x())
        for number, top in enumerate(self._tops):
            if top <= y < top + _LINE:
                row = self._rows[number]
                at = bisect_left(self._starts[number], minute + 1e-9) - 1
                if at >= 0 and minute < row[at].ends_minute:
                    return row[at]
        return None

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        colors = theme.colors()
        painter.fillRect(event.rect(), QColor(colors.surface))
        painter.setFont(theme.font(11))
        self._paint_grid(painter, colors)
        self._paint_bars(painter, event.rect().toRectF(), colors)
        self._paint_labels(painter, colors)
        self._paint_header(painter, colors)

    def _paint_grid(self, painter: QPainter, colors: theme.Colors) -> None:
        height = self.viewport().height()
        for name, starts, ends in self._day.breaks:
            band = QRectF(self._x(starts), _HEADER, (ends - starts) * self._zoom, height)
            painter.fillRect(band, QColor(colors.sunken))
            painter.setPen(QColor(colors.muted))
            painter.drawText(band, Qt.AlignmentFlag.AlignCenter, name)
        painter.setPen(QColor(colors.line))
        for minute in self._ticks():
            x = self._x(minute)
            painter.drawLine(QPointF(x, _HEADER), QPointF(x, height))

    def _paint_bars(self, painter: QPainter, clip: QRectF, colors: theme.Colors) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scroll, height = self.verticalScrollBar().value(), self.viewport().height()
        left = self._minute_at(max(_LABELS, clip.left()))
        right = self._minute_at(clip.right())
        metrics = painter.fontMetrics()
        for number, top in enumerate(self._tops):
            y = top - scroll
            if y + _LINE < _HEADER or y > height:
                continue
            first = max(0, bisect_left(self._starts[number], left) - 1)
            last = bisect_left(self._starts[number], right)
            for slot in self._rows[number][first:last]:
                bar = QRectF(self._x(slot.starts_minute), y + (_LINE - _BAR) / 2, self._width(slot), _BAR)
                self._paint_bar(painter, slot, bar, colors, metrics.horizontalAdvance(slot.number))
        painter.restore()

    def _paint_bar(self, painter: QPainter, slot: SlotRow, bar: QRectF, colors: theme.Colors, wide: int) -> None:
        ground = QColor(self._colors[slot.station_code])
        faded = bool(slot.state) or (self._searching and slot.entrant_id not in self._found)
        if faded:
            ground.setAlpha(_FADED_ALPHA)
        outlined = self._current is not None and slot.visit_id == self._current.visit_id
        found = self._searching and slot.entrant_id in self._found
        width = 3 if outlined else 2
        painter.setPen(
            QPen(QColor(colors.focus if outlined else colors.text), width) if outlined or found else Qt.PenStyle.NoPen
        )
        painter.setBrush(ground)
        painter.drawRoundedRect(bar, 3, 3)
        if wide + 4 <= bar.width():
            painter.setPen(QColor(colors.text) if faded else QColor("#FFFFFF"))
            painter.drawText(bar, Qt.AlignmentFlag.AlignCenter, slot.number)

    def _paint_labels(self, painter: QPainter, colors: theme.Colors) -> None:
        painter.fillRect(0, 0, _LABELS, self.viewport().height(), QColor(colors.surface))
        before = None
        for line, top in zip(self._day.lines, self._tops, strict=True):
            y = top - self.verticalScrollBar().value()
            if line.station_code != before:
                before = line.station_code
                painter.setFont(theme.font(12, bold=True))
                painter.setPen(QColor(colors.text))
                painter.drawText(QRectF(8, y, 34, _LINE), Qt.AlignmentFlag.AlignVCenter, line.station_code)
                painter.setFont(theme.font(12))
                name = painter.fontMetrics().elidedText(line.station_name, Qt.TextElideMode.ElideRight, _LABELS - 74)
                painter.drawText(QRectF(44, y, _LABELS - 72, _LINE), Qt.AlignmentFlag.AlignVCenter, name)
            painter.setFont(theme.font(11))
            painter.setPen(QColor(colors.muted))
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRectF(_LABELS - 32, y, 24, _LINE), right, str(line.lane))

    def _paint_header(self, painter: QPainter, colors: theme.Colors) -> None:
        painter.fillRect(0, 0, self.viewport().width(), _HEADER, QColor(colors.surface))
        painter.setFont(theme.font(12))
        painter.setPen(QColor(colors.muted))
        for minute in self._ticks():
            x = self._x(minute)
            if x >= _LABELS - 1:
                painter.drawText(QRectF(x - 30, 0, 60, _HEADER), Qt.AlignmentFlag.AlignCenter, clock(minute))
        if self._now is not None and self._x(self._now) >= _LABELS:
            x = self._x(self._now)
            painter.setPen(QPen(QColor(colors.red), 2))
            painter.drawLine(QPointF(x, _HEADER - 6), QPointF(x, self.viewport().height()))
            painter.setBrush(QColor(colors.red))
            painter.drawRoundedRect(QRectF(x - 22, 6, 44, 20), 10, 10)
            painter.setPen(QColor(colors.on_ink))
            painter.drawText(QRectF(x - 22, 6, 44, 20), Qt.AlignmentFlag.AlignCenter, clock(self._now))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.zoom_in()
            case Qt.Key.Key_Minus:
                self.zoom_out()
            case Qt.Key.Key_0:
                self.fit()
            case Qt.Key.Key_Left | Qt.Key.Key_Right | Qt.Key.Key_Up | Qt.Key.Key_Down:
                self._walk(Qt.Key(event.key()))
            case Qt.Key.Key_Escape if self._current is not None:
                self.choose(None)
            case _:
                super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            step = _ZOOM_STEP if event.angleDelta().y() > 0 else 1 / _ZOOM_STEP
            self.set_zoom(self._zoom * step, event.position().x())
            event.accept()
        else:
            super().wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.choose(self.slot_at(event.position().toPoint()))

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            slot = self.slot_at(event.pos())
            if slot is None:
                QToolTip.hideText()
            else:
                times = f"{clock(slot.starts_minute)}–{clock(slot.ends_minute)}"
                who = in_a_line(in_a_line(slot.number, slot.name), slot.unit, times, between="\n")
                QToolTip.showText(event.globalPos(), who, self)
            return True
        if event.type() == QEvent.Type.Resize:
            self._set_ranges()
        return super().viewportEvent(event)

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        self.viewport().update()

    def _walk(self, key: Qt.Key) -> None:
        """Go to the visit before or after in the lane, or to the nearest in time in the lane above or below."""
        rows = [row for row in self._rows if row]
        if not rows:
            return
        if self._current is None:
            self.choose(rows[0][0])
            return
        at = next(number for number, row in enumerate(rows) if self._current in row)
        row, place = rows[at], rows[at].index(self._current)
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            step = 1 if key == Qt.Key.Key_Right else -1
            self.choose(row[min(len(row) - 1, max(0, place + step))])
            return
        target = rows[min(len(rows) - 1, max(0, at + (1 if key == Qt.Key.Key_Down else -1)))]
        start = self._current.starts_minute
        self.choose(min(target, key=lambda slot: abs(slot.starts_minute - start)))

    def _reveal(self, slot: SlotRow) -> None:
        bar, view = self.horizontalScrollBar(), self.viewport()
        x = self._x(slot.starts_minute)
        if x < _LABELS or x + self._width(slot) > view.width():
            bar.setValue(round(bar.value() + x - (_LABELS + view.width()) / 2))
        for line, top in zip(self._day.lines, self._tops, strict=True):
            if (line.station_code, line.lane) == (slot.station_code, slot.lane):
                scroll = self.verticalScrollBar()
                if not _HEADER <= top - scroll.value() <= view.height() - _LINE:
                    scroll.setValue(top - view.height() // 2)

    def _set_ranges(self) -> None:
        view = self.viewport()
        wide = (self._last_minute() - self._day.opens) * self._zoom + _LABELS + 32
        horizontal, vertical = self.horizontalScrollBar(), self.verticalScrollBar()
        horizontal.setRange(0, max(0, round(wide) - view.width()))
        horizontal.setPageStep(view.width())
        horizontal.setSingleStep(round(15 * self._zoom))
        high = (self._tops[-1] + _LINE + _GAP) if self._tops else 0
        vertical.setRange(0, max(0, high - view.height()))
        vertical.setPageStep(view.height())
        vertical.setSingleStep(_LINE)
        view.update()

    def _last_minute(self) -> int:
        return max([self._day.opens + 60, *(slot.ends_minute for slot in self._day.slots)])

    def _ticks(self) -> Sequence[int]:
        step = next(step for step in (10, 15, 30, 60, 120) if step * self._zoom >= 56)
        return range(-(-self._day.opens // step) * step, self._last_minute() + 1, step)

    def _x(self, minute: int) -> float:
        return _LABELS + (minute - self._day.opens) * self._zoom - self.horizontalScrollBar().value()

    def _width(self, slot: SlotRow) -> float:
        return max(2.0, (slot.ends_minute - slot.starts_minute) * self._zoom - 1)

    def _minute_at(self, x: float) -> float:
        return self._day.opens + (x - _LABELS + self.horizontalScrollBar().value()) / self._zoom


def _start(slot: SlotRow) -> int:
    return slot.starts_minute
