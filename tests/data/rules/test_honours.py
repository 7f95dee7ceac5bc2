"""Titles beside the awards, by the standings."""

from data.rules.honours import Line, by_rule, unit_points
from data.rules.plan import Honour

# Entrant, unit, entry, place, award level, state.
NURSES = (
    Line(1, 10, "individual", 1, 0, "present"),
    Line(2, 20, "individual", 2, 1, "present"),
    Line(3, 10, "individual", 2, 1, "present"),
    Line(4, 20, "individual", 4, 2, "present"),
    Line(5, 30, "individual", None, None, "absent"),
    Line(6, 30, "individual", 5, None, "failed"),
)
TEAMS = (
    Line(7, 30, "team", 1, 0, "present"),
    Line(8, 40, "team", None, None, "disqualified"),
    Line(9, 20, "sum", 1, 0, "expected"),
    Line(10, 50, "sum", None, None, "absent"),
)
EVERYONE = NURSES + TEAMS


def test_nobody_has_by_rule_what_is_given_by_hand() -> None:
    assert by_rule(Honour("先进个人", "person", "hand", 3), EVERYONE) == {}


def test_people_by_place_share_it_as_they_share_the_place() -> None:
    assert by_rule(Honour("先进个人", "person", "place", 2), EVERYONE) == {1: 1, 2: 2, 3: 2}
    assert by_rule(Honour("先进个人", "person", "place", 1), EVERYONE) == {1: 1}


def test_people_by_awards() -> None:
    assert by_rule(Honour("技术能手", "person", "awards", 1), EVERYONE) == {1: 0}
    assert by_rule(Honour("技术能手", "person", "awards", 2), EVERYONE) == {1: 0, 2: 1, 3: 1}


def test_units_by_their_award_points() -> None:
    """2024 年全国行业职业技能竞赛, 团体优胜奖: 一等奖计8分, 二等奖计4分, 三等奖计2分

    m.pps.sh.cn/show-72-1258-1.html
    """
    assert unit_points(EVERYONE) == {10: 8 + 4, 20: 4 + 2 + 8, 30: 8}
    assert by_rule(Honour("先进团体", "unit", "place", 1), EVERYONE) == {20: 14}
    assert by_rule(Honour("先进团体", "unit", "place", 2), EVERYONE) == {10: 12, 20: 14}
    assert by_rule(Honour("先进团体", "unit", "place", 9), EVERYONE) == {10: 12, 20: 14, 30: 8}


def test_units_with_equal_points_share_the_honour() -> None:
    lines = [Line(key, key, "team", 1, level, "present") for key, level in enumerate((0, 1, 1, 2, 5, 9))]
    assert by_rule(Honour("先进团体", "unit", "place", 2), lines) == {0: 8, 1: 4, 2: 4}
    assert unit_points(lines) == {0: 8, 1: 4, 2: 4, 3: 2, 4: 1, 5: 1}


def test_units_of_which_nobody_stayed_away() -> None:
    """A critical item or a disqualification is no staying away; a unit's total never counts as one who came."""
    assert by_rule(Honour("优秀组织奖", "unit", "attendance"), EVERYONE) == {10: 2, 20: 2, 40: 1}
    left = [*EVERYONE, Line(11, 10, "individual", None, None, "withdrew")]
    assert by_rule(Honour("优秀组织奖", "unit", "attendance"), left) == {20: 2, 40: 1}
