"""How the columns of a roster are understood, and how a person's choice changes that."""

from pathlib import Path

import pytest

from data.exchange.roster_files import read_rosters
from data.rules.plan import Unit
from data.rules.roster import RosterReading
from data.rules.roster_columns import ColumnMapping, TableGuess, chosen_mapping, fields_offered


def read(
    tmp_path: Path, text: str, mappings: dict[str, ColumnMapping] | None = None, name: str = "a.csv"
) -> RosterReading:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return read_rosters([path], mappings=mappings)


def only(reading: RosterReading) -> TableGuess:
    (table,) = reading.tables
    return table


def test_each_column_comes_with_its_field_and_its_first_three_texts(tmp_path: Path) -> None:
    table = only(
        read(
            tmp_path,
            "报名表,,,\n单位,姓 名,组别,血型\n市医,张伟,医疗组,A\n市医,李娜,护理组,\n市医,王芳,护理组,B\n"
            "市医,赵六,护理组,O\n",
        )
    )
    assert (table.file, table.sheet, table.header_row, table.chosen, table.missing) == ("a.csv", "", 2, False, ())
    assert [(c.letter, c.header, c.field, c.samples) for c in table.columns] == [
        ("A", "单位", "unit", ("市医", "市医", "市医")),
        ("B", "姓 名", "name", ("张伟", "李娜", "王芳")),
        ("C", "组别", "group", ("医疗组", "护理组", "护理组")),
        ("D", "血型", "", ("A", "B", "O")),
    ]
    assert table.top[0] == ("报名表", "", "", "")


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("参赛选手姓名", "name"),
        ("联系人姓名", ""),
        ("选送单位（全称）", "unit"),
        ("单位电话", ""),
        ("居民身份证号码（18位）", "id_number"),
        ("身份证后6位", ""),
        ("本人手机号", "phone"),
        ("办公电话", ""),
        ("参赛类别", "group"),
        ("参加项目", "group"),
        ("男/女", "sex"),
        ("现有职称", "title"),
        ("工作科室", "department"),
    ],
)
def test_words_near_the_known_ones_are_understood(tmp_path: Path, header: str, field: str) -> None:
    words = {"unit": "单位", "name": "姓名"}
    rest = [word for name, word in words.items() if name != field]
    table = only(read(tmp_path, ",".join([header, *rest]) + "\n甲,乙,丙\n"))
    assert table.columns[0].field == field


def test_the_known_word_comes_before_one_near_it(tmp_path: Path) -> None:
    table = only(read(tmp_path, "参赛人员姓名名字,参赛姓名,姓名,单位,组别\n"))
    assert [column.field for column in table.columns] == ["", "", "name", "unit", "group"]


def test_the_choice_for_a_shape_serves_the_next_file_of_that_shape(tmp_path: Path) -> None:
    text = "单位,姓名,班次\n市人民医院,张伟,医疗组\n"
    table = only(read(tmp_path, text))
    assert (table.missing, table.columns[2].field) == (("group",), "")
    mapping = chosen_mapping(table, ["unit", "name", "group"])
    reading = read(tmp_path, "二院报名表\n\n" + text.replace("张伟", "李娜"), {table.shape: mapping}, "b.csv")
    assert [(row.row, row.name, row.group) for row in reading.rows] == [(4, "李娜", "医疗组")]
    assert (only(reading).chosen, only(reading).header_row, only(reading).missing) == (True, 3, ())
    assert (reading.problems, reading.warnings) == ([], [])
    other = read(tmp_path, text.replace("班次", "类"), {table.shape: mapping}, "c.csv")
    assert not only(other).chosen


def test_a_table_without_headers_is_read_as_a_person_says(tmp_path: Path) -> None:
    text = "1,市人民医院,张伟,医疗组\n2,市人民医院,李娜,护理组\n"
    reading = read(tmp_path, text)
    table = only(reading)
    assert (table.header_row, len(reading.rows), len(reading.problems)) == (0, 0, 1)
    assert [column.header for column in table.columns] == ["", "", "", ""]
    mapping = chosen_mapping(table, ["", "unit", "name", "group"])
    assert [row.name for row in read(tmp_path, text, {table.shape: mapping}).rows] == ["张伟", "李娜"]
    below = chosen_mapping(table, ["", "unit", "name", "group"], 1)
    reading = read(tmp_path, text, {table.shape: below})
    assert [row.name for row in reading.rows] == ["李娜"]
    assert reading.columns["a.csv", ""]["name"] == ("C", "张伟")


