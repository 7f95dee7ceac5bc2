"""The pool (备选人员): who is on it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from data import models
from data.errors import NotAllowed, NotFound
from data.i18n import _
from data.queries import sealing
from data.queries.coverage import past_people
from data.queries.plan import entry_plan
from data.rules import identity
from data.store import Store


@dataclass(frozen=True)
class PersonRow:
    """One member of staff as a table shows it: the ID number is masked.

    `last_year` is the latest earlier year in which the person competed; `recent`: so lately that a
    selection takes others first. `entrant_id` is None while not drawn.
    """

    id: int
    name: str
    unit: str
    unit_short: str
    division_code: str
    division_title: str
    sex: str
    id_masked: str
    title: str
    department: str
    phone: str
    seeded: bool
    note: str
    last_year: int | None
    recent: bool
    entrant_id: int | None


@dataclass(frozen=True)
class PersonDetails:
    """One person to be edited, with the ID number in full."""

    id: int
    unit: str
    name: str
    group: str
    sex: str
    id_number: str
    title: str
    department: str
    phone: str
    seeded: bool
    note: str
    drawn: bool


@dataclass(frozen=True)
class PoolCount:
    """The pool of one unit in one division. quota: places; covered: competed within the years that count."""

    unit: str
    unit_short: str
    division_code: str
    division_title: str
    registered: int
    quota: int
    drawn: int
    seeded: int
    covered: int


def people(store: Store, division_code: str | None = None, unit: str | None = None) -> list[PersonRow]:
    """Everyone of the pool, by unit and division as in the plan, then as they were added.

    Who competes has no name, and nothing that tells who it is, while the names of a blind event are sealed.
    """
    with store.read():
        recent = past_people()
        last_years = _last_years()
        drawn = dict(
            models.Entrant.select(models.Entrant.person, models.Entrant.id)
            .where(models.Entrant.person.is_null(False))
            .tuples()
        )
        query = (
            models.Person.select(
                models.Person.id,
                models.Person.name,
                models.Unit.name,
                models.Unit.short,
                models.Division.code,
                models.Division.category,
                models.Division.name,
                models.Person.sex,
                models.Person.id_number,
                models.Person.title,
                models.Person.department,
                models.Person.phone,
                models.Person.seeded,
                models.Person.note,
            )
            .join(models.Unit)
            .switch(models.Person)
            .join(models.Division)
            .order_by(models.Unit.position, models.Division.position, models.Person.id)
        )
        if division_code is not None:
            query = query.where(models.Division.code == division_code)
        if unit is not None:
            query = query.where(models.Unit.name == unit)
        found = [_person(values, last_years, recent, drawn) for values in query.tuples()]
        if not sealing.names_sealed():
            return found
        return [row if row.entrant_id is None else _unknown(row) for row in found]


def _unknown(row: PersonRow) -> PersonRow:
    """A contestant of whom no more is told than that one competes."""
    word = sealing.sealed_word()
    return replace(row, name=word, id_masked="", title="", department="", phone="", note="", last_year=None)


def _person(values: tuple[Any, ...], last_years: dict[str, int], recent: set[int], drawn: dict[int, int]) -> PersonRow:
    row_id, name, unit, short, code, category, group, sex, id_number, *rest = values
    title, department, phone, seeded, note = rest
    return PersonRow(
        row_id,
        name,
        unit,
        short or unit,
        code,
        f"{category}·{group}",
        sex,
        identity.mask_id_number(id_number or ""),
        title,
        department,
        phone,
        bool(seeded),
        note,
        last_years.get(id_number or ""),
        row_id in recent,
        drawn.get(row_id),
    )


def person(store: Store, person_id: int) -> PersonDetails:
    """One person with every field.

    Raises:
        NotFound: there is no such person.
        NotAllowed: the person competes, and the names of this blind event are sealed.
    """
    with store.read():
        row = models.Person.get_or_none(models.Person.id == person_id)
        if row is None:
            raise NotFound(_("This person is not on the roster any more."), todo=_("Look the person up again."))
        drawn = models.Entrant.select().where(models.Entrant.person == person_id).exists()
        if drawn and sealing.names_sealed():
            raise NotAllowed(_("The names of this blind event are sealed."), todo=sealing.todo())
        return PersonDetails(
            row.id,
            row.unit.name,
            row.name,
            row.division.name,
            row.sex,
            row.id_number or "",
            row.title,
            row.department,
            row.phone,
            bool(row.seeded),
            row.note,
            drawn,
        )


def pool_counts(store: Store, staff: Iterable[PersonRow] | None = None) -> list[PoolCount]:
    """Every unit with every individual division of its category, in the order of the plan.

    staff: everyone of the pool, where they are read already.
    """
    with store.read():
        plan = entry_plan(store)
        pool: dict[tuple[str, str], list[PersonRow]] = {}
        for row in people(store) if staff is None else staff:
            pool.setdefault((row.unit, row.division_code), []).append(row)
        counts = []
        for unit in plan.units:
            for division in plan.divisions:
                if division.entry != "individual" or division.category != unit.category:
                    continue
                members = pool.get((unit.name, division.code), [])
                counts.append(
                    PoolCount(
                        unit.name,
                        unit.short or unit.name,
                        division.code,
                        division.title,
                        len(members),
                        division.quota,
                        sum(row.entrant_id is not None for row in members),
                        sum(row.seeded for row in members),
                        sum(row.recent for row in members),
                    )
                )
        return counts


def history_size(store: Store) -> int:
    """How many entries of earlier years the event knows."""
    with store.read():
        return int(models.PastEntry.select().count())


def _last_years() -> dict[str, int]:
    past = models.PastEntry.select(models.PastEntry.id_number, models.PastEntry.year).order_by(models.PastEntry.year)
    return dict(past.tuples())
