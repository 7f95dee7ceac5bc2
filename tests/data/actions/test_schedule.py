"""Saving timetables of the Gao'an event."""

from dataclasses import replace

import pytest

from data import models
from data.actions import checkin, marks, schedule
from data.errors import InvalidInput, NotAllowed
from data.queries import schedule as queries
from data.queries.plan import current_plan
from data.rules import rotation
from data.rules.rotation_model import Solution


def solve(store) -> Solution:
    return rotation.solve(queries.problem(store), waiting_budget=0)


def test_the_day_of_gaoan_is_saved_at_its_proven_optimum(drawn):
    solution = solve(drawn)

    assert schedule.save_timetable(drawn, "李敏", solution) == 1

    row = queries.current(drawn)
    assert (row.number, row.finish_minute, row.bound_minute) == (1, 17 * 60 + 54, 17 * 60 + 54)
    assert row.is_shortest
    assert len(queries.slots(drawn)) == 378
    assert not queries.findings(drawn)
    breaks = [(pause.starts_minute, pause.ends_minute) for pause in current_plan(drawn).breaks]
    assert breaks == [(720, 810)]
    assert all(slot.ends_minute <= 720 or slot.starts_minute >= 810 for slot in queries.slots(drawn))


def test_a_new_version_keeps_the_visits_and_the_one_before(drawn):
    schedule.save_timetable(drawn, "李敏", solve(drawn))
    before = {slot.visit_id for slot in queries.slots(drawn)}

    assert schedule.save_timetable(drawn, "李敏", solve(drawn), "重排") == 2

    assert {slot.visit_id for slot in queries.slots(drawn)} == before
    assert len(queries.slots(drawn, 1)) == 378
    assert queries.current(drawn).number == 2


def test_faults_are_refused_and_named(drawn):
    solution = solve(drawn)
    first, *others = solution.slots
    with pytest.raises(InvalidInput) as caught:
        schedule.save_timetable(drawn, "李敏", replace(solution, slots=tuple(others)))
    assert first.station in caught.value.where
    assert queries.current(drawn) is None


def test_a_day_that_does_not_fit_is_refused_with_the_station(drawn):
    late = replace(queries.problem(drawn), closes=17 * 60)
    solution = rotation.solve(late, waiting_budget=0)
    with pytest.raises(NotAllowed) as caught:
        schedule.save_timetable(drawn, "李敏", solution)
    assert "S2 静脉输液" in caught.value.todo
    assert "54 minutes" in caught.value.todo


def test_visits_with_marks_stay_where_they_are(drawn):
    schedule.save_timetable(drawn, "李敏", solve(drawn))
    slots = queries.slots(drawn)
    happened = [slot for slot in slots if slot.starts_minute < 9 * 60]
    for slot in happened:
        marks.hand_in(drawn, "李敏", slot.visit_id, 1, {}, total_milli=80_000)
    gone = next(slot for slot in slots if slot.starts_minute > 15 * 60)
    checkin.set_state(drawn, "李敏", gone.entrant_id, "withdrew", "临时出诊")

    problem = queries.problem(drawn)
    assert len(problem.done) == len(happened)
    schedule.save_timetable(drawn, "李敏", rotation.solve(problem, waiting_budget=0), "弃权后重排")

    again = {slot.visit_id: slot for slot in queries.slots(drawn)}
    for slot in happened:
        assert (again[slot.visit_id].lane, again[slot.visit_id].starts_minute) == (slot.lane, slot.starts_minute)
    assert gone.visit_id not in again
    assert not [finding for finding in queries.findings(drawn) if finding.hard]
    with drawn.read():
        assert models.Visit.select().count() == 378


def test_what_has_taken_place_stays_even_when_a_plan_has_it_elsewhere(drawn):
    solution = solve(drawn)
    schedule.save_timetable(drawn, "李敏", solution)
    first = queries.slots(drawn)[0]
    marks.hand_in(drawn, "李敏", first.visit_id, 1, {}, total_milli=80_000)
    same = [slot for slot in solution.slots if (slot.entrant, slot.station) != (first.entrant_id, first.station_code)]
    moved = next(slot for slot in solution.slots if slot not in same)
    late = replace(moved, starts=18 * 60 - 12, ends=18 * 60)

    schedule.save_timetable(drawn, "李敏", replace(solution, slots=(*same, late)))

    assert queries.slots(drawn)[0].visit_id == first.visit_id
    assert queries.current(drawn).finish_minute == solution.finish


