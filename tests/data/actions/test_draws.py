"""Draws in the event file: frozen, drawn, voided, and what each does to the entrants."""

import pytest

from data import models
from data.actions import draws as actions
from data.actions.setup import save_plan
from data.errors import InvalidInput, NotAllowed, NotFound
from data.queries import draws as queries
from data.queries.coverage import coverage
from data.queries.entrants import EntrantRow, entrants
from data.rules import draw
from data.rules.draw_record import verify_record
from data.rules.plan import Component, Division, EventInfo, Plan, Unit
from data.store import Store

SEED = ["08 15 6", "高安"]
WITNESSES = ["甲", "乙"]
INFO = EventInfo(name="大比武", date="2023-11-18", coverage_years=5)
DIVISIONS = (
    Division("A", "一类", "护理组", "individual", 2),
    Division("B", "二类", "护理组", "individual", 1),
    Division("T", "一类", "急救团体", "team", 2),
    Division("S", "二类", "护理团体", "sum", 1),
)
UNITS = (Unit("甲医院", "甲", "一类"), Unit("乙医院", "乙", "一类"), Unit("丙医院", "丙", "二类"))


def plan(info: EventInfo = INFO) -> Plan:
    return Plan(info, DIVISIONS, UNITS, components=(Component("S", "合计", "B:1", 100_000),))


def add_people(store: Store, *rows: tuple[str, str, str, str, bool]) -> None:
    """rows: unit, division, name, ID number, seeded."""
    with store.write("test", "test.people") as writing:
        units = {row.name: row.id for row in models.Unit.select()}
        divisions = {row.code: row.id for row in models.Division.select()}
        for unit, division, name, id_number, seeded in rows:
            writing.insert(
                models.Person,
                unit=units[unit],
                division=divisions[division],
                name=name,
                id_number=id_number or None,
                seeded=seeded,
            )


def add_history(store: Store, *rows: tuple[str, str, str, int]) -> None:
    """rows: ID number, name, unit, year."""
    with store.write("test", "test.history") as writing:
        for id_number, name, unit, year in rows:
            writing.insert(models.PastEntry, id_number=id_number, name=name, unit_name=unit, year=year)


@pytest.fixture
def pooled(store: Store) -> Store:
    """Four staff in each of units 甲 and 乙 for A, two in 丙 for B."""
    save_plan(store, "test", plan())
    add_people(
        store,
        *(("甲医院", "A", f"甲{n}", f"1{n}", False) for n in range(4)),
        *(("乙医院", "A", f"乙{n}", f"2{n}", False) for n in range(4)),
        *(("丙医院", "B", f"丙{n}", "", False) for n in range(2)),
    )
    return store


def select(store: Store) -> int:
    draw_id = actions.freeze(store, "李敏", "selection")
    actions.draw(store, "李敏", draw_id, SEED, WITNESSES)
    return draw_id


def number(store: Store) -> int:
    draw_id = actions.freeze(store, "李敏", "numbers")
    actions.draw(store, "李敏", draw_id, SEED, WITNESSES)
    return draw_id


def of(store: Store, division: str) -> list[EntrantRow]:
    return entrants(store, division, with_sums=True)


def test_selection_makes_people_teams_and_units_totals(pooled):
    select(pooled)
    assert [row.unit for row in of(pooled, "A")] == ["甲医院", "甲医院", "乙医院", "乙医院"]
    assert [row.name for row in of(pooled, "T")] == ["甲医院1队", "甲医院2队", "乙医院1队", "乙医院2队"]
    assert [row.name for row in of(pooled, "S")] == ["丙医院"]
    assert len(of(pooled, "B")) == 1
    everyone = entrants(pooled, with_sums=True)
    assert len({row.token for row in everyone}) == len(everyone) == 10
    assert all(row.number is None and row.state == "expected" for row in everyone)


def test_the_record_matches_the_entrants_and_redoes_itself(pooled):
    draw_id = select(pooled)
    record = queries.record(pooled, draw_id)
    assert verify_record(record) == []
    assert record["event"] == "大比武"
    assert record["witnesses"] == WITNESSES
    assert record["quotas"] == {"A": 2, "B": 1}
    selected = {entry["id"] for entry in record["result"]}
    names = {entry["name"] for entry in record["pool"] if entry["id"] in selected}
    assert names == {row.name for row in entrants(pooled) if row.person_id}


