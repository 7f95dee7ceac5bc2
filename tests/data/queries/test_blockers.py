"""What keeps the results from being final: each kind by itself, in words, and gone when it is settled."""

from dataclasses import replace

import pytest

from data import models
from data.actions import confirmations, locks, marks, operators, readings, results, setup
from data.errors import NotAllowed
from data.queries.blockers import Blocker, blockers, lockable
from data.queries.plan import current_plan
from data.store import Store
from tests.data import contest, ending

CHIEF, PIN = "裁判长", "2580"


@pytest.fixture
def visits(store: Store) -> list[int]:
    found = contest.set_up(store)
    contest.mark_everyone(store, found)
    return found


def codes(store: Store) -> list[tuple[str, str]]:
    return [(one.code, one.division_code) for one in blockers(store)]


def only(store: Store) -> Blocker:
    (found,) = blockers(store)
    return found


def test_a_complete_division_waits_for_its_lock_and_a_sum_for_its_sources(store: Store, visits: list[int]) -> None:
    blocker = only(store)
    assert (blocker.code, blocker.division_code) == ("unlocked", "N")
    assert lockable(blockers(store)) == ("N",)
    with pytest.raises(NotAllowed, match="全县·护理组 is not locked"):
        results.finalise(store, CHIEF)
    locks.lock_divisions(store, CHIEF, lockable(blockers(store)))
    assert blockers(store) == []
    assert results.finalise(store, CHIEF) == 1


def test_what_is_open_otherwise_comes_before_the_lock(store: Store, visits: list[int]) -> None:
    with store.write("tester", "test.lose") as writing:
        writing.delete(models.Mark.get(models.Mark.visit == visits[5]))
    assert codes(store) == [("incomplete", "N"), ("incomplete", "NT")]
    assert lockable(blockers(store)) == ()


def test_what_the_chief_judge_has_not_confirmed_blocks(store: Store, visits: list[int]) -> None:
    operators.add(store, CHIEF, CHIEF, PIN, chief=True)
    marks.hand_in(store, CHIEF, visits[5], 2, {}, total_milli=0, reason="未操作")
    blocker = only(store)
    assert (blocker.code, blocker.sheet) == ("unconfirmed", (visits[5], 2))
    assert blocker.entrant_ids == (contest.entrant_of(store, visits[5]),)
    assert "静脉输液 孙莉 (extreme score)" in blocker.text
    confirmations.confirm(store, CHIEF, visits[5], "extreme", 2, CHIEF, PIN, "确未操作")
    assert codes(store) == [("unlocked", "N")]


def test_sheets_that_are_not_typed_twice_block_and_so_do_those_that_differ(store: Store, visits: list[int]) -> None:
    for name, pin in (("李敏", "4711"), ("赵敏", "4712")):
        operators.add(store, "李敏", name, pin)
        operators.sign_in(store, name, pin)
    plan = current_plan(store)
    setup.save_plan(store, "李敏", replace(plan, info=replace(plan.info, verify="all")), "复核")
    blocker = only(store)
    assert (blocker.code, blocker.sheet, len(blocker.entrant_ids)) == ("unread", (visits[0], 1), 6)
    assert "12 sheets are to be typed a second time" in blocker.text
    with store.read():
        sheets = list(models.Mark.select(models.Mark.visit, models.Mark.seat, models.Mark.total_milli).tuples())
    for visit, seat, total in sheets:
        wrong = 1_000 if (visit, seat) == (visits[2], 1) else 0
        readings.read(store, "赵敏", visit, seat, {}, total_milli=total - wrong)
    blocker = only(store)
    assert (blocker.code, blocker.sheet) == ("differs", (visits[2], 1))
    assert "1 sheet was typed differently" in blocker.text
    readings.settle(store, "李敏", visits[2], 1, {}, total_milli=85_000, reason="第二次看错")
    assert codes(store) == [("unlocked", "N")]


def test_a_version_says_what_is_open_line_by_line(store: Store, visits: list[int]) -> None:
    marks.hand_in(store, CHIEF, visits[5], 2, {}, total_milli=0, reason="未操作")
    with pytest.raises(NotAllowed) as refused:
        ending.finalise(store, CHIEF)
    assert "the chief judge has to confirm 1 thing" in refused.value.where
    assert "confirm with the PIN" in refused.value.todo
