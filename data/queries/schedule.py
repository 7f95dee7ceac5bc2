"""The schedule 轮转编排: what is to be planned, the timetable in force, and what the checker says of it."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

import peewee

from data import models
from data.errors import NotAllowed
from data.i18n import _, ngettext
from data.queries import entrants as entrant_queries
from data.queries import programme, sealing
from data.queries.plan import current_plan, is_set_up
from data.rules import plan as plans
from data.rules import rotation_check
from data.rules.ranking import OUT
from data.rules.rotation_model import Entrant, Problem, Slot, Station
from data.store import Store


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

    @property
    def is_shortest(self) -> bool:
        """Whether it is proven that no timetable ends earlier."""
        return self.finish_minute == self.bound_minute


@dataclass(frozen=True)
class SlotRow:
    """One visit in the timetable.

    `state`: "" (to come), "done" (all marks are in), or why it does not take place: a state of the entrant, or
    "undrawn", when the optional station was not drawn.
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
            blocker = (_("There is no event yet: set it up first."), "setup")
            return Outlook(0, 0, 0, 0, 0, 0, (blocker,))
        plan = current_plan(store)
        rows = entrant_queries.entrants(store)
        made = _problem(plan, rows)
        stations = {code for entrant in made.entrants for code in entrant.stations}
        return Outlook(
            entrants=len(made.entrants),
            visits=sum(len(entrant.stations) for entrant in made.entrants),
            stations=len(stations),
            lanes=sum(len(station.lane_units) for station in made.stations if station.code in stations),
            left_out=sum(row.state in OUT for row in rows),
            done=len(made.done),
            blockers=tuple(_blockers(plan, rows)),
        )


def problem(store: Store) -> Problem:
    """The day to plan, for `rotation.solve`. Who is absent, withdrew or was disqualified is left out.

    Raises:
        NotAllowed: something must be mended first; see `outlook`.
    """
    with store.read():
        blockers = outlook(store).blockers
        if blockers:
            raise NotAllowed(_("The day cannot be planned yet."), todo="\n".join(text for text, _page in blockers))
        made = _problem(current_plan(store), entrant_queries.entrants(store))
        planned = {entrant.id for entrant in made.entrants}
        done = set(made.done)
        kept = [slot for slot in _timetable_slots() if slot.entrant in planned and slot not in done]
        return replace(made, before=tuple(kept))


def current(store: Store) -> TimetableRow | None:
    """The timetable in force: the one with the highest number."""
    with store.read():
        row = models.Timetable.select().order_by(models.Timetable.number.desc()).first()
        if row is None:
            return None
        return TimetableRow(row.id, row.number, row.made_at, row.finish_minute, row.bound_minute)


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
    """For each lane the visit that runs at this minute or else comes next; done and dropped visits are passed over."""
    coming: dict[tuple[str, int], SlotRow] = {}
    for slot in slots(store):
        if slot.ends_minute > minute and not slot.state:
            coming.setdefault((slot.station_code, slot.lane), slot)
    return list(coming.values())


def findings(store: Store) -> list[rotation_check.Finding]:
    """What the checker says of the timetable in force against the event as it is now; empty without a timetable.

    Visits of entrants who are out by now are no fault: their lane just stays free.
    """
    with store.read():
        planned = _timetable_slots()
        if not planned:
            return []
        rows = entrant_queries.entrants(store)
        made = _problem(current_plan(store), rows)
        out = {row.id for row in rows if row.state in OUT}
        kept = set(made.done)
        return rotation_check.check(made, [slot for slot in planned if slot.entrant not in out or slot in kept])


@dataclass(frozen=True)
class Faults:
    """How many findings there are, and how many of them are because something was drawn since."""

    count: int = 0
    of_draws: int = 0


def faults(store: Store) -> Faults:
    """What `findings` finds, counted."""
    with store.read():
        found = findings(store)
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
        for slot in _timetable_slots():
            days[slot.entrant].append(slot)
        if not days:
            return {}
        made = _problem(current_plan(store), [])
        return {entrant: rotation_check.waiting_minutes(made, day) for entrant, day in days.items()}


