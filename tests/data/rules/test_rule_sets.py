"""The rules of scoring, each by an example out of a rule set that is in force somewhere.

The numbers of the examples are ours; what they have to come to is said by the rule that is named.
"""

from dataclasses import replace
from fractions import Fraction

import pytest

from data.rules.awards import Level, level_sizes
from data.rules.decimals import half_up
from data.rules.standings import (
    ComponentSpec,
    DivisionResult,
    DivisionSpec,
    EntrantMarks,
    StationSpec,
    VisitMarks,
    entrant_result,
    source,
    stand,
    team_result,
)

# 古镇灯具组装职业技能竞赛 (中山市; fsou.com/html/text/lar/172079/17207918_7.html): 理论占30%, 操作占70%; 成绩相同时,
# 完成组装时间最小者名次在前; 再比较操作技能成绩, 再比较理论知识成绩; 若仍不能分出先后, 取相同名次. 团队成绩为三名选手
# 个人成绩之和; 总成绩相同时, 以3人总时间排列名次.
ASSEMBLY = StationSpec("S1", 100_000, "mean", 3)
LAMPS = DivisionSpec(
    "L",
    (ComponentSpec("理论", "theory", 30_000), ComponentSpec("操作", "station", 70_000, ASSEMBLY)),
    "用时;操作;理论",
)
LAMP_TEAMS = DivisionSpec("LT", (ComponentSpec("三人合计", "sum", 100_000, of_division="L", best=3),), "用时")


def worker(key: int, theory: int, marks: int, seconds: int, unit: int = 1) -> EntrantMarks:
    """Three judges who agree; points and seconds."""
    visit = VisitMarks((marks * 1000,) * 3, seconds_milli=seconds * 1000)
    return EntrantMarks(key, unit, "present", {"S1": visit}, theory * 1000)


def placed(result: DivisionResult) -> dict[int, int | None]:
    return {one.result.key: one.place.place if one.place else None for one in result.standings}


def of_lamps(*marks: EntrantMarks, division: DivisionSpec = LAMPS) -> DivisionResult:
    return stand(division, [entrant_result(division, one) for one in marks])


def test_equal_totals_go_by_time_then_operation_then_theory_then_share_the_place() -> None:
    """All have 83: by time 1 is first; of those who took as long, 2 by its operation; 3 and 4 cannot be told apart."""
    result = of_lamps(
        worker(3, 76, 86, 3600), worker(1, 69, 89, 3500), worker(4, 76, 86, 3600), worker(2, 69, 89, 3600)
    )
    assert {one.result.total for one in result.standings} == {83}
    assert placed(result) == {1: 1, 2: 2, 3: 3, 4: 3}
    decided = {one.result.key: one.place.decided_by for one in result.standings if one.place}
    assert decided == {1: 1, 2: 2, 3: 2, 4: 2}


def test_theory_decides_where_time_and_operation_are_equal() -> None:
    """That needs a component more: with two, equal totals and operations have equal theory marks too."""
    third = replace(
        LAMPS,
        components=(
            ComponentSpec("理论", "theory", 30_000),
            ComponentSpec("操作", "station", 50_000, ASSEMBLY),
            ComponentSpec("答辩", "station", 20_000, replace(ASSEMBLY, code="S2", judges=1)),
        ),
    )

    def with_talk(key: int, theory: int, talk: int) -> EntrantMarks:
        one = worker(key, theory, 80, 3600)
        visits = {**one.visits, "S2": VisitMarks((talk * 1000,), seconds_milli=0)}
        return replace(one, visits=visits)

    result = of_lamps(with_talk(1, 80, 80), with_talk(2, 82, 77), division=third)
    assert {one.result.total for one in result.standings} == {80}
    assert placed(result) == {2: 1, 1: 2}


def test_a_team_is_the_sum_of_its_best_three_and_ties_go_by_their_total_time() -> None:
    """邹城市职业技能大赛规程 (xiaomilidoc.com/p-12669126.html): 团体名次按各队前三名成绩总和计算; the tie is
    that of 古镇."""
    people = [
        *(worker(key, 80, marks, 3600, 1) for key, marks in enumerate((90, 80, 70, 60))),
        *(worker(10 + key, 80, marks, 3590, 2) for key, marks in enumerate((80, 80, 80))),
        *(worker(20 + key, 80, marks, 3000, 3) for key, marks in enumerate((99, 99))),
    ]
    origin = source(LAMPS, [entrant_result(LAMPS, one) for one in people])
    units = [EntrantMarks(100 + unit, unit, "expected") for unit in (1, 2, 3)]
    result = stand(LAMP_TEAMS, [team_result(LAMP_TEAMS, one, {"L": origin}) for one in units])
    assert {one.result.key: one.result.total for one in result.standings} == {
        101: 240,
        102: 240,
        103: Fraction(1866, 10),
    }
    assert {one.result.key: one.result.seconds_milli for one in result.standings} == {
        101: 3 * 3600_000,
        102: 3 * 3590_000,
        103: 2 * 3000_000,
    }
    assert placed(result) == {102: 1, 101: 2, 103: 3}


