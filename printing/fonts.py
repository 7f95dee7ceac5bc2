"""The shipped fonts, and which of them has a character.

Names hold rare characters (䶮, 㛃, 𠅤, 𬭎). A text is split into runs, each in a font that has
all of its characters: the wanted font first, then the other shipped ones.
"""

from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

REGULAR = "NotoSansSC-Regular"
BOLD = "NotoSansSC-Bold"
KAI = "LXGWWenKai-Regular"

FOLDER = Path(__file__).parent.parent / "resources" / "fonts"
_SUBSTITUTES = {REGULAR: (KAI,), BOLD: (KAI,), KAI: (REGULAR,)}
_MAP_PREFIX = "toUnicodeCMap:"
_PAIRS_PER_BLOCK = 100  # the most that a bfchar block of a CMap may hold


class SearchableFont(TTFont):  # type: ignore[misc]
    """A font whose text can be searched and copied from the PDF, rare characters included.

    reportlab writes each code point into the text map as one number, which a reader takes for
    UTF-16: right up to U+FFFF, another character beyond.
    """

    def addObjects(self, doc: Any) -> None:  # noqa: N802
        subsets = self.state[doc].subsets
        before = {key for key in doc.idToObject if key.startswith(_MAP_PREFIX)}
        super().addObjects(doc)
        added = [key for key in doc.idToObject if key.startswith(_MAP_PREFIX) and key not in before]
        for key, subset in zip(added, subsets, strict=True):
            doc.idToObject[key].content = text_map(key.removeprefix(_MAP_PREFIX), subset)


def text_map(name: str, subset: list[int]) -> str:
    """The ToUnicode CMap of a font's subset: the code point that each one-byte code stands for, in UTF-16."""
    pairs = [
        f"<{code:02X}> <{chr(character).encode('utf-16-be').hex().upper()}>"
        for code, character in enumerate(subset)
        if character
    ]
    blocks = [pairs[start : start + _PAIRS_PER_BLOCK] for start in range(0, len(pairs), _PAIRS_PER_BLOCK)]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def",
            f"/CMapName /{name} def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            "<00> <FF>",
            "endcodespacerange",
            *(line for block in blocks for line in (f"{len(block)} beginbfchar", *block, "endbfchar")),
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        ]
    )


@cache
def _loaded(font: str) -> TTFont:
    loaded = SearchableFont(font, str(FOLDER / f"{font}.ttf"))
    pdfmetrics.registerFont(loaded)
    return loaded


def has_character(font: str, character: str) -> bool:
    """Whether the font can draw this character."""
    return ord(character) in _loaded(font).face.charToGlyph


@lru_cache(maxsize=20_000)
def runs(text: str, font: str) -> tuple[tuple[str, str], ...]:
    """The text in pieces of (font, piece), each font having all characters of its piece.

    A character that no shipped font has stays with the wanted font, which draws its empty box.
    """
    pieces: list[tuple[str, str]] = []
    for character in text:
        chosen = _font_of(character, font)
        if pieces and pieces[-1][0] == chosen:
            pieces[-1] = (chosen, pieces[-1][1] + character)
        else:
            pieces.append((chosen, character))
    return tuple(pieces)


@cache
def _font_of(character: str, wanted: str) -> str:
    return next((font for font in (wanted, *_SUBSTITUTES[wanted]) if has_character(font, character)), wanted)


@lru_cache(maxsize=50_000)
def _unit_width(text: str, font: str) -> float:
    return sum(float(_loaded(name).stringWidth(piece, 1)) for name, piece in runs(text, font))


def text_width(text: str, font: str, size: float) -> float:
    """How wide the text is, in points, at this font size in points."""
    return _unit_width(text, font) * size


def missing_characters(text: str) -> str:
    """Each character of the text that no shipped font can draw, once, in the order of the text."""
    return "".join(
        dict.fromkeys(
            character
            for character in text
            if not character.isspace() and not any(has_character(font, character) for font in (REGULAR, KAI))
        )
    )
