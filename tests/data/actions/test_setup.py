"""Saving a plan: what stands afterwards, what an unchanged plan writes, and what people and marks forbid."""

from dataclasses import replace

import pytest

from data import audit, models
from data.actions.setup import save_plan
from data.errors import InvalidInput, NotAllowed
from data.exchange.plan_workbook import read_plan
from data.queries.plan import current_plan, event_code, is_set_up
from data.queries.plan_state import has_begun
from data.queries.templates import templates
from data.rules.plan import Break, Component, Division, Honour, Item, Judge, Plan, Session, Sheet, Station, Unit, Walk
from data.store import Store
from tests.data import choice_contest
from tests.data.rules.small_plan import SMALL, added, changed, item_changed


def bare(plan: Plan) -> Plan:
    """The plan without the ids of its rows."""

    def cut(rows):
        return tuple(replace(row, id=None) for row in rows)

    return replace(
        plan,
        divisions=cut(plan.divisions),
        units=cut(plan.units),
        stations=cut(plan.stations),
        components=cut(plan.components),
        awards=cut(plan.awards),
        judges=cut(plan.judges),
        breaks=cut(plan.breaks),
        sheets=tuple(replace(sheet, id=None, items=cut(sheet.items)) for sheet in plan.sheets),
        sessions=cut(plan.sessions),
        walks=cut(plan.walks),
        honours=cut(plan.honours),
    )


FULL = replace(
    SMALL,
    info=replace(
        SMALL.info,
        rotation="bell",
        walk_minutes=2,
        rest_minutes=3,
        most_stay_minutes=90,
        keep_order="every",
        stand_ins=True,
        low_milli=20_000,
        high_milli=99_000,
        verify="sample",
        verify_percent=5,
        verify_top=6,
        appeal_minutes=30,
    ),
    divisions=(replace(SMALL.divisions[0], session="上午"), *SMALL.divisions[1:]),
    units=(replace(SMALL.units[0], arrives_minute=540, leaves_minute=900), SMALL.units[1]),
    stations=(replace(SMALL.stations[0], opens_minute=520, closes_minute=1000), SMALL.stations[1]),
    judges=(*SMALL.judges[:2], Judge("候补甲", "中医院", "S1", 0, 1, False, reserve=True), *SMALL.judges[2:]),
    breaks=(*SMALL.breaks, Break("裁判休息", 900, 910, station="S1", lane=2), Break("检修", 600, 605, station="T1")),
    sessions=(Session("上午", 510, 720),),
    walks=(Walk("S1", "T1", 5),),
    awards=(replace(SMALL.awards[0], least_milli=80_000), *SMALL.awards[1:]),
    honours=(Honour("优秀组织奖", "unit", "attendance"), Honour("先进个人", "person", "awards", 1)),
)


@pytest.fixture
def small(store: Store) -> Store:
    """An event file with the small plan."""
    save_plan(store, "李敏", SMALL)
    return store


def with_one(plan: Plan, table: str, place: int, **values) -> Plan:
    rows = list(getattr(plan, table))
    rows[place] = replace(rows[place], **values)
    return replace(plan, **{table: tuple(rows)})


def log_length(store: Store) -> int:
    with store.read():
        return models.Audit.select().count()


def add_entrant(store: Store, *, number: str | None = "N-01", division: str = "N") -> int:
    with store.write("李敏", "test.entrant") as writing:
        row = models.Division.get(models.Division.code == division)
        person = writing.insert(models.Person, unit=1, division=row.id, name="张三")
        return writing.insert(
            models.Entrant, division=row.id, unit=1, person=person, name="张三", token=f"T{person}", number=number
        )


def add_visit(store: Store, entrant: int, station: str = "S1", *, marked: bool = True, **values) -> int:
    with store.write("李敏", "test.visit") as writing:
        row = models.Station.get(models.Station.code == station)
        visit = writing.insert(models.Visit, entrant=entrant, station=row.id, **values)
        table = writing.insert(models.Timetable, number=1, made_at=writing.at, finish_minute=600, bound_minute=600)
        writing.insert(models.Slot, timetable=table, visit=visit, lane=1, starts_minute=500, ends_minute=512)
        if marked:
            mark = {"visit": visit, "seat": 1, "version": 1, "latest": True, "values": {}, "total_milli": 0}
            writing.insert(models.Mark, **mark, actor="李敏", at=writing.at)
        return visit


def test_a_new_event_gets_the_plan_and_a_code(store: Store):
    assert not is_set_up(store)
    save_plan(store, "李敏", SMALL)
    assert bare(current_plan(store)) == SMALL
    code = event_code(store)
    assert len(code) == 4
    assert set(code) <= set("0123456789ABCDEFGHJKMNPQRSTVWXYZ")


