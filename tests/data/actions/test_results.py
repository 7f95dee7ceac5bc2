import hashlib

import pytest

from data import models
from data.actions import checkin, marks, results, theory
from data.errors import InvalidInput, NotAllowed, NotFound
from data.queries import leaderboard
from data.queries.results import frozen, versions
from data.store import Store
from tests.data import ending
from tests.data.contest import entrant_of, hand_in_total, mark_everyone, set_up
from tests.data.ending import blockers


def awards(store: Store) -> dict[str, tuple[str, str]]:
    return {
        row.name: (row.award, row.serial) for division in frozen(store).divisions for row in division.rows if row.award
    }


def test_results_are_frozen_as_a_numbered_version(store: Store) -> None:
    mark_everyone(store, set_up(store))
    assert blockers(store) == []
    assert ending.finalise(store, "裁判长") == 1
    code = frozen(store).event["code"]
    assert awards(store) == {
        "张伟": ("一等奖", f"{code}-N-0001"),
        "李娜": ("二等奖", f"{code}-N-0002"),
        "王芳": ("二等奖", f"{code}-N-0003"),
        "第一医院": ("团体奖", f"{code}-NT-0001"),
    }
    with store.read():
        row = models.ResultVersion.get()
        assert row.sha256 == hashlib.sha256(models.canonical_json(row.content).encode()).hexdigest()
        assert "360981199001011234" not in models.canonical_json(row.content)


def test_a_version_stays_as_it_was(store: Store) -> None:
    visits = set_up(store)
    mark_everyone(store, visits)
    ending.finalise(store, "裁判长")
    before = frozen(store, 1)
    marks.hand_in(store, "裁判长", visits[5], 1, {}, total_milli=100_000, reason="申诉成立")
    marks.hand_in(store, "裁判长", visits[5], 2, {}, total_milli=100_000, reason="申诉成立")
    assert ending.finalise(store, "裁判长", "申诉成立") == 2
    assert frozen(store, 1) == before
    assert [(row.number, row.reason) for row in versions(store)] == [(2, "申诉成立"), (1, "")]


def test_a_certificate_keeps_its_number_while_nothing_printed_on_it_changes(store: Store) -> None:
    visits = set_up(store)
    mark_everyone(store, visits)
    ending.finalise(store, "裁判长")
    first = awards(store)
    for seat in (1, 2):
        marks.hand_in(store, "裁判长", visits[2], seat, {}, total_milli=50_000, reason="申诉成立")
    ending.finalise(store, "裁判长", "申诉成立")
    second = awards(store)
    assert second["张伟"] == first["张伟"], "a total is on no certificate"
    assert second["李娜"] == first["李娜"]
    assert "王芳" not in second
    assert second["赵敏"][1].endswith("-N-0004")
    assert second["第一医院"] == first["第一医院"]


def test_a_void_number_never_comes_back(store: Store) -> None:
    visits = set_up(store)
    mark_everyone(store, visits)
    ending.finalise(store, "裁判长")
    for points, reason in ((50_000, "申诉成立"), (85_000, "恢复")):
        for seat in (1, 2):
            marks.hand_in(store, "裁判长", visits[2], seat, {}, total_milli=points, reason=reason)
        ending.finalise(store, "裁判长", reason)
    assert {name: serial.rpartition("-")[2] for name, (_award, serial) in awards(store).items()} == {
        "张伟": "0001",
        "李娜": "0002",
        "王芳": "0005",
        "第一医院": "0001",
    }


