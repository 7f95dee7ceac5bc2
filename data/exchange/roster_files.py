"""Rosters (报名表) as hospitals send them: found header, cleaned cells, and a reason for each cell refused."""

import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import repeat
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
from data.rules.plan import Unit
from data.rules.roster import CellProblem, Problem, RosterReading, RosterRow, unit_in
from data.rules.roster_cells import TEXTS, clean_text, parse_seeded, read_column
from data.rules.roster_columns import REQUIRED, ColumnMapping

Progress = Callable[[int, int, str], None]
SheetUnits = Mapping[tuple[str, str], str]  # by file and sheet, the unit of all its rows

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
_FOOTER_WITHIN = 40  # characters
_TITLE_WITHIN = 500  # characters
_MANY = 8  # rows, of which it can be said that their names repeat


def read_rosters(
    paths: Iterable[Path],
    progress: Progress | None = None,
    mappings: Mapping[str, ColumnMapping] | None = None,
    units: Sequence[Unit] = (),
    sheet_units: SheetUnits | None = None,
    place: str = "",
) -> RosterReading:
    """Read files, and every table in folders. A file that cannot be read becomes a problem, not an error.

    progress(done, total, file name) is told before each file and may raise to stop.
    mappings: what a person chose for tables of a shape (`TableGuess.shape`), used instead of the guess.
    units: of the plan; a sheet without a column for them belongs to the only one that its title or name tells.
    sheet_units: by file and sheet, the unit that a person chose for all rows of it instead.
    place: the town of the event, behind which a unit's name may stand in a title: see `unit_in`.
    """
    files = _titled(table_files(paths))
    reading = RosterReading(files=len(files))
    for done, (title, path) in enumerate(files.items()):
        if progress is not None:
            progress(done, len(files), title)
        try:
            tables = [replace(table, file=title) for table in read_tables(path)]
        except FileProblem as problem:
            reading.problems.append(_whole_file(title, problem))
            continue
        _read_file(title, tables, mappings or {}, _UnitOfSheet(units, sheet_units or {}, place), reading)
    return reading


def _titled(paths: Sequence[Path]) -> dict[str, Path]:
    """Each file under its name; files of the same name out of several folders with the folder before it."""
    titles: dict[str, Path] = {}
    names = Counter(path.name for path in paths)
    for path in paths:
        parts = 1 if names[path.name] == 1 else 2
        while (title := "/".join(path.parts[-parts:])) in titles:
            parts += 1
        titles[title] = path
    return titles


def _whole_file(file: str, error: UserError) -> CellProblem:
    return CellProblem(file, "", 0, "", "", " ".join(part for part in (error.what, error.todo) if part))


class _UnitOfSheet:
    """The unit to which all rows of a sheet belong that has no column for it."""

    def __init__(self, units: Sequence[Unit], chosen: SheetUnits, place: str) -> None:
        self._units = units
        self._chosen = chosen
        self._place = place

    def find(self, table: TextTable, header: Header) -> str:
        """What a person chose, else the only unit in the rows above the header, the sheet's name, or the file's."""
        if chosen := self._chosen.get((table.file, table.sheet)):
            return chosen
        above = " ".join(cell for row in table.rows[: max(header.row, 0)] for cell in row)[:_TITLE_WITHIN]
        places = (above, table.sheet, Path(table.file).stem)
        return next((unit for text in places if (unit := unit_in(text, self._units, self._place))), "")


def _read_file(
    file: str,
    tables: Sequence[TextTable],
    mappings: Mapping[str, ColumnMapping],
    units: _UnitOfSheet,
    reading: RosterReading,
) -> None:
    understood = []
    for table in tables:
        if any(map(any, table.rows)):
            guess, header = understand(table, mappings)
            if header.places and "unit" in guess.missing and (unit := units.find(table, header)):
                guess = replace(guess, unit=unit, missing=tuple(name for name in guess.missing if name != "unit"))
            understood.append((table, guess, header))
    reading.tables.extend(guess for _table, guess, _header in understood)
    headed = [(table, guess, header) for table, guess, header in understood if header.places]
    if not headed:
        message = _("No row with the headers 单位, 姓名, 组别 was found. Put them above the names and import again.")
        reading.problems.append(CellProblem(file, "", 0, "", "", message))
    for table, _guess, header in understood:
        if headed and not header.places:
            reading.warnings.append(
                _("{place}: the sheet was left out, for it has no row with the headers 单位, 姓名, 组别.").format(
                    place=_place(table)
                )
            )
    for table, guess, header in headed:
        reading.sheets[file, table.sheet] = table.rows
        if guess.missing:
            missing = "、".join(HEADERS[name] for name in guess.missing)
            message = _("No column is taken for {columns}: add it to the sheet, or choose it under “Columns…”.").format(
                columns=missing
            )
            if guess.missing == ("unit",):
                message = _(
                    "No column says the unit: add one, or choose the unit of all rows of the sheet under “Columns…”."
                )
            reading.problems.append(CellProblem(file, table.sheet, guess.header_row, "", "", message))
            continue
        if guess.unit:
            reading.warnings.append(
                _(
                    "{place}: no column says the unit, so all rows are taken for {unit}. Change it under “Columns…”."
                ).format(place=_place(table), unit=guess.unit)
            )
        if header.unknown:
            reading.warnings.append(
                _("{place}: columns left out because they are not known: {columns}.").format(
                    place=_place(table), columns="、".join(header.unknown)
                )
            )
        reading.columns[file, table.sheet] = {
            name: (get_column_letter(column + 1), header.words.get(name) or HEADERS[name])
            for name, column in header.places.items()
        }
        _read_rows(table, header, guess.unit, reading)


