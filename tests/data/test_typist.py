"""Simulated typists: as many slips as asked for, the same again from the same seed, and a decision that adds up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.rules import marksheet, readings
from data.rules.plan import Item
from data.rules.readings import Difference, Typing
from data.simulation import Simulation
from data.typist import Typist, score, type_twice

ITEMS = (
    *(Item(number, "", "points", 5_000, "points", step_milli=500) for number in range(1, 13)),
    Item(13, "", "letters", 15_000, "grades", "A=15/B=12/C=9/D=6"),
    Item(14, "", "time", 15_000, "timed", "<=45=15;<=60=10;<=240=5;>240=0"),
    Item(15, "", "deductions", 10_000, "deductions", "未涂=0;不均匀=-3;吹气失败=-2×"),
    Item(16, "", "penalty", -2_500, "penalty"),
    Item(17, "", "critical", 0, "critical"),
)
SIMULATION = Simulation("typists")


def papers(count: int) -> dict[str, dict]:
    return {str(place): SIMULATION.sheet(ITEMS, str(place), "T1", "1") for place in range(count)}


@pytest.mark.parametrize("percent", [0, 5, 30])
def test_as_many_values_are_wrong_as_asked_for(percent: int) -> None:
    typist = Typist("seed", "甲", percent)
    wrong = 0
    for name, paper in papers(200).items():
        typed = typist.sheet(ITEMS, paper, name)
        assert typed == typist.sheet(ITEMS, paper, name)
        wrong += sum(typed[number] != paper[number] for number in paper)
    expected = 200 * len(ITEMS) * percent / 100
    assert abs(wrong - expected) <= 4 * expected**0.5


def test_two_people_make_their_own_slips() -> None:
    paper = papers(1)["0"]
    typed = {name: Typist("seed", name, 30).sheet(ITEMS, paper, "0") for name in "甲乙"}
    assert typed["甲"] != typed["乙"]


def test_a_total_is_mistyped_too() -> None:
    typist = Typist("seed", "甲", 30)
    typed = [typist.total(ITEMS, 60_500, str(sheet)) for sheet in range(200)]
    assert 30 <= sum(total != 60_500 for total in typed) <= 90


@given(seed=st.text(max_size=6), percent=st.sampled_from((1, 5, 30)))
def test_what_comes_of_two_typings_is_a_sheet_that_the_desk_accepts(seed: str, percent: int) -> None:
    people = Typist(seed, "甲", percent), Typist(seed, "乙", percent)
    for name, paper in papers(3).items():
        typed = type_twice(ITEMS, paper, name, people)
        for values in (typed.first, typed.compared, typed.verified):
            assert marksheet.score_sheet(ITEMS, marksheet.from_json(values)).total_milli is not None
        if typed.first == typed.paper and not typed.differs:
            assert typed.verified == typed.paper


def test_the_total_of_the_paper_finds_what_two_people_mistype_alike() -> None:
    people = Typist("day", "甲", 10), Typist("day", "乙", 10)
    once = twice = left = 0
    for name, paper in papers(400).items():
        typed = type_twice(ITEMS, paper, name, people)
        right = score(ITEMS, typed.paper)
        once += score(ITEMS, typed.first) != right
        twice += score(ITEMS, typed.compared) != right
        left += score(ITEMS, typed.verified) != right
    assert once > 200
    assert twice > 20  # the same slip of both
    assert left <= twice / 10  # and the total slips to the very sum that it makes


def test_where_neither_is_right_the_value_is_typed_anew() -> None:
    paper = papers(1)["0"]
    known = marksheet.to_json(ITEMS, {**paper, 16: True})
    first_values = {**known, "1": 500, "16": True}
    second_values = {number: value for number, value in {**known, "1": 1_000}.items() if number != "16"}
    first = Typing(first_values, score(ITEMS, first_values), score(ITEMS, first_values))
    second = readings.second_typing(ITEMS, second_values, score(ITEMS, known))
    found = readings.compare(first, second)
    assert Difference(16, True, None) in found
    for seed in range(20):
        decision = Typist(str(seed), "乙", 10).decide(ITEMS, {**paper, 16: True}, found, first, second, "0")
        assert decision.total_milli == score(ITEMS, marksheet.to_json(ITEMS, decision.values))
