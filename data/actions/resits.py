"""Second chances (补训补考) of those below the pass line: when, and how they went."""

from collections.abc import Sequence
from datetime import date

from data import models
from data.actions.operators import refuse_stranger
from data.errors import InvalidInput, NotAllowed, NotFound
from data.i18n import _
from data.queries.below_pass import CLEARED, PASSED, BelowRow, below_pass
from data.rules.decimals import show_milli
from data.store import Store

FULL_MILLI = 100_000
LONGEST_NOTE = 200


def plan(store: Store, actor: str, entrant_ids: Sequence[int], day: str, note: str = "") -> int:
    """Set the day (YYYY-MM-DD) of a second chance for these entrants; returns for how many it is new or moved.

    One that was not held yet is moved; one that was held and not passed is followed by another.

    Raises:
        InvalidInput: it is no day, or one before the event; the note is too long; nobody is named.
        NotAllowed: somebody is not on the list, or has passed since; or the actor has not signed in where
            people do.
    """
    with store.write(actor, "resits.plan") as writing:
        refuse_stranger(store, actor)
        found = below_pass(store)
        if not entrant_ids:
            raise InvalidInput(_("Nobody is chosen."), todo=_("Choose who gets a second chance."))
        _check_day(day, found.event_date)
        note = _checked_note(note)
        listed = {row.entrant_id: row for row in found.rows if row.reason != CLEARED}
        planned = 0
        for entrant in entrant_ids:
            row = _not_passed(listed.get(entrant))
            values = {"date": day, "note": note, "actor": actor, "at": writing.at}
            if row.resit is None or row.resit.passed is not None:
                writing.insert(models.Resit, entrant=entrant, **values)
                planned += 1
            elif (row.resit.date, row.resit.note) != (day, note):
                writing.update(models.Resit.get_by_id(row.resit.id), **values)
                planned += 1
        return planned


def _not_passed(row: BelowRow | None) -> BelowRow:
    """The row of somebody who can have a second chance."""
    if row is None:
        raise NotAllowed(
            _("A second chance is for those who are on the list of the newest result version."),
            todo=_("Look at the list again: a newer version may have changed it."),
        )
    if row.state == PASSED:
        raise NotAllowed(_("{name} has passed already.").format(name=row.name), where=row.unit)
    return row


def _check_day(text: str, event_date: str) -> None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise InvalidInput(_("This is no day."), where=text, todo=_("Write it like 2026-03-09.")) from None
    if event_date and day < date.fromisoformat(event_date):
        raise InvalidInput(
            _("A second chance comes after the event, which was on {date}.").format(date=event_date),
            where=text,
            todo=_("Choose a later day."),
        )


def _checked_note(note: str) -> str:
    note = " ".join(note.split())
    if len(note) > LONGEST_NOTE:
        raise InvalidInput(_("A note has at most {most} characters.").format(most=LONGEST_NOTE), where=note)
    return note


def record(
    store: Store,
    actor: str,
    resit_id: int,
    result_milli: int,
    *,
    passed: bool | None = None,
    note: str | None = None,
    reason: str = "",
) -> bool:
    """Note how a second chance went, in per cent; returns whether it was passed.

    passed: None goes by the pass line. A result that was noted before is corrected with a reason.

    Raises:
        InvalidInput: the result is not 0 to 100; there is no pass line to go by; a reason is missing.
        NotFound: there is no such resit.
        NotAllowed: the actor has not signed in where people do.
    """
    with store.write(actor, "resits.record", reason.strip()) as writing:
        refuse_stranger(store, actor)
        row = _row(resit_id)
        if not 0 <= result_milli <= FULL_MILLI:
            raise InvalidInput(_("The result must be 0 to 100 per cent."), where=show_milli(result_milli))
        line = models.Event.get().pass_milli
        if passed is None and line is None:
            raise InvalidInput(
                _("The plan has no pass line to go by."),
                todo=_("Say whether it was passed, or set the pass line on the setup page."),
            )
        outcome = passed if passed is not None else result_milli >= line
        values = {"result_milli": result_milli, "passed": outcome}
        if note is not None:
            values["note"] = _checked_note(note)
        differs = any(getattr(row, name) != value for name, value in values.items())
        if differs and row.passed is not None and not reason.strip():
            raise InvalidInput(
                _("A reason is needed to change the result of a second chance."),
                todo=_("Write in a few words why it is changed."),
            )
        if differs:
            writing.update(row, **values, actor=actor, at=writing.at)
        return outcome


def cancel(store: Store, actor: str, resit_id: int, reason: str) -> None:
    """Take a second chance back; that it was planned stays in the log.

    Raises:
        InvalidInput: a reason is missing.
        NotFound: there is no such resit.
        NotAllowed: the actor has not signed in where people do.
    """
    with store.write(actor, "resits.cancel", reason.strip()) as writing:
        refuse_stranger(store, actor)
        row = _row(resit_id)
        if not reason.strip():
            raise InvalidInput(_("A reason is needed."), todo=_("Write in a few words why, for the audit log."))
        writing.delete(row)


def _row(resit_id: int) -> models.Resit:
    row: models.Resit | None = models.Resit.get_or_none(models.Resit.id == resit_id)
    if row is None:
        raise NotFound(_("This second chance is not planned any more."), todo=_("Look at the list again."))
    return row
