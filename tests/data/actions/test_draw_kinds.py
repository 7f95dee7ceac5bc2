"""Draws of optional stations, lanes and judges' seats in the event file: what they need, write, and give back."""

from collections import Counter, defaultdict
from dataclasses import replace

import pytest

from data import models
from data.actions import checkin, draws
from data.actions.setup import save_plan
from data.errors import NotAllowed
from data.queries import draws as queries
from data.queries import programme
from data.queries.plan import current_plan
from data.rules.draw_record import ITEMS, JUDGES, LANES, NUMBERS, SELECTION, verify_record
from data.rules.plan import Judge, Plan
from data.store import Store
from tests.data import choice_contest
from tests.data.choice_contest import draw_kind, number_everyone

WITNESSES = ["甲", "乙"]


@pytest.fixture
def contest(store: Store) -> Store:
    """The contest with optional stations, everyone numbered; a judge of the first hospital in a lane of S1 and S4."""
    number_everyone(store)
    change(store, lambda plan: replace(plan, judges=seated(plan, {("S1", 1): "第一医院", ("S4", 2): "第二医院"})))
    return store


def change(store: Store, make) -> None:
    save_plan(store, "test", make(current_plan(store)), "as the test says")


def seated(plan: Plan, units: dict[tuple[str, int], str]) -> tuple[Judge, ...]:
    """The judges of the plan, those of these lanes of these units."""
    return tuple(
        replace(judge, unit_name=units.get((judge.station, judge.lane), judge.unit_name)) for judge in plan.judges
    )


def draw(store: Store, kind: str, *parts: str) -> int:
    draw_id = draws.freeze(store, "李敏", kind)
    draws.draw(store, "李敏", draw_id, list(parts) or ["08 15 6", "高安"], WITNESSES)
    return draw_id


def stations_of_numbers(store: Store) -> dict[str, set[str]]:
    with store.read():
        rows = models.DrawnStation.select(models.Entrant.number, models.Station.code)
        found = defaultdict(set)
        for number, station in rows.join(models.Entrant).switch(models.DrawnStation).join(models.Station).tuples():
            found[number].add(station)
        return dict(found)


def lanes_of(store: Store) -> list[tuple[str, str, str, int]]:
    """Unit, number, station and lane of each lane that was drawn."""
    with store.read():
        rows = models.DrawnLane.select(
            models.Unit.name, models.Entrant.number, models.Station.code, models.DrawnLane.lane
        )
        rows = rows.join(models.Entrant).join(models.Unit).switch(models.DrawnLane).join(models.Station)
        return list(rows.tuples())


def seats(store: Store) -> dict[tuple[str, int, int], tuple[str, str]]:
    return {
        (judge.station, judge.lane, judge.seat): (judge.name, judge.unit_name) for judge in current_plan(store).judges
    }


def test_everyone_draws_as_many_optional_stations_as_the_plan_says(contest):
    record = queries.record(contest, draw(contest, ITEMS))
    assert verify_record(record) == []
    assert record["rules"] == {"per": "entrant", "counts": {"E/1": 1, "N/1": 2, "T/1": 1}}
    found = stations_of_numbers(contest)
    assert {
        division: {len(codes) for number, codes in found.items() if number.startswith(division)} for division in "ENT"
    } == {
        "E": {1},
        "N": {2},
        "T": {1},
    }
    assert len(found) == 8 + 8 + 4
    assert all(codes < {"S3", "S4", "S5"} for number, codes in found.items() if number.startswith("N"))
    assert {f"{entry['who']} {entry['station']}" for entry in record["result"]} == {
        f"{number} {code}" for number, codes in found.items() for code in codes
    }


def test_a_division_may_draw_for_all_of_its_people(store):
    number_everyone(store, item_draw="division")
    record = queries.record(store, draw(store, ITEMS))
    assert verify_record(record) == []
    assert [entry["name"] for entry in record["pool"]][:1] == ["全县·急诊组"]
    found = stations_of_numbers(store)
    for division in "ENT":
        assert len({frozenset(codes) for number, codes in found.items() if number.startswith(division)}) == 1


