"""Rosters as hospitals send them."""

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from data.errors import Cancelled, FileProblem
from data.exchange.headers import header_word
from data.exchange.roster_files import HEADERS, read_rosters, write_problems, write_template
from data.rules.roster import CellProblem, RosterReading

EXAMPLES = Path(__file__).parents[3] / "resources" / "examples"
MISTAKES = Path(__file__).parents[2] / "files" / "mistakes.xlsx"


def csv(tmp_path: Path, *lines: str, name: str = "名单.csv") -> RosterReading:
    path = tmp_path / name
    path.write_text("\n".join(lines), "utf-8")
    return read_rosters([path])


def test_the_thirty_files_of_gaoan_give_876_people_and_no_problem() -> None:
    reading = read_rosters([EXAMPLES / "gaoan-2023" / "rosters"])
    assert (reading.files, len(reading.rows)) == (30, 876)
    assert (reading.problems, reading.warnings) == ([], [])
    assert not any(row.faulty for row in reading.rows)
    messy = next(row for row in reading.rows if row.file.startswith("06"))
    assert (messy.row, messy.name, messy.id_number) == (2, "唐磊文", "99000019950627339X")
    assert messy.phone == "19953833528"
    titled = next(row for row in reading.rows if row.file.startswith("04"))
    assert (titled.row, titled.unit, titled.title, titled.group) == (4, "市第二人民医院", "中级", "医疗组")
    old = [row.name for row in reading.rows if row.file.startswith("11")]
    assert "买买提·吐尔逊" in old


def test_the_nursing_roster_is_read_too() -> None:
    assert len(read_rosters([EXAMPLES / "county-nursing" / "roster.xlsx"]).rows) == 42


def test_each_bad_cell_is_named_with_file_sheet_row_column_and_reason() -> None:
    reading = read_rosters([MISTAKES])
    named = [(problem.cell, problem.column) for problem in reading.problems]
    assert named == [("B4", "姓名"), ("D5", "身份证号"), ("H5", "联系电话"), ("C6", "性别"), ("B8", "姓名")]
    assert {(problem.file, problem.sheet) for problem in reading.problems} == {("mistakes.xlsx", "报名表")}
    assert reading.problems[1].message.startswith("The last character of the ID number")
    assert [row.row for row in reading.rows if row.faulty] == [4, 5, 6, 8]


def test_other_header_words_in_any_order_with_things_around_them(tmp_path: Path) -> None:
    reading = csv(
        tmp_path,
        "2023年技能比武报名表,,,,,",
        ",,,,,",
        "编号,手机号码：,参赛组别（必填）,姓  名*,参 赛 单 位,是否参赛,血型",
        "1,13800000000,医疗组,张伟,市人民医院,是,A",
        ",,,,,,",
        "2,,护理组,李娜,市人民医院,,B",
    )
    assert [(row.row, row.name, row.group, row.phone, row.seeded) for row in reading.rows] == [
        (4, "张伟", "医疗组", "13800000000", True),
        (6, "李娜", "护理组", "", None),
    ]
    assert reading.warnings == ["名单.csv: columns left out because they are not known: 血型."]
    assert reading.columns["名单.csv", ""]["name"] == ("D", "姓 名*")


def test_what_stands_below_the_names_is_no_person(tmp_path: Path) -> None:
    reading = csv(
        tmp_path,
        "单位,姓名,身份证号,组别,联系电话",
        "市人民医院,张伟,,医疗组,",
        "市人民医院,,,,",
        "单位,姓名,身份证号,组别,联系电话",
        "市人民医院,李娜,,护理组,",
        "合计,2人,,,",
        "单位负责人（签字）：,,,,13800000000",
        "填报日期：,2023年10月20日,,,",
    )
    assert [row.name for row in reading.rows] == ["张伟", "李娜"]
    assert reading.problems == []


def test_a_person_without_a_group_is_refused_not_dropped(tmp_path: Path) -> None:
    reading = csv(tmp_path, "单位,姓名,组别,参赛", "市人民医院,张伟,,", "市人民医院,李娜,护理组,也许", "短")
    assert [(problem.cell, problem.message) for problem in reading.problems] == [
        ("C2", "Group is missing."),
        ("D3", "The column 参赛 must be 是, 否 or empty, not “也许”."),
    ]


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    reading = csv(tmp_path, "姓名,性别", "张伟,男")
    assert reading.rows == []
    assert [problem.message for problem in reading.problems] == [
        "No column is taken for 单位、组别: add it to the sheet, or choose it under “Columns…”."
    ]
    assert reading.problems[0].row == 1


