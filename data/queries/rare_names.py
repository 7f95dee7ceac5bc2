"""Names with characters that few fonts have: they are worth a look before anything is printed.

A character is rare when the font of screen and badges lacks it, or when it is Chinese and not one of the
8,105 of the table of standard characters (通用规范汉字表, 2013).
"""

import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, NamedTuple

from peewee import SQL, NodeList, fn

from data import font_coverage, models
from data.queries import name_order
from data.queries.plain_rows import plain_rows

STANDARD = name_order.STROKES.with_name("standard.txt")
PERSON, UNIT, JUDGE = "person", "unit", "judge"
_MOST_OF_A_PATTERN = 100  # characters that SQLite looks for; it compares each of a name with each of them
_LETTER = "Lo"  # the Unicode category of Chinese characters; the table lists neither signs nor digits


class RareName(NamedTuple):
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
        rare = {one: font for one in set(_joined(model)) if (font := _font_of(one)) != ""}
        if rare:
            found += (_rare(whose, values, rare) for values in _having(model, rare))
    return tuple(found)


def _joined(model: Any) -> str:
    return model.select(fn.GROUP_CONCAT(model.name, "")).scalar() or ""


def _having(model: Any, characters: Iterable[str]) -> Iterable[tuple[Any, ...]]:
    """Id, name and place of the rows with one of these characters in their names, by id."""
    wanted = sorted(characters)
    query = model.select(model.id, model.name, _place(model)).order_by(model.id)
    if len(wanted) <= _MOST_OF_A_PATTERN:
        query = query.where(NodeList((model.name, SQL("GLOB"), f"*[{''.join(wanted)}]*")))
    rows: Iterable[tuple[Any, ...]] = plain_rows(query.join(models.Unit) if model is models.Person else query)
    is_without = frozenset(wanted).isdisjoint
    return [row for row in rows if not is_without(row[1])]


def _place(model: Any) -> Any:
    if model is models.Person:
        return models.Unit.name
    return model.unit_name if model is models.Judge else fn.TRIM("")


def _rare(whose: str, values: tuple[Any, ...], rare: Mapping[str, str | None]) -> RareName:
    row_id, name, where = values
    return RareName(whose, row_id, name, where, tuple((one, rare[one]) for one in dict.fromkeys(name) if one in rare))


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