def _place(table: TextTable) -> str:
    return " · ".join(part for part in (table.file, table.sheet) if part)


def _read_rows(table: TextTable, header: Header, unit: str, reading: RosterReading) -> None:
    """Read the table column by column, since most cells of a column are alike or plain.

    unit: that of all rows, where no column says it.
    """
    rows = table.rows[header.row + 1 :]
    cells = _columns(rows, header.places)
    texts: dict[str, list[str]] = {}
    wrong: dict[str, dict[str, tuple[Problem, ...]]] = {}
    for name in TEXTS:
        texts[name], wrong[name] = read_column(name, cells[name]) if name in cells else ([""] * len(rows), {})
    if unit:
        texts["unit"] = [clean_text("unit", unit)] * len(rows)
    people = _people(rows, texts)
    if len(people) < len(rows):
        texts = {name: [column[index] for index in people] for name, column in texts.items()}
        cells = {name: [column[index] for index in people] for name, column in cells.items()}
    numbers = [header.row + 2 + index for index in people]
    if _holds_no_names(texts["name"]):
        _refuse_sheet(table, header, reading)
        return
    found: dict[int, list[Problem]] = {}
    for name in REQUIRED:
        if not all(texts[name]):
            for at, text in enumerate(texts[name]):
                if not text:
                    found.setdefault(at, []).append(Problem(name, "missing"))
    for name, problems in wrong.items():
        if problems:
            for at, cell in enumerate(cells[name]):
                if cell in problems:
                    found.setdefault(at, []).extend(problems[cell])
    _find_mixed_columns(table, texts, found, reading)
    seeded = _read_seeded(cells.get("seeded"), found, len(people))
    faulty = [False] * len(people)
    for at, problems_here in sorted(found.items()):
        faulty[at] = not all(problem.is_doubt for problem in problems_here)
        for problem in problems_here:
            listed = reading.doubts if problem.is_doubt else reading.problems
            listed.append(_cell_problem(reading, table, numbers[at], problem))
    columns = (texts[name] for name in TEXTS[:-1])
    values = zip(
        repeat(table.file), repeat(table.sheet), numbers, *columns, seeded, texts["note"], faulty, strict=False
    )
    reading.rows.extend(map(tuple.__new__, repeat(RosterRow), values))  # as RosterRow._make, without a call for each


def _columns(rows: Sequence[Sequence[str]], places: Mapping[str, int]) -> dict[str, Sequence[str]]:
    """The cells of each field; a row may be shorter than others."""
    try:
        columns = list(zip(*rows, strict=True))
        return {name: columns[column] for name, column in places.items()}
    except (ValueError, IndexError):
        return {name: [row[column] if column < len(row) else "" for row in rows] for name, column in places.items()}


def _people(rows: Sequence[Sequence[str]], texts: Mapping[str, Sequence[str]]) -> Sequence[int]:
    """The rows about somebody: not blank, no number and unit alone, no total or signature below, no header again."""
    names, groups = texts["name"], texts["group"]
    if all(groups) and NAME_HEADERS.isdisjoint(names):
        return range(len(rows))
    return [
        index
        for index, (name, id_number, group) in enumerate(zip(names, texts["id_number"], groups, strict=True))
        if (id_number or group or (name and not _is_footer(rows[index]))) and name not in NAME_HEADERS
    ]


def _is_footer(cells: Sequence[str]) -> bool:
    first = next((cell.strip() for cell in cells if cell.strip()), "")[:_FOOTER_WITHIN]
    return _FOOTER.match(header_word(first) or first) is not None


def _holds_no_names(names: Sequence[str]) -> bool:
    """Whether a column has the same few texts so often that they cannot be names of people."""
    given = [name for name in names if name]
    return len(given) >= _MANY and 2 * len(set(given)) < len(given)


def _refuse_sheet(table: TextTable, header: Header, reading: RosterReading) -> None:
    letter, words = reading.columns[table.file, table.sheet]["name"]
    message = _("This column has the same few texts again and again, so these are no names. Choose another column.")
    row = max(header.row + 1, 1)
    reading.problems.append(CellProblem(table.file, table.sheet, row, words, f"{letter}{row}", message))


def _find_mixed_columns(
    table: TextTable, texts: Mapping[str, Sequence[str]], found: dict[int, list[Problem]], reading: RosterReading
) -> None:
    """A name that is also a title, a department, a group or a unit of the same table slipped into the wrong column."""
    names = set(texts["name"])
    names.discard("")
    for other in ("title", "department", "group", "unit"):
        mixed = names.intersection(texts[other])
        if not mixed:
            continue
        header = reading.columns[table.file, table.sheet].get(other, ("", HEADERS[other]))[1]
        for at, name in enumerate(texts["name"]):
            if name in mixed:
                found.setdefault(at, []).append(Problem("name", "other_column", (("text", name), ("column", header))))


def _read_seeded(cells: Sequence[str] | None, found: dict[int, list[Problem]], count: int) -> list[bool | None]:
    seeded: list[bool | None] = [None] * count
    for at, cell in enumerate(cells or ()):
        try:
            seeded[at] = parse_seeded(cell)
        except ValueError as error:
            found.setdefault(at, []).append(Problem("seeded", "seeded", (("text", str(error)),)))
    return seeded


def _cell_problem(reading: RosterReading, table: TextTable, row: int, problem: Problem) -> CellProblem:
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
