"""The sealed archive (归档): everything of a finished event as one folder or one zip file, with a SHA-256 of each part.

`SHA256SUMS` has the form of the tool `sha256sum`, so that anybody can check the parts; its own SHA-256 is the seal of
the whole. It is written from a copy of the event file that is taken first: work at the desk goes on meanwhile.
"""

import hashlib
import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from data import backup
from data import store as stores
from data.errors import FileProblem
from data.exchange import draw_json, notice_csv, standings_csv
from data.exchange.csv_cells import write_csv
from data.i18n import _
from data.queries import archive as queries
from data.queries.results import frozen
from data.store import Store

SUMS, MANIFEST, LOG = "SHA256SUMS", "manifest.json", "log.csv"
EVENT_FILE = "event.biwu"
_PART = ".part"

Progress = Callable[[int, int, str], None]
Maker = Callable[[Store, Path], object]  # writes one file of the event


@dataclass(frozen=True)
class Piece:
    """A file of the archive: its name, with `/` between folders, and who writes it."""

    name: str
    make: Maker


@dataclass(frozen=True)
class Sealed:
    """What was written: how many files, of which newest result version, and the SHA-256 of SHA256SUMS."""

    files: int
    version: int
    seal: str


def write_archive(
    store: Store,
    target: Path,
    papers: Callable[[Store], Sequence[Piece]],
    progress: Progress,
    *,
    scans: Sequence[Path] = (),
    with_event_file: bool = False,
) -> Sealed:
    """Write the archive: a file, in the place of a former one, when the target ends in .zip, a new folder otherwise.
    It appears when it is whole.

    Args:
        papers: the PDF files, from the copy of the event.
        scans: files that are added as they are, such as scans of the signed lists.
        with_event_file: with the event file itself, which holds ID numbers in full; nothing else does.

    Raises:
        NotFound: there is no result version yet.
        FileProblem: the target is there already, or a file cannot be read or written.
        Cancelled: `progress` says so; nothing is left.
    """
    frozen(store)
    zipped = target.suffix.lower() == ".zip"
    if target.is_dir() or (target.exists() and not zipped):
        raise FileProblem(
            _("A file or folder of this name exists already."), where=str(target), todo=_("Choose another name.")
        )
    with _workshop(target) as workshop:
        backup.save_copy(store.path, workshop / EVENT_FILE)
        with closing(stores.open_store(workshop / EVENT_FILE, clock=store.clock)) as copy:
            pieces = [*_pieces(copy), *papers(copy)]
            room = workshop / "archive"
            total = len(pieces) + len(scans) + 2
            for done, piece in enumerate(pieces):
                progress(done, total, piece.name)
                path = room / piece.name
                path.parent.mkdir(parents=True, exist_ok=True)
                piece.make(copy, path)
            for done, scan in enumerate(scans, start=len(pieces)):
                progress(done, total, scan.name)
                _add(scan, room / "signed" / scan.name)
            manifest = _manifest(copy)
        if with_event_file:
            shutil.copyfile(workshop / EVENT_FILE, room / EVENT_FILE)
        progress(total - 2, total, SUMS)
        sealed = _seal(room, manifest)
        progress(total - 1, total, target.name)
        whole = _zipped(room) if zipped else room
        whole.replace(target)
        progress(total, total, target.name)
    return sealed


@contextmanager
def _workshop(target: Path) -> Iterator[Path]:
    """A folder beside the target, on the same disk, that goes away with all that is left in it."""
    try:
        with tempfile.TemporaryDirectory(prefix=f".{target.name}", suffix=_PART, dir=target.parent) as folder:
            yield Path(folder)
    except OSError as error:
        raise FileProblem(
            _("The archive could not be written."),
            where=f"{error.filename or target}: {error.strerror or error}",
            todo=_("Choose another folder, or make room on the disk."),
        ) from error


def _pieces(store: Store) -> Iterator[Piece]:
    for version in queries.version_texts(store):
        yield Piece(f"versions/version-{version.number}.json", _text_writer(version.text))
    for name, rows in queries.table_rows(store).items():
        yield Piece(f"marks/{name}.csv" if name == "marks" else f"decisions/{name}.csv", _table_writer(rows))
    yield Piece("standings.csv", standings_csv.write_standings)
    yield Piece("notice.csv", notice_csv.write_notice)
    yield Piece(LOG, _table_writer([list(queries.LOG_HEADER), *queries.log_rows(store)]))
    yield Piece("draws", _write_draws)


def _write_draws(store: Store, folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    draw_json.write_records(store, folder)


def _text_writer(text: str) -> Maker:
    return lambda _store, path: path.write_bytes(text.encode())


def _table_writer(rows: list[list[str]]) -> Maker:
    return lambda _store, path: write_csv(path, rows)


def _add(scan: Path, path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    if path.exists():
        raise FileProblem(
            _("Two files to be added have the same name."),
            where=str(scan),
            todo=_("Rename one of them, then try again."),
        )
    shutil.copyfile(scan, path)


def _manifest(store: Store) -> dict[str, object]:
    content = frozen(store)
    log = queries.log_rows(store)
    return {
        "format": "biwu-archive-1",
        "event": dict(content.event),
        "made_at": store.clock().isoformat(timespec="seconds"),
        "versions": [
            {
                "number": one.number,
                "made_at": one.made_at,
                "actor": one.actor,
                "reason": one.reason,
                "sha256": one.sha256,
                "file": f"versions/version-{one.number}.json",
            }
            for one in queries.version_texts(store)
        ],
        "log": {"entries": len(log), "last_sha256": log[-1][-1]},
    }


def _seal(room: Path, manifest: dict[str, object]) -> Sealed:
    (room / MANIFEST).write_text(
        json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n"
    )
    names = _names(room)
    lines = "".join(f"{_sha256(room / name)}  {name}\n" for name in names)
    (room / SUMS).write_text(lines, encoding="utf-8", newline="\n")
    for path in (room / SUMS, room):
        _to_disk(path)
    versions = manifest["versions"]
    assert isinstance(versions, list)
    return Sealed(len(names) + 1, len(versions), hashlib.sha256(lines.encode()).hexdigest())


def _zipped(room: Path) -> Path:
    path = room.with_suffix(".zip")
    with path.open("wb") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in _names(room):
                archive.write(room / name, name)
        file.flush()
        os.fsync(file.fileno())
    return path


def _names(room: Path) -> list[str]:
    return sorted(path.relative_to(room).as_posix() for path in room.rglob("*") if path.is_file())


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
        os.fsync(file.fileno())
    return found


def _to_disk(path: Path) -> None:
    if path.is_dir() and os.name == "nt":  # Windows opens no folders
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
