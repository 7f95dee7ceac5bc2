"""What the chief judge has to confirm before it counts, and what was confirmed (裁判长确认)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from peewee import fn

from data import models
from data.queries import sealing
from data.queries.division_marks import missing_seats
from data.queries.plain_rows import GIVEN, Prepared, plain_rows
from data.queries.plan import items_by_sheet
from data.queries.scores import is_due
from data.rules import alarms as rules
from data.rules.alarms import Limits, SheetTotal
from data.rules.marksheet import from_json, full_mark
from data.rules.plan import Item
from data.store import Store


@dataclass(frozen=True)
class AlarmRow:
    """Something unusual in a visit; `chief`, `at` and `reason` are empty until the chief judge has confirmed it.

    `kind`, `seat`, `milli`: see data/rules/alarms.py; `totals`: (seat, thousandths of points) of the sheets that are
    in; `texts`: the critical items that are ticked. Without names while they are sealed.
    """

    visit_id: int
    kind: str
    seat: int
    milli: int
    full_milli: int
    entrant_id: int
    number: str | None
    name: str
    unit: str
    division_code: str
    station_code: str
    station_name: str
    totals: tuple[tuple[int, int], ...] = ()
    texts: tuple[str, ...] = ()
    chief: str = ""
    at: str = ""
    reason: str = ""

    @property
    def is_open(self) -> bool:
        return not self.chief


@dataclass(frozen=True)
class VisitSheets:
    """The sheets of a visit that count: their totals, and the ids of their marks in the order of the seats."""

    sheets: tuple[SheetTotal, ...]
    mark_ids: Mapping[int, int]  # by seat

    def of_marks(self, seat: int) -> str:
        """What a confirmation for this seat (0: the whole visit) is given for, as a Confirmation stores it."""
        ids = [self.mark_ids[one] for one in sorted(self.mark_ids) if seat in (0, one)]
        return ",".join(map(str, ids))


def alarms(store: Store) -> list[AlarmRow]:
    """Everything unusual: what is open in the order of the stations, then what was confirmed, newest first."""
    with store.read():
        found = _rows(is_due())
    confirmed = sorted((row for row in found if not row.is_open), key=lambda row: row.at, reverse=True)
    return [*(row for row in found if row.is_open), *confirmed]


def open_alarms() -> tuple[AlarmRow, ...]:
    """What the chief judge has not confirmed yet; runs inside `store.read()`."""
    return tuple(row for row in _rows(is_due()) if row.is_open)


def of_visit(visit_id: int) -> tuple[AlarmRow, ...]:
    """What is unusual in one visit, confirmed or not; none where no mark is due. Runs inside `store.read()`."""
    return tuple(_rows(is_due() & (models.Visit.id == visit_id)))


def limits() -> Limits:
    """What raises an alarm in this event; runs inside `store.read()`."""
    rows = _LIMITS.rows()
    return Limits(*rows[0]) if rows else Limits()


_LIMITS = Prepared(
    lambda: models.Event.select(models.Event.spread_milli, models.Event.low_milli, models.Event.high_milli)
)


def sheets_of(visit_id: int, items: tuple[Item, ...]) -> VisitSheets:
    """The sheets of a visit that are in; runs inside `store.read()`."""
    sheets, ids = [], {}
    for mark_id, seat, total, values in _SHEETS.rows(visit_id):
        sheets.append(SheetTotal(seat, total, rules.ticked(items, from_json(json.loads(values)))))
        ids[seat] = mark_id
    return VisitSheets(tuple(sheets), ids)


_SHEETS = Prepared(
    lambda: (
        models.Mark.select(models.Mark.id, models.Mark.seat, models.Mark.total_milli, models.Mark.values)
        .join(models.Visit)
        .join(models.Station)
        .where(models.Mark.visit == GIVEN, models.Mark.latest, models.Mark.seat <= models.Station.judges)
        .order_by(models.Mark.seat)
    )
)


def _rows(where: Any) -> list[AlarmRow]:
    """All alarms of these visits with what was confirmed of them, in the order of the stations."""
    book = _Book(limits(), items_by_sheet(), _confirmed())
    missing = missing_seats()
    found: list[AlarmRow] = []
    for visit, sheet, lowest, highest, failed, *texts in plain_rows(_visits(where)):
        full = full_mark(book.items[sheet])
        row = AlarmRow(visit, "", 0, 0, full, *texts)
        if failed or _may_raise(lowest, highest, full, book.limits):
            found += book.of_visit(row, sheet)
        for seat in sorted(missing.get(visit, ())):
            found.append(_confirm(replace(row, kind=rules.MISSING, seat=seat), book.told[visit, rules.MISSING, seat]))
    return found


def _may_raise(lowest: int | None, highest: int | None, full_milli: int, limits: Limits) -> bool:
    """Whether it is worth looking at the single sheets of a visit."""
    if lowest is None or highest is None:
        return False
    ends = any(rules.is_extreme(total, full_milli, limits) for total in (lowest, highest))
    return ends or rules.is_apart(lowest, highest, limits)


@dataclass(frozen=True)
class _Told:
    """A confirmation."""

    of_marks: str
    chief: str
    at: str
    reason: str


@dataclass(frozen=True)
class _Book:
    """What alarms are made of. `told`: by visit, kind and seat, the newest of each; `items` by sheet."""

    limits: Limits
    items: Mapping[int, tuple[Item, ...]]
    told: Mapping[tuple[int, str, int], _Told]

    def of_visit(self, row: AlarmRow, sheet: int) -> list[AlarmRow]:
        """The alarms of a visit."""
        items = self.items[sheet]
        visit = sheets_of(row.visit_id, items)
        totals = tuple((one.seat, one.total_milli) for one in visit.sheets)
        ticked = {one.seat: one.critical for one in visit.sheets}
        words = {item.number: item.text for item in items}
        found = []
        for alarm in rules.alarms(visit.sheets, row.full_milli, self.limits):
            texts = tuple(words[number] for number in ticked.get(alarm.seat, ()))
            one = replace(row, kind=alarm.kind, seat=alarm.seat, milli=alarm.milli, totals=totals, texts=texts)
            told = self.told.get((row.visit_id, alarm.kind, alarm.seat))
            stands = told is not None and told.of_marks == visit.of_marks(alarm.seat)
            found.append(_confirm(one, told) if told is not None and stands else one)
        return found


def _confirm(row: AlarmRow, told: _Told) -> AlarmRow:
    return replace(row, chief=told.chief, at=told.at, reason=told.reason)


def _confirmed() -> dict[tuple[int, str, int], _Told]:
    """The newest confirmation by visit, kind and seat."""
    table = models.Confirmation
    rows = table.select(
        table.visit, table.kind, table.seat, table.of_marks, table.chief, table.at, table.reason
    ).order_by(table.id)
    return {(visit, kind, seat): _Told(*told) for visit, kind, seat, *told in plain_rows(rows)}


def _visits(where: Any) -> Any:
    """These visits with lowest and highest sheet, and whether one fails the entrant."""
    entrant, who, mark = models.Entrant, sealing.who(), models.Mark
    counting = (mark.visit == models.Visit.id) & mark.latest & (mark.seat <= models.Station.judges)
    return (
        models.Visit.select(
            models.Visit.id,
            models.Station.sheet,
            fn.MIN(mark.total_milli),
            fn.MAX(mark.total_milli),
            fn.MAX(mark.failed),
            entrant.id,
            entrant.number,
            who.name,
            who.unit,
            models.Division.code,
            models.Station.code,
            models.Station.name,
        )
        .join(models.Station)
        .join_from(models.Visit, entrant)
        .join(models.Unit)
        .join_from(entrant, models.Division)
        .join_from(models.Visit, mark, "LEFT JOIN", on=counting)
        .where(where)
        .group_by(models.Visit.id)
        .order_by(models.Station.position, entrant.draw_order.asc(nulls="LAST"), models.Visit.id)
    )
