"""How the rest of the timetable fits the day as it is. What computes it takes a second to load: never in the GUI."""

from collections.abc import Mapping

from data.queries.running import LATE_FROM, StationLate
from data.rules import rotation_check, rotation_retime
from data.rules.rotation_model import Problem
from ui.widgets.running.board_why import Fit

# What happens to a timetable while the day runs. That visits are late is told in minutes instead.
_BROKEN = frozenset({"recusal", "stand_in", "unknown_lane", "in_closed", "in_break", "not_here", "missing"})


def fit(problem: Problem, names: Mapping[str, str]) -> Fit:
    """Compare the day with the timetable in force; what runs late now counts as far as it holds up what comes next.

    names: of the stations, by code.
    """
    found: dict[str, dict[int, int]] = {}
    left = problem.closes - problem.earliest  # a lane that is shut for the rest of the day is not late but unfit
    for (code, lane), minutes in rotation_retime.lateness(problem).items():
        if LATE_FROM <= minutes < left:
            found.setdefault(code, {})[lane] = minutes
    late = [StationLate(code, names[code], max(lanes.values()), tuple(lanes)) for code, lanes in found.items()]
    findings = rotation_check.check(problem, (*problem.done, *problem.before))
    unfit = sum(finding.hard and finding.code in _BROKEN for finding in findings)
    return Fit(tuple(sorted(late, key=lambda row: (-row.minutes, row.code))), unfit)
