"""What is unusual in the sheets of a visit, so that the chief judge looks at it before it counts (裁判长确认).

A difference between judges above the limit of the event, a critical item that is ticked (一票否决), a sheet of 0
without one, and a sheet below or above the per cents that the event names. The chief judge may also let a visit be
combined without the sheet of a judge that will not come.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from data.rules import marksheet
from data.rules.marksheet import Values
from data.rules.plan import Item
from data.rules.scoring import FULL_PERCENT

SPREAD, EXTREME, CRITICAL, MISSING = "spread", "extreme", "critical", "missing"
KINDS = (SPREAD, EXTREME, CRITICAL, MISSING)


@dataclass(frozen=True)
class Limits:
    """What raises an alarm: points between two judges, and per cents of the full mark, all in thousandths.

    None: there is no such limit.
    """

    spread_milli: int | None = None
    low_milli: int | None = None
    high_milli: int | None = None


@dataclass(frozen=True)
class SheetTotal:
    """A judge's sheet that is in. `critical`: the numbers of its critical items that are ticked."""

    seat: int
    total_milli: int
    critical: tuple[int, ...] = ()


@dataclass(frozen=True)
class Alarm:
    """One thing to confirm. `seat` 0: the visit as a whole.

    `milli`: the points between the highest and the lowest judge (spread), else the sheet's total; 0 of a missing one.
    """

    kind: str
    seat: int
    milli: int


def alarms(sheets: Sequence[SheetTotal], full_milli: int, limits: Limits) -> tuple[Alarm, ...]:
    """What is unusual in the sheets of a visit that are in, the visit as a whole first, then seat by seat.

    A critical tick that makes a sheet 0 explains the 0; nobody is asked twice.
    """
    found = []
    totals = [sheet.total_milli for sheet in sheets]
    if is_apart(min(totals, default=0), max(totals, default=0), limits):
        found.append(Alarm(SPREAD, 0, max(totals) - min(totals)))
    for sheet in sorted(sheets, key=lambda sheet: sheet.seat):
        if sheet.critical:
            found.append(Alarm(CRITICAL, sheet.seat, sheet.total_milli))
        if is_extreme(sheet.total_milli, full_milli, limits) and not (sheet.critical and sheet.total_milli == 0):
            found.append(Alarm(EXTREME, sheet.seat, sheet.total_milli))
    return tuple(found)


def is_apart(lowest_milli: int, highest_milli: int, limits: Limits) -> bool:
    """Whether judges with these totals are further apart than the event lets pass."""
    return limits.spread_milli is not None and highest_milli - lowest_milli > limits.spread_milli


def is_extreme(total_milli: int, full_milli: int, limits: Limits) -> bool:
    """Whether a sheet is 0, below the low or above the high limit; a sheet at a limit passes."""
    share = total_milli * FULL_PERCENT
    return (
        total_milli == 0
        or (limits.low_milli is not None and share < limits.low_milli * full_milli)
        or (limits.high_milli is not None and share > limits.high_milli * full_milli)
    )


def ticked(items: Sequence[Item], values: Values) -> tuple[int, ...]:
    """The numbers of the critical items that are ticked on a sheet, in its order."""
    return tuple(item.number for item in items if item.kind == marksheet.CRITICAL and values.get(item.number) is True)
