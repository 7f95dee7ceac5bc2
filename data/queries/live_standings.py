"""The standings of an open event, kept up to date by taking in one change after another.

The log of the event says which rows each write changed. The entrants whose rows those were are read anew and placed
among the others; a change of anything else that standings depend on, such as the plan, asks for a full reading.
"""

import json
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from peewee import fn

from data import models
from data.errors import NotFound
from data.i18n import _
from data.queries import division_marks, leaderboard, sealing
from data.queries.appeals import open_appeals
from data.queries.leaderboard import DivisionStandings, StandingRow
from data.queries.plain_rows import GIVEN, Prepared
from data.rules.placing import Placing
from data.rules.standings import (
    TEAM_SUM,
    EntrantMarks,
    EntrantResult,
    Source,
    Standing,
    entrant_result,
    team_result,
)
from data.store import Store

# The tables whose rows count for one entrant: by his id, or by that of his visit.
_OF_ENTRANT = frozenset({"theory_mark", "playoff", "drawn_station", "visit", "appeal"})
_OF_VISIT = frozenset({"mark", "confirmation"})
# The fields that may differ while the standings stay, or the place of an entrant in the plan and in the draw.
_IDLE_FIELDS = {
    "visit": frozenset({"started_at", "ended_at", "ran_lane", "overtime_milli"}),
    "entrant": frozenset({"arrived_at", "ready_minute", "token"}),
}
_OWN_FIELDS = frozenset({"state", "name", "number", "person"}) | _IDLE_FIELDS["entrant"]
# The tables that standings have nothing of.
_APART = frozenset(
    {
        "break",
        "drawn_lane",
        "honour",
        "honour_given",
        "incident",
        "judge",
        "lane_closure",
        "lock",
        "member",
        "notice",
        "operator",
        "past_entry",
        "person",
        "photo",
        "printout",
        "reading",
        "resit",
        "slot",
        "substitution",
        "timetable",
        "walk",
    }
)
_MOST_WRITES = 200  # and of changes in them: what is more is read anew in less time
_MOST_CHANGES = 500
_MOST_CHARACTERS = 200_000


