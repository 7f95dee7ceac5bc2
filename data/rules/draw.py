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
_POOL_ID = re.compile(r"(?P<division>.+)-(?P<unit>\d{2,9})-(?P<serial>\d{4,18})(?P<mark>[SH]?)", re.ASCII)


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


@dataclass(frozen=True)
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
    entry = PoolId(match["division"], int(match["unit"]), int(match["serial"]), match["mark"])
    if str(entry) != text:  # more zeros than are printed
        raise BadPoolId(text)
    return entry


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


@dataclass(frozen=True)
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
    places = {entry.group: quotas.get(entry.division, 0) for entry in pool}
    seeded = [entry for entry in pool if entry.mark == SEEDED]
    for entry in seeded:
        places[entry.group] -= 1
    walk = [pool[place] for place in order if pool[place].mark != SEEDED]
    first: list[PoolId] = []
    held: list[PoolId] = []
    why: dict[PoolId, str] = {}
    for entry in walk:
        if places[entry.group] <= 0:
            why[entry] = QUOTA
        elif entry.mark == PAST:
            held.append(entry)
        else:
            places[entry.group] -= 1
            first.append(entry)
    second: list[PoolId] = []
    for entry in held:
        if places[entry.group] > 0:
            places[entry.group] -= 1
            second.append(entry)
        else:
            why[entry] = HISTORY
    without = [entry for entry in walk if entry in why]
    behind = _reserves(places, without, reserves)
    reserved = {reserve.id for reserve in behind}
    return Selection(
        taken=(*seeded, *first, *second),
        reserves=behind,
        passed_over=tuple(PassedOver(entry, why[entry]) for entry in without if entry not in reserved),
    )


def _reserves(groups: Iterable[tuple[str, int]], without: Sequence[PoolId], most: int) -> tuple[Reserve, ...]:
    """The first `most` of each group among those without a place, those without recent history before the others."""
    behind: dict[tuple[str, int], list[Reserve]] = {group: [] for group in groups}
    for entry in sorted(without, key=lambda entry: entry.mark == PAST):
        reserves = behind[entry.group]
        if len(reserves) < most:
            reserves.append(Reserve(entry, len(reserves) + 1))
    return tuple(reserve for reserves in behind.values() for reserve in reserves)


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
