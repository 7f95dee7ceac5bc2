"""Two typings of one sheet: what differs, what the total of the paper finds out, and which sheets are due."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.rules import marksheet, readings
from data.rules.plan import Item
from data.rules.readings import Difference, Typing

ITEMS = (
    Item(1, "", "涂抹", 10_000, "deductions", "未涂=0;不均匀=-3"),
    Item(2, "", "操作", 10_000, "points", step_milli=500),
    Item(3, "", "等级", 15_000, "grades", "A=15/B=12/C=9"),
    Item(4, "", "用时", 15_000, "timed", "<=45=15;<=60=10;>60=0"),
    Item(5, "", "污染", -5_000, "penalty"),
    Item(6, "", "否决", 0, "critical"),
)
VALUES = {"1": {"不均匀": 1}, "2": 7_500, "3": "B", "4": 52_000}


def typing(**changes: object) -> Typing:
    """The sheet above with these items changed: `i2=8000`, None takes one out; `paper`: the total of the paper."""
    paper = changes.pop("paper", None)
    values = {**VALUES, **{name[1:]: value for name, value in changes.items()}}
    kept = {number: value for number, value in values.items() if value is not None}
    worth = marksheet.score_sheet(ITEMS, marksheet.from_json(kept)).total_milli
    return readings.second_typing(ITEMS, kept, worth if paper is None else paper)


@pytest.mark.parametrize(
    ("second", "differences"),
    [
        ({}, ()),
        ({"i2": 8_500}, (Difference(2, 7_500, 8_500),)),
        ({"i3": "A", "i1": {}}, (Difference(1, {"不均匀": 1}, {}), Difference(3, "B", "A"))),
        ({"i4": 46_000}, (Difference(4, 52_000, 46_000),)),  # as many points, but not what the paper says
        ({"i5": True}, (Difference(5, None, True),)),
        ({"paper": 37_500}, (Difference(None, 36_500, 37_500),)),
        ({"i2": 8_500, "paper": 36_500}, (Difference(2, 7_500, 8_500), Difference(None, 36_500, 36_500))),
    ],
)
def test_where_two_typings_differ(second: dict[str, object], differences: tuple[Difference, ...]) -> None:
    assert readings.compare(typing(), typing(**second)) == differences


def test_the_same_slip_of_both_is_found_by_the_total_of_the_paper() -> None:
    both, paper = {"i2": 5_500}, 36_500
    assert readings.compare(typing(**both), typing(**both)) == ()
    assert readings.compare(typing(**both), typing(**both, paper=paper)) == (Difference(None, 34_500, paper),)


@pytest.mark.parametrize(("total", "agree"), [(80_000, True), (60_000, False)])
def test_totals_alone_are_compared_as_totals(total: int, agree: bool) -> None:
    first, second = Typing({}, 80_000, 80_000), readings.second_typing(ITEMS, {}, total)
    assert readings.compare(first, second) == (() if agree else (Difference(None, 80_000, 60_000),))


def test_items_beside_a_total_are_compared_as_a_total() -> None:
    assert readings.compare(Typing({}, 36_500, 36_500), typing()) == ()
    assert readings.compare(Typing({}, 36_000, 36_000), typing()) == (Difference(None, 36_000, 36_500),)


@pytest.mark.parametrize(
    ("decided", "has_total", "confirmed"),
    [
        ({"i2": 7_500}, False, True),
        ({"i2": 8_500}, False, True),
        ({"i2": 9_500}, False, False),
        ({"i2": 9_500}, True, True),
        ({"i2": 8_500, "i5": True}, False, False),
    ],
)
def test_a_value_that_nobody_typed_before_needs_the_total(
    decided: dict[str, object], has_total: bool, confirmed: bool
) -> None:
    found = readings.is_confirmed(typing(**decided), typing(), typing(i2=8_500), has_total=has_total)
    assert found is confirmed


def test_a_total_alone_is_confirmed_by_one_of_the_two() -> None:
    first, second = Typing({}, 80_000, 80_000), Typing({}, 60_000, 60_000)
    assert readings.is_confirmed(second, first, second, has_total=True)
    assert not readings.is_confirmed(Typing({}, 70_000, 70_000), first, second, has_total=True)


def test_a_sheet_that_cannot_be_scored_any_more_counts_as_its_total() -> None:
    assert readings.second_typing(ITEMS, {"2": 7_500}, 40_000).sum_milli == 40_000


@given(
    percent=st.integers(1, 100),
    salt=st.text(max_size=20),
    sheets=st.sets(st.text(max_size=12), min_size=1, max_size=50),
)
def test_a_larger_sample_holds_the_smaller_one(percent: int, salt: str, sheets: set[str]) -> None:
    chosen = {sheet for sheet in sheets if readings.in_sample(salt, sheet, percent)}
    assert chosen <= {sheet for sheet in sheets if readings.in_sample(salt, sheet, min(percent + 10, 100))}
    assert all(readings.in_sample(salt, sheet, 100) for sheet in sheets)


@pytest.mark.parametrize("percent", [1, 10, 50])
def test_a_sample_is_about_as_large_as_asked_for_and_another_salt_gives_another(percent: int) -> None:
    sheets = [f"{entrant}/T{station}/{seat}" for entrant in range(500) for station in range(4) for seat in (1, 2, 3)]
    first, other = ({sheet for sheet in sheets if readings.in_sample(salt, sheet, percent)} for salt in ("甲", "乙"))
    assert abs(len(first) - len(sheets) * percent / 100) < 4 * (len(sheets) * percent / 100) ** 0.5
    assert first != other
