"""People on the running day: somebody late goes to the end of the order, a judge is replaced."""

from typing import Any

from data import models
from data.actions.running_facts import Receipt, give_reason, number_and_name, title
from data.errors import InvalidInput, NotAllowed, NotFound
from data.i18n import _, ngettext
from data.local_time import MIDNIGHT
from data.queries.running_floor import newest_timetable, visits
from data.queries.sealing import names_sealed
from data.rules.decimals import clock
from data.rules.ranking import OUT
from data.store import Store


def move_to_end(store: Store, actor: str, entrant_id: int, reason: str) -> Receipt:
    """Put an entrant behind everyone of his division who has not begun yet: the next timetable calls him after them.

    Raises:
        NotFound: there is no such entrant.
        InvalidInput: no reason is given.
        NotAllowed: the entrant is out, performs now, or has nothing to come.
    """
    with store.write(actor, "running.move_to_end", give_reason(reason)) as writing:
        entrant = _entrant(entrant_id)
        timetable = newest_timetable()
        left = [one for one in visits(timetable.id) if one.is_left] if timetable else []
        mine = [one for one in left if one.entrant == entrant_id]
        if not mine or any(one.started is not None for one in mine):
            raise NotAllowed(
                _("{who} has nothing to come.").format(who=number_and_name(entrant))
                if not mine
                else _("{who} performs now.").format(who=number_and_name(entrant)),
                todo=_("Look the entrant up on the timetable."),
            )
        division = {row.id for row in models.Entrant.select().where(models.Entrant.division == entrant.division_id)}
        first: dict[int, int] = {}
        for one in left:
            if one.entrant in division and one.started is None:
                first.setdefault(one.entrant, one.starts)
        minute = max(first.values())
        writing.update(entrant, ready_minute=minute)
        return Receipt(
            _("{who} comes behind everyone of the division, not before {time}.").format(
                who=number_and_name(entrant), time=clock(minute)
            ),
            notes=(_("Make the rest of the timetable again, so that it shows."),),
        )


def set_ready(store: Store, actor: str, entrant_id: int, minute: int | None, reason: str) -> Receipt:
    """Note from when on an entrant can be called, such as one who comes late; None takes it back.

    Raises:
        NotFound: there is no such entrant.
        InvalidInput: no reason is given, or it is no time of day.
        NotAllowed: the entrant is out.
    """
    with store.write(actor, "running.set_ready", give_reason(reason)) as writing:
        entrant = _entrant(entrant_id)
        if minute is not None and not 0 <= minute < MIDNIGHT:
            raise InvalidInput(_("This is no time of day."))
        changed = writing.update(entrant, ready_minute=minute)
        if minute is None:
            return Receipt(_("{who} can be called at any time.").format(who=number_and_name(entrant)), changed)
        text = _("{who} is not called before {time}.").format(who=number_and_name(entrant), time=clock(minute))
        return Receipt(text, changed, notes=(_("Make the rest of the timetable again, so that it shows."),))


def _entrant(entrant_id: int) -> Any:
    entrant = models.Entrant.get_or_none(models.Entrant.id == entrant_id)
    if entrant is None:
        raise NotFound(_("This entrant is not in the event any more."), todo=_("Look the entrant up again."))
    if entrant.state in OUT:
        raise NotAllowed(
            _("{who} does not compete any more.").format(who=number_and_name(entrant)),
            todo=_("If that is wrong, correct the state first, with a reason."),
        )
    return entrant


def replace_judge(store: Store, actor: str, judge_id: int, name: str, unit_name: str, reason: str) -> Receipt:
    """Put another judge on a seat; marks that were given stay with who gave them.

    The receipt tells whom the new judge may not mark of those who are still to come in this lane.

    Raises:
        NotFound: there is no such judge.
        InvalidInput: no name or no reason is given.
    """
    with store.write(actor, "running.replace_judge", give_reason(reason)) as writing:
        judge = models.Judge.get_or_none(models.Judge.id == judge_id)
        if judge is None:
            raise NotFound(_("This judge is not in the plan any more."), todo=_("Look the judge up again."))
        if not name.strip():
            raise InvalidInput(_("The name of the judge is missing."), todo=_("Give the name of the new judge."))
        before, station = judge.name, judge.station
        changed = writing.update(judge, name=name.strip(), unit_name=unit_name.strip())
        text = _("{judge} judges in the place of {before} at {station}, lane {lane}.").format(
            judge=judge.name, before=before, station=title(station), lane=judge.lane
        )
        return Receipt(text, changed, notes=tuple(_recused(judge)))


def _recused(judge: Any) -> list[str]:
    """Those still to come in the judge's lane who are of his unit, in words."""
    timetable = newest_timetable()
    if timetable is None or judge.reserve or not judge.unit_name:
        return []
    code = judge.station.code
    coming = {one.entrant for one in visits(timetable.id) if one.is_left and (one.code, one.lane) == (code, judge.lane)}
    units = (models.Unit.name == judge.unit_name) | (models.Unit.short == judge.unit_name)
    found = list(
        models.Entrant.select()
        .join(models.Unit)
        .where(units, models.Entrant.id.in_(coming))
        .order_by(models.Entrant.number)
    )
    if not found:
        return []
    text = ngettext(
        "{n} entrant to come there is of the same unit now: make the rest of the timetable again.",
        "{n} entrants to come there are of the same unit now: make the rest of the timetable again.",
        len(found),
    ).format(n=len(found))
    return [text] if names_sealed() else [text, *map(number_and_name, found)]
