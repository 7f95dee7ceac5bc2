"""Who did not pass (不合格名单), out of the newest result version: in what, by how much, and what came after."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from data import models
from data.errors import NotFound
from data.queries import results
from data.queries.results import FrozenDivision, FrozenRow
from data.rules.decimals import half_up, unrounded
from data.rules.ranking import ABSENT, FAILED, OUT
from data.rules.standings import TEAM_SUM
from data.store import Store

BELOW, CLEARED = "below", "cleared"
UNPLANNED, PLANNED, PASSED, NOT_PASSED = "unplanned", "planned", "passed", "not_passed"


@dataclass(frozen=True)
class Shortfall:
    """One value below the pass line, in points of 100. `what`: the component, empty for the total.

    `value` is rounded as published. `by` is what it lacks, unrounded where rounding would leave nothing of it.
    """

    what: str
    value: str
    by: str


@dataclass(frozen=True)
class ResitRow:
    """A second chance (补考). `passed` is None until it was held."""

    id: int
    date: str  # YYYY-MM-DD
    result_milli: int | None
    passed: bool | None
    note: str


@dataclass(frozen=True)
class BelowRow:
    """An entrant who did not pass.

    reason: failed (a critical item), below (the pass line), absent, or cleared: a newer version lets him pass, but a
    resit was planned before. `shortfalls`: the total first, then the components below the line.
    """

    entrant_id: int
    division_code: str
    division_title: str
    entry: str  # individual | team
    number: str
    name: str
    unit: str
    reason: str
    total: str
    shortfalls: tuple[Shortfall, ...]
    resits: tuple[ResitRow, ...]

    @property
    def resit(self) -> ResitRow | None:
        """The last one."""
        return self.resits[-1] if self.resits else None

    @property
    def state(self) -> str:
        """How far the second chance is: unplanned | planned | passed | not_passed."""
        if self.resit is None:
            return UNPLANNED
        if self.resit.passed is None:
            return PLANNED
        return PASSED if self.resit.passed else NOT_PASSED


@dataclass(frozen=True)
class BelowPass:
    """The list, by division in the order of the places. `version` is None before there is one; `competed`: how many
    of it competed, not counting sums of units. `pass_milli`: the line in per cent, None where the plan has none."""

    version: int | None
    pass_milli: int | None
    event_date: str
    rows: tuple[BelowRow, ...]
    competed: int = 0

    @property
    def open(self) -> int:
        """How many of them still have no second chance, or did not pass it."""
        return sum(row.reason != CLEARED and row.state in (UNPLANNED, NOT_PASSED) for row in self.rows)


def below_pass(store: Store) -> BelowPass:
    """Everybody below the pass line, failed by a critical item, or absent; the event must have been set up.

    It goes by the unrounded values, like the places. Sums of units are not of 100 points and do not pass or fail.
    """
    with store.read():
        event = models.Event.get()
        try:
            frozen = results.frozen(store)
        except NotFound:
            return BelowPass(None, event.pass_milli, event.date, ())
        line = Fraction(event.pass_milli or 0, 1000)  # nobody is below 0
        resits = _resits()
        rows: list[BelowRow] = []
        competed = 0
        for division in frozen.divisions:
            if division.entry == TEAM_SUM:
                continue
            competed += sum(row.state not in OUT for row in division.rows)
            for row in division.rows:
                counts = row.state not in OUT
                shortfalls = tuple(_shortfalls(division, row, line, event.decimals)) if counts else ()
                reason = _reason(row, shortfalls, bool(resits.get(row.entrant_id)))
                if reason:
                    rows.append(_row(division, row, reason, shortfalls, resits.get(row.entrant_id, ())))
        return BelowPass(frozen.version.number, event.pass_milli, event.date, tuple(rows), competed)


def _reason(row: FrozenRow, shortfalls: tuple[Shortfall, ...], has_resit: bool) -> str:
    if row.state in (FAILED, ABSENT):
        return row.state
    if shortfalls:
        return BELOW
    return CLEARED if has_resit else ""


def _row(
    division: FrozenDivision,
    row: FrozenRow,
    reason: str,
    shortfalls: tuple[Shortfall, ...],
    resits: tuple[ResitRow, ...],
) -> BelowRow:
    return BelowRow(
        row.entrant_id,
        division.code,
        division.title,
        division.entry,
        row.number,
        row.name,
        row.unit,
        reason,
        row.shown,
        shortfalls,
        resits,
    )


def _shortfalls(division: FrozenDivision, row: FrozenRow, line: Fraction, decimals: int) -> Iterator[Shortfall]:
    parts = list(zip(division.components, row.components, row.shown_components, strict=True))
    values = [("", row.total, row.shown), *(parts if len(parts) > 1 else ())]  # a total of one part says it all
    for what, exact, shown in values:
        lacking = line - Fraction(exact) if exact else Fraction(0)
        if lacking > 0:
            rounded = half_up(lacking, decimals)
            yield Shortfall(what, shown, rounded if Fraction(rounded) else unrounded(lacking))


def _resits() -> dict[int, tuple[ResitRow, ...]]:
    found: dict[int, tuple[ResitRow, ...]] = {}
    for row in models.Resit.select().order_by(models.Resit.id):
        made = ResitRow(row.id, row.date, row.result_milli, row.passed, row.note)
        found[row.entrant_id] = (*found.get(row.entrant_id, ()), made)
    return found
