"""One participating unit: who it has registered, who competes, and how much of its staff the years cover."""

from collections import Counter
from dataclasses import dataclass

from data import models
from data.errors import NotFound
from data.i18n import _
from data.queries import roster
from data.queries.plan import current_plan
from data.queries.reserves import reserve_places
from data.queries.roster import PersonRow
from data.queries.sealing import names_sealed
from data.rules.plan import Unit
from data.store import Store

COMPETES, RESERVE, REPLACED, RECENT, REMAINS = "competes", "reserve", "replaced", "recent", "remains"
PARTS = (COMPETES, RESERVE, REPLACED, RECENT, REMAINS)  # in the order in which a unit's people are listed


@dataclass(frozen=True)
class UnitPerson:
    """One of the unit's people and what the person is in this event.

    part: one of PARTS (REPLACED: drawn, but another took the place; RECENT: competed within the years that
    count; REMAINS: none of these). reserve: the place among the reserves, kept when the reserve competes.
    number: the contestant number.
    """

    person: PersonRow
    part: str
    reserve: int | None = None
    number: str | None = None


@dataclass(frozen=True)
class UnitDivision:
    """The unit's people in one division of individuals. places: how many may compete; seeded: without a draw."""

    code: str
    title: str
    registered: int
    places: int
    seeded: int
    drawn: int
    reserves: int
    people: tuple[UnitPerson, ...]  # by part, reserves in their order; none while names are sealed


@dataclass(frozen=True)
class UnitSummary:
    """A unit as its page shows it.

    history: (year, people of the unit who competed), the latest first, this event's year left out.
    years: how many years before this event count. staff: people in divisions of individuals; before: of these,
    who competed within the years; selected: who compete now and did not before.
    sealed: the names of a blind event are closed, and there are counts alone.
    """

    unit: Unit
    divisions: tuple[UnitDivision, ...]
    history: tuple[tuple[int, int], ...]
    years: int
    staff: int
    before: int
    selected: int
    sealed: bool

    @property
    def covered(self) -> int:
        return self.before + self.selected

    @property
    def remaining(self) -> int:
        """People whom neither the years nor this event cover."""
        return self.staff - self.covered

    @property
    def covered_milli(self) -> int | None:
        """The per cent covered in 1/1000, half up; None without staff."""
        return (200_000 * self.covered + self.staff) // (2 * self.staff) if self.staff else None


def unit_summary(store: Store, unit_name: str) -> UnitSummary:
    """Everything about a unit.

    Raises:
        NotFound: the event has no unit of this name.
    """
    with store.read():
        plan = current_plan(store)
        unit = next((one for one in plan.units if one.name == unit_name), None)
        if unit is None:
            raise NotFound(_("This unit is not in the event any more."), todo=_("Look the unit up again."))
        sealed = names_sealed()
        people = _people(store, unit)
        divisions = []
        for division in plan.divisions:
            if division.entry != "individual" or division.category != unit.category:
                continue
            members = [one for one in people if one.person.division_code == division.code]
            divisions.append(
                UnitDivision(
                    division.code,
                    division.title,
                    len(members),
                    division.quota,
                    sum(one.person.seeded for one in members),
                    sum(one.part == COMPETES for one in members),
                    sum(one.reserve is not None for one in members),
                    () if sealed else tuple(members),
                )
            )
        staff = {one.code for one in plan.divisions if one.entry == "individual"}
        counted = [one for one in people if one.person.division_code in staff]
        return UnitSummary(
            unit,
            tuple(divisions),
            _history(unit_name, plan.info.date),
            plan.info.coverage_years,
            len(counted),
            sum(one.person.recent for one in counted),
            sum(one.part == COMPETES and not one.person.recent for one in counted),
            sealed,
        )


def _people(store: Store, unit: Unit) -> list[UnitPerson]:
    reserves = reserve_places()
    left = {person for (person,) in models.Substitution.select(models.Substitution.left).tuples()}
    numbers = dict(
        models.Entrant.select(models.Entrant.id, models.Entrant.number).where(models.Entrant.unit == unit.id).tuples()
    )
    people = []
    for row in roster.people(store, unit=unit.name):
        if row.entrant_id is not None:
            part = COMPETES
        elif row.id in left:
            part = REPLACED
        elif row.id in reserves:
            part = RESERVE
        else:
            part = RECENT if row.recent else REMAINS
        number = None if row.entrant_id is None else numbers.get(row.entrant_id)
        people.append(UnitPerson(row, part, reserves.get(row.id), number))
    return sorted(people, key=_place)


def _place(one: UnitPerson) -> tuple[int, int, int]:
    return PARTS.index(one.part), one.reserve or 0, one.person.id


def _history(unit_name: str, date: str) -> tuple[tuple[int, int], ...]:
    years = models.PastEntry.select(models.PastEntry.year).where(models.PastEntry.unit_name == unit_name)
    counts = Counter(year for (year,) in years.tuples() if str(year) != date[:4])
    return tuple(sorted(counts.items(), reverse=True))
