"""Copies of the open event: whole, verified, numbered, twenty of them, and never in the way."""

import errno
import sqlite3
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from data import backup
from data import store as stores
from data.backup import BY_HAND, KEPT, MINUTE, Backups
from data.errors import FileProblem
from data.models import Unit
from data.store import Store
from data.verify import verify_file
from tests.data.samples import add_unit, count, unit_names


class Clock:
    def __init__(self) -> None:
        self.moment = datetime(2023, 11, 25, 0, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    def forward(self, seconds: int) -> None:
        self.moment += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> Iterator[Store]:
    opened = stores.create(tmp_path / "event.biwu", clock=clock)
    yield opened
    opened.close()


@pytest.fixture
def backups(store: Store) -> Iterator[Backups]:
    made = Backups(store)
    yield made
    made.close()


def read_units(path: Path) -> list[str]:
    reader = stores.open_read_only(path)
    try:
        return unit_names(reader)
    finally:
        reader.close()


def test_a_copy_is_the_whole_event_under_a_speaking_name(store: Store, backups: Backups, clock: Clock) -> None:
    add_unit(store, "高安市人民医院")
    made = backups.copy(BY_HAND)
    local = clock.moment.astimezone()
    assert made.path == store.path.parent / "event.backups" / f"000001_{local:%Y-%m-%d_%H.%M.%S}_by-hand.biwu"
    assert (made.made_at, made.reason, made.ok) == (local, BY_HAND, True)
    assert made.size == made.path.stat().st_size
    assert read_units(made.path) == ["高安市人民医院"]
    assert verify_file(made.path) == []
    assert [path.name for path in backups.folder.iterdir()] == [made.path.name]
    assert backups.copies() == [made]


def test_a_copy_taken_amid_writes_is_one_moment(store: Store, backups: Backups) -> None:
    """Two rows go in with each write: no copy may hold one without the other."""
    stop = threading.Event()
    written = threading.Event()

    def write() -> None:
        n = 0
        while not stop.is_set():
            with store.write("李敏", "test.pair") as writing:
                rows = [{"name": f"{n}-{side}", "category": "一类", "position": n} for side in "ab"]
                writing.insert_many(Unit, rows)
            n += 1
            written.set()

    writer = threading.Thread(target=write)
    writer.start()
    written.wait()
    copies = [backups.copy() for _ in range(5)]
    stop.set()
    writer.join()
    for copy in copies:
        names = read_units(copy.path)
        assert len(names) % 2 == 0
        assert verify_file(copy.path) == []


def test_twenty_are_kept_and_the_oldest_go(store: Store, backups: Backups, clock: Clock) -> None:
    for n in range(KEPT + 3):
        clock.forward(60)
        add_unit(store, f"第{n}医院")
        backups.copy()
    numbers = [int(copy.path.name[:6]) for copy in backups.copies()]
    assert numbers == list(range(KEPT + 3, 3, -1))
    assert len(read_units(backups.copies()[0].path)) == KEPT + 3


def test_a_clock_that_is_set_back_costs_no_copy(store: Store, backups: Backups, clock: Clock) -> None:
    for _ in range(KEPT):
        backups.copy()
    clock.forward(-3600 * 24)
    newest = backups.copy()
    assert backups.copies()[0].path == newest.path
    assert backups.age_seconds() == 0


def test_the_age_of_the_newest(store: Store, backups: Backups, clock: Clock) -> None:
    assert backups.age_seconds() is None
    backups.copy()
    assert backups.age_seconds() == 0
    clock.forward(8)
    assert backups.age_seconds() == 8
    clock.forward(-3600)
    assert backups.age_seconds() == 0


def test_a_minute_with_changes_gives_a_copy_and_one_without_none(store: Store, backups: Backups) -> None:
    first = backups.tick()
    assert first
    assert first.reason == MINUTE
    assert backups.tick() is None
    add_unit(store, "高安市人民医院")
    assert backups.tick()
    assert backups.tick() is None


def test_an_event_that_was_opened_again_is_not_copied_again(store: Store, backups: Backups) -> None:
    add_unit(store, "高安市人民医院")
    backups.copy()
    again = Backups(store)
    assert again.tick() is None
    again.close()


@pytest.mark.parametrize("action", sorted(backup.PHASE_STEPS))
def test_every_phase_step_gives_a_copy(store: Store, action: str) -> None:
    backups = Backups(store)
    add_unit(store, "高安市人民医院", action=action)
    backups.close()
    (copy,) = backups.copies()
    assert copy.reason == action
    assert read_units(copy.path) == ["高安市人民医院"]


def test_other_actions_wait_for_the_minute(store: Store) -> None:
    backups = Backups(store)
    add_unit(store, "高安市人民医院", action="marks.hand_in")
    backups.close()
    assert backups.copies() == []


def test_after_close_nothing_is_copied(store: Store, backups: Backups) -> None:
    backups.close()
    add_unit(store, "高安市人民医院", action="draws.draw")
    assert backups.copies() == []


def test_a_copy_that_fails_in_the_background_is_remembered(store: Store, tmp_path: Path, caplog) -> None:
    backups = Backups(store, tmp_path / "unplugged" / "copies")
    add_unit(store, "高安市人民医院", action="draws.draw")
    backups.close()
    assert backups.last_error
    assert "could not be written" in backups.last_error.what
    assert "could not be made" in caplog.text
    (tmp_path / "unplugged").mkdir()
    backups.copy()
    assert backups.last_error is None


def test_the_reason_is_safe_in_a_file_name(backups: Backups) -> None:
    assert backups.copy("../../成绩 v1").path.name.endswith("_..-..-成绩-v1.biwu")
    assert len(backups.copies()) == 1


def test_files_that_are_no_copies_are_left_alone(backups: Backups) -> None:
    backups.folder.mkdir()
    other = backups.folder / "说明.txt"
    other.write_text("mine")
    half = backups.folder / "000001_2023-11-25_08.30.00_minute.biwu.part"
    half.write_text("half")
    backups.copy()
    assert other.exists()
    assert not half.exists()
    assert len(backups.copies()) == 1


def _broken_disk(*arguments: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_leaves_the_older_copies_and_no_half_one(
    store: Store, backups: Backups, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = backups.copy()
    with monkeypatch.context() as patched:
        patched.setattr(backup.os, "fsync", _broken_disk)
        with pytest.raises(FileProblem, match="could not be written") as raised:
            backups.copy()
    assert "No space left" in raised.value.where
    assert backups.copies() == [first]
    assert list(backups.folder.iterdir()) == [first.path]


def test_sqlite_that_fails_leaves_no_half_copy(store: Store, backups: Backups, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path) -> list[str]:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(backup, "_faults", full)
    with pytest.raises(FileProblem, match="disk is full"):
        backups.copy()
    assert list(backups.folder.iterdir()) == []


def test_a_damaged_event_pushes_out_no_good_copy(store: Store, backups: Backups) -> None:
    with store.write("李敏", "test.many") as writing:
        rows = [{"name": f"第{n}医院", "category": "一类", "position": n} for n in range(3000)]
        writing.insert_many(Unit, rows)
    good = backups.copy()
    store.close()
    content = bytearray(store.path.read_bytes())
    for place in range(4096 * 20, len(content) - 4096, 4096):
        content[place : place + 512] = b"\xff" * 512
    store.path.write_bytes(content)
    with pytest.raises(FileProblem, match="damaged"):
        backups.copy()
    assert backups.copies() == [good]


def test_a_copy_that_rots_is_told(backups: Backups) -> None:
    made = backups.copy()
    made.path.write_bytes(made.path.read_bytes()[:5000])
    (found,) = backups.copies()
    assert not found.ok


def test_a_copy_that_vanishes_meanwhile(backups: Backups, monkeypatch: pytest.MonkeyPatch) -> None:
    made = backups.copy()
    monkeypatch.setattr(backups, "_paths", lambda: [made.path])
    made.path.unlink()
    (found,) = backups.copies()
    assert (found.ok, found.size) == (False, 0)


def test_a_folder_that_cannot_be_read(store: Store, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    backups = Backups(store, tmp_path / "file")
    with pytest.raises(FileProblem):
        backups.copies()
    with pytest.raises(FileProblem):
        backups.copy()
    assert backups.age_seconds() is None
    backups.close()


def test_restore_gives_an_event_that_opens(store: Store, backups: Backups, tmp_path: Path) -> None:
    add_unit(store, "高安市人民医院")
    copy = backups.copy()
    add_unit(store, "高安市中医院")
    target = tmp_path / "again.biwu"
    backups.restore_as(copy, target)
    restored = stores.open_store(target)
    assert unit_names(restored) == ["高安市人民医院"]
    add_unit(restored, "高安市妇幼保健院")
    restored.close()
    assert count(store, Unit) == 2
    assert read_units(copy.path) == ["高安市人民医院"]


def test_restore_never_overwrites(backups: Backups, tmp_path: Path, store: Store) -> None:
    copy = backups.copy()
    with pytest.raises(FileProblem, match="exists already"):
        backups.restore_as(copy, store.path)
    target = tmp_path / "again.biwu"
    left_over = tmp_path / "again.biwu-wal"
    left_over.write_bytes(b"changes of another file")
    with pytest.raises(FileProblem, match="exists already"):
        backups.restore_as(copy, target)
    assert not target.exists()


def test_restore_refuses_a_damaged_copy(backups: Backups, tmp_path: Path) -> None:
    copy = backups.copy()
    copy.path.write_bytes(b"x" * 5000)
    with pytest.raises(FileProblem):
        backups.restore_as(copy, tmp_path / "again.biwu")
    assert not (tmp_path / "again.biwu").exists()


def test_save_as_writes_the_event_as_it_stands(store: Store, backups: Backups, tmp_path: Path) -> None:
    backups.copy()
    add_unit(store, "高安市人民医院")
    usb = tmp_path / "usb"
    usb.mkdir()
    backups.save_as(usb / "event.biwu")
    assert [path.name for path in usb.iterdir()] == ["event.biwu"]
    assert read_units(usb / "event.biwu") == ["高安市人民医院"]
    with pytest.raises(FileProblem, match="could not be"):
        backups.save_as(tmp_path / "gone" / "event.biwu")


def test_copies_from_several_threads(store: Store, backups: Backups) -> None:
    threads = [threading.Thread(target=backups.copy) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [int(copy.path.name[:6]) for copy in backups.copies()] == [4, 3, 2, 1]
