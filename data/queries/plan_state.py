"""How far the event is, as seen by its plan."""

from data import models
from data.store import Store


def has_begun(store: Store) -> bool:
    """Whether a draw stands or anyone competes already: from then on a change of the plan needs a reason."""
    with store.read():
        drawn = models.Draw.select().where(models.Draw.state != "void")
        return bool(drawn.exists() or models.Entrant.select().exists())
