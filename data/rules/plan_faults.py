"""A fault of a plan, and how the checks name one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

FIRST_ROW = 2  # the header is row 1


@dataclass(frozen=True)
class PlanFinding:
    """A fault of a plan.

    `row` is the row in the exported workbook, the header being row 1; 0 means the whole sheet. On the sheet
    赛事 `column` is the entry (项目). An `error` forbids saving, a `warning` does not.
    """

    code: str
    sheet: str
    row: int
    column: str
    values: dict[str, object] = field(default_factory=dict)
    severity: str = "error"  # error | warning


def twice(sheet: str, column: str, keys: Iterable[object], text: str = "{}") -> Iterator[PlanFinding]:
    """duplicate (`text`, `row` of the first): a key occurs again. Empty keys are no matter of this."""
    first: dict[object, int] = {}
    for row, key in enumerate(keys, start=FIRST_ROW):
        if key in first:
            shown = text.format(*key) if isinstance(key, tuple) else str(key)
            yield error("duplicate", sheet, row, column, text=shown, row=first[key])
        elif key:
            first[key] = row


def warning(code: str, sheet: str, row: int, column: str, /, **values: object) -> PlanFinding:
    """A fault that does not forbid saving."""
    return PlanFinding(code, sheet, row, column, values, "warning")


def error(code: str, sheet: str, row: int, column: str, /, **values: object) -> PlanFinding:
    """A fault that forbids saving."""
    return PlanFinding(code, sheet, row, column, values)
