"""Rolling copies of an open event file, each whole and verified before it gets its name.

A copy is made by SQLite's backup API from a connection of its own, so writers go on meanwhile.
Copies are numbered: the order of the numbers holds even when the computer's clock is set back.
"""

import logging
import os
import re
import sqlite3
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock

from data.change import Change
from data.errors import FileProblem, UserError
from data.i18n import _
from data.store import Store, disk_error, read_only_uri

log = logging.getLogger(__name__)

KEPT = 20

# Actions that end a step of the day: a copy follows each of them at once. Marks and check-ins come by
# the hundred and wait for the copy of the minute.
PHASE_STEPS = frozenset(
    {
        "setup.save_plan",
        "roster.import_people",
        "roster.import_history",
        "draws.freeze_selection",
        "draws.freeze_numbers",
        "draws.freeze_items",
        "draws.freeze_lanes",
        "draws.freeze_judges",
        "draws.draw",
        "draws.void",
        "schedule.save_timetable",
        "marks.import",
        "theory.import",
        "results.record_playoff",
        "results.finalise",
    }
)
MINUTE = "minute"
BY_HAND = "by-hand"

_NAME = re.compile(r"(?P<number>\d{6,})_(?P<made>\d{4}-\d\d-\d\d_\d\d\.\d\d\.\d\d)_(?P<reason>[\w.-]+)\.biwu")
_MADE = "%Y-%m-%d_%H.%M.%S"
_NOT_IN_A_NAME = re.compile(r"[^\w.-]+")
_PART = ".part"  # ends the name of a copy that is still being written


@dataclass(frozen=True)
class BackupCopy:
    """One copy in the backups folder.

    `made_at` is local time; `reason` is the name of the action that led to it, MINUTE, or BY_HAND;
    `size` is in bytes; `ok` tells that SQLite found the file whole when it was last looked at.
    """

    path: Path
    made_at: datetime
    reason: str
    size: int
    ok: bool


class Backups:
    """Keeps the newest copies of one open event file. Every method may be called from any thread."""

    def __init__(self, store: Store, folder: Path | None = None) -> None:
        """Copies go to `folder`, by default NAME.backups beside the event file, which is made when needed."""
        self.folder = folder or store.path.with_suffix(".backups")
        self.last_error: UserError | None = None  # why the newest attempt made no copy
        self._store = store
        self._turn = Lock()
        self._checked: dict[tuple[str, int, int], bool] = {}
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="backup")
        self._unsubscribe = store.subscribe(self._on_change)

    def copy(self, reason: str = BY_HAND) -> BackupCopy:
        """Make a copy now, and remove the oldest beyond KEPT.

        Raises:
            FileProblem: the folder or the disk refused, or the copy is not whole; the older copies stay.
        """
        with self._turn:
            return self._copy_and_remember(reason)

    def tick(self) -> BackupCopy | None:
        """Make a copy if the event has changed since the newest one. Called once a minute.

        Raises:
            FileProblem: as `copy`.
        """
        with self._turn:
            newest = self._newest()
            if newest and _last_change(newest) == _last_change(self._store.path):
                return None
            return self._copy_and_remember(MINUTE)

    def copies(self) -> list[BackupCopy]:
        """The copies, newest first; one that was not looked at since it changed is verified, so this may take a second.

        Raises:
            FileProblem: the folder cannot be read.
        """
        return [self._look_at(path) for path in self._paths()]

    def age_seconds(self) -> int | None:
        """Seconds since the newest copy was made; None when there is none."""
        try:
            newest = self._newest()
        except FileProblem:
            return None
        if newest is None:
            return None
        age = self._store.clock().astimezone() - _made_at(newest).astimezone()
        return max(0, int(age.total_seconds()))

    def restore_as(self, copy: BackupCopy, new_path: Path) -> None:
        """Write a copy as a new event file, which may be opened then; the copy and the event stay.

        Raises:
            FileProblem: a file of this name exists, the copy is damaged, or the disk refused.
        """
        save_copy(copy.path, new_path)

    def save_as(self, new_path: Path) -> None:
        """Write the event as it stands now to another place, such as a USB stick.

        Raises:
            FileProblem: a file of this name exists, or the disk refused.
        """
        save_copy(self._store.path, new_path)

    def close(self) -> None:
        """Make the copies that are due, then stop listening. Call it before the store is closed."""
        self._unsubscribe()
        self._worker.shutdown(wait=True)

    def _on_change(self, change: Change) -> None:
        if change.action in PHASE_STEPS:
            self._worker.submit(self.copy, change.action).add_done_callback(_log_failure)

    def _copy_and_remember(self, reason: str) -> BackupCopy:
        try:
            made = self._copy(reason)
        except UserError as error:
            self.last_error = error
            raise
        self.last_error = None
        return made

    def _copy(self, reason: str) -> BackupCopy:
        made_at = self._store.clock().astimezone()
        try:
            self.folder.mkdir(exist_ok=True)
            paths = self._paths()
            for left_over in self.folder.glob(f"*{_PART}"):
                left_over.unlink()
        except OSError as error:
            raise _folder_problem(self.folder, error) from error
        number = 1 + (int(paths[0].name.split("_")[0]) if paths else 0)
        safe_reason = _NOT_IN_A_NAME.sub("-", reason)
        path = self.folder / f"{number:06d}_{made_at.strftime(_MADE)}_{safe_reason}.biwu"
        _copy_whole(self._store.path, path)
        for oldest in paths[KEPT - 1 :]:
            with suppress(OSError):  # open in another program: the next copy tries again
                oldest.unlink()
        return self._look_at(path, ok=True)

    def _paths(self) -> list[Path]:
        try:
            found = [path for path in self.folder.iterdir() if _NAME.fullmatch(path.name)]
        except FileNotFoundError:
            return []
        except OSError as error:
            raise _folder_problem(self.folder, error) from error
        return sorted(found, key=lambda path: int(path.name.split("_")[0]), reverse=True)

    def _newest(self) -> Path | None:
        return next(iter(self._paths()), None)

    def _look_at(self, path: Path, *, ok: bool | None = None) -> BackupCopy:
        match = _NAME.fullmatch(path.name)
        if match is None:
            raise ValueError(path.name)
        try:
            stat = path.stat()
        except OSError:
            return BackupCopy(path, _made_at(path), match["reason"], 0, ok=False)
        key = (path.name, stat.st_size, stat.st_mtime_ns)
        if ok is not None:
            self._checked[key] = ok
        if key not in self._checked:
            self._checked[key] = not _faults(path)
        return BackupCopy(path, _made_at(path), match["reason"], stat.st_size, self._checked[key])


