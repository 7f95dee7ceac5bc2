"""A small contest for tests of marks and results: nurses of three hospitals, one station, theory, a team sum."""

from typing import Any

from data import models
from data.actions import marks, theory
from data.actions.setup import save_plan
from data.rules.plan import (
    AwardLevel,
    Component,
    Division,
    EventInfo,
    Item,
    Judge,
    Plan,
    Sheet,
    Station,
    Unit,
)
from data.store import Store

ITEMS = (
    Item(1, "操作", "消毒", 50_000, "points"),
    Item(2, "操作", "穿刺", 15_000, "grades", "A=15/B=12/C=9/D=6"),
    Item(3, "操作", "固定", 15_000, "deductions", "未固定=0;不牢=-5"),
    Item(4, "时间", "用时", 20_000, "timed", "<=60=20;>60=10"),
    Item(5, "整表", "掉物", -5000, "penalty"),
    Item(6, "整表", "污染", 0, "critical", "不合格"),
)
BEST: dict[int, Any] = {1: 50_000, 2: "A", 3: {}, 4: 60_000}
UNITS = (("第一医院", "一院"), ("第二医院", "二院"), ("第三医院", "三院"))
NAMES = ("张伟", "李娜", "王芳", "赵敏", "钱进", "孙莉")  # two of each hospital
IDS = ("11010519491231002X", "440308199901101512", "360981199001011234", "", "", "")


def plan(ties: str = "playoff", judges: int = 2, spread_milli: int | None = None) -> Plan:
    return Plan(
        info=EventInfo("县护理静脉输液技能比武", organizer="县卫健局", ties=ties, spread_milli=spread_milli),
        divisions=(
            Division("N", "全县", "护理组", "individual", 2, "静脉输液;理论;用时"),
            Division("NT", "全县", "护理团体", "sum", 1, "静脉输液;用时"),
        ),
        units=tuple(Unit(name, short, "全县") for name, short in UNITS),
        stations=(Station("S1", "静脉输液", "IV", "individual", 12, 3, 2, judges, "mean", ("N",)),),
        components=(
            Component("N", "理论", "理论", 30_000),
            Component("N", "静脉输液", "S1", 70_000),
            Component("NT", "前两名合计", "N:2", 100_000),
        ),
        awards=(
            AwardLevel("individual", "N", "一等奖", 1, None),
            AwardLevel("individual", "N", "二等奖", 2, None),
            AwardLevel("team", "NT", "团体奖", 1, None),
        ),
        judges=tuple(
            Judge(
                f"裁判{lane}{seat}", "第一医院" if (lane, seat) == (2, 1) else "省人民医院", "S1", lane, seat, seat == 1
            )
            for lane in (1, 2)
            for seat in range(1, judges + 1)
        ),
        sheets=(Sheet("IV", "静脉输液", ITEMS),),
    )


def set_up(store: Store, *, ties: str = "playoff", judges: int = 2, spread_milli: int | None = None) -> list[int]:
    """The plan, six nurses numbered N-01 …, a team sum a hospital, a visit and a lane each; returns the visits.

    The first hospital's judge sits in lane 2; the nurses are in lane 1, but N-02 of that hospital is in lane 2.
    """
    save_plan(store, "tester", plan(ties, judges, spread_milli))
    with store.write("tester", "test.enter") as writing:
        divisions = {row.code: row.id for row in models.Division.select()}
        units = [row.id for row in models.Unit.select().order_by(models.Unit.position)]
        station = models.Station.get().id
        visits = []
        timetable = writing.insert(models.Timetable, number=1, made_at=writing.at, finish_minute=600, bound_minute=600)
        for index, name in enumerate(NAMES):
            unit = units[index // 2]
            person = writing.insert(
                models.Person, unit=unit, division=divisions["N"], name=name, id_number=IDS[index] or None
            )
            entrant = writing.insert(
                models.Entrant,
                division=divisions["N"],
                unit=unit,
                person=person,
                name=name,
                token=f"TOKEN{index:03d}",
                number=f"N-{index + 1:02d}",
                draw_order=index + 1,
                state="present",
            )
            visits.append(writing.insert(models.Visit, entrant=entrant, station=station))
            writing.insert(
                models.Slot,
                timetable=timetable,
                visit=visits[-1],
                lane=2 if index == 1 else 1,
                starts_minute=500 - 10 * index,
                ends_minute=510 - 10 * index,
            )
        for index, unit in enumerate(units):
            writing.insert(
                models.Entrant, division=divisions["NT"], unit=unit, name=UNITS[index][0], token=f"TEAM{index:04d}"
            )
    return visits


def entrant_of(store: Store, visit: int) -> int:
    with store.read():
        return int(models.Visit.get_by_id(visit).entrant_id)


def hand_in_total(store: Store, visit: int, points: int, judges: int = 2) -> None:
    """Every judge gives these points, as a total."""
    for seat in range(1, judges + 1):
        marks.hand_in(store, "录分", visit, seat, {}, total_milli=points * 1000)


def mark_everyone(store: Store, visits: list[int], points: tuple[int, ...] = (95, 90, 85, 80, 75, 70)) -> None:
    """A mark of these points for each, and a theory mark of 80."""
    with store.write("tester", "test.replace_judge") as writing:
        for judge in models.Judge.select():
            writing.update(judge, unit_name="省人民医院")
    for visit, mark in zip(visits, points, strict=True):
        hand_in_total(store, visit, mark)
        theory.set_theory(store, "录分", entrant_of(store, visit), 80_000)


def judge_unlike(store: Store) -> list[int]:
    """Set up six visits in lane 1, each worse by a point than the one before; the second judge takes 5 more off the
    third item. Returns the visits."""
    visits = set_up(store)
    with store.write("tester", "test.one_lane") as writing:
        for slot in models.Slot.select():
            writing.update(slot, lane=1)
        for judge in models.Judge.select():
            writing.update(judge, unit_name="省人民医院")
    for number, visit in enumerate(visits):
        first = {**BEST, 1: 50_000 - 1000 * number}
        marks.hand_in(store, "录分", visit, 1, first)
        marks.hand_in(store, "录分", visit, 2, {**first, 3: {"不牢": 1}})
    return visits
