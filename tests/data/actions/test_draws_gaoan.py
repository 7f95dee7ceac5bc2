"""The draws of the Gao'an event: what its plan promises, for the printed seed and for any other."""

from collections import Counter, defaultdict
from dataclasses import replace
from itertools import pairwise

import pytest

from data import models
from data.actions import draws as actions
from data.actions.setup import save_plan
from data.queries import draws as queries
from data.queries import programme
from data.queries.entrants import entrants
from data.queries.plan import current_plan
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


@pytest.fixture
def constrained(rostered):
    """Two reserves, colleagues apart, a morning and an afternoon; lanes equal; then the judges' seats."""
    plan = current_plan(rostered)
    save_plan(rostered, "tester", replace(plan, info=replace(plan.info, reserves=2, apart=True, waves=2)))
    for kind in ("selection", "numbers", "lanes", "judges"):
        draw_id = actions.freeze(rostered, "李敏", kind)
        actions.draw(rostered, "李敏", draw_id, SEEDS[0], ["演练甲", "演练乙"])
        assert verify_record(queries.record(rostered, draw_id)) == []
    return rostered


def test_constraints_hold_on_the_real_pool(constrained):
    reserves_stand_behind_everyone_of_their_unit(constrained)
    colleagues_are_apart_and_spread(constrained)
    lanes_are_equal_and_free_of_colleagues(constrained)
    judges_keep_away_from_colleagues(constrained)


def reserves_stand_behind_everyone_of_their_unit(store):
    record = queries.record(store, queries.current(store, "selection").id)
    step = {text: nth for nth, text in enumerate(record["order"])}
    fresh = {text: (draw.parse_pool_id(text).mark == draw.PAST, step[text]) for text in step}
    groups = defaultdict(list)
    for entry in record["pool"]:
        groups[draw.parse_pool_id(entry["id"]).group].append(entry["id"])
    place = {entry["id"]: entry.get("reserve", 0) for entry in record["result"]}
    for (division, _unit), ids in groups.items():
        walk = sorted(ids, key=fresh.get)
        quota = record["quotas"][division]
        assert [place.get(text) for text in walk[: quota + 2]] == ([0] * quota + [1, 2])[: len(walk)]
        assert not any(text in place for text in walk[quota + 2 :])


def colleagues_are_apart_and_spread(store):
    units = defaultdict(list)
    for row in sorted(entrants(store), key=lambda row: row.draw_order):
        units[row.division_code].append(row.unit)
    assert sum(map(len, units.values())) == 182
    for order in units.values():
        assert all(one != other for one, other in pairwise(order))
        morning = Counter(order[: (len(order) + 1) // 2])
        for unit, count in Counter(order).items():
            assert morning[unit] in (count // 2, (count + 1) // 2)


def lanes_are_equal_and_free_of_colleagues(store):
    record = queries.record(store, queries.current(store, "lanes").id)
    lanes = {station.code: station.lanes for station in current_plan(store).stations if station.lanes > 1}
    before = record_of_seats(store)
    sitting = defaultdict(set)
    for (station, lane, _seat), unit in before.items():
        sitting[station, lane].add(unit)
    units = {row.number: {row.unit, row.unit_short} for row in entrants(store)}
    coming = Counter(code for codes in programme.stations_of(store).values() for code in codes if code in lanes)
    loads = Counter((entry["station"], entry["lane"]) for entry in record["result"])
    for station, count in coming.items():
        each = [loads[station, lane] for lane in range(1, lanes[station] + 1)]
        assert sum(each) == count
        assert max(each) - min(each) <= 1
    assert not any(sitting[entry["station"], entry["lane"]] & units[entry["who"]] for entry in record["result"])
    with store.read():
        assert models.DrawnLane.select().count() == sum(coming.values()) == len(record["result"])


def record_of_seats(store):
    """The units of the judges where they sat before the judges' draw, by station, lane and seat."""
    record = queries.record(store, queries.current(store, "judges").id)
    units = {entry["id"].partition("/")[0]: entry.get("unit", "") for entry in record["pool"]}
    found = {}
    for judge, seat in record["rules"]["before"].items():
        station, lane, number = seat.rsplit("-", 2)
        found[station, int(lane), int(number)] = units[judge]
    for judge in current_plan(store).judges:
        if judge.chief:
            found[judge.station, judge.lane, judge.seat] = judge.unit_name
    return found


def judges_keep_away_from_colleagues(store):
    plan = current_plan(store)
    before = record_of_seats(store)
    assert Counter(judge.unit_name for judge in plan.judges) == Counter(before.values())
    units = {row.id: {row.unit, row.unit_short} for row in entrants(store)}
    with store.read():
        rows = models.DrawnLane.select(models.Station.code, models.DrawnLane.lane, models.DrawnLane.entrant)
        drawn = {(code, lane, entrant) for code, lane, entrant in rows.join(models.Station).tuples()}
    with_lanes = {code for code, _lane, _entrant in drawn}
    for entrant, codes in programme.stations_of(store).items():
        for judge in plan.judges:
            if judge.chief or judge.station not in codes or judge.unit_name not in units[entrant]:
                continue
            lanes = next(station.lanes for station in plan.stations if station.code == judge.station)
            if judge.station in with_lanes:
                assert (judge.station, judge.lane, entrant) not in drawn
            else:
                assert judge.lane != lanes
