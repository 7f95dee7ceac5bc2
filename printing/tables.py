"""Tables that flow over pages, each page with the headings again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from printing import fonts, typesetting
from printing.page import INK, LINE, PALE, POINT, Align, Document, Style

_HEADING = Style(fonts.BOLD, 9, INK)
_CELL = Style(size=9.5, leading=1.35)
_PAD_X = 1.6
_PAD_Y = 1.7
ROW_PADDING = 2 * _PAD_Y  # mm that a row is higher than its lines
_SMALLEST = 8.0  # points that letters shrink to before a text takes a second line


@dataclass(frozen=True)
class Column:
    """A heading, a width in mm, and how the cells stand."""

    title: str
    width: float
    align: Align = "left"


@dataclass(frozen=True)
class _Cell:
    lines: list[str]
    style: Style


def draw_table(
    document: Document,
    x: float,
    y: float,
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
    *,
    bottom: float,
    next_page: Callable[[], float],
    style: Style = _CELL,
) -> float:
    """Draw the rows from y on; returns the y below the last. All of every cell is shown, on more lines if need be.

    Args:
        bottom: the y that no row passes.
        next_page: begins the next page and gives the y at which the table goes on.
    """
    y = _draw_headings(document, x, y, columns)
    for index, row in enumerate(rows):
        cells = [_cell(text, column, style) for text, column in zip(row, columns, strict=True)]
        height = _row_height(cells)
        if y + height > bottom:
            y = _draw_headings(document, x, next_page(), columns)
        if index % 2:
            document.box(x, y, sum(column.width for column in columns), height, fill="#F6F8FA")
        _draw_row(document, x, y, height, columns, cells)
        y += height
    return y


def _draw_headings(document: Document, x: float, y: float, columns: Sequence[Column]) -> float:
    cells = [_cell(column.title, column, _HEADING) for column in columns]
    height = _row_height(cells)
    document.box(x, y, sum(column.width for column in columns), height, fill=PALE)
    _draw_row(document, x, y, height, columns, cells)
    return y + height


def _cell(text: str, column: Column, style: Style) -> _Cell:
    """A text a little too wide gets smaller letters, a longer one more lines."""
    width = column.width - 2 * _PAD_X
    fitting = style.sized(typesetting.shrink(text, style.font, style.size, width / POINT, _SMALLEST))
    lines = fitting.wrap(text, width)
    return _Cell(lines, fitting) if len(lines) == 1 else _Cell(style.wrap(text, width), style)


def _row_height(cells: Sequence[_Cell]) -> float:
    return max(len(cell.lines) * cell.style.pitch for cell in cells) + ROW_PADDING


def _draw_row(
    document: Document, x: float, y: float, height: float, columns: Sequence[Column], cells: Sequence[_Cell]
) -> None:
    left = x
    for column, cell in zip(columns, cells, strict=True):
        hook = anchor(left, column.width, column.align)
        baseline = centred(y, height, len(cell.lines), cell.style)
        document.lines(hook, baseline, cell.lines, cell.style, align=column.align)
        left += column.width
    document.line(x, y + height, left, y + height, colour=LINE, weight=0.4)


def anchor(x: float, width: float, align: Align) -> float:
    """The x that a text of this alignment hangs on in a cell."""
    return {"left": x + _PAD_X, "centre": x + width / 2, "right": x + width - _PAD_X}[align]


def centred(y: float, height: float, lines: int, style: Style) -> float:
    """The first baseline of lines that stand in the middle of a cell."""
    return y + (height - (lines - 1) * style.pitch) / 2 + style.size * POINT * 0.36
