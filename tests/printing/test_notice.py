"""The notice as PDF: all of it on paper, over as many pages as it needs, and nothing that nobody asked for."""

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from data import i18n
from data.errors import FileProblem
from data.exchange.notice_csv import NoticeOptions, notice_table
from data.queries.notice import COLUMNS, Shown
from data.queries.results import Frozen, FrozenDivision, FrozenHolder, FrozenHonour, FrozenRow, VersionRow
from data.rules.workdays import Period
from printing import notice
from printing.notice import NoticeWords
from tests.printing.reading import assert_golden, placed_texts, plain, texts, white_margin
from tests.printing.values import HEAD, NAMES, UNITS

EVENT = {"code": "GA23", "name": HEAD.event, "organizer": HEAD.organizer, "host": "", "date": HEAD.date}
VERSION = VersionRow(1, "2023-11-18T09:30:00.000Z", "裁判长", "", "3f9a" * 16)
WORDS = NoticeWords(
    "关于高安市2023年急诊急救技能大比武成绩的公示",
    "根据大比武实施方案和评分规则，经裁判评分、复核并由裁判长确认，现将成绩公示如下。",
    Period(date(2023, 11, 20), date(2023, 11, 24)),
    "莫晓鹏",
    "0795-5288000",
    date(2023, 11, 18),
)


def row(place: int, state: str = "present") -> FrozenRow:
    award = "一等奖" if place < 3 else "二等奖" if place < 6 else ""
    competed = state == "present"
    return FrozenRow(
        place,
        place if competed else None,
        False,
        f"1H-{(place * 7) % 97:02d}",
        NAMES[place % 4],
        UNITS[place % 4],
        "",
        ("80", "91.5"),
        (f"{99 - place / 10:.2f}", "91.50"),
        "90.5",
        f"{95 - place / 10:.2f}" if competed else "",
        award if competed else "",
        f"GA23-1H-{place:04d}" if award else "",
        state,
    )


def content(rows: int = 6, state: str = "present") -> Frozen:
    lines = (*(row(place) for place in range(1, rows)), row(rows, state))
    team = replace(row(1), number="", name="市妇幼保健院", unit="市妇幼保健院", components=(), shown_components=())
    return Frozen(
        VERSION,
        EVENT,
        (
            FrozenDivision("1H", "一类·护理组", "individual", ("心肺复苏", "理论"), lines),
            FrozenDivision("1T", "一类·急救团体", "team", (), (team,)),
        ),
    )


def pdf(found: Frozen, shown: Shown | None = None, words: NoticeWords = WORDS) -> bytes:
    file = io.BytesIO()
    notice.draw(file, found, words, shown or Shown())
    return file.getvalue()


@pytest.fixture
def chinese() -> None:
    i18n.use("zh_CN")


def test_a_notice_says_what_why_how_long_and_whom_to_turn_to(chinese: None) -> None:
    found = plain(texts(pdf(content())))
    for words in (
        "关于高安市2023年急诊急救技能大比武成绩的公示",
        "经裁判评分、复核并由裁判长确认",
        "一类·护理组",
        "阿卜杜热合曼·麦提尼亚孜",
        "䶮㛃𠅤𬭎",
        "一类·急救团体",
        "2023年11月20日至2023年11月24日（5个工作日）",
        "莫晓鹏",
        "0795-5288000",
        "成绩第1版",
        "3f9a3f9a3f9a3f9a…",
    ):
        assert "".join(words.split()) in found, words
    assert found.count("高安市卫生健康委员会") == 2
    assert "2023年11月18日" in found


def test_a_page_of_a_notice_is_as_it_was(chinese: None) -> None:
    assert_golden("notice.txt", placed_texts(pdf(content(6, "absent"))))


def test_a_long_table_goes_on_with_its_headings(chinese: None) -> None:
    pages = texts(pdf(content(120)))
    assert len(pages) > 3
    assert "一类·护理组" in pages[0]
    for page in pages[1:3]:
        assert "一类·护理组（续）" in page
        assert "名次" in page
    assert f"1 / {len(pages)}" in pages[0]
    numbers = plain(pages)
    assert all(f"1H-{place:02d}" in numbers for place in range(1, 97))
    assert white_margin(pdf(content(120)), 8)


def test_what_is_not_chosen_is_not_there(chinese: None) -> None:
    hidden = plain(texts(pdf(content(), Shown(scores=False, mask_names=True, awarded_only=True))))
    assert "94.90" not in hidden
    assert "总分" not in hidden
    assert "欧阳娜娜" not in hidden
    assert "欧**娜" in hidden
    assert "1H-42" not in hidden, "the sixth has no award"
    assert "状态" not in hidden, "nobody has one"


def test_every_column_makes_the_page_lie_down() -> None:
    found = pdf(content(3, "withdrew"), Shown(COLUMNS))
    assert placed_texts(found).startswith("page 1: 297 x 210 mm")
    said = plain(texts(found))
    assert "withdrew" in said
    assert "心肺复苏" in said
    assert "98.90" in said
    assert "5workingdays" in said


def test_a_notice_of_names_alone_without_anybody_to_turn_to() -> None:
    bare = replace(WORDS, contact="", phone="", period=Period(date(2023, 11, 20), date(2023, 11, 20)))
    found = Frozen(VERSION, {**EVENT, "organizer": ""}, content().divisions)
    said = plain(texts(pdf(found, Shown(("name",)), bare)))
    assert "Contact" not in said
    assert "(1workingday)" in said
    assert "Whoeverobjectstotheresultsdoesso" in said
    assert "Unit" not in said


def test_a_long_title_and_a_long_basis_flow_over_the_pages() -> None:
    long = replace(WORDS, title=WORDS.title * 4, basis=WORDS.basis * 60)
    pages = texts(pdf(content(2), words=long))
    assert plain(pages).count("经裁判评分") == 60
    assert len(pages) > 2


def test_the_usual_words_name_event_version_and_day(chinese: None) -> None:
    assert notice.usual_title(content()) == f"关于{HEAD.event}成绩的公示"
    assert "18日第1版" in notice.usual_basis(content()).replace(" ", "")


def test_honours_stand_below_the_divisions(chinese: None) -> None:
    given = (
        FrozenHonour("先进个人", (FrozenHolder(1, 1, "欧阳娜娜", "市妇幼保健院", "GA23-H-0001"),)),
        FrozenHonour("优秀组织奖", (FrozenHolder(None, 2, "", "市第二人民医院", "GA23-H-0002"),)),
    )
    found = replace(content(2), honours=given)
    said = plain(texts(pdf(found, Shown(mask_names=True))))
    assert "荣誉姓名单位奖项欧**娜市妇幼保健院先进个人市第二人民医院优秀组织奖" in said
    assert "优秀组织奖" not in plain(texts(pdf(found, Shown(("name", "unit")))))
    assert notice_table(found, NoticeOptions(("division", "name", "unit", "award")))[-2:] == [
        ["荣誉", "欧阳娜娜", "市妇幼保健院", "先进个人"],
        ["荣誉", "", "市第二人民医院", "优秀组织奖"],
    ]


def test_a_notice_takes_its_place_only_when_whole(tmp_path: Path) -> None:
    seen: list[str] = []
    pages = notice.write_notice(
        content(), tmp_path / "n.pdf", WORDS, Shown(), lambda done, total, text: seen.append(text)
    )
    assert (pages, seen) == (1, ["一类·护理组", "一类·急救团体"])
    with pytest.raises(FileProblem):
        notice.write_notice(content(), tmp_path / "nowhere" / "n.pdf", WORDS, Shown())
