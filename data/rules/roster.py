"""What a row of a roster (报名表) must be, and whom of the pool it means.

Problems carry a code and values; data/queries/roster.py has their words.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from data.rules.identity import fold_width
from data.rules.plan import Division, Unit
from data.rules.roster_columns import TableGuess
from data.rules.unit_names import near_names

# Codes of what is accepted, but worth a look; every other code refuses the row.
DOUBTS = frozenset({"sex_differs", "age", "name_private", "name_unusual", "namesake", "id_other"})

_SHORTEST_IN_TITLE = 2  # characters of a name that is looked for in a title
_BEFORE_A_UNIT = r"\d年度?|单位|附件|关于|报名表|名单"
_WITHIN_A_NAME = re.compile("[\u3400-\u9fff]")
_PLACE = re.compile("(?:(?![省市县区旗])[\u4e00-\u9fff]){2,6}(?=[市县区旗])")


class RosterRow(NamedTuple):
    """One person as a roster says it, cleaned. `row` counts from 1 as a spreadsheet does.

    A text is empty and `seeded` None when the roster does not say. `faulty`: a cell is not acceptable.
    """

    file: str
    sheet: str
    row: int
    unit: str
    name: str
    group: str
    sex: str = ""
    id_number: str = ""
    title: str = ""
    department: str = ""
    phone: str = ""
    seeded: bool | None = None
    note: str = ""
    faulty: bool = False


@dataclass(frozen=True)
class CellProblem:
    """Why a row (or, with row 0, a sheet or a whole file) is refused or doubtful, in words.

    `column` is the header as the file has it, `cell` its address such as D5; both empty for a row as a whole.
    """

    file: str
    sheet: str
    row: int
    column: str
    cell: str
    message: str


@dataclass(frozen=True)
class RosterReading:
    """What the files hold. Faulty rows are among the rows, each with a problem that says why.

    doubts: cells that are accepted, but that somebody should look at.
    warnings: sentences about what was left out on purpose, such as unknown columns.
    columns: for each (file, sheet), the letter and the header of the column that holds a field.
    tables: how each sheet was understood, for a person to look at and to change.
    sheets: for each (file, sheet) with people, its rows as they came, to be sent back.
    """

    rows: list[RosterRow] = field(default_factory=list)
    problems: list[CellProblem] = field(default_factory=list)
    doubts: list[CellProblem] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    columns: dict[tuple[str, str], dict[str, tuple[str, str]]] = field(default_factory=dict)
    tables: list[TableGuess] = field(default_factory=list)
    sheets: dict[tuple[str, str], list[list[str]]] = field(default_factory=dict)
    files: int = 0


@dataclass(frozen=True)
class HistoryRow:
    """Somebody competed in a year, as a history file says."""

    file: str
    sheet: str
    row: int
    id_number: str
    name: str
    unit: str
    year: int


@dataclass(frozen=True)
class HistoryReading:
    """Who competed in earlier years, as a file says it, and the cells that could not be read."""

    rows: list[HistoryRow] = field(default_factory=list)
    problems: list[CellProblem] = field(default_factory=list)


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with one field, or doubtful.

    code: missing, long (values: most), control, character (values: character, code), formula, cell_error, lines,
    sex, seeded, phone, phone_rounded, id_form, id_date, id_check, id_rounded, no_name, name_character,
    unit_unknown (values: near), group_unknown (values: category, groups), duplicate (values: place), same_id
    (values: place), other_column (values: column), ambiguous, drawn, or one of DOUBTS.
    """

    field: str
    code: str
    values: tuple[tuple[str, str], ...] = ()

    @property
    def is_doubt(self) -> bool:
        return self.code in DOUBTS


@dataclass(frozen=True)
class Difference:
    """A field that an import or an edit changes."""

    field: str
    before: str
    after: str


