"""Long lists in several columns a page: what would fill forty pages as a table fits on five."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from printing import fonts
from printing.page import INK, LINE, PALE, Document, Style
from printing.tables import Column, anchor

GAP = 3.0  # between two columns of a page, in mm
_HEADING_HEIGHT = 5.4
_ROW_HEIGHT = 4.1
_BASELINE = 2.95  # of a row, from its top
_SMALLEST = 4.5

_TITLES = Style(fonts.BOLD, 7.5, INK)
_GROUP = Style(fonts.BOLD, 7.5, INK)
_CELL = Style(size=7.5)


@dataclass(frozen=True)
class Line:
    """A row of cells, or the heading of the rows that follow: then `group` is not empty."""

    cells: tuple[str, ...] = ()
    group: str = ""
    strong: bool = False  # drawn, selected: what the eye looks for


def draw_columns(
    document: Document,
    x: float,
    y: float,
    columns: Sequence[Column],
    lines: Sequence[Line],
    *,
    side_by_side: int,
    bottom: float,
    next_page: Callable[[], float],
) -> float:
    """Draw the lines down the first column of the page, then the next; returns the y below the lowest.

    A group that goes on in the next column has its heading again there. Every text is on one line, its letters as
    small as that needs. The last page has columns of equal height.

    Args:
        columns: those of one list; `side_by_side` of it stand on a page, GAP apart.
    """
    width = sum(column.width for column in columns) + GAP
    left = list(lines)
    while True:
        room = int((bottom - y - _HEADING_HEIGHT) / _ROW_HEIGHT)
        if room < 1:
            y = next_page()
            continue
        filled, left = _fill(left, room, side_by_side)
        if not left:
            filled = _balanced(filled, room, side_by_side)
        for nth, part in enumerate(filled):
            _draw_part(document, x + nth * width, y, columns, part)
        if not left:
            return y + _HEADING_HEIGHT + _ROW_HEIGHT * max(map(len, filled), default=0)
        y = next_page()


def _fill(lines: list[Line], room: int, count: int) -> tuple[list[list[Line]], list[Line]]:
    """As many columns as fit on a page, and the lines that are left for the next."""
    filled: list[list[Line]] = []
    group = ""
    start = 0
    while start < len(lines) and len(filled) < count:
        part = [Line(group=group)] if group and not lines[start].group and room > 1 else []
        while start < len(lines) and len(part) < room:
            line = lines[start]
            if line.group and len(part) == room - 1 and part:
                break  # a heading does not stand alone at the foot
            group = line.group or group
            part.append(line)
            start += 1
        filled.append(part)
    rest = lines[start:]
    if rest and group and not rest[0].group:
        rest = [Line(group=group), *rest]
    return filled, rest


def _balanced(filled: list[list[Line]], room: int, count: int) -> list[list[Line]]:
    """The same lines in columns as low as they can be."""
    lines = [line for nth, part in enumerate(filled) for line in (part if not nth else _without_repeat(filled, nth))]
    for lower in range(max(2, -(-len(lines) // count)), room):
        lowered, rest = _fill(lines, lower, count)
        if not rest:
            return lowered
    return filled


def _without_repeat(filled: list[list[Line]], nth: int) -> list[Line]:
    part = filled[nth]
    before = next((line.group for line in reversed([one for up in filled[:nth] for one in up]) if line.group), "")
    return part[1:] if part and part[0].group and part[0].group == before else part


def _draw_part(document: Document, x: float, y: float, columns: Sequence[Column], lines: Sequence[Line]) -> None:
    width = sum(column.width for column in columns)
    document.box(x, y, width, _HEADING_HEIGHT, fill=PALE)
    _draw_cells(document, x, y + 0.6, columns, [column.title for column in columns], _TITLES)
    y += _HEADING_HEIGHT
    for line in lines:
        if line.group:
            document.fitted(x + 1, y + _BASELINE, width - 2, line.group, _GROUP, smallest=_SMALLEST, most_lines=1)
        else:
            style = Style(fonts.BOLD, _CELL.size) if line.strong else _CELL
            _draw_cells(document, x, y, columns, line.cells, style)
        y += _ROW_HEIGHT
        document.line(x, y, x + width, y, colour=LINE, weight=0.2)


def _draw_cells(
    document: Document, x: float, y: float, columns: Sequence[Column], cells: Sequence[str], style: Style
) -> None:
    for column, text in zip(columns, cells, strict=True):
        document.fitted(
            anchor(x, column.width, column.align),
            y + _BASELINE,
            column.width - 2.2,
            text,
            style,
            smallest=_SMALLEST,
            align=column.align,
            most_lines=1,
        )
        x += column.width
