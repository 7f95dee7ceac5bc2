"""Theory marks (身份证号 or 参赛编号, 姓名, 单位, 理论), from any table file."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl.utils import get_column_letter

from data.errors import FileProblem
from data.exchange.headers import ID_NUMBER, NAME, UNIT, field_of_words, find_header
from data.exchange.tables import read_tables
from data.i18n import _
from data.queries.mark_words import value_sentence
from data.rules.decimals import NumberProblem, read_milli
from data.rules.marksheet import ValueProblem
from data.rules.roster import CellProblem
from data.rules.score_files import TheoryRow

_WORDS = {
    "id_number": ID_NUMBER,
    "number": "参赛编号 编号 选手编号 考号 准考证号",
    "name": NAME,
    "unit": UNIT,
    "mark": "理论 理论成绩 理论得分 理论分 理论考试 成绩 得分 分数",
}
_FIELD_OF = field_of_words(_WORDS)


@dataclass(frozen=True)
class TheoryReading:
    """The rows of a file that hold a mark, and a problem for each of the others."""

    rows: tuple[TheoryRow, ...]
    problems: tuple[CellProblem, ...]


def read_theory(path: Path) -> TheoryReading:
    """Read a file of theory marks.

    Raises:
        FileProblem: it cannot be read, or has no such table.
    """
    rows: list[TheoryRow] = []
    problems: list[CellProblem] = []
    tables = [(table, found) for table in read_tables(path) if (found := _find_header(table.rows)) is not None]
    if not tables:
        raise FileProblem(
            _("The file has no table of theory marks."),
            where=str(path),
            todo=_("Put the headers 身份证号 or 参赛编号, 姓名, 单位, 理论 above the marks."),
        )
    for table, (header, places) in tables:
        for row, cells in enumerate(table.rows[header + 1 :], start=header + 2):
            texts = {name: cells[column].strip() if column < len(cells) else "" for name, column in places.items()}
            if not any(texts.get(name) for name in ("id_number", "number", "mark")):
                continue
            try:
                mark = read_milli(texts["mark"])
            except NumberProblem as problem:
                place = f"{get_column_letter(places['mark'] + 1)}{row}"
                words = value_sentence(ValueProblem(problem.code))
                problems.append(
                    CellProblem(table.file, table.sheet, row, table.rows[header][places["mark"]], place, words)
                )
                continue
            known = {name: texts.get(name, "") for name in ("id_number", "number", "name", "unit")}
            rows.append(TheoryRow(table.file, table.sheet, row, **known, value_milli=mark))
    return TheoryReading(tuple(rows), tuple(problems))


def _find_header(rows: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]] | None:
    return find_header(rows, _FIELD_OF, lambda found: "mark" in found and ("id_number" in found or "number" in found))