@pytest.mark.parametrize("template", templates(), ids=lambda template: template.key)
def test_every_template_is_read_without_findings_and_saved_as_it_is(store: Store, template):
    reading = read_plan(template.path)
    assert reading.findings == ()
    assert template.title
    save_plan(store, "李敏", reading.plan)
    assert bare(current_plan(store)) == reading.plan


def test_saving_an_unchanged_plan_writes_nothing(small: Store):
    before = log_length(small)
    save_plan(small, "李敏", SMALL)
    save_plan(small, "李敏", current_plan(small))
    assert log_length(small) == before


def test_the_settings_of_the_timetable_are_kept_and_taken_back(small: Store):
    save_plan(small, "李敏", FULL)
    assert bare(current_plan(small)) == FULL
    before = log_length(small)
    save_plan(small, "李敏", current_plan(small))
    save_plan(small, "李敏", FULL)
    assert log_length(small) == before
    save_plan(small, "李敏", SMALL)
    assert bare(current_plan(small)) == SMALL


def test_an_honour_that_was_given_by_hand_stays(small: Store):
    save_plan(small, "李敏", FULL)
    with small.write("李敏", "test.give") as writing:
        who = {"reason": "组织得力", "actor": "李敏", "at": writing.at}
        writing.insert(models.HonourGiven, honour=1, unit=1, **who)
    with pytest.raises(NotAllowed, match="优秀组织奖"):
        save_plan(small, "李敏", SMALL)
    assert bare(current_plan(small)) == FULL
    save_plan(small, "李敏", with_one(FULL, "honours", 0, basis="hand"))


def test_a_session_may_be_renamed(small: Store):
    save_plan(small, "李敏", FULL)
    plan = current_plan(small)
    renamed = with_one(with_one(plan, "sessions", 0, name="早场"), "divisions", 0, session="早场")
    save_plan(small, "李敏", renamed)
    assert current_plan(small) == renamed


def test_breaks_of_one_name_stay_the_rows_of_their_lanes(small: Store):
    breaks = tuple(Break("裁判休息", 600 + 20 * lane, 610 + 20 * lane, station="S1", lane=lane) for lane in (1, 2))
    save_plan(small, "李敏", replace(SMALL, breaks=breaks))
    second = current_plan(small).breaks[1].id
    save_plan(small, "李敏", replace(SMALL, breaks=breaks[1:]))
    assert [pause.id for pause in current_plan(small).breaks] == [second]


def test_a_station_that_goes_takes_its_closed_lanes_with_it(small: Store):
    with small.write("李敏", "test.close") as writing:
        for code in ("S1", "T1"):
            row = models.Station.get(models.Station.code == code)
            writing.insert(models.LaneClosure, station=row.id, lane=1, starts_minute=600, reason="停电")
    save_plan(
        small,
        "李敏",
        replace(
            SMALL,
            divisions=SMALL.divisions[:2],
            stations=SMALL.stations[:1],
            components=SMALL.components[:3],
            awards=SMALL.awards[:3],
            judges=SMALL.judges[:2],
        ),
    )
    with small.read():
        assert [row.station.code for row in models.LaneClosure.select()] == ["S1"]


def test_the_code_stays_when_the_event_changes(small: Store):
    code = event_code(small)
    save_plan(small, "李敏", replace(SMALL, info=replace(SMALL.info, name="另一个名称")))
    assert event_code(small) == code
    assert current_plan(small).info.name == "另一个名称"


def test_a_plan_with_errors_is_refused_and_each_is_named(small: Store):
    before = log_length(small)
    with pytest.raises(InvalidInput) as raised:
        save_plan(small, "李敏", changed("components", 1, weight_milli=60_000))
    assert "成绩构成, row 2, column 权重: The weights of the division N add up to 90, not to 100." in raised.value.where
    assert log_length(small) == before


def test_many_errors_are_counted(small: Store):
    units = tuple(Unit(f"第{n}医院", "", "外县") for n in range(14))
    with pytest.raises(InvalidInput) as raised:
        save_plan(small, "李敏", replace(SMALL, units=units))
    assert raised.value.where.splitlines()[10:] == ["… and 4 more"]


def test_rows_keep_their_identity_when_they_are_renamed(small: Store):
    plan = current_plan(small)
    renamed = with_one(plan, "units", 0, name="县第一医院")
    save_plan(small, "李敏", renamed)
    assert current_plan(small) == renamed


