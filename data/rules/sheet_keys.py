"""Typing a mark sheet key by key: what is refused at once, and what one key gives."""

import re
from collections.abc import Iterator

from data.rules.decimals import read_milli
from data.rules.identity import fold_width
from data.rules.marksheet import (
    BONUS,
    DEDUCTIONS,
    GRADES,
    POINTS,
    TICKS,
    TIMED,
    Value,
    ValueProblem,
    accepted,
    rule_of,
)
from data.rules.plan import Item

_HALF = 500
_SCALES = (1, 10, 100, 1000, 10_000)  # a digit more each
_BEGUN_NUMBER = re.compile(r"\d{0,5}(?:\.\d{0,3})?", re.ASCII)
_BEGUN_TIME = re.compile(r"\d{0,5}(?::\d{0,2})?(?:\.\d{0,3})?", re.ASCII)


def check_begun(item: Item, text: str) -> None:
    """Check what a person has typed so far of points, bonus, seconds or a grade.

    Raises:
        ValueProblem: no further keys can make it a value of the item.
    """
    plain = fold_width(text).strip().replace("。", ".")
    if item.kind == GRADES:
        labels = tuple(grade.label for grade in rule_of(item).grades)
        if not any(label.casefold().startswith(plain.casefold()) for label in labels):
            raise ValueProblem("grade", labels=labels)
        return
    if not (_BEGUN_TIME if item.kind == TIMED else _BEGUN_NUMBER).fullmatch(plain):
        raise ValueProblem("comma" if "," in plain else "number", **accepted(item))
    if item.kind != TIMED and plain.strip("."):
        low = read_milli(plain)
        if not any(_has_value(item, *span) for span in _spans(plain, low)):
            raise ValueProblem("range" if low > item.full_milli else "step", **accepted(item))


def _spans(plain: str, low: int) -> Iterator[tuple[int, int]]:
    """The numbers, from and up to, that begin with these digits."""
    _whole, point, decimals = plain.partition(".")
    if point:
        yield low, low + 10 ** (3 - len(decimals)) - 1
        return
    for scale in _SCALES:
        yield low * scale, (low + 1000) * scale - 1


def _has_value(item: Item, low: int, high: int) -> bool:
    """Whether the item takes one of these numbers."""
    if low <= item.full_milli <= high:
        return True
    return -(-low // item.step_milli) * item.step_milli <= min(high, item.full_milli)


def at_one_key(item: Item, text: str) -> Value | None:
    """What the plus key makes of an item of which this text is typed; None where it means nothing.

    With nothing typed it is the full mark: all points, the best grade, no deduction, no tick. A bonus and seconds are
    never given by one key. After whole points of a sheet in halves it is half a point more.
    """
    plain = fold_width(text).strip()
    if plain:
        halves = item.kind in (POINTS, BONUS) and item.step_milli == _HALF and plain.isascii() and plain.isdigit()
        more = read_milli(plain) + _HALF if halves else None
        return more if more is not None and more <= item.full_milli else None
    if item.kind == POINTS:
        return item.full_milli
    if item.kind == GRADES:
        return max(rule_of(item).grades, key=lambda grade: grade.milli).label
    if item.kind == DEDUCTIONS:
        return {}
    return False if item.kind in TICKS else None
