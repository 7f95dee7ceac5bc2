"""The plan workbook 赛事方案.xlsx: an exported plan imports as the same plan."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import python_calamine
from python_calamine import CalamineWorkbook

from data.errors import FileProblem
from data.exchange.plan_cells import tidy
from data.exchange.plan_tables import Finding, PlanReading, TableRow, plan_of
from data.i18n import _
from data.rules.plan_layout import EVENT, EVENT_KEY, EVENT_LAYOUT, EVENT_VALUE, LAYOUTS, Column, SheetLayout

_LARGEST_FILE = 20_000_000  # bytes; a plan has some hundred rows
_MOST_ROWS = 5_000
_EVENT_COLUMNS = (Column(EVENT_KEY, "", needed=True), Column(EVENT_VALUE, "", needed=True))


def read_plan(path: Path) -> PlanReading:
    """Read and check a plan workbook (xlsx, xls, ods). Findings name sheet, row and column as Excel shows them.

    Raises:
        FileProblem: it is missing, too large, locked by a password, damaged, or no workbook.
    """
    workbook = _open(path)
    findings: list[Finding] = []
    tables: dict[str, list[TableRow]] = {}
    names = {tidy(name): name for name in workbook.sheet_names}
    for layout in LAYOUTS:
        if layout.name not in names:
            message = _("The sheet “{name}” is missing.").format(name=layout.name)
            findings.append(Finding(layout.name, 0, "", message))
            continue
        rows = _raw_rows(workbook, names[layout.name], path)
        tables[layout.name] = _table(layout, rows, findings)
    return plan_of(tables, findings)


def _open(path: Path) -> CalamineWorkbook:
    where = str(path)
    try:
        size = path.stat().st_size
        if size > _LARGEST_FILE:
            raise FileProblem(
                _("The file is far too large for a plan workbook."),
                where=where,
                todo=_("Choose the plan workbook; remove pictures and unused sheets from it."),
            )
        return CalamineWorkbook.from_path(path)
    except python_calamine.PasswordError as error:
        raise FileProblem(
            _("The workbook is locked with a password."),
            where=where,
            todo=_("Open it in Excel or WPS, remove the password, save it, and choose it again."),
        ) from error
    except OSError as error:
        raise FileProblem(
            _("The file could not be read."),
            where=f"{where}: {error.strerror or error}",
            todo=_("Check that it still exists and is not open in another program."),
        ) from error
    except (python_calamine.CalamineError, ValueError) as error:
        raise _damaged(path, error) from error


def _damaged(path: Path, error: Exception) -> FileProblem:
    return FileProblem(
        _("This is not a workbook, or it is damaged."),
        where=f"{path}: {error}",
        todo=_("Open it in Excel or WPS, save it as .xlsx, and choose it again."),
    )


def _raw_rows(workbook: CalamineWorkbook, name: str, path: Path) -> list[list[Any]]:
    """The cells from A1 on, one row more than is allowed at most."""
    try:
        return workbook.get_sheet_by_name(name).to_python(skip_empty_area=False, nrows=_MOST_ROWS + 1)
    except (python_calamine.CalamineError, ValueError) as error:
        raise _damaged(path, error) from error


def _table(layout: SheetLayout, rows: list[list[Any]], findings: list[Finding]) -> list[TableRow]:
    columns = _EVENT_COLUMNS if layout.name == EVENT else layout.columns
    start = next((index for index, row in enumerate(rows) if any(_text(cell) for cell in row)), len(rows))
    headers = [tidy(_text(cell)) for cell in rows[start]] if start < len(rows) else []
    places = _places(layout.name, columns, headers, start + 1, findings)
    if len(rows) > _MOST_ROWS:
        message = _("The sheet has more than {most} rows; a plan has some hundred.").format(most=_MOST_ROWS)
        findings.append(Finding(layout.name, _MOST_ROWS, "", message))
        return []
    table = []
    for number, row in enumerate(rows[start + 1 :], start=start + 2):
        if not any(_text(cell) for cell in row):
            continue
        cells = {}
        for header, (place, column) in places.items():
            raw = row[place] if place < len(row) else ""
            if layout.name != EVENT and column.kind in ("text", "code", "codes") and isinstance(raw, date | time):
                message = _(
                    "The spreadsheet turned this cell into a date or time. Format it as text and type it again."
                )
                findings.append(Finding(layout.name, number, header, message))
            cells[header] = tidy(_text(raw))
        table.append(TableRow(number, cells))
    if layout.name == EVENT:
        _check_event_keys(table, findings)
    return table


def _places(
    sheet: str, columns: Sequence[Column], headers: list[str], row: int, findings: list[Finding]
) -> dict[str, tuple[int, Column]]:
    known = {column.header: column for column in columns}
    places: dict[str, tuple[int, Column]] = {}
    for place, header in enumerate(headers):
        if not header:
            continue
        if header not in known:
            message = _("The column “{name}” is not known here and was left out.").format(name=header)
            findings.append(Finding(sheet, row, header, message, "warning"))
        elif header in places:
            findings.append(Finding(sheet, row, header, _("There are two columns “{name}”.").format(name=header)))
        else:
            places[header] = place, known[header]
    findings += [
        Finding(sheet, row, column.header, _("The column “{name}” is missing.").format(name=column.header))
        for column in columns
        if column.needed and column.header not in places
    ]
    return places


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


def _text(raw: Any) -> str:
    """What a spreadsheet shows in a plain cell; numbers by their shortest exact digits, never rounded."""
    if isinstance(raw, bool):
        return "是" if raw else "否"
    if isinstance(raw, float):
        return str(int(raw)) if raw.is_integer() and abs(raw) < 1e15 else str(Decimal(repr(raw)))
    if isinstance(raw, datetime):
        return raw.date().isoformat() if raw.time() == time() else raw.isoformat(" ")
    if isinstance(raw, date):
        return raw.isoformat()
    if isinstance(raw, time):
        return raw.strftime("%H:%M" if raw.second == 0 else "%H:%M:%S")
    if isinstance(raw, timedelta):
        minutes, seconds = divmod(round(raw.total_seconds()), 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}" + (f":{seconds:02d}" if seconds else "")
    return str(raw)
