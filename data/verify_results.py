"""Recomputes every result version from the marks as they stood when it was made.

Marks may change after a version (an appeal), so the tables of today say nothing of it. The audit log
does: it is replayed into tables in memory, and before each version goes in, the standings are
computed anew and compared with what the version froze.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import closing
from typing import Any

from data import audit, models
from data.i18n import _
from data.queries.certified import form_of
from data.queries.results import content_now
from data.store import Store, in_memory

_MODELS = {audit.table_name(model): model for model in models.AUDITED}
_VERSION_TABLE = audit.table_name(models.ResultVersion)

Content = Mapping[str, Any]


def version_faults(store: Store) -> Iterator[str]:
    """One line for each place where a result version is not what the marks give. The log must be sound."""
    with store.read():
        if not models.ResultVersion.select().exists():
            return
        log = models.Audit.select(models.Audit.changes).order_by(models.Audit.id).tuples()
        changes = [change for (text,) in log.iterator() for change in json.loads(text)]
    with closing(in_memory()) as replayed:
        for table, row_id, before, after in changes:
            if table == _VERSION_TABLE and before is None:
                yield from _compare(after, content_now(replayed, form_of(after["content"])))
            _apply(replayed, table, row_id, before, after)


def _apply(replayed: Store, table: str, row_id: int, before: Content | None, after: Content | None) -> None:
    model = _MODELS[table]
    if after is None:
        sql, values = f'DELETE FROM "{table}" WHERE id = ?', [row_id]
    else:
        values_after = dict(after) if before is not None else {**audit.added_later(table), **after}
        stored = audit.as_stored(model, values_after)
        columns = [model._meta.fields[name].column_name for name in stored]
        if before is None:
            names = ", ".join(f'"{column}"' for column in columns)
            sql = f'INSERT INTO "{table}" ({names}) VALUES ({", ".join("?" * len(columns))})'
            values = list(stored.values())
        else:
            places = ", ".join(f'"{column}" = ?' for column in columns)
            sql, values = f'UPDATE "{table}" SET {places} WHERE id = ?', [*stored.values(), row_id]
    replayed.database.execute_sql(sql, values)


def _compare(version: Content, computed: Content) -> Iterator[str]:
    number, frozen = version["number"], version["content"]
    if hashlib.sha256(models.canonical_json(frozen).encode()).hexdigest() != version["sha256"]:
        yield _("Result version {number}: its content does not have the fingerprint that stands beside it.").format(
            number=number
        )
    if models.canonical_json(frozen) == models.canonical_json(computed):
        return
    expected, found = _lines(computed), _lines(frozen)
    differing = [key for key in {**expected, **found} if expected.get(key) != found.get(key)]
    for key in differing:
        yield _(
            "Result version {number}, division {division}, {name}: the marks give “{expected}”, but it says “{found}”."
        ).format(
            number=number,
            division=key[0],
            name=(expected.get(key) or found[key])["name"],
            expected=_shown(expected.get(key)),
            found=_shown(found.get(key)),
        )
    honours = [name for name, _holders in _honours(computed) ^ _honours(frozen)]
    for name in sorted(set(honours)):
        yield _("Result version {number}: the honour {name} is not with those who had it then.").format(
            number=number, name=name
        )
    if not differing and not honours:
        yield _("Result version {number}: what it says of the event and its divisions is not what stood there.").format(
            number=number
        )


def _honours(content: Content) -> set[tuple[str, str]]:
    """Each honour with its holders, as one text."""
    return {(honour["name"], models.canonical_json(honour["rows"])) for honour in content.get("honours", ())}


def _lines(content: Content) -> dict[tuple[str, int], Content]:
    """The line of each entrant: by division code and entrant."""
    return {(division["code"], row["entrant_id"]): row for division in content["divisions"] for row in division["rows"]}


def _shown(row: Content | None) -> str:
    """Place, total, award and whatever else of a line a reader can compare."""
    if row is None:
        return "–"
    parts = (row["place"], row["number"], row["unit"], *row["shown_components"], row["total"], row["award"])
    return " ".join(str(part) for part in (*parts, row["serial"], row["state"]) if part not in (None, ""))