def test_lanes_are_loaded_equally_and_keep_to_recusals(contest):
    draw(contest, ITEMS)
    record = queries.record(contest, draw(contest, LANES))
    assert verify_record(record) == []
    rows = lanes_of(contest)
    visits = {(entrant, code) for entrant, codes in programme.stations_of(contest).items() for code in codes}
    assert len(rows) == sum(code in ("S1", "S4") for _entrant, code in visits)
    for station in ("S1", "S4"):
        loads = Counter(lane for _unit, _number, code, lane in rows if code == station)
        assert max(loads.values()) - min(loads[lane] for lane in (1, 2)) <= 1
    assert not any((unit, code, lane) == ("第一医院", "S1", 1) for unit, _number, code, lane in rows)
    assert not any((unit, code, lane) == ("第二医院", "S4", 2) for unit, _number, code, lane in rows)
    assert any(entry["id"].endswith("R") for entry in record["pool"])


def test_lanes_that_need_not_be_equal(contest):
    change(contest, lambda plan: replace(plan, info=replace(plan.info, equal_lanes=False)))
    draw(contest, ITEMS)
    record = queries.record(contest, draw(contest, LANES))
    assert record["rules"] == {"equal": False}
    assert verify_record(record) == []


def test_a_unit_without_an_open_lane_is_named_and_nothing_is_frozen(contest):
    units = {("S1", 1): "第一医院", ("S1", 2): "第一医院"}
    change(contest, lambda plan: replace(plan, judges=seated(plan, units)))
    draw(contest, ITEMS)
    with pytest.raises(NotAllowed) as caught:
        draws.freeze(contest, "李敏", LANES)
    assert "S1" in caught.value.where
    assert "第一医院" in caught.value.where
    assert queries.current(contest, LANES) is None


def test_many_obstacles_are_counted(contest):
    every = {(station, lane): "第一医院" for station in ("S1", "S4") for lane in (1, 2)}
    change(contest, lambda plan: replace(plan, info=replace(plan.info, apart=True), judges=seated(plan, every)))
    draws.void(contest, "李敏", queries.current(contest, NUMBERS).id, "同单位不相邻")
    with contest.write("test", "test.unit") as writing:
        first = models.Unit.select().order_by(models.Unit.position).first().id
        for entrant in models.Entrant.select():
            writing.update(entrant, unit=first)
    with pytest.raises(NotAllowed) as caught:
        draws.freeze(contest, "李敏", NUMBERS)
    assert len(caught.value.where.splitlines()) == 3
    assert "too many for colleagues to stay apart" in caught.value.where
    with contest.write("test", "test.division") as writing:
        for nth in range(4):
            division = writing.insert(
                models.Division, code=f"X{nth}", category="全县", name=f"{nth}", entry="team", quota=2, position=nth + 9
            )
            for name in "ab":
                writing.insert(models.Entrant, division=division, unit=first, name=f"{nth}{name}", token=f"{nth}{name}")
    with pytest.raises(NotAllowed) as caught:
        draws.freeze(contest, "李敏", NUMBERS)
    assert caught.value.where.splitlines()[-1] == "… and 4 more"


def test_judges_change_seats_and_void_puts_them_back(contest):
    chief = Judge("裁判长", "市医院", "S3", 1, 3, True)
    change(contest, lambda plan: replace(plan, judges=(*plan.judges, chief)))
    before = seats(contest)
    draw_id = draw(contest, JUDGES)
    record = queries.record(contest, draw_id)
    assert verify_record(record) == []
    drawn = seats(contest)
    assert drawn != before
    assert sorted(drawn.values()) == sorted(before.values())
    assert drawn["S3", 1, 3] == ("裁判长", "市医院")
    names = record["rules"]["judges"]
    assert all(
        drawn[entry["station"], entry["lane"], entry["seat"]][0] == names[entry["who"]] for entry in record["result"]
    )
    draws.void(contest, "李敏", draw_id, "有人缺席")
    assert seats(contest) == before
    again = draw(contest, JUDGES, "另一", "种子")
    assert queries.record(contest, again)["key"] == "另一/种子/"
    assert seats(contest) not in (before, drawn)


def test_a_plan_that_was_changed_after_the_draw_keeps_its_seats(contest):
    draw_id = draw(contest, JUDGES)
    change(contest, lambda plan: replace(plan, judges=(replace(plan.judges[0], name="新裁判"), *plan.judges[1:])))
    changed = seats(contest)
    draws.void(contest, "李敏", draw_id, "重抽")
    assert seats(contest) == changed


