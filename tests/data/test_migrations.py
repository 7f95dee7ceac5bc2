"""Files of every earlier version open, newer ones are refused, and a step that fails changes nothing."""

import shutil
import sqlite3
import tomllib
from pathlib import Path

import peewee
import pytest

from data import audit, migrations, models
from data import store as stores
from data.errors import FileProblem, NewerFile
from data.store import Store
from data.verify import fresh_shape, shape, verify_file
from tests.data.samples import add_unit, unit_names

SAVED = Path(__file__).parents[1] / "db_versions"
ROOT = Path(__file__).parents[2]


def pragma(path: Path, name: str, value: int | None = None) -> int:
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        if value is not None:
            connection.execute(f"PRAGMA {name} = {value}")
        return int(connection.execute(f"PRAGMA {name}").fetchone()[0])
    finally:
        connection.close()


@pytest.mark.parametrize("version", range(1, migrations.SCHEMA_VERSION + 1))
def test_a_saved_file_of_each_version_opens(tmp_path: Path, version: int) -> None:
    path = tmp_path / "saved.biwu"
    shutil.copyfile(SAVED / f"v{version}.biwu", path)
    assert pragma(path, "user_version") == version
    saved = tables(path)
    opened = stores.open_store(path)
    with opened.read():
        assert shape(opened.database) == fresh_shape()
        filled = {audit.table_name(model) for model in models.TABLES if model.select().exists()}
    opened.close()
    assert pragma(path, "user_version") == migrations.SCHEMA_VERSION
    assert filled == saved, "a saved file has a row in every table of its version"
    assert verify_file(path) == []


def test_a_new_file_has_the_present_version(store: Store) -> None:
    store.close()
    assert pragma(store.path, "user_version") == migrations.SCHEMA_VERSION
    assert pragma(store.path, "application_id") == migrations.APPLICATION_ID


def test_every_version_but_the_last_has_its_step() -> None:
    assert list(migrations.STEPS) == list(range(1, migrations.SCHEMA_VERSION))


def test_the_program_is_the_one_that_its_files_ask_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"].startswith(migrations.biwu_version(migrations.SCHEMA_VERSION) + ".")


@pytest.mark.parametrize("opening", [stores.open_store, stores.open_read_only])
def test_a_newer_file_is_refused_with_the_version_that_it_needs(store: Store, opening) -> None:
    add_unit(store, "高安市人民医院")
    store.close()
    pragma(store.path, "user_version", migrations.SCHEMA_VERSION + 2)
    before = store.path.read_bytes()
    with pytest.raises(NewerFile, match=rf"needs Biwu 1\.{migrations.SCHEMA_VERSION + 1} or later") as raised:
        opening(store.path)
    assert raised.value.where == str(store.path)
    assert "newest Biwu" in raised.value.todo
    assert store.path.read_bytes() == before


def test_a_file_of_another_program_is_refused(store: Store) -> None:
    store.close()
    pragma(store.path, "application_id", 1)
    with pytest.raises(FileProblem, match="not a Biwu event file"):
        stores.open_store(store.path)


@pytest.fixture
def next_version(monkeypatch: pytest.MonkeyPatch) -> dict[int, tuple[str, ...]]:
    """This program as it will be with two more versions; the steps may be changed."""
    steps: dict[int, tuple[str, ...]] = {
        **migrations.STEPS,
        migrations.SCHEMA_VERSION: ("ALTER TABLE unit ADD COLUMN county TEXT NOT NULL DEFAULT ''",),
        migrations.SCHEMA_VERSION + 1: ("CREATE TABLE guest (id INTEGER NOT NULL PRIMARY KEY)",),
    }
    monkeypatch.setattr(migrations, "STEPS", steps)
    monkeypatch.setattr(migrations, "SCHEMA_VERSION", migrations.SCHEMA_VERSION + 2)
    return steps


def tables(path: Path) -> set[str]:
    connection = sqlite3.connect(path)
    found = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    connection.close()
    return found


def columns(path: Path) -> set[str]:
    connection = sqlite3.connect(path)
    found = {row[1] for row in connection.execute("PRAGMA table_info(unit)")}
    connection.close()
    return found


def test_an_older_file_is_taken_through_all_steps(store: Store, next_version: object) -> None:
    old = pragma(store.path, "user_version")
    add_unit(store, "高安市人民医院")
    store.close()
    opened = stores.open_store(store.path)
    assert unit_names(opened) == ["高安市人民医院"]
    opened.close()
    assert pragma(store.path, "user_version") == old + 2
    assert "county" in columns(store.path)


def test_steps_are_all_taken_or_none(store: Store, next_version: dict[int, tuple[str, ...]]) -> None:
    add_unit(store, "高安市人民医院")
    store.close()
    old = pragma(store.path, "user_version")
    next_version[old + 1] = ("CREATE TABLE unit (id INTEGER)",)
    with pytest.raises(FileProblem):
        stores.open_store(store.path)
    assert pragma(store.path, "user_version") == old
    assert "county" not in columns(store.path)


def test_an_older_file_is_not_verified_unmigrated(store: Store, next_version: object) -> None:
    store.close()
    (line,) = verify_file(store.path)
    assert "open it in Biwu once" in line


def test_the_shape_does_not_depend_on_how_a_table_was_made(tmp_path: Path) -> None:
    made = peewee.SqliteDatabase(str(tmp_path / "made.db"))
    made.execute_sql("CREATE TABLE unit (id INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL)")
    grown = peewee.SqliteDatabase(str(tmp_path / "grown.db"))
    grown.execute_sql("CREATE TABLE unit (id INTEGER NOT NULL PRIMARY KEY)")
    assert shape(made) != shape(grown)
    grown.execute_sql("ALTER TABLE unit ADD COLUMN name TEXT NOT NULL DEFAULT ''")
    assert shape(made) == shape(grown)
    grown.execute_sql("CREATE UNIQUE INDEX unit_name ON unit (name)")
    assert shape(made) != shape(grown)
    made.close()
    grown.close()
