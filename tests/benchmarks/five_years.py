"""Five yearly selection draws on the Gao'an pool, each year's contestants held back in the years that follow.

`python -m tests.benchmarks.five_years` prints how far each unit's staff is covered after every year, beside the fastest
that its quota allows: in each division as many new people a year as it has places, until there are none left.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from data.rules.draw import PAST, parse_pool_id
from data.rules.draw_record import SELECTION, Candidate, drawn_record, frozen_record

EVENT = Path(__file__).parents[2] / "resources" / "examples" / "demo.biwu"
YEARS = 5


@dataclass(frozen=True)
class Cover:
    """The staff of one unit in one division: places a year, and how many have competed, before and after each year."""

    division: str
    unit: str
    staff: int
    places: int
    before: int
    covered: tuple[int, ...]

    @property
    def fastest(self) -> tuple[int, ...]:
        """How many could have competed after each year at most."""
        return tuple(min(self.staff, self.before + self.places * year) for year in range(1, YEARS + 1))


def gaoan_pool() -> tuple[list[Candidate], dict[str, int]]:
    """The list of the selection in the demo event, and its quotas."""
    with closing(sqlite3.connect(f"file:{EVENT}?mode=ro", uri=True)) as connection:
        (text,) = connection.execute("SELECT record FROM draw WHERE kind = ?", (SELECTION,)).fetchone()
    record = json.loads(text)
    pool = [Candidate(parse_pool_id(entry["id"]), entry["name"], entry["unit"]) for entry in record["pool"]]
    return pool, record["quotas"]


def five_years(pool: Sequence[Candidate], quotas: Mapping[str, int]) -> list[Cover]:
    """Draw five times; who was drawn, or had competed before, is held back from then on."""
    groups = dict.fromkeys((entry.id.division, entry.unit) for entry in pool)
    staff = Counter((entry.id.division, entry.unit) for entry in pool)
    after = [_covered(pool)]
    for year in range(1, YEARS + 1):
        frozen = frozen_record(SELECTION, "大比武", pool, quotas)
        record = drawn_record(frozen, [f"08 15 {year}", "高安"], ["甲", "乙"], f"{2022 + year}-11-17")
        drawn = {entry["id"] for entry in record["result"]}
        pool = [replace(entry, id=replace(entry.id, mark=PAST)) if str(entry.id) in drawn else entry for entry in pool]
        after.append(_covered(pool))
    return [
        Cover(*group, staff[group], quotas[group[0]], after[0][group], tuple(counts[group] for counts in after[1:]))
        for group in groups
    ]


def _covered(pool: Sequence[Candidate]) -> Counter[tuple[str, str]]:
    return Counter((entry.id.division, entry.unit) for entry in pool if entry.id.mark == PAST)


def by_unit(covers: Sequence[Cover]) -> list[tuple[str, int, int, int, tuple[int, ...], tuple[int, ...]]]:
    """Unit, staff, places a year, competed before, covered after each year, the fastest possible."""
    rows = []
    for unit in dict.fromkeys(cover.unit for cover in covers):
        own = [cover for cover in covers if cover.unit == unit]
        sums = [sum(values) for values in zip(*((c.staff, c.places, c.before) for c in own), strict=True)]
        covered = tuple(map(sum, zip(*(cover.covered for cover in own), strict=True)))
        fastest = tuple(map(sum, zip(*(cover.fastest for cover in own), strict=True)))
        rows.append((unit, sums[0], sums[1], sums[2], covered, fastest))
    return rows


def main() -> None:
    """Print the table with the history that the pool has, and without any."""
    pool, quotas = gaoan_pool()
    fresh = [replace(entry, id=replace(entry.id, mark="")) for entry in pool]
    for title, start in (("with the history of the pool", pool), ("without any history", fresh)):
        print(f"\n{YEARS} yearly draws, {title}")
        print(f"{'staff':>5} {'quota':>5} {'before':>6}   covered after years 1-5    the fastest possible    unit")
        for unit, staff, places, before, covered, fastest in by_unit(five_years(start, quotas)):
            counts = ["".join(f"{count:>4}" for count in values) for values in (covered, fastest)]
            print(f"{staff:>5} {places:>5} {before:>6}   {counts[0]:<24}  {counts[1]:<22}  {unit}")


if __name__ == "__main__":
    main()
