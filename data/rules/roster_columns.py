"""Which column of a table holds which field of a roster: guessed from the headers, or chosen by a person."""

from collections.abc import Sequence
from dataclasses import dataclass

FIELDS = ("unit", "name", "group", "sex", "id_number", "title", "department", "phone", "seeded", "note")
REQUIRED = ("unit", "name", "group")


@dataclass(frozen=True)
class ColumnMapping:
    """What a person chose for all tables of one shape.

    fields: the field of each column from A on, "" for a column that is left out; columns beyond are left out.
    down: how many rows the header stands below the one that the program guesses (negative: above).
    """

    fields: tuple[str, ...]
    down: int = 0


@dataclass(frozen=True)
class ColumnGuess:
    """One column: its letter, its header as the file has it, its field ("" for none), the first texts below."""

    letter: str
    header: str
    field: str
    samples: tuple[str, ...]


@dataclass(frozen=True)
class TableGuess:
    """How one sheet is read.

    shape: the same for tables with the same headers; the key under which a mapping is remembered.
    header_row: counts from 1; 0 when there is none, so that people start in row 1.
    guessed_row: the header row that the program found by itself (0: none).
    chosen: a person's mapping was used. missing: the required fields that no column has.
    top: the texts of the first rows, among which a person finds the header row.
    unit: the unit of all rows of a sheet without such a column, as guessed or chosen for this sheet alone.
    """

    file: str
    sheet: str
    shape: str
    header_row: int
    guessed_row: int
    columns: tuple[ColumnGuess, ...]
    chosen: bool
    missing: tuple[str, ...]
    top: tuple[tuple[str, ...], ...]
    unit: str = ""


def fields_offered() -> tuple[str, ...]:
    """The fields that a column may have, in the order in which people know them; `field_title` has their words."""
    return FIELDS


def chosen_mapping(table: TableGuess, fields: Sequence[str], header_row: int | None = None) -> ColumnMapping:
    """What to remember under `table.shape` when a person chose these fields, and maybe another header row.

    A field that is given twice stays with its first column.
    """
    once = tuple(field if field in FIELDS and field not in fields[:at] else "" for at, field in enumerate(fields))
    row = table.header_row if header_row is None else header_row
    return ColumnMapping(once, row - table.guessed_row)


def mapping_as_json(mapping: ColumnMapping) -> dict[str, object]:
    """A mapping as plain values."""
    return {"fields": list(mapping.fields), "down": mapping.down}


def mapping_of_json(value: object) -> ColumnMapping | None:
    """The mapping of `mapping_as_json`, or None for anything else: what was remembered may be of another version."""
    match value:
        case {"fields": [*fields], "down": int(down)} if all(field == "" or field in FIELDS for field in fields):
            return ColumnMapping(tuple(str(field) for field in fields), int(down))
    return None
