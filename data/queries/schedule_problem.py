"""The day to plan as the solver and the checker want it: every setting and event of the event file in plain values."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from peewee import fn

from data import models
from data.errors import NotAllowed
from data.i18n import _, ngettext
from data.local_time import MIDNIGHT, minute_on
from data.queries import entrants as entrant_queries
from data.queries import programme
from data.queries.entrants import EntrantRow
from data.queries.plain_rows import plain_rows
from data.queries.plan import current_plan, is_set_up
from data.rules import stand_ins
from data.rules.plan import Plan
from data.rules.plan import Station as PlannedStation
from data.rules.ranking import OUT
from data.rules.rotation_model import Entrant, Problem, Slot, Span, Station
from data.store import Store


def problem(store: Store) -> Problem:
    """The day to plan, for `rotation.solve`. Who is absent, withdrew or was disqualified is left out.

    Raises:
        NotAllowed: something must be mended first; see `blockers`.
    """
    with store.read():
        if not is_set_up(store):
            raise _not_yet([no_event()])
        plan, rows = current_plan(store), entrant_queries.entrants(store)
        found = blockers(plan, rows)
        if found:
            raise _not_yet(found)
        return assembled(store, plan, rows)


def no_event() -> tuple[str, str]:
    """The blocker of a file without an event."""
    return _("There is no event yet: set it up first."), "setup"


def _not_yet(found: Sequence[tuple[str, str]]) -> NotAllowed:
    return NotAllowed(_("The day cannot be planned yet."), todo="\n".join(text for text, _page in found))


def blockers(plan: Plan, rows: Sequence[EntrantRow]) -> list[tuple[str, str]]:
    """What must be mended before anything is planned: whole sentences, each with the page that mends it.

    Runs inside `store.read()`.
    """
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


def assembled(store: Store, plan: Plan, rows: Sequence[EntrantRow]) -> Problem:
    """The problem of this plan and these entrants, whatever stands in the way. Runs inside `store.read()`."""
    runs = _runs()
    now = _now(store, plan, runs)
    timetable = timetable_slots()
    done = tuple(slot for slot in timetable if runs[slot.entrant, slot.station].is_held)
    done += tuple(_beside(plan, timetable, runs))
    visited: dict[int, tuple[str, ...]] = {}
    for slot in done:
        visited[slot.entrant] = (*visited.get(slot.entrant, ()), slot.station)
    wanted = programme.stations_by_entrant(plan, rows)
    programmes = {row.id: visited.get(row.id, ()) if row.state in OUT else wanted[row.id] for row in rows}
    performs = {entrant: codes for entrant, codes in programmes.items() if codes}
    left = [slot for slot in timetable if slot.entrant in performs and not runs[slot.entrant, slot.station].is_held]
    pinned = pinned_visits()
    return Problem(
        opens=plan.info.opens_minute,
        closes=plan.info.closes_minute,
        stations=_stations(plan),
        entrants=tuple(_entrants(plan, performs, rows)),
        breaks=tuple((pause.starts_minute, pause.ends_minute) for pause in plan.breaks if not pause.station),
        done=done,
        before=tuple(left),
        actual=tuple(_actual(plan, done, runs, now)),
        pinned=tuple(
            slot for slot in left if (slot.entrant, slot.station) in pinned and slot.station in performs[slot.entrant]
        ),
        now=now,
        walk=plan.info.walk_minutes,
        walks=tuple((walk.station, walk.other, walk.minutes) for walk in plan.walks),
        rest=plan.info.rest_minutes,
        most_stay=plan.info.most_stay_minutes,
        bell=plan.info.rotation == "bell",
        keep_order=plan.info.keep_order,
    )


def timetable_slots() -> list[Slot]:
    """The timetable in force as the rules see it, by start; empty without one. Runs inside `store.read()`."""
    return [Slot(*values) for values in plain_rows(_in_force().order_by(models.Slot.starts_minute, models.Slot.id))]


def pinned_visits() -> set[tuple[int, str]]:
    """Entrant and station of the visits that are pinned in the timetable in force. Runs inside `store.read()`."""
    return {(entrant, station) for entrant, station, *_place in plain_rows(_in_force().where(models.Slot.pinned))}


def _in_force() -> Any:
    highest = models.Timetable.select(fn.MAX(models.Timetable.number))
    return (
        models.Slot.select(
            models.Visit.entrant,
            models.Station.code,
            models.Slot.lane,
            models.Slot.starts_minute,
            models.Slot.ends_minute,
        )
        .join(models.Timetable)
        .switch(models.Slot)
        .join(models.Visit)
        .join(models.Station)
        .where(models.Timetable.number == highest)
    )


@dataclass(frozen=True)
class _Run:
    """What is known of how a visit went."""

    state: str
    started_at: str | None
    ended_at: str | None
    lane: int | None
    is_marked: bool

    @property
    def is_held(self) -> bool:
        """Whether it has taken place or has begun, so that no timetable moves it any more."""
        return self.is_marked or bool(self.state) or self.started_at is not None

    @property
    def is_over(self) -> bool:
        return bool(self.state) or self.ended_at is not None


def _runs() -> dict[tuple[int, str], _Run]:
    """By entrant and station."""
    marked = {visit for (visit,) in plain_rows(models.Mark.select(models.Mark.visit).distinct())}
    visits = models.Visit.select(
        models.Visit.id,
        models.Visit.entrant,
        models.Station.code,
        models.Visit.state,
        models.Visit.started_at,
        models.Visit.ended_at,
        models.Visit.ran_lane,
    ).join(models.Station)
    return {
        (entrant, station): _Run(state, started, ended, lane, visit in marked)
        for visit, entrant, station, state, started, ended, lane in plain_rows(visits)
    }


def _now(store: Store, plan: Plan, runs: Mapping[tuple[int, str], _Run]) -> int | None:
    """The minute of the day, on the day itself, once it has opened or a visit has begun."""
    now = minute_on(plan.info.date, store.clock().isoformat())
    if now is None:
        return None
    has_begun = any(run.started_at for run in runs.values())
    return now if has_begun or now >= plan.info.opens_minute else None


def _actual(plan: Plan, done: Iterable[Slot], runs: Mapping[tuple[int, str], _Run], now: int | None) -> Iterable[Slot]:
    """How the visits that took place or have begun really ran, where that is known.

    One under way is expected to end when its time is up, with what was given back of it, and not before now. One
    that is over and has no start of its own keeps its lane no longer than until now: nobody came, or it was early.
    """
    lengths = {station.code: station.minutes for station in plan.stations}
    given_back = _given_back()
    for slot in done:
        key = slot.entrant, slot.station
        run = runs[key]
        starts = None if run.started_at is None else minute_on(plan.info.date, run.started_at)
        if starts is None:
            if run.is_over and now is not None and slot.ends > now:
                yield replace(slot, starts=min(slot.starts, now), ends=now)
            continue
        ends = None if run.ended_at is None else minute_on(plan.info.date, run.ended_at, up=True)
        if ends is None:
            ends = max(starts + lengths[slot.station] + given_back.get(key, 0), now or 0)
        yield replace(slot, lane=run.lane or slot.lane, starts=starts, ends=max(starts, ends))


def _beside(plan: Plan, timetable: Iterable[Slot], runs: Mapping[tuple[int, str], _Run]) -> Iterable[Slot]:
    """Visits that have begun beside the timetable in force, such as those of one who withdrew and came back."""
    planned = {(slot.entrant, slot.station) for slot in timetable}
    lengths = {station.code: station.minutes for station in plan.stations}
    for (entrant, station), run in runs.items():
        if (entrant, station) in planned or run.started_at is None or run.lane is None:
            continue
        starts = minute_on(plan.info.date, run.started_at)
        if starts is not None:
            yield Slot(entrant, station, run.lane, starts, starts + lengths[station])


def _given_back() -> dict[tuple[int, str], int]:
    """Minutes, rounded up, that incidents gave back to a visit, by entrant and station."""
    rows = (
        models.Incident.select(models.Visit.entrant, models.Station.code, fn.SUM(models.Incident.given_back_milli))
        .join(models.Visit)
        .join(models.Station)
        .group_by(models.Visit.id)
    )
    return {(entrant, station): -(-milli // 60_000) for entrant, station, milli in plain_rows(rows)}


def _stations(plan: Plan) -> tuple[Station, ...]:
    closures: dict[str, list[tuple[int, Span]]] = defaultdict(list)  # (lane, when)
    rows = models.LaneClosure.select(
        models.Station.code, models.LaneClosure.lane, models.LaneClosure.starts_minute, models.LaneClosure.ends_minute
    ).join(models.Station)
    for code, lane, starts, ends in plain_rows(rows):
        closures[code].append((lane, (starts, MIDNIGHT if ends is None else ends)))
    return tuple(_station(plan, station, closures[station.code]) for station in plan.stations)


def _station(plan: Plan, station: PlannedStation, closures: Iterable[tuple[int, Span]]) -> Station:
    always: list[Span] = []
    if station.opens_minute is not None and station.opens_minute > plan.info.opens_minute:
        always.append((0, station.opens_minute))
    if station.closes_minute is not None and station.closes_minute < plan.info.closes_minute:
        always.append((station.closes_minute, MIDNIGHT))
    sometimes = [
        *closures,
        *(
            (pause.lane, (pause.starts_minute, pause.ends_minute))
            for pause in plan.breaks
            if pause.station == station.code
        ),
    ]
    lanes = range(1, station.lanes + 1)
    closed = tuple(_merged([*always, *(span for of, span in sometimes if of in (0, lane))]) for lane in lanes)
    judges = [judge for judge in plan.judges if judge.station == station.code]
    reserves = [judge for judge in judges if judge.reserve] if plan.info.stand_ins else []
    units = [{unit.name, unit.short} - {""} for unit in plan.units]
    seated = [[judge for judge in judges if judge.lane == lane and not judge.reserve] for lane in lanes]
    taken = tuple(frozenset(judge.unit_name.strip() for judge in lane) - {""} for lane in seated)
    replaced = tuple(stand_ins.replaceable(lane, reserves, units) for lane in seated)
    return Station(
        station.code,
        station.minutes,
        station.changeover,
        taken,
        closed if any(closed) else (),
        replaced if any(replaced) else (),
    )


def _merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same times as spans that neither overlap nor touch."""
    merged: list[Span] = []
    for starts, ends in sorted(spans):
        if merged and starts <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(merged[-1][1], ends)
        else:
            merged.append((starts, ends))
    return tuple(merged)


