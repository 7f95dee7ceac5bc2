"""The log rebuilds the tables, and finds any value that another program changed."""

import hashlib
import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from data import audit, models
from data import store as stores
from data.models import AUDITED, Audit, Unit, canonical_json
from data.store import Store
from tests.data.samples import add_mark, add_unit, add_visit

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
STEPS = st.lists(
    st.tuples(st.sampled_from(["insert", "update", "delete"]), st.integers(0, 5), TEXT, st.integers(-(2**60), 2**60)),
    max_size=25,
)
ON_ONE_FILE = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def faults(store: Store) -> list[audit.Fault]:
    with store.read():
        return audit.verify()


def outside(store: Store, sql: str, *values: object) -> None:
    """What another program does to the file."""
    connection = sqlite3.connect(store.path, isolation_level=None)
    connection.execute(sql, values)
    connection.close()


@settings(ON_ONE_FILE, max_examples=40)
@given(writes=st.lists(STEPS, max_size=3))
def test_the_log_rebuilds_the_tables(store: Store, writes: list[list[tuple[str, int, str, int]]]) -> None:
    for steps in writes:
        with store.write("李敏", "test.random") as writing:
            for kind, which, text, number in steps:
                present = list(models.Break.select().order_by(models.Break.id))
                if kind == "insert" or not present:
                    writing.insert(models.Break, name=text, starts_minute=number, ends_minute=1, position=1)
                elif kind == "update":
                    writing.update(present[which % len(present)], name=text, starts_minute=number)
                else:
                    writing.delete(present[which % len(present)])
    assert faults(store) == []


@settings(ON_ONE_FILE, max_examples=30)
@given(
    value=st.recursive(
        st.none() | st.booleans() | st.integers(-(2**60), 2**60) | TEXT,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
        max_leaves=8,
    )
)
@example(value={"\x1f": "\u2028"})
def test_any_plain_value_of_a_json_field_is_logged_as_stored(store: Store, value: object) -> None:
    with store.write("李敏", "test.json") as writing:
        writing.insert(models.Draw, kind="numbers", state="frozen", record=value, frozen_at=writing.at)
    assert faults(store) == []


@pytest.fixture
def marked(store: Store) -> bytes:
    """A closed file with a value in most kinds of field."""
    visit = add_visit(store)
    add_mark(store, visit, 1, 1)
    add_mark(store, visit, 1, 2, reason="评分表抄错")
    with store.write("李敏", "test.update") as writing:
        writing.update(models.Visit.get(), seconds_milli=62500, penalty_milli=2000)
        writing.insert(models.Draw, kind="numbers", state="frozen", record={"pool": ["甲"]}, frozen_at=writing.at)
    assert faults(store) == []
    store.close()
    return store.path.read_bytes()


def _cells(connection: sqlite3.Connection) -> list[tuple[str, str, int]]:
    """Every stored value: table, column, row."""
    return [
        (audit.table_name(model), field.column_name, row_id)
        for model in (*AUDITED, Audit)
        for (row_id,) in connection.execute(f'SELECT id FROM "{audit.table_name(model)}" ORDER BY id')
        for field in model._meta.sorted_fields
    ]


def _changed_value(data: st.DataObject, stored: object, raw: bytes) -> tuple[str, object]:
    """How SQL writes another value of the same kind, and that value; a text with one byte changed."""
    if isinstance(stored, int):
        return "?", data.draw(st.integers(100, 2**40).filter(lambda other: other != stored))
    if stored is None or raw == b"":
        return "?", "x"
    place = data.draw(st.integers(0, len(raw) - 1))
    byte = data.draw(st.integers(1, 255).filter(lambda byte: byte != raw[place]))
    return "CAST(? AS TEXT)", raw[:place] + bytes([byte]) + raw[place + 1 :]


@settings(ON_ONE_FILE, max_examples=80)
@given(data=st.data())
def test_any_changed_byte_is_found(marked: bytes, tmp_path: Path, data: st.DataObject) -> None:
    path = tmp_path / "altered.biwu"
    path.write_bytes(marked)
    connection = sqlite3.connect(path)
    connection.text_factory = bytes
    table, column, row_id = data.draw(st.sampled_from(_cells(connection)))
    query = f'SELECT "{column}", CAST("{column}" AS BLOB) FROM "{table}" WHERE id = ?'
    stored, raw = connection.execute(query, (row_id,)).fetchone()
    sql, value = _changed_value(data, stored, raw)
    connection.execute(f'UPDATE "{table}" SET "{column}" = {sql} WHERE id = ?', (value, row_id))
    connection.commit()
    connection.close()
    altered = stores.open_read_only(path)
    assert faults(altered), (table, column, row_id, value)
    altered.close()


def checks(store: Store) -> list[tuple[str, str]]:
    return [(fault.check, fault.place) for fault in faults(store)]


def test_a_removed_row_of_the_log_is_found(store: Store) -> None:
    for name in ("甲", "乙", "丙"):
        add_unit(store, name)
    outside(store, "DELETE FROM audit WHERE id = 2")
    assert checks(store) == [("gap", "audit 3"), ("chain", "audit 3"), ("table", "unit 2")]


def test_a_row_that_no_write_made_is_found(store: Store) -> None:
    add_unit(store, "甲")
    outside(store, "INSERT INTO unit (name, short, category, position) VALUES ('乙', '', '一类', 1)")
    (fault,) = faults(store)
    assert (fault.check, fault.place, fault.expected) == ("table", "unit 2", "null")
    assert "乙" in fault.found


