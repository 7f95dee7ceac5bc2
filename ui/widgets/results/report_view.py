"""The judges' report on the screen: one station at a time, its figures, its charts, and how to read them."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from data.i18n import _
from data.queries.judge_charts import explanations, items_chart, judges_chart, station_words
from data.queries.judge_report import JudgeReport, StationReport
from ui.widgets import parts
from ui.widgets.choice import Choice
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.results.report_chart import ReportChart


class ReportView(QWidget):
    """Signal: pdf_wanted."""

    pdf_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("judgeReport")
        self.report: JudgeReport | None = None
        self._words: tuple[tuple[str, str], ...] = ()
        self.stations = Choice()
        self.stations.setObjectName("reportStation")
        self.stations.setAccessibleName(_("Station"))
        self.stations.setMinimumWidth(260)
        self.stations.currentIndexChanged.connect(self._show_station)
        self.pdf = parts.button(_("Report as PDF…"), self.pdf_wanted.emit, name="reportPdf")
        self._none = parts.empty_state(
            _("No marks are in yet."), _("The report needs the sheets of several visits of a station.")
        )
        self.figures = FlowLayout(spacing=24)
        self.judges = ReportChart("judgesChart")
        self.items = ReportChart("itemsChart")
        self._judges_title, self._items_title = parts.heading(""), parts.heading("")
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        for widget in (self._judges_title, self.judges, self._items_title, self.items):
            column.addWidget(widget)
        column.addSpacing(8)
        column.addWidget(_how_to_read())
        column.addStretch(1)
        self._tools = QWidget()
        tools = parts.row(parts.label(_("Station"), "subheading"), self.stations, None, self.pdf)
        tools.setContentsMargins(0, 0, 0, 0)
        self._tools.setLayout(tools)
        self._figures_room = QWidget()
        self._figures_room.setLayout(self.figures)
        self._area = parts.scrolled(content)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._none)
        layout.addWidget(self._tools)
        layout.addWidget(self._figures_room)
        layout.addWidget(self._area, 1)
        self.show_report(JudgeReport(()))

    def show_report(self, report: JudgeReport) -> None:
        """Show this; the station that was chosen stays chosen."""
        self.report = report
        self.stations.offer([(station.code, f"{station.code}  {station.name}") for station in report.stations])
        known = bool(report.stations)
        self._none.setVisible(not known)
        for widget in (self._tools, self._figures_room, self._area):
            widget.setVisible(known)
        self._show_station()

    @property
    def station(self) -> StationReport | None:
        """The station that is chosen, None while there is none."""
        stations = self.report.stations if self.report is not None else ()
        return stations[self.stations.currentIndex()] if stations else None

    def _show_station(self) -> None:
        station = self.station
        if station is None:
            return
        words = station_words(station)
        if words != self._words:
            self._words = words
            self._show_words(words)
        for title, shown, chart in (
            (self._judges_title, self.judges, judges_chart(station)),
            (self._items_title, self.items, items_chart(station)),
        ):
            title.setText(chart.title)
            shown.show_chart(chart)
            title.setVisible(bool(chart.rows))
            shown.setVisible(bool(chart.rows))

    def _show_words(self, words: tuple[tuple[str, str], ...]) -> None:
        """The figures of the station as a whole."""
        parts.clear(self.figures)
        for name, value in words:
            pair = QWidget()
            column = parts.column(parts.label(name, "small"), parts.label(value, "subheading"), spacing=0)
            column.setContentsMargins(0, 0, 0, 0)
            pair.setLayout(column)
            self.figures.addWidget(pair)


def _how_to_read() -> QWidget:
    """What each figure means, at the end, where it is in nobody's way."""
    lines = [parts.heading(_("How to read it"))]
    for name, text in explanations():
        lines += [parts.label(name, "subheading"), parts.label(text, wrap=True)]
    return parts.card(*lines, spacing=4)
