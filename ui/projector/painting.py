"""Paints slides, each as large as fits into its place."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from ui.projector.board_painting import STILL, Motion, paint_board
from ui.projector.canvas import CENTRE, GROUND, HEIGHT, QUIET, TEXT, UP, WIDTH, text
from ui.projector.ceremony_painting import paint_ceremony
from ui.projector.slides import BlankSlide, BoardSlide, Slide, TitleSlide


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
    elif isinstance(slide, BoardSlide):
        paint_board(painter, slide, motion)
    else:
        paint_ceremony(painter, slide)
    painter.restore()


def _paint_title(painter: QPainter, slide: TitleSlide) -> None:
    text(painter, QRectF(120, 380, WIDTH - 240, 160), slide.event, TEXT, 96, bold=True, align=CENTRE)
    painter.fillRect(QRectF(WIDTH / 2 - 110, 575, 220, 6), QColor(UP))
    text(painter, QRectF(120, 610, WIDTH - 240, 90), slide.host, QUIET, 56, align=CENTRE)
