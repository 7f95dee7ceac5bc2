"""Visits on the running day: when each begins and ends, what went wrong in it, and how each of these is taken back."""

from collections.abc import Sequence
from typing import Any

from peewee import SQL

from data import models
from data.actions.running_facts import (
    Receipt,
    VisitNow,
    event_minute,
    give_reason,
    refuse_closed,
    reserve_note,
    short_name,
    title,
    visit_now,
)
from data.errors import InvalidInput, NotAllowed, NotFound
from data.i18n import _, ngettext
from data.local_time import minute_of
from data.queries import mark_words, programme
from data.queries.plain_rows import GIVEN, Prepared
from data.rules.decimals import clock
from data.rules.ranking import EXPECTED, OUT
from data.store import Store, Writing

MOST_GIVEN_BACK_MILLI = 3600_000
_MINUTE_MILLI = 60_000


def start_visit(store: Store, actor: str, visit_id: int, lane: int | None = None) -> Receipt:
    """Note that a visit has begun. Doing it again changes nothing.

    A visit that still runs in the lane is ended at the same moment, since the next one could not begin otherwise;
    who begins has arrived, so he is checked in. Both are told in the receipt, and undone with the start.

    Args:
        lane: where it really began; the lane of the timetable when None.

    Raises:
        NotFound: there is no such visit.
        InvalidInput: there is no such lane.
        NotAllowed: it is not the day of the event; the entrant is out, is still at another station, or drew another
            lane; the visit has taken place; a judge of the lane is of the entrant's unit and no reserve judge is free;
            or the lane is closed.
    """
    with store.write(actor, "running.start_visit") as writing:
        return put_start(store, writing, visit_id, lane)


def put_start(store: Store, writing: Writing, visit_id: int, lane: int | None = None) -> Receipt:
    """`start_visit` inside a write that is under way."""
    minute = event_minute(store)
    visit = visit_now(visit_id)
    lane = lane or visit.lane
    if lane is None:
        raise InvalidInput(
            _("The timetable has no lane for this visit."), where=visit.place, todo=_("Choose the lane.")
        )
    if visit.row.started_at is not None and visit.row.ended_at is None and visit.row.ran_lane == lane:
        return Receipt(_("{who} began at {time} already.").format(who=visit.who, time=_begun(visit)), False, visit_id)
    _refuse_start(visit)
    refuse_lane(visit, lane)
    refuse_closed(visit.station, lane, minute)
    notes = reserve_note(visit, lane)
    if visit.lane is not None and lane != visit.lane:
        notes.append(_("The timetable has lane {lane}.").format(lane=visit.lane))
    before = running_in(visit.station.id, lane)
    if before is not None:
        writing.update(before, ended_at=max(before.started_at, writing.at))
        notes.append(_("{who} was still there: that visit was ended.").format(who=short_name(before.entrant)))
    if visit.entrant.state == EXPECTED:
        writing.update(visit.entrant, state="present", arrived_at=writing.at)
        notes.append(_("{who} was not checked in, and is now.").format(who=visit.who))
    writing.update(visit.row, started_at=writing.at, ran_lane=lane)
    text = _("{who} has begun at {station}, lane {lane}, at {time}.").format(
        who=visit.who, station=visit.station_title, lane=lane, time=clock(minute)
    )
    return Receipt(text, True, visit_id, tuple(notes), before.id if before is not None else None)


def _begun(visit: VisitNow) -> str:
    return clock(minute_of(visit.row.started_at))