def test_another_header_row_may_be_chosen(tmp_path: Path) -> None:
    text = "单位,姓名\n说明,说明\n医院,人员,科目\n市人民医院,张伟,医疗组\n"
    table = only(read(tmp_path, text))
    assert table.header_row == 1
    mapping = chosen_mapping(table, ["unit", "name", "group"], 3)
    reading = read(tmp_path, text, {table.shape: mapping})
    assert [row.row for row in reading.rows] == [4]
    assert only(reading).header_row == 3
    assert chosen_mapping(only(reading), ["unit", "name", "group"]) == mapping


def test_a_choice_that_leaves_out_a_required_field_is_named(tmp_path: Path) -> None:
    text = "单位,姓名,组别\n市人民医院,张伟,医疗组\n"
    table = only(read(tmp_path, text))
    reading = read(tmp_path, text, {table.shape: chosen_mapping(table, ["unit", "name", ""])})
    assert reading.rows == []
    assert [problem.message for problem in reading.problems] == [
        "No column is taken for 组别: add it to the sheet, or choose it under “Columns…”."
    ]
    nothing = read(tmp_path, text, {table.shape: chosen_mapping(table, ["", "", ""])})
    assert nothing.rows == []
    assert len(nothing.problems) == 1


def test_all_fields_are_offered() -> None:
    assert set(fields_offered()) >= {"unit", "name", "group", "id_number"}


UNITS = (
    Unit("高安市人民医院", "市人民医院", "一类"),
    Unit("高安市中医院", "市中医院", "一类"),
    Unit("高安市人民医院东院", "", "一类"),
)
WITHOUT_UNIT = "姓名,组别\n张伟,医疗组\n李娜,护理组\n"


@pytest.mark.parametrize(
    ("title", "name", "unit"),
    [
        ("高安市中医院急救比武报名表,\n", "a.csv", "高安市中医院"),
        ("市 中医院,\n", "高安市人民医院.csv", "高安市中医院"),
        ("急救比武报名表,\n", "市人民医院（改）.csv", "高安市人民医院"),
        ("高安市人民医院东院,\n", "a.csv", "高安市人民医院东院"),
        ("", "高安市中医院.csv", "高安市中医院"),
    ],
)
def test_a_sheet_without_units_belongs_to_the_only_one_it_names(
    tmp_path: Path, title: str, name: str, unit: str
) -> None:
    path = tmp_path / name
    path.write_text(title + WITHOUT_UNIT, "utf-8")
    reading = read_rosters([path], units=UNITS)
    assert (only(reading).unit, only(reading).missing) == (unit, ())
    assert [(row.unit, row.name) for row in reading.rows] == [(unit, "张伟"), (unit, "李娜")]
    (note,) = reading.warnings  # never silently
    assert unit in note
    assert reading.problems == []


@pytest.mark.parametrize("title", ["", "高安市中医院与高安市人民医院,\n", "宜春市第三医院,\n"])
def test_a_unit_that_is_not_named_or_one_of_several_is_asked_for(tmp_path: Path, title: str) -> None:
    path = tmp_path / "名单.csv"
    path.write_text(title + WITHOUT_UNIT, "utf-8")
    reading = read_rosters([path], units=UNITS)
    assert (only(reading).unit, only(reading).missing, reading.rows) == ("", ("unit",), [])
    (problem,) = reading.problems
    assert "Columns…" in problem.message
    chosen = read_rosters([path], units=UNITS, sheet_units={("名单.csv", ""): "高安市中医院"})
    assert {row.unit for row in chosen.rows} == {"高安市中医院"}
    assert chosen.problems == []


def test_a_column_of_units_comes_before_what_a_title_says(tmp_path: Path) -> None:
    path = tmp_path / "高安市中医院.csv"
    path.write_text("单位,姓名,组别\n市人民医院,张伟,医疗组\n", "utf-8")
    reading = read_rosters([path], units=UNITS)
    assert (only(reading).unit, [row.unit for row in reading.rows], reading.warnings) == ("", ["市人民医院"], [])


def test_a_name_that_is_the_unit_of_the_sheet_is_in_the_wrong_column(tmp_path: Path) -> None:
    path = tmp_path / "市中医院.csv"
    path.write_text(WITHOUT_UNIT + "高安市中医院,护理组\n", "utf-8")
    reading = read_rosters([path], units=UNITS)
    assert [row.faulty for row in reading.rows] == [False, False, True]
