"""Every code of a roster problem has whole sentences, in both languages."""

import pytest

from data import i18n
from data.queries.roster_words import field_title, problem_text
from data.rules.roster import DOUBTS, Problem
from data.rules.roster_cells import TEXTS

VALUES = {
    "long": {"most": "100"},
    "sex": {"text": "未知"},
    "seeded": {"text": "也许"},
    "phone": {"text": "13"},
    "unit_unknown": {"text": "某医院", "near": "市医院"},
    "group_unknown": {"text": "后勤组", "category": "一类", "groups": "医疗组"},
    "duplicate": {"place": "a.xlsx"},
    "id_taken": {"name": "张伟", "unit": "市医院"},
    "control": {"code": "U+0007"},
    "character": {"character": "😀", "code": "U+1F600"},
    "cell_error": {"text": "#N/A"},
    "no_name": {"text": "初级"},
    "name_character": {"text": "张伟1", "character": "1"},
    "other_column": {"text": "骨伤科", "column": "科室"},
    "name_unusual": {"text": "张"},
    "age": {"year": "1901"},
    "same_id": {"place": "a.xlsx"},
}
CODES = [
    *("missing", "long", "sex", "seeded", "phone", "id_form", "id_date", "id_check", "id_rounded"),
    *("unit_unknown", "group_unknown", "duplicate", "ambiguous", "drawn", "member", "id_taken", "control", "character"),
    *("formula", "cell_error", "lines", "no_name", "name_character", "other_column", "same_id", "phone_rounded"),
    *sorted(DOUBTS),
]


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("code", CODES)
def test_every_code_has_a_sentence_that_names_what_was_found(code: str, language: str) -> None:
    i18n.use(language)
    values = VALUES.get(code, {})
    said = problem_text(Problem("name", code, tuple(values.items())))
    assert said.endswith((".", "?", "。", "？"))
    assert all(value in said for value in values.values())
    assert "{" not in said


def test_a_unit_without_near_names_and_a_category_without_groups() -> None:
    assert "Is it" not in problem_text(Problem("unit", "unit_unknown", (("text", "某医院"), ("near", ""))))
    nobody = Problem("group", "group_unknown", (("text", "医疗组"), ("category", "三类"), ("groups", "")))
    assert problem_text(nobody) == "Units of 三类 have no group that people enter for themselves."


def test_an_unknown_code_is_a_bug() -> None:
    with pytest.raises(ValueError, match="no words"):
        problem_text(Problem("name", "nonsense"))


def test_every_field_has_a_title() -> None:
    assert all(field_title(name) for name in (*TEXTS, "division", "seeded"))
