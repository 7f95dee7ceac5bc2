"""Who signs in at the desk."""

from dataclasses import dataclass

from data import models
from data.store import Store


@dataclass(frozen=True)
class Operator:
    """Somebody who signs in; `present`: has done so since the file was opened."""

    id: int
    name: str
    chief: bool
    present: bool = False


def operators(store: Store) -> list[Operator]:
    """All who sign in, chief judges first."""
    with store.read():
        return [
            Operator(one.id, one.name, one.chief, one.name in store.sign_ins.names)
            for one in sorted(active(), key=lambda one: (not one.chief, one.id))
        ]


def active() -> list[Operator]:
    """All who sign in; runs inside `store.read()`."""
    rows = models.Operator.select().where(~models.Operator.retired).order_by(models.Operator.id)
    return [Operator(row.id, row.name, row.chief) for row in rows]
