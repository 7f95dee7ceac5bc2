"""How far stations and divisions are closed."""

import pytest

from data import models
from data.actions import locks as actions
from data.queries import locks
from data.store import Store
from tests.data.contest import entrant_of, mark_everyone, set_up


@pytest.fixture
def visits(store: Store) -> list[int]:
    found = set_up(store)
    mark_everyone(store, found)
    return found


def drop_theory(store: Store) -> None:
    """The division is made of its station alone."""
    with store.write("tester", "test.drop_theory") as writing:
        writing.delete(models.Component.get(models.Component.source == "theory"))


def closes(store: Store, visit: int, entrant: int) -> tuple[str, str]:
    with store.read():
        rows = locks.lock_of_visit(visit), locks.lock_of_entrant(entrant)
    first, second = (row.title if row else "" for row in rows)
    return first, second


def test_nothing_is_locked_at_first(store: Store, visits: list[int]):
    assert closes(store, visits[0], entrant_of(store, visits[0])) == ("", "")
    assert locks.station_locks(store) == {}
    assert not any(one.is_locked for one in locks.division_locks(store).values())


def test_a_stations_lock_closes_its_visits_and_no_theory(store: Store, visits: list[int]):
    actions.lock_station(store, "李敏", "S1")
    assert closes(store, visits[0], entrant_of(store, visits[0])) == ("静脉输液", "")
    assert locks.station_locks(store)["S1"].actor == "李敏"
    assert not any(one.is_locked for one in locks.division_locks(store).values())


def test_a_division_of_locked_stations_alone_is_locked_with_its_sum(store: Store, visits: list[int]):
    drop_theory(store)
    actions.lock_station(store, "李敏", "S1")
    assert closes(store, visits[0], entrant_of(store, visits[0])) == ("静脉输液", "静脉输液")
    found = locks.division_locks(store)
    assert [(one.code, one.title, one.is_locked) for one in found.values()] == [
        ("N", "全县·护理组", True),
        ("NT", "全县·护理团体", True),
    ]
    assert found["N"].own is None
    assert found["NT"].sources == ("N",)


def test_a_divisions_lock_closes_it_and_its_sum(store: Store, visits: list[int]):
    actions.lock_division(store, "李敏", "N")
    assert closes(store, visits[0], entrant_of(store, visits[0])) == ("全县·护理组", "全县·护理组")
    found = locks.division_locks(store)
    assert found["N"].own == found["NT"].through[0] == locks.locks(store)[0]


def test_the_team_of_a_locked_sum_is_closed(store: Store, visits: list[int]):
    actions.lock_division(store, "李敏", "N")
    with store.read():
        team = models.Entrant.get(models.Entrant.token == "TEAM0000").id
        assert locks.lock_of_entrant(team).division_code == "N"


def test_an_optional_station_that_is_open_keeps_its_division_open(store: Store, visits: list[int]):
    drop_theory(store)
    with store.write("tester", "test.make_optional") as writing:
        component = models.Component.get(models.Component.source == "station")
        writing.update(component, source="choice", station=None, best=1)
        first = models.Station.get()
        other = {**first.__data__, "code": "S2", "name": "心肺复苏"}
        del other["id"]
        stations = [first.id, writing.insert(models.Station, **other)]
        for position, station in enumerate(stations):
            writing.insert(models.ComponentStation, component=component.id, station=station, position=position)
        writing.insert(models.Lock, station=stations[0], actor="李敏", at=writing.at)
    with store.read():
        assert locks.locked_divisions() == frozenset()
    with store.write("tester", "test.lock") as writing:
        writing.insert(models.Lock, station=stations[1], actor="李敏", at=writing.at)
    with store.read():
        assert locks.locked_divisions() == {"N", "NT"}


def test_a_division_without_components_is_open(store: Store, visits: list[int]):
    with store.write("tester", "test.clear") as writing:
        for row in models.Component.select().where(models.Component.source != "sum"):
            writing.delete(row)
    with store.read():
        assert locks.locked_divisions() == frozenset()
