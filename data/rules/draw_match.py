"""Draws that give everyone something: optional stations, lanes, and judges' seats, by one rule.

The list has one entry for every pair that could be drawn: who, and which place. The walk over the RFC
order takes a pair when

- its `who` still needs a place of this kind (else HAS),
- the pair is not closed by a recusal (else RECUSAL),
- the place is not full (else FULL), and
- all the others can still get theirs afterwards (else LATER).

Places that share everyone equally have loads that differ by one at most: with n to place on L
places each gets n // L, and n % L of them one more. Whether the others can still be served is decided
exactly: a full assignment of all who are left is kept at hand, those with the same open places
counted together, and a pair fits when that assignment can be turned, by moving people along a
chain of places, into one that has it (the augmenting path of a maximum flow).
"""

from collections import Counter, deque
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

HAS = "has"
RECUSAL = "recusal"
FULL = "full"
LATER = "later"
_NOBODY = -1


@dataclass(frozen=True)
class Pair:
    """One entry of the list: somebody and a place."""

    who: Hashable
    place: Hashable
    closed: bool = False


class CannotServe(ValueError):
    """Not everyone can have a place: `who` have only `places` open, which have room for `room` of them."""

    def __init__(self, who: Sequence[Hashable], places: Sequence[Hashable], room: int) -> None:
        super().__init__(f"{len(who)} for {room} in {len(places)} places")
        self.who = tuple(who)
        self.places = tuple(places)
        self.room = room


def take_first(walk: Sequence[Pair], needs: Mapping[Hashable, int]) -> list[str]:
    """Without limits on the places: everyone takes the first open ones of the walk, as many as needed.

    Returns what became of each pair: empty if it was drawn, else HAS or RECUSAL.

    Raises:
        CannotServe: somebody has not as many open places as needed.
    """
    left = dict(needs)
    fates = []
    for pair in walk:
        if not left.get(pair.who):
            fates.append(HAS)
        elif pair.closed:
            fates.append(RECUSAL)
        else:
            left[pair.who] -= 1
            fates.append("")
    for who, lacking in left.items():
        if lacking:
            places = [pair.place for pair in walk if pair.who == who and not pair.closed]
            raise CannotServe([who], places, len(places))
    return fates


def share_out(walk: Sequence[Pair], *, seats: bool = False) -> list[str]:
    """Everyone takes one place; the places share everyone equally or, when they are `seats`, hold one each.

    Returns what became of each pair: empty if it was drawn, else HAS, RECUSAL, FULL or LATER.

    Raises:
        CannotServe: no assignment serves everyone. This depends on the pairs alone, not on their order.
    """
    loads = _Loads(walk, seats=seats)
    has: set[Hashable] = set()
    fates = []
    for pair in walk:
        if pair.who in has:
            fates.append(HAS)
        elif pair.closed:
            fates.append(RECUSAL)
        elif loads.is_full(pair.place):
            fates.append(FULL)
        elif not loads.take(pair.who, pair.place):
            fates.append(LATER)
        else:
            has.add(pair.who)
            fates.append("")
    return fates


