"""What is refused at the key, and what one key gives."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.rules import sheet_keys
from data.rules.decimals import show_milli
from data.rules.marksheet import ValueProblem
from data.rules.plan import Item

POINTS = Item(1, "", "洗手", 5000, "points", "", 500)
FIVES = Item(1, "", "操作", 20_000, "points", "", 5000)
GRADES = Item(2, "", "等级", 15_000, "grades", "A=15/B=12/C=9/D=6")
TIMED = Item(3, "", "用时", 15_000, "timed", "<=45=15;>45=5")


def refused(item: Item, text: str) -> str:
    """Why the text is refused at the key; empty when it is not."""
    try:
        sheet_keys.check_begun(item, text)
    except ValueProblem as problem:
        return problem.code
    return ""


@pytest.mark.parametrize(
    ("item", "text", "code"),
    [
        (POINTS, "", ""),
        (POINTS, "4", ""),
        (POINTS, "４．５", ""),
        (POINTS, "4。", ""),
        (POINTS, ".5", ""),
        (POINTS, ".", ""),
        (POINTS, "4.2", "step"),
        (POINTS, "5.5", "range"),
        (POINTS, "51", "range"),
        (POINTS, "4,5", "comma"),
        (POINTS, "x", "number"),
        (POINTS, "4.5000", "number"),
        (FIVES, "1", ""),
        (FIVES, "3", "step"),
        (FIVES, "0", ""),
        (FIVES, "15", ""),
        (FIVES, "16", "step"),
        (GRADES, "b", ""),
        (GRADES, "E", "grade"),
        (TIMED, "1:0", ""),
        (TIMED, "99999", ""),
        (TIMED, "1:000", "number"),
    ],
)
def test_what_cannot_become_a_value_is_refused(item: Item, text: str, code: str) -> None:
    assert refused(item, text) == code


steps = st.sampled_from([100, 250, 500, 1000, 2000, 5000])
fulls = st.integers(1, 60).map(lambda halves: halves * 500)


@given(fulls, steps, st.data())
def test_no_value_is_ever_refused_on_the_way(full: int, step: int, data: st.DataObject) -> None:
    item = Item(1, "", "操作", full, "points", "", step)
    value = data.draw(st.sampled_from([*range(0, full, step), full]))
    text = show_milli(value)
    assert [refused(item, text[:count]) for count in range(len(text) + 1)] == [""] * (len(text) + 1)


@given(fulls, steps, st.from_regex(r"\A[0-9]{1,3}(\.[0-9]{1,3})?\Z"))
def test_what_is_not_refused_can_become_a_value(full: int, step: int, text: str) -> None:
    item = Item(1, "", "操作", full, "points", "", step)
    values = [show_milli(value) for value in (*range(0, full, step), full)]
    plain = text.lstrip("0") if text.strip("0.") else text
    padded = [f"{value}{'' if '.' in value else '.'}000" for value in values]
    could = any(one.startswith((plain, "0" + plain)) for one in padded)
    assert (refused(item, text) == "") == (could or not text.strip("0."))


@pytest.mark.parametrize(
    ("item", "typed", "value"),
    [
        (POINTS, "", 5000),
        (POINTS, "4", 4500),
        (POINTS, "5", None),
        (POINTS, "4.", None),
        (FIVES, "5", None),
        (GRADES, "", "A"),
        (GRADES, "b", None),
        (TIMED, "", None),
        (Item(4, "", "奖励", 2000, "bonus", "", 500), "", None),
        (Item(4, "", "奖励", 2000, "bonus", "", 500), "1", 1500),
        (Item(5, "", "涂膏", 10_000, "deductions", "未涂=0"), "", {}),
        (Item(6, "", "掉物", -5000, "penalty"), "", False),
        (Item(7, "", "污染", 0, "critical"), "", False),
    ],
)
def test_one_key(item: Item, typed: str, value: object) -> None:
    assert sheet_keys.at_one_key(item, typed) == value
