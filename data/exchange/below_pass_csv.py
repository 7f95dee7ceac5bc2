"""The list of those who did not pass (不合格名单) with their second chances, as CSV; no ID number is in it."""

from datetime import date
from pathlib import Path

from data.exchange.csv_cells import write_csv
from data.queries.below_pass import BelowRow, below_pass
from data.queries.below_words import reason_word, result_text, shortfall_text, state_word
from data.rules.identity import mask_name
from data.store import Store

HEADERS = ("组别", "参赛编号", "姓名", "单位", "总分", "原因", "不合格项目", "补考日期", "补考成绩", "补考结果", "备注")


def write_below_pass(store: Store, path: Path, *, mask_names: bool = False) -> int:
    """Write the list of the newest result version; returns how many are on it.

    Raises:
        FileProblem: the file cannot be written.
    """
    rows = below_pass(store).rows
    write_csv(path, [HEADERS, *(_cells(row, mask_names) for row in rows)])
    return len(rows)


def _cells(row: BelowRow, mask_names: bool) -> tuple[str, ...]:
    resit = row.resit
    return (
        row.division_title,
        row.number,
        mask_name(row.name) if mask_names and row.entry == "individual" else row.name,
        row.unit,
        row.total,
        reason_word(row.reason),
        shortfall_text(row),
        _day(resit.date) if resit else "",
        result_text(resit) if resit else "",
        state_word(row.state),
        resit.note if resit else "",
    )


def _day(text: str) -> str:
    """A day as no spreadsheet takes it for another value, so that it needs no apostrophe."""
    return f"{date.fromisoformat(text):%Y年%m月%d日}"
