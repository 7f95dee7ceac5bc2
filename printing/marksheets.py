"""Mark sheets: one for each entrant, station and judge's seat, with a code that opens it at score entry.

What all sheets of a station share is stored once in the file; each page adds what is its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import BinaryIO

from data.i18n import _
from data.queries.papers import Letterhead, MarkSheet
from data.rules import marksheet
from data.rules.decimals import clock, show_milli
from data.rules.plan import Item, Sheet, Station
from printing import fonts
from printing.marksheet_rules import Token, draw_line, line_height, lines_of, tokens
from printing.page import BLACK, GREY, INK, LINE, PALE, Document, Progress, Style, no_progress
from printing.tables import centred

_LEFT, _RIGHT = 13.0, 197.0
_CODE_X, _CODE_Y, CODE_SIZE = 165.5, 13.5, 30.0
_FACTS_Y, _FACTS_HEIGHT, _FACTS_RIGHT = 31.0, 25.5, 157.0
_TABLE_Y, _TABLE_BOTTOM = 60.0, 257.0
_HEADING_HEIGHT = 7.0
_CLOSING_Y, _CLOSING_HEIGHT = 261.0, 17.0
_NOTE_Y = 285.5
_PAD, _PAD_Y = 1.3, 0.8
_STRETCH = 3.2  # mm that a row may grow to fill the page

_EVENT = Style(size=9.5, colour=GREY)
_STATION = Style(fonts.BOLD, 19, INK)
_SHEET = Style(size=10, colour=GREY)
_LABEL = Style(size=7.5, colour=GREY)
_VALUE = Style(fonts.BOLD, 11, leading=1.2)
_NUMBER = Style(fonts.BOLD, 38, INK)
_CODE = Style(size=7, colour=BLACK)
_HEADING = Style(fonts.BOLD, 8.5, INK)
_SECTION = Style(fonts.BOLD, 8.5, BLACK, leading=1.25)
_NOTE = Style(size=7.5, colour=GREY)
_SIZES = (9.5, 9.0, 8.5, 8.0, 7.5)  # points, the largest that keeps the sheet on one page
_FLOWING_SIZE = 9.0


@dataclass(frozen=True)
class _Columns:
    """Left edges of the columns in mm; the section column is left out when no item has a section."""

    section: float
    item: float
    full: float
    rule: float
    score: float
    end: float = _RIGHT


@dataclass(frozen=True)
class _Row:
    item: Item
    text: tuple[str, ...]
    rule: tuple[tuple[Token, ...], ...]
    height: float


@dataclass(frozen=True)
class _Layout:
    """How the items of a sheet stand: the pages of rows, their columns, the size of their letters."""

    columns: _Columns
    style: Style
    pages: tuple[tuple[_Row, ...], ...]


def draw(file: BinaryIO, head: Letterhead, sheets: Sequence[MarkSheet], progress: Progress = no_progress) -> int:
    """Write the mark sheets as PDF; returns how many. A sheet that does not fit a page goes on on the next."""
    document = Document(file, _("Mark sheets"), author=head.organizer)
    layouts: dict[str, _Layout] = {}
    first = True
    for index, sheet in enumerate(sheets):
        station = sheet.station.code
        if station not in layouts:
            layouts[station] = _layout(sheet.sheet)
            _draw_forms(document, head, sheet, layouts[station])
        for page in range(len(layouts[station].pages)):
            if not first:
                document.new_page()
            first = False
            document.place(_form_name(station, page))
            _draw_own(document, head, sheet)
        progress(index + 1, len(sheets), f"{sheet.station.name} {sheet.number}")
    document.save()
    return len(sheets)


def _form_name(station: str, page: int) -> str:
    return f"sheet-{station}-{page + 1}"


def _layout(sheet: Sheet) -> _Layout:
    sections = any(item.section for item in sheet.items)
    columns = _Columns(21, 42 if sections else 21, 108, 120, 179)
    room = _TABLE_BOTTOM - _TABLE_Y - _HEADING_HEIGHT
    for size in _SIZES:
        style = Style(size=size, leading=1.3)
        rows = _rows(sheet, columns, style)
        spare = room - sum(row.height for row in rows)
        if spare >= 0:
            grow = min(_STRETCH, spare / len(rows))
            stretched = tuple(_Row(row.item, row.text, row.rule, row.height + grow) for row in rows)
            return _Layout(columns, style, (stretched,))
    style = Style(size=_FLOWING_SIZE, leading=1.3)
    return _Layout(columns, style, _paged(_rows(sheet, columns, style), room))


def _rows(sheet: Sheet, columns: _Columns, style: Style) -> list[_Row]:
    rows: list[_Row] = []
    for section, items in groupby(sheet.items, key=lambda item: item.section):
        group = []
        for item in items:
            text = style.wrap(item.text, columns.full - columns.item - 2 * _PAD)
            rule = lines_of(tokens(item), style, columns.score - columns.rule - 2 * _PAD)
            height = max(len(text) * style.pitch, sum(line_height(line, style) for line in rule)) + 2 * _PAD_Y
            group.append(_Row(item, tuple(text), tuple(tuple(line) for line in rule), height))
        needed = len(_SECTION.wrap(section, columns.item - columns.section - 2 * _PAD)) * _SECTION.pitch + 2 * _PAD_Y
        lacking = max(0.0, needed - sum(row.height for row in group)) / len(group)
        rows += [_Row(row.item, row.text, row.rule, row.height + lacking) for row in group]
    return rows


def _paged(rows: list[_Row], room: float) -> tuple[tuple[_Row, ...], ...]:
    pages: list[list[_Row]] = [[]]
    used = 0.0
    for row in rows:
        if pages[-1] and used + row.height > room:
            pages.append([])
            used = 0.0
        pages[-1].append(row)
        used += row.height
    return tuple(tuple(page) for page in pages)


def _draw_forms(document: Document, head: Letterhead, sheet: MarkSheet, layout: _Layout) -> None:
    for page, rows in enumerate(layout.pages):
        with document.form(_form_name(sheet.station.code, page)):
            _draw_heading(document, head, sheet.station, sheet.sheet)
            _draw_table(document, layout, rows)
            if page == len(layout.pages) - 1:
                _draw_closing(document, sheet.sheet)
            _draw_note(document, page + 1, len(layout.pages))


def _draw_heading(document: Document, head: Letterhead, station: Station, sheet: Sheet) -> None:
    space = _FACTS_RIGHT - _LEFT
    document.fitted(_LEFT, 15.5, space, head.event, _EVENT, smallest=6, most_lines=1)
    title = _("{code} {station} mark sheet").format(code=station.code, station=station.name)
    style = _STATION.sized(_STATION.fit(title, space, smallest=8, most_lines=1)[0])
    document.text(_LEFT, 25.5, title, style)
    rest = space - style.width(title) - 5
    if sheet.name != station.name and rest > 15:
        document.fitted(_FACTS_RIGHT, 25.5, rest, sheet.name, _SHEET, smallest=7, align="right", most_lines=1)
    document.box(_LEFT, _FACTS_Y, space, _FACTS_HEIGHT, stroke=LINE, weight=0.6)
    document.text(_LEFT + _PAD + 0.5, _FACTS_Y + 4.2, _("Contestant number"), _LABEL)


def _draw_table(document: Document, layout: _Layout, rows: Sequence[_Row]) -> None:
    columns = layout.columns
    document.box(_LEFT, _TABLE_Y, _RIGHT - _LEFT, _HEADING_HEIGHT, fill=PALE)
    headings = [
        (_LEFT, columns.section, _("No.")),
        (columns.section, columns.item, _("Section")),
        (columns.item, columns.full, _("Item")),
        (columns.full, columns.rule, _("Full")),
        (columns.rule, columns.score, _("How to mark")),
        (columns.score, columns.end, _("Mark")),
    ]
    for left, right, title in headings:
        if right > left:
            baseline = centred(_TABLE_Y, _HEADING_HEIGHT, 1, _HEADING)
            document.fitted(
                (left + right) / 2,
                baseline,
                right - left - 1,
                title,
                _HEADING,
                smallest=6,
                align="centre",
                most_lines=1,
            )
    y = _TABLE_Y + _HEADING_HEIGHT
    for section, group in groupby(rows, key=lambda row: row.item.section):
        start = y
        for row in group:
            _draw_row(document, layout, row, y)
            y += row.height
            document.line(columns.item, y, columns.end, y, colour=LINE, weight=0.4)
            document.line(_LEFT, y, columns.section, y, colour=LINE, weight=0.4)
        document.line(columns.section, y, columns.item, y, colour=LINE, weight=0.4)
        lines = _SECTION.wrap(section, columns.item - columns.section - 2 * _PAD)
        middle = (columns.section + columns.item) / 2
        document.lines(middle, centred(start, y - start, len(lines), _SECTION), lines, _SECTION, align="centre")
    edges = {_LEFT, columns.section, columns.item, columns.full, columns.rule, columns.score, columns.end}
    for x in sorted(edges):
        document.line(x, _TABLE_Y, x, y, colour=LINE, weight=0.4)
    document.box(_LEFT, _TABLE_Y, _RIGHT - _LEFT, y - _TABLE_Y, stroke=GREY, weight=0.9)


def _draw_row(document: Document, layout: _Layout, row: _Row, y: float) -> None:
    columns, style, item = layout.columns, layout.style, row.item
    baseline = centred(y, row.height, 1, style)
    document.text((_LEFT + columns.section) / 2, baseline, str(item.number), style, align="centre")
    document.lines(columns.item + _PAD, centred(y, row.height, len(row.text), style), row.text, style)
    full = "—" if item.kind == marksheet.CRITICAL else show_milli(item.full_milli).replace("-", "−")
    document.text((columns.full + columns.rule) / 2, baseline, full, style, align="centre")
    heights = [line_height(line, style) for line in row.rule]
    top = y + (row.height - sum(heights)) / 2
    for line, height in zip(row.rule, heights, strict=True):
        draw_line(document, columns.rule + _PAD, centred(top, height, 1, style), line, style)
        top += height
    if item.kind in (*marksheet.TICKS, marksheet.DEDUCTIONS, marksheet.GRADES):
        document.box(columns.score, y, columns.end - columns.score, row.height, fill="#F3F5F8")
    elif item.kind == marksheet.TIMED:
        document.text(columns.end - _PAD, baseline, _("s"), style, align="right")


def _draw_closing(document: Document, sheet: Sheet) -> None:
    """The boxes that the judge fills when the entrant is done."""
    y, height = _CLOSING_Y, _CLOSING_HEIGHT
    boxes = [
        (_LEFT, 30.0, _("Full marks"), show_milli(marksheet.full_mark(sheet.items))),
        (_LEFT + 30, 46.0, _("Total"), ""),
        (_LEFT + 76, 46.0, _("Time used"), ""),
        (_LEFT + 122, 62.0, _("Judge's signature"), ""),
    ]
    for x, width, label, value in boxes:
        document.box(x, y, width, height, stroke=GREY, weight=0.9)
        document.text(x + 1.8, y + 4.2, label, _LABEL)
        document.text(x + width / 2, y + 13, value, _NUMBER.sized(17), align="centre")
    document.text(_LEFT + 119, y + 13, _("____ min ____ s"), _SHEET, align="right")


def _draw_note(document: Document, page: int, pages: int) -> None:
    note = _("A mark left empty is not a zero: the sheet is handed in only when every item is marked.")
    document.fitted(_LEFT, _NOTE_Y, 150, note, _NOTE, smallest=5, most_lines=1)
    if pages > 1:
        document.text(_RIGHT, _NOTE_Y, f"{page} / {pages}", _NOTE, align="right")


def _draw_own(document: Document, head: Letterhead, sheet: MarkSheet) -> None:
    """What this sheet alone says: whose it is, when and where, which judge, and the code of it all."""
    number_width = 42.0
    document.line(_LEFT + number_width, _FACTS_Y, _LEFT + number_width, _FACTS_Y + _FACTS_HEIGHT, weight=0.6)
    document.fitted(
        _LEFT + number_width / 2, _FACTS_Y + 19, number_width - 4, sheet.number, _NUMBER, smallest=12, align="centre"
    )
    judge = f"{sheet.seat} / {sheet.station.judges}  {sheet.judge}".rstrip()
    rows = [
        (_("Division"), sheet.division, _("Time"), f"{clock(sheet.starts_minute)}–{clock(sheet.ends_minute)}"),
        (_("Lane"), str(sheet.lane), _("Judge"), judge),
    ]
    if not head.blind:
        rows.insert(0, (_("Name"), sheet.name, _("Unit"), sheet.unit))
    x, width = _LEFT + number_width, (_FACTS_RIGHT - _LEFT - number_width) / 2
    height = _FACTS_HEIGHT / len(rows)
    for index, (label, value, second_label, second_value) in enumerate(rows):
        y = _FACTS_Y + index * height
        if index:
            document.line(x, y, _FACTS_RIGHT, y, weight=0.4)
        _draw_fact(document, x, y, width, height, label, value)
        _draw_fact(document, x + width, y, width, height, second_label, second_value)
    document.code(_CODE_X, _CODE_Y, CODE_SIZE, sheet.code)
    middle = _CODE_X + CODE_SIZE / 2
    document.fitted(middle, _CODE_Y + CODE_SIZE + 7.3, 35, sheet.code, _CODE, smallest=4.5, align="centre")


def _draw_fact(document: Document, x: float, y: float, width: float, height: float, label: str, value: str) -> None:
    label_width = 13.5
    baseline = centred(y, height, 1, _LABEL)
    document.fitted(x + 1.5, baseline, label_width - 2, label, _LABEL, smallest=5, most_lines=1)
    size, lines = _VALUE.fit(value, width - label_width - 1.0, smallest=8)
    style = _VALUE.sized(size)
    document.lines(x + label_width, centred(y, height, len(lines), style), lines, style)
