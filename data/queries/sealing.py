"""Blind marking (盲评): what nobody may read yet.

In a blind event the numbers draw seals the names: from then on contestants are their numbers
alone, everywhere, until the chief judge decodes the names before a witness. A lane draw seals who
stood in which lane in the same way.
"""

from data import models

LANE = "lane"
NAME = "name"
LAYERS = (LANE, NAME)  # in the order in which they are opened
_SEALED_BY = {LANE: "lanes", NAME: "numbers"}


def is_sealed(layer: str) -> bool:
    """Whether this layer of the event is closed now. Runs inside `store.read()`."""
    event = models.Event.get_or_none()
    if event is None or not event.blind:
        return False
    drawn = models.Draw.select().where(models.Draw.kind == _SEALED_BY[layer], models.Draw.state == "drawn").exists()
    return bool(drawn) and not models.Decoding.select().where(models.Decoding.layer == layer).exists()


def names_sealed() -> bool:
    """Whether contestants are numbers alone. Runs inside `store.read()`."""
    return is_sealed(NAME)
