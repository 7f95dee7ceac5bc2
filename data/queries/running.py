"""The running day 现场: what each lane does now, who is missing, how late it is, and when all is expected to end."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from data import models
from data.i18n import _
from data.local_time import MIDNIGHT, minute_on
from data.queries import sealing
from data.queries.plain_rows import plain_rows
from data.queries.running_floor import Ground, Visit, floor, newest_timetable, visits
from data.queries.schedule import SlotRow
from data.queries.time_words import span
from data.rules import running_day
from data.rules.ranking import EXPECTED
from data.rules.rotation_model import Span
from data.rules.running_day import Lane
from data.store import Store

SOON = 15  # minutes before a visit in which its entrant should be at hand
LATE_FROM = 3  # minutes behind the timetable that are worth a word
_GRACE = 2  # minutes that somebody who is here may take from the door to the lane


@dataclass(frozen=True)
class LaneRow:
    """A lane as it is now. All times are minutes after midnight.

    current: the visit that runs, or None; next: the one that comes after it.
    planned_start, actual_start, current_end: of the current visit, else of the next one, which has no actual start;
    `current_end` is when that visit is expected to end, with the time that was given back.
    late_minutes: how far that visit is behind the timetable; 0 for a lane that is in time or early, or is through.
    is_closed: nobody may perform here now, be it a break or a closure; `closed_until` is None until further notice,
    and `closed_reason` says why. done, left: visits that took place, and that are to come, the current one among them.
    expected_end: when the last visit of the lane is expected to end; None for a lane that is through or shut.
    judges: the names of those who sit there.
    """

    station_code: str
    station_name: str
    lane: int
    current: SlotRow | None = None
    next: SlotRow | None = None
    planned_start: int | None = None
    actual_start: int | None = None
    current_end: int | None = None
    given_back: int = 0  # minutes, of the current visit
    late_minutes: int = 0
    is_closed: bool = False
    closed_until: int | None = None
    closed_reason: str = ""
    done: int = 0
    left: int = 0
    expected_end: int | None = None
    judges: tuple[str, ...] = ()

    @property
    def rests(self) -> bool:
        """Whether it is closed by the plan alone, in a break or outside the station's hours."""
        return self.is_closed and not self.closed_reason


@dataclass(frozen=True)
class MissingRow:
    """Somebody who should be at a lane now or soon: not checked in (`expected`), or here and not started (`present`).

    `minutes`: how long ago the lane expected the entrant; below zero: how soon it will.
    """

    entrant_id: int
    visit_id: int
    number: str
    name: str
    unit: str
    state: str  # expected | present
    station_code: str
    station_name: str
    lane: int
    starts_minute: int
    minutes: int


@dataclass(frozen=True)
class StationLate:
    """A station that is behind the timetable; `minutes` of its latest lane, `lanes` are those that are late."""

    code: str
    name: str
    minutes: int
    lanes: tuple[int, ...]


@dataclass(frozen=True)
class Board:
    """The whole floor at one moment.

    now_minute: None on another day than the event's. timetable: the number in force, None without one.
    finish_minute: the end of the timetable; expected_finish_minute: as things stand now, None when everything is over.
    stranded: visits that are to come in a lane that is out of service until further notice.
    paused_until: the end of a break or pause of the whole event that is on now, `pause` its name.
    """

    now_minute: int | None = None
    date_is_today: bool = False
    has_begun: bool = False
    timetable: int | None = None
    lanes: tuple[LaneRow, ...] = ()
    finish_minute: int | None = None
    expected_finish_minute: int | None = None
    missing: tuple[MissingRow, ...] = ()
    late: tuple[StationLate, ...] = ()
    stranded: int = 0
    paused_until: int | None = None
    pause: str = ""


def minute_now(store: Store) -> int | None:
    """The minute of the event's day by the store's clock, None on any other day. The event must have been set up."""
    with store.read():
        date = models.Event.select(models.Event.date).scalar()
    return minute_on(date, store.clock().isoformat())


def board(store: Store, minute: int | None = None) -> Board:
    """The floor as it is; `minute` stands for the store's clock where it is given."""
    with store.read():
        if not models.Event.select().exists():
            return Board()
        today = minute_now(store)
        now = today if minute is None else minute
        timetable = newest_timetable()
        if timetable is None:
            return Board(now, today is not None)
        found = visits(timetable.id)
        ground = floor(found, now)
        spans = running_day.expected([one.turn(ground.minutes) for one in found if one.is_left], ground.floor, now)
        day = _Day(found, spans, ground, now)
        missed = _missed(day)
        rows = _slot_rows(timetable.id, {*day.heads(), *(one.id for one, _minutes in missed)})
        lanes = _lanes(day, rows)
        pause = None if now is None else pause_now(now)
        ends = [span[1] for span in spans.values()]
        return Board(
            now_minute=now,
            date_is_today=today is not None,
            has_begun=any(one.was_seen or one.is_over for one in found),
            timetable=timetable.number,
            lanes=lanes,
            finish_minute=timetable.finish_minute,
            expected_finish_minute=max(ends) if ends else None,
            missing=_missing(missed, rows),
            late=_late(lanes),
            stranded=sum(one.is_left and one.id not in spans for one in found),
            paused_until=pause.ends_minute if pause else None,
            pause=pause.name if pause else "",
        )