@pytest.mark.parametrize("table", ["units", "divisions", "stations", "sheets"])
def test_names_may_change_places(small: Store, table: str):
    plan = current_plan(small)
    field = "name" if table == "units" else "code"
    one, other = getattr(plan, table)[0], getattr(plan, table)[-1]
    swapped = with_one(plan, table, 0, **{field: getattr(other, field)})
    swapped = with_one(swapped, table, len(getattr(plan, table)) - 1, **{field: getattr(one, field)})
    names = {getattr(one, field): getattr(other, field), getattr(other, field): getattr(one, field)}
    swapped = replace(
        swapped,
        stations=tuple(
            replace(
                station,
                sheet=names.get(station.sheet, station.sheet),
                divisions=tuple(names.get(code, code) for code in station.divisions),
            )
            for station in swapped.stations
        ),
        components=tuple(
            replace(
                row,
                division=names.get(row.division, row.division),
                source=names.get(row.source, row.source.replace("N:", f"{names.get('N', 'N')}:")),
            )
            for row in swapped.components
        ),
        awards=tuple(replace(row, division=names.get(row.division, row.division)) for row in swapped.awards),
        judges=tuple(replace(row, station=names.get(row.station, row.station)) for row in swapped.judges),
    )
    save_plan(small, "李敏", swapped)
    now = current_plan(small)
    assert getattr(now, table) == getattr(swapped, table)
    assert sorted(now.components, key=lambda row: row.id) == sorted(swapped.components, key=lambda row: row.id)
    with small.read():
        assert audit.verify() == []


def test_a_new_row_may_take_the_name_of_one_that_goes(small: Store):
    plan = current_plan(small)
    kept = replace(plan.units[1], name=plan.units[0].name)
    save_plan(small, "李敏", replace(plan, units=(kept,)))
    assert current_plan(small).units == (kept,)


def test_a_workbook_matches_by_name_and_changes_only_what_differs(small: Store):
    ids = {unit.name: unit.id for unit in current_plan(small).units}
    reversed_units = replace(SMALL, units=tuple(reversed(SMALL.units)))
    save_plan(small, "李敏", reversed_units)
    now = current_plan(small)
    assert bare(now) == reversed_units
    assert {unit.name: unit.id for unit in now.units} == ids


def test_everything_can_be_replaced_before_anyone_competes(small: Store):
    gaoan = read_plan(templates()[0].path).plan
    save_plan(small, "李敏", gaoan)
    assert bare(current_plan(small)) == gaoan
    save_plan(small, "李敏", SMALL)
    assert bare(current_plan(small)) == SMALL
    with small.read():
        assert audit.verify() == []


def test_optional_stations_are_stored_as_rows_and_read_back(store: Store):
    wanted = choice_contest.plan()
    save_plan(store, "李敏", wanted)
    sources = [component.source for component in current_plan(store).components]
    assert sources == ["S1", "S2/S3/S4:1", "理论", "S2", "S3/S4/S5:2", "T1/T2:1", "E:2"]
    before = log_length(store)
    save_plan(store, "李敏", wanted)
    save_plan(store, "李敏", current_plan(store))
    assert log_length(store) == before


def test_a_choice_changes_and_goes(store: Store):
    save_plan(store, "李敏", choice_contest.plan())
    save_plan(store, "李敏", with_one(current_plan(store), "components", 1, source="S4/S2:1"))
    assert current_plan(store).components[1].source == "S4/S2:1"
    save_plan(store, "李敏", with_one(current_plan(store), "components", 1, source="S3"))
    assert current_plan(store).components[1].source == "S3"
    with store.read():
        assert models.ComponentStation.select().count() == 3 + 2


def test_a_new_choice_may_take_the_name_of_one_that_goes(store: Store):
    save_plan(store, "李敏", choice_contest.plan())
    parts = list(current_plan(store).components)
    parts[0] = replace(parts[0], name="技能抽考", source="S2/S3/S4:2")
    parts[1] = replace(parts[1], id=None, name="心肺复苏", source="S1")
    save_plan(store, "李敏", replace(current_plan(store), components=tuple(parts)))
    assert [(part.name, part.source) for part in current_plan(store).components[:2]] == [
        ("技能抽考", "S2/S3/S4:2"),
        ("心肺复苏", "S1"),
    ]


def test_a_sum_follows_its_division(small: Store):
    plan = replace(
        SMALL,
        divisions=(*SMALL.divisions, Division("M", "全县", "医技组", "individual", 3)),
        components=(
            *SMALL.components[:2],
            Component("NT", "前三名合计", "M:2", 100_000),
            SMALL.components[3],
            Component("M", "理论", "理论", 100_000),
        ),
    )
    plan = replace(plan, divisions=(plan.divisions[0], replace(plan.divisions[1], tie_rule=""), *plan.divisions[2:]))
    save_plan(small, "李敏", plan)
    assert bare(current_plan(small)) == plan


