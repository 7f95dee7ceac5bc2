"""Who has a title beside the awards (荣誉): 先进个人, 先进团体, 优秀组织奖, by the standings or by a decision."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from data.rules.plan import Honour
from data.rules.ranking import ABSENT, WITHDREW

PERSON, UNIT = "person", "unit"
HAND, PLACE, AWARDS, ATTENDANCE = "hand", "place", "awards", "attendance"
STAYED_AWAY = (ABSENT, WITHDREW)

# What an award counts for its unit: the first level 8, the second 4, the third 2, any further one 1. So does
# a national skills contest of 2024 (机械工业, 竞赛团体优胜奖: 一等奖计8分, 二等奖计4分, 三等奖计2分, 合格计1分).
AWARD_POINTS = (8, 4, 2, 1)


@dataclass(frozen=True)
class Line:
    """An entrant of the standings as an honour looks at it.

    entry: that of the division. place: None without one, and while the division is not complete.
    level: the index of the award among those of the division, None without one.
    """

    key: int
    unit: int
    entry: str  # individual | team | sum
    place: int | None
    level: int | None
    state: str


def by_rule(honour: Honour, lines: Sequence[Line]) -> dict[int, int]:
    """Who has an honour by its basis: entrants, or units, each with its ground.

    The ground is the place (people by place), the index of the award (people by awards), the points (units by
    place) or how many took part (units by attendance). Shared places share the honour.
    """
    if honour.basis == HAND:
        return {}
    if honour.subject == PERSON:
        return _people(honour, [line for line in lines if line.entry == "individual"])
    return _present(lines) if honour.basis == ATTENDANCE else _best_units(unit_points(lines), honour.count or 0)


def _people(honour: Honour, lines: Iterable[Line]) -> dict[int, int]:
    count = honour.count or 0
    if honour.basis == PLACE:
        return {line.key: line.place for line in lines if line.place is not None and line.place <= count}
    return {line.key: line.level for line in lines if line.level is not None and line.level < count}


def unit_points(lines: Iterable[Line]) -> dict[int, int]:
    """The award points of each unit that has any, its people's, teams' and totals' together."""
    points: Counter[int] = Counter()
    for line in lines:
        if line.level is not None:
            points[line.unit] += AWARD_POINTS[min(line.level, len(AWARD_POINTS) - 1)]
    return dict(points)


def _best_units(points: Mapping[int, int], count: int) -> dict[int, int]:
    """Units fewer than `count` others have more points than."""
    return {unit: own for unit, own in points.items() if sum(other > own for other in points.values()) < count}


def _present(lines: Iterable[Line]) -> dict[int, int]:
    """Units of which nobody stayed away, with how many took part."""
    came: Counter[int] = Counter()
    away: set[int] = set()
    for line in lines:
        if line.entry == "sum":
            continue
        came[line.unit] += 1
        if line.state in STAYED_AWAY:
            away.add(line.unit)
    return {unit: count for unit, count in came.items() if unit not in away}
