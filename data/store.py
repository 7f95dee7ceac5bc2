"""An open event file and its one door for writing.

    with store.write("李敏", "marks.hand_in") as writing:
        writing.insert(Mark, visit=visit_id, ...)

begins IMMEDIATE, lets one action change rows, adds the audit row in the same transaction,
commits, and publishes a `Change`. `store.read()` gives one consistent snapshot.
"""

import hashlib
import secrets
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import chain, islice
from pathlib import Path
from typing import Any

import peewee

from data import audit, migrations
from data.change import Change, Listener, Publisher
from data.errors import FileProblem, InvalidInput, UserError
from data.i18n import _
from data.lock import EventLock
from data.models import Picture, Row, current_database
from data.sign_ins import SignIns

PRAGMAS: dict[str, Any] = {
    "journal_mode": "wal",
    "synchronous": "full",
    "foreign_keys": 1,
    "busy_timeout": 5000,
    "secure_delete": 1,
    # A roster of 20,000 people and its log are some 8 MB. They are written into the WAL once, at the commit (a cache of
    # 2 MB would do so in parts, and some again), and out of it by a later write or when the file is closed.
    "cache_size": -16_000,
    "wal_autocheckpoint": 4_000,
}
_READ_ONLY_PRAGMAS: dict[str, Any] = {"query_only": 1, "busy_timeout": 5000}
_NATIVE = {
    peewee.TextField: frozenset({str, type(None)}),
    peewee.IntegerField: frozenset({int, type(None)}),
    peewee.ForeignKeyField: frozenset({int, type(None)}),
}

_EXCERPT = 40  # characters of a text that is refused
_ROWS_AT_ONCE = 500  # in one statement: a third faster than each by itself, and far fewer values than SQLite takes

Clock = Callable[[], datetime]
Entropy = Callable[[int], bytes]


def utc_now() -> datetime:
    return datetime.now(UTC)


