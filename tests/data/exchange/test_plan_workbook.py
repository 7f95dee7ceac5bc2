"""The plan workbook: what is read, what is refused and in which words, and that an export comes back the same."""

import datetime
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from data.errors import FileProblem
from data.exchange import plan_workbook
from data.exchange.plan_tables import tables_of
from data.exchange.plan_workbook import read_plan, write_plan, write_template
from data.rules.marksheet import full_mark
from data.rules.plan import AwardLevel, Break, EventInfo, Item, Judge, Plan, Session, Sheet, Unit, Walk
from data.rules.plan_layout import COMBINES, HONOURS, LAYOUTS, SESSIONS, WALKS
from tests.conftest import GAOAN, NURSING
from tests.data import choice_contest
from tests.data.exchange.plan_files import cell, workbook
from tests.data.rules.small_plan import SMALL, added, item_changed


def test_the_gaoan_plan_is_read_whole():
    reading = read_plan(GAOAN / "plan.xlsx")
    plan = reading.plan
    assert reading.findings == ()
    assert [len(rows) for rows in (plan.divisions, plan.units, plan.stations, plan.judges)] == [7, 30, 7, 41]
    assert (plan.info.date, plan.info.opens_minute, plan.info.closes_minute) == ("2023-11-18", 510, 1080)
    assert plan.info.ties == "playoff"
    assert not plan.info.blind
    assert plan.station("T1").combine == "trimmed"
    assert plan.station("S1").divisions == ("1Y", "1J", "2Y")
    assert [judge.seat for judge in plan.judges if (judge.station, judge.lane) == ("S1", 2)] == [1, 2, 3]
    assert {full_mark(sheet.items) for sheet in plan.sheets} == {100_000}
    assert plan.breaks == (Break("午休", 720, 810),)


def test_steps_are_quarters_where_a_sheet_has_fractions_and_halves_elsewhere():
    plan = read_plan(GAOAN / "plan.xlsx").plan
    assert {item.step_milli for item in plan.sheet("INTUB-ORAL").items} == {250}
    assert {item.step_milli for item in plan.sheet("CPR-ASSESS").items} == {500}
    assert plan.sheet("INTUB-ORAL").items[7].full_milli == 2_500


def test_the_county_plan_is_read_whole():
    reading = read_plan(NURSING / "plan.xlsx")
    assert reading.findings == ()
    assert [award.percent_milli for award in reading.plan.awards[:3]] == [10_000, 20_000, 30_000]
    assert reading.plan.components[2].source == "N:3"
    assert reading.plan.info.blind
    assert reading.plan.info.spread_milli is None


@pytest.mark.parametrize("source", [GAOAN, NURSING])
def test_an_exported_plan_imports_as_the_same_plan(source: Path, tmp_path: Path):
    plan = read_plan(source / "plan.xlsx").plan
    write_plan(plan, tmp_path / "out.xlsx")
    assert read_plan(tmp_path / "out.xlsx").plan == plan


def test_a_plan_with_optional_stations_imports_as_the_same_plan(tmp_path: Path):
    write_plan(choice_contest.plan("division"), tmp_path / "out.xlsx")
    assert read_plan(tmp_path / "out.xlsx").plan == choice_contest.plan("division")


@pytest.mark.parametrize("text", ["S2/S3/S4:1", " S2 / S3/S4 : 1 ", "Ｓ２／Ｓ３／Ｓ４：１"])
def test_optional_stations_are_read_however_they_are_typed(tmp_path: Path, text: str):
    write_plan(choice_contest.plan(), tmp_path / "out.xlsx")
    made = load_workbook(tmp_path / "out.xlsx")
    made["成绩构成"]["C3"].value = text
    made.save(tmp_path / "out.xlsx")
    assert read_plan(tmp_path / "out.xlsx").plan == choice_contest.plan()


_LETTERS = st.characters(categories=("L", "N", "P", "S"), max_codepoint=0x9FFF)
_TEXT = st.text(_LETTERS, max_size=12).map(lambda text: plan_workbook.tidy(text))
_NAME = _TEXT.filter(bool)


