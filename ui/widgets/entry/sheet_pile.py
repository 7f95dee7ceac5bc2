"""The sheets that are due, as the entry desk holds them between two readings of the event file."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from data.queries.scores import QueueRow, queue
from data.queries.sealing import hides_names
from data.store import Store

Seat = tuple[int, int]  # visit id and judge's seat: one sheet


def seat_of(row: QueueRow) -> Seat:
    """Which sheet a row is."""
    return (row.visit_id, row.seat)


class SheetPile:
    """All sheets in the order of the paper pile. Many thousand of them: no question here goes through all twice."""

    def __init__(self, rows: Sequence[QueueRow] = ()) -> None:
        self._rows = list(rows)
        self._places: dict[int, list[int]] = {}  # of the sheets of a visit
        for place, row in enumerate(self._rows):
            self._places.setdefault(row.visit_id, []).append(place)
        self._missing = sum(row.total_milli is None for row in self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def missing(self) -> int:
        """How many sheets are not in yet."""
        return self._missing

    def of_visit(self, visit_id: int) -> list[QueueRow]:
        """The sheets of one visit, by seat."""
        return [self._rows[place] for place in self._places.get(visit_id, ())]

    def rows(self, station_code: str, *, missing_only: bool) -> list[QueueRow]:
        """The sheets of a station, of all with an empty code."""
        if missing_only:
            return [
                row
                for row in self._rows
                if row.total_milli is None and (not station_code or row.station_code == station_code)
            ]
        return [row for row in self._rows if not station_code or row.station_code == station_code]

    def note(self, seat: Seat, total_milli: int, version: int) -> bool:
        """Take a mark in that was handed in; False where the pile knows it, or a later one, or not the sheet."""
        for place in self._places.get(seat[0], ()):
            row = self._rows[place]
            if seat_of(row) == seat and row.version < version:
                self._missing -= row.total_milli is None
                self._rows[place] = replace(row, total_milli=total_milli, version=version)
                return True
        return False


@dataclass(frozen=True)
class PileReading:
    """What the entry desk shows of one moment. nameless: contestants are numbers alone (盲评)."""

    pile: SheetPile
    nameless: bool


def read_pile(store: Store) -> PileReading:
    """Every sheet that is due, in or not; it may run in a worker thread."""
    return PileReading(SheetPile(queue(store, only_missing=False)), hides_names(store))
