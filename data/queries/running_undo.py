"""What can be taken back on the floor: of each lane the visit that began there last, unless a sheet of it is in."""

from dataclasses import dataclass

from data import models
from data.queries import sealing
from data.queries.entrants import in_a_line
from data.queries.plain_rows import plain_rows
from data.store import Store


@dataclass(frozen=True)
class LastVisit:
    """The visit that began last in a lane. `has_ended`: its end is what would be taken back, else its start."""

    visit_id: int
    who: str
    has_ended: bool


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