def test_another_name_on_the_certificate_has_another_number(store: Store) -> None:
    mark_everyone(store, set_up(store))
    ending.finalise(store, "裁判长")
    with store.write("tester", "test.mend") as writing:
        writing.update(models.Entrant.get(models.Entrant.name == "李娜"), name="李㛃")
        writing.update(models.Event.get(), date="2023-11-18", host="承办医院")
    ending.finalise(store, "裁判长", "姓名更正、日期")
    numbers = {name: serial.rpartition("-")[2] for name, (_award, serial) in awards(store).items()}
    assert numbers == {"张伟": "0004", "李㛃": "0005", "王芳": "0006", "第一医院": "0002"}, "the month is printed"
    with store.write("tester", "test.mend") as writing:
        writing.update(models.Event.get(), date="2023-11-19", host="第一医院")
    ending.finalise(store, "裁判长", "承办单位")
    assert {name: serial.rpartition("-")[2] for name, (_award, serial) in awards(store).items()} == numbers


def test_missing_marks_block(store: Store) -> None:
    visits = set_up(store)
    mark_everyone(store, visits[:5] + visits[5:], (95, 90, 85, 80, 75, 70))
    with store.write("tester", "test.lose") as writing:
        writing.delete(models.Mark.select().where(models.Mark.visit == visits[5]).first())
    found = blockers(store)
    assert [(one.code, one.division_code) for one in found] == [("incomplete", "N"), ("incomplete", "NT")]
    assert "孙莉 (静脉输液)" in found[0].text
    assert found[0].entrant_ids == (entrant_of(store, visits[5]),)
    with pytest.raises(NotAllowed, match="孙莉"):
        ending.finalise(store, "裁判长")
    marks.set_visit(store, "裁判长", visits[5], state="withdrew", reason="身体不适")
    assert ending.finalise(store, "裁判长") == 1


def test_many_missing_names_are_cut_short(store: Store) -> None:
    set_up(store)
    assert "6 entrants" in blockers(store)[0].text
    assert blockers(store)[0].text.endswith("….")


def test_an_event_without_competitors_blocks(store: Store) -> None:
    set_up(store)
    with store.write("tester", "test.state") as writing:
        for entrant in models.Entrant.select():
            writing.update(entrant, state="absent")
    assert [one.code for one in blockers(store)] == ["empty"]


def test_a_new_version_needs_a_difference_and_a_reason(store: Store) -> None:
    visits = set_up(store)
    mark_everyone(store, visits)
    ending.finalise(store, "裁判长")
    with pytest.raises(NotAllowed, match="Nothing differs"):
        ending.finalise(store, "裁判长", "再来")
    marks.set_visit(store, "裁判长", visits[5], penalty_milli=1000)
    with pytest.raises(InvalidInput, match="reason"):
        ending.finalise(store, "裁判长")
    assert len(versions(store)) == 1


def test_there_is_no_version_before_the_first(store: Store) -> None:
    set_up(store)
    with pytest.raises(NotFound, match="no result version yet"):
        frozen(store)
    with pytest.raises(NotFound, match="no result version 3"):
        frozen(store, 3)


def tied(store: Store, ties: str = "playoff") -> tuple[list[int], int, int]:
    """The first two are equal over the line of the first prize; returns the visits and the two entrants."""
    visits = set_up(store, ties=ties)
    mark_everyone(store, visits, (90, 90, 85, 80, 75, 70))
    return visits, entrant_of(store, visits[0]), entrant_of(store, visits[1])


def test_a_tie_over_an_award_line_blocks_until_the_play_off(store: Store) -> None:
    _visits, one, two = tied(store)
    [blocker] = blockers(store)
    assert (blocker.code, blocker.entrant_ids) == ("tie", (one, two))
    assert "张伟、李娜" in blocker.text
    assert "一等奖" in blocker.text
    with pytest.raises(NotAllowed, match="一等奖"):
        ending.finalise(store, "裁判长")
    results.record_playoff(store, "裁判长", {one: 2, two: 1})
    ending.finalise(store, "裁判长")
    assert {name: award for name, (award, _serial) in awards(store).items() if name in ("张伟", "李娜")} == {
        "李娜": "一等奖",
        "张伟": "二等奖",
    }


