"""The steps of an event day through the same actions as the pages; a rehearsal and the demo take them in order."""

from collections.abc import Sequence
from pathlib import Path

from data.actions import checkin, draws, roster
from data.errors import InvalidInput
from data.exchange import history_csv, plan_workbook, roster_files
from data.i18n import _
from data.queries import draws as draw_queries
from data.queries import entrants as entrant_queries
from data.queries import roster as roster_queries
from data.rules.draw_record import NUMBERS, SELECTION
from data.rules.plan import Plan
from data.rules.roster import CellProblem
from data.store import Store

ACTOR = "演练"
WITNESSES = ("演练见证人甲", "演练见证人乙")


def read_plan(path: Path) -> Plan:
    """The plan of a workbook.

    Raises:
        FileProblem: it cannot be read at all.
        InvalidInput: it has errors; the message has a line for each.
    """
    reading = plan_workbook.read_plan(path)
    if reading.plan is None or reading.errors:
        raise InvalidInput(
            _("The plan workbook has errors:") + "\n" + "\n".join(map(str, reading.errors)),
            where=str(path),
            todo=_("Correct the workbook, then start again."),
        )
    return reading.plan


def fill_pool(store: Store, rosters: Sequence[Path], history: Path | None) -> list[str]:
    """Import every good row of the rosters and the history; returns a line for each row that was refused."""
    preview = roster_queries.preview_import(store, roster_files.read_rosters(rosters))
    roster.import_people(store, ACTOR, preview)
    refused = list(preview.refused)
    if history is not None:
        reading = history_csv.read_history(history)
        roster.import_history(store, ACTOR, reading.rows)
        refused += reading.problems
    return [_refusal(problem) for problem in refused]


def _refusal(problem: CellProblem) -> str:
    return " ".join(filter(None, (problem.file, problem.sheet, problem.cell or str(problem.row), problem.message)))


def draw_lots(store: Store, seed_parts: Sequence[str]) -> None:
    """Draw who competes, then their numbers, as far as that is not done yet."""
    for kind, freeze in ((SELECTION, draws.freeze_selection), (NUMBERS, draws.freeze_numbers)):
        if draw_queries.current(store, kind) is None:
            draws.draw(store, ACTOR, freeze(store, ACTOR), seed_parts, WITNESSES)


def welcome(store: Store) -> None:
    """Check in everyone who is expected."""
    for entrant in entrant_queries.entrants(store):
        if entrant.state == "expected":
            checkin.check_in(store, ACTOR, entrant.id)
