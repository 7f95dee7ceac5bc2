"""Who is here, and why somebody is not."""

import pytest

from data import models
from data.actions import checkin, running
from data.errors import InvalidInput, NotAllowed, NotFound
from data.queries import entrants as queries
from data.queries.audit_log import entries
from data.queries.entrants import EntrantRow
from data.store import Store
from tests.data.actions.test_running_visits import slot_of, visit_of
from tests.data.floor import set_up


@pytest.fixture
def somebody(drawn: Store) -> EntrantRow:
    return queries.entrants(drawn)[0]


def give_mark(store: Store, entrant_id: int) -> None:
    with store.write("李敏", "test.give_mark") as writing:
        station = models.Station.select().first()
        visit = writing.insert(models.Visit, entrant=entrant_id, station=station.id)
        writing.insert(
            models.Mark,
            visit=visit,
            seat=1,
            version=1,
            latest=True,
            values={},
            total_milli=90_000,
            total_only=True,
            actor="李敏",
            at=writing.at,
        )


def test_an_arrival_is_noted_once(drawn: Store, somebody: EntrantRow) -> None:
    here = checkin.check_in(drawn, "李敏", somebody.id)
    assert here.state == "present"
    assert here.arrived_at
    before = len(entries(drawn))
    assert checkin.check_in(drawn, "李敏", somebody.id) == here
    assert len(entries(drawn)) == before


@pytest.mark.parametrize("state", ["absent", "withdrew", "disqualified"])
def test_who_is_out_does_not_come_in_by_a_scan(drawn: Store, somebody: EntrantRow, state: str) -> None:
    assert checkin.set_state(drawn, "李敏", somebody.id, state, "原因").state == state
    with pytest.raises(NotAllowed, match="is marked as"):
        checkin.check_in(drawn, "李敏", somebody.id)
    back = checkin.set_state(drawn, "李敏", somebody.id, "present", "更正")
    assert back.state == "present"
    assert back.arrived_at
    assert [entry.reason for entry in entries(drawn)[:2]] == ["更正", "原因"]


@pytest.mark.parametrize(("state", "keeps"), [("withdrew", True), ("disqualified", True), ("absent", False)])
def test_the_time_of_arrival_stays_with_those_who_were_here(
    drawn: Store, somebody: EntrantRow, state: str, keeps: bool
) -> None:
    arrived_at = checkin.check_in(drawn, "李敏", somebody.id).arrived_at
    assert checkin.set_state(drawn, "李敏", somebody.id, state, "原因").arrived_at == (arrived_at if keeps else None)


def test_a_check_in_is_taken_back_with_a_reason(drawn: Store, somebody: EntrantRow) -> None:
    checkin.check_in(drawn, "李敏", somebody.id)
    with pytest.raises(InvalidInput, match="reason"):
        checkin.set_state(drawn, "李敏", somebody.id, "expected", " ")
    back = checkin.set_state(drawn, "李敏", somebody.id, "expected", "扫错人")
    assert (back.state, back.arrived_at) == ("expected", None)


@pytest.mark.parametrize("state", ["expected", "absent"])
def test_who_has_marks_was_here(drawn: Store, somebody: EntrantRow, state: str) -> None:
    checkin.check_in(drawn, "李敏", somebody.id)
    give_mark(drawn, somebody.id)
    with pytest.raises(NotAllowed, match="has marks already"):
        checkin.set_state(drawn, "李敏", somebody.id, state, "原因")
    assert checkin.set_state(drawn, "李敏", somebody.id, "withdrew", "受伤").state == "withdrew"


@pytest.mark.parametrize("state", ["expected", "absent"])
def test_who_performs_is_here(store: Store, state: str) -> None:
    set_up(store, 2, 1, 1)
    visit = visit_of(store, "1", "S1")
    running.start_visit(store, "李敏", visit)
    entrant = slot_of(store, visit).entrant_id
    with pytest.raises(NotAllowed, match="is performing now"):
        checkin.set_state(store, "李敏", entrant, state, "原因")
    running.undo_start(store, "李敏", visit, "扫错人")
    assert checkin.set_state(store, "李敏", entrant, state, "原因").state == state


def test_a_units_total_does_not_arrive(nursing_drawn: Store) -> None:
    total = next(row for row in queries.entrants(nursing_drawn, with_sums=True) if row.entry == "sum")
    with pytest.raises(NotAllowed, match="unit's total"):
        checkin.check_in(nursing_drawn, "李敏", total.id)
    with pytest.raises(NotAllowed, match="unit's total"):
        checkin.set_state(nursing_drawn, "李敏", total.id, "absent", "原因")


def test_nobody_and_nonsense_are_refused(drawn: Store, somebody: EntrantRow) -> None:
    with pytest.raises(NotFound):
        checkin.check_in(drawn, "李敏", 10**6)
    with pytest.raises(ValueError, match="no such state"):
        checkin.set_state(drawn, "李敏", somebody.id, "late", "原因")
