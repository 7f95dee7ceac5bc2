"""When the outcome of a play-off, or the decision to share an award, stops counting."""

from typing import Any

from data import models
from data.store import Writing


def forget(writing: Writing, entrant_id: int, unit_id: int) -> None:
    """Drop the play-off places and shared ties of an entrant whose marks change, and of the sums that he may count for.

    They decided a tie that may be gone; left standing they could decide another one that was never played.
    """
    _drop(writing, (models.Entrant.id == entrant_id) | _sums_of(unit_id))


def forget_sums(writing: Writing, unit_id: int) -> None:
    """Drop what was decided of a unit's team sums, because another of its members competes or no longer does.

    The places of the members stay: they tell the same people apart as before.
    """
    _drop(writing, _sums_of(unit_id))


def _sums_of(unit_id: int) -> Any:
    return (models.Division.entry == "sum") & (models.Entrant.unit == unit_id)


def _drop(writing: Writing, where: Any) -> None:
    concerned = models.Entrant.select(models.Entrant.id).join(models.Division).where(where)
    for row in list(models.Playoff.select().where(models.Playoff.entrant.in_(concerned))):
        writing.delete(row)
    decisions = list(models.TieDecision.select())
    if decisions:
        gone = {entrant for (entrant,) in concerned.tuples()}
        for decision in decisions:
            if gone & set(decision.entrants):
                writing.delete(decision)
