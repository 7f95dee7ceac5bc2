"""Publicly verifiable draws after RFC 3797: the key, the order, and what is drawn by walking it.

A draw has three public parts: a numbered list (the pool), a seed typed in front of everyone,
and this method. Anyone who has them gets the same result with any MD5 program.
"""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

METHOD = "RFC3797"
MAX_POOL = 1 << 16  # the step of RFC 3797 section 4 is two bytes
MIN_PARTS = 2
SEEDED = "S"  # competes without a draw (参赛=是)
PAST = "H"  # competed within the years that the event covers
QUOTA = "quota"
HISTORY = "history"

_BETWEEN_NUMBERS = re.compile(r"[\s.,;，、；。．·]+")
_POOL_ID = re.compile(  # numbers with the zeros that are printed, and no more
    r"(?P<division>.+)-(?P<unit>\d\d|[1-9]\d{2,8})-(?P<serial>\d{4}|[1-9]\d{4,17})(?P<mark>[SH]?)", re.ASCII
)


class SeedProblem(ValueError):
    """The seed cannot be used. code: parts (too few), empty, slash; `part` counts from 1."""

    def __init__(self, code: str, part: int = 0) -> None:
        super().__init__(code)
        self.code = code
        self.part = part


class BadPoolId(ValueError):
    """A text is not the id of a pool entry."""


class PoolTooLarge(ValueError):
    """The method numbers its steps with two bytes, so a pool has at most MAX_POOL entries."""


@dataclass(frozen=True, slots=True)
class PoolId:
    """What is printed for one entry of a pool, such as `1H-03-0124H`.

    It says everything that decides the draw (division, unit, whether seeded, whether of an earlier
    year), so the hash of the numbered ids fixes all of that before the seed is known.
    """

    division: str
    unit: int  # place of the unit in the plan, from 1
    serial: int
    mark: str = ""  # SEEDED, PAST or nothing

    def __str__(self) -> str:
        return f"{self.division}-{self.unit:02}-{self.serial:04}{self.mark}"

    @property
    def group(self) -> tuple[str, int]:
        """The division and unit that share a quota."""
        return self.division, self.unit


def parse_pool_id(text: str) -> PoolId:
    """The parts of a printed id.

    Raises:
        BadPoolId: it is none.
    """
    match = _POOL_ID.fullmatch(text)
    if match is None:
        raise BadPoolId(text)
    division, unit, serial, mark = match.groups()
    return PoolId(division, int(unit), int(serial), mark)


def canonical_part(part: str) -> str:
    """One part of the seed as RFC 3797 section 4 writes it into the key, closed by `/`.

    Numbers stand ascending without leading zeros, each followed by `.`; any other text stands as it
    is, trimmed and in Unicode's NFC.
    """
    text = unicodedata.normalize("NFC", part).strip()
    tokens = [token for token in _BETWEEN_NUMBERS.split(text) if token]
    if tokens and all(token.isdecimal() for token in tokens):
        numbers = ["".join(str(unicodedata.decimal(digit)) for digit in token).lstrip("0") or "0" for token in tokens]
        return "".join(f"{number}." for number in sorted(numbers, key=lambda number: (len(number), number))) + "/"
    return text + "/"


def canonical_key(parts: Sequence[str]) -> str:
    """The key of a draw from the seed parts as they were typed.

    Raises:
        SeedProblem: fewer than MIN_PARTS parts, an empty part, or a `/` inside a part.
    """
    if len(parts) < MIN_PARTS:
        raise SeedProblem("parts")
    for number, part in enumerate(parts, start=1):
        if not part.strip():
            raise SeedProblem("empty", number)
        if "/" in part:
            raise SeedProblem("slash", number)
    return "".join(map(canonical_part, parts))


def pool_sha256(ids: Iterable[str]) -> str:
    """SHA-256 of the published list: the UTF-8 lines `n<TAB>id<LF>`, n from 1."""
    lines = "".join(f"{number}\t{entry}\n" for number, entry in enumerate(ids, start=1))
    return hashlib.sha256(lines.encode()).hexdigest()


def drawing_order(key: str, size: int) -> list[int]:
    """The order in which RFC 3797 draws a whole pool: places in the list, from 0.

    Step i (from 0) reads MD5(i + key + i), i as two bytes, as a number; its remainder by the count
    still in the pool says which of those still in, in list order, is drawn.

    Raises:
        PoolTooLarge: more than MAX_POOL entries.
    """
    if size > MAX_POOL:
        raise PoolTooLarge(size)
    remaining = list(range(size))
    return [remaining.pop(int.from_bytes(step_digest(key, step), "big") % (size - step)) for step in range(size)]


