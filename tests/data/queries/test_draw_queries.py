"""What the draws page, the ceremony and the paper read of a draw; and what a blind event keeps to itself."""

import json
from dataclasses import replace

import pytest

from data import models
from data.actions import draws as actions
from data.actions.setup import save_plan
from data.errors import NotAllowed
from data.exchange import draw_json
from data.queries import draws as queries
from data.queries.plan import current_plan
from data.rules.draw_record import ITEMS, JUDGES, LANES, NUMBERS, SEALED_KEYS, SELECTION, verify_record
from data.store import Store
from tests.data.choice_contest import draw_kind, number_everyone


@pytest.fixture
def contest(store: Store) -> Store:
    """The contest with optional stations, everything drawn, colleagues apart."""
    number_everyone(store)
    actions.void(store, "test", queries.current(store, NUMBERS).id, "again")
    plan = current_plan(store)
    save_plan(store, "test", replace(plan, info=replace(plan.info, apart=True)), "apart")
    for kind in (NUMBERS, ITEMS, LANES, JUDGES):
        draw_kind(store, kind)
    return store


@pytest.fixture
def blind(store: Store) -> Store:
    number_everyone(store)
    actions.void(store, "test", queries.current(store, NUMBERS).id, "again")
    plan = current_plan(store)
    save_plan(store, "test", replace(plan, info=replace(plan.info, blind=True)), "blind")
    return store


def record_of(store: Store, kind: str) -> dict:
    return queries.record(store, queries.current(store, kind).id)


def test_steps_of_numbers_stand_in_the_order_of_the_numbers(contest):
    steps = queries.steps(record_of(contest, NUMBERS))
    taken = [step.outcome for step in steps if step.taken]
    assert taken == [f"{code}-{nth:02}" for code, size in (("E", 8), ("N", 8), ("T", 4)) for nth in range(1, size + 1)]
    passed = [step for step in steps if not step.taken]
    assert passed
    assert {step.outcome for step in passed} <= {
        "A colleague stands just before",
        "Would leave no way for those who follow",
    }
    for nth, step in enumerate(steps):
        if not step.taken:
            behind = next(later for later in steps[nth:] if later.taken)
            assert behind.id != step.id


def test_steps_of_a_selection_show_the_seeded_then_the_walk_then_those_of_earlier_years(store):
    number_everyone(store)
    for kind in (NUMBERS, SELECTION):
        actions.void(store, "test", queries.current(store, kind).id, "again")
    plan = current_plan(store)
    info = replace(plan.info, reserves=1, coverage_years=3)
    divisions = tuple(replace(one, quota=1) if one.entry == "individual" else one for one in plan.divisions)
    components = tuple(replace(one, source="E:1") if one.source == "E:2" else one for one in plan.components)
    save_plan(store, "test", replace(plan, info=info, divisions=divisions, components=components))
    with store.write("test", "test.people") as writing:
        people = list(models.Person.select().order_by(models.Person.id))
        writing.update(people[0], seeded=True)
        writing.insert(models.PastEntry, id_number="", name=people[2].name, unit_name="第二医院", year=2022)
    draw_kind(store, SELECTION)
    record = record_of(store, SELECTION)
    steps = queries.steps(record)
    assert len(steps) == len(record["pool"])
    assert (steps[0].name, steps[0].outcome, steps[0].taken) == (people[0].name, "Competes without a draw", True)
    assert (steps[-1].name, steps[-1].taken) == (people[2].name, True)
    assert steps[-1].outcome == "Reserve 1"
    fates = {line.fate for line in queries.lines(record)}
    assert fates == {"seeded", "selected", "reserve"}


@pytest.mark.parametrize(
    ("kind", "fates"),
    [(ITEMS, {"taken", "enough"}), (LANES, {"taken", "has", "full"}), (JUDGES, {"taken", "has", "full"})],
)
def test_steps_and_lines_of_pairs_follow_the_walk(contest, kind, fates):
    record = record_of(contest, kind)
    steps = queries.steps(record)
    assert [step.id for step in steps] == record["order"]
    assert sum(step.taken for step in steps) == len(record["result"])
    lines = queries.lines(record)
    assert {line.fate for line in lines} <= fates
    assert [line.step for line in lines] == [record["order"].index(line.id) for line in lines]


