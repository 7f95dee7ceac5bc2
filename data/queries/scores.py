"""Score entry: the sheet to fill, the pile of what is not in yet, and how far each station is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from data import models
from data.errors import NotFound
from data.i18n import _
from data.queries.plain_rows import plain_rows
from data.rules.marksheet import Value, from_json, full_mark
from data.rules.plan import Item
from data.rules.ranking import OUT
from data.store import Store

_LAST = 1 << 30  # after every real lane, minute and number


@dataclass(frozen=True)
class MarkVersion:
    """One version of a judge's sheet: what it said, who gave it in, when, and why it was changed."""

    version: int
    total_milli: int
    total_only: bool
    failed: bool
    values: Mapping[int, Value]
    actor: str
    at: str
    reason: str


@dataclass(frozen=True)
class OpenSheet:
    """A judge's sheet of a visit, filled or not. `versions`: latest first, empty when not in yet.

    `judge` is empty and `lane` None where the plan or the schedule does not say. `state` is that of
    the visit or else of the entrant; one of data/rules/ranking.OUT means that no mark is due.
    """

    visit_id: int
    seat: int
    judges: int
    entrant_id: int
    number: str | None
    name: str
    unit: str
    division_code: str
    station_code: str
    station_name: str
    lane: int | None
    judge: str
    sheet_name: str
    full_milli: int
    items: tuple[Item, ...]
    seconds_milli: int | None
    penalty_milli: int
    visit_state: str
    state: str
    versions: tuple[MarkVersion, ...]

    @property
    def mark(self) -> MarkVersion | None:
        """The mark that counts."""
        return self.versions[0] if self.versions else None


@dataclass(frozen=True)
class QueueRow:
    """One judge's sheet of one visit. `total_milli` is None until it is in."""

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
    total_milli: int | None
    version: int


@dataclass(frozen=True)
class StationProgress:
    """Sheets and visits due at a station, without entrants who are out, and how many are in."""

    code: str
    name: str
    sheets: int
    sheets_in: int
    visits: int
    visits_done: int


def items_of(sheet_id: int) -> tuple[Item, ...]:
    """The items of a mark sheet in their order; runs inside `store.read()`."""
    rows = models.Item.select().where(models.Item.sheet == sheet_id).order_by(models.Item.number)
    return tuple(
        Item(number, section, text, full_milli, kind, rule, step_milli, row_id)
        for row_id, _sheet, number, section, text, full_milli, kind, rule, step_milli in plain_rows(rows)
    )


def find_visit(store: Store, entrant_id: int, station_code: str) -> int:
    """The visit of an entrant to a station.

    Raises:
        NotFound: there is none.
    """
    with store.read():
        found = (
            models.Visit.select(models.Visit.id)
            .join(models.Station)
            .where(models.Visit.entrant == entrant_id, models.Station.code == station_code)
            .tuples()
            .first()
        )
    if found is None:
        raise NotFound(
            _("This entrant has no visit to station {station}.").format(station=station_code),
            todo=_("Check the station, or make the schedule first."),
        )
    return int(found[0])


def open_sheet(store: Store, visit_id: int, seat: int) -> OpenSheet:
    """The sheet of one judge's seat of a visit.

    Raises:
        NotFound: there is no such visit, or the station has no such seat.
    """
    with store.read():
        visit = models.Visit.select().where(models.Visit.id == visit_id).first()
        if visit is None or not 1 <= seat <= visit.station.judges:
            raise NotFound(
                _("There is no such mark sheet."),
                todo=_("Check the station and the judge, or make the schedule first."),
            )
        entrant, station = visit.entrant, visit.station
        slots = _slots(models.Slot.visit == visit_id)
        lane = slots[visit_id][0] if visit_id in slots else None
        judge = models.Judge.get_or_none(
            models.Judge.station == station.id, models.Judge.lane == lane, models.Judge.seat == seat
        )
        marks = (
            models.Mark.select()
            .where(models.Mark.visit == visit_id, models.Mark.seat == seat)
            .order_by(models.Mark.version.desc())
        )
        items = items_of(station.sheet_id)
        return OpenSheet(
            visit_id=visit_id,
            seat=seat,
            judges=station.judges,
            entrant_id=entrant.id,
            number=entrant.number,
            name=entrant.name,
            unit=entrant.unit.name,
            division_code=entrant.division.code,
            station_code=station.code,
            station_name=station.name,
            lane=lane,
            judge=judge.name if judge else "",
            sheet_name=station.sheet.name,
            full_milli=full_mark(items),
            items=items,
            seconds_milli=visit.seconds_milli,
            penalty_milli=visit.penalty_milli,
            visit_state=visit.state,
            state=visit.state or entrant.state,
            versions=tuple(
                MarkVersion(
                    mark.version,
                    mark.total_milli,
                    mark.total_only,
                    mark.failed,
                    from_json(mark.values),
                    mark.actor,
                    mark.at,
                    mark.reason,
                )
                for mark in marks
            ),
        )