def _refuse_start(visit: VisitNow) -> None:
    if not _PERFORMED.rows(visit.row.id):
        undrawn = programme.not_drawn_text(visit.entrant.id, visit.station.code)
        raise NotAllowed(undrawn or "", where=visit.place, todo=_("Check the station."))
    state = visit.row.state or visit.entrant.state
    if state in OUT:
        raise NotAllowed(
            _("{who} does not compete: {state}.").format(who=visit.who, state=mark_words.state_word(state)),
            where=visit.place,
            todo=_("If that is wrong, correct the state first, with a reason."),
        )
    if visit.row.ended_at is not None or is_marked(visit.row.id):
        raise NotAllowed(
            _("{who} has been at {station} already.").format(who=visit.who, station=visit.station_title),
            where=visit.place,
            todo=_("If the end was noted by mistake, undo it first, with a reason."),
        )
    running = running_of(visit.entrant)
    if running is not None:
        raise NotAllowed(
            _("{who} is still at {station}, lane {lane}, since {time}.").format(
                who=visit.who,
                station=title(running.station),
                lane=running.ran_lane,
                time=clock(minute_of(running.started_at)),
            ),
            where=visit.place,
            todo=_("End that visit first, or undo its start."),
        )


def refuse_lane(visit: VisitNow, lane: int) -> None:
    """Refuse a lane that the station does not have, or another one than the entrant drew."""
    if not 1 <= lane <= visit.station.lanes:
        raise InvalidInput(
            _("{station} has lanes 1 to {lanes}, no lane {lane}.").format(
                station=visit.station_title, lanes=visit.station.lanes, lane=lane
            ),
            where=visit.place,
        )
    drawn = next((found for (found,) in _DRAWN.rows(visit.entrant.id, visit.station.id)), lane)
    if drawn != lane:
        raise NotAllowed(
            _("{who} drew lane {drawn} of {station}, not lane {lane}.").format(
                who=visit.who, drawn=drawn, station=visit.station_title, lane=lane
            ),
            where=visit.place,
            todo=_("Let the visit begin in the lane that was drawn."),
        )


_PERFORMED = Prepared(
    lambda: (
        models.Visit.select(models.Visit.id)
        .join(models.Entrant)
        .where(models.Visit.id == GIVEN, programme.is_performed())
    )
)
_DRAWN = Prepared(
    lambda: models.DrawnLane.select(models.DrawnLane.lane).where(
        models.DrawnLane.entrant == GIVEN, models.DrawnLane.station == GIVEN
    )
)
_MARKED = Prepared(lambda: models.Mark.select(models.Mark.id).where(models.Mark.visit == GIVEN))


def is_marked(visit_id: int) -> bool:
    """Whether a sheet of a visit is in. Runs inside a read or a write."""
    return bool(_MARKED.rows(visit_id))


def running_in(station_id: int, lane: int) -> Any | None:
    """The visit that runs in a lane. Runs inside a read or a write."""
    return _visit_of(_IN_LANE.rows(station_id, lane))


def running_of(entrant: Any) -> Any | None:
    """The visit in which somebody of this entrant performs now, be it in a team or alone."""
    return _visit_of(_OF_PEOPLE.rows(entrant.id, entrant.id, entrant.id, entrant.id, entrant.id))


def _in_the_way(row: Any) -> Any | None:
    """The last visit beside which this one that has ended cannot run on: it runs, or began later, where its lane or
    its people are."""
    return _visit_of(_BESIDE.rows(row.started_at, row.id, row.station_id, row.ran_lane, *[row.entrant_id] * 5))


def _visit_of(rows: Sequence[tuple[int]]) -> Any | None:
    return models.Visit.get_by_id(rows[0][0]) if rows else None


def _running() -> Any:
    visit = models.Visit
    return visit.started_at.is_null(False) & visit.ended_at.is_null() & (visit.state == SQL("''"))


def _in_lane() -> Any:
    return (models.Visit.station == GIVEN) & (models.Visit.ran_lane == GIVEN)


def _of_people() -> Any:
    """Visits of an entrant, and of all who share a person with him; its id is given five times."""
    member, entrant, visit = models.Member, models.Entrant, models.Visit
    members = member.select(member.person).where(member.entrant == GIVEN)
    own = entrant.select(entrant.person).where(entrant.id == GIVEN)
    teams, others = member.alias(), entrant.alias()
    in_teams = teams.select(teams.entrant).where(teams.person.in_(members) | teams.person.in_(own))
    alone = others.select(others.id).where(others.person.in_(members) | others.person.in_(own))
    return (visit.entrant == GIVEN) | visit.entrant.in_(in_teams) | visit.entrant.in_(alone)


