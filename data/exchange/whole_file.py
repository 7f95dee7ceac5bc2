"""Files for other programs: each takes its place only when it is whole."""

import os
from contextlib import suppress
from pathlib import Path

from data.errors import FileProblem
from data.i18n import _


def write_whole(path: Path, content: bytes) -> None:
    """Write a file under a temporary name, bring it to the disk, and let it take the place of `path`.

    Raises:
        FileProblem: the folder or the file cannot be written; what was there is untouched.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise FileProblem(
            _("The file could not be written."),
            where=f"{path}: {error.strerror or error}",
            todo=_("Close it in other programs, or choose another folder."),
        ) from error
