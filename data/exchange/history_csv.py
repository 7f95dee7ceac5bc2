"""Who competed in earlier years (身份证号, 姓名, 单位, 年份), from any table file."""

import re
from collections.abc import Sequence
from pathlib import Path

from openpyxl.utils import get_column_letter

from data.exchange.headers import ID_NUMBER, NAME, UNIT, field_of_words, find_header
from data.exchange.tables import TextTable, read_tables
from data.i18n import _
from data.queries.roster_words import problem_text
from data.rules import identity
from data.rules import roster as rules
from data.rules.roster import CellProblem, HistoryReading, HistoryRow

_WORDS = {
    "id_number": ID_NUMBER,
    "name": NAME,
    "unit": UNIT,
    "year": "年份 年度 参赛年份 参赛年度 届",
}
_FIELD_OF = field_of_words(_WORDS)
_YEAR = re.compile(r"((?:19|20)\d\d)(?:年|年度|-\d\d-\d\d)?")


def read_history(path: Path) -> HistoryReading:
    """The rows of a history file; what cannot be used is among its problems.

    Raises:
        FileProblem: the file cannot be read at all.
    """
    reading = HistoryReading()
    tables = [(table, found) for table in read_tables(path) if (found := _find_header(table.rows)) is not None]
    if not tables:
        message = _("No row with the headers 身份证号, 姓名, 单位, 年份 was found.")
        reading.problems.append(CellProblem(path.name, "", 0, "", "", message))
    for table, (header, places) in tables:
        _read_rows(table, header, places, reading)
    return reading


def _find_header(rows: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]] | None:
    return find_header(rows, _FIELD_OF, lambda found: set(found) == _WORDS.keys())


def _read_rows(table: TextTable, header: int, places: dict[str, int], reading: HistoryReading) -> None:
    for number, cells in enumerate(table.rows[header + 1 :], start=header + 2):
        texts = {name: cells[column].strip() if column < len(cells) else "" for name, column in places.items()}
        if not texts["id_number"] and not texts["year"]:
            continue
        id_number = identity.clean_id_number(texts["id_number"])
        year = _YEAR.fullmatch("".join(identity.fold_width(texts["year"]).split()))
        fault = identity.check_id_number(id_number) if id_number else "form"
        faults = []
        if fault:
            faults.append(("id_number", problem_text(rules.Problem("id_number", f"id_{fault}"))))
        if year is None:
            faults.append(("year", _("The year must be written like 2022.")))
        for name, message in faults:
            column = places[name]
            cell = f"{get_column_letter(column + 1)}{number}"
            words = " ".join(table.rows[header][column].split())
            reading.problems.append(CellProblem(table.file, table.sheet, number, words, cell, message))
        if year is not None and not fault:
            unit = "".join(identity.fold_width(texts["unit"]).split())
            name = identity.clean_name(texts["name"])
            reading.rows.append(HistoryRow(table.file, table.sheet, number, id_number, name, unit, int(year[1])))