def _beside() -> Any:
    visit = models.Visit
    is_later = _running() | (visit.started_at >= GIVEN)
    return visit.select(visit.id).where(is_later, visit.id != GIVEN, _in_lane() | _of_people())


_IN_LANE = Prepared(lambda: models.Visit.select(models.Visit.id).where(_running(), _in_lane()))
_OF_PEOPLE = Prepared(lambda: models.Visit.select(models.Visit.id).where(_running(), _of_people()))
_BESIDE = Prepared(lambda: _beside().order_by(models.Visit.started_at.desc()).limit(SQL("1")))


def end_visit(store: Store, actor: str, visit_id: int) -> Receipt:
    """Note that a visit has ended. Doing it again changes nothing.

    Raises:
        NotFound: there is no such visit.
        InvalidInput: it would end before it began.
        NotAllowed: it has not begun, or it is not the day of the event.
    """
    with store.write(actor, "running.end_visit") as writing:
        minute = event_minute(store)
        visit = visit_now(visit_id)
        if visit.row.ended_at is not None:
            ended = clock(minute_of(visit.row.ended_at))
            return Receipt(_("{who} ended at {time} already.").format(who=visit.who, time=ended), False, visit_id)
        if visit.row.started_at is None:
            raise NotAllowed(
                _("The visit of {who} has not begun.").format(who=visit.who),
                where=visit.place,
                todo=_("Note its start first."),
            )
        if writing.at < visit.row.started_at:
            raise InvalidInput(
                _("The visit began at {time}, so it cannot have ended before.").format(time=_begun(visit)),
                where=visit.place,
            )
        writing.update(visit.row, ended_at=writing.at)
        text = _("{who} has ended at {station}, lane {lane}, at {time}.").format(
            who=visit.who, station=visit.station_title, lane=visit.row.ran_lane, time=clock(minute)
        )
        return Receipt(text, True, visit_id)


def undo_start(store: Store, actor: str, visit_id: int, reason: str) -> Receipt:
    """Take back that a visit has begun, and its end with it; the visit that this start ended runs on.

    Raises:
        NotFound: there is no such visit.
        InvalidInput: no reason is given.
        NotAllowed: it has not begun, or a sheet of it is in.
    """
    with store.write(actor, "running.undo_start", give_reason(reason)) as writing:
        visit = visit_now(visit_id)
        started = visit.row.started_at
        if started is None:
            raise NotAllowed(_("The visit of {who} has not begun.").format(who=visit.who), where=visit.place)
        refuse_marked(visit)
        notes = []
        before = models.Visit.get_or_none(
            models.Visit.station == visit.station.id,
            models.Visit.ran_lane == visit.row.ran_lane,
            models.Visit.ended_at == started,
            models.Visit.id != visit_id,
        )
        writing.update(visit.row, started_at=None, ended_at=None, ran_lane=None)
        if before is not None and not is_marked(before.id) and _in_the_way(before) is None:
            writing.update(before, ended_at=None)
            notes.append(_("{who} is there again.").format(who=short_name(before.entrant)))
        text = _("The visit of {who} to {station} is to come again.").format(who=visit.who, station=visit.station_title)
        return Receipt(text, True, visit_id, tuple(notes))