def step_digest(key: str, step: int) -> bytes:
    """MD5 of the key between the number of a step (from 0, two bytes, big-endian) and the same number again."""
    ends = step.to_bytes(2, "big")
    return hashlib.md5(ends + key.encode() + ends, usedforsecurity=False).digest()


@dataclass(frozen=True, slots=True)
class PassedOver:
    """Someone whom the walk did not take: QUOTA (no place left) or HISTORY (others of the unit remained)."""

    id: PoolId
    why: str


@dataclass(frozen=True)
class Reserve:
    """Someone who steps in when one of those taken cannot come: the n-th, from 1, of the unit and division."""

    id: PoolId
    n: int


@dataclass(frozen=True)
class Selection:
    """Who competes, in the order taken; the reserves, group by group as in the list; and who was passed over,
    in the order of the walk."""

    taken: tuple[PoolId, ...]
    reserves: tuple[Reserve, ...]
    passed_over: tuple[PassedOver, ...]


def seeded_above_quota(pool: Iterable[PoolId], quotas: Mapping[str, int]) -> list[tuple[str, int]]:
    """The groups that name more seeded people than they may send."""
    counts = Counter(entry.group for entry in pool if entry.mark == SEEDED)
    return sorted(group for group, count in counts.items() if count > quotas.get(group[0], 0))


def select(pool: Sequence[PoolId], order: Sequence[int], quotas: Mapping[str, int], reserves: int = 0) -> Selection:
    """Walk the order and fill the quota of every division and unit.

    Seeded people take their places first, without a draw. Then the walk takes whoever has no recent
    history while places are left. Places still free after that go to those held back for their
    history, in the same order. Of those without a place the first `reserves` of each division and
    unit become its reserves: again those without recent history first, both in the order of the walk.
    """
    groups = [entry.group for entry in pool]
    places = {group: quotas.get(group[0], 0) for group in groups}
    seeded = [place for place, entry in enumerate(pool) if entry.mark == SEEDED]
    for place in seeded:
        places[groups[place]] -= 1
    first: list[int] = []
    held: list[int] = []
    why: dict[int, str] = {}
    for place in order:
        mark, group = pool[place].mark, groups[place]
        if mark == SEEDED:
            continue
        if places[group] <= 0:
            why[place] = QUOTA
        elif mark == PAST:
            held.append(place)
        else:
            places[group] -= 1
            first.append(place)
    second: list[int] = []
    for place in held:
        if places[groups[place]] > 0:
            places[groups[place]] -= 1
            second.append(place)
        else:
            why[place] = HISTORY
    without = [place for place in order if place in why]
    behind: dict[tuple[str, int], list[int]] = {group: [] for group in places}
    for place in sorted(without, key=lambda place: pool[place].mark == PAST):
        if len(behind[groups[place]]) < reserves:
            behind[groups[place]].append(place)
            del why[place]
    return Selection(
        taken=tuple(pool[place] for place in (*seeded, *first, *second)),
        reserves=tuple(Reserve(pool[place], n) for group in behind.values() for n, place in enumerate(group, start=1)),
        passed_over=tuple(PassedOver(pool[place], why[place]) for place in without if place in why),
    )


@dataclass(frozen=True)
class Numbered:
    """A contestant number: `number` is printed, `place` counts within the division from 1."""

    id: PoolId
    number: str
    place: int


def contestant_number(division: str, nth: int, size: int) -> str:
    """The number of the n-th (from 1) of a division of this size, such as `1H-07`."""
    return f"{division}-{nth:0{max(2, len(str(size)))}}"


def number(pool: Sequence[PoolId], order: Sequence[int]) -> tuple[Numbered, ...]:
    """Contestant numbers in the order drawn: within each division the first drawn is 01."""
    sizes = Counter(entry.division for entry in pool)
    reached: Counter[str] = Counter()
    numbered = []
    for place in order:
        entry = pool[place]
        reached[entry.division] += 1
        nth = reached[entry.division]
        numbered.append(Numbered(entry, contestant_number(entry.division, nth, sizes[entry.division]), nth))
    return tuple(numbered)
