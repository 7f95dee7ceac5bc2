"""Spreadsheets and text tables of any kind as rows of plain texts.

Knows a file by what it holds, not by its name: hospitals rename .csv to .xls and the reverse.
Whatever a file holds, the outcome is a table or a sentence, in a time and a memory that a laptop has.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from data.errors import FileProblem
from data.exchange.workbook_guard import MOST_BYTES, MOST_CELLS, Broken, TooMuch, check_zip
from data.exchange.xls_guard import check_xls
from data.i18n import _
from data.rules.decimals import clock

SUFFIXES = frozenset({".xlsx", ".xlsm", ".xls", ".et", ".ods", ".csv", ".txt", ".tsv"})

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"
_MARKUP = (b"<html", b"<!doctype", b"<?xml", b"<table")
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_EXACT = 10**15  # from here on a spreadsheet's number has lost digits
_KEPT_AS_TEXT = re.compile(r'\A="([^"]*)"\Z')  # how programs keep a spreadsheet from taking digits for a number
_END = "\ue000end of the table\ue000"


@dataclass(frozen=True)
class TextTable:
    """One sheet: rows[0] is row 1 of the file, cells are texts as a person would read them."""

    file: str
    sheet: str
    rows: list[list[str]]


def table_files(paths: Iterable[Path]) -> list[Path]:
    """The files to read: those given, and every table in the folders given, by name.

    Lock files of open spreadsheets (`~$…`) and hidden files are left out.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = (file for file in path.rglob("*") if file.suffix.lower() in SUFFIXES and file.is_file())
            found += sorted(file for file in inside if not file.name.startswith(("~$", ".")))
        else:
            found.append(path)
    return list(dict.fromkeys(found))


def read_tables(path: Path) -> list[TextTable]:
    """Every visible sheet of a file.

    Raises:
        FileProblem: it is missing, damaged, locked with a password, too large, or no table at all.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise FileProblem(
            _("The file cannot be read."),
            where=f"{path}: {error.strerror}",
            todo=_("Check that it is there, then try again."),
        ) from error
    if len(content) > MOST_BYTES:
        raise _too_much(path)
    try:
        has_errors = False
        if content.startswith(_ZIP):
            has_errors = check_zip(content)
        elif content.startswith(_OLE):
            check_xls(content)
        else:
            return [TextTable(path.name, "", _read_text(content, path))]
        tables = _read_workbook(content, path)
        if has_errors:
            try:
                _show_errors(content, tables)
            except (KeyError, ValueError, TypeError, AttributeError) as error:  # how openpyxl stumbles
                raise Broken(str(error)) from error
        return tables
    except TooMuch as error:
        raise _too_much(path) from error
    except Broken as error:
        raise _damaged(path, error) from error


def _read_workbook(content: bytes, path: Path) -> list[TextTable]:
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            visible = [
                sheet.name
                for sheet in book.sheets_metadata
                if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
            ]
            return [TextTable(path.name, name, _sheet_rows(book.get_sheet_by_name(name))) for name in visible]
    except PasswordError as error:
        raise FileProblem(
            _("The file is locked with a password."),
            where=str(path),
            todo=_("Ask the sender for one without a password."),
        ) from error
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise _damaged(path, error) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # what calamine raises when it loses its way, and no Exception
            raise
        raise _damaged(path, error) from error


def _show_errors(content: bytes, tables: Sequence[TextTable]) -> None:
    """Put what cells with an error show, such as #N/A, where the parser left them blank."""
    rows_of = {table.sheet: table.rows for table in tables}
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    for sheet in book.worksheets:
        rows = rows_of.get(sheet.title, [])
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type != "e" or cell.row > len(rows):
                    continue
                if cell.column <= len(rows[cell.row - 1]):
                    rows[cell.row - 1][cell.column - 1] = str(cell.value)


def _damaged(path: Path, error: BaseException) -> FileProblem:
    return FileProblem(
        _("The file is damaged or no spreadsheet."),
        where=f"{path}: {error}",
        todo=_("Open it in a spreadsheet program, save it as .xlsx, and use that."),
    )


