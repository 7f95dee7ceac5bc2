"""The order under constraints: what it promises is checked by a checker of its own, and by trying all orders."""

from collections import Counter
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.rules.draw_order import APART, LATER, WAVE, CannotHold, arrange, wave_sizes


def keeps(units: list, apart: bool, waves: int) -> bool:
    """Whether an order keeps the constraints, by looking at it."""
    if apart and any(one == other for one, other in pairwise(units)):
        return False
    totals, start = Counter(units), 0
    sizes = wave_sizes(len(units), waves)
    for size in sizes:
        here = Counter(units[start : start + size])
        start += size
        for unit, total in totals.items():
            if not total // len(sizes) <= here[unit] <= -(-total // len(sizes)):
                return False
    return True


def can_finish(begun: tuple, left: tuple, apart: bool, waves: int) -> bool:
    """Whether an order that begins so keeps the constraints with some order of those who are left, by trying."""
    totals = Counter(begun + left)
    units = sorted(totals)
    sizes = wave_sizes(len(begun) + len(left), waves)
    ends = {sum(sizes[: n + 1]) for n in range(len(sizes))}

    @cache
    def go(position: int, last: object, counts: tuple, here: tuple) -> bool:
        if not any(counts):
            return True
        return any(
            go(position + 1, unit, *after)
            for number, unit in enumerate(units)
            if counts[number] and not (apart and unit == last) and unit in (begun[position : position + 1] or units)
            for after in stand(position, number, counts, here)
        )

    def stand(position: int, number: int, counts: tuple, here: tuple):
        now = [count + (place == number) for place, count in enumerate(here)]
        if now[number] > -(-totals[units[number]] // len(sizes)):
            return
        if position + 1 in ends:
            if any(now[place] < totals[unit] // len(sizes) for place, unit in enumerate(units)):
                return
            now = [0] * len(units)
        yield tuple(count - (place == number) for place, count in enumerate(counts)), tuple(now)

    return go(0, None, tuple(totals[unit] for unit in units), (0,) * len(units))


def can_hold(units, apart: bool, waves: int) -> bool:
    """Whether these units are arranged, and not refused."""
    try:
        arrange(units, apart=apart, waves=waves)
    except CannotHold:
        return False
    return True


def partitions(size: int, most: int | None = None):
    """All ways in which so many people can be of units, largest unit first."""
    if not size:
        yield ()
    for first in range(min(size, most or size), 0, -1):
        for rest in partitions(size - first, first):
            yield (first, *rest)


@pytest.mark.parametrize(("size", "waves", "sizes"), [(7, 3, [3, 2, 2]), (2, 5, [1, 1]), (4, 1, [4]), (0, 3, [0])])
def test_waves_differ_by_one_at_most_and_the_longer_come_first(size, waves, sizes):
    assert wave_sizes(size, waves) == sizes


@pytest.mark.parametrize("size", range(1, 10))
def test_whether_any_order_holds_is_told_rightly_for_every_small_division(size):
    for counts in partitions(size):
        units = tuple(unit for unit, count in enumerate(counts) for _one in range(count))
        for waves in range(1, size + 2):
            for apart in (False, True):
                expected = can_finish((), units, apart, waves)
                assert can_hold(units, apart, waves) == expected, (counts, waves, apart)


def test_only_a_unit_of_more_than_half_stands_in_the_way_however_many_waves():
    for size in range(1, 15):
        for counts in partitions(size):
            units = [unit for unit, count in enumerate(counts) for _one in range(count)]
            fits = counts[0] <= (size + 1) // 2
            for waves in range(1, size + 2):
                assert can_hold(units, True, waves) == fits, (counts, waves)


UNITS = st.lists(st.sampled_from("ABCDE"), max_size=24).flatmap(st.permutations)
FEW = st.lists(st.sampled_from("ABC"), min_size=1, max_size=8).flatmap(st.permutations)


@given(UNITS, st.booleans(), st.integers(1, 8))
def test_the_order_keeps_the_constraints_or_none_could(units, apart, waves):
    if not can_hold(units, apart, waves):
        assert not can_finish((), tuple(units), apart, waves)
        return
    arrangement = arrange(units, apart=apart, waves=waves)
    assert sorted(arrangement.order) == list(range(len(units)))
    assert keeps([units[who] for who in arrangement.order], apart, waves)


@given(FEW, st.booleans(), st.integers(1, 5))
def test_every_position_goes_to_the_first_of_the_walk_who_can_stand_there(units, apart, waves):
    if not can_hold(units, apart, waves):
        return
    arrangement = arrange(units, apart=apart, waves=waves)
    passed = {(row.position, row.who): row.why for row in arrangement.passed_over}
    left = list(range(len(units)))
    expected = {}
    for position, taken in enumerate(arrangement.order, start=1):
        begun = tuple(units[who] for who in arrangement.order[: position - 1])
        for who in left:
            rest = tuple(units[other] for other in left if other != who)
            fits = not (apart and begun and begun[-1] == units[who]) and can_finish(
                (*begun, units[who]), rest, apart, waves
            )
            if who == taken:
                assert fits
                break
            assert not fits, (position, who)
            expected[position, who] = passed.get((position, who))
        left.remove(taken)
    assert expected == passed
    for (position, who), why in passed.items():
        follows = position > 1 and units[arrangement.order[position - 2]] == units[who]
        assert (why == APART) == (apart and follows)


def test_without_constraints_the_walk_is_the_order():
    arrangement = arrange(list("AAB"))
    assert arrangement.order == (0, 1, 2)
    assert arrangement.passed_over == ()


def test_colleagues_are_passed_over_and_so_is_who_would_leave_colleagues_behind():
    arrangement = arrange(list("AABB"), apart=True)
    assert arrangement.order == (0, 2, 1, 3)
    assert [(row.who, row.why, row.position) for row in arrangement.passed_over] == [(1, APART, 2)]
    forced = arrange(list("BAA"), apart=True)
    assert forced.order == (1, 0, 2)
    assert [(row.who, row.why, row.position) for row in forced.passed_over] == [(0, LATER, 1)]


def test_a_unit_with_its_share_of_a_wave_waits_for_the_next():
    arrangement = arrange(list("AABB"), waves=2)
    assert arrangement.order == (0, 2, 1, 3)
    assert [(row.who, row.why, row.position) for row in arrangement.passed_over] == [(1, WAVE, 2)]


def test_nobody_to_arrange():
    assert arrange([], apart=True, waves=3).order == ()


@pytest.mark.parametrize(
    ("counts", "waves"),
    [({}, 10), ({0: 500, 1: 500}, 10), ({0: 501, 1: 450, 2: 50}, 400), ({0: 345, 1: 341, 2: 316}, 264)],
)
def test_a_thousand_in_one_division_however_tight(counts, waves):
    totals = counts or {unit: 33 + (unit < 10) for unit in range(30)}
    units = [unit for unit, count in totals.items() for _one in range(count)]
    units = [units[(place * 617) % len(units)] for place in range(len(units))] if len(units) % 617 else units
    arrangement = arrange(units, apart=True, waves=waves)
    assert keeps([units[who] for who in arrangement.order], True, waves)
