"""What a change of the plan may not take away: people, draws, and marks depend on it.

Every function runs inside the write of the change, on the rows as they stand before it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from data import models
from data.errors import NotAllowed
from data.i18n import _
from data.queries.division_marks import division_specs, station_specs
from data.queries.locks import LockRow, divisions_now, locks_held, since
from data.queries.sealing import LAYERS, called, is_sealed, todo
from data.rules.plan import Division, Plan, Sheet, Station, Unit
from data.rules.programme import choices
from data.rules.standings import DivisionSpec, StationSpec
from data.store import Writing

_ITEM_FIELDS = ("full_milli", "kind", "rule", "step_milli")


@dataclass(frozen=True)
class ClosedRules:
    """How the marks of each division and station that is locked become results, beside what closes it."""

    divisions: tuple[tuple[str, LockRow, DivisionSpec], ...] = ()
    stations: tuple[tuple[int, LockRow, StationSpec], ...] = ()


def closed_rules() -> ClosedRules:
    """What `check_closed` compares with; to be read before the plan changes."""
    held = locks_held()
    if not held:
        return ClosedRules()
    specs, stations = division_specs(), station_specs()
    closed = {code: [*filter(None, (one.own, *one.through))] for code, one in divisions_now().items()}
    ids = dict(models.Station.select(models.Station.code, models.Station.id).tuples())
    return ClosedRules(
        tuple((code, rows[0], specs[code]) for code, rows in closed.items() if rows),
        tuple((key, row, stations[key]) for row in held if row.station_code for key in [ids[row.station_code]]),
    )


def check_closed(before: ClosedRules) -> None:
    """Refuse a plan by which marks that are locked would give other results; weights and awards are part of it."""
    if before == ClosedRules():
        return
    specs, stations = division_specs(), station_specs()
    pairs: list[tuple[LockRow, object, object]] = [
        *((row, spec, specs.get(code)) for code, row, spec in before.divisions),
        *((row, spec, stations.get(key)) for key, row, spec in before.stations),
    ]
    for row, was, is_now in pairs:
        if is_now != was:
            raise NotAllowed(
                _("{title} is locked, so its weights, judging, tie ladder and awards stay.").format(title=row.title),
                where=since(row),
                todo=_("Let the chief judge reopen it with PIN and reason."),
            )


def check_blind(event: Any, blind: bool) -> None:
    """Refuse to switch blind marking on when the numbers are drawn, and off while anything is sealed.

    Switched on later it would hide nothing: the draw has shown the names beside the numbers.
    """
    if blind == event.blind:
        return
    if blind and models.Draw.select().where(models.Draw.kind == "numbers", models.Draw.state == "drawn").exists():
        raise NotAllowed(
            _("The numbers were drawn with names beside them, so blind marking cannot begin now."),
            todo=_("Void the numbers draw, switch blind marking on, and draw the numbers again."),
        )
    if any(map(is_sealed, LAYERS)):
        raise NotAllowed(_("The names are sealed, so blind marking cannot be switched off."), todo=todo())


def check_units(pairs: Sequence[tuple[Any | None, Unit]], gone: Sequence[Any]) -> None:
    """Refuse to remove a unit with people, or to move it to another category."""
    for row in gone:
        if _has_people(row, models.Person.unit, models.Entrant.unit):
            raise NotAllowed(
                _("The unit {name} has people on the roster, so it stays.").format(name=row.name),
                todo=_("Remove its people from the roster first, or mark them as withdrawn at check-in."),
            )
    for row, unit in pairs:
        if row and row.category != unit.category and _has_people(row, models.Person.unit, models.Entrant.unit):
            raise NotAllowed(
                _("The unit {name} has people in divisions of {category}, so its category stays.").format(
                    name=row.name, category=row.category
                ),
                todo=_("Remove its people from the roster first, then import them again."),
            )


def check_divisions(pairs: Sequence[tuple[Any | None, Division]], gone: Sequence[Any]) -> None:
    """Refuse to remove a division with people, or to alter what a draw was made by."""
    for row in gone:
        if _has_people(row, models.Person.division, models.Entrant.division):
            raise NotAllowed(
                _("The division {code} has people in it, so it stays.").format(code=row.code),
                todo=_("Remove its people from the roster first."),
            )
    for row, division in pairs:
        if row is None:
            continue
        if (row.category, row.entry) != (division.category, division.entry) and _has_people(
            row, models.Person.division, models.Entrant.division
        ):
            raise NotAllowed(
                _("The division {code} has people in it, so its category and way of entry stay.").format(code=row.code),
                todo=_("Remove its people from the roster first, or add another division."),
            )
        entrants = models.Entrant.select().where(models.Entrant.division == row.id)
        if (row.code, row.quota) != (division.code, division.quota) and entrants.exists():
            raise NotAllowed(
                _("The entrants of the division {code} were drawn, so its code and quota stay.").format(code=row.code),
                todo=_("Void the draw first; it stays on record."),
            )


def _has_people(row: Any, person_field: Any, entrant_field: Any) -> bool:
    people = models.Person.select().where(person_field == row.id)
    return bool(people.exists() or models.Entrant.select().where(entrant_field == row.id).exists())


def check_stations(
    pairs: Sequence[tuple[Any | None, Station]], gone: Sequence[Any], sheet_codes: dict[int, str]
) -> None:
    """Refuse to remove a station with marks, or to alter how its marks are made.

    Args:
        sheet_codes: the codes in the new plan of the stored mark sheets that stay, by id.
    """
    marked = _marked_stations()
    for row in gone:
        if row.id in marked:
            raise NotAllowed(
                _("The station {code} has marks, so it stays.").format(code=row.code),
                todo=_("Set its weight in the score components instead, if it shall not count as before."),
            )
    for row, station in pairs:
        if row is None or row.id not in marked:
            continue
        if (row.entry, row.judges) != (station.entry, station.judges):
            raise NotAllowed(
                _("The station {code} has marks, so its number of judges and way of entry stay.").format(code=row.code),
                todo=_("Keep them as they are; add another station for a different way of judging."),
            )
        if sheet_codes.get(row.sheet_id) != station.sheet:
            raise NotAllowed(
                _("The station {code} has marks, so its mark sheet stays.").format(code=row.code),
                todo=_("Keep the mark sheet; add another station for the other sheet."),
            )


def check_drawn_stations(pairs: Sequence[tuple[Any | None, Station]], gone: Sequence[Any]) -> None:
    """Refuse to remove or rename a station that was drawn, and to alter what the draw of its lanes was made by."""
    lanes_drawn = {row.station_id for row in models.DrawnLane.select(models.DrawnLane.station).distinct()}
    drawn = lanes_drawn | {row.station_id for row in models.DrawnStation.select(models.DrawnStation.station).distinct()}
    codes = {row.id: station.code for row, station in pairs if row is not None}
    for row in [row for row, _station in pairs if row is not None] + list(gone):
        if row.id in drawn and codes.get(row.id) != row.code:
            raise NotAllowed(
                _("The station {code} is in the results of a draw, so it stays with its code.").format(code=row.code),
                todo=_("Void the draws of lanes and optional stations first; they stay on record."),
            )
    for row, station in pairs:
        if row is None or row.id not in lanes_drawn:
            continue
        served = {link.division.code for link in models.StationDivision.select().where(_of_station(row.id))}
        if (row.lanes, served) != (station.lanes, set(station.divisions)):
            raise NotAllowed(
                _("The lanes of the station {code} were drawn, so their number and the divisions stay.").format(
                    code=row.code
                ),
                todo=_("Void the lane draw first; it stays on record."),
            )


def _of_station(station_id: int) -> Any:
    return models.StationDivision.station == station_id


def check_choices(
    plan: Plan, pairs: Sequence[tuple[Any | None, Division]], stations: Sequence[tuple[Any | None, Station]]
) -> None:
    """Refuse to alter which stations of a division are optional once that was drawn, or some have marks."""
    stored = _stored_choices()
    entered = _entered()
    for row, division in pairs:
        if row is None:
            continue
        old = stored.get(row.id, [])
        new = [(choice.stations, choice.count) for choice in choices(plan, division.code)]
        if new == old:
            continue
        for model in (models.DrawnStation, models.DrawnLane):
            if model.select().join(models.Entrant).where(models.Entrant.division == row.id).exists():
                raise NotAllowed(
                    _("Stations or lanes were drawn for the division {code}, so its optional stations stay.").format(
                        code=row.code
                    ),
                    todo=_("Void the draws of lanes and optional stations first; they stay on record."),
                )
        optional = {code for codes, _count in new for code in codes} - {code for codes, _count in old for code in codes}
        for station, value in stations:
            if station is not None and value.code in optional and (station.id, row.id) in entered:
                raise NotAllowed(
                    _(
                        "The station {station} has marks of the division {code}, so everyone of it performs there."
                    ).format(station=station.code, code=row.code),
                    todo=_("Leave this station out of the optional ones."),
                )


def _stored_choices() -> dict[int, list[tuple[tuple[str, ...], int]]]:
    """The codes of the optional stations and how many are drawn, choice by choice, by division id."""
    rows = (
        models.ComponentStation.select(models.Component, models.Station.code)
        .join(models.Component)
        .switch(models.ComponentStation)
        .join(models.Station)
        .order_by(models.Component.position, models.ComponentStation.position)
    )
    codes: dict[int, list[str]] = {}
    components: dict[int, models.Component] = {}
    for row in rows:
        components[row.component_id] = row.component
        codes.setdefault(row.component_id, []).append(row.station.code)
    found: dict[int, list[tuple[tuple[str, ...], int]]] = {}
    for key, component in components.items():
        found.setdefault(component.division_id, []).append((tuple(codes[key]), component.best))
    return found


def _entered() -> set[tuple[int, int]]:
    """Station id and division id wherever something was entered for a visit."""
    marked = models.Mark.select(models.Mark.visit)
    found = (
        models.Visit.select(models.Visit.station, models.Entrant.division)
        .join(models.Entrant)
        .where(
            models.Visit.id.in_(marked)
            | (models.Visit.state != "")
            | (models.Visit.penalty_milli != 0)
            | models.Visit.seconds_milli.is_null(False)
            | models.Visit.started_at.is_null(False)
        )
        .distinct()
    )
    return set(found.tuples())


def check_sheets(pairs: Sequence[tuple[Any | None, Sheet]]) -> None:
    """Refuse to alter the points, kinds, or number of the items of a sheet that has marks."""
    stations = {station.id: station.sheet_id for station in models.Station.select()}
    marked = {stations[station_id] for station_id in _marked_stations()}
    for row, sheet in pairs:
        if row is None or row.id not in marked:
            continue
        stored = {item.number: item for item in models.Item.select().where(models.Item.sheet == row.id)}
        wanted = {item.number: item for item in sheet.items}
        for number in sorted(stored.keys() | wanted.keys()):
            old, new = stored.get(number), wanted.get(number)
            if old and new and all(getattr(old, name) == getattr(new, name) for name in _ITEM_FIELDS):
                continue
            raise NotAllowed(
                _("The mark sheet {code} has marks, so the points and the marking of item {number} stay.").format(
                    code=row.code, number=number
                ),
                todo=_("Only its wording may change now."),
            )


def check_honours(gone: Sequence[Any]) -> None:
    """Refuse to take away an honour that was given by hand."""
    for honour in gone:
        if models.HonourGiven.select().where(models.HonourGiven.honour == honour.id).exists():
            raise NotAllowed(
                _("The honour {name} was given already, so it stays.").format(name=honour.name),
                todo=_("Its number and basis may still change."),
            )


def _marked_stations() -> set[int]:
    return {visit.station_id for visit in models.Visit.select(models.Visit.station).join(models.Mark).distinct()}


def drop_visits(writing: Writing, served: set[tuple[int, int]]) -> None:
    """Take the visits out of every timetable that no station serves any more.

    Args:
        served: (station id, division id) pairs of the new plan.

    Raises:
        NotAllowed: something was entered for such a visit.
    """
    entries = (models.Mark, models.Incident, models.Confirmation)
    used = {row.visit_id for model in entries for row in model.select(model.visit)}
    query = models.Visit.select(models.Visit, models.Entrant).join(models.Entrant)
    for visit in query:
        if (visit.station_id, visit.entrant.division_id) in served:
            continue
        entered = visit.state or visit.penalty_milli or visit.overtime_milli or visit.seconds_milli is not None
        if visit.id in used or entered or visit.started_at:
            words = _("{name} has marks at the station {station}, so the station stays with this division.")
            if visit.started_at:
                words = _("{name} has begun at the station {station}, so the station stays with this division.")
            raise NotAllowed(
                words.format(name=called(visit.entrant.number, visit.entrant.name), station=visit.station.code),
                todo=_("Leave the division at the station."),
            )
        for slot in models.Slot.select().where(models.Slot.visit == visit.id):
            writing.delete(slot)
        writing.delete(visit)


def closures_of(gone: Sequence[Any]) -> list[models.LaneClosure]:
    """The closed lanes of stations that go: they go with them."""
    return list(models.LaneClosure.select().where(models.LaneClosure.station.in_([row.id for row in gone])))
