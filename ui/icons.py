"""The drawn icons under resources/icons, coloured for the theme in use."""

from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

FOLDER = Path(__file__).parent.parent / "resources" / "icons"
_DRAWN_AT = 4  # times the size in pixels, enough for a 4K screen at 200 %


@cache
def icon(name: str, color: str, size: int = 20) -> QIcon:
    """The icon of resources/icons/NAME.svg, its `currentColor` replaced by a colour such as #12355B."""
    text = (FOLDER / f"{name}.svg").read_text("utf-8").replace("currentColor", color)
    pixmap = QPixmap(size * _DRAWN_AT, size * _DRAWN_AT)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(text.encode())).render(painter, QRectF(pixmap.rect()))
    painter.end()
    return QIcon(pixmap)