def test_rows_count_what_was_drawn(contest):
    rows = {row.kind: row for row in queries.draws(contest) if row.state == "drawn"}
    assert {kind: row.results for kind, row in rows.items()} == {
        kind: len(record_of(contest, kind)["result"]) for kind in rows
    }
    assert {kind: row.pool for kind, row in rows.items()} == {
        kind: len(record_of(contest, kind)["pool"]) for kind in rows
    }
    assert not any(row.sealed for row in rows.values())
    assert queries.published(contest, rows[LANES].id) == queries.record(contest, rows[LANES].id)


def test_a_blind_numbers_list_says_nothing_of_people_or_units(blind):
    pool = queries.pool_of(blind, NUMBERS)
    assert {(member.candidate.name, member.candidate.unit) for member in pool} == {("", "")}
    with blind.read():
        people = dict(models.Entrant.select(models.Entrant.id, models.Entrant.person).tuples())
    known = [member for member in pool if people[member.row_id] == member.candidate.id.serial]
    assert len(known) < len(pool) / 2  # by chance alone; the plain list has them all
    assert [member.row_id for member in pool] == [member.row_id for member in queries.pool_of(blind, NUMBERS)]
    divisions = [member.candidate.id.division for member in pool]
    assert divisions == sorted(divisions)


def test_a_blind_numbers_list_tells_who_are_colleagues_only_where_a_rule_asks(blind):
    """The list is shown before the draw and the seed after it, so all can find the number of every id."""

    def units() -> set[int]:
        return {member.candidate.id.unit for member in queries.pool_of(blind, NUMBERS)}

    assert units() == {1}
    for rule in ({"apart": True}, {"waves": 2}):
        plan = current_plan(blind)
        info = replace(plan.info, **{"apart": False, "waves": 1, **rule})
        save_plan(blind, "test", replace(plan, info=info), "rules")
        assert units() == {1, 2, 3, 4}


def test_a_sealed_record_shows_hash_seed_key_and_count_alone(blind, tmp_path):
    draw_id = draw_kind(blind, NUMBERS)
    whole, shown = queries.record(blind, draw_id), queries.published(blind, draw_id)
    assert shown["sealed"] is True
    assert shown["count"] == len(whole["pool"])
    assert not shown.keys() & set(SEALED_KEYS)
    for key in ("pool_sha256", "published_sha256", "seed_parts", "key", "witnesses", "drawn_at"):
        assert shown[key] == whole[key]
    assert queries.draws(blind)[-1].sealed
    draw_json.write_record(blind, draw_id, tmp_path / "draw.json")
    text = (tmp_path / "draw.json").read_text("utf-8")
    assert json.loads(text) == shown
    assert not any(entry["id"] in text for entry in whole["pool"])
    assert verify_record(shown) == []


def test_lanes_of_a_blind_event_are_sealed_from_the_freeze_on(blind):
    draw_kind(blind, NUMBERS)
    draw_kind(blind, ITEMS)
    assert queries.hides(blind, LANES)
    assert not queries.hides(blind, ITEMS)
    draw_id = actions.freeze(blind, "test", LANES)
    frozen = queries.published(blind, draw_id)
    assert frozen["sealed"]
    assert queries.lines(frozen) == queries.steps(frozen) == []
    actions.draw(blind, "test", draw_id, ["1", "2"], ["甲", "乙"])
    with blind.write("test", "test.decode") as writing:
        writing.insert(models.Decoding, layer="lane", chief="甲", witness="乙", at=writing.at)
    assert queries.published(blind, draw_id)["sealed"]  # R tells the unit of a contestant
    with blind.write("test", "test.decode") as writing:
        writing.insert(models.Decoding, layer="name", chief="甲", witness="乙", at=writing.at)
    assert verify_record(queries.published(blind, draw_id)) == []
    assert not any(row.sealed for row in queries.draws(blind))


