"""Second entry: by somebody else who has signed in, compared, and settled with the paper."""

from dataclasses import replace

import pytest

from data import models
from data.actions import marks, operators, readings, setup
from data.errors import InvalidInput, NotAllowed, NotFound
from data.queries import readings as queries
from data.queries import scores
from data.queries.plan import current_plan
from data.rules.readings import Difference
from data.store import Store

FIRST, SECOND, THIRD = "李敏", "王芳", "赵磊"
PIN = "2468"
# Defibrillation (T2) of the Gao'an plan: seven deductions or the like, then points.
VALUES = {1: {"不均匀": 1}, 2: {}, 3: {}, 4: {}, 5: {}, 6: 52_000, 7: 9_500, 8: 8_000}
PAPER = 89_500


@pytest.fixture
def desk(scheduled: Store) -> Store:
    """Three people sign in, and the first has typed the first sheet of the pile."""
    for name in (FIRST, SECOND, THIRD):
        operators.add(scheduled, name, name, PIN)
        operators.sign_in(scheduled, name, PIN)
    ask_for(scheduled, verify="all")
    hand_in(scheduled)
    return scheduled


def ask_for(store: Store, **policy: object) -> None:
    plan = current_plan(store)
    setup.save_plan(store, FIRST, replace(plan, info=replace(plan.info, **policy)), "复核")


def sheet(store: Store) -> scores.QueueRow:
    return scores.queue(store, "T2", only_missing=False)[0]


def hand_in(store: Store, values: dict | None = None, *, actor: str = FIRST, reason: str = "") -> None:
    row = sheet(store)
    marks.hand_in(store, actor, row.visit_id, row.seat, VALUES if values is None else values, reason=reason)


def read(store: Store, values: dict, actor: str = SECOND, total_milli: int | None = PAPER) -> readings.Compared:
    row = sheet(store)
    return readings.read(store, actor, row.visit_id, row.seat, values, total_milli=total_milli)


def settle(store: Store, values: dict, *, total_milli: int | None = PAPER, reason: str = "核对纸质评分表") -> int:
    row = sheet(store)
    return readings.settle(store, SECOND, row.visit_id, row.seat, values, total_milli=total_milli, reason=reason)


def state(store: Store) -> str:
    row = sheet(store)
    return queries.blank_sheet(store, row.visit_id, row.seat).state


def unread(store: Store) -> list[tuple[int, int]]:
    with store.read():
        return [(one.visit_id, one.seat) for one in queries.unread()]


def values_now(store: Store) -> tuple[int, dict]:
    row = sheet(store)
    mark = scores.open_sheet(store, row.visit_id, row.seat).mark
    assert mark is not None
    return mark.version, dict(mark.values)


def test_two_who_agree_leave_the_mark_as_it_is(desk: Store) -> None:
    row = sheet(desk)
    assert unread(desk) == [(row.visit_id, row.seat)]
    assert read(desk, VALUES) == readings.Compared(True)
    assert (state(desk), values_now(desk)[0], unread(desk)) == ("agreed", 1, [])


def test_a_difference_waits_until_the_paper_decides(desk: Store) -> None:
    row = sheet(desk)
    found = read(desk, {**VALUES, 7: 9_000}, total_milli=None)
    assert found == readings.Compared(False, (Difference(7, 9_500, 9_000),))
    assert (state(desk), unread(desk)) == ("differs", [(row.visit_id, row.seat)])
    assert settle(desk, {**VALUES, 7: 9_000}, total_milli=89_000) == 2
    assert (state(desk), values_now(desk), unread(desk)) == ("settled", (2, {**VALUES, 7: 9_000}), [])


def test_the_first_may_have_been_right(desk: Store) -> None:
    read(desk, {**VALUES, 7: 9_000})
    assert settle(desk, VALUES) == 1
    assert (state(desk), unread(desk)) == ("settled", [])


def test_the_same_slip_of_both_is_caught_by_the_total_of_the_paper(desk: Store) -> None:
    hand_in(desk, {**VALUES, 7: 6_500}, reason="重录")
    assert read(desk, {**VALUES, 7: 6_500}).differences == (Difference(None, 86_500, 89_500),)
    with pytest.raises(InvalidInput, match=r"add up to 86\.5, but the total says 89\.5"):
        settle(desk, {**VALUES, 7: 6_500})
    assert settle(desk, VALUES) == 3
    assert unread(desk) == []


def test_a_third_value_without_a_total_is_typed_again_by_somebody_else(desk: Store) -> None:
    row = sheet(desk)
    read(desk, {**VALUES, 7: 9_000}, total_milli=None)
    settle(desk, {**VALUES, 7: 8_500}, total_milli=None, reason="纸上没有合计")
    assert (state(desk), unread(desk)) == ("", [(row.visit_id, row.seat)])
    with pytest.raises(NotAllowed, match="typed a sheet first"):
        read(desk, {**VALUES, 7: 8_500}, SECOND, None)
    assert read(desk, {**VALUES, 7: 8_500}, THIRD, None).agreed
    assert unread(desk) == []


