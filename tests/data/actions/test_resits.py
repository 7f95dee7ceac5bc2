"""Second chances: planned, moved, held, corrected, taken back."""

import pytest

from data import models
from data.actions import operators, resits
from data.errors import InvalidInput, NotAllowed, NotFound
from data.queries.below_pass import below_pass
from data.store import Store
from tests.data import contest
from tests.data.published import publish, set_event

DAY = "2026-04-01"


@pytest.fixture
def below(store: Store) -> list[int]:
    """The two entrants below the pass line of 80."""
    visits = contest.set_up(store)
    contest.mark_everyone(store, visits)
    set_event(store, pass_milli=80_000, date="2026-03-01")
    publish(store)
    return [row.entrant_id for row in below_pass(store).rows]


def resit(store: Store, entrant: int) -> int:
    return next(row for row in below_pass(store).rows if row.entrant_id == entrant).resit.id


def log(store: Store) -> list[tuple[str, str, str]]:
    with store.read():
        rows = models.Audit.select().where(models.Audit.action.startswith("resits."))
        return [(row.action, row.actor, row.reason) for row in rows.order_by(models.Audit.id)]


def test_a_day_is_set_for_many_and_moved_for_one(store: Store, below: list[int]) -> None:
    assert resits.plan(store, "李敏", below, DAY, " 下午  二楼 ") == 2
    assert resits.plan(store, "李敏", below, DAY, "下午 二楼") == 0
    assert resits.plan(store, "李敏", below[:1], "2026-04-02", "下午 二楼") == 1
    assert [(row.resit.date, row.resit.note) for row in below_pass(store).rows] == [
        ("2026-04-02", "下午 二楼"),
        (DAY, "下午 二楼"),
    ]
    assert log(store) == [("resits.plan", "李敏", "")] * 2


def test_it_is_passed_by_the_pass_line_or_as_said(store: Store, below: list[int]) -> None:
    resits.plan(store, "李敏", below, DAY)
    first, second = (resit(store, one) for one in below)
    assert resits.record(store, "李敏", first, 80_000, note="补考合格") is True
    assert resits.record(store, "李敏", second, 95_000, passed=False) is False  # a critical item
    assert [(row.state, row.resit.note) for row in below_pass(store).rows] == [
        ("passed", "补考合格"),
        ("not_passed", ""),
    ]
    with pytest.raises(NotAllowed, match="has passed already"):
        resits.plan(store, "李敏", below[:1], DAY)
    assert resits.plan(store, "李敏", below[1:], "2026-05-01") == 1


def test_a_result_is_corrected_with_a_reason(store: Store, below: list[int]) -> None:
    resits.plan(store, "李敏", below[:1], DAY)
    one = resit(store, below[0])
    resits.record(store, "李敏", one, 70_000)
    resits.record(store, "李敏", one, 70_000)
    with pytest.raises(InvalidInput, match="A reason is needed"):
        resits.record(store, "李敏", one, 82_000)
    assert resits.record(store, "李敏", one, 82_000, reason=" 加错 ") is True
    assert log(store)[-1] == ("resits.record", "李敏", "加错")
    assert len(log(store)) == 3


def test_it_is_taken_back_with_a_reason(store: Store, below: list[int]) -> None:
    resits.plan(store, "李敏", below[:1], DAY)
    one = resit(store, below[0])
    with pytest.raises(InvalidInput, match="reason"):
        resits.cancel(store, "李敏", one, " ")
    resits.cancel(store, "李敏", one, "本人调离")
    assert below_pass(store).rows[0].resits == ()
    for again in (lambda: resits.cancel(store, "李敏", one, "x"), lambda: resits.record(store, "李敏", one, 1)):
        with pytest.raises(NotFound):
            again()


@pytest.mark.parametrize("day", ["2026-02-30", "3月9日", "", "2026-02-28"])
def test_a_wrong_day_is_refused(store: Store, below: list[int], day: str) -> None:
    with pytest.raises(InvalidInput):
        resits.plan(store, "李敏", below, day)
    assert log(store) == []


def test_an_event_without_a_date_lets_every_day_be(store: Store, below: list[int]) -> None:
    set_event(store, date="")
    assert resits.plan(store, "李敏", below, "2020-01-01") == 2


def test_nobody_and_others_are_refused(store: Store, below: list[int]) -> None:
    with pytest.raises(InvalidInput, match="Nobody"):
        resits.plan(store, "李敏", [], DAY)
    with pytest.raises(NotAllowed, match="on the list"):
        resits.plan(store, "李敏", [*below, 1], DAY)
    with pytest.raises(InvalidInput, match="at most 200"):
        resits.plan(store, "李敏", below, DAY, "长" * 201)
    assert log(store) == []


@pytest.mark.parametrize("result", [-1, 100_001])
def test_a_result_beyond_a_hundred_per_cent_is_refused(store: Store, below: list[int], result: int) -> None:
    resits.plan(store, "李敏", below, DAY)
    with pytest.raises(InvalidInput, match="0 to 100"):
        resits.record(store, "李敏", resit(store, below[0]), result)


def test_without_a_pass_line_it_must_be_said(store: Store, below: list[int]) -> None:
    resits.plan(store, "李敏", below, DAY)
    one = resit(store, below[0])
    set_event(store, pass_milli=None)
    with pytest.raises(InvalidInput, match="no pass line"):
        resits.record(store, "李敏", one, 70_000)
    assert resits.record(store, "李敏", one, 70_000, passed=True) is True


def test_where_people_sign_in_a_stranger_is_refused(store: Store, below: list[int]) -> None:
    resits.plan(store, "李敏", below, DAY)
    one = resit(store, below[0])
    operators.add(store, "李敏", "王小明", "1234")
    for entry in (
        lambda: resits.plan(store, "路人", below, "2026-05-01"),
        lambda: resits.record(store, "路人", one, 90_000),
        lambda: resits.cancel(store, "路人", one, "x"),
    ):
        with pytest.raises(NotAllowed, match="signed in"):
            entry()
