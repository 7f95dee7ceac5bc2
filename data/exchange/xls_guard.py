"""Looks through an .xls file before it is parsed, as `workbook_guard` does for the newer kinds.

An .xls is a small file system (OLE compound file, [MS-CFB]): sectors chained by a table. Its stream
"Workbook" is a row of records ([MS-XLS] 2.1.4): two bytes of kind, two of length, then the content,
which for a cell begins with its row and its column. A changed byte may chain a sector to itself or
put a cell 60,000 columns to the right.
"""

import struct

from data.exchange.workbook_guard import MOST_CELLS, Broken, TooMuch

_FREE = 0xFFFFFFF0  # sector numbers from here on mean something else
_STREAMS = ("Workbook", "Book")
_BEGIN = 0x0809  # of a sheet, or of the records for all sheets
# FORMULA, MULRK, RSTRING, LABELSST, NUMBER, LABEL, BOOLERR, RK, and FORMULA of older versions
_CELLS = frozenset({0x0006, 0x00BD, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E, 0x0206, 0x0406})


def check_xls(content: bytes) -> None:
    """Look through an .xls file. One that is locked with a password, or of another kind, is left to the parser.

    Raises:
        TooMuch: its sheets span too many cells.
        Broken: it was cut off, or its inner tables contradict each other.
    """
    try:
        stream = _workbook_stream(content)
        cells = _cells(stream) if stream is not None else 0
    except (struct.error, IndexError) as error:
        raise Broken(str(error)) from error
    if cells > MOST_CELLS:
        raise TooMuch


def _cells(stream: bytes) -> int:
    cells = width = height = place = 0
    end = len(stream)
    while place + 4 <= end:
        kind, length = struct.unpack_from("<HH", stream, place)
        place += 4
        if kind in _CELLS and length >= 4:
            row, column = struct.unpack_from("<HH", stream, place)
            if row >= height:
                height = row + 1
            if column >= width:
                width = column + 1
        elif kind == _BEGIN:
            cells += width * height
            width = height = 0
        place += length
    return cells + width * height


def _workbook_stream(content: bytes) -> bytes | None:
    """The stream that holds the tables, or None when there is none of this name."""
    size = 1 << struct.unpack_from("<H", content, 30)[0]
    small = 1 << struct.unpack_from("<H", content, 32)[0]
    if size not in (512, 4096) or small != 64:
        raise Broken("sector size")
    directory_start, cutoff, small_start = (struct.unpack_from("<I", content, at)[0] for at in (48, 56, 60))
    table = _sector_table(content, size)
    directory = _chain(content, table, directory_start, size, size)
    root = _entry(directory, 0)
    for place in range(0, len(directory) - 127, 128):
        name, start, length = _entry(directory, place)
        if name not in _STREAMS:
            continue
        if length >= cutoff:
            return _chain(content, table, start, size, size)[:length]
        small_table_bytes = _chain(content, table, small_start, size, size)
        small_table = struct.unpack(f"<{len(small_table_bytes) // 4}I", small_table_bytes)
        return _chain(_chain(content, table, root[1], size, size), small_table, start, small, 0)[:length]
    return None


def _entry(directory: bytes, place: int) -> tuple[str, int, int]:
    """Name, first sector and length of one entry of the directory."""
    name_length = min(struct.unpack_from("<H", directory, place + 64)[0], 64)
    name = directory[place : place + max(name_length - 2, 0)].decode("utf-16-le", "replace")
    start, length = struct.unpack_from("<II", directory, place + 116)
    return name, start, length


def _sector_table(content: bytes, size: int) -> tuple[int, ...]:
    """For each sector the one that follows it."""
    sectors = list(struct.unpack_from("<109I", content, 76))
    following = struct.unpack_from("<I", content, 68)[0]
    seen = set()
    while following < _FREE:
        if following in seen:
            raise Broken("sectors in a circle")
        seen.add(following)
        more = struct.unpack_from(f"<{size // 4}I", content, (following + 1) * size)
        sectors += more[:-1]
        following = more[-1]
    table: list[int] = []
    for sector in sectors:
        if sector < _FREE:
            table += struct.unpack_from(f"<{size // 4}I", content, (sector + 1) * size)
    return tuple(table)


def _chain(content: bytes, table: tuple[int, ...], start: int, size: int, skipped: int) -> bytes:
    """The sectors from `start` on, one behind the other; `skipped` bytes of content come before the first sector."""
    pieces: list[bytes] = []
    sector = start
    while sector < _FREE:
        if len(pieces) > len(table):
            raise Broken("sectors in a circle")
        at = skipped + sector * size
        if at >= len(content):
            raise Broken("cut off")
        pieces.append(content[at : at + size])
        sector = table[sector]
    return b"".join(pieces)
