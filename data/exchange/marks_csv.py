"""Marks CSV (参赛者, 考站, 裁判, 序号, 值): one item a row, for rehearsals and for entry done elsewhere."""

import csv
from pathlib import Path

from data.errors import FileProblem, InvalidInput
from data.exchange.headers import header_word
from data.i18n import _
from data.rules.score_files import MarkRow

HEADERS = {"entrant": "参赛者", "station": "考站", "judge": "裁判", "number": "序号", "value": "值"}


def read_marks(path: Path) -> list[MarkRow]:
    """The rows of a marks file, in UTF-8 with or without its mark, in any order of columns.

    Raises:
        FileProblem: it cannot be read, or is not UTF-8.
        InvalidInput: a column is missing.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file)
            header = [header_word(cell) for cell in next(reader, [])]
            missing = [word for word in HEADERS.values() if word not in header]
            if missing:
                raise InvalidInput(
                    _("A required column is missing: {columns}.").format(columns="、".join(missing)),
                    where=str(path),
                    todo=_("The first line must be: {header}.").format(header=",".join(HEADERS.values())),
                )
            places = {name: header.index(word) for name, word in HEADERS.items()}
            return [
                MarkRow(line, **{name: _cell(cells, place) for name, place in places.items()})
                for cells in reader
                if any(cell.strip() for cell in cells)
                for line in [reader.line_num]
            ]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise FileProblem(
            _("The marks file cannot be read."),
            where=f"{path}: {error}",
            todo=_("Save it as CSV in UTF-8, then try again."),
        ) from error


def _cell(cells: list[str], place: int) -> str:
    return cells[place].strip() if place < len(cells) else ""
