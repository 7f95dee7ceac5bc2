"""Who competed in another event, out of its own file: no list with ID numbers has to be written for it."""

from pathlib import Path

from data import store as stores
from data.errors import NotAllowed
from data.i18n import _
from data.queries.history import history_rows
from data.queries.plan import is_rehearsal
from data.rules.roster import CellProblem, HistoryReading

SUFFIX = ".biwu"


def read_event_history(path: Path) -> HistoryReading:
    """The people of the event's newest result version, and what it knows of the years before; the file stays as it is.

    Raises:
        FileProblem: the file cannot be read, or is no event file.
        NewerFile: a newer Biwu wrote it.
        NotAllowed: it is a rehearsal.
    """
    other = stores.copy_in_memory(path)
    try:
        if is_rehearsal(other):
            raise NotAllowed(
                _("This event is a rehearsal: nobody has really competed in it."),
                where=str(path),
                todo=_("Choose the file of an event that was held."),
            )
        reading = HistoryReading(history_rows(other, path.name))
    finally:
        other.close()
    if not reading.rows:
        words = _("The event has no history of earlier years, and no result version with a date.")
        reading.problems.append(CellProblem(path.name, "", 0, "", "", words))
    return reading
