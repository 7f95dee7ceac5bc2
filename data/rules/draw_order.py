"""The order of a division under two constraints: colleagues apart, and every unit spread over waves.

Positions are filled one by one. At each of them the walk over the RFC order takes the next who is
left and whom the constraints allow; whom it passes over is written down with the reason:

- APART: a colleague stands just before;
- WAVE: the unit has its share of this wave already;
- LATER: with this one here nobody could finish the order any more without breaking a constraint.

Waves cut the order into parts whose sizes differ by one at most, the longer ones first. A unit with
c people in n waves has floor(c/n) or ceil(c/n) of them in each. Nobody's name or number matters to a
constraint, only how many each unit has left; so whether an order can be finished is decided by
counting, exactly, and the walk never has to go back.

Before the first position only one thing stands in the way of a whole division: a unit of more than
half of it (rounded up) cannot be kept apart. Waves never do: the tests try every division of up to 14.
"""

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass

APART = "apart"
WAVE = "wave"
LATER = "later"


@dataclass(frozen=True)
class Passed:
    """Someone passed over while a position was filled. `who` counts from 0 in the walk, `position` from 1."""

    who: int
    why: str
    position: int


@dataclass(frozen=True)
class Arrangement:
    """The order of a division: places in the walk (from 0), and who was passed over, in the order it happened."""

    order: tuple[int, ...]
    passed_over: tuple[Passed, ...]


class CannotHold(ValueError):
    """No order of these units keeps the constraints."""


