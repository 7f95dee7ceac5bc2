"""Rows of a select as the plain tuples that SQLite gives, for queries over tens of thousands of rows.

peewee's `tuples()` looks at every value of every row and takes several times as long as reading them.
"""

from typing import Any

from data import models


def plain_rows(query: Any) -> list[tuple[Any, ...]]:
    """All rows of a select, without peewee's conversions: a bool is 0 or 1, JSON is text."""
    rows: list[tuple[Any, ...]] = models.Row._meta.database.execute(query).fetchall()
    return rows
