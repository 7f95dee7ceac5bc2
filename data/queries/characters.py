"""How single Chinese characters are read. pypinyin's dictionaries are loaded when somebody first asks."""

import os
from functools import lru_cache

# Characters are read one by one, so the dictionary of words has no use: it takes 45 MB, and each collection of
# Python's garbage takes 30 ms longer with it.
os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")


@lru_cache(maxsize=32768)
def syllables(character: str) -> tuple[str, ...]:
    """All ways to read a character, without tones; what has no reading as it is."""
    from pypinyin import Style, pinyin

    return tuple(dict.fromkeys(pinyin(character, style=Style.NORMAL, heteronym=True)[0]))


@lru_cache(maxsize=32768)
def initials(character: str) -> tuple[str, ...]:
    """The first letters of all ways to read a character; what has no reading as it is."""
    from pypinyin import Style, pinyin

    return tuple(dict.fromkeys(pinyin(character, style=Style.FIRST_LETTER, heteronym=True)[0]))


@lru_cache(maxsize=32768)
def toned_syllable(character: str) -> str:
    """The usual reading with the tone as a number behind it (5: none), empty when there is no reading."""
    from pypinyin import Style, pinyin

    found = pinyin(character, style=Style.TONE3, heteronym=False, errors="ignore", neutral_tone_with_five=True)
    return found[0][0] if found else ""
