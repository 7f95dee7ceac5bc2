"""When the outcome of a play-off stops counting."""

from data import models
from data.store import Writing


def forget(writing: Writing, entrant_id: int, unit_id: int) -> None:
    """Drop the play-off places of an entrant whose marks change, and of the team sums that he may count for.

    They decided a tie that may be gone; left standing they could decide another one that was never played.
    """
    rows = (
        models.Playoff.select(models.Playoff)
        .join(models.Entrant)
        .join(models.Division)
        .where(
            (models.Entrant.id == entrant_id) | ((models.Division.entry == "sum") & (models.Entrant.unit == unit_id))
        )
    )
    for row in list(rows):
        writing.delete(row)
