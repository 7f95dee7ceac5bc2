"""The ground that every slide is painted on: its size, its colours, and lines of text that always fit.

Everything is measured on a picture of 1920 × 1080 and scaled to the screen. Every text is at least SMALLEST
high (1/22 of the picture), so that it can be read from ten metres; a text too long for its place is made
narrower, never smaller and never cut.
"""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from ui import theme

WIDTH, HEIGHT = 1920, 1080
SMALLEST = 50  # pixels of the picture; 1080 / 22 = 49.1
TITLE_PX = 66
LEFT, RIGHT = 50.0, 1870.0

GROUND = "#0A1A2B"
STRIPE = "#122A45"
RULE = "#2A4A72"
TEXT = "#FFFFFF"
SOFT = "#DCE6F2"
QUIET = "#9DB4D0"
UP = "#5FC9C4"
DOWN = "#F29A8C"
STATES = {"provisional": "#F0BE5C", "complete": "#5FC9C4", "frozen": "#9CCBFF"}

LEFT_SIDE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT_SIDE = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter


def width_of(text: str, pixels: int = SMALLEST, *, bold: bool = False) -> float:
    """How wide a line of text is before it is squeezed."""
    return QFontMetricsF(theme.font(pixels, bold=bold)).horizontalAdvance(text)


def text(
    painter: QPainter,
    place: QRectF,
    words: str,
    colour: str,
    pixels: int = SMALLEST,
    *,
    bold: bool = False,
    align: Qt.AlignmentFlag = LEFT_SIDE,
) -> None:
    """A line of text in its place; one that is too long is squeezed to the width."""
    width = width_of(words, pixels, bold=bold)
    painter.setFont(theme.font(pixels, bold=bold))
    painter.setPen(QColor(colour))
    if width <= place.width():
        painter.drawText(place, align, words)
        return
    painter.save()
    painter.translate(place.topLeft())
    painter.scale(place.width() / width, 1)
    painter.drawText(QRectF(0, 0, width + 1, place.height()), LEFT_SIDE, words)
    painter.restore()


def wrapped(words: str, width: float, pixels: int, most: int, *, bold: bool = False) -> list[str]:
    """At most so many lines that hold all of the words, broken anywhere; the last one may be too long."""
    lines: list[str] = []
    rest = words
    metrics = QFontMetricsF(theme.font(pixels, bold=bold))
    while rest and len(lines) < most - 1 and metrics.horizontalAdvance(rest) > width:
        fits = len(rest)
        low, high = 1, len(rest)
        while low <= high:
            middle = (low + high) // 2
            if metrics.horizontalAdvance(rest[:middle]) <= width:
                fits, low = middle, middle + 1
            else:
                high = middle - 1
        lines.append(rest[:fits])
        rest = rest[fits:]
    return [*lines, rest] if rest else lines


def heading(painter: QPainter, event: str, title: str, pill: str, state: str) -> None:
    """The top of a slide: the event, what is shown, and its state in a frame at the right."""
    width = width_of(pill, bold=True) + 64
    colour = STATES[state]
    place = QRectF(RIGHT - width, 50, width, 94)
    painter.setPen(QPen(QColor(colour), 3))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(place, 14, 14)
    text(painter, place, pill, colour, bold=True, align=CENTRE)
    room = RIGHT - LEFT - width - 40
    text(painter, QRectF(LEFT, 24, room, 70), event, QUIET)
    text(painter, QRectF(LEFT, 92, room, 92), title, TEXT, TITLE_PX, bold=True)


def stripes(painter: QPainter, top: float, row: float, count: int) -> None:
    """A rule above rows of this height, and a ground under every second one."""
    painter.fillRect(QRectF(LEFT, top - 3, RIGHT - LEFT, 2), QColor(RULE))
    for line in range(1, count, 2):
        painter.fillRect(QRectF(LEFT, top + line * row, RIGHT - LEFT, row), QColor(STRIPE))
