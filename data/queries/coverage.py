"""Whom the years of an event cover: who competed before, and how much of each unit's staff has by now."""

from collections import Counter
from dataclasses import dataclass

from data import models
from data.queries.plain_rows import plain_rows
from data.rules.identity import is_named_key
from data.store import Store


@dataclass(frozen=True)
class CoverageRow:
    """How much of a unit's staff has competed within the event's years, this event included."""

    unit: str
    staff: int
    before: int  # competed in the years before
    selected: int  # compete now and did not before

    @property
    def covered(self) -> int:
        return self.before + self.selected


def coverage(store: Store) -> list[CoverageRow]:
    """How much of each unit's pool the event's years cover, in the order of the units."""
    with store.read():
        past = past_people()
        selected = {person for (person,) in models.Entrant.select(models.Entrant.person).tuples() if person is not None}
        staff: Counter[int] = Counter()
        before: Counter[int] = Counter()
        now: Counter[int] = Counter()
        pool = models.Person.select(models.Person.id, models.Person.unit).join(models.Division)
        for person, unit in pool.where(models.Division.entry == "individual").tuples():
            staff[unit] += 1
            before[unit] += person in past
            now[unit] += person in selected and person not in past
        units = models.Unit.select().order_by(models.Unit.position)
        return [CoverageRow(unit.name, staff[unit.id], before[unit.id], now[unit.id]) for unit in units]


def past_people() -> set[int]:
    """People (row ids) who competed in one of the `coverage_years` before the year of the event.

    A person is found by ID number; where the roster or the history has none, by name and unit.
    Runs inside `store.read()`.
    """
    event = models.Event.get_or_none()
    if event is None or not event.coverage_years or not event.date:
        return set()
    year = int(event.date[:4])
    entries = models.PastEntry.select(
        models.PastEntry.id_number, models.PastEntry.name, models.PastEntry.unit_name
    ).where(models.PastEntry.year < year, models.PastEntry.year >= year - event.coverage_years)
    numbers: set[str] = set()
    names: set[tuple[str, str]] = set()
    nameless: set[tuple[str, str]] = set()
    for id_number, name, unit in plain_rows(entries):
        names.add((name, unit))
        if is_named_key(id_number):
            nameless.add((name, unit))
        else:
            numbers.add(id_number)
    people = models.Person.select(models.Person.id, models.Person.id_number, models.Person.name, models.Unit.name).join(
        models.Unit
    )
    return {
        row_id
        for row_id, id_number, name, unit in plain_rows(people)
        if id_number in numbers or (name, unit) in (nameless if id_number else names)
    }
