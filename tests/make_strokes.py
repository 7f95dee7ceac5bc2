"""Makes resources/names anew: python -m tests.make_strokes UNIHAN CNCHAR

UNIHAN: the folder of Unihan_OtherMappings and Unihan_IRGSources (Debian's unicode-data: /usr/share/unicode).
CNCHAR: cnchar.order.min.js of the npm package cnchar-order.

The table of standard characters (通用规范汉字表, 2013) is sorted by strokes within each of its three
levels, as GF 3003-1999 rules; Unihan's kTGH keeps its numbers. cnchar says the strokes of most of these
characters, and agrees with the table's order but for a character or two, so the three levels can be merged:
a character whose strokes are not known stays beside its neighbour in its level. All other characters
follow those of the same count, by their strokes where known, else by radical.
"""

import bz2
import json
import re
import sys
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "resources" / "names"
LEVELS = ((1, 3500), (3501, 6500), (6501, 8105))
# The five kinds of GF 3003-1999: 横 (with 提), 竖 (with 竖钩), 撇, 点 (with 捺), 折.
KINDS = {**dict.fromkeys("ji", "1"), **dict.fromkeys("fg", "2"), "s": "3", **dict.fromkeys("kld", "4")}
Key = tuple[int, str]


def unihan(folder: Path, file: str, field: str) -> dict[str, str]:
    """The first value of a field for each character that has it."""
    path = folder / f"{file}.txt.bz2"
    with bz2.open(path, "rt", encoding="utf-8") if path.exists() else (folder / f"{file}.txt").open() as lines:
        rows = (line.rstrip("\n").split("\t") for line in lines if line.startswith("U+"))
        return {chr(int(code[2:], 16)): value.split()[0] for code, name, value in rows if name == field}


def stroke_kinds(path: Path) -> dict[str, str]:
    """The strokes of each character as digits 1 to 5."""
    found = re.search(r"JSON\.parse\('(.*?)'\)", path.read_text(encoding="utf-8"))
    assert found
    letters = json.loads(found[1])
    return {
        character: "".join(KINDS.get(letter, "5") for letter in text)
        for character, text in letters.items()
        if len(character) == 1
    }


def standard_order(numbers: dict[str, int], kinds: dict[str, str], counts: dict[str, int]) -> dict[str, Key]:
    """The key of each standard character; within a level, keys never fall."""
    keys: dict[str, Key] = {}
    for first, last in LEVELS:
        level = sorted((one for one, number in numbers.items() if first <= number <= last), key=numbers.__getitem__)
        known = {one: (len(kinds[one]), kinds[one]) for one in level if one in kinds}
        nexts: dict[str, Key] = {}
        following: Key = (99, "")
        for one in reversed(level):
            nexts[one] = following = min(known.get(one, following), following)
        before: Key = (0, "")
        for one in level:
            first_of_count = min(nexts[one], (counts[one], "6")) if counts[one] > before[0] else before
            keys[one] = before = max(before, known.get(one, first_of_count))
    return keys


def by_strokes(folder: Path, cnchar: Path) -> tuple[list[str], dict[int, str]]:
    """The standard characters in the order of their table, and all characters by count and order of strokes."""
    numbers = {one: int(value[5:]) for one, value in unihan(folder, "Unihan_OtherMappings", "kTGH").items()}
    counts = {one: int(value) for one, value in unihan(folder, "Unihan_IRGSources", "kTotalStrokes").items()}
    radicals = unihan(folder, "Unihan_IRGSources", "kRSUnicode")
    kinds = stroke_kinds(cnchar)
    standard = standard_order(numbers, kinds, counts)

    def place(one: str) -> tuple[int, int, str, int, int, int]:
        if one in standard:
            return standard[one][0], 0, standard[one][1], numbers[one], 0, ord(one)
        if len(kinds.get(one, "")) == counts[one]:
            return counts[one], 0, kinds[one], len(numbers) + 1, 0, ord(one)
        radical, rest = radicals[one].replace("'", "").split(".")
        return counts[one], 1, "", int(radical), int(rest), ord(one)

    lines: dict[int, list[str]] = {}
    for one in sorted(counts.keys() & radicals.keys() | standard.keys(), key=place):
        lines.setdefault(place(one)[0], []).append(one)
    return sorted(numbers, key=numbers.__getitem__), {count: "".join(found) for count, found in lines.items()}


def main() -> None:
    table, lines = by_strokes(Path(sys.argv[1]), Path(sys.argv[2]))
    text = "".join(f"{count}\t{characters}\n" for count, characters in lines.items())
    (FOLDER / "strokes.txt").write_text(text, encoding="utf-8", newline="\n")
    (FOLDER / "standard.txt").write_text("".join(table) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
