"""A mark handed in until the projector has painted its new total, beside one raw SQLite commit."""

import os
import statistics
import tempfile
import time
from pathlib import Path

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication

from data.actions import marks
from data.queries import leaderboard, scores
from data.store import Store
from tests.benchmarks.bench_store import raw_commit
from tests.benchmarks.report import Row, against
from ui import theme
from ui.desk import Desk
from ui.projector.show import Show
from ui.projector.slide_view import SlideView
from ui.projector.slides import BoardSlide
from ui.settings import Settings

_DIVISION, _STATION = "1T", "T2"  # of the Gao'an event: one page, all marks in
_TOTALS = (60_000, 80_000)
_MARKS = 30
_MILLISECOND = 1000


class _Watched(SlideView):
    """Knows what it painted last, and when."""

    def __init__(self) -> None:
        super().__init__()
        self.painted: object = None
        self.painted_at = 0.0

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self.painted, self.painted_at = self.slide, time.perf_counter()


def run() -> list[Row]:
    """Milliseconds, the median. The projector gathers marks that come within 150 ms, which is part of the figure."""
    from tests.conftest import Phases

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication([])
    theme.load_fonts()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = Phases(folder).copy("marked", folder / "event.biwu")
        desk = Desk(store, Settings(folder / "settings.ini"))
        try:
            floor = raw_commit(folder / "raw.db")
            shown, read = _measure(app, store, desk)
        finally:
            desk.close()
            store.close()
    return [
        against("a mark handed in until the projector shows it", shown, "ms", floor),
        against("  of which reading the leaderboard anew", read, "ms", floor),
    ]


def _measure(app: QApplication, store: Store, desk: Desk) -> tuple[float, float]:
    view, show = _Watched(), Show(desk)
    show.slide_changed.connect(view.show_slide)
    view.resize(1920, 1080)
    view.show()
    show.release([_DIVISION])
    entrant = leaderboard.standings(store, _DIVISION).rows[0].entrant_id
    visit = scores.find_visit(store, entrant, _STATION)
    taken = []
    for turn in range(_MARKS):
        marks.hand_in(store, "李敏", visit, 1, {}, total_milli=_TOTALS[turn % 2], reason="更正")
        begun = time.perf_counter()
        total = next(row.shown for row in leaderboard.standings(store, _DIVISION).rows if row.entrant_id == entrant)
        asked = time.perf_counter() - begun
        while not (isinstance(view.painted, BoardSlide) and _total(view.painted, entrant) == total):
            app.processEvents()
        taken.append(((view.painted_at - begun - asked) * _MILLISECOND, asked * _MILLISECOND))
    return statistics.median(shown for shown, _ in taken), statistics.median(read for _, read in taken)


def _total(slide: BoardSlide, entrant: int) -> str | None:
    return next((row.total for row in slide.rows if row.key == entrant), None)