def test_no_colleague_judges_in_the_last_lane_so_that_one_stays_free(contest):
    many = {("S2", 1): "第一医院", ("S3", 1): "省人民医院", ("S1", 1): "第一医院"}
    change(contest, lambda plan: replace(plan, judges=seated(plan, many)))
    draws.void(contest, "李敏", queries.current(contest, NUMBERS).id, "先抽裁判")
    draws.void(contest, "李敏", queries.current(contest, SELECTION).id, "先抽裁判")
    nobody_yet = queries.pool_of(contest, JUDGES)
    assert not any(str(member.candidate.id).endswith("R") for member in nobody_yet)
    for kind in (SELECTION, NUMBERS, ITEMS):
        draw_kind(contest, kind)
    draw(contest, JUDGES)
    visited = {code for codes in programme.stations_of(contest).values() for code in codes}
    for (station, lane, _seat), (_name, unit) in seats(contest).items():
        lanes = choice_contest._LANES[station]
        coming = {
            "第一医院"
            for code, entrants in visits_by_unit(contest).items()
            if code == station and "第一医院" in entrants
        }
        assert not (station in visited and lane == lanes and unit in coming)


def visits_by_unit(store: Store) -> dict[str, set[str]]:
    with store.read():
        units = dict(models.Entrant.select(models.Entrant.id, models.Unit.name).join(models.Unit).tuples())
    found = defaultdict(set)
    for entrant, codes in programme.stations_of(store).items():
        for code in codes:
            found[code].add(units[entrant])
    return found


def test_judges_keep_away_from_the_lanes_of_their_colleagues(contest):
    for kind in (ITEMS, LANES, JUDGES):
        draw(contest, kind)
    taken = {(station, lane, unit) for unit, _number, station, lane in lanes_of(contest)}
    assert not any((station, lane, unit) in taken for (station, lane, _seat), (_name, unit) in seats(contest).items())


def test_each_draw_needs_those_before_it(store):
    save_plan(store, "test", choice_contest.plan())
    for kind in (ITEMS, LANES):
        with pytest.raises(NotAllowed, match="numbers are not drawn"):
            draws.freeze(store, "李敏", kind)
    number_everyone(store)
    with pytest.raises(NotAllowed, match="optional stations are not drawn"):
        draws.freeze(store, "李敏", LANES)
    draws.freeze(store, "李敏", ITEMS)
    with pytest.raises(NotAllowed, match="optional stations are not drawn"):
        draws.freeze(store, "李敏", LANES)
    with pytest.raises(NotAllowed, match="stands already"):
        draws.freeze(store, "李敏", ITEMS)


def test_a_plan_that_has_nothing_to_draw(nursing_drawn):
    change(
        nursing_drawn,
        lambda plan: replace(
            plan,
            stations=tuple(replace(station, lanes=1) for station in plan.stations),
            judges=(),
        ),
    )
    for kind, words in ((ITEMS, "no optional stations"), (LANES, "several lanes"), (JUDGES, "no judges")):
        with pytest.raises(NotAllowed, match=words):
            draws.freeze(nursing_drawn, "李敏", kind)


def test_draws_are_taken_back_in_the_reverse_order(contest):
    items, lanes = draw(contest, ITEMS), draw(contest, LANES)
    numbers = queries.current(contest, NUMBERS).id
    with pytest.raises(NotAllowed, match="optional stations have been drawn"):
        draws.void(contest, "李敏", numbers, "重抽")
    with pytest.raises(NotAllowed, match="lanes have been drawn"):
        draws.void(contest, "李敏", items, "重抽")
    draws.void(contest, "李敏", lanes, "重抽")
    assert lanes_of(contest) == []
    draws.void(contest, "李敏", items, "重抽")
    assert stations_of_numbers(contest) == {}
    draws.void(contest, "李敏", numbers, "重抽")
    assert [(row.kind, row.state) for row in queries.draws(contest)] == [
        ("selection", "drawn"),
        ("numbers", "void"),
        ("items", "void"),
        ("lanes", "void"),
    ]


