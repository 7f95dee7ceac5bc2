"""Who signs in at the desk."""

from dataclasses import dataclass

from data import models
from data.queries.plain_rows import Prepared
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


def chiefs(store: Store) -> list[str]:
    """The names of the chief judges who sign in."""
    return [one.name for one in operators(store) if one.chief]


def is_needed() -> bool:
    """Whether who enters or decides anything has to sign in; runs inside `store.read()`.

    A chief judge alone confirms and reopens, and whoever else is at the desk works without a PIN as before.
    """
    return bool(_NO_CHIEFS.rows())  # spelt once: it is asked for every mark


_NO_CHIEFS = Prepared(
    lambda: models.Operator.select(models.Operator.id).where(~models.Operator.chief, ~models.Operator.retired)
)


def active() -> list[Operator]:
    """All who sign in; runs inside `store.read()`."""
    rows = models.Operator.select().where(~models.Operator.retired).order_by(models.Operator.id)
    return [Operator(row.id, row.name, row.chief) for row in rows]
