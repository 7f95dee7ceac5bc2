"""What each kind of draw gives, that its rules hold in every result, and that what cannot hold is told before."""

from collections import Counter, defaultdict
from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.rules import draw
from data.rules.draw import BadPoolId, PoolId
from data.rules.draw_ids import ItemId, LaneId, SeatId, parse_item_id, parse_lane_id, parse_seat_id
from data.rules.draw_outcome import BadRules, Candidate, Contradiction, outcome
from data.rules.draw_record import ITEMS, JUDGES, KINDS, LANES, NUMBERS, SELECTION, impossible
from tests.data.rules.draw_lists import FROZEN, LISTS, drawn, items, lanes, people, seats


@pytest.mark.parametrize(
    ("parse", "entry", "text"),
    [
        (parse_item_id, ItemId("1H-07", 2, "CPR"), "1H-07/2/CPR"),
        (parse_item_id, ItemId("甲/乙", 1, "S1"), "甲/乙/1/S1"),
        (parse_lane_id, LaneId("CPR", "1H-07", 12), "CPR/1H-07/12"),
        (parse_lane_id, LaneId("CPR", "甲/2-07", 1, recused=True), "CPR/甲/2-07/1R"),
        (parse_seat_id, SeatId("J03", "CPR", 2, 1), "J03/CPR-2-1"),
        (parse_seat_id, SeatId("J103", "CPR", 2, 1, recused=True), "J103/CPR-2-1R"),
    ],
)
def test_printed_ids_read_back(parse, entry, text):
    assert str(entry) == text
    assert parse(text) == entry


@pytest.mark.parametrize("parse", [parse_item_id, parse_lane_id, parse_seat_id])
@pytest.mark.parametrize(
    "text", ["", "a/b", "a/0/b", "a/b/0", "a/b-1-0", "a/b-01-1", "a/b/1X", "a/b-1-1X", "/1/", "1" * 99]
)
def test_not_a_printed_id(parse, text):
    with pytest.raises(BadPoolId):
        parse(text)


def ids_of(kind: str) -> list[str]:
    return [entry["id"] for entry in FROZEN[kind]["pool"]]


def test_a_selection_names_reserves_behind_those_selected():
    result = drawn(SELECTION)["result"]
    assert Counter("reserve" in entry for entry in result) == {False: 6, True: 3}
    assert [entry["reserve"] for entry in result if "reserve" in entry] == [1, 1, 1]
    assert list(result[-1]) == ["id", "reserve"]
    assert len(drawn(SELECTION)["passed_over"]) == 3


def test_numbers_say_at_which_number_somebody_was_passed_over():
    record = drawn(NUMBERS)
    numbers = {entry["id"]: entry["number"] for entry in record["result"]}
    assert sorted(numbers.values()) == [f"1H-{n:02}" for n in range(1, 13)]
    assert record["passed_over"]
    for entry in record["passed_over"]:
        assert entry["at"] < numbers[entry["id"]]
        assert entry["why"] in ("apart", "wave", "later")


def test_numbers_without_constraints_follow_the_walk_over_all_divisions():
    pool = ["A-01-0001", "B-01-0001", "A-01-0002"]
    passed_over, result = outcome(NUMBERS, pool, [2, 1, 0], {}, {})
    assert passed_over == []
    assert result == [
        {"id": "A-01-0002", "number": "A-01"},
        {"id": "B-01-0001", "number": "B-01"},
        {"id": "A-01-0001", "number": "A-02"},
    ]


def test_optional_stations_are_the_first_of_the_walk():
    ids = ["A-01/1/S", "A-01/1/T", "A-02/1/S", "A-02/1/T"]
    passed_over, result = outcome(ITEMS, ids, [1, 0, 2, 3], {"per": "entrant", "counts": {"A/1": 1}}, {})
    assert result == [
        {"id": "A-01/1/T", "who": "A-01", "component": 1, "station": "T"},
        {"id": "A-02/1/S", "who": "A-02", "component": 1, "station": "S"},
    ]
    assert passed_over == [{"id": "A-01/1/S", "why": "enough"}, {"id": "A-02/1/T", "why": "enough"}]


def test_lanes_and_seats_say_where():
    assert drawn(LANES)["result"][0].keys() == {"id", "who", "station", "lane"}
    assert drawn(JUDGES)["result"][0].keys() == {"id", "who", "station", "lane", "seat"}
    assert len(drawn(LANES)["result"]) == 10
    assert len(drawn(JUDGES)["result"]) == 4


