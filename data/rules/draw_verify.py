"""The check of a draw record: everything is redone from the record alone, and what differs is named by its place."""

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from data.rules import draw, draw_hashes
from data.rules.draw_outcome import (
    ITEMS,
    KINDS,
    NUMBERS,
    SELECTION,
    BadRules,
    Contradiction,
    outcome,
)

MIN_WITNESSES = 2
SEALED_KEYS = ("pool", "order", "passed_over", "result")  # left out of a record that is sealed
_NEVER_SEALED = (SELECTION, ITEMS)  # even in a blind event
_OF_A_DRAW = ("seed_parts", "seed_checks", "key", "order", "passed_over", "result", "witnesses")
_MOST = 10  # lines of a list that are named
_KEY_PART = re.compile(r"[^/]*/|[^/]+")
_HASHED = ("rules", "published_sha256", "seed_checks")  # not in records that were made before these existed


@dataclass(frozen=True)
class RecordFinding:
    """A record contradicts itself: code, the place of the first difference (from 1; 0 is the whole), both values.

    code:
        malformed: it is no complete record; `found` says what is missing or of a wrong form.
        method, kind: the record's and what it can be.
        entry: line `place` of the list was changed after it was published; `found` is the line.
        numbering: line `place` of the list has another number.
        twice: line `place` has an id that another line has too.
        pool_sha256: the hash of the list is another.
        published: title, quotas, rules or list are not those that were published.
        witnesses: `found` of `expected` witnesses.
        parts: part `place` of the seed cannot be used.
        seed: part `place` of the seed was changed after the draw.
        key: part `place` of the key is not what that part of the seed gives.
        impossible: the rules cannot hold for this list; `found` are the codes of the obstacles.
        order, passed_over, result: their line `place`.
    """

    code: str
    place: int = 0
    expected: str = ""
    found: str = ""


class _Malformed(ValueError):
    """Something is missing in a record or of a wrong form."""


def verify_record(record: Any) -> list[RecordFinding]:
    """Redo a draw from its record alone. An empty list means that everything agrees.

    For each part that differs, the finding names the first difference. A list that is frozen and not
    drawn yet, or a sealed record, is checked as far as it goes. Anything can be given: what is no record is malformed.
    """
    return list(_findings(record))


def _findings(record: Any) -> Iterator[RecordFinding]:
    try:
        _check_form(record)
        yield from _verify(record)
    except _Malformed as problem:
        yield RecordFinding("malformed", found=str(problem))
    except (draw.BadPoolId, draw.PoolTooLarge) as problem:
        yield RecordFinding("malformed", found=f"pool: {problem}")
    except BadRules as problem:
        yield RecordFinding("malformed", found=f"rules: {problem}")
    except RecursionError:
        yield RecordFinding("malformed", found="…[[[[…")
    except UnicodeEncodeError:  # JSON can say half of a surrogate pair, which no text has
        yield RecordFinding("malformed", found="UTF-8")


def _check_form(record: Any) -> None:
    if not isinstance(record, dict):
        raise _Malformed(type(record).__name__)
    hashed = is_hashed(record)
    texts = ("method", "kind", "event", "pool_sha256", "key") + ("published_sha256",) * hashed
    lists = ("seed_parts", "witnesses") + ("seed_checks",) * hashed + SEALED_KEYS * (not is_sealed(record))
    for names, form in ((texts, str), (lists, list), (("quotas",) + ("rules",) * hashed, dict)):
        for name in names:
            if not isinstance(record.get(name), form):
                raise _Malformed(name)
    if not isinstance(record.get("drawn_at", 0), str | None):
        raise _Malformed("drawn_at")
    if record["drawn_at"] is None and any(record.get(name) for name in _OF_A_DRAW):
        raise _Malformed("drawn_at")  # nothing of it would be redone
    if not _is_void_or_none(record.get("void")):
        raise _Malformed("void")
    if is_sealed(record) and record["kind"] in _NEVER_SEALED:
        raise _Malformed("sealed")
    for name in ("seed_parts", "witnesses"):
        if not all(isinstance(text, str) for text in record[name]):
            raise _Malformed(name)
    if not all(_is_whole(places) for places in record["quotas"].values()):
        raise _Malformed("quotas")
    for place, entry in enumerate(record.get("pool", ()), start=1):
        if not isinstance(entry, dict) or not isinstance(entry.get("id"), str):
            raise _Malformed(f"pool, {place}")
        if not all(isinstance(entry.get(name, ""), str) for name in ("name", "unit", "check")):
            raise _Malformed(f"pool, {place}")


def is_sealed(record: Mapping[str, Any]) -> bool:
    """Whether a record of a blind event has its list and its result left out until the names are decoded."""
    return record.get("sealed") is True and not any(key in record for key in SEALED_KEYS)


