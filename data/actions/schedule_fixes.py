"""Changing the event so that its day can be planned: what `rules.rotation_fixes` offers, taken."""

from collections.abc import Sequence
from dataclasses import replace

from data import models
from data.actions import setup_guards
from data.actions.setup import put_plan
from data.errors import InvalidInput, NotAllowed
from data.i18n import _
from data.queries.plan import current_plan
from data.queries.running_floor import newest_timetable
from data.queries.schedule_fixes import is_for_the_draws
from data.queries.schedule_words import Words
from data.rules.plan import Break, Judge, Plan, Session, Station, Unit
from data.rules.rotation_fix import Fix
from data.store import Store, Writing

NewJudge = tuple[str, str]  # name, unit


def apply_fix(store: Store, actor: str, fix: Fix, reason: str = "", *, judges: Sequence[NewJudge] = ()) -> str:
    """Change the event as this fix says; returns what was changed and where it can be undone.

    Settings change as if on the setup page, under all its guards; a pin is taken off the timetable in force.
    A new lane's judges are named later.

    Args:
        reason: for the audit log; "" says that the day shall fit.
        judges: name and unit of each judge whom the fix asks for, in the order of its parts. For a reserve judge none
            is needed where the station has one already.

    Raises:
        InvalidInput: a judge's name is missing, or the judge is of the unit that must not mark.
        NotAllowed: people have to decide who is left out; or marks, draws or breaks stand in the way.
    """
    if is_for_the_draws(fix):
        raise NotAllowed(
            _("Who is left out is for people to decide, so nothing was changed."),
            todo=_("Set smaller quotas on the setup page, void the draw on the draws page, and draw again."),
        )
    phrase = Words(store).fix(fix)
    said = reason.strip() or _("So that the day fits: {fix}").format(fix=phrase)
    with store.write(actor, "schedule.apply_fix", said) as writing:
        before = current_plan(store)
        after, left = before, list(judges)
        for part in fix.parts:
            after = _changed(store, after, part, left)
        if after != before:
            put_plan(store, writing, after)
        for part in fix.parts:
            _OUTSIDE_THE_PLAN.get(part.code, _nothing)(writing, after, part)
    if fix.code == "unpin":
        return _("Changed: {fix}. To undo it, pin the visit again on the schedule page.").format(fix=phrase)
    return _("Changed: {fix}. To undo it, change it back on the setup page.").format(fix=phrase)


def _changed(store: Store, plan: Plan, fix: Fix, judges: list[NewJudge]) -> Plan:
    """The plan after one change, as far as it is one of the plan."""
    match fix.code:
        case "close_later":
            return replace(plan, info=replace(plan.info, closes_minute=fix.minute))
        case "longer_stay":
            return replace(plan, info=replace(plan.info, most_stay_minutes=fix.minute))
        case "open_longer":
            return _open_longer(plan, fix)
        case "swap_judges":
            return replace(plan, judges=_swapped(plan.judges, fix))
        case "replace_judge":
            name, unit = _new_judge(judges, fix)
            place = fix.station, fix.lane, fix.seat
            seated = (replace(j, name=name, unit_name=unit) if _place(j) == place else j for j in plan.judges)
            return replace(plan, judges=tuple(seated))
        case "stand_in":
            return _with_reserve(plan, fix, judges)
        case "widen":
            return _widened(store, plan, fix)
    return plan


def _place(judge: Judge) -> tuple[str, int, int]:
    return judge.station, judge.lane, judge.seat


def _new_judge(judges: list[NewJudge], fix: Fix) -> NewJudge:
    name, unit = (text.strip() for text in judges.pop(0)) if judges else ("", "")
    if not name:
        raise InvalidInput(
            _("The new judge at {station} has no name.").format(station=fix.station),
            todo=_("Give the name and the unit of the judge, then try again."),
        )
    if unit == fix.unit:
        raise InvalidInput(
            _("{name} is of {unit}, whose entrants need another judge.").format(name=name, unit=unit),
            todo=_("Name a judge of another unit."),
        )
    return name, unit


def _swapped(judges: tuple[Judge, ...], fix: Fix) -> tuple[Judge, ...]:
    """Names and units change seats; who is chief stays with the seat."""
    first, second = (fix.station, fix.lane, fix.seat), (fix.other_station, fix.other_lane, fix.other_seat)
    there = {_place(judge): judge for judge in judges}
    if first not in there or second not in there:
        raise NotAllowed(
            _("One of the two seats has no judge any more."), todo=_("Plan the day again; the offers are made anew.")
        )
    coming = {first: there[second], second: there[first]}
    return tuple(
        replace(judge, name=coming[_place(judge)].name, unit_name=coming[_place(judge)].unit_name)
        if _place(judge) in coming
        else judge
        for judge in judges
    )


