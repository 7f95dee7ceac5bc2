"""Workbooks are looked through before they are parsed: whole, and no larger than a roster may be."""

import io
import zipfile
from pathlib import Path

import pytest

from data.errors import FileProblem
from data.exchange import workbook_guard
from data.exchange.tables import read_tables
from data.exchange.workbook_guard import Broken, TooMuch, check_zip
from tests.data.exchange.hostile import changed, ods, ods_cell, ods_row, with_cells, xlsx, zipped

GOOD = xlsx(["单位", "姓名"], ["市人民医院", "张伟"])


def sheet(rows: str) -> bytes:
    return f"<worksheet><sheetData>{rows}</sheetData></worksheet>".encode()


def rows(tmp_path: Path, content: bytes) -> list[list[str]]:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    (table,) = read_tables(path)
    return table.rows


@pytest.mark.parametrize(
    "cells",
    [
        {"A1": "x", "XFD1048576": "y"},
        {"A1": "x", "ZZ1": "z", "A99999": "y"},
        {"A1": "x", "Z999999": "y"},
    ],
)
def test_a_few_cells_far_apart_are_too_much(cells: dict[str, str]) -> None:
    with pytest.raises(TooMuch):
        check_zip(with_cells(cells))


FAR = "<v>1</v></c></row>"
UNADDRESSED = "<c><v>1</v></c>"


@pytest.mark.parametrize(
    "rows",
    [
        f'<row r="1048576"><c r = "XFD1048576">{FAR}',
        f"<row r='1048576'><c\n r\n=\n'XFD1048576'>{FAR}",
        f'<row r="1048576"><c t=">" r="XFD1048576">{FAR}',
        f'<row r="1048576"><x:c r="XFD1048576">{FAR}',
        f'<!-- <c " --><row r="1048576"><c r="XFD1048576">{FAR}',
        f'<row r="1">{UNADDRESSED * 200}</row><row r="9999">{UNADDRESSED}</row>',
        f'<row r="99999"/><row/><row>{UNADDRESSED * 20}</row>',
        f"<row>{UNADDRESSED}</row>" + "<row/>" * 100_000 + f'<row><c r="K1"/>{UNADDRESSED}</row>',
    ],
)
def test_cells_are_counted_however_their_addresses_are_written(rows: str) -> None:
    with pytest.raises(TooMuch):
        check_zip(changed(GOOD, "xl/worksheets/sheet1.xml", lambda _text: sheet(rows)))


def test_cells_without_addresses_are_read_as_they_follow_each_other(tmp_path: Path) -> None:
    text = "<row><c t='str'><v>单位</v></c><c t='str'><v>姓名</v></c></row><row r='4'><c t='str'><v>x</v></c></row>"
    content = changed(GOOD, "xl/worksheets/sheet1.xml", lambda _text: sheet(text))
    assert rows(tmp_path, content) == [["单位", "姓名"], ["", ""], ["", ""], ["x", ""]]


