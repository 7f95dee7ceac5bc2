"""A picture of what the projector shows: the same widget is the projector itself and the operator's small preview."""

from PySide6.QtCore import QEasingCurve, QRectF, QVariantAnimation
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.projector import painting
from ui.projector.board_painting import Motion
from ui.projector.slides import ROWS_PER_PAGE, BoardSlide, Slide, TitleSlide

MOVE_MS = 400


class SlideView(QWidget):
    """Shows a slide; a row that has another line than before is seen to move there."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.slide: Slide = TitleSlide("", "")
        self._origins: dict[int, float] = {}
        self._animation = QVariantAnimation(self)
        self._animation.setStartValue(0.0)
        self._animation.setEndValue(1.0)
        self._animation.setDuration(MOVE_MS)
        self._animation.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._animation.valueChanged.connect(self._on_step)

    @property
    def is_moving(self) -> bool:
        """Whether rows are on their way."""
        return self._animation.state() == QVariantAnimation.State.Running

    def show_slide(self, slide: Slide) -> None:
        """Show this slide from now on."""
        origins = moving_from(self.slide, slide)
        self.slide = slide
        if origins:
            self._origins = origins
            self._animation.start()
        elif not self.is_moving or not isinstance(slide, BoardSlide):
            self._animation.stop()
            self._origins = {}
        self.update()

    def _on_step(self, _value: object) -> None:
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        progress = float(self._animation.currentValue()) if self.is_moving else 1.0
        painting.paint(painter, QRectF(self.rect()), self.slide, Motion(self._origins, progress))
        painter.end()


def moving_from(before: Slide, after: Slide) -> dict[int, float]:
    """The old lines of the rows that move between two slides of one board page; a newcomer rises from below.

    Empty when nothing moves or another page is shown: turning a page is no movement of anybody.
    """
    if not (isinstance(before, BoardSlide) and isinstance(after, BoardSlide)):
        return {}
    if (before.division_code, before.page) != (after.division_code, after.page):
        return {}
    old = {row.key: line for line, row in enumerate(before.rows)}
    new = {row.key: line for line, row in enumerate(after.rows)}
    return {key: float(old.get(key, ROWS_PER_PAGE)) for key, line in new.items() if old.get(key) != line}
