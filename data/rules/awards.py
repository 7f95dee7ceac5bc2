"""Who gets which award, and which award lines a tie still cuts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, pairwise

from data.rules.ranking import Tie
from data.rules.scoring import FULL_PERCENT


@dataclass(frozen=True)
class Level:
    """A level of award: a count, or per cent (in thousandths) of those who competed.

    least_milli: the total that it needs, in thousandths of a point, compared with the unrounded total.
    """

    name: str
    count: int | None = None
    percent_milli: int | None = None
    least_milli: int | None = None


@dataclass(frozen=True)
class CutLine:
    """The line below a level goes through a tie that nothing has decided."""

    level: str
    place: int
    keys: tuple[int, ...]


def level_sizes(levels: Sequence[Level], competed: int) -> tuple[int, ...]:
    """How many awards each level has; per cents are rounded half up. 28 people, 10/20/30% → 3, 6, 8."""
    return tuple(
        level.count
        if level.count is not None
        else (2 * (level.percent_milli or 0) * competed + FULL_PERCENT) // (2 * FULL_PERCENT)
        for level in levels
    )


def lines(levels: Sequence[Level], competed: int) -> tuple[int, ...]:
    """The last place of each level: the counts added up so far."""
    return tuple(accumulate(level_sizes(levels, competed)))


def reaches(level: Level, total: Fraction) -> bool:
    """Whether an unrounded total, in points, is enough for a level."""
    return level.least_milli is None or total * 1000 >= level.least_milli


def give(
    levels: Sequence[Level], competed: int, places: Mapping[int, int], totals: Mapping[int, Fraction]
) -> dict[int, int]:
    """The index of the level that each entrant gets, by key; who gets none is left out.

    A level goes to everyone not yet awarded whose place is within the counts added up so far and
    whose total is enough for it, so those who share a place share its award. A place that nobody's
    total is enough for goes to the next level.
    """
    last = lines(levels, competed)
    found = {}
    for key, place in places.items():
        level = _level(levels, last, place, totals[key])
        if level is not None:
            found[key] = level
    return found


def cut_lines(
    levels: Sequence[Level], competed: int, ties: Sequence[Tie], totals: Mapping[int, Fraction]
) -> tuple[CutLine, ...]:
    """The award lines that fall inside a tie: told apart, some of the tied would be above the line, some below."""
    last = lines(levels, competed)
    found = []
    for tie in ties:
        total = totals[tie.keys[0]]  # the same for all of them
        apart = [_level(levels, last, tie.place + behind, total) for behind in range(len(tie.keys))]
        found += [
            (above, CutLine(levels[above].name, tie.place, tie.keys))
            for above, below in pairwise(apart)
            if above is not None and above != below
        ]
    return tuple(line for _level_index, line in sorted(found, key=lambda pair: (pair[0], pair[1].place)))


def _level(levels: Sequence[Level], last: Sequence[int], place: int, total: Fraction) -> int | None:
    return next(
        (index for index, line in enumerate(last) if place <= line and reaches(levels[index], total)),
        None,
    )
