"""The few figures of statistics that a report on judges and items needs, exact: integers in, fractions out.

A square root is seldom a fraction: it is given to a 1/10,000, half up. Where a figure is not defined (too few values,
or all of them equal), it is None.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt

_ROOT_SCALE = 10_000
EXTREME_GROUP = Fraction(27, 100)

Number = int | Fraction


@dataclass(frozen=True)
class Agreement:
    """How far the judges of a station agree: 1 is fully, 0 not more than by chance, and less is possible.

    single: the reliability of one judge's total, ICC(1,1). average: that of the mean of all judges, ICC(1,k).
    """

    single: Fraction
    average: Fraction


def mean(values: Sequence[Number]) -> Fraction | None:
    """The arithmetic mean, None of no values."""
    return Fraction(sum(values)) / len(values) if values else None


def variance(values: Sequence[Number]) -> Fraction | None:
    """The sample variance s² = Σ(x − x̄)² / (n − 1), None of fewer than two values."""
    count = len(values)
    if count < 2:
        return None
    total = sum(values)
    return Fraction(count * sum(value * value for value in values) - total * total) / (count * (count - 1))


def root(value: Fraction) -> Fraction:
    """The square root of a value that is not negative, to a 1/10,000, half up."""
    doubled = isqrt(value.numerator * 4 * _ROOT_SCALE**2 // value.denominator)
    return Fraction((doubled + 1) // 2, _ROOT_SCALE)


def correlation(first: Sequence[Number], second: Sequence[Number]) -> Fraction | None:
    """Pearson's r = Σ(x − x̄)(y − ȳ) / √(Σ(x − x̄)² Σ(y − ȳ)²), to a 1/10,000; None where either does not vary.

    Source: K. Pearson, Proceedings of the Royal Society 58 (1895), 240-242.

    Raises:
        ValueError: the two are not equally long.
    """
    if len(first) != len(second):
        raise ValueError("pairs are needed")
    count, sum_first, sum_second = len(first), sum(first), sum(second)
    together = Fraction(count * sum(x * y for x, y in zip(first, second, strict=True)) - sum_first * sum_second)
    alone = Fraction(count * sum(x * x for x in first) - sum_first * sum_first)
    other = Fraction(count * sum(y * y for y in second) - sum_second * sum_second)
    if not alone or not other:
        return None
    size = root(together * together / (alone * other))
    return -size if together < 0 else size


def cronbach_alpha(cases: Sequence[Sequence[int]]) -> Fraction | None:
    """α = K/(K − 1) · (1 − Σ s²(item) / s²(sum)) over K items; None where fewer than two vary, or the sum does not.

    `cases`: for each case the scores of all items. Items on which all cases are equal say nothing and are left out
    of K. Source: L. J. Cronbach, Psychometrika 16 (1951), 297-334, formula 2.
    """
    columns = [column for column in zip(*cases, strict=True) if len(set(column)) > 1]
    whole = variance([sum(case) for case in cases])
    if len(columns) < 2 or not whole:
        return None
    parts = sum(Fraction(variance(column) or 0) for column in columns)
    return Fraction(len(columns), len(columns) - 1) * (1 - parts / whole)


def agreement(cases: Sequence[Sequence[int]]) -> Agreement | None:
    """The intraclass correlation of k marks for each of n cases, where other judges may mark other cases.

    One-way analysis of variance: BMS = k Σ(x̄ᵢ − x̄)² / (n − 1) between the cases, WMS = Σ(xᵢⱼ − x̄ᵢ)² / n(k − 1) within;
    ICC(1,1) = (BMS − WMS) / (BMS + (k − 1) WMS) and ICC(1,k) = (BMS − WMS) / BMS.
    Source: P. E. Shrout and J. L. Fleiss, Psychological Bulletin 86 (1979), 420-428, case 1.

    None for fewer than two cases or judges, and where the cases do not differ.

    Raises:
        ValueError: the cases have not all as many marks.
    """
    judges = len(cases[0]) if cases else 0
    if any(len(case) != judges for case in cases):
        raise ValueError("every case needs the marks of as many judges")
    if len(cases) < 2 or judges < 2:
        return None
    between = Fraction(variance([sum(case) for case in cases]) or 0) / judges
    squares = sum(judges * sum(mark * mark for mark in case) - sum(case) ** 2 for case in cases)
    within = Fraction(squares, judges * len(cases) * (judges - 1))
    if not between:
        return None
    return Agreement((between - within) / (between + (judges - 1) * within), (between - within) / between)


def discrimination(scores: Sequence[int], criterion: Sequence[int], span: int) -> Fraction | None:
    """D = P(high) − P(low): the mean of an item, as a part of its span, in the best and the weakest 27 % of the cases.

    The groups go by the criterion (the total); cases that are equal at the border of a group count in equal parts, so
    no order of the cases matters. None where the item or the criterion does not vary.
    Source: T. L. Kelley, Journal of Educational Psychology 30 (1939), 17-24, for the 27 %; R. L. Ebel, Essentials of
    Educational Measurement (1972), chapter 14, for D: 0.40 and up is very good, below 0.20 poor.
    """
    if len(set(scores)) < 2 or len(set(criterion)) < 2:
        return None
    size = max(1, int(EXTREME_GROUP * len(scores) + Fraction(1, 2)))
    high = _mean_of_best(scores, criterion, size)
    low = _mean_of_best(scores, [-value for value in criterion], size)
    return (high - low) / span


def _mean_of_best(scores: Sequence[int], criterion: Sequence[int], size: int) -> Fraction:
    border = sorted(criterion, reverse=True)[size - 1]
    above = [score for score, value in zip(scores, criterion, strict=True) if value > border]
    at = [score for score, value in zip(scores, criterion, strict=True) if value == border]
    return (sum(above) + Fraction((size - len(above)) * sum(at), len(at))) / size
