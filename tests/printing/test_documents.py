"""Badges, mark sheets, timetables and certificates as they come out of the printer."""

from dataclasses import replace

import pypdfium2
import pytest

from data import i18n
from data.errors import Cancelled
from data.queries.timetable_papers import Timetables
from data.rules.plan import Item, Sheet
from printing import badges, certificates, marksheets, timetables
from tests.data.pictures import face
from tests.printing import values
from tests.printing.reading import assert_golden, codes, pdf_of, placed_texts, plain, texts, white_margin

SIDES = (
    timetables.draw_entrants,
    timetables.draw_lanes,
    timetables.draw_judges,
    timetables.draw_doors,
    timetables.draw_overview,
)
LANGUAGES = pytest.mark.parametrize("language", i18n.LANGUAGES)


def seats() -> list:
    return [values.mark_sheet(seat) for seat in (1, 2)]


@LANGUAGES
def test_badges_look_as_before(language: str) -> None:
    i18n.use(language)
    pdf = pdf_of(badges.draw, values.HEAD, [values.badge(number) for number in range(5)])
    assert_golden(f"badges.{language}.txt", placed_texts(pdf))
    assert pdf == pdf_of(badges.draw, values.HEAD, [values.badge(number) for number in range(5)])


@LANGUAGES
def test_mark_sheets_look_as_before(language: str) -> None:
    i18n.use(language)
    assert_golden(f"marksheets.{language}.txt", placed_texts(pdf_of(marksheets.draw, values.HEAD, seats())))


@LANGUAGES
def test_timetables_look_as_before(language: str) -> None:
    i18n.use(language)
    pdf = pdf_of(timetables.draw_all, values.HEAD, values.timetables())
    assert_golden(f"timetables.{language}.txt", placed_texts(pdf))


@LANGUAGES
def test_certificates_look_as_before(language: str) -> None:
    i18n.use(language)
    pdf = pdf_of(certificates.draw, values.HEAD, values.certificates())
    assert_golden(f"certificates.{language}.txt", placed_texts(pdf))


def test_every_badge_is_read_as_its_own() -> None:
    wanted = [values.badge(number) for number in range(6)]
    pdf = pdf_of(badges.draw, values.HEAD, wanted)
    assert len(pypdfium2.PdfDocument(pdf)) == 2
    assert codes(pdf, 0) + codes(pdf, 1) == [badge.code for badge in wanted]


def test_a_portrait_stands_beside_the_code() -> None:
    """Whatever its shape; in a blind event it is left out."""
    shapes = ((413, 579), (579, 413), (200, 579))
    faces = [replace(values.badge(n), photo=face(size, "#FF0000")) for n, size in enumerate(shapes)]
    wanted = [*faces, values.badge(3)]
    pdf = pdf_of(badges.draw, values.HEAD, wanted)
    assert codes(pdf, 0) == [badge.code for badge in wanted]
    sizes = [
        (round((right - left) / 72 * 25.4, 1), round((top - bottom) / 72 * 25.4, 1))
        for left, bottom, right, top in portraits(pdf)
    ]
    assert len(sizes) == 3
    assert min(high for _wide, high in sizes) >= badges.CODE_SIZE - 0.1
    assert min(wide for wide, _high in sizes) >= round(badges.PHOTO_WIDTH, 1) - 0.1
    assert pdf == pdf_of(badges.draw, values.HEAD, wanted)
    blind = pdf_of(badges.draw, values.BLIND, wanted)
    assert not portraits(blind)
    assert codes(blind, 0) == [badge.code for badge in wanted]


def portraits(pdf: bytes) -> list[tuple[float, float, float, float]]:
    """The pictures of the first page: left, bottom, right, top in points, whatever is cut off included."""
    page = pypdfium2.PdfDocument(pdf)[0]
    return [found.get_bounds() for found in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])]


def test_badges_show_names_whole_and_their_code_to_type() -> None:
    pdf = pdf_of(badges.draw, values.HEAD, [values.badge(number) for number in range(4)])
    found = plain(texts(pdf))
    for number in range(4):
        badge = values.badge(number)
        assert badge.name in found
        assert badge.code.replace(" ", "") in found
    assert white_margin(pdf, 8)