def wave_sizes(size: int, waves: int) -> list[int]:
    """How many stand in each wave: at most as many waves as people, the longer ones first."""
    waves = max(1, min(waves, size))
    return [size // waves + (wave < size % waves) for wave in range(waves)]


def arrange(units: Sequence[Hashable], *, apart: bool = False, waves: int = 1) -> Arrangement:
    """Fill the positions of a division from the units of its people, which stand in walking order.

    Raises:
        CannotHold: no order keeps the constraints.
    """
    if not apart and waves <= 1:
        return Arrangement(tuple(range(len(units))), ())
    places = _Places(Counter(units), apart=apart, waves=waves)
    if not places.can_be_filled():
        raise CannotHold
    behind = [*range(1, len(units) + 1), 0]  # behind[who] walks after `who`; behind[-1] is the first who is left
    order: list[int] = []
    passed: list[Passed] = []
    for position in range(1, len(units) + 1):
        verdicts: dict[Hashable, str] = {}
        before, who = -1, behind[-1]
        while True:
            unit = units[who]
            if unit not in verdicts:
                verdicts[unit] = places.verdict(unit)
            if not verdicts[unit]:
                break
            passed.append(Passed(who, verdicts[unit], position))
            before, who = who, behind[who]
        behind[before] = behind[who]
        order.append(who)
        places.take(units[who])
    return Arrangement(tuple(order), tuple(passed))


_State = tuple[int, int | None, tuple[int, ...]]  # next wave, the unit that must stand just before it, extras


class _Places:
    """The positions of a division as they are filled: what each unit has in this wave and may still have.

    A unit has its `share` in every wave and one more, an extra, in some of them. Where as many waves
    as extras remain, each of them takes one. As shares and extras of all units add up to the sizes of
    the waves, and those differ by one at most, extras that are not more than the waves left can
    always be dealt out (Gale and Ryser).

    Colleagues apart adds: k of a unit fit into p places when k <= (p + 1) // 2, or p // 2 when the
    unit stands just before them. A unit of at most half of every wave (rounded down) never stands in
    the way of another wave. The few larger ones can: when one fills every other place of an odd wave
    it stands at both ends, so it may not end the wave before. `_later_waves` searches where their
    extras can go; that search knows a state by the wave, the large unit that is bound to stand just before
    it, and the extras left.
    """

    def __init__(self, counts: Mapping[Hashable, int], *, apart: bool, waves: int) -> None:
        size = sum(counts.values())
        if apart and size < 2 * waves:
            waves = 1  # no wave has more than two places, and colleagues apart keep those different
        self._sizes = wave_sizes(size, waves)
        self._from_wave = [sum(self._sizes[wave:]) for wave in range(len(self._sizes))]
        self._apart = apart
        self._number = {unit: number for number, unit in enumerate(counts)}
        self._share = [count // len(self._sizes) for count in counts.values()]
        self._extras = [count % len(self._sizes) for count in counts.values()]
        self._taken = [0] * len(counts)
        self._wave = 0
        self._left = self._sizes[0]
        self._last: int | None = None
        half = self._sizes[-1] // 2
        self._large = [
            number for number, share in enumerate(self._share) if apart and share + (self._extras[number] > 0) > half
        ]
        self._dead: set[_State] = set()
        self._alive: set[_State] = set()

    def can_be_filled(self) -> bool:
        """Whether all positions can be filled, before the first is."""
        return self._later_waves(0, None, tuple(self._extras))

    def verdict(self, unit: Hashable) -> str:
        """Why nobody of this unit can stand at the next position; empty if somebody can."""
        number = self._number[unit]
        if self._apart and number == self._last:
            return APART
        if self._taken[number] >= self._share[number] + (self._extras[number] > 0):
            return WAVE
        return "" if self._can_go_on_with(number) else LATER

    def take(self, unit: Hashable) -> None:
        """Let somebody of this unit stand at the next position."""
        number = self._number[unit]
        self._taken[number] += 1
        self._last = number
        self._left -= 1
        if not self._left and self._wave + 1 < len(self._sizes):
            self._extras = [
                extras - (taken > share)
                for extras, taken, share in zip(self._extras, self._taken, self._share, strict=True)
            ]
            self._taken = [0] * len(self._taken)
            self._wave += 1
            self._left = self._sizes[self._wave]

    def _can_go_on_with(self, chosen: int) -> bool:
        """Whether the rest of this wave and all later ones can be filled after this unit."""
        left = self._left - 1
        waves = len(self._sizes) - self._wave
        needed, optional = [], []
        for number, (share, extras) in enumerate(zip(self._share, self._extras, strict=True)):
            taken = self._taken[number] + (number == chosen)
            need = max(0, share + (extras == waves) - taken)
            most = left if not self._apart else left // 2 if number == chosen else (left + 1) // 2
            if need > most:
                return False
            needed.append(need)
            if need < most and 0 < extras < waves and taken + need == share:
                optional.append(number)
        free = left - sum(needed)
        if not 0 <= free <= len(optional):
            return False
        if not self._large or waves == 1:
            return True
        for with_extra in self._choices(optional, free, self._extras):
            rest = [need + (number in with_extra) for number, need in enumerate(needed)]
            extras_after = tuple(
                extras - (self._taken[number] + (number == chosen) + rest[number] > self._share[number])
                for number, extras in enumerate(self._extras)
            )
            if self._later_waves(self._wave + 1, self._bound_end(rest, left, chosen), extras_after):
                return True
        return False

    def _choices(self, optional: Sequence[int], free: int, extras: Sequence[int]) -> Iterator[set[int]]:
        """Who of these takes the free extras of a wave: any of the large ones; of the others those who have most."""
        large = [number for number in optional if number in self._large]
        others = sorted(
            (number for number in optional if number not in self._large), key=lambda number: -extras[number]
        )
        for bits in range(1 << len(large)):
            chosen = {number for place, number in enumerate(large) if bits >> place & 1}
            if 0 <= free - len(chosen) <= len(others):
                yield chosen | set(others[: free - len(chosen)])

    def _bound_end(self, counts: Sequence[int], size: int, before: int | None) -> int | None:
        """The large unit that is bound to stand at the end of so many places, if one is."""
        if not size:
            return before if before in self._large else None
        for number in self._large:
            if counts[number] > size // 2 or (number == before and 2 * counts[number] == size):
                return number
        return None

    def _later_waves(self, wave: int, before: int | None, extras: tuple[int, ...]) -> bool:
        """Whether the waves from this one on can be filled."""
        if not self._large:
            return True
        start = (wave, before, extras)
        came: dict[_State, _State | None] = {}
        waiting: list[tuple[_State, _State | None]] = [(start, None)]
        while waiting:
            state, origin = waiting.pop()
            if state in came or state in self._dead:
                continue
            came[state] = origin
            if state[0] == len(self._sizes) or state in self._alive:
                path: _State | None = state
                while path is not None:
                    self._alive.add(path)
                    path = came[path]
                return True
            waiting.extend((filled, state) for filled in self._fillings(*state))
        self._dead.update(came)
        return False

    def _fillings(self, wave: int, before: int | None, extras: tuple[int, ...]) -> Iterator[_State]:
        """The states behind a wave that was filled in one of the ways that make a difference."""
        size, waves = self._sizes[wave], len(self._sizes) - wave
        left = self._from_wave[wave]
        if max(extras) > waves or any(
            self._share[number] * waves + extras[number] > (left // 2 if number == before else (left + 1) // 2)
            for number in self._large
        ):
            return
        must = {number for number, left in enumerate(extras) if left == waves}
        optional = [number for number, left in enumerate(extras) if 0 < left < waves]
        free = size - sum(self._share) - len(must)
        for choice in self._choices(optional, free, extras):
            with_extra = must | choice
            counts = [share + (number in with_extra) for number, share in enumerate(self._share)]
            if any(counts[number] > (size // 2 if number == before else (size + 1) // 2) for number in self._large):
                continue
            after = tuple(left - (number in with_extra) for number, left in enumerate(extras))
            yield wave + 1, self._bound_end(counts, size, before), after
