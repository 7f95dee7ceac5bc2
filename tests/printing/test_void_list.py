"""The list of void certificate numbers, over as many pages as it needs."""

from data.queries.certificates import VoidSerial
from data.queries.papers import VoidList
from printing import void_list
from tests.printing.reading import pdf_of, plain, texts, white_margin
from tests.printing.values import DIVISION, HEAD, LONG_NAME, UNITS


def test_a_long_list_goes_on_with_its_headings() -> None:
    rows = tuple(
        VoidSerial(
            f"GA23-1H-{number:04d}",
            DIVISION,
            LONG_NAME,
            UNITS[1],
            "一等奖",
            1,
            2,
            "Award: 一等奖 → 二等奖",
            "GA23-1H-0099",
        )
        for number in range(1, 41)
    )
    honour = VoidSerial("GA23-H-0001", "", "", UNITS[2], "优秀组织奖", 1, 2, "The honour was taken back.", "")
    pdf = pdf_of(void_list.draw, VoidList(2, HEAD, (*rows, honour)))
    pages = texts(pdf)
    assert len(pages) > 1
    assert all("Void number" in page for page in pages)
    said = plain(pages)
    assert all(row.serial in said for row in rows)
    assert "GA23-H-0001市中医院优秀组织奖Thehonourwastakenback." in said
    assert said.count(HEAD.organizer) == 1
    assert white_margin(pdf, 8)
