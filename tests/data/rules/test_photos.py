"""Whose portrait a file's name means."""

import pytest

from data.rules.photos import Finder, Member, Miss

ZHANG = Member(1, "张三", "360981199001011234", "高安市人民医院", "市医", "护理组")
ZHANG_2 = Member(2, "张三", "36098119920202234X", "高安市中医院", "中医院", "护理组")
ZHANG_3 = Member(3, "张三", "", "高安市中医院", "中医院", "医疗组")
OUYANG = Member(4, "欧阳娜娜", "", "高安市人民医院", "市医", "医疗组")
UYGHUR = Member(5, "买买提·吐尔逊", "", "高安市人民医院", "", "医疗组")
FINDER = Finder([ZHANG, ZHANG_2, ZHANG_3, OUYANG, UYGHUR])


@pytest.mark.parametrize(
    ("stem", "folders", "member"),
    [
        ("360981199001011234", (), ZHANG),
        ("３６０９８１１９９００１０１１２３４", (), ZHANG),
        ("36098119920202234x", (), ZHANG_2),
        ("张三360981199001011234", (), ZHANG),
        ("360981199001011234-张三", (), ZHANG),
        ("市医_张三_二寸照片", (), ZHANG),
        ("市医-张三", (), ZHANG),
        ("高安市人民医院张三", (), ZHANG),
        ("张三（市医）", (), ZHANG),
        ("张三", ("照片", "高安市人民医院"), ZHANG),
        ("张三", ("高安市中医院", "护理组"), ZHANG_2),
        ("中医院 护理组 张三", (), ZHANG_2),
        ("张三", ("市医", "高安市中医院护理组"), ZHANG_2),
        ("欧阳娜娜", (), OUYANG),
        ("欧阳 娜娜(1)", (), OUYANG),
        ("姓名欧阳娜娜 证件照", (), OUYANG),
        ("买买提•吐尔逊", (), UYGHUR),
        ("护士长 欧阳娜娜", (), OUYANG),
    ],
)
def test_a_name_means_somebody(stem: str, folders: tuple[str, ...], member: Member) -> None:
    assert FINDER.find(stem, folders) == member


@pytest.mark.parametrize(
    ("stem", "folders", "code"),
    [
        ("", (), "nameless"),
        ("_001 (2)", (), "nameless"),
        ("李四", (), "nobody"),
        ("市医欧阳", (), "nobody"),
        ("中医院-欧阳娜娜", (), "nobody"),
        ("欧阳娜娜", ("中医院",), "nobody"),
        ("360981199001011235", (), "nobody_id"),
        ("欧阳娜娜-360981199001011234", (), "other_name"),
        ("张三", (), "ambiguous"),
        ("张三", ("中医院",), "ambiguous"),
    ],
)
def test_a_name_that_means_nobody_says_why(stem: str, folders: tuple[str, ...], code: str) -> None:
    found = FINDER.find(stem, folders)
    assert isinstance(found, Miss)
    assert found.code == code


def test_those_who_fit_are_named() -> None:
    assert FINDER.find("张三", ("中医院",)) == Miss("ambiguous", ("张三 · 中医院 · 护理组", "张三 · 中医院 · 医疗组"))
    assert FINDER.find("欧阳娜娜360981199001011234") == Miss("other_name", ("张三 · 市医 · 护理组",))