def test_a_corrected_mark_is_read_again(desk: Store) -> None:
    read(desk, VALUES)
    hand_in(desk, {**VALUES, 7: 9_000}, reason="申诉")
    assert state(desk) == ""
    assert len(unread(desk)) == 1
    assert read(desk, {**VALUES, 7: 9_000}, total_milli=None).agreed


def test_the_second_is_never_the_first_and_has_signed_in(desk: Store) -> None:
    with pytest.raises(NotAllowed, match="cannot type it a second time"):
        read(desk, VALUES, FIRST)
    operators.sign_out(desk, SECOND)
    with pytest.raises(NotAllowed, match="somebody who has signed in"):
        read(desk, VALUES)
    with pytest.raises(NotAllowed, match="somebody who has signed in"):
        settle(desk, VALUES)
    assert state(desk) == ""


def test_a_sheet_is_typed_a_second_time_once(desk: Store) -> None:
    read(desk, {**VALUES, 7: 9_000})
    with pytest.raises(NotAllowed, match="the two differ"):
        read(desk, VALUES, THIRD)
    settle(desk, VALUES)
    with pytest.raises(NotAllowed, match="王芳 typed this sheet a second time already"):
        read(desk, VALUES, THIRD)
    with pytest.raises(NotFound, match="Nothing is undecided"):
        settle(desk, VALUES)


def test_what_cannot_be_a_sheet_is_refused_and_nothing_is_stored(desk: Store) -> None:
    with pytest.raises(InvalidInput, match="not marked yet: 8"):
        read(desk, {number: value for number, value in VALUES.items() if number != 8})
    with pytest.raises(InvalidInput, match="not its total alone"):
        read(desk, {})
    with pytest.raises(InvalidInput, match="Item 7"):
        read(desk, {**VALUES, 7: 99_000})
    assert state(desk) == ""
    read(desk, {**VALUES, 7: 9_000})
    with pytest.raises(InvalidInput, match="not its total alone"):
        settle(desk, {})
    with pytest.raises(InvalidInput, match="reason is needed"):
        settle(desk, VALUES, reason=" ")
    assert state(desk) == "differs"


def test_a_sheet_that_is_not_in_cannot_be_read(desk: Store) -> None:
    row = scores.queue(desk, "T2")[0]
    with pytest.raises(NotFound, match="not entered yet"):
        readings.read(desk, SECOND, row.visit_id, row.seat, VALUES)
    with pytest.raises(NotFound, match="not entered yet"):
        queries.blank_sheet(desk, row.visit_id, row.seat)


def test_a_total_alone_is_read_as_a_total(desk: Store) -> None:
    row = scores.queue(desk, "T2")[0]
    marks.hand_in(desk, FIRST, row.visit_id, row.seat, {}, total_milli=80_000)
    assert queries.blank_sheet(desk, row.visit_id, row.seat).total_only
    differs = readings.read(desk, SECOND, row.visit_id, row.seat, {}, total_milli=90_000)
    assert differs.differences == (Difference(None, 80_000, 90_000),)
    settled = {"total_milli": 90_000, "reason": "纸上是 90"}
    assert readings.settle(desk, SECOND, row.visit_id, row.seat, {}, **settled) == 2
    assert (row.visit_id, row.seat) not in unread(desk)


def test_what_is_locked_is_not_settled(desk: Store) -> None:
    read(desk, {**VALUES, 7: 9_000})
    with desk.write("test", "locks.lock") as writing:
        station = models.Station.get(models.Station.code == "T2")
        writing.insert(models.Lock, station=station.id, actor="test", at=writing.at)
    with pytest.raises(NotAllowed):
        settle(desk, VALUES)
    assert state(desk) == "differs"


def test_a_name_written_otherwise_is_no_second_person(desk: Store):
    for name in ("Li Min", "Zhang San"):
        operators.add(desk, FIRST, name, PIN)
        operators.sign_in(desk, name, PIN)
    # Marks of a file that was used before anyone signed in have whatever was typed as the name.
    with desk.write(FIRST, "test.before_sign_ins") as writing:
        writing.update(models.Mark.get(), actor=" ｌｉ MIN　")
    with pytest.raises(NotAllowed, match="Whoever typed a sheet first"):
        read(desk, VALUES, actor="Li Min")
    assert read(desk, VALUES, actor="Zhang San").agreed


def test_the_first_persons_own_total_confirms_nothing(desk: Store):
    read(desk, {**VALUES, 7: 9_000}, total_milli=89_000)
    row, other = sheet(desk), {**VALUES, 7: 8_000}
    readings.settle(desk, FIRST, row.visit_id, row.seat, other, total_milli=88_000, reason="看错")
    assert state(desk) == ""
    with pytest.raises(NotAllowed, match="Whoever typed a sheet first"):
        read(desk, other, actor=FIRST, total_milli=88_000)
    assert read(desk, other, total_milli=88_000).agreed
