"""Does a plan make sense? Every fault with its place in the plan workbook, as a code and values without words."""

from dataclasses import dataclass, field

from data.rules.plan import Plan


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


def check_plan(plan: Plan) -> list[PlanFinding]:
    """Every fault of this plan, in the order of the workbook."""
    return []
