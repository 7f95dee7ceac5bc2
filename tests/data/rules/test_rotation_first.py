"""The first timetables: waves, passes through the day that rush at its end, and what a lane's load leaves open."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.rules import rotation, rotation_greedy, rotation_lanes, rotation_waves
from data.rules.rotation_bound import lane_finish, lane_windows
from data.rules.rotation_check import check
from data.rules.rotation_ground import survey
from data.rules.rotation_model import Entrant, Problem, Slot, Station
from data.rules.rotation_spans import last_start
from tests.data.rules.rotation_plans import problems
from tests.data.rules.test_rotation import LUNCH, hard, lanes


def many(entrants: int, size: int, count: int = 1) -> Problem:
    """That many entrants at `size` stations of `count` lanes, 10 minutes and 2 of changeover each."""
    stations = tuple(Station(f"S{number}", 10, 2, lanes(*[""] * count)) for number in range(size))
    codes = tuple(station.code for station in stations)
    return Problem(480, 1440, stations, tuple(Entrant(n, frozenset(), codes) for n in range(entrants)))


def waves_of(problem: Problem) -> list[Slot]:
    return rotation_waves.timetable(survey(problem), rotation_lanes.choose(survey(problem)))


def stays(slots: tuple[Slot, ...]) -> list[int]:
    days: dict[int, list[Slot]] = {}
    for slot in slots:
        days.setdefault(slot.entrant, []).append(slot)
    return [max(slot.ends for slot in day) - min(slot.starts for slot in day) for day in days.values()]


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 30), st.integers(1, 7), st.integers(1, 3))
def test_waves_keep_every_lane_busy_and_nobody_long(entrants: int, size: int, count: int) -> None:
    problem = many(entrants, size, count)
    slots = waves_of(problem)
    assert not hard(problem, tuple(slots))
    fullest = -(-entrants // count)
    end = max(slot.ends for slot in slots)
    assert end == 480 + fullest * 12 - 2 if fullest >= size else end <= 480 + size * 12 - 2
    assert max(stays(tuple(slots))) <= 2 * size * 12 - 2


def test_waves_keep_clear_of_breaks_and_of_what_is_done() -> None:
    problem = replace(many(14, 4), breaks=((500, 530), (600, 615)))
    slots = waves_of(problem)
    assert not hard(problem, tuple(slots))
    assert max(slot.ends for slot in slots) == lane_finish(14, problem.stations[0], 480, problem.breaks)
    again = replace(problem, done=tuple(slot for slot in slots if slot.starts == 480))
    assert waves_of(again) == []


def test_crews_that_share_a_lane_make_no_waves() -> None:
    problem = many(4, 2)
    assert waves_of(replace(problem, entrants=(*problem.entrants, Entrant(9, frozenset(), ("S0",))))) == []


def test_40_at_6_stations_end_when_the_bound_says_and_wait_little() -> None:
    problem = many(40, 6)
    solution = rotation.solve(problem, waiting_budget=0)
    assert solution.finish == solution.bound == 480 + 478
    assert sum(stays(solution.slots)) <= 76 * 40
    assert max(stays(solution.slots)) <= 94
    assert not hard(problem, solution.slots)


def test_sparing_waits_makes_no_stay_longer_than_the_longest() -> None:
    problem = many(10, 4)
    rough = rotation.solve(problem, waiting_budget=0)
    fine = rotation.solve(problem, waiting_budget=0.3)
    assert fine.finish == rough.finish == fine.bound
    assert sum(stays(fine.slots)) <= sum(stays(rough.slots))
    assert max(stays(fine.slots)) <= max(stays(rough.slots))
    assert not hard(problem, fine.slots)


@settings(max_examples=40, deadline=None)
@given(problems(), st.integers(0, 8), st.integers(0, 90))
def test_every_pass_through_the_day_is_valid(problem: Problem, limit: int, rush: int) -> None:
    slots = rotation_greedy.first_timetable(survey(problem), rotation_lanes.choose(survey(problem)), limit, rush)
    assert not hard(problem, tuple(slots))


def test_a_rush_at_the_end_keeps_waits_short_and_the_day_too() -> None:
    """Three lanes each; with few under way the day is late, with a rush it is not, and stays are far below no limit."""
    stations = tuple(Station(f"S{n}", minutes, 2, lanes("", "", "")) for n, minutes in enumerate((12, 10, 8, 6)))
    codes = tuple(station.code for station in stations)
    problem = Problem(480, 1440, stations, tuple(Entrant(n, frozenset(), codes) for n in range(60)), LUNCH)
    ground = survey(problem)
    chosen = rotation_lanes.choose(ground)

    def outcome(limit: int, rush: int) -> tuple[int, int]:
        slots = rotation_greedy.first_timetable(ground, chosen, limit, rush)
        return max(slot.ends for slot in slots), sum(stays(tuple(slots)))

    shortest = rotation.solve(problem, waiting_budget=0)
    assert shortest.is_shortest
    freely = outcome(0, 0)
    assert min(outcome(6, rush) for rush in rotation_greedy.rushes(ground))[0] == shortest.bound
    assert sum(stays(shortest.slots)) * 2 < freely[1]


def test_passes_end_when_their_visits_are_used_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rotation, "_LEAST_PASSES", 1)
    monkeypatch.setattr(rotation, "_VISITS_PASSED", 0)
    problem = many(9, 3)
    assert not hard(problem, rotation.solve(problem, waiting_budget=0).slots)


def test_the_last_start_keeps_clear_of_breaks() -> None:
    assert last_start(830, 20, LUNCH) == 810
    assert last_start(829, 20, LUNCH) == 700
    assert last_start(60, 10, ((15, 20), (45, 55))) == 35


@settings(max_examples=60, deadline=None)
@given(problems())
def test_what_a_lane_leaves_open_holds_every_timetable(problem: Problem) -> None:
    finish = rotation.solve(problem, waiting_budget=0).finish
    slots = rotation_greedy.first_timetable(survey(problem), rotation_lanes.choose(survey(problem)), 0)
    finish = max(finish, *(slot.ends for slot in slots))
    for station in problem.stations:
        for lane in station.lanes:
            starts = sorted(slot.starts for slot in slots if (slot.station, slot.lane) == (station.code, lane))
            windows = lane_windows(len(starts), station, problem.opens, finish, problem.breaks)
            assert all(low <= start <= high for start, (low, high) in zip(starts, windows, strict=True))


def test_a_busy_lane_leaves_nothing_open() -> None:
    station = Station("S", 12, 2, lanes(""))
    end = lane_finish(34, station, 510, ())
    assert all(low == high for low, high in lane_windows(34, station, 510, end, ()))


def test_who_has_no_visit_left_is_in_no_wave() -> None:
    problem = many(3, 2)
    idle = Entrant(9, frozenset(), ())
    slots = waves_of(replace(problem, entrants=(*problem.entrants, idle)))
    assert {slot.entrant for slot in slots} == {0, 1, 2}


def test_nothing_is_found_in_waves() -> None:
    problem = many(12, 4)
    assert not check(problem, rotation.solve(problem, waiting_budget=0).slots)
