"""One process per event file, and the second one is told who has it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from data import lock as locks
from data import store as stores
from data.errors import FileInUse, FileProblem
from data.lock import EventLock
from data.store import Store

ROOT = Path(__file__).parents[2]
OPEN = "import sys; from pathlib import Path; from data import i18n, store; i18n.use('en'); "


def _python(code: str, path: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", OPEN + code, str(path)]
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def test_a_second_process_is_told_who_holds_it(store: Store) -> None:
    code = (
        "from data.errors import FileInUse\ntry: store.open_store(Path(sys.argv[1]))\nexcept FileInUse as e: print(e)"
    )
    with _python(code.replace("from data", "\nfrom data", 1), store.path) as second:
        said, _ = second.communicate()
    assert "This event is open already" in said
    assert f"process {os.getpid()}" in said
    assert str(store.path) in said


def test_the_lock_goes_with_its_process(tmp_path: Path) -> None:
    path = tmp_path / "event.biwu"
    code = "held = store.create(Path(sys.argv[1])); print('held', flush=True); sys.stdin.read()"
    with _python(code, path) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(FileInUse, match=f"process {holder.pid}"):
            stores.open_store(path)
        holder.kill()
    stores.open_store(path).close()


def test_a_file_can_be_opened_again_after_closing(store: Store) -> None:
    with pytest.raises(FileInUse):
        stores.open_store(store.path)
    store.close()
    stores.open_store(store.path).close()


def test_a_holder_that_cannot_be_read(tmp_path: Path) -> None:
    event = tmp_path / "event.biwu"
    held = EventLock(event)
    tmp_path.joinpath("event.biwu.lock").write_text("garbage")
    with pytest.raises(FileInUse, match="another process"):
        EventLock(event)
    held.release()


def test_the_lock_file_names_no_one_after_release(tmp_path: Path) -> None:
    event = tmp_path / "event.biwu"
    held = EventLock(event)
    path = tmp_path / "event.biwu.lock"
    assert json.loads(path.read_text())["process"] == os.getpid()
    held.release()
    assert path.read_text() == ""


def test_a_folder_that_refuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object, **options: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(FileProblem, match="cannot be opened for writing") as raised:
        EventLock(tmp_path / "event.biwu")
    assert "Permission denied" in raised.value.where


def test_a_user_without_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise KeyError("no such user")

    monkeypatch.setattr(locks.getpass, "getuser", nobody)
    held = EventLock(tmp_path / "event.biwu")
    assert json.loads((tmp_path / "event.biwu.lock").read_text())["user"] == "?"
    held.release()
