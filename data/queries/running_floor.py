"""What the board of the running day is made of, read with a fixed number of queries: the visits of the timetable in
force with what is known of each, and the hours of lanes and people. Runs inside `store.read()`."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from peewee import fn

from data import models
from data.local_time import minute_of
from data.queries.plain_rows import GIVEN, Prepared, plain_rows
from data.rules.ranking import OUT
from data.rules.rotation_model import Span
from data.rules.running_day import Floor, Lane, Turn
from data.store import Store


class Timetable(NamedTuple):
    """The timetable in force."""

    id: int
    number: int
    finish_minute: int
    made_at: str


class Visit(NamedTuple):
    """A visit of the timetable in force and how far it is. `lane` is where it runs or ran, else where it is planned.

    `started`: the minute of the day; None while it has not begun, and of one that is over.
    """

    id: int
    entrant: int
    code: str
    lane: int
    starts: int
    ends: int
    started: int | None
    ended_at: str | None
    entrant_state: str
    is_over: bool
    was_seen: bool  # to begin
    is_left: bool  # to come or under way
    people: tuple[int, ...]
    given_back: int  # minutes, rounded up

    def turn(self, minutes: Mapping[str, int]) -> Turn:
        """The visit as the rule of the running day wants it."""
        length = minutes[self.code] + self.given_back
        return Turn(self.id, (self.code, self.lane), self.people, self.starts, length, self.started)


@dataclass(frozen=True)
class Ground:
    """The floor of the day, and how many minutes a visit to each station takes."""

    floor: Floor
    minutes: Mapping[str, int]


def newest_timetable() -> Timetable | None:
    """The timetable in force."""
    table = models.Timetable
    columns = (table.id, table.number, table.finish_minute, table.made_at)
    rows = plain_rows(table.select(*columns).order_by(table.number.desc()).limit(1))
    return Timetable(*rows[0]) if rows else None


def count_visits(store: Store) -> int:
    """How many visits the event has: a measure of how long reading the floor takes."""
    with store.read():
        return int(models.Visit.select().count())


_VISITS = Prepared(
    lambda: (
        models.Slot.select(
            models.Slot.visit,
            models.Visit.entrant,
            models.Station.code,
            models.Slot.lane,
            models.Slot.starts_minute,
            models.Slot.ends_minute,
            models.Visit.started_at,
            models.Visit.ended_at,
            models.Visit.ran_lane,
            models.Visit.state,
            models.Entrant.state,
            models.Entrant.person,
            models.Station.judges,
            models.Visit.station,
            models.Entrant.division,
        )
        .join(models.Visit)
        .join(models.Entrant)
        .switch(models.Visit)
        .join(models.Station)
        .where(models.Slot.timetable == GIVEN)
        .order_by(models.Slot.starts_minute, models.Station.position, models.Slot.lane)
    )
)


def visits(timetable: int) -> list[Visit]:
    """Every visit of this timetable, by start, station and lane."""
    marked = _marked()
    given_back = dict(_given_back())
    members = _members()
    optional, drawn = _optional()
    found = []
    for row in _VISITS.rows(timetable):
        visit, entrant, code, lane, starts, ends, started, ended = row[:8]
        ran, state, entrant_state, person, judges, station, division = row[8:]
        marks = marked.get(visit, 0) if marked else 0
        is_over = ended is not None or bool(state) or marks >= judges or (marks > 0 and started is None)
        is_left = (
            not is_over
            and entrant_state not in OUT
            and ((station, division) not in optional or (entrant, station) in drawn)
        )
        found.append(
            Visit(
                visit,
                entrant,
                code,
                ran or lane,
                starts,
                ends,
                None if started is None or is_over else minute_of(started),
                ended,
                entrant_state,
                is_over,
                started is not None,
                is_left,
                members.get(entrant) or ((person,) if person else (-entrant,)),
                given_back.get(visit, 0) if given_back else 0,
            )
        )
    return found


def _optional() -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
    """Station and division wherever a station is optional, and entrant and station wherever one was drawn."""
    choice, component, drawn = models.ComponentStation, models.Component, models.DrawnStation
    optional = plain_rows(choice.select(choice.station, component.division).join(component))
    if not optional:
        return set(), set()
    return set(optional), set(plain_rows(drawn.select(drawn.entrant, drawn.station)))


def _marked() -> dict[int, int]:
    """How many sheets are in, by visit, where the visit does not say itself that it is over."""
    return dict(_SHEETS.rows())


_SHEETS = Prepared(
    lambda: (
        models.Mark.select(models.Mark.visit, fn.COUNT(models.Mark.id))
        .join(models.Visit)
        .where(models.Mark.latest, models.Visit.ended_at.is_null())
        .group_by(models.Mark.visit)
    )
)


def _given_back() -> list[tuple[int, int]]:
    return [(visit, -(-milli // 60_000)) for visit, milli in _INCIDENTS.rows()]


_INCIDENTS = Prepared(
    lambda: models.Incident.select(models.Incident.visit, fn.SUM(models.Incident.given_back_milli)).group_by(
        models.Incident.visit
    )
)


def _members() -> dict[int, tuple[int, ...]]:
    """The people of each team, by entrant."""
    found: dict[int, tuple[int, ...]] = {}
    for entrant, person in plain_rows(models.Member.select(models.Member.entrant, models.Member.person)):
        found[entrant] = (*found.get(entrant, ()), person)
    return found


def floor(found: Sequence[Visit], now: int | None) -> Ground:
    """The hours of the lanes and of the people of these visits."""
    stations = {row[0]: row for row in _STATIONS.rows()}
    codes = {row_id: row[1] for row_id, row in stations.items()}
    walks = {
        pair: minutes
        for station, other, minutes in plain_rows(
            models.Walk.select(models.Walk.station, models.Walk.other, models.Walk.minutes)
        )
        for pair in ((codes[station], codes[other]), (codes[other], codes[station]))
    }
    event = models.Event
    ((walk, rest),) = plain_rows(event.select(event.walk_minutes, event.rest_minutes))

    def gap(station: str, other: str) -> int:
        return int(rest + (0 if station == other else walks.get((station, other), walk)))

    closed, shut = _closed(stations, codes)
    lane_free, person_free = _free(found, now)
    ground = Floor(
        changeover={row[1]: row[3] for row in stations.values()},
        gap=gap,
        closed=closed,
        shut=shut,
        ready=_ready(found),
        lane_free=lane_free,
        person_free=person_free,
    )
    return Ground(ground, {row[1]: row[2] for row in stations.values()})


_STATIONS = Prepared(
    lambda: models.Station.select(
        models.Station.id,
        models.Station.code,
        models.Station.minutes,
        models.Station.changeover,
        models.Station.lanes,
        models.Station.opens_minute,
    )
)


def _closed(
    stations: Mapping[int, tuple[Any, ...]], codes: Mapping[int, str]
) -> tuple[dict[Lane, list[Span]], dict[Lane, int]]:
    """When each lane is closed, in the order of time; and from when on one is out of service until further notice."""
    closed: dict[Lane, list[Span]] = defaultdict(list)
    shut: dict[Lane, int] = {}
    table = models.Break
    breaks = plain_rows(table.select(table.station, table.lane, table.starts_minute, table.ends_minute))
    for station, code, _minutes, _changeover, lanes, opens in stations.values():
        for lane in range(1, lanes + 1):
            spans = [(starts, ends) for of, at, starts, ends in breaks if of in (None, station) and at in (None, lane)]
            closed[code, lane] = [*spans, *([(0, opens)] if opens else [])]
    closure = models.LaneClosure
    for station, lane, starts, ends in plain_rows(
        closure.select(closure.station, closure.lane, closure.starts_minute, closure.ends_minute)
    ):
        if ends is None:
            shut[codes[station], lane] = min(starts, shut.get((codes[station], lane), starts))
        else:
            closed[codes[station], lane].append((starts, ends))
    return {lane: sorted(spans) for lane, spans in closed.items()}, shut


def _ready(found: Sequence[Visit]) -> dict[int, int]:
    """When each visit may begin at the earliest: its unit is here, its session runs, its entrant is not put off."""
    earliest = {entrant: max(one or 0 for one in minutes) for entrant, *minutes in _READY.rows()}
    return {one.id: earliest[one.entrant] for one in found if one.is_left and earliest.get(one.entrant)}


_READY = Prepared(
    lambda: (
        models.Entrant.select(
            models.Entrant.id,
            models.Entrant.ready_minute,
            models.Unit.arrives_minute,
            models.Session.starts_minute,
        )
        .join(models.Unit)
        .switch(models.Entrant)
        .join(models.Division)
        .join(models.Session, "LEFT JOIN")
        .where(
            models.Entrant.ready_minute.is_null(False)
            | models.Unit.arrives_minute.is_null(False)
            | models.Division.session.is_null(False)
        )
    )
)


def _free(found: Sequence[Visit], now: int | None) -> tuple[dict[Lane, int], dict[int, tuple[int, str]]]:
    """When each lane had its last visit, and when and where each person who still has one to come.

    A sheet is often handed in long after a visit that nobody saw begin, and of one without an end nothing is known
    but that it is over: there the planned end stands for the end, as far as that has come.
    """
    waiting = {person for one in found if one.is_left for person in one.people}
    last_of_lane: dict[Lane, str] = {}
    last_of_person: dict[int, tuple[str, str]] = {}
    lanes: dict[Lane, int] = {}
    people: dict[int, tuple[int, str]] = {}
    for one in found:
        if not one.is_over:
            continue
        lane = one.code, one.lane
        if one.ended_at is not None and one.was_seen:
            last_of_lane[lane] = max(one.ended_at, last_of_lane.get(lane, ""))
            for person in one.people:
                if person in waiting:
                    last_of_person[person] = max((one.ended_at, one.code), last_of_person.get(person, ("", "")))
            continue
        ended = one.ends if now is None else min(one.ends, now)
        lanes[lane] = max(ended, lanes.get(lane, 0))
        for person in one.people:
            people[person] = max((ended, one.code), people.get(person, (0, "")))
    for lane, moment in last_of_lane.items():
        lanes[lane] = max(minute_of(moment, up=True), lanes.get(lane, 0))
    for person, (moment, code) in last_of_person.items():
        people[person] = max((minute_of(moment, up=True), code), people.get(person, (0, "")))
    return lanes, people
