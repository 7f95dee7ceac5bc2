"""Standings redone from the tables of an event file alone: SQL, integers and fractions, none of the app's rules."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Mapping
from contextlib import closing
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple

_TABLES = (
    "event", "division", "unit", "item", "station", "component", "component_station", "award_level",
    "entrant", "drawn_station", "visit", "mark", "theory_mark", "playoff",
)  # fmt: skip
OUT = ("absent", "withdrew", "disqualified")


class Line(NamedTuple):
    """What standings.csv says of an entrant: place ("" for none), total unrounded and rounded, award."""

    place: str
    exact: str
    shown: str
    award: str


class _Result(NamedTuple):
    entrant: int
    unit: int
    components: tuple[Fraction, ...]
    total: Fraction
    seconds: int
    theory: Fraction | None


def standings(path: Path) -> dict[tuple[str, str, str], Line]:
    """The line of each entrant by (division code, contestant number, unit), where all marks are in."""
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        return _Recount(connection).lines()


class _Recount:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._rows = {
            table: [dict(row) for row in connection.execute(f"SELECT * FROM {table} ORDER BY id")] for table in _TABLES
        }
        self._event = self._rows["event"][0]
        self._stations = self._by_id("station")
        self._divisions = self._by_id("division")
        self._items: dict[int, list[dict]] = defaultdict(list)
        for item in self._rows["item"]:
            self._items[item["sheet_id"]].append(item)
        self._totals: dict[int, list[int]] = defaultdict(list)
        stations_of = {visit["id"]: visit["station_id"] for visit in self._rows["visit"]}
        for mark in self._rows["mark"]:
            if mark["latest"]:
                station = self._stations[stations_of[mark["visit_id"]]]
                self._totals[mark["visit_id"]].append(self._sheet_total(mark, station))
        self._visits = {(visit["entrant_id"], visit["station_id"]): visit for visit in self._rows["visit"]}
        self._theory = {row["entrant_id"]: row["value_milli"] for row in self._rows["theory_mark"] if row["latest"]}
        self._drawn: dict[int, list[int]] = defaultdict(list)
        for row in self._rows["drawn_station"]:
            self._drawn[row["entrant_id"]].append(row["station_id"])
        self._playoffs = {row["entrant_id"]: row["place"] for row in self._rows["playoff"]}

    def _by_id(self, table: str) -> dict[int, dict]:
        return {row["id"]: row for row in self._rows[table]}

    def _sheet_total(self, mark: dict, station: dict) -> int:
        if mark["total_only"]:
            return int(mark["total_milli"])
        values = json.loads(mark["values"])
        items = self._items[station["sheet_id"]]
        points = [_points(item, values.get(str(item["number"]))) for item in items]
        return 0 if None in points else min(max(0, sum(filter(None, points))), _full(items))

    def _station_percent(self, entrant: int, station_id: int) -> Fraction:
        station = self._stations[station_id]
        visit = self._visits[entrant, station_id]
        totals = sorted(self._totals[visit["id"]])
        assert len(totals) == station["judges"]
        full = _full(self._items[station["sheet_id"]])
        if station["combine"] == "sum":
            combined, full = Fraction(sum(totals)), full * len(totals)
        elif station["combine"] == "median":
            middle = len(totals) // 2
            combined = Fraction(totals[middle] + totals[-1 - middle], 2)
        else:
            counted = totals[1:-1] if station["combine"] == "trimmed" else totals
            combined = Fraction(sum(counted), len(counted))
        return max(combined - visit["penalty_milli"], Fraction(0)) * 100 / full

    def lines(self) -> dict[tuple[str, str, str], Line]:
        found: dict[int, list[_Result]] = {}
        units = self._by_id("unit")
        lines = {}
        order = sorted(self._divisions.values(), key=lambda division: division["entry"] == "sum")
        for division in order:
            entrants = [row for row in self._rows["entrant"] if row["division_id"] == division["id"]]
            competing = [row for row in entrants if row["state"] not in OUT]
            found[division["id"]] = [self._result(division, entrant, found) for entrant in competing]
            ranked = self._ranked(division, found)
            by_entrant = {row["id"]: row for row in entrants}
            for place, result in ranked:
                entrant = by_entrant[result.entrant]
                key = (division["code"], entrant["number"] or "", units[entrant["unit_id"]]["name"])
                shown = _decimal(result.total, self._event["decimals"])
                exact = format(_decimal(result.total, 12).normalize(), "f")
                lines[key] = Line(str(place), exact, str(shown), self._award(division, place, len(competing)))
        return lines

    def _components(self, division: dict) -> list[dict]:
        rows = [row for row in self._rows["component"] if row["division_id"] == division["id"]]
        return sorted(rows, key=lambda row: row["position"])

    def _result(self, division: dict, entrant: dict, found: Mapping[int, list[_Result]]) -> _Result:
        values: list[Fraction] = []
        seconds, theory = 0, None
        if entrant["id"] in self._theory:
            theory = Fraction(self._theory[entrant["id"]], 1000)
        for component in self._components(division):
            if component["source"] == "station":
                values.append(self._station_percent(entrant["id"], component["station_id"]))
                seconds += self._visits[entrant["id"], component["station_id"]]["seconds_milli"] or 0
            elif component["source"] == "choice":
                drawn = self._drawn_of(component, entrant["id"])
                percents = [self._station_percent(entrant["id"], station) for station in drawn]
                values.append(sum(percents, Fraction(0)) / len(percents))
                seconds += sum(self._visits[entrant["id"], station]["seconds_milli"] or 0 for station in drawn)
            elif component["source"] == "theory":
                assert theory is not None
                values.append(theory)
            else:
                best = self._best(division, entrant["unit_id"], component, found)
                values.append(sum((member.total for member in best), Fraction(0)))
                seconds += sum(member.seconds for member in best)
        weights = [component["weight_milli"] for component in self._components(division)]
        total = sum((value * weight / 100_000 for value, weight in zip(values, weights, strict=True)), Fraction(0))
        return _Result(entrant["id"], entrant["unit_id"], tuple(values), total, seconds, theory)

    def _drawn_of(self, component: dict, entrant: int) -> list[int]:
        links = [row for row in self._rows["component_station"] if row["component_id"] == component["id"]]
        drawn = [row["station_id"] for row in links if row["station_id"] in self._drawn[entrant]]
        assert len(drawn) == component["best"] < len(links)
        return drawn

    def _best(self, division: dict, unit: int, component: dict, found: Mapping[int, list[_Result]]) -> list[_Result]:
        source = self._divisions[component["of_division_id"]]
        members = [result for result in found[source["id"]] if result.unit == unit]

        def order(result: _Result) -> tuple:
            return (-result.total, *(-step for step in self._steps(division["tie_rule"], source, result)))

        return sorted(members, key=order)[: component["best"]]

    def _steps(self, rule: str, division: dict, result: _Result) -> list[Fraction]:
        values: dict[str, Any] = {"用时": Fraction(-result.seconds), "理论": result.theory}
        names = [component["name"] for component in self._components(division)]
        values.update(zip(names, result.components, strict=True))
        return [values[name] for name in rule.split(";") if name in values and values[name] is not None]

    def _ranked(self, division: dict, found: Mapping[int, list[_Result]]) -> list[tuple[int, _Result]]:
        def key(result: _Result) -> tuple:
            if division["entry"] == "sum":
                steps = self._team_steps(division, result, found)
            else:
                steps = self._steps(division["tie_rule"], division, result)
            return (-result.total, *(-step for step in steps), self._playoffs.get(result.entrant, 0))

        results = found[division["id"]]
        keys = sorted(map(key, results))
        return [(1 + keys.index(key(result)), result) for result in results]

    def _team_steps(self, division: dict, result: _Result, found: Mapping[int, list[_Result]]) -> list[Fraction]:
        """A component of the team's own, or the sum over the members that count."""
        components = self._components(division)
        own = dict(zip((component["name"] for component in components), result.components, strict=True))
        counted = [
            (self._divisions[component["of_division_id"]], member)
            for component in components
            if component["source"] == "sum"
            for member in self._best(division, result.unit, component, found)
        ]
        return [
            own[name] if name in own else sum((sum(self._steps(name, *one)) for one in counted), Fraction(0))
            for name in division["tie_rule"].split(";")
        ]

    def _award(self, division: dict, place: int, competed: int) -> str:
        levels = [row for row in self._rows["award_level"] if row["division_id"] == division["id"]]
        levels.sort(key=lambda row: row["position"])
        sizes = [
            row["count"]
            if row["count"] is not None
            else int(Fraction(row["percent_milli"] * competed, 100_000) + Fraction(1, 2))
            for row in levels
        ]
        lines = accumulate(sizes)
        return next((level["name"] for level, line in zip(levels, lines, strict=True) if place <= line), "")


