"""What a lock closes, what keeps it from being made, and who reopens it."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from data import models
from data.actions import checkin, locks, marks, marks_import, operators, substitution, theory
from data.actions.setup import save_plan
from data.errors import InvalidInput, NotAllowed, NotFound
from data.queries import locks as queries
from data.queries.plan import current_plan
from data.rules.plan import AwardLevel, Plan
from data.rules.score_files import MarkRow, TheoryRow
from data.store import Store
from tests.data.contest import BEST, entrant_of, mark_everyone, plan, set_up


@pytest.fixture
def visits(store: Store) -> list[int]:
    """The small contest with every mark in; N-01's is 95."""
    found = set_up(store)
    mark_everyone(store, found)
    return found


def add_chief(store: Store) -> None:
    operators.add(store, "秘书处", "王建国", "2023", chief=True)
    operators.sign_in(store, "王建国", "2023")
    operators.add(store, "王建国", "李敏", "1234")


def held(store: Store) -> list[str]:
    return [row.title for row in queries.locks(store) if row.holds]


def written(store: Store) -> int:
    with store.read():
        return int(models.Audit.select().count())


def refused(store: Store, words: str, change: Callable[[], object]) -> str:
    """The change is refused and leaves nothing behind."""
    before = written(store)
    with pytest.raises(NotAllowed, match=words) as caught:
        change()
    assert written(store) == before
    return str(caught.value)


def test_a_locked_station_takes_no_change_of_its_marks(store: Store, visits: list[int]):
    locks.lock_station(store, "李敏", "S1")
    words = refused(store, "静脉输液 is locked", lambda: marks.hand_in(store, "录分", visits[0], 1, BEST, reason="错"))
    assert "Locked by 李敏 at" in words
    assert "chief judge" in words
    refused(store, "locked", lambda: marks.set_visit(store, "录分", visits[0], penalty_milli=1000))
    refused(store, "locked", lambda: marks.set_visit(store, "录分", visits[0], state="absent", reason="未到"))


def test_the_same_again_is_no_change(store: Store, visits: list[int]):
    marks.set_visit(store, "录分", visits[0], seconds_milli=9000)
    locks.lock_station(store, "李敏", "S1")
    receipt = marks.hand_in(store, "录分", visits[0], 1, {}, total_milli=95_000)
    assert not receipt.changed
    marks.set_visit(store, "录分", visits[0], seconds_milli=9000)
    theory.set_theory(store, "录分", entrant_of(store, visits[0]), 80_000)


def test_a_locked_station_leaves_theory_and_states_open(store: Store, visits: list[int]):
    locks.lock_station(store, "李敏", "S1")
    theory.set_theory(store, "录分", entrant_of(store, visits[0]), 81_000, "复核")
    checkin.set_state(store, "录分", entrant_of(store, visits[5]), "withdrew", "离场")
    with store.read():
        entrant = entrant_of(store, visits[0])
        mark = models.TheoryMark.get(models.TheoryMark.entrant == entrant, models.TheoryMark.latest)
        assert mark.value_milli == 81_000
        assert models.Entrant.get_by_id(entrant_of(store, visits[5])).state == "withdrew"


def test_a_locked_division_takes_no_change_at_all(store: Store, visits: list[int]):
    locks.lock_division(store, "李敏", "N")
    entrant = entrant_of(store, visits[0])
    refused(store, "护理组 is locked", lambda: marks.hand_in(store, "录分", visits[0], 1, BEST, reason="错"))
    refused(store, "locked", lambda: theory.set_theory(store, "录分", entrant, 81_000, "复核"))
    refused(store, "locked", lambda: checkin.set_state(store, "录分", entrant, "disqualified", "作弊"))
    checkin.set_state(store, "录分", entrant, "present", "same as before")


def test_nobody_takes_a_place_in_a_locked_division(store: Store, visits: list[int]):
    late = entrant_of(store, visits[5])
    with store.write("tester", "test.clear") as writing:
        for row in [*models.Mark.select().where(models.Mark.visit == visits[5]), models.TheoryMark.get_by_id(6)]:
            writing.delete(row)
        person = writing.insert(models.Person, unit=3, division=1, name="周健")
    checkin.set_state(store, "录分", late, "absent", "未到")
    locks.lock_division(store, "李敏", "N")
    refused(store, "locked", lambda: substitution.substitute(store, "录分", late, person, "替补"))


