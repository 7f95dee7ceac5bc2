"""What an import would do to the pool, row by row, before anything is changed."""

from dataclasses import dataclass
from typing import Any

from data import models
from data.errors import NotAllowed
from data.i18n import _
from data.queries.plan import current_plan
from data.queries.sealing import names_sealed, todo
from data.queries.roster_words import field_title, problem_text
from data.rules import roster
from data.rules.plan import Division, Unit
from data.rules.roster import CellProblem, Difference, Problem, RosterReading, RosterRow
from data.rules.roster_columns import REQUIRED, TableGuess
from data.store import Store

TEXT_FIELDS = ("name", "sex", "id_number", "title", "department", "phone", "note")


@dataclass(frozen=True)
class PlannedRow:
    """A row that can go in: where it goes, and what it changes (nothing: the same)."""

    row: RosterRow
    unit: Unit
    division: Division
    person_id: int | None
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class ImportPreview:
    """What an import would do. Each refused row has one or more problems; a row is in one list only.

    tables: how each sheet was understood. doubtful: cells of rows that go in, but that somebody should look at.
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


def preview_import(store: Store, reading: RosterReading) -> ImportPreview:
    """What importing these rows would do to the roster, row by row. Changes nothing.

    A person is found by ID number, else by name and unit. Texts that the file leaves empty stay as they are.

    Raises:
        NotAllowed: the names of this blind event are sealed, and a preview would show them.
    """
    with store.read():
        if names_sealed():
            raise NotAllowed(_("No roster is imported while the names of this blind event are sealed."), todo=todo())
        return _Import(store).preview(reading)


class _Import:
    """Goes through the rows once, against the roster as it stands."""

    def __init__(self, store: Store) -> None:
        plan = current_plan(store)
        self._placement = roster.Placement(plan.units, plan.divisions)
        self._units: dict[str, Unit | Problem] = {}
        self._divisions: dict[tuple[str, str], Division | Problem] = {}
        self._unit_names = {unit.id: unit.name for unit in plan.units}
        self._groups = {division.id: division.name for division in plan.divisions}
        self._by_id: dict[str, dict[str, Any]] = {}
        self._by_name: dict[tuple[str, str], list[dict[str, Any]]] = {}
        for row in models.Person.select().dicts():
            if row["id_number"]:
                self._by_id[row["id_number"]] = row
            self._by_name.setdefault((self._unit_names[row["unit"]], row["name"]), []).append(row)
        drawn = models.Entrant.select(models.Entrant.person).where(models.Entrant.person.is_null(False))
        self._drawn = {person_id for (person_id,) in drawn.tuples()}
        self._seen: dict[tuple[str, ...], RosterRow] = {}
        self._taken: dict[int, RosterRow] = {}

    def preview(self, reading: RosterReading) -> ImportPreview:
        added: list[PlannedRow] = []
        changed: list[PlannedRow] = []
        same: list[PlannedRow] = []
        refused = list(reading.problems)
        refused_rows = 0
        other_sex = 0
        for row in reading.rows:
            outcome = self._plan(row)
            if isinstance(outcome, PlannedRow):
                other_sex += roster.sex_differs(row.sex, row.id_number)
                (added if outcome.person_id is None else changed if outcome.differences else same).append(outcome)
            else:
                refused_rows += 1
                refused += [_as_cell_problem(reading, row, problem) for problem in outcome]
        notes = list(reading.warnings)
        if other_sex:
            notes.append(
                _("In {n} rows the sex is not the one that the ID number says; they are accepted.").format(n=other_sex)
            )
        order = {name: index for index, name in enumerate(dict.fromkeys(row.file for row in reading.rows))}
        refused.sort(key=lambda problem: (order.get(problem.file, -1), problem.sheet, problem.row))
        return ImportPreview(
            tuple(added),
            tuple(changed),
            tuple(same),
            tuple(refused),
            refused_rows,
            tuple(notes),
            tuple(reading.rows),
            reading.files,
            tuple(reading.tables),
        )

    def _plan(self, row: RosterRow) -> PlannedRow | list[Problem]:
        unit = self._unit(row.unit)
        division = self._division(unit, row.group)
        problems = [found for found in (unit, division) if isinstance(found, Problem)]
        if not row.faulty:
            problems += [Problem(name, "missing") for name in REQUIRED if not getattr(row, name)]
        if row.faulty or problems or not isinstance(unit, Unit) or not isinstance(division, Division):
            return problems
        twin = self._note_seen(row, unit)
        if twin is not None:
            return [Problem("", "duplicate", (("place", _place(twin)),))]
        person = self._match(row, unit)
        if isinstance(person, Problem):
            return [person]
        if person is None:
            return PlannedRow(row, unit, division, None, ())
        twin = self._taken.setdefault(person["id"], row)
        if twin is not row:
            return [Problem("", "duplicate", (("place", _place(twin)),))]
        if person["id"] in self._drawn and (person["unit"], person["division"]) != (unit.id, division.id):
            return [Problem("group" if person["unit"] == unit.id else "unit", "drawn")]
        return PlannedRow(row, unit, division, person["id"], self._differences(person, row, unit, division))

    def _unit(self, name: str) -> Unit | Problem | None:
        if not name:
            return None
        if name not in self._units:
            self._units[name] = self._placement.unit(name)
        return self._units[name]

    def _division(self, unit: Unit | Problem | None, group: str) -> Division | Problem | None:
        if not isinstance(unit, Unit) or not group:
            return None
        key = (unit.category, group)
        if key not in self._divisions:
            self._divisions[key] = self._placement.division(unit, group)
        return self._divisions[key]

    def _note_seen(self, row: RosterRow, unit: Unit) -> RosterRow | None:
        """The earlier row of this import that is about the same person, if any."""
        nameless = (unit.name, row.name, "")
        keys = [("id", row.id_number), nameless] if row.id_number else [nameless, (unit.name, row.name)]
        twin = next((self._seen[key] for key in keys if key in self._seen), None)
        if twin is None:
            self._seen[("id", row.id_number) if row.id_number else nameless] = row
            self._seen.setdefault((unit.name, row.name), row)
        return twin

    def _match(self, row: RosterRow, unit: Unit) -> dict[str, Any] | Problem | None:
        if row.id_number and (found := self._by_id.get(row.id_number)):
            return found
        named = self._by_name.get((unit.name, row.name), [])
        if row.id_number:
            named = [person for person in named if not person["id_number"]]
        if len(named) > 1:
            return Problem("id_number", "ambiguous")
        return named[0] if named else None

    def _differences(
        self, person: dict[str, Any], row: RosterRow, unit: Unit, division: Division
    ) -> tuple[Difference, ...]:
        found = []
        if person["unit"] != unit.id:
            found.append(Difference("unit", self._unit_names[person["unit"]], unit.name))
        if person["division"] != division.id:
            found.append(Difference("group", self._groups[person["division"]], division.name))
        for name in TEXT_FIELDS:
            before, after = person[name] or "", getattr(row, name)
            if after and after != before:
                found.append(Difference(name, before, after))
        if row.seeded is not None and row.seeded != person["seeded"]:
            found.append(Difference("seeded", yes_no(not row.seeded), yes_no(row.seeded)))
        return tuple(found)


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
