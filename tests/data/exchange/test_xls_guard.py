"""Old workbooks are looked through before they are parsed."""

import struct
from pathlib import Path

import pytest

from data.errors import FileProblem
from data.exchange.tables import read_tables
from data.exchange.workbook_guard import Broken, TooMuch
from data.exchange.xls_guard import check_xls

EXAMPLE = Path(__file__).parents[3] / "resources" / "examples" / "gaoan-2023" / "rosters" / "15-太阳.xls"
CONTENT = EXAMPLE.read_bytes()
END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def record(kind: int, *values: int) -> bytes:
    return struct.pack(f"<HH{len(values)}H", kind, 2 * len(values), *values)


def compound(stream: bytes, name: str = "Workbook", small: bool = False, table: list[int] | None = None) -> bytes:
    """A compound file of one stream: sector 0 is the table of sectors, 1 the directory, the stream begins at 2.

    Small streams stand in the stream of the root, which begins at 3; sector 2 is their own table.
    """
    cutoff = 4096 if small else 0
    sectors = -(-len(stream) // 512)
    first = 3 if small else 2
    chain = [FAT, END, *([END] if small else []), *range(first + 1, first + sectors), END]
    chain = table or chain
    pieces = -(-len(stream) // 64)
    small_table = struct.pack("<128I", *range(1, pieces), END, *[FREE] * (128 - pieces)) if small else b""
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII109I",
        *(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, cutoff, 2, 1, END, 0, 0),
        *[FREE] * 108,
    )
    entries = entry("Root Entry", 3 if small else END, len(stream)) + entry(name, 0 if small else 2, len(stream))
    content = struct.pack("<128I", *chain, *[FREE] * (128 - len(chain))) + entries.ljust(512, b"\0") + small_table
    return header + content + stream.ljust(512 * sectors, b"\0")


def entry(name: str, start: int, length: int) -> bytes:
    text = name.encode("utf-16-le")
    return struct.pack("<64sHBB48xIII", text, len(text) + 2, 5, 1, start, length, 0)


def test_a_real_file_is_fine() -> None:
    check_xls(CONTENT)


@pytest.mark.parametrize("small", [True, False])
def test_cells_far_apart_are_too_much(small: bool) -> None:
    near = record(0x0809, 0) + record(0x0203, 5, 5) + record(0x000A) + record(0x0809, 0) + record(0x00FD, 9, 3)
    check_xls(compound(near, small=small))
    far = near + record(0x0203, 60_000, 0) + record(0x00BD, 0, 40_000)
    with pytest.raises(TooMuch):
        check_xls(compound(far * 2, small=small))
    check_xls(compound(far, name="Other", small=small))


def test_a_longer_file_says_where_more_of_its_table_is() -> None:
    stream = compound(record(0x0203, 1, 1))
    more = struct.pack("<128I", *[FREE] * 127, END)
    at = len(stream) // 512 - 1
    check_xls(stream[:68] + struct.pack("<II", at, 1) + stream[76:] + more)
    circle = struct.pack("<128I", *[FREE] * 127, at)
    with pytest.raises(Broken):
        check_xls(stream[:68] + struct.pack("<II", at, 1) + stream[76:] + circle)


def test_a_chain_in_a_circle_is_broken() -> None:
    with pytest.raises(Broken):
        check_xls(compound(b"x" * 600, table=[FAT, END, 3, 2]))
    with pytest.raises(Broken):
        check_xls(compound(b"x" * 600, table=[FAT, END, 99, END]))


@pytest.mark.parametrize("length", [8, 60, 511, 700, 2000, 5000])
def test_a_file_that_was_cut_off_is_broken(length: int) -> None:
    with pytest.raises(Broken):
        check_xls(CONTENT[:length])


def test_other_sizes_of_sectors_are_no_compound_file(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(CONTENT[:30] + b"\x03\x00" + CONTENT[32:])
    with pytest.raises(FileProblem, match="damaged"):
        read_tables(path)
