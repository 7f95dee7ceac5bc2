"""The cells of a roster one by one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.rules.roster import Problem
from data.rules.roster_cells import TEXTS, check_text, check_texts, clean_text, clean_texts, parse_seeded, read_column

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


def found(field: str, *cells: str) -> list[str]:
    _texts, wrong = read_column(field, cells)
    return [problem.code for problems in wrong.values() for problem in problems]


def test_plain_cells_stay_and_others_are_cleaned_once() -> None:
    texts, wrong = read_column("name", ["张伟", "", " 李　娜 ", "买买提•吐尔逊", "初级"])
    assert texts == ["张伟", "", "李娜", "买买提·吐尔逊", "初级"]
    assert wrong == {"初级": (Problem("name", "no_name", (("text", "初级"),)),)}
    assert read_column("title", ["中级", "中级"]) == (["中级", "中级"], {})


CELLS = st.one_of(
    st.sampled_from(["张伟", "男", "", "中级", "张\n伟", "\n", "初级\r", "13800000000", "x" * 120]), st.text(max_size=5)
)


@given(st.sampled_from(TEXTS), st.lists(CELLS, max_size=12))
def test_a_column_is_read_as_each_of_its_cells_alone(field: str, cells: list[str]) -> None:
    texts, wrong = read_column(field, cells)
    alone = [read_column(field, [cell, "\x00", cell]) for cell in cells]
    assert texts == [column[0] for column, _wrong in alone]
    assert wrong == {cell: found[cell] for cell, (_column, found) in zip(cells, alone, strict=True) if cell in found}
    for cell, text in zip(cells, texts, strict=True):
        if cell not in wrong:
            assert (clean_text(field, cell), check_text(field, text)) == (text, [])


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "＝A1", "+SUM(A1)", "@x!y", "-2+3+cmd|' /C calc'!A0", "+A1", "-$B$2+1", " =HYPERLINK(1)", "-cmd | x"],
)
def test_what_a_spreadsheet_would_run_is_refused_in_every_field(cell: str) -> None:
    for field in ("unit", "name", "title", "phone", "note", "id_number"):
        assert found(field, cell) == ["formula"]


def test_a_sign_alone_is_no_formula() -> None:
    assert found("phone", "+86 138 0000 0000", "+86-(0795)-5212345", "-0795-5212345") == []
    assert found("note", "-", "- 无", "@所有人", "+", "=") == []


@pytest.mark.parametrize(
    ("field", "cell", "codes"),
    [
        ("name", "张\x07伟", ["control"]),
        ("note", "\x9f", ["control"]),
        ("name", "张伟😀", ["character"]),
        ("department", "外\ufffd科", ["character"]),
        ("department", "#N/A", ["cell_error"]),
        ("id_number", " #REF! ", ["cell_error"]),
        ("note", "a\nb,c,d,e", ["lines"]),
        ("note", "第一行\n第二行，完", []),
        ("name", "张\u200b伟", []),
        ("name", "张\n伟", []),
        ("note", "长" * 501, ["long"]),
        ("department", "长" * 101, ["long"]),
        ("unit", "长" * 2_001, ["long"]),
        ("phone", "1.99538E+10", ["phone_rounded"]),
        ("phone", "1" * 61, ["phone"]),
        ("id_number", "990000199410116000", ["id_rounded"]),
        ("id_number", "长" * 2_001, ["long"]),
        ("sex", "男" * 300, ["sex"]),
    ],
)
def test_cells_that_no_field_may_have(field: str, cell: str, codes: list[str]) -> None:
    assert found(field, cell) == codes


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("欧阳静怡", ""),
        ("古丽娜尔·艾合买提", ""),
        ("John O'Brien-Lee Jr.", ""),
        ("𬭎飞", ""),
        ("葛\U000e0100明", ""),
        ("张", "name_unusual"),
        ("王芳（大）", "name_unusual"),
        ("阿拉腾其木格", "name_unusual"),
        ("张\ue000", "name_private"),
        ("张伟1", "name_character"),
        ("张*伟", "name_character"),
        ("王？", "name_character"),
        ("13800000000", "name_character"),
        ("（）", "name_character"),
        ("主治医师", "no_name"),
        ("市人民医院", "no_name"),
    ],
)
def test_a_name_is_that_of_a_person(name: str, code: str) -> None:
    assert [problem.code for problem in check_text("name", clean_text("name", name))] == [code] * bool(code)


def test_a_doubt_forbids_nothing() -> None:
    assert check_texts(clean_texts({**GOOD, "name": "张"})) == []


def test_megabytes_in_a_cell_are_no_answer_to_yes_or_no() -> None:
    with pytest.raises(ValueError, match=r"^x{100}$"):
        parse_seeded("x" * 1_000_000)
