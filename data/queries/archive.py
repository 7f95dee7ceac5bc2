"""What the archive (归档) of an event holds of its tables: every mark and every decision, in words, no ID numbers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from data import models
from data.queries.audit_words import action_title, field_title, value_title
from data.rules.decimals import show_milli
from data.store import Store

Rows = list[list[str]]
LOG_HEADER = ("seq", "at", "actor", "action", "title", "reason", "previous", "sha256")

# The tables beside the marks, by the name of their file; each is whole, in the order in which it was written.
_TABLES: Mapping[str, type[models.Row]] = {
    "theory-marks": models.TheoryMark,
    "visits": models.Visit,
    "incidents": models.Incident,
    "second-readings": models.Reading,
    "confirmations": models.Confirmation,
    "locks": models.Lock,
    "appeals": models.Appeal,
    "play-offs": models.Playoff,
    "shared-ties": models.TieDecision,
    "honours-by-hand": models.HonourGiven,
    "notices": models.Notice,
    "printouts": models.Printout,
}


@dataclass(frozen=True)
class VersionText:
    """A result version as it is stored: `text` is the canonical JSON whose SHA-256 is `sha256`."""

    number: int
    made_at: str
    actor: str
    reason: str
    sha256: str
    text: str


def version_texts(store: Store) -> list[VersionText]:
    """Every result version, the oldest first."""
    with store.read():
        rows = models.ResultVersion.select().order_by(models.ResultVersion.number)
        return [
            VersionText(row.number, row.made_at, row.actor, row.reason, row.sha256, models.canonical_json(row.content))
            for row in rows
        ]


def log_rows(store: Store) -> Rows:
    """Every write with the hashes that chain it to the one before it."""
    log = models.Audit
    with store.read():
        rows = log.select(log.id, log.at, log.actor, log.action, log.reason, log.previous, log.sha256)
        return [
            [str(seq), at, actor, action, action_title(action), reason, previous, sha256]
            for seq, at, actor, action, reason, previous, sha256 in rows.order_by(log.id).tuples()
        ]


def table_rows(store: Store) -> dict[str, Rows]:
    """Every version of every mark, and the tables beside them, by the name of the file; the first row is the header."""
    with store.read():
        labels = _labels()
        found = {"marks": _rows(models.Mark, labels)}
        found |= {name: _rows(model, labels) for name, model in _TABLES.items()}
        return found


def _rows(model: type[models.Row], labels: Mapping[str, Mapping[int, str]]) -> Rows:
    names = [name for name in model._meta.sorted_field_names if name != "id"]
    readers = [_reader(model, name, labels) for name in names]
    rows = [[read(row.__data__[name]) for name, read in zip(names, readers, strict=True)] for row in _all(model)]
    return [[field_title(name) for name in names], *rows]


def _all(model: type[models.Row]) -> Any:
    return model.select().order_by(model.id).iterator()


def _reader(model: type[models.Row], name: str, labels: Mapping[str, Mapping[int, str]]) -> Callable[[Any], str]:
    """How the values of a field are written."""
    if name.endswith("_milli"):
        return lambda value: "" if value is None else show_milli(value)
    of_table = getattr(model._meta.fields[name], "rel_model", None)
    if of_table is not None:
        known = labels[of_table._meta.table_name]
        return lambda value: "" if value is None else known[value]
    return lambda value: _text(name, value)


def _text(name: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, dict | list):
        return models.canonical_json(value)
    return str(int(value)) if isinstance(value, bool) else value_title(name, str(value))


def _labels() -> dict[str, dict[int, str]]:
    """What stands for a row of another table: who, where, which sheet."""
    entrants = {row.id: f"{row.number or ''} {row.name}".strip() for row in models.Entrant.select()}
    stations = {row.id: row.code for row in models.Station.select()}
    visits = {row.id: f"{entrants[row.entrant_id]} {stations[row.station_id]}" for row in models.Visit.select()}
    marks = models.Mark.select(models.Mark.id, models.Mark.visit, models.Mark.seat, models.Mark.version)
    return {
        "entrant": entrants,
        "station": stations,
        "visit": visits,
        "mark": {row.id: f"{visits[row.visit_id]} {row.seat} v{row.version}" for row in marks},
        "division": {row.id: row.code for row in models.Division.select()},
        "unit": {row.id: row.name for row in models.Unit.select()},
        "honour": {row.id: row.name for row in models.Honour.select()},
    }
