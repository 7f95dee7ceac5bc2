"""What an import would do to the pool, row by row, before anything is changed."""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import NamedTuple, TypeVar

from data import audit, models
from data.errors import NotAllowed
from data.i18n import _
from data.queries.plan import current_plan
from data.queries.roster_words import field_title, problem_text
from data.queries.sealing import names_sealed, todo
from data.rules.plan import Division, Unit
from data.rules.roster import CellProblem, Difference, Placement, Problem, RosterReading, RosterRow
from data.rules.roster_columns import REQUIRED, TableGuess
from data.store import Store

TEXT_FIELDS = ("name", "sex", "id_number", "title", "department", "phone", "note")
_DIGITS_OF = {"男": "13579", "女": "02468", "": "0123456789"}  # of the 17th place of an ID number
_YOUNGEST, _OLDEST = 16, 75  # years, of staff whose age is not worth a look

_UNIT_AND_GROUP, _NAME = attrgetter("unit", "group"), attrgetter("name")
_SHEET = attrgetter("file", "sheet")
_NUMBER, _FAULTY = attrgetter("id_number"), attrgetter("faulty")
_T = TypeVar("_T", bound=Hashable)


class PlannedRow(NamedTuple):
    """A row that can go in: where it goes, and what it changes (nothing: the same)."""

    row: RosterRow
    unit: Unit
    division: Division
    person_id: int | None
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class UnknownUnit:
    """A unit that the plan does not have: as the files write it, in how many rows, and the units that come near."""

    written: str
    rows: int
    near: tuple[str, ...]


@dataclass(frozen=True)
class ImportPreview:
    """What an import would do. Each refused row has one or more problems; a row is in one list only.

    refused: cells because of which a row stays out (row 0: a whole sheet or file).
    doubtful: cells that go in, but that somebody should look at. tables: how each sheet was understood.
    sheets: for each (file, sheet), its rows as they came. state: of the event, when this was found out.
    """

    added: tuple[PlannedRow, ...]
    changed: tuple[PlannedRow, ...]
    same: tuple[PlannedRow, ...]
    refused: tuple[CellProblem, ...]
    refused_rows: int
    notes: tuple[str, ...]
    rows: tuple[RosterRow, ...]
    files: int = 0
    tables: tuple[TableGuess, ...] = ()
    doubtful: tuple[CellProblem, ...] = ()
    unknown_units: tuple[UnknownUnit, ...] = ()
    sheets: Mapping[tuple[str, str], Sequence[Sequence[str]]] = field(default_factory=dict)
    state: str = ""


class _Stored(NamedTuple):
    id: int
    unit: int
    division: int
    name: str
    sex: str
    id_number: str | None
    title: str
    department: str
    phone: str
    note: str
    seeded: bool


class _Place(NamedTuple):
    """Where the rows of one unit and group go, or why they cannot."""

    unit: Unit | None
    division: Division | None
    problems: tuple[Problem, ...]


def preview_import(store: Store, reading: RosterReading, same_units: Mapping[str, str] | None = None) -> ImportPreview:
    """What importing these rows would do to the roster, row by row. Changes nothing.

    A person is found by ID number, else by name and unit. Texts that the file leaves empty stay as they are.
    same_units: units of the plan that a person chose for units as the files write them (`UnknownUnit.written`).

    Raises:
        NotAllowed: the names of this blind event are sealed, and a preview would show them.
    """
    rows: Sequence[RosterRow] = reading.rows
    if same_units:
        rows = [row._replace(unit=same_units.get(row.unit, row.unit)) for row in rows]
    with store.read():
        if names_sealed():
            raise NotAllowed(_("No roster is imported while the names of this blind event are sealed."), todo=todo())
        return _Import(store).preview(reading, rows)