class LiveStandings:
    """The standings of all divisions. Any thread may ask.

    `read` takes a tenth of a second for a large event: let a worker do it. `take_in` takes a millisecond a change.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._turn = threading.Lock()
        self._divisions: _Divisions | None = None

    def read(self) -> None:
        """Read all of it anew."""
        with self._store.read():
            read = _Divisions()
        with self._turn:
            self._divisions = read

    def take_in(self) -> bool:
        """Take in what was written since; False where nothing was read yet, or what changed takes a full reading."""
        with self._turn:
            if self._divisions is not None:
                with self._store.read():
                    if self._divisions.take_in():
                        return True
            self._divisions = None
            return False

    def standings(self, division_code: str) -> DivisionStandings:
        """The standings of one division as of the last reading or taking in.

        Raises:
            NotFound: there was no such division then.
        """
        with self._turn:
            return self._found().standings(division_code)

    def row(self, entrant_id: int) -> StandingRow:
        """The line of one entrant as of the last reading or taking in.

        Raises:
            NotFound: there was no such entrant then, or nobody may see the line.
        """
        with self._turn:
            return self._found().row(entrant_id)

    def _found(self) -> "_Divisions":
        if self._divisions is None:
            raise RuntimeError("standings are asked for before they were read")
        return self._divisions


@dataclass
class _Touched:
    """Whose lines some writes changed. entrants: anything that counts; named: the name or number, too."""

    entrants: set[int]
    named: set[int]
    appeals: bool = False


class _Divisions:
    """Results and places of all divisions. Everything here runs inside `store.read()`."""

    def __init__(self) -> None:
        self._seq = int(models.Audit.select(fn.MAX(models.Audit.id)).scalar() or 0)
        self._sealed = sealing.names_sealed()
        self._specs = division_marks.division_specs()
        self._heads = leaderboard.headings(self._specs)
        self._people = leaderboard.people(models.Division.code.in_(list(self._specs)), sealed=self._sealed)
        self._appealed = open_appeals()
        self._marks: dict[int, EntrantMarks] = {}
        self._code: dict[int, str] = {}
        self._members: dict[tuple[str, int], dict[int, EntrantResult]] = {}  # results by division and unit
        self._sums: dict[tuple[str, int], list[int]] = {}  # the teams that those of a division and unit count for
        self._placings = {code: Placing(spec) for code, spec in self._specs.items()}
        self._rows: dict[int, tuple[Standing, StandingRow]] = {}
        for code, marks in division_marks.entrant_marks(self._specs).items():
            for one in marks:
                self._marks[one.key], self._code[one.key] = one, code
                for component in self._specs[code].components:
                    if component.source == TEAM_SUM:
                        self._sums.setdefault((component.of_division, one.unit), []).append(one.key)
        self._position = {entrant: index for index, entrant in enumerate(self._marks)}
        self._put(list(self._marks))

    def take_in(self) -> bool:
        """Take in what was written since; False where that takes a reading of everything."""
        written = _written_since(self._seq)
        if not written:
            return written is not None
        touched = _touched(written)
        if touched is None or not touched.entrants | touched.named <= self._marks.keys():
            return False
        if touched.appeals:
            self._appealed = open_appeals()
        if touched.named:
            self._people |= leaderboard.people(models.Entrant.id.in_(list(touched.named)), sealed=self._sealed)
        for entrant in touched.entrants:
            marks = division_marks.marks_of(entrant)
            assert marks is not None
            self._marks[entrant] = marks
        self._put(touched.entrants)
        for entrant in touched.entrants | touched.named:
            self._rows.pop(entrant, None)
        self._seq = written[-1][0]
        return True

    def standings(self, code: str) -> DivisionStandings:
        if code not in self._placings:
            raise NotFound(_("The event has no division {code}.").format(code=code))
        whole = self._placings[code].whole()
        rows = [self._row(code, standing) for standing in whole.standings]
        return leaderboard.standings_of(self._heads[code], whole, rows, self._people, sealed=self._sealed)

    def row(self, entrant: int) -> StandingRow:
        code = self._code.get(entrant, "")
        if not code or (self._sealed and self._heads[code].entry == "sum"):
            raise NotFound(_("This entrant is not in the event any more."), todo=_("Look the entrant up again."))
        return self._row(code, self._placings[code].standing(entrant))

    def _put(self, entrants: Iterable[int]) -> None:
        """Reckon and place these anew, and the teams that they count for."""
        teams: set[int] = set()
        for entrant in entrants:
            code, marks = self._code[entrant], self._marks[entrant]
            if any(component.source == TEAM_SUM for component in self._specs[code].components):
                teams.add(entrant)
                continue
            result = entrant_result(self._specs[code], marks)
            self._placings[code].put(result)
            self._members.setdefault((code, marks.unit), {})[entrant] = result
            teams.update(self._sums.get((code, marks.unit), ()))
        for team in sorted(teams, key=self._position.__getitem__):
            self._put_team(team)

    def _put_team(self, team: int) -> None:
        marks, spec = self._marks[team], self._specs[self._code[team]]
        sources = {}
        for component in spec.components:
            if component.source == TEAM_SUM:
                code = component.of_division
                members = tuple(self._members.get((code, marks.unit), {}).values())
                sources[code] = Source(self._specs[code], {marks.unit: members})
        self._placings[spec.code].put(team_result(spec, marks, sources))

    def _row(self, code: str, standing: Standing) -> StandingRow:
        """The line as it was made before, as far as it holds still."""
        key = standing.result.key
        before, row = self._rows.get(key, (None, None))
        if before is None or row is None or before.result is not standing.result:
            row = leaderboard.row_of(self._heads[code], standing, self._people[key], key in self._appealed)
        elif (before.place, before.award) != (standing.place, standing.award):
            row = leaderboard.moved_row(row, self._heads[code], standing)
        self._rows[key] = standing, row
        return row


_Change = tuple[str, int, dict[str, Any] | None, dict[str, Any] | None]  # table, row, before, after

_WRITTEN = Prepared(
    lambda: (
        models.Audit.select(models.Audit.id, fn.LENGTH(models.Audit.changes))
        .where(models.Audit.id > GIVEN)
        .order_by(models.Audit.id)
    )
)
_CHANGES = Prepared(lambda: models.Audit.select(models.Audit.changes).where(models.Audit.id == GIVEN))


def _written_since(seq: int) -> list[tuple[int, list[_Change]]] | None:
    """The changes of every write since, by its number; None where they are too many to be taken in one by one."""
    writes = _WRITTEN.rows(seq)
    if len(writes) > _MOST_WRITES or sum(length for _seq, length in writes) > _MOST_CHARACTERS:
        return None
    return [(number, json.loads(_CHANGES.rows(number)[0][0])) for number, _length in writes]


def _touched(written: Iterable[tuple[int, list[_Change]]]) -> _Touched | None:
    """Whose lines these changes touch; None where they touch what all lines depend on."""
    found = _Touched(set(), set())
    changes = [change for _seq, changes in written for change in changes]
    if len(changes) > _MOST_CHANGES:
        return None
    for table, row, before, after in changes:
        if table in _APART or _is_idle(table, before, after):
            continue
        if table == "entrant":
            if before is None or after is None or not after.keys() <= _OWN_FIELDS:
                return None
            found.entrants.add(row)
            found.named.add(row)
        elif table in _OF_ENTRANT or table in _OF_VISIT:
            entrant = _entrant_of(table, row, {**(before or {}), **(after or {})})
            if entrant is not None:  # else its row was deleted later on, and that tells whose it was
                found.entrants.add(entrant)
            found.appeals = found.appeals or table == "appeal"
        else:
            return None
    return found


def _is_idle(table: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> bool:
    return before is not None and after is not None and after.keys() <= _IDLE_FIELDS.get(table, frozenset())


def _entrant_of(table: str, row: int, values: Mapping[str, Any]) -> int | None:
    """The entrant of a row; an update names neither him nor the visit."""
    if table in _OF_ENTRANT:
        return values["entrant"] if "entrant" in values else _first(_OWNERS[table].rows(row))
    visit = values["visit"] if "visit" in values else _first(_OWNERS[table].rows(row))
    return None if visit is None else _first(_OWNERS["visit"].rows(visit))


def _first(rows: list[tuple[Any, ...]]) -> int | None:
    return int(rows[0][0]) if rows else None


def _owner(model: type[models.Row], field: str) -> Prepared:
    return Prepared(lambda: model.select(getattr(model, field)).where(model.id == GIVEN))


_OWNERS = {
    "theory_mark": _owner(models.TheoryMark, "entrant"),
    "playoff": _owner(models.Playoff, "entrant"),
    "drawn_station": _owner(models.DrawnStation, "entrant"),
    "visit": _owner(models.Visit, "entrant"),
    "appeal": _owner(models.Appeal, "entrant"),
    "mark": _owner(models.Mark, "visit"),
    "confirmation": _owner(models.Confirmation, "visit"),
}
