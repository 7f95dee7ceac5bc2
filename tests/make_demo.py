"""Builds resources/examples/demo.biwu anew: python -m tests.make_demo"""

import itertools
from datetime import UTC, datetime, timedelta
from hashlib import shake_256
from pathlib import Path

from data import demo, rehearsal_steps
from data import store as stores
from data.actions import setup
from data.simulation import Simulation

GAOAN = demo.ORIGINAL.parent / "gaoan-2023"
MORNING = datetime(2023, 11, 17, 23, 0, tzinfo=UTC)  # 07:00 in China


def build(path: Path) -> None:
    """Plan, pool, draws, schedule, everyone checked in, the first half of the sheets handed in."""
    ticks, turns = itertools.count(), itertools.count()
    store = stores.create(
        path,
        clock=lambda: MORNING + timedelta(seconds=13 * next(ticks)),
        entropy=lambda size: shake_256(f"demo/{next(turns)}".encode()).digest(size),
    )
    try:
        setup.save_plan(store, rehearsal_steps.ACTOR, rehearsal_steps.read_plan(GAOAN / "plan.xlsx"))
        rehearsal_steps.fill_pool(store, [GAOAN / "rosters"], GAOAN / "history.csv")
        rehearsal_steps.draw_lots(store, ["08 15 22 31 33 06", "高安"])
        rehearsal_steps.make_schedule(store)
        rehearsal_steps.welcome(store)
        rehearsal_steps.judge_visits(store, Simulation("demo"), lambda done, total: None, 0.5)
    finally:
        store.close()
        path.with_name(path.name + ".lock").unlink()


if __name__ == "__main__":
    demo.ORIGINAL.unlink(missing_ok=True)
    build(demo.ORIGINAL)