def test_a_lone_team_has_the_name_of_its_unit(store):
    save_plan(store, "test", Plan(INFO, (DIVISIONS[0], Division("T", "一类", "急救团体", "team", 1)), UNITS[:2]))
    add_people(store, ("甲医院", "A", "甲", "1", False))
    select(store)
    assert [row.name for row in of(store, "T")] == ["甲医院", "乙医院"]


def test_an_event_of_teams_alone_needs_no_staff(store):
    save_plan(store, "test", Plan(INFO, (DIVISIONS[2],), UNITS[:2]))
    select(store)
    assert len(entrants(store)) == 4


def test_tokens_that_repeat_are_drawn_again(store, monkeypatch):
    save_plan(store, "test", plan())
    add_people(store, ("甲医院", "A", "甲", "1", False))
    same = iter([b"\1" * 8, b"\1" * 8])
    fresh = store.entropy
    monkeypatch.setattr(store, "entropy", lambda n: next(same, None) or fresh(n))
    select(store)
    assert len(entrants(store, with_sums=True)) == 6


def test_numbers_count_within_each_division_in_the_order_drawn(pooled):
    select(pooled)
    number(pooled)
    assert [row.number for row in of(pooled, "A")] == ["A-01", "A-02", "A-03", "A-04"]
    assert [row.draw_order for row in of(pooled, "T")] == [1, 2, 3, 4]
    assert [row.number for row in of(pooled, "S")] == [None]


def test_a_numbers_record_gives_each_entrant_its_number(pooled):
    select(pooled)
    record = queries.record(pooled, number(pooled))
    assert verify_record(record) == []
    unit_of = {entry["id"]: entry["unit"] for entry in record["pool"]}
    drawn = {entry["number"]: unit_of[entry["id"]] for entry in record["result"]}
    assert drawn == {row.number: row.unit for row in entrants(pooled)}


def test_people_of_earlier_years_are_spared_while_others_of_their_unit_remain(pooled):
    add_history(
        pooled, ("10", "x", "x", 2018), ("11", "x", "x", 2022), ("", "乙0", "乙医院", 2020), ("", "丙0", "丙医院", 2021)
    )
    select(pooled)
    names = {row.name for row in entrants(pooled)}
    assert {"甲2", "甲3", "丙1"} <= names
    assert not names & {"甲0", "甲1", "乙0", "丙0"}


@pytest.mark.parametrize(
    ("history", "spared"),
    [
        (("10", "甲0", "甲医院", 2018), True),
        (("10", "甲0", "甲医院", 2017), False),
        (("10", "甲0", "甲医院", 2023), False),
        (("99", "甲0", "甲医院", 2020), False),
        (("99", "丙0", "丙医院", 2020), True),
        (("", "甲0", "甲医院", 2020), True),
        (("", "甲0", "乙医院", 2020), False),
    ],
)
def test_who_counts_as_having_competed(pooled, history, spared):
    add_history(pooled, history)
    marks = [member.candidate.id.mark for member in queries.pool_of(pooled, "selection")]
    assert marks.count("H") == int(spared)


@pytest.mark.parametrize("info", [EventInfo("e", date="2023-11-18"), EventInfo("e", coverage_years=5)])
def test_without_years_or_a_date_nobody_is_spared(store, info):
    save_plan(store, "test", plan(info))
    add_people(store, ("甲医院", "A", "甲", "1", False))
    add_history(store, ("1", "甲", "甲医院", 2022))
    assert [str(member.candidate.id) for member in queries.pool_of(store, "selection")] == ["A-01-0001"]


def test_seeded_people_compete_without_a_draw(pooled):
    add_people(pooled, ("甲医院", "A", "甲9", "19", True))
    add_history(pooled, ("19", "甲9", "甲医院", 2022))
    record = queries.record(pooled, select(pooled))
    assert "甲9" in {row.name for row in entrants(pooled)}
    assert record["result"][0] == {"id": "A-01-0011S", "selected": True, "seeded": True}


def test_more_seeded_than_places_is_refused_with_the_unit(pooled):
    add_people(pooled, *(("丙医院", "B", f"丙{n}", f"3{n}", True) for n in (7, 8)))
    with pytest.raises(NotAllowed) as caught:
        actions.freeze(pooled, "李敏", "selection")
    assert caught.value.where.startswith("丙医院, division B: 2 compete without a draw")


