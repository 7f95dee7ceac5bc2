"""Badges: 90 × 130 mm, four on an A4 page with crop marks. A portrait stands beside the code, as high as it."""

from collections.abc import Sequence
from typing import BinaryIO

from data.i18n import _
from data.queries.papers import Badge, Letterhead
from data.rules.photos import HEIGHT as HEIGHT_PIXELS
from data.rules.photos import WIDTH as WIDTH_PIXELS
from printing import fonts
from printing.page import BLACK, GREY, INK, LINE, POINT, WHITE, Document, Progress, Style, no_progress

WIDTH, HEIGHT = 90.0, 130.0
CODE_SIZE = 34.0
PER_PAGE = 4
PHOTO_WIDTH = CODE_SIZE * WIDTH_PIXELS / HEIGHT_PIXELS
_ACROSS, _DOWN = 2, 2
_MARGIN = 5.0
_CODE_TOP = 80.5
_BAND = 23.0
_BESIDE = 9.0  # between portrait and code, the code's quiet zone included
_CROP_GAP, _CROP_LENGTH = 2.0, 7.0

_EVENT = Style(size=10.5, colour=WHITE, leading=1.3)
_TITLE = Style(fonts.BOLD, 17, WHITE, spacing=7)
_NUMBER = Style(fonts.BOLD, 60, INK)
_NAME = Style(fonts.BOLD, 26, BLACK, leading=1.2)
_UNIT = Style(size=12.5, colour=GREY, leading=1.3)
_DIVISION = Style(fonts.BOLD, 11, INK)
_CODE = Style(size=8.5, colour=GREY, spacing=0.3)


def draw(file: BinaryIO, head: Letterhead, badges: Sequence[Badge], progress: Progress = no_progress) -> int:
    """Write the badges as PDF; returns how many."""
    document = Document(file, _("Badges"), author=head.organizer)
    left, top = (document.width - _ACROSS * WIDTH) / 2, (document.height - _DOWN * HEIGHT) / 2
    corners = [(left + place % _ACROSS * WIDTH, top + place // _ACROSS * HEIGHT) for place in range(PER_PAGE)]
    with document.form("crop-marks"):
        _draw_crop_marks(document, left, top)
    for place, (x, y) in enumerate(corners):
        with document.form(f"frame-{place}"):
            _draw_frame(document, head, x, y)
    for index, badge in enumerate(badges):
        place = index % PER_PAGE
        if place == 0:
            if index:
                document.new_page()
            document.place("crop-marks")
        document.place(f"frame-{place}")
        _draw_badge(document, head, badge, *corners[place])
        progress(index + 1, len(badges), badge.number)
    document.save()
    return len(badges)


def _draw_crop_marks(document: Document, left: float, top: float) -> None:
    right, bottom = left + _ACROSS * WIDTH, top + _DOWN * HEIGHT
    for column in range(_ACROSS + 1):
        x = left + column * WIDTH
        for start, end in ((top - _CROP_GAP, top - _CROP_LENGTH), (bottom + _CROP_GAP, bottom + _CROP_LENGTH)):
            document.line(x, start, x, end, colour=BLACK, weight=0.4)
    for row in range(_DOWN + 1):
        y = top + row * HEIGHT
        for start, end in ((left - _CROP_GAP, left - _CROP_LENGTH), (right + _CROP_GAP, right + _CROP_LENGTH)):
            document.line(start, y, end, y, colour=BLACK, weight=0.4)


def _draw_frame(document: Document, head: Letterhead, x: float, y: float) -> None:
    """What all badges of a place share: outline, band, event."""
    middle, space = x + WIDTH / 2, WIDTH - 2 * _MARGIN
    document.box(x, y, WIDTH, _BAND, fill=INK)
    document.box(x, y, WIDTH, HEIGHT, stroke=LINE, weight=0.3)
    size, lines = _EVENT.fit(head.event, space, smallest=8.5)
    document.lines(middle, y + (8.5 if len(lines) == 1 else 6.5), lines, _EVENT.sized(size), align="centre")
    document.text(middle, y + 18.8, _("CONTESTANT"), _TITLE, align="centre")


def _draw_badge(document: Document, head: Letterhead, badge: Badge, x: float, y: float) -> None:
    middle, space = x + WIDTH / 2, WIDTH - 2 * _MARGIN
    document.fitted(middle, y + (51 if head.blind else 43.5), space, badge.number, _NUMBER, smallest=36, align="centre")
    if not head.blind:
        size, lines = _NAME.fit(badge.name, space, smallest=16)
        name = _NAME.sized(size)
        below = document.lines(middle, y + (55.5 if len(lines) == 1 else 52), lines, name, align="centre")
        document.fitted(middle, below + 7, space, badge.unit, _UNIT, smallest=5, align="centre", most_lines=1)
    _draw_pill(document, middle, y + 67.5, badge.division, space)
    if badge.photo is None or head.blind:
        document.code(middle - CODE_SIZE / 2, y + _CODE_TOP, CODE_SIZE, badge.code)
    else:
        left = middle - (PHOTO_WIDTH + _BESIDE + CODE_SIZE) / 2
        document.picture(left, y + _CODE_TOP, PHOTO_WIDTH, CODE_SIZE, badge.photo)
        document.box(left, y + _CODE_TOP, PHOTO_WIDTH, CODE_SIZE, stroke=LINE, weight=0.4)
        document.code(left + PHOTO_WIDTH + _BESIDE, y + _CODE_TOP, CODE_SIZE, badge.code)
    document.fitted(middle, y + 122.5, space, badge.code, _CODE, smallest=6, align="centre")


def _draw_pill(document: Document, middle: float, y: float, text: str, space: float) -> None:
    height = 6.6
    style = _DIVISION.sized(_DIVISION.fit(text, space - 8, smallest=5, most_lines=1)[0])
    width = style.width(text) + 8
    document.box(middle - width / 2, y, width, height, stroke=INK, weight=0.8, radius=1.5)
    document.text(middle, y + height / 2 + style.size * POINT * 0.36, text, style, align="centre")
