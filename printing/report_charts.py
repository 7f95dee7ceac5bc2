"""The charts of the judges' report as vectors: what ui/widgets/results/report_chart.py paints on the screen."""

from collections.abc import Callable
from fractions import Fraction

from data.queries.judge_charts import ATTENTION, WRONG, Chart, ChartRow, Scale, Spot
from printing import fonts
from printing.page import BLACK, GREY, INK, LINE, PALE, POINT, RED, TEAL, Document, Style

_CELL = 13.5
_NOTE = 30.0
_ONE_SCALE, _TWO_SCALES = 52.0, 27.0  # the width of each, of one or of two
_INSET = 3.0  # free at both ends of a scale
_PAD = 1.4
_ROW_PAD = 2.2
_DOT, _BAR = 0.95, 2.0
_AMBER = "#8A5A12"

_TITLE = Style(fonts.BOLD, 7.5, INK, leading=1.3)
_TEXT = Style(size=8, leading=1.3)
_SMALL = Style(size=6.5, colour=GREY, leading=1.3)


def draw_chart(
    document: Document, x: float, y: float, width: float, chart: Chart, *, bottom: float, next_page: Callable[[], float]
) -> float:
    """Draw a chart from y on, its headings again on every page; returns the y below its last row.

    Args:
        bottom: the y that no row passes.
        next_page: begins the next page and gives the y at which the chart goes on.
    """
    places = _Places(x, width, chart)
    heights = [_row_height(places, row) for row in chart.rows]
    y = _draw_head(document, places, chart, y)
    for row, height in zip(chart.rows, heights, strict=True):
        if y + height > bottom:
            y = _draw_head(document, places, chart, next_page())
        _draw_row(document, places, chart, row, y, height)
        y += height
    return y


def chart_height(chart: Chart, width: float, most_rows: int) -> float:
    """How high the headings and the first rows are, in mm."""
    places = _Places(0, width, chart)
    return _head_height(places, chart) + sum(_row_height(places, row) for row in chart.rows[:most_rows])


class _Places:
    """Where the columns of a chart stand."""

    def __init__(self, x: float, width: float, chart: Chart) -> None:
        each = _ONE_SCALE if len(chart.scales) == 1 else _TWO_SCALES
        self.x, self.width = x, width
        self.label = width - _CELL * len(chart.columns) - each * len(chart.scales) - _NOTE
        self.cells = [x + self.label + (nth + 1) * _CELL - _PAD for nth in range(len(chart.columns))]  # right ends
        after = x + self.label + _CELL * len(chart.columns)
        self.scales = [after + nth * each + _INSET for nth in range(len(chart.scales))]
        self.scale = each - 2 * _INSET
        self.note = x + width - _NOTE + _PAD

    def on_scale(self, nth: int, share: Fraction) -> float:
        return self.scales[nth] + float(share) * self.scale


def _row_height(places: _Places, row: ChartRow) -> float:
    lines = max(len(_label_lines(places, row)), len(_note_lines(row)))
    return lines * _TEXT.pitch + _ROW_PAD


def _label_lines(places: _Places, row: ChartRow) -> list[str]:
    return _TEXT.wrap(row.label, places.label - 2 * _PAD)


def _note_lines(row: ChartRow) -> list[str]:
    return _TEXT.wrap(row.note, _NOTE - 2 * _PAD)


def _scale_lines(places: _Places, scale: Scale) -> list[str]:
    return _TITLE.wrap(scale.title, places.scale + 2 * _INSET - 1)


def _head_height(places: _Places, chart: Chart) -> float:
    most = max((len(_scale_lines(places, scale)) for scale in chart.scales), default=1)
    return most * _TITLE.pitch + _SMALL.pitch + 2.4


def _draw_head(document: Document, places: _Places, chart: Chart, y: float) -> float:
    height = _head_height(places, chart)
    document.box(places.x, y, places.width, height, fill=PALE)
    base = y + height - 1.6
    document.text(places.x + _PAD, base, chart.label, _TITLE)
    for title, right in zip(chart.columns, places.cells, strict=True):
        document.fitted(right, base, _CELL - 1, title, _TITLE, smallest=5.5, align="right", most_lines=1)
    for nth, scale in enumerate(chart.scales):
        middle = places.scales[nth] + places.scale / 2
        document.lines(middle, y + _TITLE.size * POINT + 0.8, _scale_lines(places, scale), _TITLE, align="centre")
        for tick in scale.ticks:
            document.text(places.on_scale(nth, tick.at), base, tick.text, _SMALL, align="centre")
    return y + height


def _draw_scale_lines(document: Document, places: _Places, chart: Chart, top: float, bottom: float) -> None:
    """The thin lines of the ticks and the one that stands out, behind a row."""
    for nth, scale in enumerate(chart.scales):
        for tick in scale.ticks:
            at = places.on_scale(nth, tick.at)
            document.line(at, top, at, bottom, colour=PALE, weight=0.5)
        if not scale.is_bar:
            at = places.on_scale(nth, scale.line)
            document.line(at, top, at, bottom, colour=INK, weight=0.7, dash=(2, 1.5))


def _draw_row(document: Document, places: _Places, chart: Chart, row: ChartRow, y: float, height: float) -> None:
    first = y + _ROW_PAD / 2 + _TEXT.size * POINT * 0.95
    document.lines(places.x + _PAD, first, _label_lines(places, row), _TEXT)
    for text, right in zip(row.cells, places.cells, strict=True):
        document.text(right, first, text, _TEXT, align="right")
    colour = {ATTENTION: _AMBER, WRONG: RED}.get(row.tone, GREY)
    note = Style(fonts.BOLD if row.tone in (ATTENTION, WRONG) else fonts.REGULAR, _TEXT.size, colour, leading=1.3)
    document.lines(places.note, first, _note_lines(row), note)
    middle = y + height / 2
    _draw_scale_lines(document, places, chart, y, y + height)
    for nth, (scale, spot) in enumerate(zip(chart.scales, row.spots, strict=True)):
        if spot is not None:
            _draw_spot(document, places, nth, scale, spot, middle)
    document.line(places.x, y + height, places.x + places.width, y + height, colour=LINE, weight=0.2)


def _draw_spot(document: Document, places: _Places, nth: int, scale: Scale, spot: Spot, y: float) -> None:
    at = places.on_scale(nth, spot.at)
    if scale.is_bar:
        left = places.scales[nth]
        document.box(left, y - _BAR / 2, places.scale, _BAR, fill=PALE)
        document.box(left, y - _BAR / 2, at - left, _BAR, fill=INK)
        return
    colour = {ATTENTION: _AMBER, WRONG: RED}.get(spot.tone, TEAL)
    low, high = places.on_scale(nth, spot.low), places.on_scale(nth, spot.high)
    document.line(low, y, high, y, colour=colour, weight=1)
    document.circle(at, y, _DOT, stroke=BLACK if spot.tone else colour, weight=0.4, fill=colour)
