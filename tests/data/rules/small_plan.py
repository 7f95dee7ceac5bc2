"""A small plan without any fault, and how a test changes one thing in it."""

from dataclasses import replace
from typing import Any

from data.rules.plan import AwardLevel, Break, Component, Division, EventInfo, Item, Judge, Plan, Sheet, Station, Unit

SMALL = Plan(
    info=EventInfo(name="县护理技能比武", date="2024-05-08"),
    divisions=(
        Division("N", "全县", "护理组", "individual", 3, "静脉输液;理论;用时"),
        Division("NT", "全县", "护理团体", "sum", 1, "静脉输液;用时"),
        Division("T", "全县", "急救团体", "team", 1, "心肺复苏"),
    ),
    units=(Unit("县医院", "县医", "全县"), Unit("中医院", "中医", "全县")),
    stations=(
        Station("S1", "静脉输液", "IV", "individual", 12, 3, 2, 1, "mean", ("N",)),
        Station("T1", "心肺复苏", "CPR", "team", 6, 2, 1, 5, "trimmed", ("T",)),
    ),
    components=(
        Component("N", "理论", "理论", 30_000),
        Component("N", "静脉输液", "S1", 70_000),
        Component("NT", "前三名合计", "N:3", 100_000),
        Component("T", "心肺复苏", "T1", 100_000),
    ),
    awards=(
        AwardLevel("individual", "N", "一等奖", None, 10_000),
        AwardLevel("individual", "N", "二等奖", None, 20_000),
        AwardLevel("team", "NT", "一等奖", 1, None),
        AwardLevel("team", "T", "一等奖", 1, None),
    ),
    judges=(
        Judge("姚磊", "市医院", "S1", 1, 1, True),
        Judge("雷泽", "", "S1", 2, 1, False),
        *(Judge(name, "市医院", "T1", 1, seat, False) for seat, name in enumerate("甲乙丙丁戊", start=1)),
    ),
    breaks=(Break("午休", 720, 810),),
    sheets=(
        Sheet("IV", "静脉输液", (Item(1, "准备", "着装", 40_000, "points"), Item(2, "", "排气", 60_000, "points"))),
        Sheet("CPR", "心肺复苏", (Item(1, "", "按压", 100_000, "points"), Item(2, "", "漏气", -2_500, "penalty"))),
    ),
)


def changed(table: str, place: int, **values: Any) -> Plan:
    """The small plan with other values in one row of one of its tables."""
    rows = list(getattr(SMALL, table))
    rows[place] = replace(rows[place], **values)
    return replace(SMALL, **{table: tuple(rows)})


def added(table: str, *rows: Any) -> Plan:
    """The small plan with more rows in one of its tables."""
    return replace(SMALL, **{table: (*getattr(SMALL, table), *rows)})


def item_changed(**values: Any) -> Plan:
    """The small plan with another first item of its first mark sheet."""
    first = SMALL.sheets[0]
    return changed("sheets", 0, items=(replace(first.items[0], **values), *first.items[1:]))
