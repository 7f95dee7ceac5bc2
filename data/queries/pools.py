"""The lists that draws are made from, and the rules that each is made by. Every function runs inside `store.read()`.

A list is sorted by the plan: divisions, units, stations and lanes in its order. The id of an entry says
whatever decides the draw, so that the hash of the numbered ids fixes it before the seed is known.
"""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from data import models
from data.queries import programme
from data.queries.coverage import past_people
from data.queries.plain_rows import plain_rows
from data.queries.plan import current_plan
from data.queries.stand_ins import Judges
from data.rules import draw
from data.rules.draw_ids import ItemId, LaneId, SeatId
from data.rules.draw_outcome import PER_DIVISION
from data.rules.draw_record import ITEMS, JUDGES, LANES, NUMBERS, SELECTION, Candidate
from data.store import Store


@dataclass(frozen=True)
class PoolMember:
    """An entry of a list and the row it stands for.

    That row is a person (selection), an entrant (numbers, lanes, items), a division (items drawn for all
    of it), or the judge's seat before the draw (judges).
    """

    candidate: Candidate
    row_id: int


def pool(store: Store, kind: str) -> list[PoolMember]:
    """The list of a draw of this kind as it would be frozen now."""
    members = {SELECTION: _selection, NUMBERS: _numbers, ITEMS: _items, LANES: _lanes, JUDGES: _judges}
    event = models.Event.get_or_none()
    return [] if event is None else list(members[kind](store, bool(event.blind)))


def rules(store: Store, kind: str) -> dict[str, Any]:
    """The settings that a draw of this kind follows now, as its record has them."""
    event = models.Event.get()
    if kind == SELECTION:
        return {"reserves": event.reserves}
    if kind == NUMBERS:
        return {"apart": bool(event.apart), "waves": event.waves}
    if kind == ITEMS:
        counts = {
            f"{division}/{choice.number}": choice.count
            for division, parts in _choices(store).items()
            for choice in parts
        }
        return {"per": event.item_draw, "counts": counts}
    if kind == LANES:
        return {"equal": bool(event.equal_lanes)}
    seats = list(_drawn_seats())
    return {
        "judges": {seat.code: seat.row.name for seat in seats},
        "before": {seat.code: seat.text for seat in seats},
    }


def quotas(kind: str) -> dict[str, int]:
    """Places per unit of each division of individuals for a selection; nothing for the other kinds."""
    if kind != SELECTION:
        return {}
    rows = models.Division.select().where(models.Division.entry == "individual").order_by(models.Division.position)
    return {row.code: row.quota for row in rows}


def _unit_places() -> dict[int, int]:
    rows = models.Unit.select(models.Unit.id).order_by(models.Unit.position, models.Unit.id).tuples()
    return {row_id: place for place, (row_id,) in enumerate(rows, start=1)}


def _selection(_store: Store, blind: bool) -> Iterator[PoolMember]:
    """All staff in divisions of individuals, by unit, division, then the order in which they came in."""
    past = past_people()
    places = _unit_places()
    people = (
        models.Person.select(
            models.Person.id,
            models.Person.name,
            models.Person.seeded,
            models.Division.code,
            models.Unit.id,
            models.Unit.name,
        )
        .join(models.Division)
        .switch(models.Person)
        .join(models.Unit)
        .where(models.Division.entry == "individual")
        .order_by(models.Unit.position, models.Unit.id, models.Division.position, models.Person.id)
    )
    for person, name, seeded, division, unit, unit_name in plain_rows(people):
        mark = draw.SEEDED if seeded else draw.PAST if person in past else ""
        pool_id = draw.PoolId(division, places[unit], person, mark)
        yield PoolMember(Candidate(pool_id, "" if blind else name, unit_name), person)


@dataclass(frozen=True)
class _Competing:
    """Somebody who competes, as far as the lists ask. `person` is None for a team; `token` is secret."""

    id: int
    name: str
    person: int | None
    token: str
    number: str | None
    division: str
    unit: int
    unit_name: str
    unit_short: str


def _competing() -> list[_Competing]:
    """All individuals and teams, by division, unit, then person or team of the unit."""
    entrants = (
        models.Entrant.select(
            models.Entrant.id,
            models.Entrant.name,
            models.Entrant.person,
            models.Entrant.token,
            models.Entrant.number,
            models.Division.code,
            models.Unit.id,
            models.Unit.name,
            models.Unit.short,
        )
        .join(models.Division)
        .switch(models.Entrant)
        .join(models.Unit)
        .where(models.Division.entry != "sum")
        .order_by(
            models.Division.position, models.Unit.position, models.Unit.id, models.Entrant.person, models.Entrant.id
        )
    )
    return [_Competing(*values) for values in plain_rows(entrants)]


