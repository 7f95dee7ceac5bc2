"""The two orders in which Chinese lists name people: by pinyin, and by the strokes of the surname (按姓氏笔画).

By strokes: the character with fewer strokes first; of as many, by the kinds of the strokes as they are
written, 横竖撇点折 (GF 3003-1999, the order of the 通用规范汉字表); then the next characters; 王伟 before 王伟民.
By pinyin: syllable, tone, then strokes, character by character (GB/T 13418-1992); surnames of several
readings are read as surnames. Where the order of strokes of a rare character is not known, its count is.
"""

from functools import cache, lru_cache
from pathlib import Path

from data.queries.characters import toned_syllable
from data.rules import identity

STROKES = Path(__file__).parent.parent.parent / "resources" / "names" / "strokes.txt"

StrokeKey = tuple[tuple[int, int], ...]
PinyinKey = tuple[tuple[str, int, tuple[int, int]], ...]

# How a surname is read where it is read otherwise in other words; two-character surnames first among equals.
_SURNAMES = {
    "万俟": "mo4 qi2",
    "尉迟": "yu4 chi2",
    "澹台": "tan2 tai2",
    "长孙": "zhang3 sun1",
    "单于": "chan2 yu2",
    "令狐": "ling2 hu2",
    "单": "shan4",
    "曾": "zeng1",
    "解": "xie4",
    "仇": "qiu2",
    "朴": "piao2",
    "查": "zha1",
    "区": "ou1",
    "盖": "ge3",
    "任": "ren2",
    "华": "hua4",
    "纪": "ji3",
    "种": "chong2",
    "繁": "po2",
    "折": "she2",
    "黑": "he4",
    "秘": "bi4",
    "覃": "qin2",
    "翟": "zhai2",
    "那": "na1",
    "甯": "ning4",
    "缪": "miao4",
    "乜": "nie4",
    "员": "yun4",
    "召": "shao4",
    "牟": "mu4",
    "过": "guo1",
    "乐": "yue4",
    "都": "du1",
    "祭": "zha4",
    "哈": "ha3",
    "葛": "ge3",
    "燕": "yan1",
    "占": "zhan1",
    "隗": "wei3",
    "句": "gou1",
    "卜": "bu3",
    "撒": "sa3",
    "俱": "ju1",
    "阚": "kan4",
    "於": "yu1",
    "薄": "bo2",
    "干": "gan1",
}
_UNREAD = "~"  # behind every syllable


def by_strokes(name: str) -> StrokeKey:
    """A sort key: 丁 before 王, 王 before 尹; whatever has no strokes last, by code point."""
    return tuple(_stroke_key(character) for character in name if character not in "· ")


def by_pinyin(name: str) -> PinyinKey:
    """A sort key: 单 (shàn) behind 任 (rén); Latin letters as they are spelt, whatever cannot be read last."""
    characters = [character for character in name if character not in "· "]
    surname = _surname("".join(characters[:2]))
    readings = [*surname, *(_reading(character) for character in characters[len(surname) :])]
    return tuple(
        (syllable, tone, _stroke_key(character))
        for character, (syllable, tone) in zip(characters, readings, strict=True)
    )


def _surname(beginning: str) -> list[tuple[str, int]]:
    text = _SURNAMES.get(beginning) or _SURNAMES.get(beginning[:1], "")
    return [_split(syllable) for syllable in text.split()]


@lru_cache(maxsize=20_000)
def _reading(character: str) -> tuple[str, int]:
    plain = identity.fold_width(character).lower()
    if plain.isascii():
        return plain, 0
    syllable = toned_syllable(character)
    return _split(syllable) if syllable else (_UNREAD, 0)


def _split(syllable: str) -> tuple[str, int]:
    return syllable[:-1].replace("ü", "v"), int(syllable[-1])


def _stroke_key(character: str) -> tuple[int, int]:
    return _ranks().get(character) or (1, ord(character))


@cache
def _ranks() -> dict[str, tuple[int, int]]:
    lines = STROKES.read_text(encoding="utf-8").splitlines()
    ordered = "".join(line.partition("\t")[2] for line in lines)
    return {character: (0, rank) for rank, character in enumerate(ordered)}
