"""The audit log: one row a write, each hashed together with the hash of the row before it.

The log holds every value before and after, so the tables can be rebuilt from it; `verify`
does that and compares. A row that somebody changed with another program is found either
by a broken hash or by a table that differs from its own history.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from json.encoder import encode_basestring
from typing import Any

from data.models import AUDITED, Audit, Row, canonical_json
from data.rules import identity

GENESIS = "0" * 64

Values = dict[str, Any]

_SPELT = frozenset({str, int, bool, type(None)})
_AS_IT_IS = re.compile(r'[^"\\\x00-\x1f]*')  # what JSON writes without a backslash
_HASHED_AT_ONCE = 1 << 15  # characters
_JOINED_AT_ONCE = 1000  # rows

_AUDIT_COLUMNS = ("id", "at", "actor", "action", "reason", "changes", "previous", "sha256")


@dataclass(frozen=True)
class RowChange:
    """One row before and after: `before` is None for a new row, `after` is None for a deleted one.

    An update holds the changed fields alone.
    """

    table: str
    row_id: int
    before: Values | None
    after: Values | None

    def as_json(self) -> str:
        return canonical_json([self.table, self.row_id, self.before, self.after])


@dataclass(frozen=True)
class RowsAdded:
    """So many new rows of one table, with the ids from `first` on: for each other field, the values of all rows."""

    table: str
    first: int
    count: int
    columns: Mapping[str, Sequence[Any]]

    def as_json(self) -> str:
        """The same text as that of one `RowChange` a row, made in a part of the time."""
        ids = range(self.first, self.first + self.count)
        columns: list[Sequence[Any]] = [ids]
        parts = []
        for name in sorted(["id", *self.columns]):
            text, values = ("%s", ids) if name == "id" else _written(self.columns[name])
            parts.append(f'"{name}":{text}')
            if values:
                columns.append(values)
        row = f'["{self.table}",%s,null,{{{",".join(parts)}}}]'
        rows = map(row.__mod__, zip(*columns, strict=True))
        # Block by block, since to join all of them at once would let no other thread run meanwhile.
        blocks = iter(lambda: ",".join(islice(rows, _JOINED_AT_ONCE)), "")
        return ",".join(blocks)


def _written(values: Sequence[Any]) -> tuple[str, Sequence[Any]]:
    """How JSON writes a column, for the % operator: with the text of each row where %s stands, or the same for all."""
    try:
        joined = "".join(values)
    except TypeError:
        return _written_values(values)
    if values[0] == values[-1] and values.count(values[0]) == len(values):
        return canonical_json(values[0]).replace("%", "%%"), ()
    if _AS_IT_IS.fullmatch(joined):
        return '"%s"', values
    return "%s", list(map(encode_basestring, values))


def _written_values(values: Sequence[Any]) -> tuple[str, Sequence[Any]]:
    """As `_written`, for values that are not all texts."""
    kinds = set(map(type, values))
    if not kinds <= _SPELT or {int, bool} <= kinds:  # True equals 1, and reads otherwise
        return "%s", list(map(canonical_json, values))
    if values.count(values[0]) == len(values):
        return canonical_json(values[0]).replace("%", "%%"), ()
    spelt = {value: canonical_json(value) for value in set(values)}
    return "%s", [spelt[value] for value in values]


def table_name(model: type[Row]) -> str:
    name: str = model._meta.table_name
    return name


def row_hash(previous: str, at: str, actor: str, action: str, reason: str, changes: str) -> str:
    """SHA-256 of the previous hash and this row's texts, as one canonical JSON list."""
    before = canonical_json([previous, at, actor, action, reason, ""]).removesuffix('"]')
    digest = hashlib.sha256(_bytes(before))
    # Piece by piece, since the changes may be megabytes: this goes through them while they are in the cache.
    for start in range(0, len(changes), _HASHED_AT_ONCE):
        digest.update(_bytes(encode_basestring(changes[start : start + _HASHED_AT_ONCE])[1:-1]))
    digest.update(b'"]')
    return digest.hexdigest()


def _bytes(text: str) -> bytes:
    return text.encode(errors="surrogateescape")


def head() -> str:
    """The hash of the last write: as long as it is the same, so is everything in the event."""
    database = Audit._meta.database
    last = database.execute_sql(f'SELECT sha256 FROM "{table_name(Audit)}" ORDER BY id DESC LIMIT 1').fetchone()
    return str(last[0]) if last else GENESIS