@st.composite
def _plans(draw: st.DrawFn) -> Plan:
    milli = st.integers(1, 100_000)
    info = EventInfo(
        name=draw(_NAME),
        organizer=draw(_TEXT),
        venue=draw(_TEXT),
        date=draw(st.just("") | st.dates().map(str)),
        opens_minute=draw(st.integers(0, 1440)),
        closes_minute=draw(st.integers(0, 1440)),
        blind=draw(st.booleans()),
        ties=draw(st.sampled_from(["playoff", "shared"])),
        pass_milli=draw(st.none() | milli),
        spread_milli=draw(st.none() | milli),
        rotation=draw(st.sampled_from(["free", "bell"])),
        walk_minutes=draw(st.integers(0, 240)),
        rest_minutes=draw(st.integers(0, 480)),
        most_stay_minutes=draw(st.integers(0, 1440)),
        keep_order=draw(st.sampled_from(["first", "every"])),
        stand_ins=draw(st.booleans()),
    )
    minute = st.integers(0, 1440)
    sessions = tuple(Session(draw(_NAME), draw(minute), draw(minute)) for _ in range(draw(st.integers(0, 2))))
    breaks = tuple(
        Break(draw(_NAME), draw(minute), draw(minute), None, *draw(st.sampled_from([("", 0), ("S1", 0), ("S1", 2)])))
        for _ in range(2)
    )
    reserves = tuple(
        Judge(f"候补{seat}", draw(_TEXT), "S1", 0, seat, False, reserve=True)
        for seat in range(1, draw(st.integers(0, 2)) + 1)
    )
    divisions = (replace(SMALL.divisions[0], session=draw(_TEXT)), *SMALL.divisions[1:])
    items = tuple(
        Item(number, draw(_TEXT), draw(_NAME), draw(milli), "points", draw(_TEXT), draw(milli))
        for number in range(1, draw(st.integers(1, 4)) + 1)
    )
    stations = tuple(
        replace(
            row,
            combine=draw(st.sampled_from(list(COMBINES.values()))),
            minutes=draw(st.integers(1, 480)),
            opens_minute=draw(st.none() | minute),
            closes_minute=draw(st.none() | minute),
        )
        for row in SMALL.stations
    )
    awards = tuple(
        AwardLevel("individual", "N", draw(_NAME), *draw(st.sampled_from([(1, None), (None, 33_333)])))
        for _ in range(2)
    )
    units = tuple(
        Unit(draw(_NAME), draw(_TEXT), draw(_NAME), None, draw(st.none() | minute), draw(st.none() | minute))
        for _ in range(3)
    )
    return replace(
        SMALL,
        info=info,
        divisions=divisions,
        units=units,
        stations=stations,
        awards=awards,
        judges=(*SMALL.judges, *reserves),
        breaks=breaks,
        sheets=(Sheet("甲", draw(_NAME), items), *SMALL.sheets),
        sessions=sessions,
        walks=draw(st.sampled_from([(), (Walk("S1", "T1", draw(st.integers(0, 240))),)])),
    )


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plan=_plans())
def test_any_plan_comes_back_the_same(plan: Plan, tmp_path: Path):
    write_plan(plan, tmp_path / "any.xlsx")
    assert read_plan(tmp_path / "any.xlsx").plan == plan


def test_texts_that_look_like_formulas_stay_texts(tmp_path: Path):
    plan = replace(SMALL, units=(Unit("=1+1", "@甲", "全县"), Unit("#N/A", "-5", "全县")))
    write_plan(plan, tmp_path / "out.xlsx")
    assert load_workbook(tmp_path / "out.xlsx")["单位"]["A2"].data_type == "s"
    assert read_plan(tmp_path / "out.xlsx").plan == plan


def test_numbers_are_numbers_and_the_header_stays_in_sight(tmp_path: Path):
    write_plan(item_changed(full_milli=2_500), tmp_path / "out.xlsx")
    made = load_workbook(tmp_path / "out.xlsx")
    assert made["评分表"]["F2"].value == 2.5
    assert made["考站"]["E2"].value == 12
    assert {made[layout.name].freeze_panes for layout in LAYOUTS} == {"A2"}