def test_files_name_the_locked_lines(store: Store, visits: list[int]):
    locks.lock_division(store, "李敏", "N")
    line = MarkRow(2, "N-01", "S1", "1", "合计", "90")
    with pytest.raises(InvalidInput, match="is locked"):
        marks_import.apply_marks(store, "录分", [line], "更正")
    done = theory.import_theory(store, "录分", [TheoryRow("理论.xlsx", "", 2, "", "N-01", "", "", 70_000)], "更正")
    assert "is locked" in done.problems[0].message


def test_what_an_appeal_is_granted_passes_over_locks(store: Store, visits: list[int]):
    locks.lock_division(store, "李敏", "N")
    entrant = entrant_of(store, visits[0])
    with store.write("李敏", "appeals.grant") as writing:
        marks.put_mark(writing, "李敏", visits[0], 1, {}, 96_000, "申诉成立", granted=True)
        marks.put_visit(writing, visits[0], ..., 1000, ..., "申诉成立", granted=True)
        before = models.TheoryMark.get(models.TheoryMark.entrant == entrant)
        theory._put(writing, "李敏", models.Entrant.get_by_id(entrant), before, 90_000, "申诉成立", granted=True)
    with store.read():
        assert models.Visit.get_by_id(visits[0]).penalty_milli == 1000
        assert models.TheoryMark.get(models.TheoryMark.entrant == entrant, models.TheoryMark.latest).version == 2


def test_nothing_is_locked_while_marks_are_missing(store: Store):
    visits = set_up(store)
    marks.hand_in(store, "录分", visits[0], 1, BEST)
    words = refused(store, "nothing was locked", lambda: locks.lock_station(store, "李敏", "S1"))
    assert "静脉输液: 11 sheets are missing: 孙莉, judge 1、孙莉, judge 2、" in words
    assert words.count("judge") == 5
    words = refused(store, "nothing was locked", lambda: locks.lock_division(store, "李敏", "N"))
    assert "全县·护理组: marks of 6 entrants are missing: " in words
    assert "张伟 (理论、静脉输液)" in words


def test_a_sheet_that_will_not_come_is_not_waited_for(store: Store, visits: list[int]):
    with store.write("tester", "test.lose_sheet") as writing:
        writing.delete(models.Mark.get(models.Mark.visit == visits[0], models.Mark.seat == 2))
    refused(store, "nothing was locked", lambda: locks.lock_station(store, "李敏", "S1"))
    with store.write("tester", "test.confirm") as writing:
        confirmed = {"visit": visits[0], "kind": "missing", "seat": 2, "of_marks": "", "chief": "王建国"}
        writing.insert(models.Confirmation, **confirmed, actor="李敏", at=writing.at, reason="裁判离场")
    locks.lock_station(store, "李敏", "S1")
    assert held(store) == ["静脉输液"]


def test_nothing_is_locked_before_its_second_entry(store: Store, visits: list[int]):
    with store.write("tester", "test.set_event") as writing:
        writing.update(models.Event.get(), verify="all")
    words = refused(store, "nothing was locked", lambda: locks.lock_station(store, "李敏", "S1"))
    assert "静脉输液: 12 sheets are to be typed a second time." in words
    words = refused(store, "nothing was locked", lambda: locks.lock_division(store, "李敏", "N"))
    assert "12 sheets are to be typed a second time" in words


def test_nothing_is_locked_before_the_chief_judge_has_confirmed(store: Store, visits: list[int]):
    with store.write("tester", "test.set_event") as writing:
        writing.update(models.Event.get(), high_milli=90_000)
    words = refused(store, "nothing was locked", lambda: locks.lock_station(store, "李敏", "S1"))
    assert "静脉输液: the chief judge has to confirm 2 things: 张伟 (extreme score)" in words
    words = refused(store, "nothing was locked", lambda: locks.lock_division(store, "李敏", "N"))
    assert "the chief judge has to confirm 2 things" in words


def test_locking_twice_is_locking_once(store: Store, visits: list[int]):
    for _again in range(2):
        locks.lock_station(store, "李敏", "S1")
        locks.lock_division(store, "李敏", "N")
    assert held(store) == ["全县·护理组", "静脉输液"]


def test_a_sum_is_locked_through_its_sources(store: Store, visits: list[int]):
    locks.lock_divisions(store, "李敏", ["NT"])
    assert held(store) == ["全县·护理组"]
    with store.read():
        assert queries.locked_divisions() == {"N", "NT"}


def test_what_is_not_in_the_event_cannot_be_locked(store: Store, visits: list[int]):
    with pytest.raises(NotFound, match="no station S9"):
        locks.lock_station(store, "李敏", "S9")
    with pytest.raises(NotFound, match="no division X、Y"):
        locks.lock_divisions(store, "李敏", ["N", "Y", "X"])
    assert held(store) == []


