"""Simulated judges hand in the sheets of one visit after the other."""

from collections import defaultdict

from data.actions import marks
from data.queries.plan import current_plan
from data.queries.readings import ReadRow
from data.queries.scores import QueueRow, queue
from data.rules.plan import Item
from data.simulation import Simulation
from data.store import Store


class Judging:
    """The sheets that are not in yet, and who fills them in."""

    def __init__(self, store: Store, actor: str, simulation: Simulation) -> None:
        self._store = store
        self._actor = actor
        self._simulation = simulation
        plan = current_plan(store)
        self._minutes = {station.code: station.minutes for station in plan.stations}
        self._items = {station.code: plan.sheet(station.sheet).items for station in plan.stations}
        self._judges = {(judge.station, judge.lane, judge.seat): judge.name for judge in plan.judges}
        self.due = sorted(queue(store), key=lambda row: (row.starts_minute or 0, row.visit_id, row.seat))

    def by_visit(self) -> dict[int, list[QueueRow]]:
        """The sheets that are due, visit by visit."""
        found: dict[int, list[QueueRow]] = defaultdict(list)
        for row in self.due:
            found[row.visit_id].append(row)
        return found

    def seconds_milli(self, row: QueueRow) -> int:
        """How long the visit of this sheet takes."""
        who = f"{row.division_code}/{row.number}"
        return self._simulation.seconds_milli(who, row.station_code, self._minutes[row.station_code])

    def items(self, row: QueueRow | ReadRow) -> tuple[Item, ...]:
        """The items of this sheet."""
        return self._items[row.station_code]

    def names(self, row: QueueRow | ReadRow) -> tuple[str, str, str]:
        """Entrant, station and judge of this sheet, as the simulation tells them apart."""
        seat = row.station_code, row.lane or 0, row.seat
        judge = self._judges.get(seat, "/".join(map(str, seat)))
        return f"{row.division_code}/{row.number}", row.station_code, judge

    def hand_in(self, row: QueueRow) -> None:
        """Fill in this sheet; with the first of a visit go its seconds."""
        values = self._simulation.sheet(self.items(row), *self.names(row))
        marks.hand_in(self._store, self._actor, row.visit_id, row.seat, values)
        if row.seat == 1:
            seconds = self.seconds_milli(row)
            marks.set_visit(self._store, self._actor, row.visit_id, seconds_milli=seconds)