def test_a_very_long_name_takes_two_lines_of_a_badge() -> None:
    long = replace(
        values.badge(1), name=values.LONG_NAME * 2, unit=values.UNITS[1] * 3, division="一类·急诊急救护理组" * 4
    )
    pdf = pdf_of(badges.draw, values.HEAD, [long])
    assert long.name in plain(texts(pdf))
    assert long.unit in plain(texts(pdf))
    assert codes(pdf) == [long.code]
    assert white_margin(pdf, 8)


def test_every_mark_sheet_is_read_as_its_own() -> None:
    pdf = pdf_of(marksheets.draw, values.HEAD, seats())
    assert [codes(pdf, 0), codes(pdf, 1)] == [[sheet.code] for sheet in seats()]
    assert white_margin(pdf, 8)


def test_a_blind_sheet_has_a_number_and_no_name() -> None:
    seen = plain(texts(pdf_of(marksheets.draw, values.HEAD, seats())))
    blind = plain(texts(pdf_of(marksheets.draw, values.BLIND, seats())))
    assert values.LONG_NAME in seen
    assert values.UNITS[1] in seen
    assert "1H-07" in blind
    assert values.LONG_NAME not in blind
    assert values.UNITS[1] not in blind


def test_a_sheet_asks_for_each_kind_of_item() -> None:
    found = plain(texts(pdf_of(marksheets.draw, values.HEAD, seats()[:1])))
    for words in (
        "未涂/未垫:item0",
        "不均匀−3",
        "吹气失败−2×____times",
        "≤45s:15",
        ">240s:0",
        "0–10",
        "bonus0–2.5",
        "−2.5",
        "thewholesheetis0",
        "theentrantfails",
    ):
        assert words in found