def test_a_plan_into_the_place_of_what_has_taken_place_is_refused(drawn):
    solution = solve(drawn)
    schedule.save_timetable(drawn, "李敏", solution)
    first = queries.slots(drawn)[0]
    marks.hand_in(drawn, "李敏", first.visit_id, 1, {}, total_milli=80_000)
    mine = next(slot for slot in solution.slots if slot.entrant == first.entrant_id)
    second = next(
        slot
        for slot in solution.slots
        if slot.lane == mine.lane and slot.starts > mine.starts and slot.station == mine.station
    )
    swapped = [replace(slot, starts=mine.starts, ends=mine.ends) if slot == second else slot for slot in solution.slots]
    with pytest.raises(InvalidInput, match="faults"):
        schedule.save_timetable(drawn, "李敏", replace(solution, slots=tuple(swapped)))


def test_nothing_to_plan_without_entrants(planned):
    with pytest.raises(NotAllowed, match="cannot be planned yet"):
        schedule.save_timetable(planned, "李敏", Solution((), 510, 510))


def test_pins_belong_to_a_version_and_stay_until_others_are_given(drawn):
    solution = solve(drawn)
    first, second = solution.slots[:2]
    pins = {(first.entrant, first.station), (second.entrant, second.station)}
    schedule.save_timetable(drawn, "李敏", solution, pinned=pins)
    assert set(queries.problem(drawn).pinned) == {first, second}

    schedule.save_timetable(drawn, "李敏", solution, "照旧")
    assert {(slot.entrant_id, slot.station_code) for slot in queries.slots(drawn) if slot.is_pinned} == pins

    schedule.save_timetable(drawn, "李敏", solution, "松开", pinned=(), cause="moved", on_number=2)
    assert not any(slot.is_pinned for slot in queries.slots(drawn))
    assert sum(slot.is_pinned for slot in queries.slots(drawn, 2)) == 2
    assert [queries.current(drawn).number, queries.current(drawn).cause] == [3, "moved"]


def test_a_pinned_visit_is_not_moved_by_a_plan_that_does_not_ask(drawn):
    solution = solve(drawn)
    pinned, *others = solution.slots
    schedule.save_timetable(drawn, "李敏", solution, pinned={(pinned.entrant, pinned.station)})
    late = replace(pinned, starts=18 * 60 - 12, ends=18 * 60)
    moved = replace(solution, slots=(*others, late))
    with pytest.raises(InvalidInput, match="faults"):
        schedule.save_timetable(drawn, "李敏", moved)
    assert schedule.save_timetable(drawn, "李敏", moved, pinned=()) == 2


def test_a_plan_of_an_older_timetable_is_refused(drawn):
    solution = solve(drawn)
    assert schedule.save_timetable(drawn, "李敏", solution, on_number=0) == 1
    with pytest.raises(NotAllowed, match="Timetable 1 has been put in force meanwhile"):
        schedule.save_timetable(drawn, "李敏", solution, on_number=0)
    assert schedule.save_timetable(drawn, "李敏", solution, on_number=1) == 2


def test_a_cause_is_one_of_those_known(drawn):
    with pytest.raises(ValueError, match="whim"):
        schedule.save_timetable(drawn, "李敏", Solution((), 510, 510), cause="whim")


def test_only_those_whose_visits_to_come_moved_need_new_papers(drawn):
    solution = solve(drawn)
    schedule.save_timetable(drawn, "李敏", solution)
    last = max(solution.slots, key=lambda slot: slot.ends)
    later = replace(last, starts=last.starts + 1, ends=last.ends + 1)
    moved = tuple(later if slot == last else slot for slot in solution.slots)
    schedule.save_timetable(drawn, "李敏", replace(solution, slots=moved), cause="moved")
    assert queries.changed_since(drawn, 1) == {last.entrant}
    assert queries.changed_since(drawn, 2) == frozenset()
    visit = next(slot.visit_id for slot in queries.slots(drawn) if slot.starts_minute == later.starts)
    marks.hand_in(drawn, "李敏", visit, 1, {}, total_milli=80_000)
    for seat in (2, 3):
        marks.hand_in(drawn, "李敏", visit, seat, {}, total_milli=80_000)
    assert queries.changed_since(drawn, 1) == frozenset(), "what took place is no news"
