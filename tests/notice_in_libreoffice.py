"""Opens notice.csv in LibreOffice and compares every cell: `python -m tests.notice_in_libreoffice [SOFFICE]`.

The suite does not need LibreOffice; this does (`apt install libreoffice-calc`). An event is made whose names and units
a spreadsheet would run, garble or make other values of. Its notice is written in both encodings, converted to .xlsx
without a window, and read again. Exit 1 and a line for each cell that is not what the notice says.
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path

import openpyxl

from data import i18n, models
from data import store as stores
from data.exchange.csv_cells import GB18030, UTF8, safe_cell
from data.exchange.notice_csv import NoticeOptions, notice_table, write_notice
from data.queries.notice import COLUMNS
from data.queries.results import frozen
from data.store import Store
from tests.data import ending
from tests.data.contest import IDS, mark_everyone, set_up

# How LibreOffice is told the encoding in its dialog: separator, quote, number of the encoding, first line.
FILTERS = {UTF8: "CSV:44,34,76,1", GB18030: "CSV:44,34,85,1"}
PEOPLE = {
    "张伟": "@x",
    "李娜": "=HYPERLINK(A1)",
    "王芳": "王𬭎䶮㛃",
    "赵敏": "\t=1+1",
    "钱进": "\r+86",
    "孙莉": '孙"莉,\n',
}
UNITS = {"第三医院": "=1+1", "第二医院": "-2+3", "第一医院": "＝1+1"}
NUMBERS = {"N-01": "1-07", "N-02": "2E05", "N-03": "007", "N-04": "3/12", "N-05": "1.2.3"}


def hostile_event(path: Path) -> Store:
    """A finished contest full of what a spreadsheet makes something else of."""
    store = stores.create(path)
    mark_everyone(store, set_up(store))
    with store.write("tester", "test.rename") as writing:
        for former, name in PEOPLE.items():
            writing.update(models.Entrant.get(models.Entrant.name == former), name=name)
        for former, name in UNITS.items():
            writing.update(models.Unit.get(models.Unit.name == former), name=name)
        for former, number in NUMBERS.items():
            writing.update(models.Entrant.get(models.Entrant.number == former), number=number)
    ending.finalise(store, "裁判长")
    return store


def opened(office: str, path: Path, encoding: str) -> list[list[object]]:
    """The cells as LibreOffice shows them; formulas would be texts that begin with `=`."""
    profile = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
    convert = [f"--infilter={FILTERS[encoding]}", "--convert-to", "xlsx", "--outdir", str(path.parent), str(path)]
    subprocess.run([office, "--headless", profile, *convert], check=True, capture_output=True, timeout=120)
    sheet = openpyxl.load_workbook(path.with_suffix(".xlsx")).active
    assert sheet is not None
    for row in sheet.iter_rows():
        for cell in row:
            assert cell.data_type != "f", f"{cell.coordinate} is a formula"
    return [["" if cell is None else cell for cell in row] for row in sheet.iter_rows(values_only=True)]


def differences(wanted: list[list[str]], found: list[list[object]]) -> Iterator[str]:
    """A line for each cell that is another; a score may be a number, anything else is text."""
    if len(wanted) != len(found):
        yield f"{len(found)} rows instead of {len(wanted)}"
    for number, (cells, shown) in enumerate(zip(wanted, found, strict=False), start=1):
        for place, text in enumerate(cells):
            there = shown[place] if place < len(shown) else None
            if not _same(safe_cell(text), there):
                yield f"row {number}, column {place + 1}: {there!r} instead of {text!r}"


def _same(text: str, there: object) -> bool:
    if isinstance(there, int | float):
        try:
            return Decimal(str(there)) == Decimal(text)
        except InvalidOperation:
            return False
    return isinstance(there, str) and _lines(there) == _lines(text)


def _lines(text: str) -> str:
    """A cell with its line ends as a spreadsheet keeps them."""
    return text.replace("_x000D_", "\r").replace("\r\n", "\n").replace("\r", "\n")


def main(office: str) -> int:
    i18n.use("en")
    faults = 0
    with tempfile.TemporaryDirectory() as folder:
        store = hostile_event(Path(folder) / "event.biwu")
        for encoding in (UTF8, GB18030):
            options = NoticeOptions(COLUMNS, encoding=encoding)
            path = Path(folder) / f"notice-{encoding}.csv"
            write_notice(store, path, options)
            wanted = notice_table(frozen(store), options)
            lines = list(differences(wanted, opened(office, path, encoding)))
            lines += [
                f"an ID number stands in it: {number}"
                for number in IDS
                if number and number in path.read_text(encoding)
            ]
            faults += len(lines)
            print(
                f"{encoding}: {len(wanted)} rows of {len(wanted[0])} cells compared, {len(lines)} differ",
                *lines,
                sep="\n  ",
            )
        store.close()
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "soffice"))
