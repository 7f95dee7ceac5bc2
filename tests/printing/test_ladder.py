"""The score ladder on paper, its kinds of lines at their places."""

from data import i18n
from data.queries.ladder import Ladder, LadderLine
from printing import ladder
from tests.printing.reading import assert_golden, pdf_of, placed_texts, plain, texts, white_margin
from tests.printing.values import DIVISION, HEAD, LONG_NAME, UNITS


def lines(items: int) -> tuple[LadderLine, ...]:
    judged = [
        LadderLine("item", "心肺复苏", f"{number}. 第{number}项: {number / 2:g}", f"{number / 2:g}")
        for number in range(1, items + 1)
    ]
    return (
        LadderLine("drawn", "心肺复苏", "抽自 S1, S2：S1 心肺复苏", ""),
        *judged,
        LadderLine("judge", "心肺复苏", "第 1 席裁判：各项合计", "70.5"),
        LadderLine("combined", "心肺复苏", "70.5, 72.5, 71 的平均分", "71.333333333333"),
        LadderLine("weight", "心肺复苏", "心肺复苏 × 100%", "71.333333333333"),
        LadderLine("total", "", "心肺复苏", "71.333333333333"),
        LadderLine("rank", "", "24 名参赛者中的名次", ""),
    )


def one(items: int = 20, name: str = LONG_NAME) -> Ladder:
    return Ladder(7, "1H-07", name, UNITS[1], DIVISION, lines(items))


def test_a_ladder_on_paper_is_as_it_was() -> None:
    i18n.use("zh_CN")
    assert_golden("ladder.txt", placed_texts(pdf_of(ladder.draw, HEAD, [one()], 1)))


def test_a_long_ladder_goes_on_and_the_next_begins_a_page() -> None:
    pdf = pdf_of(ladder.draw, HEAD, [one(200), one(3, "䶮㛃𠅤𬭎")], None)
    pages = texts(pdf)
    assert len(pages) == 3
    assert all("Provisional: not of a result version" in page for page in pages)
    assert f"1H-07　{LONG_NAME}" in pages[1]
    said = plain(pages[:2])
    assert all(f"{number}.第{number}项" in said for number in range(1, 201))
    assert "䶮㛃𠅤𬭎" in plain(pages[2:])
    assert white_margin(pdf, 8)