def test_a_change_after_the_draw_needs_a_reason(small: Store):
    assert not has_begun(small)
    with small.write("李敏", "test.draw") as writing:
        writing.insert(models.Draw, kind="selection", state="frozen", record={}, frozen_at=writing.at)
    assert has_begun(small)
    plan = with_one(current_plan(small), "breaks", 0, ends_minute=800)
    with pytest.raises(InvalidInput, match="needs a reason"):
        save_plan(small, "李敏", plan, "  ")
    assert current_plan(small) != plan
    save_plan(small, "李敏", plan, "午休缩短")
    assert current_plan(small) == plan
    with small.read():
        assert models.Audit.select().order_by(models.Audit.id.desc()).first().reason == "午休缩短"


def test_an_unchanged_plan_needs_no_reason(small: Store):
    add_entrant(small)
    before = log_length(small)
    save_plan(small, "李敏", current_plan(small))
    assert log_length(small) == before


def test_a_void_draw_begins_nothing(small: Store):
    with small.write("李敏", "test.draw") as writing:
        writing.insert(models.Draw, kind="selection", state="void", record={}, frozen_at=writing.at)
    assert not has_begun(small)


def without(plan: Plan, table: str, place: int) -> Plan:
    rows = getattr(plan, table)
    return replace(plan, **{table: (*rows[:place], *rows[place + 1 :])})


def refuse(store: Store, plan: Plan, words: str) -> None:
    before = log_length(store)
    with pytest.raises(NotAllowed, match=words) as raised:
        save_plan(store, "李敏", plan, "改方案")
    assert raised.value.todo
    assert log_length(store) == before


def test_a_unit_with_people_stays(small: Store):
    add_entrant(small)
    plan = current_plan(small)
    refuse(small, without(plan, "units", 0), "unit 县医院 has people")
    save_plan(small, "李敏", without(plan, "units", 1), "减少单位")


def test_a_unit_with_people_stays_in_its_category(small: Store):
    save_plan(small, "李敏", added("divisions", Division("M", "外县", "护理组", "individual", 1)))
    add_entrant(small)
    plan = current_plan(small)
    refuse(small, with_one(plan, "units", 0, category="外县"), "县医院 has people in divisions of 全县")
    save_plan(small, "李敏", with_one(plan, "units", 1, category="外县"), "改类别")


def test_a_division_with_people_stays_as_it_is(small: Store):
    with small.write("李敏", "test.person") as writing:
        writing.insert(models.Person, unit=1, division=3, name="张三")
    plan = current_plan(small)
    gone = replace(
        plan,
        divisions=plan.divisions[:2],
        stations=plan.stations[:1],
        components=plan.components[:3],
        awards=plan.awards[:3],
        judges=plan.judges[:2],
    )
    refuse(small, gone, "division T has people")
    individual = with_one(plan, "divisions", 2, entry="individual")
    individual = with_one(individual, "stations", 1, entry="individual")
    individual = with_one(individual, "awards", 3, scope="individual")
    refuse(small, individual, "its category and way of entry stay")
    save_plan(small, "李敏", with_one(plan, "divisions", 2, quota=2))


def test_a_drawn_division_keeps_code_and_quota(small: Store):
    add_entrant(small)
    plan = current_plan(small)
    refuse(small, with_one(plan, "divisions", 0, quota=4), "its code and quota stay")
    save_plan(small, "李敏", with_one(plan, "divisions", 0, tie_rule="理论"), "改同分规则")


def test_a_station_with_marks_stays_as_it_is(small: Store):
    add_visit(small, add_entrant(small))
    plan = current_plan(small)
    without_s1 = replace(
        plan,
        divisions=(replace(plan.divisions[0], tie_rule=""), replace(plan.divisions[1], tie_rule=""), plan.divisions[2]),
        stations=plan.stations[1:],
        components=(replace(plan.components[0], weight_milli=100_000), *plan.components[2:]),
        judges=plan.judges[2:],
    )
    refuse(small, without_s1, "station S1 has marks, so it stays")
    fewer = replace(with_one(plan, "stations", 0, judges=2), judges=())
    refuse(small, fewer, "number of judges")
    refuse(small, with_one(plan, "stations", 0, sheet="CPR"), "its mark sheet stays")
    longer = with_one(plan, "stations", 0, minutes=15)
    save_plan(small, "李敏", longer, "延长时间")
    assert current_plan(small) == longer


