"""The chief judge looks at something unusual and lets it stand, or lets a visit be combined without a judge's sheet."""

from data import models
from data.actions import operators, playoffs
from data.errors import InvalidInput, NotAllowed
from data.i18n import _
from data.queries import confirmations as queries
from data.queries import scores
from data.queries.confirmations import AlarmRow
from data.queries.division_marks import missing_seats
from data.queries.locks import refuse_locked
from data.queries.scores import OpenSheet
from data.rules.alarms import KINDS, MISSING
from data.store import Store, Writing


def confirm(
    store: Store, actor: str, visit_id: int, kind: str, seat: int, chief: str, pin: str, reason: str
) -> AlarmRow:
    """The chief judge confirms something unusual in a visit; it holds until one of the marks concerned changes.

    `missing`: the judge's sheet will not come, so the visit is combined without it, unless it comes all the same.

    Args:
        kind: spread | extreme | critical | missing, as data/rules/alarms.py has them; seat 0 for the whole visit.
        chief, pin: who confirms; data/actions/operators.py knows the PIN.

    Raises:
        NotFound: there is no such visit, or the station has no such seat.
        InvalidInput: no reason is given.
        NotAllowed: the PIN is not that of a chief judge, there is nothing (left) to confirm, the marks are locked, or
            the actor has not signed in where people do.
    """
    if kind not in KINDS:
        raise ValueError(kind)
    reason = reason.strip()
    with store.write(actor, "confirmations.confirm", reason) as writing:
        operators.refuse_stranger(store, actor)
        sheet = scores.open_sheet(store, visit_id, seat or 1)
        place = sheet.place
        name = operators.chief(store, chief, pin)
        if not reason:
            raise InvalidInput(
                _("The chief judge has to say why."), where=place, todo=_("Write a few words: they stay on record.")
            )
        standing = {(row.kind, row.seat): row for row in queries.of_visit(visit_id)}
        found = standing.get((kind, seat))
        if found is not None and not found.is_open:
            raise NotAllowed(_("{chief} has confirmed this already.").format(chief=found.chief), where=place)
        if kind == MISSING:
            _miss(writing, sheet)
        elif found is None:
            raise NotAllowed(
                _("There is nothing of this kind to confirm any more: the marks are others now."),
                where=place,
                todo=_("Look at the sheets again."),
            )
        writing.insert(
            models.Confirmation,
            visit=visit_id,
            kind=kind,
            seat=seat,
            of_marks=queries.sheets_of(visit_id, sheet.items).of_marks(seat),
            chief=name,
            actor=actor,
            at=writing.at,
            reason=reason,
        )
        return next(row for row in queries.of_visit(visit_id) if (row.kind, row.seat) == (kind, seat))


def _miss(writing: Writing, sheet: OpenSheet) -> None:
    """The visit without this sheet: refused where it is in, is not due, or would leave nothing to combine."""
    refuse_locked(sheet.visit_id)
    place = sheet.place
    if sheet.mark is not None:
        raise NotAllowed(
            _("The sheet of judge {seat} is in.").format(seat=sheet.seat),
            where=place,
            todo=_("If it is wrong, correct it with a reason."),
        )
    visit = models.Visit.select().join(models.Entrant).where(models.Visit.id == sheet.visit_id, scores.is_due()).first()
    if visit is None:
        raise NotAllowed(_("No mark is due for this visit."), where=place)
    left = set(range(1, sheet.judges + 1)) - {sheet.seat, *missing_seats(sheet.visit_id).get(sheet.visit_id, ())}
    if not left:
        raise NotAllowed(
            _("No judge's sheet would be left of this visit."),
            where=place,
            todo=_("Note that the entrant withdrew from the station, or let the visit be repeated."),
        )
    playoffs.forget(writing, visit.entrant_id, visit.entrant.unit_id)
    marked = {
        seat
        for (seat,) in models.Mark.select(models.Mark.seat)
        .where(models.Mark.visit == visit.id, models.Mark.latest)
        .tuples()
    }
    if visit.ended_at is None and left <= marked:
        writing.update(visit, ended_at=writing.at)
