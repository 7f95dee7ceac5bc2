"""Substitution (换人): another of the same unit takes a contestant's place.

The place stays as it was drawn: number, order, stations, lanes, times. Person, name and badge change, and
the badge of the one who left is void from then on.
"""

from typing import Any

from data import models
from data.actions import operators
from data.errors import InvalidInput, NotAllowed, NotFound
from data.i18n import _
from data.queries import entrants, sealing
from data.queries import substitution as queries
from data.queries.entrants import EntrantRow
from data.queries.locks import refuse_locked_entrant
from data.rules.identity import new_token
from data.store import Store, Writing

_TOKEN_BYTES = 8


def substitute(store: Store, actor: str, entrant_id: int, person_id: int, reason: str) -> EntrantRow:
    """Let a person take the place of an entrant, who is not checked in any more.

    Raises:
        InvalidInput: no reason is given.
        NotAllowed: the entrant has results, is disqualified, or is no single person; or the person is of another
            unit or division, competes already, or was replaced elsewhere; or the division is locked, or the actor
            has not signed in where people do.
        NotFound: there is no such entrant or person.
    """
    if not reason.strip():
        raise InvalidInput(_("A reason is needed."), todo=_("Write in a few words why, for the audit log."))
    with store.write(actor, "substitution.substitute", reason.strip()) as writing:
        operators.refuse_stranger(store, actor)
        entrant = _place(entrant_id)
        refuse_locked_entrant(entrant_id)
        joiner = _joiner(entrant, person_id)
        writing.insert(
            models.Substitution,
            entrant=entrant.id,
            left=entrant.person_id,
            joined=joiner.id,
            old_token=entrant.token,
            actor=actor,
            at=writing.at,
            reason=reason.strip(),
        )
        writing.update(
            entrant, person=joiner.id, name=joiner.name, token=_token(store), state="expected", arrived_at=None
        )
        _forget_states(writing, entrant_id)
    return entrants.entrant(store, entrant_id)


def _place(entrant_id: int) -> Any:
    row = models.Entrant.get_or_none(models.Entrant.id == entrant_id)
    if row is None:
        raise NotFound(_("This entrant is not in the event any more."), todo=_("Look the entrant up again."))
    name = sealing.called(row.number, row.name)
    if row.person_id is None:
        raise NotAllowed(
            _("{name} is not a single person, so nobody is replaced here.").format(name=name),
            todo=_("Who stands in a team is the unit's own choice."),
        )
    if row.state == "disqualified":
        raise NotAllowed(
            _("{name} is disqualified, so the place is lost.").format(name=name),
            todo=_("Correct the state with a reason first, if that was wrong."),
        )
    if _has_results(entrant_id):
        raise NotAllowed(
            _("{name} has begun or has marks already, so nobody can take the place any more.").format(name=name),
            todo=_("Mark the contestant as withdrawn instead."),
        )
    return row


def _joiner(entrant: Any, person_id: int) -> Any:
    row = models.Person.get_or_none(models.Person.id == person_id)
    if row is None:
        raise NotFound(_("This person is not on the roster any more."), todo=_("Look the person up again."))
    name = sealing.called(None, row.name)
    if (row.unit_id, row.division_id) != (entrant.unit_id, entrant.division_id):
        raise NotAllowed(
            _("{name} is of another unit or division.").format(name=name),
            todo=_("Choose somebody of the same unit and division."),
        )
    if models.Entrant.select().where(models.Entrant.person == person_id).exists():
        raise NotAllowed(_("{name} competes already.").format(name=name), todo=_("Choose somebody else."))
    if not queries.eligible(entrant).where(models.Person.id == person_id).exists():
        raise NotAllowed(
            _("{name} was replaced, so the person is out of this event.").format(name=name),
            todo=_("Choose somebody else."),
        )
    return row


def _has_results(entrant_id: int) -> bool:
    """Whether something was begun, marked or measured. That a visit was missed is the fault of the one who leaves."""
    marks = models.Mark.select().join(models.Visit).where(models.Visit.entrant == entrant_id)
    theory = models.TheoryMark.select().where(models.TheoryMark.entrant == entrant_id)
    visit = models.Visit
    measured = visit.select().where(
        visit.entrant == entrant_id,
        visit.seconds_milli.is_null(False) | (visit.penalty_milli != 0) | visit.started_at.is_null(False),
    )
    return bool(marks.exists() or theory.exists() or measured.exists())


def _forget_states(writing: Writing, entrant_id: int) -> None:
    for visit in models.Visit.select().where(models.Visit.entrant == entrant_id, models.Visit.state != ""):
        writing.update(visit, state="")


def _token(store: Store) -> str:
    """A token that no badge of this event has or had."""
    while True:
        token = new_token(store.entropy(_TOKEN_BYTES))
        taken = models.Entrant.select().where(models.Entrant.token == token).exists()
        if not taken and not queries.is_void(token):
            return token