def _full(items: list[dict]) -> int:
    return sum(item["full_milli"] for item in items if item["kind"] not in ("penalty", "critical"))


def _points(item: dict, value: Any) -> int | None:
    """Thousandths that an item adds; None where a critical item makes the whole sheet 0."""
    kind, full = item["kind"], int(item["full_milli"])
    rule = item["rule"].replace("；", ";")
    if kind in ("penalty", "critical"):
        if kind == "critical":
            return None if value and rule != "不合格" else 0
        return full if value else 0
    if kind == "deductions":
        parts = dict(part.rstrip("×").rsplit("=", 1) for part in rule.split(";"))
        if any(parts[text] == "0" for text in value):
            return 0
        return max(0, full + sum(count * _milli(parts[text]) for text, count in value.items()))
    if kind == "grades":
        labels = [part.strip().partition("=") for part in rule.split("/")]
        return next(_milli(points or label) for label, _sign, points in labels if label == value)
    if kind == "timed":
        bands = (part.rpartition("=") for part in rule.split(";"))
        return next((_milli(points) for band, _sign, points in bands if _holds(band, value)), 0)
    return int(value)


def _holds(band: str, seconds_milli: int) -> bool:
    sign = band.rstrip("0123456789.")
    limit = _milli(band[len(sign) :])
    return {
        "<=": seconds_milli <= limit,
        "<": seconds_milli < limit,
        ">": seconds_milli > limit,
        ">=": seconds_milli >= limit,
    }[sign]


def _milli(text: str) -> int:
    return int(Decimal(text) * 1000)


def _decimal(value: Fraction, places: int) -> Decimal:
    with localcontext(prec=60):
        return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(
            Decimal(1).scaleb(-places), ROUND_HALF_UP
        )
