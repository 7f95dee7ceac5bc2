"""Is each value of a plan one that its column may hold? The relations between them are in plan_check.py."""

import unicodedata
from collections.abc import Iterator
from datetime import date
from typing import Any

from data.rules.decimals import clock, show_milli
from data.rules.plan import Plan
from data.rules.plan_faults import FIRST_ROW, PlanFinding
from data.rules.plan_layout import (
    AWARDS,
    BREAKS,
    COMPONENTS,
    DIVISIONS,
    EVENT_LAYOUT,
    HONOURS,
    JUDGES,
    LAYOUTS,
    SESSIONS,
    SHEETS,
    STATIONS,
    UNITS,
    WALKS,
    Column,
    SheetLayout,
)

_EMOJI_FROM = 0x1F000
_EMOJI_FORM = "\ufe0f"
_NOT_IN_CODES = frozenset(";；,，:：/、 \t")


def rows_of(plan: Plan, sheet: str) -> tuple[Any, ...]:
    """What the rows of a sheet stand for, in the order of the exported workbook; items for 评分表."""
    rows: dict[str, tuple[Any, ...]] = {
        DIVISIONS: plan.divisions,
        UNITS: plan.units,
        STATIONS: plan.stations,
        COMPONENTS: plan.components,
        AWARDS: plan.awards,
        HONOURS: plan.honours,
        JUDGES: plan.judges,
        BREAKS: plan.breaks,
        SESSIONS: plan.sessions,
        WALKS: plan.walks,
        SHEETS: tuple(item for entry in plan.sheets for item in entry.items),
    }
    return rows[sheet]


def check_fields(plan: Plan) -> Iterator[PlanFinding]:
    """The values that no relation can mend: empty, too long, out of range, or of characters that no paper shows.

    Codes: empty, long (`most`), character (`text`), emoji, code (`text`), range (`value`, `low`, `high` as
    texts), date (`text`), choice (`text`).
    """
    for number, column in enumerate(EVENT_LAYOUT.columns, start=FIRST_ROW):
        value = getattr(plan.info, column.field)
        if column.needed or value is not None:
            yield from _check(EVENT_LAYOUT, number, column, value)
    for layout in LAYOUTS[1:-1]:
        for number, row in enumerate(rows_of(plan, layout.name), start=FIRST_ROW):
            for column in layout.columns:
                yield from _check(layout, number, column, getattr(row, column.field))
    number = FIRST_ROW
    for sheet in plan.sheets:
        for item in sheet.items:
            outer = {"sheet": sheet.code, "sheet_name": sheet.name}
            for column in LAYOUTS[-1].columns:
                value = outer.get(column.field) or getattr(item, column.field, "")
                yield from _check(LAYOUTS[-1], number, column, value)
            number += 1


def _check(layout: SheetLayout, number: int, column: Column, value: Any) -> Iterator[PlanFinding]:
    def found(code: str, **values: object) -> PlanFinding:
        return PlanFinding(code, layout.name, number, column.header, values)

    if value in ("", ()) or value is None:
        if column.needed:
            yield found("empty")
    elif column.choices:
        if value not in column.choices.values():
            yield found("choice", text=str(value))
    elif column.kind == "date":
        if not _is_date(value):
            yield found("date", text=value)
    elif isinstance(value, int):
        if not column.low <= value <= column.high:
            show = clock if column.kind == "time" else show_milli if column.kind == "milli" else str
            yield found("range", value=show(value), low=show(column.low), high=show(column.high))
    else:
        for text in value if isinstance(value, tuple) else (value,):
            code = _text_fault(column, text)
            if code:
                yield found(code, text=text, most=column.high)


def _text_fault(column: Column, text: str) -> str:
    if len(text) > column.high:
        return "long"
    if any((ord(char) >= _EMOJI_FROM and unicodedata.category(char) == "So") or char == _EMOJI_FORM for char in text):
        return "emoji"
    if any(unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp") for char in text):
        return "character"
    if column.kind in ("code", "codes") and _NOT_IN_CODES & set(text):
        return "code"
    return ""


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
