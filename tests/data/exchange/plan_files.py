"""Plan workbooks for the tests, made by changing a good one."""

from collections.abc import Callable
from pathlib import Path

from openpyxl import Workbook, load_workbook

from data.exchange.plan_workbook import write_plan
from tests.data.rules.small_plan import SMALL


def workbook(folder: Path, change: Callable[[Workbook], object]) -> Path:
    """The small plan's workbook after a change of its cells."""
    path = folder / "plan.xlsx"
    write_plan(SMALL, path)
    made = load_workbook(path)
    change(made)
    made.save(path)
    return path


def cell(sheet: str, place: str, value: object) -> Callable[[Workbook], object]:
    """A change that sets one cell."""

    def change(made: Workbook) -> None:
        made[sheet][place].value = value

    return change
