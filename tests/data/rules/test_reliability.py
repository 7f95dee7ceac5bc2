"""Figures on judges and items beside textbooks, beside the standard library, and what always holds of them."""

import statistics
from fractions import Fraction
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.rules import reliability

# P. E. Shrout and J. L. Fleiss (1979), table 2: six targets, four judges.
SHROUT_FLEISS = ((9, 2, 5, 8), (6, 1, 3, 2), (8, 4, 6, 8), (7, 1, 2, 6), (10, 5, 6, 9), (6, 2, 4, 7))

scores = st.integers(-50, 50)


@st.composite
def tables(draw: st.DrawFn, least_cases: int = 2, least_columns: int = 2) -> list[list[int]]:
    columns = draw(st.integers(least_columns, 5))
    return draw(st.lists(st.lists(scores, min_size=columns, max_size=columns), min_size=least_cases, max_size=12))


def test_agreement_is_that_of_shrout_and_fleiss() -> None:
    """Their table 4: ICC(1,1) = .17, ICC(1,4) = .44."""
    found = reliability.agreement(SHROUT_FLEISS)
    assert found is not None
    assert (round(float(found.single), 2), round(float(found.average), 2)) == (0.17, 0.44)


def test_agreement_of_the_example_of_the_r_package_superb() -> None:
    found = reliability.agreement(((2, 4, 4, 6), (4, 5, 8, 8), (5, 8, 9, 9)))
    assert found is not None
    assert found.single == Fraction(43, 99)


def test_alpha_is_the_consistency_of_shrout_and_fleiss() -> None:
    """Their ICC(3,4) = .91 is Cronbach's alpha of the table, as they say themselves."""
    alpha = reliability.cronbach_alpha(SHROUT_FLEISS)
    assert alpha is not None
    assert round(float(alpha), 2) == 0.91


def test_discrimination_of_a_class_of_forty() -> None:
    """A common exercise: of the best eleven (27 % of 40) nine were right, of the weakest eleven three: 6/11."""
    right = [1] * 9 + [0] * 2 + [1, 0] * 9 + [1] * 3 + [0] * 8
    order = list(range(40, 0, -1))
    assert reliability.discrimination(right, order, 1) == Fraction(6, 11)


def test_cases_equal_at_the_border_of_a_group_count_in_parts() -> None:
    """Of eleven cases a group has three: the second to the fifth are equal, so each of them counts one half."""
    item = [1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1]
    criterion = [9, 8, 8, 8, 8, 5, 4, 4, 3, 2, 1]
    assert reliability.discrimination(item, criterion, 1) == (1 + 2 * Fraction(2, 4)) / 3 - Fraction(1, 3)


def test_a_root_is_rounded_half_up() -> None:
    assert reliability.root(Fraction(2)) == Fraction(14142, 10_000)
    assert reliability.root(Fraction(9, 4)) == Fraction(3, 2)
    assert reliability.root(Fraction(1, 4 * 10**8)) == Fraction(1, 10_000)  # exactly half of a 1/10,000
    assert reliability.root(Fraction(0)) == 0


def test_where_nothing_varies_there_is_no_figure() -> None:
    assert reliability.mean([]) is None
    assert reliability.variance([5]) is None
    assert reliability.correlation([1, 1, 1], [1, 2, 3]) is None
    assert reliability.correlation([1, 2, 3], [4, 4, 4]) is None
    assert reliability.cronbach_alpha([]) is None
    assert reliability.cronbach_alpha([[1, 5], [2, 5], [3, 5]]) is None  # one item alone varies
    assert reliability.cronbach_alpha([[1, 2], [2, 1]]) is None  # the sum does not
    assert reliability.agreement([]) is None
    assert reliability.agreement([[1, 2]]) is None
    assert reliability.agreement([[1], [2]]) is None
    assert reliability.agreement([[1, 3], [3, 1]]) is None
    assert reliability.discrimination([1, 1, 1], [1, 2, 3], 1) is None
    assert reliability.discrimination([0, 1, 0], [2, 2, 2], 1) is None


