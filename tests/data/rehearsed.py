"""Rehearsals for the tests: the example events, papers left out, and a day's marks as a file."""

import csv
import json
import sqlite3
from contextlib import closing
from pathlib import Path

from data.rehearsal import EVENT_FILE, Inputs, PaperWriter, Progress, rehearse
from data.rehearsal_words import Report
from data.store import Store
from tests.conftest import GAOAN, NURSING

GAOAN_DAY = Inputs(GAOAN / "plan.xlsx", (GAOAN / "rosters",), GAOAN / "history.csv")
NURSING_DAY = Inputs(NURSING / "plan.xlsx", (NURSING / "roster.xlsx",), theory=NURSING / "theory.xlsx")
SEED = "08 15 22 31 33 06/高安"
PAPERS = ("badges", "marksheets", "timetables", "certificates")


def no_paper(_store: Store, _path: Path, _progress: Progress) -> int:
    """Printing takes half of a day's time; where papers do not matter, none are made."""
    return 0


NO_PAPERS: dict[str, PaperWriter] = dict.fromkeys(PAPERS, no_paper)


def silent(done: int, total: int, text: str = "") -> None:
    """Nobody listens."""


def rehearse_quietly(inputs: Inputs, out: Path, seed: str = SEED) -> Report:
    """A day without papers."""
    return rehearse(inputs, seed, out, NO_PAPERS, silent)


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file by their headers."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def ask(folder: Path, question: str) -> list[tuple]:
    """Rows of SQL from the event file in a folder."""
    with closing(sqlite3.connect(folder / EVENT_FILE)) as connection:
        return connection.execute(question).fetchall()


def write_marks(folder: Path, path: Path) -> int:
    """Every mark and every visit's seconds of a rehearsed day as a marks file; returns the number of its rows."""
    found = [("参赛者", "考站", "裁判", "序号", "值")]
    items = {(sheet, number): kind for sheet, number, kind in ask(folder, "SELECT sheet_id, number, kind FROM item")}
    marks = ask(
        folder,
        'SELECT entrant.number, station.code, station.sheet_id, seat, "values" FROM mark '
        "JOIN visit ON visit_id = visit.id JOIN entrant ON entrant_id = entrant.id "
        "JOIN station ON station_id = station.id WHERE latest",
    )
    for number, station, sheet, seat, values in marks:
        found += [
            (number, station, str(seat), item, _written(items[sheet, int(item)], value))
            for item, value in json.loads(values).items()
        ]
    visits = ask(
        folder,
        "SELECT entrant.number, station.code, seconds_milli FROM visit "
        "JOIN entrant ON entrant_id = entrant.id JOIN station ON station_id = station.id",
    )
    found += [(number, station, "用时", "", str(seconds / 1000)) for number, station, seconds in visits]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(found)
    return len(found) - 1


def _written(kind: str, value: object) -> str:
    if isinstance(value, dict):
        return ";".join(f"{text}×{count}" if count > 1 else text for text, count in value.items())
    if isinstance(value, str):
        return value
    if kind in ("penalty", "critical"):
        return "1"
    assert isinstance(value, int)
    return str(value / 1000)
