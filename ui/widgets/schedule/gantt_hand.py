"""The hand over the chart: takes a visit, carries it to where it may stand, and says why it may not stand elsewhere."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QPoint, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QGuiApplication, QKeyEvent, QPainter, QPen

from data.i18n import _
from data.queries.schedule import SlotRow
from ui import theme
from ui.widgets.schedule.gantt_chart import GanttChart
from ui.widgets.schedule.gantt_drag import ILLEGAL, MOVE, SAME, SWAP, Drag, Moves, Target
from ui.widgets.schedule.gantt_layout import BAR, HEADER, LABELS, LANES
from ui.widgets.schedule.gantt_words import target_line

_SNAP = 6  # pixels
_AHEAD_AT_ONCE = 0.002  # seconds of looking up places before anything else is done
_EDGE, _EDGE_STEP, _EDGE_EVERY = 28, 24, 16  # pixels, pixels, milliseconds: scrolling at the edge
_BUBBLE = 300
_BESIDE = QPoint(16, 18)


class Hand(QObject):
    """Belongs to one chart and paints over it. Without moves it holds nothing. For the signals see `GanttView`."""

    moved = Signal(object, int, int)
    swapped = Signal(object, object)
    refused = Signal(str)

    def __init__(self, view: GanttChart) -> None:
        super().__init__(view)
        self._view = view
        self._moves: Moves | None = None
        self._why = ""
        self._taken: tuple[SlotRow, QPointF, float] | None = None
        self._drag: Drag | None = None
        self._refusal = ""
        self._pointer = QPoint()
        self._painted = QRect()
        self._scrolling = QTimer(self)
        self._scrolling.setInterval(_EDGE_EVERY)
        self._scrolling.timeout.connect(self._scroll)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.go_on)

    @property
    def is_dragging(self) -> bool:
        """Whether a visit follows the pointer, or the reason why it cannot."""
        return self._drag is not None or bool(self._refusal)

    @property
    def is_through(self) -> bool:
        """Whether every place of the visit in hand has been looked up."""
        return self._drag is None or self._drag.is_through

    @property
    def target(self) -> Target | None:
        """Where the visit in hand would go; None while there is none."""
        return None if self._drag is None else self._drag.target

    @property
    def refusal(self) -> str:
        """Why the visit under the pointer cannot be moved; empty while it can."""
        return self._refusal

    def set_moves(self, moves: Moves | None, why: str) -> None:
        """The rules by which visits may be moved, or why none may."""
        self.drop_nothing()
        self._moves, self._why = moves, why

    def may_pin(self, slot: SlotRow) -> bool:
        """Whether visits may be pinned at all; says why not."""
        why = self._why if self._moves is None else self._moves.cannot_pin(slot)
        if why:
            self.refused.emit(why)
        return self._moves is not None and not why

    def take(self, slot: SlotRow, place: QPointF) -> None:
        """The button was pressed on a visit; it is dragged once the pointer goes on."""
        _bubble_metrics().boundingRect(slot.name)  # Qt loads a font with its first words: not in a frame of the drag
        self._taken = (slot, place, self._view.minute_at(place.x()) - slot.starts_minute)

    def move(self, place: QPointF) -> None:
        """The pointer moves with the button held."""
        if self._taken is None:
            return
        slot, begun, grip = self._taken
        if not self.is_dragging:
            if (place - begun).manhattanLength() < QGuiApplication.styleHints().startDragDistance():
                return
            self._begin(slot, grip)
        self._pointer = place.toPoint()
        self._aim()
        is_at_edge = self._drag is not None and self._edge_steps() != (0, 0)
        if is_at_edge != self._scrolling.isActive():
            (self._scrolling.start if is_at_edge else self._scrolling.stop)()

    def drop(self) -> None:
        """The button was let go: the visit goes where it may, or stays where it was."""
        drag, refusal = self._drag, self._refusal
        self.drop_nothing()
        if refusal:
            self.refused.emit(refusal)
        if drag is None:
            return
        target = drag.target
        if target.kind == MOVE:
            self.moved.emit(drag.slot, target.lane, target.starts)
        elif target.kind == SWAP:
            self.swapped.emit(drag.slot, target.other)
        elif target.kind == ILLEGAL:
            self.refused.emit(target.why)

    def drop_nothing(self) -> None:
        """Let go of everything; the visit stays where it was."""
        self._scrolling.stop()
        was_dragging, self._taken, self._drag, self._refusal = self.is_dragging, None, None, ""
        if was_dragging:
            self._view.viewport().unsetCursor()
            self._view.viewport().update()

    def go_on(self) -> None:
        """Look up more places, and light up the rows of which more is known."""
        if self._drag is None:
            return
        lanes = self._drag.look_ahead(_AHEAD_AT_ONCE)
        for area in self._rows_of(lanes):
            self._view.viewport().update(area)
        if not self._drag.is_through:
            self._soon.start(0)

    def key(self, event: QKeyEvent) -> bool:
        """Keys that move the chosen visit; returns whether it was one."""
        key, modifiers = event.key(), event.modifiers()
        if key == Qt.Key.Key_Escape and self.is_dragging:
            self.drop_nothing()
            return True
        arrows = {Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0)}
        slot = self._view.current
        if not modifiers & Qt.KeyboardModifier.ControlModifier or key not in arrows or slot is None:
            return False
        lanes, minutes = arrows[Qt.Key(key)]
        self._step(slot, lanes, minutes, is_far=bool(modifiers & Qt.KeyboardModifier.ShiftModifier))
        return True

    def swap(self, slot: SlotRow | None, other: SlotRow | None) -> None:
        """Let two visits change places, or say why they may not."""
        if slot is None or other is None:
            self.refused.emit(_("Choose two visits: the first by a click, the second by a click with Ctrl held."))
            return
        why = self._why if self._moves is None else self._moves.refusal(slot)
        if not why and self._moves is not None:
            why = self._moves.why_no_swap(slot, other)
        if why:
            self.refused.emit(why)
        else:
            self.swapped.emit(slot, other)

    def _step(self, slot: SlotRow, lanes: int, minutes: int, *, is_far: bool) -> None:
        why = self._why if self._moves is None else self._moves.refusal(slot)
        if why or self._moves is None:
            self.refused.emit(why)
            return
        lane, starts = slot.lane + lanes, slot.starts_minute + minutes
        day, last = self._view.day, self._last_minute()
        while (
            is_far
            and lane in self._moves.lanes(slot)
            and day.opens <= starts <= last
            and not self._moves.is_legal(slot, lane, starts)
        ):
            lane, starts = lane + lanes, starts + minutes
        if lane not in self._moves.lanes(slot):
            self.refused.emit(_("{station} has no lane {lane}.").format(station=slot.station_code, lane=lane))
        elif self._moves.is_legal(slot, lane, starts):
            self.moved.emit(slot, lane, starts)
        else:
            self.refused.emit(self._moves.why_not(slot, lane, starts))

    def _begin(self, slot: SlotRow, grip: float) -> None:
        self._refusal = self._why if self._moves is None else self._moves.refusal(slot)
        if self._refusal or self._moves is None:
            self._view.viewport().setCursor(Qt.CursorShape.ForbiddenCursor)
            return
        day = self._view.day
        self._drag = Drag(slot, grip, self._moves, day.opens, self._last_minute())
        view = self._view.viewport()
        view.setCursor(Qt.CursorShape.ClosedHandCursor)
        view.update(QRect(LABELS, HEADER, view.width() - LABELS, view.height() - HEADER))
        self._soon.start(0)

    def _last_minute(self) -> int:
        return max(self._view.day.closes, self._view.rows.last)

    def _aim(self) -> None:
        if self._drag is not None:
            self._set_target(self._drag)
        painted = self._reach()
        self._view.viewport().update(self._painted)
        self._view.viewport().update(painted)
        self._painted = painted

    def _set_target(self, drag: Drag) -> None:
        view, slot = self._view, drag.slot
        minute = view.minute_at(self._pointer.x())
        number = view.row_at(self._pointer)
        lane: int | None = slot.lane
        if number is not None:
            row = view.rows.rows[number]
            if view.chart == LANES and row.station != slot.station_code:
                drag.refuse(self._other_station(slot, row.station), row.lane, minute)
                return
            if view.chart != LANES and row.entrant != slot.entrant_id:
                drag.refuse(_("A visit stays with its entrant; drag it along the row."), slot.lane, minute)
                return
            lane = row.lane if view.chart == LANES else None
        elif view.chart != LANES:
            lane = None
        drag.aim(minute, lane, view.slot_at(self._pointer), _SNAP / view.zoom)

    def _other_station(self, slot: SlotRow, station: str) -> str:
        return _("This visit is at {own}; it cannot take place at {other}.").format(
            own=f"{slot.station_code} {slot.station_name}", other=station
        )

    def _edge_steps(self) -> tuple[int, int]:
        view, x, y = self._view.viewport(), self._pointer.x(), self._pointer.y()
        right = _EDGE_STEP * ((x > view.width() - _EDGE) - (x < LABELS + _EDGE))
        down = _EDGE_STEP * ((y > view.height() - _EDGE) - (y < HEADER + _EDGE))
        across, along = self._view.horizontalScrollBar(), self._view.verticalScrollBar()
        return (
            max(across.minimum() - across.value(), min(right, across.maximum() - across.value())),
            max(along.minimum() - along.value(), min(down, along.maximum() - along.value())),
        )

    def _scroll(self) -> None:
        right, down = self._edge_steps()
        if (right, down) == (0, 0):
            self._scrolling.stop()
            return
        across, along = self._view.horizontalScrollBar(), self._view.verticalScrollBar()
        across.setValue(across.value() + right)
        along.setValue(along.value() + down)
        self._aim()

    def _ghost(self) -> QRectF:
        """The bar at the place where it would go."""
        drag, view = self._drag, self._view
        if drag is None:
            return QRectF()
        target, scale = drag.target, view.scale
        number = view.row_at(self._pointer)
        if view.chart != LANES or number is None:
            number = view.rows.places.get(drag.slot.visit_id, 0)
        row = view.rows.rows[number]
        bar = scale.bar(target.starts, target.starts + drag.minutes, row.top, view.rows.line)
        return bar.translated(LABELS, HEADER)

    def _words(self) -> tuple[str, str]:
        if self._drag is None:
            return "", self._refusal
        return target_line(self._drag.slot, self._drag.target), self._drag.target.why

    def _bubble(self) -> QRect:
        if not self.is_dragging:
            return QRect()
        head, why = self._words()
        size = _bubble_metrics().boundingRect(
            QRect(0, 0, _BUBBLE, 400), Qt.TextFlag.TextWordWrap, "\n".join(filter(None, (head, why)))
        )
        view = self._view.viewport().rect()
        box = QRect(self._pointer + _BESIDE, size.size()).adjusted(0, 0, 20, 14)
        if box.right() > view.right():
            box.moveRight(self._pointer.x() - _BESIDE.x())
        if box.bottom() > view.bottom():
            box.moveBottom(self._pointer.y() - _BESIDE.y())
        box.translate(min(0, view.right() - box.right()), min(0, view.bottom() - box.bottom()))
        return box.translated(max(0, LABELS - box.left()), max(0, -box.top()))

    def _reach(self) -> QRect:
        other = self.target.other if self.target is not None else None
        area = self._bubble().united(self._ghost().toAlignedRect())
        if other is not None:
            area = area.united(self._view.bar_of(other).toAlignedRect())
        return area.adjusted(-4, -4, 4, 4)

    def _rows_of(self, lanes: Sequence[int] | set[int]) -> list[QRect]:
        """Where the rows lie that light up for these lanes."""
        view, drag = self._view, self._drag
        if drag is None:
            return []
        rows = view.rows.rows
        if view.chart == LANES:
            mine = [row for row in rows if row.station == drag.slot.station_code and row.lane in lanes]
        else:
            mine = [row for row in rows if row.entrant == drag.slot.entrant_id]
        top, wide = HEADER - view.scale.top, view.viewport().width() - LABELS
        return [QRect(LABELS, row.top + top, wide, view.rows.line) for row in mine]

    def paint_places(self, painter: QPainter, area: QRect) -> None:
        """Over the bars: the legal places lit up, the bar in hand, the one that it would change places with."""
        drag, view = self._drag, self._view
        if drag is None:
            return
        colors, scale = theme.colors(), view.scale
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        veil, light = QColor(colors.surface), QColor(colors.teal)
        veil.setAlpha(130)
        light.setAlpha(60)
        edge = QColor(colors.teal)
        first = area.top() - HEADER + scale.top
        for number in view.rows.sight(first - view.rows.line, first + area.height() + 1):
            row = view.rows.rows[number]
            band = QRect(area.left(), HEADER + row.top - scale.top, area.width(), view.rows.line)
            is_mine = row.station == drag.slot.station_code or row.entrant == drag.slot.entrant_id
            if not is_mine:
                painter.fillRect(band, veil)
                continue
            for starts, ends in drag.spans(row.lane or None):
                x, end = round(LABELS + scale.x(starts)), round(LABELS + scale.x(ends))
                lit = QRect(x, band.top() + 1, end - x - 1, band.height() - 2)
                if lit.intersects(area):
                    painter.fillRect(lit, light)
                    painter.fillRect(QRect(lit.left(), lit.bottom() - 1, lit.width(), 2), edge)
        self._paint_ghost(painter, drag, colors)

    def _paint_ghost(self, painter: QPainter, drag: Drag, colors: theme.Colors) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        target, bar = drag.target, self._ghost()
        color = QColor({ILLEGAL: colors.red, SAME: colors.muted}.get(target.kind, colors.teal))
        ground = QColor(color)
        ground.setAlpha(150)
        style = Qt.BrushStyle.BDiagPattern if target.kind == ILLEGAL else Qt.BrushStyle.SolidPattern
        painter.setPen(QPen(color, 2))
        if target.other is not None:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self._view.bar_of(target.other), 3, 3)
        for brush in (QBrush(QColor(colors.surface)), QBrush(ground, style)):
            painter.setBrush(brush)
            painter.drawRoundedRect(bar.adjusted(1, 1, -1, -1), 3, 3)
        if bar.width() > BAR:
            painter.setFont(theme.font(11, bold=True))
            painter.setPen(QColor(colors.text if target.kind == ILLEGAL else colors.on_ink))
            painter.drawText(bar, Qt.AlignmentFlag.AlignCenter, drag.slot.number)

    def paint_bubble(self, painter: QPainter) -> None:
        """Beside the pointer: where it would go, or why it may not."""
        box = self._bubble()
        if box.isEmpty():
            return
        colors, (head, why) = theme.colors(), self._words()
        is_wrong = bool(why)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colors.red if is_wrong else colors.teal), 1))
        painter.setBrush(QColor(colors.red_soft if is_wrong else colors.teal_soft))
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.setFont(theme.font(13))
        painter.setPen(QColor(colors.text))
        text = "\n".join(filter(None, (head, why)))
        painter.drawText(box.adjusted(10, 7, -10, -7), Qt.TextFlag.TextWordWrap, text)


def _bubble_metrics() -> QFontMetrics:
    return QFontMetrics(theme.font(13))
