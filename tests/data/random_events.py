"""Whole random events in the event file: the plan, marks of every kind, and what was decided about them.

Everything that has an action goes through it; who competes is put in as the draws would.
"""

import itertools
import random
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from data import models
from data import store as stores
from data.actions import honours as honour_actions
from data.actions import marks, results
from data.actions.setup import put_plan
from data.queries import honours, leaderboard, playoffs
from data.queries.plan import items_of
from data.rules.plan import (
    THEORY,
    AwardLevel,
    Component,
    Division,
    EventInfo,
    Honour,
    Item,
    Plan,
    Sheet,
    Station,
    Unit,
)
from data.store import Store

COMBINES = ("mean", "trimmed", "median", "sum")
_LEVELS = ("一等奖", "二等奖", "三等奖")
# Few points, so that totals are equal now and then.
_ITEMS = (
    Item(1, "", "操作", 4000, "points", step_milli=1000),
    Item(2, "", "穿刺", 3000, "grades", "A=3/B=2/C=0", 1000),
    Item(3, "", "固定", 3000, "deductions", "未固定=0;不牢=-1×", 1000),
    Item(4, "", "用时", 2000, "timed", "<=60=2;<=90=1;>90=0", 1000),
    Item(5, "", "沟通", 1000, "bonus", "", 500),
    Item(6, "", "掉物", -1000, "penalty", "", 1000),
    Item(7, "", "污染", 0, "critical", ""),
    Item(8, "", "危及患者", 0, "critical", "不合格"),
)
HONOURS = (
    Honour("先进个人", "person", "place", 1),
    Honour("技术能手", "person", "awards", 2),
    Honour("先进团体", "unit", "place", 2),
    Honour("优秀组织奖", "unit", "attendance"),
    Honour("精神文明奖", "unit", "hand"),
)


@contextmanager
def event_file(path: Path) -> Iterator[Store]:
    """A file that one random event after the other can be written to; nothing waits for the disk."""
    store = stores.create(path)
    try:
        store.database.execute_sql("PRAGMA synchronous = OFF")
        yield store
    finally:
        store.close()


def fill(store: Store, seed: int) -> None:
    """Make the file this random event, whatever it held before."""
    _Event(store, seed).fill()


