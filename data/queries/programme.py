"""What each entrant performs (必考 and 抽考): the one place that knows who visits which stations.

A station that serves a division is mandatory there unless it is one of the optional stations of a
score component; of those an entrant visits the ones that were drawn.
"""

from collections.abc import Sequence
from typing import Any

from peewee import fn

from data import models
from data.i18n import _
from data.queries import entrants as entrant_queries
from data.queries.entrants import EntrantRow
from data.queries.plain_rows import plain_rows
from data.queries.plan import current_plan
from data.rules import programme
from data.rules.plan import Plan
from data.rules.programme import ChoiceComponent, choices
from data.rules.ranking import OUT
from data.store import Store

__all__ = [
    "ChoiceComponent",
    "choices",
    "drawn_lanes",
    "drawn_stations",
    "is_performed",
    "not_drawn_text",
    "stations_of",
    "undrawn",
]


def stations_of(store: Store) -> dict[int, tuple[str, ...]]:
    """The codes of the stations of each entrant who performs, by entrant id: the mandatory and the drawn ones."""
    with store.read():
        return stations_by_entrant(current_plan(store), entrant_queries.entrants(store))


def undrawn(store: Store) -> tuple[int, ...]:
    """The ids of the entrants for whom optional stations are still to be drawn; nobody who is out."""
    with store.read():
        return undrawn_of(current_plan(store), entrant_queries.entrants(store))


def stations_by_entrant(plan: Plan, rows: Sequence[EntrantRow]) -> dict[int, tuple[str, ...]]:
    """`stations_of` for these entrants of this plan. Runs inside `store.read()`."""
    drawn = drawn_stations()
    # Divisions are few and most draw nothing, so a programme is made once and not for each entrant.
    made: dict[tuple[str, frozenset[str]], tuple[str, ...]] = {}
    found = {}
    for row in rows:
        key = row.division_code, drawn.get(row.id, frozenset())
        if key not in made:
            made[key] = programme.stations_of(plan, *key)
        found[row.id] = made[key]
    return found


def undrawn_of(plan: Plan, rows: Sequence[EntrantRow]) -> tuple[int, ...]:
    """`undrawn` among these entrants of this plan. Runs inside `store.read()`."""
    wanted = {division.code: choices(plan, division.code) for division in plan.divisions}
    drawn = drawn_stations() if any(wanted.values()) else {}
    return tuple(
        row.id
        for row in rows
        if row.state not in OUT
        and any(
            len(drawn.get(row.id, frozenset()) & set(choice.stations)) < choice.count
            for choice in wanted[row.division_code]
        )
    )


def drawn_stations() -> dict[int, frozenset[str]]:
    """The codes of the optional stations that were drawn, by entrant id. Runs inside `store.read()`."""
    rows = models.DrawnStation.select(models.DrawnStation.entrant, models.Station.code).join(models.Station)
    found: dict[int, set[str]] = {}
    for entrant, code in plain_rows(rows):
        found.setdefault(entrant, set()).add(code)
    return {entrant: frozenset(codes) for entrant, codes in found.items()}


def drawn_lanes() -> dict[int, tuple[tuple[str, int], ...]]:
    """Station code and lane of every lane that was drawn, by entrant id. Runs inside `store.read()`."""
    rows = (
        models.DrawnLane.select(models.DrawnLane.entrant, models.Station.code, models.DrawnLane.lane)
        .join(models.Station)
        .order_by(models.DrawnLane.id)
    )
    found: dict[int, list[tuple[str, int]]] = {}
    for entrant, code, lane in plain_rows(rows):
        found.setdefault(entrant, []).append((code, lane))
    return {entrant: tuple(lanes) for entrant, lanes in found.items()}


def is_performed() -> Any:
    """The condition for visits that belong to their entrant's programme, in a select that joins Visit and Entrant.

    A visit from before the draw of the optional stations stays in the file; nobody waits for its marks.
    """
    optional, component, drawn = models.ComponentStation, models.Component, models.DrawnStation
    choice = (
        optional.select(optional.id)
        .join(component)
        .where(optional.station == models.Visit.station, component.division == models.Entrant.division)
    )
    taken = drawn.select(drawn.id).where(drawn.entrant == models.Visit.entrant, drawn.station == models.Visit.station)
    return ~fn.EXISTS(choice) | fn.EXISTS(taken)


def not_drawn_text(entrant_id: int, station_code: str) -> str | None:
    """Why this entrant has no visit to an optional station, in a sentence; None where that is not the reason.

    Runs inside `store.read()`.
    """
    division = models.Entrant.select(models.Entrant.division).where(models.Entrant.id == entrant_id)
    mine = models.ComponentStation.alias()
    choice = (
        mine.select(mine.component)
        .join(models.Station, on=(models.Station.id == mine.station))
        .switch(mine)
        .join(models.Component, on=(models.Component.id == mine.component))
        .where(models.Station.code == station_code, models.Component.division.in_(division))
    )
    rows = (
        models.ComponentStation.select(models.Station.code, models.DrawnStation.id)
        .join(models.Station)
        .join(
            models.DrawnStation,
            "LEFT JOIN",
            on=(models.DrawnStation.station == models.Station.id) & (models.DrawnStation.entrant == entrant_id),
        )
        .where(models.ComponentStation.component.in_(choice))
        .order_by(models.ComponentStation.position)
    )
    drawn = {code: row_id is not None for code, row_id in plain_rows(rows)}
    if not drawn or drawn[station_code]:
        return None
    taken = [code for code, is_drawn in drawn.items() if is_drawn]
    if not taken:
        return _("The optional stations of this entrant are not drawn yet.")
    return _("This entrant did not draw station {station}; drawn: {drawn}.").format(
        station=station_code, drawn="、".join(taken)
    )
