"""What the tables have in common: the database in use, plain values as JSON, and an integer key.

Units: points, percents and seconds are integers of 1/1000 (`*_milli`); times of day are
minutes after midnight (`*_minute`); moments are ISO 8601 texts in UTC (`*_at`).
Only data/queries and data/actions import this module; rows never leave them.
"""

import json
from contextvars import ContextVar
from typing import Any

from peewee import (
    AutoField,
    DatabaseProxy,
    ForeignKeyField,
    Model,
    SqliteDatabase,
    TextField,
)

current_database: ContextVar[SqliteDatabase | None] = ContextVar("current_database", default=None)


class CurrentDatabase(DatabaseProxy):
    """Stands for the database that the running `store.read()` or `store.write()` has chosen.

    Two event files may be open at once (a rehearsal runs on a copy in a worker thread),
    so the models cannot be bound to one of them.
    """

    @property
    def obj(self) -> SqliteDatabase | None:
        return current_database.get()

    @obj.setter
    def obj(self, value: object) -> None:
        if value is not None:
            raise TypeError("a database is chosen by store.read() and store.write() alone")


class JsonField(TextField):
    """A plain value (dict, list, str, int, bool, None) kept as canonical JSON text."""

    def db_value(self, value: Any) -> str:
        return canonical_json(value)

    def python_value(self, value: str | None) -> Any:
        return None if value is None else json.loads(value)


def canonical_json(value: Any) -> str:
    """The one JSON text of a value: sorted keys, no blanks, Unicode as it is."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


class Row(Model):
    """What every table has: an integer key."""

    id = AutoField()

    class Meta:
        database = CurrentDatabase()
        legacy_table_names = False


def owned_by(model: type[Row], backref: str, **options: Any) -> ForeignKeyField:
    return ForeignKeyField(model, backref=backref, on_delete="RESTRICT", **options)