def late_sentence(row: StationLate) -> str:
    """How late a station is, in words."""
    text = _("{station} is {span} late")
    return text.format(station=f"{row.code} {row.name}", span=span(row.minutes))


class _Day:
    """The visits lane by lane, and when each that is left is expected."""

    def __init__(self, found: Sequence[Visit], spans: Mapping[int, Span], ground: Ground, now: int | None) -> None:
        self.spans = spans
        self.ground = ground
        self.now = now
        self.current: dict[Lane, Visit] = {}
        self.next: dict[Lane, Visit] = {}
        self._passed: dict[Lane, Visit] = {}  # the first that was left out while later ones began
        self.done: dict[Lane, int] = {}
        self.left: dict[Lane, int] = {}
        self.first: dict[int, Visit] = {}  # that an entrant has to come to
        self.last_end: dict[Lane, int] = {}
        self.busy: set[int] = set()  # people who perform now
        self.is_recorded = False  # somebody notes when visits begin
        self._begun: dict[Lane, int] = {}  # the planned start of the latest visit that began
        for one in found:
            if one.was_seen:
                self._begun[one.code, one.lane] = one.starts
        for one in sorted(found, key=self.due):
            self._add(one)
        for lane, one in self._passed.items():
            self.next.setdefault(lane, one)

    def _add(self, one: Visit) -> None:
        lane = one.code, one.lane
        self.is_recorded = self.is_recorded or one.was_seen
        if one.is_over:
            self.done[lane] = self.done.get(lane, 0) + 1
        if not one.is_left:
            return
        self.left[lane] = self.left.get(lane, 0) + 1
        if one.id in self.spans:
            self.last_end[lane] = max(self.spans[one.id][1], self.last_end.get(lane, 0))
        if one.started is not None:
            self.current[lane] = one
            self.busy.update(one.people)
        else:
            (self._passed if self.is_passed(one) else self.next).setdefault(lane, one)
            self.first.setdefault(one.entrant, one)

    def due(self, one: Visit) -> int:
        """When a visit is asked for: as planned, or later where its entrant was put off."""
        return max(one.starts, self.ground.floor.ready.get(one.id, 0))

    def heads(self) -> set[int]:
        """The ids of the visits that run or come next."""
        return {one.id for one in (*self.current.values(), *self.next.values())}

    def closed(self, lane: Lane) -> Span | None:
        """The time in which the lane is closed now, until midnight where nobody knows better."""
        if self.now is None:
            return None
        shut = self.ground.floor.shut.get(lane)
        if shut is not None and shut <= self.now:
            return shut, MIDNIGHT
        spans = self.ground.floor.closed.get(lane, ())
        return next((span for span in spans if span[0] <= self.now < span[1]), None)

    def is_asked(self, one: Visit) -> bool:
        """Whether a lane stands idle for this visit."""
        lane = one.code, one.lane
        return lane not in self.current and self.next[lane] is one and not self.closed(lane) and one.id in self.spans

    def is_passed(self, one: Visit) -> bool:
        """Whether later visits of the lane began before this one."""
        return self.due(one) <= self._begun.get((one.code, one.lane), -1)

    def wanted(self, one: Visit) -> int:
        """When the lane asks for an entrant: at once where it stands idle, otherwise when it is expected to.

        Whom it has passed over was wanted when he was planned.
        """
        lane = one.code, one.lane
        if self.is_passed(one):
            return self.due(one)
        if not self.is_asked(one):
            return self.spans.get(one.id, (one.starts, 0))[0]
        floor_ = self.ground.floor
        free = floor_.lane_free[lane] + floor_.changeover[one.code] if lane in floor_.lane_free else 0
        known = [(*floor_.person_free[person], one.code) for person in one.people if person in floor_.person_free]
        arrival = max((at + floor_.gap(left, code) for at, left, code in known), default=0)
        return max(one.starts, free, arrival, floor_.ready.get(one.id, 0))


def _lanes(day: _Day, rows: Mapping[int, SlotRow]) -> tuple[LaneRow, ...]:
    station, judge = models.Station, models.Judge
    judges: dict[tuple[int, int], list[str]] = {}
    for at, lane, name in plain_rows(judge.select(judge.station, judge.lane, judge.name).order_by(judge.seat)):
        judges.setdefault((at, lane), []).append(name)
    reasons = _closure_reasons(day.now)
    stations = station.select(station.id, station.code, station.name, station.lanes).order_by(station.position)
    return tuple(
        _lane(day, rows, (code, lane), name, tuple(judges.get((row_id, lane), ())), reasons.get((row_id, lane), ""))
        for row_id, code, name, lanes in plain_rows(stations)
        for lane in range(1, lanes + 1)
    )


