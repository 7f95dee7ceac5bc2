"""The list of those who did not pass, on paper: for whoever sees to their training and second chance (补训补考)."""

from pathlib import Path
from typing import BinaryIO

from data.i18n import _, ngettext
from data.queries import papers
from data.queries.below_pass import BelowPass, BelowRow, below_pass
from data.queries.below_words import reason_word, result_text, shortfall_text, state_word
from data.queries.papers import Letterhead
from data.queries.plan import is_rehearsal
from data.rules.decimals import show_milli
from data.rules.identity import mask_name
from data.store import Store
from printing.heading import draw_heading
from printing.page import Document, Style, write
from printing.tables import Column, draw_table

_LEFT, _TOP, _BOTTOM = 15.0, 18.0, 190.0
_TEXT = Style(size=10, leading=1.5)


def write_below_pass(store: Store, path: Path, *, mask_names: bool = False) -> int:
    """Write the list of the newest result version as PDF; returns its pages.

    Raises:
        FileProblem: the file cannot be written.
    """
    with store.read():
        head, found, rehearsal = papers.letterhead(store), below_pass(store), is_rehearsal(store)
    return write(path, lambda file: draw(file, head, found, mask_names=mask_names, rehearsal=rehearsal))


def draw(
    file: BinaryIO, head: Letterhead, found: BelowPass, *, mask_names: bool = False, rehearsal: bool = False
) -> int:
    """Draw it into an open file; returns the number of pages."""
    title = _("Training and second chance")
    document = Document(file, title, landscape=True, author=head.organizer, footer=f"{head.event} · {title}")
    width = document.width - 2 * _LEFT
    event = "  ".join(filter(None, (head.event, head.date)))
    stamps = [_("REHEARSAL: these marks are an exercise")] if rehearsal else []
    y = draw_heading(document, _LEFT, _TOP + 2, width, event, title, stamps)
    y = document.paragraph(_LEFT, y, width, _said(found), _TEXT) + 5

    def next_page() -> float:
        document.new_page()
        return _TOP

    rows = [_cells(row, mask_names) for row in found.rows]
    draw_table(document, _LEFT, y, _columns(), rows, bottom=_BOTTOM, next_page=next_page)
    return document.save()


def _said(found: BelowPass) -> str:
    """What the list is of."""
    count = ngettext("{n} entrant is on this list", "{n} entrants are on this list", len(found.rows))
    words = [count.format(n=len(found.rows))]
    words.append(_("of {n} who competed").format(n=found.competed))
    if found.version is not None:
        words.append(_("by result version {n}").format(n=found.version))
    if found.pass_milli is not None:
        words.append(_("pass line {line}").format(line=show_milli(found.pass_milli)))
    return _("; ").join(words)


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("Division"), 27),
        Column(_("Number"), 19),
        Column(_("Name"), 24),
        Column(_("Unit"), 42),
        Column(_("Total score"), 18, "right"),
        Column(_("What was below the line"), 58),
        Column(_("Second chance"), 25),
        Column(_("Resit result"), 20, "right"),
        Column(_("Outcome"), 34),
    )


def _cells(row: BelowRow, mask_names: bool) -> tuple[str, ...]:
    resit = row.resit
    outcome = " · ".join(part for part in (state_word(row.state), resit.note if resit else "") if part)
    return (
        row.division_title,
        row.number,
        mask_name(row.name) if mask_names and row.entry == "individual" else row.name,
        row.unit,
        row.total,
        shortfall_text(row) or reason_word(row.reason),
        resit.date if resit else "",
        result_text(resit) if resit else "",
        outcome,
    )