class Placement:
    """Finds the unit and the division of a row: a unit's category and the row's group give the division."""

    def __init__(self, units: Iterable[Unit], divisions: Iterable[Division]) -> None:
        self._units: dict[str, Unit] = {}
        shorts: dict[str, set[str]] = {}
        for unit in units:
            self._units.setdefault(_plain(unit.name), unit)
            shorts.setdefault(_plain(unit.short), set()).add(unit.name)
        for unit in list(self._units.values()):
            short = _plain(unit.short)
            if short and len(shorts[short]) == 1:  # a short name of two units means neither
                self._units.setdefault(short, unit)
        self._full_names = {name: unit.name for name, unit in self._units.items()}
        pools = [division for division in divisions if division.entry == "individual"]
        self._groups = {(division.category, division.name): division for division in pools}
        self._aliases: dict[tuple[str, str], Division] = {}
        for division in pools:
            for alias in (division.name.removesuffix("组"), division.category + division.name, division.title):
                self._aliases.setdefault((division.category, alias), division)
            self._aliases.setdefault((division.category, division.code), division)

    def unit(self, name: str) -> Unit | Problem:
        """The unit of this full or short name, or a problem that offers near names."""
        found = self._units.get(name)
        if found is not None:
            return found
        near = near_names(name, self._full_names)
        return Problem("unit", "unit_unknown", (("text", name), ("near", "、".join(near))))

    def division(self, unit: Unit, group: str) -> Division | Problem:
        """The individual division of a unit's category and a group.

        The group may be written with its category, without 组, or as the division's code.
        """
        key = (unit.category, group)
        found = self._groups.get(key) or self._aliases.get(key)
        if found is not None:
            return found
        groups = "、".join(name for category, name in self._groups if category == unit.category)
        return Problem("group", "group_unknown", (("text", group), ("category", unit.category), ("groups", groups)))


def unit_in(text: str, units: Iterable[Unit], place: str = "") -> str:
    """The name of the only unit whose full or short name is in a title, empty when none or several are.

    A name counts at the beginning and after a blank, a sign, a digit, a year, or a word such as 单位; behind another
    Chinese character it may be the tail of a hospital that the plan does not have (市人民医院 in 宜春市人民医院), or
    one of several (市人民医院 in 市中医院与市人民医院), so that the text tells nothing.
    Behind `place` (see `place_of`) it counts too: 高安市人民医院 is the 市人民医院 of an event in 高安.
    A name within a longer known one does not count: 市人民医院 in 市人民医院东院.
    """
    named: dict[str, set[str]] = {}
    for unit in units:
        for name in (_plain(unit.name), _plain(unit.short)):
            if len(name) >= _SHORTEST_IN_TITLE:
                named.setdefault(name, set()).add(unit.name)
    rest, found = fold_width(text), set[str]()
    may_precede = re.compile(rf"(?:{_BEFORE_A_UNIT}{f'|{re.escape(place)}[市县区旗]?' if place else ''})$")
    for name in sorted(named, key=len, reverse=True):
        kept, end = [], 0
        for match in re.finditer(r"\s*".join(map(re.escape, name)), rest):
            if not _begins_here(rest[: match.start()], match[0], may_precede):
                return ""
            kept += [rest[end : match.start()], "\n"]
            end = match.end()
            found |= named[name]
        rest = "".join([*kept, rest[end:]])
    return found.pop() if len(found) == 1 else ""


def _begins_here(before: str, written: str, may_precede: re.Pattern[str]) -> bool:
    """Whether a name written so begins here. In 宜 春 市 人 民 医 院 the blanks divide nothing."""
    if before[-1:].isspace() and not any(map(str.isspace, written)):
        return True
    before = "".join(before.split())
    return not _WITHIN_A_NAME.fullmatch(before[-1:]) or may_precede.search(before) is not None


def place_of(*texts: str) -> str:
    """The town or county in the first of these texts that names one, such as the organizer of an event:
    高安 of 高安市卫生健康委员会, 青云谱 of 南昌市青云谱区卫生健康委员会. Empty when none does."""
    return next((found[-1] for text in texts if (found := _PLACE.findall(_plain(text)))), "")


def _plain(name: str) -> str:
    return "".join(fold_width(name).split())
