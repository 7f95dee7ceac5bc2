"""Paints slides. Everything is measured on a picture of 1920 × 1080 and scaled to the screen.

Every text is at least SMALLEST high (1/22 of the picture), so that it can be read from ten metres; a
text too long for its place is made narrower, never smaller and never cut.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from data.i18n import _
from ui import theme
from ui.projector.slides import BlankSlide, BoardRow, BoardSlide, Slide, TitleSlide

WIDTH, HEIGHT = 1920, 1080
SMALLEST = 50  # pixels of the picture; 1080 / 22 = 49.1

GROUND = "#0A1A2B"
STRIPE = "#122A45"
RULE = "#2A4A72"
TEXT = "#FFFFFF"
SOFT = "#DCE6F2"
QUIET = "#9DB4D0"
UP = "#5FC9C4"
DOWN = "#F29A8C"
STATES = {"provisional": "#F0BE5C", "complete": "#5FC9C4", "frozen": "#9CCBFF"}
MEDALS = ("#F0BE5C", "#C9D3DE", "#D69A63", "#9DB4D0")

_LEFT, _RIGHT = 50.0, 1870.0
_TOP_OF_ROWS, _ROW = 262.0, 72.0
_TOTAL_PX, _TITLE_PX, _PLACE_PX = 56, 66, 56

_LEFT_SIDE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT_SIDE = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignCenter


@dataclass(frozen=True)
class Motion:
    """Where rows come from while they move: their old line (from 0) by key, and how far they are, 0 to 1."""

    origins: Mapping[int, float]
    progress: float


STILL = Motion({}, 1.0)


def paint(painter: QPainter, target: QRectF, slide: Slide, motion: Motion = STILL) -> None:
    """Paint a slide as large as fits into the target, black around it."""
    painter.fillRect(target, QColor("#000000"))
    if isinstance(slide, BlankSlide):
        return
    scale = min(target.width() / WIDTH, target.height() / HEIGHT)
    painter.save()
    painter.translate(target.center())
    painter.scale(scale, scale)
    painter.translate(-WIDTH / 2, -HEIGHT / 2)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    painter.setClipRect(QRectF(0, 0, WIDTH, HEIGHT))
    painter.fillRect(QRectF(0, 0, WIDTH, HEIGHT), QColor(GROUND))
    if isinstance(slide, TitleSlide):
        _paint_title(painter, slide)
    else:
        _paint_board(painter, slide, motion)
    painter.restore()


def _text(
    painter: QPainter,
    place: QRectF,
    text: str,
    colour: str,
    pixels: int = SMALLEST,
    *,
    bold: bool = False,
    align: Qt.AlignmentFlag = _LEFT_SIDE,
) -> None:
    """A line of text in its place; one that is too long is squeezed to the width."""
    font = theme.font(pixels, bold=bold)
    width = QFontMetricsF(font).horizontalAdvance(text)
    painter.setFont(font)
    painter.setPen(QColor(colour))
    if width <= place.width():
        painter.drawText(place, align, text)
        return
    painter.save()
    painter.translate(place.topLeft())
    painter.scale(place.width() / width, 1)
    painter.drawText(QRectF(0, 0, width + 1, place.height()), _LEFT_SIDE, text)
    painter.restore()


def _paint_title(painter: QPainter, slide: TitleSlide) -> None:
    _text(painter, QRectF(120, 380, WIDTH - 240, 160), slide.event, TEXT, 96, bold=True, align=_CENTRE)
    painter.fillRect(QRectF(WIDTH / 2 - 110, 575, 220, 6), QColor(UP))
    _text(painter, QRectF(120, 610, WIDTH - 240, 90), slide.host, QUIET, 56, align=_CENTRE)


def _paint_board(painter: QPainter, slide: BoardSlide, motion: Motion) -> None:
    pill_width = _paint_pill(painter, slide)
    room = _RIGHT - _LEFT - pill_width - 40
    _text(painter, QRectF(_LEFT, 24, room, 70), slide.event, QUIET)
    _text(painter, QRectF(_LEFT, 92, room, 92), slide.title, TEXT, _TITLE_PX, bold=True)
    columns = _columns(slide)
    for column, title in (
        ("place", _("Place")),
        ("number", _("Number")),
        ("name", _("Name") if columns["unit"].width() else _("Unit")),
        ("unit", _("Unit")),
        ("total", _("Total score")),
    ):
        place = columns[column]
        if place.width():
            align = _RIGHT_SIDE if column == "total" else _LEFT_SIDE
            _text(painter, place.translated(0, 190), title, QUIET, align=align)
    painter.fillRect(QRectF(_LEFT, _TOP_OF_ROWS - 3, _RIGHT - _LEFT, 2), QColor(RULE))
    for line in range(1, len(slide.rows), 2):
        painter.fillRect(QRectF(_LEFT, _TOP_OF_ROWS + line * _ROW, _RIGHT - _LEFT, _ROW), QColor(STRIPE))
    for line, row in enumerate(slide.rows):
        origin = motion.origins.get(row.key, line)
        at = origin + (line - origin) * motion.progress
        if at != line:
            moving = QRectF(_LEFT, _TOP_OF_ROWS + at * _ROW, _RIGHT - _LEFT, _ROW)
            painter.fillRect(moving, QColor(RULE))
        _paint_row(painter, row, columns, _TOP_OF_ROWS + at * _ROW)
    _paint_foot(painter, slide)


def _columns(slide: BoardSlide) -> dict[str, QRectF]:
    """Where each column is, in a row that begins at y 0. What nobody has takes no room."""
    numbers = any(row.number for row in slide.rows)
    names = any(row.name for row in slide.rows)
    units = any(row.unit for row in slide.rows)
    awards = any(row.award for row in slide.rows)
    award = 250.0 if awards else 0.0
    moved = QRectF(_RIGHT - award - 120, 0, 110, _ROW)
    total = QRectF(moved.left() - 230, 0, 210, _ROW)
    place = QRectF(_LEFT + 20, 0, 110, _ROW)
    number = QRectF(place.right() + 20, 0, 200.0 if numbers else 0.0, _ROW)
    left = number.right() + (20 if numbers else 0)
    room = total.left() - left - 20
    name_width = 0.0 if not names else room if not units else room * 0.46
    name = QRectF(left, 0, name_width, _ROW)
    unit = QRectF(name.right() + 20, 0, room - name_width - 20 if units else 0.0, _ROW)
    return {
        "place": place,
        "number": number,
        "name": name,
        "unit": unit,
        "total": total,
        "moved": moved,
        "award": QRectF(_RIGHT - award, 0, award, _ROW),
    }


def _paint_row(painter: QPainter, row: BoardRow, columns: Mapping[str, QRectF], y: float) -> None:
    def at(column: str) -> QRectF:
        return columns[column].translated(0, y)

    _text(painter, at("place"), row.place, TEXT, _PLACE_PX, bold=True)
    _text(painter, at("number"), row.number, QUIET)
    _text(painter, at("name"), row.name, TEXT, 52, bold=True)
    _text(painter, at("unit"), row.unit, SOFT)
    _text(painter, at("total"), row.total, TEXT, _TOTAL_PX, bold=True, align=_RIGHT_SIDE)
    if row.moved:
        _paint_move(painter, at("moved"), row.moved)
    if row.medal:
        _paint_medal(painter, at("award"), row)


def _paint_move(painter: QPainter, place: QRectF, moved: int) -> None:
    """A triangle up or down with the number of places."""
    colour = UP if moved > 0 else DOWN
    middle, left, half = place.center().y(), place.left(), 15.0
    tip, foot = (middle - half, middle + half) if moved > 0 else (middle + half, middle - half)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(QColor(colour)))
    painter.drawPolygon(QPolygonF([QPointF(left, foot), QPointF(left + 34, foot), QPointF(left + 17, tip)]))
    _text(painter, place.adjusted(44, 0, 0, 0), str(abs(moved)), colour)


def _paint_medal(painter: QPainter, place: QRectF, row: BoardRow) -> None:
    """A shape of its own for each level (disc, diamond, square, bar) beside the word of the award."""
    colour = MEDALS[min(row.medal, len(MEDALS)) - 1]
    x, y, radius = place.left() + 26, place.center().y(), 22.0
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(QColor(colour)))
    if row.medal == 1:
        painter.drawEllipse(QPointF(x, y), radius, radius)
    elif row.medal == 2:
        corners = [QPointF(x, y - radius), QPointF(x + radius, y), QPointF(x, y + radius), QPointF(x - radius, y)]
        painter.drawPolygon(QPolygonF(corners))
    elif row.medal == 3:
        painter.drawRect(QRectF(x - 18, y - 18, 36, 36))
    else:
        painter.drawRect(QRectF(x - 20, y - 8, 40, 16))
    _text(painter, place.adjusted(62, 0, 0, 0), row.award, colour, bold=True)


def _paint_pill(painter: QPainter, slide: BoardSlide) -> float:
    """The state of the board at the top right; returns its width."""
    colour = STATES[slide.state]
    width = QFontMetricsF(theme.font(SMALLEST, bold=True)).horizontalAdvance(slide.pill) + 64
    place = QRectF(_RIGHT - width, 50, width, 94)
    painter.setPen(QPen(QColor(colour), 3))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(place, 14, 14)
    _text(painter, place, slide.pill, colour, bold=True, align=_CENTRE)
    return width


def _paint_foot(painter: QPainter, slide: BoardSlide) -> None:
    place = QRectF(_LEFT, HEIGHT - 84, _RIGHT - _LEFT, 70)
    page = _("Page {page} / {pages}").format(page=slide.page, pages=slide.pages)
    _text(painter, place.adjusted(0, 0, -260, 0), f"{page}     {slide.note}".rstrip(), QUIET)
    _text(painter, place, slide.clock, QUIET, align=_RIGHT_SIDE)
    if not slide.rows:
        _text(
            painter,
            QRectF(_LEFT, 480, _RIGHT - _LEFT, 100),
            _("Nobody has all marks yet"),
            QUIET,
            60,
            align=_CENTRE,
        )