def _is_void_or_none(void: Any) -> bool:
    return void is None or (
        isinstance(void, dict) and all(isinstance(void.get(name), str) for name in ("at", "reason"))
    )


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def is_hashed(record: Mapping[str, Any]) -> bool:
    """Whether a record has the hashes that tell what was altered; only the kinds that are older may lack them."""
    if record.get("kind") not in (SELECTION, NUMBERS) or any(name in record for name in _HASHED):
        return True
    pool = record.get("pool")
    return isinstance(pool, list) and any(isinstance(entry, dict) and "check" in entry for entry in pool)


def _verify(record: Mapping[str, Any]) -> Iterator[RecordFinding]:
    if record["method"] != draw.METHOD:
        yield RecordFinding("method", 0, draw.METHOD, record["method"])
    if record["kind"] not in KINDS:
        yield RecordFinding("kind", 0, ", ".join(KINDS), record["kind"])
        return
    if not is_sealed(record):
        yield from _list_findings(record)
    if record["drawn_at"] is None:
        return
    named = {name.strip() for name in record["witnesses"]} - {""}
    if len(named) < MIN_WITNESSES:
        yield RecordFinding("witnesses", 0, str(MIN_WITNESSES), str(len(named)))
    yield from _seed_findings(record)
    try:
        key = draw.canonical_key(record["seed_parts"])
    except draw.SeedProblem as problem:
        yield RecordFinding("parts", problem.part, found="/".join(record["seed_parts"]))
        return
    yield from _key_findings(key, record["key"])
    if not is_sealed(record):
        yield from _outcome_findings(record, key)


def _list_findings(record: Mapping[str, Any]) -> Iterator[RecordFinding]:
    pool = record["pool"]
    altered = []
    for n, entry in enumerate(pool, start=1):
        if entry.get("n") != n or isinstance(entry["n"], bool):
            yield RecordFinding("numbering", n, str(n), str(entry.get("n")))
            break
    if is_hashed(record):
        altered = list(itertools.islice(_altered_lines(pool), _MOST))
        yield from altered
    counts = Counter(entry["id"] for entry in pool)
    if len(counts) < len(pool):
        place = next(n for n, entry in enumerate(pool, start=1) if counts[entry["id"]] > 1)
        yield RecordFinding("twice", place, found=pool[place - 1]["id"])
    hashed = draw.pool_sha256(entry["id"] for entry in pool)
    if hashed != record["pool_sha256"]:
        yield RecordFinding("pool_sha256", 0, hashed, record["pool_sha256"])
    if is_hashed(record):
        published = draw_hashes.published_sha256(record)
        if published != record["published_sha256"] and not altered:
            yield RecordFinding("published", 0, published, record["published_sha256"])


def _altered_lines(pool: Sequence[Mapping[str, Any]]) -> Iterator[RecordFinding]:
    for n, entry in enumerate(pool, start=1):
        name, unit = entry.get("name", ""), entry.get("unit", "")
        check = draw_hashes.line_check(n, entry["id"], name, unit)
        if check != entry.get("check"):
            line = " ".join(filter(None, (entry["id"], name, unit)))
            yield RecordFinding("entry", n, check, line)


def _seed_findings(record: Mapping[str, Any]) -> Iterator[RecordFinding]:
    if is_hashed(record):
        checks = [draw_hashes.text_check(part) for part in record["seed_parts"]]
        for place, (check, found) in enumerate(itertools.zip_longest(checks, record["seed_checks"]), start=1):
            if check != found:
                parts = record["seed_parts"][place - 1 : place]
                yield RecordFinding("seed", place, str(check), "".join(parts))


def _key_findings(expected: str, found: str) -> Iterator[RecordFinding]:
    """Which part of the key differs; as no part has a `/` in it, both fall apart in the same way."""
    if expected != found:
        parts = itertools.zip_longest(_KEY_PART.findall(expected), _KEY_PART.findall(found))
        place = next(place for place, (one, other) in enumerate(parts, start=1) if one != other)
        yield RecordFinding("key", place, expected, found)


def _outcome_findings(record: Mapping[str, Any], key: str) -> Iterator[RecordFinding]:
    ids = [entry["id"] for entry in record["pool"]]
    order = draw.drawing_order(key, len(ids))
    yield from _first_difference("order", [ids[place] for place in order], record["order"])
    try:
        passed_over, result = outcome(record["kind"], ids, order, record.get("rules", {}), record["quotas"])
    except Contradiction as contradiction:
        yield RecordFinding("impossible", found=str(contradiction))
        return
    yield from _first_difference("passed_over", passed_over, record["passed_over"])
    yield from _first_difference("result", result, record["result"])


def _first_difference(part: str, expected: Sequence[Any], found: Sequence[Any]) -> Iterator[RecordFinding]:
    if expected != found:
        place = next(
            (n for n, (one, other) in enumerate(zip(expected, found, strict=False)) if one != other),
            min(len(expected), len(found)),
        )
        yield RecordFinding(part, place + 1, _text(expected, place), _text(found, place))


def _text(entries: Sequence[Any], place: int) -> str:
    if place >= len(entries):
        return ""
    entry = entries[place]
    return " ".join(f"{name}={value}" for name, value in entry.items()) if isinstance(entry, dict) else str(entry)