def test_five_judges_without_the_highest_and_the_lowest_less_one_penalty() -> None:
    """全国职业院校技能大赛 2014 (wanglu.net/thread/t4-214551-2.html): 5名裁判评分, 去掉一个最高分和一个最低分后平均.

    Two minutes too long cost 2 points once, not with every judge: (85 + 86 + 90) / 3 - 2, not the mean of what each of
    them would have left.
    """
    rescue = DivisionSpec("T", (ComponentSpec("急救", "station", 100_000, StationSpec("T1", 100_000, "trimmed", 5)),))
    visit = VisitMarks((70_000, 85_000, 90_000, 86_000, 99_000), penalty_milli=2000)
    assert entrant_result(rescue, EntrantMarks(1, 1, "present", {"T1": visit})).total == 85
    below = VisitMarks((1000, 1000, 1500, 500, 0), penalty_milli=2000)
    assert entrant_result(rescue, EntrantMarks(1, 1, "present", {"T1": below})).total == 0


def test_ten_twenty_and_thirty_per_cent_of_those_who_competed() -> None:
    """人力资源社会保障部 2012 年技能大赛通知 (fsou.com/html/text/chl/1764/176474_2.html): 一等奖占本组别参赛选手的10%,
    二等奖20%, 三等奖30%. Of 28 that is 2.8, 5.6 and 8.4 people."""
    levels = tuple(
        Level(name, percent_milli=percent)
        for name, percent in (("一等奖", 10_000), ("二等奖", 20_000), ("三等奖", 30_000))
    )
    assert level_sizes(levels, 28) == (3, 6, 8)
    division = replace(LAMPS, levels=levels)
    result = of_lamps(*(worker(key, 80, 100 - key, 3600) for key in range(28)), division=division)
    awarded = [one.award for one in result.standings]
    assert [awarded.count(level.name) for level in levels] == [3, 6, 8]
    assert awarded == ["一等奖"] * 3 + ["二等奖"] * 6 + ["三等奖"] * 8 + [""] * 11
    assert level_sizes(levels, 25) == (3, 5, 8), "2.5, 5 and 7.5: a half goes up"


def test_who_stayed_away_is_not_among_those_of_whom_per_cents_are_taken() -> None:
    division = replace(LAMPS, levels=(Level("一等奖", percent_milli=10_000),))
    people = [worker(key, 80, 100 - key, 3600) for key in range(25)]
    absent = [replace(worker(100 + key, 0, 0, 0), state="absent") for key in range(20)]
    result = of_lamps(*people, *absent, division=division)
    assert sum(bool(one.award) for one in result.standings) == 3


def test_three_who_share_the_second_place_leave_out_the_third_and_fourth() -> None:
    """并列名次后跳过已占用位置 (athletics, as xuexibi.com/kaoshiguanli/334025.html tells it): 1, 2, 2, 2, 5."""
    result = of_lamps(
        worker(1, 80, 90, 3600), *(worker(key, 80, 85, 3600) for key in (2, 3, 4)), worker(5, 80, 80, 3600)
    )
    assert placed(result) == {1: 1, 2: 2, 3: 2, 4: 2, 5: 5}


def test_equal_after_rounding_but_not_before_is_ranked_by_the_unrounded() -> None:
    """90 1/3 and 90.333: both are published as 90.33, and are no tie."""
    one = DivisionSpec("D", (ComponentSpec("操作", "station", 100_000, ASSEMBLY),), "用时")

    def judged(key: int, seconds: int, *totals: int) -> EntrantMarks:
        return EntrantMarks(key, 1, "present", {"S1": VisitMarks(totals, seconds_milli=seconds)})

    result = of_lamps(judged(1, 10, 90_333, 90_333, 90_333), judged(2, 99, 90_000, 90_000, 91_000), division=one)
    shown = {standing.result.key: half_up(standing.result.total or Fraction(0), 2) for standing in result.standings}
    assert shown == {1: "90.33", 2: "90.33"}
    assert placed(result) == {2: 1, 1: 2}, "the shorter time of the other decides nothing"
    assert result.ties == ()


