"""Rosters (报名表) as hospitals send them: found header, cleaned cells, and a reason for each cell refused."""

import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from data.errors import FileProblem, UserError
from data.exchange.headers import header_word
from data.exchange.roster_guess import NAME_HEADERS, Header, understand
from data.exchange.tables import TextTable, read_tables, table_files
from data.exchange.whole_file import write_whole
from data.i18n import _
from data.queries.roster_words import problem_text
from data.rules import roster as rules
from data.rules.roster import CellProblem, RosterReading, RosterRow
from data.rules.roster_columns import ColumnMapping

Progress = Callable[[int, int, str], None]

HEADERS = {
    "unit": "单位",
    "name": "姓名",
    "sex": "性别",
    "id_number": "身份证号",
    "title": "职称",
    "department": "科室",
    "group": "组别",
    "phone": "联系电话",
    "seeded": "参赛",
    "note": "备注",
}
_FOOTER = re.compile(
    r"(合计|总计|共计|小计|总人数|人数|填报|填表|制表|审核|复核|负责人|分管|主要领导|单位负责|单位盖章|联系人|经办|签字|签名|盖章|公章"
    r"|备注|注$|注[:：]|说明|日期|[\(（]|\d{4}年)"
)


def read_rosters(
    paths: Iterable[Path], progress: Progress | None = None, mappings: Mapping[str, ColumnMapping] | None = None
) -> RosterReading:
    """Read files, and every table in folders. A file that cannot be read becomes a problem, not an error.

    progress(done, total, file name) is told before each file and may raise to stop.
    mappings: what a person chose for tables of a shape (`TableGuess.shape`), used instead of the guess.
    """
    files = table_files(paths)
    reading = RosterReading(files=len(files))
    for done, path in enumerate(files):
        if progress is not None:
            progress(done, len(files), path.name)
        try:
            tables = read_tables(path)
        except FileProblem as problem:
            reading.problems.append(_whole_file(path.name, problem))
            continue
        _read_file(path.name, tables, mappings or {}, reading)
    return reading


def _whole_file(file: str, error: UserError) -> CellProblem:
    return CellProblem(file, "", 0, "", "", " ".join(part for part in (error.what, error.todo) if part))


def _read_file(
    file: str, tables: Sequence[TextTable], mappings: Mapping[str, ColumnMapping], reading: RosterReading
) -> None:
    understood = [(table, *understand(table, mappings)) for table in tables if any(map(any, table.rows))]
    reading.tables.extend(guess for _table, guess, _header in understood)
    headed = [(table, guess, header) for table, guess, header in understood if header.places]
    if not headed:
        message = _("No row with the headers 单位, 姓名, 组别 was found. Put them above the names and import again.")
        reading.problems.append(CellProblem(file, "", 0, "", "", message))
    for table, guess, header in headed:
        if guess.missing:
            missing = "、".join(HEADERS[name] for name in guess.missing)
            message = _("A required column is missing: {columns}.").format(columns=missing)
            reading.problems.append(CellProblem(file, table.sheet, guess.header_row, "", "", message))
            continue
        if header.unknown:
            reading.warnings.append(
                _("{place}: columns left out because they are not known: {columns}.").format(
                    place=" · ".join(part for part in (file, table.sheet) if part), columns="、".join(header.unknown)
                )
            )
        reading.columns[file, table.sheet] = {
            name: (get_column_letter(column + 1), header.words.get(name) or HEADERS[name])
            for name, column in header.places.items()
        }
        _read_rows(table, header, reading)


def _read_rows(table: TextTable, header: Header, reading: RosterReading) -> None:
    texts_at = [(name, column) for name, column in header.places.items() if name != "seeded"]
    seeded_at = header.places.get("seeded")
    for number, cells in enumerate(table.rows[header.row + 1 :], start=header.row + 2):
        width = len(cells)
        texts = rules.clean_texts({name: cells[column] for name, column in texts_at if column < width})
        if _is_no_person(texts, cells):
            continue
        problems = rules.check_texts(texts)
        seeded = None
        if seeded_at is not None and seeded_at < width:
            try:
                seeded = rules.parse_seeded(cells[seeded_at])
            except ValueError as error:
                problems.append(rules.Problem("seeded", "seeded", (("text", str(error)),)))
        reading.rows.append(RosterRow(table.file, table.sheet, number, seeded=seeded, faulty=bool(problems), **texts))
        reading.problems.extend(_cell_problem(reading, table, number, problem) for problem in problems)


def _is_no_person(texts: dict[str, str], cells: Sequence[str]) -> bool:
    """A blank row, one with nothing but its number and unit, a total or signatures under the table, a header again."""
    if not (texts["name"] or texts["id_number"] or texts["group"]):
        return True
    if texts["name"] in NAME_HEADERS:
        return True
    if texts["id_number"] or texts["group"]:
        return False
    first = next((cell.strip() for cell in cells if cell.strip()), "")
    return _FOOTER.match(header_word(first) or first) is not None


def _cell_problem(reading: RosterReading, table: TextTable, row: int, problem: rules.Problem) -> CellProblem:
    letter, header = reading.columns[table.file, table.sheet].get(problem.field, ("", HEADERS[problem.field]))
    return CellProblem(table.file, table.sheet, row, header, f"{letter}{row}" if letter else "", problem_text(problem))


def write_template(path: Path) -> None:
    """An empty roster to send to the units.

    Raises:
        FileProblem: the place cannot be written.
    """
    _write_sheet(path, "报名表", [list(HEADERS.values())])


def write_problems(path: Path, problems: Sequence[CellProblem]) -> None:
    """The list of refused cells as a workbook, to be sent back to those who must mend them.

    Raises:
        FileProblem: the place cannot be written.
    """
    rows = [["文件", "工作表", "行", "列", "单元格", "原因"]]
    rows += [[p.file, p.sheet, str(p.row or ""), p.column, p.cell, p.message] for p in problems]
    _write_sheet(path, "问题清单", rows)


def _write_sheet(path: Path, title: str, rows: Sequence[Sequence[str]]) -> None:
    book = Workbook()
    sheet = book.active
    sheet.title = title
    for row_number, row in enumerate(rows, start=1):
        for column, text in enumerate(row, start=1):
            cell = sheet.cell(row_number, column)
            cell.value = text or None
            if text:
                cell.data_type = "s"  # so that a text that starts with = stays a text
            cell.number_format = "@"
            if row_number == 1:
                cell.font = Font(bold=True)
    for column in range(1, len(rows[0]) + 1):
        longest = max(_width(row[column - 1]) for row in rows)
        sheet.column_dimensions[get_column_letter(column)].width = min(max(longest + 2, 12), 80)
    sheet.freeze_panes = "A2"
    content = io.BytesIO()
    book.save(content)
    write_whole(path, content.getvalue())


def _width(text: str) -> int:
    return sum(1 if character.isascii() else 2 for character in text)