def test_27_items_are_on_one_page_and_80_on_more() -> None:
    def sheet(count: int) -> Sheet:
        grades = "A=3/B=2/C=1/D=0"
        return Sheet(
            "L", "长表", tuple(Item(n + 1, f"部分{n // 5}", "备物核对", 3000, "grades", grades) for n in range(count))
        )

    assert len(texts(pdf_of(marksheets.draw, values.HEAD, [values.mark_sheet(sheet=sheet(27))]))) == 1
    pdf = pdf_of(marksheets.draw, values.HEAD, [values.mark_sheet(sheet=sheet(80)), values.mark_sheet(2, sheet(80))])
    pages = texts(pdf)
    assert len(pages) > 2
    assert f"1 / {len(pages) // 2}" in pages[0]
    assert "Judge's signature" not in pages[0]
    assert "Judge's signature" in pages[len(pages) // 2 - 1]
    assert all(codes(pdf, page) for page in range(len(pages)))


def test_long_words_of_a_sheet_are_all_there() -> None:
    item = Item(
        1,
        "操作前准备与评估并记录" * 2,
        "插管4-6cm见尿再进5-7cm、接袋、气囊10-15ml、固定" * 3,
        15_000,
        "deductions",
        f"{'未核对患者身份信息' * 6}=-2",
    )
    found = plain(texts(pdf_of(marksheets.draw, values.HEAD, [values.mark_sheet(sheet=Sheet("X", "电除颤", (item,)))])))
    assert item.text in found
    assert item.section in found
    assert "未核对患者身份信息" * 6 in found


def test_timetables_carry_their_number_and_flow() -> None:
    pdf = pdf_of(timetables.draw_lanes, values.HEAD, values.timetables(60))
    pages = texts(pdf)
    assert len(pages) > 1
    assert all("Timetable 3" in page and "Number" in page for page in pages)
    assert all(f"1H-{number:02d}" in plain(pages) for number in range(1, 61))


def test_slips_fill_more_than_a_page() -> None:
    pdf = pdf_of(timetables.draw_entrants, values.HEAD, values.timetables(20))
    found = texts(pdf)
    assert len(found) == 2
    assert plain(found).count("Timetable3") == 20 + 2
    assert white_margin(pdf, 5)


def test_blind_badges_and_lists_have_no_names() -> None:
    pdf = pdf_of(badges.draw, values.BLIND, [replace(values.badge(0), name=values.LONG_NAME, unit=values.UNITS[1])])
    assert plain(texts(pdf)).count(values.badge(0).number) == 1
    assert values.LONG_NAME not in plain(texts(pdf))
    assert values.UNITS[1] not in plain(texts(pdf))
    for draw in SIDES:
        found = plain(texts(pdf_of(draw, values.BLIND, values.timetables())))
        assert "1H-01" in found
        assert values.LONG_NAME not in found
        assert values.UNITS[1] not in found


def test_a_long_door_list_goes_on_with_its_head() -> None:
    pdf = pdf_of(timetables.draw_doors, values.HEAD, values.timetables(200))
    found = texts(pdf)
    assert len(found) > 2, "four lanes of forty visits on two pages and more, the fifth on pages of its own"
    assert all("S4" in page and "电除颤" in page for page in found)
    assert all(plain(found).count(f"1H-{number:02d}") for number in range(1, 201))


def test_an_overview_is_one_page_however_long_the_day() -> None:
    """A number that would be too small to read is shortened, then left out; its box stays."""
    small = values.timetables(4)
    assert len(texts(pdf_of(timetables.draw_overview, values.HEAD, small))) == 1
    (day,) = values.timetables(30).overviews
    wide = replace(day, lanes=tuple(replace(day.lanes[0], lane=lane) for lane in range(1, 46)))
    pages = texts(pdf_of(timetables.draw_overview, values.HEAD, Timetables(3, overviews=(wide,))))
    assert len(pages) == 1
    assert "1H-01" not in pages[0]
    assert "01" in pages[0]
    (long,) = values.timetables(2000).overviews
    pages = texts(pdf_of(timetables.draw_overview, values.HEAD, Timetables(3, overviews=(long,))))
    assert len(pages) == 1
    assert "1H-" not in pages[0]
    assert white_margin(pdf_of(timetables.draw_overview, values.HEAD, small), 5)


@LANGUAGES
def test_certificates_stay_inside_their_frame(language: str) -> None:
    i18n.use(language)
    pdf = pdf_of(certificates.draw, values.HEAD, values.certificates())
    pages = pypdfium2.PdfDocument(pdf)
    for page in pages:
        text = page.get_textpage()
        for index in range(text.count_rects()):
            left, bottom, right, top = text.get_rect(index)
            assert 55 < left < right < page.get_width() - 55
            assert 45 < bottom < top < page.get_height() - 45


def test_a_certificate_in_chinese() -> None:
    i18n.use("zh_CN")
    pages = texts(pdf_of(certificates.draw, values.HEAD, values.certificates()))
    first, second, team = ("".join(page.split()) for page in pages)
    assert f"{values.UNITS[1]}{values.LONG_NAME}同志：" in first
    assert "荣誉证书" in first
    assert "一等奖" in first
    assert "二〇二三年十一月" in first
    assert "证书编号GA23-1H-0001" in first
    assert "䶮㛃𠅤𬭎" in second
    assert "市第二人民医院：" in team


@pytest.mark.parametrize(
    ("day", "chinese", "english"),
    [
        ("2023-11-18", "二〇二三年十一月", "November 2023"),
        ("2026-10-01", "二〇二六年十月", "October 2026"),
        ("2030-02-28", "二〇三〇年二月", "February 2030"),
        ("", "", ""),
    ],
)
def test_the_month_in_words(day: str, chinese: str, english: str) -> None:
    assert certificates.month_in_words(day) == english
    i18n.use("zh_CN")
    assert certificates.month_in_words(day) == chinese


@pytest.mark.parametrize(
    ("draw", "arguments"),
    [
        (badges.draw, ([values.badge(1)],)),
        (marksheets.draw, (seats(),)),
        (timetables.draw_all, (values.timetables(),)),
        (certificates.draw, (values.certificates(),)),
    ],
)
def test_drawing_can_be_stopped(draw, arguments) -> None:
    def stop(done: int, total: int, text: str) -> None:
        assert 0 < done <= total
        raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        pdf_of(draw, values.HEAD, *arguments, stop)
