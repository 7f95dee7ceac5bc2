"""A file whose tables were altered behind the back of its draws: the check names what differs, kind by kind."""

import sqlite3
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from data import models
from data.actions import draws as actions
from data.actions.setup import save_plan
from data.queries import draws as queries
from data.queries.plan import current_plan
from data.rules.draw_record import ITEMS, JUDGES, KINDS, LANES, NUMBERS
from data.store import Store
from data.verify import verify_file
from data.verify_draws import draw_faults
from tests.data.choice_contest import draw_kind, number_everyone


@pytest.fixture
def contest(store: Store) -> Store:
    number_everyone(store)
    for kind in (ITEMS, LANES, JUDGES):
        draw_kind(store, kind)
    return store


def faults(store: Store) -> list[str]:
    with store.read():
        return list(draw_faults(store))


def alter(store: Store, sql: str) -> None:
    """Another program writes into the file."""
    connection = sqlite3.connect(store.path)
    with connection:
        connection.execute(sql)
    connection.close()


def test_a_file_with_draws_of_all_kinds_is_sound(contest):
    assert {row.kind for row in queries.draws(contest)} == set(KINDS)
    assert verify_file(contest.path) == []


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("DELETE FROM drawn_station WHERE id = 1", "Stations draw"),
        ("UPDATE drawn_lane SET lane = 3 - lane WHERE id = 1", "Lanes draw"),
        ("UPDATE judge SET name = '别人' WHERE id = 1", "Judges draw"),
        ("UPDATE entrant SET number = 'E-99' WHERE number = 'E-01'", "Numbers draw"),
    ],
)
def test_what_differs_from_its_draw_is_named(contest, sql, words):
    alter(contest, sql)
    found = faults(contest)
    assert found
    assert all(line.startswith((words, "Lanes draw", "Stations draw")) for line in found)
    assert any(line.startswith(words) for line in found)


def test_somebody_else_s_number_is_named(contest):
    alter(contest, "UPDATE entrant SET number = 'x' WHERE number = 'E-01'")
    alter(contest, "UPDATE entrant SET number = 'E-01' WHERE number = 'E-02'")
    alter(contest, "UPDATE entrant SET number = 'E-02' WHERE number = 'x'")
    assert sum("somebody else has it" in line for line in faults(contest)) == 2


def test_stations_drawn_for_a_division_are_compared_with_everyone_of_it(store):
    number_everyone(store, item_draw="division")
    draw_kind(store, ITEMS)
    assert faults(store) == []
    alter(store, "DELETE FROM drawn_station WHERE id = 1")
    assert len(faults(store)) == 1


def test_seats_that_the_plan_changed_later_are_no_fault(contest):
    plan = current_plan(contest)
    judges = (replace(plan.judges[0], name="新裁判"), *plan.judges[1:])
    save_plan(contest, "test", replace(plan, judges=judges), "somebody fell ill")
    assert faults(contest) == []


def replace_first(store: Store) -> None:
    """Somebody of the same unit takes the place of number E-01, with a new badge."""
    with store.write("test", "test.substitution") as writing:
        entrant = models.Entrant.get(models.Entrant.number == "E-01")
        person = models.Person.get_by_id(entrant.person_id)
        joined = writing.insert(models.Person, unit=person.unit_id, division=person.division_id, name="替补")
        writing.insert(
            models.Substitution,
            entrant=entrant.id,
            left=person.id,
            joined=joined,
            old_token=entrant.token,
            actor="a",
            at=writing.at,
            reason="r",
        )
        writing.update(entrant, person=joined, name="替补", token="new")


def test_who_was_replaced_is_whom_the_draws_gave(contest):
    replace_first(contest)
    assert faults(contest) == []


def test_the_computer_s_clock_may_be_set_back_before_somebody_is_replaced(contest, monkeypatch):
    monkeypatch.setattr(contest, "clock", lambda: datetime(2000, 1, 1, tzinfo=UTC))
    replace_first(contest)
    assert verify_file(contest.path) == []


def test_a_blind_event_is_checked_without_telling_whose_number_it_is(store):
    number_everyone(store)
    actions.void(store, "test", queries.current(store, NUMBERS).id, "again")
    plan = current_plan(store)
    save_plan(store, "test", replace(plan, info=replace(plan.info, blind=True)), "blind")
    for kind in (NUMBERS, ITEMS, LANES):
        draw_kind(store, kind)
    assert faults(store) == []
    replace_first(store)
    assert faults(store) == []
    ids = [entry["id"] for entry in queries.record(store, queries.current(store, NUMBERS).id)["pool"]]
    alter(store, "UPDATE entrant SET number = 'x' WHERE number = 'E-01'")
    alter(store, "UPDATE entrant SET number = 'E-01' WHERE number = 'E-02'")
    alter(store, "UPDATE entrant SET number = 'E-02' WHERE number = 'x'")
    alter(store, "UPDATE drawn_lane SET lane = 3 - lane WHERE id = 1")
    found = faults(store)
    assert any("(sealed)" in line and "somebody else has it" in line for line in found)
    assert any("drawn (sealed), but the file says (sealed)" in line for line in found)
    assert not any(text in line for text in ("医院", *ids) for line in found)
    alter(store, "UPDATE draw SET record = replace(record, '\"key\":\"6.', '\"key\":\"7.') WHERE kind = 'numbers'")
    assert any("(sealed)" in line for line in faults(store) if line.startswith("Numbers draw"))
