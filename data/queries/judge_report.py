"""The judges' report (裁判评分分析) of the marks as they are: figures of each station, the names of judges alone."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from peewee import fn

from data import models
from data.i18n import _
from data.queries.plain_rows import plain_rows
from data.queries.plan import items_by_sheet
from data.queries.stand_ins import StandIn, in_force, stand_ins_by_visit
from data.rules.judge_report import (
    ItemFigures,
    JudgeFigures,
    JudgeSheet,
    StationFigures,
    item_scores,
    item_span,
    station_figures,
)
from data.rules.marksheet import Value, from_json, full_mark
from data.rules.plan import Item
from data.store import Store

Progress = Callable[[int, int, str], None]  # done, total, what is being done; may raise Cancelled


@dataclass(frozen=True)
class JudgeLine:
    """A judge of a station under the name that the plan gives, or the seat where it gives none."""

    name: str
    figures: JudgeFigures


@dataclass(frozen=True)
class ItemLine:
    item: Item
    figures: ItemFigures


@dataclass(frozen=True)
class StationReport:
    """One station. `sheets`: those that are in, `judged`: of how many visits; points are those of one judge's sheet."""

    code: str
    name: str
    sheet_name: str
    full_milli: int
    seats: int
    sheets: int
    judged: int
    figures: StationFigures
    judges: tuple[JudgeLine, ...]
    items: tuple[ItemLine, ...]


@dataclass(frozen=True)
class JudgeReport:
    """The stations of which marks are in, in the order of the plan. No contestant is named, sealed or not."""

    stations: tuple[StationReport, ...]


def no_progress(done: int, total: int, text: str) -> None:
    """For those who do not ask how far it is."""


def judge_report(store: Store, progress: Progress = no_progress) -> JudgeReport:
    """Read and reckon it all at one moment: some seconds for a large event.

    A judge who sat at several seats of a station is one judge. Who sat where is as the plan says now; a reserve judge
    counts where he stepped in. The marks of everyone who performed count, out of the contest or not.
    """
    with store.read():
        stations = list(models.Station.select().order_by(models.Station.position))
        items = items_by_sheet()
        stand_ins = stand_ins_by_visit(store)
        found = []
        for done, station in enumerate(stations):
            progress(done, len(stations), station.name)
            report = _station(station, items.get(station.sheet_id, ()), stand_ins)
            if report.sheets:
                found.append(report)
        return JudgeReport(tuple(found))


def _station(
    station: models.Station, items: tuple[Item, ...], stand_ins: Mapping[int, Mapping[int, StandIn]]
) -> StationReport:
    people = _People(station)
    known: dict[str, tuple[int, ...]] = {}
    sheets = []
    for visit, lane, seat, total, total_only, values in plain_rows(_marks(station)):
        reserve = stand_ins.get(visit, {}).get(seat)
        judge = people.key(reserve.judge_id if reserve else None, lane, seat)
        if values not in known:  # many sheets are alike
            stored: dict[str, Value] = json.loads(values)
            known[values] = item_scores(items, from_json(stored))
        sheets.append(JudgeSheet(visit, judge, total, () if total_only else known[values]))
    figures = station_figures([item_span(item) for item in items], sheets, station.judges)
    return StationReport(
        station.code,
        station.name,
        station.sheet.name,
        full_mark(items),
        station.judges,
        len(sheets),
        len({sheet.visit for sheet in sheets}),
        figures,
        tuple(JudgeLine(people.name(one.judge), one) for one in figures.judges),
        tuple(ItemLine(item, one) for item, one in zip(items, figures.items, strict=True)),
    )


class _People:
    """The judges of a station by a key that puts them in the order of lane and seat, reserves last."""

    def __init__(self, station: models.Station) -> None:
        rows = models.Judge.select().where(models.Judge.station == station.id)
        ordered = sorted(rows, key=lambda row: (row.reserve, row.lane, row.seat, row.id))
        self._names: list[str] = []
        self._keys: dict[tuple[str, str], int] = {}
        self._of_row: dict[int, int] = {}
        self._of_place: dict[tuple[int | None, int], int] = {}
        for row in ordered:
            key = self._keys.setdefault((row.name, row.unit_name), len(self._names))
            if key == len(self._names):
                self._names.append(row.name)
            self._of_row[row.id] = key
            if not row.reserve:
                self._of_place[row.lane, row.seat] = key

    def key(self, row: int | None, lane: int | None, seat: int) -> int:
        """The judge of this row, or whoever sits there."""
        if row is not None:
            return self._of_row[row]
        if (lane, seat) not in self._of_place:
            self._of_place[lane, seat] = len(self._names)
            self._names.append(_seat_words(lane, seat))
        return self._of_place[lane, seat]

    def name(self, key: int) -> str:
        return self._names[key]


def _seat_words(lane: int | None, seat: int) -> str:
    if lane is None:
        return _("Judge {seat}").format(seat=seat)
    return _("Lane {lane}, judge {seat}").format(lane=lane, seat=seat)


def _marks(station: models.Station) -> Any:
    """Visit, lane, seat, total, whether it is a total alone, and the values of every sheet that counts."""
    slot, mark = models.Slot, models.Mark
    return (
        mark.select(
            mark.visit,
            fn.COALESCE(models.Visit.ran_lane, slot.lane),
            mark.seat,
            mark.total_milli,
            mark.total_only,
            mark.values,
        )
        .join(models.Visit)
        .join(slot, "LEFT JOIN", on=(slot.visit == models.Visit.id) & (slot.timetable == in_force()))
        .where(models.Visit.station == station.id, mark.latest, mark.seat <= station.judges)
        .order_by(mark.visit, mark.seat)
    )
