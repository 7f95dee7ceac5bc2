"""The plans that come with the program, to start a new event from."""

from dataclasses import dataclass
from pathlib import Path

from data.i18n import _

_EXAMPLES = Path(__file__).parent.parent.parent / "resources" / "examples"


@dataclass(frozen=True)
class Template:
    """A built-in plan: its key, what it is for, what it holds, and its workbook."""

    key: str
    title: str
    detail: str
    path: Path


def templates() -> list[Template]:
    """All built-in plans, the largest first."""
    return [
        Template(
            "gaoan-2023",
            _("Emergency skills of a city, two categories"),
            _("30 hospitals, 5 groups of individuals and 2 of rescue teams, 7 stations, 3 to 5 judges."),
            _EXAMPLES / "gaoan-2023" / "plan.xlsx",
        ),
        Template(
            "county-nursing",
            _("Nursing skills of a county, one station"),
            _("14 hospitals, theory 30 and intravenous infusion 70, a team total of the best three."),
            _EXAMPLES / "county-nursing" / "plan.xlsx",
        ),
    ]