def test_the_template_has_every_sheet_and_wants_only_a_name(tmp_path: Path):
    write_template(tmp_path / "empty.xlsx")
    made = load_workbook(tmp_path / "empty.xlsx")
    assert made.sheetnames == ["说明", *(layout.name for layout in LAYOUTS)]
    reading = read_plan(tmp_path / "empty.xlsx")
    assert [(f.sheet, f.row, f.column, f.severity) for f in reading.findings] == [("赛事", 2, "名称", "error")]


def test_the_choice_words_are_offered_in_a_list(tmp_path: Path):
    write_plan(SMALL, tmp_path / "out.xlsx")
    offers = load_workbook(tmp_path / "out.xlsx")["考站"].data_validations.dataValidation
    assert [(str(offer.sqref), offer.formula1) for offer in offers] == [
        ("D2:D500", '"个人,团队"'),
        ("I2:I500", '"平均,去最高最低平均,中位数,合计"'),
    ]
    events = load_workbook(tmp_path / "out.xlsx")["赛事"].data_validations.dataValidation
    assert [str(offer.sqref) for offer in events] == ["B13", "B14", "B19", "B21", "B22", "B23", "B27", "B28", "B31"]


def test_columns_in_any_order_below_a_title(tmp_path: Path):
    def change(made: Workbook) -> None:
        sheet = made["单位"]
        sheet.delete_rows(1, sheet.max_row)
        for row in (
            ["参赛单位一览"],
            [],
            ["类别", "单位", "简称"],
            ["全县", "县医院", "县医"],
            [],
            ["全县", "中医院", "中医"],
        ):
            sheet.append(row)

    reading = read_plan(workbook(tmp_path, change))
    assert reading.plan == SMALL


@pytest.mark.parametrize(
    ("sheet", "place", "value"),
    [
        ("赛事", "B7", datetime.time(8, 30)),
        ("赛事", "B6", datetime.date(2024, 5, 8)),
        ("赛事", "B6", datetime.datetime(2024, 5, 8)),
        ("赛事", "B6", "２０２４年５月８日"),
        ("赛事", "B7", "８：３０"),
        ("赛事", "B13", False),
        ("休息", "B2", datetime.timedelta(hours=12)),
        ("单位", "A2", "  县医院　"),
        ("单位", "A2", "县医院\u200b"),
        ("考站", "E2", "１２"),
        ("考站", "J2", " N "),
        ("成绩构成", "D3", "70%"),
        ("组别", "F2", "静脉输液；理论 ; 用时;"),
        ("裁判", "A2", "姚　磊"),
    ],
)
def test_what_people_write_is_understood(sheet: str, place: str, value: object, tmp_path: Path):
    assert read_plan(workbook(tmp_path, cell(sheet, place, value))).plan == SMALL


