"""CSV files that a spreadsheet opens right and runs nothing of."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from data.exchange.whole_file import write_whole

UTF8, GB18030 = "utf-8-sig", "gb18030"

_RUN = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
_NUMBER = re.compile(r"-?(0|[1-9]\d{0,14})(\.\d+)?", re.ASCII)
# A spreadsheet makes dates of 1-07 and 3/12, a number of the contestant number 2E05, and 7 of 007.
_READ_OTHERWISE = re.compile(r"\d+([-/.]\d+)+|\d+(\.\d+)?[eE][-+]?\d+|\d+", re.ASCII)


def safe_cell(text: str) -> str:
    """The text with an apostrophe before it if a spreadsheet would run or change it; numbers stay."""
    if _NUMBER.fullmatch(text):
        return text
    return f"'{text}" if text.startswith(_RUN) or _READ_OTHERWISE.fullmatch(text) else text


def write_csv(path: Path, rows: Iterable[Sequence[str]], encoding: str = UTF8) -> None:
    """Write rows of texts, every cell made safe. UTF8 has the mark that spreadsheets need to know it.

    Raises:
        FileProblem: the file cannot be written.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    write_whole(path, text.getvalue().encode(encoding))


def beyond_gbk(texts: Iterable[str]) -> tuple[str, ...]:
    """Texts with characters that GB18030 holds but older spreadsheet programs, which read GBK, do not show."""
    found: dict[str, None] = {}
    for text in texts:
        try:
            text.encode("gbk")
        except UnicodeEncodeError:
            found[text] = None
    return tuple(found)
