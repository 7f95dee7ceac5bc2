"""Rosters that go back to their senders: each sheet as it came, its refused or doubtful cells coloured and explained.

A sender mends the coloured cells and sends the same file again; it is read like any roster.
"""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from data.exchange.roster_guess import RETURN_REASON
from data.exchange.whole_file import write_whole
from data.queries.roster_import import ImportPreview
from data.rules.roster import CellProblem

# The senders read Chinese, whatever language the laptop of the event shows.
_NOTE = "红色单元格须更正，黄色单元格请核对，原因见最后一列。请直接在本表中改正后发回。"
_NOTE_SHORT = "本表只列出须更正或核对的人员，其余人员无须改动。" + _NOTE
_WRONG, _DOUBTFUL = "须更正：", "请核对："
_RED = PatternFill("solid", fgColor="F6B2AC")
_AMBER = PatternFill("solid", fgColor="FFE08A")
_MOST_ROWS = 3_000  # of a longer sheet only the rows with problems go back
_MOST_COLUMNS = 60
_LONGEST_CELL = 1_000  # characters
_WIDEST = 40  # of a column, in characters


def write_returned(folder: Path, preview: ImportPreview) -> list[Path]:
    """Write one workbook for each file that has refused or doubtful cells; returns the files written.

    They are named after the file that came; one that stands in the folder already is left alone.

    Raises:
        FileProblem: the folder cannot be written.
    """
    problems: dict[str, dict[str, list[tuple[CellProblem, bool]]]] = {}
    for listed, wrong in ((preview.refused, True), (preview.doubtful, False)):
        for problem in listed:
            if problem.row and (problem.file, problem.sheet) in preview.sheets:
                problems.setdefault(problem.file, {}).setdefault(problem.sheet, []).append((problem, wrong))
    headers = {(table.file, table.sheet): table.header_row for table in preview.tables}
    written = []
    for file, sheets in problems.items():
        book = Workbook()
        book.remove(book.active)
        for name, found in sheets.items():
            sheet = book.create_sheet(_sheet_name(name))
            _fill(sheet, preview.sheets[file, name], headers.get((file, name), 0), found)
        content = io.BytesIO()
        book.save(content)
        path = _free_path(folder, file)
        write_whole(path, content.getvalue())
        written.append(path)
    return written


def _free_path(folder: Path, file: str) -> Path:
    stem = Path(file.replace("/", "-")).stem
    path = folder / f"{stem}-退回.xlsx"
    number = 1
    while path.exists():
        number += 1
        path = folder / f"{stem}-退回{number}.xlsx"
    return path


def _sheet_name(name: str) -> str:
    return "".join("-" if character in "[]:*?/\\" else character for character in name)[:31].strip("'") or "报名表"


def _fill(
    sheet: Worksheet, rows: Sequence[Sequence[str]], header: int, found: Sequence[tuple[CellProblem, bool]]
) -> None:
    by_row: dict[int, list[tuple[CellProblem, bool]]] = {}
    for problem, wrong in found:
        by_row.setdefault(problem.row, []).append((problem, wrong))
    numbers: Sequence[int] = range(1, len(rows) + 1)
    if len(rows) > _MOST_ROWS:
        numbers = [*range(1, header + 1), *(number for number in sorted(by_row) if number > header)]
    width = min(max((at + 1 for row in rows for at, cell in enumerate(row) if cell), default=1), _MOST_COLUMNS)
    reason = max(width, *(_column(problem) for problem, _wrong in found)) + 1
    target = 0
    if header:  # without one, the first row would no longer be the first
        target = 1
        _write(sheet, target, 1, _NOTE if len(numbers) == len(rows) else _NOTE_SHORT, bold=True)
    for number in numbers:
        target += 1
        for column, text in enumerate(rows[number - 1][:width], start=1):
            _write(sheet, target, column, text, bold=number == header)
        if number == header:
            _write(sheet, target, reason, RETURN_REASON, bold=True)
            sheet.freeze_panes = sheet.cell(target + 1, 1)
        if number in by_row:
            _explain(sheet, target, reason, by_row[number], number == header)
    _set_widths(sheet, rows[:_MOST_ROWS], width, reason)


def _explain(
    sheet: Worksheet, row: int, reason: int, found: Sequence[tuple[CellProblem, bool]], is_header: bool
) -> None:
    """Colour the cells of one row, and give the reasons behind its last cell."""
    sentences = []
    for problem, wrong in sorted(found, key=lambda each: (not each[1], _column(each[0]))):
        column = _column(problem)
        if column and (wrong or sheet.cell(row, column).fill != _RED):
            sheet.cell(row, column).fill = _RED if wrong else _AMBER
        place = f"{problem.column}：" if problem.column and not is_header else ""
        sentences.append(f"{_WRONG if wrong else _DOUBTFUL}{place}{problem.message}")
    cell = _write(sheet, row, reason + is_header, "\n".join(dict.fromkeys(sentences)))
    cell.fill = _RED if any(wrong for _problem, wrong in found) else _AMBER
    cell.alignment = Alignment(wrap_text=True, vertical="top")


def _column(problem: CellProblem) -> int:
    """The number of the column that a problem is about, 0 for the row as a whole."""
    letters = problem.cell.rstrip("0123456789")
    return column_index_from_string(letters) if letters else 0


def _write(sheet: Worksheet, row: int, column: int, text: str, *, bold: bool = False) -> Any:
    cell = sheet.cell(row, column)
    text = ILLEGAL_CHARACTERS_RE.sub("\ufffd", text[:_LONGEST_CELL])
    if text:
        cell.value = text
        cell.data_type = "s"  # so that a text that starts with = stays a text
    cell.number_format = "@"
    if bold:
        cell.font = Font(bold=True)
    return cell


def _set_widths(sheet: Worksheet, rows: Sequence[Sequence[str]], width: int, reason: int) -> None:
    for column in range(1, width + 1):
        texts = [row[column - 1] for row in rows if len(row) > column - 1][1:]
        longest = max(
            (sum(1 if character.isascii() else 2 for character in text[:_WIDEST]) for text in texts), default=0
        )
        sheet.column_dimensions[get_column_letter(column)].width = min(max(longest + 2, 8), _WIDEST)
    sheet.column_dimensions[get_column_letter(reason)].width = 70