@pytest.mark.parametrize("more", range(0, 40, 3))
def test_an_address_is_seen_wherever_a_piece_ends(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    monkeypatch.setattr(workbook_guard, "_PIECE", 64)
    for far in ('<c r="XFD1048576">', '<x:c r="XFD1048576">', f'<{"x" * 60}:c r="XFD1048576">'):
        text = f'<row r="1"><c r="A1" note="{"." * more}"><v>1</v></c></row><row r="1048576">{far}{FAR}'
        with pytest.raises(TooMuch):
            check_zip(changed(GOOD, "xl/worksheets/sheet1.xml", lambda _text, text=text: sheet(text)))
    near = f'<row r="1"><c r="A1" note="{"." * more}" t="e"><v>#N/A</v></c></row>' * 2
    assert check_zip(changed(GOOD, "xl/worksheets/sheet1.xml", lambda _text: sheet(near)))


@pytest.mark.parametrize("text", ["<si/>", "<x:si><x:t>a</x:t></x:si>"])
def test_shared_texts_that_no_cell_has_are_too_much(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """Twenty million of them take 800 kilobytes of a file, 17 seconds, and a gigabyte."""
    monkeypatch.setattr(workbook_guard, "MOST_CELLS", 1000)
    assert not check_zip(zipped({"xl/sharedStrings.xml": f"<sst>{text * 1000}</sst>"}))
    with pytest.raises(TooMuch):
        check_zip(zipped({"xl/sharedStrings.xml": f"<sst>{text * 1001}</sst>"}))


@pytest.mark.parametrize("address", ["AB40", "A200000"])
def test_a_cell_beyond_the_usual_alone_is_not(tmp_path: Path, address: str) -> None:
    table = rows(tmp_path, with_cells({"A1": "x", address: "y"}))
    assert table[-1][-1] == "y"


def test_cells_that_are_only_coloured_count_for_nothing(tmp_path: Path) -> None:
    blank = b'<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>'
    content = changed(GOOD, "xl/worksheets/sheet1.xml", lambda text: text.replace(b"</sheetData>", blank))
    assert rows(tmp_path, content) == [["单位", "姓名"], ["市人民医院", "张伟"]]


def test_repeated_cells_of_an_ods_are_counted(tmp_path: Path) -> None:
    usual = ods(ods_row(ods_cell("x") + ods_cell(times=16383)) + ods_row(ods_cell(times=16384), 1_048_575))
    assert rows(tmp_path, usual) == [["x"]]
    assert rows(tmp_path, ods(ods_row(ods_cell("x", 3), 2))) == [["x", "x", "x"]] * 2
    for much in (
        ods_row(ods_cell("x", 16_384), 1_000),
        ods_row(ods_cell("x", 16_000)) + ods_row(ods_cell(), 1_000) + ods_row(ods_cell("z")),
        ods_row('<table:table-cell table:number-columns-repeated="9999" office:value="1"/>', 999),
    ):
        with pytest.raises(TooMuch):
            check_zip(ods(much))


def test_a_long_text_that_cells_share_is_too_much() -> None:
    shared = b"<sst><si><t>" + b"x" * 300_000 + b"</t></si></sst>"
    with pytest.raises(TooMuch):
        check_zip(zipped({"xl/sharedStrings.xml": shared}))
    check_zip(zipped({"xl/sharedStrings.xml": b"<sst>" + b"<si><t>x</t></si>" * 300_000 + b"</sst>"}))


def test_parts_that_inflate_beyond_measure_are_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = zipped({"xl/media/a.bin": b"\0" * 2_000_000})
    check_zip(bomb)
    monkeypatch.setattr(workbook_guard, "MOST_INFLATED", 1_000_000)
    with pytest.raises(TooMuch):
        check_zip(bomb)
    monkeypatch.setattr(workbook_guard, "MOST_PARTS", 3)
    with pytest.raises(TooMuch):
        check_zip(GOOD)


def test_a_changed_byte_is_noticed_wherever_the_parser_stops_reading() -> None:
    text = b"<worksheet><sheetData/></worksheet>"
    plain = io.BytesIO()
    with zipfile.ZipFile(plain, "w") as archive:  # stored as it is, so that the byte can be found
        archive.writestr("xl/worksheets/sheet1.xml", text)
    stored = plain.getvalue()
    check_zip(stored)
    at = stored.index(text) + len(text) - 3
    with pytest.raises(Broken):
        check_zip(stored[:at] + b"X" + stored[at + 1 :])


@pytest.mark.parametrize("share", [0.0, 0.3, 0.6, 0.99])
def test_a_file_that_was_cut_off_is_broken(share: float) -> None:
    with pytest.raises(Broken):
        check_zip(GOOD[: int(len(GOOD) * share)])


def test_binary_workbooks_are_no_kind_that_is_read() -> None:
    with pytest.raises(Broken):
        check_zip(zipped({"xl/workbook.bin": b""}))


def test_too_large_is_said_in_words(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(with_cells({"A1": "x", "XFD1048576": "y"}))
    with pytest.raises(FileProblem, match="too large") as caught:
        read_tables(path)
    assert caught.value.todo
