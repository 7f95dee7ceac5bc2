"""The score ladders (成绩单) that can be printed, and the result version that says the same as they do."""

from dataclasses import dataclass

from peewee import fn

from data import models
from data.errors import NotAllowed
from data.i18n import _
from data.queries import entrants, results, sealing
from data.queries.timetable_papers import ALL, Choice
from data.store import Store


@dataclass(frozen=True)
class LadderPaper:
    """The ladder of one entrant. `id` is that of the entrant."""

    id: int


def ladder_papers(store: Store, choice: Choice = ALL) -> list[LadderPaper]:
    """Everyone who has a ladder, by division and order of the draw; while names are sealed, no unit's total.

    Raises:
        NotAllowed: there are no marks yet.
    """
    with store.read():
        if not (models.Mark.select().exists() or models.TheoryMark.select().exists()):
            raise NotAllowed(_("No marks are in yet."), todo=_("Enter the marks first."))
        sealed = sealing.names_sealed()
        rows = entrants.entrants(store, choice.division)
        return [LadderPaper(row.id) for row in rows if choice.takes(row.id) and not (sealed and row.entry == "sum")]


def newest_version() -> int | None:
    """The number of the newest result version. Runs inside `store.read()`."""
    number: int | None = models.ResultVersion.select(fn.MAX(models.ResultVersion.number)).scalar()
    return number


def version_now(store: Store) -> int | None:
    """The newest result version if the marks of this moment give the same; None when they do not, or without one."""
    with store.read():
        last = models.ResultVersion.get_or_none(models.ResultVersion.number == newest_version())
        return last.number if last is not None and not results.differs_from(store, last.content) else None
