"""Rotations with a bell: as few strokes as there can be, and everyone starts at them."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.rules import rotation, rotation_colours, rotation_lanes
from data.rules.rotation_bell import Bell
from data.rules.rotation_ground import survey
from data.rules.rotation_model import Entrant, Problem, Slot, Station
from tests.data.rules.test_rotation import hard, lanes, loads_of, rotation_of
from tests.data.rules.test_rotation_first import many


def ringing(size: int) -> Problem:
    """n entrants at n stations of unequal length, with a bell."""
    chance = Random(size)
    problem = rotation_of(size)
    stations = tuple(
        replace(station, minutes=chance.randint(5, 15), changeover=chance.randint(0, 3)) for station in problem.stations
    )
    return replace(problem, stations=stations, bell=True)


@pytest.mark.parametrize("size", range(2, 21))
def test_n_at_n_stations_need_n_strokes(size: int) -> None:
    problem = ringing(size)
    solution = rotation.solve(problem, waiting_budget=0)
    longest = max(station.minutes for station in problem.stations)
    assert solution.finish == solution.bound == 480 + (size - 1) * Bell.pitch(problem) + longest
    assert not hard(problem, solution.slots)
    assert len({slot.starts for slot in solution.slots}) == size


@given(st.integers(0, 10_000))
def test_the_strokes_are_the_fullest_lane_or_the_longest_itinerary(seed: int) -> None:
    chance = Random(seed)
    count = chance.randint(1, 6)
    stations = tuple(
        Station(f"S{number}", 10, 2, (frozenset[str](),) * chance.randint(1, 3)) for number in range(count)
    )
    codes = [station.code for station in stations]
    entrants = tuple(
        Entrant(number, frozenset(), tuple(chance.sample(codes, chance.randint(1, count))))
        for number in range(chance.randint(1, 25))
    )
    problem = Problem(480, 1440, stations, entrants, bell=True)
    ground = survey(problem)
    chosen = rotation_lanes.choose(ground)
    colours = rotation_colours.colours(chosen)
    fullest = max(max(loads.values()) for loads in loads_of(problem, chosen).values())
    assert max(colours.values()) + 1 == max(fullest, *(len(entrant.stations) for entrant in entrants))
    solution = rotation.solve(problem, waiting_budget=0)
    assert solution.is_shortest
    assert not hard(problem, solution.slots)


def test_strokes_skip_breaks_and_leave_time_for_the_way() -> None:
    problem = replace(ringing(3), stations=rotation_of(3).stations, breaks=((485, 500),))
    bell = Bell(problem)
    assert bell.until(530) == [500, 512, 524]
    assert bell.from_minute(501) == 512
    assert Bell.pitch(replace(problem, walk=5, rest=1)) == 16


def test_a_station_that_nobody_visits_does_not_slow_the_bell_down() -> None:
    stations = tuple(Station(code, minutes, 2, (frozenset[str](),)) for code, minutes in (("S0", 3), ("S1", 40)))
    problem = Problem(480, 495, stations, (Entrant(1, frozenset(), ("S0",)), Entrant(2, frozenset(), ("S0",))))
    problem = replace(problem, bell=True, breaks=((492, 496),))
    solution = rotation.solve(problem, waiting_budget=0)
    assert (solution.finish, solution.obstacles) == (488, ())
    assert Bell.pitch(problem) == 5


def test_strokes_meet_pinned_visits() -> None:
    problem = replace(many(4, 2), bell=True, pinned=(Slot(3, "S0", 1, 499, 509), Slot(2, "S1", 1, 499, 509)))
    solution = rotation.solve(problem, waiting_budget=0)
    assert solution.fits
    assert not hard(problem, solution.slots)
    assert {slot.starts for slot in solution.slots} >= {480, 499}


def test_without_a_bell_stations_alike_are_as_short() -> None:
    problem = rotation_of(6)
    *others, last = problem.entrants
    problem = replace(problem, entrants=(*others, replace(last, stations=last.stations[:-1])))
    ground = survey(problem)
    slots = rotation_colours.timetable(ground, rotation_lanes.choose(ground))
    assert not hard(problem, tuple(slots))
    assert max(slot.ends for slot in slots) == 480 + 70
    far = survey(replace(problem, walk=3))
    assert not rotation_colours.timetable(far, rotation_lanes.choose(far))


def test_on_the_day_the_bell_rings_on_as_announced() -> None:
    problem = replace(many(6, 2), bell=True)
    slots = rotation.solve(problem, waiting_budget=0).slots
    done = tuple(slot for slot in slots if slot.starts == 480)
    left = tuple(slot for slot in slots if slot.starts > 480)
    going_on = replace(problem, done=done, before=left, now=491)
    again = rotation.solve(going_on, waiting_budget=0)
    assert {slot.starts for slot in again.slots} == {slot.starts for slot in slots}
    assert not hard(going_on, again.slots)
    delayed = replace(going_on, now=495)
    later = rotation.solve(delayed, waiting_budget=0)
    assert min(slot.starts for slot in later.slots if slot not in done) == 495
    assert not hard(delayed, later.slots)


def test_strokes_too_close_for_the_bell_are_not_kept() -> None:
    """Short visits alone can follow each other faster than the bell rings."""
    stations = (Station("A", 4, 0, lanes("")), Station("B", 20, 0, lanes("")))
    entrants = (*(Entrant(number, frozenset(), ("A",)) for number in range(3)), Entrant(9, frozenset(), ("B",)))
    before = (
        *(Slot(number, "A", 1, 480 + 4 * number, 484 + 4 * number) for number in range(3)),
        Slot(9, "B", 1, 500, 520),
    )
    problem = Problem(480, 1440, stations, entrants, before=before, now=480, bell=True)
    assert not hard(problem, before)
    solution = rotation.solve(problem, waiting_budget=0)
    assert not hard(problem, solution.slots)
    assert {slot.starts for slot in solution.slots} == {480, 500, 520}


def test_a_reserve_judge_and_a_bell() -> None:
    station = Station("S", 10, 2, lanes("甲院", "甲院"), stand_ins=lanes("甲院", "甲院"))
    entrants = tuple(Entrant(number, frozenset({"甲院"}), ("S",)) for number in range(3))
    problem = Problem(480, 1440, (station,), entrants, bell=True)
    solution = rotation.solve(problem, waiting_budget=0)
    assert not hard(problem, solution.slots)
    assert solution.finish == 480 + 2 * 12 + 10
