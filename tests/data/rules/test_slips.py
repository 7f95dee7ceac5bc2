"""Slips of the finger: always something else that the desk accepts, of the kinds that people make."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.rules import marksheet, slips
from data.rules.plan import Item

POINTS = Item(1, "", "points", 10_000, "points", step_milli=500)
GRADES = Item(1, "", "letters", 15_000, "grades", "A=15/B=12/C=9/D=6")
TIMED = Item(1, "", "time", 15_000, "timed", "<=45=15;<=60=10;<=240=5;>240=0")
TICKS = Item(1, "", "deductions", 10_000, "deductions", "未涂=0;不均匀=-3;吹气失败=-2×")
PENALTY = Item(1, "", "penalty", -2_500, "penalty")


@pytest.mark.parametrize(
    ("item", "value", "some", "none"),
    [
        (POINTS, 7_500, {4_500, 8_500, 6_500, 500, 7_000}, {7_500, 75_000, 57_000, 7_600}),
        (POINTS, 10_000, {1_000, 0}, {10_000, 20_000, 100_000}),
        (POINTS, 0, {1_000, 9_000}, {0}),
        (TIMED, 52_000, {25_000, 5_000, 2_000, 53_000, 51_000, 552_000}, {52_000}),
        (GRADES, "A", {"B"}, {"A", "C"}),
        (GRADES, "C", {"B", "D"}, {"A"}),
        (PENALTY, True, {False}, set()),
        (PENALTY, False, {True}, set()),
    ],
)
def test_what_may_be_typed_instead(item: Item, value, some: set, none: set) -> None:
    found = set(slips.slips(item, value))
    assert some <= found
    assert not none & found


def test_ticks_are_missed_doubled_and_set_in_the_wrong_line() -> None:
    assert slips.slips(TICKS, {}) == ({"未涂": 1}, {"不均匀": 1}, {"吹气失败": 1})
    assert {} in slips.slips(TICKS, {"不均匀": 1})
    assert {"未涂": 1} in slips.slips(TICKS, {"不均匀": 1})
    counted = slips.slips(TICKS, {"吹气失败": 2})
    assert {"吹气失败": 1} in counted
    assert {"吹气失败": 3} in counted
    assert {"不均匀": 1} in counted
    most = slips.slips(TICKS, {"吹气失败": 99})
    assert {"吹气失败": 98} in most
    assert {"吹气失败": 100} not in most
    assert {"吹气失败": 0} not in slips.slips(TICKS, {"吹气失败": 1})


@given(points=st.integers(0, 20), seconds=st.integers(0, 3600), grade=st.sampled_from("ABCD"))
def test_every_slip_is_accepted_and_is_another_value(points: int, seconds: int, grade: str) -> None:
    for item, value in ((POINTS, points * 500), (TIMED, seconds * 1000), (GRADES, grade)):
        found = slips.slips(item, value)
        assert found
        assert len(set(found)) == len(found)
        for typed in found:
            assert marksheet.check_value(item, typed) == typed != value


@given(total=st.integers(0, 400))
def test_a_total_slips_within_the_sheet(total: int) -> None:
    found = slips.total_slips(total * 250, 100_000)
    assert found
    assert all(0 <= typed <= 100_000 and typed != total * 250 for typed in found)


def test_every_kind_of_slip() -> None:
    assert set(slips.texts("5")) == {"", "55", "4", "6", "8", "2"}
    assert set(slips.texts("12.5")) >= {"2.5", "125", "21.5", "112.5", "12.55", "12."}
    assert "1.25" not in set(slips.texts("12.5"))
