"""The words of what is wrong with a plan."""

from data.i18n import _
from data.rules.plan_check import PlanFinding


def place(finding: PlanFinding) -> str:
    """Where it is, as the exported plan workbook shows it."""
    place = finding.sheet
    if finding.row:
        place = _("{sheet}, row {row}").format(sheet=place, row=finding.row)
    if finding.column:
        place = _("{place}, column {column}").format(place=place, column=finding.column)
    return place


def sentence(finding: PlanFinding) -> str:
    """What is wrong, in a sentence without its place."""
    return finding.code