def undo_end(store: Store, actor: str, visit_id: int, reason: str) -> Receipt:
    """Take back that a visit has ended: it runs on.

    Raises:
        NotFound: there is no such visit.
        InvalidInput: no reason is given.
        NotAllowed: it has not ended, a sheet of it is in, or lane or entrant had another visit since.
    """
    with store.write(actor, "running.undo_end", give_reason(reason)) as writing:
        visit = visit_now(visit_id)
        if visit.row.ended_at is None:
            raise NotAllowed(_("The visit of {who} has not ended.").format(who=visit.who), where=visit.place)
        refuse_marked(visit)
        if visit.row.started_at is not None:
            other = _in_the_way(visit.row)
            if other is not None:
                raise NotAllowed(
                    _("{who} has begun at {station}, lane {lane}, since.").format(
                        who=short_name(other.entrant),
                        station=title(other.station),
                        lane=other.ran_lane,
                    ),
                    where=visit.place,
                    todo=_("Undo that start first."),
                )
        writing.update(visit.row, ended_at=None)
        text = _("The visit of {who} to {station} goes on.").format(who=visit.who, station=visit.station_title)
        return Receipt(text, True, visit_id)


def refuse_marked(visit: VisitNow) -> None:
    """Refuse to take back what happened once judges have handed in a sheet of it."""
    if is_marked(visit.row.id):
        raise NotAllowed(
            _("Sheets of this visit are in, so it has taken place."),
            where=visit.place,
            todo=_("Correct the marks instead, with a reason."),
        )


def report_incident(store: Store, actor: str, visit_id: int, given_back_milli: int, text: str) -> Receipt:
    """Record what went wrong in a visit and the time that is given back for it; the visit ends that much later.

    Raises:
        NotFound: there is no such visit.
        InvalidInput: nothing is said of what happened, or the time is out of its range.
        NotAllowed: the visit has not begun.
    """
    with store.write(actor, "running.report_incident") as writing:
        visit = visit_now(visit_id)
        if not text.strip():
            raise InvalidInput(_("Say in a few words what happened."), where=visit.place)
        if not 0 <= given_back_milli <= MOST_GIVEN_BACK_MILLI:
            raise InvalidInput(
                _("The time given back must be 0 to {most} minutes.").format(
                    most=MOST_GIVEN_BACK_MILLI // _MINUTE_MILLI
                ),
                where=visit.place,
            )
        if visit.row.started_at is None and visit.row.ended_at is None and not is_marked(visit_id):
            raise NotAllowed(
                _("The visit of {who} has not begun.").format(who=visit.who),
                where=visit.place,
                todo=_("Note its start first."),
            )
        writing.insert(
            models.Incident,
            visit=visit_id,
            given_back_milli=given_back_milli,
            text=text.strip(),
            actor=actor,
            at=writing.at,
        )
        return Receipt(_given_back(visit, given_back_milli), True, visit_id)


def _given_back(visit: VisitNow, milli: int) -> str:
    if not milli:
        return _("Noted for the visit of {who}. No time is given back.").format(who=visit.who)
    return _("Noted for the visit of {who}. It has {time} more.").format(who=visit.who, time=length(milli))


def length(milli: int) -> str:
    """A length of time in words: minutes and seconds."""
    minutes, seconds = divmod(-(-milli // 1000), 60)
    parts = []
    if minutes:
        parts.append(ngettext("{n} minute", "{n} minutes", minutes).format(n=minutes))
    if seconds or not minutes:
        parts.append(ngettext("{n} second", "{n} seconds", seconds).format(n=seconds))
    return " ".join(parts)


def withdraw_incident(store: Store, actor: str, incident_id: int, reason: str) -> Receipt:
    """Take back an incident that was recorded by mistake; the audit log keeps it.

    Raises:
        NotFound: there is no such incident.
        InvalidInput: no reason is given.
    """
    with store.write(actor, "running.withdraw_incident", give_reason(reason)) as writing:
        row = models.Incident.get_or_none(models.Incident.id == incident_id)
        if row is None:
            raise NotFound(_("This incident is not on record any more."), todo=_("Look at the visit again."))
        visit = visit_now(row.visit_id)
        writing.delete(row)
        text = _("The incident of the visit of {who} is taken back.").format(who=visit.who)
        return Receipt(text, True, row.visit_id)
