"""The day as a chart to look at: a row for each lane of each station, or for each entrant, a bar for each visit."""

from functools import cache

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from data.queries.schedule import SlotRow
from ui import theme
from ui.widgets.schedule import gantt_painting as painting
from ui.widgets.schedule.gantt_body import Body, rect_of
from ui.widgets.schedule.gantt_layout import (
    HEADER,
    LABELS,
    LANES,
    LEAST_ZOOM,
    MOST_ZOOM,
    START_ZOOM,
    ZOOM_STEP,
    Day,
    Layout,
    layout,
    station_codes,
)
from ui.widgets.schedule.gantt_painting import Look, Scale


class GanttChart(QAbstractScrollArea):
    """Shows a day; paints only what is in sight.

    chosen: the visit that became current (None: none).
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("gantt")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._day = Day(0, 0, (), ())
        self._chart = LANES
        self._layout = layout(self._day, LANES)
        self._zoom = START_ZOOM
        self._colors: dict[str, str] = {}
        self._looks: dict[int, Look] = {}
        self._found: frozenset[int] = frozenset()
        self._searching = False
        self._current: SlotRow | None = None
        self._partner: SlotRow | None = None
        self._now: int | None = None
        self._body = Body()

    @property
    def zoom(self) -> float:
        """Pixels a minute."""
        return self._zoom

    @property
    def chart(self) -> str:
        """Which chart is shown: lanes | people."""
        return self._chart

    @property
    def day(self) -> Day:
        return self._day

    @property
    def rows(self) -> Layout:
        return self._layout

    @property
    def current(self) -> SlotRow | None:
        """The visit that the keyboard or the mouse chose."""
        return self._current

    @property
    def partner(self) -> SlotRow | None:
        """The second visit that was chosen, to be swapped with the current one."""
        return self._partner

    @property
    def scale(self) -> Scale:
        """Where a minute and a row lie now."""
        return Scale(self._day.opens, self._zoom, self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def set_day(self, day: Day) -> None:
        """Show this day; the current visit stays if it is still there."""
        self.let_go()
        self._day = day
        self._layout = layout(day, self._chart)
        shades = painting.STATION_COLORS
        self._colors = {code: shades[number % len(shades)] for number, code in enumerate(station_codes(day))}
        slots = {slot.visit_id: slot for slot in day.slots}
        self._current = slots.get(self._current.visit_id) if self._current else None
        self._partner = slots.get(self._partner.visit_id) if self._partner else None
        self._set_looks()
        self._set_ranges()

    def set_chart(self, chart: str) -> None:
        """Rows by lane, or by entrant (lanes | people); the current visit stays in sight."""
        if chart != self._chart:
            self.let_go()
            self._chart = chart
            self._layout = layout(self._day, chart)
            self._body.forget()
            self._set_ranges()
            self.verticalScrollBar().setValue(0)
            if self._current is not None:
                self.reveal(self._current)

    def set_found(self, entrants: frozenset[int] | None) -> None:
        """Let these entrants' visits stand out and come into sight; None ends the search."""
        before = self._searching, self._found
        self._searching = entrants is not None
        self._found = entrants or frozenset()
        if (self._searching, self._found) != before:
            self._set_looks()
        first = next((slot for slot in self._day.slots if slot.entrant_id in self._found), None)
        if first is not None:
            self.reveal(first)

    def set_now(self, minute: int | None) -> None:
        """Draw the line of the present minute; None: the day is not today."""
        if minute != self._now:
            self._now = minute
            self.viewport().update()

    def set_zoom(self, zoom: float, anchor: float | None = None) -> None:
        """Change pixels a minute; the minute under `anchor` (x in the viewport) stays where it is."""
        zoom = min(MOST_ZOOM, max(LEAST_ZOOM, zoom))
        if anchor is None:
            anchor = (LABELS + self.viewport().width()) / 2
        minute = self.minute_at(anchor)
        self._zoom = zoom
        self._set_ranges()
        self.horizontalScrollBar().setValue(round((minute - self._day.opens) * zoom - (anchor - LABELS)))

    def zoom_in(self) -> None:
        self.set_zoom(self._zoom * ZOOM_STEP)

    def zoom_out(self) -> None:
        self.set_zoom(self._zoom / ZOOM_STEP)

    def fit(self) -> None:
        """Show the whole day in the width that there is."""
        self.set_zoom((self.viewport().width() - LABELS - 32) / max(1, self._layout.last - self._day.opens))
        self.horizontalScrollBar().setValue(0)

    def choose(self, slot: SlotRow | None, *, in_sight: bool = False) -> None:
        """Make a visit current and bring it into sight, unless it is (in part) already."""
        self._touch(self._current, self._partner)
        self._current, self._partner = slot, None
        if slot is not None:
            if not in_sight:
                self.reveal(slot)
            self._touch(slot)
        self.chosen.emit(slot)

    def choose_partner(self, slot: SlotRow | None) -> None:
        """Choose a second visit beside the current one."""
        self._touch(self._partner, slot)
        is_other = slot is not None and self._current is not None and slot.visit_id != self._current.visit_id
        self._partner = slot if is_other else None
        self.chosen.emit(self._current)

    def slot_at(self, place: QPoint) -> SlotRow | None:
        """The visit under a point of the viewport."""
        number = self.row_at(place)
        return None if number is None else self._layout.rows[number].at(self.minute_at(place.x()))

    def row_at(self, place: QPoint) -> int | None:
        """The number of the row under a point of the viewport."""
        if place.x() < LABELS or place.y() < HEADER:
            return None
        return self._layout.number_at(place.y() - HEADER + self.verticalScrollBar().value())

    def minute_at(self, x: float) -> float:
        """The minute under an x of the viewport."""
        return self.scale.minute(x - LABELS)

    def bar_of(self, slot: SlotRow) -> QRectF:
        """Where a visit's bar lies in the viewport; empty when it is in no row."""
        bar = rect_of(slot, self._layout, self.scale)
        return bar if bar.isEmpty() else bar.translated(LABELS, HEADER)

    def reveal(self, slot: SlotRow) -> None:
        """Bring a visit into sight."""
        bar, view = self.bar_of(slot), self.viewport()
        if bar.isEmpty():
            return
        if bar.left() < LABELS or bar.right() > view.width():
            across = self.horizontalScrollBar()
            across.setValue(round(across.value() + bar.left() - (LABELS + view.width()) / 2))
        if not HEADER <= bar.top() <= view.height() - bar.height():
            down = self.verticalScrollBar()
            down.setValue(round(down.value() + bar.top() - view.height() / 2))

    def look_again(self) -> None:
        """Paint all of the chart anew, for the theme has changed."""
        self._body.forget()
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        view, scale, colors = self.viewport(), self.scale, theme.colors()
        painter = QPainter(view)
        inside = QRect(LABELS, HEADER, max(1, view.width() - LABELS), max(1, view.height() - HEADER))
        picture = self._body.picture(
            self._day, self._layout, scale, self._looks, inside.size(), self.devicePixelRatioF()
        )
        for area in event.region():
            body = area.intersected(inside)
            if not body.isEmpty():
                painter.setClipRect(body)
                ratio = picture.devicePixelRatio()
                part = QRectF(body.translated(-LABELS, -HEADER))
                painter.drawPixmap(QRectF(body), picture, QRectF(part.topLeft() * ratio, part.size() * ratio))
                painting.paint_break_names(painter, self._day, scale, inside)
                self._paint_chosen(painter, colors)
                self.paint_over(painter, body)
                if self._now is not None:
                    painting.paint_now(painter, self._now, LABELS + scale.x(self._now), view.height())
            if area.left() < LABELS:
                painter.setClipRect(area)
                painting.paint_labels(painter, self._layout, scale, QRect(0, area.top(), LABELS, area.height()))
            if area.top() < HEADER:
                painter.setClipRect(area.intersected(QRect(0, 0, view.width(), HEADER)))
                painting.paint_times(painter, self._day, self._layout, scale, view.width())
                if self._now is not None and scale.x(self._now) >= 0:
                    painting.paint_now(painter, self._now, LABELS + scale.x(self._now), view.height())
            painter.setClipRect(area)
            self.paint_on_top(painter)

    def look_of(self, slot: SlotRow) -> Look:
        """How a visit's bar looks."""
        return self._looks[slot.visit_id]

    def let_go(self) -> None:
        """Called before other rows are shown."""

    def paint_over(self, painter: QPainter, area: QRect) -> None:
        """Called to paint over the bars in this area."""

    def paint_on_top(self, painter: QPainter) -> None:
        """Called to paint over everything."""

    def _paint_chosen(self, painter: QPainter, colors: theme.Colors) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for slot, style in ((self._current, Qt.PenStyle.SolidLine), (self._partner, Qt.PenStyle.DashLine)):
            if slot is not None:
                painter.setPen(QPen(QColor(colors.text), 2, style))
                painter.drawRoundedRect(self.bar_of(slot).adjusted(-2, -2, 2, 2), 4, 4)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._set_ranges()
        return super().viewportEvent(event)

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        self.viewport().update()

    def _touch(self, *slots: SlotRow | None) -> None:
        """Have these bars painted anew."""
        for slot in slots:
            if slot is not None:
                self.viewport().update(self.bar_of(slot).adjusted(-5, -5, 5, 5).toAlignedRect())

    def _set_looks(self) -> None:
        look = cache(Look)  # of thousands of visits most look alike
        self._looks = {
            slot.visit_id: look(
                self._colors.get(slot.station_code, painting.STATION_COLORS[0]),
                self._day.kinds.get(slot.visit_id, painting.COMING),
                is_faded=self._searching and slot.entrant_id not in self._found,
                is_found=self._searching and slot.entrant_id in self._found,
                is_pinned=slot.visit_id in self._day.pinned,
                is_changed=slot.visit_id in self._day.changed,
            )
            for slot in self._day.slots
        }
        self.look_again()

    def _set_ranges(self) -> None:
        view = self.viewport()
        wide = (self._layout.last - self._day.opens) * self._zoom + LABELS + 32
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setRange(0, max(0, round(wide) - view.width()))
        across.setPageStep(view.width())
        across.setSingleStep(round(15 * self._zoom))
        down.setRange(0, max(0, HEADER + self._layout.height - view.height()))
        down.setPageStep(view.height())
        down.setSingleStep(self._layout.line)
        view.update()