def append(at: str, actor: str, action: str, reason: str, changes: Sequence[RowChange | RowsAdded]) -> int:
    """Add the row of one write inside its transaction; returns its number."""
    database = Audit._meta.database  # its SQL as it is: peewee would spell it anew for every mark
    previous = head()
    text = f"[{','.join(change.as_json() for change in changes)}]"
    values = (at, actor, action, reason, text, previous, row_hash(previous, at, actor, action, reason, text))
    names = ", ".join(_AUDIT_COLUMNS[1:])
    added = database.execute_sql(f'INSERT INTO "{table_name(Audit)}" ({names}) VALUES (?, ?, ?, ?, ?, ?, ?)', values)
    return int(added.lastrowid)


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
                yield Fault("content", place, "no such row yet", _shown(row))
            rows[row_id] = {**added_later(table), **after}
            return
        stood = None if row is None else {name: row.get(name) for name in before}
        if stood != before:
            yield Fault("content", place, _shown(before), _shown(stood))
        if after is None:
            rows.pop(row_id, None)
        else:
            rows.setdefault(row_id, {}).update(after)


@cache
def added_later(table: str) -> Values:
    """What a row has in the fields that its log entry may lack, since a later version of the file added them."""
    model = next((model for model in AUDITED if table_name(model) == table), None)
    return {} if model is None else dict(model._meta.get_default_dict())


def verify() -> list[Fault]:
    """Check the hash chain, replay the log, and compare the result with the tables.

    Runs inside `store.read()` and reads the values as SQLite keeps them, so that a value which
    no model would write is found too. An empty list means that no fault was found.
    """
    faults: list[Fault] = []
    rebuilt = _Rebuilt()
    previous = GENESIS
    with _raw_rows(Audit, _AUDIT_COLUMNS) as rows:
        for seq, (row_id, *texts, stated_previous, stated_hash) in enumerate(rows, start=1):
            if row_id != seq:
                faults.append(Fault("gap", f"audit {row_id}", str(seq), str(row_id)))
            expected = row_hash(previous, *map(str, texts))
            if (stated_previous, stated_hash) != (previous, expected):
                faults.append(Fault("chain", f"audit {row_id}", expected, str(stated_hash)))
            previous = str(stated_hash)
            try:
                for change in json.loads(texts[-1]):
                    faults.extend(rebuilt.apply(row_id, change))
            except (ValueError, TypeError, AttributeError, RecursionError):
                faults.append(Fault("content", f"audit {row_id}", "JSON", str(texts[-1])[:80]))
    faults.extend(_differences(rebuilt))
    return faults


@contextmanager
def _raw_rows(model: type[Row], columns: Iterable[str]) -> Iterator[Iterator[tuple[Any, ...]]]:
    """The rows in the order of their ids; text that is no UTF-8 comes with surrogates instead of an error."""
    database = model._meta.database
    connection = database.connection()
    usual = connection.text_factory
    connection.text_factory = _any_text
    try:
        names = ", ".join(f'"{column}"' for column in columns)
        yield iter(database.execute_sql(f'SELECT {names} FROM "{table_name(model)}" ORDER BY id'))
    finally:
        connection.text_factory = usual


def _any_text(stored: bytes) -> str:
    return stored.decode(errors="surrogateescape")


def as_stored(model: type[Row], values: Values) -> Values:
    """The values of a log entry, by field name, as SQLite keeps them in the table."""
    return {name: _stored_value(model, name, value) for name, value in values.items()}


def _stored_value(model: type[Row], name: str, value: Any) -> Any:
    field = model._meta.fields.get(name)
    if field is None:
        return value
    try:
        return field.db_value(value)
    except (ValueError, TypeError):
        return value


def _differences(rebuilt: _Rebuilt) -> Iterator[Fault]:
    for model in AUDITED:
        table = table_name(model)
        fields = model._meta.sorted_fields
        names = [field.name for field in fields]
        logged = rebuilt.tables.pop(table, {})
        with _raw_rows(model, [field.column_name for field in fields]) as rows:
            for row in rows:
                found = dict(zip(names, row, strict=True))
                expected = logged.pop(found["id"], None)
                if expected is None:
                    yield Fault("table", f"{table} {found['id']}", _shown(None), _shown(found))
                    continue
                stored = as_stored(model, expected)
                differing = [name for name in names if not _same(stored.get(name), found[name])]
                if differing or len(stored) > len(found):
                    yield Fault(
                        "table",
                        f"{table} {found['id']}",
                        _shown({name: stored.get(name) for name in differing or stored}),
                        _shown({name: found[name] for name in differing or found}),
                    )
        for row_id, expected in logged.items():
            yield Fault("table", f"{table} {row_id}", _shown(expected), _shown(None))
    for table in rebuilt.tables:
        yield Fault("table", table, "a table of this version", "unknown table")


def _same(expected: Any, found: Any) -> bool:
    return bool(expected == found) and (type(expected) is type(found) or isinstance(expected, bool))


def _shown(value: Any) -> str:
    """A value for people: JSON, with ID numbers masked."""
    if isinstance(value, dict) and isinstance(value.get("id_number"), str):
        value = {**value, "id_number": identity.mask_id_number(value["id_number"])}
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=repr)
