"""A file takes its place when it is whole, and what was there before stays until then."""

from pathlib import Path

import pytest

from data.errors import FileProblem
from data.exchange import whole_file
from data.exchange.whole_file import write_whole


def test_a_file_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    path = tmp_path / "notice.csv"
    path.write_bytes(b"before")
    write_whole(path, b"after")
    assert path.read_bytes() == b"after"
    assert [found.name for found in tmp_path.iterdir()] == ["notice.csv"]


def test_where_no_file_can_be_the_user_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(FileProblem) as problem:
        write_whole(tmp_path / "file" / "notice.csv", b"after")
    assert problem.value.what == "The file could not be written."
    assert problem.value.where.endswith("notice.csv: Not a directory")


def test_a_disk_that_is_full_leaves_the_file_of_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    path = tmp_path / "notice.csv"
    path.write_bytes(b"before")
    monkeypatch.setattr(whole_file.os, "fsync", full)
    with pytest.raises(FileProblem, match="No space left"):
        write_whole(path, b"after")
    assert path.read_bytes() == b"before"
    assert [found.name for found in tmp_path.iterdir()] == ["notice.csv"]