def waiting(store: Store) -> Waiting:
    """How long entrants wait in the timetable in force, all together."""
    each = waits(store)
    if not each:
        return Waiting()
    longest = max(each, key=lambda entrant: each[entrant])
    return Waiting(sum(each.values()) * 1000 // len(each), each[longest], longest)


def _problem(plan: plans.Plan, rows: list[entrant_queries.EntrantRow]) -> Problem:
    judged: dict[tuple[str, int], set[str]] = defaultdict(set)
    for judge in plan.judges:
        if judge.unit_name.strip():
            judged[judge.station, judge.lane].add(judge.unit_name.strip())
    done = tuple(_done_slots())
    visited: dict[int, list[str]] = defaultdict(list)
    for slot in done:
        visited[slot.entrant].append(slot.station)
    wanted, lanes = programme.stations_by_entrant(plan, rows), programme.drawn_lanes()
    entrants, units = [], entrant_queries.true_units()
    for row in rows:
        codes = tuple(visited[row.id]) if row.state in OUT else wanted[row.id]
        if codes:
            entrants.append(Entrant(row.id, units[row.id], codes, lanes.get(row.id, ())))
    return Problem(
        opens=plan.info.opens_minute,
        closes=plan.info.closes_minute,
        stations=tuple(
            Station(
                station.code,
                station.minutes,
                station.changeover,
                tuple(frozenset(judged[station.code, lane]) for lane in range(1, station.lanes + 1)),
            )
            for station in plan.stations
        ),
        entrants=tuple(entrants),
        breaks=tuple((pause.starts_minute, pause.ends_minute) for pause in plan.breaks),
        done=done,
    )


def _blockers(plan: plans.Plan, rows: list[entrant_queries.EntrantRow]) -> list[tuple[str, str]]:
    if not plan.stations:
        return [(_("The event has no stations yet."), "setup")]
    if not rows:
        return [(_("Nobody competes yet: import the rosters and draw who competes."), "draws")]
    unnumbered = sum(row.draw_order is None for row in rows)
    if unnumbered:
        text = ngettext(
            "{n} entrant has no contestant number yet: draw the numbers first.",
            "{n} entrants have no contestant number yet: draw the numbers first.",
            unnumbered,
        )
        return [(text.format(n=unnumbered), "draws")]
    undrawn = len(programme.undrawn_of(plan, rows))
    if undrawn:
        text = ngettext(
            "The optional stations of {n} entrant are not drawn yet: draw them first.",
            "The optional stations of {n} entrants are not drawn yet: draw them first.",
            undrawn,
        )
        return [(text.format(n=undrawn), "draws")]
    if all(row.state in OUT for row in rows):
        return [(_("Every entrant is absent, withdrawn or disqualified."), "checkin")]
    return []


def _current_id() -> int | None:
    row = models.Timetable.select(models.Timetable.id).order_by(models.Timetable.number.desc()).first()
    return None if row is None else int(row.id)


def _timetable_slots(where: Any = None) -> list[Slot]:
    """The timetable in force as the rules see it."""
    query = (
        models.Slot.select(
            models.Visit.entrant,
            models.Station.code,
            models.Slot.lane,
            models.Slot.starts_minute,
            models.Slot.ends_minute,
        )
        .join(models.Visit)
        .join(models.Station)
        .where(models.Slot.timetable == _current_id())
        .order_by(models.Slot.starts_minute, models.Slot.id)
    )
    if where is not None:
        query = query.where(where)
    return [Slot(*values) for values in query.tuples()]


def _done_slots() -> list[Slot]:
    """Where the visits stand that have marks or a state of their own."""
    marked = models.Mark.select(models.Mark.visit)
    return _timetable_slots(models.Visit.id.in_(marked) | (models.Visit.state != ""))


def _slots(timetable: int) -> list[SlotRow]:
    marks = dict(
        models.Mark.select(models.Mark.visit, peewee.fn.COUNT(models.Mark.id))
        .where(models.Mark.latest)
        .group_by(models.Mark.visit)
        .tuples()
    )
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
    for visit, entrant, number, name, unit, code, category, group, *rest in query.tuples():
        station, station_name, lane, starts, ends, visit_state, entrant_state, judges, is_performed = rest
        state = visit_state
        if not state and marks.get(visit, 0) >= judges:
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
            )
        )
    return rows
