"""The audit log: one row a write, each hashed together with the hash of the row before it.

The log holds every value before and after, so the tables can be rebuilt from it; `verify`
does that and compares. A row that somebody changed with another program is found either
by a broken hash or by a table that differs from its own history.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from data.models import AUDITED, Audit, Row, canonical_json

GENESIS = "0" * 64

Values = dict[str, Any]


@dataclass(frozen=True)
class RowChange:
    """One row before and after: `before` is None for a new row, `after` is None for a deleted one.

    An update holds the changed fields alone.
    """

    table: str
    row_id: int
    before: Values | None
    after: Values | None

    def as_list(self) -> list[Any]:
        return [self.table, self.row_id, self.before, self.after]


def table_name(model: type[Row]) -> str:
    name: str = model._meta.table_name
    return name


def row_hash(previous: str, at: str, actor: str, action: str, reason: str, changes: str) -> str:
    """SHA-256 of the previous hash and this row's texts, as one canonical JSON list."""
    text = canonical_json([previous, at, actor, action, reason, changes])
    return hashlib.sha256(text.encode()).hexdigest()


def append(at: str, actor: str, action: str, reason: str, changes: list[RowChange]) -> int:
    """Add the row of one write inside its transaction; returns its number."""
    last = Audit.select(Audit.sha256).order_by(Audit.id.desc()).tuples().first()
    previous = last[0] if last else GENESIS
    text = canonical_json([change.as_list() for change in changes])
    return int(
        Audit.insert(
            at=at,
            actor=actor,
            action=action,
            reason=reason,
            changes=text,
            previous=previous,
            sha256=row_hash(previous, at, actor, action, reason, text),
        ).execute()
    )


@dataclass(frozen=True)
class Fault:
    """Something in the file contradicts its log: which check found it, where, and the two values.

    check: chain (a hash does not follow), gap (a number is missing), content (a change does not fit
    the row it changes), table (a row differs from its history).
    """

    check: str
    place: str
    expected: str
    found: str


@dataclass
class _Rebuilt:
    tables: dict[str, dict[int, Values]] = field(default_factory=dict)

    def apply(self, seq: int, change: list[Any]) -> Iterator[Fault]:
        table, row_id, before, after = change
        rows = self.tables.setdefault(table, {})
        place = f"audit {seq}: {table} {row_id}"
        row = rows.get(row_id)
        if before is None:
            if row is not None:
                yield Fault("content", place, "no such row yet", canonical_json(row))
            rows[row_id] = dict(after)
            return
        stood = None if row is None else {name: row.get(name) for name in before}
        if stood != before:
            yield Fault("content", place, canonical_json(before), canonical_json(stood))
        if after is None:
            rows.pop(row_id, None)
        else:
            rows.setdefault(row_id, {}).update(after)


def verify() -> list[Fault]:
    """Check the hash chain, replay the log, and compare the result with the tables.

    Runs inside `store.read()`. An empty list means that no fault was found.
    """
    faults: list[Fault] = []
    rebuilt = _Rebuilt()
    previous = GENESIS
    for seq, row in enumerate(Audit.select().order_by(Audit.id), start=1):
        if row.id != seq:
            faults.append(Fault("gap", f"audit {row.id}", str(seq), str(row.id)))
        expected = row_hash(previous, row.at, row.actor, row.action, row.reason, row.changes)
        if (row.previous, row.sha256) != (previous, expected):
            faults.append(Fault("chain", f"audit {row.id}", expected, row.sha256))
        previous = row.sha256
        try:
            changes = json.loads(row.changes)
        except ValueError:
            faults.append(Fault("content", f"audit {row.id}", "JSON", row.changes[:80]))
            continue
        for change in changes:
            faults.extend(rebuilt.apply(row.id, change))
    faults.extend(_differences(rebuilt))
    return faults


def _differences(rebuilt: _Rebuilt) -> Iterator[Fault]:
    for model in AUDITED:
        name = table_name(model)
        logged = rebuilt.tables.pop(name, {})
        stored = {row.id: dict(row.__data__) for row in model.select()}
        for row_id in sorted(logged.keys() | stored.keys()):
            if logged.get(row_id) != stored.get(row_id):
                yield Fault(
                    "table",
                    f"{name} {row_id}",
                    canonical_json(logged.get(row_id)),
                    canonical_json(stored.get(row_id)),
                )
    for name in rebuilt.tables:
        yield Fault("table", name, "a table of this version", "unknown table")
