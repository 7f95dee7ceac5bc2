"""The orders of names, against the table of standard characters and lists that were sorted by hand."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.queries import name_order
from data.queries.name_order import by_pinyin, by_strokes

STANDARD = (name_order.STROKES.parent / "standard.txt").read_text(encoding="utf-8").strip()
# An official list of names by the strokes of the surname: 丁2 万3 马3 王4 尹4 艾5 …
SURNAMES = list("丁万马王尹石田白兰毕吕朱刘江汤许阮孙李杨吴何邹汪沈张陈邵武林罗金周郑孟赵胡钟段侯姜贺夏徐郭唐陶黄曹")


def shuffled(names: list[str]) -> list[str]:
    return random.Random(3).sample(names, len(names))


def test_surnames_stand_as_in_official_lists() -> None:
    assert sorted(shuffled(SURNAMES), key=by_strokes) == SURNAMES


@pytest.mark.parametrize(("first", "last"), [(0, 3500), (3500, 6500), (6500, 8105)])
def test_each_level_of_the_standard_table_keeps_its_order(first: int, last: int) -> None:
    """The table is sorted by strokes within each level; its order is the official one."""
    assert len(STANDARD) == 8105
    level = list(STANDARD[first:last])
    assert sorted(level, key=by_strokes) == level


def test_as_many_strokes_are_told_apart_by_their_kinds() -> None:
    kinds = ["王", "水", "毛", "文", "孔"]  # 横 竖 撇 点 折, four strokes each
    assert sorted(shuffled(kinds), key=by_strokes) == kinds


def test_the_next_characters_decide_and_a_shorter_name_is_first() -> None:
    names = ["王一", "王一鸣", "王伟", "王伟民", "王德", "张三"]
    assert sorted(shuffled(names), key=by_strokes) == names


def test_separators_do_not_count() -> None:
    assert by_strokes("买买提·吐尔逊") == by_strokes("买买提吐尔逊")
    assert by_pinyin("买买提·吐尔逊") == by_pinyin("买买提吐尔逊")


def test_rare_characters_have_their_place_and_unknown_ones_are_last() -> None:
    names = ["䶮", "𠅤", "𬭎"]  # of the extensions A, B and E
    assert sorted(["A", "😀", *reversed(names), "爨"], key=by_strokes) == [*names, "爨", "A", "😀"]


def test_pinyin_goes_by_syllable_tone_and_strokes() -> None:
    names = ["李莉", "李丽", "李力", "林一", "王芳", "王方"]
    assert sorted(names, key=by_pinyin) == ["李力", "李丽", "李莉", "林一", "王方", "王芳"]


@pytest.mark.parametrize(
    ("name", "syllables"),
    [
        ("单田芳", ["shan", "tian", "fang"]),
        ("曾国平", ["zeng", "guo", "ping"]),
        ("解海龙", ["xie", "hai", "long"]),
        ("尉迟恭", ["yu", "chi", "gong"]),
        ("万俟卨", ["mo", "qi", "xie"]),
        ("吕绿", ["lv", "lv"]),
        ("李解", ["li", "jie"]),
        ("Ａb", ["a", "b"]),
    ],
)
def test_surnames_are_read_as_surnames(name: str, syllables: list[str]) -> None:
    assert [syllable for syllable, _tone, _strokes in by_pinyin(name)] == syllables


def test_what_cannot_be_read_is_last() -> None:
    assert sorted(["😀", "祝", "Ann", "安"], key=by_pinyin) == ["Ann", "安", "祝", "😀"]


@given(st.lists(st.text(max_size=4), max_size=6))
def test_any_names_can_be_sorted(names: list[str]) -> None:
    for key in (by_pinyin, by_strokes):
        keys = [key(name) for name in sorted(names, key=key)]
        assert keys == [key(name) for name in sorted(shuffled(names), key=key)]