def test_three_of_three_judges_are_needed() -> None:
    """Two of three never count as a mean of two, be it the same by chance."""
    for totals in ((), (80_000,), (80_000, 80_000)):
        marks = EntrantMarks(1, 1, "present", {"S1": VisitMarks(totals)}, 80_000)
        assert entrant_result(LAMPS, marks).total is None
    whole = EntrantMarks(1, 1, "present", {"S1": VisitMarks((80_000,) * 3)}, 80_000)
    assert entrant_result(LAMPS, whole).total == 80


@pytest.mark.parametrize(
    ("combine", "score"),
    [("mean", Fraction(85)), ("trimmed", Fraction(85)), ("median", Fraction(85)), ("sum", Fraction(85))],
)
def test_without_a_sheet_that_will_not_come_the_others_count_alone(combine: str, score: Fraction) -> None:
    """With a sum the full mark is that of two sheets: 170 of 200."""
    division = replace(
        LAMPS, components=(ComponentSpec("操作", "station", 100_000, replace(ASSEMBLY, combine=combine)),)
    )
    visit = VisitMarks((80_000, 90_000), missing=(2,))
    assert entrant_result(division, EntrantMarks(1, 1, "present", {"S1": visit})).total == score
    nobody = VisitMarks((), missing=(1, 2, 3))
    assert entrant_result(division, EntrantMarks(1, 1, "present", {"S1": nobody})).total is None


def test_four_left_of_five_are_still_trimmed() -> None:
    division = DivisionSpec("T", (ComponentSpec("急救", "station", 100_000, StationSpec("T1", 100_000, "trimmed", 5)),))
    visit = VisitMarks((70_000, 80_000, 90_000, 99_000), missing=(3,))
    assert entrant_result(division, EntrantMarks(1, 1, "present", {"T1": visit})).total == 85


FIRST, SECOND = Level("一等奖", 1, least_milli=90_000), Level("二等奖", 2, least_milli=80_000)


def awarded(*totals: int, division: DivisionSpec = LAMPS, **changes: object) -> list[str]:
    division = replace(division, **{"levels": (FIRST, SECOND), **changes})  # type: ignore[arg-type]
    people = [worker(key, total, total, 3600) for key, total in enumerate(totals)]
    return [one.award for one in of_lamps(*people, division=division).standings]


def test_an_award_may_need_a_least_score() -> None:
    assert awarded(95, 85, 80, 79) == ["一等奖", "二等奖", "二等奖", ""]
    assert awarded(90, 79, 78) == ["一等奖", "", ""], "exactly the least is enough; one of the places stays empty"
    assert awarded(89, 85, 81, 80) == ["二等奖"] * 3 + [""], "the place of the first goes to the second"


def test_the_least_score_is_compared_unrounded() -> None:
    """89.9975 is published as 90.00."""
    near = EntrantMarks(1, 1, "present", {"S1": VisitMarks((89_995, 90_000, 89_998))}, 90_000)
    division = replace(LAMPS, levels=(FIRST,))
    [one] = of_lamps(near, division=division).standings
    assert half_up(one.result.total or Fraction(0), 2) == "90.00"
    assert one.award == ""


def test_a_tie_below_the_least_score_cuts_no_line() -> None:
    equal = [worker(key, 85, 85, 3600) for key in (1, 2)]
    strict = replace(LAMPS, levels=(FIRST,), playoffs=True)
    assert of_lamps(*equal, division=strict).cut == ()
    both = replace(LAMPS, levels=(FIRST, SECOND), playoffs=True)
    assert [one.award for one in of_lamps(*equal, division=both).standings] == ["二等奖", "二等奖"]
    cut = replace(LAMPS, levels=(replace(FIRST, least_milli=85_000), SECOND), playoffs=True)
    assert [line.level for line in of_lamps(*equal, division=cut).cut] == ["一等奖"]


def test_a_tie_that_was_decided_to_be_shared_shares_the_award() -> None:
    equal = [worker(key, 92, 92, 3600) for key in (1, 2)]
    open_tie = replace(LAMPS, levels=(FIRST, SECOND), playoffs=True)
    assert [one.award for one in of_lamps(*equal, division=open_tie).standings] == ["", ""]
    decided = replace(open_tie, shared=frozenset({frozenset({1, 2})}))
    result = of_lamps(*equal, worker(3, 85, 85, 3600), division=decided)
    assert [one.award for one in result.standings] == ["一等奖", "一等奖", "二等奖"]
    assert (result.cut, [line.level for line in result.shared]) == ((), ["一等奖"])
    three = of_lamps(*equal, worker(3, 92, 92, 3600), division=decided)
    assert ([line.level for line in three.cut], three.shared) == (["一等奖"], ()), "three are another tie than two"
