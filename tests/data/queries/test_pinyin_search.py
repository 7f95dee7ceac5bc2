"""Chinese text is found by what people type."""

import pytest

from data.queries.pinyin_search import matches


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("张伟杰", "zwj"),
        ("张伟杰", "ZWJ"),
        ("张伟杰", "ｚｗｊ"),
        ("张伟杰", "zhangweijie"),
        ("张伟杰", "zhang wei"),
        ("张伟杰", "伟杰"),
        ("张伟杰", ""),
        ("单雄信", "sxx"),
        ("单雄信", "danxiong"),
        ("吕思", "lvsi"),
        ("买买提·吐尔逊", "mmtte"),
        ("买买提·吐尔逊", "提·吐"),
        ("市人民医院", "srmyy"),
        ("1Y-01", "1y"),
        ("和乐重行单曾朴解盖", "he"),
    ],
)
def test_found_by_characters_pinyin_or_initials(text: str, query: str) -> None:
    assert matches(text, query)


@pytest.mark.parametrize(("text", "query"), [("张伟杰", "zj"), ("张伟杰", "李"), ("1Y-01", "zwj"), ("张伟杰", "x")])
def test_not_found_by_anything_else(text: str, query: str) -> None:
    assert not matches(text, query)
