from fractions import Fraction

import pytest

from data import models
from data.actions import marks
from data.actions.results import record_playoff
from data.actions.theory import set_theory
from data.errors import NotFound
from data.queries import leaderboard
from data.queries.ladder import ladder
from data.store import Store
from tests.data.contest import BEST, entrant_of, mark_everyone, set_up


def test_standings_of_a_division(store: Store) -> None:
    visits = set_up(store)
    mark_everyone(store, visits)
    found = leaderboard.standings(store, "N")
    assert (found.title, found.components, found.provisional) == ("全县·护理组", ("理论", "静脉输液"), False)
    first = found.rows[0]
    assert (first.place, first.name, first.unit_short, first.award) == (1, "张伟", "一院", "一等奖")
    assert (first.total, first.shown) == (Fraction(181, 2), "90.50")
    assert first.shown_components == ("80.00", "95.00")


def test_standings_are_provisional_until_every_mark_is_in(store: Store) -> None:
    visits = set_up(store)
    marks.hand_in(store, "甲", visits[0], 1, {}, total_milli=90_000)
    found = leaderboard.standings(store, "N")
    assert (found.complete, found.total, found.provisional) == (0, 6, True)
    assert found.rows[0].missing == ("理论", "静脉输液")
    assert {row.place for row in found.rows} == {None}


def test_a_tie_says_which_award_it_cuts(store: Store) -> None:
    visits = set_up(store)
    mark_everyone(store, visits, (90, 90, 80, 75, 70, 70))
    [first, last] = leaderboard.standings(store, "N").ties
    assert (first.place, first.names, first.cuts) == (1, ("张伟", "李娜"), "一等奖")
    assert (last.place, last.cuts) == (5, "")


def test_all_divisions_come_in_the_order_of_the_plan(store: Store) -> None:
    visits = set_up(store)
    mark_everyone(store, visits)
    nurses, teams = leaderboard.all_standings(store)
    assert nurses.division_code == "N"
    assert [(row.name, row.shown) for row in teams.rows] == [
        ("第一医院", "177.50"),
        ("第二医院", "163.50"),
        ("第三医院", "149.50"),
    ]
    assert leaderboard.standings(store, "NT") == teams


def test_an_unknown_division_is_not_found(store: Store) -> None:
    set_up(store)
    with pytest.raises(NotFound, match="X"):
        leaderboard.standings(store, "X")


def lines(store: Store, entrant: int) -> list[tuple[str, str, str]]:
    return [(line.kind, line.text, line.value) for line in ladder(store, entrant).lines]


def test_a_ladder_can_be_redone_by_hand(store: Store) -> None:
    visits = set_up(store)
    mark_everyone(store, visits)
    marks.hand_in(store, "甲", visits[0], 1, {**BEST, 2: "B", 3: {"不牢": 1}, 5: True}, reason="补录明细")
    marks.set_visit(store, "甲", visits[0], penalty_milli=1000)
    assert lines(store, entrant_of(store, visits[0])) == [
        ("theory", "Theory mark of 100", "80"),
        ("weight", "理论 × 30%", "24"),
        ("item", "1. 消毒: 50", "50"),
        ("item", "2. 穿刺: B", "12"),
        ("item", "3. 固定: 不牢", "10"),
        ("item", "4. 用时: 60", "20"),
        ("item", "5. 掉物: 1", "-5"),
        ("judge", "Judge 1: sum of the items", "87"),
        ("judge", "Judge 2: total of the paper sheet", "95"),
        ("combined", "mean of 87, 95", "91"),
        ("penalty", "less the penalty of the visit, 1, never below 0", "90"),
        ("percent", "as per cent of the full mark, 100", "90"),
        ("weight", "静脉输液 × 70%", "63"),
        ("total", "理论 + 静脉输液", "87"),
        ("total", "rounded half up for publication", "87.00"),
        ("rank", "place among 6, shared", "1"),
        ("award", "一等奖: to place 1", "to be decided"),
    ]