def _numbers(_store: Store, blind: bool) -> Iterator[PoolMember]:
    """All who compete; in a blind event under other names, and in an order that tells nothing."""
    rows = _competing()
    ids = _secret_ids(rows) if blind else _plain_ids(rows)
    if blind:
        divisions = {row.division: place for place, row in enumerate(rows)}
        rows.sort(key=lambda row: (divisions[row.division], ids[row.id].unit, ids[row.id].serial))
    for row in rows:
        named = ("", "") if blind else (row.name, row.unit_name)
        yield PoolMember(Candidate(ids[row.id], *named), row.id)


def number_ids(draw_id: int, *, blind: bool) -> dict[int, draw.PoolId]:
    """The ids in the list of a numbers draw, by the row of the entrant: those who left later are in it."""
    left: dict[int, tuple[int, str]] = {}
    later = models.Substitution.select().where(models.Substitution.id.in_(_substitutions_after(draw_id)))
    for row in later.order_by(models.Substitution.id.desc()):
        left[row.entrant_id] = (row.left_id, row.old_token)
    rows = [
        replace(row, person=left[row.id][0], token=left[row.id][1]) if row.id in left else row for row in _competing()
    ]
    return _secret_ids(rows) if blind else _plain_ids(rows)


def _substitutions_after(draw_id: int) -> list[int]:
    """By the order of the audit log, which holds even when the computer's clock is set back."""
    audit = models.Audit
    drew = audit.select(audit.id).where(audit.action == "draws.draw", audit.changes.contains(f'["draw",{draw_id},'))
    found = audit.select(audit.changes).where(audit.id > drew, audit.changes.contains('["substitution",'))
    changes = [change for (text,) in found.tuples() for change in json.loads(text)]
    return [row_id for table, row_id, *_values in changes if table == "substitution"]


def _plain_ids(rows: Iterable[_Competing]) -> dict[int, draw.PoolId]:
    places = _unit_places()
    teams: Counter[tuple[str, int]] = Counter()
    ids = {}
    for row in rows:
        teams[row.division, row.unit] += 1
        ids[row.id] = draw.PoolId(row.division, places[row.unit], row.person or teams[row.division, row.unit])
    return ids


def _secret_ids(rows: Iterable[_Competing]) -> dict[int, draw.PoolId]:
    """Ids of a blind event: units and people are numbered by a hash of their secret badge tokens.

    Who knows the list of the selection could otherwise redo the draw and find the number of everyone in it. A list
    that was shown can be redone by anyone, so it says who are colleagues only where a rule of the draw asks for it.
    """
    people, units = {}, defaultdict(list)
    for row in rows:
        people[row.id] = _digest(row.token)
        units[row.unit].append(row.token)
    serials = _ranks(people)
    event = models.Event.get()
    asked = event.apart or event.waves > 1
    places = _ranks({unit: _digest(*sorted(tokens)) for unit, tokens in units.items()}) if asked else {}
    return {row.id: draw.PoolId(row.division, places.get(row.unit, 1), serials[row.id]) for row in rows}


def _digest(*tokens: str) -> str:
    return hashlib.sha256("/".join(tokens).encode()).hexdigest()


def _ranks(digests: dict[int, str]) -> dict[int, int]:
    return {row: rank for rank, row in enumerate(sorted(digests, key=lambda row: digests[row]), start=1)}


def _items(store: Store, blind: bool) -> Iterator[PoolMember]:
    """Every optional station of everyone, or of every division whose people compete."""
    entrants = _in_number_order()
    per_division = models.Event.get().item_draw == PER_DIVISION
    whom: dict[str, list[tuple[str, int, str, str]]] = defaultdict(list)
    if per_division:
        there = {row.division for row in entrants}
        for row in models.Division.select().where(models.Division.code.in_(there)):
            whom[row.code].append((row.code, row.id, "" if blind else f"{row.category}·{row.name}", ""))
    else:
        for one in entrants:
            whom[one.division].append((str(one.number), one.id, *_shown(one, blind)))
    for division, parts in _choices(store).items():
        for who, row_id, name, unit in whom[division]:
            for choice in parts:
                for station in choice.stations:
                    yield PoolMember(Candidate(ItemId(who, choice.number, station), name, unit), row_id)


def _choices(store: Store) -> dict[str, tuple[programme.ChoiceComponent, ...]]:
    """The optional parts of every division that has any, in the order of the plan."""
    plan = current_plan(store)
    parts = {division.code: programme.choices(plan, division.code) for division in plan.divisions}
    return {division: choices for division, choices in parts.items() if choices}


