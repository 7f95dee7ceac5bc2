"""The audit log as people read it: one line a write, and what each write changed."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from peewee import ForeignKeyField

from data import models
from data.i18n import _
from data.local_time import local_time
from data.queries import sealing
from data.queries.audit_words import action_title, field_title, table_title, value_title
from data.rules import identity
from data.rules.decimals import clock
from data.store import Store

NOTHING = "–"
MOST_DETAILS = 2000  # lines of one write; the rest is counted
_LONGEST_TEXT = 300

# What tells one row of a table from another for a reader.
_LABELS: dict[str, tuple[str, ...]] = {
    "event": ("name",),
    "session": ("name",),
    "division": ("category", "name"),
    "unit": ("name",),
    "sheet": ("code", "name"),
    "item": ("sheet", "number"),
    "station": ("code", "name"),
    "station_division": ("station", "division"),
    "walk": ("station", "other"),
    "component": ("division", "name"),
    "component_station": ("component", "station"),
    "award_level": ("division", "name"),
    "judge": ("name", "station"),
    "break": ("name",),
    "person": ("name", "unit"),
    "photo": ("person",),
    "past_entry": ("name", "year"),
    "entrant": ("number", "name", "unit"),
    "member": ("entrant", "person"),
    "substitution": ("entrant",),
    "draw": ("kind",),
    "drawn_station": ("entrant", "station"),
    "drawn_lane": ("entrant", "station"),
    "decoding": ("layer",),
    "timetable": ("number",),
    "visit": ("entrant", "station"),
    "incident": ("visit",),
    "lane_closure": ("station", "lane"),
    "slot": ("visit",),
    "mark": ("visit", "seat"),
    "theory_mark": ("entrant",),
    "playoff": ("entrant",),
    "result_version": ("number",),
    "printout": ("kind",),
    "operator": ("name",),
    "reading": ("mark",),
    "confirmation": ("visit", "kind"),
    "lock": ("station", "division"),
    "appeal": ("entrant", "about"),
    "tie_decision": ("division",),
    "honour": ("name",),
    "honour_given": ("honour", "entrant", "unit"),
    "notice": ("of_version",),
    "resit": ("entrant",),
}
# What tells who has which number: shown when the names of a blind event are decoded. Of an entrant only his state is.
_SEALED_TABLES = frozenset({"person", "photo", "past_entry", "entrant", "member", "substitution", "draw"})
_OPEN_FIELDS = frozenset({"state", "arrived_at", "ready_minute"})
_REASONS = frozenset({"reason", "void_reason", "raised_by", "late_reason", "decision"})
_SECRETS = frozenset({"salt", "pin_hash"})  # who has both tries all PINs in an hour
_MODELS = {model._meta.table_name: model for model in models.AUDITED}
TABLES = frozenset(_MODELS)  # every table whose changes are logged


@dataclass(frozen=True)
class AuditEntry:
    """One write: `at` in local time, `title` the action in words."""

    seq: int
    at: datetime
    actor: str
    action: str
    title: str
    reason: str


@dataclass(frozen=True)
class AuditDetail:
    """One thing that a write changed. kind: added | changed | removed.

    `before` and `after` are texts for people; for an added or removed row they hold all of its fields.
    """

    kind: str
    table: str
    subject: str
    field: str
    before: str
    after: str


@dataclass(frozen=True)
class AuditDetails:
    """What one write changed; `left_out` counts the rows beyond the first MOST_DETAILS."""

    rows: tuple[AuditDetail, ...]
    left_out: int


def entries(store: Store, *, after: int = 0) -> list[AuditEntry]:
    """The writes whose number is above `after`, newest first; while names are sealed, without their reasons."""
    columns = (models.Audit.id, models.Audit.at, models.Audit.actor, models.Audit.action, models.Audit.reason)
    with store.read():
        found = models.Audit.select(*columns).where(models.Audit.id > after).order_by(models.Audit.id.desc())
        sealed = sealing.sealed_word() if sealing.names_sealed() else ""
        return [
            AuditEntry(seq, local_time(at), actor, action, action_title(action), (reason and sealed) or reason)
            for seq, at, actor, action, reason in found.tuples().iterator()
        ]


def details(store: Store, seq: int) -> AuditDetails:
    """What a write changed, in the order in which it did; nothing for an unknown number.

    While names or lanes are sealed, one line stands for all rows of a table that would tell them.
    """
    with store.read():
        row = models.Audit.select(models.Audit.changes).where(models.Audit.id == seq).tuples().first()
        changes = json.loads(row[0]) if row else []
        reader = _Reader(sealing.names_sealed(), sealing.is_sealed(sealing.LANE))
        rows = [line for change in changes[:MOST_DETAILS] for line in reader.lines(*change)]
        if reader.sealed:
            rows = list(dict.fromkeys(rows))
    return AuditDetails(tuple(rows), max(0, len(changes) - MOST_DETAILS))


@dataclass
class _Reader:
    """Turns logged changes into lines; remembers the labels of rows that others refer to."""

    sealed: bool  # the names
    lanes_sealed: bool
    labels: dict[tuple[str, int], str] = field(default_factory=dict)

    def lines(
        self, table: str, row_id: int, before: dict[str, Any] | None, after: dict[str, Any] | None
    ) -> Iterator[AuditDetail]:
        title = table_title(table)
        if self._hides(table, before, after):
            kind = "added" if before is None else "removed" if after is None else "changed"
            yield AuditDetail(kind, title, sealing.sealed_word(), "", "", sealing.sealed_word())
            return
        if before is None or after is None:
            values = after or before or {}
            told = "; ".join(
                f"{field_title(name)}: {self.text(table, name, value)}"
                for name, value in values.items()
                if name != "id" and value not in (None, "")
            )
            kind, texts = ("added", ("", told)) if before is None else ("removed", (told, ""))
            yield AuditDetail(kind, title, self.label(table, values), "", *texts)
            return
        subject = self.label_of(table, row_id)
        for name, value in after.items():
            old = self.text(table, name, before[name])
            yield AuditDetail("changed", title, subject, field_title(name), old, self.text(table, name, value))

    def _hides(self, table: str, before: dict[str, Any] | None, after: dict[str, Any] | None) -> bool:
        if table == "drawn_lane":
            return self.lanes_sealed
        shown = table == "entrant" and before is not None and after is not None and after.keys() <= _OPEN_FIELDS
        return self.sealed and table in _SEALED_TABLES and not shown

    def label(self, table: str, values: dict[str, Any]) -> str:
        if self.sealed and table in _SEALED_TABLES:
            return str(values.get("number") or sealing.sealed_word())
        parts = (
            self.text(table, name, values.get(name)) for name in _LABELS[table] if values.get(name) not in (None, "")
        )
        return " · ".join(parts)

    def label_of(self, table: str, row_id: int) -> str:
        key = (table, row_id)
        if key not in self.labels:
            row = _MODELS[table].get_or_none(id=row_id)
            self.labels[key] = f"#{row_id}" if row is None else self.label(table, row.__data__)
        return self.labels[key]

    def text(self, table: str, name: str, value: Any) -> str:
        """A stored value as people write it."""
        if value is None or value == "":
            return NOTHING
        if name in _SECRETS:
            return _("(hidden)")
        if self.sealed and (name in _REASONS or (table, name) == ("appeal", "text")):
            return sealing.sealed_word()
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        referred = _MODELS[table]._meta.fields[name]
        if isinstance(referred, ForeignKeyField):
            return self.label_of(referred.rel_model._meta.table_name, value)
        if name.endswith("_milli"):
            return format(Decimal(value) / 1000, "f")
        if name.endswith("_minute"):
            return clock(value)
        if name == "at" or name.endswith("_at"):
            return f"{local_time(value):%Y-%m-%d %H:%M:%S}"
        if name == "id_number":
            return identity.mask_id_number(value)
        if isinstance(value, (dict, list)):
            value = models.canonical_json(value)
        text = value_title(name, str(value))
        return text if len(text) <= _LONGEST_TEXT else text[:_LONGEST_TEXT] + "…"
