"""Score ladders (成绩单) on paper: every step from the items to the place, so that anybody can reckon it again."""

from collections.abc import Iterator, Sequence
from typing import BinaryIO

from data.i18n import _
from data.queries.ladder import Ladder
from data.queries.papers import Letterhead
from printing import fonts
from printing.columns import GAP, Line, draw_columns
from printing.page import BLACK, GREY, INK, Document, Progress, Style, no_progress
from printing.tables import Column

_LEFT, _TOP, _FOOT = 15.0, 16.0, 17.0
_VALUE = 23.0  # mm, of the points
_SIGNATURES = 14.0
_STRONG = ("judge", "combined", "weight", "total", "rank")

_EVENT = Style(size=9.5, colour=GREY)
_TITLE = Style(fonts.BOLD, 17, INK)
_WHO = Style(fonts.BOLD, 12, BLACK)
_UNDER = Style(size=9.5, colour=BLACK)
_NOTE = Style(size=8, colour=GREY, leading=1.4)


def draw(
    file: BinaryIO, head: Letterhead, ladders: Sequence[Ladder], version: int | None, progress: Progress = no_progress
) -> int:
    """Write the ladders as PDF, each on a page of its own or on several; returns how many.

    Args:
        version: the result version that says the same; None where none does, and the ladders are provisional.
    """
    state = _("Provisional: not of a result version") if version is None else _("Result version {n}").format(n=version)
    document = Document(
        file, _("Score ladders"), author=head.organizer, footer=f"{head.event} · {_('Score ladder')} · {state}"
    )
    for index, one in enumerate(ladders):
        if index:
            document.new_page()
        _draw_ladder(document, head, one, state)
        progress(index + 1, len(ladders), one.name)
    document.save()
    return len(ladders)


def _draw_ladder(document: Document, head: Letterhead, ladder: Ladder, state: str) -> None:
    width = document.width - 2 * _LEFT
    bottom = document.height - _FOOT - _SIGNATURES
    document.fitted(_LEFT, _TOP, width - _EVENT.width(state) - 5, head.event, _EVENT, smallest=6, most_lines=1)
    document.text(_LEFT + width, _TOP, state, _EVENT, align="right")
    document.text(_LEFT, _TOP + 10, _("Score ladder"), _TITLE)
    who = "　".join(part for part in (ladder.number, ladder.name) if part)
    y = document.fitted(_LEFT, _TOP + 19, width, who, _WHO, smallest=8)
    where = " · ".join(
        part for part in (ladder.division_title, ladder.unit if ladder.unit != ladder.name else "") if part
    )
    y = document.fitted(_LEFT, y + 5.5, width, where, _UNDER, smallest=7)
    column = (width - GAP) / 2

    def go_on() -> float:
        document.new_page()
        document.fitted(_LEFT, _TOP, width, f"{_('Score ladder')} · {who}", _EVENT, smallest=6, most_lines=1)
        return _TOP + 4

    draw_columns(
        document,
        _LEFT,
        y + 4,
        [Column(_("How it was reckoned"), column - _VALUE), Column(_("Points or place"), _VALUE, "right")],
        list(_lines(ladder)),
        side_by_side=2,
        bottom=bottom,
        next_page=go_on,
    )
    _draw_foot(document, bottom + 4, width)


def _lines(ladder: Ladder) -> Iterator[Line]:
    component: str | None = None
    for line in ladder.lines:
        if line.component != component:
            component = line.component
            yield Line(group=component or _("Total score"))
        empty = "" if line.kind == "drawn" else "–"
        yield Line((line.text, line.value or empty), strong=line.kind in _STRONG)


def _draw_foot(document: Document, y: float, width: float) -> None:
    document.paragraph(
        _LEFT,
        y,
        width,
        _("Each line follows from the lines before it. Endless values are shown with twelve decimals."),
        _NOTE,
    )
    for place, title in enumerate((_("Reckoned again by"), _("Chief judge"), _("Date"))):
        x = _LEFT + place * width / 3
        document.text(x, y + 8, f"{title}:", _UNDER)
        start = x + _UNDER.width(f"{title}:") + 2
        document.line(start, y + 9, x + width / 3 - 6, y + 9, colour=BLACK, weight=0.4)