def _in_number_order() -> list[_Competing]:
    """Those who have a contestant number, by division and number."""
    order = dict(models.Entrant.select(models.Entrant.id, models.Entrant.draw_order).tuples())
    divisions = {code: place for place, code in enumerate(_division_codes())}
    numbered = [row for row in _competing() if row.number]
    return sorted(numbered, key=lambda row: (divisions[row.division], order[row.id]))


def _division_codes() -> list[str]:
    return [
        code for (code,) in models.Division.select(models.Division.code).order_by(models.Division.position).tuples()
    ]


def _shown(row: _Competing, blind: bool) -> tuple[str, str]:
    return ("", "") if blind else (row.name, row.unit_name)


def _lanes(store: Store, blind: bool) -> Iterator[PoolMember]:
    """Every lane of every station with several, for everyone who comes to it.

    A lane with a judge of the own unit is closed. Where every lane is, those are open in which reserve judges can
    step in.
    """
    judges = Judges()
    visitors = _visitors(store)
    judged = _judging_units()
    numbered = _in_number_order()
    for station in models.Station.select().where(models.Station.lanes > 1).order_by(models.Station.position):
        for row in numbered:
            if row.id not in visitors[station.code]:
                continue
            lanes, own = range(1, station.lanes + 1), {row.unit_name, row.unit_short} - {""}
            closed = {lane for lane in lanes if judged[station.id, lane] & own}
            if closed == set(lanes):
                closed = {lane for lane in lanes if not judges.is_replaceable(station.id, lane, own)}
            for lane in lanes:
                lane_id = LaneId(station.code, str(row.number), lane, lane in closed)
                yield PoolMember(Candidate(lane_id, *_shown(row, blind)), row.id)


def _judging_units() -> dict[tuple[int, int], set[str]]:
    """The units of the judges of each lane, by row of the station and lane."""
    judged = defaultdict(set)
    for judge in models.Judge.select():
        if judge.unit_name.strip() and not judge.reserve:
            judged[judge.station_id, judge.lane].add(judge.unit_name.strip())
    return judged


def _visitors(store: Store) -> dict[str, set[int]]:
    """The rows of those who come to each station, by its code."""
    found: dict[str, set[int]] = defaultdict(set)
    for entrant, codes in programme.stations_of(store).items():
        for code in codes:
            found[code].add(entrant)
    return found


@dataclass(frozen=True)
class _Seat:
    """The seat of a judge who takes part in the draw: `code` J01 …, `text` station-lane-seat, and its row."""

    code: str
    text: str
    row: Any


def _drawn_seats() -> Iterator[_Seat]:
    """The seats of all judges but the chief ones and those in reserve, in the order of the plan."""
    rows = list(
        models.Judge.select(models.Judge, models.Station)
        .join(models.Station)
        .where(~models.Judge.chief, ~models.Judge.reserve)
        .order_by(models.Station.position, models.Judge.lane, models.Judge.seat)
    )
    width = max(2, len(str(len(rows))))
    for nth, row in enumerate(rows, start=1):
        yield _Seat(f"J{nth:0{width}}", f"{row.station.code}-{row.lane}-{row.seat}", row)


def _judges(store: Store, _blind: bool) -> Iterator[PoolMember]:
    """Every seat for every judge; a judge keeps away from lanes where colleagues are drawn to.

    Where no lanes are drawn, no colleague of a judge sits in the last lane of a station, so that one lane
    stays free for the people of every unit.
    """
    seats = list(_drawn_seats())
    barred = _barred_lanes(store)
    for judge in seats:
        own = judge.row.unit_name.strip()
        for seat in seats:
            recused = own in barred[seat.row.station_id, seat.row.lane]
            seat_id = SeatId(judge.code, seat.row.station.code, seat.row.lane, seat.row.seat, recused)
            yield PoolMember(Candidate(seat_id, judge.row.name, own), judge.row.id)


def _barred_lanes(store: Store) -> dict[tuple[int, int], set[str]]:
    """The units (full and short names) whose judges may not sit in a lane, by row of the station and lane."""
    units = {row.id: {row.unit_name, row.unit_short} - {""} for row in _competing()}
    barred: dict[tuple[int, int], set[str]] = defaultdict(set)
    lanes = models.DrawnLane.select(models.DrawnLane.entrant, models.DrawnLane.station, models.DrawnLane.lane)
    for entrant, station, lane in lanes.tuples():
        barred[station, lane] |= units[entrant]
    with_lanes = {station for station, _lane in barred}
    visitors = _visitors(store)
    for row in models.Station.select():
        if row.id not in with_lanes:
            for entrant in visitors[row.code]:
                barred[row.id, row.lanes] |= units[entrant]
    return barred
