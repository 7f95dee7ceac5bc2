"""What a row of a roster must be."""

import pytest

from data.rules.plan import Division, Unit
from data.rules.roster import Placement, Problem

UNITS = [
    Unit("市人民医院", "市医", "一类"),
    Unit("市中医院", "", "一类"),
    Unit("蓝坊中心卫生院", "蓝坊", "二类"),
    Unit("急救中心", "急救", "三类"),
]
DIVISIONS = [
    Division("1Y", "一类", "医疗组", "individual", 3),
    Division("1H", "一类", "护理组", "individual", 3),
    Division("2Y", "二类", "医疗组", "individual", 2),
    Division("1T", "一类", "急救团体", "team", 1),
]


def test_a_unit_is_found_by_full_or_short_name() -> None:
    placement = Placement(UNITS, DIVISIONS)
    assert placement.unit("市人民医院") == UNITS[0]
    assert placement.unit("蓝坊") == UNITS[2]


def test_near_names_are_offered_for_an_unknown_unit() -> None:
    placement = Placement(UNITS, DIVISIONS)
    near = placement.unit("市人名医院")
    assert isinstance(near, Problem)
    assert (near.field, near.code) == ("unit", "unit_unknown")
    assert dict(near.values)["near"].split("、")[0] == "市人民医院"
    far = placement.unit("XYZ")
    assert isinstance(far, Problem)
    assert dict(far.values)["near"] == ""


@pytest.mark.parametrize("group", ["医疗组", "医疗", "一类医疗组", "一类·医疗组", "1Y"])
def test_category_and_group_give_the_division(group: str) -> None:
    assert Placement(UNITS, DIVISIONS).division(UNITS[0], group) == DIVISIONS[0]


def test_the_same_group_is_another_division_in_another_category() -> None:
    assert Placement(UNITS, DIVISIONS).division(UNITS[2], "医疗组") == DIVISIONS[2]


@pytest.mark.parametrize("group", ["护理组", "1Y", "急救团体"])
def test_a_group_of_another_category_or_of_teams_is_refused(group: str) -> None:
    problem = Placement(UNITS, DIVISIONS).division(UNITS[2], group)
    assert isinstance(problem, Problem)
    assert dict(problem.values) == {"text": group, "category": "二类", "groups": "医疗组"}


def test_a_short_name_of_two_units_means_neither() -> None:
    placement = Placement([*UNITS, Unit("乡卫生院", "急救", "三类")], DIVISIONS)
    problem = placement.unit("急救")
    assert isinstance(problem, Problem)
    assert dict(problem.values)["near"] == "急救中心"


def test_only_what_is_accepted_is_a_doubt() -> None:
    assert Problem("sex", "sex_differs").is_doubt
    assert not Problem("sex", "sex").is_doubt
