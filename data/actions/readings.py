"""Second entry (复核录入): somebody else types a sheet again, and where the two differ the paper decides."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from data import models
from data.actions import marks, sheet_values
from data.errors import InvalidInput, NotAllowed, NotFound
from data.i18n import _
from data.queries import readings as queries
from data.queries.locks import refuse_locked
from data.queries.sealing import called
from data.rules import readings as rules
from data.rules.identity import is_same_name
from data.rules.marksheet import Value
from data.rules.readings import Difference, Typing
from data.store import Store, Writing


@dataclass(frozen=True)
class Compared:
    """What came of a second typing: the two agree, or here is where they differ."""

    agreed: bool
    differences: tuple[Difference, ...] = ()


def read(
    store: Store,
    actor: str,
    visit_id: int,
    seat: int,
    values: Mapping[int, Value],
    *,
    total_milli: int | None = None,
) -> Compared:
    """Take what a second person typed of a sheet that is in, and compare it with the first typing.

    `values` as `marks.hand_in` takes them; none of them where the first person typed a total alone. `total_milli` is
    the total that stands on the paper: with it, two people who make the same slip are found out too.

    Raises:
        NotFound: there is no such sheet, or it is not in yet.
        InvalidInput: a value is missing or not acceptable, or only a total was typed where there are items.
        NotAllowed: the actor has not signed in or typed the sheet first, or somebody typed it a second time before.
    """
    with store.write(actor, "readings.read") as writing:
        _refuse_nameless(store, actor)
        mark = _mark(visit_id, seat)
        place = _place(mark)
        if is_same_name(mark.actor, actor):
            raise NotAllowed(
                _("Whoever typed a sheet first cannot type it a second time."),
                where=f"{place} · {actor}",
                todo=_("Let somebody else sign in at the top of the window."),
            )
        _refuse_read(mark, place)
        typed = _typed(mark, place, values, total_milli)
        first = Typing(mark.values, mark.total_milli, mark.total_milli)
        differences = rules.compare(first, typed)
        _note(writing, mark.id, typed, actor, rules.DIFFERS if differences else rules.AGREED)
        return Compared(not differences, differences)


def settle(
    store: Store,
    actor: str,
    visit_id: int,
    seat: int,
    values: Mapping[int, Value],
    *,
    total_milli: int | None = None,
    reason: str,
) -> int:
    """Decide what the paper says of a sheet whose two typings differ; returns the version of the mark that counts.

    Where the decision is not the first typing, it becomes a new version of the mark. A decision that holds a value
    which nobody typed before, and that no total of the paper confirms, is to be typed a second time itself; so is one
    of whoever typed the sheet first, whose own total confirms nothing.

    total_milli: the total that stands on the paper, which the values must add up to; None where there is none, or
    where the judge added it up wrongly, as the reason then says.

    Raises:
        NotFound: there is no such sheet, or nothing about it is undecided.
        InvalidInput: a value is missing or not acceptable, the values do not add up to the total, or no reason.
        NotAllowed: the actor has not signed in, or the marks are locked.
    """
    reason = reason.strip()
    with store.write(actor, "readings.settle", reason) as writing:
        _refuse_nameless(store, actor)
        mark = _mark(visit_id, seat)
        place = _place(mark)
        reading = models.Reading.get_or_none(models.Reading.mark == mark.id, models.Reading.state == rules.DIFFERS)
        if reading is None:
            raise NotFound(
                _("Nothing is undecided about this sheet."), where=place, todo=_("Look at the list of sheets again.")
            )
        if not reason:
            raise InvalidInput(
                _("A reason is needed for this change."), where=place, todo=_("Write in a few words what was decided.")
            )
        refuse_locked(visit_id)
        decided = _typed(mark, place, values, total_milli)
        first, second = queries.typings(mark, reading)
        receipt = marks.put_mark(writing, actor, visit_id, seat, values, total_milli, reason)
        settled: dict[str, Any] = {"state": rules.SETTLED, "settled_by": actor, "settled_at": writing.at}
        writing.update(reading, **settled)
        has_total = total_milli is not None and not is_same_name(mark.actor, actor)
        if receipt.changed and rules.is_confirmed(decided, first, second, has_total=has_total):
            _note(writing, _mark(visit_id, seat).id, second, reading.actor, **settled, at=reading.at)
        return receipt.version


def _typed(mark: models.Mark, place: str, values: Mapping[int, Value], total_milli: int | None) -> Typing:
    if not values and not mark.total_only:
        raise InvalidInput(
            _("The items of this sheet were entered, not its total alone."),
            where=place,
            todo=_("Type every item of the paper sheet, then its total."),
        )
    scored = sheet_values.score(mark.visit.station.sheet_id, place, values, None if values else total_milli)
    return Typing(scored.values, scored.total_milli, scored.total_milli if total_milli is None else total_milli)


def _note(writing: Writing, mark_id: int, typed: Typing, actor: str, state: str, **more: Any) -> None:
    row = {
        "mark": mark_id,
        "values": typed.values,
        "total_milli": typed.paper_milli,
        "total_only": not typed.values,
        "state": state,
        "actor": actor,
        "at": writing.at,
    }
    writing.insert(models.Reading, **{**row, **more})


def _refuse_nameless(store: Store, actor: str) -> None:
    """Two people can only be told apart where both have signed in."""
    if actor not in store.sign_ins.names:
        raise NotAllowed(
            _("A sheet is typed a second time by somebody who has signed in."),
            where=actor,
            todo=_("Sign in with your name and PIN at the top of the window."),
        )


def _refuse_read(mark: models.Mark, place: str) -> None:
    before = models.Reading.get_or_none(models.Reading.mark == mark.id)
    if before is None:
        return
    if before.state == rules.DIFFERS:
        raise NotAllowed(
            _("{name} typed this sheet a second time, and the two differ.").format(name=before.actor),
            where=place,
            todo=_("Decide with the paper what is right."),
        )
    raise NotAllowed(_("{name} typed this sheet a second time already.").format(name=before.actor), where=place)


def _mark(visit_id: int, seat: int) -> models.Mark:
    mark: models.Mark | None = models.Mark.get_or_none(
        models.Mark.visit == visit_id, models.Mark.seat == seat, models.Mark.latest
    )
    if mark is None:
        raise NotFound(
            _("This sheet was not entered yet."), todo=_("Enter it first; then somebody else types it a second time.")
        )
    return mark


def _place(mark: models.Mark) -> str:
    visit = mark.visit
    return f"{called(visit.entrant.number, visit.entrant.name)} · {visit.station.name}"
