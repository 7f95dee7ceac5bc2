"""The sealed archive: whole or not there, checked by itself, and without an ID number."""

import hashlib
import re
import shutil
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

import main
from data import models
from data.actions import notices
from data.errors import Cancelled, FileProblem, NotFound
from data.exchange import archive as files
from data.exchange.archive import Piece
from data.exchange.archive_check import check_archive
from data.store import Store
from printing import archive
from tests.data import ending
from tests.data.contest import IDS, mark_everyone, set_up
from tests.printing.reading import texts

NAMES = {
    "SHA256SUMS",
    "manifest.json",
    "versions/version-1.json",
    "versions/version-2.json",
    "marks/marks.csv",
    "decisions/appeals.csv",
    "decisions/locks.csv",
    "standings.csv",
    "notice.csv",
    "log.csv",
    "papers/notice.pdf",
    "papers/score-ladders.pdf",
    "papers/certificates.pdf",
    "papers/void-certificates.pdf",
}


@pytest.fixture
def final(store: Store) -> Store:
    """Two versions; the second voids a certificate."""
    visits = set_up(store)
    mark_everyone(store, visits)
    ending.finalise(store, "裁判长")
    with store.write("tester", "test.mend") as writing:
        writing.update(models.Entrant.get(models.Entrant.name == "李娜"), name="李㛃")
    ending.finalise(store, "裁判长", "姓名更正")
    return store


@pytest.fixture
def sealed(final: Store, tmp_path: Path) -> Path:
    """Without papers, which take most of the time."""
    files.write_archive(final, tmp_path / "archive", lambda copy: [], lambda done, total, text: None)
    return tmp_path / "archive"


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_an_archive_holds_everything_and_agrees_with_itself(final: Store, tmp_path: Path) -> None:
    scan = tmp_path / "签到表.jpg"
    scan.write_bytes(b"scan")
    notices.publish(final, "秘书", 2, date(2023, 11, 20), date(2023, 11, 24))
    seen: list[tuple[int, int]] = []
    found = archive.write(
        final, tmp_path / "archive", lambda done, total, text: seen.append((done, total)), scans=[scan]
    )
    folder = tmp_path / "archive"
    assert names(folder) >= NAMES | {"signed/签到表.jpg"}
    assert "event.biwu" not in names(folder)
    assert (found.files, found.version) == (len(names(folder)), 2)
    assert found.seal == hashlib.sha256((folder / "SHA256SUMS").read_bytes()).hexdigest()
    assert seen == sorted(seen)
    assert seen[-1][0] == seen[-1][1]
    with final.read():
        version = models.ResultVersion.get(models.ResultVersion.number == 2)
    assert hashlib.sha256((folder / "versions/version-2.json").read_bytes()).hexdigest() == version.sha256
    everything = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert not [number for number in IDS if number and number.encode() in everything]
    assert "李㛃" in (folder / "marks/marks.csv").read_text("utf-8-sig")
    assert "第一医院" in texts((folder / "papers/notice.pdf").read_bytes())[0]
    check = check_archive(folder)
    assert check.findings == ()
    assert (check.title, check.seal) == ("县护理静脉输液技能比武", found.seal)
    assert len(check.agrees) == 3
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_zip_file_holds_the_same_and_the_event_file_on_demand(final: Store, tmp_path: Path) -> None:
    archive.write(final, tmp_path / "a.zip", with_event_file=True)
    with zipfile.ZipFile(tmp_path / "a.zip") as found:
        assert set(found.namelist()) >= NAMES | {"event.biwu"}
    assert check_archive(tmp_path / "a.zip").findings == ()
    assert main.main(["verify-archive", str(tmp_path / "a.zip")]) == 0


def test_an_event_with_draws_is_archived_with_their_records(finished: Store, tmp_path: Path) -> None:
    pieces = archive.papers_of(finished)
    assert "draws/draw-1-selection.pdf" in [piece.name for piece in pieces]
    files.write_archive(finished, tmp_path / "archive", lambda copy: pieces[:1], lambda done, total, text: None)
    assert {"draws/draw-1-selection.json", "draws/draw-1-selection.pdf"} <= names(tmp_path / "archive")
    assert check_archive(tmp_path / "archive").findings == ()
    record = tmp_path / "archive" / "draws" / "draw-1-selection.json"
    former = record.read_text("utf-8")
    forged = former.replace('"drawn_at"', '"redrawn_at"')
    record.write_text(forged, "utf-8")
    sums = tmp_path / "archive" / "SHA256SUMS"
    before, after = (hashlib.sha256(text.encode()).hexdigest() for text in (former, forged))
    sums.write_text(sums.read_text("utf-8").replace(before, after), "utf-8")
    (finding,) = check_archive(tmp_path / "archive").findings[:1]
    assert finding.startswith("draws/draw-1-selection.json: ")
    record.write_text("[", "utf-8")
    assert any("no draw record" in line for line in check_archive(tmp_path / "archive").findings)


def change(name: str, content: bytes) -> Callable[[Path], object]:
    return lambda folder: (folder / name).write_bytes(content)


