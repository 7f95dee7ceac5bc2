"""The one door: all of a write or nothing, one snapshot a read, and words for whatever the disk does."""

import sqlite3
import threading
from datetime import UTC, datetime
from pathlib import Path

import peewee
import pytest

from data import audit, models
from data import store as stores
from data.change import Change
from data.errors import FileProblem, InvalidInput, NotAllowed
from data.models import Audit, Unit
from data.store import Store, Writing
from tests.data.samples import add_unit, add_visit, count, insert_unit, unit_names


def add_units(writing: Writing, names: list[str]) -> list[int]:
    return writing.insert_many(
        Unit, [{"name": name, "category": "一类", "position": n} for n, name in enumerate(names)]
    )


def test_a_write_stores_logs_and_publishes(store: Store) -> None:
    heard: list[Change] = []
    store.subscribe(heard.append)
    with store.write("李敏", "roster.import_people", "补报") as writing:
        insert_unit(writing, "高安市人民医院")
        insert_unit(writing, "高安市中医院", 2)
    assert unit_names(store) == ["高安市人民医院", "高安市中医院"]
    assert heard == [Change(1, writing.at, "李敏", "roster.import_people", "补报", frozenset({"unit"}))]
    with store.read():
        row = Audit.get()
    assert (row.at, row.actor, row.action, row.reason) == (writing.at, "李敏", "roster.import_people", "补报")


def test_a_write_that_raises_leaves_nothing(store: Store) -> None:
    heard: list[Change] = []
    store.subscribe(heard.append)

    def half() -> None:
        with store.write("李敏", "test.half") as writing:
            insert_unit(writing, "高安市人民医院")
            raise NotAllowed("no")

    with pytest.raises(NotAllowed):
        half()
    assert (count(store, Unit), count(store, Audit), heard) == (0, 0, [])


def test_a_write_that_breaks_a_constraint_leaves_nothing(store: Store) -> None:
    add_unit(store, "高安市人民医院")
    with pytest.raises(peewee.IntegrityError), store.write("李敏", "test.twice") as writing:
        add_units(writing, ["高安市中医院", "高安市人民医院"])
    assert unit_names(store) == ["高安市人民医院"]
    assert count(store, Audit) == 1


def test_more_rows_than_one_statement_takes_come_in_their_order(store: Store) -> None:
    names = [f"第{number}医院" for number in range(1203)]
    with store.write("李敏", "test.many") as writing:
        assert add_units(writing, names) == list(range(1, 1204))
    with store.read():
        assert list(Unit.select(Unit.id, Unit.name).order_by(Unit.id).tuples()) == list(enumerate(names, start=1))
        assert audit.verify() == []
    with pytest.raises(peewee.IntegrityError), store.write("李敏", "test.twice") as writing:
        add_units(writing, [f"{name}分院" for name in names[:1100]] + names[:1])
    assert count(store, Unit) == 1203


def test_a_write_that_changes_nothing_is_not_logged(store: Store) -> None:
    add_unit(store, "高安市人民医院")
    heard: list[Change] = []
    store.subscribe(heard.append)
    with store.write("李敏", "test.same") as writing:
        assert not writing.update(Unit.get(), name="高安市人民医院")
    assert (count(store, Audit), heard) == (1, [])


def test_update_and_delete(store: Store) -> None:
    add_unit(store, "高安市人民医院")
    with store.write("李敏", "test.rename") as writing:
        unit = Unit.get()
        assert writing.update(unit, name="高安市中医院", category="一类")
        assert unit.name == "高安市中医院"
    assert unit_names(store) == ["高安市中医院"]
    with store.write("李敏", "test.remove") as writing:
        writing.delete(Unit.get())
    assert unit_names(store) == []
    with store.read():
        logged = [row.changes for row in Audit.select().order_by(Audit.id)]
    assert logged[1] == '[["unit",1,{"name":"高安市人民医院"},{"name":"高安市中医院"}]]'
    assert logged[2].endswith(",null]]")


def test_a_row_that_others_refer_to_cannot_be_removed(store: Store) -> None:
    add_visit(store)
    with pytest.raises(peewee.IntegrityError), store.write("李敏", "test.remove") as writing:
        writing.delete(Unit.get())
    assert count(store, Unit) == 1


def test_many_rows_at_once_keep_their_order(store: Store) -> None:
    names = [f"第{n}医院" for n in range(1203)]
    with store.write("李敏", "test.many") as writing:
        assert add_units(writing, names) == list(range(1, 1204))
    assert unit_names(store) == names


