"""What a score ladder says of sheets that will not come, of awards and honours; and what a standings line says."""

from dataclasses import replace
from typing import Any

import pytest

from data import models
from data.actions import marks
from data.actions.results import record_playoff
from data.actions.setup import save_plan
from data.actions.theory import set_theory
from data.queries import leaderboard
from data.queries.ladder import ladder
from data.queries.plan import current_plan
from data.rules.plan import Honour, Plan
from data.store import Store
from tests.data.contest import entrant_of, mark_everyone, set_up


def lines(store: Store, entrant: int, *kinds: str) -> list[tuple[str, str, str]]:
    found = ladder(store, entrant).lines
    return [(line.kind, line.text, line.value) for line in found if line.kind in kinds]


def confirm_missing(store: Store, visit: int, seat: int) -> None:
    with store.write("裁判长", "confirmations.confirm") as writing:
        values: dict[str, Any] = {"of_marks": "", "chief": "王建国", "actor": "裁判长", "at": writing.at}
        writing.insert(models.Confirmation, visit=visit, kind="missing", seat=seat, reason="中途离场", **values)


def change(store: Store, **parts: Any) -> None:
    plan: Plan = replace(current_plan(store), **parts)
    save_plan(store, "tester", plan, "修订")


@pytest.mark.parametrize(
    ("combine", "combined", "percent", "value"),
    [
        ("mean", ("mean of 80, 90", "85"), "100", "85"),
        ("trimmed", ("mean of 80, 90", "85"), "100", "85"),
        ("median", ("median of 80, 90", "85"), "100", "85"),
        ("sum", ("sum of 80, 90", "170"), "200", "85"),
    ],
)
def test_a_visit_is_combined_without_the_sheet_that_will_not_come(
    store: Store, combine: str, combined: tuple[str, str], percent: str, value: str
) -> None:
    """Of three judges two: the mean of two, and with a sum the full mark of two sheets."""
    [visit, *_] = set_up(store, judges=3)
    with store.write("tester", "test.combine") as writing:
        writing.update(models.Station.get(), combine=combine)
    for seat, points in ((1, 80_000), (3, 90_000)):
        marks.hand_in(store, "甲", visit, seat, {}, total_milli=points)
    entrant = entrant_of(store, visit)
    assert lines(store, entrant, "combined") == [("combined", "2 of 3 judges have handed in", "")]
    confirm_missing(store, visit, 2)
    assert lines(store, entrant, "missing", "combined", "percent") == [
        ("missing", "Judge 2: no sheet, as 王建国 confirmed: 中途离场", ""),
        ("combined", *combined),
        ("percent", f"as per cent of the full mark, {percent}", value),
    ]
    marks.hand_in(store, "甲", visit, 2, {}, total_milli=70_000)
    assert lines(store, entrant, "missing") == []
    assert lines(store, entrant, "percent")[0][2] == "80"


def test_a_confirmation_counts_for_its_seat_alone(store: Store) -> None:
    [visit, *_] = set_up(store, judges=3)
    confirm_missing(store, visit, 1)
    confirm_missing(store, visit, 1)
    confirm_missing(store, visit, 9)
    marks.hand_in(store, "甲", visit, 2, {}, total_milli=90_000)
    assert lines(store, entrant_of(store, visit), "combined") == [("combined", "1 of 2 judges have handed in", "")]
    confirm_missing(store, visit, 3)
    assert lines(store, entrant_of(store, visit), "combined") == [("combined", "mean of 90", "90")]


def test_the_ladder_says_how_far_the_awards_reach_and_what_they_need(store: Store) -> None:
    visits = set_up(store)
    awards = current_plan(store).awards
    change(store, awards=(replace(awards[0], least_milli=91_000), replace(awards[1], least_milli=84_000), awards[2]))
    mark_everyone(store, visits)
    found = [lines(store, entrant_of(store, visit), "award") for visit in visits[:4]]
    second = "二等奖: to place 3, from 84 points"
    assert found == [
        [("award", "一等奖: to place 1, but it needs 91 points", ""), ("award", second, "二等奖")],  # 90.5
        [("award", second, "二等奖")],  # 87
        [("award", "二等奖: to place 3, but it needs 84 points", "")],  # 83.5
        [],
    ]
    assert [row.award for row in leaderboard.standings(store, "N").rows] == ["二等奖", "二等奖", "", "", "", ""]


def test_the_ladder_ends_with_the_honours(store: Store) -> None:
    visits = set_up(store)
    change(store, honours=(Honour("先进个人", "person", "place", 1),))
    mark_everyone(store, visits)
    assert lines(store, entrant_of(store, visits[0]), "honour") == [("honour", "全县·护理组: place 1", "先进个人")]
    assert lines(store, entrant_of(store, visits[1]), "honour") == []
    with store.write("tester", "test.seal") as writing:
        writing.update(models.Event.get(), blind=True)
        writing.insert(models.Draw, kind="numbers", state="drawn", record={}, frozen_at="", drawn_at="")
    assert lines(store, entrant_of(store, visits[0]), "honour") == []


def test_a_failed_entrant_has_a_ladder_without_an_award(store: Store) -> None:
    visits = set_up(store)
    mark_everyone(store, visits)
    with store.write("tester", "test.fail") as writing:
        writing.update(models.Mark.get(models.Mark.visit == visits[0]), failed=True)
    assert lines(store, entrant_of(store, visits[0]), "rank", "award") == [("rank", "no place", "")]


def test_a_line_of_the_standings_says_what_put_it_apart(store: Store) -> None:
    visits = set_up(store)
    mark_everyone(store, visits, (90, 90, 87, 70, 60, 50))
    one, two, three = (entrant_of(store, visit) for visit in visits[:3])
    set_theory(store, "裁判长", three, 87_000, "复核")
    record_playoff(store, "裁判长", {one: 2, two: 1})
    with store.write("tester", "test.appeal") as writing:
        for entrant, state in ((one, "open"), (two, "refused")):
            writing.insert(
                models.Appeal, entrant=entrant, about="result", raised_by="领队", raised_at="", text="", state=state,
                actor="录分",
            )  # fmt: skip
    rows = leaderboard.standings(store, "N").rows
    assert [(row.entrant_id, row.decided_by, row.appealed) for row in rows[:4]] == [
        (two, leaderboard.PLAYOFF, False),
        (one, leaderboard.PLAYOFF, True),
        (three, "静脉输液", False),
        (entrant_of(store, visits[3]), "", False),
    ]