class Writing:
    """What an action may do inside `store.write()`. Every change is noted for the audit log."""

    def __init__(self, at: str) -> None:
        self.at = at
        self.changes: list[audit.RowChange | audit.RowsAdded] = []

    def insert(self, model: type[Row], **values: Any) -> int:
        """Add a row; returns its id."""
        return self.insert_many(model, [values])[0]

    def insert_many(self, model: type[Row], rows: list[dict[str, Any]]) -> list[int]:
        """Add rows in this order; returns their ids."""
        defaults = _defaults(model)
        for row in rows:
            if not row.keys() <= defaults.keys():
                raise KeyError(f"{model.__name__} has no {sorted(row.keys() - defaults.keys())}")
        columns = {name: [row.get(name, value) for row in rows] for name, value in defaults.items()}
        return list(self._insert(model, len(rows), columns))

    def insert_columns(self, model: type[Row], columns: Mapping[str, Sequence[Any]]) -> range:
        """Add as many rows as each column has values, in this order; returns their ids."""
        count = len(next(iter(columns.values())))
        full = {name: [value] * count for name, value in _defaults(model).items() if name not in columns}
        return self._insert(model, count, {**full, **columns})

    def _insert(self, model: type[Row], count: int, columns: Mapping[str, Sequence[Any]]) -> range:
        """Rows that have every field. Peewee would compile each value: ten times slower."""
        if not count:
            return range(0)
        meta = model._meta
        (highest,) = meta.database.execute_sql(f'SELECT MAX(id) FROM "{meta.table_name}"').fetchone()
        ids = range((highest or 0) + 1, (highest or 0) + 1 + count)
        fields = [meta.fields[name] for name in columns]
        names = ", ".join(f'"{field.column_name}"' for field in fields)
        row = f"({', '.join('?' * (len(fields) + 1))})"
        into = f'INSERT INTO "{meta.table_name}" (id, {names}) VALUES'
        values = zip(ids, *map(_database_values, fields, columns.values()), strict=True)
        connection = meta.database.connection()
        with peewee.__exception_wrapper__:
            for _block in range(count // _ROWS_AT_ONCE):
                rows = chain.from_iterable(islice(values, _ROWS_AT_ONCE))
                connection.execute(f"{into} {', '.join([row] * _ROWS_AT_ONCE)}", tuple(rows))
            connection.executemany(f"{into} {row}", values)
        self.changes.append(audit.RowsAdded(audit.table_name(model), ids[0], count, columns))
        return ids

    def update(self, row: Row, **values: Any) -> bool:
        """Change fields of a row; returns whether anything differed."""
        before = {name: row.__data__[name] for name, value in values.items() if row.__data__[name] != value}
        if not before:
            return False
        after = {name: values[name] for name in before}
        model = type(row)
        model.update(after).where(model.id == row.id).execute()
        row.__data__.update(after)
        self.changes.append(audit.RowChange(audit.table_name(model), row.id, before, after))
        return True

    def keep_picture(self, content: bytes) -> str:
        """Keep a picture in the file, once; returns the SHA-256 under which a row refers to it."""
        sha256 = hashlib.sha256(content).hexdigest()
        Picture.insert(sha256=sha256, content=content).on_conflict_ignore().execute()
        return sha256

    def drop_picture(self, sha256: str) -> None:
        """Take a picture that no row refers to any more out of the file."""
        Picture.delete().where(Picture.sha256 == sha256).execute()

    def delete(self, row: Row) -> None:
        """Remove a row."""
        model = type(row)
        model.delete().where(model.id == row.id).execute()
        self.changes.append(audit.RowChange(audit.table_name(model), row.id, dict(row.__data__), None))


def _database_values(field: peewee.Field, values: Sequence[Any]) -> Iterable[Any]:
    """The values as SQLite keeps them; those that are of its own kinds already are most."""
    kinds = set(map(type, values))
    if kinds <= _NATIVE.get(type(field), frozenset()):
        return values
    if kinds == {bool} and type(field) is peewee.BooleanField:
        return map(int, values)  # SQLite's Python module would ask for each what to make of it
    return map(field.db_value, values)


def _defaults(model: type[Row]) -> dict[str, Any]:
    defaults = {name: None for name in model._meta.fields if name != "id"}
    defaults.update(model._meta.get_default_dict())
    return defaults


class Store:
    """An open event file. Any thread may read; writes take turns."""

    def __init__(self, path: Path, lock: EventLock | None, clock: Clock, entropy: Entropy) -> None:
        """Without a lock, the store only reads."""
        self.path = path
        self.clock = clock
        self.entropy = entropy
        self.sign_ins = SignIns()
        self._lock = lock
        self._publisher = Publisher()
        self._write_turn = threading.Lock()
        self._home_thread = threading.get_ident()
        self._closed = False
        self.database = (
            peewee.SqliteDatabase(str(path), pragmas=PRAGMAS, autoconnect=False)
            if lock
            else peewee.SqliteDatabase(read_only_uri(path), pragmas=_READ_ONLY_PRAGMAS, autoconnect=False, uri=True)
        )

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call listener after every commit, in the writer's thread; returns a function that ends it."""
        return self._publisher.subscribe(listener)

    def now(self) -> str:
        """This moment as the event file writes it: ISO 8601 in UTC, to the millisecond."""
        return self.clock().astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")

    @contextmanager
    def read(self) -> Iterator[None]:
        """Let queries run on one snapshot of this event; may be nested, also inside `write`."""
        with self._connected():
            if self.database.in_transaction():
                yield
            else:
                with self.database.atomic("DEFERRED"):
                    yield

    @contextmanager
    def write(self, actor: str, action: str, reason: str = "") -> Iterator[Writing]:
        """One user action: all of it is stored and logged, or nothing is.

        A write that changed no row leaves no audit row and publishes nothing.

        Raises:
            FileProblem: the disk refused; nothing was changed.
            InvalidInput: a text is none that can be stored.
        """
        if self._closed or self._lock is None:
            raise RuntimeError(f"{action}: store.write() on a store that is closed or only reads")
        if self.database.in_transaction():
            raise RuntimeError(f"{action}: store.write() inside store.read() or another store.write()")
        with self._write_turn:
            try:
                with self._connected(), self.database.atomic("IMMEDIATE"):
                    writing = Writing(self.now())
                    yield writing
                    seq = audit.append(writing.at, actor, action, reason, writing.changes) if writing.changes else None
            except (peewee.OperationalError, peewee.DatabaseError) as error:
                if isinstance(error, peewee.IntegrityError):
                    raise
                raise disk_error(self.path, _first_error(error)) from error
            except UnicodeEncodeError as error:  # half of a surrogate pair, such as a field cuts off an emoji
                raise InvalidInput(
                    _("A text holds half a character, so nothing was saved."),
                    where=error.object.encode(errors="replace").decode()[:_EXCERPT],
                    todo=_("Delete that character, or type the text again."),
                ) from error
        if seq is not None:
            tables = frozenset(change.table for change in writing.changes)
            self._publisher.publish(Change(seq, writing.at, actor, action, reason, tables))

    @contextmanager
    def _connected(self) -> Iterator[None]:
        opened = self.database.connect(reuse_if_open=True)
        token = current_database.set(self.database)
        try:
            yield
        finally:
            current_database.reset(token)
            if opened and threading.get_ident() != self._home_thread:
                self.database.close()

    def close(self) -> None:
        """Close the file in the thread that opened it, and let others have it; again does nothing."""
        self.database.close()
        if self._lock and not self._closed:
            self._lock.release()
        self._closed = True


def _first_error(error: BaseException) -> BaseException:
    """What went wrong at first: on a full disk SQLite rolls back by itself, and rolling back again is an error too."""
    while "cannot rollback" in str(error) and error.__context__ is not None:
        error = error.__context__
    return error


def disk_error(path: Path, error: BaseException) -> FileProblem:
    """The user's words for what SQLite says of a file."""
    text = str(error)
    if "locked" in text or "busy" in text:
        what = _("Another program is using the event file, so nothing was saved.")
        todo = _("Close other programs that have it open (a virus scan, a cloud sync), then try again.")
    elif "full" in text:
        what = _("The disk is full, so nothing was saved.")
        todo = _("Free some space on the disk, then try again.")
    elif "not a database" in text:
        what = _("This is not a Biwu event file, or its beginning is damaged.")
        todo = _("Choose a file that ends in .biwu, or open the newest copy from its backups folder.")
    elif "malformed" in text:
        what = _("The event file is damaged.")
        todo = _("Open the newest copy from its backups folder.")
    else:
        what = _("The event file could not be read or written.")
        todo = _("Check that the disk is connected and that you may write to this folder, then try again.")
    return FileProblem(what, where=f"{path}: {text}", todo=todo)


def read_only_uri(path: Path) -> str:
    """How SQLite opens this file without changing it or leaving anything beside it.

    A file that no process holds open has no -wal file, and can be read as it is.
    """
    in_use = path.with_name(path.name + "-wal").exists()
    return f"{path.absolute().as_uri()}?mode=ro{'' if in_use else '&immutable=1'}"


def create(path: Path, *, clock: Clock = utc_now, entropy: Entropy = secrets.token_bytes) -> Store:
    """Make a new, empty event file and open it.

    Raises:
        FileProblem: a file of this name exists, or the folder cannot be written.
        FileInUse: another process is making it.
    """
    _refuse_existing(path)
    lock = EventLock(path)
    try:
        _refuse_existing(path)
    except FileProblem:
        lock.release()
        raise
    try:
        return _open(path, lock, clock, entropy, migrations.create)
    except UserError:
        path.unlink(missing_ok=True)
        raise


def _refuse_existing(path: Path) -> None:
    if path.exists():
        raise FileProblem(
            _("A file of this name exists already."),
            where=str(path),
            todo=_("Choose another name; an event file is never overwritten."),
        )


def open_store(path: Path, *, clock: Clock = utc_now, entropy: Entropy = secrets.token_bytes) -> Store:
    """Open an event file, bringing an older one to the present schema.

    Raises:
        FileProblem: it is missing, damaged, or no event file; it was left as it is.
        FileInUse: another process holds it.
        NewerFile: a newer Biwu wrote it.
    """
    open_read_only(path).close()
    return _open(path, EventLock(path), clock, entropy, migrations.migrate)


def open_read_only(path: Path) -> Store:
    """Open an event file for reading, even while another process writes it. The file is never changed.

    Raises:
        FileProblem: it is missing, damaged, or no event file.
        NewerFile: a newer Biwu wrote it.
    """
    if path.is_dir():
        raise FileProblem(_("This is a folder, not an event file."), where=str(path), todo=_("Choose another file."))
    if not path.is_file():
        raise FileProblem(_("The file does not exist."), where=str(path), todo=_("Choose another file."))
    return _open(path, None, utc_now, secrets.token_bytes, migrations.check_version)


def in_memory() -> Store:
    """Empty tables without a file, which queries can read in this thread; gone when closed."""
    store = Store(Path(":memory:"), None, utc_now, secrets.token_bytes)
    store.database = peewee.SqliteDatabase(":memory:", autoconnect=False)
    with store.read():
        migrations.create(store.database)
    return store


def copy_in_memory(path: Path) -> Store:
    """The content of an event file of any version at the present schema, which queries can read in this thread.

    The file is never changed, and nothing of it comes to the disk anywhere else; gone when closed.

    Raises:
        FileProblem: it is missing, damaged, or no event file.
        NewerFile: a newer Biwu wrote it.
    """
    source = open_read_only(path)
    copy = Store(Path(":memory:"), None, utc_now, secrets.token_bytes)
    copy.database = peewee.SqliteDatabase(":memory:", autoconnect=False)
    try:
        copy.database.connect()
        source.database.connection().backup(copy.database.connection())
        with copy.read():
            migrations.migrate(copy.database)
    except (peewee.DatabaseError, sqlite3.Error) as error:
        copy.close()
        raise disk_error(path, error) from error
    finally:
        source.close()
    return copy


def _open(
    path: Path,
    lock: EventLock | None,
    clock: Clock,
    entropy: Entropy,
    prepare: Callable[[peewee.SqliteDatabase], object],
) -> Store:
    store = Store(path, lock, clock, entropy)
    try:
        store.database.connect()
        token = current_database.set(store.database)
        try:
            prepare(store.database)
        finally:
            current_database.reset(token)
    except UserError as error:
        store.close()
        error.where = error.where or str(path)
        raise
    except (peewee.DatabaseError, sqlite3.Error) as error:
        store.close()
        raise disk_error(path, error) from error
    return store
