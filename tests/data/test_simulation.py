"""Simulated judges: values that a sheet accepts, from the seed alone, with people and judges that differ."""

from statistics import mean, pstdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.rules import marksheet
from data.rules.plan import Item
from data.simulation import Simulation
from tests.printing.values import SHEET

NAMES = st.text(max_size=8)
KINDS = [
    Item(1, "", "points", 7_000, "points", step_milli=500),
    Item(1, "", "points", 7_250, "points", step_milli=500),
    Item(1, "", "fine points", 2_000, "points", step_milli=100),
    Item(1, "", "bonus", 2_500, "bonus", step_milli=250),
    Item(1, "", "deductions", 10_000, "deductions", "未涂=0;不均匀=-3;吹气失败=-2×"),
    Item(1, "", "letters", 15_000, "grades", "A=15/B=12/C=9/D=6"),
    Item(1, "", "numbers", 5_000, "grades", "5/3/1/0"),
    Item(1, "", "time", 15_000, "timed", "<=45=15;<=60=10;<=240=5;>240=0"),
    Item(1, "", "slow", 15_000, "timed", ">=45=15"),
    Item(1, "", "penalty", -2_500, "penalty"),
    Item(1, "", "critical", 0, "critical", "不合格"),
]


def totals(seed: str, judge: str, entrants: int = 200) -> list[int]:
    simulation = Simulation(seed)
    found = []
    for entrant in range(entrants):
        score = marksheet.score_sheet(PLAIN, simulation.sheet(PLAIN, str(entrant), "S1", judge))
        assert score.total_milli is not None
        found.append(score.total_milli)
    return found


PLAIN = tuple(Item(number, "", "points", 5_000, "points", step_milli=500) for number in range(1, 21))


@pytest.mark.parametrize("item", KINDS, ids=lambda item: f"{item.kind} {item.text}")
@given(seed=NAMES, entrant=NAMES, judge=NAMES)
def test_every_kind_of_item_gets_a_value_that_it_accepts(item: Item, seed: str, entrant: str, judge: str) -> None:
    values = Simulation(seed).sheet((item,), entrant, "S1", judge)
    assert marksheet.check_value(item, values[1]) == values[1]


@given(seed=NAMES, entrant=NAMES)
def test_a_sheet_is_complete_and_asked_again_the_same(seed: str, entrant: str) -> None:
    first = Simulation(seed).sheet(SHEET.items, entrant, "S4", "莫晓鹏")
    other = Simulation(seed)
    other.sheet(SHEET.items, "somebody else", "S4", "莫晓鹏")
    assert other.sheet(SHEET.items, entrant, "S4", "莫晓鹏") == first
    assert marksheet.score_sheet(SHEET.items, first).missing == ()


def test_another_seed_another_day() -> None:
    assert totals("one", "甲") != totals("two", "甲")


def test_marks_use_the_scale_and_judges_agree_about_skill() -> None:
    one, other = totals("tests", "甲"), totals("tests", "乙")
    assert one != other
    assert max(one) <= 100_000
    assert pstdev(one) > 4_000
    apart = [a - b for a, b in zip(one, other, strict=True)]
    assert pstdev(apart) < pstdev(one) / 2


def test_some_judges_are_severe() -> None:
    means = [mean(totals("tests", judge, 60)) for judge in "甲乙丙丁戊己庚辛"]
    assert max(means) - min(means) > 1_500


@given(seed=NAMES, entrant=NAMES, minutes=st.integers(1, 60))
def test_a_visit_takes_whole_seconds_within_its_minutes(seed: str, entrant: str, minutes: int) -> None:
    milli = Simulation(seed).seconds_milli(entrant, "S1", minutes)
    assert milli % 1000 == 0
    assert 0 < milli <= minutes * 60_000


@given(seed=NAMES, entrant=NAMES)
def test_a_theory_mark_is_in_halves_of_100(seed: str, entrant: str) -> None:
    milli = Simulation(seed).theory_milli(entrant)
    assert 0 <= milli <= 100_000
    assert milli % 500 == 0


@given(seed=NAMES, entrants=st.sets(st.integers(1, 999), min_size=2, max_size=6))
def test_a_playoff_gives_each_place_once(seed: str, entrants: set[int]) -> None:
    places = Simulation(seed).playoff(tuple(entrants))
    assert places.keys() == entrants
    assert sorted(places.values()) == list(range(1, len(entrants) + 1))
    assert Simulation(seed).playoff(tuple(sorted(entrants, reverse=True))) == places
