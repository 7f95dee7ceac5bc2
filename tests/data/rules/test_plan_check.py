"""Every fault of a plan is found where it is, and a good plan has none."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.queries.plan_findings import place, sentence
from data.rules.plan import (
    AwardLevel,
    Break,
    Component,
    Division,
    EventInfo,
    Honour,
    Judge,
    Plan,
    Session,
    Sheet,
    Unit,
    Walk,
)
from data.rules.plan_check import check_plan
from data.rules.plan_layout import layout
from data.rules.programme import sum_source
from tests.data.rules.small_plan import SMALL, added, changed, item_changed


def info(**values) -> Plan:
    return replace(SMALL, info=replace(SMALL.info, **values))


def found(plan: Plan) -> list[tuple[str, str, int, str, str]]:
    return [(f.code, f.sheet, f.row, f.column, f.severity) for f in check_plan(plan)]


def test_a_plan_without_fault_has_no_findings():
    assert found(SMALL) == []


def choice(source: str) -> Plan:
    """The small plan with three stations for the nurses, of which the second component draws some."""
    more = tuple(replace(SMALL.stations[0], code=code, name=code) for code in ("S2", "S3"))
    judges = tuple(Judge(f"裁判{n}", "", code, n % 2 + 1, 1, False) for n, code in enumerate(("S2", "S2", "S3", "S3")))
    parts = (replace(SMALL.components[0], weight_milli=20_000), Component("N", "抽考", source, 10_000))
    return replace(
        SMALL,
        stations=(*SMALL.stations, *more),
        judges=(*SMALL.judges, *judges),
        components=(*parts, *SMALL.components[1:]),
    )


def test_a_choice_of_stations_has_no_findings():
    for source in ("S2/S3", "S2/S3:1"):
        assert found(choice(source)) == []
    assert found(replace(choice("S2/S3"), components=SMALL.components)) == [
        ("not_counted", "考站", row, "适用组别", "warning") for row in (4, 5)
    ]


def test_a_choice_decides_ties_by_its_name():
    plan = choice("S2/S3")
    divisions = (replace(SMALL.divisions[0], tie_rule="抽考;静脉输液"), *SMALL.divisions[1:])
    assert found(replace(plan, divisions=divisions)) == []


def reserve(**values) -> Plan:
    """The small plan with a reserve judge who may step in."""
    judge = replace(Judge("候补甲", "中医院", "S1", 0, 1, False, reserve=True), **values)
    return replace(info(stand_ins=True), judges=(*SMALL.judges, judge))


def sessions(*rows: Session, of: str = "上午") -> Plan:
    """The small plan with sessions, of which the nurses have one."""
    return replace(SMALL, sessions=rows, divisions=(replace(SMALL.divisions[0], session=of), *SMALL.divisions[1:]))


def test_a_plan_that_uses_every_setting_has_no_findings():
    plan = replace(
        sessions(Session("上午", 510, 720)),
        info=replace(
            SMALL.info,
            rotation="bell",
            walk_minutes=2,
            rest_minutes=3,
            most_stay_minutes=60,
            keep_order="every",
            stand_ins=True,
            low_milli=20_000,
            high_milli=99_000,
            verify="sample",
        ),
        honours=(
            Honour("先进个人", "person", "place", 1),
            Honour("技术能手", "person", "awards", 1),
            Honour("先进团体", "unit", "place", 2),
            Honour("优秀组织奖", "unit", "attendance"),
        ),
        units=(replace(SMALL.units[0], arrives_minute=540), replace(SMALL.units[1], leaves_minute=700)),
        stations=(replace(SMALL.stations[0], opens_minute=520), replace(SMALL.stations[1], closes_minute=1000)),
        judges=reserve().judges,
        breaks=(
            *SMALL.breaks,
            Break("设备检查", 720, 730, station="S1"),
            Break("裁判休息", 720, 730, station="S1", lane=1),
            Break("裁判休息", 720, 730, station="S1", lane=2),
        ),
        walks=(Walk("S1", "T1", 4),),
    )
    assert found(plan) == []


CASES = {
    "unknown way of rotation": (info(rotation="round"), ("choice", "赛事", 23, "轮转方式", "error")),
    "walk of a day": (info(walk_minutes=241), ("range", "赛事", 24, "路程(分)", "error")),
    "stay shorter than the stations": (
        info(most_stay_minutes=11),
        ("stay_short", "赛事", 0, "最长停留(分)", "error"),
    ),
    "stay shorter than stations and rests": (
        replace(choice("S2/S3:1"), info=replace(SMALL.info, most_stay_minutes=30, rest_minutes=7)),
        ("stay_short", "赛事", 0, "最长停留(分)", "error"),
    ),
    "reserves without reserve judges": (
        info(stand_ins=True),
        ("no_reserves", "赛事", 0, "候补裁判顶替", "warning"),
    ),
    "reserve judges who may not step in": (
        replace(reserve(), info=SMALL.info),
        ("reserves_idle", "裁判", 9, "角色", "warning"),
    ),
    "reserve judge with a lane": (reserve(lane=1), ("reserve_lane", "裁判", 9, "工位", "error")),
    "reserve judge as chief": (reserve(chief=True), ("reserve_chief", "裁判", 9, "角色", "error")),
    "reserve judge of no station": (reserve(station="S9"), ("station_unknown", "裁判", 9, "考站", "error")),
    "judge without a lane": (
        added("judges", Judge("庚", "", "S1", 0, 1, False)),
        ("lane_needed", "裁判", 9, "工位", "error"),
    ),
    "session unknown": (sessions(of="晚上"), ("session_unknown", "组别", 2, "场次", "error")),
    "session twice": (
        sessions(Session("上午", 510, 600), Session("上午", 600, 720)),
        ("duplicate", "场次", 3, "名称", "error"),
    ),
    "session ends first": (sessions(Session("上午", 720, 720)), ("session_ends_first", "场次", 2, "结束", "error")),
    "session before the day": (sessions(Session("上午", 480, 720)), ("session_outside", "场次", 2, "开始", "error")),
    "session after the day": (sessions(Session("上午", 720, 1081)), ("session_outside", "场次", 2, "开始", "error")),
    "session that nobody has": (
        added("sessions", Session("下午", 810, 1080)),
        ("session_unused", "场次", 2, "名称", "warning"),
    ),
    "unit leaves before it arrives": (
        changed("units", 0, arrives_minute=600, leaves_minute=600),
        ("window_empty", "单位", 2, "最晚离开", "error"),
    ),
    "unit arrives after the day": (
        changed("units", 0, arrives_minute=1080),
        ("window_outside", "单位", 2, "最早到达", "error"),
    ),
    "unit leaves before the day": (
        changed("units", 0, leaves_minute=510),
        ("window_outside", "单位", 2, "最晚离开", "error"),
    ),
    "unit is not there in the session": (
        replace(sessions(Session("上午", 510, 720)), units=changed("units", 0, arrives_minute=720).units),
        ("window_session", "单位", 2, "最早到达", "warning"),
    ),
    "station opens before the day": (
        changed("stations", 0, opens_minute=500),
        ("hours_outside", "考站", 2, "开放时间", "error"),
    ),
    "station closes after the day": (
        changed("stations", 0, closes_minute=1081),
        ("hours_outside", "考站", 2, "停止时间", "error"),
    ),
    "station closes when it opens": (
        changed("stations", 0, opens_minute=600, closes_minute=600),
        ("hours_empty", "考站", 2, "停止时间", "error"),
    ),
    "station open for less than a turn": (
        changed("stations", 0, opens_minute=600, closes_minute=611),
        ("longer_than_hours", "考站", 2, "时长(分)", "error"),
    ),
    "break of an unknown station": (
        added("breaks", Break("茶歇", 900, 910, station="S9", lane=1)),
        ("station_unknown", "休息", 3, "考站", "error"),
    ),
    "break of a lane without a station": (
        added("breaks", Break("茶歇", 900, 910, lane=1)),
        ("lane_alone", "休息", 3, "考站", "error"),
    ),
    "break of a lane that is not there": (
        added("breaks", Break("茶歇", 900, 910, station="S1", lane=3)),
        ("lane", "休息", 3, "工位", "error"),
    ),
    "breaks of a station overlap": (
        added("breaks", Break("甲", 900, 910, station="S1"), Break("乙", 905, 915, station="S1")),
        ("overlap", "休息", 4, "开始", "error"),
    ),
    "walk to an unknown station": (
        added("walks", Walk("S1", "S9", 3)),
        ("station_unknown", "路程", 2, "到考站", "error"),
    ),
    "an honour twice": (
        added("honours", Honour("先进个人", "person", "hand"), Honour("先进个人", "person", "hand")),
        ("duplicate", "荣誉", 3, "荣誉", "error"),
    ),
    "an honour by places without a number": (
        added("honours", Honour("先进个人", "person", "place")),
        ("count_missing", "荣誉", 2, "名额", "error"),
    ),
    "an honour by awards without a number": (
        added("honours", Honour("先进个人", "person", "awards")),
        ("count_missing", "荣誉", 2, "名额", "error"),
    ),
    "full attendance of a person": (
        added("honours", Honour("优秀组织奖", "person", "attendance")),
        ("of_units", "荣誉", 2, "依据", "error"),
    ),
    "awards of a unit": (
        added("honours", Honour("先进团体", "unit", "awards", 1)),
        ("of_people", "荣誉", 2, "依据", "error"),
    ),
    "limits of a sheet the wrong way round": (
        info(low_milli=90_000, high_milli=60_000),
        ("low_above_high", "赛事", 0, "评分上限(%)", "error"),
    ),
    "walk to itself": (added("walks", Walk("S1", "S1", 3)), ("walk_itself", "路程", 2, "到考站", "error")),
    "walk twice": (
        added("walks", Walk("S1", "T1", 3), Walk("T1", "S1", 4)),
        ("walk_twice", "路程", 3, "到考站", "error"),
    ),
    "no name": (info(name=""), ("empty", "赛事", 2, "名称", "error")),
    "day ends first": (info(opens_minute=600, closes_minute=600), ("opens_late", "赛事", 0, "最迟结束", "error")),
    "no date": (info(date=""), ("no_date", "赛事", 0, "日期", "warning")),
    "no such date": (info(date="2024-02-30"), ("date", "赛事", 6, "日期", "error")),
    "undashed date": (info(date="20240508"), ("date", "赛事", 6, "日期", "error")),
    "too many decimals": (info(decimals=9), ("range", "赛事", 12, "成绩小数位", "error")),
    "pass mark above 100": (info(pass_milli=100_001), ("range", "赛事", 16, "不合格线", "error")),
    "after midnight": (info(closes_minute=1441), ("range", "赛事", 8, "最迟结束", "error")),
    "emoji": (info(venue="礼堂😀"), ("emoji", "赛事", 5, "地点", "error")),
    "emoji form": (info(venue="礼堂☺\ufe0f"), ("emoji", "赛事", 5, "地点", "error")),
    "control character": (info(venue="礼\x07堂"), ("character", "赛事", 5, "地点", "error")),
    "long": (info(venue="礼" * 101), ("long", "赛事", 5, "地点", "error")),
    "division twice": (
        added("divisions", Division("N", "全县", "药学组", "individual", 1)),
        ("duplicate", "组别", 5, "组别代码", "error"),
    ),
    "group twice": (
        added("divisions", Division("N2", "全县", "护理组", "individual", 1)),
        ("duplicate", "组别", 5, "组别", "error"),
    ),
    "code with a colon": (changed("divisions", 2, code="T:1"), ("code", "组别", 4, "组别代码", "error")),
    "unknown entry": (changed("divisions", 0, entry="pair"), ("choice", "组别", 2, "参赛方式", "error")),
    "no quota": (changed("divisions", 0, quota=0), ("range", "组别", 2, "每单位名额", "error")),
    "category without units": (changed("divisions", 2, category="外县"), ("no_units", "组别", 4, "类别", "warning")),
    "no components": (
        replace(SMALL, components=SMALL.components[:-1]),
        ("no_components", "组别", 4, "组别代码", "warning"),
    ),
    "unknown tie step": (changed("divisions", 0, tie_rule="导尿"), ("tie_step", "组别", 2, "同分规则", "error")),
    "theory where there is none": (
        changed("divisions", 2, tie_rule="理论"),
        ("tie_step", "组别", 4, "同分规则", "error"),
    ),
    "unit twice": (added("units", Unit("县医院", "县二", "全县")), ("duplicate", "单位", 4, "单位", "error")),
    "short name twice": (added("units", Unit("县二院", "县医", "全县")), ("short_twice", "单位", 4, "简称", "warning")),
    "unit of no category": (changed("units", 1, category="二类"), ("category", "单位", 3, "类别", "error")),
    "station code of small letters": (changed("stations", 0, code="s1"), ("station_code", "考站", 2, "考站", "error")),
    "unknown sheet": (changed("stations", 0, sheet="XX"), ("sheet_unknown", "考站", 2, "评分表", "error")),
    "longer than the day": (
        replace(changed("stations", 0, minutes=200), info=replace(SMALL.info, opens_minute=700, closes_minute=820)),
        ("longer_than_day", "考站", 2, "时长(分)", "error"),
    ),
    "trimmed of two": (changed("stations", 1, judges=2), ("trimmed_few", "考站", 3, "裁判数", "error")),
    "trimmed of four": (changed("stations", 1, judges=4), ("trimmed_shaky", "考站", 3, "裁判数", "warning")),
    "no lanes": (changed("stations", 0, lanes=0), ("range", "考站", 2, "工位数", "error")),
    "unknown division": (
        changed("stations", 0, divisions=("N", "Q")),
        ("division_unknown", "考站", 2, "适用组别", "error"),
    ),
    "division twice at a station": (
        changed("stations", 0, divisions=("N", "N")),
        ("division_twice", "考站", 2, "适用组别", "error"),
    ),
    "no division": (changed("stations", 0, divisions=()), ("empty", "考站", 2, "适用组别", "error")),
    "a total at a station": (
        changed("stations", 0, divisions=("N", "NT")),
        ("sum_performs", "考站", 2, "适用组别", "error"),
    ),
    "a team at a station of people": (
        changed("stations", 0, divisions=("N", "T")),
        ("entry_differs", "考站", 2, "参赛方式", "error"),
    ),
    "visited but not counted": (
        replace(
            changed("stations", 0, divisions=("N", "M")),
            divisions=(*SMALL.divisions, Division("M", "全县", "医技组", "individual", 1)),
            components=(*SMALL.components, Component("M", "理论", "理论", 100_000)),
        ),
        ("not_counted", "考站", 2, "适用组别", "warning"),
    ),
    "component twice": (changed("components", 1, name="理论"), ("duplicate", "成绩构成", 3, "成绩项", "error")),
    "component of no division": (
        added("components", Component("Q", "理论", "理论", 100_000)),
        ("division_unknown", "成绩构成", 6, "组别代码", "error"),
    ),
    "weights below 100": (changed("components", 1, weight_milli=69_999), ("weights", "成绩构成", 2, "权重", "error")),
    "counted twice": (
        added("components", Component("T", "又一次", "T1", 1)),
        ("source_twice", "成绩构成", 6, "来源", "warning"),
    ),
    "unknown source": (changed("components", 3, source="T9"), ("source_unknown", "成绩构成", 5, "来源", "error")),
    "sum of an unknown division": (
        changed("components", 2, source="Q:3"),
        ("source_unknown", "成绩构成", 4, "来源", "error"),
    ),
    "theory of a team": (changed("components", 3, source="理论"), ("theory_of_people", "成绩构成", 5, "来源", "error")),
    "sum in a team": (changed("components", 3, source="N:3"), ("sum_in_sum", "成绩构成", 5, "来源", "error")),
    "sum of teams": (changed("components", 2, source="T:1"), ("sum_of_people", "成绩构成", 4, "来源", "error")),
    "station that does not serve": (
        changed("components", 3, source="S1"),
        ("not_served", "成绩构成", 5, "来源", "error"),
    ),
    "best none": (changed("components", 2, source="N:0"), ("best_zero", "成绩构成", 4, "来源", "error")),
    "best of more than there are": (
        changed("components", 2, source="N:4"),
        ("best_above_quota", "成绩构成", 4, "来源", "warning"),
    ),
    "sum of another category": (
        replace(changed("divisions", 1, category="外县"), units=(*SMALL.units, Unit("外院", "", "外县"))),
        ("other_category", "成绩构成", 4, "来源", "warning"),
    ),
    "an optional station that is not there": (choice("S2/S9"), ("station_unknown", "成绩构成", 3, "来源", "error")),
    "an optional station of others": (choice("S2/T1"), ("not_served", "成绩构成", 3, "来源", "error")),
    "an optional station twice": (choice("S2/S3/S2:1"), ("optional_twice", "成绩构成", 3, "来源", "error")),
    "an optional station that is mandatory": (choice("S1/S2/S3"), ("optional_twice", "成绩构成", 3, "来源", "error")),
    "an optional station in two choices": (
        replace(choice("S2/S3"), components=(*choice("S2/S3").components, Component("N", "又抽", "S2/S3", 1))),
        ("optional_twice", "成绩构成", 7, "来源", "error"),
    ),
    "none drawn": (choice("S2/S3:0"), ("draw_none", "成绩构成", 3, "来源", "error")),
    "all drawn": (choice("S2/S3:2"), ("draw_all", "成绩构成", 3, "来源", "error")),
    "a choice in a sum": (changed("components", 2, source="S1/T1"), ("not_served", "成绩构成", 4, "来源", "error")),
    "half a choice": (choice("S2/:1"), ("source_unknown", "成绩构成", 3, "来源", "error")),
    "award twice": (changed("awards", 1, name="一等奖"), ("duplicate", "奖项", 3, "等级", "error")),
    "award of no division": (
        added("awards", AwardLevel("team", "Q", "一等奖", 1, None)),
        ("division_unknown", "奖项", 6, "组别代码", "error"),
    ),
    "number and percentage": (changed("awards", 0, count=1), ("both", "奖项", 2, "比例", "error")),
    "neither": (changed("awards", 2, count=None), ("neither", "奖项", 4, "名额", "error")),
    "award of the wrong range": (changed("awards", 3, scope="individual"), ("scope", "奖项", 5, "范围", "error")),
    "more than all": (changed("awards", 0, percent_milli=90_000), ("percents", "奖项", 3, "比例", "error")),
    "more awards than entrants": (changed("awards", 3, count=3), ("many", "奖项", 5, "名额", "warning")),
    "judge nowhere": (changed("judges", 6, station="Q"), ("station_unknown", "裁判", 8, "考站", "error")),
    "lane that is not": (changed("judges", 1, lane=3), ("lane", "裁判", 3, "工位", "error")),
    "judge in two places": (changed("judges", 2, name="姚磊"), ("judge_twice", "裁判", 4, "姓名", "warning")),
    "a judge short": (replace(SMALL, judges=SMALL.judges[:-1]), ("judges_few", "裁判", 7, "工位", "error")),
    "a lane without judges": (
        replace(SMALL, judges=(SMALL.judges[0], *SMALL.judges[2:])),
        ("judges_few", "裁判", 0, "工位", "error"),
    ),
    "a judge too many": (
        added("judges", Judge("己", "", "S1", 2, 2, False)),
        ("judges_many", "裁判", 9, "工位", "warning"),
    ),
    "no judges at a station": (replace(SMALL, judges=SMALL.judges[:2]), ("no_judges", "裁判", 0, "考站", "warning")),
    "break ends first": (changed("breaks", 0, ends_minute=720), ("ends_first", "休息", 2, "结束", "error")),
    "break after the day": (changed("breaks", 0, ends_minute=1081), ("outside_day", "休息", 2, "开始", "error")),
    "breaks overlap": (added("breaks", Break("茶歇", 700, 721)), ("overlap", "休息", 2, "开始", "error")),
    "sheet twice": (added("sheets", SMALL.sheets[0]), ("sheet_twice", "评分表", 6, "评分表", "error")),
    "sheet without items": (added("sheets", Sheet("X", "空", ())), ("sheet_empty", "评分表", 0, "评分表", "error")),
    "sheet that nobody uses": (
        added("sheets", replace(SMALL.sheets[0], code="X")),
        ("unused", "评分表", 6, "评分表", "warning"),
    ),
    "a full mark of 90": (item_changed(full_milli=30_000), ("full_mark", "评分表", 2, "分值", "warning")),
    "points of a critical item alone, which gives none": (
        item_changed(kind="critical"),
        ("full_mark", "评分表", 2, "分值", "warning"),
    ),
    "no points": (
        changed("sheets", 0, items=(replace(SMALL.sheets[1].items[1], number=1),)),
        ("no_points", "评分表", 2, "分值", "error"),
    ),
    "number twice": (item_changed(number=2), ("number_twice", "评分表", 3, "序号", "error")),
    "grades without a rule": (item_changed(kind="grades"), ("item_rule", "评分表", 2, "细则", "error")),
    "points with a rule": (item_changed(rule="A=5"), ("item_rule", "评分表", 2, "细则", "error")),
    "a rule above the points": (item_changed(kind="grades", rule="A=41"), ("item_rule", "评分表", 2, "细则", "error")),
    "a penalty above zero": (item_changed(kind="penalty"), ("item_rule", "评分表", 2, "分值", "error")),
    "unknown kind": (item_changed(kind="stars"), ("choice", "评分表", 2, "方式", "error")),
    "huge points": (item_changed(full_milli=10**15), ("range", "评分表", 2, "分值", "error")),
}


@pytest.mark.parametrize(("plan", "expected"), CASES.values(), ids=CASES.keys())
def test_a_fault_is_found_where_it_is(plan: Plan, expected):
    assert expected in found(plan)


@pytest.mark.parametrize("plan", [plan for plan, _expected in CASES.values()], ids=CASES.keys())
def test_every_finding_has_words_and_a_place(plan: Plan):
    for finding in check_plan(plan):
        assert "{" not in sentence(finding)
        assert place(finding).startswith(finding.sheet)


@pytest.mark.parametrize(
    ("finding", "words"),
    [
        (changed("components", 1, weight_milli=69_999), "The weights of the division N add up to 99.999, not to 100."),
        (changed("units", 1, category="二类"), "No division has the category 二类. Categories are: 全县."),
        (info(venue="礼" * 101), f"The text is longer than 100 characters: {'礼' * 39}…"),
    ],
)
def test_words_name_the_values(finding: Plan, words: str):
    assert words in [sentence(found) for found in check_plan(finding)]


def test_an_empty_plan_is_unfinished_and_not_wrong():
    findings = check_plan(Plan(EventInfo(name="新赛事")))
    assert {finding.severity for finding in findings} == {"warning"}
    assert [finding.sheet for finding in findings if finding.code == "none"] == ["组别", "单位", "考站", "评分表"]


def test_empty_references_are_told_once():
    plan = replace(
        SMALL,
        components=(*SMALL.components, Component("", "甲", "", 100_000), Component("N", "乙", "", 1)),
        awards=(*SMALL.awards, AwardLevel("team", "", "甲", 1, None)),
        judges=(*SMALL.judges, Judge("", "", "", 1, 1, False), Judge("", "", "", 1, 1, False)),
    )
    codes = {(f.code, f.sheet, f.row) for f in check_plan(plan) if f.row in (6, 7, 9, 10)}
    assert codes == {
        *(("empty", "成绩构成", row) for row in (6, 7)),
        ("empty", "奖项", 6),
        *(("empty", "裁判", row) for row in (9, 10)),
    }


def test_findings_come_in_the_order_of_the_workbook():
    plan = replace(info(date=""), units=(), judges=(), sheets=())
    order = ["赛事", "组别", "单位", "考站", "成绩构成", "奖项", "裁判", "休息", "评分表"]
    sheets = [order.index(finding.sheet) for finding in check_plan(plan)]
    assert sheets == sorted(sheets)


@given(st.text(max_size=12))
def test_any_text_in_any_place_is_judged_without_a_crash(text: str):
    plan = replace(
        changed("divisions", 0, tie_rule=text),
        info=replace(SMALL.info, name=text, date=text),
        components=(Component("N", text, text, 100_000),),
        judges=(Judge(text, text, text, 1, 1, True),),
    )
    for finding in check_plan(plan):
        assert sentence(finding)


@pytest.mark.parametrize(
    ("source", "expected"),
    [("N:3", ("N", 3)), ("1T:2", ("1T", 2)), ("N:", None), ("S1", None), (":3", None), ("N:1000", None)],
)
def test_a_sum_source(source: str, expected):
    assert sum_source(source) == expected


def test_breaks_one_after_the_other_are_right():
    assert found(added("breaks", Break("茶歇", 810, 820))) == []


def test_a_sheet_and_its_columns_are_found_by_their_names():
    assert layout("单位").column("简称").field == "short"