class _Event:
    def __init__(self, store: Store, seed: int) -> None:
        self._store = store
        self._chance = random.Random(seed)
        self._numbers = itertools.count(1)
        self._twins = self._chance.random() < 0.6  # an event in which many are equal in everything

    def fill(self) -> None:
        self._empty()
        plan = self._plan()
        with self._store.write("tester", "test.event") as writing:
            put_plan(self._store, writing, plan)
            self._enter(writing, plan)
        self._mark()
        self._decide()
        self._correct()

    def _empty(self) -> None:
        database = self._store.database
        tables = [name for name in database.get_tables() if name != "audit"]
        database.execute_sql("PRAGMA foreign_keys = OFF")
        with database.atomic():
            for name in tables:
                database.execute_sql(f'DELETE FROM "{name}"')
        database.execute_sql("PRAGMA foreign_keys = ON")

    # The plan

    def _plan(self) -> Plan:
        chance = self._chance
        units = tuple(Unit(f"第{number}医院", "", "全县") for number in range(1, chance.randint(2, 4) + 1))
        sheets = tuple(Sheet(code, code, self._items()) for code in "AB")
        stations = tuple(self._station(f"S{number}", "individual", ("N",)) for number in range(1, 5))
        stations += (self._station("T1", "team", ("T",)),)
        quota = chance.randint(1, 3)
        divisions = (
            Division("N", "全县", "护理组", "individual", quota, self._rule("必考", "抽考", THEORY)),
            Division("T", "全县", "急救团体", "team", 1, self._rule("急救")),
            Division("NT", "全县", "护理团体", "sum", 1, self._rule("必考", "合计", THEORY)),
        )
        return Plan(
            info=EventInfo("随机", ties=chance.choice(("playoff", "playoff", "shared")), decimals=chance.randint(0, 3)),
            divisions=divisions,
            units=units,
            stations=stations,
            components=(
                *self._components(),
                Component("T", "急救", "T1", 100_000),
                Component("NT", "合计", f"N:{chance.randint(1, 2)}", 100_000),
            ),
            awards=tuple(
                level
                for division in divisions
                for level in self._awards(division.code, "individual" if division.entry == "individual" else "team")
            ),
            sheets=sheets,
            honours=HONOURS,
        )

    def _items(self) -> tuple[Item, ...]:
        left_out = self._chance.sample(range(1, 9), 3)
        return tuple(item for item in _ITEMS if item.number == 1 or item.number not in left_out)

    def _station(self, code: str, entry: str, divisions: tuple[str, ...]) -> Station:
        combine = self._chance.choice(COMBINES)
        judges = self._chance.randint(3 if combine == "trimmed" else 1, 4 if combine == "trimmed" else 3)
        sheet = self._chance.choice("AB")
        return Station(code, code, sheet, entry, 8, 2, 1, judges, combine, divisions)

    def _components(self) -> tuple[Component, ...]:
        weights = self._chance.choice(((50_000, 30_000, 20_000), (33_300, 33_300, 33_400)))
        choice = self._chance.choice(("S2/S3:1", "S2/S3/S4:2", "S2/S3/S4:1"))
        names = ("必考", "S1"), ("抽考", choice), ("笔试", THEORY)
        return tuple(
            Component("N", name, source, weight) for (name, source), weight in zip(names, weights, strict=True)
        )

    def _rule(self, *names: str) -> str:
        steps = [*names, "用时"]
        return ";".join(self._chance.sample(steps, self._chance.randint(0, len(steps))))

    def _awards(self, code: str, scope: str) -> list[AwardLevel]:
        chance = self._chance
        found = []
        for name in _LEVELS[: chance.randint(0, 3)]:
            count = chance.choice((None, 1, 1, 2))
            percent = chance.choice((10_000, 20_000, 30_000)) if count is None else None
            least = chance.choice((None, None, chance.randint(30, 90) * 1000))
            found.append(AwardLevel(scope, code, name, count, percent, least_milli=least))
        return found

    # Who competes, and what was drawn

    def _enter(self, writing: Any, plan: Plan) -> None:
        chance = self._chance
        divisions = {row.code: row.id for row in models.Division.select()}
        stations = {row.code: row.id for row in models.Station.select()}
        choice = next(component.source for component in plan.components if component.name == "抽考")
        optional, _sign, count = choice.partition(":")
        drawn = chance.sample(optional.split("/"), int(count))
        for unit in models.Unit.select().order_by(models.Unit.id):
            for division in plan.divisions:
                for _place in range(chance.randint(0, division.quota) if division.code == "N" else 1):
                    number = next(self._numbers)
                    entrant = writing.insert(
                        models.Entrant,
                        division=divisions[division.code],
                        unit=unit.id,
                        name=f"{division.code}{number}",
                        token=f"TOKEN{number:04d}",
                        number=None if division.entry == "sum" else f"{division.code}-{number:02d}",
                        draw_order=number,
                        state=self._state("present" if division.entry != "sum" else "expected"),
                    )
                    codes = ["T1"] if division.code == "T" else []
                    if division.code == "N":
                        if not self._twins:
                            drawn = chance.sample(optional.split("/"), int(count))
                        known = drawn if self._often() else drawn[1:]
                        rows = [{"entrant": entrant, "station": stations[code]} for code in known]
                        writing.insert_many(models.DrawnStation, rows)
                        codes = ["S1", *known]
                    visits = [self._visit(entrant, stations[code]) for code in codes if self._often()]
                    writing.insert_many(models.Visit, visits)

    def _visit(self, entrant: int, station: int) -> dict[str, Any]:
        seconds = self._like(entrant, (60_000, 75_500, 90_000)) if self._often() else None
        penalty = self._like(entrant, (0, 500, 1000, 30_000))
        return {"entrant": entrant, "station": station, "seconds_milli": seconds, "penalty_milli": penalty}

    def _state(self, usual: str, often: float = 0.05) -> str:
        return self._chance.choice(("absent", "withdrew", "disqualified")) if self._chance.random() < often else usual

    def _often(self) -> bool:
        return self._chance.random() < 0.995

    # Marks

    def _mark(self) -> None:
        """Sheets in any order; some are missing, of some of these it is confirmed that they will not come."""
        chance = self._chance
        with self._store.read():
            sheets = {row.id: items_of(row.id) for row in models.Sheet.select()}
            stations = {row.id: row for row in models.Station.select()}
            entrants = {row.id: row for row in models.Entrant.select()}
            nurses = models.Division.get(models.Division.code == "N").id
            visits = list(models.Visit.select())
        missing = chance.choice((0, 0, 0.02))
        seats = [
            (visit, stations[visit.station_id], seat)
            for visit in visits
            if entrants[visit.entrant_id].state == "present"
            for seat in range(1, stations[visit.station_id].judges + 1)
        ]
        chance.shuffle(seats)
        with self._store.write("tester", "test.marks") as writing:
            for visit, station, seat in seats:
                if chance.random() < 0.02 and station.judges > 1:
                    self._confirm_missing(writing, visit.id, seat)
                    if chance.random() < 0.8:
                        continue
                elif chance.random() < missing:
                    continue
                items = sheets[station.sheet_id]
                if chance.random() < 0.05:
                    full = sum(item.full_milli for item in items if item.full_milli > 0)
                    marks.put_mark(writing, "甲", visit.id, seat, {}, chance.randint(0, full // 1000) * 1000, "")
                else:
                    values = self._sheet(items, visit.entrant_id, station.id)
                    marks.put_mark(writing, "甲", visit.id, seat, values, None, "")
            for visit in visits:
                if chance.random() < 0.02:
                    marks.put_visit(writing, visit.id, ..., ..., self._state("", 1), "随机")
            self._examine(writing, [key for key, row in entrants.items() if row.division_id == nurses], missing)

    def _examine(self, writing: Any, nurses: list[int], missing: float) -> None:
        rows = [
            {"entrant": key, "version": 1, "latest": True, "value_milli": self._like(key, (80_000, 85_000, 90_500)),
             "actor": "甲", "at": writing.at}
            for key in nurses
            if self._chance.random() >= missing
        ]  # fmt: skip
        writing.insert_many(models.TheoryMark, rows)

    def _like(self, entrant: int, values: tuple[Any, ...]) -> Any:
        """Any of the values; in an event of twins mostly that of half of the others."""
        if self._twins and self._chance.random() < 0.95:
            return values[entrant % 2]
        return self._chance.choice(values)

    @staticmethod
    def _confirm_missing(writing: Any, visit: int, seat: int) -> None:
        values = {"of_marks": "", "chief": "王建国", "actor": "甲", "at": writing.at, "reason": "离场"}
        writing.insert(models.Confirmation, visit=visit, kind="missing", seat=seat, **values)

    def _sheet(self, items: tuple[Item, ...], entrant: int, station: int) -> Mapping[int, Any]:
        copied = self._twins and self._chance.random() < 0.97
        chance = random.Random(f"{station} {entrant % 2}") if copied else self._chance
        values: dict[int, Any] = {}
        for item in items:
            match item.kind:
                case "points":
                    values[item.number] = chance.randint(2, 4) * 1000
                case "grades":
                    values[item.number] = chance.choice("ABC")
                case "deductions":
                    values[item.number] = chance.choice(({}, {}, {"不牢": 1}, {"不牢": 4}, {"未固定": 1}))
                case "timed":
                    values[item.number] = chance.choice((59_000, 60_000, 60_001, 90_000, 300_000))
                case "bonus":
                    values[item.number] = chance.choice((0, 500, 1000))
                case _:
                    values[item.number] = chance.random() < (0.1 if item.kind == "penalty" else 0.02)
        return values

    # Decisions

    def _decide(self) -> None:
        """Play some ties off, share some, leave some open; give and take some honours."""
        chance = self._chance
        with self._store.read():
            holds = models.Event.get().ties == "playoff"
            ties = playoffs.ties(self._store, leaderboard.all_standings(self._store)) if holds else ()
        for tie in ties:
            keys = [member.entrant_id for member in tie.members]
            chance.shuffle(keys)
            fate = chance.random()
            if fate < 0.4:
                results.record_playoff(self._store, "甲", {key: place for place, key in enumerate(keys, start=1)})
            elif fate < 0.8 and tie.line:
                results.share_award(self._store, "甲", keys, "决定")
        for row in honours.honours(self._store) if chance.random() < 0.3 else ():
            if row.candidates and chance.random() < 0.2:
                honour_actions.give_honour(self._store, "甲", row.id, chance.choice(row.candidates).key, "推荐")
            elif row.holders and chance.random() < 0.2:
                honour_actions.take_honour(self._store, "甲", row.id, chance.choice(row.holders).key, "谢绝")

    def _correct(self) -> None:
        """One more sheet changes, after everything was decided."""
        with self._store.read():
            corrected = list(models.Mark.select().where(models.Mark.latest))
        if corrected and self._chance.random() < 0.3:
            mark = self._chance.choice(corrected)
            total = self._chance.randint(0, 4) * 1000
            with self._store.read():
                out = mark.visit.state or mark.visit.entrant.state in ("absent", "withdrew", "disqualified")
            if not out:
                reason = "更正"
                marks.hand_in(self._store, "甲", mark.visit_id, mark.seat, {}, total_milli=total, reason=reason)
