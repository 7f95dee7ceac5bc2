"""What a change of the plan may not take away: people, draws, and marks depend on it.

Every function runs inside the write of the change, on the rows as they stand before it.
"""

from collections.abc import Sequence
from typing import Any

from data import models
from data.errors import NotAllowed
from data.i18n import _
from data.rules.plan import Division, Sheet, Station, Unit
from data.store import Writing

_ITEM_FIELDS = ("full_milli", "kind", "rule", "step_milli")


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


def _marked_stations() -> set[int]:
    return {visit.station_id for visit in models.Visit.select(models.Visit.station).join(models.Mark).distinct()}


def drop_visits(writing: Writing, served: set[tuple[int, int]]) -> None:
    """Take the visits out of every timetable that no station serves any more.

    Args:
        served: (station id, division id) pairs of the new plan.

    Raises:
        NotAllowed: something was entered for such a visit.
    """
    used = {mark.visit_id for mark in models.Mark.select(models.Mark.visit)}
    query = models.Visit.select(models.Visit, models.Entrant).join(models.Entrant)
    for visit in query:
        if (visit.station_id, visit.entrant.division_id) in served:
            continue
        if visit.id in used or visit.state or visit.penalty_milli or visit.seconds_milli is not None:
            raise NotAllowed(
                _("{name} has marks at the station {station}, so the station stays with this division.").format(
                    name=visit.entrant.name, station=visit.station.code
                ),
                todo=_("Leave the division at the station."),
            )
        for slot in models.Slot.select().where(models.Slot.visit == visit.id):
            writing.delete(slot)
        writing.delete(visit)