def _too_much(path: Path) -> FileProblem:
    return FileProblem(
        _("The file is too large: more than {cells} cells or {size} MB.").format(
            cells=f"{MOST_CELLS:,}", size=MOST_BYTES >> 20
        ),
        where=str(path),
        todo=_("Copy the rows with the names into a new workbook, save it as .xlsx, and use that."),
    )


def _sheet_rows(sheet: CalamineSheet) -> list[list[str]]:
    if sheet.start is None:
        return []
    if (sheet.start[0] + sheet.height) * (sheet.start[1] + sheet.width) > MOST_CELLS:
        raise TooMuch
    left = [""] * sheet.start[1]
    # Row by row, since a whole sheet at once would let no other thread run meanwhile.
    rows: list[list[str]] = []
    found: Iterable[Any] = sheet.iter_rows()
    for row in found:
        try:
            "".join(row)  # the quickest way to see that all of them are texts, as in most rows of a roster
        except TypeError:
            row = [cell if type(cell) is str else cell_text(cell) for cell in row]
        rows.append(row)
    if left:
        rows = [left + row for row in rows]
    for (top, column), (bottom, _right) in sheet.merged_cell_ranges or ():
        # Blank cells may be merged beyond the last row and column that hold something.
        if top < len(rows) and column < len(rows[top]) and rows[top][column]:
            for row in rows[top + 1 : bottom + 1]:
                row[column] = rows[top][column]
    return rows


def cell_text(value: object) -> str:
    """A cell as a person reads it: 19953833528.0 is 19953833528, a date is YYYY-MM-DD.

    A number so large that the spreadsheet has rounded it reads like 3.60981E+17.
    """
    match value:
        case str():
            return value
        case None:
            return ""
        case bool():
            return "是" if value else "否"
        case float() if abs(value) >= _EXACT:
            return f"{value:.6G}"
        case float() if value.is_integer():
            return str(int(value))
        case datetime() if value.time() == time(0):
            return value.date().isoformat()
        case datetime():
            return value.isoformat(sep=" ", timespec="minutes")
        case time():
            return value.isoformat(timespec="minutes")
        case timedelta():
            return clock(round(value.total_seconds() / 60))
        case date():
            return value.isoformat()
        case _:
            return str(value)


def _read_text(content: bytes, path: Path) -> list[list[str]]:
    text = _decode(content)
    if text is None or content[:512].lstrip().lower().startswith(_MARKUP):
        raise FileProblem(
            _("The file is no table that can be read."),
            where=str(path),
            todo=_("Open it in a spreadsheet program, save it as .xlsx, and use that."),
        )
    delimiter = _delimiter(text)
    if text.count(delimiter) + text.count("\n") > MOST_CELLS:
        raise TooMuch
    between = "" if not text or text[-1] in "\r\n" else "\n"
    lines = io.StringIO(text + between + _END, newline="")
    try:
        rows = list(csv.reader(lines, delimiter=delimiter))
    except csv.Error as error:
        raise _damaged(path, error) from error
    if rows.pop() != [_END]:
        raise FileProblem(
            _("A quotation mark is opened and not closed, so that all rows below it are one cell."),
            where=str(path),
            todo=_("Open it in a spreadsheet program, save it as .xlsx, and use that."),
        )
    if '="' in text:
        rows = [[_KEPT_AS_TEXT.sub(r"\1", cell) for cell in row] for row in rows]
    return rows


def _decode(content: bytes) -> str | None:
    """Text in UTF-8 (with a mark or not), UTF-16 or GB18030; None when it is no text."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _try_decode(content, encoding)
    if b"\x00" in content[:64]:
        guess = "utf-16-le" if content[1:2] == b"\x00" else "utf-16-be"
        text = _try_decode(content, guess)
        return text if text is not None and "\x00" not in text else None
    return next(
        (text for encoding in ("utf-8", "gb18030") if (text := _try_decode(content, encoding)) is not None), None
    )


def _try_decode(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _delimiter(text: str) -> str:
    head = text[:4000]
    return max(",\t;，", key=head.count)
