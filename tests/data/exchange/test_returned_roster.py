"""What goes back to a hospital: its own sheet, with what is wrong coloured and explained."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from data.errors import FileProblem
from data.exchange import returned_roster
from data.exchange.returned_roster import write_returned
from data.exchange.roster_files import read_rosters
from data.queries.roster_import import ImportPreview, preview_import
from data.store import Store

EXAMPLES = Path(__file__).parents[3] / "resources" / "examples"
MISTAKES = Path(__file__).parents[2] / "files" / "mistakes.xlsx"
RED, AMBER = "00F6B2AC", "00FFE08A"


def preview(store: Store, *paths: Path) -> ImportPreview:
    return preview_import(store, read_rosters(paths))


def coloured(sheet: Any) -> dict[str, str]:
    return {cell.coordinate: cell.fill.fgColor.rgb for row in sheet.iter_rows() for cell in row if cell.fill.fill_type}


def test_the_sheet_comes_back_with_colours_and_reasons(planned: Store, tmp_path: Path) -> None:
    (path,) = write_returned(tmp_path, preview(planned, MISTAKES))
    assert path.name == "mistakes-退回.xlsx"
    sheet = load_workbook(path)["报名表"]
    assert "须更正" in sheet["A1"].value
    assert [cell.value for cell in sheet[2]][-2:] == ["联系电话", "退回原因"]
    assert [row[1].value for row in sheet.iter_rows(min_row=3)] == [
        *("任俊萍", "万平斌", None, "钱多多", "孙悟", "李四", None, "周五")
    ]
    colours = coloured(sheet)
    assert {place for place, colour in colours.items() if colour == RED and not place.startswith("I")} == {
        *("A4", "B5", "D6", "H6", "C7", "G8", "B9", "G10")
    }
    assert sheet["I6"].value.splitlines()[0].startswith("须更正：身份证号：")
    assert len(sheet["I6"].value.splitlines()) == 2


def test_a_mended_sheet_is_read_as_it_is(planned: Store, tmp_path: Path) -> None:
    (path,) = write_returned(tmp_path, preview(planned, MISTAKES))
    book = load_workbook(path)
    sheet = book["报名表"]
    for place, text in {"A4": "市人民医院", "B5": "王芳", "D6": "", "H6": "", "C7": "男", "G8": "医疗组"}.items():
        sheet[place].value = text
    book.save(tmp_path / "again.xlsx")
    again = preview(planned, tmp_path / "again.xlsx")
    assert {planned.row.name for planned in again.added} >= {"任俊萍", "万平斌", "王芳", "钱多多", "孙悟", "李四"}
    assert {problem.cell for problem in again.refused} == {"B9", "G10"}
    assert again.notes == ()
    assert read_rosters([path]).tables[0].shape == read_rosters([MISTAKES]).tables[0].shape


def test_doubtful_cells_are_amber_and_every_file_has_its_own(planned: Store, tmp_path: Path) -> None:
    rosters = EXAMPLES / "gaoan-2023" / "rosters"
    sent = [rosters / "04-二院.xlsx", rosters / "15-太阳.xls", rosters / "11-黄沙岗.csv"]
    written = write_returned(tmp_path, preview(planned, *sent))
    assert [path.name for path in written] == ["04-二院-退回.xlsx", "15-太阳-退回.xlsx", "11-黄沙岗-退回.xlsx"]
    sheet = load_workbook(written[0]).active
    colours = coloured(sheet)
    assert set(colours.values()) == {AMBER}
    assert {place[0] for place in colours} == {"D", "J"}
    assert sheet["A2"].value == "市第二人民医院参赛人员报名表"
    assert write_returned(tmp_path, preview(planned, sent[0]))[0].name == "04-二院-退回2.xlsx"


def test_nothing_to_say_writes_nothing(planned: Store, tmp_path: Path) -> None:
    good = tmp_path / "a.csv"
    good.write_text("单位,姓名,组别\n市人民医院,张伟,医疗组\n", "utf-8")
    (tmp_path / "b.xlsx").write_bytes(b"PK\x03\x04 broken")
    seen = preview(planned, tmp_path)
    assert len(seen.refused) == 1
    assert write_returned(tmp_path, seen) == []


def test_what_came_cannot_run_as_a_formula(planned: Store, tmp_path: Path) -> None:
    bad = tmp_path / "a.csv"
    bad.write_text(
        '单位,姓名,组别,备注\n市人民医院,=1+1,医疗组,"=HYPERLINK(""x"")"\n市人民医院,张\x07伟,医疗组,\n', "utf-8"
    )
    (path,) = write_returned(tmp_path, preview(planned, bad))
    sheet = load_workbook(path).active
    assert sheet["B3"].value == "=1+1"
    assert sheet["B4"].value == "张\ufffd伟"
    assert "f" not in {cell.data_type for row in sheet.iter_rows() for cell in row}


def test_of_a_long_sheet_only_the_rows_with_problems_go_back(
    planned: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(returned_roster, "_MOST_ROWS", 5)
    (path,) = write_returned(tmp_path, preview(planned, MISTAKES))
    sheet = load_workbook(path).active
    assert "只列出" in sheet["A1"].value
    assert sheet["B2"].value == "姓名"
    assert sheet.max_row == 2 + 7


def test_a_missing_column_is_told_beside_the_headers(planned: Store, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    for folder in "ab":
        (tmp_path / folder / "名单.csv").write_text("单位,姓名\n市人民医院,张伟\n", "utf-8")
    written = write_returned(tmp_path, preview(planned, tmp_path / "a", tmp_path / "b"))
    assert [path.name for path in written] == ["a-名单-退回.xlsx", "b-名单-退回.xlsx"]
    sheet = load_workbook(written[0]).active
    assert sheet.title == "报名表"
    assert (
        sheet["D2"].value == "须更正：No column is taken for 组别: add it to the sheet, or choose it under “Columns…”."
    )


def test_a_folder_that_cannot_be_written_is_told(planned: Store, tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="could not be written"):
        write_returned(tmp_path / "none", preview(planned, MISTAKES))
