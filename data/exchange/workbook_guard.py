"""Looks through an .xlsx or .ods file before it is parsed: is it whole, and no larger than a roster may be?

The parser takes memory for the whole area between the first and the last cell of a sheet, so a file of a
few bytes could ask for more than the machine has. It also stops reading a part of a zip file where the
table ends, and so never comes to the checksum behind it. Both are found out here.
"""

import io
import re
import zipfile
import zlib

MOST_BYTES = 64 << 20  # of a file as it is sent
MOST_INFLATED = 400 << 20  # of all its parts together
MOST_PARTS = 10_000
MOST_CELLS = 1_200_000  # of all its sheets, the blank ones between others included; some 100,000 people
LONGEST_SHARED = 8 * 32_767  # bytes of one text with its markup; a spreadsheet's cell has 32,767 characters

_FAR = re.compile(rb"""r=["'](?:[A-Za-z]{2,}\d|[A-Za-z]\d{6})""")  # beyond column Z, or below row 99,999
_FILLED = re.compile(rb"""<(?:\w+:)?c (?:[^>]*?\s)?r=["']([A-Za-z]+)(\d+)["'][^>]*(?<!/)>""")
_ODS_TAG = re.compile(rb"<(/?)table:(table|table-row|table-cell|covered-table-cell)(?=[\s/>])([^>]*)>")
_COLUMNS = re.compile(rb'table:number-columns-repeated="(\d{1,9})"')
_ROWS = re.compile(rb'table:number-rows-repeated="(\d{1,9})"')


class TooMuch(Exception):
    """The file holds more than a roster may."""


class Broken(Exception):
    """The file is not whole, or not of its kind."""


def check_zip(content: bytes) -> bool:
    """Look through an .xlsx or .ods file; returns whether cells show an error, which the parser takes for blank ones.

    Raises:
        TooMuch: it has too many cells, or its parts are too large.
        Broken: it was cut off, a byte of it has changed, or it is no workbook of these kinds.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _check_parts(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        raise Broken(str(error)) from error


def _check_parts(archive: zipfile.ZipFile) -> bool:
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_INFLATED:
        raise TooMuch
    if "xl/workbook.bin" in archive.namelist():
        raise Broken("xlsb")  # its sheets cannot be looked through
    cells = 0
    has_errors = False
    for part in parts:
        if not part.filename.endswith((".xml", ".rels")):
            continue
        text = archive.read(part)  # checks its length and its checksum
        if part.filename == "content.xml":
            cells += _ods_cells(text)
        elif b"sheetData" in text:
            cells += _sheet_cells(text)
            has_errors = has_errors or b't="e"' in text
        if cells > MOST_CELLS or _longest_shared(text) > LONGEST_SHARED:
            raise TooMuch
    return has_errors


def _sheet_cells(text: bytes) -> int:
    """How many cells there are between the first and the last of a sheet that hold something; 0 for a small one."""
    if not _FAR.search(text):
        return 0
    widest = tallest = 0
    for letters, digits in set(_FILLED.findall(text)):
        column = 0
        for letter in letters.upper():
            column = column * 26 + letter - 64
        widest, tallest = max(widest, column), max(tallest, int(digits))
    return widest * tallest


def _longest_shared(text: bytes) -> int:
    """Bytes of the longest shared text. Each cell gets a copy of its own, so one that many cells share adds up.

    Raises:
        TooMuch: there are more of them than a roster has cells; the parser keeps all, whether a cell has them or not.
    """
    if b"<sst" not in text[:2000] and b":sst" not in text[:2000]:
        return 0
    if text.count(b"<si") + text.count(b":si>") // 2 > MOST_CELLS:
        raise TooMuch
    return max(map(len, re.split(rb"<(?:\w+:)?si[\s>]", text)))


def _ods_cells(text: bytes) -> int:
    """As `_sheet_cells`: an .ods says how often a row or a cell is repeated instead of writing it again."""
    cells = width = height = row = rows = column = 0
    for closes, kind, rest in _ODS_TAG.findall(text):
        if closes:
            continue
        if kind == b"table":
            cells += width * height
            width = height = row = rows = 0
        elif kind == b"table-row":
            row += rows
            rows, column = _times(_ROWS, rest), 0
        else:
            column += _times(_COLUMNS, rest)
            if not rest.endswith(b"/") or b"office:value" in rest:
                width, height = max(width, column), row + rows
    return cells + width * height


def _times(pattern: re.Pattern[bytes], attributes: bytes) -> int:
    found = pattern.search(attributes)
    return int(found[1]) if found else 1
