"""What the chief judge is asked to look at."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.rules import alarms
from data.rules.alarms import Alarm, Limits, SheetTotal
from data.rules.plan import Item

FULL = 100_000
NO_LIMITS = Limits()


def kinds(sheets: list[SheetTotal], limits: Limits = NO_LIMITS) -> list[tuple[str, int, int]]:
    return [(one.kind, one.seat, one.milli) for one in alarms.alarms(sheets, FULL, limits)]


def test_judges_at_the_limit_pass_and_further_apart_do_not() -> None:
    limits = Limits(spread_milli=10_000)
    assert kinds([SheetTotal(1, 90_000), SheetTotal(2, 80_000)], limits) == []
    apart = [SheetTotal(2, 79_999), SheetTotal(1, 90_000), SheetTotal(3, 85_000)]
    assert kinds(apart, limits) == [("spread", 0, 10_001)]
    assert kinds(apart) == []


def test_one_sheet_or_none_is_never_apart() -> None:
    assert kinds([], Limits(spread_milli=0)) == []
    assert kinds([SheetTotal(1, 50_000)], Limits(spread_milli=0)) == []


@pytest.mark.parametrize(
    ("total", "unusual"), [(0, True), (500, True), (39_999, True), (40_000, False), (98_000, False), (98_001, True)]
)
def test_a_sheet_outside_the_limits_is_extreme(total: int, unusual: bool) -> None:
    limits = Limits(low_milli=40_000, high_milli=98_000)
    assert kinds([SheetTotal(2, total)], limits) == ([("extreme", 2, total)] if unusual else [])


def test_limits_are_per_cents_of_the_full_mark() -> None:
    low = Limits(low_milli=60_000)
    assert not alarms.is_extreme(30_000, 50_000, low)
    assert alarms.is_extreme(29_999, 50_000, low)


def test_without_limits_only_a_zero_is_extreme() -> None:
    assert kinds([SheetTotal(1, 0), SheetTotal(2, 1), SheetTotal(3, FULL)]) == [("extreme", 1, 0)]


def test_a_critical_tick_is_told_and_explains_the_zero() -> None:
    assert kinds([SheetTotal(1, 0, (7,))]) == [("critical", 1, 0)]
    # A tick that fails the entrant leaves the points: whether those are extreme is another question.
    low = Limits(low_milli=60_000)
    assert kinds([SheetTotal(1, 90_000, (7,))], low) == [("critical", 1, 90_000)]
    assert kinds([SheetTotal(1, 50_000, (7,))], low) == [("critical", 1, 50_000), ("extreme", 1, 50_000)]


def test_the_visit_comes_first_then_seat_by_seat() -> None:
    sheets = [SheetTotal(3, 0), SheetTotal(2, 90_000, (4,)), SheetTotal(1, 80_000)]
    found = kinds(sheets, Limits(spread_milli=20_000))
    assert found == [("spread", 0, 90_000), ("critical", 2, 90_000), ("extreme", 3, 0)]


def test_only_critical_items_are_ticked() -> None:
    items = (
        Item(1, "", "掉物", -5000, "penalty"),
        Item(2, "", "污染", 0, "critical"),
        Item(3, "", "离场", 0, "critical"),
    )
    assert alarms.ticked(items, {1: True, 2: True, 3: False}) == (2,)
    assert alarms.ticked(items, {}) == ()


totals = st.lists(st.integers(0, FULL), max_size=5)
limit = st.none() | st.integers(0, FULL)


@given(totals, limit, limit, limit)
def test_the_highest_and_the_lowest_tell_whether_there_is_anything(
    given_totals: list[int], spread: int | None, low: int | None, high: int | None
) -> None:
    limits = Limits(spread, low, high)
    sheets = [SheetTotal(seat, total) for seat, total in enumerate(given_totals, start=1)]
    ends = (min(given_totals), max(given_totals)) if given_totals else ()
    worth = bool(ends) and (alarms.is_apart(*ends, limits) or any(alarms.is_extreme(end, FULL, limits) for end in ends))
    assert bool(alarms.alarms(sheets, FULL, limits)) == worth


@given(totals, limit, limit, limit, st.randoms(use_true_random=False))
def test_the_order_of_entry_never_matters(
    given_totals: list[int], spread: int | None, low: int | None, high: int | None, chance
) -> None:
    sheets = [SheetTotal(seat, total) for seat, total in enumerate(given_totals, start=1)]
    mixed = list(sheets)
    chance.shuffle(mixed)
    limits = Limits(spread, low, high)
    assert alarms.alarms(mixed, FULL, limits) == alarms.alarms(sheets, FULL, limits)
    assert all(isinstance(one, Alarm) for one in alarms.alarms(sheets, FULL, limits))
