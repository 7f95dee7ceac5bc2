"""The plan workbook 赛事方案.xlsx: an exported plan imports as the same plan."""

import io
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from data.errors import FileProblem
from data.exchange.plan_cells import tidy
from data.exchange.plan_tables import Finding, PlanReading, TableRow, plan_of, tables_of
from data.exchange.tables import TextTable, read_tables
from data.exchange.whole_file import write_whole
from data.i18n import _
from data.rules.plan import EventInfo, Plan
from data.rules.plan_layout import EVENT, EVENT_KEY, EVENT_LAYOUT, EVENT_VALUE, LAYOUTS, Column, SheetLayout

NOTES = "说明"

_LARGEST_FILE = 20_000_000  # bytes; a plan has some hundred rows
_MOST_ROWS = 5_000
_HEADER_WITHIN = 10  # titles may stand above the header
_EVENT_COLUMNS = (Column(EVENT_KEY, "", needed=True), Column(EVENT_VALUE, "", needed=True))
_MADE_A_DATE = re.compile(r"\d{4}-\d{2}-\d{2}( .*)?|\d{2}:\d{2}")
_NARROW, _WIDE = 8, 60
_HEADER_FILL, _HEADER_INK = "12355B", "FFFFFF"
_ROWS_WITH_LISTS = 500  # rows below the header in which a spreadsheet offers the choice words


def read_plan(path: Path) -> PlanReading:
    """Read and check a plan workbook (xlsx, xls, ods). Findings name sheet, row and column as Excel shows them.

    Raises:
        FileProblem: it is missing, too large, locked by a password, damaged, or no workbook.
    """
    if path.is_file() and path.stat().st_size > _LARGEST_FILE:
        raise FileProblem(
            _("The file is far too large for a plan workbook."),
            where=str(path),
            todo=_("Choose the plan workbook; remove pictures and unused sheets from it."),
        )
    sheets = {tidy(table.sheet): table for table in read_tables(path)}
    if EVENT not in sheets and not any(layout.name in sheets for layout in LAYOUTS):
        raise FileProblem(
            _("This is not a plan workbook: it has none of the sheets of one."),
            where=str(path),
            todo=_("Choose another file, or export an empty template and fill it in."),
        )
    findings: list[Finding] = []
    tables: dict[str, list[TableRow]] = {}
    for layout in LAYOUTS:
        if layout.name in sheets:
            tables[layout.name] = _table(layout, sheets.pop(layout.name), findings)
        elif not layout.optional:
            message = _("The sheet “{name}” is missing.").format(name=layout.name)
            findings.append(Finding(layout.name, 0, "", message))
    for name, table in sheets.items():
        if name != NOTES and any(any(row) for row in table.rows):
            message = _("The sheet “{name}” is not known here and was left out.").format(name=name)
            findings.append(Finding(name, 0, "", message, "warning"))
    return plan_of(tables, findings)


def _table(layout: SheetLayout, raw: TextTable, findings: list[Finding]) -> list[TableRow]:
    columns = _EVENT_COLUMNS if layout.name == EVENT else layout.columns
    rows = [[tidy(cell) for cell in row] for row in raw.rows[: _MOST_ROWS + 1]]
    if len(raw.rows) > _MOST_ROWS:
        message = _("The sheet has more than {most} rows; a plan has some hundred.").format(most=_MOST_ROWS)
        findings.append(Finding(layout.name, _MOST_ROWS, "", message))
        return []
    headers = {column.header for column in columns}
    known = [len(headers & set(row)) for row in rows[:_HEADER_WITHIN]]
    start = known.index(max(known)) if known else 0
    places = _places(layout.name, columns, rows[start] if rows else [], start + 1, findings)
    table = [
        TableRow(number, {header: row[place] for header, place in places.items() if place < len(row)})
        for number, row in enumerate(rows[start + 1 :], start=start + 2)
        if any(row)
    ]
    _check_dates(layout, table, findings)
    if layout.name == EVENT:
        _check_event_keys(table, findings)
    return table


def _places(
    sheet: str, columns: Sequence[Column], headers: list[str], row: int, findings: list[Finding]
) -> dict[str, int]:
    known = {column.header: column for column in columns}
    places: dict[str, int] = {}
    for place, header in enumerate(headers):
        if header and header not in known:
            message = _("The column “{name}” is not known here and was left out.").format(name=header)
            findings.append(Finding(sheet, row, header, message, "warning"))
        elif header in places:
            findings.append(Finding(sheet, row, header, _("There are two columns “{name}”.").format(name=header)))
        elif header:
            places[header] = place
    findings += [
        Finding(sheet, row, column.header, _("The column “{name}” is missing.").format(name=column.header))
        for column in columns
        if column.needed and column.header not in places
    ]
    return places


def _check_dates(layout: SheetLayout, table: list[TableRow], findings: list[Finding]) -> None:
    """A spreadsheet takes a rule such as 5/3/1 for a date, and what was typed is gone."""
    codes = ("code", "codes", "source")
    exposed = [column.header for column in layout.columns if column.kind in codes or column.field == "rule"]
    for row in table:
        for header in exposed:
            if _MADE_A_DATE.fullmatch(row.cells.get(header, "")):
                message = _("The spreadsheet made a date of this. Format the cell as text and type it again.")
                findings.append(Finding(layout.name, row.number, header, message))


def _check_event_keys(table: list[TableRow], findings: list[Finding]) -> None:
    known = {column.header for column in EVENT_LAYOUT.columns}
    seen: set[str] = set()
    for row in table:
        key = row.cells.get(EVENT_KEY, "")
        if key in seen:
            findings.append(Finding(EVENT, row.number, EVENT_KEY, _("“{name}” is given twice.").format(name=key)))
        elif key not in known:
            message = _("“{name}” is not known here and was left out.").format(name=key)
            findings.append(Finding(EVENT, row.number, EVENT_KEY, message, "warning"))
        seen.add(key)


