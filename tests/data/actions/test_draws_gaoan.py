"""The draws of the Gao'an event: what its plan promises, for the printed seed and for any other."""

from collections import Counter, defaultdict

import pytest

from data.actions import draws as actions
from data.queries import draws as queries
from data.queries.entrants import entrants
from data.rules import draw
from data.rules.draw_record import verify_record
from data.store import Store

SEEDS = [["08 15 22 31 33 06", "高安"], ["1", "2"], ["5 5 5", "见证人说的一句话"]]


def drawn_with(store: Store, parts: list[str]) -> dict:
    draw_id = actions.freeze(store, "李敏", "selection")
    actions.draw(store, "李敏", draw_id, parts, ["演练甲", "演练乙"])
    return queries.record(store, draw_id)


@pytest.mark.parametrize("parts", SEEDS)
def test_152_people_and_30_teams_and_no_history_while_others_remain(rostered, parts):
    record = drawn_with(rostered, parts)
    assert len(record["pool"]) == 876
    assert verify_record(record) == []
    rows = entrants(rostered)
    assert Counter(row.entry for row in rows) == {"individual": 152, "team": 30}
    taken = {entry["id"] for entry in record["result"]}
    groups = defaultdict(list)
    for entry in record["pool"]:
        pool_id = draw.parse_pool_id(entry["id"])
        groups[pool_id.group].append(pool_id)
    for group in groups.values():
        left_fresh = any(not entry.mark and str(entry) not in taken for entry in group)
        took_past = any(entry.mark == draw.PAST and str(entry) in taken for entry in group)
        assert not (left_fresh and took_past)


def test_history_spares_people(rostered):
    record = drawn_with(rostered, SEEDS[0])
    reasons = Counter(entry["why"] for entry in record["passed_over"])
    assert reasons["history"] > 0
    assert reasons["quota"] + reasons["history"] + len(record["result"]) == 876


def test_everyone_has_a_number_and_a_place_in_the_order(drawn):
    by_division = defaultdict(list)
    for row in entrants(drawn):
        by_division[row.division_code].append((row.draw_order, row.number))
    assert {code: len(rows) for code, rows in by_division.items()} == {
        "1Y": 24, "1J": 16, "1H": 24, "1T": 8, "2Y": 44, "2H": 44, "2T": 22,
    }  # fmt: skip
    for code, rows in by_division.items():
        assert rows == [(nth, f"{code}-{nth:02}") for nth in range(1, len(rows) + 1)]


def test_a_blind_event_with_units_totals(nursing_drawn):
    assert all(
        "name" not in entry
        for row in queries.draws(nursing_drawn)
        for entry in queries.record(nursing_drawn, row.id)["pool"]
    )
    assert Counter(row.entry for row in entrants(nursing_drawn, with_sums=True)) == {"individual": 42, "sum": 14}