def test_a_marked_sheet_keeps_its_points_but_not_its_words(small: Store):
    add_visit(small, add_entrant(small))
    refuse(small, item_changed(full_milli=50_000), "points and the marking of item 1 stay")
    first = SMALL.sheets[0]
    more = changed("sheets", 0, items=(*first.items, Item(3, "", "拔针", 5_000, "points")))
    refuse(small, more, "item 3")
    save_plan(small, "李敏", item_changed(text="着装整洁"), "改文字")
    save_plan(small, "李敏", with_one(current_plan(small), "sheets", 0, name="密闭式静脉输液"), "改名称")
    assert current_plan(small).sheets[0].name == "密闭式静脉输液"


def test_a_marked_sheet_may_change_its_code(small: Store):
    add_visit(small, add_entrant(small))
    plan = current_plan(small)
    renamed = with_one(with_one(plan, "sheets", 0, code="IV-2024"), "stations", 0, sheet="IV-2024")
    save_plan(small, "李敏", renamed, "改代码")
    assert current_plan(small) == renamed


@pytest.fixture
def two_at_s1(small: Store) -> Store:
    """The small plan with a division M beside N at the station S1."""
    plan = replace(
        changed("stations", 0, divisions=("N", "M")),
        divisions=(*SMALL.divisions, Division("M", "全县", "医技组", "individual", 1)),
        components=(*SMALL.components, Component("M", "静脉输液", "S1", 100_000)),
    )
    save_plan(small, "李敏", plan)
    return small


def leaves_s1(plan: Plan) -> Plan:
    return with_one(with_one(plan, "stations", 0, divisions=("N",)), "components", 4, source="理论")


@pytest.mark.parametrize(
    "entered", [{"marked": True}, {"state": "absent"}, {"penalty_milli": 1000}, {"seconds_milli": 0}]
)
def test_a_division_with_anything_entered_stays_at_its_station(two_at_s1: Store, entered: dict):
    add_visit(two_at_s1, add_entrant(two_at_s1, division="M"), **{"marked": False, **entered})
    refuse(two_at_s1, leaves_s1(current_plan(two_at_s1)), "张三 has marks at the station S1")


def test_a_division_that_has_begun_stays_at_its_station(two_at_s1: Store):
    visit = add_visit(two_at_s1, add_entrant(two_at_s1, division="M"), marked=False, started_at="2024-05-08T01:00:00Z")
    refuse(two_at_s1, leaves_s1(current_plan(two_at_s1)), "张三 has begun at the station S1")
    with two_at_s1.write("李敏", "test.undo") as writing:
        writing.update(models.Visit.get_by_id(visit), started_at=None)
        incident = writing.insert(models.Incident, visit=visit, text="停电", actor="李敏", at=writing.at)
    refuse(two_at_s1, leaves_s1(current_plan(two_at_s1)), "so the station stays with this division")
    with two_at_s1.write("李敏", "test.undo") as writing:
        writing.delete(models.Incident.get_by_id(incident))
    save_plan(two_at_s1, "李敏", leaves_s1(current_plan(two_at_s1)), "改考站")


def test_visits_that_no_station_serves_any_more_leave_the_timetable(two_at_s1: Store):
    add_visit(two_at_s1, add_entrant(two_at_s1, division="M"), marked=False)
    with two_at_s1.write("李敏", "test.entrant") as writing:
        other = writing.insert(models.Entrant, division=1, unit=1, name="李四", token="X")
        kept = writing.insert(models.Visit, entrant=other, station=1)
    save_plan(two_at_s1, "李敏", leaves_s1(current_plan(two_at_s1)), "医技组只考理论")
    with two_at_s1.read():
        assert [visit.id for visit in models.Visit.select()] == [kept]
        assert models.Slot.select().count() == 0


def test_an_unmarked_station_can_go_with_its_visits(small: Store):
    add_visit(small, add_entrant(small), marked=False)
    plan = current_plan(small)
    sheets = (*plan.sheets, Sheet("NEW", "新表", (Item(1, "", "评分", 100_000, "points"),)))
    station = Station("S9", "静脉输液", "NEW", "individual", 10, 2, 1, 1, "mean", ("N",))
    other = replace(
        plan,
        sheets=sheets,
        stations=(station, plan.stations[1]),
        components=(plan.components[0], replace(plan.components[1], source="S9"), *plan.components[2:]),
        judges=(replace(plan.judges[0], station="S9"), *plan.judges[2:]),
    )
    save_plan(small, "李敏", other, "换考站")
    assert bare(current_plan(small)) == bare(other)
