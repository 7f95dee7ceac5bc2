"""The judges' report on paper: each station with its judges and items, and how to read the figures."""

from pathlib import Path
from typing import BinaryIO

from data.i18n import _
from data.queries import papers
from data.queries.judge_charts import Chart, explanations, items_chart, judges_chart, station_words
from data.queries.judge_report import JudgeReport, StationReport
from data.queries.papers import Letterhead
from data.queries.plan import is_rehearsal
from data.store import Store
from printing import fonts
from printing.heading import draw_heading
from printing.page import GREY, INK, Document, Progress, Style, no_progress, write
from printing.report_charts import chart_height, draw_chart

_LEFT, _TOP, _BOTTOM = 15.0, 18.0, 280.0
_TOGETHER = 3  # rows that stay with the heading of a chart

_STATION = Style(fonts.BOLD, 13, INK)
_HEADING = Style(fonts.BOLD, 10, INK)
_NAME = Style(size=9, colour=GREY)
_VALUE = Style(fonts.BOLD, 9.5)
_TEXT = Style(size=9, leading=1.5)


def write_judge_report(store: Store, path: Path, report: JudgeReport, progress: Progress = no_progress) -> int:
    """Write the report as PDF; returns its pages.

    Raises:
        FileProblem: the file cannot be written.
        Cancelled: `progress` says so.
    """
    with store.read():
        head, rehearsal = papers.letterhead(store), is_rehearsal(store)
    return write(path, lambda file: draw(file, head, report, progress, rehearsal=rehearsal))


def draw(
    file: BinaryIO, head: Letterhead, report: JudgeReport, progress: Progress = no_progress, *, rehearsal: bool = False
) -> int:
    """Draw it into an open file; returns the number of pages."""
    return _Paper(file, head, rehearsal).draw(report, progress)


class _Paper:
    def __init__(self, file: BinaryIO, head: Letterhead, rehearsal: bool) -> None:
        self._head = head
        self._rehearsal = rehearsal
        self._title = _("Judges' report")
        footer = f"{head.event} · {self._title}"
        self._document = Document(file, self._title, author=head.organizer, footer=footer)
        self._width = self._document.width - 2 * _LEFT

    def draw(self, report: JudgeReport, progress: Progress) -> int:
        y = self._draw_head()
        for done, station in enumerate(report.stations):
            progress(done, len(report.stations), station.name)
            y = self._draw_station(station, y if done == 0 else self._next_page())
        self._draw_explanations(y)
        return self._document.save()

    def _next_page(self) -> float:
        self._document.new_page()
        return _TOP

    def _draw_head(self) -> float:
        event = "  ".join(filter(None, (self._head.event, self._head.date)))
        stamps = [_("REHEARSAL: these marks are an exercise")] if self._rehearsal else []
        return draw_heading(self._document, _LEFT, _TOP + 2, self._width, event, self._title, stamps)

    def _draw_station(self, station: StationReport, y: float) -> float:
        title = f"{station.code}  {station.name}"
        y = self._document.fitted(_LEFT, y, self._width, title, _STATION, smallest=9) + 6
        x = _LEFT
        for name, value in station_words(station):
            wide = max(_NAME.width(name), _VALUE.width(value)) + 7
            if x + wide > _LEFT + self._width:
                x, y = _LEFT, y + 10
            self._document.text(x, y, name, _NAME)
            self._document.text(x, y + 4.6, value, _VALUE)
            x += wide
        y += 11
        for chart in (judges_chart(station), items_chart(station)):
            if chart.rows:
                y = self._draw_chart(chart, y)
        return y

    def _draw_chart(self, chart: Chart, y: float) -> float:
        if y + 5 + chart_height(chart, self._width, _TOGETHER) > _BOTTOM:
            y = self._next_page()
        self._document.text(_LEFT, y + 1, chart.title, _HEADING)
        end = draw_chart(self._document, _LEFT, y + 3.5, self._width, chart, bottom=_BOTTOM, next_page=self._next_page)
        return end + 9

    def _draw_explanations(self, y: float) -> None:
        document = self._document
        texts = [(name, _TEXT.wrap(text, self._width)) for name, text in explanations()]
        if y + 10 + sum(len(lines) * _TEXT.pitch + 9 for _name, lines in texts) > _BOTTOM:
            y = self._next_page()
        document.text(_LEFT, y + 2, _("How to read it"), _STATION)
        y += 9
        for name, lines in texts:
            document.text(_LEFT, y, name, _HEADING)
            y = document.lines(_LEFT, y + 4.8, lines, _TEXT) + 6.5
