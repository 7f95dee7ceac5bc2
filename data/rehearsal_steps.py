"""The steps of an event day through the same actions as the pages; a rehearsal and the demo take them in order."""

from collections.abc import Callable, Sequence
from pathlib import Path

from data.actions import (
    appeals,
    checkin,
    confirmations,
    decoding,
    draws,
    locks,
    marks_import,
    operators,
    results,
    roster,
    schedule,
    theory,
)
from data.errors import FileProblem, InvalidInput
from data.exchange import history_csv, marks_csv, plan_workbook, roster_files
from data.exchange import theory as theory_files
from data.i18n import _
from data.queries import appeals as appeal_queries
from data.queries import blockers as result_queries
from data.queries import confirmations as confirmation_queries
from data.queries import draws as draw_queries
from data.queries import entrants as entrant_queries
from data.queries import operators as operator_queries
from data.queries import schedule as schedule_queries
from data.queries import scores as score_queries
from data.queries.blockers import lockable
from data.queries.plan import current_plan
from data.queries.result_state import result_state
from data.queries.roster_import import preview_import
from data.queries.sealing import sealing
from data.rehearsal_judging import Judging
from data.rules import rotation
from data.rules.draw_record import ITEMS, KINDS, NUMBERS, SELECTION
from data.rules.plan import THEORY, Plan
from data.rules.roster import CellProblem
from data.rules.rotation import Progress, Solution
from data.simulation import Simulation
from data.store import Store

ACTOR = "演练"
REASON = "演练"
WITNESSES = ("演练见证人甲", "演练见证人乙")
CHIEF, PIN = "演练裁判长", "20231118"
_LINES = 10  # of reasons; more would not be read
_WAITING_BUDGET = 1.0  # seconds: the finish is the event's own, and waits need not be the shortest to rehearse


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
    """Import every good row of the rosters and the history; returns a line for each row that was refused.

    Raises:
        FileProblem: a file or folder that was named does not exist.
        InvalidInput: no row at all can be used; the message has the reasons.
    """
    for path in rosters:
        if not path.exists():
            raise FileProblem(_("The file does not exist."), where=str(path), todo=_("Choose another file."))
    preview = preview_import(store, roster_files.read_rosters(rosters))
    refused = [_refusal(problem) for problem in preview.refused]
    if not (preview.added or preview.changed or preview.same):
        raise InvalidInput(
            _("No row of the rosters can be used."),
            where="\n".join(refused[:_LINES]) or ", ".join(map(str, rosters)),
            todo=_("Check that these are the rosters of this plan."),
        )
    roster.import_people(store, ACTOR, preview)
    if history is not None:
        reading = history_csv.read_history(history)
        roster.import_history(store, ACTOR, reading.rows)
        refused += map(_refusal, reading.problems)
    return refused


def _refusal(problem: CellProblem) -> str:
    return " ".join(filter(None, (problem.file, problem.sheet, problem.cell or str(problem.row), problem.message)))


def draw_lots(store: Store, seed_parts: Sequence[str]) -> None:
    """Draw who competes, their numbers and optional stations, and what is frozen, as far as that is not done yet."""
    for kind in KINDS:
        standing = draw_queries.current(store, kind)
        if standing is not None and standing.state == "frozen":
            draws.draw(store, ACTOR, standing.id, seed_parts, WITNESSES)
        elif standing is None and _is_needed(store, kind):
            draws.draw(store, ACTOR, draws.freeze(store, ACTOR, kind), seed_parts, WITNESSES)


def _is_needed(store: Store, kind: str) -> bool:
    """Lanes and judges' seats are drawn only where somebody has frozen their list."""
    return kind in (SELECTION, NUMBERS) or (kind == ITEMS and bool(draw_queries.pool_of(store, ITEMS)))


def welcome(store: Store) -> None:
    """Check in everyone who is expected."""
    for entrant in entrant_queries.entrants(store):
        if entrant.state == "expected":
            checkin.check_in(store, ACTOR, entrant.id)


def make_schedule(store: Store, progress: Callable[[Progress], None] | None = None) -> Solution | None:
    """Plan the day, unless a timetable stands that the checker finds nothing wrong with.

    Raises:
        NotAllowed: it cannot be planned; the message says why.
    """
    standing = schedule_queries.current(store)
    if standing is not None and not any(finding.hard for finding in schedule_queries.findings(store)):
        return None
    solution = rotation.solve(schedule_queries.problem(store), progress, waiting_budget=_WAITING_BUDGET)
    schedule.save_timetable(store, ACTOR, solution, REASON if standing else "")
    return solution


