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


def test_a_timetable_that_forgets_what_has_taken_place_is_refused(drawn):
    solution = solve(drawn)
    schedule.save_timetable(drawn, "李敏", solution)
    first = queries.slots(drawn)[0]
    marks.hand_in(drawn, "李敏", first.visit_id, 1, {}, total_milli=80_000)
    same = [slot for slot in solution.slots if (slot.entrant, slot.station) != (first.entrant_id, first.station_code)]
    moved = next(slot for slot in solution.slots if slot not in same)
    late = replace(moved, starts=18 * 60 - 12, ends=18 * 60)

    with pytest.raises(InvalidInput, match="faults") as caught:
        schedule.save_timetable(drawn, "李敏", replace(solution, slots=(*same, late)))

    assert "has taken place" in caught.value.where


def test_nothing_to_plan_without_entrants(planned):
    with pytest.raises(NotAllowed, match="cannot be planned yet"):
        schedule.save_timetable(planned, "李敏", Solution((), 510, 510))