def check_selection(pool, quotas, rules, record):
    parts = [PoolId(*_parts(entry["id"])) for entry in record]
    assert len(parts) == len(set(parts))
    for group in {draw.parse_pool_id(str(entry.id)).group for entry in pool}:
        size = sum(entry.id.group == group for entry in pool)
        taken = [entry for entry in record if "selected" in entry and _group(entry) == group]
        behind = [entry["reserve"] for entry in record if "reserve" in entry and _group(entry) == group]
        assert len(taken) == min(size, quotas[group[0]])
        assert behind == list(range(1, min(size - len(taken), rules["reserves"]) + 1))


def check_numbers(pool, rules, record):
    orders = defaultdict(dict)
    for entry in record:
        division, _minus, place = entry["number"].rpartition("-")
        assert _group(entry)[0] == division
        orders[division][int(place)] = _group(entry)[1]
    for order in orders.values():
        units = [order[place] for place in range(1, len(order) + 1)]
        if rules["apart"]:
            assert all(one != other for one, other in pairwise(units))
        waves = min(rules["waves"], len(units))
        longer = len(units) % waves
        start = 0
        for wave in range(waves):
            end = start + len(units) // waves + (wave < longer)
            for unit, count in Counter(units).items():
                assert count // waves <= units[start:end].count(unit) <= -(-count // waves)
            start = end


def check_items(pool, rules, record):
    for who, count in Counter(entry["who"] for entry in record).items():
        division = who.rpartition("-")[0] if rules["per"] == "entrant" else who
        assert count == rules["counts"][f"{division}/1"]
    assert len({(entry["who"], entry["station"]) for entry in record}) == len(record)
    wanted = {entry.id.who for entry in pool if rules["counts"][f"{entry.id.who.partition('-')[0]}/1"]}
    assert {entry["who"] for entry in record} == wanted


def check_lanes(pool, rules, record):
    assert not any(entry["id"].endswith("R") for entry in record)
    assert Counter((entry["station"], entry["who"]) for entry in record) == Counter(
        {(entry.id.station, entry.id.number) for entry in pool}
    )
    if rules["equal"]:
        for station in {entry.id.station for entry in pool}:
            loads = Counter(entry["lane"] for entry in record if entry["station"] == station)
            counts = [loads[lane] for lane in {entry.id.lane for entry in pool if entry.id.station == station}]
            assert max(counts) - min(counts) <= 1


def check_seats(pool, rules, record):
    assert not any(entry["id"].endswith("R") for entry in record)
    assert sorted(entry["who"] for entry in record) == sorted({entry.id.judge for entry in pool})
    assert len({(entry["station"], entry["lane"], entry["seat"]) for entry in record}) == len(record)


def _parts(text: str) -> tuple:
    entry = draw.parse_pool_id(text)
    return entry.division, entry.unit, entry.serial, entry.mark


def _group(entry: dict) -> tuple[str, int]:
    return draw.parse_pool_id(entry["id"]).group


@given(LISTS, st.text("0123456789", min_size=1))
def test_the_rules_hold_in_every_result_or_it_was_told_that_they_cannot(made, key):
    kind, pool, quotas, rules = made
    ids = [str(entry.id) for entry in pool]
    obstacles = impossible(kind, pool, rules, quotas)
    order = draw.drawing_order(key, len(ids))
    if obstacles and kind != SELECTION:
        with pytest.raises(Contradiction):
            outcome(kind, ids, order, rules, quotas)
        return
    if obstacles:
        assert {obstacle.code for obstacle in obstacles} == {"seeded"}
        return
    passed_over, result = outcome(kind, ids, order, rules, quotas)
    checks = {NUMBERS: check_numbers, ITEMS: check_items, LANES: check_lanes, JUDGES: check_seats}
    if kind == SELECTION:
        check_selection(pool, quotas, rules, result)
    else:
        checks[kind](pool, rules, result)
    given = {entry["id"] for entry in result}
    assert given | {entry["id"] for entry in passed_over} == set(ids)
    if kind != NUMBERS:
        assert len(given) + len(passed_over) == len(ids)


@given(st.lists(st.integers(1, 4), min_size=1, max_size=6), st.booleans(), st.integers(1, 4))
def test_numbers_are_impossible_exactly_when_no_order_holds(units, apart, waves):
    pool = [Candidate(PoolId("A", unit, n), "", f"{unit}院") for n, unit in enumerate(units)]
    rules = {"apart": apart, "waves": waves}

    def holds(order) -> bool:
        record = [{"id": str(pool[who].id), "number": f"A-{place:02}"} for place, who in enumerate(order, start=1)]
        try:
            check_numbers(pool, rules, record)
        except AssertionError:
            return False
        return True

    possible = any(holds(order) for order in permutations(range(len(units))))
    assert (impossible(NUMBERS, pool, rules, {}) == []) == possible


