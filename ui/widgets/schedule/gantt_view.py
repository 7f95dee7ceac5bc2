"""The chart of a day in work: the keyboard walks and moves the visits, the mouse carries them."""

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QWheelEvent
from PySide6.QtWidgets import QToolTip, QWidget

from ui.widgets.schedule.gantt_chart import GanttChart
from ui.widgets.schedule.gantt_drag import Moves
from ui.widgets.schedule.gantt_hand import Hand
from ui.widgets.schedule.gantt_layout import ZOOM_STEP
from ui.widgets.schedule.gantt_words import tip


class GanttView(GanttChart):
    """Arrow keys walk the visits (with Shift: to a second one), + and - zoom, 0 fits the day into the width. With
    `set_moves` a visit can be dragged, moved by Ctrl and the arrow keys, pinned by P, swapped with the second by S.

    moved: visit, lane, start. swapped: two visits. pinned: the visit to be held or let go. refused: why something was
    not done, a whole sentence.
    """

    moved = Signal(object, int, int)
    swapped = Signal(object, object)
    pinned = Signal(object)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hand = Hand(self)
        self._hand.moved.connect(self.moved)
        self._hand.swapped.connect(self.swapped)
        self._hand.refused.connect(self.refused)

    @property
    def hand(self) -> Hand:
        """What the pointer holds."""
        return self._hand

    def set_moves(self, moves: Moves | None, why: str = "") -> None:
        """The rules by which visits may be moved; None: the chart is only looked at, and this is why."""
        self._hand.set_moves(moves, why)

    def swap_chosen(self) -> None:
        """Let the two chosen visits change places, or say why they may not."""
        self._hand.swap(self.current, self.partner)

    def pin_chosen(self) -> None:
        """Hold the current visit where it is, or let it go again."""
        if self.current is not None and self._hand.may_pin(self.current):
            self.pinned.emit(self.current)

    def let_go(self) -> None:
        self._hand.drop_nothing()

    def paint_over(self, painter: QPainter, area: QRect) -> None:
        self._hand.paint_places(painter, area)

    def paint_on_top(self, painter: QPainter) -> None:
        self._hand.paint_bubble(painter)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._hand.key(event):
            return
        match event.key():
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.zoom_in()
            case Qt.Key.Key_Minus:
                self.zoom_out()
            case Qt.Key.Key_0:
                self.fit()
            case Qt.Key.Key_P:
                self.pin_chosen()
            case Qt.Key.Key_S:
                self.swap_chosen()
            case Qt.Key.Key_Left | Qt.Key.Key_Right | Qt.Key.Key_Up | Qt.Key.Key_Down:
                is_second = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                self._walk(Qt.Key(event.key()), is_second=is_second)
            case Qt.Key.Key_Escape if self.current is not None:
                self.choose(None)
            case _:
                super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            step = ZOOM_STEP if event.angleDelta().y() > 0 else 1 / ZOOM_STEP
            self.set_zoom(self.zoom * step, event.position().x())
            event.accept()
        else:
            super().wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        slot = self.slot_at(event.position().toPoint())
        if slot is not None and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.choose_partner(slot)
            return
        self.choose(slot, in_sight=True)
        if slot is not None:
            self._hand.take(slot, event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._hand.move(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._hand.drop()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            slot = self.slot_at(event.pos())
            if slot is None or self._hand.is_dragging:
                QToolTip.hideText()
            else:
                QToolTip.showText(event.globalPos(), tip(slot, self.look_of(slot)), self)
            return True
        return super().viewportEvent(event)

    def _walk(self, key: Qt.Key, *, is_second: bool) -> None:
        """Go to the visit before or after in the row, or to the nearest in time in the row above or below."""
        rows = [row.slots for row in self.rows.rows if row.slots]
        if not rows:
            return
        origin = (self.partner if is_second else None) or self.current
        if origin is None:
            self.choose(rows[0][0])
            return
        at = next(number for number, row in enumerate(rows) if origin in row)
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            place = rows[at].index(origin) + (1 if key == Qt.Key.Key_Right else -1)
            target = rows[at][min(len(rows[at]) - 1, max(0, place))]
        else:
            row = rows[min(len(rows) - 1, max(0, at + (1 if key == Qt.Key.Key_Down else -1)))]
            target = min(row, key=lambda slot: abs(slot.starts_minute - origin.starts_minute))
        if is_second:
            self.choose_partner(target)
            self.reveal(target)
        else:
            self.choose(target)
