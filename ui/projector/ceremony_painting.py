"""Paints the slides of a draw ceremony."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from data.i18n import _
from ui.projector.canvas import (
    CENTRE,
    HEIGHT,
    LEFT,
    QUIET,
    RIGHT,
    RIGHT_SIDE,
    RULE,
    SMALLEST,
    SOFT,
    STATES,
    STRIPE,
    TEXT,
    UP,
    WIDTH,
    heading,
    stripes,
    text,
    width_of,
    wrapped,
)
from ui.projector.ceremony_slides import (
    Banner,
    CeremonySlide,
    HashSlide,
    ListRow,
    ListSlide,
    SealedSlide,
    SeedSlide,
    StepRow,
    StepSlide,
)

_AMBER = STATES["provisional"]
_HEAD, _TOP, _ROW = 190.0, 262.0, 72.0
_FOOT = 74.0
_GAP = 24.0


def paint_ceremony(painter: QPainter, slide: CeremonySlide) -> None:
    """One moment of a draw."""
    _paint_banner(painter, slide.banner)
    if isinstance(slide, HashSlide):
        _paint_hash(painter, slide)
    elif isinstance(slide, ListSlide):
        _paint_list(painter, slide)
    elif isinstance(slide, SeedSlide):
        _paint_seed(painter, slide)
    elif isinstance(slide, StepSlide):
        _paint_step(painter, slide)
    else:
        _paint_sealed(painter, slide)


def _paint_banner(painter: QPainter, banner: Banner) -> None:
    heading(painter, banner.event, banner.title, banner.pill, banner.tone)
    painter.fillRect(QRectF(LEFT, _HEAD, RIGHT - LEFT, 2), QColor(RULE))


def _paint_hash(painter: QPainter, slide: HashSlide) -> None:
    text(painter, QRectF(LEFT, 220, RIGHT - LEFT, 110), slide.count, TEXT, 84, bold=True, align=CENTRE)
    text(painter, QRectF(LEFT, 330, RIGHT - LEFT, 80), "SHA-256", QUIET, 56, align=CENTRE)
    _paint_groups(painter, slide.groups, 420.0, 130.0, 100)
    text(painter, QRectF(LEFT, HEIGHT - 110, RIGHT - LEFT, 80), slide.note, QUIET, align=CENTRE)


def _paint_groups(painter: QPainter, groups: Sequence[str], top: float, height: float, pixels: int) -> None:
    """A hash, four groups a line, every digit in a cell of its own so that the lines stand under one another."""
    cell = pixels * 0.72
    gap = pixels * 0.9
    per_line = 4
    line_width = per_line * 4 * cell + (per_line - 1) * gap
    for number, group in enumerate(groups):
        line, column = divmod(number, per_line)
        left = (WIDTH - line_width) / 2 + column * (4 * cell + gap)
        for place, digit in enumerate(group):
            where = QRectF(left + place * cell, top + line * height, cell, height)
            text(painter, where, digit, UP if digit.isdigit() else TEXT, pixels, bold=True, align=CENTRE)


def _paint_list(painter: QPainter, slide: ListSlide) -> None:
    columns = _columns(slide.rows)
    titles = {"n": _("No."), "id": _("Id"), "name": _("Name"), "unit": _("Unit"), "outcome": _("Result")}
    for column, place in columns.items():
        if place.width():
            text(painter, place.translated(0, _HEAD + 2), titles[column], QUIET)
    stripes(painter, _TOP, _ROW, len(slide.rows))
    for line, row in enumerate(slide.rows):
        y = _TOP + line * _ROW
        for column, words, colour, bold in (
            ("n", row.n, QUIET, False),
            ("id", row.id, SOFT, False),
            ("name", row.name, TEXT, True),
            ("unit", row.unit, SOFT, False),
            ("outcome", row.outcome, UP, True),
        ):
            if columns[column].width():
                text(painter, columns[column].translated(0, y), words, colour, 52 if bold else SMALLEST, bold=bold)
    page = _("Page {page} / {pages}").format(page=slide.page, pages=slide.pages)
    room = width_of(page) + 40
    top = HEIGHT - 10 - _FOOT * len(slide.feet)
    for line, foot in enumerate(slide.feet):
        last = line == len(slide.feet) - 1
        place = QRectF(LEFT, top + line * _FOOT, RIGHT - LEFT - (room if last else 0), _FOOT)
        text(painter, place, foot, QUIET)
    text(painter, QRectF(LEFT, HEIGHT - 10 - _FOOT, RIGHT - LEFT, _FOOT), page, QUIET, align=RIGHT_SIDE)


def _columns(rows: Sequence[ListRow]) -> dict[str, QRectF]:
    """Where each column is, in a row that begins at y 0. What nobody has takes no room; a result with names needs
    no ids, which the list before it had."""
    names = any(row.name for row in rows)
    units = any(row.unit and row.unit != row.name for row in rows)
    outcomes = any(row.outcome for row in rows)
    widths = {
        "n": 130.0,
        "id": 0.0 if outcomes and names else _widest((row.id for row in rows), 330, 620),
        "name": 0.0,
        "unit": 0.0,
        "outcome": _widest((row.outcome for row in rows), 260, 640, bold=True) if outcomes else 0.0,
    }
    left = LEFT + 10
    rest = RIGHT - left - sum(widths.values()) - _GAP * sum(width > 0 for width in widths.values())
    if names:
        widths["name"] = (rest - _GAP) * 0.38 if units else rest
    if units:
        widths["unit"] = rest - (widths["name"] + _GAP if names else 0)
    if outcomes and not names and not units:
        widths["outcome"] += rest
    places = {}
    for column, width in widths.items():
        places[column] = QRectF(left, 0, width, _ROW)
        left += width + _GAP if width else 0
    return places


def _widest(words: Iterable[str], least: float, most: float, *, bold: bool = False) -> float:
    return min(max(max((width_of(one, 52, bold=bold) for one in words), default=0.0) + 10, least), most)


def _paint_seed(painter: QPainter, slide: SeedSlide) -> None:
    few = len(slide.lines) <= 2
    height = 190.0 if few else 560.0 / len(slide.lines)
    pixels = 84 if few else 56
    for number, line in enumerate(slide.lines):
        top = 220.0 + number * height
        ground = QRectF(LEFT, top, RIGHT - LEFT, height - 16)
        painter.fillRect(ground, QColor(STRIPE))
        inner = ground.adjusted(30, 0, -30, 0)
        text(painter, QRectF(inner.left(), top, 210, ground.height()), line.label, QUIET)
        part = QRectF(inner.left() + 230, top, inner.width() - 230 - 460, ground.height())
        text(painter, part, line.part or "…", TEXT if line.part else QUIET, pixels, bold=True)
        witness = QRectF(inner.right() - 430, top, 430, ground.height())
        text(painter, witness, line.witness or "…", SOFT if line.witness else QUIET, 56, align=RIGHT_SIDE)
    bottom = 220.0 + len(slide.lines) * height
    text(painter, QRectF(LEFT, bottom + 6, 300, 80), _("Key"), QUIET, 56)
    if slide.note:
        text(painter, QRectF(LEFT + 300, bottom + 6, RIGHT - LEFT - 300, 80), slide.note, _AMBER, align=RIGHT_SIDE)
    most = 3 if few else 2
    pixels = 84 if few else 60
    lines = wrapped(slide.key or "…", RIGHT - LEFT - 40, pixels, most, bold=True)
    step = pixels * 1.35
    for number, words in enumerate(lines):
        place = QRectF(LEFT + 20, bottom + 86 + number * step, RIGHT - LEFT - 40, step)
        text(painter, place, words, UP if slide.key else QUIET, pixels, bold=True)


def _paint_step(painter: QPainter, slide: StepSlide) -> None:
    card = QRectF(LEFT, 216, RIGHT - LEFT, 290)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(STRIPE))
    painter.drawRoundedRect(card, 18, 18)
    if slide.now is None:
        words = card.adjusted(40, 40 if slide.detail else 0, -40, 0)
        if slide.detail:
            text(
                painter,
                QRectF(words.left(), card.top() + 150, words.width(), 90),
                slide.detail,
                QUIET,
                56,
                align=CENTRE,
            )
            words.setHeight(110)
        text(painter, words, slide.note, TEXT, 76, bold=True, align=CENTRE)
    else:
        _paint_now(painter, card, slide.now)
    for number, words in enumerate(slide.passed):
        text(painter, QRectF(LEFT, 518 + number * 66, RIGHT - LEFT, 66), words, _AMBER)
    outcome = _widest((row.outcome for row in slide.recent), 200, 700, bold=True)
    for number, row in enumerate(slide.recent):
        _paint_recent(painter, 664 + number * 64, row, outcome)
    _paint_progress(painter, slide.done, slide.total)


def _paint_now(painter: QPainter, card: QRectF, row: StepRow) -> None:
    """At the left what was drawn, large; at the right for whom."""
    one_line = width_of(row.outcome, 110, bold=True) <= 620
    pixels = 110 if one_line else 66
    lines = [row.outcome] if one_line else wrapped(row.outcome, 620, pixels, 3, bold=True)
    width = max(300.0, min(620.0, max(width_of(words, pixels, bold=True) for words in lines)))
    height = pixels * 1.3
    top = card.center().y() - height * len(lines) / 2
    for number, words in enumerate(lines):
        place = QRectF(card.left() + 40, top + number * height, width, height)
        text(painter, place, words, UP, pixels, bold=True)
    left = card.left() + width + 100
    room = QRectF(left, card.top() + 10, card.right() - left - 40, 66)
    number_and_id = f"{_('No.')} {row.n}" + (f"     {row.id}" if row.name else "")
    text(painter, room, number_and_id, QUIET)
    text(painter, QRectF(left, room.bottom(), room.width(), 124), row.who, TEXT, 92, bold=True)
    if row.unit != row.name:
        text(painter, QRectF(left, room.bottom() + 124, room.width(), 76), row.unit, SOFT, 56)


def _paint_recent(painter: QPainter, top: float, row: StepRow, outcome: float) -> None:
    text(painter, QRectF(LEFT + 40, top, outcome, 64), row.outcome, UP, bold=True)
    left = LEFT + 40 + outcome + 40
    unit = row.unit if row.unit and row.unit != row.who else ""
    who = (RIGHT - left) * (0.38 if unit else 1.0)
    text(painter, QRectF(left, top, who - 24, 64), row.who, SOFT, bold=True)
    text(painter, QRectF(left + who, top, RIGHT - left - who, 64), unit, QUIET)


def _paint_progress(painter: QPainter, done: int, total: int) -> None:
    words = f"{done} / {total}"
    room = width_of(words, bold=True) + 30
    track = QRectF(LEFT, HEIGHT - 50, RIGHT - LEFT - room, 14)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(RULE))
    painter.drawRoundedRect(track, 7, 7)
    if total:
        painter.setBrush(QColor(UP))
        painter.drawRoundedRect(QRectF(track.left(), track.top(), track.width() * done / total, 14), 7, 7)
    text(painter, QRectF(LEFT, HEIGHT - 82, RIGHT - LEFT, 78), words, SOFT, SMALLEST, bold=True, align=RIGHT_SIDE)


def _paint_sealed(painter: QPainter, slide: SealedSlide) -> None:
    text(painter, QRectF(LEFT, 214, RIGHT - LEFT, 110), slide.statement, _AMBER, 76, bold=True, align=CENTRE)
    text(painter, QRectF(LEFT, 330, RIGHT - LEFT, 66), "SHA-256", QUIET, align=CENTRE)
    _paint_groups(painter, slide.groups, 396.0, 98.0, 74)
    text(painter, QRectF(LEFT, 800, RIGHT - LEFT, 66), _("Key"), QUIET, align=CENTRE)
    text(painter, QRectF(LEFT, 862, RIGHT - LEFT, 90), slide.key, UP, 66, bold=True, align=CENTRE)
    text(painter, QRectF(LEFT, HEIGHT - 100, RIGHT - LEFT, 76), slide.by, QUIET, align=CENTRE)
