"""Score entry: the sheet to fill, the pile of what is not in yet, and how far each station is."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from peewee import fn

from data import models
from data.errors import NotFound
from data.i18n import _
from data.queries import programme, sealing
from data.queries.division_marks import COUNTING, missing_seats
from data.queries.plain_rows import plain_rows
from data.queries.plan import items_of
from data.queries.running_undo import IncidentRow, incidents
from data.queries.stand_ins import in_force, lane_of_visit, stand_ins_of
from data.rules.marksheet import Value, from_json, full_mark
from data.rules.plan import Item
from data.rules.ranking import OUT
from data.store import Store


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

    `judge` is empty and `lane` None where the plan or the schedule does not say; a reserve judge sits there
    `instead_of` the one who is recused, who is not named while names are sealed. `state` is that of
    the visit or else of the entrant; one of data/rules/ranking.OUT means that no mark is due. `overtime_milli` are
    seconds. `will_not_come`: the chief judge confirmed that the visit is combined without this sheet.
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
    instead_of: str = ""
    overtime_milli: int = 0
    incidents: tuple[IncidentRow, ...] = ()
    will_not_come: bool = False

    @property
    def mark(self) -> MarkVersion | None:
        """The mark that counts."""
        return self.versions[0] if self.versions else None

    @property
    def place(self) -> str:
        """Who is where, in words; a name that is sealed is in none."""
        return f"{self.number or self.name} · {self.station_name}"


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


def stations(store: Store) -> list[tuple[str, str]]:
    """Code and name of each station, in the order of the plan."""
    station = models.Station
    with store.read():
        return [
            (code, name)
            for code, name in plain_rows(station.select(station.code, station.name).order_by(station.position))
        ]


def find_visit(store: Store, entrant_id: int, station_code: str) -> int:
    """The visit of an entrant to a station.

    Raises:
        NotFound: there is none, or the entrant did not draw this optional station.
    """
    with store.read():
        text = programme.not_drawn_text(entrant_id, station_code)
        if text:
            raise NotFound(
                text, todo=_("Check the station; a mark counts only where the entrant was drawn to perform.")
            )
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
        entrant, station, sealed = visit.entrant, visit.station, sealing.names_sealed()
        lane = lane_of_visit(visit_id)
        reserve = stand_ins_of(visit_id).get(seat)
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
            name=entrant.number if sealed else entrant.name,
            unit="" if sealed else entrant.unit.name,
            division_code=entrant.division.code,
            station_code=station.code,
            station_name=station.name,
            lane=lane,
            judge=reserve.name if reserve else judge.name if judge else "",
            instead_of=reserve.instead_of if reserve else "",
            sheet_name=station.sheet.name,
            full_milli=full_mark(items),
            items=items,
            seconds_milli=visit.seconds_milli,
            penalty_milli=visit.penalty_milli,
            overtime_milli=visit.overtime_milli,
            incidents=incidents(store, visit_id).get(visit_id, ()),
            will_not_come=seat in missing_seats(visit_id).get(visit_id, ()),
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
    """The sheets that are due, in the order of the paper pile: station, lane, time, judge.

    A sheet that will not come, as the chief judge confirmed, is not due.
    """
    where = is_due()
    if station_code is not None:
        where &= models.Station.code == station_code
    if only_missing:
        where &= _handed_in() < models.Station.judges
    with store.read():
        visits = plain_rows(_pile(where))
        marks = _latest() if visits else {}
        missing = missing_seats()
    return [
        QueueRow(visit, one, *texts, *marks.get((visit, one), (None, 0)))
        for visit, judges, *texts in visits
        for one in range(1, judges + 1)
        if seat in (None, one) and not (only_missing and (visit, one) in marks) and one not in missing.get(visit, ())
    ]


def progress(store: Store) -> list[StationProgress]:
    """How many sheets of each station are in, in the order of the plan. A sheet that will not come is not due."""
    visits = _sheets_in(is_due())
    counts = visits.select_from(
        visits.c.station_id,
        fn.COUNT(visits.c.station_id),
        fn.SUM(visits.c.sheets_in),
        fn.SUM(visits.c.sheets_in == visits.c.judges),
    ).group_by(visits.c.station_id)
    with store.read():
        stations = list(models.Station.select().order_by(models.Station.position))
        found = {station: numbers for station, *numbers in plain_rows(counts)}
        missing = missing_seats()
        short = plain_rows(_sheets_in(is_due() & models.Visit.id.in_(list(missing)))) if missing else []
    fewer, ended = Counter[int](), Counter[int]()
    for station, judges, visit, sheets_in in short:
        fewer[station] += len(missing[visit])
        ended[station] += sheets_in == judges - len(missing[visit])
    progress = []
    for station in stations:
        due, sheets_in, done = found.get(station.id, (0, 0, 0))
        sheets = due * station.judges - fewer[station.id]
        progress.append(StationProgress(station.code, station.name, sheets, sheets_in, due, done + ended[station.id]))
    return progress


def _sheets_in(where: Any) -> Any:
    """Station, judges, visit and sheets that are in of these visits."""
    return (
        models.Visit.select(
            models.Visit.station, models.Station.judges, models.Visit.id, fn.COUNT(models.Mark.id).alias("sheets_in")
        )
        .join(models.Entrant)
        .join_from(models.Visit, models.Station)
        .join_from(models.Visit, models.Mark, "LEFT JOIN", on=COUNTING)
        .where(where)
        .group_by(models.Visit.id)
    )


def is_due() -> Any:
    """The condition for visits of which marks are wanted, in a select that joins Visit and Entrant.

    Whoever is out, be it at one station alone, is out of the division: no further mark of his is waited for. Nor
    is one at an optional station that was not drawn.
    """
    left = models.Visit.alias()
    inside = models.Entrant.state.not_in(OUT) & models.Visit.entrant.not_in(
        left.select(left.entrant).where(left.state != "")
    )
    return inside & programme.is_performed()


def _handed_in() -> Any:
    """How many sheets of a visit are in."""
    return models.Mark.select(fn.COUNT(models.Mark.id)).where(COUNTING)


def theory_entrants(store: Store) -> frozenset[int]:
    """The entrants whose theory mark is in."""
    with store.read():
        marks = models.TheoryMark.select(models.TheoryMark.entrant).where(models.TheoryMark.latest)
        return frozenset(entrant for (entrant,) in marks.tuples())


def _pile(where: Any) -> Any:
    """The visits in the order of the paper pile: id, judges, and the fields of a QueueRow up to the start.

    Runs inside `store.read()`.
    """
    slot, entrant, who = models.Slot, models.Entrant, sealing.who()
    return (
        models.Visit.select(
            models.Visit.id,
            models.Station.judges,
            entrant.id,
            entrant.number,
            who.name,
            who.unit,
            models.Division.code,
            models.Station.code,
            models.Station.name,
            slot.lane,
            slot.starts_minute,
        )
        .join(models.Station)
        .join_from(models.Visit, entrant)
        .join(models.Unit)
        .join_from(entrant, models.Division)
        .join_from(models.Visit, slot, "LEFT JOIN", on=(slot.visit == models.Visit.id) & (slot.timetable == in_force()))
        .where(where)
        .order_by(
            models.Station.position,
            slot.lane.asc(nulls="LAST"),
            slot.starts_minute.asc(nulls="LAST"),
            entrant.draw_order.asc(nulls="LAST"),
            models.Division.position,
            models.Visit.id,
        )
    )


def _latest() -> dict[tuple[int, int], tuple[int, int]]:
    """Total and version of every mark that counts, by visit and seat."""
    rows = models.Mark.select(models.Mark.visit, models.Mark.seat, models.Mark.total_milli, models.Mark.version).where(
        models.Mark.latest
    )
    return {(visit, seat): (total, version) for visit, seat, total, version in plain_rows(rows)}
