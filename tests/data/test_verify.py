"""The check of a whole file from outside: a sound one gives no line, any other gives lines, never a traceback."""

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data import audit, i18n, models, verify
from data import store as stores
from data.actions import marks
from data.errors import NotAllowed
from data.queries.certified import BY_AWARD
from data.queries.results import content_now
from data.store import Store
from data.verify import verify_file
from tests.data import ending
from tests.data.samples import add_marked_station, add_unit, add_visit


@contextmanager
def outside(path: Path) -> Iterator[sqlite3.Connection]:
    """What another program does to the file."""
    connection = sqlite3.connect(path)
    yield connection
    connection.commit()
    connection.close()


def test_a_new_event_is_sound(store: Store) -> None:
    assert verify_file(store.path) == []


def test_an_event_is_checked_while_it_runs_and_left_alone(drawn: Store) -> None:
    before = {path.name: path.read_bytes() for path in drawn.path.parent.iterdir() if path.is_file()}
    assert verify_file(drawn.path) == []
    after = {path.name: path.read_bytes() for path in drawn.path.parent.iterdir() if path.is_file()}
    shared_memory = f"{drawn.path.name}-shm"
    assert {**before, shared_memory: b""} == {**after, shared_memory: b""}


def test_a_missing_file_gives_a_line(tmp_path: Path) -> None:
    (line,) = verify_file(tmp_path / "none.biwu")
    assert "does not exist" in line
    assert "\n" not in line


@pytest.mark.parametrize("content", [b"", b"not a database" * 99, b"SQLite format 3\x00" + b"\xff" * 5000])
def test_what_is_no_event_file_gives_a_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "event.biwu"
    path.write_bytes(content)
    assert len(verify_file(path)) == 1
    assert path.read_bytes() == content


@pytest.fixture
def closed(store: Store) -> Path:
    """A closed file with a few rows."""
    add_visit(store)
    for n in range(40):
        add_unit(store, f"第{n}医院")
    store.close()
    return store.path


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_file_damaged_anywhere_gives_lines_and_no_traceback(
    closed: Path, tmp_path: Path, data: st.DataObject
) -> None:
    content = bytearray(closed.read_bytes())
    start = data.draw(st.integers(0, len(content) - 1))
    length = data.draw(st.integers(1, 5000))
    damage = data.draw(st.sampled_from([b"\x00", b"\xff", b"\x5a"]))
    content[start : start + length] = damage * len(content[start : start + length])
    if data.draw(st.booleans()):
        del content[data.draw(st.integers(0, len(content))) :]
    path = tmp_path / "damaged.biwu"
    path.write_bytes(content)
    for line in verify_file(path):
        assert line.strip()
        assert "Traceback" not in line
        line.encode()


def test_a_damaged_page_is_named(closed: Path) -> None:
    content = bytearray(closed.read_bytes())
    content[-3000:] = b"\xff" * 3000
    closed.write_bytes(content)
    lines = verify_file(closed)
    assert lines
    assert all(line.startswith(("The file is damaged", "The file cannot be read")) for line in lines)


def test_another_shape_of_a_table_is_named(closed: Path) -> None:
    with outside(closed) as connection:
        connection.execute("ALTER TABLE unit ADD COLUMN county TEXT")
        connection.execute("DROP INDEX entrant_token")
        connection.execute("CREATE TABLE extra (id INTEGER)")
    assert [line.split(":")[0] for line in verify_file(closed)] == ["Table entrant", "Table extra", "Table unit"]


def test_a_row_without_its_owner_is_named(closed: Path) -> None:
    with outside(closed) as connection:
        connection.execute("DELETE FROM station")
    (line,) = verify_file(closed)
    assert line.startswith("Table visit, row 1: the row of station")


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("UPDATE unit SET name = '丙' WHERE id = 2", "Altered outside Biwu: unit 2"),
        ("UPDATE audit SET actor = '丙' WHERE id = 2", "Audit log: audit 2 was altered"),
        ("UPDATE audit SET id = 99 WHERE id = 41", "Audit log: row 41 should follow, but row 99 does."),
        ("UPDATE unit SET name = CAST(x'ff' AS TEXT) WHERE id = 2", "Altered outside Biwu: unit 2"),
    ],
)
def test_what_another_program_altered_is_named(closed: Path, sql: str, said: str) -> None:
    with outside(closed) as connection:
        connection.execute(sql)
    (line,) = verify_file(closed)
    assert line.startswith(said)
    line.encode()


def test_many_faults_are_counted_beyond_a_hundred(closed: Path) -> None:
    with outside(closed) as connection:
        connection.executemany(
            "INSERT INTO unit (name, short, category, position) VALUES (?, '', '', 1)", [(str(n),) for n in range(150)]
        )
    lines = verify_file(closed)
    assert len(lines) == verify.MOST_LINES + 1
    assert lines[-1] == "… and 50 more faults"