def test_a_row_that_no_write_removed_is_missed(store: Store) -> None:
    add_unit(store, "甲")
    outside(store, "DELETE FROM unit")
    assert checks(store) == [("table", "unit 1")]


def test_a_fault_shows_the_fields_that_differ(store: Store) -> None:
    add_visit(store)
    outside(store, "UPDATE visit SET penalty_milli = 1000")
    (fault,) = faults(store)
    assert (fault.expected, fault.found) == ('{"penalty_milli":0}', '{"penalty_milli":1000}')


def test_a_fault_shows_no_id_number(store: Store) -> None:
    add_visit(store)
    outside(store, "UPDATE person SET id_number = '360981199001011235'")
    (fault,) = faults(store)
    assert (fault.expected, fault.found) == (
        '{"id_number":"360981********1234"}',
        '{"id_number":"360981********1235"}',
    )


def _rewrite(store: Store, seq: int, changes: object) -> None:
    """Forge one row of the log with hashes that follow."""
    with store.read():
        row = Audit.get_by_id(seq)
    text = changes if isinstance(changes, str) else json.dumps(changes, ensure_ascii=False, separators=(",", ":"))
    forged = audit.row_hash(row.previous, row.at, row.actor, row.action, row.reason, text)
    outside(store, "UPDATE audit SET changes = ?, sha256 = ? WHERE id = ?", text, forged, seq)


@pytest.mark.parametrize(
    "changes",
    ["{", "[1]", '[["unit"]]', '[["unit",1,null,5]]', '[["unit",[1],null,{}]]', '[["unit",1,5,{}]]', "null"],
)
def test_a_forged_log_of_any_shape_gives_a_fault(store: Store, changes: str) -> None:
    add_unit(store, "甲")
    _rewrite(store, 1, changes)
    assert "content" in {check for check, _place in checks(store)}


def test_a_forged_log_with_hashes_that_follow_contradicts_itself(store: Store) -> None:
    add_unit(store, "甲")
    with store.write("李敏", "test.rename") as writing:
        writing.update(Unit.get(), name="乙")
    _rewrite(store, 2, [["unit", 1, {"name": "丁"}, {"name": "乙"}]])
    assert checks(store) == [("content", "audit 2: unit 1")]
    _rewrite(store, 2, [["unit", 1, None, {"name": "乙"}]])
    assert ("content", "audit 2: unit 1") in checks(store)
    _rewrite(store, 2, [["nothing", 1, None, {"name": "乙"}]])
    assert ("table", "nothing") in checks(store)
    _rewrite(store, 2, [["unit", 1, {"name": "甲"}, {"name": "乙", "position": "first", "more": 1}]])
    assert checks(store) == [("table", "unit 1")]


def test_the_chain_starts_from_a_fixed_hash(store: Store) -> None:
    add_unit(store, "甲")
    with store.read():
        row = Audit.get()
    assert row.previous == "0" * 64
    text = models.canonical_json([row.previous, row.at, "李敏", "test.add_unit", "", row.changes])
    assert row.sha256 == hashlib.sha256(text.encode()).hexdigest()


def test_a_value_that_is_no_json_cannot_be_written(store: Store) -> None:
    with pytest.raises(TypeError), store.write("李敏", "test.bytes") as writing:
        writing.insert(Unit, name=b"ward", category="一类", position=1)
    assert faults(store) == []


def test_many_rows_are_logged_by_the_same_text_as_each_alone() -> None:
    columns = {
        "name": ['张"伟\\', "李\n娜", "\x07"],
        "unit": [1, 2, 3],
        "seeded": [True, False, True],
        "id_number": [None, "X", None],
        "values": [{"b": 1, "a": [None]}, [], "文"],
        "mixed": [1, True, "1"],
    }
    added = audit.RowsAdded("person", 7, 3, columns)
    alone = [
        audit.RowChange(
            "person", 7 + at, None, {"id": 7 + at, **{name: column[at] for name, column in columns.items()}}
        )
        for at in range(3)
    ]
    assert added.as_json() == ",".join(change.as_json() for change in alone)


def test_a_text_that_all_new_rows_share_is_written_as_in_each_alone() -> None:
    columns: dict[str, list[Any]] = {
        "name": ["%s", "%"],
        "note": ["50%s", "50%s"],
        "title": ["", ""],
        "phone": [None] * 2,
    }
    added = audit.RowsAdded("person", 1, 2, columns)
    alone = [
        audit.RowChange("person", at + 1, None, {"id": at + 1, **{name: texts[at] for name, texts in columns.items()}})
        for at in range(2)
    ]
    assert added.as_json() == ",".join(change.as_json() for change in alone)


@pytest.mark.parametrize("length", [0, 1, 32_767, 32_768, 100_003])
def test_changes_of_any_length_are_hashed_as_one_list(length: int) -> None:
    changes = ('["娜\\"\n\udcff\U00020bb7]' * (length // 9 + 1))[:length]
    texts = ["0" * 64, "2023-11-18T00:00:00.000Z", '李"敏', "test.hash", "", changes]
    expected = hashlib.sha256(canonical_json(texts).encode(errors="surrogateescape")).hexdigest()
    assert audit.row_hash("0" * 64, "2023-11-18T00:00:00.000Z", '李"敏', "test.hash", "", changes) == expected