class _Loads:
    """The places, those who have them, and a full assignment of those who have none yet.

    Places are counted in bins: each is a bin of its own when all share equally; seats that are open
    to the same people form one bin with room for as many. People are counted in groups with the same
    open bins. `_planned[bin][group]` is how many of a group the assignment puts there, `_load` counts
    these and those who have their place.
    """

    def __init__(self, pairs: Sequence[Pair], *, seats: bool) -> None:
        open_to: dict[Hashable, dict[Hashable, None]] = {pair.place: {} for pair in pairs}
        self._people: dict[Hashable, int] = dict.fromkeys((pair.who for pair in pairs), 0)
        for pair in pairs:
            if not pair.closed:
                open_to[pair.place][pair.who] = None
        self._seats = seats
        self._bin_of = _bins(open_to) if seats else {place: number for number, place in enumerate(open_to)}
        places = Counter(self._bin_of.values())
        self._floor, self._extras = 1, 0
        if not seats and places:
            self._floor, self._extras = divmod(len(self._people), len(places))
        self._base = [self._floor * places[number] for number in range(len(places))]
        self._gone: Counter[Hashable] = Counter()  # how many have taken each place
        self._load = [0] * len(places)
        self._planned: list[Counter[int]] = [Counter() for _number in places]
        self._open: list[tuple[int, ...]] = []
        self._form_groups(open_to)
        for group in self._people.values():
            reached = self._put(group, self._open[group])
            if reached is not None:
                raise self._refusal(reached)

    def _form_groups(self, open_to: Mapping[Hashable, Iterable[Hashable]]) -> None:
        bins: dict[Hashable, set[int]] = {who: set() for who in self._people}
        for place, people in open_to.items():
            for who in people:
                bins[who].add(self._bin_of[place])
        groups: dict[tuple[int, ...], int] = {}
        for who, numbers in bins.items():
            self._people[who] = groups.setdefault(tuple(sorted(numbers)), len(groups))
        self._open = list(groups)

    def is_full(self, place: Hashable) -> bool:
        """Whether the place has taken all that it may."""
        taken = self._gone[place]
        if taken < self._floor:
            return False
        if taken > self._floor or not self._extras:
            return True
        return sum(other > self._floor for other in self._gone.values()) >= self._extras

    def take(self, who: Hashable, place: Hashable) -> bool:
        """Give somebody a place that is not full, if everyone else can still be served."""
        group, number = self._people[who], self._bin_of[place]
        if not self._planned[number][group]:
            own = next(other for other in self._open[group] if self._planned[other][group])
            self._planned[own][group] -= 1
            self._load[own] -= 1
            if self._put(group, (number,)) is not None:
                self._planned[own][group] += 1
                self._load[own] += 1
                return False
        self._planned[number][group] -= 1
        self._gone[place] += 1
        return True

    def _put(self, group: int, starts: Sequence[int]) -> set[int] | None:
        """Plan one more of a group into one of these bins, by moving others on where that is needed.

        A bin that is given one too many passes one of its planned people on to another bin that is
        open to them; or it grows by an extra, and a bin that had one must pass somebody on. Returns
        None when it is done, else the bins among which nobody can be moved any further.
        """
        came: dict[int, tuple[int, int] | None] = dict.fromkeys(starts)
        waiting = deque(starts)
        while waiting:
            number = waiting.popleft()
            if self._has_room(number):
                self._move(group, number, came)
                return None
            for other, moved in self._next_bins(number):
                if other not in came:
                    came[other] = (number, moved)
                    waiting.append(other)
        return set(came)

    def _has_room(self, number: int) -> bool:
        load, base = self._load[number], self._base[number]
        return load < base or (load == base and self._extras_used() < self._extras)

    def _extras_used(self) -> int:
        return sum(load > base for load, base in zip(self._load, self._base, strict=True))

    def _next_bins(self, number: int) -> Iterator[tuple[int, int]]:
        """Where one too many in this bin can go on to, with the group that moves; _NOBODY when an extra does."""
        for group, planned in self._planned[number].items():
            if planned:
                for other in self._open[group]:
                    yield other, group
        if self._extras and self._load[number] == self._base[number]:
            for other, load in enumerate(self._load):
                if load > self._base[other]:
                    yield other, _NOBODY

    def _move(self, group: int, end: int, came: Mapping[int, tuple[int, int] | None]) -> None:
        step = came[end]
        self._load[end] += 1
        while step is not None:
            before, moved = step
            if moved != _NOBODY:
                self._planned[end][moved] += 1
                self._planned[before][moved] -= 1
            else:
                self._load[end] -= 1
                self._load[before] += 1
            end, step = before, came[before]
        self._planned[end][group] += 1

    def _refusal(self, reached: set[int]) -> CannotServe:
        who = [person for person, group in self._people.items() if reached.issuperset(self._open[group])]
        places = [place for place, number in self._bin_of.items() if number in reached]
        room = sum(self._base[number] for number in reached) + min(self._extras, len(reached))
        return CannotServe(who, places, room)


def _bins(open_to: Mapping[Hashable, Iterable[Hashable]]) -> dict[Hashable, int]:
    """Places that are open to the same people share a number."""
    numbers: dict[frozenset[Hashable], int] = {}
    return {place: numbers.setdefault(frozenset(people), len(numbers)) for place, people in open_to.items()}
