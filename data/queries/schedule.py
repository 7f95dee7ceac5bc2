"""The schedule 轮转编排: what is to be planned, the timetable in force, and what the checker says of it."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import peewee

from data import models
from data.local_time import minute_of
from data.queries import entrants as entrant_queries
from data.queries import programme, sealing
from data.queries.plain_rows import plain_rows
from data.queries.plan import current_plan, is_set_up
from data.queries.schedule_problem import assembled, blockers, no_event, problem, timetable_slots
from data.rules import rotation_check
from data.rules.ranking import OUT
from data.rules.rotation_model import Slot
from data.store import Store

__all__ = [
    "Faults",
    "Outlook",
    "SlotRow",
    "TimetableRow",
    "Waiting",
    "changed_since",
    "current",
    "faults",
    "findings",
    "next_visits",
    "outlook",
    "problem",
    "slots",
    "slots_by_entrant",
    "waiting",
    "waits",
]


@dataclass(frozen=True)
class Outlook:
    """What there is to plan. `blockers` are whole sentences: what must be mended first, with the page that mends it."""

    entrants: int
    visits: int
    stations: int
    lanes: int
    left_out: int  # absent, withdrawn or disqualified
    done: int  # visits with marks or a state: these stay as they are
    blockers: tuple[tuple[str, str], ...]  # (sentence, page key)


@dataclass(frozen=True)
class TimetableRow:
    """A numbered version of the schedule."""

    id: int
    number: int
    made_at: str
    finish_minute: int
    bound_minute: int
    cause: str = "plan"  # plan | moved | absorb | shift | replan

    @property
    def is_shortest(self) -> bool:
        """Whether it is proven that no timetable ends earlier."""
        return self.finish_minute == self.bound_minute


@dataclass(frozen=True)
class SlotRow:
    """One visit in the timetable.

    `state`: "" (to come or under way), "done" (it has ended, or all marks are in), or why it does not take place: a
    state of the entrant, or "undrawn", when the optional station was not drawn. `started_minute` and `ended_minute`:
    when it really ran, as far as that is known; `ran_lane`: where, 0 before it began.
    """

    visit_id: int
    entrant_id: int
    number: str
    name: str
    unit: str
    division_code: str
    division_title: str
    station_code: str
    station_name: str
    lane: int
    starts_minute: int
    ends_minute: int
    state: str
    started_minute: int | None = None
    ended_minute: int | None = None
    ran_lane: int = 0
    is_pinned: bool = False

    @property
    def is_running(self) -> bool:
        """Whether it is under way."""
        return self.started_minute is not None and self.ended_minute is None and not self.state


@dataclass(frozen=True)
class Waiting:
    """How long entrants wait between their visits, breaks left out; minutes, the average in thousandths of one."""

    average_milli: int = 0
    longest: int = 0
    longest_entrant: int | None = None


def outlook(store: Store) -> Outlook:
    """What would be planned now, and what stands in the way."""
    with store.read():
        if not is_set_up(store):
            return Outlook(0, 0, 0, 0, 0, 0, (no_event(),))
        plan = current_plan(store)
        rows = entrant_queries.entrants(store)
        made = assembled(store, plan, rows)
        stations = {code for entrant in made.entrants for code in entrant.stations}
        return Outlook(
            entrants=len(made.entrants),
            visits=sum(len(entrant.stations) for entrant in made.entrants),
            stations=len(stations),
            lanes=sum(len(station.lane_units) for station in made.stations if station.code in stations),
            left_out=sum(row.state in OUT for row in rows),
            done=len(made.done),
            blockers=tuple(blockers(plan, rows)),
        )


def current(store: Store) -> TimetableRow | None:
    """The timetable in force: the one with the highest number."""
    with store.read():
        row = models.Timetable.select().order_by(models.Timetable.number.desc()).first()
        if row is None:
            return None
        return TimetableRow(row.id, row.number, row.made_at, row.finish_minute, row.bound_minute, row.cause)


def slots(store: Store, number: int | None = None) -> list[SlotRow]:
    """The visits of the timetable in force (or of an earlier one), by start, station and lane; empty without one."""
    with store.read():
        query = models.Timetable.select(models.Timetable.id, models.Timetable.number)
        if number is not None:
            query = query.where(models.Timetable.number == number)
        row = query.order_by(models.Timetable.number.desc()).first()
        return [] if row is None else _slots(row.id)


def slots_by_entrant(store: Store) -> dict[int, list[SlotRow]]:
    """The timetable in force by entrant id, in the order of the first start."""
    days: dict[int, list[SlotRow]] = {}
    for slot in slots(store):
        days.setdefault(slot.entrant_id, []).append(slot)
    return days


def next_visits(store: Store, minute: int) -> list[SlotRow]:
    """For each lane the visit that runs at this minute or else comes next; done and dropped visits are passed over.

    Once starts are noted, what is under way counts as running, and a visit that has not begun comes next however
    late it is.
    """
    planned = slots(store)
    is_noted = any(slot.started_minute is not None for slot in planned)
    coming: dict[tuple[str, int], SlotRow] = {}
    running: dict[tuple[str, int], SlotRow] = {}
    for slot in planned:
        if slot.is_running:
            running[slot.station_code, slot.ran_lane] = slot
        elif not slot.state and (is_noted or slot.ends_minute > minute):
            coming.setdefault((slot.station_code, slot.lane), slot)
    return list({**coming, **running}.values())


def changed_since(store: Store, number: int) -> frozenset[int]:
    """The ids of the entrants whose visits still to come differ between this timetable and the one in force.

    What has taken place or has begun is no news to anybody.
    """
    with store.read():
        before = {slot.visit_id: slot for slot in slots(store, number)}
        now = {slot.visit_id: slot for slot in slots(store)}
        return frozenset(
            (now.get(visit) or before[visit]).entrant_id
            for visit in before.keys() | now.keys()
            if _is_to_come(now.get(visit) or before[visit]) and _place(before.get(visit)) != _place(now.get(visit))
        )


def _is_to_come(slot: SlotRow) -> bool:
    return not slot.state and slot.started_minute is None


def _place(slot: SlotRow | None) -> tuple[int, int, int] | None:
    return None if slot is None else (slot.lane, slot.starts_minute, slot.ends_minute)


def findings(store: Store) -> list[rotation_check.Finding]:
    """What the checker says of the timetable in force against the event as it is now; empty without a timetable.

    Visits of entrants who are out by now are no fault: their lane just stays free. Nor is it one of the timetable
    that the day runs late.
    """
    with store.read():
        planned = timetable_slots()
        if not planned:
            return []
        rows = entrant_queries.entrants(store)
        made = assembled(store, current_plan(store), rows)
        out = {row.id for row in rows if row.state in OUT}
        kept = set(made.done)
        found = rotation_check.check(made, [slot for slot in planned if slot.entrant not in out or slot in kept])
        return [finding for finding in found if finding.code != "too_early"]


@dataclass(frozen=True)
class Faults:
    """How many findings make the timetable unusable, and how many of them are because something was drawn since."""

    count: int = 0
    of_draws: int = 0


def faults(store: Store) -> Faults:
    """What `findings` finds, counted; what is for people to weigh is no fault."""
    with store.read():
        found = [finding for finding in findings(store) if finding.hard]
        if not found:
            return Faults()
        plan = current_plan(store)
        optional = {
            (division.code, code)
            for division in plan.divisions
            for choice in programme.choices(plan, division.code)
            for code in choice.stations
        }
        divisions = {row.id: row.division_code for row in entrant_queries.entrants(store)}
        return Faults(len(found), sum(_is_of_draws(finding, divisions, optional) for finding in found))


def _is_of_draws(
    finding: rotation_check.Finding, divisions: Mapping[int, str], optional: Collection[tuple[str, str]]
) -> bool:
    """Whether a visit is in another lane than drawn, at an optional station not drawn, or missing at a drawn one."""
    if finding.code == "missing":
        return (divisions[finding.entrant or 0], finding.station) in optional
    if finding.code == "not_to_visit":
        slot = finding.slots[0]
        return (divisions[slot.entrant], slot.station) in optional
    return finding.code == "other_lane"


def waits(store: Store) -> dict[int, int]:
    """Minutes that each entrant, by id, waits between visits in the timetable in force; empty without one."""
    with store.read():
        days: dict[int, list[Slot]] = defaultdict(list)
        for slot in timetable_slots():
            days[slot.entrant].append(slot)
        if not days:
            return {}
        made = assembled(store, current_plan(store), [])
        return {entrant: rotation_check.waiting_minutes(made, day) for entrant, day in days.items()}


def waiting(store: Store) -> Waiting:
    """How long entrants wait in the timetable in force, all together."""
    each = waits(store)
    if not each:
        return Waiting()
    longest = max(each, key=lambda entrant: each[entrant])
    return Waiting(sum(each.values()) * 1000 // len(each), each[longest], longest)


def _slots(timetable: int) -> list[SlotRow]:
    counted = models.Mark.select(models.Mark.visit, peewee.fn.COUNT(models.Mark.id)).where(models.Mark.latest)
    marks = dict(plain_rows(counted.group_by(models.Mark.visit)))
    who = sealing.who()
    query = (
        models.Slot.select(
            models.Visit.id,
            models.Visit.entrant,
            models.Entrant.number,
            who.name,
            who.unit,
            models.Division.code,
            models.Division.category,
            models.Division.name,
            models.Station.code,
            models.Station.name,
            models.Slot.lane,
            models.Slot.starts_minute,
            models.Slot.ends_minute,
            models.Visit.state,
            models.Entrant.state,
            models.Station.judges,
            programme.is_performed(),
            models.Visit.started_at,
            models.Visit.ended_at,
            models.Visit.ran_lane,
            models.Slot.pinned,
        )
        .join(models.Visit)
        .join(models.Entrant)
        .join(models.Unit)
        .switch(models.Entrant)
        .join(models.Division)
        .switch(models.Visit)
        .join(models.Station)
        .where(models.Slot.timetable == timetable)
        .order_by(models.Slot.starts_minute, models.Station.position, models.Slot.lane)
    )
    rows = []
    for visit, entrant, number, name, unit, code, category, group, *rest in plain_rows(query):
        station, station_name, lane, starts, ends, visit_state, entrant_state, judges, is_performed, *went = rest
        started, ended, ran_lane, is_pinned = went
        state = visit_state
        if not state and (ended is not None or marks.get(visit, 0) >= judges):
            state = "done"
        if not state and entrant_state in OUT:
            state = entrant_state
        if not state and not is_performed:
            state = "undrawn"
        rows.append(
            SlotRow(
                visit,
                entrant,
                number or "",
                name,
                unit,
                code,
                f"{category}·{group}",
                station,
                station_name,
                lane,
                starts,
                ends,
                state,
                None if started is None else minute_of(started),
                None if ended is None else minute_of(ended, up=True),
                ran_lane or 0,
                bool(is_pinned),
            )
        )
    return rows
