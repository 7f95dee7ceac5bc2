"""Pages of a PDF below one another, drawn as they come into sight."""

from collections.abc import Iterator

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame
from shiboken6 import isValid

from data.i18n import _
from ui import theme
from ui.task import Progress
from ui.tasks import Tasks
from ui.widgets.pdf_pages import PdfPages

_GAP = 16
_WIDEST = 760  # pixels of a page at zoom 1, so that a badge is not larger than life on a wide screen
_STEPS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)
_KEPT = 24  # pictures; a thousand pages would not fit into memory


class PdfPreview(QAbstractScrollArea):
    """Shows `PdfPages`; Ctrl+wheel, Ctrl+plus and Ctrl+minus zoom."""

    def __init__(self, tasks: Tasks) -> None:
        super().__init__()
        self.setObjectName("pdfPreview")
        self.setAccessibleName(_("Preview"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._tasks = tasks
        self._pages: PdfPages | None = None
        self._zoom = 1.0
        self._pictures: dict[tuple[int, int], QImage] = {}
        self._rendering = False

    def show_pages(self, pages: PdfPages | None) -> None:
        """Show this document from its top, or nothing."""
        self._pages = pages
        self._pictures.clear()
        self._lay_out()
        self.verticalScrollBar().setValue(0)
        self.viewport().update()

    @property
    def zoom(self) -> float:
        """1 fits the width."""
        return self._zoom

    @property
    def current_page(self) -> int:
        """The page in the middle of the view, from 1; 0 without a document."""
        if self._pages is None:
            return 0
        middle = self.verticalScrollBar().value() + self.viewport().height() / 2
        return min(self._pages.count, int((middle - _GAP) // self._pitch()) + 1)

    def zoom_in(self) -> None:
        """One step larger."""
        self._set_zoom(next((step for step in _STEPS if step > self._zoom), self._zoom))

    def zoom_out(self) -> None:
        """One step smaller."""
        self._set_zoom(next((step for step in reversed(_STEPS) if step < self._zoom), self._zoom))

    def _set_zoom(self, zoom: float) -> None:
        if zoom == self._zoom:
            return
        bar = self.verticalScrollBar()
        share = bar.value() / max(1, bar.maximum())
        self._zoom = zoom
        self._lay_out()
        bar.setValue(round(share * bar.maximum()))
        self.viewport().update()

    def _page_size(self) -> tuple[float, float]:
        assert self._pages is not None
        width, height = self._pages.size
        shown = min(_WIDEST, max(200, self.viewport().width() - 2 * _GAP)) * self._zoom
        return shown, shown * height / width

    def _pitch(self) -> float:
        return self._page_size()[1] + _GAP

    def _lay_out(self) -> None:
        view = self.viewport().size()
        down, across = self.verticalScrollBar(), self.horizontalScrollBar()
        width, total = (0.0, 0.0) if self._pages is None else (self._page_size()[0], self._pages.count * self._pitch())
        down.setPageStep(view.height())
        down.setSingleStep(48)
        down.setRange(0, max(0, round(total + _GAP - view.height())))
        across.setPageStep(view.width())
        across.setRange(0, max(0, round(width + 2 * _GAP - view.width())))

    def _in_sight(self) -> Iterator[tuple[int, QRectF]]:
        """Pages that the view shows, each with its place in the view."""
        if self._pages is None:
            return
        width, height = self._page_size()
        top = self.verticalScrollBar().value()
        left = max(float(_GAP), (self.viewport().width() - width) / 2) - self.horizontalScrollBar().value()
        first = max(0, int((top - _GAP) // self._pitch()))
        for page in range(first, self._pages.count):
            y = _GAP + page * self._pitch() - top
            if y > self.viewport().height():
                return
            yield page, QRectF(left, y, width, height)

    def _pixels(self) -> int:
        """Dots across a page: the key of its pictures."""
        return round(self._page_size()[0] * self.devicePixelRatioF())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(event.rect(), QColor(theme.colors().sunken))
        missing = []
        for page, place in self._in_sight():
            painter.fillRect(place.translated(1, 2), QColor(0, 0, 0, 40))
            painter.fillRect(place, QColor("#FFFFFF"))
            picture = self._pictures.get((page, self._pixels()))
            if picture is None:
                missing.append(page)
            else:
                painter.drawImage(place, picture)
        painter.end()
        if missing and not self._rendering:
            self._render(missing)

    def _render(self, wanted: list[int]) -> None:
        pages, pixels = self._pages, self._pixels()
        assert pages is not None
        resolution = pixels / (pages.size[0] / 72)

        def work(progress: Progress) -> tuple[PdfPages, dict[tuple[int, int], QImage]]:
            made = {}
            for done, page in enumerate(wanted):
                progress(done, len(wanted))
                made[page, pixels] = pages.picture(page, resolution)
            return pages, made

        self._rendering = True
        self._tasks.run(work, self._on_rendered, self._on_failed, title=_("Preview"))

    def _on_rendered(self, result: tuple[PdfPages, dict[tuple[int, int], QImage]]) -> None:
        if not isValid(self):  # the window was built anew in the other language meanwhile
            return
        self._rendering = False
        pages, made = result
        if pages is self._pages:
            self._pictures.update(made)
            for key in list(self._pictures)[:-_KEPT]:
                del self._pictures[key]
        self.viewport().update()

    def _on_failed(self, _error: Exception) -> None:
        self._rendering = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        self.viewport().update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
        elif event.angleDelta().y() > 0:
            self.zoom_in()
        else:
            self.zoom_out()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if control and event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_in()
        elif control and event.key() == Qt.Key.Key_Minus:
            self.zoom_out()
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            bar = self.verticalScrollBar()
            bar.setValue(0 if event.key() == Qt.Key.Key_Home else bar.maximum())
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(640, 520)
