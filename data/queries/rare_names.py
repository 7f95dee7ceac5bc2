"""Names with characters that few fonts have: they are worth a look before anything is printed.

A character is rare when the font of screen and badges lacks it, or when it is Chinese and not one of the
8,105 of the table of standard characters (通用规范汉字表, 2013).
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, reduce
from operator import or_
from typing import Any

from peewee import SQL, NodeList, fn

from data import font_coverage, models
from data.queries import name_order

STANDARD = name_order.STROKES.with_name("standard.txt")
PERSON, UNIT, JUDGE = "person", "unit", "judge"
_OF_A_PATTERN = 2000  # characters that one pattern looks for: SQLite takes 50,000 bytes
_LETTER = "Lo"  # the Unicode category of Chinese characters; the table lists neither signs nor digits


@dataclass(frozen=True)
class RareName:
    """A name with rare characters.

    whose: person | unit | judge; id: of that row. where: the unit, empty for a unit itself.
    characters: each rare one with the title of the font that has it, None when no shipped font does.
    """

    whose: str
    id: int
    name: str
    where: str
    characters: tuple[tuple[str, str | None], ...]

    @property
    def is_lost(self) -> bool:
        """Whether a character of it cannot be shown or printed at all."""
        return any(font is None for _character, font in self.characters)


def rare_names() -> tuple[RareName, ...]:
    """Every name of people, units and judges that has rare characters; runs inside `store.read()`.

    The names are joined by SQLite, so that as good as nothing is read where none is rare.
    """
    found: list[RareName] = []
    for whose, model in ((PERSON, models.Person), (UNIT, models.Unit), (JUDGE, models.Judge)):
        characters = {one for one in set(_joined(model)) if _font_of(one) != ""}
        if characters:
            found += (_rare(whose, values) for values in _having(model, characters))
    return tuple(found)


def _joined(model: Any) -> str:
    return model.select(fn.GROUP_CONCAT(model.name, "")).scalar() or ""


def _having(model: Any, characters: Iterable[str]) -> Iterable[tuple[Any, ...]]:
    wanted = "".join(sorted(characters))
    classes = (wanted[start : start + _OF_A_PATTERN] for start in range(0, len(wanted), _OF_A_PATTERN))
    where = reduce(or_, (NodeList((model.name, SQL("GLOB"), f"*[{one}]*")) for one in classes))
    query = model.select(model.id, model.name, _place(model)).where(where).order_by(model.id)
    rows: Iterable[tuple[Any, ...]] = (query.join(models.Unit) if model is models.Person else query).tuples()
    return rows


def _place(model: Any) -> Any:
    if model is models.Person:
        return models.Unit.name
    return model.unit_name if model is models.Judge else fn.TRIM("")


def _rare(whose: str, values: tuple[Any, ...]) -> RareName:
    row_id, name, where = values
    fonts = ((character, _font_of(character)) for character in dict.fromkeys(name))
    return RareName(whose, row_id, name, where, tuple(pair for pair in fonts if pair[1] != ""))


@cache
def _font_of(character: str) -> str | None:
    """The title of the font that has a rare character, None when none has, empty for one that is not rare."""
    font = font_coverage.font_of(character)
    if font == font_coverage.SCREEN and (unicodedata.category(character) != _LETTER or character in _standard()):
        return ""
    return None if font is None else font_coverage.TITLES[font]


@cache
def _standard() -> frozenset[str]:
    return frozenset(STANDARD.read_text(encoding="utf-8").strip())
