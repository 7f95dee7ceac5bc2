from hypothesis import given
from hypothesis import strategies as st

from printing import fonts, typesetting

TEXT = st.text("阿卜杜热合曼·麦提尼亚孜，。（）《》ab cd-12", max_size=40)


@given(TEXT, st.floats(20, 200))
def test_wrapping_loses_nothing_and_fits(text: str, width: float) -> None:
    lines = typesetting.wrap(text, fonts.REGULAR, 10, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(len(line) == 1 or fonts.text_width(line, fonts.REGULAR, 10) <= width for line in lines)


def test_chinese_breaks_between_characters_and_latin_between_words() -> None:
    assert typesetting.wrap("一二三四五", fonts.REGULAR, 10, 30) == ["一二三", "四五"]
    assert typesetting.wrap("chest pain now", fonts.REGULAR, 10, 60) == ["chest pain", "now"]
    assert typesetting.wrap("一\n二", fonts.REGULAR, 10, 100) == ["一", "二"]


def test_no_line_begins_with_a_comma_or_ends_with_a_bracket() -> None:
    assert typesetting.wrap("一二三，四", fonts.REGULAR, 10, 30) == ["一二", "三，四"]
    assert typesetting.wrap("一二（三）", fonts.REGULAR, 10, 30) == ["一二", "（三）"]


def test_a_word_wider_than_the_column_breaks() -> None:
    lines = typesetting.wrap("abcdefghijklmnop", fonts.REGULAR, 10, 30)
    assert len(lines) > 1
    assert "".join(lines) == "abcdefghijklmnop"


def test_fit_shrinks_then_wraps_then_shrinks_more() -> None:
    name = "阿卜杜热合曼·麦提尼亚孜"
    assert typesetting.fit(name, fonts.REGULAR, 20, 500, 10) == (20, [name])
    size, lines = typesetting.fit(name, fonts.REGULAR, 20, 150, 10)
    assert 10 <= size < 20
    assert lines == [name]
    assert len(typesetting.fit(name, fonts.REGULAR, 20, 80, 10)[1]) == 2
    size, lines = typesetting.fit(name * 4, fonts.REGULAR, 20, 80, 10)
    assert size < 10
    assert len(lines) <= 2
    assert "".join(lines) == name * 4


def test_the_lines_of_a_title_are_about_equally_long() -> None:
    title = "高安市急诊急救技能大比武成绩的公示"
    assert typesetting.wrap(title, fonts.BOLD, 10, 150) == [title[:15], title[15:]]
    assert typesetting.balance(title, fonts.BOLD, 10, 150) == [title[:9], title[9:]]
    assert typesetting.balance("公示", fonts.BOLD, 10, 150) == ["公示"]


@given(TEXT, st.floats(20, 200))
def test_balancing_takes_no_more_lines(text: str, width: float) -> None:
    lines = typesetting.balance(text, fonts.REGULAR, 10, width)
    assert len(lines) == len(typesetting.wrap(text, fonts.REGULAR, 10, width))
    assert "".join("".join(lines).split()) == "".join(text.split())
