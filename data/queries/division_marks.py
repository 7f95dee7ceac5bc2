"""What the rules of scoring need of divisions, read with a fixed number of queries."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from peewee import fn

from data import models
from data.queries.plain_rows import GIVEN, Prepared, plain_rows
from data.queries.plan import items_by_sheet
from data.queries.programme import drawn_stations
from data.rules.alarms import MISSING
from data.rules.awards import Level
from data.rules.marksheet import full_mark
from data.rules.standings import (
    TEAM_SUM,
    ComponentSpec,
    DivisionResult,
    DivisionSpec,
    EntrantMarks,
    EntrantResult,
    StationSpec,
    VisitMarks,
    entrant_result,
    source,
    stand,
    team_result,
)

# The marks of a visit that count, in a select that joins Visit and Station.
COUNTING = (models.Mark.visit == models.Visit.id) & models.Mark.latest & (models.Mark.seat <= models.Station.judges)
_NOTHING_DRAWN: frozenset[str] = frozenset()


def station_specs() -> dict[int, StationSpec]:
    """Every station by its row."""
    items = items_by_sheet()
    return {
        row.id: StationSpec(row.code, full_mark(items.get(row.sheet_id, ())), row.combine, row.judges)
        for row in models.Station.select()
    }


def division_specs() -> dict[str, DivisionSpec]:
    """Every division by its code, in their order."""
    stations = station_specs()
    divisions = list(models.Division.select().order_by(models.Division.position))
    codes = {row.id: row.code for row in divisions}
    components: dict[int, list[ComponentSpec]] = {row.id: [] for row in divisions}
    optional: dict[int, list[StationSpec]] = {}
    for link in models.ComponentStation.select().order_by(models.ComponentStation.position):
        optional.setdefault(link.component_id, []).append(stations[link.station_id])
    for row in models.Component.select().order_by(models.Component.position):
        components[row.division_id].append(
            ComponentSpec(
                row.name,
                row.source,
                row.weight_milli,
                stations.get(row.station_id),
                codes.get(row.of_division_id, ""),
                row.best or 0,
                tuple(optional.get(row.id, ())),
            )
        )
    levels: dict[int, list[Level]] = {row.id: [] for row in divisions}
    for row in models.AwardLevel.select().order_by(models.AwardLevel.position):
        levels[row.division_id].append(Level(row.name, row.count, row.percent_milli, row.least_milli))
    playoffs = models.Event.get().ties == "playoff"
    shared: dict[int, set[frozenset[int]]] = {row.id: set() for row in divisions}
    for decision in models.TieDecision.select():
        shared[decision.division_id].add(frozenset(decision.entrants))
    return {
        row.code: DivisionSpec(
            row.code,
            tuple(components[row.id]),
            row.tie_rule,
            tuple(levels[row.id]),
            playoffs,
            frozenset(shared[row.id]),
        )
        for row in divisions
    }


def entrant_marks(codes: Collection[str]) -> dict[str, list[EntrantMarks]]:
    """Everything that counts of the entrants of these divisions, in the order of the draw."""
    wanted = models.Division.code.in_(list(codes))
    visits = _visits(plain_rows(_visit_rows(wanted)), missing_seats())
    theory = dict(plain_rows(_theory_rows(wanted)))
    drawn = drawn_stations()
    found: dict[str, list[EntrantMarks]] = {code: [] for code in codes}
    for code, *values in plain_rows(_entrant_rows(wanted)):
        entrant = values[0]
        marks = _marks(values, visits.get(entrant, {}), theory.get(entrant), drawn.get(entrant, _NOTHING_DRAWN))
        found[code].append(marks)
    return found


def marks_of(entrant_id: int) -> EntrantMarks | None:
    """Everything that counts of one entrant, None where there is none. Runs inside `store.read()`."""
    rows = _ENTRANT.rows(entrant_id)
    if not rows:
        return None
    visits = _visits(_VISITS.rows(entrant_id), _seats(_MISSING.rows(MISSING, 1, entrant_id)))
    theory = dict(_THEORY.rows(entrant_id))
    drawn = frozenset(code for (code,) in _DRAWN.rows(entrant_id))
    return _marks(rows[0][1:], visits.get(entrant_id, {}), theory.get(entrant_id), drawn)


def _marks(
    values: Sequence[Any], visits: Mapping[str, VisitMarks], theory: int | None, drawn: frozenset[str]
) -> EntrantMarks:
    entrant, unit, state, playoff = values
    return EntrantMarks(entrant, unit, state, visits, theory, playoff, drawn)


def _entrant_rows(wanted: Any) -> Any:
    """Code of the division, entrant, unit, state and place in the play-off, in the order of the draw."""
    return (
        models.Entrant.select(
            models.Division.code,
            models.Entrant.id,
            models.Entrant.unit,
            models.Entrant.state,
            models.Playoff.place,
        )
        .join(models.Division)
        .switch(models.Entrant)
        .join(models.Playoff, "LEFT JOIN")
        .where(wanted)
        .order_by(models.Entrant.draw_order.is_null(), models.Entrant.draw_order, models.Entrant.id)
    )


def _visit_rows(wanted: Any) -> Any:
    # One row a visit instead of one a mark: a third of the rows to carry into Python.
    return (
        models.Visit.select(
            models.Visit.id,
            models.Visit.entrant,
            models.Station.code,
            models.Visit.penalty_milli,
            models.Visit.seconds_milli,
            models.Visit.state,
            fn.GROUP_CONCAT(models.Mark.total_milli),
            fn.MAX(models.Mark.failed),
        )
        .join(models.Entrant)
        .join(models.Division)
        .join_from(models.Visit, models.Station)
        .join_from(models.Visit, models.Mark, "LEFT JOIN", on=COUNTING)
        .where(wanted)
        .group_by(models.Visit.id)
    )


def _visits(
    rows: Iterable[tuple[Any, ...]], missing: Mapping[int, tuple[int, ...]]
) -> dict[int, dict[str, VisitMarks]]:
    found: dict[int, dict[str, VisitMarks]] = {}
    for visit, entrant, station, penalty, seconds, state, texts, failed in rows:
        totals = tuple(map(int, texts.split(","))) if texts else ()
        found.setdefault(entrant, {})[station] = VisitMarks(
            totals, penalty, seconds, state, bool(failed), missing.get(visit, ())
        )
    return found


def missing_seats(visit_id: int | None = None) -> dict[int, tuple[int, ...]]:
    """The seats whose sheet will not come, by visit, of one visit or of all; runs inside `store.read()`.

    The chief judge confirmed it, and it holds only as long as no mark of the seat is in.
    """
    return _seats(plain_rows(_missing_rows(MISSING, 1)) if visit_id is None else _MISSING_OF.rows(MISSING, 1, visit_id))


def _missing_rows(kind: Any, first: Any) -> Any:
    confirmed = models.Confirmation
    in_time = (models.Mark.visit == confirmed.visit) & (models.Mark.seat == confirmed.seat) & models.Mark.latest
    return (
        confirmed.select(confirmed.visit, confirmed.seat)
        .join(models.Visit)
        .join(models.Station)
        .join_from(confirmed, models.Mark, "LEFT JOIN", on=in_time)
        .where(
            confirmed.kind == kind,
            models.Mark.id.is_null(),
            confirmed.seat.between(first, models.Station.judges),
        )
        .distinct()
        .order_by(confirmed.visit, confirmed.seat)
    )


def _seats(rows: Iterable[tuple[Any, ...]]) -> dict[int, tuple[int, ...]]:
    found: dict[int, tuple[int, ...]] = {}
    for visit, seat in rows:
        found[visit] = (*found.get(visit, ()), seat)
    return found


def _theory_rows(wanted: Any) -> Any:
    return (
        models.TheoryMark.select(models.TheoryMark.entrant, models.TheoryMark.value_milli)
        .join(models.Entrant)
        .join(models.Division)
        .where(wanted, models.TheoryMark.latest)
    )


_ONE = models.Entrant.id == GIVEN
_ENTRANT = Prepared(lambda: _entrant_rows(_ONE))
_VISITS = Prepared(lambda: _visit_rows(_ONE))
_MISSING_OF = Prepared(lambda: _missing_rows(GIVEN, GIVEN).where(models.Confirmation.visit == GIVEN))
_MISSING = Prepared(lambda: _missing_rows(GIVEN, GIVEN).where(models.Visit.entrant == GIVEN))
_THEORY = Prepared(lambda: _theory_rows(_ONE))
_DRAWN = Prepared(
    lambda: (
        models.DrawnStation.select(models.Station.code).join(models.Station).where(models.DrawnStation.entrant == GIVEN)
    )
)


def results(specs: Mapping[str, DivisionSpec], codes: Collection[str]) -> dict[str, list[EntrantResult]]:
    """The results of these divisions, and of those that their team sums are made of."""
    origins = {spec.of_division for code in codes for spec in specs[code].components if spec.source == TEAM_SUM}
    marks = entrant_marks({*codes, *origins})
    single = {code for code in marks if not any(spec.source == TEAM_SUM for spec in specs[code].components)}
    found = {code: [entrant_result(specs[code], one) for one in marks[code]] for code in single}
    sources = {code: source(specs[code], found[code]) for code in origins}
    for code in marks.keys() - single:
        found[code] = [team_result(specs[code], one, sources) for one in marks[code]]
    return found


def division_results(specs: Mapping[str, DivisionSpec], codes: Collection[str]) -> dict[str, DivisionResult]:
    """The standings of these divisions by code, in the order given."""
    found = results(specs, codes)
    return {code: stand(specs[code], found[code]) for code in codes}
