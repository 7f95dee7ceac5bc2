"""Import of the rosters, beside reading the same files with calamine alone."""

import gc
import random
import tempfile
import time
from pathlib import Path

from openpyxl import Workbook
from python_calamine import CalamineWorkbook

from data import store as stores
from data.actions.roster import import_people
from data.actions.setup import save_plan
from data.exchange.plan_workbook import read_plan
from data.exchange.roster_files import read_rosters
from data.queries.roster_import import preview_import
from data.store import Store
from tests.benchmarks.report import Row, against

EXAMPLE = Path(__file__).parents[2] / "resources" / "examples" / "gaoan-2023"
_MANY = 20_000
_TIMES = 5
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def run() -> list[Row]:
    """Reading, and reading with preview and storing, of 30 files and of one file of 20,000 rows."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        thirty = sorted((EXAMPLE / "rosters").iterdir())
        many = [write_many(folder / "many.xlsx")]
        rows = []
        for words, files in (("30 files", thirty), (f"{_MANY} rows", many)):
            floor, read, whole = _best(folder, files)
            rows.append(against(f"roster: read {words}", read, "s", floor))
            rows.append(against(f"roster: import {words}", whole, "s", floor))
        return rows


def _best(folder: Path, files: list[Path]) -> tuple[float, float, float]:
    """The least of a few runs in seconds of bare reading, of reading, and of the whole import, taken in turns.

    Garbage is collected between the runs, as the window does when it is idle (ui/garbage.py).
    """
    taken = []
    gc.disable()
    for turn in range(_TIMES):
        gc.collect()
        begun = time.perf_counter()
        _bare(files)
        bare = time.perf_counter() - begun
        begun = time.perf_counter()
        read_rosters(files)
        read = time.perf_counter() - begun
        taken.append((bare, read, _import_seconds(folder / f"{files[0].stem}-{turn}.biwu", files)))
    gc.enable()
    bare, read, whole = (min(column) for column in zip(*taken, strict=True))
    return bare, read, whole


def _bare(files: list[Path]) -> None:
    for path in files:
        if path.suffix == ".csv":
            path.read_text("gb18030")
            continue
        book = CalamineWorkbook.from_path(str(path))
        for sheet in book.sheet_names:
            book.get_sheet_by_name(sheet).to_python()


def _import_seconds(path: Path, files: list[Path]) -> float:
    """Files to stored people in a new event, as the page does it: read, preview, import."""
    store = stores.create(path)
    try:
        save_example_plan(store)
        begun = time.perf_counter()
        import_people(store, "benchmark", preview_import(store, read_rosters(files)))
        return time.perf_counter() - begun
    finally:
        store.close()


def save_example_plan(store: Store) -> None:
    plan = read_plan(EXAMPLE / "plan.xlsx").plan
    assert plan is not None
    save_plan(store, "benchmark", plan)


def write_many(path: Path) -> Path:
    chance = random.Random(1)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("报名表")
    sheet.append(["单位", "姓名", "性别", "身份证号", "职称", "科室", "组别", "联系电话"])
    for number in range(_MANY):
        name = "".join(chr(chance.randrange(0x4E00, 0x9000)) for _place in range(3))
        title, department = chance.choice(["初级", "中级"]), chance.choice(["外科", "内科"])
        id_number = _id_number(number)
        sex = "男" if int(id_number[16]) % 2 else "女"
        sheet.append(["市人民医院", name, sex, id_number, title, department, "护理组", f"199{number:08d}"])
    book.save(path)
    return path


def _id_number(number: int) -> str:
    body = f"990000{1970 + number % 30}0{1 + number % 9}{10 + number % 18}{number // 30 % 1000:03d}"
    return body + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True)) % 11]


if __name__ == "__main__":
    from tests.benchmarks.report import print_table

    print_table(run())