def judge_visits(store: Store, simulation: Simulation, progress: Callable[[int, int], None], share: float = 1.0) -> int:
    """Hand in a simulated sheet for each that is not in, and the seconds of each visit; returns how many sheets.

    share: of the sheets in the order of the pile, how many are handed in.
    """
    judging = Judging(store, ACTOR, simulation)
    due = judging.due[: round(len(judging.due) * share)]
    for done, row in enumerate(due):
        progress(done, len(due))
        judging.hand_in(row)
    return len(due)


def examine(store: Store, simulation: Simulation) -> int:
    """Note a simulated theory mark for everyone of a division that counts one and has none; returns how many."""
    plan = current_plan(store)
    counted = {component.division for component in plan.components if component.source == THEORY}
    noted = score_queries.theory_entrants(store)
    due = [row for row in entrant_queries.entrants(store) if row.division_code in counted and row.id not in noted]
    for row in due:
        theory.set_theory(store, ACTOR, row.id, simulation.theory_milli(f"{row.division_code}/{row.number}"))
    return len(due)


def take_theory(store: Store, path: Path) -> list[str]:
    """Import a file of theory marks; returns a line for each row that was not taken."""
    reading = theory_files.read_theory(path)
    imported = theory.import_theory(store, ACTOR, reading.rows)
    return [_refusal(problem) for problem in (*reading.problems, *imported.problems)]


def take_marks(store: Store, path: Path) -> None:
    """Import a file of marks, all of it or nothing.

    Raises:
        InvalidInput: lines that cannot be used.
    """
    marks_import.apply_marks(store, ACTOR, marks_csv.read_marks(path))


def settle_ties(store: Store, simulation: Simulation) -> int:
    """Hold a simulated play-off for each tie that an award line cuts; returns how many."""
    held = 0
    while ties := [found for found in result_queries.blockers(store) if found.code == "tie"]:
        for tie in ties:
            results.record_playoff(store, ACTOR, simulation.playoff(tie.entrant_ids), "")
            held += 1
    return held


def decode(store: Store) -> None:
    """Open what is sealed in a blind event, the chief judge of the plan before a witness.

    Raises:
        NotAllowed: the plan has no chief judge.
    """
    sealed = sealing(store)
    for layer in sealed.layers:
        if layer.is_sealed:
            decoding.decode(store, ACTOR, layer.layer, next(iter(sealed.chiefs), ""), WITNESSES[0], REASON)


def seat_chief(store: Store) -> None:
    """Let the rehearsal sign in, and its chief judge have a PIN that it knows: on its own file, or on its own copy."""
    store.sign_ins.names.add(ACTOR)
    names = operator_queries.chiefs(store)
    if not names:
        operators.add(store, ACTOR, CHIEF, PIN, chief=True)
        return
    for one in operator_queries.operators(store):
        if one.name in names:
            store.sign_ins.names.add(one.name)
            operators.set_pin(store, ACTOR, one.id, PIN)


def confirm(store: Store) -> int:
    """Let the chief judge confirm everything unusual that is not confirmed yet; returns how many things."""
    waiting = [row for row in confirmation_queries.alarms(store) if row.is_open]
    if waiting:
        seat_chief(store)
    for row in waiting:
        chief = operator_queries.chiefs(store)[0]
        confirmations.confirm(store, ACTOR, row.visit_id, row.kind, row.seat, chief, PIN, REASON)
    return len(waiting)


def answer_appeals(store: Store) -> int:
    """Let the chief judge refuse the appeals that are open; returns how many."""
    waiting = [row for row in appeal_queries.appeals(store).rows if row.is_open]
    if waiting:
        seat_chief(store)
    for row in waiting:
        appeals.refuse(store, ACTOR, row.id, operator_queries.chiefs(store)[0], PIN, REASON)
    return len(waiting)


def lock(store: Store) -> None:
    """Lock the divisions that only wait for that."""
    codes = lockable(result_queries.blockers(store))
    if codes:
        locks.lock_divisions(store, ACTOR, codes)


def finalise(store: Store) -> None:
    """Freeze the results, unless the newest version has them already.

    Raises:
        NotAllowed: something blocks it; the message says what.
    """
    if result_state(store).differs:
        results.finalise(store, ACTOR, REASON)
