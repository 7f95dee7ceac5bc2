"""Home: what to do now, how far each station is, and who is next."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from data.i18n import _, ngettext
from data.queries import scores
from data.queries.plan import is_set_up
from data.queries.readiness import Readiness, ReadinessLine
from data.queries.scores import StationProgress
from data.store import Store
from ui.aside import Aside
from ui.desk import Desk
from ui.pages.page import Page
from ui.widgets import parts
from ui.widgets.entry.station_card import StationCard
from ui.widgets.readiness_row import ReadinessRow
from ui.widgets.running.next_visits import NextVisit, NextVisits, next_visits

_HALF_MINUTE = 30_000
_CARDS_IN_A_ROW = 4


class HomePage(Page):
    key = "home"
    tables = frozenset(
        {
            "event",
            "division",
            "unit",
            "station",
            "component",
            "component_station",
            "judge",
            "person",
            "past_entry",
            "entrant",
            "draw",
            "timetable",
            "visit",
            "mark",
            "theory_mark",
            "playoff",
            "result_version",
            "printout",
        }
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._day = Aside(desk, _read_day, self._show_day, self._show_error, self)
        self._lines: tuple[ReadinessLine, ...] | None = None
        self._cards: list[StationCard] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(parts.card(self._list, margin=12))
        self._stations = QGridLayout()
        self._stations.setSpacing(12)
        layout.addLayout(self._stations)
        self._next = NextVisits(desk)
        layout.addWidget(self._next)
        layout.addStretch(1)
        self.body.addWidget(parts.scrolled(content))
        self.add_action(_("Another event…"), desk.leave)
        self._rehearse = self.add_action(_("Rehearse this event…"), self._on_rehearse)
        self._rehearse.setObjectName("rehearse")
        self._scan = self.set_primary(_("Scan  F2"), self._on_scan)
        desk.readiness_renewed.connect(self._on_renewed)
        self._timer = QTimer(self)
        self._timer.setInterval(_HALF_MINUTE)
        self._timer.timeout.connect(self._on_timer)
        self._timer.start()
        desk.closing.connect(self._timer.stop)

    def title(self) -> str:
        return _("What to do now")

    def purpose(self) -> str:
        lines = self.desk.readiness().lines
        count = sum(line.severity in ("wrong", "attention") for line in lines)
        if count:
            return ngettext("{n} thing needs you.", "{n} things need you.", count).format(n=count)
        return _("Nothing needs mending. Each line leads to its page.")

    def refresh(self) -> None:
        self._rehearse.setVisible(is_set_up(self.desk.store))
        self._show_readiness(self.desk.readiness())
        self._day.ask()

    def _show_day(self, read: tuple[list[StationProgress], list[NextVisit]]) -> None:
        progress, coming = read
        self._show_stations(progress)
        self._next.show_visits(coming)

    def _show_readiness(self, ready: Readiness) -> None:
        self._scan.setVisible(ready.marks["draws"].state == "done")  # before that nobody has a badge
        if ready.lines == self._lines:
            return
        self._lines = ready.lines
        parts.clear(self._list)
        for number, line in enumerate(ready.lines):
            if number:
                self._list.addWidget(parts.line())
            row = ReadinessRow(line)
            row.wanted.connect(self._on_line)
            self._list.addWidget(row)

    def _show_stations(self, progress: Sequence[StationProgress]) -> None:
        stations = [station for station in progress if station.sheets]
        if len(stations) != len(self._cards):
            parts.clear(self._stations)
            self._cards = [StationCard() for _station in stations]
            for number, card in enumerate(self._cards):
                card.wanted.connect(self._on_station)
                self._stations.addWidget(card, number // _CARDS_IN_A_ROW, number % _CARDS_IN_A_ROW)
        for card, station in zip(self._cards, stations, strict=True):
            card.show_progress(station)

    def _on_station(self, code: str) -> None:
        self.desk.go("score_entry", code)

    def _on_line(self, line: ReadinessLine) -> None:
        self.desk.go(line.page, line.target)

    def _on_scan(self) -> None:
        self.desk.go("checkin", "scan")

    def _on_rehearse(self) -> None:
        # It brings what prints along: loaded when somebody rehearses.
        from ui.rehearse_dialog import RehearseDialog

        RehearseDialog(self, self.desk).open()

    def _on_timer(self) -> None:
        if self.isVisible():
            self.desk.outdate_readiness()
            self.reread()

    def _on_renewed(self) -> None:
        self._show_readiness(self.desk.readiness())
        self._purpose.setText(self.purpose())


def _read_day(store: Store) -> tuple[list[StationProgress], list[NextVisit]]:
    return scores.progress(store), next_visits(store)
