"""Which sheets are due for a second entry, in the order of the pile, and what is told of them."""

from dataclasses import fields, replace

import pytest

from data import rehearsal_steps
from data.actions import marks, operators, readings, setup
from data.errors import NotFound
from data.queries import leaderboard, scores
from data.queries import readings as queries
from data.queries.plan import current_plan
from data.queries.readiness import readiness
from data.rules.readings import Difference
from data.store import Store

SECOND = "王芳"


def ask_for(store: Store, **policy: object) -> None:
    plan = current_plan(store)
    setup.save_plan(store, "tester", replace(plan, info=replace(plan.info, **policy)), "复核")


def unread(store: Store) -> set[tuple[int, int]]:
    with store.read():
        return {(one.visit_id, one.seat) for one in queries.unread()}


@pytest.fixture
def read_one(nursing_examined: Store) -> Store:
    """All sheets are to be read; of the first of the pile the second typing differs, the second agrees."""
    store = nursing_examined
    operators.add(store, SECOND, SECOND, "1357")
    operators.sign_in(store, SECOND, "1357")
    ask_for(store, verify="all")
    for row, slip in zip(scores.queue(store, only_missing=False)[:2], (True, False), strict=True):
        sheet = scores.open_sheet(store, row.visit_id, row.seat)
        assert sheet.mark is not None
        values = dict(sheet.mark.values)
        if slip:
            values[1] = "B" if values[1] == "A" else "A"
        readings.read(store, SECOND, row.visit_id, row.seat, values)
    return store


def test_a_file_without_an_event_and_one_without_the_wish_have_nothing_due(store: Store, nursing_marked: Store) -> None:
    assert unread(store) == set()
    assert queries.due(store) == []
    assert unread(nursing_marked) == set()
    assert queries.due(nursing_marked) == []


def test_all_sheets_that_are_in_are_due_in_the_order_of_the_pile(read_one: Store) -> None:
    rows, pile = queries.due(read_one), scores.queue(read_one, only_missing=False)
    assert [(row.visit_id, row.seat) for row in rows] == [(row.visit_id, row.seat) for row in pile]
    assert [row.state for row in rows[:3]] == ["differs", "agreed", ""]
    assert [row.is_verified for row in rows[:3]] == [False, True, False]
    assert {row.first for row in rows} == {"演练"}
    assert [row.second for row in rows[:3]] == [SECOND, SECOND, ""]
    assert unread(read_one) == {(row.visit_id, row.seat) for row in rows} - {(rows[1].visit_id, rows[1].seat)}
    with read_one.read():
        assert [one.differs for one in queries.unread()].count(True) == 1


def test_a_sheet_that_is_not_in_is_not_due(nursing_scheduled: Store) -> None:
    ask_for(nursing_scheduled, verify="all")
    assert queries.due(nursing_scheduled) == []


def test_an_unread_sheet_says_whose_and_where_it_is(read_one: Store) -> None:
    with read_one.read():
        told = {(one.visit_id, one.entrant_id, one.division_code, one.station_code) for one in queries.unread()}
    rows = [row for row in queries.due(read_one) if not row.is_verified]
    assert told == {(row.visit_id, row.entrant_id, row.division_code, row.station_code) for row in rows}


def test_a_sample_stays_the_same_when_marks_change(nursing_marked: Store) -> None:
    ask_for(nursing_marked, verify="sample", verify_percent=20)
    sample = unread(nursing_marked)
    everything = len(scores.queue(nursing_marked, only_missing=False))
    assert 0.1 * everything < len(sample) < 0.3 * everything
    visit, seat = min(sample)
    values = scores.open_sheet(nursing_marked, visit, seat).mark.values
    marks.hand_in(nursing_marked, "tester", visit, seat, values, total_milli=None, reason="重录")
    assert unread(nursing_marked) == sample


def test_the_first_places_of_each_division_and_who_counts_for_a_units_total(nursing_examined: Store) -> None:
    ask_for(nursing_examined, verify="top", verify_top=2)
    first = [row for row in leaderboard.standings(nursing_examined, "N").rows if row.place in (1, 2)]
    due = queries.due(nursing_examined)
    assert {row.entrant_id for row in first} < {row.entrant_id for row in due}
    assert {row.division_code for row in due} == {"N"}
    assert len(due) < len(scores.queue(nursing_examined, only_missing=False)) / 2
    rehearsal_steps.decode(nursing_examined)
    units = {row.unit for row in queries.due(nursing_examined)}
    best = {row.unit for row in leaderboard.standings(nursing_examined, "NT").rows if row.place in (1, 2)}
    assert best <= units <= best | {row.unit for row in leaderboard.standings(nursing_examined, "N").rows[:2]}


def test_differences_stand_side_by_side_only_after_both_have_typed(read_one: Store) -> None:
    differs, agreed, not_yet = queries.due(read_one)[:3]
    found = queries.dispute(read_one, differs.visit_id, differs.seat)
    (one,) = found.differences
    assert one == Difference(one.number, found.first_values[one.number], one.second)
    assert one.second != one.first
    assert (found.second, found.sheet.first) == (SECOND, "演练")
    assert found.first_milli != found.paper_milli
    for row in (agreed, not_yet):
        with pytest.raises(NotFound, match="Nothing is undecided"):
            queries.dispute(read_one, row.visit_id, row.seat)


def test_the_sheet_to_be_typed_says_nothing_of_what_was_typed(read_one: Store) -> None:
    row = queries.due(read_one)[2]
    blank = queries.blank_sheet(read_one, row.visit_id, row.seat)
    told = {field.name for field in fields(blank)}
    assert not {name for name in told if any(word in name for word in ("values", "version", "sum"))}
    assert {"total_only", "full_milli"} == {name for name in told if "total" in name or "milli" in name}


def lines(store: Store) -> list[tuple[str, str]]:
    return [
        (line.severity, line.title)
        for line in readiness(store).lines
        if line.target == "readings" or "second entry" in line.title
    ]


def test_the_readiness_list_asks_for_two_people_and_for_what_waits(nursing_examined: Store) -> None:
    store = nursing_examined
    assert lines(store) == []
    ask_for(store, verify="sample", verify_percent=1)
    assert lines(store) == [
        ("attention", "A second entry needs two people who sign in"),
        ("next", "Type the sheets a second time"),
    ]
    for name in (SECOND, "赵磊"):
        operators.add(store, name, name, "1357")
        operators.sign_in(store, name, "1357")
    first, *others = queries.due(store)
    for row in others:
        again(store, row)
    again(store, first, {1: "D"})
    assert lines(store) == [("attention", "1 sheet was typed differently twice")]
    values = scores.open_sheet(store, first.visit_id, first.seat).mark.values
    readings.settle(store, SECOND, first.visit_id, first.seat, values, reason="核对")
    assert lines(store) == [("done", "Two people agree on the marks")]


def test_before_any_sheet_is_in_only_the_people_are_asked_for(nursing_scheduled: Store) -> None:
    ask_for(nursing_scheduled, verify="all")
    assert lines(nursing_scheduled) == [("attention", "A second entry needs two people who sign in")]


def again(store: Store, row: queries.ReadRow, slips: dict | None = None) -> None:
    mark = scores.open_sheet(store, row.visit_id, row.seat).mark
    readings.read(store, SECOND, row.visit_id, row.seat, {**mark.values, **(slips or {})})