def test_a_file_without_a_header_or_that_is_damaged_stops_no_other(tmp_path: Path) -> None:
    (tmp_path / "1.csv").write_text("你好\n", "utf-8")
    (tmp_path / "2.xlsx").write_bytes(b"PK\x03\x04 broken")
    (tmp_path / "3.csv").write_text("单位,姓名,组别\n市人民医院,张伟,医疗组\n", "utf-8")
    reading = read_rosters([tmp_path])
    assert [row.name for row in reading.rows] == ["张伟"]
    assert [problem.file for problem in reading.problems] == ["1.csv", "2.xlsx"]
    assert "No row with the headers" in reading.problems[0].message
    assert "damaged" in reading.problems[1].message


def test_every_sheet_with_a_header_counts(tmp_path: Path) -> None:
    book = Workbook()
    for group in ("医疗组", "护理组"):
        sheet = book.create_sheet(group)
        sheet.append(["单位", "姓名", "组别"])
        sheet.append(["市人民医院", f"张{group[0]}", group])
    book.save(tmp_path / "a.xlsx")
    reading = read_rosters([tmp_path / "a.xlsx"])
    assert [(row.sheet, row.group) for row in reading.rows] == [("医疗组", "医疗组"), ("护理组", "护理组")]
    assert reading.problems == []


def test_progress_is_told_and_may_stop(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / f"{name}.csv").write_text("单位,姓名,组别\n", "utf-8")
    told: list[tuple[int, int, str]] = []

    def progress(done: int, total: int, text: str) -> None:
        told.append((done, total, text))
        if done == 1:
            raise Cancelled("stop")

    with pytest.raises(Cancelled):
        read_rosters([tmp_path], progress)
    assert told == [(0, 2, "a.csv"), (1, 2, "b.csv")]


def test_the_template_can_be_read_and_holds_nobody(tmp_path: Path) -> None:
    path = tmp_path / "报名表.xlsx"
    write_template(path)
    reading = read_rosters([path])
    assert (reading.rows, reading.problems, reading.warnings) == ([], [], [])
    assert list(reading.columns["报名表.xlsx", "报名表"]) == list(HEADERS)


def test_the_list_of_problems_cannot_run_as_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "问题.xlsx"
    write_problems(
        path, [CellProblem("a.xlsx", "表", 3, "=HYPERLINK()", "B3", "why"), CellProblem("b.csv", "", 0, "", "", "=1+1")]
    )
    sheet = load_workbook(path).active
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["文件", "工作表", "行", "列", "单元格", "原因"],
        ["a.xlsx", "表", "3", "=HYPERLINK()", "B3", "why"],
        ["b.csv", None, None, None, None, "=1+1"],
    ]
    assert "f" not in {cell.data_type for row in sheet.iter_rows() for cell in row}


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="could not be written"):
        write_template(tmp_path / "none" / "a.xlsx")


@pytest.mark.parametrize("cell", ["姓名", " 姓 名 ", "姓名*", "姓名（必填）", "姓名(真实)", "姓名："])
def test_headers_are_read_without_what_is_around_them(cell: str) -> None:
    assert header_word(cell) == "姓名"


def test_a_column_of_few_texts_holds_no_names(tmp_path: Path) -> None:
    rows = [f"市人民医院,{['N2护理', '规培生'][at % 2]},医疗组" for at in range(10)]
    reading = csv(tmp_path, "单位,姓名,组别", *rows)
    assert reading.rows == []
    assert [(problem.cell, "same few texts" in problem.message) for problem in reading.problems] == [("B1", True)]
    assert reading.tables[0].columns[1].samples[:2] == ("N2护理", "规培生")


def test_a_department_in_the_column_of_names_is_no_person(tmp_path: Path) -> None:
    reading = csv(tmp_path, "单位,姓名,科室,组别", "市人民医院,张伟,烧伤整形,医疗组", "市人民医院,烧伤整形,李娜,医疗组")
    assert [row.name for row in reading.rows if not row.faulty] == ["张伟"]
    assert reading.problems[0].cell == "B3"
    assert "also stands in the column 科室" in reading.problems[0].message


def test_a_sheet_without_headers_beside_one_with_them_is_told(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["单位", "姓名", "组别"])
    book.create_sheet("补报").append(["市人民医院", "张伟", "医疗组"])
    book.save(tmp_path / "a.xlsx")
    reading = read_rosters([tmp_path / "a.xlsx"])
    assert (reading.problems, len(reading.tables)) == ([], 2)
    assert reading.warnings[0].startswith("a.xlsx · 补报: the sheet was left out")


def test_files_of_one_name_are_told_apart_by_their_folders(tmp_path: Path) -> None:
    for folder in ("市医/x", "二院/x", "二院/y"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "名单.csv").write_text("单位,姓名,组别\n市人民医院,张伟,医疗组\n", "utf-8")
    reading = read_rosters([tmp_path])
    assert {row.file for row in reading.rows} == {"x/名单.csv", "市医/x/名单.csv", "y/名单.csv"}
