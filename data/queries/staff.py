"""The whole pool as the roster page shows it: in an order that people look names up by, and counted."""

from collections.abc import Mapping
from dataclasses import dataclass

from data import models
from data.queries import name_order, roster
from data.queries.plan import is_set_up
from data.queries.roster import PersonRow, PoolCount
from data.queries.sealing import names_sealed
from data.store import Store

IMPORTED, PINYIN, STROKES = "imported", "pinyin", "strokes"
ORDERS = (IMPORTED, PINYIN, STROKES)


@dataclass(frozen=True)
class Staff:
    """One snapshot of the pool.

    people: in the order asked for; of equal names, by unit and division as in the plan.
    places: by person id, the place of the name among all names, by strokes in that order and else by pinyin.
    sealed: the names of a blind event are not to be read now; then there are counts alone, and no people.
    history: how many entries of earlier years the event knows.
    """

    people: tuple[PersonRow, ...] = ()
    places: Mapping[int, int] | None = None
    counts: tuple[PoolCount, ...] = ()
    registered: int = 0
    sealed: bool = False
    history: int = 0


def staff_size(store: Store) -> int:
    """How many people the pool has."""
    with store.read():
        return int(models.Person.select().count())


def staff(store: Store, order: str = IMPORTED) -> Staff:
    """The pool in one of ORDERS.

    Raises:
        ValueError: there is no such order.
    """
    if order not in ORDERS:
        raise ValueError(f"no such order: {order}")
    if not is_set_up(store):
        return Staff()
    with store.read():
        people = roster.people(store)
        counts = tuple(roster.pool_counts(store, people))
        history = roster.history_size(store)
        if names_sealed():
            return Staff(counts=counts, registered=len(people), sealed=True, history=history)
    named = sorted(people, key=_stroke_key if order == STROKES else _pinyin_key)
    places = {row.id: place for place, row in enumerate(named)}
    shown = people if order == IMPORTED else named
    return Staff(tuple(shown), places, counts, len(people), False, history)


def _pinyin_key(row: PersonRow) -> name_order.PinyinKey:
    return name_order.by_pinyin(row.name)


def _stroke_key(row: PersonRow) -> name_order.StrokeKey:
    return name_order.by_strokes(row.name)