def write_plan(plan: Plan, path: Path) -> None:
    """Write the plan as a workbook that `read_plan` reads as the same plan.

    Raises:
        FileProblem: the disk refuses it, or the file is open in another program.
    """
    _write(tables_of(plan), path)


def write_template(path: Path) -> None:
    """Write an empty plan workbook with notes, to be filled in.

    Raises:
        FileProblem: the disk refuses it, or the file is open in another program.
    """
    _write(tables_of(Plan(EventInfo(name=""))), path)


def _write(tables: Mapping[str, Sequence[TableRow]], path: Path) -> None:
    workbook = Workbook()
    workbook.remove(workbook.active)
    _write_notes(workbook.create_sheet(NOTES))
    for layout in LAYOUTS:
        sheet = workbook.create_sheet(layout.name)
        columns = _EVENT_COLUMNS if layout.name == EVENT else layout.columns
        _write_header(sheet, [column.header for column in columns])
        for row in tables[layout.name]:
            entry = EVENT_LAYOUT.column(row.cells[EVENT_KEY]) if layout.name == EVENT else None
            for place, column in enumerate(columns, start=1):
                kind = entry if entry and column.header == EVENT_VALUE else column
                _put(sheet, row.number, place, row.cells[column.header], kind)
        _set_widths(sheet)
        _offer_choices(sheet, layout)
    workbook.active = 1
    content = io.BytesIO()
    workbook.save(content)
    write_whole(path, content.getvalue())


def _put(sheet: Worksheet, row: int, place: int, text: str, column: Column) -> None:
    """A number as a number; any other text as text, never as the formula that it may look like."""
    cell = sheet.cell(row, place)
    if text and column.kind in ("whole", "milli"):
        cell.value = float(text) if "." in text else int(text)
    elif text:
        cell.value = text
        cell.data_type = "s"
        cell.number_format = "@"
    cell.alignment = Alignment(vertical="top", wrap_text=len(text) > _WIDE)


def _write_header(sheet: Worksheet, headers: Sequence[str]) -> None:
    for place, header in enumerate(headers, start=1):
        cell = sheet.cell(1, place, header)
        cell.font = Font(bold=True, color=_HEADER_INK)
        cell.fill = PatternFill("solid", start_color=_HEADER_FILL)
    sheet.freeze_panes = "A2"


def _set_widths(sheet: Worksheet) -> None:
    for place, cells in enumerate(sheet.iter_cols(), start=1):
        widest = max(_width(cell.value) for cell in cells)
        sheet.column_dimensions[get_column_letter(place)].width = min(max(widest + 3, _NARROW), _WIDE)


def _width(value: Any) -> int:
    """The width in digits: a Chinese character takes two."""
    return sum(2 if ord(char) > 0x2E80 else 1 for char in str("" if value is None else value))


def _offer_choices(sheet: Worksheet, layout: SheetLayout) -> None:
    for place, column in enumerate(layout.columns, start=1):
        if not column.choices:
            continue
        offer = DataValidation(type="list", formula1=f'"{",".join(column.choices)}"', allow_blank=not column.needed)
        letter = get_column_letter(place)
        row = next((row for row in range(2, 2 + len(layout.columns)) if sheet.cell(row, 1).value == column.header), 0)
        offer.add(f"B{row}" if layout.name == EVENT else f"{letter}2:{letter}{_ROWS_WITH_LISTS}")
        sheet.add_data_validation(offer)


def _write_notes(sheet: Worksheet) -> None:
    lines = (
        _("One row for each entry; the first row of every sheet names its columns. Columns may be in any order."),
        _("Times are written as 08:30, dates as 2023-11-18, yes and no as 是 and 否."),
        _("组别: 参赛方式 is 个人, 团队 (a team performs as one entrant), or 个人合计 (a total of another division)."),
        _("同分规则: score components, 用时 or 理论, with ; between them; the first one decides first."),
        _("考站: 计分方式 is 平均, 去最高最低平均, 中位数 or 合计; 适用组别 are division codes with ; between them."),
        _("成绩构成: 来源 is a station code, 理论, or DIV:k, the sum of a unit's best k totals in the division DIV."),
        _("来源 S2/S3/S4:1 makes these stations optional: 1 of them is drawn for each, and its mark counts (抽考)."),
        _("The weights of each division add up to 100."),
        _("奖项: give 名额 (a number) or 比例 (a percentage of those who competed), never both."),
        _("裁判: one row for each judge; the order within a lane is the order of the seats."),
        _("角色 候补裁判: a reserve judge of the station, with 工位 left empty; 候补裁判顶替 lets them step in."),
        _("休息: for the whole event; with 考站 for one station, with 工位 for one lane of it."),
        _("场次 and 路程 may be left out. 场次: parts of the day, named in 组别. 路程: minutes between two stations."),
        _("轮转方式 is 自由 or 打铃 (all change at the same stroke); 按抽签顺序 is 首站 or 各站."),
        _("评分表: one row for each item; 方式 is 计分, 扣分, 等级, 用时, 加分, 整表扣分 or 否决."),
        _("细则 of 扣分: 未涂=0;不均匀=-3 (=0 makes the item 0; a trailing × allows a count)."),
        _("细则 of 等级: A=15/B=12/C=9/D=6 or 5/3/1/0. 细则 of 用时: <=45=15;<=60=10;>60=0, in seconds."),
        _("步长 is the smallest step of a mark and may be left out."),
    )
    _write_header(sheet, [NOTES])
    for row, line in enumerate(lines, start=2):
        cell = sheet.cell(row, 1, line)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.column_dimensions["A"].width = 100
