"""Who gets which award, and which award lines a tie still cuts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from data.rules.ranking import Tie

_WHOLE = 100_000  # a hundred per cent in thousandths


@dataclass(frozen=True)
class Level:
    """A level of award: a count, or per cent (in thousandths) of those who competed."""

    name: str
    count: int | None = None
    percent_milli: int | None = None


@dataclass(frozen=True)
class CutLine:
    """The line below a level goes through a tie that nothing has decided."""

    level: str
    place: int
    keys: tuple[int, ...]


def level_sizes(levels: Sequence[Level], competed: int) -> tuple[int, ...]:
    """How many awards each level has; per cents are rounded half up. 28 people, 10/20/30% → 3, 6, 8."""
    return tuple(
        level.count if level.count is not None else (2 * (level.percent_milli or 0) * competed + _WHOLE) // (2 * _WHOLE)
        for level in levels
    )


def _lines(levels: Sequence[Level], competed: int) -> list[int]:
    return list(accumulate(level_sizes(levels, competed)))


def give(levels: Sequence[Level], competed: int, places: Mapping[int, int]) -> dict[int, int]:
    """The index of the level that each entrant gets, by key; who gets none is left out.

    A level goes to everyone not yet awarded whose place is within the counts added up so far,
    so those who share a place share its award.
    """
    lines = _lines(levels, competed)
    found = {}
    for key, place in places.items():
        level = next((index for index, line in enumerate(lines) if place <= line), None)
        if level is not None:
            found[key] = level
    return found


def cut_lines(levels: Sequence[Level], competed: int, ties: Sequence[Tie]) -> tuple[CutLine, ...]:
    """The award lines that fall inside a tie: some of the tied are above the line, some below."""
    lines = [0, *_lines(levels, competed)]
    return tuple(
        CutLine(level.name, tie.place, tie.keys)
        for level, (above, line) in zip(levels, pairwise(lines), strict=True)
        for tie in ties
        if line > above and tie.place <= line < tie.place + len(tie.keys) - 1
    )
