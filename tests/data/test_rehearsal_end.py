"""The end of a rehearsed day: everything that waits for the chief judge is settled, also on a copy of a real event."""

from data import models, rehearsal_steps
from data.actions import appeals, marks, operators
from data.queries.blockers import blockers
from data.queries.results import versions
from data.store import Store
from tests.data import contest


def end(store: Store) -> tuple[int, int]:
    confirmed, answered = rehearsal_steps.confirm(store), rehearsal_steps.answer_appeals(store)
    rehearsal_steps.lock(store)
    rehearsal_steps.finalise(store)
    return confirmed, answered


def test_nothing_is_asked_of_a_chief_judge_where_nothing_waits(store: Store) -> None:
    contest.mark_everyone(store, contest.set_up(store))
    assert end(store) == (0, 0)
    with store.read():
        assert not models.Operator.select().exists()
    assert [row.number for row in versions(store)] == [1]
    assert blockers(store) == []
    assert end(store) == (0, 0)
    assert [row.number for row in versions(store)] == [1], "the newest version has it all already"


def test_the_rehearsal_has_a_chief_judge_of_its_own(store: Store) -> None:
    visits = contest.set_up(store)
    contest.mark_everyone(store, visits)
    marks.hand_in(store, "录分", visits[5], 2, {}, total_milli=0, reason="未操作")
    entrant = contest.entrant_of(store, visits[0])
    appeals.raise_appeal(store, "录分", entrant, "result", None, None, "领队", "有异议")
    assert end(store) == (1, 1)
    with store.read():
        assert models.Confirmation.get().chief == models.Appeal.get().decided_by == rehearsal_steps.CHIEF


def test_on_a_copy_the_chief_judge_gets_a_pin_that_the_rehearsal_knows(store: Store) -> None:
    visits = contest.set_up(store)
    contest.mark_everyone(store, visits)
    marks.hand_in(store, "录分", visits[5], 2, {}, total_milli=0, reason="未操作")
    operators.add(store, "李敏", "李敏", "4711")
    operators.add(store, "李敏", "裁判长", "9999", chief=True)
    store.sign_ins.names.add(rehearsal_steps.ACTOR)
    assert end(store) == (1, 0)
    with store.read():
        assert models.Confirmation.get().chief == "裁判长"
