"""Mutated rosters: whatever arrives, nobody is added whom the file does not name.

    python -m tests.data.exchange.roster_fuzz 2000

makes as many files out of the Gao'an rosters, previews each, and tells what came of them. The oracle does not
use the code that it judges: it knows the cells that it wrote, and checks an ID number by the weights of the standard.
"""

import io
import random
import re
import sys
import tempfile
import time
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from openpyxl import Workbook, load_workbook

from data.errors import UserError
from data.exchange.roster_files import read_rosters
from data.exchange.tables import read_tables
from data.queries.roster_import import ImportPreview, preview_import
from data.store import Store
from tests.data.exchange.hostile import ods, ods_cell, ods_row

ROSTERS = Path(__file__).parents[3] / "resources" / "examples" / "gaoan-2023" / "rosters"
HEADERS = ["单位", "姓名", "性别", "身份证号", "职称", "科室", "组别", "联系电话"]
UNIT, NAME, ID, GROUP = 0, 1, 3, 6
OTHER_HEADERS = ["参赛单位", "姓 名", "性别", "身份证号码", "技术职称", "所在科室", "参赛组别（必填）", "手机"]
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be")
JUNK = (
    *(
        "=1+1",
        "+SUM(A1)",
        "-2+3|cmd",
        "@x!y",
        "\x07",
        "😀",
        "\u200b",
        "\u202e",
        "#N/A",
        "1.1E+17",
        "？",
        "",
        " ",
        "　",
        '"',
    ),
    *(
        ",",
        "\n",
        "0",
        "TRUE",
        "同上",
        "无",
        "张三、李四",
        "x" * 3000,
        "李" * 101,
        "\ufffd",
        "\ue000",
        "1" * 18,
        "姓名",
        "合计",
    ),
    "2023-11-18",
)
Person = tuple[str, str, str, str]  # name, ID number, unit, group
Grid = list[list[object]]


@dataclass
class Case:
    """One file. places: the column of each field, as the headers say. exact: every row of it says what `grid` says."""

    content: bytes
    suffix: str
    grid: Grid
    places: dict[int, int]
    exact: bool
    did: list[str] = field(default_factory=list)


@dataclass
class Tally:
    """What came of the files."""

    files: int = 0
    added: int = 0
    originals: int = 0
    refused: int = 0
    whole: int = 0
    slowest: tuple[float, str] = (0.0, "")
    did: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def people() -> dict[str, list[list[str]]]:
    """The cells of the good rows, by unit, straight from the files of one layout."""
    found: dict[str, list[list[str]]] = {}
    for path in sorted(ROSTERS.glob("*.xlsx")):
        for row in load_workbook(path).active.iter_rows(values_only=True):
            if row[0] and row[0] != HEADERS[0] and len(row) == len(HEADERS) and row[2] in ("男", "女"):
                found.setdefault(str(row[0]), []).append([str(cell or "").strip() for cell in row])
    return found


def clean(cell: object) -> str:
    """A cell of a name, a unit or a group, without what cannot be seen."""
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else "" if cell is None else str(cell)
    text = unicodedata.normalize("NFKC", re.sub("[•‧・．●]", "·", text))
    return "".join(c for c in text if not c.isspace() and unicodedata.category(c) not in ("Cf", "Cc")).upper()


def valid_id(number: str) -> bool:
    if len(number) != 18 or not (number.isascii() and number[:17].isdigit()):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, WEIGHTS, strict=False))
    return "10X98765432"[total % 11] == number[17]


