"""From the judges' totals to a division's total. Exact: integers of 1/1000 in, fractions out.

A division total and its components are in points of 100 (a team sum may be more). The lines of a
score ladder are these functions one after another, so a person can redo each by hand.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import lcm

TIME = "用时"  # the tie step that compares seconds, as the plan workbook writes it
MEAN, TRIMMED, MEDIAN, SUM = "mean", "trimmed", "median", "sum"
LEAST_JUDGES = {MEAN: 1, TRIMMED: 3, MEDIAN: 1, SUM: 1}
FULL_PERCENT = 100_000  # thousandths


def combine(totals: Sequence[int], how: str, judges: int) -> Fraction | None:
    """The judges' totals of a visit as one, in thousandths; None until all declared judges are in.

    `trimmed` drops one highest and one lowest. With fewer than three judges nothing would be left
    of it, so it is the mean of what there is (the plan check refuses such a station).

    Raises:
        ValueError: more totals than judges, or no such way.
    """
    if how not in LEAST_JUDGES or len(totals) > judges:
        raise ValueError(f"{len(totals)} totals of {judges} judges by {how}")
    if not totals or len(totals) < judges:
        return None
    if how == SUM:
        return Fraction(sum(totals))
    if how == MEDIAN:
        ordered = sorted(totals)
        middle = len(ordered) // 2
        return Fraction(ordered[middle] + ordered[-middle - 1], 2)
    if how == TRIMMED and len(totals) >= LEAST_JUDGES[TRIMMED]:
        return Fraction(sum(totals) - max(totals) - min(totals), len(totals) - 2)
    return Fraction(sum(totals), len(totals))


def station_full(full_milli: int, how: str, judges: int) -> int:
    """The most that a station can give: the sheet's full mark, times the judges where they add up."""
    return full_milli * judges if how == SUM else full_milli


def station_score(combined: Fraction, penalty_milli: int) -> Fraction:
    """The combined mark less the penalty of the visit, never below 0."""
    return max(combined - penalty_milli, Fraction(0)) if penalty_milli else combined


def percent(score: Fraction, full_milli: int) -> Fraction:
    """A score as per cent of the full mark, in points of 100."""
    return Fraction(score.numerator * 100, score.denominator * full_milli)


@lru_cache(maxsize=1 << 16)
def station_percent(
    totals: tuple[int, ...], penalty_milli: int, how: str, judges: int, full_milli: int
) -> Fraction | None:
    """From the judges' totals of a visit to its component, None until all are in; `full_milli` is the sheet's.

    Kept, because after each mark the standings are computed again from visits of which all but one are as before.
    """
    combined = combine(totals, how, judges)
    if combined is None:
        return None
    return percent(station_score(combined, penalty_milli), station_full(full_milli, how, judges))


def mean(values: Sequence[Fraction | None]) -> Fraction | None:
    """The exact mean of the stations that were drawn, in points of 100; None while one is missing, or there is none."""
    found = [value for value in values if value is not None]
    return sum(found, Fraction(0)) / len(found) if found and len(found) == len(values) else None


def theory_percent(value_milli: int) -> Fraction:
    """A theory mark, which is of 100 already."""
    return Fraction(value_milli, 1000)


def weighted_total(parts: Sequence[tuple[Fraction | None, int]]) -> Fraction | None:
    """Σ component × weight / 100, weights in thousandths of a per cent; None while a component is missing."""
    values = []
    for value, weight_milli in parts:
        if value is None:
            return None
        values.append((*value.as_integer_ratio(), weight_milli))
    # Plain integers: a fraction at each step would cost three times as much.
    whole = lcm(*(denominator for _numerator, denominator, _weight in values))
    total = sum(numerator * weight * (whole // denominator) for numerator, denominator, weight in values)
    return Fraction(total, whole * FULL_PERCENT)


@dataclass(frozen=True)
class Member:
    """An entrant whose total may count for his unit; `steps` are his values of the unit's tie ladder."""

    key: int
    total: Fraction
    steps: tuple[Fraction | None, ...] = ()


def best_members(members: Sequence[Member], best: int) -> tuple[Member, ...]:
    """The `best` members with the highest totals; fewer when fewer competed.

    Equal totals at the line: whom the unit's own tie ladder favours counts, so that a better mark
    can never cost the unit a place; then the lower key, so that the members' order never matters.
    """

    def order(member: Member) -> tuple[Fraction, tuple[tuple[bool, Fraction], ...], int]:
        return (-member.total, tuple((step is None, Fraction(-(step or 0))) for step in member.steps), member.key)

    return tuple(sorted(members, key=order)[:best])


def tie_steps(rule: str) -> tuple[str, ...]:
    """The names of a tie rule in their order: component names, 用时 or 理论."""
    return tuple(part.strip() for part in rule.replace("；", ";").split(";") if part.strip())
