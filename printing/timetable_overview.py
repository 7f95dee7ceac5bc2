"""The whole day on one page: a column a lane, time running down, a box a visit."""

from dataclasses import dataclass

from data.i18n import _, ngettext
from data.queries.papers import Letterhead
from data.queries.timetable_papers import LaneTimetable, Overview, Turn
from data.rules.decimals import clock
from printing import fonts
from printing.page import BLACK, GREY, INK, LINE, POINT, Document, Style
from printing.timetable_parts import BOTTOM, LEFT, WIDTH, draw_head

_SIDE = LEFT + 11.0  # right of the times
_HEADING = 10.0
_STEPS = (15, 30, 60, 120)  # minutes between two times at the left
_LEAST_STEP = 5.0  # mm
_WIDEST_LANE = 26.0
_SMALLEST = 3.6  # points in which a number can still be read
_TINTS = ("#DCE6F2", "#D8EFEA", "#E9E1F3", "#F6E8D2", "#F7DFE5", "#E2EDD8", "#E1E4EA", "#F1E3DA")

_HOUR = Style(size=7.5, colour=GREY)
_STATION = Style(fonts.BOLD, 9, INK)
_LANE = Style(size=7, colour=GREY)
_NUMBER = Style(size=8, colour=BLACK)
_BREAK = Style(size=8, colour=GREY)


@dataclass(frozen=True)
class _Chart:
    """Where minutes and lanes are on the page: mm from the top, mm a minute, mm a lane."""

    first: int
    last: int
    top: float
    lane: float
    lanes: int

    @property
    def scale(self) -> float:
        return (BOTTOM - self.top) / (self.last - self.first)

    @property
    def right(self) -> float:
        return _SIDE + self.lane * self.lanes

    def x(self, place: int) -> float:
        return _SIDE + place * self.lane

    def y(self, minute: int) -> float:
        return self.top + (minute - self.first) * self.scale


def draw_day(document: Document, head: Letterhead, day: Overview, version: str) -> None:
    """Draw the day on this page; a number too small to be read is left out, its box stays."""
    counts = _("The day ends at {time}  ·  {visits}  ·  {entrants}").format(
        time=clock(day.finish),
        visits=ngettext("{n} visit", "{n} visits", day.visits).format(n=day.visits),
        entrants=ngettext("{n} entrant", "{n} entrants", day.entrants).format(n=day.entrants),
    )
    top = draw_head(document, head, _("The day at a glance"), counts, version) + _HEADING
    first = min(day.opens, *(turn.starts_minute for turn in day.turns))
    width = min(_WIDEST_LANE, (LEFT + WIDTH - _SIDE) / len(day.lanes))
    chart = _Chart(first, day.finish, top, width, len(day.lanes))
    _draw_hours(document, chart)
    _draw_breaks(document, chart, day)
    codes = list(dict.fromkeys(lane.station_code for lane in day.lanes))
    for place, lane in enumerate(day.lanes):
        begins = place == 0 or day.lanes[place - 1].station_code != lane.station_code
        _draw_heading(document, chart, place, lane, begins=begins)
        tint = _TINTS[codes.index(lane.station_code) % len(_TINTS)]
        for turn in lane.turns:
            _draw_turn(document, chart, place, turn, tint)


def _draw_hours(document: Document, chart: _Chart) -> None:
    step = next((step for step in _STEPS if step * chart.scale >= _LEAST_STEP), _STEPS[-1])
    for minute in range(-(-chart.first // step) * step, chart.last + 1, step):
        y = chart.y(minute)
        document.line(_SIDE, y, chart.right, y, colour=LINE, weight=0.25)
        document.text(_SIDE - 1.5, y + 0.9, clock(minute), _HOUR, align="right")


def _draw_breaks(document: Document, chart: _Chart, day: Overview) -> None:
    width = chart.right - _SIDE
    for name, starts, ends in day.breaks:
        high, low = chart.y(max(starts, chart.first)), chart.y(min(ends, chart.last))
        if high < low:
            document.box(_SIDE, high, width, low - high, fill="#F1F3F6")
            baseline = (high + low) / 2 + _BREAK.size * POINT * 0.36
            document.fitted(_SIDE + width / 2, baseline, width, name, _BREAK, smallest=5, align="centre")


def _draw_heading(document: Document, chart: _Chart, place: int, lane: LaneTimetable, *, begins: bool) -> None:
    """The number of the lane, and above the first lane of a station its code."""
    x = chart.x(place)
    if begins:
        document.line(x, chart.top - _HEADING + 1, x, BOTTOM, colour=INK, weight=0.6)
        document.fitted(x + 0.8, chart.top - 5, chart.lane, lane.station_code, _STATION, smallest=5, most_lines=1)
    document.text(x + chart.lane / 2, chart.top - 1.2, str(lane.lane), _LANE, align="centre")


def _draw_turn(document: Document, chart: _Chart, place: int, turn: Turn, tint: str) -> None:
    x, high, low = chart.x(place), chart.y(turn.starts_minute), chart.y(turn.ends_minute)
    document.box(x + 0.3, high, chart.lane - 0.6, low - high, fill=tint, stroke=LINE, weight=0.3)
    for label in (turn.number, turn.number.rpartition("-")[2]):
        narrowest = _NUMBER.size * (chart.lane - 1.2) / max(_NUMBER.width(label), POINT)
        size = min(_NUMBER.size, narrowest, (low - high) / POINT * 0.9)
        if size >= _SMALLEST:
            baseline = (high + low) / 2 + size * POINT * 0.36
            document.text(x + chart.lane / 2, baseline, label, _NUMBER.sized(size), align="centre")
            return
