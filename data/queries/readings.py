"""Second entry (复核): which sheets somebody else types again, how far that is, and where two typings differ.

Nothing here hands out what the first person typed, but for `dispute`, which there is only after a second typing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from data import models
from data.errors import NotFound
from data.i18n import _
from data.queries import scores
from data.queries.division_marks import COUNTING, division_results, division_specs
from data.queries.plain_rows import plain_rows
from data.queries.plan import items_of
from data.queries.scores import QueueRow
from data.rules import readings as rules
from data.rules.marksheet import Value, from_json
from data.rules.plan import Item
from data.rules.readings import Difference, Typing
from data.store import Store


@dataclass(frozen=True)
class ReadRow:
    """A sheet that is in and is due for a second typing, or had one.

    state: "" | agreed | differs | settled. `first` and `second` are the names of who typed.
    """

    visit_id: int
    seat: int
    entrant_id: int
    number: str | None
    name: str
    unit: str
    division_code: str
    station_code: str
    station_name: str
    lane: int | None
    starts_minute: int | None
    state: str
    first: str
    second: str

    @property
    def is_verified(self) -> bool:
        """Whether two people agree on what the paper says."""
        return self.state in rules.VERIFIED


@dataclass(frozen=True)
class Unread:
    """A sheet that still is to be typed a second time, or (`differs`) to be settled."""

    visit_id: int
    seat: int
    entrant_id: int
    division_code: str
    station_code: str
    differs: bool


@dataclass(frozen=True)
class BlankSheet:
    """A sheet as the second person gets it: everything but what was typed of it.

    `total_only`: of the first typing there is only a total, so the second one is of a total too. `first`: who typed
    first. state: as of a ReadRow.
    """

    visit_id: int
    seat: int
    judges: int
    number: str | None
    name: str
    unit: str
    station_code: str
    station_name: str
    lane: int | None
    judge: str
    items: tuple[Item, ...]
    full_milli: int
    total_only: bool
    first: str
    state: str


@dataclass(frozen=True)
class Dispute:
    """Two typings of a sheet that differ, for who looks at the paper again. Values by item number."""

    sheet: BlankSheet
    second: str  # who typed second
    first_values: Mapping[int, Value]
    first_milli: int
    paper_milli: int
    differences: tuple[Difference, ...]


def due(store: Store) -> list[ReadRow]:
    """The sheets that the event wants typed twice, as far as they are in, in the order of the paper pile."""
    with store.read():
        chosen = _chosen()
        pile = scores.queue(store, only_missing=False) if chosen else []
    return [_row(row, chosen[row.visit_id, row.seat]) for row in pile if (row.visit_id, row.seat) in chosen]


def _row(row: QueueRow, typed: "_Chosen") -> ReadRow:
    return ReadRow(
        row.visit_id,
        row.seat,
        row.entrant_id,
        row.number,
        row.name,
        row.unit,
        row.division_code,
        row.station_code,
        row.station_name,
        row.lane,
        row.starts_minute,
        typed.state,
        typed.first,
        typed.second,
    )


def unread() -> list[Unread]:
    """What stands between the marks and results that two people typed.

    Runs inside `store.read()`.
    """
    return [
        Unread(visit, seat, one.entrant_id, one.division_code, one.station_code, one.state == rules.DIFFERS)
        for (visit, seat), one in _chosen(is_open=True).items()
    ]


def blank_sheet(store: Store, visit_id: int, seat: int) -> BlankSheet:
    """A sheet to be typed a second time.

    Raises:
        NotFound: there is no such sheet, or it is not in yet.
    """
    with store.read():
        sheet = scores.open_sheet(store, visit_id, seat)
        mark = sheet.mark
        if mark is None:
            raise NotFound(
                _("This sheet was not entered yet."),
                where=sheet.place,
                todo=_("Enter it first; then somebody else types it a second time."),
            )
        reading = _reading(visit_id, seat)
        return BlankSheet(
            visit_id,
            seat,
            sheet.judges,
            sheet.number,
            sheet.name,
            sheet.unit,
            sheet.station_code,
            sheet.station_name,
            sheet.lane,
            sheet.judge,
            sheet.items,
            sheet.full_milli,
            mark.total_only,
            mark.actor,
            reading.state if reading else "",
        )


def dispute(store: Store, visit_id: int, seat: int) -> Dispute:
    """Where the two typings of a sheet differ, side by side.

    Raises:
        NotFound: there is no such sheet, or nothing about it is undecided.
    """
    with store.read():
        sheet = blank_sheet(store, visit_id, seat)
        if sheet.state != rules.DIFFERS:
            raise NotFound(
                _("Nothing is undecided about this sheet."), where=scores.open_sheet(store, visit_id, seat).place
            )
        reading = _reading(visit_id, seat)
        first, second = typings(reading.mark, reading)
        return Dispute(
            sheet,
            reading.actor,
            from_json(first.values),
            first.sum_milli,
            second.paper_milli,
            rules.compare(first, second),
        )


def typings(mark: models.Mark, reading: models.Reading) -> tuple[Typing, Typing]:
    """The two typings of a sheet. Runs inside `store.read()`."""
    items = items_of(mark.visit.station.sheet_id)
    return (
        Typing(mark.values, mark.total_milli, mark.total_milli),
        rules.second_typing(items, reading.values, reading.total_milli),
    )


def _reading(visit_id: int, seat: int) -> Any:
    """The second typing of the mark that counts, or None."""
    rows = models.Reading.select(models.Reading, models.Mark).join(models.Mark)
    return rows.where(models.Mark.visit == visit_id, models.Mark.seat == seat, models.Mark.latest).first()


@dataclass(frozen=True)
class _Chosen:
    """A sheet that is in and due; the fields as of a ReadRow."""

    entrant_id: int
    division_code: str
    station_code: str
    state: str
    first: str
    second: str


def _chosen(*, is_open: bool = False) -> dict[tuple[int, int], _Chosen]:
    """The sheets that are in and due by the event's policy, by visit and seat.

    is_open: only those that two people do not agree on yet.
    """
    event = models.Event.get_or_none()
    if event is None or event.verify == rules.NONE:
        return {}
    is_wanted = _policy(event)
    wanted = scores.is_due()
    if is_open:
        wanted &= models.Reading.state.is_null() | models.Reading.state.not_in(rules.VERIFIED)
    rows = (
        models.Mark.select(
            models.Mark.visit,
            models.Mark.seat,
            models.Entrant.id,
            models.Entrant.token,
            models.Station.code,
            models.Division.code,
            models.Reading.state,
            models.Mark.actor,
            models.Reading.actor,
        )
        .join(models.Visit)
        .join(models.Station)
        .join_from(models.Visit, models.Entrant)
        .join(models.Division)
        .join_from(models.Mark, models.Reading, "LEFT JOIN")
        .where(COUNTING, wanted)
        .order_by(models.Mark.visit, models.Mark.seat)
    )
    return {
        (visit, seat): _Chosen(entrant, division, station, state or "", first, second or "")
        for visit, seat, entrant, token, station, division, state, first, second in plain_rows(rows)
        if is_wanted(entrant, f"{token}/{station}/{seat}")
    }


def _policy(event: models.Event) -> Callable[[int, str], bool]:
    """Whether a sheet is due, by its entrant and by what tells it from others."""
    if event.verify == rules.SAMPLE:
        salt = f"{event.code}/{event.created_at}"
        return lambda _entrant, sheet: rules.in_sample(salt, sheet, event.verify_percent)
    if event.verify == rules.TOP:
        top = _top(event.verify_top)
        return lambda entrant, _sheet: entrant in top
    return lambda _entrant, _sheet: True


def _top(places: int) -> set[int]:
    """The entrants at the first places of each division by the standings now, and who counts for a unit's total."""
    specs = division_specs()
    return {
        key
        for result in division_results(specs, specs).values()
        for standing in result.standings
        if standing.place is not None and standing.place.place <= places
        for key in (standing.result.key, *standing.result.members)
    }
