"""What stands at the top of a list or a record: event, title, what everybody must see first, and a line."""

from collections.abc import Iterable

from printing import fonts
from printing.page import GREY, INK, RED, Document, Style

_EVENT = Style(size=11, colour=GREY)
_TITLE = Style(fonts.BOLD, 18, INK)
_STAMP = Style(fonts.BOLD, 12, RED)


def draw_heading(
    document: Document, x: float, y: float, width: float, event: str, title: str, stamps: Iterable[str] = ()
) -> float:
    """Draw it from y on; returns the y of the first line below it.

    Args:
        event: the name of the event, maybe with its date.
        stamps: sentences in red, such as that it is a rehearsal.
    """
    y = document.fitted(x, y, width, event, _EVENT, smallest=9)
    document.text(x, y + 9, title, _TITLE)
    y += 13
    for words in stamps:
        y = document.paragraph(x, y + 4, width, words, _STAMP) + 3
    document.line(x, y, x + width, y, colour=INK, weight=1)
    return y + 7
