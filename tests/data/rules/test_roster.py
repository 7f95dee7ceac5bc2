"""What a row of a roster must be."""

import pytest

from data.rules.plan import Division, Unit
from data.rules.roster import Placement, Problem, place_of, unit_in

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


TITLED = [
    Unit("市人民医院", "市医", "市直"),
    Unit("市第二人民医院", "二院", "市直"),
    Unit("荷岭镇卫生院", "荷岭", "乡镇"),
]


@pytest.mark.parametrize(
    ("title", "unit"),
    [
        ("市人民医院报名表", "市人民医院"),
        ("2023年市人民医院报名表", "市人民医院"),
        ("单位：市人民医院", "市人民医院"),
        ("01荷岭", "荷岭镇卫生院"),
        ("江西省高安市人民医院", "市人民医院"),
        ("高 安 市 人 民 医 院", "市人民医院"),
        ("高安市荷岭镇卫生院 参赛人员", "荷岭镇卫生院"),
        ("宜春市 市人民医院", "市人民医院"),
        ("宜春市人民医院报名表", ""),
        ("宜 春 市 人 民 医 院", ""),
        ("万年市人民医院", ""),
        ("宜春市人民医院二院", ""),
        ("高安市人民医院、荷岭镇卫生院", ""),
    ],
)
def test_a_name_in_a_title_is_no_tail_of_another_hospital(title: str, unit: str) -> None:
    assert unit_in(title, TITLED, "高安") == unit


def test_without_the_events_town_a_name_behind_a_town_is_nobodys() -> None:
    assert unit_in("高安市人民医院", TITLED) == ""


@pytest.mark.parametrize(
    ("texts", "place"),
    [
        (("高安市卫生健康委员会",), "高安"),
        (("江西省高安市卫生健康委员会",), "高安"),
        (("南昌市青云谱区卫生健康委员会",), "青云谱"),
        (("卫生健康委员会", "高安市2023年临床技能大比武"), "高安"),
        (("", "技能大赛"), ""),
    ],
)
def test_the_town_of_an_event_is_in_the_name_of_its_organizer(texts: tuple[str, ...], place: str) -> None:
    assert place_of(*texts) == place
