"""Who counts as having competed in the last years, and what each unit's coverage is from it."""

from dataclasses import replace

import pytest

from data import models
from data.actions.setup import save_plan
from data.queries.coverage import coverage, past_people
from data.queries.plan import current_plan
from data.store import Store
from tests.data.actions.test_draws import add_history, add_people, plan, select


@pytest.fixture
def staffed(store: Store) -> Store:
    """Two people of one name in two units, one of them without an ID number; the event looks back five years."""
    save_plan(store, "test", plan())
    add_people(
        store,
        ("甲医院", "A", "王芳", "11", False),
        ("甲医院", "A", "李敏", "", False),
        ("乙医院", "A", "王芳", "22", False),
        ("乙医院", "A", "张伟", "", False),
    )
    return store


def past(store: Store) -> set[tuple[str, str]]:
    with store.read():
        rows = models.Person.select().where(models.Person.id.in_(past_people()))
        return {(row.unit.name, row.name) for row in rows}


def test_a_person_is_found_by_id_number_whatever_name_and_unit_were_then(staffed):
    add_history(staffed, ("11", "王小芳", "别的医院", 2020))
    assert past(staffed) == {("甲医院", "王芳")}


def test_without_an_id_number_name_and_unit_decide(staffed):
    add_history(staffed, ("77", "李敏", "甲医院", 2021), ("", "王芳", "乙医院", 2020), ("", "张伟", "甲医院", 2022))
    assert past(staffed) == {("甲医院", "李敏"), ("乙医院", "王芳")}


@pytest.mark.parametrize(("years", "found"), [(0, 0), (1, 0), (2, 1), (5, 2), (9, 3)])
def test_only_the_last_years_count_and_never_this_one(staffed, years, found):
    add_history(
        staffed,
        ("11", "王芳", "甲医院", 2021),
        ("22", "王芳", "乙医院", 2018),
        ("", "张伟", "乙医院", 2014),
        ("", "李敏", "甲医院", 2023),
    )
    now = current_plan(staffed)
    save_plan(staffed, "test", replace(now, info=replace(now.info, coverage_years=years)))
    assert len(past(staffed)) == found


def test_without_a_date_nobody_is_past(staffed):
    add_history(staffed, ("11", "王芳", "甲医院", 2021))
    now = current_plan(staffed)
    save_plan(staffed, "test", replace(now, info=replace(now.info, date="")))
    assert past(staffed) == set()


def test_coverage_adds_whom_this_event_selected_anew(staffed):
    add_history(staffed, ("11", "王芳", "甲医院", 2021))
    select(staffed)
    rows = {row.unit: row for row in coverage(staffed)}
    # Two places each: nobody is left out, whoever competed before counts once.
    assert (rows["甲医院"].before, rows["甲医院"].selected, rows["甲医院"].covered) == (1, 1, 2)
    assert (rows["乙医院"].before, rows["乙医院"].selected, rows["乙医院"].covered) == (0, 2, 2)
    assert rows["丙医院"].staff == rows["丙医院"].covered == 0
