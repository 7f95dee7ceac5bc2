"""Places within a division: the unrounded totals, then the tie ladder, then the play-off, then a shared place."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

EXPECTED, PRESENT = "expected", "present"
ABSENT, WITHDREW, DISQUALIFIED, FAILED = "absent", "withdrew", "disqualified", "failed"
OUT = (DISQUALIFIED, WITHDREW, ABSENT)  # the graver first: it hides the others


@dataclass(frozen=True)
class Contender:
    """An entrant with a complete total who competed to the end.

    `steps`: the values of the tie ladder, higher is better (a time goes in negated); None where
    an entrant has none. A step decides within a group of equals only if every one of them has it.
    `playoff`: his place in a play-off, 1 is best.
    """

    key: int
    total: Fraction
    steps: tuple[Fraction | None, ...] = ()
    playoff: int | None = None


@dataclass(frozen=True)
class Place:
    """`shared`: others have the same place. `decided_by`: how many rungs of the ladder were needed:
    0 the total, n the n-th step, one more than there are steps for the play-off."""

    place: int
    shared: bool
    decided_by: int


@dataclass(frozen=True)
class Tie:
    """Entrants that nothing tells apart, all at this place."""

    place: int
    keys: tuple[int, ...]


@dataclass(frozen=True)
class Ranking:
    places: Mapping[int, Place]
    ties: tuple[Tie, ...]


@dataclass(frozen=True)
class _Group:
    contenders: tuple[Contender, ...]
    decided_by: int


def rank(contenders: Iterable[Contender]) -> Ranking:
    """Place every contender: 1, 2, 2, 4. The order of the contenders never matters."""
    places: dict[int, Place] = {}
    ties = []
    next_place = 1
    for group in _groups(sorted(contenders, key=lambda contender: contender.key)):
        keys = tuple(contender.key for contender in group.contenders)
        for key in keys:
            places[key] = Place(next_place, len(keys) > 1, group.decided_by)
        if len(keys) > 1:
            ties.append(Tie(next_place, keys))
        next_place += len(keys)
    return Ranking(places, tuple(ties))


def _groups(contenders: Sequence[Contender]) -> list[_Group]:
    ordered = sorted(contenders, key=lambda contender: best_first(contender.total))
    found: list[_Group] = []
    for _total, group in groupby(ordered, key=lambda contender: contender.total):
        found += _split(_Group(tuple(group), 0), 0)
    return found


def best_first(total: Fraction) -> tuple[int, Fraction]:
    """A total for sorting: negated; its thousandths before it, for integers compare ten times as fast as fractions."""
    return -total.numerator * 1000 // total.denominator, -total


def _split(group: _Group, step: int) -> list[_Group]:
    """The group, best first, told apart by the rungs from this one on."""
    members = group.contenders
    rungs = len(members[0].steps) + 1
    if len(members) == 1 or step == rungs:
        return [group]
    values = [_rung(member, step) for member in members]
    if None in values:
        return _split(group, step + 1)
    found: list[_Group] = []
    ordered = sorted(zip(values, members, strict=True), key=lambda pair: -(pair[0] or 0))
    parts = [tuple(member for _value, member in part) for _key, part in groupby(ordered, key=lambda pair: pair[0])]
    for part in parts:
        found += _split(_Group(part, group.decided_by if len(parts) == 1 else step + 1), step + 1)
    return found


def _rung(contender: Contender, step: int) -> Fraction | None:
    if step < len(contender.steps):
        return contender.steps[step]
    return None if contender.playoff is None else Fraction(-contender.playoff)


def state_of(states: Iterable[str]) -> str:
    """The state of an entrant out of his own and those of his visits: one that ends his competing wins."""
    found = set(states)
    for state in OUT:
        if state in found:
            return state
    return PRESENT if PRESENT in found else EXPECTED
