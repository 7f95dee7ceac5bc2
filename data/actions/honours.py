"""Titles beside the awards (荣誉) given and taken by hand, each with a reason."""

from typing import Any

from data import models
from data.actions.operators import refuse_stranger
from data.errors import InvalidInput, NotAllowed, NotFound
from data.i18n import _
from data.queries import honours, sealing
from data.queries.honours import Holder, HonourRow
from data.rules.honours import PERSON
from data.store import Store, Writing


def give_honour(store: Store, actor: str, honour_id: int, key: int, reason: str) -> None:
    """Give an honour to an entrant or to a unit, whichever it is for (`key`: the id).

    Raises:
        NotFound: there is no such honour, or nobody of this id who can have it.
        NotAllowed: the names are sealed, the entrant or unit has it already, or the actor has not signed in where
            people do.
        InvalidInput: the reason is missing.
    """
    with store.write(actor, "results.give_honour", reason.strip()) as writing:
        row = _open(store, actor, honour_id, reason)
        holder = _one(row.holders, key)
        if holder is not None:
            raise NotAllowed(_("{name} has this honour already.").format(name=holder.name), where=row.name)
        if _one(row.candidates, key) is None:
            raise NotFound(
                _("Nobody who can have this honour was chosen."), where=row.name, todo=_("Choose one of the list.")
            )
        _decide(writing, actor, row, key, reason, taken=False)


def take_honour(store: Store, actor: str, honour_id: int, key: int, reason: str) -> None:
    """Take an honour back that was given by hand, or from one who has it by the rule.

    Raises:
        NotFound: there is no such honour, or the entrant or unit does not have it.
        NotAllowed: the names are sealed, or the actor has not signed in where people do.
        InvalidInput: the reason is missing.
    """
    with store.write(actor, "results.take_honour", reason.strip()) as writing:
        row = _open(store, actor, honour_id, reason)
        if _one(row.holders, key) is None:
            raise NotFound(
                _("Nobody who has this honour was chosen."), where=row.name, todo=_("Choose one of the list.")
            )
        _decide(writing, actor, row, key, reason, taken=True)


def _open(store: Store, actor: str, honour_id: int, reason: str) -> HonourRow:
    refuse_stranger(store, actor)
    row = next((one for one in honours.honours(store) if one.id == honour_id), None)
    if row is None:
        raise NotFound(_("The plan has no such honour."), todo=_("Look at the list again."))
    if sealing.names_sealed():
        raise NotAllowed(_("The names of this blind event are sealed."), where=row.name, todo=sealing.todo())
    if not reason.strip():
        raise InvalidInput(
            _("A reason is needed to decide on an honour."),
            where=row.name,
            todo=_("Write in a few words why; it stands beside the honour."),
        )
    return row


def _one(holders: tuple[Holder, ...], key: int) -> Holder | None:
    return next((one for one in holders if one.key == key), None)


def _decide(writing: Writing, actor: str, row: HonourRow, key: int, reason: str, *, taken: bool) -> None:
    """One decision for each entrant or unit, the last one; those before are in the log."""
    subject = models.HonourGiven.entrant if row.subject == PERSON else models.HonourGiven.unit
    values: dict[str, Any] = {"taken": taken, "reason": reason.strip(), "actor": actor, "at": writing.at}
    before = models.HonourGiven.get_or_none(models.HonourGiven.honour == row.id, subject == key)
    if before is not None:
        writing.update(before, **values)
    else:
        writing.insert(models.HonourGiven, honour=row.id, **{subject.name: key}, **values)
