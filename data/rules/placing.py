"""The places of a division while its results change one by one; a step costs about as much however many there are.

What it says is what `standings.stand` says of the same results: those of one total are ranked and awarded by the same
functions, and how many are above them is all that they need to know of the others.
"""

from bisect import bisect_left, insort
from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from data.rules import ranking
from data.rules.standings import (
    Awarded,
    DivisionResult,
    DivisionSpec,
    EntrantResult,
    Standing,
    award,
    contender,
    has_place,
    is_complete,
    list_order,
    standing_of,
)

_Line = tuple[int, Fraction, int]  # the total for sorting, best first, and the key


class Placing:
    """The results of one division, each of which can be put anew."""

    def __init__(self, division: DivisionSpec, results: Iterable[EntrantResult] = ()) -> None:
        """The order of the results is that in which those without a place are listed."""
        self.division = division
        self.competing = 0
        self.complete = 0
        self._results: dict[int, EntrantResult] = {}
        self._lines: list[_Line] = []  # of all who have a place, best first
        for result in results:
            self.put(result)

    def put(self, result: EntrantResult) -> None:
        """Take in the result of somebody, instead of the one that he had, or as the last one in the list."""
        before = self._results.get(result.key)
        if before is not None:
            self._count(before, -1)
            if has_place(before):
                del self._lines[bisect_left(self._lines, _line(before))]
        self._results[result.key] = result
        self._count(result, 1)
        if has_place(result):
            insort(self._lines, _line(result))

    def standing(self, key: int) -> Standing:
        """What `stand` would say of one entrant."""
        result = self._results[key]
        if not has_place(result):
            return Standing(result, None)
        at = bisect_left(self._lines, _line(result))
        first, after = at, at + 1
        while first > 0 and self._is_equal(first - 1, at):
            first -= 1
        while after < len(self._lines) and self._is_equal(after, at):
            after += 1
        ranked = self._ranked(first, after)
        return standing_of(result, ranked, self._award(ranked))

    def whole(self) -> DivisionResult:
        """What `stand` would say of everyone."""
        places: dict[int, ranking.Place] = {}
        ties: list[ranking.Tie] = []
        first = 0
        while first < len(self._lines):
            after = first + 1
            while after < len(self._lines) and self._is_equal(after, first):
                after += 1
            ranked = self._ranked(first, after)
            places.update(ranked.places)
            ties += ranked.ties
            first = after
        ranked = ranking.Ranking(places, tuple(ties))
        awarded = self._award(ranked)
        standings = [standing_of(one, ranked, awarded) for one in self._results.values()]
        standings.sort(key=list_order)
        return DivisionResult(tuple(standings), self.competing, self.complete, ranked.ties, awarded.cut, awarded.shared)

    def _is_equal(self, one: int, other: int) -> bool:
        """Whether the totals of two lines are the same."""
        return self._lines[one][:2] == self._lines[other][:2]

    def _ranked(self, first: int, after: int) -> ranking.Ranking:
        """The places of those of one total, who are the lines from `first` until before `after`."""
        keys = [key for _thousandths, _total, key in self._lines[first:after]]
        if len(keys) == 1:
            return ranking.Ranking({keys[0]: ranking.Place(first + 1, False, 0)}, ())
        ranked = ranking.rank(contender(self.division, self._results[key]) for key in keys)
        return ranking.Ranking(
            {key: replace(place, place=place.place + first) for key, place in ranked.places.items()},
            tuple(replace(tie, place=tie.place + first) for tie in ranked.ties),
        )

    def _award(self, ranked: ranking.Ranking) -> Awarded:
        if self.complete < self.competing:
            return Awarded()
        return award(self.division, self.competing, [self._results[key] for key in ranked.places], ranked)

    def _count(self, result: EntrantResult, by: int) -> None:
        self.competing += by * result.competes
        self.complete += by * is_complete(result)


def _line(result: EntrantResult) -> _Line:
    assert result.total is not None
    return (*ranking.best_first(result.total), result.key)
