"""One process per event file. The operating system lets go of the lock when a process dies."""

import getpass
import json
import os
import platform
import sys
from datetime import datetime
from pathlib import Path
from typing import IO

from data.errors import FileInUse, FileProblem
from data.i18n import _

# The locked byte lies past the text, because Windows forbids reading what is locked.
_LOCKED_BYTE = 1 << 20

if sys.platform == "win32":
    import msvcrt

    def _try_lock(file: IO[str]) -> bool:
        file.seek(_LOCKED_BYTE)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(file: IO[str]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True


class EventLock:
    """Holds an event file for this process until `release`."""

    def __init__(self, event_file: Path) -> None:
        """Take the lock.

        Raises:
            FileInUse: another process has it; the message says who and since when.
            FileProblem: no lock file can be written beside the event file.
        """
        self._path = event_file.with_name(event_file.name + ".lock")
        try:
            self._file = self._path.open("a+", encoding="utf-8")
        except OSError as error:
            raise FileProblem(
                _("The event file cannot be opened for writing."),
                where=f"{event_file}: {error.strerror}",
                todo=_("Copy it to a folder where you may write, such as the desktop, and open the copy."),
            ) from error
        if not _try_lock(self._file):
            held_by = self._read_holder()
            self._file.close()
            raise FileInUse(
                _("This event is open already: {holder}.").format(holder=held_by),
                where=str(event_file),
                todo=_("Use the window that is open, or close it first."),
            )
        self._file.seek(0)
        self._file.truncate()
        holder = {
            "user": _user_name(),
            "computer": platform.node(),
            "process": os.getpid(),
            "since": datetime.now().isoformat(timespec="seconds", sep=" "),
        }
        self._file.write(json.dumps(holder, ensure_ascii=False))
        self._file.flush()

    def _read_holder(self) -> str:
        self._file.seek(0)
        try:
            holder = json.loads(self._file.read())
            return _("{user} on {computer}, process {process}, since {since}").format(**holder)
        except (ValueError, KeyError, TypeError):
            return _("another process")

    def release(self) -> None:
        """Let go; the lock file stays, since deleting it would race with the next holder."""
        self._file.seek(0)
        self._file.truncate()
        self._file.close()


def _user_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "?"
