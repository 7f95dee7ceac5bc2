"""The demo event: an example day with half of its marks in, to try every page on."""

import shutil
from datetime import datetime
from pathlib import Path

from data.errors import FileProblem
from data.i18n import _

ORIGINAL = Path(__file__).parent.parent / "resources" / "examples" / "demo.biwu"


def make_copy(folder: Path) -> Path:
    """Copy the demo event into a folder under a name that is free; returns the copy.

    Raises:
        FileProblem: the folder cannot be written, or the original is missing.
    """
    stem = _("Demo event {moment}").format(moment=f"{datetime.now():%Y-%m-%d %H%M%S}")
    target = folder / f"{stem}.biwu"
    try:
        shutil.copyfile(ORIGINAL, target)
    except OSError as error:
        raise FileProblem(
            _("The demo event could not be copied."),
            where=f"{target}: {error.strerror}",
            todo=_("Check that there is room on the disk and that you may write to this folder."),
        ) from error
    return target
