"""The judges' report of 1,000 entrants × 10 stations × 3 judges, 20 items a sheet: reckoned, charted, set as PDF."""

import io
import json
import random
import tempfile
import time
from pathlib import Path

from data import models
from data import store as stores
from data.queries.judge_charts import items_chart, judges_chart
from data.queries.judge_report import judge_report
from data.queries.papers import letterhead
from data.queries.plain_rows import plain_rows
from data.store import Store
from printing import judge_report as paper
from tests.benchmarks.report import Row, against
from tests.data.floor import set_up

ENTRANTS, STATIONS, LANES, JUDGES, ITEMS = 1000, 10, 4, 3, 20


def run() -> list[Row]:
    """Seconds, once each; beside reading every mark's items as SQLite and JSON give them."""
    with tempfile.TemporaryDirectory() as name:
        store = stores.create(Path(name) / "event.biwu")
        set_up(store, ENTRANTS, STATIONS, LANES, judges=JUDGES)
        _fill(store)
        begun = time.perf_counter()
        with store.read():
            rows = [json.loads(values) for (values,) in plain_rows(models.Mark.select(models.Mark.values))]
        read = time.perf_counter()
        report = judge_report(store)
        reckoned = time.perf_counter()
        charts = [make(station) for station in report.stations for make in (judges_chart, items_chart)]
        charted = time.perf_counter()
        paper.draw(io.BytesIO(), letterhead(store), report)
        drawn = time.perf_counter()
        store.close()
    floor = read - begun
    return [
        against(f"judges' report of {len(rows):,} sheets", reckoned - read, "s", floor),
        against(f"  its {len(charts)} charts, on the screen one station at a time", charted - reckoned, "s", floor),
        against("  the report as PDF", drawn - charted, "s", floor),
    ]


def _fill(store: Store) -> None:
    """Sheets as able entrants and unlike judges give them, no two alike."""
    chance = random.Random(1)
    with store.write("tester", "test.fill") as writing:
        sheet = models.Sheet.get().id
        writing.update(models.Item.get(), full_milli=5000, step_milli=500)
        for number in range(2, ITEMS + 1):
            writing.insert(
                models.Item,
                sheet=sheet,
                number=number,
                text=f"项目{number}",
                full_milli=5000,
                kind="points",
                step_milli=500,
            )
        rows = []
        for visit, entrant in models.Visit.select(models.Visit.id, models.Visit.entrant).tuples():
            for seat in range(1, JUDGES + 1):
                points = [max(0, min(10, 9 - entrant % 5 + chance.randrange(-2, 3))) * 500 for _item in range(ITEMS)]
                rows.append(
                    {
                        "visit": visit,
                        "seat": seat,
                        "version": 1,
                        "latest": True,
                        "values": {str(number): value for number, value in enumerate(points, start=1)},
                        "total_milli": sum(points),
                        "actor": "录分",
                        "at": writing.at,
                    }
                )
        writing.insert_many(models.Mark, rows)
