"""What a row of a roster (报名表) must be, and whom of the pool it means.

Problems carry a code and values; data/queries/roster.py has their words.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache

from data.rules import identity
from data.rules.plan import Division, Unit
from data.rules.roster_columns import REQUIRED, TableGuess

SEXES = ("男", "女")
PRINTED = ("unit", "name", "group", "title", "department")  # has to fit on a line of paper
LONGEST_TEXT = 100  # characters
TEXTS = ("unit", "name", "group", "sex", "id_number", "title", "department", "phone", "note")

_YES = frozenset({"是", "√", "✓", "Y", "YES", "1", "参赛"})
_NO = frozenset({"否", "×", "N", "NO", "0", "不参赛"})
_SEX_WORDS = {"男": "男", "男性": "男", "M": "男", "女": "女", "女性": "女", "F": "女"}
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_ROUNDED = re.compile(r"\d(\.\d+)?E\+\d+")
_PHONE = re.compile(r"(?=(\D*\d){5}).{5,60}")  # offices write extensions, and two numbers in one cell


@dataclass(frozen=True)
class RosterRow:
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
    """Why a row (or, with row 0, a sheet or a whole file) is refused, in words.

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

    warnings: sentences about what was left out on purpose, such as unknown columns.
    columns: for each (file, sheet), the letter and the header of the column that holds a field.
    tables: how each sheet was understood, for a person to look at and to change.
    """

    rows: list[RosterRow] = field(default_factory=list)
    problems: list[CellProblem] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    columns: dict[tuple[str, str], dict[str, tuple[str, str]]] = field(default_factory=dict)
    tables: list[TableGuess] = field(default_factory=list)
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
    rows: list[HistoryRow] = field(default_factory=list)
    problems: list[CellProblem] = field(default_factory=list)


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with one field.

    code: missing, long (values: most), sex, seeded, phone, id_form, id_date, id_check, id_rounded,
    unit_unknown (values: near), group_unknown (values: category, groups), duplicate (values: place), ambiguous, drawn.
    """

    field: str
    code: str
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Difference:
    """A field that an import or an edit changes."""

    field: str
    before: str
    after: str


def clean_texts(texts: dict[str, str]) -> dict[str, str]:
    """The texts of a row (keys of TEXTS) as they are stored; a missing key counts as empty."""
    return {
        "unit": _clean_line(texts.get("unit", "")).replace(" ", ""),
        "name": clean_person_name(texts.get("name", "")),
        "group": _clean_line(texts.get("group", "")).replace(" ", ""),
        "sex": _clean_sex(texts.get("sex", "")),
        "id_number": clean_id(texts.get("id_number", "")),
        "title": _clean_line(texts.get("title", "")),
        "department": _clean_line(texts.get("department", "")),
        "phone": _clean_phone(texts.get("phone", "")),
        "note": _clean_line(texts.get("note", "")),
    }


def clean_person_name(text: str) -> str:
    """`identity.clean_name`, quick for the plain names that nearly all are."""
    return text if _HAN.fullmatch(text) else identity.clean_name(text)


def clean_id(text: str) -> str:
    """`identity.clean_id_number`, quick for the plain numbers that nearly all are."""
    return text if text.isascii() and text.isdigit() else identity.clean_id_number(text)


@lru_cache(maxsize=4096)
def _clean_line(text: str) -> str:
    return " ".join(identity.fold_width(text).split())


@lru_cache(maxsize=64)
def _clean_sex(text: str) -> str:
    line = _clean_line(text)
    return _SEX_WORDS.get(line.upper(), line)


def _clean_phone(text: str) -> str:
    return text if text.isascii() and text.isdigit() else _clean_line(text)


def parse_seeded(text: str) -> bool | None:
    """是 or 否 of the column 参赛; None when it is empty.

    Raises:
        ValueError: it is neither.
    """
    word = _clean_line(text).upper()
    if not word:
        return None
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise ValueError(text)


def check_texts(texts: dict[str, str]) -> list[Problem]:
    """What is wrong with cleaned texts by themselves, whatever the event is."""
    problems = [Problem(name, "missing") for name in REQUIRED if not texts[name]]
    most = (("most", str(LONGEST_TEXT)),)
    problems += [Problem(name, "long", most) for name in PRINTED if len(texts[name]) > LONGEST_TEXT]
    if texts["sex"] and texts["sex"] not in SEXES:
        problems.append(Problem("sex", "sex", (("text", texts["sex"]),)))
    number = texts["id_number"]
    if number:
        if _ROUNDED.fullmatch(number):
            problems.append(Problem("id_number", "id_rounded"))
        elif fault := identity.check_id_number(number):
            problems.append(Problem("id_number", f"id_{fault}"))
    if texts["phone"] and not _PHONE.fullmatch(texts["phone"]):
        problems.append(Problem("phone", "phone", (("text", texts["phone"]),)))
    return problems


class Placement:
    """Finds the unit and the division of a row: a unit's category and the row's group give the division."""

    def __init__(self, units: Iterable[Unit], divisions: Iterable[Division]) -> None:
        self._units: dict[str, Unit] = {}
        for unit in units:
            self._units.setdefault(_clean_line(unit.name).replace(" ", ""), unit)
        for unit in list(self._units.values()):
            if unit.short:
                self._units.setdefault(_clean_line(unit.short).replace(" ", ""), unit)
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
        near = dict.fromkeys(self._units[key].name for key in get_close_matches(name, self._units, n=3, cutoff=0.5))
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


def sex_differs(sex: str, id_number: str) -> bool:
    """Whether a valid ID number says the other sex; worth a note, never a refusal."""
    return bool(sex and id_number) and identity.sex_of_id_number(id_number) != sex