def _entrants(plan: Plan, performs: Mapping[int, tuple[str, ...]], rows: Iterable[EntrantRow]) -> Iterable[Entrant]:
    lanes, units, shares = programme.drawn_lanes(), entrant_queries.true_units(), _shares()
    windows = _windows(plan)
    for row in rows:
        if row.id in performs:
            yield Entrant(
                row.id,
                units[row.id],
                performs[row.id],
                lanes.get(row.id, ()),
                windows[row.id],
                row.division_code,
                tuple(sorted(shares[row.id] & performs.keys())),
            )


def _windows(plan: Plan) -> dict[int, tuple[Span, ...]]:
    """When each entrant can perform, by id; empty for one who always can.

    Where the unit leaves before the session begins, or someone is ready only after it, the window has no minute.
    """
    sessions = {session.name: (session.starts_minute, session.ends_minute) for session in plan.sessions}
    divisions = {division.id: sessions.get(division.session) for division in plan.divisions}
    units = {unit.id: (unit.arrives_minute, unit.leaves_minute) for unit in plan.units}
    rows = models.Entrant.select(
        models.Entrant.id, models.Entrant.division, models.Entrant.unit, models.Entrant.ready_minute
    )
    found: dict[int, tuple[Span, ...]] = {}
    for entrant, division, unit, ready in plain_rows(rows):
        begins, ends = divisions[division] or (None, None)
        arrives, leaves = units[unit]
        first = [minute for minute in (begins, arrives, ready) if minute is not None]
        last = [minute for minute in (ends, leaves) if minute is not None]
        start, end = max(first, default=0), min(last, default=MIDNIGHT)
        found[entrant] = ((start, max(start, end)),) if first or last else ()
    return found


def _shares() -> dict[int, set[int]]:
    """The entrants in whom somebody performs who performs in this one too, by id."""
    members = plain_rows(models.Member.select(models.Member.entrant, models.Member.person))
    own = plain_rows(
        models.Entrant.select(models.Entrant.id, models.Entrant.person).where(models.Entrant.person.is_null(False))
    )
    performs_in: dict[int, set[int]] = defaultdict(set)
    for entrant, person in [*members, *own]:
        performs_in[person].add(entrant)
    found: dict[int, set[int]] = defaultdict(set)
    for entrants in performs_in.values():
        for entrant in entrants:
            found[entrant] |= entrants - {entrant}
    return found
