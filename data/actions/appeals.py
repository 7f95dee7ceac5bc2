"""Appeals (申诉): raised in time or late with a reason, and decided by the chief judge.

What is granted becomes the new mark in the same write; the first one stays on record. It passes over locks, so that
nothing else need be reopened for it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import EllipsisType
from typing import TypeAlias

from data import models
from data.actions import operators
from data.actions.marks import put_mark, put_visit
from data.actions.theory import put_theory
from data.errors import InvalidInput, NotAllowed, NotFound
from data.i18n import _
from data.local_time import local_time
from data.queries import appeals
from data.queries.appeals import GRANTED, MARK, OPEN, REFUSED, RESULT, THEORY, VISIT, WITHDRAWN
from data.rules.marksheet import Value
from data.store import Store, Writing


@dataclass(frozen=True)
class SheetCorrection:
    """What the judge's sheet says from now on, as `marks.hand_in` takes it."""

    values: Mapping[int, Value]
    total_milli: int | None = None


@dataclass(frozen=True)
class VisitCorrection:
    """What belongs to the visit from now on, as `marks.set_visit` takes it; what is not given stays."""

    seconds_milli: int | EllipsisType | None = ...
    overtime_milli: int | EllipsisType = ...
    penalty_milli: int | EllipsisType = ...
    state: str | EllipsisType = ...


@dataclass(frozen=True)
class TheoryCorrection:
    """The theory mark from now on, of 100 points."""

    value_milli: int


Correction: TypeAlias = SheetCorrection | VisitCorrection | TheoryCorrection
_CORRECTED_BY = {MARK: SheetCorrection, VISIT: VisitCorrection, THEORY: TheoryCorrection, RESULT: type(None)}


def raise_appeal(
    store: Store,
    actor: str,
    entrant_id: int,
    about: str,
    visit_id: int | None,
    seat: int | None,
    raised_by: str,
    text: str,
    late_reason: str = "",
) -> int:
    """Take an appeal; returns its id. The results cannot be final until it is decided.

    Args:
        about: mark (of a visit and a judge's seat) | visit | theory | result.
        raised_by: who brings it, such as the entrant or the leader of the unit.
        late_reason: why it is taken after the deadline; dropped when it is in time.

    Raises:
        NotFound: there is no such entrant, or nothing of his that this is about.
        InvalidInput: who raises it or what it says is missing.
        NotAllowed: the deadline is over and no reason is given, the same is under appeal already, or the actor has
            not signed in where people do.
    """
    with store.write(actor, "appeals.raise") as writing:
        operators.refuse_stranger(store, actor)
        if about not in appeals.ABOUT:
            raise ValueError(about)
        entrant = models.Entrant.get_or_none(models.Entrant.id == entrant_id)
        if entrant is None:
            raise NotFound(_("This entrant is not in the event any more."), todo=_("Look the entrant up again."))
        _refuse_nothing(entrant_id, about, visit_id, seat)
        _required(raised_by, _("Who raises the appeal is missing."), _("Write the name of who brings it."))
        _required(text, _("What the appeal says is missing."), _("Write in a few words what is objected to."))
        left = appeals.deadline()
        is_late = left is not None and store.clock() > left.ends
        if left is not None and is_late and not late_reason.strip():
            raise _over(left)
        return writing.insert(
            models.Appeal,
            entrant=entrant_id,
            visit=visit_id,
            seat=seat,
            about=about,
            raised_by=raised_by.strip(),
            raised_at=writing.at,
            text=text.strip(),
            late_reason=late_reason.strip() if is_late else "",
            of_version=left.version if left is not None else None,
            state=OPEN,
            actor=actor,
        )


def _over(left: appeals.Deadline) -> NotAllowed:
    """That the time for appeals is over."""
    return NotAllowed(
        _("The time for appeals against version {n} ended at {time}.").format(
            n=left.version, time=f"{local_time(left.ends.isoformat()):%Y-%m-%d %H:%M}"
        ),
        todo=_("Write why it is taken all the same, or do not take it."),
    )


def _refuse_nothing(entrant_id: int, about: str, visit_id: int | None, seat: int | None) -> None:
    """Refuse what is not there, and what is under appeal already."""
    if (visit_id is not None) != (about in (MARK, VISIT)) or (seat is not None) != (about == MARK):
        raise ValueError((about, visit_id, seat))
    there = {
        MARK: models.Mark.select()
        .join(models.Visit)
        .where(models.Visit.id == visit_id, models.Visit.entrant == entrant_id, models.Mark.seat == seat),
        VISIT: models.Visit.select().where(models.Visit.id == visit_id, models.Visit.entrant == entrant_id),
        THEORY: models.TheoryMark.select().where(models.TheoryMark.entrant == entrant_id),
        RESULT: models.Entrant.select().where(models.Entrant.id == entrant_id),
    }[about]
    if not there.exists():
        raise NotFound(
            _("There is no such mark of this entrant yet."), todo=_("Choose one that is in, or the result as a whole.")
        )
    same = models.Appeal.select().where(
        models.Appeal.entrant == entrant_id,
        models.Appeal.about == about,
        models.Appeal.visit.is_null() if visit_id is None else models.Appeal.visit == visit_id,
        models.Appeal.seat.is_null() if seat is None else models.Appeal.seat == seat,
        models.Appeal.state == OPEN,
    )
    if same.exists():
        raise NotAllowed(_("The same is under appeal already."), todo=_("Let the chief judge decide that one first."))