def test_lanes_alone_keep_the_numbers(nursing_drawn):
    draw(nursing_drawn, LANES)
    with pytest.raises(NotAllowed, match="lanes have been drawn"):
        draws.void(nursing_drawn, "李敏", queries.current(nursing_drawn, NUMBERS).id, "重抽")


def test_seats_stay_while_lanes_were_drawn_by_them(contest):
    judges = draw(contest, JUDGES)
    draw(contest, ITEMS)
    lanes = draw(contest, LANES)
    with pytest.raises(NotAllowed, match="judge of the own unit"):
        draws.void(contest, "李敏", judges, "重抽")
    draws.void(contest, "李敏", lanes, "重抽")
    draws.void(contest, "李敏", judges, "重抽")
    draw(contest, LANES)
    draws.void(contest, "李敏", draw(contest, JUDGES), "重抽")


def test_settings_or_seats_that_change_after_the_freeze_stop_the_draw(contest):
    items, judges = draws.freeze(contest, "李敏", ITEMS), draws.freeze(contest, "李敏", JUDGES)
    change(contest, lambda plan: replace(plan, info=replace(plan.info, item_draw="division")))
    with pytest.raises(NotAllowed) as caught:
        draws.draw(contest, "李敏", items, ["1", "2"], WITNESSES)
    assert caught.value.where.splitlines()[-1] == "The settings of the draw are not the same."

    def swap(plan: Plan) -> Plan:
        one, two, *others = plan.judges
        return replace(plan, judges=(replace(one, name=two.name), replace(two, name=one.name), *others))

    change(contest, swap)
    with pytest.raises(NotAllowed):
        draws.draw(contest, "李敏", judges, ["1", "2"], WITNESSES)
    with contest.read():
        assert not models.DrawnStation.select().exists()


def test_nothing_of_the_day_is_drawn_once_a_mark_is_in(contest):
    frozen = draws.freeze(contest, "李敏", JUDGES)
    with contest.write("test", "test.mark") as writing:
        visit = writing.insert(
            models.Visit, entrant=models.Entrant.select().first().id, station=models.Station.select().first().id
        )
        writing.insert(
            models.Mark, visit=visit, seat=1, version=1, latest=True, values={}, total_milli=1, actor="a", at="t"
        )
    for refused in (
        lambda: draws.freeze(contest, "李敏", ITEMS),
        lambda: draws.draw(contest, "李敏", frozen, ["1", "2"], WITNESSES),
    ):
        with pytest.raises(NotAllowed, match="Marks have been handed in"):
            refused()


def test_a_selection_is_voided_with_the_substitutions_in_it(contest):
    with contest.write("test", "test.substitution") as writing:
        entrant = models.Entrant.select().where(models.Entrant.person.is_null(False)).first()
        writing.insert(
            models.Substitution,
            entrant=entrant.id,
            left=entrant.person_id,
            joined=entrant.person_id,
            old_token="x",
            actor="a",
            at="t",
            reason="r",
        )
    for kind in (NUMBERS, SELECTION):
        draws.void(contest, "李敏", queries.current(contest, kind).id, "重抽")
    with contest.read():
        assert not models.Entrant.select().exists()
        assert not models.Substitution.select().exists()


def test_a_list_frozen_before_draws_had_rules_is_frozen_anew(nursing_rostered):
    draw_id = draws.freeze(nursing_rostered, "李敏", SELECTION)
    with nursing_rostered.write("test", "test.old") as writing:
        row = models.Draw.get()
        writing.update(row, record={key: value for key, value in row.record.items() if key != "rules"})
    with pytest.raises(NotAllowed, match="changed since the list was frozen"):
        draws.draw(nursing_rostered, "李敏", draw_id, ["1", "2"], WITNESSES)
    draws.void(nursing_rostered, "李敏", draw_id, "新版本")
    draw(nursing_rostered, SELECTION)


def test_who_withdrew_before_the_lanes_are_drawn_is_in_the_list_all_the_same(nursing_drawn):
    frozen = draws.freeze(nursing_drawn, "李敏", LANES)
    with nursing_drawn.read():
        entrant = models.Entrant.select().where(models.Entrant.number.is_null(False)).first().id
    checkin.set_state(nursing_drawn, "李敏", entrant, "withdrew", "生病")
    assert not queries.difference(nursing_drawn, frozen)