def test_a_nested_write_is_refused(store: Store, tmp_path: Path) -> None:
    other = stores.create(tmp_path / "other.biwu")
    with store.read(), pytest.raises(RuntimeError, match="inside"):
        add_unit(store, "高安市人民医院")
    with store.read(), other.read(), pytest.raises(RuntimeError, match="inside"):
        add_unit(store, "高安市人民医院")
    with store.write("李敏", "test.outer"), pytest.raises(RuntimeError, match="inside"):
        add_unit(store, "高安市人民医院")
    other.close()
    assert count(store, Unit) == 0
    add_unit(store, "高安市中医院")


def test_two_event_files_do_not_mix(store: Store, tmp_path: Path) -> None:
    other = stores.create(tmp_path / "other.biwu")
    try:
        add_unit(store, "高安市人民医院")
        add_unit(other, "高安市中医院")
        with store.read():
            assert unit_names(other) == ["高安市中医院"]
            assert unit_names(store) == ["高安市人民医院"]
    finally:
        other.close()


def test_a_listener_that_raises_breaks_nothing(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    heard: list[Change] = []

    def broken(change: Change) -> None:
        raise ValueError("broken")

    store.subscribe(broken)
    store.subscribe(heard.append)
    add_unit(store, "高安市人民医院")
    assert [change.seq for change in heard] == [1]
    assert "a listener failed on change 1" in caplog.text


def test_a_listener_may_write_and_may_leave(store: Store) -> None:
    def follow(change: Change) -> None:
        leave()
        leave()
        add_unit(store, "高安市中医院")

    leave = store.subscribe(follow)
    add_unit(store, "高安市人民医院")
    assert unit_names(store) == ["高安市人民医院", "高安市中医院"]


def test_threads_take_turns(store: Store) -> None:
    failed: list[BaseException] = []
    ready = threading.Barrier(3)

    def work(who: int) -> None:
        try:
            ready.wait()
            for n in range(20):
                add_unit(store, f"{who}-{n}", actor=str(who))
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=work, args=(who,)) for who in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    names = unit_names(store)
    assert len(names) == 60
    for who in range(3):
        assert [name for name in names if name.startswith(f"{who}-")] == [f"{who}-{n}" for n in range(20)]


def test_a_read_sees_one_moment(store: Store) -> None:
    add_unit(store, "高安市人民医院")

    with store.read():
        assert Unit.select().count() == 1
        writer = threading.Thread(target=add_unit, args=(store, "高安市中医院"))
        writer.start()
        writer.join()
        assert Unit.select().count() == 1
        with store.read():
            assert Unit.select().count() == 1
    assert count(store, Unit) == 2


def test_a_write_sees_its_own_rows_and_queries_run_inside(store: Store) -> None:
    with store.write("李敏", "test.read_inside") as writing:
        insert_unit(writing, "高安市人民医院")
        assert unit_names(store) == ["高安市人民医院"]


def test_time_is_utc_to_the_millisecond(tmp_path: Path) -> None:
    moment = datetime(2023, 11, 25, 0, 30, 0, 123456, tzinfo=UTC)
    store = stores.create(tmp_path / "event.biwu", clock=lambda: moment)
    assert store.now() == "2023-11-25T00:30:00.123Z"
    store.close()


def test_an_acknowledged_write_is_on_the_disk(store: Store) -> None:
    with store.read():
        assert store.database.pragma("journal_mode") == "wal"
        assert store.database.pragma("synchronous") == 2
        assert store.database.pragma("foreign_keys") == 1


def test_a_closed_store_refuses_to_write(store: Store) -> None:
    store.close()
    store.close()
    with pytest.raises(RuntimeError, match="closed"):
        add_unit(store, "高安市人民医院")


def test_reading_only(store: Store) -> None:
    add_unit(store, "高安市人民医院")
    reader = stores.open_read_only(store.path)
    try:
        assert unit_names(reader) == ["高安市人民医院"]
        with pytest.raises(RuntimeError, match="only reads"):
            add_unit(reader, "高安市中医院")
        add_unit(store, "高安市中医院")
        assert count(reader, Unit) == 2
    finally:
        reader.close()


def test_reading_leaves_no_trace(store: Store) -> None:
    add_unit(store, "高安市人民医院")
    store.close()
    before = {path.name: path.read_bytes() for path in store.path.parent.iterdir()}
    reader = stores.open_read_only(store.path)
    assert unit_names(reader) == ["高安市人民医院"]
    reader.close()
    assert {path.name: path.read_bytes() for path in store.path.parent.iterdir()} == before


