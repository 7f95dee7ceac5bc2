"""Checks a whole event file from outside: what `./start verify FILE.biwu` runs.

Six checks: the file and its tables, the audit log, the draw records, photos and substitutions, second entries, and
every result version against the marks of its time. The file is only read, so the event of another window can be
checked while it runs.
"""

import logging
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import peewee

from data import audit, migrations, models
from data.errors import UserError
from data.i18n import _, ngettext
from data.queries import sealing
from data.store import Store, open_read_only
from data.verify_draws import draw_faults
from data.verify_people import people_faults
from data.verify_readings import reading_faults
from data.verify_results import version_faults

log = logging.getLogger(__name__)

MOST_LINES = 100  # of one check; a file that was rebuilt by hand may have a fault in every row

Check = Callable[[Store], Iterator[str]]


def verify_file(path: Path) -> list[str]:
    """One line for each fault of the file, in the language in use; none when it is sound."""
    try:
        store = open_read_only(path)
    except UserError as error:
        return [" ".join(str(error).splitlines())]
    try:
        # A file that SQLite cannot read, or with other tables, leaves nothing for the other checks to stand on.
        lines = _run(_file_faults, store) or _run(_table_faults, store)
        if not lines:
            lines = _run(_audit_faults, store)
            # The marks of the time of a result version are in the log alone.
            of_rows = (draw_faults, people_faults, reading_faults)
            checks = of_rows if lines else (*of_rows, version_faults)
            for check in checks:
                lines += _run(check, store)
        return lines
    finally:
        store.close()


def _run(check: Check, store: Store) -> list[str]:
    lines: list[str] = []
    try:
        with store.read():
            lines.extend(check(store))
    except (peewee.DatabaseError, sqlite3.Error) as error:
        lines.append(_("The file cannot be read to its end: {error}").format(error=error))
    except Exception as error:  # whatever a forged file does to a rule, the user gets a line
        log.exception("a check could not be finished")
        lines.append(
            _("A check could not be finished, since the file holds values that Biwu does not write: {error}").format(
                error=f"{type(error).__name__}: {error}"
            )
        )
    if len(lines) > MOST_LINES:
        more = len(lines) - MOST_LINES
        lines[MOST_LINES:] = [ngettext("… and {n} more fault", "… and {n} more faults", more).format(n=more)]
    return [line.encode(errors="backslashreplace").decode() for line in lines]


def _file_faults(store: Store) -> Iterator[str]:
    for (line,) in store.database.execute_sql("PRAGMA quick_check"):
        if line != "ok":
            yield _("The file is damaged: {fault}").format(fault=line)


Shape = dict[str, frozenset[tuple[Any, ...]]]


def shape(database: peewee.SqliteDatabase) -> Shape:
    """Columns, indexes and references of every table, in a form that does not depend on how they were made."""
    tables = [name for (name,) in database.execute_sql("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {table: frozenset(_parts(database, table)) for table in tables if not table.startswith("sqlite_")}


def _parts(database: peewee.SqliteDatabase, table: str) -> Iterator[tuple[Any, ...]]:
    for _cid, name, kind, not_null, _default, key in database.execute_sql(f'PRAGMA table_info("{table}")'):
        yield "column", name, kind, not_null, key
    for _seq, index, unique, *_rest in database.execute_sql(f'PRAGMA index_list("{table}")'):
        columns = database.execute_sql(f'PRAGMA index_info("{index}")')
        yield "index", unique, tuple(name for _rank, _cid, name in columns)
    for _id, _seq, other, column, other_column, *actions in database.execute_sql(f'PRAGMA foreign_key_list("{table}")'):
        yield "reference", column, other, other_column, *actions


def fresh_shape() -> Shape:
    """The shape of a new event file of this version."""
    database = peewee.SqliteDatabase(":memory:")
    token = models.current_database.set(database)
    try:
        migrations.create(database)
        return shape(database)
    finally:
        models.current_database.reset(token)
        database.close()


def _table_faults(store: Store) -> Iterator[str]:
    version = migrations.check_version(store.database)
    if version < migrations.SCHEMA_VERSION:
        yield _("The file is of an older version ({version}): open it in Biwu once, then check it again.").format(
            version=version
        )
        return
    expected, found = fresh_shape(), shape(store.database)
    for table in sorted(expected.keys() | found.keys()):
        if expected.get(table) != found.get(table):
            yield _("Table {table}: its columns are not those of a Biwu event file.").format(table=table)
    for table, row_id, other, _key in store.database.execute_sql("PRAGMA foreign_key_check"):
        yield _("Table {table}, row {row}: the row of {other} that it belongs to is missing.").format(
            table=table, row=row_id, other=other
        )


def _audit_faults(_store: Store) -> Iterator[str]:
    for fault in audit.verify():
        match fault.check:
            case "gap":
                sentence = _("Audit log: row {expected} should follow, but row {found} does.")
            case "chain":
                sentence = _("Audit log: {place} was altered, or taken out of its place.")
            case "content":
                sentence = _("Audit log: {place} does not fit what was logged before ({expected} / {found}).")
            case _:
                sentence = _("Altered outside Biwu: {place}. Logged: {expected}. In the file: {found}.")
        hidden = fault.check in ("content", "table") and sealing.names_sealed()
        expected, found = (sealing.sealed_word(),) * 2 if hidden else (fault.expected, fault.found)
        yield sentence.format(place=fault.place, expected=expected, found=found)
