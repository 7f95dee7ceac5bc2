"""Tables of every kind read as the same plain texts."""

from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook

from data.errors import FileProblem
from data.exchange import tables
from data.exchange.tables import cell_text, read_tables, table_files
from tests.data.exchange.hostile import xlsx

EXAMPLES = Path(__file__).parents[3] / "resources" / "examples" / "gaoan-2023" / "rosters"
LINES = "单位,姓名\n市人民医院,张伟\n"
ROWS = [["单位", "姓名"], ["市人民医院", "张伟"]]


@pytest.mark.parametrize(
    "content",
    [
        LINES.encode("utf-8"),
        LINES.encode("utf-8-sig"),
        LINES.encode("gb18030"),
        LINES.encode("utf-16"),
        "﻿".encode("utf-16-be") + LINES.encode("utf-16-be"),
        "name,a\n".encode("utf-16-le") + LINES.encode("utf-16-le"),
        "name,a\n".encode("utf-16-be") + LINES.encode("utf-16-be"),
        LINES.replace(",", "\t").encode(),
        LINES.replace(",", ";").encode(),
        LINES.replace(",", "，").encode(),
        LINES.replace("\n", "\r\n").encode(),
    ],
)
def test_text_in_any_encoding_and_with_any_comma(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "名单.csv"
    path.write_bytes(content)
    (table,) = read_tables(path)
    assert table.rows[-2:] == ROWS
    assert (table.file, table.sheet) == ("名单.csv", "")


def test_rare_characters_of_gb18030_survive(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("姓名,𬭎飞\n".encode("gb18030"))
    assert read_tables(path)[0].rows == [["姓名", "𬭎飞"]]


def workbook(path: Path) -> Path:
    book = Workbook()
    sheet = book.active
    sheet.title = "名单"
    sheet["B3"] = "姓名"
    sheet["A4"], sheet["B4"], sheet["C4"] = "市人民医院", "张伟", 19953833528.0
    sheet["B5"] = "李娜"
    sheet.merge_cells("A4:A5")
    hidden = book.create_sheet("选项")
    hidden["A1"] = "男"
    hidden.sheet_state = "hidden"
    book.save(path)
    return path


def test_rows_keep_their_numbers_merged_cells_their_text_hidden_sheets_stay_out(tmp_path: Path) -> None:
    (table,) = read_tables(workbook(tmp_path / "a.xlsx"))
    assert table.sheet == "名单"
    assert [cell.strip() for cell in table.rows[2]] == ["", "姓名", ""]
    assert table.rows[3:] == [["市人民医院", "张伟", "19953833528"], ["市人民医院", "李娜", ""]]


def test_blank_cells_merged_beside_and_below_the_table_change_nothing(tmp_path: Path) -> None:
    book = Workbook()
    for row in ROWS:
        book.active.append(row)
    book.active.merge_cells("H1:H2")
    book.active.merge_cells("A8:B12")
    book.save(tmp_path / "a.xlsx")
    assert read_tables(tmp_path / "a.xlsx")[0].rows == ROWS


def test_a_file_is_known_by_what_it_holds(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx").rename(tmp_path / "a.csv")
    assert read_tables(path)[0].sheet == "名单"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("文", "文"),
        (None, ""),
        (True, "是"),
        (False, "否"),
        (19953833528.0, "19953833528"),
        (1.5, "1.5"),
        (7, "7"),
        (3.6098119900101e17, "3.60981E+17"),
        (date(2023, 11, 18), "2023-11-18"),
        (datetime(2023, 11, 18), "2023-11-18"),
        (datetime(2023, 11, 18, 8, 30), "2023-11-18 08:30"),
        (time(8, 30), "08:30"),
        (timedelta(hours=8, minutes=30), "08:30"),
    ],
)
def test_cells_read_as_people_see_them(value: object, text: str) -> None:
    assert cell_text(value) == text


def _bytes(tmp_path: Path, content: bytes, name: str = "a.xls") -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04 broken",
        b"\xd0\xcf\x11\xe0 broken",
        b"<html><table></table></html>",
        b"\xff\xff\xff\x81",
        b"a\x00\x00\x00b\x00",
        b'a,b\n"' + b"x" * 140_000 + b'",c\n',
    ],
)
def test_what_is_no_table_is_said_in_words(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(FileProblem) as caught:
        read_tables(_bytes(tmp_path, content))
    assert "a.xls" in caught.value.where
    assert caught.value.todo


def test_a_missing_file_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="cannot be read"):
        read_tables(tmp_path / "none.xlsx")


