"""The figures that the readiness list is made of, read with a fixed number of queries."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from peewee import fn

from data import models
from data.queries import plan as plan_queries
from data.queries import sealing
from data.queries.appeals import open_rows
from data.queries.confirmations import AlarmRow, open_alarms
from data.queries.division_marks import missing_seats
from data.queries.plain_rows import plain_rows
from data.queries.programme import drawn_stations, is_performed
from data.queries.rare_names import RareName, rare_names
from data.rules import stand_ins
from data.rules.plan import THEORY, Judge, Plan
from data.rules.plan_check import PlanFinding, check_plan
from data.rules.programme import choices, stations_of
from data.rules.ranking import OUT
from data.store import Store

# What is done to an event that changes its results each time, and what does where a mark or visit changes with it.
_CHANGES_RESULTS = (
    "checkin.set_state",
    "results.give_honour",
    "results.record_playoff",
    "results.share_award",
    "results.take_honour",
    "setup.save_plan",
)
_MAY_CHANGE_MARKS = ("appeals.grant", "confirmations.confirm", "readings.settle")


@dataclass(frozen=True)
class Shortage:
    """A unit's pool in one division is smaller than its quota."""

    unit: str
    division: str
    there: int
    quota: int


@dataclass(frozen=True)
class VisitFacts:
    """One visit of somebody who competes: sheets due and in, and its slot (None without one)."""

    visit_id: int
    station: str
    who: str
    sheets: int
    sheets_in: int
    ends_minute: int | None
    progress: str = ""  # begun | over: on the floor, or by its sheets


@dataclass(frozen=True)
class Waited:
    """An entrant who has not arrived, and when the first visit starts (None without a timetable)."""

    entrant_id: int
    who: str
    first_minute: int | None


@dataclass(frozen=True)
class Facts:
    """Counts over the whole event.

    `competing` leaves out who is absent, withdrew or was disqualified, be it at one station alone.
    """

    plan: Plan
    findings: tuple[PlanFinding, ...]
    people: int
    shortages: tuple[Shortage, ...]
    past_entries: int
    draws: dict[str, str]  # kind -> frozen | drawn; a void draw counts as none
    needed_draws: frozenset[str]  # the kinds without which the day cannot be planned
    closed: tuple[tuple[str, str], ...]  # station and unit where a judge of the unit sits in every lane
    competing: int
    arrived: int
    out: int
    unnumbered: int
    expected_visits: int
    timetable: int | None  # its number
    finish_minute: int | None
    bound_minute: int | None
    unscheduled: int  # of those who compete, without a slot
    printed: dict[str, tuple[int, int | None]]  # kind -> pieces, version of the last printout
    renumbered: frozenset[str]  # kinds printed last before the numbers draw in force
    visits: tuple[VisitFacts, ...]
    waited: tuple[Waited, ...]
    theory_wanted: int
    theory_in: int
    result_version: int | None
    changed_since: bool  # something that results are made of, after that version
    sealed: bool  # the names of a blind event are not decoded
    rare: tuple[RareName, ...] = ()
    replaced: int = 0  # substitutions after the last printout
    noticed: tuple[int, str] | None = None  # the newest notice: of which version, and its last day (YYYY-MM-DD)
    alarms: tuple[AlarmRow, ...] = ()  # what waits for the chief judge
    appeals: tuple[str, ...] = ()  # who waits for the decision of an appeal; while names are sealed, numbers
    memberless: tuple[int, ...] = ()  # teams of which no members are named, while those of other teams are

    @property
    def sheets(self) -> int:
        return sum(visit.sheets for visit in self.visits)

    @property
    def sheets_in(self) -> int:
        return sum(visit.sheets_in for visit in self.visits)

    @property
    def has_begun(self) -> bool:
        """Whether any visit has begun."""
        return any(visit.progress for visit in self.visits)

    @property
    def all_marks_in(self) -> bool:
        """Whether nothing more is to be marked; no visits at all is not all."""
        return self.sheets > 0 and self.sheets_in >= self.sheets and self.theory_in >= self.theory_wanted


