"""Rows of a select as the plain tuples that SQLite gives, where peewee would take most of the time.

peewee's `tuples()` looks at every value of every row and takes several times as long as reading them; and
to spell the SQL of a join takes it longer than SQLite needs to answer.
"""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from peewee import SQL

from data import models

GIVEN = SQL("?")  # stands in a Prepared select for a value that is given when it is asked


def plain_rows(query: Any) -> list[tuple[Any, ...]]:
    """All rows of a select, without peewee's conversions: a bool is 0 or 1, JSON is text."""
    rows: list[tuple[Any, ...]] = models.Row._meta.database.execute(query).fetchall()
    return rows


class Prepared:
    """A select that is asked again and again with other values: its SQL is spelt once.

    Every value in it is GIVEN.
    """

    def __init__(self, select: Callable[[], Any]) -> None:
        self._select = select

    @cached_property
    def _sql(self) -> str:
        sql, values = self._select().sql()
        if values:
            raise ValueError(f"values that are not GIVEN: {values}")
        return str(sql)

    def rows(self, *values: int | str) -> list[tuple[Any, ...]]:
        """As `plain_rows`, with these values in the places of GIVEN, in the order of the SQL."""
        rows: list[tuple[Any, ...]] = models.Row._meta.database.execute_sql(self._sql, values).fetchall()
        return rows
