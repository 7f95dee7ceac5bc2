"""When the outcome of a play-off stops counting."""

from typing import Any

from data import models
from data.store import Writing


def forget(writing: Writing, entrant_id: int, unit_id: int) -> None:
    """Drop the play-off places of an entrant whose marks change, and of the team sums that he may count for.

    They decided a tie that may be gone; left standing they could decide another one that was never played.
    """
    _drop(writing, (models.Entrant.id == entrant_id) | _sums_of(unit_id))


def forget_sums(writing: Writing, unit_id: int) -> None:
    """Drop the play-off places of a unit's team sums, because another of its members competes or no longer does.

    The places of the members stay: they tell the same people apart as before.
    """
    _drop(writing, _sums_of(unit_id))


def _sums_of(unit_id: int) -> Any:
    return (models.Division.entry == "sum") & (models.Entrant.unit == unit_id)


def _drop(writing: Writing, where: Any) -> None:
    rows = models.Playoff.select(models.Playoff).join(models.Entrant).join(models.Division).where(where)
    for row in list(rows):
        writing.delete(row)