def test_a_blind_event_publishes_no_names(store):
    save_plan(store, "test", plan(EventInfo("e", blind=True)))
    add_people(store, ("甲医院", "A", "王芳", "1", False))
    draws = [queries.record(store, select(store)), queries.record(store, number(store))]
    assert "王芳" not in str(draws)


def test_coverage_counts_those_of_earlier_years_and_the_newly_selected(pooled):
    add_history(pooled, ("10", "甲0", "甲医院", 2022))
    select(pooled)
    rows = coverage(pooled)
    assert [(row.unit, row.staff, row.before, row.selected, row.covered) for row in rows] == [
        ("甲医院", 4, 1, 2, 3),
        ("乙医院", 4, 0, 2, 2),
        ("丙医院", 2, 0, 1, 1),
    ]


def test_nothing_to_draw_from(store):
    save_plan(store, "test", plan())
    with pytest.raises(NotAllowed):
        actions.freeze(store, "李敏", "selection")
    with pytest.raises(NotAllowed):
        actions.freeze(store, "李敏", "numbers")
    assert queries.draws(store) == []


def test_one_draw_of_a_kind_stands_at_a_time(pooled):
    actions.freeze(pooled, "李敏", "selection")
    with pytest.raises(NotAllowed):
        actions.freeze(pooled, "李敏", "selection")


def test_a_list_too_long_for_the_method_is_refused(pooled, monkeypatch):
    monkeypatch.setattr(draw, "MAX_POOL", 9)
    with pytest.raises(NotAllowed):
        actions.freeze(pooled, "李敏", "selection")


def test_a_changed_pool_is_not_drawn_and_the_difference_is_named(pooled):
    draw_id = actions.freeze(pooled, "李敏", "selection")
    add_people(pooled, *(("甲医院", "A", f"新{n}", "", False) for n in range(5)))
    with pooled.write("test", "test.change") as writing:
        writing.delete(models.Person.get(models.Person.name == "乙0"))
        writing.update(models.Person.get(models.Person.name == "乙1"), name="乙一")
        writing.update(models.Division.get(models.Division.code == "B"), quota=2)
    with pytest.raises(NotAllowed) as caught:
        actions.draw(pooled, "李敏", draw_id, SEED, WITNESSES)
    assert caught.value.where.splitlines() == [
        "Added: A-01-0011, A-01-0012, A-01-0013 and 2 more",
        "Removed: A-02-0005",
        "Changed: A-02-0006",
        "The quotas are not the same.",
    ]
    assert entrants(pooled) == []


def test_a_list_in_another_order_is_a_changed_list(store):
    divisions = (DIVISIONS[0], Division("C", "一类", "医疗组", "individual", 1))
    save_plan(store, "test", Plan(INFO, divisions, UNITS[:2]))
    add_people(store, ("甲医院", "A", "甲", "1", False), ("甲医院", "C", "丁", "2", False))
    draw_id = actions.freeze(store, "李敏", "selection")
    with store.write("test", "test.change") as writing:
        writing.update(models.Division.get(models.Division.code == "A"), position=99)
    with pytest.raises(NotAllowed) as caught:
        actions.draw(store, "李敏", draw_id, SEED, WITNESSES)
    assert caught.value.where == "Changed: A-01-0001, C-01-0002"


@pytest.mark.parametrize(
    ("parts", "witnesses"),
    [
        (["1"], WITNESSES),
        (["1", " "], WITNESSES),
        (["1/2", "3"], WITNESSES),
        (SEED, ["甲"]),
        (SEED, ["甲", " "]),
        (SEED, ["甲", "甲 "]),
        (SEED, ["王芳", "王 芳"]),
    ],
)
def test_a_draw_needs_two_parts_and_two_witnesses(pooled, parts, witnesses):
    draw_id = actions.freeze(pooled, "李敏", "selection")
    with pytest.raises(InvalidInput):
        actions.draw(pooled, "李敏", draw_id, parts, witnesses)
    assert queries.current(pooled, "selection").state == "frozen"


def test_a_draw_is_drawn_once(pooled):
    draw_id = select(pooled)
    with pytest.raises(NotAllowed):
        actions.draw(pooled, "李敏", draw_id, SEED, WITNESSES)
    with pytest.raises(NotFound):
        actions.draw(pooled, "李敏", 99, SEED, WITNESSES)
    with pytest.raises(NotFound):
        queries.record(pooled, 99)