def _lane(
    day: _Day, rows: Mapping[int, SlotRow], lane: Lane, name: str, judges: tuple[str, ...], reason: str
) -> LaneRow:
    current, following = day.current.get(lane), day.next.get(lane)
    head = current or following
    span = day.spans.get(head.id) if head else None
    closed = day.closed(lane)
    late = 0
    if head and span:
        late = span[1] - head.ends if current else span[0] - day.due(head)
    return LaneRow(
        station_code=lane[0],
        station_name=name,
        lane=lane[1],
        current=rows[current.id] if current else None,
        next=rows[following.id] if following else None,
        planned_start=head.starts if head else None,
        actual_start=current.started if current else None,
        current_end=span[1] if span else None,
        given_back=current.given_back if current else 0,
        late_minutes=max(0, late),
        is_closed=closed is not None,
        closed_until=closed[1] if closed and closed[1] < MIDNIGHT else None,
        closed_reason=reason,
        done=day.done.get(lane, 0),
        left=day.left.get(lane, 0),
        expected_end=day.last_end.get(lane),
        judges=judges,
    )


def _closure_reasons(now: int | None) -> dict[tuple[int, int], str]:
    """Why a lane is out of service now, by station and lane."""
    table = models.LaneClosure
    rows = table.select(table.station, table.lane, table.starts_minute, table.ends_minute, table.reason)
    return {
        (station, lane): reason
        for station, lane, starts, ends, reason in plain_rows(rows.order_by(table.id))
        if now is not None and starts <= now and (ends is None or now < ends)
    }


@dataclass(frozen=True)
class Pause:
    """A break or a pause of the whole event; `id` is its row."""

    id: int
    name: str
    ends_minute: int


def pause_now(now: int) -> Pause | None:
    """The break of the whole event that is on at a minute of the day. Runs inside a read or a write."""
    table = models.Break
    rows = plain_rows(
        table.select(table.id, table.name, table.ends_minute)
        .where(table.station.is_null(), table.starts_minute <= now, table.ends_minute > now)
        .order_by(table.ends_minute.desc())
        .limit(1)
    )
    return Pause(*rows[0]) if rows else None


def station_names() -> dict[str, str]:
    """The name of each station by its code, in the order of the plan. Runs inside a read or a write."""
    table = models.Station
    return dict(plain_rows(table.select(table.code, table.name).order_by(table.position)))


def _missed(day: _Day) -> list[tuple[Visit, int]]:
    """The visits whose entrants should be at a lane, each with how many minutes ago."""
    if day.now is None:
        return []
    found = []
    for one in day.first.values():
        if any(person in day.busy for person in one.people):
            continue
        minutes = day.now - day.wanted(one)
        if one.entrant_state == EXPECTED:
            is_missed = minutes >= -SOON
        else:
            is_missed = day.is_recorded and minutes >= _GRACE and (day.is_asked(one) or day.is_passed(one))
        if is_missed:
            found.append((one, minutes))
    return found


def _missing(missed: Iterable[tuple[Visit, int]], rows: Mapping[int, SlotRow]) -> tuple[MissingRow, ...]:
    found = [_missing_row(rows[one.id], one.entrant_state, minutes) for one, minutes in missed]
    return tuple(sorted(found, key=lambda row: (-row.minutes, row.starts_minute, row.number)))


def _missing_row(slot: SlotRow, state: str, minutes: int) -> MissingRow:
    return MissingRow(
        slot.entrant_id,
        slot.visit_id,
        slot.number,
        slot.name,
        slot.unit,
        state,
        slot.station_code,
        slot.station_name,
        slot.lane,
        slot.starts_minute,
        minutes,
    )


def _late(lanes: Iterable[LaneRow]) -> tuple[StationLate, ...]:
    found: dict[str, list[LaneRow]] = {}
    for row in lanes:
        if row.late_minutes >= LATE_FROM:
            found.setdefault(row.station_code, []).append(row)
    stations = [
        StationLate(code, rows[0].station_name, max(row.late_minutes for row in rows), tuple(row.lane for row in rows))
        for code, rows in found.items()
    ]
    return tuple(sorted(stations, key=lambda row: (-row.minutes, row.code)))


def _slot_rows(timetable: int, ids: set[int]) -> dict[int, SlotRow]:
    """These visits of a timetable as the pages show them, in the lanes where they are or will be."""
    who = sealing.who()
    slot, visit, entrant = models.Slot, models.Visit, models.Entrant
    division, station = models.Division, models.Station
    query = (
        slot.select(
            visit.id,
            visit.entrant,
            entrant.number,
            who.name,
            who.unit,
            division.code,
            division.category,
            division.name,
            station.code,
            station.name,
            slot.lane,
            visit.ran_lane,
            slot.starts_minute,
            slot.ends_minute,
        )
        .join(visit)
        .join(entrant)
        .join(models.Unit)
        .switch(entrant)
        .join(division)
        .switch(visit)
        .join(station)
        .where(slot.timetable == timetable, visit.id.in_(ids))
    )
    return {
        row_id: SlotRow(
            row_id,
            who_id,
            number or "",
            name,
            unit,
            of_division,
            f"{category}·{group}",
            code,
            title,
            ran or lane,
            starts,
            ends,
            "",
        )
        for row_id, who_id, number, name, unit, of_division, category, group, code, title, lane, ran, starts, ends in (
            plain_rows(query)
        )
    }
