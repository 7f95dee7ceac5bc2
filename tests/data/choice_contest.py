"""A small contest with 必考 and 抽考: emergency and nursing staff of four hospitals, rescue teams, a unit's total.

Emergency: resuscitation for everyone 60%, one of three skills 40%. Nursing: theory 30%, infusion for
everyone 30%, two of three skills 40%. Teams: one of two cases. The mark sheets differ in their full
marks, the stations in how their judges are combined.
"""

from collections.abc import Iterable

from data import models, rehearsal_steps
from data.actions import draws, schedule
from data.actions.setup import save_plan
from data.queries import schedule as schedule_queries
from data.rules import rotation
from data.rules.draw_record import NUMBERS, SELECTION
from data.rules.plan import AwardLevel, Component, Division, EventInfo, Item, Judge, Plan, Sheet, Station, Unit
from data.store import Store
from tests.conftest import SEED_PARTS, SIMULATION

UNITS = ("第一医院", "第二医院", "第三医院", "第四医院")
_PEOPLE = {"E": "赵钱孙李周吴郑王", "N": "冯陈褚卫蒋沈韩杨"}  # two of each hospital
_LANES = {"S1": 2, "S2": 1, "S3": 1, "S4": 2, "S5": 1, "T1": 1, "T2": 1}


def _station(code: str, sheet: str, judges: int, combine: str, divisions: Iterable[str], entry: str) -> Station:
    return Station(code, f"考站{code}", sheet, entry, 8, 2, _LANES[code], judges, combine, tuple(divisions))


def plan(item_draw: str = "entrant", ties: str = "playoff") -> Plan:
    stations = (
        _station("S1", "A", 2, "mean", "E", "individual"),
        _station("S2", "B", 1, "mean", "EN", "individual"),
        _station("S3", "C", 2, "sum", "EN", "individual"),
        _station("S4", "B", 3, "median", "EN", "individual"),
        _station("S5", "A", 3, "trimmed", "N", "individual"),
        _station("T1", "A", 1, "mean", "T", "team"),
        _station("T2", "B", 1, "mean", "T", "team"),
    )
    return Plan(
        info=EventInfo("县急救技能比武", date="2023-11-18", ties=ties, item_draw=item_draw),
        divisions=(
            Division("E", "全县", "急诊组", "individual", 2, "心肺复苏;技能抽考;用时"),
            Division("N", "全县", "护理组", "individual", 2, "理论;两项抽考;用时"),
            Division("T", "全县", "急救团体", "team", 1, "病例;用时"),
            Division("ET", "全县", "急诊团体", "sum", 1, "心肺复苏;技能抽考;用时"),
        ),
        units=tuple(Unit(name, "", "全县") for name in UNITS),
        stations=stations,
        components=(
            Component("E", "心肺复苏", "S1", 60_000),
            Component("E", "技能抽考", "S2/S3/S4:1", 40_000),
            Component("N", "理论", "理论", 30_000),
            Component("N", "静脉输液", "S2", 30_000),
            Component("N", "两项抽考", "S3/S4/S5:2", 40_000),
            Component("T", "病例", "T1/T2", 100_000),
            Component("ET", "两人合计", "E:2", 100_000),
        ),
        awards=(
            AwardLevel("individual", "E", "一等奖", 1, None),
            AwardLevel("individual", "E", "二等奖", 2, None),
            AwardLevel("individual", "N", "一等奖", None, 20_000),
            AwardLevel("team", "T", "一等奖", 1, None),
            AwardLevel("team", "ET", "一等奖", 1, None),
        ),
        judges=tuple(
            Judge(f"裁判{station.code}{lane}{seat}", "省人民医院", station.code, lane, seat, False)
            for station in stations
            for lane in range(1, station.lanes + 1)
            for seat in range(1, station.judges + 1)
        ),
        sheets=(
            Sheet("A", "整百", (Item(1, "", "操作", 70_000, "points"), Item(2, "", "沟通", 30_000, "points"))),
            Sheet("B", "八十", (Item(1, "", "操作", 80_000, "points"),)),
            Sheet("C", "一百二", (Item(1, "", "操作", 120_000, "points"),)),
        ),
    )


def number_everyone(store: Store, item_draw: str = "entrant", ties: str = "playoff") -> None:
    """The plan, two people of each hospital in each division of individuals, all selected and numbered by draws."""
    save_plan(store, "tester", plan(item_draw, ties))
    with store.write("tester", "test.people") as writing:
        divisions = dict(models.Division.select(models.Division.code, models.Division.id).tuples())
        units = [row.id for row in models.Unit.select().order_by(models.Unit.position)]
        people = [
            {"unit": units[place // 2], "division": divisions[code], "name": f"{name}{code}"}
            for code, names in _PEOPLE.items()
            for place, name in enumerate(names)
        ]
        writing.insert_many(models.Person, people)
    for kind in (SELECTION, NUMBERS):
        draw_kind(store, kind)


def draw_kind(store: Store, kind: str) -> int:
    """Freeze the list of a draw and draw it; returns its id."""
    draw_id = draws.freeze(store, "tester", kind)
    draws.draw(store, "tester", draw_id, SEED_PARTS, rehearsal_steps.WITNESSES)
    return draw_id


def put_lane(store: Store, number: str, station: str, lane: int) -> None:
    """The lane of a station that the entrant of this number drew."""
    with store.write("tester", "test.lane") as writing:
        entrant = models.Entrant.get(models.Entrant.number == number).id
        row = models.Station.get(models.Station.code == station).id
        writing.insert(models.DrawnLane, entrant=entrant, station=row, lane=lane)


def plan_day(store: Store, reason: str = "") -> int:
    """The shortest day, with the waits as they come; returns the number of the timetable."""
    solution = rotation.solve(schedule_queries.problem(store), waiting_budget=0)
    return schedule.save_timetable(store, "tester", solution, reason)


def judge_everyone(store: Store) -> None:
    """Everyone checked in, all marks and seconds, and a theory mark for the nurses."""
    rehearsal_steps.welcome(store)
    rehearsal_steps.judge_visits(store, SIMULATION, lambda done, total: None)
    rehearsal_steps.examine(store, SIMULATION)


def entrant(store: Store, number: str) -> int:
    with store.read():
        return int(models.Entrant.get(models.Entrant.number == number).id)