def save_copy(source: Path, new_path: Path) -> None:
    """Write a whole, verified copy of an event file, open or not, under a name that is not in use.

    Raises:
        FileProblem: the name is in use, the source is damaged, or the disk refused.
    """
    # A -wal file left under the new name would be taken for changes of the new file.
    for taken in (new_path, new_path.with_name(new_path.name + "-wal")):
        if taken.exists():
            raise FileProblem(
                _("A file of this name exists already."),
                where=str(taken),
                todo=_("Choose another name; an event file is never overwritten."),
            )
    _copy_whole(source, new_path)


def _copy_whole(source: Path, target: Path) -> None:
    """Copy under a temporary name, verify, bring it to the disk, and give it its name last."""
    part = target.with_name(target.name + _PART)
    try:
        with _connected(source) as event, closing(sqlite3.connect(part, isolation_level=None)) as copy:
            event.backup(copy)
            copy.execute("PRAGMA journal_mode = delete")  # one file, readable from anywhere
        faults = _faults(part)
        if faults:
            raise FileProblem(
                _("The event file is damaged, so no copy was made; the older copies are untouched."),
                where=f"{source}: {faults[0]}",
                todo=_("Open the newest copy from the backups folder as a new event."),
            )
        _to_disk(part)
        part.replace(target)
        _to_disk(target.parent)
    except sqlite3.Error as error:
        raise disk_error(target, error) from error
    except OSError as error:
        raise _folder_problem(target.parent, error) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


@contextmanager
def _connected(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(read_only_uri(path), uri=True, isolation_level=None)) as connection:
        connection.execute("PRAGMA busy_timeout = 5000")
        yield connection


def _faults(path: Path) -> list[str]:
    """What SQLite's quick check says of a file; empty when it is whole."""
    try:
        with _connected(path) as connection:
            lines = [str(line) for (line,) in connection.execute("PRAGMA quick_check")]
            connection.execute("SELECT max(id) FROM audit")
    except sqlite3.Error as error:
        return [str(error)]
    return [line for line in lines if line != "ok"]


def _last_change(path: Path) -> str | None:
    """The hash of the last audit row, which stands for everything before it; None for an empty or unreadable file."""
    try:
        with _connected(path) as connection:
            row = connection.execute("SELECT sha256 FROM audit ORDER BY id DESC LIMIT 1").fetchone()
    except sqlite3.Error:
        return None
    return row[0] if row else None


def _to_disk(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk itself."""
    if path.is_dir() and os.name == "nt":  # Windows opens no folders, and NTFS logs names by itself
        return
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _made_at(path: Path) -> datetime:
    return datetime.strptime("_".join(path.name.split("_")[1:3]), _MADE).astimezone()


def _folder_problem(folder: Path, error: OSError) -> FileProblem:
    return FileProblem(
        _("The copy could not be written to this folder."),
        where=f"{folder}: {error.strerror}",
        todo=_(
            "Check that the disk is connected and has space, and that you may write to this folder, then try again."
        ),
    )


def _log_failure(done: "Future[BackupCopy]") -> None:
    error = done.exception()
    if error is not None:
        log.error("a copy could not be made", exc_info=error)
