"""Substitutions (换人): who may take a contestant's place, and who held which place when."""

from dataclasses import dataclass
from typing import Any

from data import models
from data.errors import InvalidInput, NotFound
from data.i18n import _
from data.queries import name_order, sealing
from data.queries.reserves import reserve_places
from data.rules import identity
from data.rules.identity import mask_id_number
from data.store import Store


@dataclass(frozen=True)
class Substitute:
    """Somebody who may take the place. While names are sealed, all but person_id and reserve is empty.

    reserve: the place among the reserves of the unit and division, None for the rest of the pool.
    """

    person_id: int
    reserve: int | None
    name: str = ""
    id_masked: str = ""
    title: str = ""
    department: str = ""


@dataclass(frozen=True)
class Replaced:
    """An entrant's latest substitution. left and joined are empty while names are sealed."""

    entrant_id: int
    left: str
    joined: str
    reason: str
    at: str


def substitutes(store: Store, entrant_id: int) -> list[Substitute]:
    """Those who may take an entrant's place: the reserves in their order, then the rest of the pool by pinyin.

    While names are sealed, the reserves alone, without names; others are found by `substitute_called`.

    Raises:
        NotFound: there is no such entrant.
    """
    with store.read():
        reserves = reserve_places()
        rows = list(eligible(_entrant(entrant_id)))
        if sealing.names_sealed():
            ranked = sorted((reserves[row.id], row.id) for row in rows if row.id in reserves)
            return [Substitute(person, rank) for rank, person in ranked]
        found = [_substitute(row, reserves) for row in rows]
    return sorted(found, key=_order)


def substitute_called(store: Store, entrant_id: int, text: str) -> Substitute | None:
    """The one who may take the place and has this ID number or full name; None when nobody or several do.

    Raises:
        NotFound: there is no such entrant.
    """
    name, number = identity.clean_name(text), identity.clean_id_number(text)
    with store.read():
        rows = [row for row in eligible(_entrant(entrant_id)) if name and (row.name == name or row.id_number == number)]
        if len(rows) != 1:
            return None
        reserves = reserve_places()
        if sealing.names_sealed():
            return Substitute(rows[0].id, reserves.get(rows[0].id))
        return _substitute(rows[0], reserves)


def replaced(store: Store) -> dict[int, Replaced]:
    """The latest substitution of each entrant that had one, by entrant."""
    with store.read():
        sealed = sealing.names_sealed()
        names = dict(models.Person.select(models.Person.id, models.Person.name).where(_in_substitutions()).tuples())
        return {
            row.entrant_id: Replaced(
                row.entrant_id,
                "" if sealed else names[row.left_id],
                "" if sealed else names[row.joined_id],
                sealing.sealed_word() if sealed else row.reason,
                row.at,
            )
            for row in models.Substitution.select().order_by(models.Substitution.id)
        }


def eligible(entrant: Any) -> Any:
    """Rows of the people who may take the place of an Entrant row: of its unit and division, neither competing nor
    replaced elsewhere; whoever left this very place may come back. Runs inside `store.read()`."""
    competing = models.Entrant.select(models.Entrant.person).where(models.Entrant.person.is_null(False))
    left = models.Substitution.select(models.Substitution.left).where(models.Substitution.entrant != entrant.id)
    return (
        models.Person.select()
        .where(
            models.Person.unit == entrant.unit_id,
            models.Person.division == entrant.division_id,
            models.Person.id.not_in(competing),
            models.Person.id.not_in(left),
        )
        .order_by(models.Person.id)
    )


def is_void(token: str) -> bool:
    """Whether a substitution made the badge with this token void. Runs inside `store.read()`."""
    return bool(models.Substitution.select().where(models.Substitution.old_token == token).exists())


def void_code(token: str, *, sheet: bool = False) -> InvalidInput | None:
    """What to say of a badge or mark sheet of somebody who was replaced, None of any other.

    Runs inside `store.read()`.
    """
    row = models.Substitution.get_or_none(models.Substitution.old_token == token)
    if row is None:
        return None
    if sheet:
        who = sealing.called(row.entrant.number, row.entrant.name)
        return InvalidInput(
            _("This mark sheet was printed before {name} took the place.").format(name=who),
            todo=_("Use the sheet that was printed afterwards, or print it anew."),
        )
    todo = _("Keep the old badge here, and scan the new one.")
    if sealing.names_sealed():
        words = _("This badge is void: the contestant with the number {number} was replaced.")
        return InvalidInput(words.format(number=row.entrant.number), todo=todo)
    words = _("This badge belonged to {left}, who was replaced by {joined}.")
    return InvalidInput(words.format(left=row.left.name, joined=row.entrant.name), todo=todo)


def takes_part(person_id: int) -> bool:
    """Whether a person left or took a place, and so has to stay on the roster. Runs inside `store.read()`."""
    rows = models.Substitution.select()
    return bool(
        rows.where((models.Substitution.left == person_id) | (models.Substitution.joined == person_id)).exists()
    )


def held() -> dict[int, tuple[int, ...]]:
    """Everyone who has held a place, the one who was drawn first, by the person who holds it now.

    Places that were never handed on are not in it. Runs inside `store.read()`.
    """
    holders: dict[int, list[int]] = {}
    for row in models.Substitution.select().order_by(models.Substitution.id):
        holders.setdefault(row.entrant_id, []).append(row.left_id)
    rows = models.Entrant.select(models.Entrant.id, models.Entrant.person).where(models.Entrant.id.in_(list(holders)))
    return {person: (*holders[entrant], person) for entrant, person in rows.tuples()}


def _entrant(entrant_id: int) -> Any:
    row = models.Entrant.get_or_none(models.Entrant.id == entrant_id)
    if row is None:
        raise NotFound(_("This entrant is not in the event any more."), todo=_("Look the entrant up again."))
    return row


def _in_substitutions() -> Any:
    left = models.Substitution.select(models.Substitution.left)
    joined = models.Substitution.select(models.Substitution.joined)
    return models.Person.id.in_(left) | models.Person.id.in_(joined)


def _substitute(row: Any, reserves: dict[int, int]) -> Substitute:
    masked = mask_id_number(row.id_number or "")
    return Substitute(row.id, reserves.get(row.id), row.name, masked, row.title, row.department)


def _order(one: Substitute) -> tuple[Any, ...]:
    return one.reserve is None, one.reserve or 0, name_order.by_pinyin(one.name), one.person_id
