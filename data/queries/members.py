"""The members of teams: people of the roster who perform in a team, and perhaps alone as well."""

from collections import defaultdict
from dataclasses import dataclass

from data import models
from data.queries import entrants, name_order
from data.queries.entrants import EntrantRow
from data.queries.sealing import names_sealed
from data.store import Store


@dataclass(frozen=True)
class UnitMember:
    """Somebody of the team's unit. `number`: the contestant number of who competes alone, too, else empty.

    `teams`: the other teams that the person is in, by number or name.
    """

    person_id: int
    name: str
    division: str
    competes: bool
    number: str
    teams: tuple[str, ...]
    is_member: bool


@dataclass(frozen=True)
class Team:
    """A team and the people of its unit by pinyin, nobody while the names are sealed.

    has_performed: something was marked or began, so a change of the members needs a reason.
    """

    entrant: EntrantRow
    people: tuple[UnitMember, ...]
    has_performed: bool
    sealed: bool

    @property
    def members(self) -> tuple[UnitMember, ...]:
        return tuple(one for one in self.people if one.is_member)


def team(store: Store, entrant_id: int) -> Team:
    """A team with everyone who could be in it.

    Raises:
        NotFound: there is no such entrant.
    """
    with store.read():
        row = entrants.entrant(store, entrant_id)
        sealed = names_sealed()
        people = () if sealed else tuple(_people(entrant_id))
        return Team(row, people, has_performed(entrant_id), sealed)


def members_by_team(store: Store) -> dict[int, tuple[str, ...]]:
    """The names of the members of each team that has some, by pinyin; nobody while the names are sealed."""
    with store.read():
        if names_sealed():
            return {}
        rows = models.Member.select(models.Member.entrant, models.Person.name).join(models.Person)
        found: dict[int, list[str]] = defaultdict(list)
        for entrant, name in rows.tuples():
            found[entrant].append(name)
    return {entrant: tuple(sorted(names, key=name_order.by_pinyin)) for entrant, names in found.items()}


def has_performed(entrant_id: int) -> bool:
    """Whether a visit of this entrant was marked, missed, or has begun. Runs inside `store.read()`."""
    marked = models.Mark.select(models.Mark.visit)
    begun = (
        models.Visit.id.in_(marked)
        | (models.Visit.state != "")
        | models.Visit.started_at.is_null(False)
        | models.Visit.seconds_milli.is_null(False)
    )
    return bool(models.Visit.select().where(models.Visit.entrant == entrant_id, begun).exists())


def is_member(person_id: int) -> bool:
    """Whether a person is in a team. Runs inside `store.read()`."""
    return bool(models.Member.select().where(models.Member.person == person_id).exists())


def _people(entrant_id: int) -> list[UnitMember]:
    unit = models.Entrant.get(models.Entrant.id == entrant_id).unit_id
    own = {
        person: number or ""
        for person, number in models.Entrant.select(models.Entrant.person, models.Entrant.number)
        .where(models.Entrant.unit == unit, models.Entrant.person.is_null(False))
        .tuples()
    }
    teams: dict[int, dict[int, str]] = defaultdict(dict)
    rows = models.Member.select(models.Member.person, models.Entrant).join(models.Entrant)
    for row in rows.where(models.Entrant.unit == unit):
        teams[row.person_id][row.entrant_id] = row.entrant.number or row.entrant.name
    people = models.Person.select(models.Person, models.Division).join(models.Division)
    found = [
        UnitMember(
            person.id,
            person.name,
            f"{person.division.category}·{person.division.name}",
            person.id in own,
            own.get(person.id, ""),
            tuple(called for team_id, called in teams[person.id].items() if team_id != entrant_id),
            entrant_id in teams[person.id],
        )
        for person in people.where(models.Person.unit == unit)
    ]
    return sorted(found, key=lambda one: (name_order.by_pinyin(one.name), one.person_id))
