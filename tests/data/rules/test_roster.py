"""What a row of a roster must be."""

import pytest

from data.rules.plan import Division, Unit
from data.rules.roster import Placement, Problem
from data.rules.roster_cells import check_texts, clean_texts, parse_seeded

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
GOOD = {"unit": "市人民医院", "name": "张伟", "group": "医疗组"}


def codes(**texts: str) -> list[str]:
    return [problem.code for problem in check_texts(clean_texts({**GOOD, **texts}))]


def test_every_text_is_cleaned_in_its_own_way() -> None:
    cleaned = clean_texts(
        {
            "unit": " 市人民 医院　",
            "name": " 买买提•吐尔逊　",
            "group": "医疗 组",
            "sex": "ｆ",
            "id_number": "９９０００00 19950627339x",
            "title": " 主管　护师 ",
            "phone": "１９９５３８３３５２８",
        }
    )
    assert cleaned == {
        "unit": "市人民医院",
        "name": "买买提·吐尔逊",
        "group": "医疗组",
        "sex": "女",
        "id_number": "990000019950627339X",
        "title": "主管 护师",
        "department": "",
        "phone": "19953833528",
        "note": "",
    }


def test_what_is_printed_has_to_fit_on_a_line() -> None:
    assert codes(name="张" * 100) == []
    assert check_texts(clean_texts({**GOOD, "name": "张" * 101})) == [Problem("name", "long", (("most", "100"),))]
    assert codes(note="长" * 500) == []


@pytest.mark.parametrize("name", ["unit", "name", "group"])
def test_unit_name_and_group_are_required(name: str) -> None:
    assert check_texts(clean_texts({**GOOD, name: " "})) == [Problem(name, "missing")]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ({}, []),
        ({"sex": "男性"}, []),
        ({"sex": "未知"}, ["sex"]),
        ({"id_number": "990000199410116488"}, []),
        ({"id_number": "99000019900101001X"}, ["id_check"]),
        ({"id_number": "9900001990010100"}, ["id_form"]),
        ({"id_number": "990000199013010010"}, ["id_date"]),
        ({"id_number": "9.9E+17"}, ["id_rounded"]),
        ({"phone": "0795-5212345 转 801"}, []),
        ({"phone": "13"}, ["phone"]),
        ({"sex": "?", "phone": "13"}, ["sex", "phone"]),
    ],
)
def test_cells_are_checked_one_by_one(texts: dict[str, str], expected: list[str]) -> None:
    assert codes(**texts) == expected


@pytest.mark.parametrize(("text", "seeded"), [("是", True), ("√", True), ("否", False), ("", None), ("　", None)])
def test_the_column_for_those_without_a_draw(text: str, seeded: bool | None) -> None:
    assert parse_seeded(text) is seeded


def test_neither_yes_nor_no_is_no_answer() -> None:
    with pytest.raises(ValueError, match="也许"):
        parse_seeded("也许")


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