def test_the_lines_come_in_chinese_too(closed: Path) -> None:
    with outside(closed) as connection:
        connection.execute("UPDATE unit SET name = '丙' WHERE id = 2")
    i18n.use("zh_CN")
    (line,) = verify_file(closed)
    assert "unit 2" in line
    assert not line.startswith("Altered")


def forge(store: Store, model: type[models.Row], change: dict[str, object], **where: object) -> None:
    """Change a row through the front door, as a program would that keeps the log right."""
    with store.write("forger", "test.forge") as writing:
        for row in model.select().filter(**where):
            writing.update(row, **change)


def test_the_check_of_a_draw_needs_no_trust_in_the_log(drawn: Store) -> None:
    with drawn.read():
        record = models.Draw.select().where(models.Draw.kind == "numbers").get().record
    record["result"][0]["number"], record["result"][1]["number"] = (
        record["result"][1]["number"],
        record["result"][0]["number"],
    )
    forge(drawn, models.Draw, {"record": record}, kind="numbers")
    lines = verify_file(drawn.path)
    assert [line for line in lines if line.startswith("Numbers draw 2: Result, line 1")] == lines


def test_someone_who_was_not_drawn_is_named(drawn: Store) -> None:
    with drawn.read():
        chosen = models.Entrant.select(models.Entrant.person).where(models.Entrant.person.is_null(False))
        first = models.Entrant.select().where(models.Entrant.person.is_null(False)).get()
        other = models.Person.select().where(models.Person.id.not_in(chosen)).get()
    forge(drawn, models.Entrant, {"person": other.id, "name": other.name}, id=first.id)
    lines = verify_file(drawn.path)
    assert len(lines) == 3
    assert lines[0].startswith("Selection draw 1: ")
    assert lines[0].endswith("was drawn, but does not compete.")
    assert lines[1] == f"Selection draw 1: {other.name} competes, but was not drawn."
    assert lines[2].startswith(f"Numbers draw 2: the number {first.number} is drawn for")


def test_numbers_that_were_not_drawn_are_named(drawn: Store) -> None:
    with drawn.read():
        entrant = models.Entrant.select().where(models.Entrant.number.is_null(False)).order_by(models.Entrant.id).get()
    forge(drawn, models.Entrant, {"number": "1H-999"}, id=entrant.id)
    lines = verify_file(drawn.path)
    assert [line.split("number ")[1].split(" ")[0] for line in lines] == sorted([entrant.number, "1H-999"])


def test_two_numbers_that_changed_places_are_named(drawn: Store) -> None:
    with drawn.read():
        people = models.Entrant.select().where(models.Entrant.person.is_null(False)).order_by(models.Entrant.number)
        one, other = people.limit(2)
    assert one.division_id == other.division_id
    forge(drawn, models.Entrant, {"number": None}, id=one.id)
    forge(drawn, models.Entrant, {"number": one.number}, id=other.id)
    forge(drawn, models.Entrant, {"number": other.number}, id=one.id)
    lines = verify_file(drawn.path)
    assert [line.split("number ")[1].split(" ")[0] for line in lines] == [one.number, other.number]
    assert all(line.endswith("but somebody else has it.") for line in lines)


def test_a_record_of_any_shape_gives_a_line(drawn: Store) -> None:
    forge(drawn, models.Draw, {"record": [1, 2]}, kind="numbers")
    lines = verify_file(drawn.path)
    assert "no complete draw record" in lines[0]
    assert all("Traceback" not in line for line in lines)


def test_a_log_with_hashes_that_follow_but_another_story(store: Store) -> None:
    add_unit(store, "甲")
    with store.read():
        row = models.Audit.get()
    changes = json.loads(row.changes) * 2
    text = models.canonical_json(changes)
    forged = audit.row_hash(row.previous, row.at, row.actor, row.action, row.reason, text)
    store.close()
    with outside(store.path) as connection:
        connection.execute("UPDATE audit SET changes = ?, sha256 = ?", (text, forged))
    (line,) = verify_file(store.path)
    assert line.startswith("Audit log: audit 1: unit 1 does not fit")


def test_a_copy_can_be_checked_from_a_folder_that_cannot_be_written(closed: Path) -> None:
    """Nothing is made beside the file: its folder may be a CD."""
    stores.open_read_only(closed).close()
    closed.parent.chmod(0o555)
    try:
        assert verify_file(closed) == []
    finally:
        closed.parent.chmod(0o755)
    assert sorted(path.name for path in closed.parent.iterdir()) == ["event.biwu", "event.biwu.lock"]


