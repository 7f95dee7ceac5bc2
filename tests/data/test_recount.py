"""Standings and honours of random whole events against the recount, which shares no code with the app.

`BIWU_RECOUNT=3000 ./test tests/data/test_recount.py` looks at so many events; the suite at 300.
"""

import os
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from data import models
from data.queries import honours, leaderboard
from data.queries.leaderboard import DivisionStandings
from data.store import Store
from tests import recount
from tests.data import random_events

EVENTS = int(os.environ.get("BIWU_RECOUNT", "300"))


def standings(divisions: Iterable[DivisionStandings]) -> dict[int, recount.Entry]:
    """What the app says, in the words of the recount."""
    return {
        row.entrant_id: recount.Entry(
            division.division_code,
            row.entrant_id,
            row.state,
            row.components,
            row.total,
            row.place,
            row.shared,
            row.award,
        )
        for division in divisions
        for row in division.rows
    }


def what_happened(store: Store, divisions: Iterable[DivisionStandings]) -> set[str]:
    """The rarer things in this event, so that the test can tell that it saw them all."""
    found = set()
    with store.read():
        found |= {f"kind {row.kind}" for row in models.Item.select()}
        found |= {f"combine {row.combine}" for row in models.Station.select()}
        found |= {f"source {row.source}" for row in models.Component.select()}
        found |= {"play-off"} if models.Playoff.select().exists() else set()
        found |= {"missing judge"} if models.Confirmation.select().exists() else set()
        found |= {"honour by hand"} if models.HonourGiven.select().exists() else set()
        found |= {"total alone"} if models.Mark.select().where(models.Mark.total_only).exists() else set()
    for division in divisions:
        found |= {"incomplete"} if division.provisional else set()
        found |= {"shared award" for tie in division.ties if tie.shares}
        found |= {"cut tie" for tie in division.ties if tie.cuts}
        found |= {f"state {row.state}" for row in division.rows}
        found |= {f"award of {division.entry}" for row in division.rows if row.award}
        found |= {"decided by a step" for row in division.rows if row.decided_by not in ("", leaderboard.PLAYOFF)}
    return found


def test_random_events_stand_as_the_recount_says(tmp_path: Path) -> None:
    seen: Counter[str] = Counter()
    with random_events.event_file(tmp_path / "event.biwu") as store:
        for seed in range(EVENTS):
            random_events.fill(store, seed)
            divisions = leaderboard.all_standings(store)
            assert standings(divisions) == recount.entries(store.path), f"event {seed}"
            with store.read():
                given = {row.name: {one.key for one in row.holders} for row in honours.honours_of(divisions)}
            assert given == recount.honours(store.path), f"event {seed}"
            seen.update(what_happened(store, divisions))
    expected = {
        *(f"kind {kind}" for kind in ("points", "deductions", "grades", "timed", "bonus", "penalty", "critical")),
        *(f"combine {how}" for how in random_events.COMBINES),
        *(f"source {source}" for source in ("station", "theory", "sum", "choice")),
        *(f"state {state}" for state in ("expected", "present", "absent", "withdrew", "disqualified", "failed")),
        *(f"award of {entry}" for entry in ("individual", "team", "sum")),
        "play-off", "shared award", "cut tie", "incomplete", "missing judge", "honour by hand", "total alone",
        "decided by a step",
    }  # fmt: skip
    assert expected - {name for name, count in seen.items() if count >= 5} == set(), seen
