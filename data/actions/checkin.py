"""Check-in (检录): who is here, and why somebody is not."""

from typing import Any

from data import models
from data.actions import operators, playoffs
from data.errors import InvalidInput, NotAllowed, NotFound
from data.i18n import _
from data.queries import entrants as queries
from data.queries import sealing
from data.queries.entrants import EntrantRow
from data.queries.locks import refuse_locked_entrant
from data.rules.ranking import OUT
from data.store import Store, Writing

STATES = ("expected", "present", "absent", "withdrew", "disqualified")


def check_in(store: Store, actor: str, entrant_id: int) -> EntrantRow:
    """Note that an entrant has arrived. Doing it again changes nothing.

    Raises:
        NotAllowed: the entrant was marked absent, withdrawn or disqualified, or is a unit's total.
        NotFound: there is no such entrant.
    """
    with store.write(actor, "checkin.check_in") as writing:
        row = _get(entrant_id)
        if row.state not in ("expected", "present"):
            raise NotAllowed(
                _("{name} is marked as {state}.").format(
                    name=sealing.called(row.number, row.name), state=queries.state_title(row.state)
                ),
                todo=_("Correct the state with a reason first."),
            )
        _set(writing, row, "present")
    return queries.entrant(store, entrant_id)


def set_state(store: Store, actor: str, entrant_id: int, state: str, reason: str) -> EntrantRow:
    """Mark an entrant as absent, withdrawn or disqualified, or correct that. The same state changes nothing.

    The time of arrival stays with those who withdrew or were disqualified after it.

    Args:
        state: one of STATES; `expected` takes a check-in back.

    Raises:
        InvalidInput: no reason is given.
        NotAllowed: the entrant has marks or performs now, so it is here; it is a unit's total; the division is
            locked; or the actor has not signed in where people do.
        NotFound: there is no such entrant.
    """
    if state not in STATES:
        raise ValueError(f"no such state: {state}")
    if not reason.strip():
        raise InvalidInput(_("A reason is needed."), todo=_("Write in a few words why, for the audit log."))
    with store.write(actor, "checkin.set_state", reason.strip()) as writing:
        operators.refuse_stranger(store, actor)
        row = _get(entrant_id)
        if state != row.state and (state in OUT or row.state in OUT):
            refuse_locked_entrant(entrant_id)
        if state in ("expected", "absent") and _has_marks(entrant_id):
            raise NotAllowed(
                _("{name} has marks already, so it cannot be “{state}”.").format(
                    name=sealing.called(row.number, row.name), state=queries.state_title(state)
                ),
                todo=_("Choose withdrawn or disqualified, or correct the marks first."),
            )
        if state in ("expected", "absent") and _performs(entrant_id):
            raise NotAllowed(
                _("{name} is performing now, so it cannot be “{state}”.").format(
                    name=sealing.called(row.number, row.name), state=queries.state_title(state)
                ),
                todo=_("End the visit, or undo its start, first."),
            )
        _set(writing, row, state)
    return queries.entrant(store, entrant_id)


def _get(entrant_id: int) -> Any:
    row = models.Entrant.get_or_none(models.Entrant.id == entrant_id)
    if row is None:
        raise NotFound(_("This entrant is not in the event any more."), todo=_("Look the entrant up again."))
    if row.division.entry == "sum":
        raise NotAllowed(
            _("{name} is a unit's total, not somebody who arrives.").format(name=sealing.called(None, row.name)),
            todo=_("Check in the people whose marks are added up."),
        )
    return row


def _set(writing: Writing, row: Any, state: str) -> None:
    arrived_at = row.arrived_at
    if state in ("expected", "absent"):
        arrived_at = None
    elif state == "present" and arrived_at is None:
        arrived_at = writing.at
    if (row.state in OUT) != (state in OUT):
        playoffs.forget_sums(writing, row.unit_id)
    writing.update(row, state=state, arrived_at=arrived_at)


def _has_marks(entrant_id: int) -> bool:
    marks = models.Mark.select().join(models.Visit).where(models.Visit.entrant == entrant_id)
    return bool(marks.exists())


def _performs(entrant_id: int) -> bool:
    visit = models.Visit
    running = visit.started_at.is_null(False) & visit.ended_at.is_null()
    return bool(visit.select().where(visit.entrant == entrant_id, running).exists())
