"""Mark sheets: the kinds of the workbook, with items of the two example plans."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.rules import marksheet
from data.rules.marksheet import RuleError, ValueProblem, parse_rule, read_value, score_item, score_sheet, show_value
from data.rules.plan import Item

POINTS = Item(1, "", "判断有无意识", 5000, "points")
DEDUCTIONS = Item(2, "操作", "电极板位置", 15_000, "deductions", "位置不对=0;两板间距<13cm=-5")
COUNTED = Item(3, "", "吹气", 10_000, "deductions", "吹气失败=-2×；漏气=-1")
LETTERS = Item(4, "", "穿刺", 15_000, "grades", "A=15/B=12/C=9/D=6")
NUMBERS = Item(5, "", "无菌观念", 5000, "grades", "5/3/1/0")
TIMED = Item(6, "时间", "完成时间", 15_000, "timed", "<=45=15;<=60=10;<=240=5;>240=0")
BONUS = Item(7, "奖励", "<10s 奖2.5", 2500, "bonus")
PENALTY = Item(8, "整表扣分", "准备顺序颠倒", -2500, "penalty")
ZEROING = Item(9, "", "污染", 0, "critical")
FAILING = Item(10, "", "误入食道", 0, "critical", "不合格")
SHEET = (POINTS, DEDUCTIONS, COUNTED, LETTERS, NUMBERS, TIMED, BONUS, PENALTY, ZEROING, FAILING)
BEST: dict[int, Any] = {1: 5000, 2: {}, 3: {}, 4: "A", 5: "5", 6: 45_000, 7: 2500}
FULL = 67_500


def problem_of(item: Item, value: Any) -> tuple[str, dict[str, object]]:
    with pytest.raises(ValueProblem) as caught:
        score_item(item, value)
    return caught.value.code, caught.value.values


@pytest.mark.parametrize(
    ("item", "value", "milli"),
    [
        (POINTS, 0, 0),
        (POINTS, 4500, 4500),
        (DEDUCTIONS, {}, 15_000),
        (DEDUCTIONS, {"两板间距<13cm": 1}, 10_000),
        (DEDUCTIONS, {"位置不对": 1, "两板间距<13cm": 1}, 0),
        (COUNTED, {"吹气失败": 3, "漏气": 1}, 3000),
        (COUNTED, {"吹气失败": 9}, 0),
        (COUNTED, {"吹气失败": 0}, 10_000),
        (LETTERS, "C", 9000),
        (NUMBERS, "3", 3000),
        (TIMED, 45_000, 15_000),
        (TIMED, 45_001, 10_000),
        (TIMED, 240_000, 5000),
        (TIMED, 240_001, 0),
        (BONUS, 2000, 2000),
        (PENALTY, True, -2500),
        (PENALTY, False, 0),
        (ZEROING, True, 0),
    ],
)
def test_each_kind_scores_as_the_workbook_says(item: Item, value: Any, milli: int) -> None:
    assert score_item(item, value) == milli


def test_the_full_points_are_possible_even_off_the_step() -> None:
    assert score_item(Item(1, "", "插管", 2500, "points", step_milli=1000), 2500) == 2500


def test_all_signs_of_a_time_band() -> None:
    item = Item(1, "", "用时", 4000, "timed", "<10=4;>=60=1;≤30=3;>30=2")
    assert [score_item(item, seconds * 1000) for seconds in (9, 10, 30, 31, 60)] == [4000, 3000, 3000, 2000, 1000]


def test_seconds_that_no_band_covers_score_nothing() -> None:
    assert score_item(Item(1, "", "用时", 4000, "timed", "<=10=4"), 11_000) == 0


@pytest.mark.parametrize(
    ("item", "value", "code"),
    [
        (POINTS, 5500, "range"),
        (POINTS, -500, "range"),
        (POINTS, 4200, "step"),
        (POINTS, True, "type"),
        (POINTS, "4.5", "type"),
        (DEDUCTIONS, "位置不对", "type"),
        (DEDUCTIONS, {"没有": 1}, "deduction"),
        (DEDUCTIONS, {"位置不对": 2}, "count"),
        (COUNTED, {"吹气失败": 100}, "count"),
        (COUNTED, {"吹气失败": "1"}, "count"),
        (LETTERS, "E", "grade"),
        (TIMED, -1, "range"),
        (TIMED, 24 * 3600 * 1000 + 1, "range"),
        (PENALTY, 2, "tick"),
        (ZEROING, "是", "tick"),
    ],
)
def test_a_value_that_does_not_fit_is_refused(item: Item, value: Any, code: str) -> None:
    assert problem_of(item, value)[0] == code


def test_a_refusal_says_what_is_possible() -> None:
    assert problem_of(POINTS, 4200)[1] == {"low": 0, "high": 5000, "step": 500}
    assert problem_of(LETTERS, "E")[1] == {"labels": ("A", "B", "C", "D")}


@pytest.mark.parametrize(
    ("kind", "rule", "full", "code"),
    [
        ("stars", "", 5000, "kind"),
        ("points", "5/3/1", 5000, "unexpected"),
        ("points", "", -5000, "sign"),
        ("points", "", 0, "sign"),
        ("penalty", "", 2500, "sign"),
        ("critical", "降一级", 0, "part"),
        ("grades", "", 5000, "needed"),
        ("grades", "A=6/B=3", 5000, "above_full"),
        ("grades", "A=5/B=-1", 5000, "sign"),
        ("grades", "A=5/a=3", 5000, "repeated"),
        ("grades", "A=五", 5000, "part"),
        ("deductions", "未涂", 5000, "part"),
        ("deductions", "=-3", 5000, "part"),
        ("deductions", "未涂=3", 5000, "part"),
        ("deductions", "未涂=0×", 5000, "part"),
        ("deductions", "未涂=-6", 5000, "above_full"),
        ("deductions", "未涂=-1;未涂=-2", 5000, "repeated"),
        ("timed", "45=15", 15_000, "part"),
        ("timed", "<=45=16", 15_000, "above_full"),
        ("timed", "<=45=-1", 15_000, "sign"),
        ("timed", "<=60=10;<=45=15", 15_000, "unreachable"),
    ],
)
def test_a_text_that_is_no_rule_is_refused(kind: str, rule: str, full: int, code: str) -> None:
    with pytest.raises(RuleError) as caught:
        parse_rule(kind, rule, full)
    assert caught.value.code == code


def test_full_width_signs_in_a_rule_mean_the_same() -> None:
    assert parse_rule("timed", "≤45＝15；＞45＝0", 15_000) == parse_rule("timed", "<=45=15;>45=0", 15_000)
    assert parse_rule("deductions", "吹气失败＝－2＊", 5000) == parse_rule("deductions", "吹气失败=-2×", 5000)


def test_a_sheet_adds_up_to_its_full_mark() -> None:
    score = score_sheet(SHEET, BEST)
    assert (score.total_milli, score.missing, score.zeroed, score.failed) == (FULL, (), False, False)
    assert marksheet.full_mark(SHEET) == FULL


def test_a_penalty_comes_off_the_sum_and_never_below_zero() -> None:
    assert score_sheet(SHEET, {**BEST, 8: True}).total_milli == FULL - 2500
    alone = (POINTS, Item(2, "", "漏气", -10_000, "penalty"))
    assert score_sheet(alone, {1: 5000, 2: True}).total_milli == 0


def test_a_missing_item_is_not_a_zero() -> None:
    without = {number: value for number, value in BEST.items() if number != 1}
    assert score_sheet(SHEET, without).total_milli is None
    assert score_sheet(SHEET, without).missing == (1,)
    assert score_sheet(SHEET, {**without, 1: 0}).total_milli == FULL - 5000


def test_a_tick_that_was_not_made_needs_no_entry() -> None:
    assert score_sheet(SHEET, BEST) == score_sheet(SHEET, {**BEST, 8: False, 9: False, 10: False})


def test_a_critical_item_makes_the_sheet_zero_whatever_is_missing() -> None:
    score = score_sheet(SHEET, {9: True})
    assert (score.total_milli, score.missing, score.zeroed, score.failed) == (0, (), True, False)


def test_a_critical_item_that_fails_the_entrant_leaves_the_points() -> None:
    score = score_sheet(SHEET, {**BEST, 10: True})
    assert (score.total_milli, score.zeroed, score.failed) == (FULL, False, True)


def test_a_bad_value_of_a_sheet_is_named_by_its_item() -> None:
    with pytest.raises(ValueProblem) as caught:
        score_sheet(SHEET, {**BEST, 4: "E"})
    assert (caught.value.code, caught.value.values["number"]) == ("grade", 4)


def test_values_are_stored_in_one_form_alone() -> None:
    stored = marksheet.to_json(SHEET, {**BEST, 3: {"漏气": 0}, 8: False, 10: 1})
    assert stored == {"1": 5000, "2": {}, "3": {}, "4": "A", "5": "5", "6": 45_000, "7": 2500, "10": True}
    assert marksheet.from_json(stored) == {**BEST, 10: True}


@pytest.mark.parametrize(("values", "code"), [({11: 1}, "unknown"), ({1: 9999}, "range")])
def test_values_that_are_not_of_the_sheet_are_not_stored(values: dict[int, int], code: str) -> None:
    with pytest.raises(ValueProblem) as caught:
        marksheet.to_json(SHEET, values)
    assert (caught.value.code, caught.value.values["number"]) == (code, next(iter(values)))


@pytest.mark.parametrize(
    ("item", "text", "value"),
    [
        (POINTS, "４．５", 4500),
        (LETTERS, "ｂ", "B"),
        (NUMBERS, "3", "3"),
        (TIMED, "65.3", 65_300),
        (TIMED, "1:05", 65_000),
        (TIMED, "1：05", 65_000),
        (DEDUCTIONS, "", {}),
        (DEDUCTIONS, "两板间距<13cm；位置不对", {"两板间距<13cm": 1, "位置不对": 1}),
        (COUNTED, "吹气失败×3;漏气", {"吹气失败": 3, "漏气": 1}),
        (PENALTY, "√", True),
        (PENALTY, "-2.5", True),
        (PENALTY, "准备顺序颠倒", True),
        (PENALTY, "否", False),
        (ZEROING, "", False),
    ],
)
def test_what_people_type_is_read(item: Item, text: str, value: Any) -> None:
    assert read_value(item, text) == value


@pytest.mark.parametrize(
    ("item", "text", "code"),
    [
        (POINTS, "", "empty"),
        (POINTS, "1,25", "comma"),
        (POINTS, "4.2", "step"),
        (POINTS, "1:05", "number"),
        (TIMED, "快", "number"),
        (TIMED, "1:快", "number"),
        (LETTERS, "甲", "grade"),
        (DEDUCTIONS, "没有", "deduction"),
        (COUNTED, "吹气失败×多", "deduction"),
        (COUNTED, "漏气;漏气", "repeated"),
        (PENALTY, "-3", "tick"),
        (ZEROING, "不知", "tick"),
        (PENALTY, "不知", "tick"),
    ],
)
def test_what_cannot_be_meant_is_refused(item: Item, text: str, code: str) -> None:
    with pytest.raises(ValueProblem) as caught:
        read_value(item, text)
    assert caught.value.code == code


VALUES: dict[int, st.SearchStrategy[Any]] = {
    1: st.integers(0, 10).map(lambda halves: halves * 500),
    2: st.fixed_dictionaries({}, optional={"位置不对": st.just(1), "两板间距<13cm": st.just(1)}),
    3: st.fixed_dictionaries({}, optional={"吹气失败": st.integers(1, 99), "漏气": st.just(1)}),
    4: st.sampled_from("ABCD"),
    5: st.sampled_from("5310"),
    6: st.integers(0, 10**6),
    7: st.integers(0, 5).map(lambda halves: halves * 500),
    8: st.booleans(),
}


@given(st.fixed_dictionaries(VALUES))
def test_shown_values_are_read_back_and_totals_stay_within_the_full_mark(values: dict[int, Any]) -> None:
    for item in SHEET:
        if item.number in values:
            assert read_value(item, show_value(item, values[item.number])) == values[item.number]
    total = score_sheet(SHEET, values).total_milli
    assert total is not None
    assert 0 <= total <= FULL
    backwards = dict(reversed(values.items()))
    assert score_sheet(tuple(reversed(SHEET)), backwards).total_milli == total
