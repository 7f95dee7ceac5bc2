"""What is unusual waits for the chief judge; a visit is combined without a judge only when he says so."""

from dataclasses import replace
from typing import Any

import pytest

from data import models
from data.actions import confirmations, marks, operators, setup
from data.errors import InvalidInput, NotAllowed, NotFound, UserError
from data.queries import confirmations as queries
from data.queries import scores
from data.queries.confirmations import AlarmRow
from data.queries.division_marks import missing_seats
from data.queries.plan import current_plan
from data.store import Store
from tests.data.contest import BEST, entrant_of, set_up

CHIEF, PIN = "裁判长", "2468"


@pytest.fixture
def visits(store: Store) -> list[int]:
    """A contest whose chief judge and desk have signed in."""
    found = set_up(store, spread_milli=10_000, judges=3)
    operators.add(store, "录分", CHIEF, PIN, chief=True)
    store.sign_ins.names |= {CHIEF, "录分"}
    operators.add(store, CHIEF, "录分", "1357")
    return found


def limit(store: Store, low_milli: int | None, high_milli: int | None) -> None:
    plan = current_plan(store)
    setup.save_plan(
        store,
        "tester",
        replace(plan, info=replace(plan.info, low_milli=low_milli, high_milli=high_milli)),
        "组委会要求",
    )


def give(store: Store, visit: int, *totals: int, reason: str = "") -> None:
    for seat, total in enumerate(totals, start=1):
        marks.hand_in(store, "录分", visit, seat, {}, total_milli=total, reason=reason)


def confirm(store: Store, visit: int, kind: str, seat: int, reason: str = "已核对纸质评分表") -> AlarmRow:
    return confirmations.confirm(store, "录分", visit, kind, seat, CHIEF, PIN, reason)


def is_open(store: Store) -> list[tuple[int, str, int]]:
    with store.read():
        return [(row.visit_id, row.kind, row.seat) for row in queries.open_alarms()]


def refusal(error: type[UserError], store: Store, *arguments: Any, **named: Any) -> str:
    """The words of a confirmation that must be refused and leave nothing behind."""
    with store.read():
        before = models.Audit.select().count(), models.Confirmation.select().count()
    with pytest.raises(error) as caught:
        confirm(store, *arguments, **named)
    with store.read():
        assert before == (models.Audit.select().count(), models.Confirmation.select().count())
    return str(caught.value)


def test_judges_far_apart_wait_for_the_chief_judge(store: Store, visits: list[int]) -> None:
    give(store, visits[0], 90_000, 79_000, 80_000)
    give(store, visits[2], 90_000, 80_000, 80_000)
    [row] = queries.alarms(store)
    assert (row.visit_id, row.kind, row.seat, row.milli, row.is_open) == (visits[0], "spread", 0, 11_000, True)
    assert row.totals == ((1, 90_000), (2, 79_000), (3, 80_000))
    assert (row.number, row.name, row.unit, row.station_code) == ("N-01", "张伟", "第一医院", "S1")
    done = confirm(store, visits[0], "spread", 0)
    assert (done.chief, done.reason, done.is_open) == (CHIEF, "已核对纸质评分表", False)
    assert is_open(store) == []
    [told] = queries.alarms(store)
    assert told == done


def test_a_confirmation_holds_until_one_of_its_marks_changes(store: Store, visits: list[int]) -> None:
    give(store, visits[0], 90_000, 79_000)
    confirm(store, visits[0], "spread", 0)
    marks.hand_in(store, "录分", visits[0], 3, {}, total_milli=85_000)
    assert is_open(store) == [(visits[0], "spread", 0)]
    confirm(store, visits[0], "spread", 0)
    marks.hand_in(store, "录分", visits[0], 2, {}, total_milli=78_000, reason="看错")
    assert is_open(store) == [(visits[0], "spread", 0)]
    marks.hand_in(store, "录分", visits[0], 2, {}, total_milli=84_000, reason="又看错")
    assert queries.alarms(store) == []


def test_zero_low_and_high_sheets_wait_each_for_itself(store: Store, visits: list[int]) -> None:
    limit(store, 60_000, 95_000)
    give(store, visits[2], 59_900, 60_000)
    give(store, visits[3], 95_100, 95_000)
    give(store, visits[4], 0)
    assert is_open(store) == [(visits[2], "extreme", 1), (visits[3], "extreme", 1), (visits[4], "extreme", 1)]
    confirm(store, visits[3], "extreme", 1)
    marks.hand_in(store, "录分", visits[3], 2, {}, total_milli=94_000, reason="看错")
    assert is_open(store) == [(visits[2], "extreme", 1), (visits[4], "extreme", 1)]
    limit(store, None, None)
    assert is_open(store) == [(visits[4], "extreme", 1)]


def test_a_critical_tick_is_named(store: Store, visits: list[int]) -> None:
    marks.hand_in(store, "录分", visits[0], 1, {**BEST, 6: True})
    [row] = queries.alarms(store)
    assert (row.kind, row.seat, row.milli, row.texts) == ("critical", 1, 100_000, ("污染",))
    confirm(store, visits[0], "critical", 1)
    assert is_open(store) == []


