"""Ties over an award line that are decided to be shared instead of played for."""

import pytest

from data import models
from data.actions import locks, marks, operators, results, theory
from data.errors import InvalidInput, NotAllowed
from data.queries import audit_log, leaderboard, playoffs
from data.queries.ladder import ladder
from data.queries.results import frozen
from data.store import Store
from tests.data import ending
from tests.data.actions.test_results import awards, tied
from tests.data.contest import entrant_of, mark_everyone, set_up

REASON = "竞赛委员会决定并列"


def cuts(store: Store) -> list[tuple[str, str]]:
    return [(tie.cuts, tie.shares) for tie in leaderboard.standings(store, "N").ties]


def test_those_who_share_a_place_share_its_award(store: Store) -> None:
    """1, 1, 3: both have the first prize, and with them one of the two places of the second is used up."""
    visits, one, two = tied(store)
    assert cuts(store) == [("一等奖", "")]
    results.share_award(store, "裁判长", [two, one], f" {REASON} ")
    assert cuts(store) == [("", "一等奖")]
    locks.lock_division(store, "裁判长", "N")
    [tie] = playoffs.ties(store, leaderboard.all_standings(store))
    assert (tie.cuts, tie.line, tie.shares, tie.reason, tie.decided) == ("", "一等奖", "一等奖", REASON, False)
    ending.finalise(store, "裁判长")
    assert {name: award for name, (award, _serial) in awards(store).items() if name != "第一医院"} == {
        "张伟": "一等奖",
        "李娜": "一等奖",
        "王芳": "二等奖",
    }
    assert [(row.place, row.shared) for row in frozen(store).divisions[0].rows[:3]] == [
        (1, True),
        (1, True),
        (3, False),
    ]
    assert ("results.share_award", REASON) in [(one.action, one.reason) for one in audit_log.entries(store)]
    assert entrant_of(store, visits[0]) == one


def test_how_a_tie_was_decided_stays_under_a_lock(store: Store) -> None:
    _visits, one, two = tied(store)
    locks.lock_division(store, "裁判长", "N")
    results.record_playoff(store, "裁判长", {one: 1, two: 2})  # a tie may come to light under the lock
    for change in (
        lambda: results.record_playoff(store, "裁判长", {one: 2, two: 1}, "看错"),
        lambda: results.share_award(store, "裁判长", [one, two], REASON),
    ):
        with pytest.raises(NotAllowed, match="is locked"):
            change()
    results.record_playoff(store, "裁判长", {one: 1, two: 2}, "照旧")
    with store.read():
        assert [(row.entrant_id, row.place) for row in models.Playoff.select()] == [(one, 1), (two, 2)]


def test_an_award_that_is_shared_stays_so_under_a_lock(store: Store) -> None:
    _visits, one, two = tied(store)
    results.share_award(store, "裁判长", [one, two], REASON)
    locks.lock_division(store, "裁判长", "N")
    with pytest.raises(NotAllowed, match="is locked"):
        results.record_playoff(store, "裁判长", {one: 1, two: 2}, "改为加赛")
    assert cuts(store) == [("", "一等奖")]


def test_a_tie_that_another_joins_under_a_lock_is_decided_anew(store: Store) -> None:
    visits, one, two = tied(store)
    results.record_playoff(store, "裁判长", {one: 1, two: 2})
    for seat in (1, 2):
        marks.hand_in(store, "录分", visits[2], seat, {}, total_milli=90_000, reason="更正")
    locks.lock_division(store, "裁判长", "N")
    three = entrant_of(store, visits[2])
    results.record_playoff(store, "裁判长", {one: 2, two: 3, three: 1}, "三人加赛")
    with store.read():
        assert {row.entrant_id: row.place for row in models.Playoff.select()} == {one: 2, two: 3, three: 1}


def test_the_decision_counts_for_just_these_entrants(store: Store) -> None:
    visits, one, two = tied(store)
    results.share_award(store, "裁判长", [one, two], REASON)
    for seat in (1, 2):
        marks.hand_in(store, "录分", visits[2], seat, {}, total_milli=90_000, reason="更正")
    assert cuts(store) == [("一等奖", "")], "three are equal now"
    results.share_award(store, "裁判长", [one, two, entrant_of(store, visits[2])], REASON)
    assert cuts(store) == [("", "一等奖")]