def test_judges_of_a_blind_event_are_sealed_once_numbers_have_stations_or_lanes(blind):
    """R at a station says that somebody of the judge's unit comes there, and others say which numbers do."""
    draw_kind(blind, NUMBERS)
    assert not queries.hides(blind, JUDGES)
    draw_kind(blind, ITEMS)
    draw_id = actions.freeze(blind, "test", JUDGES)
    assert queries.hides(blind, JUDGES)
    assert queries.published(blind, draw_id)["sealed"]
    assert verify_record(queries.published(blind, draw_id)) == []
    actions.draw(blind, "test", draw_id, ["1", "2"], ["甲", "乙"])
    assert queries.lines(queries.published(blind, draw_id)) == []
    with blind.write("test", "test.decode") as writing:
        writing.insert(models.Decoding, layer="name", chief="甲", witness="乙", at=writing.at)
    assert queries.published(blind, draw_id)["pool"]


def test_what_stops_a_lane_draw_of_a_blind_event_names_no_contestant(blind):
    def seat_first_hospital(lanes: set[int]) -> None:
        plan = current_plan(blind)
        judges = tuple(
            replace(one, unit_name="第一医院" if one.lane in lanes else "省人民医院") if one.station == "S1" else one
            for one in plan.judges
        )
        save_plan(blind, "test", replace(plan, judges=judges), "seats")

    draw_kind(blind, NUMBERS)
    draw_kind(blind, ITEMS)
    seat_first_hospital({1, 2})
    with pytest.raises(NotAllowed) as caught:
        actions.freeze(blind, "test", LANES)
    assert "S1" in caught.value.where
    assert "(sealed)" in caught.value.where
    assert "E-0" not in caught.value.where
    seat_first_hospital({1})
    draw_id = actions.freeze(blind, "test", LANES)
    seat_first_hospital({2})
    with pytest.raises(NotAllowed) as caught:
        actions.draw(blind, "test", draw_id, ["1", "2"], ["甲", "乙"])
    assert caught.value.where.splitlines() == ["Added: (sealed) and 3 more", "Removed: (sealed) and 3 more"]


def test_items_of_a_blind_event_are_open_and_have_no_names(blind):
    draw_kind(blind, NUMBERS)
    record = queries.published(blind, draw_kind(blind, ITEMS))
    assert verify_record(record) == []
    assert not any("name" in entry or "unit" in entry for entry in record["pool"])


def test_decodings_go_with_the_draw_that_they_opened(blind):
    draw_kind(blind, NUMBERS)
    draw_kind(blind, ITEMS)
    lanes = draw_kind(blind, LANES)
    with blind.write("test", "test.decode") as writing:
        for layer in ("lane", "name"):
            writing.insert(models.Decoding, layer=layer, chief="甲", witness="乙", at=writing.at)
    actions.void(blind, "test", lanes, "重抽")
    with blind.read():
        assert [row.layer for row in models.Decoding.select()] == ["name"]
    for kind in (ITEMS, NUMBERS):
        actions.void(blind, "test", queries.current(blind, kind).id, "重抽")
    with blind.read():
        assert not models.Decoding.select().exists()


def test_rules_and_quotas_are_asked_of_the_plan(contest):
    assert queries.rules_of(contest, NUMBERS) == {"apart": True, "waves": 1}
    assert queries.rules_of(contest, SELECTION) == {"reserves": 0}
    assert queries.quotas_of(contest, SELECTION) == {"E": 2, "N": 2}
    assert queries.quotas_of(contest, LANES) == {}
    seats = queries.rules_of(contest, JUDGES)
    assert seats["judges"].keys() == seats["before"].keys()


def test_an_event_that_is_not_set_up_has_empty_lists(store):
    assert [queries.pool_of(store, kind) for kind in (SELECTION, NUMBERS, ITEMS, LANES, JUDGES)] == [[]] * 5