def test_what_does_not_count_raises_nothing(store: Store, visits: list[int]) -> None:
    give(store, visits[0], 90_000, 70_000)
    assert is_open(store) == [(visits[0], "spread", 0)]
    marks.set_visit(store, "录分", visits[0], state="withdrew", reason="身体不适")
    assert queries.alarms(store) == []


def test_a_sheet_that_will_not_come_is_confirmed(store: Store, visits: list[int]) -> None:
    give(store, visits[0], 90_000, 85_000)
    row = confirm(store, visits[0], "missing", 3, "裁判中途离场")
    assert (row.kind, row.seat, row.is_open, row.reason) == ("missing", 3, False, "裁判中途离场")
    with store.read():
        assert missing_seats() == {visits[0]: (3,)}
        assert models.Visit.get_by_id(visits[0]).ended_at
        assert models.Confirmation.get().of_marks == ""
    assert (visits[0], 3) not in {(one.visit_id, one.seat) for one in scores.queue(store)}
    [station] = scores.progress(store)
    assert (station.sheets, station.sheets_in, station.visits_done) == (17, 2, 1)


def test_the_visit_goes_on_while_other_sheets_are_awaited(store: Store, visits: list[int]) -> None:
    give(store, visits[0], 90_000)
    confirm(store, visits[0], "missing", 3)
    with store.read():
        assert models.Visit.get_by_id(visits[0]).ended_at is None
    marks.hand_in(store, "录分", visits[0], 2, {}, total_milli=85_000)
    with store.read():
        assert models.Visit.get_by_id(visits[0]).ended_at
        assert models.Playoff.select().count() == 0


def test_a_missing_sheet_that_comes_counts_again(store: Store, visits: list[int]) -> None:
    confirm(store, visits[0], "missing", 3)
    with store.write("tester", "results.settle_tie") as writing:
        writing.insert(models.Playoff, entrant=entrant_of(store, visits[0]), place=1)
    give(store, visits[0], 90_000, 85_000, 86_000)
    with store.read():
        assert missing_seats(visits[0]) == {}
        assert models.Playoff.select().count() == 0
    assert [row.kind for row in queries.alarms(store)] == []
    assert "is in" in refusal(NotAllowed, store, visits[0], "missing", 3)


def test_a_missing_sheet_ends_what_a_playoff_decided(store: Store, visits: list[int]) -> None:
    with store.write("tester", "results.settle_tie") as writing:
        writing.insert(models.Playoff, entrant=entrant_of(store, visits[0]), place=1)
    confirm(store, visits[0], "missing", 1)
    with store.read():
        assert models.Playoff.select().count() == 0


def test_one_judge_at_least_is_left(store: Store, visits: list[int]) -> None:
    confirm(store, visits[0], "missing", 1)
    confirm(store, visits[0], "missing", 2)
    assert "No judge's sheet would be left" in refusal(NotAllowed, store, visits[0], "missing", 3)
    assert "already" in refusal(NotAllowed, store, visits[0], "missing", 2)


def test_no_sheet_is_missing_where_none_is_due(store: Store, visits: list[int]) -> None:
    marks.set_visit(store, "录分", visits[0], state="absent", reason="未到")
    assert "No mark is due" in refusal(NotAllowed, store, visits[0], "missing", 3)


def test_nothing_is_confirmed_that_is_not_there(store: Store, visits: list[int]) -> None:
    give(store, visits[0], 90_000, 85_000, 85_000)
    assert "nothing of this kind" in refusal(NotAllowed, store, visits[0], "spread", 0)
    marks.hand_in(store, "录分", visits[0], 1, {}, total_milli=99_000, reason="看错")
    confirm(store, visits[0], "spread", 0)
    assert f"{CHIEF} has confirmed this already" in refusal(NotAllowed, store, visits[0], "spread", 0)


@pytest.mark.parametrize(("seat", "error"), [(4, NotFound), (1, NotAllowed)])
def test_no_such_seat_or_no_such_alarm(store: Store, visits: list[int], seat: int, error: type[UserError]) -> None:
    give(store, visits[0], 50_000)
    refusal(error, store, visits[0], "extreme", seat)


def test_no_such_kind_is_a_bug(store: Store, visits: list[int]) -> None:
    with pytest.raises(ValueError, match="loud"):
        confirm(store, visits[0], "loud", 0)


def test_only_the_chief_judge_confirms_and_says_why(store: Store, visits: list[int]) -> None:
    give(store, visits[0], 90_000, 70_000)
    assert "has to say why" in refusal(InvalidInput, store, visits[0], "spread", 0, " ")
    with pytest.raises(NotAllowed, match="PIN"):
        confirmations.confirm(store, "录分", visits[0], "spread", 0, CHIEF, "1111", "核对")
    with pytest.raises(NotAllowed, match="no chief judge"):
        confirmations.confirm(store, "录分", visits[0], "spread", 0, "录分", PIN, "核对")
    with pytest.raises(NotAllowed, match="signed in"):
        confirmations.confirm(store, "路人", visits[0], "spread", 0, CHIEF, PIN, "核对")
    assert is_open(store) == [(visits[0], "spread", 0)]


def test_locked_marks_stay_as_they_are(store: Store, visits: list[int]) -> None:
    with store.write("录分", "locks.lock") as writing:
        writing.insert(models.Lock, station=models.Station.get().id, actor="录分", at=writing.at)
    assert "locked" in refusal(NotAllowed, store, visits[0], "missing", 3)
