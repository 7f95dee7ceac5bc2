"""The record of a draw: a plain JSON object that is complete in itself, and the check that redoes it.

Published with the list, before anybody knows the seed:

- `method`: RFC3797; `kind`: one of KINDS; `event`: its name; `quotas`: places per unit of each division, for a
  selection alone; `rules`: the settings of the kind, see below.
- `pool`: the numbered list, entries of `n` (from 1), `id`, and `name`, `unit` where they are not sealed. The ids say
  all that decides the draw of an entry. `check`: 8 digits of a hash that tell which line was altered (`line_check`).
- `pool_sha256`: of the numbered ids, short enough to be recomputed by hand; `published_sha256`: of everything above.

Added by the draw:

- `seed_parts`: as they were typed; `seed_checks`: 8 digits of the hash of each; `key`: what RFC 3797 makes of them.
- `order`: all ids as the key draws them; `passed_over`: `id` and `why` of each whom the walk along it left out, by the
  codes of `draw`, `draw_order`, `draw_outcome` and `draw_match`; `result`: whom it took.
- `drawn_at`: ISO 8601 in UTC, null before the draw; `witnesses`: their names. `void`: null, or `at` and `reason`.

What a kind adds to `rules` and to the entries of `result`:

- selection, ids `draw.PoolId`: `reserves` are drawn behind those selected. A line of the result says `selected` and
  `seeded`, or which `reserve`.
- numbers, ids `draw.PoolId`: `apart`, no colleagues in a row; `waves`, parts that share every unit. The result has the
  `number`; `passed_over` says `at` which number.
- items, ids `draw_ids.ItemId`: `per` entrant or division; `counts`, how many of each choice, such as `{"1H/1": 2}`.
  The result has `who`, `component` and `station`.
- lanes, ids `draw_ids.LaneId`: `equal`, the lanes of a station are given equally often. The result has `who`,
  `station` and `lane`.
- judges, ids `draw_ids.SeatId`: `judges`, the name behind each id; `before`, the seats they had. The result has `who`,
  `station`, `lane`, `seat`.

While a blind event is sealed, `sealed` (true) and `count` (of the list) stand in the place of SEALED_KEYS. Selections
and numbers of before the settings existed have no `rules`, `published_sha256`, `seed_checks` and `check`.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from data.rules import draw, draw_hashes
from data.rules.draw_outcome import (
    ITEMS,
    JUDGES,
    KINDS,
    LANES,
    NUMBERS,
    SELECTION,
    BadRules,
    Candidate,
    Contradiction,
    Obstacle,
    impossible,
    outcome,
)
from data.rules.draw_verify import MIN_WITNESSES, SEALED_KEYS, RecordFinding, is_hashed, is_sealed, verify_record

__all__ = [
    "ITEMS",
    "JUDGES",
    "KEYS",
    "KINDS",
    "LANES",
    "MIN_WITNESSES",
    "NUMBERS",
    "SEALED_KEYS",
    "SELECTION",
    "BadRules",
    "Candidate",
    "Contradiction",
    "Obstacle",
    "Record",
    "RecordFinding",
    "arranged",
    "drawn_record",
    "frozen_record",
    "impossible",
    "is_hashed",
    "is_sealed",
    "verify_record",
    "void_record",
]

KEYS = (
    "method",
    "kind",
    "event",
    "quotas",
    "rules",
    "pool",
    "pool_sha256",
    "published_sha256",
    "seed_parts",
    "seed_checks",
    "key",
    "order",
    "passed_over",
    "result",
    "drawn_at",
    "witnesses",
    "void",
)
_ENTRY_KEYS = (
    *("n", "id", "name", "unit", "check"),
    *("why", "at", "number", "selected", "seeded", "reserve"),
    *("who", "component", "station", "lane", "seat"),
)

Record = dict[str, Any]


def frozen_record(
    kind: str,
    event: str,
    pool: Sequence[Candidate],
    quotas: Mapping[str, int] | None = None,
    rules: Mapping[str, Any] | None = None,
) -> Record:
    """The record of a list that is published and not drawn yet. Empty names and units are left out of it."""
    record = {
        "method": draw.METHOD,
        "kind": kind,
        "event": event,
        "quotas": _sorted(dict(quotas or {})),
        "rules": _sorted(dict(rules or {})),
        "pool": [_line(n, entry) for n, entry in enumerate(pool, start=1)],
        "pool_sha256": draw.pool_sha256(str(entry.id) for entry in pool),
    }
    return {
        **record,
        "published_sha256": draw_hashes.published_sha256(record),
        "seed_parts": [],
        "seed_checks": [],
        "key": "",
        "order": [],
        "passed_over": [],
        "result": [],
        "drawn_at": None,
        "witnesses": [],
        "void": None,
    }


def _line(n: int, entry: Candidate) -> dict[str, Any]:
    line: dict[str, Any] = {"n": n, "id": str(entry.id)}
    if entry.name:
        line["name"] = entry.name
    if entry.unit:
        line["unit"] = entry.unit
    return {**line, "check": draw_hashes.line_check(n, line["id"], entry.name, entry.unit)}


def drawn_record(frozen: Record, seed_parts: Sequence[str], witnesses: Sequence[str], drawn_at: str) -> Record:
    """The record after the draw.

    Raises:
        draw.SeedProblem: the seed cannot be used.
        draw.PoolTooLarge: the list is longer than the method can draw.
        Contradiction: the rules cannot hold for this list; `impossible` tells so before.
    """
    key = draw.canonical_key(seed_parts)
    ids = [entry["id"] for entry in frozen["pool"]]
    order = draw.drawing_order(key, len(ids))
    passed_over, result = outcome(frozen["kind"], ids, order, frozen.get("rules", {}), frozen["quotas"])
    drawn = {
        **frozen,
        "seed_parts": list(seed_parts),
        "seed_checks": [draw_hashes.text_check(part) for part in seed_parts],
        "key": key,
        "order": [ids[place] for place in order],
        "passed_over": passed_over,
        "result": result,
        "drawn_at": drawn_at,
        "witnesses": list(witnesses),
    }
    return {key: drawn[key] for key in KEYS if key in drawn}


def void_record(record: Record, at: str, reason: str) -> Record:
    """The record of a draw that does not count; everything else stays as it was."""
    return {**record, "void": {"at": at, "reason": reason}}


def arranged(record: Record) -> Record:
    """The same record with all keys in the order in which it is published."""
    return {
        key: _arranged_entries(record[key]) if isinstance(record[key], list) else _sorted(record[key])
        for key in KEYS
        if key in record
    }


def _arranged_entries(entries: list[Any]) -> list[Any]:
    return [
        {key: entry[key] for key in _ENTRY_KEYS if key in entry} if isinstance(entry, dict) else entry
        for entry in entries
    ]


def _sorted(value: Any) -> Any:
    """The value with the keys of all objects in it sorted, as an event file keeps them."""
    return {key: _sorted(value[key]) for key in sorted(value)} if isinstance(value, dict) else value