def queue(
    store: Store, station_code: str | None = None, seat: int | None = None, *, only_missing: bool = True
) -> list[QueueRow]:
    """The sheets that are due, in the order of the paper pile: station, lane, time, judge."""
    with store.read():
        stations = {row.id: row for row in models.Station.select()}
        visits = [row for row in _due() if station_code in (None, stations[row.station_id].code)]
        slots = _slots()
        marks = _latest()

    def pile(visit: _DueVisit) -> tuple[int, int, int, int]:
        lane, starts = slots.get(visit.id, (_LAST, _LAST))
        return (stations[visit.station_id].position, lane, starts, visit.draw_order or _LAST)

    return [
        QueueRow(
            visit.id,
            one,
            visit.entrant_id,
            visit.number,
            visit.name,
            visit.unit,
            visit.division_code,
            stations[visit.station_id].code,
            stations[visit.station_id].name,
            *slots.get(visit.id, (None, None)),
            *marks.get((visit.id, one), (None, 0)),
        )
        for visit in sorted(visits, key=pile)
        for one in range(1, stations[visit.station_id].judges + 1)
        if seat in (None, one) and not (only_missing and (visit.id, one) in marks)
    ]


def progress(store: Store) -> list[StationProgress]:
    """How many sheets of each station are in, in the order of the plan."""
    with store.read():
        stations = list(models.Station.select().order_by(models.Station.position))
        visits = _due()
        marks = _latest()
    found = []
    for station in stations:
        handed_in = [
            sum((visit.id, seat) in marks for seat in range(1, station.judges + 1))
            for visit in visits
            if visit.station_id == station.id
        ]
        found.append(
            StationProgress(
                code=station.code,
                name=station.name,
                sheets=len(handed_in) * station.judges,
                sheets_in=sum(handed_in),
                visits=len(handed_in),
                visits_done=sum(count == station.judges for count in handed_in),
            )
        )
    return found


def theory_entrants(store: Store) -> frozenset[int]:
    """The entrants whose theory mark is in."""
    with store.read():
        marks = models.TheoryMark.select(models.TheoryMark.entrant).where(models.TheoryMark.latest)
        return frozenset(entrant for (entrant,) in marks.tuples())


@dataclass(frozen=True)
class _DueVisit:
    id: int
    station_id: int
    entrant_id: int
    number: str | None
    name: str
    draw_order: int | None
    unit: str
    division_code: str


def _due() -> list[_DueVisit]:
    """The visits of everyone who is not out."""
    rows = (
        models.Visit.select(
            models.Visit.id,
            models.Visit.station,
            models.Entrant.id,
            models.Entrant.number,
            models.Entrant.name,
            models.Entrant.draw_order,
            models.Unit.name,
            models.Division.code,
        )
        .join(models.Entrant)
        .join(models.Unit)
        .join_from(models.Entrant, models.Division)
        .where(models.Visit.state == "", models.Entrant.state.not_in(OUT))
        .order_by(models.Division.position, models.Entrant.draw_order, models.Visit.id)
    )
    return [_DueVisit(*values) for values in plain_rows(rows)]


def _slots(where: Any = True) -> dict[int, tuple[int, int]]:
    """Lane and start of each visit in the timetable in force."""
    in_force = models.Timetable.select(models.Timetable.id).order_by(models.Timetable.number.desc()).limit(1)
    rows = models.Slot.select(models.Slot.visit, models.Slot.lane, models.Slot.starts_minute).where(
        models.Slot.timetable == in_force, where
    )
    return {visit: (lane, starts) for visit, lane, starts in plain_rows(rows)}


def _latest() -> dict[tuple[int, int], tuple[int, int]]:
    """Total and version of every mark that counts, by visit and seat."""
    rows = models.Mark.select(models.Mark.visit, models.Mark.seat, models.Mark.total_milli, models.Mark.version).where(
        models.Mark.latest
    )
    return {(visit, seat): (total, version) for visit, seat, total, version in plain_rows(rows)}