def test_a_full_disk_is_told_and_nothing_is_saved(store: Store) -> None:
    add_unit(store, "高安市人民医院")
    with store.read():
        pages = store.database.pragma("page_count")
        store.database.pragma("max_page_count", pages)
    with pytest.raises(FileProblem, match="disk is full"), store.write("李敏", "test.fill") as writing:
        add_units(writing, [f"{n}" * 200 for n in range(2000)])
    assert unit_names(store) == ["高安市人民医院"]
    with store.read():
        store.database.pragma("max_page_count", 1_000_000)
    add_unit(store, "高安市中医院")
    assert count(store, Audit) == 2


@pytest.mark.parametrize(("unit", "reason"), [("一院\ud83d", ""), ("一院", "改名\ude00")])
def test_half_a_character_is_told_and_nothing_is_saved(store: Store, unit: str, reason: str) -> None:
    with (
        pytest.raises(InvalidInput, match="half a character") as caught,
        store.write("李敏", "test.add_unit", reason) as writing,
    ):
        insert_unit(writing, unit)
    assert caught.value.where == f"{unit[:2]}?" if unit[2:] else f"{reason[:2]}?"
    assert (unit_names(store), count(store, Audit)) == ([], 0)


def test_another_program_in_the_way_is_told(store: Store) -> None:
    with store.read():
        store.database.pragma("busy_timeout", 1)
    other = sqlite3.connect(store.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(FileProblem, match="Another program"):
        add_unit(store, "高安市人民医院")
    other.execute("ROLLBACK")
    other.close()
    add_unit(store, "高安市人民医院")


def test_create_never_overwrites(tmp_path: Path) -> None:
    path = tmp_path / "event.biwu"
    path.write_text("mine")
    with pytest.raises(FileProblem, match="exists already"):
        stores.create(path)
    assert path.read_text() == "mine"
    assert list(tmp_path.iterdir()) == [path]


def test_create_loses_a_race_without_harm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another process made and closed the file between the first look and the lock."""
    path = tmp_path / "event.biwu"

    class LateLock(stores.EventLock):
        def __init__(self, event_file: Path) -> None:
            super().__init__(event_file)
            event_file.write_text("theirs")

    monkeypatch.setattr(stores, "EventLock", LateLock)
    with pytest.raises(FileProblem, match="exists already"):
        stores.create(path)
    assert path.read_text() == "theirs"


def test_create_that_fails_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(database: peewee.SqliteDatabase) -> None:
        database.execute_sql("CREATE TABLE half (x)")
        raise peewee.OperationalError("database or disk is full")

    monkeypatch.setattr(stores.migrations, "create", full)
    with pytest.raises(FileProblem, match="disk is full"):
        stores.create(tmp_path / "event.biwu")
    assert not (tmp_path / "event.biwu").exists()


def test_create_in_a_folder_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="cannot be opened for writing"):
        stores.create(tmp_path / "gone" / "event.biwu")


def _other_database(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE bookmark (url)")
    connection.commit()
    connection.close()


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda path: path.write_bytes(b""), "not a Biwu event file"),
        (lambda path: path.write_text("姓名,单位\n" * 300), "not a Biwu event file"),
        (_other_database, "not a Biwu event file"),
        (lambda path: path.mkdir(), "a folder"),
        (lambda path: None, "does not exist"),
    ],
    ids=["empty", "text", "another database", "folder", "missing"],
)
def test_other_files_are_refused_and_left_alone(tmp_path: Path, make, words: str) -> None:
    path = tmp_path / "event.biwu"
    make(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(FileProblem, match=words) as raised:
        stores.open_store(path)
    assert str(path) in raised.value.where
    assert raised.value.todo
    assert (path.read_bytes() if path.is_file() else None) == before
    assert [found for found in tmp_path.iterdir() if found != path] == []


@pytest.mark.parametrize(("kept", "words"), [(50, "not a Biwu event file"), (4096, "damaged"), (20000, "damaged")])
def test_a_truncated_file_is_refused_and_left_alone(store: Store, kept: int, words: str) -> None:
    store.close()
    path = store.path
    path.write_bytes(path.read_bytes()[:kept])
    before = path.read_bytes()
    with pytest.raises(FileProblem, match=words):
        stores.open_store(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("database is locked", "Another program"),
        ("database or disk is full", "disk is full"),
        ("file is not a database", "not a Biwu event file"),
        ("database disk image is malformed", "damaged"),
        ("disk I/O error", "could not be read or written"),
    ],
)
def test_the_words_for_what_sqlite_says(said: str, words: str) -> None:
    error = stores.disk_error(Path("/event.biwu"), sqlite3.OperationalError(said))
    assert words in error.what
    assert said in error.where
    assert error.todo


def test_models_are_bound_by_the_store_alone() -> None:
    with pytest.raises(TypeError, match="store"):
        models.Row._meta.database.initialize(peewee.SqliteDatabase(":memory:"))
