"""The list of those who did not pass: by the newest version alone, exact at the line."""

import pytest

from data import models
from data.actions import marks, resits
from data.queries.below_pass import BELOW, BelowPass, below_pass
from data.store import Store
from tests.data import contest
from tests.data.published import publish, set_event


@pytest.fixture
def published(store: Store) -> list[int]:
    """Totals 90.5, 87, 83.5, 80, 76.5 and 73 with a pass line of 80; the entrants, best first."""
    visits = contest.set_up(store)
    contest.mark_everyone(store, visits)
    set_event(store, pass_milli=80_000, date="2026-03-01")
    publish(store)
    return [contest.entrant_of(store, visit) for visit in visits]


def shown(found: BelowPass) -> list[tuple]:
    return [
        (row.name, row.reason, row.total, [(one.what, one.value, one.by) for one in row.shortfalls])
        for row in found.rows
    ]


def test_who_is_below_in_what_and_by_how_much(store: Store, published: list[int]) -> None:
    found = below_pass(store)
    assert (found.version, found.pass_milli, found.event_date, found.competed, found.open) == (
        1,
        80_000,
        "2026-03-01",
        6,
        2,
    )
    assert shown(found) == [
        ("钱进", BELOW, "76.50", [("", "76.50", "3.50"), ("静脉输液", "75.00", "5.00")]),
        ("孙莉", BELOW, "73.00", [("", "73.00", "7.00"), ("静脉输液", "70.00", "10.00")]),
    ]
    assert (found.rows[0].number, found.rows[0].unit, found.rows[0].division_title) == (
        "N-05",
        "第三医院",
        "全县·护理组",
    )


def test_a_component_alone_below_the_line_counts(store: Store, published: list[int]) -> None:
    set_event(store, pass_milli=80_500)
    assert next(one[3][0] for one in shown(below_pass(store))) == ("理论", "80.00", "0.50")


def test_what_rounds_to_the_line_is_below_it_by_the_unrounded_rest(store: Store) -> None:
    visits = contest.set_up(store, judges=3)
    contest.mark_everyone(store, visits)
    for visit in visits:
        marks.hand_in(store, "录分", visit, 3, {}, total_milli=80_000)
    with store.write("tester", "test.one_less") as writing:
        for mark in models.Mark.select():
            writing.update(mark, total_milli=80_001 if mark.seat == 1 else 80_000)
    set_event(store, pass_milli=80_001, date="2026-03-01", decimals=1)
    publish(store)
    total = below_pass(store).rows[0].shortfalls[0]
    assert (total.value, total.by) == ("80.0", "0.000766666667")


def test_without_a_version_there_is_no_list(store: Store) -> None:
    contest.set_up(store)
    set_event(store, pass_milli=60_000)
    assert below_pass(store) == BelowPass(None, 60_000, "", ())


def test_the_critical_item_and_the_absent_need_no_line(store: Store, published: list[int]) -> None:
    set_event(store, pass_milli=None)
    with store.write("tester", "test.states") as writing:
        writing.update(models.Entrant.get_by_id(published[0]), state="absent")
        writing.update(models.Entrant.get_by_id(published[1]), state="withdrew")
        for mark in models.Mark.select().join(models.Visit).where(models.Visit.entrant == published[2]):
            writing.update(mark, failed=True)
    publish(store)
    assert {(name, reason) for name, reason, _total, _by in shown(below_pass(store))} == {
        ("王芳", "failed"),
        ("张伟", "absent"),
    }
    set_event(store, pass_milli=95_000)
    reasons = {row.name: (row.reason, bool(row.shortfalls)) for row in below_pass(store).rows}
    assert reasons["王芳"] == ("failed", True)
    assert reasons["张伟"] == ("absent", False)
    assert "李娜" not in reasons


def test_resits_belong_to_their_entrant_and_outlive_a_version(store: Store, published: list[int]) -> None:
    resits.plan(store, "tester", [published[4], published[5]], "2026-04-01")
    first, second = below_pass(store).rows
    assert first.resit is not None
    resits.record(store, "tester", first.resit.id, 79_999)
    resits.plan(store, "tester", [published[4]], "2026-05-01")
    found = below_pass(store)
    assert [(one.date, one.passed) for one in found.rows[0].resits] == [("2026-04-01", False), ("2026-05-01", None)]
    assert [row.state for row in found.rows] == ["planned", "planned"]
    assert found.open == 0
    # A newer version lets one of them pass: the resit is still there to be taken back.
    with store.write("tester", "test.correct") as writing:
        for mark in models.Mark.select().join(models.Visit).where(models.Visit.entrant == published[5]):
            writing.update(mark, total_milli=90_000)
    publish(store)
    reasons = {row.name: row.reason for row in below_pass(store).rows}
    assert reasons == {"钱进": "below", "孙莉": "cleared"}
    assert second.resit is not None
