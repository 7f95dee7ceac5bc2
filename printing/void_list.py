"""The list of the certificate numbers that are void (作废), to be published, or for whoever checks certificates."""

from typing import BinaryIO

from data.i18n import _
from data.queries.papers import VoidList
from printing import fonts
from printing.page import GREY, INK, Document, Progress, Style, no_progress
from printing.tables import Column, draw_table

_LEFT, _TOP, _FOOT = 15.0, 18.0, 17.0
_TITLE = Style(fonts.BOLD, 17, INK)
_EVENT = Style(size=9.5, colour=GREY)
_TEXT = Style(size=10, leading=1.5)
_CELL = Style(size=9, leading=1.35)


def draw(file: BinaryIO, found: VoidList, progress: Progress = no_progress) -> int:
    """Write the list as PDF; returns 1, for it is one piece."""
    title = _("Void certificates")
    state = _("Result version {n}").format(n=found.id)
    document = Document(file, title, author=found.head.organizer, footer=f"{found.head.event} · {title} · {state}")
    width = document.width - 2 * _LEFT
    document.fitted(_LEFT, _TOP, width, found.head.event, _EVENT, smallest=6, most_lines=1)
    document.text(_LEFT, _TOP + 11, title, _TITLE)
    text = _(
        "These certificate numbers are no longer good as of result version {n}. Please hand the certificates back; "
        "where a new number stands, a new certificate was made."
    ).format(n=found.id)
    y = document.paragraph(_LEFT, _TOP + 20, width, text, _TEXT) + 5

    def next_page() -> float:
        document.new_page()
        return _TOP

    rows = [
        (
            one.serial,
            one.name or one.unit,
            one.unit if one.name else "",
            f"{one.division} {one.award}".strip(),
            one.reason,
            one.replaced_by or "–",
        )
        for one in found.serials
    ]
    columns = [
        Column(_("Void number"), 29),
        Column(_("Name"), 22),
        Column(_("Unit"), 30),
        Column(_("Award"), 28),
        Column(_("Reason"), width - 138),
        Column(_("New number"), 29),
    ]
    y = draw_table(document, _LEFT, y, columns, rows, bottom=document.height - _FOOT, next_page=next_page, style=_CELL)
    y = next_page() if y + 20 > document.height - _FOOT else y + 14
    document.fitted(_LEFT + width, y, width, found.head.organizer, _TEXT, smallest=7, align="right")
    progress(1, 1, title)
    document.save()
    return 1
