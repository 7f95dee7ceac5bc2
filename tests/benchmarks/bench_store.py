"""A mark handed in, beside one raw SQLite commit that waits for the disk; a copy and a check of the file."""

import shutil
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from data import store as stores
from data.actions import marks
from data.backup import Backups
from data.verify import verify_file
from tests.benchmarks.report import Row, against
from tests.data.samples import add_marked_station

_MARKS = 300
_MILLISECOND = 1000


def run() -> list[Row]:
    """Milliseconds, the median of many."""
    with tempfile.TemporaryDirectory() as folder:
        return _measure(Path(folder))


def _measure(folder: Path) -> list[Row]:
    raw = raw_commit(folder / "raw.db")
    store = stores.create(folder / "event.biwu")
    visit = add_marked_station(store, full_milli=_MARKS)

    def hand_in(n: int) -> None:
        marks.hand_in(store, "李敏", visit, 1 + n % 3, {}, total_milli=n, reason="更正")

    rows = [against("a mark handed in", _median(hand_in, _MARKS), "ms", raw)]
    backups = Backups(store)
    plain = folder / "plain.biwu"
    copied = _median(lambda _n: backups.copy(), 10)
    copying = _median(lambda _n: shutil.copyfile(store.path, plain), 10)
    rows.append(against(f"a verified copy of {store.path.stat().st_size / 1e6:.1f} MB", copied, "ms", copying))
    backups.close()
    checked = _median(lambda _n: verify_file(store.path), 5)
    rows.append(Row(f"a file of {_MARKS} marks checked", checked, "ms", None, None))
    store.close()
    return rows


def raw_commit(path: Path) -> float:
    """Milliseconds of one small commit that waits for the disk, the median of many."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = wal")
    connection.execute("PRAGMA synchronous = full")
    connection.execute("CREATE TABLE mark (id INTEGER PRIMARY KEY, content TEXT)")

    def commit(n: int) -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO mark (content) VALUES (?)", (f"{n:0500}",))
        connection.execute("COMMIT")

    try:
        return _median(commit, _MARKS)
    finally:
        connection.close()


def _median(work: Callable[[int], object], times: int) -> float:
    """Milliseconds of one call."""
    taken = []
    for n in range(times):
        start = time.perf_counter()
        work(n)
        taken.append((time.perf_counter() - start) * _MILLISECOND)
    return statistics.median(taken)