@pytest.mark.parametrize(
    ("sheet", "place", "value", "message"),
    [
        ("考站", "E2", "十二", "考站, row 2, column 时长(分): “十二” is not a number, or far too large."),
        ("考站", "E2", 12.5, "考站, row 2, column 时长(分): 12.5 is not a whole number."),
        ("考站", "E2", "1e99", "考站, row 2, column 时长(分): “1e99” is not a number, or far too large."),
        ("考站", "E2", 10**30, "考站, row 2, column 时长(分): “1E+30” is not a number, or far too large."),
        ("考站", "E2", None, "考站, row 2, column 时长(分): This must be filled in."),
        (
            "考站",
            "I3",
            "最高",
            "考站, row 3, column 计分方式: “最高” is not one of 平均 / 去最高最低平均 / 中位数 / 合计.",
        ),
        ("成绩构成", "D2", "1,000", "成绩构成, row 2, column 权重: “1,000” has a comma: write 1000 or 1.5."),
        ("成绩构成", "D2", 33.3333, "成绩构成, row 2, column 权重: 33.3333 has more than three decimals."),
        ("休息", "B2", "25:00", "休息, row 2, column 开始: “25:00” is not a time of day such as 08:30."),
        ("休息", "B2", "中午", "休息, row 2, column 开始: “中午” is not a time of day such as 08:30."),
        ("赛事", "B6", "2024-02-30", "赛事, row 6, column 日期: “2024-02-30” is not a date such as 2023-11-18."),
        ("赛事", "B6", "立夏", "赛事, row 6, column 日期: “立夏” is not a date such as 2023-11-18."),
        ("赛事", "A6", "名称", "赛事, row 6, column 项目: “名称” is given twice."),
        (
            "评分表",
            "H2",
            datetime.date(2005, 3, 1),
            "评分表, row 2, column 细则: "
            "The spreadsheet made a date of this. Format the cell as text and type it again.",
        ),
        ("评分表", "B3", "输液", "评分表, row 3, column 名称: The same mark sheet is called “静脉输液” above."),
        ("单位", "A1", "机构", "单位, row 1, column 单位: The column “单位” is missing."),
        ("单位", "B1", "单位", "单位, row 1, column 单位: There are two columns “单位”."),
        ("单位", "C3", "二类", "单位, row 3, column 类别: No division has the category 二类. Categories are: 全县."),
        (
            "裁判",
            "D3",
            5,
            "裁判, row 3, column 工位: The station has 2 lanes only.",
        ),
    ],
)
def test_a_bad_cell_is_named_with_its_place_and_why(
    sheet: str, place: str, value: object, message: str, tmp_path: Path
):
    reading = read_plan(workbook(tmp_path, cell(sheet, place, value)))
    assert message in [str(finding) for finding in reading.errors]


def test_a_finding_names_the_row_as_the_spreadsheet_shows_it(tmp_path: Path):
    def change(made: Workbook) -> None:
        made["单位"].insert_rows(2, 3)
        made["单位"].append(["县医院", "又", "全县"])

    reading = read_plan(workbook(tmp_path, change))
    assert [str(finding) for finding in reading.findings] == [
        "单位, row 7, column 单位: 县医院 is there already, in row 5."
    ]


def test_a_missing_sheet_is_an_error_that_names_it(tmp_path: Path):
    reading = read_plan(workbook(tmp_path, lambda made: made.remove(made["休息"])))
    assert reading.plan is None
    assert [str(finding) for finding in reading.of_file] == ["休息: The sheet “休息” is missing."]


def test_a_workbook_of_before_has_no_sessions_walks_or_honours(tmp_path: Path):
    def change(made: Workbook) -> None:
        for sheet in (SESSIONS, WALKS, HONOURS):
            made.remove(made[sheet])
        for sheet, columns in (("组别", 1), ("单位", 2), ("考站", 2), ("休息", 2), ("奖项", 1)):
            made[sheet].delete_cols(made[sheet].max_column - columns + 1, columns)
        made["赛事"].delete_rows(23, 12)

    reading = read_plan(workbook(tmp_path, change))
    assert reading.findings == ()
    assert reading.plan == SMALL


def test_a_judge_without_a_lane_is_a_reserve_judge_or_a_fault(tmp_path: Path):
    def change(made: Workbook) -> None:
        made["裁判"].append(["候补甲", "市医院", "S1", None, "候补裁判"])
        made["裁判"].append(["庚", "市医院", "S1", None, "裁判"])

    reading = read_plan(workbook(tmp_path, change))
    assert reading.plan.judges[7] == Judge("候补甲", "市医院", "S1", 0, 1, False, reserve=True)
    assert [str(finding) for finding in reading.errors] == [
        "裁判, row 10, column 工位: Give the lane of this judge; only a reserve judge has none."
    ]


def test_what_is_not_known_is_left_out_with_a_warning(tmp_path: Path):
    def change(made: Workbook) -> None:
        made["单位"]["F1"] = "床位"
        made["单位"]["F2"] = 500
        made["赛事"].append(["口号", "安全第一"])
        made.create_sheet("便笺").append(["记事"])
        made.create_sheet("空白")

    reading = read_plan(workbook(tmp_path, change))
    assert reading.plan == SMALL
    assert [str(finding) for finding in reading.findings] == [
        "赛事, row 35, column 项目: “口号” is not known here and was left out.",
        "单位, row 1, column 床位: The column “床位” is not known here and was left out.",
        "便笺: The sheet “便笺” is not known here and was left out.",
    ]
    assert {finding.severity for finding in reading.findings} == {"warning"}


