"""Typing a sheet a second time (复核录入): which sheets it is due for, and where two typings of one sheet differ."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from data.rules.marksheet import Value, from_json, score_sheet
from data.rules.plan import Item

NONE, ALL, SAMPLE, TOP = "none", "all", "sample", "top"  # what an event asks for (复核方式)
AGREED, DIFFERS, SETTLED = "agreed", "differs", "settled"  # what came of a second typing
VERIFIED = (AGREED, SETTLED)

_HASH_BYTES = 8


@dataclass(frozen=True)
class Typing:
    """What one person typed of a sheet.

    values: by item number as text, as a mark stores them; none for a sheet of which only the total was typed.
    sum_milli: what the values are worth, or that total. paper_milli: the total that stands on the paper; the sum
    where it was not typed.
    """

    values: Mapping[str, Value]
    sum_milli: int
    paper_milli: int


@dataclass(frozen=True)
class Difference:
    """Where two typings of a sheet say different things: an item, or the total (`number` None).

    Values are those of data/rules/marksheet.py, None for a tick that was not made; of the total, thousandths of
    points: what the first typing is worth, and what the paper says.
    """

    number: int | None
    first: Value | None
    second: Value | None


def in_sample(salt: str, sheet: str, percent: int) -> bool:
    """Whether a sheet is one of about `percent` in a hundred. Always the same answer for the same sheet, and none
    that could be foreseen without the salt.

    sheet: any text that tells it from all others.
    """
    digest = hashlib.sha256(f"{salt}\n{sheet}".encode()).digest()[:_HASH_BYTES]
    return int.from_bytes(digest) * 100 < percent << (8 * _HASH_BYTES)


def second_typing(items: tuple[Item, ...], values: Mapping[str, Value], paper_milli: int) -> Typing:
    """The second typing as it is kept: complete values, or none beside the total of the paper."""
    worth = score_sheet(items, from_json(values)).total_milli if values else paper_milli
    return Typing(values, paper_milli if worth is None else worth, paper_milli)


def compare(first: Typing, second: Typing) -> tuple[Difference, ...]:
    """Where two typings of a sheet differ, item by item, the total last.

    The total is the check sum of the paper: two people who make the same slip agree with one another, but not with
    what the judge added up. It counts as different where the second typing contradicts itself, and where only
    totals can be compared.
    """
    found = []
    if first.values:
        for number in sorted({*first.values, *second.values}, key=int):
            values = first.values.get(number), second.values.get(number)
            if values[0] != values[1]:
                found.append(Difference(int(number), *values))
    of_second = second.sum_milli if first.values else first.sum_milli
    if second.paper_milli != of_second:
        found.append(Difference(None, first.sum_milli, second.paper_milli))
    return tuple(found)


def is_confirmed(decided: Typing, first: Typing, second: Typing, *, has_total: bool) -> bool:
    """Whether nothing in a decision rests on one typing alone.

    Each value of it was typed before, or (`has_total`) its values add up to the total that stands on the paper.
    """
    if not decided.values:
        return decided.sum_milli in (first.sum_milli, second.paper_milli)
    numbers = {*decided.values, *first.values, *second.values}
    return has_total or all(
        decided.values.get(number) in (first.values.get(number), second.values.get(number)) for number in numbers
    )