def test_a_ladder_says_why_a_sheet_is_0(store: Store) -> None:
    """Its items alone would add up to another number."""
    visits = set_up(store)
    with store.write("tester", "test.critical") as writing:
        for item in models.Item.select().where(models.Item.kind == "critical"):
            writing.update(item, rule="")
    marks.hand_in(store, "甲", visits[0], 1, {**BEST, 6: True})
    judges = [line[1:] for line in lines(store, entrant_of(store, visits[0])) if line[0] == "judge"]
    assert judges == [("Judge 1: a critical item makes the sheet 0", "0")]


def test_a_team_ladder_names_its_members(store: Store) -> None:
    visits = set_up(store)
    mark_everyone(store, visits)
    team = leaderboard.standings(store, "NT").rows[0]
    assert lines(store, team.entrant_id) == [
        ("member", "张伟, in division N", "90.5"),
        ("member", "李娜, in division N", "87"),
        ("weight", "前两名合计 × 100%", "177.5"),
        ("total", "前两名合计", "177.5"),
        ("total", "rounded half up for publication", "177.50"),
        ("rank", "place among 3", "1"),
        ("award", "团体奖: to place 1", "团体奖"),
    ]


def test_an_unfinished_ladder_says_what_is_missing(store: Store) -> None:
    visits = set_up(store)
    marks.hand_in(store, "甲", visits[0], 1, {**BEST, 6: True})
    assert lines(store, entrant_of(store, visits[0]))[-6:] == [
        ("item", "6. 污染: 1", "0"),
        ("judge", "Judge 1: sum of the items, and a critical item that fails the entrant", "100"),
        ("combined", "1 of 2 judges have handed in", ""),
        ("weight", "静脉输液 × 70%", ""),
        ("total", "理论 + 静脉输液", ""),
        ("rank", "no place", ""),
    ]


def rank_line(store: Store, entrant: int) -> tuple[str, str]:
    return next((line.text, line.value) for line in ladder(store, entrant).lines if line.kind == "rank")


def test_a_ladder_says_what_decided_between_equals(store: Store) -> None:
    visits = set_up(store)
    mark_everyone(store, visits, (90, 90, 87, 70, 60, 50))
    one, two, three = (entrant_of(store, visit) for visit in visits[:3])
    assert rank_line(store, one) == ("place among 6, shared", "1")
    record_playoff(store, "裁判长", {one: 2, two: 1})
    assert rank_line(store, one) == ("place among 6, equal totals decided by play-off", "2")
    set_theory(store, "裁判长", three, 87_000, "复核")
    assert rank_line(store, three) == ("place among 6, equal totals decided by 静脉输液", "3")


@pytest.mark.parametrize(
    ("combine", "text", "value"),
    [
        ("trimmed", "mean of 80, 90, 70 without one highest and one lowest", "80"),
        ("median", "median of 80, 90, 70", "80"),
        ("sum", "sum of 80, 90, 70", "240"),
    ],
)
def test_a_ladder_says_how_the_judges_were_combined(store: Store, combine: str, text: str, value: str) -> None:
    [visit, *_] = set_up(store, judges=3)
    with store.write("tester", "test.combine") as writing:
        writing.update(models.Station.get(), combine=combine)
    for seat, points in enumerate((80, 90, 70), start=1):
        marks.hand_in(store, "甲", visit, seat, {}, total_milli=points * 1000)
    found = lines(store, entrant_of(store, visit))
    assert ("combined", text, value) in found
    assert found[-3] == ("weight", "静脉输液 × 70%", "56")


def test_without_a_visit_there_is_nothing_to_show(store: Store) -> None:
    visits = set_up(store)
    entrant = entrant_of(store, visits[0])
    with store.write("tester", "test.lose") as writing:
        writing.delete(models.Slot.get(models.Slot.visit == visits[0]))
        writing.delete(models.Visit.get_by_id(visits[0]))
    assert lines(store, entrant)[2] == ("weight", "静脉输液 × 70%", "")
