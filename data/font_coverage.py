"""Which characters the shipped fonts have, read from the fonts themselves.

Only the `cmap` table is read, and of it the part in format 12, which covers all of Unicode
(OpenType specification, cmap, "Format 12: Segmented coverage").
"""

import struct
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "resources" / "fonts"
SCREEN = "NotoSansSC-Regular"  # of the screen, badges and lists; the bold one has the same characters
KAI = "LXGWWenKai-Regular"  # of certificates
FONTS = (SCREEN, KAI)  # in the order in which a character is looked for
TITLES = {SCREEN: "Noto Sans SC", KAI: "LXGW WenKai"}

_SEGMENTED = 12


@cache
def code_points(font: str) -> frozenset[int]:
    """Every character that a shipped font has.

    Raises:
        ValueError: the font has no table in format 12.
    """
    table = _cmap(FOLDER / f"{font}.ttf")
    (tables,) = struct.unpack_from(">H", table, 2)
    offsets = [struct.unpack_from(">HHI", table, 4 + 8 * number)[2] for number in range(tables)]
    for offset in offsets:
        if struct.unpack_from(">H", table, offset) == (_SEGMENTED,):
            return frozenset(_segments(table, offset))
    raise ValueError(f"{font} has no character table in format {_SEGMENTED}")


def _cmap(path: Path) -> bytes:
    with path.open("rb") as file:
        (tables,) = struct.unpack_from(">H", file.read(12), 4)
        directory = file.read(16 * tables)
        places = {tag: (start, size) for tag, _sum, start, size in struct.iter_unpack(">4sIII", directory)}
        start, size = places[b"cmap"]
        file.seek(start)
        return file.read(size)


def _segments(table: bytes, offset: int) -> set[int]:
    (groups,) = struct.unpack_from(">I", table, offset + 12)
    found: set[int] = set()
    for first, last, _glyph in struct.iter_unpack(">III", table[offset + 16 : offset + 16 + 12 * groups]):
        found.update(range(first, last + 1))
    return found


def font_of(character: str) -> str | None:
    """The first of FONTS that has a character, None when none has."""
    return next((font for font in FONTS if ord(character) in code_points(font)), None)