@pytest.mark.parametrize("change", ["mark", "penalty", "theory"])
def test_the_decision_is_gone_when_a_mark_of_theirs_changes(store: Store, change: str) -> None:
    visits, one, two = tied(store)
    results.share_award(store, "裁判长", [one, two], REASON)
    if change == "mark":
        marks.hand_in(store, "录分", visits[1], 1, {}, total_milli=91_000, reason="更正")
        marks.hand_in(store, "录分", visits[1], 1, {}, total_milli=90_000, reason="恢复")
    elif change == "penalty":
        marks.set_visit(store, "录分", visits[1], penalty_milli=500)
        marks.set_visit(store, "录分", visits[1], penalty_milli=0, reason="恢复")
    else:
        theory.set_theory(store, "录分", two, 81_000, "更正")
        theory.set_theory(store, "录分", two, 80_000, "恢复")
    assert cuts(store) == [("一等奖", "")]
    with store.read():
        assert not models.TieDecision.select().exists()


def test_the_decision_stays_when_the_mark_of_another_changes(store: Store) -> None:
    visits, one, two = tied(store)
    results.share_award(store, "裁判长", [one, two], REASON)
    marks.hand_in(store, "录分", visits[5], 1, {}, total_milli=60_000, reason="更正")
    assert cuts(store) == [("", "一等奖")]


def test_a_play_off_takes_the_place_of_the_decision_and_the_other_way_round(store: Store) -> None:
    _visits, one, two = tied(store)
    results.share_award(store, "裁判长", [one, two], REASON)
    with pytest.raises(InvalidInput, match="change how a tie was decided"):
        results.record_playoff(store, "裁判长", {one: 2, two: 1})
    results.record_playoff(store, "裁判长", {one: 2, two: 1}, "改为加赛")
    assert [row.entrant_id for row in leaderboard.standings(store, "N").rows[:2]] == [two, one]
    assert cuts(store) == []
    results.share_award(store, "裁判长", [one, two], "加赛作废")
    assert cuts(store) == [("", "一等奖")]
    results.share_award(store, "裁判长", [one, two], REASON)
    with store.read():
        assert not models.Playoff.select().exists()
        assert [row.reason for row in models.TieDecision.select()] == [REASON]


def test_what_cannot_be_shared_is_refused(store: Store) -> None:
    visits, one, two = tied(store)
    for entrants in ([one], [one, entrant_of(store, visits[2])], []):
        with pytest.raises(InvalidInput, match="not the ones between whom"):
            results.share_award(store, "裁判长", entrants, REASON)
    with pytest.raises(InvalidInput, match="A reason is needed to let a tie share an award"):
        results.share_award(store, "裁判长", [one, two], "  ")
    with store.read():
        assert not models.TieDecision.select().exists()


def test_where_places_are_shared_anyway_there_is_nothing_to_decide(store: Store) -> None:
    _visits, one, two = tied(store, "shared")
    with pytest.raises(NotAllowed, match="shares every place"):
        results.share_award(store, "裁判长", [one, two], REASON)


def test_a_stranger_decides_no_tie(store: Store) -> None:
    _visits, one, two = tied(store)
    operators.add(store, "李敏", "李敏", "1234")
    with pytest.raises(NotAllowed, match="signed in"):
        results.share_award(store, "路人", [one, two], REASON)
    with pytest.raises(NotAllowed, match="signed in"):
        results.record_playoff(store, "路人", {one: 1, two: 2})


def test_a_tie_within_one_level_needs_no_decision(store: Store) -> None:
    visits = set_up(store)
    mark_everyone(store, visits, (95, 90, 90, 80, 75, 70))
    with pytest.raises(InvalidInput, match="not the ones between whom"):
        results.share_award(store, "裁判长", [entrant_of(store, visit) for visit in visits[1:3]], REASON)


def test_the_ladder_says_that_the_place_is_shared_by_a_decision(store: Store) -> None:
    _visits, one, two = tied(store)
    results.share_award(store, "裁判长", [one, two], REASON)
    rank, award = ladder(store, one).lines[-2:]
    assert (rank.kind, rank.value) == ("rank", "1")
    assert REASON in rank.text
    assert (award.kind, award.value) == ("award", "一等奖")
