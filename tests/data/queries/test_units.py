"""A unit's page: who is registered, who competes, who stands behind, and what the years cover."""

import pytest

from data import models
from data.errors import NotFound
from data.queries import units
from data.queries.coverage import coverage
from data.store import Store
from tests.data.reserves import name_reserves

UNIT = "市人民医院"


def test_a_unit_before_the_draw(rostered: Store) -> None:
    summary = units.unit_summary(rostered, UNIT)
    assert (summary.unit.name, summary.years, summary.sealed) == (UNIT, 5, False)
    assert [one.title for one in summary.divisions] == ["一类·医疗组", "一类·医技组", "一类·护理组"]
    nurses = summary.divisions[2]
    assert (nurses.places, nurses.drawn, nurses.reserves) == (3, 0, 0)
    assert nurses.registered == len(nurses.people) > nurses.places
    assert {one.part for one in nurses.people} <= {units.RECENT, units.REMAINS}
    recent = [one for division in summary.divisions for one in division.people if one.part == units.RECENT]
    assert len(recent) == summary.before > 0


def test_a_unit_after_the_draw_agrees_with_the_coverage_of_all(drawn: Store) -> None:
    for row in coverage(drawn):
        summary = units.unit_summary(drawn, row.unit)
        assert (summary.staff, summary.before, summary.selected) == (row.staff, row.before, row.selected)
        assert summary.remaining == row.staff - row.covered
    summary = units.unit_summary(drawn, UNIT)
    nurses = summary.divisions[2]
    competing = [one for one in nurses.people if one.part == units.COMPETES]
    assert len(competing) == nurses.drawn == 3
    assert nurses.people[:3] == tuple(competing)
    assert all(one.number and one.number.startswith("1H-") for one in competing)
    assert summary.covered_milli == (200_000 * summary.covered + summary.staff) // (2 * summary.staff)


def test_reserves_stand_in_their_order(drawn: Store) -> None:
    reserves = name_reserves(drawn)
    nurses = units.unit_summary(drawn, UNIT).divisions[2]
    behind = [one for one in nurses.people if one.part == units.RESERVE]
    assert [one.reserve for one in behind] == [1, 2]
    assert [one.person.id for one in behind] == reserves["1H", 1]
    assert nurses.reserves == 2


def test_history_by_year_leaves_this_year_out(rostered: Store) -> None:
    with rostered.write("tester", "test.add_year") as writing:
        for year in (2023, 2011):
            writing.insert(models.PastEntry, id_number=f"X{year}", name="甲", unit_name=UNIT, year=year)
    history = units.unit_summary(rostered, UNIT).history
    years = [year for year, _count in history]
    assert years == sorted(years, reverse=True)
    assert history[-1] == (2011, 1)
    assert 2023 not in years
    assert sum(count for _year, count in history) > 5


def test_a_unit_without_staff_has_no_per_cent(planned: Store) -> None:
    summary = units.unit_summary(planned, UNIT)
    assert (summary.staff, summary.covered_milli, summary.history) == (0, None, ())


def test_names_are_left_out_while_they_are_sealed(drawn: Store) -> None:
    with drawn.write("tester", "test.blind") as writing:
        writing.update(models.Event.get(), blind=True)
    summary = units.unit_summary(drawn, UNIT)
    assert summary.sealed
    assert summary.divisions[2].drawn == 3
    assert not any(division.people for division in summary.divisions)


def test_an_unknown_unit_is_told(rostered: Store) -> None:
    with pytest.raises(NotFound, match="not in the event"):
        units.unit_summary(rostered, "某医院")
