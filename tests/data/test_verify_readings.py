"""What `verify` says of second entries that somebody altered outside Biwu, or that a bug let through."""

from collections.abc import Callable

import pytest

from data import models
from data.actions import marks, readings
from data.queries import scores
from data.store import Store
from data.verify_readings import reading_faults

FIRST, SECOND = "李敏", "王芳"
VALUES = {1: {"不均匀": 1}, 2: {}, 3: {}, 4: {}, 5: {}, 6: 52_000, 7: 9_500, 8: 8_000}


@pytest.fixture
def read_twice(scheduled: Store) -> Store:
    """Two sheets: on one the two agree, the other was settled for the second."""
    scheduled.sign_ins.names.add(SECOND)
    for row, seventh in zip(scores.queue(scheduled, "T2")[:2], (9_500, 9_000), strict=True):
        marks.hand_in(scheduled, FIRST, row.visit_id, row.seat, VALUES)
        again = {**VALUES, 7: seventh}
        if not readings.read(scheduled, SECOND, row.visit_id, row.seat, again).agreed:
            readings.settle(scheduled, SECOND, row.visit_id, row.seat, again, reason="核对")
    return scheduled


def faults(store: Store) -> list[str]:
    with store.read():
        return list(reading_faults(store))


def test_what_biwu_wrote_is_sound(read_twice: Store) -> None:
    assert faults(read_twice) == []


def by_one_person(store: Store) -> None:
    models.Reading.update(actor=FIRST).where(models.Reading.state == "agreed").execute()


def with_another_total(store: Store) -> None:
    models.Reading.update(total_milli=1).where(models.Reading.state == "agreed").execute()


def with_other_values(store: Store) -> None:
    models.Reading.update(values={"1": {}}).where(models.Reading.state == "agreed").execute()


def settled_by_nobody(store: Store) -> None:
    models.Reading.update(settled_by="").where(models.Reading.state == "settled").execute()


@pytest.mark.parametrize(
    ("alter", "sentence", "count"),
    [
        (by_one_person, "both entries are by 李敏", 1),
        (with_another_total, "said to agree, and differ", 1),
        (with_other_values, "said to agree, and differ", 1),
        (settled_by_nobody, "nobody is named who settled", 2),
    ],
)
def test_what_is_not(read_twice: Store, alter: Callable[[Store], None], sentence: str, count: int) -> None:
    with read_twice.write("outside", "readings.read"):
        alter(read_twice)
    found = faults(read_twice)
    assert len(found) == count
    assert all(sentence in line and "电除颤, judge" in line for line in found)
