"""The unit that was meant by a name that is not in the plan."""

import pytest

from data.rules.unit_names import near_names

FULL = {
    "市人民医院": "市医",
    "市中医院": "中医院",
    "市妇幼保健院": "妇幼",
    "市第二人民医院": "二院",
    "市骨伤医院": "骨伤",
    "市精神病医院": "精防",
    "市瑞州医院": "瑞州",
    "蓝坊中心卫生院": "蓝坊",
    "荷岭镇卫生院": "荷岭",
    "瑞州街道社区卫生服务中心": "瑞州社区",
    "筠阳街道社区卫生服务中心": "筠阳",
    "八景煤矿职工医院": "煤矿",
}
NAMES = {**{name: name for name in FULL}, **{short: name for name, short in FULL.items()}}


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("市医院", "市人民医院"),
        ("人民医院", "市人民医院"),
        ("高安市人民医院", "市人民医院"),
        ("市人名医院", "市人民医院"),
        ("高安市中医院", "市中医院"),
        ("市二院", "市第二人民医院"),
        ("第二医院", "市第二人民医院"),
        ("二人民医院", "市第二人民医院"),
        ("市妇保院", "市妇幼保健院"),
        ("精神病院", "市精神病医院"),
        ("蓝坊镇卫生院", "蓝坊中心卫生院"),
        ("荷岭卫生院", "荷岭镇卫生院"),
        ("瑞州街道卫生服务中心", "瑞州街道社区卫生服务中心"),
        ("筠阳社区服务中心", "筠阳街道社区卫生服务中心"),
        ("煤矿医院", "八景煤矿职工医院"),
    ],
)
def test_the_unit_that_was_meant_comes_first(written: str, meant: str) -> None:
    assert near_names(written, NAMES)[0] == meant


def test_at_most_three_are_offered_and_none_that_is_unlike() -> None:
    assert len(near_names("市医院", NAMES)) == 3
    assert near_names("XYZ", NAMES) == ()
    assert near_names("", {}) == ()
    assert near_names("甲", {"某医院": "某医院"}) == ()
