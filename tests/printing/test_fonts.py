import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import font_coverage
from printing import fonts
from printing.page import Document, Style
from tests.printing.reading import texts


@pytest.mark.parametrize("font", [fonts.REGULAR, fonts.BOLD, fonts.KAI])
def test_rare_names_are_in_every_font(font: str) -> None:
    assert fonts.runs("䶮㛃𠅤𬭎王契〇·", font) == ((font, "䶮㛃𠅤𬭎王契〇·"),)


def test_a_character_that_one_font_lacks_comes_from_another() -> None:
    note = next(
        character
        for character in map(chr, range(0x2600, 0x2700))
        if not fonts.has_character(fonts.BOLD, character) and fonts.has_character(fonts.KAI, character)
    )
    assert fonts.runs(f"王{note}契", fonts.BOLD) == ((fonts.BOLD, "王"), (fonts.KAI, note), (fonts.BOLD, "契"))
    assert fonts.missing_characters(f"王{note}") == ""


def test_missing_characters_are_named_once() -> None:
    assert fonts.missing_characters("王🎉契𐎀 🎉") == "🎉𐎀"
    assert fonts.runs("🎉", fonts.KAI) == ((fonts.KAI, "🎉"),)


def test_width_is_that_of_the_pieces() -> None:
    assert fonts.text_width("王契", fonts.KAI, 10) == pytest.approx(20)
    assert fonts.text_width("", fonts.KAI, 10) == 0


@pytest.mark.parametrize("font", [fonts.REGULAR, fonts.KAI])
def test_text_can_be_copied_from_the_pdf(font: str) -> None:
    """Beyond U+FFFF too, and with more characters than one block or one subset of the font holds."""
    wanted = "𬭎𠅤䶮㛃·〇" + "".join(map(chr, range(0x4E00, 0x4E00 + 300)))
    file = io.BytesIO()
    document = Document(file, "t")
    for row in range(0, len(wanted), 30):
        document.text(15, 20 + row / 4, wanted[row : row + 30], Style(font, 10))
    document.save()
    assert texts(file.getvalue())[0].replace("\r\n", "") == wanted


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=30))
def test_runs_keep_every_character(text: str) -> None:
    assert "".join(piece for _font, piece in fonts.runs(text, fonts.REGULAR)) == text


@pytest.mark.parametrize("font", [fonts.REGULAR, fonts.KAI])
def test_the_characters_that_are_checked_beforehand_are_those_of_the_font(font: str) -> None:
    assert font_coverage.code_points(font) == set(fonts._loaded(font).face.charToGlyph)


def test_the_bold_font_has_the_same_characters() -> None:
    assert font_coverage.code_points(fonts.BOLD) == font_coverage.code_points(fonts.REGULAR)
