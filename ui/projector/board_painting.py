"""Paints a page of the leaderboard."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPolygonF

from data.i18n import _
from ui.projector.canvas import (
    CENTRE,
    DOWN,
    HEIGHT,
    LEFT,
    LEFT_SIDE,
    QUIET,
    RIGHT,
    RIGHT_SIDE,
    RULE,
    SOFT,
    TEXT,
    UP,
    heading,
    stripes,
    text,
)
from ui.projector.slides import BoardRow, BoardSlide

MEDALS = ("#F0BE5C", "#C9D3DE", "#D69A63", "#9DB4D0")

_TOP_OF_ROWS, _ROW = 262.0, 72.0
_TOTAL_PX, _PLACE_PX = 56, 56


@dataclass(frozen=True)
class Motion:
    """Where rows come from while they move: their old line (from 0) by key, and how far they are, 0 to 1."""

    origins: Mapping[int, float]
    progress: float


STILL = Motion({}, 1.0)


def paint_board(painter: QPainter, slide: BoardSlide, motion: Motion) -> None:
    """A page of a division; rows that move are on their way."""
    heading(painter, slide.event, slide.title, slide.pill, slide.state)
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
            align = RIGHT_SIDE if column == "total" else LEFT_SIDE
            text(painter, place.translated(0, 190), title, QUIET, align=align)
    stripes(painter, _TOP_OF_ROWS, _ROW, len(slide.rows))
    for line, row in enumerate(slide.rows):
        origin = motion.origins.get(row.key, line)
        at = origin + (line - origin) * motion.progress
        if at != line:
            moving = QRectF(LEFT, _TOP_OF_ROWS + at * _ROW, RIGHT - LEFT, _ROW)
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
    moved = QRectF(RIGHT - award - 120, 0, 110, _ROW)
    total = QRectF(moved.left() - 230, 0, 210, _ROW)
    place = QRectF(LEFT + 20, 0, 110, _ROW)
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
        "award": QRectF(RIGHT - award, 0, award, _ROW),
    }


def _paint_row(painter: QPainter, row: BoardRow, columns: Mapping[str, QRectF], y: float) -> None:
    def at(column: str) -> QRectF:
        return columns[column].translated(0, y)

    text(painter, at("place"), row.place, TEXT, _PLACE_PX, bold=True)
    text(painter, at("number"), row.number, QUIET)
    text(painter, at("name"), row.name, TEXT, 52, bold=True)
    text(painter, at("unit"), row.unit, SOFT)
    text(painter, at("total"), row.total, TEXT, _TOTAL_PX, bold=True, align=RIGHT_SIDE)
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
    text(painter, place.adjusted(44, 0, 0, 0), str(abs(moved)), colour)


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
    text(painter, place.adjusted(62, 0, 0, 0), row.award, colour, bold=True)


def _paint_foot(painter: QPainter, slide: BoardSlide) -> None:
    place = QRectF(LEFT, HEIGHT - 84, RIGHT - LEFT, 70)
    page = _("Page {page} / {pages}").format(page=slide.page, pages=slide.pages)
    text(painter, place.adjusted(0, 0, -260, 0), f"{page}     {slide.note}".rstrip(), QUIET)
    text(painter, place, slide.clock, QUIET, align=RIGHT_SIDE)
    if not slide.rows:
        text(
            painter,
            QRectF(LEFT, 480, RIGHT - LEFT, 100),
            _("Nobody has all marks yet"),
            QUIET,
            60,
            align=CENTRE,
        )