def grant(
    store: Store,
    actor: str,
    appeal_id: int,
    chief: str,
    pin: str,
    decision: str,
    correction: Correction | None = None,
) -> None:
    """The chief judge grants an appeal, and what it was about is corrected in the same write.

    Args:
        correction: of the kind that the appeal is about. One against the result as a whole has none: what follows
            from it is done where it belongs, such as a play-off.

    Raises:
        NotFound: there is no such appeal.
        InvalidInput: the decision is missing, or the correction is not acceptable or changes nothing.
        NotAllowed: it is decided already, this is no chief judge's name and PIN, or the actor has not signed in
            where people do.
    """
    with store.write(actor, "appeals.grant", decision.strip()) as writing:
        row = _open_row(store, actor, appeal_id)
        if not isinstance(correction, _CORRECTED_BY[row.about]):
            raise ValueError((row.about, correction))
        by = _deciding(store, chief, pin, decision)
        if correction is not None:
            _correct(writing, actor, row, correction, _("Appeal granted: {decision}").format(decision=decision.strip()))
        _decide(writing, row, GRANTED, by, decision)


def _correct(writing: Writing, actor: str, row: models.Appeal, correction: Correction, reason: str) -> None:
    before = len(writing.changes)
    if isinstance(correction, SheetCorrection):
        values, total = correction.values, correction.total_milli
        put_mark(writing, actor, row.visit_id, row.seat, values, total, reason, granted=True)
    elif isinstance(correction, VisitCorrection):
        put_visit(
            writing,
            row.visit_id,
            correction.seconds_milli,
            correction.penalty_milli,
            correction.state,
            reason,
            overtime_milli=correction.overtime_milli,
            granted=True,
        )
    else:
        put_theory(writing, actor, row.entrant_id, correction.value_milli, reason, granted=True)
    if len(writing.changes) == before:
        raise InvalidInput(
            _("The correction says the same as before."),
            todo=_("Enter what is right now, or refuse the appeal."),
        )


def refuse(store: Store, actor: str, appeal_id: int, chief: str, pin: str, decision: str) -> None:
    """The chief judge refuses an appeal; the mark stays.

    Raises:
        NotFound: there is no such appeal.
        InvalidInput: the decision is missing.
        NotAllowed: it is decided already, this is no chief judge's name and PIN, or the actor has not signed in
            where people do.
    """
    with store.write(actor, "appeals.refuse", decision.strip()) as writing:
        row = _open_row(store, actor, appeal_id)
        _decide(writing, row, REFUSED, _deciding(store, chief, pin, decision), decision)


def withdraw(store: Store, actor: str, appeal_id: int, reason: str) -> None:
    """Who raised the appeal takes it back.

    Raises:
        NotFound: there is no such appeal.
        InvalidInput: the reason is missing.
        NotAllowed: it is decided already, or the actor has not signed in where people do.
    """
    with store.write(actor, "appeals.withdraw", reason.strip()) as writing:
        row = _open_row(store, actor, appeal_id)
        _required(reason, _("A reason is needed."), _("Write in a few words why it is taken back, and by whom."))
        _decide(writing, row, WITHDRAWN, "", reason)


def _open_row(store: Store, actor: str, appeal_id: int) -> models.Appeal:
    operators.refuse_stranger(store, actor)
    row: models.Appeal | None = models.Appeal.get_or_none(models.Appeal.id == appeal_id)
    if row is None:
        raise NotFound(_("This appeal is not in the event any more."), todo=_("Look at the list again."))
    if row.state != OPEN:
        raise NotAllowed(
            _("This appeal is decided already: {state}.").format(state=appeals.state_word(row.state)),
            where=row.decision,
            todo=_("Raise another one if there is more to object to."),
        )
    return row


def _deciding(store: Store, chief: str, pin: str, decision: str) -> str:
    """The name of the chief judge who decides."""
    _required(decision, _("The decision is missing."), _("Write in a few words what was decided, and why."))
    return operators.chief(store, chief, pin)


def _required(text: str, what: str, todo: str) -> None:
    if not text.strip():
        raise InvalidInput(what, todo=todo)


def _decide(writing: Writing, row: models.Appeal, state: str, by: str, decision: str) -> None:
    writing.update(row, state=state, decision=decision.strip(), decided_by=by, decided_at=writing.at)