def test_a_void_draw_stays_with_its_reason_and_its_entrants_go(pooled):
    draw_id = select(pooled)
    actions.void(pooled, "李敏", draw_id, " 名单漏了一人 ")
    assert entrants(pooled, with_sums=True) == []
    (row,) = queries.draws(pooled)
    assert (row.state, row.void_reason) == ("void", "名单漏了一人")
    assert queries.record(pooled, draw_id)["void"]["reason"] == "名单漏了一人"
    assert queries.current(pooled, "selection") is None
    select(pooled)
    assert [row.state for row in queries.draws(pooled)] == ["void", "drawn"]


def test_void_numbers_are_taken_back(pooled):
    select(pooled)
    actions.void(pooled, "李敏", number(pooled), "重抽")
    assert {(row.number, row.draw_order) for row in entrants(pooled)} == {(None, None)}
    number(pooled)


def test_a_frozen_list_can_be_voided(pooled):
    draw_id = actions.freeze(pooled, "李敏", "selection")
    actions.void(pooled, "李敏", draw_id, "补报一人")
    with pytest.raises(NotAllowed):
        actions.void(pooled, "李敏", draw_id, "再次")
    with pytest.raises(NotFound):
        actions.void(pooled, "李敏", 99, "再次")


def test_voiding_needs_a_reason(pooled):
    draw_id = actions.freeze(pooled, "李敏", "selection")
    with pytest.raises(InvalidInput):
        actions.void(pooled, "李敏", draw_id, "  ")


def test_a_selection_is_not_voided_under_its_numbers(pooled):
    draw_id = select(pooled)
    number(pooled)
    with pytest.raises(NotAllowed):
        actions.void(pooled, "李敏", draw_id, "重抽")


def add_visit(store: Store) -> int:
    with store.write("test", "test.visit") as writing:
        sheet = writing.insert(models.Sheet, code="S1", name="表", position=0)
        station = writing.insert(
            models.Station,
            code="S1",
            name="站",
            sheet=sheet,
            entry="individual",
            minutes=5,
            changeover=1,
            lanes=1,
            judges=1,
            combine="mean",
            position=0,
        )
        return writing.insert(models.Visit, entrant=models.Entrant.select().first().id, station=station)


def test_a_selection_is_not_voided_once_it_is_scheduled(pooled):
    draw_id = select(pooled)
    add_visit(pooled)
    with pytest.raises(NotAllowed):
        actions.void(pooled, "李敏", draw_id, "重抽")
    assert entrants(pooled)


def test_nothing_is_voided_once_a_mark_is_in(pooled):
    select(pooled)
    draw_id = number(pooled)
    visit = add_visit(pooled)
    with pooled.write("test", "test.mark") as writing:
        writing.insert(
            models.Mark, visit=visit, seat=1, version=1, latest=True, values={}, total_milli=1, actor="a", at="t"
        )
    with pytest.raises(NotAllowed):
        actions.void(pooled, "李敏", draw_id, "重抽")


def test_every_step_is_in_the_audit_log(pooled):
    actions.void(pooled, "李敏", select(pooled), "重抽")
    with pooled.read():
        rows = list(models.Audit.select().order_by(models.Audit.id.desc()).limit(3))
    assert [(row.action, row.actor) for row in rows] == [
        ("draws.void", "李敏"),
        ("draws.draw", "李敏"),
        ("draws.freeze_selection", "李敏"),
    ]


def test_lines_say_what_became_of_each_entry_of_the_list(pooled):
    add_people(pooled, ("甲医院", "A", "甲9", "19", True))
    add_history(pooled, ("10", "x", "x", 2022))
    draw_id = actions.freeze(pooled, "李敏", "selection")
    before = queries.lines(queries.record(pooled, draw_id))
    assert {(line.step, line.fate, line.outcome) for line in before} == {(None, "", "")}
    actions.draw(pooled, "李敏", draw_id, SEED, WITNESSES)
    lines = {line.name: line for line in queries.lines(queries.record(pooled, draw_id))}
    assert (lines["甲9"].fate, lines["甲9"].outcome) == ("seeded", "Competes without a draw")
    assert lines["甲0"].fate in {"history", "quota"}
    assert sorted(line.step for line in lines.values()) == list(range(11))
    numbered = queries.lines(queries.record(pooled, number(pooled)))
    assert {line.outcome for line in numbered} == {row.number for row in entrants(pooled)}