def test_what_does_not_belong_together_is_refused() -> None:
    with pytest.raises(ValueError, match="pairs"):
        reliability.correlation([1, 2], [1])
    with pytest.raises(ValueError, match="as many judges"):
        reliability.agreement([[1, 2], [1]])


@given(st.lists(scores, min_size=2, max_size=30))
def test_mean_and_variance_are_those_of_the_standard_library(values: list[int]) -> None:
    assert reliability.mean(values) == statistics.mean(map(Fraction, values))
    assert reliability.variance(values) == statistics.variance(map(Fraction, values))


@given(st.fractions(min_value=0, max_value=10**6))
def test_a_root_is_within_half_a_unit(value: Fraction) -> None:
    found, half = reliability.root(value), Fraction(1, 20_000)
    assert max(found - half, Fraction(0)) ** 2 <= value < (found + half) ** 2


@given(st.lists(st.tuples(scores, scores), min_size=2, max_size=30))
def test_correlation_is_that_of_the_standard_library(pairs: list[tuple[int, int]]) -> None:
    first, second = zip(*pairs, strict=True)
    found = reliability.correlation(first, second)
    if found is None:
        assert len(set(first)) == 1 or len(set(second)) == 1
        return
    assert -1 <= found <= 1
    assert float(found) == pytest.approx(statistics.correlation(first, second), abs=6e-5)
    assert reliability.correlation(second, first) == found
    assert reliability.correlation([-value for value in first], second) == -found


@given(tables())
def test_alpha_is_what_the_formula_gives_in_floating_point(cases: list[list[int]]) -> None:
    found = reliability.cronbach_alpha(cases)
    columns = [column for column in zip(*cases, strict=True) if statistics.pvariance(column)]
    whole = statistics.variance([sum(case) for case in cases])
    if found is None:
        assert len(columns) < 2 or not whole
        return
    parts = sum(statistics.variance(column) for column in columns)
    assert float(found) == pytest.approx(len(columns) / (len(columns) - 1) * (1 - parts / whole))
    assert found <= 1
    assert reliability.cronbach_alpha([[7 * score + 3 for score in case] for case in cases]) == found
    assert reliability.cronbach_alpha([[*case, 4] for case in reversed(cases)]) == found


@given(tables())
def test_agreement_is_what_an_analysis_of_variance_gives(cases: list[list[int]]) -> None:
    found = reliability.agreement(cases)
    count, judges = len(cases), len(cases[0])
    means = [statistics.fmean(case) for case in cases]
    between = judges * statistics.variance(means)
    within = sum((x - m) ** 2 for case, m in zip(cases, means, strict=True) for x in case) / count / (judges - 1)
    if found is None:
        assert between == pytest.approx(0)
        return
    assert float(found.single) == pytest.approx((between - within) / (between + (judges - 1) * within))
    assert float(found.average) == pytest.approx((between - within) / between)
    assert found.average <= 1
    assert reliability.agreement([list(reversed(case)) for case in reversed(cases)]) == found
    assert reliability.agreement([[5 * score - 2 for score in case] for case in cases]) == found


@given(st.lists(st.tuples(st.integers(0, 20), scores), min_size=2, max_size=30), st.randoms())
def test_discrimination_never_depends_on_the_order(pairs: list[tuple[int, int]], chance) -> None:
    item, criterion = zip(*pairs, strict=True)
    found = reliability.discrimination(item, criterion, 20)
    mixed = list(pairs)
    chance.shuffle(mixed)
    assert reliability.discrimination(*zip(*mixed, strict=True), 20) == found
    if found is None:
        assert len(set(item)) == 1 or len(set(criterion)) == 1
    else:
        assert -1 <= found <= 1
        assert reliability.discrimination(item, [-value for value in criterion], 20) == -found


def test_the_root_of_a_variance_is_the_standard_deviation() -> None:
    values = [81_500, 79_000, 90_500]
    assert float(reliability.root(reliability.variance(values))) == pytest.approx(statistics.stdev(values), abs=6e-5)
    assert sqrt(2) == pytest.approx(float(reliability.root(Fraction(2))), abs=6e-5)