@pytest.fixture
def finalised(store: Store) -> Store:
    """One entrant with three marks, published, corrected after an appeal, and published again."""
    visit = add_marked_station(store)
    with store.write("李敏", "test.add_component") as writing:
        writing.insert(models.StationDivision, station=1, division=1, position=1)
        component = {"name": "心肺复苏", "source": "station", "station": 1, "weight_milli": 100_000, "position": 1}
        writing.insert(models.Component, division=1, **component)
        writing.insert(models.AwardLevel, division=1, scope="individual", name="一等奖", count=1, position=1)
    for seat in (1, 2, 3):
        marks.hand_in(store, "李敏", visit, seat, {}, total_milli=80_000)
    assert ending.finalise(store, "王建国") == 1
    marks.hand_in(store, "李敏", visit, 1, {}, total_milli=92_000, reason="申诉成立")
    return store


def test_every_version_follows_from_the_marks_of_its_time(finalised: Store) -> None:
    assert verify_file(finalised.path) == [], "marks may change after a version"
    assert ending.finalise(finalised, "王建国", "申诉") == 2
    assert verify_file(finalised.path) == []


def published(store: Store, number: int) -> dict[str, Any]:
    with store.read():
        content: dict[str, Any] = models.ResultVersion.get(models.ResultVersion.number == number).content
        return content


def publish_forged(store: Store, content: dict[str, Any]) -> None:
    """Another version with this content, with the log and the fingerprint kept right."""
    sha256 = hashlib.sha256(models.canonical_json(content).encode()).hexdigest()
    with store.write("forger", "results.finalise") as writing:
        writing.insert(
            models.ResultVersion, number=2, made_at=writing.at, actor="forger", content=content, sha256=sha256
        )


def test_a_version_that_the_marks_do_not_give_is_named(finalised: Store) -> None:
    publish_forged(finalised, published(finalised, 1))
    (line,) = verify_file(finalised.path)
    assert line.startswith("Result version 2, division 1H, 张伟杰: the marks give “1 1H-07")
    assert "84.00" in line.split("but it says")[0]
    assert "80.00" in line.split("but it says")[1]


def test_a_version_with_someone_too_many_is_named(finalised: Store) -> None:
    assert ending.finalise(finalised, "王建国", "申诉") == 2
    content = published(finalised, 2)
    content["divisions"][0]["rows"].append({**content["divisions"][0]["rows"][0], "entrant_id": 99, "name": "王芳"})
    forge(finalised, models.ResultVersion, {"number": 3}, number=2)
    publish_forged(finalised, content)
    (line,) = verify_file(finalised.path)
    assert "division 1H, 王芳: the marks give “–”" in line


def test_a_version_of_another_event_is_named(finalised: Store) -> None:
    assert ending.finalise(finalised, "王建国", "申诉") == 2
    content = published(finalised, 2)
    content["event"]["name"] = "护理技能竞赛"
    forge(finalised, models.ResultVersion, {"number": 3}, number=2)
    publish_forged(finalised, content)
    (line,) = verify_file(finalised.path)
    assert line.startswith("Result version 2: what it says of the event")


def test_a_version_without_its_fingerprint_is_named(store: Store) -> None:
    add_marked_station(store)
    with store.write("forger", "results.finalise") as writing:
        content = content_now(store)
        writing.insert(models.ResultVersion, number=1, made_at="", actor="", content=content, sha256="0" * 64)
    (line,) = verify_file(store.path)
    assert line.startswith("Result version 1: its content does not have the fingerprint")


def test_a_log_that_removes_rows_is_replayed_too(finalised: Store) -> None:
    with finalised.write("李敏", "test.remove") as writing:
        row_id = writing.insert(models.Break, name="午休", starts_minute=720, ends_minute=810, position=1)
        writing.delete(models.Break.get_by_id(row_id))
    assert ending.finalise(finalised, "王建国", "申诉") == 2
    assert verify_file(finalised.path) == []


def test_a_check_that_breaks_on_forged_values_is_a_line_and_keeps_what_it_found(
    store: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def break_off(opened: Store) -> Iterator[str]:
        yield "found before"
        raise KeyError("division")

    monkeypatch.setattr(verify, "version_faults", break_off)
    found, broken = verify_file(store.path)
    assert found == "found before"
    assert "holds values that Biwu does not write: KeyError: 'division'" in broken
    assert "could not be finished" in caplog.text


def test_versions_made_before_certificates_were_numbered_by_their_text_are_sound(finalised: Store) -> None:
    """The first form: a number belonged to entrant and award, whatever else the certificate said."""
    with finalised.write("旧版", "results.finalise") as writing:
        writing.update(models.Entrant.get(models.Entrant.name == "张伟杰"), name="张伟捷")
    with finalised.write("旧版", "results.finalise") as writing:
        content = content_now(finalised, BY_AWARD)
        sha256 = hashlib.sha256(models.canonical_json(content).encode()).hexdigest()
        writing.insert(models.ResultVersion, number=2, made_at="", actor="旧版", content=content, sha256=sha256)
    assert "form" not in published(finalised, 2)
    assert verify_file(finalised.path) == []
    with pytest.raises(NotAllowed, match="Nothing differs"):
        ending.finalise(finalised, "王建国", "再来")