def obstacle_of(kind, pool, rules, quotas=None):
    (obstacle,) = impossible(kind, pool, rules, quotas or {})
    return obstacle.code, dict(obstacle.values)


def test_small_lists_can_all_be_drawn():
    for kind in KINDS:
        frozen = FROZEN[kind]
        pool = [Candidate(entry["id"]) for entry in frozen["pool"]]
        assert impossible(kind, pool, frozen["rules"], frozen["quotas"]) == []


def test_each_obstacle_says_what_and_who():
    many = [Candidate(n) for n in range(draw.MAX_POOL + 1)]
    assert obstacle_of(LANES, many, {}) == ("size", {"count": 65537, "most": 65536})
    assert obstacle_of(NUMBERS, [Candidate("A-01-0001")] * 2, {}) == ("twice", {"id": "A-01-0001"})
    seeded = [Candidate(PoolId("A", 1, n, "S"), "", "市医院") for n in (1, 2)]
    assert obstacle_of(SELECTION, seeded, {}, {"A": 1}) == (
        "seeded",
        {"division": "A", "unit": "市医院", "count": 2, "places": 1},
    )
    assert obstacle_of(SELECTION, seeded, {})[1]["places"] == 0
    crowd = [Candidate(PoolId("A", 2 - (n < 3), n), "", "市医院" if n < 3 else "县医院") for n in range(4)]
    apart = {"division": "A", "unit": "市医院", "count": 3, "size": 4}
    assert obstacle_of(NUMBERS, crowd, {"apart": True, "waves": 1}) == ("apart", apart)
    assert obstacle_of(ITEMS, items(), {"per": "entrant", "counts": {"1H/1": 4, "1H/2": 1}}) == (
        "choices",
        {"division": "1H", "component": 1, "count": 3, "needed": 4},
    )
    walled = [Candidate(LaneId("A", "1H-01", lane, True), "", "市医院") for lane in (1, 2)]
    assert obstacle_of(LANES, walled, {"equal": True}) == (
        "no_lane",
        {"station": "A", "who": ("1H-01",), "units": ("市医院",)},
    )
    assert obstacle_of(LANES, walled, {"equal": False})[0] == "no_lane"
    crowded = [Candidate(LaneId("A", f"1H-0{n}", lane, lane == 2), "", "市医院") for n in (1, 2, 3) for lane in (1, 2)]
    assert obstacle_of(LANES, crowded, {"equal": True}) == (
        "lanes",
        {"station": "A", "who": ("1H-01", "1H-02", "1H-03"), "lanes": (1,), "room": 2, "units": ("市医院",)},
    )
    assert impossible(LANES, crowded, {"equal": False}, {}) == []
    alone = [Candidate(SeatId("J01", "A", 1, 1, True)), Candidate(SeatId("J02", "A", 1, 1))]
    assert obstacle_of(JUDGES, alone, {}) == ("no_seat", {"who": ("J01",)})
    pair = [Candidate(SeatId(f"J0{n}", "A", lane, 1, lane == 2)) for n in (1, 2) for lane in (1, 2)]
    assert obstacle_of(JUDGES, pair, {}) == ("seats", {"who": ("J01", "J02"), "seats": ("A-1-1",), "room": 1})


@pytest.mark.parametrize(
    ("kind", "rules"),
    [
        (SELECTION, {"reserves": -1}),
        (SELECTION, {"reserves": True}),
        (NUMBERS, {"apart": 1}),
        (NUMBERS, {"waves": 0}),
        (NUMBERS, {"waves": "2"}),
        (ITEMS, {"counts": {}}),
        (ITEMS, {"per": "unit", "counts": {}}),
        (ITEMS, {"per": "entrant", "counts": 3}),
        (ITEMS, {"per": "entrant", "counts": {"1H/1": 1}}),
        (LANES, {}),
        (LANES, {"equal": "yes"}),
    ],
)
def test_rules_of_another_form_are_refused(kind, rules):
    with pytest.raises(BadRules):
        outcome(kind, ids_of(kind), range(len(ids_of(kind))), rules, {"1H": 1})


def test_lists_of_the_helpers_are_what_they_say():
    assert (len(people()), len(items()), len(lanes()), len(seats())) == (12, 15, 20, 16)
