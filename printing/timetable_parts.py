"""What every page of a timetable has: where it begins and ends, its head, and how a time is written."""

from data.queries.papers import Letterhead
from data.queries.timetable_papers import Turn
from data.rules.decimals import clock
from printing import fonts
from printing.page import GREY, INK, Document, Style

LEFT, WIDTH = 15.0, 180.0
BOTTOM = 280.0
_TOP = 15.0

_TITLE = Style(fonts.BOLD, 18, INK)
_EVENT = Style(size=9.5, colour=GREY)
_UNDER = Style(size=10.5, leading=1.4)


def draw_head(document: Document, head: Letterhead, title: str, under: str, version: str) -> float:
    """The event, the number of the timetable, a title and a line below it; returns the y at which the page goes on."""
    space = WIDTH - _EVENT.width(version) - 5
    document.fitted(LEFT, _TOP, space, head.event, _EVENT, smallest=6, most_lines=1)
    document.text(LEFT + WIDTH, _TOP, version, _EVENT, align="right")
    below = document.fitted(LEFT, _TOP + 10, WIDTH, title, _TITLE, smallest=12)
    return document.paragraph(LEFT, below + 7, WIDTH, under, _UNDER) + 5


def span(turn: Turn) -> str:
    """From when to when."""
    return f"{clock(turn.starts_minute)}–{clock(turn.ends_minute)}"