def test_a_critical_item_needs_no_points(tmp_path: Path):
    plan = added(
        "sheets", Sheet("X", "否决表", (Item(1, "", "评分", 100_000, "points"), Item(2, "", "致命错误", 0, "critical")))
    )

    def change(made: Workbook) -> None:
        write_plan(plan, tmp_path / "x.xlsx")
        made["评分表"].append(["X", "否决表", 1, "", "评分", 100, "计分"])
        made["评分表"].append(["X", "否决表", 2, "", "致命错误", None, "否决"])

    assert read_plan(workbook(tmp_path, change)).plan == plan


def test_items_of_a_sheet_may_stand_apart(tmp_path: Path):
    def change(made: Workbook) -> None:
        made["评分表"].append(["IV", "静脉输液", 3, "", "拔针", 0.5, "计分", "", 0.5])

    reading = read_plan(workbook(tmp_path, change))
    assert [item.number for item in reading.plan.sheets[0].items] == [1, 2, 3]
    assert reading.findings[0].row == 2


def test_empty_cells_of_the_event_take_the_usual_values(tmp_path: Path):
    def change(made: Workbook) -> None:
        for row in range(3, 18):
            made["赛事"][f"B{row}"].value = None

    assert read_plan(workbook(tmp_path, change)).plan.info == EventInfo(name="县护理技能比武")


def test_a_sheet_without_end_is_refused(tmp_path: Path):
    def change(made: Workbook) -> None:
        made["单位"]["A6000"] = "县医院"

    reading = read_plan(workbook(tmp_path, change))
    assert "more than 5000 rows" in str(reading.of_file[0])


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04 broken", "damaged"),
        (b"", "not a plan workbook"),
        ("姓名,单位\n张三,县医院\n".encode(), "not a plan workbook"),
    ],
)
def test_a_file_that_is_no_plan_workbook_is_refused_in_words(content: bytes, words: str, tmp_path: Path):
    path = tmp_path / "plan.xlsx"
    path.write_bytes(content)
    with pytest.raises(FileProblem, match=words) as raised:
        read_plan(path)
    assert raised.value.todo


def test_a_roster_is_not_taken_for_a_plan():
    with pytest.raises(FileProblem, match="not a plan workbook"):
        read_plan(NURSING / "roster.xlsx")


def test_a_missing_file_is_refused(tmp_path: Path):
    with pytest.raises(FileProblem):
        read_plan(tmp_path / "none.xlsx")


def test_a_huge_file_is_refused_unread(tmp_path: Path):
    path = tmp_path / "huge.xlsx"
    with path.open("wb") as file:
        file.truncate(20_000_001)
    with pytest.raises(FileProblem, match="far too large"):
        read_plan(path)


def test_a_folder_that_takes_no_file_is_told(tmp_path: Path):
    with pytest.raises(FileProblem, match="could not be written"):
        write_plan(SMALL, tmp_path / "none" / "out.xlsx")


def test_a_failed_export_leaves_the_older_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "out.xlsx"
    path.write_bytes(b"before")

    def refuse(_self: Path, _target: Path) -> None:
        raise PermissionError(13, "in use")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(FileProblem, match="could not be written"):
        write_plan(SMALL, path)
    assert [file.name for file in tmp_path.iterdir()] == ["out.xlsx"]
    assert path.read_bytes() == b"before"


def test_tables_hold_the_stored_rows_of_a_plan():
    stored = replace(SMALL, units=(replace(SMALL.units[0], id=7),), sheets=(replace(SMALL.sheets[0], id=3),))
    tables = tables_of(stored)
    assert tables["单位"][0].id == 7
    assert tables["评分表"][0].parent_id == 3