class _Import:
    """Goes through the rows once, against the roster as it stands."""

    def __init__(self, store: Store) -> None:
        self._state = audit.head()
        plan = current_plan(store)
        self._placement = Placement(plan.units, plan.divisions)
        self._unit_names = {unit.id: unit.name for unit in plan.units}
        self._groups = {division.id: division.name for division in plan.divisions}
        year = int(plan.info.date[:4]) if plan.info.date else 0
        self._born = frozenset(str(born) for born in range(year - _OLDEST, year - _YOUNGEST + 1)) if year else None
        self._by_id: dict[str, _Stored] = {}
        self._by_name: dict[tuple[int | None, str], list[_Stored]] = {}
        fields = (getattr(models.Person, name) for name in _Stored._fields)
        for person in map(_Stored._make, models.Person.select(*fields).tuples()):
            if person.id_number:
                self._by_id[person.id_number] = person
            self._by_name.setdefault((person.unit, person.name), []).append(person)
        drawn = models.Entrant.select(models.Entrant.person).where(models.Entrant.person.is_null(False))
        left = models.Substitution.select(models.Substitution.left)
        self._drawn = {person_id for (person_id,) in (*drawn.tuples(), *left.tuples())}
        self._members = {person_id for (person_id,) in models.Member.select(models.Member.person).tuples()}
        self._seen_ids: dict[str, RosterRow] = {}
        self._seen_names: dict[
            tuple[int | None, str], RosterRow
        ] = {}  # the first of each name, with or without an ID number
        self._seen_without_id: dict[tuple[int | None, str], RosterRow] = {}
        self._taken: dict[int, RosterRow] = {}

    def preview(self, reading: RosterReading, rows: Sequence[RosterRow]) -> ImportPreview:
        added: list[PlannedRow] = []
        changed: list[PlannedRow] = []
        same: list[PlannedRow] = []
        refused = list(reading.problems)
        doubtful = list(reading.doubts)
        refused_rows = 0
        doubted: list[PlannedRow] = []
        unknown: dict[str, list[Problem]] = {}
        born = self._born
        repeated = _repeated(list(map(_NUMBER, rows)))
        places = self._places_of(rows)
        are_new = self._are_new(rows, places, repeated)
        contradicting = self._contradicting(rows, repeated)
        for row, place, is_new in zip(rows, places, are_new, strict=True):
            if is_new:
                added.append(tuple.__new__(PlannedRow, (row, place.unit, place.division, None, ())))
            else:
                outcome = contradicting.get(id(row)) or self._plan(row, place)
                if not isinstance(outcome, PlannedRow):
                    refused_rows += 1
                    refused += [_as_cell_problem(reading, row, problem) for problem in outcome]
                    if strange := next((problem for problem in outcome if problem.code == "unit_unknown"), None):
                        unknown.setdefault(row.unit, []).append(strange)
                    continue
                listed = added if outcome.person_id is None else changed if outcome.differences else same
                listed.append(outcome)
                if listed is not same:
                    doubted.append(outcome)
            number = row.id_number
            if number and (number[16:17] not in _DIGITS_OF.get(row.sex, "") or (born and number[6:10] not in born)):
                doubtful += [_as_cell_problem(reading, row, problem) for problem in self._id_doubts(row)]
        for planned in doubted:
            doubtful += [_as_cell_problem(reading, planned.row, problem) for problem in self._doubts(planned)]
        order = {name: index for index, name in enumerate(dict.fromkeys(map(_SHEET, rows)))}
        for problems in (refused, doubtful):
            problems.sort(key=lambda problem: (order.get((problem.file, problem.sheet), -1), problem.row))
        return ImportPreview(
            tuple(added),
            tuple(changed),
            tuple(same),
            tuple(refused),
            refused_rows,
            tuple(reading.warnings),
            tuple(rows),
            reading.files,
            tuple(reading.tables),
            tuple(doubtful),
            tuple(UnknownUnit(text, len(found), _near(found[0])) for text, found in unknown.items()),
            reading.sheets,
            self._state,
        )

    def _places_of(self, rows: Sequence[RosterRow]) -> list[_Place]:
        """The place of each row, found once for all of a unit and a group."""
        written = list(map(_UNIT_AND_GROUP, rows))
        places = {pair: self._find_place(*pair) for pair in set(written)}
        return [places[pair] for pair in written]

    def _are_new(self, rows: Sequence[RosterRow], places: Sequence[_Place], repeated: set[str]) -> list[bool]:
        """Whether a row is acceptable and about somebody whose ID number and name in the unit nobody else has,
        neither in this import nor on the roster. As good as all are: the others are looked at one by one."""
        known = {"", *repeated, *self._by_id}
        unit_ids = [place.unit.id if place.unit else None for place in places]
        named = list(zip(unit_ids, map(_NAME, rows), strict=True))
        called = _repeated(named) | self._by_name.keys()
        return [
            not faulty and number not in known and who not in called and division is not None and who[1] != ""
            for faulty, number, who, (_unit, division, _problems) in zip(
                map(_FAULTY, rows), map(_NUMBER, rows), named, places, strict=True
            )
        ]

    def _plan(self, row: RosterRow, place: _Place) -> PlannedRow | Sequence[Problem]:
        unit, division = place.unit, place.division
        if row.faulty or unit is None or division is None or not row.name:
            missing = [] if row.faulty else [Problem(name, "missing") for name in REQUIRED if not getattr(row, name)]
            return [*place.problems, *missing]
        twin = self._note_seen(row, unit)
        if twin is not None:
            return [Problem("id_number" if row.id_number else "name", "duplicate", (("place", _place(twin)),))]
        person = self._match(row, unit) if self._by_name else None
        if person is None:
            return PlannedRow(row, unit, division, None, ())
        if isinstance(person, Problem):
            return [person]
        if twin := self._taken.get(person.id):
            return [Problem("name", "duplicate", (("place", _place(twin)),))]
        self._taken[person.id] = row
        if person.id in self._drawn and (person.unit, person.division) != (unit.id, division.id):
            return [Problem("group" if person.unit == unit.id else "unit", "drawn")]
        if person.id in self._members and person.unit != unit.id:
            return [Problem("unit", "member")]
        return PlannedRow(row, unit, division, person.id, self._differences(person, row, unit, division))

    def _find_place(self, unit_name: str, group: str) -> _Place:
        if not unit_name:
            return _Place(None, None, ())
        unit = self._placement.unit(unit_name)
        if isinstance(unit, Problem):
            return _Place(None, None, (unit,))
        if not group:
            return _Place(unit, None, ())
        division = self._placement.division(unit, group)
        if isinstance(division, Problem):
            return _Place(unit, None, (division,))
        return _Place(unit, division, ())

    def _contradicting(self, rows: Sequence[RosterRow], repeated: set[str]) -> dict[int, list[Problem]]:
        """Rows with one ID number and several names or units, by id(): nobody can say which of them is right."""
        by_number: dict[str, list[RosterRow]] = {}
        for row in rows:
            if row.id_number and row.id_number in repeated:
                by_number.setdefault(row.id_number, []).append(row)
        found = {}
        for alike in by_number.values():
            who = [(row.name, self._find_place(row.unit, "").unit or row.unit) for row in alike]
            for row, person in zip(alike, who, strict=True):
                other = next((at for at, someone in enumerate(who) if someone != person), None)
                if other is not None:
                    found[id(row)] = [Problem("id_number", "same_id", (("place", _place(alike[other])),))]
        return found

    def _note_seen(self, row: RosterRow, unit: Unit) -> RosterRow | None:
        """The earlier row of this import that is about the same person, if any."""
        named = (unit.id, row.name)
        first = self._seen_names.setdefault(named, row)
        number = row.id_number
        if number:
            twin = self._seen_ids.get(number) or self._seen_without_id.get(named)
            self._seen_ids[number] = row
            return twin
        twin = self._seen_without_id.get(named)
        self._seen_without_id[named] = row
        return twin or (None if first is row else first)

    def _match(self, row: RosterRow, unit: Unit) -> _Stored | Problem | None:
        if row.id_number and (found := self._by_id.get(row.id_number)):
            return found
        named = self._by_name.get((unit.id, row.name), [])
        if row.id_number:
            named = [person for person in named if not person.id_number]
        if len(named) > 1:
            return Problem("id_number", "ambiguous")
        return named[0] if named else None

    def _id_doubts(self, row: RosterRow) -> list[Problem]:
        doubts = []
        if row.id_number[16:17] not in _DIGITS_OF.get(row.sex, ""):
            doubts.append(Problem("sex", "sex_differs"))
        year = row.id_number[6:10]
        if self._born and year not in self._born:
            doubts.append(Problem("id_number", "age", (("year", year),)))
        return doubts

    def _doubts(self, planned: PlannedRow) -> list[Problem]:
        row = planned.row
        if not row.id_number:
            return []
        if planned.person_id is None:
            named = (planned.unit.id, row.name)
            is_second = self._seen_names[named] is not row or named in self._by_name
            return [Problem("name", "namesake")] if is_second else []
        differing = {difference.field for difference in planned.differences}
        is_known = row.id_number in self._by_id
        return [Problem(field, "id_other") for field in ("name", "unit") if is_known and field in differing]

    def _differences(self, person: _Stored, row: RosterRow, unit: Unit, division: Division) -> tuple[Difference, ...]:
        found = []
        if person.unit != unit.id:
            found.append(Difference("unit", self._unit_names[person.unit], unit.name))
        if person.division != division.id:
            found.append(Difference("group", self._groups[person.division], division.name))
        for name in TEXT_FIELDS:
            before, after = getattr(person, name) or "", getattr(row, name)
            if after and after != before:
                found.append(Difference(name, before, after))
        if row.seeded is not None and row.seeded != bool(person.seeded):
            found.append(Difference("seeded", yes_no(not row.seeded), yes_no(row.seeded)))
        return tuple(found)


def _repeated(values: Sequence[_T]) -> set[_T]:
    """Those that come more than once."""
    if len(set(values)) == len(values):
        return set()
    return {value for value, times in Counter(values).items() if times > 1}


def _near(problem: Problem) -> tuple[str, ...]:
    return tuple(name for name in dict(problem.values)["near"].split("、") if name)


def yes_no(value: bool) -> str:
    """是 or 否 as people read it."""
    return _("yes") if value else _("no")


def _as_cell_problem(reading: RosterReading, row: RosterRow, problem: Problem) -> CellProblem:
    letter, header = reading.columns.get((row.file, row.sheet), {}).get(problem.field, ("", ""))
    if not header and problem.field:
        header = field_title(problem.field)
    return CellProblem(
        row.file, row.sheet, row.row, header, f"{letter}{row.row}" if letter else "", problem_text(problem)
    )


def _place(row: RosterRow) -> str:
    parts = [row.file, row.sheet, _("row {row}").format(row=row.row)]
    return ", ".join(part for part in parts if part)