class Fuzzer:
    """Makes cases out of one seed, and judges what the program made of them."""

    def __init__(self, seed: int, large: bool = True) -> None:
        """large: also files of 200,000 rows, which take seconds each."""
        self.chance = random.Random(seed)
        self._may_be_large = large
        self.people = people()
        self.originals = {
            (clean(row[NAME]), clean(row[ID]), row[UNIT], row[GROUP]) for rows in self.people.values() for row in rows
        }
        everyone = [row for rows in self.people.values() for row in rows]
        self.no_names = {clean(row[at]) for row in everyone for at in (0, 2, 4, 5, 6)} | {clean(h) for h in HEADERS}
        self.tally = Tally()

    # Making

    def case(self) -> Case:
        pick = self.chance.random()
        if pick < 0.12:
            return self._bytes_of_an_example()
        if pick < 0.135 and self._may_be_large:
            return self._large()
        unit = self.chance.choice(list(self.people))
        size = self.chance.choice([1, 3, 8, 20, 60])
        grid: Grid = [list(row) for row in self.people[unit][:size]]
        if self.chance.random() < 0.3:
            grid += [list(row) for row in self.chance.choice(list(self.people.values()))[:size]]
        headers: list[object] = list(self.chance.choice([HEADERS, OTHER_HEADERS]))
        places = {at: at for at in range(len(HEADERS))}
        did: list[str] = []
        for _turn in range(self.chance.choice([0, 1, 1, 2, 3, 6])):
            mutate = self.chance.choice(self._mutations())
            did.append(mutate.__name__)
            mutate(grid)
        if self.chance.random() < 0.3:
            did.append("columns in another order")
            order = list(range(len(headers)))
            self.chance.shuffle(order)
            headers = [headers[at] for at in order]
            grid = [[row[at] if at < len(row) else "" for at in order] + row[len(order) :] for row in grid]
            places = {at: order.index(at) for at in places}
        if self.chance.random() < 0.25:
            did.append("serial column")
            headers = ["序号", *headers]
            grid = [[index, *row] for index, row in enumerate(grid, 1)]
            places = {at: place + 1 for at, place in places.items()}
        if self.chance.random() < 0.3:
            did.append("title and footer")
            grid = [["报名表"], ["填报人：", "", "2023年10月"], headers, *grid, [], ["合计", len(grid)], ["单位盖章："]]
        else:
            grid = [headers, *grid]
        return self._damaged(self._written(grid, places, did))

    def _mutations(self) -> list[Callable[[Grid], None]]:
        return [
            *(self.junk, self.junk, self.append_junk, self.digit, self.swap_in_row, self.swap_rows_cells),
            *(self.swap_columns, self.double_row, self.shift, self.blank_rows, self.wide_digits, self.number_id),
            *(self.other_unit, self.short_unit, self.other_group, self.long_cell, self.many_columns, self.copy_id),
            *(self.dots, self.drop_cells),
        ]

    def _cell(self, grid: Grid) -> tuple[list[object], int]:
        row = self.chance.choice([row for row in grid if row] or [[""]])
        return row, self.chance.randrange(len(row))

    def junk(self, grid: Grid) -> None:
        row, at = self._cell(grid)
        row[at] = self.chance.choice(JUNK)

    def append_junk(self, grid: Grid) -> None:
        row, at = self._cell(grid)
        junk = self.chance.choice(JUNK)
        row[at] = f"{row[at]}{junk}" if self.chance.random() < 0.5 else f"{junk}{row[at]}"

    def digit(self, grid: Grid) -> None:
        row, _at = self._cell(grid)
        if len(row) > ID and str(row[ID]):
            number = str(row[ID])
            at = self.chance.randrange(len(number))
            row[ID] = number[:at] + self.chance.choice("0123456789X") + number[at + 1 :]

    def swap_in_row(self, grid: Grid) -> None:
        row, one = self._cell(grid)
        other = self.chance.randrange(len(row))
        row[one], row[other] = row[other], row[one]

    def swap_rows_cells(self, grid: Grid) -> None:
        row, at = self._cell(grid)
        other, _at = self._cell(grid)
        if at < len(other):
            row[at], other[at] = other[at], row[at]

    def swap_columns(self, grid: Grid) -> None:
        one, other = self.chance.sample(range(len(HEADERS)), 2)
        for row in grid:
            if len(row) > max(one, other):
                row[one], row[other] = row[other], row[one]

    def double_row(self, grid: Grid) -> None:
        grid.insert(self.chance.randrange(len(grid) + 1), list(self.chance.choice(grid or [[""]])))

    def shift(self, grid: Grid) -> None:
        row, _at = self._cell(grid)
        if self.chance.random() < 0.5:
            row.insert(0, "")
        else:
            row.pop(0)

    def blank_rows(self, grid: Grid) -> None:
        for _turn in range(self.chance.randrange(1, 4)):
            grid.insert(self.chance.randrange(len(grid) + 1), [])

    def wide_digits(self, grid: Grid) -> None:
        for row in grid:
            if len(row) > ID:
                row[ID] = str(row[ID]).translate({48 + digit: 0xFF10 + digit for digit in range(10)})

    def number_id(self, grid: Grid) -> None:
        for row in grid:
            if len(row) > ID and str(row[ID]).isdigit() and str(row[ID]).isascii():
                row[ID] = float(str(row[ID]))

    def other_unit(self, grid: Grid) -> None:
        row, _at = self._cell(grid)
        row[UNIT] = self.chance.choice([*self.people, "市医院", "不存在的医院", "高安市人民医院", "二院"])

    def short_unit(self, grid: Grid) -> None:
        row, _at = self._cell(grid)
        row[UNIT] = str(row[UNIT])[: self.chance.randrange(1, 5)]

    def other_group(self, grid: Grid) -> None:
        row, _at = self._cell(grid)
        if len(row) > GROUP:
            row[GROUP] = self.chance.choice(["医疗组", "护理组", "护理", "后勤组", "一类护理组", "1H", "急救团体"])

    def long_cell(self, grid: Grid) -> None:
        row, at = self._cell(grid)
        row[at] = self.chance.choice(["长", "x", "9", ",", "\n"]) * self.chance.choice([200, 32_000])

    def many_columns(self, grid: Grid) -> None:
        for row in grid:
            row += [f"其他{at}" for at in range(300 - len(row))]

    def copy_id(self, grid: Grid) -> None:
        row, _at = self._cell(grid)
        other, _at = self._cell(grid)
        if min(len(row), len(other)) > ID:
            row[ID] = other[ID]

    def dots(self, grid: Grid) -> None:
        row, _at = self._cell(grid)
        if len(row) > NAME:
            row[NAME] = "买买提" + self.chance.choice("•‧・．·●") + " 吐尔逊"

    def drop_cells(self, grid: Grid) -> None:
        row, at = self._cell(grid)
        del row[at:]

    def _written(self, grid: Grid, places: dict[int, int], did: list[str]) -> Case:
        kind = self.chance.choice(["xlsx", "xlsx", "csv", "csv", "ods"])
        if kind == "csv":
            encoding = self.chance.choice(ENCODINGS)
            delimiter = self.chance.choice(",,\t;")
            quoted = self.chance.random() < 0.8
            lines = []
            for row in grid:
                cells = ["" if cell is None else str(cell) for cell in row]
                if quoted:
                    cells = [
                        f'"{c.replace(chr(34), chr(34) * 2)}"' if set(c) & set(delimiter + '"\r\n') else c
                        for c in cells
                    ]
                lines.append(delimiter.join(cells))
            text = self.chance.choice(["\n", "\r\n"]).join(lines) + "\n"
            did.append(f"csv {encoding}" + ("" if quoted else " without quotes"))
            return Case(text.encode(encoding, "surrogatepass"), ".csv", grid, places, quoted, did)
        did.append(kind)
        if kind == "ods":
            body = "".join(ods_row("".join(ods_cell(_xml(cell)) for cell in row) or ods_cell()) for row in grid)
            return Case(ods(body), ".ods", grid, places, True, did)
        book = Workbook()
        for row in grid:
            book.active.append([cell if isinstance(cell, int | float) else _legal(cell) for cell in row])
        for line in book.active.iter_rows():
            for cell in line:
                if cell.data_type == "f":
                    cell.data_type = "s"
        content = io.BytesIO()
        book.save(content)
        return Case(content.getvalue(), ".xlsx", grid, places, True, did)

    def _damaged(self, case: Case) -> Case:
        if self.chance.random() > 0.35:
            return case
        content = bytearray(case.content)
        kind = self.chance.choice(["cut off", "flipped bytes", "zeros", "doubled", "other suffix", "inserted"])
        at = self.chance.randrange(max(len(content), 1))
        match kind:
            case "cut off":
                del content[at:]
            case "flipped bytes":
                for _turn in range(self.chance.choice([1, 2, 5, 50])):
                    content[self.chance.randrange(len(content))] ^= 1 << self.chance.randrange(8)
            case "zeros":
                content[at : at + 20] = bytes(len(content[at : at + 20]))
            case "doubled":
                content += bytes(content)
            case "inserted":
                content[at:at] = self.chance.randbytes(self.chance.choice([1, 4, 100]))
            case _:
                case.suffix = self.chance.choice([".xls", ".xlsx", ".csv", ".ods", ".txt"])
                return Case(case.content, case.suffix, case.grid, case.places, case.exact, [*case.did, kind])
        zipped = case.suffix != ".csv"
        return Case(bytes(content), case.suffix, case.grid, case.places, case.exact and zipped, [*case.did, kind])

    def _bytes_of_an_example(self) -> Case:
        path = self.chance.choice(sorted(ROSTERS.iterdir()))
        if self.chance.random() < 0.6:
            path = self.chance.choice(sorted(ROSTERS.glob("15*")) + sorted(ROSTERS.glob("11*")))
        return self._damaged(Case(path.read_bytes(), path.suffix, [], {}, False, [f"example {path.suffix}"]))

    def _large(self) -> Case:
        """200,000 rows, 300 columns, or a cell of megabytes."""
        row = self.people["市人民医院"][0]
        kind = self.chance.choice(["rows", "rows", "columns", "cell"])
        match kind:
            case "rows":
                lines = [
                    ",".join(
                        [*row[:NAME], "张" + chr(0x4E00 + at % 20_000) + chr(0x4E00 + at // 20_000), "", "", *row[4:]]
                    )
                    for at in range(200_000)
                ]
            case "columns":
                lines = [",".join([*row, *["x"] * 292])] * 5_000
            case _:
                lines = [",".join([*row[:NAME], "长" * 2_000_000, *row[2:]]), ",".join(row)]
        text = "\n".join([",".join(HEADERS), *lines]) + "\n"
        return Case(text.encode(), ".csv", [], {}, False, [f"large {kind}"])

    # Judging

    def judge(self, store: Store, folder: Path, case: Case) -> None:
        """Preview the file, and say where the program was wrong.

        Raises:
            AssertionError: somebody would be added whom the file does not name.
        """
        path = folder / f"case{case.suffix}"
        path.write_bytes(case.content)
        begun = time.perf_counter()
        preview = preview_import(store, read_rosters([path]))
        taken = time.perf_counter() - begun
        self._note(case, preview, taken)
        numbers = [planned.row.id_number for planned in preview.added if planned.row.id_number]
        assert len(set(numbers)) == len(numbers), "two people with one ID number"
        nameless = [(planned.unit.name, planned.row.name) for planned in preview.added if not planned.row.id_number]
        assert len(set(nameless)) == len(nameless), "one person twice"
        texts = None
        for planned in preview.added:
            row = planned.row
            person = (row.name.upper(), row.id_number, planned.unit.name, planned.division.name)
            assert not row.id_number or valid_id(row.id_number), person
            assert planned.division.category == planned.unit.category, person
            if person in self.originals:
                self.tally.originals += 1
                continue
            assert person[0] not in self.no_names, person
            assert all(unicodedata.category(c)[0] in "LM" or c in "·-'’. ()[]（）【】\ue000" for c in row.name), person
            if case.exact:
                said = case.grid[row.row - 1]
                for place, stored in ((NAME, row.name.upper()), (ID, row.id_number)):
                    column = case.places[place]
                    written = clean(said[column]) if column < len(said) else ""
                    assert clean(stored) == written.strip("'-`"), (person, said[:10])
                written = clean(said[case.places[UNIT]])
                assert written in (clean(planned.unit.name), clean(planned.unit.short)), (person, said[:10])
                group = clean(said[case.places[GROUP]])
                assert group, (person, said[:10])
                named = clean(planned.division.title.replace("·", "") + planned.division.code)
                assert group in named, (person, said[:10])
            else:
                texts = texts if texts is not None else _texts_of(path)
                assert clean(row.name) in texts[row.row], (person, case.did)
                assert not row.id_number or row.id_number in texts[row.row], (person, case.did)

    def _note(self, case: Case, preview: ImportPreview, taken: float) -> None:
        tally = self.tally
        tally.files += 1
        tally.added += len(preview.added)
        tally.refused += preview.refused_rows
        tally.whole += not preview.rows
        tally.slowest = max(tally.slowest, (taken, ", ".join(case.did)))
        tally.did.update(case.did)


def _texts_of(path: Path) -> dict[int, str]:
    """All that each row of a file says, in one text."""
    try:
        tables = read_tables(path)
    except UserError:
        return {}
    found: dict[int, str] = {}
    for table in tables:
        for number, row in enumerate(table.rows, 1):
            found[number] = found.get(number, "") + "|" + "|".join(map(clean, row))
    return found


def _legal(cell: object) -> str:
    return "".join(c for c in str("" if cell is None else cell) if c >= " " or c in "\n\t").replace("\ufffe", "")[
        :32_000
    ]


def _xml(cell: object) -> str:
    return _legal(cell).replace("&", "&amp;").replace("<", "&lt;")


def run(store: Store, count: int, seed: int = 1, large: bool = True) -> Tally:
    """Make and judge so many files. What a failure was can be made again: case n of a seed is always the same."""
    fuzzer = Fuzzer(seed, large)
    with tempfile.TemporaryDirectory() as name:
        for number in range(count):
            case = fuzzer.case()
            try:
                fuzzer.judge(store, Path(name), case)
            except Exception as error:
                kept = Path(tempfile.gettempdir()) / f"roster-fuzz-{seed}-{number}{case.suffix}"
                kept.write_bytes(case.content)
                told = f"case {number} of seed {seed} ({', '.join(case.did)}), kept as {kept}: {error!r}"
                fuzzer.tally.wrong.append(told)
    return fuzzer.tally


def main(count: int, seed: int) -> None:
    from data import store as stores
    from data.actions.setup import save_plan
    from data.exchange.plan_workbook import read_plan

    with tempfile.TemporaryDirectory() as name:
        store = stores.create(Path(name) / "fuzz.biwu")
        plan = read_plan(ROSTERS.parent / "plan.xlsx").plan
        assert plan is not None
        save_plan(store, "fuzz", plan)
        begun = time.perf_counter()
        tally = run(store, count, seed)
        store.close()
    slowest, did = tally.slowest
    for line in (
        f"{tally.files} files in {time.perf_counter() - begun:.0f} s, the slowest in {slowest:.2f} s ({did})",
        f"{tally.whole} of them refused whole, and {tally.refused} rows of the others",
        f"{tally.added} people would be added, {tally.originals} of them as they were",
        str(dict(tally.did.most_common())),
        *(f"{len(tally.wrong)} wrong", *tally.wrong),
    ):
        sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2_000, int(sys.argv[2]) if len(sys.argv) > 2 else 1)
