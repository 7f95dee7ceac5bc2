"""The record of a draw: a plain JSON object that is complete in itself, and the check that redoes it.

Its keys are KEYS; `quotas` (places per unit of each division) is empty for numbers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from data.rules import draw

SELECTION = "selection"
NUMBERS = "numbers"
ITEMS = "items"
LANES = "lanes"
JUDGES = "judges"
KINDS = (SELECTION, NUMBERS)
KEYS = (
    "method",
    "kind",
    "event",
    "quotas",
    "pool",
    "pool_sha256",
    "seed_parts",
    "key",
    "order",
    "passed_over",
    "result",
    "drawn_at",
    "witnesses",
    "void",
)
MIN_WITNESSES = 2
_ENTRY_KEYS = ("n", "id", "name", "unit", "why", "number", "selected", "seeded")

Record = dict[str, Any]


@dataclass(frozen=True)
class Candidate:
    """One entry of a pool before it is numbered. `name` is empty in a blind event."""

    id: draw.PoolId
    name: str
    unit: str


@dataclass(frozen=True)
class RecordFinding:
    """A record contradicts itself: code, the place of the first difference (from 1; 0 is the whole), both values.

    code: malformed, method, numbering, pool_sha256, parts, witnesses, key, order, passed_over, result.
    """

    code: str
    place: int = 0
    expected: str = ""
    found: str = ""


def frozen_record(kind: str, event: str, pool: Sequence[Candidate], quotas: Mapping[str, int]) -> Record:
    """The record of a list that is published and not drawn yet."""
    return {
        "method": draw.METHOD,
        "kind": kind,
        "event": event,
        "quotas": dict(quotas),
        "pool": [
            {"n": n, "id": str(entry.id), **({"name": entry.name} if entry.name else {}), "unit": entry.unit}
            for n, entry in enumerate(pool, start=1)
        ],
        "pool_sha256": draw.pool_sha256(str(entry.id) for entry in pool),
        "seed_parts": [],
        "key": "",
        "order": [],
        "passed_over": [],
        "result": [],
        "drawn_at": None,
        "witnesses": [],
        "void": None,
    }


def drawn_record(frozen: Record, seed_parts: Sequence[str], witnesses: Sequence[str], drawn_at: str) -> Record:
    """The record after the draw.

    Raises:
        draw.SeedProblem: the seed cannot be used.
        draw.PoolTooLarge: the list is longer than the method can draw.
    """
    key = draw.canonical_key(seed_parts)
    return {
        **frozen,
        "seed_parts": list(seed_parts),
        "key": key,
        **_outcome(frozen, key),
        "drawn_at": drawn_at,
        "witnesses": list(witnesses),
    }


def void_record(record: Record, at: str, reason: str) -> Record:
    """The record of a draw that does not count; everything else stays as it was."""
    return {**record, "void": {"at": at, "reason": reason}}


def arranged(record: Record) -> Record:
    """The same record with all keys in the order in which it is published."""
    return {key: _arranged_entries(record[key]) if isinstance(record[key], list) else record[key] for key in KEYS}


def _arranged_entries(entries: list[Any]) -> list[Any]:
    return [
        {key: entry[key] for key in _ENTRY_KEYS if key in entry} if isinstance(entry, dict) else entry
        for entry in entries
    ]


def _outcome(record: Record, key: str) -> Record:
    """What the list and the key give: order, passed_over and result."""
    pool = [draw.parse_pool_id(entry["id"]) for entry in record["pool"]]
    order = draw.drawing_order(key, len(pool))
    passed_over: list[dict[str, str]] = []
    result: list[dict[str, Any]]
    if record["kind"] == NUMBERS:
        result = [{"id": str(row.id), "number": row.number} for row in draw.number(pool, order)]
    else:
        selection = draw.select(pool, order, record["quotas"])
        passed_over = [{"id": str(row.id), "why": row.why} for row in selection.passed_over]
        result = [
            {"id": str(entry), "selected": True, "seeded": entry.mark == draw.SEEDED} for entry in selection.taken
        ]
    return {"order": [str(pool[place]) for place in order], "passed_over": passed_over, "result": result}


def verify_record(record: Record) -> list[RecordFinding]:
    """Redo a draw from its record alone. An empty list means that everything agrees.

    For each part that differs, the finding names the first difference. A list that is frozen and not
    drawn yet is checked as far as it goes.
    """
    try:
        return _verify(record)
    except (KeyError, TypeError, AttributeError, draw.BadPoolId, draw.PoolTooLarge) as error:
        return [RecordFinding("malformed", found=f"{type(error).__name__}: {error}")]


def _verify(record: Record) -> list[RecordFinding]:
    findings = []
    if record["method"] != draw.METHOD:
        findings.append(RecordFinding("method", 0, draw.METHOD, str(record["method"])))
    if record["kind"] not in KINDS:
        return [*findings, RecordFinding("malformed", found=str(record["kind"]))]
    for n, entry in enumerate(record["pool"], start=1):
        if entry["n"] != n:
            findings.append(RecordFinding("numbering", n, str(n), str(entry["n"])))
            break
    hashed = draw.pool_sha256(entry["id"] for entry in record["pool"])
    if hashed != record["pool_sha256"]:
        findings.append(RecordFinding("pool_sha256", 0, hashed, str(record["pool_sha256"])))
    if record["drawn_at"] is None:
        return findings
    if len({name.strip() for name in record["witnesses"] if name.strip()}) < MIN_WITNESSES:
        found = len(record["witnesses"])
        findings.append(RecordFinding("witnesses", 0, str(MIN_WITNESSES), str(found)))
    try:
        key = draw.canonical_key(record["seed_parts"])
    except draw.SeedProblem as problem:
        return [*findings, RecordFinding("parts", problem.part, found="/".join(record["seed_parts"]))]
    if key != record["key"]:
        findings.append(RecordFinding("key", 0, key, str(record["key"])))
    redone = _outcome(record, key)
    for part in ("order", "passed_over", "result"):
        findings += _first_difference(part, redone[part], record[part])
    return findings


def _first_difference(part: str, expected: Sequence[Any], found: Sequence[Any]) -> list[RecordFinding]:
    if expected == found:
        return []
    place = next(
        (n for n, (one, other) in enumerate(zip(expected, found, strict=False)) if one != other),
        min(len(expected), len(found)),
    )
    return [RecordFinding(part, place + 1, _text(expected, place), _text(found, place))]


def _text(entries: Sequence[Any], place: int) -> str:
    if place >= len(entries):
        return ""
    entry = entries[place]
    return " ".join(f"{name}={value}" for name, value in entry.items()) if isinstance(entry, dict) else str(entry)
