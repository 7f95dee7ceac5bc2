"""Standings and honours redone from the tables of an event file alone: SQL, integers and fractions, none of the
app's rules."""

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple

_TABLES = (
    "event", "division", "unit", "item", "station", "component", "component_station", "award_level", "honour",
    "entrant", "drawn_station", "visit", "mark", "theory_mark", "playoff", "confirmation", "tie_decision",
    "honour_given",
)  # fmt: skip
OUT = ("disqualified", "withdrew", "absent")


class Line(NamedTuple):
    """What standings.csv says of an entrant: place ("" for none), total unrounded and rounded, award."""

    place: str
    exact: str
    shown: str
    award: str


class Entry(NamedTuple):
    """All that the standings say of an entrant."""

    division: str
    entrant: int
    state: str
    components: tuple[Fraction | None, ...]
    total: Fraction | None
    place: int | None
    shared: bool
    award: str


class _Result(NamedTuple):
    entrant: int
    unit: int
    state: str
    components: tuple[Fraction | None, ...]
    total: Fraction | None
    steps: tuple[Fraction | None, ...]


def standings(path: Path) -> dict[tuple[str, str, str], Line]:
    """The line of each entrant by (division code, contestant number, unit)."""
    with closing(sqlite3.connect(path)) as connection:
        return _Recount(connection).lines()


def entries(path: Path) -> dict[int, Entry]:
    """All that the standings say, by entrant."""
    with closing(sqlite3.connect(path)) as connection:
        return {entry.entrant: entry for entry in _Recount(connection).entries}


def honours(path: Path) -> dict[str, set[int]]:
    """The entrants or units that have each honour, by its name."""
    with closing(sqlite3.connect(path)) as connection:
        return _Recount(connection).honours()


