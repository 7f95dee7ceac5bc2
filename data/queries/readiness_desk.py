"""The lines of the readiness list about the people with a PIN whom the plan needs, and about what was reopened."""

from collections.abc import Iterator

from data.i18n import _
from data.queries import locks, operators
from data.queries.readiness_facts import Facts
from data.queries.readiness_lines import ReadinessLine
from data.rules.readings import NONE

_PAGE, _TARGET = "setup", "operators"
_TWO = 2  # who types first and who types second


def desk_lines(facts: Facts) -> Iterator[ReadinessLine]:
    """Who is missing, and what waits to be locked again. Runs inside `store.read()`."""
    info = facts.plan.info
    known = operators.active()
    if info.verify != NONE and len(known) < _TWO:
        yield ReadinessLine(
            "attention",
            _("A second entry needs two people who sign in"),
            _("Add those who type the marks, each with a PIN, or choose no second entry in the plan."),
            _PAGE,
            _TARGET,
        )
    reopened = locks.reopened_now()
    if reopened:
        yield ReadinessLine(
            "attention",
            _("Reopened, and not locked again: {titles}").format(titles="、".join(row.title for row in reopened)),
            _("Correct what is wrong, then lock it again."),
            *_place(reopened[0]),
        )
    limits = (info.spread_milli, info.low_milli, info.high_milli)
    if any(limit is not None for limit in limits) and not any(one.chief for one in known):
        yield ReadinessLine(
            "attention",
            _("Nobody can confirm what is unusual"),
            _("The plan has limits for judges or totals, beyond which the chief judge confirms with a PIN. Add one."),
            _PAGE,
            _TARGET,
        )


def _place(row: locks.LockRow) -> tuple[str, str]:
    """Where it is locked: page and target."""
    return ("score_entry", row.station_code) if row.station_code else ("results", row.division_code)
