"""Finding Chinese text by what people type: characters, full pinyin, or its initials (`zwj` finds 张伟杰)."""

from functools import lru_cache
from itertools import product

from data.queries.characters import initials, syllables
from data.rules.identity import fold_width

_MANY_READINGS = 64  # a name of many polyphonic characters is spelt in at most so many ways


def matches(text: str, query: str) -> bool:
    """Whether the text holds the query: as characters (case and width ignored), in pinyin, or by initials.

    An empty query matches everything.
    """
    wanted = "".join(fold_width(query).lower().split())
    if not wanted:
        return True
    return any(wanted in spelling for spelling in spellings(text))


def is_whole(text: str, query: str) -> bool:
    """Whether the query is all of the text, in characters or in full pinyin."""
    wanted, plain = ("".join(fold_width(one).lower().split()) for one in (query, text))
    if wanted == plain or not wanted.isascii() or plain.isascii():
        return wanted == plain
    return wanted in _joined([syllables(character) for character in plain])


@lru_cache(maxsize=65536)
def spellings(text: str) -> tuple[str, ...]:
    """All that a search may find this text by: itself without blanks, its full pinyin, and its initials."""
    plain = "".join(fold_width(text).lower().split())
    if plain.isascii():
        return (plain,)
    full = _joined([syllables(character) for character in plain])
    short = _joined([initials(character) for character in plain])
    return tuple(dict.fromkeys((plain, *full, *short)))


def _joined(readings: list[tuple[str, ...]]) -> list[str]:
    ways = 1
    for index, syllable in enumerate(readings):
        ways *= len(syllable)
        if ways > _MANY_READINGS:
            readings[index:] = [choice[:1] for choice in readings[index:]]
            break
    return ["".join(choice).replace("·", "") for choice in product(*readings)]
