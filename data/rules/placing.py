"""The places of a division while its results change one by one; a step costs about as much however many there are.

What it says is what `standings.stand` says of the same results: those of one total are ranked and awarded by the same
functions, and how many are above them is all that they need to know of the others.
"""

from bisect import bisect_left, insort
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from fractions import Fraction

from data.rules import ranking
from data.rules.awards import CutLine
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


@dataclass
class _Equals:
    """Those of one total by key; `ranked`: what tells them apart, their first place taken for 1, once it was asked."""

    members: dict[int, EntrantResult] = field(default_factory=dict)
    ranked: ranking.Ranking | None = None


class Placing:
    """The results of one division, each of which can be put anew."""

    def __init__(self, division: DivisionSpec, results: Iterable[EntrantResult] = ()) -> None:
        """The order of the results is that in which those without a place are listed."""
        self.division = division
        self.competing = 0
        self.complete = 0
        self._results: dict[int, EntrantResult] = {}
        self._ordered: list[tuple[int, Fraction]] = []  # the totals of all who have a place, best first
        self._equals: dict[Fraction, _Equals] = {}
        for result in results:
            self.put(result)

    def put(self, result: EntrantResult) -> None:
        """Take in the result of somebody, instead of the one that he had, or as the last one in the list."""
        before = self._results.get(result.key)
        if before is not None:
            self._count(before, -1)
            self._take_out(before)
        self._results[result.key] = result
        self._count(result, 1)
        if result.total is not None and has_place(result):
            insort(self._ordered, ranking.best_first(result.total))
            equals = self._equals.setdefault(result.total, _Equals())
            equals.members[result.key] = result
            equals.ranked = None

    def standing(self, key: int) -> Standing:
        """What `stand` would say of one entrant."""
        result = self._results[key]
        if result.total is None or not has_place(result):
            return Standing(result, None)
        above = bisect_left(self._ordered, ranking.best_first(result.total))
        return standing_of(result, *self._placed(result.total, above))

    def whole(self) -> DivisionResult:
        """What `stand` would say of everyone."""
        places: dict[int, ranking.Place] = {}
        levels: dict[int, str] = {}
        ties: list[ranking.Tie] = []
        cut: list[CutLine] = []
        shared: list[CutLine] = []
        above = 0
        while above < len(self._ordered):
            total = self._ordered[above][1] * -1
            ranked, awarded = self._placed(total, above)
            places.update(ranked.places)
            levels.update(awarded.levels)
            ties += ranked.ties
            cut += awarded.cut
            shared += awarded.shared
            above += len(self._equals[total].members)
        standings = [Standing(one, places.get(key), levels.get(key, "")) for key, one in self._results.items()]
        return DivisionResult(
            tuple(sorted(standings, key=list_order)),
            self.competing,
            self.complete,
            tuple(ties),
            self._by_level(cut),
            self._by_level(shared),
        )

    def _by_level(self, lines: list[CutLine]) -> tuple[CutLine, ...]:
        names = [level.name for level in self.division.levels]
        return tuple(sorted(lines, key=lambda line: names.index(line.level)))

    def _count(self, result: EntrantResult, by: int) -> None:
        self.competing += by * result.competes
        self.complete += by * is_complete(result)

    def _take_out(self, result: EntrantResult) -> None:
        if result.total is None or not has_place(result):
            return
        del self._ordered[bisect_left(self._ordered, ranking.best_first(result.total))]
        equals = self._equals[result.total]
        del equals.members[result.key]
        equals.ranked = None
        if not equals.members:
            del self._equals[result.total]

    def _placed(self, total: Fraction, above: int) -> tuple[ranking.Ranking, Awarded]:
        """The places of those of this total, when so many are above them, and what they are awarded."""
        equals = self._equals[total]
        if equals.ranked is None:
            equals.ranked = ranking.rank(contender(self.division, one) for one in equals.members.values())
        ranked = ranking.Ranking(
            {key: replace(place, place=place.place + above) for key, place in equals.ranked.places.items()},
            tuple(replace(tie, place=tie.place + above) for tie in equals.ranked.ties),
        )
        if self.complete < self.competing:
            return ranked, Awarded()
        return ranked, award(self.division, self.competing, equals.members.values(), ranked)
