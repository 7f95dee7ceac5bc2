"""Slips of the finger: what somebody may type instead of the value that stands on the paper.

A slip is a value that the desk accepts; one that it refuses at the key is noticed at once. Digits slip to a
neighbour on the keyboard, are left out, typed twice or swapped, a decimal point is forgotten, a grade is the next one,
a tick is missed or set at the wrong line.
"""

from collections.abc import Iterator, Mapping

from data.rules import marksheet
from data.rules.decimals import NumberProblem, read_milli, show_milli
from data.rules.marksheet import Value, ValueProblem
from data.rules.plan import Item

_ROW = "1234567890"  # above the letters
_PAD = ("789", "456", "123", "0")  # at the right
_MOST_COUNT = 99


def slips(item: Item, value: Value) -> tuple[Value, ...]:
    """All that may be typed instead of a value by one slip, each once, in an order that depends on nothing else."""
    if item.kind in marksheet.TICKS:
        return (not value,)
    if isinstance(value, str):
        labels = [grade.label for grade in marksheet.rule_of(item).grades]
        place = labels.index(value)
        return tuple(labels[near] for near in (place - 1, place + 1) if 0 <= near < len(labels))
    if isinstance(value, Mapping):
        return tuple(_ticked_wrongly(item, value))
    found: dict[Value, None] = {}
    for text in texts(show_milli(value)):
        try:
            typed = marksheet.read_value(item, text)
        except ValueProblem:
            continue
        if typed != value:
            found[typed] = None
    return tuple(found)


def total_slips(milli: int, full_milli: int) -> tuple[int, ...]:
    """All that may be typed instead of a total of a sheet by one slip, each once."""
    found: dict[int, None] = {}
    for text in texts(show_milli(milli)):
        try:
            typed = read_milli(text)
        except NumberProblem:
            continue
        if typed != milli and 0 <= typed <= full_milli:
            found[typed] = None
    return tuple(found)


def texts(text: str) -> Iterator[str]:
    """What comes of one slip while these digits are typed; some of it may be no number any more."""
    for place, sign in enumerate(text):
        before, after = text[:place], text[place + 1 :]
        yield before + after
        if sign == ".":
            continue
        yield before + sign + sign + after
        for near in _neighbours(sign):
            yield before + near + after
        if after[:1].isdigit():
            yield before + after[0] + sign + after[1:]


def _neighbours(digit: str) -> Iterator[str]:
    place = _ROW.index(digit)
    yield from _ROW[max(place - 1, 0) : place]
    yield from _ROW[place + 1 : place + 2]
    row = next(number for number, keys in enumerate(_PAD) if digit in keys)
    column = _PAD[row].index(digit)
    for other in (row - 1, row + 1):
        if 0 <= other < len(_PAD) and column < len(_PAD[other]):
            yield _PAD[other][column]


def _ticked_wrongly(item: Item, counts: Mapping[str, int]) -> Iterator[Value]:
    """A tick that was not seen, one too many, one in the wrong line, a count that is off by one."""
    known = marksheet.rule_of(item).deductions
    names = [one.text for one in known]
    for place, one in enumerate(known):
        count = counts.get(one.text, 0)
        others = {name: times for name, times in counts.items() if name != one.text}
        if not count:
            yield {**others, one.text: 1}
            continue
        yield others
        if one.counted:
            if count > 1:
                yield {**others, one.text: count - 1}
            if count < _MOST_COUNT:
                yield {**others, one.text: count + 1}
        for near in (place - 1, place + 1):
            if 0 <= near < len(names) and names[near] not in counts:
                yield {**others, names[near]: 1}