class _Recount:
    def __init__(self, connection: sqlite3.Connection) -> None:
        connection.row_factory = sqlite3.Row
        self._rows = {
            table: [dict(row) for row in connection.execute(f"SELECT * FROM {table} ORDER BY id")] for table in _TABLES
        }
        self._event = self._rows["event"][0]
        self._stations, self._entrants = self._by_id("station"), self._by_id("entrant")
        self._divisions = self._by_id("division")
        self._items = self._grouped("item", "sheet_id")
        self._links = self._grouped("component_station", "component_id")
        self._components = self._grouped("component", "division_id")
        self._levels = self._grouped("award_level", "division_id")
        for rows in (*self._components.values(), *self._levels.values()):
            rows.sort(key=lambda row: row["position"])
        self._visits = {(visit["entrant_id"], visit["station_id"]): visit for visit in self._rows["visit"]}
        self._marks: dict[int, list[dict]] = defaultdict(list)
        stations_of = {visit["id"]: visit["station_id"] for visit in self._rows["visit"]}
        for mark in self._rows["mark"]:
            if mark["latest"] and mark["seat"] <= self._stations[stations_of[mark["visit_id"]]]["judges"]:
                self._marks[mark["visit_id"]].append(mark)
        self._absent_judges: dict[int, set[int]] = defaultdict(set)
        for row in self._rows["confirmation"]:
            if row["kind"] == "missing":
                self._absent_judges[row["visit_id"]].add(row["seat"])
        self._theory = {
            row["entrant_id"]: Fraction(row["value_milli"], 1000) for row in self._rows["theory_mark"] if row["latest"]
        }
        self._drawn: dict[int, set[int]] = defaultdict(set)
        for row in self._rows["drawn_station"]:
            self._drawn[row["entrant_id"]].add(row["station_id"])
        self._playoffs = {row["entrant_id"]: row["place"] for row in self._rows["playoff"]}
        self._results: dict[int, list[_Result]] = {}
        self._settled: dict[int, bool] = {}
        self.entries: list[Entry] = []
        order = sorted(self._divisions.values(), key=lambda division: division["entry"] == "sum")
        for division in order:
            self._stand(division)

    def _by_id(self, table: str) -> dict[int, dict]:
        return {row["id"]: row for row in self._rows[table]}

    def _grouped(self, table: str, column: str) -> dict[int, list[dict]]:
        found: dict[int, list[dict]] = defaultdict(list)
        for row in self._rows[table]:
            found[row[column]].append(row)
        return found

    # From a sheet to an entrant's total

    def _sheet(self, mark: dict, station: dict) -> tuple[int, bool]:
        """The points of a judge's sheet, and whether it fails the entrant."""
        if mark["total_only"]:
            return int(mark["total_milli"]), False
        values = json.loads(mark["values"])
        items = self._items[station["sheet_id"]]
        points = [_points(item, values.get(str(item["number"]))) for item in items]
        failed = any(
            item["kind"] == "critical" and item["rule"] == "不合格" and values.get(str(item["number"]))
            for item in items
        )
        return 0 if None in points else min(max(0, sum(filter(None, points))), _full(items)), failed

    def _station_percent(self, entrant: int, station_id: int) -> Fraction | None:
        station = self._stations[station_id]
        visit = self._visits.get((entrant, station_id))
        if visit is None:
            return None
        marks = self._marks[visit["id"]]
        handed_in = {mark["seat"] for mark in marks}
        awaited = set(range(1, station["judges"] + 1)) - self._absent_judges[visit["id"]] - handed_in
        if awaited or not marks:
            return None
        totals = sorted(self._sheet(mark, station)[0] for mark in marks)
        full = _full(self._items[station["sheet_id"]])
        if station["combine"] == "sum":
            combined, full = Fraction(sum(totals)), full * len(totals)
        elif station["combine"] == "median":
            middle = len(totals) // 2
            combined = Fraction(totals[middle] + totals[-1 - middle], 2)
        else:
            counted = totals[1:-1] if station["combine"] == "trimmed" and len(totals) > 2 else totals
            combined = Fraction(sum(counted), len(counted))
        return max(combined - visit["penalty_milli"], Fraction(0)) * 100 / full

    def _result(self, division: dict, entrant: dict) -> _Result:
        values: list[Fraction | None] = []
        visited: list[int] = []
        undrawn = False
        for component in self._components[division["id"]]:
            if component["source"] == "station":
                visited.append(component["station_id"])
                values.append(self._station_percent(entrant["id"], component["station_id"]))
            elif component["source"] == "choice":
                drawn = self._drawn_of(component, entrant["id"])
                undrawn |= not drawn
                visited += drawn
                percents = [self._station_percent(entrant["id"], station) for station in drawn]
                values.append(_plus(percents) / len(percents) if drawn and None not in percents else None)  # type: ignore[operator]
            else:
                values.append(self._theory.get(entrant["id"]))
        visits = [self._visits.get((entrant["id"], station)) for station in visited]
        state = _state(entrant["state"], [visit["state"] for visit in visits if visit])
        if state not in OUT and any(self._failed(visit) for visit in visits if visit):
            state = "failed"
        seconds = [visit["seconds_milli"] if visit else None for visit in visits]
        time = None if undrawn or not seconds or None in seconds else Fraction(-sum(filter(None, seconds)), 1000)
        steps = {"用时": time, "理论": self._theory.get(entrant["id"])}
        steps.update(zip((one["name"] for one in self._components[division["id"]]), values, strict=True))
        return _Result(
            entrant["id"], entrant["unit_id"], state, tuple(values), self._total(division, state, values),
            tuple(steps.get(name) for name in _rule(division)),
        )  # fmt: skip

    def _failed(self, visit: dict) -> bool:
        station = self._stations[visit["station_id"]]
        return any(self._sheet(mark, station)[1] for mark in self._marks[visit["id"]])

    def _drawn_of(self, component: dict, entrant: int) -> list[int]:
        drawn = [row["station_id"] for row in self._links[component["id"]] if row["station_id"] in self._drawn[entrant]]
        return drawn if len(drawn) == component["best"] else []

    def _total(self, division: dict, state: str, values: Sequence[Fraction | None]) -> Fraction | None:
        if state in OUT or None in values:
            return None
        weights = [component["weight_milli"] for component in self._components[division["id"]]]
        return sum((value * weight / 100_000 for value, weight in zip(values, weights, strict=True)), Fraction(0))  # type: ignore[operator]

    # The sum of the best

    def _team(self, division: dict, entrant: dict) -> _Result:
        values: list[Fraction | None] = []
        counted: list[tuple[Fraction | None, ...]] = []
        anyone = False
        for component in self._components[division["id"]]:
            members = [
                (one, self._as_member(division, self._divisions[component["of_division_id"]], one))
                for one in self._results[component["of_division_id"]]
                if one.unit == entrant["unit_id"] and one.state not in (*OUT, "failed")
            ]
            anyone = anyone or bool(members)
            if any(one.total is None for one, _steps in members):
                values.append(None)
                continue
            members.sort(key=lambda member: (-member[0].total, [_last(step) for step in member[1]], member[0].entrant))  # type: ignore[operator]
            best = members[: component["best"]]
            values.append(sum((one.total for one, _steps in best), Fraction(0)))  # type: ignore[misc]
            counted += [steps for _one, steps in best]
        state = entrant["state"] if anyone or entrant["state"] in OUT else "absent"
        own = dict(zip((one["name"] for one in self._components[division["id"]]), values, strict=True))
        steps = [
            own[name] if name in own else _plus([steps[index] for steps in counted])
            for index, name in enumerate(_rule(division))
        ]
        total = self._total(division, state, values)
        return _Result(entrant["id"], entrant["unit_id"], state, tuple(values), total, tuple(steps))

    def _as_member(self, division: dict, source: dict, member: _Result) -> tuple[Fraction | None, ...]:
        """The steps of the unit's own rule for one of its members, in the terms of the member's division."""
        return self._result({**source, "tie_rule": division["tie_rule"]}, self._entrants[member.entrant]).steps

    # Places and awards

    def _stand(self, division: dict) -> None:
        reckon = self._team if division["entry"] == "sum" else self._result
        entrants = [row for row in self._rows["entrant"] if row["division_id"] == division["id"]]
        results = self._results[division["id"]] = [reckon(division, entrant) for entrant in entrants]
        competing = [result for result in results if result.state not in OUT]
        complete = bool(competing) and all(result.total is not None for result in competing)
        groups = self._groups([one for one in competing if one.total is not None and one.state != "failed"])
        placed: dict[int, tuple[int, bool, str]] = {}
        cut = False
        ahead = 0
        for group in groups:
            names = {
                self._award(division, place, len(competing), group[0].total) for place in self._apart(ahead, group)
            }
            name = self._award(division, ahead + 1, len(competing), group[0].total) if complete else ""
            if (
                complete
                and len(names) > 1
                and self._event["ties"] == "playoff"
                and not self._is_shared(division, group)
            ):
                name, cut = "", True
            for one in group:
                placed[one.entrant] = (ahead + 1, len(group) > 1, name)
            ahead += len(group)
        self._settled[division["id"]] = not cut and (complete or not competing)
        for one in results:
            place, shared, name = placed.get(one.entrant, (None, False, ""))
            self.entries.append(
                Entry(division["code"], one.entrant, one.state, one.components, one.total, place, shared, name)
            )

    @staticmethod
    def _apart(ahead: int, group: Sequence[_Result]) -> range:
        """The places that the tied would have, were they told apart."""
        return range(ahead + 1, ahead + len(group) + 1)

    def _groups(self, results: Iterable[_Result]) -> list[list[_Result]]:
        """Those whom nothing tells apart, best first."""
        groups = _split([list(results)], lambda one: one.total)
        for index in range(max((len(one.steps) for group in groups for one in group), default=0)):
            groups = _split(groups, lambda one, index=index: one.steps[index])  # type: ignore[misc]
        if self._event["ties"] != "playoff":
            return groups
        return _split(groups, lambda one: -self._playoffs[one.entrant] if one.entrant in self._playoffs else None)

    def _is_shared(self, division: dict, group: Sequence[_Result]) -> bool:
        keys = sorted(one.entrant for one in group)
        return any(
            row["division_id"] == division["id"] and json.loads(row["entrants"]) == keys
            for row in self._rows["tie_decision"]
        )

    def _award(self, division: dict, place: int, competed: int, total: Fraction | None) -> str:
        assert total is not None
        levels = self._levels[division["id"]]
        sizes = [
            row["count"]
            if row["count"] is not None
            else int(Fraction(row["percent_milli"] * competed, 100_000) + Fraction(1, 2))
            for row in levels
        ]
        return next(
            (
                level["name"]
                for level, last in zip(levels, accumulate(sizes), strict=True)
                if place <= last and (level["least_milli"] is None or total >= Fraction(level["least_milli"], 1000))
            ),
            "",
        )

    def lines(self) -> dict[tuple[str, str, str], Line]:
        units, entrants = self._by_id("unit"), self._by_id("entrant")
        found = {}
        for entry in self.entries:
            entrant = entrants[entry.entrant]
            exact, shown = "", ""
            if entry.total is not None:
                exact = format(_decimal(entry.total, 12).normalize(), "f")
                shown = str(_decimal(entry.total, self._event["decimals"]))
            key = (entry.division, entrant["number"] or "", units[entrant["unit_id"]]["name"])
            found[key] = Line("" if entry.place is None else str(entry.place), exact, shown, entry.award)
        return found

    # Honours

    def honours(self) -> dict[str, set[int]]:
        found = {}
        for honour in self._rows["honour"]:
            column = "entrant_id" if honour["subject"] == "person" else "unit_id"
            having = self._by_basis(honour)
            for row in self._rows["honour_given"]:
                if row["honour_id"] == honour["id"]:
                    (having.discard if row["taken"] else having.add)(row[column])
            found[honour["name"]] = having
        return found

    def _by_basis(self, honour: dict) -> set[int]:
        divisions = {row["code"]: row for row in self._divisions.values()}
        people = [one for one in self.entries if divisions[one.division]["entry"] == "individual"]
        if honour["basis"] == "place" and honour["subject"] == "person":
            whole = {code for code, row in divisions.items() if self._is_complete(code)}
            return {one.entrant for one in people if one.division in whole and (one.place or 9999) <= honour["count"]}
        if honour["basis"] == "awards":
            first = {
                (row["code"], level["name"])
                for row in divisions.values()
                for level in self._levels[row["id"]][: honour["count"]]
            }
            return {one.entrant for one in people if (one.division, one.award) in first}
        if honour["basis"] == "hand" or not all(self._settled.values()):
            return set()
        units = {row["id"]: row["unit_id"] for row in self._rows["entrant"]}
        if honour["basis"] == "attendance":
            came = {units[one.entrant] for one in self.entries if divisions[one.division]["entry"] != "sum"}
            away = {units[one.entrant] for one in self.entries if one.state in ("absent", "withdrew")
                    and divisions[one.division]["entry"] != "sum"}  # fmt: skip
            return came - away
        points: Counter[int] = Counter()
        for one in self.entries:
            names = [level["name"] for level in self._levels[divisions[one.division]["id"]]]
            if one.award:
                points[units[one.entrant]] += {0: 8, 1: 4, 2: 2}.get(names.index(one.award), 1)
        ranked = sorted(points.values(), reverse=True)
        return {unit for unit, own in points.items() if ranked.index(own) < honour["count"]}

    def _is_complete(self, code: str) -> bool:
        competing = [one for one in self.entries if one.division == code and one.state not in OUT]
        return bool(competing) and all(one.total is not None for one in competing)


def _split(groups: list[list[_Result]], value: Callable[[_Result], Any]) -> list[list[_Result]]:
    """Each group told apart by a value, the higher first, where all of it have one."""
    found = []
    for group in groups:
        values = {one.entrant: value(one) for one in group}
        if None in values.values():
            found.append(group)
            continue
        order = sorted(set(values.values()), reverse=True)
        found += [[one for one in group if values[one.entrant] == own] for own in order]
    return found


def _state(own: str, visits: Iterable[str]) -> str:
    states = {own, *visits}
    return next((state for state in (*OUT, "present") if state in states), "expected")


def _rule(division: Mapping[str, Any]) -> list[str]:
    return [name for name in division["tie_rule"].split(";") if name]


def _plus(values: Sequence[Fraction | None]) -> Fraction | None:
    return None if None in values or not values else sum(values, Fraction(0))  # type: ignore[arg-type]


def _last(step: Fraction | None) -> tuple[bool, Fraction]:
    """For sorting: the higher first, nothing last."""
    return (step is None, -(step or Fraction(0)))


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
