"""The pool as the roster page reads it."""

import pytest

from data.queries import roster, staff


def test_an_event_without_a_plan_has_no_staff(store) -> None:
    assert staff.staff(store) == staff.Staff()
    assert staff.staff_size(store) == 0


def test_as_imported_by_pinyin_and_by_strokes(rostered) -> None:
    everyone = roster.people(rostered)
    assert staff.staff_size(rostered) == len(everyone) == 876
    as_imported = staff.staff(rostered)
    assert list(as_imported.people) == everyone
    assert list(as_imported.counts) == roster.pool_counts(rostered)
    assert as_imported.history == roster.history_size(rostered)
    by_pinyin = staff.staff(rostered, staff.PINYIN)
    by_strokes = staff.staff(rostered, staff.STROKES)
    assert {row.id for row in by_pinyin.people} == {row.id for row in by_strokes.people} == set(by_pinyin.places)
    assert as_imported.places == by_pinyin.places
    surnames = [row.name[0] for row in by_pinyin.people]
    assert surnames.index("李") < surnames.index("王") < surnames.index("张")
    surnames = [row.name[0] for row in by_strokes.people]
    assert surnames.index("王") < surnames.index("李")
    assert [by_strokes.places[row.id] for row in by_strokes.people] == list(range(876))


def test_an_order_that_there_is_not(rostered) -> None:
    with pytest.raises(ValueError, match="nobody"):
        staff.staff(rostered, "nobody")


def test_sealed_names_leave_counts_alone(drawn, monkeypatch) -> None:
    monkeypatch.setattr(staff, "names_sealed", lambda: True)
    sealed = staff.staff(drawn)
    assert sealed.sealed
    assert not sealed.people
    assert sealed.registered == 876
    assert sum(count.registered for count in sealed.counts) == 876