def test_a_station_is_not_locked_before_the_schedule(store: Store):
    save_plan(store, "tester", plan())
    refused(store, "Nobody is due at 静脉输液", lambda: locks.lock_station(store, "李敏", "S1"))


def test_the_chief_judge_reopens_with_a_reason(store: Store, visits: list[int]):
    locks.lock_station(store, "李敏", "S1")
    add_chief(store)
    with pytest.raises(InvalidInput, match="reason"):
        locks.reopen(store, "王建国", 1, "王建国", "2023", "  ")
    refused(store, "PIN", lambda: locks.reopen(store, "王建国", 1, "王建国", "2024", "抄错"))
    with pytest.raises(NotFound, match="lock"):
        locks.reopen(store, "王建国", 2, "王建国", "2023", "抄错")
    locks.reopen(store, "王建国", 1, "王建国", "2023", " 抄错 ")
    marks.hand_in(store, "王建国", visits[0], 1, BEST, reason="抄错")
    [row] = queries.locks(store)
    assert (row.holds, row.reopened_by, row.reason) == (False, "王建国", "抄错")
    refused(store, "王建国 has reopened", lambda: locks.reopen(store, "王建国", 1, "王建国", "2023", "抄错"))


def test_a_lock_after_a_reopening_is_a_new_one(store: Store, visits: list[int]):
    add_chief(store)
    for lock in (1, 2):
        locks.lock_division(store, "王建国", "N")
        locks.reopen(store, "王建国", lock, "王建国", "2023", "抄错")
    assert [(row.id, row.holds) for row in queries.locks(store)] == [(2, False), (1, False)]


def test_strangers_enter_and_decide_nothing(store: Store, visits: list[int]):
    entrant = entrant_of(store, visits[0])
    add_chief(store)
    for change in (
        lambda: marks.hand_in(store, "路人", visits[0], 1, BEST, reason="错"),
        lambda: marks.set_visit(store, "路人", visits[0], penalty_milli=1000),
        lambda: marks_import.apply_marks(store, "路人", []),
        lambda: theory.set_theory(store, "路人", entrant, 81_000, "错"),
        lambda: theory.import_theory(store, "路人", []),
        lambda: checkin.set_state(store, "路人", entrant, "withdrew", "离场"),
        lambda: substitution.substitute(store, "路人", entrant, 1, "替补"),
        lambda: locks.lock_station(store, "路人", "S1"),
        lambda: locks.lock_divisions(store, "路人", ["N"]),
        lambda: locks.reopen(store, "路人", 1, "王建国", "2023", "错"),
    ):
        refused(store, "signed in", change)


def other_weights(old: Plan) -> Plan:
    theory, station, *rest = old.components
    changed = (replace(theory, weight_milli=20_000), replace(station, weight_milli=80_000))
    return replace(old, components=(*changed, *rest))


def other_awards(old: Plan) -> Plan:
    return replace(old, awards=(*old.awards, AwardLevel("individual", "N", "三等奖", 3, None)))


def other_sum(old: Plan) -> Plan:
    *kept, team = old.components
    return replace(old, components=(*kept, replace(team, source="N:1")))


@pytest.mark.parametrize("change", [other_weights, other_awards, other_sum])
def test_a_locked_division_keeps_how_it_is_reckoned(store: Store, visits: list[int], change: Callable[[Plan], Plan]):
    locks.lock_division(store, "李敏", "N")
    refused(store, "is locked", lambda: save_plan(store, "李敏", change(current_plan(store)), "改规则"))


def test_a_locked_station_keeps_how_its_judges_are_combined(store: Store, visits: list[int]):
    locks.lock_station(store, "李敏", "S1")
    old = current_plan(store)
    other = replace(old, stations=(replace(old.stations[0], combine="sum"),))
    refused(store, "静脉输液 is locked", lambda: save_plan(store, "李敏", other, "改规则"))
    save_plan(store, "李敏", other_weights(old), "理论少算")


def test_what_changes_no_result_may_change_while_locked(store: Store, visits: list[int]):
    locks.lock_station(store, "李敏", "S1")
    locks.lock_division(store, "李敏", "N")
    old = current_plan(store)
    save_plan(store, "李敏", replace(old, info=replace(old.info, venue="门诊楼三楼")), "换场地")
    assert current_plan(store).info.venue == "门诊楼三楼"
