"""notice.csv: the table of the official notice (公示), out of a result version alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from data.exchange.csv_cells import GB18030, UTF8, beyond_gbk, write_csv
from data.exchange.standings_csv import STATE_WORDS
from data.queries.results import Frozen, FrozenDivision, FrozenRow, frozen
from data.rules.identity import mask_name
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
COLUMNS = ("division", "place", "number", "name", "unit", "total", "award", "state")


@dataclass(frozen=True)
class NoticeOptions:
    """What a notice shows: keys of HEADERS in their order, how it is encoded, names in full or masked,
    everyone or only those with an award. ID numbers are in no result version, so never in a notice."""

    columns: Sequence[str] = COLUMNS
    encoding: str = UTF8
    mask_names: bool = False
    awarded_only: bool = False


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


def notice_table(content: Frozen, options: NoticeOptions) -> list[list[str]]:
    """The header and the rows of a notice as texts."""
    components = list(dict.fromkeys(name for division in content.divisions for name in division.components))
    header: list[str] = []
    for column in options.columns:
        header += components if column == "components" else [HEADERS[column]]
    rows = [
        _cells(division, row, options, components)
        for division in content.divisions
        for row in division.rows
        if row.award or not options.awarded_only
    ]
    return [header, *rows]


def _cells(division: FrozenDivision, row: FrozenRow, options: NoticeOptions, components: list[str]) -> list[str]:
    masked = options.mask_names and division.entry == "individual"
    texts = {
        "division": division.title,
        "place": "" if row.place is None else str(row.place),
        "number": row.number,
        "name": mask_name(row.name) if masked else row.name,
        "unit": row.unit,
        "total": row.shown,
        "award": row.award,
        "state": STATE_WORDS.get(row.state, ""),
    }
    shown = dict(zip(division.components, row.shown_components, strict=True))
    cells: list[str] = []
    for column in options.columns:
        cells += [shown.get(name, "") for name in components] if column == "components" else [texts[column]]
    return cells
