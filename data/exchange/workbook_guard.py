"""Looks through an .xlsx or .ods file before it is parsed: is it whole, and no larger than a roster may be?

The parser takes memory for the whole area between the first and the last cell of a sheet, so a file of a
few bytes could ask for more than the machine has. It also stops reading a part of a zip file where the
table ends, and so never comes to the checksum behind it. Both are found out here.
"""

import io
import re
import zipfile
import zlib
from typing import IO, NamedTuple

MOST_BYTES = 64 << 20  # of a file as it is sent
MOST_INFLATED = 400 << 20  # of all its parts together
MOST_PARTS = 10_000
MOST_CELLS = 1_200_000  # of all its sheets, the blank ones between others included; some 100,000 people
LONGEST_SHARED = 8 * 32_767  # bytes of one text with its markup; a spreadsheet's cell has 32,767 characters

# A cell or a row that does not begin with an address as far as column Z and row 99,999, or that has a prefix.
_FAR = (
    re.compile(rb'<c(?! r="[A-Z]\d{1,5}"|[a-zA-Z])|<row(?! r="\d{1,5}"|[a-zA-Z])'),
    re.compile(rb":(?:c|row)[\s/>]"),
)
_LONGEST_ADDRESS = 32  # bytes of a tag up to the end of an address that is not far
_PIECE = 1 << 17  # bytes that are looked through at once: as many as stay in the processor's cache
_REMARK = re.compile(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>", re.DOTALL)
_TAG = re.compile(rb"""<(?:\w+:)?(row|c)(?=[\s/>])((?:[^>"']|"[^"]*"|'[^']*')*)>""")
_ADDRESS = re.compile(rb"""(?<![\w:])r\s*=\s*["']([A-Za-z]*)(\d*)["']""")
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
        with archive.open(part) as file:  # reading to the end checks its length and its checksum
            text = file.read(_PIECE)
            is_ods = part.filename == "content.xml"
            if is_ods or b"<sst" in text[:2000] or b":sst" in text[:2000]:
                text += file.read()
                cells += _ods_cells(text) if is_ods else 0
                if _longest_shared(text) > LONGEST_SHARED:
                    raise TooMuch
            looks = _look_through(text, file)
        if looks.is_sheet:
            cells += _sheet_cells(archive.read(part)) if looks.is_far else 0
            has_errors = has_errors or looks.has_errors
        if cells > MOST_CELLS:
            raise TooMuch
    return has_errors


class _Looks(NamedTuple):
    """What a part of the file looks like: a sheet; with cells far away, or that do not say where; with errors shown."""

    is_sheet: bool
    is_far: bool
    has_errors: bool


def _look_through(text: bytes, file: IO[bytes]) -> _Looks:
    """Look at this beginning of a part and at what follows it in the file, a piece at a time."""
    is_sheet = is_far = has_errors = False
    at_end = False
    while not at_end:
        piece = file.read(_PIECE)
        at_end = not piece
        tag = text.rfind(b"<", -_LONGEST_ADDRESS)  # it may go on in the next piece
        end = len(text) if at_end else tag if tag >= 0 else max(0, len(text) - _LONGEST_ADDRESS)
        is_sheet = is_sheet or b"sheetData" in text
        is_far = is_far or any(pattern.search(text, 0, end) for pattern in _FAR)
        has_errors = has_errors or b't="e"' in text
        text = text[end:] + piece
    return _Looks(is_sheet, is_far, has_errors)


def _sheet_cells(text: bytes) -> int:
    """How many cells there are between the first and the last of a sheet that hold something.

    A row or a cell that does not say where it is comes behind the one before it.
    """
    row = column = widest = tallest = 0
    for tag, attributes in _TAG.findall(_REMARK.sub(b"", text)):
        address = _ADDRESS.search(attributes)
        if tag == b"row":
            row, column = int(address[2]) if address and address[2] else row + 1, 0
            continue
        column = _column(address[1]) if address and address[1] else column + 1
        if not attributes.endswith(b"/"):
            widest, tallest = max(widest, column), max(tallest, int(address[2] or 0) if address else row, row)
    return widest * tallest


def _column(letters: bytes) -> int:
    column = 0
    for letter in letters.upper():
        column = column * 26 + letter - 64
    return column


def _longest_shared(text: bytes) -> int:
    """Bytes of the longest shared text. Each cell gets a copy of its own, so one that many cells share adds up.

    Raises:
        TooMuch: there are more of them than a roster has cells; the parser keeps all, whether a cell has them or not.
    """
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