def read_facts(store: Store) -> Facts | None:
    """All figures, or None for a file without an event. Runs inside `store.read()`."""
    if not plan_queries.is_set_up(store):
        return None
    plan = plan_queries.current_plan(store)
    timetable = (
        models.Timetable.select(
            models.Timetable.id,
            models.Timetable.number,
            models.Timetable.finish_minute,
            models.Timetable.bound_minute,
        )
        .order_by(models.Timetable.number.desc())
        .tuples()
        .first()
    )
    slots = _slots(timetable[0]) if timetable else {}
    entrants = _entrants()
    competing = [entrant for entrant in entrants if entrant.state not in OUT]
    visits, visited = _visits(slots, {entrant.id for entrant in competing})
    first = _first_minutes(slots, visited)
    theory_divisions = {part.division for part in plan.components if part.source == THEORY}
    draws = dict(_draws())
    printed = {kind: (pieces, of_version) for kind, pieces, of_version in _printouts()}
    people = _people(plan)
    return Facts(
        plan=plan,
        findings=_findings(plan),
        people=sum(people.values()),
        shortages=tuple(_shortages(plan, people)),
        past_entries=models.PastEntry.select().count(),
        draws=draws,
        needed_draws=_needed_draws(plan),
        closed=_closed_to_comers(plan, draws),
        competing=len(competing),
        arrived=sum(entrant.state == "present" for entrant in competing),
        out=len(entrants) - len(competing),
        unnumbered=sum(entrant.number is None for entrant in competing),
        expected_visits=_expected_visits(plan, competing),
        timetable=timetable[1] if timetable else None,
        finish_minute=timetable[2] if timetable else None,
        bound_minute=timetable[3] if timetable else None,
        unscheduled=sum(entrant.id not in first for entrant in competing) if timetable else 0,
        printed=printed,
        renumbered=frozenset(printed) - _printed_since_draw() if draws.get("numbers") == "drawn" else frozenset(),
        visits=visits,
        waited=tuple(
            Waited(
                entrant.id,
                " ".join(dict.fromkeys(filter(None, (entrant.number, entrant.name)))),
                first.get(entrant.id),
            )
            for entrant in competing
            if entrant.state == "expected"
        ),
        theory_wanted=sum(entrant.division in theory_divisions for entrant in competing),
        theory_in=_theory_in({entrant.id for entrant in competing if entrant.division in theory_divisions}),
        result_version=models.ResultVersion.select(fn.MAX(models.ResultVersion.number)).scalar(),
        changed_since=_changed_since_finalised(),
        sealed=sealing.names_sealed(),
        rare=rare_names(),
        replaced=_replaced_since_printed() if printed else 0,
        noticed=_noticed(),
        alarms=open_alarms(),
        appeals=tuple(row.name for row in open_rows()),
        memberless=_memberless(),
    )


def _noticed() -> tuple[int, str] | None:
    newest = models.Notice.select(models.Notice.of_version, models.Notice.ends).order_by(models.Notice.id.desc())
    row: tuple[int, str] | None = newest.tuples().first()
    return row


def _memberless() -> tuple[int, ...]:
    named = {team for (team,) in plain_rows(models.Member.select(models.Member.entrant).distinct())}
    if not named or sealing.names_sealed():
        return ()
    teams = models.Entrant.select(models.Entrant.id).join(models.Division)
    rows = teams.where(models.Division.entry == "team", models.Entrant.state.not_in(OUT)).order_by(models.Entrant.id)
    return tuple(team for (team,) in rows.tuples() if team not in named)


@lru_cache(maxsize=2)
def _findings(plan: Plan) -> tuple[PlanFinding, ...]:
    """Kept, because the list is asked for after every mark and a plan hardly ever changes."""
    return tuple(check_plan(plan))


def _needed_draws(plan: Plan) -> frozenset[str]:
    optional = any(choices(plan, division.code) for division in plan.divisions)
    return frozenset({"selection", "numbers", *(("items",) if optional else ())})


