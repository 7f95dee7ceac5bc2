"""Lanes and the whole floor on the running day: out of service and back, one more, a pause of everything."""

from collections.abc import Sequence
from typing import Any

from peewee import fn

from data import models
from data.actions.running_facts import Receipt, closure_of, event_minute, give_reason, short_name, station_of, title
from data.actions.running_visits import MOST_GIVEN_BACK_MILLI, running_in
from data.errors import InvalidInput, NotAllowed
from data.i18n import _, ngettext
from data.local_time import MIDNIGHT
from data.queries import running as queries
from data.queries.running_floor import newest_timetable, visits
from data.queries.running_undo import removable_lanes
from data.rules.decimals import clock
from data.store import Store

_MOST_PAUSE = 6 * 60


def close_lane(
    store: Store, actor: str, station: str, lane: int, starts: int, ends: int | None, reason: str
) -> Receipt:
    """Take a lane out of service from a minute of the day on, until another one or (None) until further notice.

    A visit that runs there goes on; the visits that are planned there wait for the next timetable.

    Raises:
        NotFound: there is no such lane.
        InvalidInput: no reason is given, or the times cannot be.
        NotAllowed: it is out of service then already.
    """
    with store.write(actor, "running.close_lane", give_reason(reason)) as writing:
        row = station_of(station, lane)
        if not 0 <= starts < (MIDNIGHT if ends is None else min(ends, MIDNIGHT + 1)):
            raise InvalidInput(_("A lane is closed from one time of day until a later one."))
        until = MIDNIGHT if ends is None else ends
        table = models.LaneClosure
        overlaps = table.starts_minute < until, (table.ends_minute.is_null() | (table.ends_minute > starts))
        if table.select().where(table.station == row.id, table.lane == lane, *overlaps).exists():
            raise NotAllowed(
                _("{station}, lane {lane}, is out of service then already.").format(station=title(row), lane=lane),
                todo=_("Open it again first."),
            )
        writing.insert(table, station=row.id, lane=lane, starts_minute=starts, ends_minute=ends, reason=reason.strip())
        notes = [*_still_there(row, lane), *_concerned(row, lane, starts, until)]
        if ends is None:
            text = _("{station}, lane {lane}, is out of service from {starts} until further notice.")
        else:
            text = _("{station}, lane {lane}, is out of service from {starts} to {ends}.")
        told = text.format(station=title(row), lane=lane, starts=clock(starts), ends=clock(until))
        return Receipt(told, notes=tuple(notes))


def _still_there(station: Any, lane: int) -> list[str]:
    visit = running_in(station.id, lane)
    if visit is None:
        return []
    text = _("{who} is still there: end that visit, or undo its start.")
    return [text.format(who=short_name(visit.entrant))]


def _concerned(station: Any, lane: int, starts: int, until: int) -> list[str]:
    """How many visits are planned there in that time, in words."""
    timetable = newest_timetable()
    planned = visits(timetable.id) if timetable else []
    count = sum(
        one.is_left
        and one.started is None
        and (one.code, one.lane) == (station.code, lane)
        and one.starts < until
        and one.ends > starts
        for one in planned
    )
    if not count:
        return []
    text = ngettext(
        "{n} visit is planned there: make the rest of the timetable again.",
        "{n} visits are planned there: make the rest of the timetable again.",
        count,
    )
    return [text.format(n=count)]


def reopen_lane(store: Store, actor: str, station: str, lane: int, reason: str = "") -> Receipt:
    """Put a lane back into service: from now on, or, before its closure has begun, as if it had never been.

    Raises:
        NotFound: there is no such lane.
        NotAllowed: it is in service.
    """
    with store.write(actor, "running.reopen_lane", reason.strip()) as writing:
        row = station_of(station, lane)
        now = queries.minute_now(store)
        table = models.LaneClosure
        closure = closure_of(row, lane, now) if now is not None else None
        if closure is None:
            later = table.select().where(table.station == row.id, table.lane == lane)
            later = later.where(table.ends_minute.is_null() | (table.ends_minute > (now or 0)))
            closure = later.order_by(table.starts_minute).first()
        if closure is None:
            raise NotAllowed(_("{station}, lane {lane}, is in service.").format(station=title(row), lane=lane))
        if now is None or closure.starts_minute >= now:
            writing.delete(closure)
        else:
            writing.update(closure, ends_minute=now)
        return Receipt(_("{station}, lane {lane}, is in service again.").format(station=title(row), lane=lane))


