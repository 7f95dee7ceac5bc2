"""The board of a running day, a start and a scan, of 200 entrants at 12 stations in the middle of their day."""

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from data import models
from data import store as stores
from data.actions import running
from data.queries import entrants, schedule
from data.queries import running as queries
from data.queries.plan import event_code
from data.rules import identity
from data.store import Store
from tests.benchmarks.bench_store import raw_commit
from tests.benchmarks.report import Row, against
from tests.data.floor import OPENS, ROUND, Clock, set_up

_ENTRANTS, _STATIONS, _LANES = 200, 12, 3
_ROUNDS = 36  # of the 72 that have taken place


def run() -> list[Row]:
    """Milliseconds, the median of many."""
    with tempfile.TemporaryDirectory() as folder:
        store = stores.create(Path(folder) / "event.biwu")
        clock = set_up(store, _ENTRANTS, _STATIONS, _LANES)
        _let_pass(store)
        clock.minute = OPENS + _ROUNDS * ROUND
        rows = _measure(store, clock, raw_commit(Path(folder) / "raw.db"))
        store.close()
    return rows


def _let_pass(store: Store) -> None:
    """Half of the day went by as planned."""
    with store.write("tester", "test.pass") as writing:
        for slot in models.Slot.select().where(models.Slot.starts_minute < OPENS + _ROUNDS * ROUND):
            at = f"2023-11-25T{slot.starts_minute // 60:02d}:{slot.starts_minute % 60:02d}:00.000Z"
            until = f"2023-11-25T{slot.ends_minute // 60:02d}:{slot.ends_minute % 60:02d}:00.000Z"
            visit = models.Visit.get_by_id(slot.visit_id)
            writing.update(visit, started_at=at, ended_at=until, ran_lane=slot.lane)


def _measure(store: Store, clock: Clock, raw: float) -> list[Row]:
    coming = [slot for slot in schedule.slots(store) if slot.starts_minute == clock.minute]
    tokens = {row.id: row.token for row in entrants.entrants(store)}
    code = event_code(store)
    starts = [_timed(lambda slot=slot: running.start_visit(store, "李敏", slot.visit_id)) for slot in coming[:18]]
    scans = [
        _timed(lambda slot=slot: running.scan(store, "李敏", identity.badge_code(code, tokens[slot.entrant_id])))
        for slot in coming[18:]
    ]
    clock.minute += 13
    boards = [_timed(lambda: queries.board(store)) for _turn in range(30)]
    return [
        Row("the board of 200 × 12 × 3 lanes in its middle", statistics.median(boards), "ms", None, None),
        against("a start noted", statistics.median(starts), "ms", raw),
        against("a badge scanned, and the visit begins", statistics.median(scans), "ms", raw),
    ]


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000
