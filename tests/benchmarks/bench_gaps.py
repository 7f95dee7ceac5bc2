"""How long the window stands still: the longest turn of the event loop while a roster of 20,000 people comes in, and
while pages of a large event are opened and marks come in.

Beside each turn stands the GUI thread's own time in it: what is left of the turn it waited for other threads.
"""

import os
import random
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QPushButton

from data import store as stores
from data.actions import marks
from tests.benchmarks import bench_results, bench_roster
from tests.benchmarks.report import Row
from tests.data.floor import set_up
from ui import language, theme
from ui.application import Application
from ui.main_window import PAGES
from ui.settings import Settings

_ALLOWED = 50.0  # milliseconds
_BEFORE, _AFTER = 1.2, 0.3  # seconds of rest
_MOST = 30.0  # seconds of a step
_MARKS_IN = 15_000
_MILLISECOND = 1000


def run() -> list[Row]:
    """Milliseconds; the ratio is to the 50 ms that no turn may take."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication([])
    language.use("zh_CN")
    theme.load_fonts()
    theme.apply(app)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        return [*_roster(app, folder), *_day(app, folder)]


class _Loop:
    """An event loop that notes its longest turn."""

    def __init__(self, app: QApplication, application: Application) -> None:
        self._app = app
        self._application = application
        self._turns: list[tuple[float, float]] = []
        self._began = (0.0, 0.0)
        self._timer = QTimer()
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def rows(self, name: str, begin: Callable[[], object]) -> list[Row]:
        """Begin a step, and turn until its work is done."""
        self._rest(_BEFORE)
        self._turns.clear()
        self._began = time.perf_counter(), time.thread_time()
        begin()
        until = time.monotonic() + _MOST
        quiet = time.monotonic()
        while time.monotonic() < min(until, quiet + _AFTER):
            self._app.processEvents()
            if self._application.window.current_page.desk.tasks.running:
                quiet = time.monotonic()
        longest = max(wall for wall, _own in self._turns)
        own = max(own for _wall, own in self._turns)
        return [
            Row(name, longest, "ms", _ALLOWED, longest / _ALLOWED),
            Row("  of the GUI thread's own time", own, "ms", _ALLOWED, own / _ALLOWED),
        ]

    def stop(self) -> None:
        self._timer.stop()

    def _rest(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self._app.processEvents()

    def _tick(self) -> None:
        now, own = time.perf_counter(), time.thread_time()
        before, own_before = self._began
        self._turns.append(((now - before) * _MILLISECOND, (own - own_before) * _MILLISECOND))
        self._began = time.perf_counter(), time.thread_time()


def _open(folder: Path, path: Path) -> Application:
    application = Application(Settings(folder / f"{path.stem}.ini"))
    application.open_event(path)
    return application


def _roster(app: QApplication, folder: Path) -> list[Row]:
    """20,000 people out of one file into a new event."""
    many = bench_roster.write_many(folder / "many.xlsx")
    path = folder / "roster.biwu"
    store = stores.create(path)
    bench_roster.save_example_plan(store)
    store.close()
    application = _open(folder, path)
    loop, window = _Loop(app, application), application.window
    rows = loop.rows("the roster page opened", lambda: window.go("roster"))
    page = window.current_page
    rows += loop.rows("20,000 people read and previewed", lambda: page.import_paths([many]))
    rows += loop.rows("  imported", page.findChild(QPushButton, "importRows").click)
    rows += loop.rows("  home", lambda: window.go("home"))
    rows += loop.rows("  the roster page opened again", lambda: window.go("roster"))
    loop.stop()
    application.close_event()
    return rows


def _day(app: QApplication, folder: Path) -> list[Row]:
    """Each page of 1,000 entrants × 10 stations × 3 judges, opened, and with a mark coming in."""
    path = folder / "day.biwu"
    store = stores.create(path)
    set_up(store, bench_results.ENTRANTS, bench_results.STATIONS, bench_results.LANES, judges=bench_results.JUDGES)
    sheets = bench_results.sheets_of(store)
    bench_results.fill(store, sheets[:_MARKS_IN], random.Random(1))
    store.close()
    application = _open(folder, path)
    loop, window = _Loop(app, application), application.window
    coming = iter(sheets[_MARKS_IN:])
    rows = []
    for page in PAGES:
        rows += loop.rows(f"1,000 entrants: {page} opened", lambda page=page: window.go(page))
        rows += loop.rows("  a mark comes in", lambda: _hand_in(application, next(coming)))
    loop.stop()
    application.close_event()
    return rows


def _hand_in(application: Application, sheet: Sequence[int]) -> None:
    visit, _entrant, seat = sheet
    store = application.window.current_page.desk.store
    marks.hand_in(store, "录分", visit, seat, {}, total_milli=70_000)


if __name__ == "__main__":
    from tests.benchmarks.report import print_table

    print_table(run())
