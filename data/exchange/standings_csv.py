"""standings.csv: all divisions as they stand, unrounded and rounded."""

from collections.abc import Iterator
from pathlib import Path

from data.exchange.csv_cells import write_csv
from data.queries.leaderboard import DivisionStandings, StandingRow, all_standings
from data.rules.decimals import unrounded
from data.store import Store

STATE_WORDS = {"absent": "缺考", "withdrew": "弃权", "disqualified": "取消资格", "failed": "不合格"}
INCOMPLETE = "未完成"
APPEALED = "申诉中"


def write_standings(store: Store, path: Path) -> int:
    """Write the standings; returns the number of entrants.

    A component that several divisions have is one column. A value without an end, such as a third,
    has twelve decimals.

    Raises:
        FileProblem: the file cannot be written.
    """
    divisions = all_standings(store)
    components = list(dict.fromkeys(name for division in divisions for name in division.components))
    header = ["组别代码", "名次", "参赛编号", "姓名", "单位", *components, "总分(未舍入)", "总分", "奖项", "状态"]
    rows = [_cells(division, row, components) for division in divisions for row in division.rows]
    write_csv(path, [header, *rows])
    return len(rows)


def _cells(division: DivisionStandings, row: StandingRow, components: list[str]) -> list[str]:
    values = dict(zip(division.components, row.components, strict=True))
    exact = {name: unrounded(value) for name, value in values.items() if value is not None}
    return [
        division.division_code,
        "" if row.place is None else str(row.place),
        row.number or "",
        row.name,
        row.unit,
        *(exact.get(name, "") for name in components),
        "" if row.total is None else unrounded(row.total),
        row.shown,
        row.award,
        ";".join(_states(row)),
    ]


def _states(row: StandingRow) -> Iterator[str]:
    if row.state in STATE_WORDS:
        yield STATE_WORDS[row.state]
    elif row.missing:
        yield INCOMPLETE
    if row.appealed:
        yield APPEALED
