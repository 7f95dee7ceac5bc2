"""The plan as tables of texts: what the plan workbook and the setup page have in common."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

from data.exchange.plan_cells import BadCell, Value, parse, to_text
from data.i18n import _
from data.queries.plan_findings import place_words, sentence
from data.rules.plan import (
    AwardLevel,
    Break,
    Component,
    Division,
    EventInfo,
    Honour,
    Item,
    Judge,
    Plan,
    Session,
    Sheet,
    Station,
    Unit,
    Walk,
)
from data.rules.plan_check import check_plan
from data.rules.plan_fields import rows_of
from data.rules.plan_layout import (
    AWARDS,
    BREAKS,
    COMPONENTS,
    DIVISIONS,
    EVENT,
    EVENT_LAYOUT,
    EVENT_VALUE,
    HONOURS,
    JUDGES,
    LAYOUTS,
    SESSIONS,
    SHEETS,
    STATIONS,
    UNITS,
    WALKS,
    Column,
)

_FINE_STEP, _USUAL_STEP = 250, 500
_FIRST_ROW = 2  # the header is row 1


@dataclass(frozen=True)
class Finding:
    """Something to mend or to know: where as a spreadsheet shows it (row 0: the whole sheet), and why."""

    sheet: str
    row: int
    column: str
    message: str
    severity: str = "error"  # error | warning

    def __str__(self) -> str:
        place = place_words(self.sheet, self.row, self.column)
        return _("{place}: {message}").format(place=place, message=self.message)


@dataclass(frozen=True)
class TableRow:
    """A row of a sheet: its number there, its texts by header, and the stored rows that it stands for.

    `parent_id` is the stored mark sheet of an item row.
    """

    number: int
    cells: Mapping[str, str]
    id: int | None = None
    parent_id: int | None = None


Tables = Mapping[str, Sequence[TableRow]]


@dataclass(frozen=True)
class PlanReading:
    """A plan read from tables. `plan` is None when a cell or a sheet cannot be read at all.

    A plan may be there and yet have findings of severity 'error': it can be shown and mended, not saved.
    `of_file` are those of the findings that concern the file and not a row of its tables.
    """

    plan: Plan | None
    findings: tuple[Finding, ...]
    tables: Tables = field(default_factory=dict)
    of_file: tuple[Finding, ...] = ()

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.severity == "error")


def tables_of(plan: Plan) -> dict[str, list[TableRow]]:
    """The tables of a plan, each row numbered as in its exported workbook."""
    event = [
        TableRow(number, {"项目": column.header, EVENT_VALUE: to_text(column, getattr(plan.info, column.field))})
        for number, column in enumerate(EVENT_LAYOUT.columns, start=_FIRST_ROW)
    ]
    tables = {EVENT: event}
    for layout in LAYOUTS[1:-1]:
        tables[layout.name] = [
            TableRow(number, {c.header: to_text(c, getattr(row, c.field)) for c in layout.columns}, row.id)
            for number, row in enumerate(rows_of(plan, layout.name), start=_FIRST_ROW)
        ]
    items = ((sheet, item) for sheet in plan.sheets for item in sheet.items)
    tables[SHEETS] = [
        TableRow(number, _item_cells(sheet, item), item.id, sheet.id)
        for number, (sheet, item) in enumerate(items, start=_FIRST_ROW)
    ]
    return tables


def _item_cells(sheet: Sheet, item: Item) -> dict[str, str]:
    outer = {"sheet": sheet.code, "sheet_name": sheet.name}
    return {
        column.header: to_text(column, outer[column.field] if column.field in outer else getattr(item, column.field))
        for column in LAYOUTS[-1].columns
    }


@dataclass(frozen=True)
class _Parsed:
    number: int
    values: dict[str, Any]
    id: int | None
    parent_id: int | None


def plan_of(tables: Tables, known: Sequence[Finding] = ()) -> PlanReading:
    """Read a plan from its tables and check it.

    `known` are findings of whoever made the tables; an error among them leaves no plan.
    """
    findings = list(known)
    info = _info(tables.get(EVENT, ()), findings)
    parsed = {layout.name: _parse_rows(layout.name, tables.get(layout.name, ()), findings) for layout in LAYOUTS[1:]}
    sheets = _sheets(parsed[SHEETS], findings)
    if any(finding.severity == "error" for finding in findings):
        return PlanReading(None, tuple(findings), tables, tuple(known))
    plan = Plan(
        info=EventInfo(**info),
        divisions=_made(Division, parsed[DIVISIONS]),
        units=_made(Unit, parsed[UNITS]),
        stations=_made(Station, parsed[STATIONS]),
        components=_made(Component, parsed[COMPONENTS]),
        awards=_made(AwardLevel, parsed[AWARDS]),
        judges=_judges(parsed[JUDGES]),
        breaks=_made(Break, parsed[BREAKS]),
        sheets=sheets,
        sessions=_made(Session, parsed[SESSIONS]),
        walks=_made(Walk, parsed[WALKS]),
        honours=_made(Honour, parsed[HONOURS]),
    )
    numbers = {name: [row.number for row in rows] for name, rows in parsed.items()}
    order = {sheet.code: position for position, sheet in enumerate(sheets)}
    numbers[SHEETS] = [row.number for row in sorted(parsed[SHEETS], key=lambda row: order[row.values["sheet"]])]
    event_rows = {row.cells.get("项目", ""): row.number for row in tables.get(EVENT, ())}
    for found in check_plan(plan):
        if found.sheet == EVENT:
            findings.append(
                Finding(EVENT, event_rows.get(found.column, 0), found.column, sentence(found), found.severity)
            )
            continue
        at = dict(enumerate(numbers[found.sheet], start=_FIRST_ROW))
        if "row" in found.values:
            found = replace(found, values={**found.values, "row": at[int(str(found.values["row"]))]})
        findings.append(Finding(found.sheet, at.get(found.row, 0), found.column, sentence(found), found.severity))
    return PlanReading(plan, tuple(findings), tables, tuple(known))


def _info(rows: Sequence[TableRow], findings: list[Finding]) -> dict[str, Any]:
    given = {row.cells.get("项目", ""): row for row in rows}
    info: dict[str, Any] = {}
    for column in EVENT_LAYOUT.columns:
        row = given.get(column.header)
        value = _value(EVENT, row.number if row else 0, column, row.cells.get(EVENT_VALUE, "") if row else "", findings)
        if value not in (None, "") or column.needed:
            info[column.field] = value
    return info


def _parse_rows(sheet: str, rows: Sequence[TableRow], findings: list[Finding]) -> list[_Parsed]:
    columns = next(layout for layout in LAYOUTS if layout.name == sheet).columns
    return [
        _Parsed(
            row.number,
            {c.field: _value(sheet, row.number, c, row.cells.get(c.header, ""), findings, row) for c in columns},
            row.id,
            row.parent_id,
        )
        for row in rows
    ]


def _value(
    sheet: str, number: int, column: Column, text: str, findings: list[Finding], row: TableRow | None = None
) -> Value:
    try:
        value = parse(column, text)
    except BadCell as problem:
        findings.append(Finding(sheet, number, column.header, str(problem)))
        return None
    if column.needed and value in (None, "", ()):
        if row and column.field == "full_milli" and row.cells.get("方式", "").strip() == "否决":
            return 0
        findings.append(Finding(sheet, number, column.header, _("This must be filled in.")))
    return value


def _made(kind: type[Any], rows: list[_Parsed]) -> tuple[Any, ...]:
    names = {entry.name for entry in fields(kind)} - {"id"}
    return tuple(kind(**{k: v for k, v in row.values.items() if k in names}, id=row.id) for row in rows)


def _judges(rows: list[_Parsed]) -> tuple[Judge, ...]:
    seats: dict[tuple[str, int], int] = {}
    judges = []
    for row in rows:
        place = row.values["station"], row.values["lane"]
        seats[place] = seats.get(place, 0) + 1
        role = row.values["role"]
        judges.append(
            Judge(
                row.values["name"],
                row.values["unit_name"],
                *place,
                seats[place],
                role == "chief",
                row.id,
                role == "reserve",
            )
        )
    return tuple(judges)


def _sheets(rows: list[_Parsed], findings: list[Finding]) -> tuple[Sheet, ...]:
    groups: dict[str, list[_Parsed]] = {}
    for row in rows:
        groups.setdefault(row.values["sheet"], []).append(row)
    sheets = []
    for code, members in groups.items():
        name = members[0].values["sheet_name"]
        findings += [
            Finding(SHEETS, row.number, "名称", _("The same mark sheet is called “{name}” above.").format(name=name))
            for row in members
            if row.values["sheet_name"] != name
        ]
        points = [row.values["full_milli"] for row in members]
        step = _FINE_STEP if any(value and value % 1000 for value in points) else _USUAL_STEP
        parent = next((row.parent_id for row in members if row.parent_id), None)
        items = [_Parsed(row.number, {**row.values, "step_milli": row.values["step_milli"] or step}, row.id, None)
                 for row in members]  # fmt: skip
        sheets.append(Sheet(code, name, _made(Item, items), parent))
    return tuple(sheets)