def test_where_places_are_shared_nothing_is_played(store: Store) -> None:
    _visits, one, two = tied(store, "shared")
    assert blockers(store) == []
    with pytest.raises(NotAllowed, match="shares places"):
        results.record_playoff(store, "裁判长", {one: 2, two: 1})
    ending.finalise(store, "裁判长")
    assert [awards(store)[name][0] for name in ("张伟", "李娜", "王芳")] == ["一等奖", "一等奖", "二等奖"]


def test_a_play_off_is_between_those_who_are_equal(store: Store) -> None:
    visits, one, two = tied(store)
    three = entrant_of(store, visits[2])
    for places, words in (
        ({one: 1, two: 1}, "each place"),
        ({one: 1, two: 3}, "each place"),
        ({one: 1, three: 2}, "not the ones"),
        ({one: 1, two: 2, three: 3}, "not the ones"),
    ):
        with pytest.raises(InvalidInput, match=words):
            results.record_playoff(store, "裁判长", places)


def test_the_outcome_of_a_play_off_changes_with_a_reason_alone(store: Store) -> None:
    _visits, one, two = tied(store)
    results.record_playoff(store, "裁判长", {one: 2, two: 1})
    results.record_playoff(store, "裁判长", {one: 2, two: 1})
    with pytest.raises(InvalidInput, match="reason"):
        results.record_playoff(store, "裁判长", {one: 1, two: 2})
    results.record_playoff(store, "裁判长", {one: 1, two: 2}, "记录颠倒")
    assert [row.entrant_id for row in leaderboard.standings(store, "N").rows[:2]] == [one, two]


@pytest.mark.parametrize("change", ["mark", "penalty", "theory"])
def test_a_play_off_never_decides_a_tie_that_was_not_played(store: Store, change: str) -> None:
    """一 and 二 played, then 二 is corrected: what they played says nothing of who is equal now."""
    visits, one, two = tied(store)
    results.record_playoff(store, "裁判长", {one: 2, two: 1})
    if change == "mark":
        marks.hand_in(store, "裁判长", visits[1], 1, {}, total_milli=91_000, reason="更正")
    elif change == "penalty":
        marks.set_visit(store, "裁判长", visits[1], penalty_milli=500)
    else:
        theory.set_theory(store, "裁判长", two, 81_000, "更正")
    with store.read():
        assert [row.entrant_id for row in models.Playoff.select()] == [one]


def test_a_play_off_of_teams_ends_with_a_members_correction(store: Store) -> None:
    visits = set_up(store)
    mark_everyone(store, visits, (90, 80, 90, 80, 70, 60))
    team_rows = leaderboard.standings(store, "NT").rows
    one, two = (row.entrant_id for row in team_rows[:2])
    results.record_playoff(store, "裁判长", {one: 1, two: 2})
    assert leaderboard.standings(store, "NT").ties == ()
    marks.hand_in(store, "裁判长", visits[0], 1, {}, total_milli=90_500, reason="更正")
    with store.read():
        assert [row.entrant_id for row in models.Playoff.select()] == [two]


def test_a_play_off_of_teams_ends_when_a_member_is_out(store: Store) -> None:
    visits = set_up(store)
    mark_everyone(store, visits, (90, 80, 90, 80, 70, 60))
    one, two = (row.entrant_id for row in leaderboard.standings(store, "NT").rows[:2])
    leader, rival = (entrant_of(store, visits[index]) for index in (0, 2))
    results.record_playoff(store, "裁判长", {one: 1, two: 2})
    results.record_playoff(store, "裁判长", {leader: 1, rival: 2})
    checkin.set_state(store, "裁判长", leader, "disqualified", "冒名顶替")
    with store.read():
        assert {row.entrant_id for row in models.Playoff.select()} == {two, leader, rival}


def test_a_first_mark_touches_no_play_off(store: Store) -> None:
    visits = set_up(store)
    hand_in_total(store, visits[0], 90)
    with store.read():
        assert models.Playoff.select().count() == 0
