"""The pages of a PDF as pictures."""

import atexit
import threading
from weakref import WeakSet

import pypdfium2
from PySide6.QtGui import QImage

_POINTS_PER_INCH = 72
_pdfium = threading.Lock()  # the library is not made for two threads at once
_opened: WeakSet["PdfPages"] = WeakSet()


class PdfPages:
    """An opened PDF. Any thread may ask for pictures; they are made one at a time."""

    def __init__(self, data: bytes) -> None:
        self._closed = False
        with _pdfium:
            self._document = pypdfium2.PdfDocument(data)
            _opened.add(self)
            # Papers of one document share one size, and to ask every page of a thousand takes long.
            self.size = self._document.get_page_size(0)
            self.count = len(self._document)

    def picture(self, page: int, dots_per_inch: float) -> QImage:
        """A page, counted from 0, at this resolution; an empty picture once the file was let go."""
        with _pdfium:
            if self._closed:
                return QImage()
            opened = self._document[page]
            bitmap = opened.render(scale=dots_per_inch / _POINTS_PER_INCH, rev_byteorder=True, prefer_bgrx=True)
            form = QImage.Format.Format_RGBX8888
            picture = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, form).copy()
            bitmap.close()
            opened.close()
        return picture

    def close(self) -> None:
        """Let the file go."""
        with _pdfium:
            self._closed = True
            self._document.close()


@atexit.register
def _close_all() -> None:
    """Let every file go before the library ends, which else complains of each on the console."""
    for pages in list(_opened):
        pages.close()
