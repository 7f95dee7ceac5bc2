"""What the event needs now: what is wrong, what is missing, what is done, and what comes next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from data.i18n import _
from data.queries import leaderboard, running, schedule
from data.queries.readiness_desk import desk_lines
from data.queries.readiness_facts import Facts, read_facts
from data.queries.readiness_lines import DivisionTies, ReadinessLine, all_lines, empty_lines
from data.queries.readiness_readings import reading_lines
from data.queries.readiness_running import running_lines
from data.store import Store

__all__ = ["PhaseMark", "Readiness", "ReadinessLine", "readiness"]


@dataclass(frozen=True)
class PhaseMark:
    """How far a phase is: waiting | working | done | attention | wrong; count of the lines that need a hand."""

    state: str
    count: int = 0


@dataclass(frozen=True)
class Readiness:
    """The whole list, the mark of each phase by page key, and the event in a few words.

    stage_tone: muted | info | wrong (live) | done.
    """

    event_name: str
    venue: str
    stage: str
    stage_tone: str
    lines: tuple[ReadinessLine, ...]
    marks: Mapping[str, PhaseMark]


def readiness(store: Store) -> Readiness:
    """How far the event is and what it needs at this moment."""
    with store.read():
        facts = read_facts(store)
        if facts is None:
            lines = empty_lines()
            return Readiness("", "", _("New event"), "muted", lines, _marks(lines, {}))
        minute = running.minute_now(store)
        lines = all_lines(
            facts,
            minute,
            _ties(store, facts),
            _faults(store, facts),
            running_lines(store, facts, minute),
            [*desk_lines(facts), *reading_lines(facts)],
        )
    stage, tone = _stage(facts)
    info = facts.plan.info
    return Readiness(info.name, info.venue, stage, tone, lines, _marks(lines, _progress(facts)))


def _ties(store: Store, facts: Facts) -> list[DivisionTies]:
    """Only when all marks are in: before, places that are level mean nothing, and to rank everyone takes time."""
    if not facts.all_marks_in:
        return []
    divisions = leaderboard.all_standings(store)
    return [DivisionTies(one.division_code, one.title, one.ties) for one in divisions if one.ties]


def _faults(store: Store, facts: Facts) -> schedule.Faults:
    """Until the first visit: the check takes time, and during the day every mark asks for the list again."""
    return schedule.Faults() if facts.sheets_in or facts.has_begun else schedule.faults(store)


def _progress(facts: Facts) -> dict[str, str]:
    """The state of each phase whose lines need no hand."""

    def state(done: bool, begun: bool) -> str:
        return "done" if done else "working" if begun else "waiting"

    drawn = {kind for kind, one in facts.draws.items() if one == "drawn"}
    papers = {"badges", "marksheets", "timetables"}
    return {
        "setup": "done",
        "roster": state(bool(facts.people), bool(facts.people)),
        "draws": state(facts.needed_draws <= drawn and len(drawn) == len(facts.draws), bool(facts.draws)),
        "schedule": state(facts.timetable is not None, False),
        "print": state(papers <= facts.printed.keys(), bool(papers & facts.printed.keys())),
        "checkin": state(bool(facts.arrived) and not facts.waited, bool(facts.arrived)),
        "running": state(
            bool(facts.visits) and all(visit.progress == "over" for visit in facts.visits), facts.has_begun
        ),
        "score_entry": state(facts.all_marks_in, bool(facts.sheets_in)),
        "results": state(facts.result_version is not None, facts.all_marks_in),
    }


def _marks(lines: Sequence[ReadinessLine], progress: Mapping[str, str]) -> dict[str, PhaseMark]:
    pages = ("setup", "roster", "draws", "schedule", "print", "checkin", "running", "score_entry", "results")
    marks = {}
    for page in pages:
        counts = {tone: sum(line.page == page and line.severity == tone for line in lines) for tone in _NEED_A_HAND}
        needed = next((tone for tone in _NEED_A_HAND if counts[tone]), None)
        marks[page] = PhaseMark(needed, sum(counts.values())) if needed else PhaseMark(progress.get(page, "waiting"))
    return marks


_NEED_A_HAND = ("wrong", "attention")


def _stage(facts: Facts) -> tuple[str, str]:
    if facts.result_version is not None:
        return _("Result version {number}").format(number=facts.result_version), "done"
    if facts.all_marks_in:
        return _("All marks are in"), "info"
    if facts.sheets_in or facts.arrived:
        return _("Competition running"), "wrong"
    if facts.timetable is not None:
        return _("Ready for the day"), "info"
    if facts.draws.get("selection") == "drawn":
        return _("Draws done"), "info"
    return _("Preparing"), "muted"