def add_lane(store: Store, actor: str, station: str, judges: Sequence[tuple[str, str]]) -> Receipt:
    """Open one more lane at a station, with a judge for each seat.

    Args:
        judges: name and unit of each, in the order of the seats; the unit may be empty.

    Raises:
        NotFound: there is no such station.
        InvalidInput: not as many judges as the station has seats, or one without a name.
        NotAllowed: the lanes of the station were drawn.
    """
    with store.write(actor, "running.add_lane") as writing:
        row = station_of(station)
        named = [(name.strip(), unit.strip()) for name, unit in judges]
        if len(named) != row.judges or not all(name for name, _unit in named):
            text = ngettext("A lane of {station} needs {n} judge.", "A lane of {station} needs {n} judges.", row.judges)
            raise InvalidInput(text.format(station=title(row), n=row.judges), todo=_("Give the name of every judge."))
        if models.DrawnLane.select().where(models.DrawnLane.station == row.id).exists():
            raise NotAllowed(
                _("The lanes of the station {code} were drawn, so their number and the divisions stay.").format(
                    code=row.code
                ),
                todo=_("Void the lane draw first; it stays on record."),
            )
        lane = row.lanes + 1
        writing.update(row, lanes=lane)
        for seat, (name, unit) in enumerate(named, start=1):
            writing.insert(models.Judge, name=name, unit_name=unit, station=row.id, lane=lane, seat=seat)
        return Receipt(
            _("{station} has lane {lane} now.").format(station=title(row), lane=lane),
            notes=(_("Make the rest of the timetable again, so that it is used."),),
        )


def remove_lane(store: Store, actor: str, station: str, reason: str) -> Receipt:
    """Take back the lane that was added last, as long as nothing is or was there.

    Raises:
        NotFound: there is no such station.
        InvalidInput: no reason is given.
        NotAllowed: it is the only lane, visits are planned or took place there, or it was drawn.
    """
    with store.write(actor, "running.remove_lane", give_reason(reason)) as writing:
        row = station_of(station)
        lane = row.lanes
        if (row.code, lane) not in removable_lanes(store):
            raise NotAllowed(
                _("{station}, lane {lane}, is in use, so it stays.").format(station=title(row), lane=lane),
                todo=_("Close the lane instead, and make the rest of the timetable again."),
            )
        for judge in models.Judge.select().where(models.Judge.station == row.id, models.Judge.lane == lane):
            writing.delete(judge)
        closures = models.LaneClosure
        for closure in closures.select().where(closures.station == row.id, closures.lane == lane):
            writing.delete(closure)
        writing.update(row, lanes=lane - 1)
        return Receipt(_("{station} has {n} lanes again.").format(station=title(row), n=lane - 1))


def pause(store: Store, actor: str, minutes: int, reason: str, *, gives_back: bool = False) -> Receipt:
    """Stop the whole event from now on for so many minutes: nothing begins in them.

    Args:
        gives_back: whoever performs now is interrupted, and gets these minutes back as an incident of the visit.
            Otherwise visits that run are finished first.

    Raises:
        InvalidInput: no reason is given, or the minutes are out of their range.
        NotAllowed: it is not the day of the event, or it is paused already.
    """
    with store.write(actor, "running.pause", give_reason(reason)) as writing:
        now = event_minute(store)
        if not 1 <= minutes <= _MOST_PAUSE or (gives_back and minutes * 60_000 > MOST_GIVEN_BACK_MILLI):
            most = MOST_GIVEN_BACK_MILLI // 60_000 if gives_back else _MOST_PAUSE
            raise InvalidInput(_("A pause takes 1 to {most} minutes.").format(most=most))
        standing = queries.pause_now(now)
        if standing is not None:
            raise NotAllowed(
                _("“{name}” is on until {time} already.").format(name=standing.name, time=clock(standing.ends_minute)),
                todo=_("End it first."),
            )
        table = models.Break
        position = (table.select(fn.MAX(table.position)).scalar() or 0) + 1
        writing.insert(
            table,
            name=_("Pause {time}").format(time=clock(now)),
            starts_minute=now,
            ends_minute=now + minutes,
            position=position,
        )
        running = _all_running()
        if gives_back:
            for visit in running:
                writing.insert(
                    models.Incident,
                    visit=visit.id,
                    given_back_milli=minutes * 60_000,
                    text=reason.strip(),
                    actor=actor,
                    at=writing.at,
                )
        text = _("The event pauses until {time}.").format(time=clock(now + minutes))
        return Receipt(text, notes=tuple(_of_running(len(running), gives_back)))


def _all_running() -> list[Any]:
    visit = models.Visit
    running = visit.select().where(visit.started_at.is_null(False), visit.ended_at.is_null(), visit.state == "")
    return list(running.order_by(visit.id))


def _of_running(count: int, gives_back: bool) -> list[str]:
    if not count:
        return []
    if gives_back:
        text = ngettext(
            "{n} visit is interrupted and gets the time back.",
            "{n} visits are interrupted and get the time back.",
            count,
        )
    else:
        text = ngettext("{n} visit is finished first.", "{n} visits are finished first.", count)
    return [text.format(n=count)]


def resume(store: Store, actor: str, reason: str = "") -> Receipt:
    """End the pause or break of the whole event that is on now.

    Raises:
        NotAllowed: it is not the day of the event, or nothing is on.
    """
    with store.write(actor, "running.resume", reason.strip()) as writing:
        now = event_minute(store)
        standing = queries.pause_now(now)
        if standing is None:
            raise NotAllowed(_("The event is not paused."))
        row = models.Break.get_by_id(standing.id)
        if row.starts_minute == now:
            writing.delete(row)
        else:
            writing.update(row, ends_minute=now)
        return Receipt(_("“{name}” is over, the event goes on.").format(name=standing.name))
