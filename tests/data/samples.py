"""Rows for tests that need some in the event file and do not care which."""

from typing import Any

from data import models
from data.store import Store, Writing


def add_unit(store: Store, name: str, *, actor: str = "李敏", action: str = "test.add_unit", reason: str = "") -> int:
    """One write that adds one unit; returns its id."""
    with store.write(actor, action, reason) as writing:
        return insert_unit(writing, name)


def insert_unit(writing: Writing, name: str, position: int = 1) -> int:
    return writing.insert(models.Unit, name=name, category="一类", position=position)


def unit_names(store: Store) -> list[str]:
    with store.read():
        return [row.name for row in models.Unit.select().order_by(models.Unit.id)]


def count(store: Store, model: type[models.Row]) -> int:
    with store.read():
        return int(model.select().count())


def add_visit(store: Store) -> int:
    """One entrant who is due at one station with three judges; returns the visit's id."""
    with store.write("李敏", "test.add_visit") as writing:
        unit = insert_unit(writing, "高安市人民医院")
        division = writing.insert(
            models.Division, code="1H", category="一类", name="护士组", entry="individual", quota=1, position=1
        )
        sheet = writing.insert(models.Sheet, code="CPR", name="心肺复苏", position=1)
        station = writing.insert(models.Station, **_station(sheet))
        person = writing.insert(
            models.Person, unit=unit, division=division, name="张伟杰", id_number="360981199001011234"
        )
        entrant = writing.insert(
            models.Entrant, division=division, unit=unit, person=person, name="张伟杰", token="ABCD", number="1H-07"
        )
        return writing.insert(models.Visit, entrant=entrant, station=station)


def _station(sheet: int) -> dict[str, Any]:
    return {
        "code": "A1",
        "name": "心肺复苏",
        "sheet": sheet,
        "entry": "individual",
        "minutes": 8,
        "changeover": 2,
        "lanes": 1,
        "judges": 3,
        "combine": "mean",
        "position": 1,
    }


def add_marked_station(store: Store, *, full_milli: int = 100_000) -> int:
    """An event with one entrant who is due at one station whose sheet has one item; returns the visit's id."""
    visit = add_visit(store)
    with store.write("李敏", "test.add_event") as writing:
        writing.insert(models.Event, code="ABCD", name="急诊急救技能大比武", created_at=writing.at)
        writing.insert(
            models.Item, sheet=1, number=1, text="按压", full_milli=full_milli, kind="points", step_milli=500
        )
    return visit


def add_mark(store: Store, visit: int, seat: int, version: int, *, actor: str = "李敏", reason: str = "") -> int:
    with store.write(actor, "marks.hand_in", reason) as writing:
        return writing.insert(
            models.Mark,
            visit=visit,
            seat=seat,
            version=version,
            latest=True,
            values={"1": 5000, "2": None},
            total_milli=5000,
            actor=actor,
            at=writing.at,
        )