def _with_reserve(plan: Plan, fix: Fix, judges: list[NewJudge]) -> Plan:
    """Reserve judges step in from now on; one more is there, if a name is given or there is none who could."""
    reserves = [judge for judge in plan.judges if judge.reserve and judge.station == fix.station]
    info = replace(plan.info, stand_ins=True)
    if not judges and not plan.info.stand_ins and any(judge.unit_name.strip() != fix.unit for judge in reserves):
        return replace(plan, info=info)
    name, unit = _new_judge(judges, fix)
    seat = max((judge.seat for judge in reserves), default=0) + 1
    more = Judge(name, unit, fix.station, 0, seat, chief=False, reserve=True)
    return replace(plan, info=info, judges=(*plan.judges, more))


def _open_longer(plan: Plan, fix: Fix) -> Plan:
    """The station's own hours and its own breaks let it work until then."""

    def opened(station: Station) -> Station:
        closes = station.closes_minute
        if station.code != fix.station or closes is None or closes >= fix.minute:
            return station
        return replace(station, closes_minute=None if fix.minute >= plan.info.closes_minute else fix.minute)

    breaks = (_begun_later(pause, fix.minute) if _shuts(plan, pause, fix) else pause for pause in plan.breaks)
    return replace(
        plan,
        stations=tuple(map(opened, plan.stations)),
        breaks=tuple(pause for pause in breaks if pause.starts_minute < pause.ends_minute),
    )


def _shuts(plan: Plan, pause: Break, fix: Fix) -> bool:
    """Whether a break of the station lasts until the end of the day and begins too early."""
    lasts = pause.ends_minute >= plan.info.closes_minute
    return pause.station == fix.station and lasts and pause.starts_minute < fix.minute


def _begun_later(pause: Break, minute: int) -> Break:
    return replace(pause, starts_minute=min(minute, pause.ends_minute))


def _widened(store: Store, plan: Plan, fix: Fix) -> Plan:
    """The units of these entrants leave later, and the sessions of their divisions end later."""
    with store.read():
        rows = models.Entrant.select(models.Entrant.unit, models.Entrant.division).where(
            models.Entrant.id.in_(fix.entrants)
        )
        found = list(rows.tuples())
    units, divisions = {unit for unit, _division in found}, {division for _unit, division in found}
    names = {division.session for division in plan.divisions if division.id in divisions}

    def longer(unit: Unit) -> Unit:
        late = unit.id in units and unit.leaves_minute is not None
        return replace(unit, leaves_minute=max(unit.leaves_minute or 0, fix.minute)) if late else unit

    def extended(session: Session) -> Session:
        return replace(session, ends_minute=max(session.ends_minute, fix.minute)) if session.name in names else session

    return replace(plan, units=tuple(map(longer, plan.units)), sessions=tuple(map(extended, plan.sessions)))


def _add_lanes(writing: Writing, plan: Plan, fix: Fix) -> None:
    """More lanes; who judges there is still to be named, as the readiness list says."""
    row = models.Station.get(models.Station.code == fix.station)
    station = next(station for station in plan.stations if station.code == fix.station)
    setup_guards.check_drawn_stations([(row, replace(station, lanes=row.lanes + fix.count))], [])
    writing.update(row, lanes=row.lanes + fix.count)


def _reopen(writing: Writing, _plan: Plan, fix: Fix) -> None:
    """Lanes that are out of service for the rest of the day are so only from this minute on."""
    station = models.Station.get(models.Station.code == fix.station)
    for closure in models.LaneClosure.select().where(
        models.LaneClosure.station == station.id, models.LaneClosure.starts_minute < fix.minute
    ):
        if closure.ends_minute is None:
            writing.update(closure, starts_minute=fix.minute)


def _unpin(writing: Writing, _plan: Plan, fix: Fix) -> None:
    """In the timetable in force; the visit stays where it is until the next planning."""
    timetable = newest_timetable()
    slots = models.Slot.select().join(models.Visit).join(models.Station)
    for slot in slots.where(
        models.Slot.timetable == (timetable.id if timetable else None),
        models.Visit.entrant == fix.entrants[0],
        models.Station.code == fix.station,
    ):
        writing.update(slot, pinned=False)


def _nothing(_writing: Writing, _plan: Plan, _fix: Fix) -> None:
    """All other changes are of the plan."""


_OUTSIDE_THE_PLAN = {"add_lane": _add_lanes, "open_longer": _reopen, "unpin": _unpin}