def drop_log_entry(folder: Path) -> None:
    lines = (folder / "log.csv").read_bytes().splitlines(keepends=True)
    (folder / "log.csv").write_bytes(b"".join(lines[:3] + lines[4:]))


def forge_version(folder: Path) -> None:
    path = folder / "versions/version-1.json"
    path.write_text(path.read_text("utf-8").replace("一等奖", "二等奖"), "utf-8")


FORGERIES: dict[str, tuple[Callable[[Path], object], str]] = {
    "changed": (change("standings.csv", b"x"), "standings.csv was changed after the sealing."),
    "added": (change("more.txt", b"x"), "more.txt was added after the sealing."),
    "lost": (lambda folder: (folder / "notice.csv").unlink(), "notice.csv is missing."),
    "log": (drop_log_entry, "The log is broken before its entry 3."),
    "no log": (lambda folder: (folder / "log.csv").write_bytes(b""), "The log is not the one that the manifest names."),
    "version": (forge_version, "versions/version-1.json does not have the SHA-256 of its result version."),
    "lost manifest": (lambda folder: (folder / "manifest.json").unlink(), "manifest.json is missing."),
    "lost log": (lambda folder: (folder / "log.csv").unlink(), "log.csv is missing."),
    "manifest": (change("manifest.json", b"{}"), "manifest.json does not have the form of an archive."),
    "sums": (
        lambda folder: (folder / "SHA256SUMS").write_bytes((folder / "SHA256SUMS").read_bytes() + b"hello\n"),
        "Line of SHA256SUMS cannot be read.",
    ),
}


def test_a_change_after_the_sealing_is_found(sealed: Path, tmp_path: Path) -> None:
    for kind, (forge, words) in FORGERIES.items():
        folder = tmp_path / kind
        shutil.copytree(sealed, folder)
        forge(folder)
        assert words in [re.sub(r"Line \d+", "Line", line) for line in check_archive(folder).findings], kind
    assert main.main(["verify-archive", str(folder)]) == 1


def test_a_forger_who_mends_the_sums_has_another_seal(sealed: Path) -> None:
    seal = check_archive(sealed).seal
    before = (sealed / "standings.csv").read_bytes()
    after = before.replace("张伟".encode(), "张韦".encode())
    (sealed / "standings.csv").write_bytes(after)
    old, new = (hashlib.sha256(content).hexdigest() for content in (before, after))
    sums = (sealed / "SHA256SUMS").read_text("utf-8")
    (sealed / "SHA256SUMS").write_text(sums.replace(old, new), "utf-8", newline="\n")
    check = check_archive(sealed)
    assert check.findings == ()
    assert check.seal != seal


def test_an_archive_needs_a_version_and_a_new_name(store: Store, tmp_path: Path) -> None:
    mark_everyone(store, set_up(store))
    with pytest.raises(NotFound, match="no result version yet"):
        archive.write(store, tmp_path / "archive")
    ending.finalise(store, "裁判长")
    (tmp_path / "taken").mkdir()
    with pytest.raises(FileProblem, match="exists already"):
        archive.write(store, tmp_path / "taken")
    with pytest.raises(FileProblem, match="could not be written"):
        archive.write(store, tmp_path / "nowhere" / "archive")


def test_a_stopped_archive_leaves_nothing(final: Store, tmp_path: Path) -> None:
    before = set(tmp_path.iterdir())

    def stop(done: int, total: int, text: str) -> None:
        if done == 5:
            raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        archive.write(final, tmp_path / "archive", stop)
    assert set(tmp_path.iterdir()) == before


def test_two_scans_of_one_name_and_a_scan_that_is_gone(final: Store, tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "scan.jpg").write_bytes(b"x")
    with pytest.raises(FileProblem, match="same name"):
        archive.write(final, tmp_path / "out", scans=[tmp_path / "a/scan.jpg", tmp_path / "b/scan.jpg"])
    with pytest.raises(FileProblem, match="could not be written"):
        archive.write(final, tmp_path / "out", scans=[tmp_path / "c.jpg"])
    assert not (tmp_path / "out").exists()


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(b"no zip")
    for path in (tmp_path, tmp_path / "x.zip", tmp_path / "none"):
        with pytest.raises(FileProblem):
            check_archive(path)


def test_papers_are_written_from_the_copy(final: Store, tmp_path: Path) -> None:
    """What happens at the desk meanwhile does not get into half of the archive."""

    def papers(copy: Store) -> list[Piece]:
        with final.write("tester", "test.mend") as writing:
            writing.update(models.Entrant.get(models.Entrant.name == "李㛃"), name="李晚")
        return [Piece("late.txt", lambda store, path: path.write_text(_first_names(store), "utf-8"))]

    files.write_archive(final, tmp_path / "archive", papers, lambda done, total, text: None)
    assert "李㛃" in (tmp_path / "archive/late.txt").read_text("utf-8")
    shutil.rmtree(tmp_path / "archive")


def _first_names(store: Store) -> str:
    with store.read():
        return " ".join(row.name for row in models.Entrant.select())
