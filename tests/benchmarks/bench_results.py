"""A mark handed in until its entrant's line in the standings is ready, while 1,000 × 10 × 3 marks come in."""

import random
import statistics
import tempfile
import time
from collections.abc import Sequence
from itertools import product
from pathlib import Path

from data import models
from data import store as stores
from data.actions import marks
from data.queries.live_standings import LiveStandings
from data.store import Store
from tests.benchmarks.bench_store import raw_commit
from tests.benchmarks.report import Row, against
from tests.data.floor import set_up

ENTRANTS, STATIONS, LANES, JUDGES = 1000, 10, 4, 3
_MARKS = (10, 100, 1000, 3000, 10_000, 20_000, 30_000)  # that are in when it is measured
_TIMES = 60
_MILLISECOND = 1000
_WIDE = 50  # characters of the plot

Sheet = tuple[int, int, int]  # visit, entrant, seat


def run() -> list[Row]:
    """Milliseconds, the median of many, at each number of marks that are in; beside a commit that waits for the disk.

    The marks come entrant by entrant, so that from the first on some have a place and more and more have.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = stores.create(folder / "event.biwu")
        set_up(store, ENTRANTS, STATIONS, LANES, judges=JUDGES)
        floor = raw_commit(folder / "raw.db")
        rows = _measure(store, floor)
        store.close()
    _plot(rows, floor)
    return rows


def _measure(store: Store, floor: float) -> list[Row]:
    sheets = sheets_of(store)
    chance = random.Random(1)
    live = LiveStandings(store)
    rows, done = [], 0
    for count in _MARKS:
        begins = max(count - _TIMES, done)
        fill(store, sheets[done:begins], chance)
        live.read()
        taken = [_hand_in(store, live, sheet, chance) for sheet in sheets[begins:count]]
        done = count
        handed_in, whole = (statistics.median(column) for column in zip(*taken, strict=True))
        rows.append(against(f"{count:,} marks in: a mark until its line is ready", whole, "ms", floor))
        rows.append(against("  of which handing it in", handed_in, "ms", floor))
    corrected = [_hand_in(store, live, sheet, chance, "更正") for sheet in chance.sample(sheets, _TIMES)]
    whole = statistics.median(both for _handed_in, both in corrected)
    rows.append(against("  a correction when all marks are in", whole, "ms", floor))
    return rows


def sheets_of(store: Store) -> list[Sheet]:
    """Every sheet of the day, entrant by entrant."""
    with store.read():
        visits = models.Visit.select(models.Visit.id, models.Visit.entrant).order_by(models.Visit.entrant)
        return [(*visit, seat) for visit, seat in product(visits.tuples(), range(1, JUDGES + 1))]


def fill(store: Store, sheets: Sequence[Sheet], chance: random.Random) -> None:
    """So many marks as they would stand there if each had been handed in."""
    with store.write("录分", "test.fill") as writing:
        values = {"version": 1, "latest": True, "values": {}, "total_only": True, "actor": "录分", "at": writing.at}
        writing.insert_many(
            models.Mark,
            [{"visit": visit, "seat": seat, "total_milli": _total(chance), **values} for visit, _, seat in sheets],
        )


def _hand_in(
    store: Store, live: LiveStandings, sheet: Sheet, chance: random.Random, reason: str = ""
) -> tuple[float, float]:
    """Milliseconds until the mark is on the disk, and until the line of its entrant is ready."""
    visit, entrant, seat = sheet
    total = _total(chance)
    begun = time.perf_counter()
    marks.hand_in(store, "录分", visit, seat, {}, total_milli=total, reason=reason)
    handed_in = time.perf_counter()
    if not live.take_in():
        raise RuntimeError("a mark asked for a reading of everything")
    live.row(entrant)
    ready = time.perf_counter()
    return (handed_in - begun) * _MILLISECOND, (ready - begun) * _MILLISECOND


def _total(chance: random.Random) -> int:
    return chance.randrange(60_000, 100_001, 500)


def _plot(rows: Sequence[Row], floor: float) -> None:
    """The figures as bars: what a mark costs must not grow with those that are in."""
    whole = [row for row in rows if " marks in" in row.name]
    most = max(row.value for row in whole)
    print("milliseconds from handing in a mark to its line in the standings, by the marks already in")
    for row in whole:
        bar = "█" * round(row.value / most * _WIDE)
        print(f"{row.name.partition(' ')[0]:>8} {bar:<{_WIDE}} {row.value:.2f} ({row.value / floor:.1f} × a commit)")


if __name__ == "__main__":
    from tests.benchmarks.report import print_table

    print_table(run())
