"""notice.csv: the table of the official notice (公示), out of a result version alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from data.exchange.csv_cells import GB18030, UTF8, beyond_gbk, write_csv
from data.exchange.standings_csv import STATE_WORDS
from data.queries.notice import NoticeLine, NoticeTable, Shown, honour_table, notice_tables
from data.queries.results import Frozen, frozen
from data.store import Store

HEADERS = {
    "division": "组别",
    "place": "名次",
    "number": "参赛编号",
    "name": "姓名",
    "unit": "单位",
    "components": "",  # a column for each, named like the component
    "total": "总分",
    "award": "奖项",
    "state": "状态",
}
HONOURS = "荣誉"  # in the place of a division


@dataclass(frozen=True)
class NoticeOptions(Shown):
    """What the file shows, and how it is encoded."""

    encoding: str = UTF8


@dataclass(frozen=True)
class Notice:
    """What was written. `unreadable`: names that a program which reads GB18030 as GBK would garble."""

    version: int
    rows: int
    unreadable: tuple[str, ...]


def write_notice(store: Store, path: Path, options: NoticeOptions | None = None, version: int | None = None) -> Notice:
    """Write the notice of a result version, the newest without a number.

    Raises:
        NotFound: there is no such version.
        FileProblem: the file cannot be written.
    """
    options = options or NoticeOptions()
    content = frozen(store, version)
    header, *rows = notice_table(content, options)
    write_csv(path, [header, *rows], options.encoding)
    return Notice(content.version.number, len(rows), unreadable(rows, options))


def unreadable(rows: Iterable[Sequence[str]], options: NoticeOptions) -> tuple[str, ...]:
    """Cells that programs which read this encoding as GBK would garble."""
    return beyond_gbk(cell for row in rows for cell in row) if options.encoding == GB18030 else ()


def notice_table(content: Frozen, options: Shown) -> list[list[str]]:
    """The header and the rows of a notice as texts."""
    tables = notice_tables(content, options)
    components = list(dict.fromkeys(name for division in content.divisions for name in division.components))
    header: list[str] = []
    for column in options.kept:
        header += components if column == "components" else [HEADERS[column]]
    honours = honour_table(content, options)
    if honours:
        tables = (*tables, replace(honours, title=HONOURS))
    return [header, *(_cells(table, line, options.kept, components) for table in tables for line in table.lines)]


def _cells(table: NoticeTable, line: NoticeLine, columns: Sequence[str], components: list[str]) -> list[str]:
    texts = {
        "division": table.title,
        "place": line.place,
        "number": line.number,
        "name": line.name,
        "unit": line.unit,
        "total": line.total,
        "award": line.award,
        "state": STATE_WORDS.get(line.state, ""),
    }
    scores = dict(zip(table.components, line.scores, strict=True))
    cells: list[str] = []
    for column in columns:
        cells += [scores.get(name, "") for name in components] if column == "components" else [texts[column]]
    return cells