def _closed_to_comers(plan: Plan, draws: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """`_closed`, without the units of which nobody comes to that station once it is drawn who does."""
    closed = _closed(plan)
    if not closed or any(draws.get(kind) != "drawn" for kind in _needed_draws(plan)):
        return closed
    drawn = drawn_stations()
    rows = (
        models.Entrant.select(models.Entrant.id, models.Division.code, models.Unit.name)
        .join(models.Unit)
        .join_from(models.Entrant, models.Division)
        .where(models.Division.entry != "sum", models.Entrant.state.not_in(OUT))
    )
    coming = {
        (station, unit)
        for entrant, division, unit in rows.tuples()
        for station in stations_of(plan, division, drawn.get(entrant, frozenset()))
    }
    return tuple(place for place in closed if place in coming)


@lru_cache(maxsize=2)
def _closed(plan: Plan) -> tuple[tuple[str, str], ...]:
    """The stations, each with a unit that comes there, in whose every lane sits a judge of that unit."""
    categories = {division.code: division.category for division in plan.divisions}
    found = []
    for station in plan.stations:
        judges = [judge for judge in plan.judges if judge.station == station.code]
        reserves = [judge for judge in judges if judge.reserve and plan.info.stand_ins]
        lanes = [[judge for judge in judges if judge.lane == lane] for lane in range(1, station.lanes + 1)]
        coming = {categories[code] for code in station.divisions}
        found += [
            (station.code, unit.name)
            for unit in plan.units
            if unit.category in coming
            and all(_is_closed(lane, reserves, {unit.name, unit.short or unit.name}) for lane in lanes)
        ]
    return tuple(found)


def _is_closed(judges: list[Judge], reserves: list[Judge], unit: set[str]) -> bool:
    """Whether nobody of the unit can be marked in the lane of these judges."""
    return bool(stand_ins.recused(judges, unit)) and stand_ins.stand_ins(judges, reserves, unit) is None


@dataclass(frozen=True)
class _Entrant:
    id: int
    division: str
    state: str
    number: str | None
    name: str


def _entrants() -> list[_Entrant]:
    who = sealing.who()
    left = dict(models.Visit.select(models.Visit.entrant, models.Visit.state).where(models.Visit.state != "").tuples())
    found = (
        models.Entrant.select(
            models.Entrant.id,
            models.Division.code,
            models.Entrant.state,
            models.Entrant.number,
            who.name,
        )
        .join(models.Unit)
        .join_from(models.Entrant, models.Division)
        .where(models.Division.entry != "sum")
        .order_by(models.Division.position, models.Entrant.draw_order, models.Entrant.id)
    )
    return [
        _Entrant(row_id, division, left.get(row_id, state), number, name)
        for row_id, division, state, number, name in found.tuples()
    ]


def _people(plan: Plan) -> Counter[tuple[str, str]]:
    """How many there are of each unit's name and division's code; without a join, for they may be thousands."""
    units = {unit.id: unit.name for unit in plan.units}
    divisions = {division.id: division.code for division in plan.divisions}
    person = models.Person
    counted = person.select(person.unit, person.division, fn.COUNT(person.id)).group_by(person.unit, person.division)
    return Counter({(units[unit], divisions[division]): count for unit, division, count in plain_rows(counted)})


def _shortages(plan: Plan, people: Counter[tuple[str, str]]) -> list[Shortage]:
    return [
        Shortage(unit.name, division.title, people[unit.name, division.code], division.quota)
        for unit in plan.units
        for division in plan.divisions
        if division.entry == "individual"
        and division.category == unit.category
        and people[unit.name, division.code] < division.quota
    ]


def _draws() -> list[tuple[str, str]]:
    rows = models.Draw.select(models.Draw.kind, models.Draw.state)
    return list(rows.where(models.Draw.state != "void").order_by(models.Draw.id).tuples())


def _expected_visits(plan: Plan, competing: list[_Entrant]) -> int:
    visits = {
        division.code: len(stations_of(plan, division.code)) + sum(one.count for one in choices(plan, division.code))
        for division in plan.divisions
    }
    return sum(visits[entrant.division] for entrant in competing)


def _slots(timetable: int) -> dict[int, tuple[int, int]]:
    rows = models.Slot.select(models.Slot.visit, models.Slot.starts_minute, models.Slot.ends_minute)
    return {visit: (starts, ends) for visit, starts, ends in plain_rows(rows.where(models.Slot.timetable == timetable))}


def _visits(slots: dict[int, tuple[int, int]], competing: set[int]) -> tuple[tuple[VisitFacts, ...], dict[int, int]]:
    """The visits that ask for marks, and the entrant of every visit; none to an optional station not drawn."""
    counted = models.Mark.select(models.Mark.visit, fn.COUNT(models.Mark.id)).where(models.Mark.latest)
    marks: dict[int, int] = dict(plain_rows(counted.group_by(models.Mark.visit)))
    missing = missing_seats()
    rows: Any = (
        models.Visit.select(
            models.Visit.id,
            models.Visit.entrant,
            models.Entrant.number,
            models.Entrant.name,
            models.Station.code,
            models.Station.judges,
            models.Visit.started_at,
            models.Visit.ended_at,
        )
        .join(models.Entrant)
        .switch(models.Visit)
        .join(models.Station)
        .where(is_performed())
        .order_by(models.Visit.id)
    )
    found: list[VisitFacts] = []
    entrants: dict[int, int] = {}
    for visit, entrant, number, name, station, judges, started, ended in plain_rows(rows):
        entrants[visit] = entrant
        if entrant not in competing:
            continue
        due = judges - len(missing.get(visit, ()))
        ends = slots[visit][1] if visit in slots else None
        who, sheets_in = number or name, min(marks.get(visit, 0), due)
        progress = "over" if ended or sheets_in == due else "begun" if started or sheets_in else ""
        found.append(VisitFacts(visit, station, who, due, sheets_in, ends, progress))
    return tuple(found), entrants


def _first_minutes(slots: dict[int, tuple[int, int]], entrants: dict[int, int]) -> dict[int, int]:
    first: dict[int, int] = {}
    for visit, (starts, _ends) in slots.items():
        if visit in entrants:
            entrant = entrants[visit]
            first[entrant] = min(starts, first.get(entrant, starts))
    return first


def _printouts() -> list[tuple[str, int, int | None]]:
    rows = models.Printout.select(models.Printout.kind, models.Printout.pieces, models.Printout.of_version)
    return list(rows.order_by(models.Printout.id).tuples())


def _printed_since_draw() -> set[str]:
    """The kinds printed after the numbers draw in force, by the order of the audit log as in
    `_changed_since_finalised`."""
    audit = models.Audit
    numbers = models.Draw.select(models.Draw.id).where(models.Draw.kind == "numbers", models.Draw.state == "drawn")
    its_row = audit.changes.contains(f'["draw",{numbers.scalar()},')  # as RowChange writes it
    drawn = audit.select(fn.MAX(audit.id)).where(audit.action == "draws.draw", its_row).scalar() or 0
    written = audit.select(audit.changes).where(audit.id > drawn, audit.action == "printouts.record").tuples()
    return {after["kind"] for (changes,) in written for _table, _row, _before, after in json.loads(changes)}


def _replaced_since_printed() -> int:
    """By the order of the audit log, as above; a printout of the changed papers alone counts too."""
    if not models.Substitution.select().exists():
        return 0
    audit = models.Audit
    printed = audit.select(fn.MAX(audit.id)).where(audit.action == "printouts.record").scalar()
    return int(audit.select().where(audit.id > printed, audit.action == "substitution.substitute").count())


def _theory_in(wanted: set[int]) -> int:
    marks = models.TheoryMark.select(models.TheoryMark.entrant).where(models.TheoryMark.latest)
    return sum(entrant in wanted for (entrant,) in plain_rows(marks))


def _changed_since_finalised() -> bool:
    """By the order of the audit log, which holds even when the computer's clock is set back."""
    action = models.Audit.action
    finalised = models.Audit.select(fn.MAX(models.Audit.id)).where(action == "results.finalise").scalar()
    if finalised is None:
        return False
    changes = models.Audit.changes
    marked = changes.contains('["mark",') | changes.contains('["theory_mark",') | changes.contains('["visit",')
    counts = (
        action.startswith("marks.")
        | action.startswith("theory.")
        | action.startswith("roster.")
        | action.in_(_CHANGES_RESULTS)
        | (action.in_(_MAY_CHANGE_MARKS) & marked)
    )
    return bool(models.Audit.select().where(models.Audit.id > finalised, counts).exists())