def test_a_password_is_said_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Locked:
        @staticmethod
        def from_filelike(content: object) -> None:
            raise tables.PasswordError("encrypted")

    monkeypatch.setattr(tables, "CalamineWorkbook", Locked)
    with pytest.raises(FileProblem, match="password"):
        read_tables(_bytes(tmp_path, xlsx(["a"])))


def test_folders_give_their_tables_by_name_and_no_lock_files(tmp_path: Path) -> None:
    for name in ("b.xlsx", "a.csv", "~$b.xlsx", ".hidden.csv", "photo.jpg", "inside/c.XLS"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    single = tmp_path / "photo.jpg"
    found = table_files([tmp_path, single, tmp_path / "a.csv"])
    assert [path.name for path in found] == ["a.csv", "b.xlsx", "c.XLS", "photo.jpg"]


def test_a_quotation_mark_that_is_not_closed_swallows_nobody(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="quotation mark"):
        read_tables(_bytes(tmp_path, '单位,姓名,备注\n市医,张伟,"甲\n市医,李娜,\n'.encode()))
    (table,) = read_tables(_bytes(tmp_path, '单位,姓名,备注\n市医,张伟,"甲\n乙"\n市医,李"娜,"'.encode() + b'"'))
    assert [row[1] for row in table.rows] == ["姓名", "张伟", '李"娜']


def test_digits_that_a_program_kept_as_text_are_digits(tmp_path: Path) -> None:
    (table,) = read_tables(_bytes(tmp_path, b'="123","=""0795""","=""a""&""b"""\n'))
    assert table.rows == [["123", "0795", '="a"&"b"']]


def test_more_cells_than_any_roster_has_are_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MOST_CELLS", 5)
    for content in (
        b"a,b,c\nd,e,f\ng,h,i\n",
        (EXAMPLES / "15-太阳.xls").read_bytes(),
        xlsx(["a", "b", "c"], [1, 2, 3]),
    ):
        with pytest.raises(FileProblem, match="too large"):
            read_tables(_bytes(tmp_path, content))
    monkeypatch.setattr(tables, "MOST_BYTES", 5)
    with pytest.raises(FileProblem, match="too large"):
        read_tables(_bytes(tmp_path, b"123456"))


def test_a_parser_that_loses_its_way_is_a_damaged_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class PanicException(BaseException):
        pass

    for raised, told in (
        (PanicException("index out of bounds"), FileProblem),
        (KeyboardInterrupt(), KeyboardInterrupt),
    ):

        class Lost:
            @staticmethod
            def from_filelike(content: object, raised: BaseException = raised) -> None:
                raise raised

        monkeypatch.setattr(tables, "CalamineWorkbook", Lost)
        with pytest.raises(told):
            read_tables(_bytes(tmp_path, xlsx(["a"])))


def test_a_sheet_that_begins_further_right_keeps_its_letters(tmp_path: Path) -> None:
    book = Workbook()
    book.active["C2"], book.active["C3"] = "姓名", "张伟"
    book.create_sheet("空")
    book.create_chartsheet("图")
    book.save(tmp_path / "a.xlsx")
    first, empty = read_tables(tmp_path / "a.xlsx")
    assert first.rows == [["", "", ""], ["", "", "姓名"], ["", "", "张伟"]]
    assert empty.rows == []


def test_a_cell_with_an_error_is_not_blank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = Workbook()
    book.active.append(["姓名", "身份证号"])
    book.active.append(["张伟", "#N/A"])
    book.create_sheet("空")["C9"] = "#REF!"
    book.save(tmp_path / "a.xlsx")
    table, other = read_tables(tmp_path / "a.xlsx")
    assert table.rows[1] == ["张伟", "#N/A"]
    assert other.rows[8] == ["", "", "#REF!"]

    def stumble(content: bytes, found: object) -> None:
        raise KeyError("no such sheet")

    monkeypatch.setattr(tables, "_show_errors", stumble)
    with pytest.raises(FileProblem, match="damaged"):
        read_tables(tmp_path / "a.xlsx")
