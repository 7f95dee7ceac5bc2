"""What can be taken back on the floor: the visit that began last in a lane, incidents, a lane that nobody uses."""

from dataclasses import dataclass

from data import models
from data.local_time import minute_of
from data.queries import sealing
from data.queries.entrants import in_a_line
from data.queries.plain_rows import plain_rows
from data.queries.running_floor import newest_timetable
from data.store import Store


@dataclass(frozen=True)
class LastVisit:
    """The visit that began last in a lane. `has_ended`: its end is what would be taken back, else its start."""

    visit_id: int
    who: str
    has_ended: bool


@dataclass(frozen=True)
class IncidentRow:
    """What went wrong in a visit, with the time given back. `minute`: of the day, when it was noted."""

    id: int
    given_back_milli: int
    text: str
    minute: int


def last_visits(store: Store) -> dict[tuple[str, int], LastVisit]:
    """By station code and lane. A lane whose last visit has a sheet has none: what judges marked took place."""
    with store.read():
        who = sealing.who()
        visit, entrant, station = models.Visit, models.Entrant, models.Station
        query = (
            visit.select(visit.id, station.code, visit.ran_lane, entrant.number, who.name, visit.ended_at)
            .join(station)
            .switch(visit)
            .join(entrant)
            .join(models.Unit)
            .where(visit.started_at.is_null(False), visit.ran_lane.is_null(False))
            .order_by(visit.started_at, visit.id)
        )
        last = {
            (code, lane): LastVisit(visit_id, in_a_line(number, name), ended is not None)
            for visit_id, code, lane, number, name, ended in plain_rows(query)
        }
        sheets = models.Mark.select(models.Mark.visit).where(models.Mark.latest)
        marked = {visit_id for (visit_id,) in plain_rows(sheets)}
    return {lane: found for lane, found in last.items() if found.visit_id not in marked}


def incidents(store: Store, visit_id: int | None = None) -> dict[int, tuple[IncidentRow, ...]]:
    """The incidents of each visit (or of one) that has any, by visit, in the order they were noted."""
    table = models.Incident
    query = table.select(table.visit, table.id, table.given_back_milli, table.text, table.at).order_by(table.id)
    if visit_id is not None:
        query = query.where(table.visit == visit_id)
    found: dict[int, tuple[IncidentRow, ...]] = {}
    with store.read():
        for visit, row_id, milli, text, at in plain_rows(query):
            found[visit] = (*found.get(visit, ()), IncidentRow(row_id, milli, text, minute_of(at)))
    return found


def removable_lanes(store: Store) -> frozenset[tuple[str, int]]:
    """The last lane of each station, by code and number, where nothing is planned, took place or was drawn."""
    station, slot, visit = models.Station, models.Slot, models.Visit
    with store.read():
        timetable = newest_timetable()
        planned = slot.select(visit.station, slot.lane).join(visit).distinct()
        planned = planned.where(slot.timetable == (timetable.id if timetable else None))
        ran = visit.select(visit.station, visit.ran_lane).where(visit.ran_lane.is_null(False)).distinct()
        used = {*plain_rows(planned), *plain_rows(ran)}
        drawn = {row_id for (row_id,) in plain_rows(models.DrawnLane.select(models.DrawnLane.station).distinct())}
        stations = plain_rows(station.select(station.id, station.code, station.lanes).where(station.lanes > 1))
    return frozenset(
        (code, lanes) for row_id, code, lanes in stations if (row_id, lanes) not in used and row_id not in drawn
    )
