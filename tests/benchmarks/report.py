"""What a benchmark measured, beside the floor that no program could go below."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One figure. `floor`, in the same unit, is the work that cannot be left out; `ratio` is value / floor."""

    name: str
    value: float
    unit: str
    floor: float | None
    ratio: float | None


def against(name: str, value: float, unit: str, floor: float) -> Row:
    """A row with its ratio."""
    return Row(name, value, unit, floor, value / floor)


def print_table(rows: Iterable[Row]) -> None:
    """One line a row, in columns."""
    print(f"{'what':<52} {'value':>12} {'floor':>12} {'ratio':>7}  unit")
    for row in rows:
        floor = "" if row.floor is None else f"{row.floor:.3f}"
        ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
        print(f"{row.name:<52} {row.value:>12.3f} {floor:>12} {ratio:>7}  {row.unit}")
