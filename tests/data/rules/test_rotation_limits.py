"""What a day may ask for beside lanes and breaks: each limit is kept, or it is said by how much it cannot be."""

from dataclasses import replace

import pytest

from data.rules import rotation, rotation_order
from data.rules.rotation_bound import entrant_bounds, entrant_finish, pair_bounds, station_bounds
from data.rules.rotation_check import check
from data.rules.rotation_ground import survey
from data.rules.rotation_model import Entrant, Obstacle, Problem, Slot, Solution, Station
from data.rules.rotation_recusal import is_stand_in, open_lanes
from data.rules.rotation_spans import fit, last_start, starts_within
from tests.data.rules.test_rotation import hard, lanes, rotation_of

ONE = Station("S", 10, 0, lanes(""))
TWO_LANES = Station("S", 10, 0, lanes("", ""))


def day(station: Station, *entrants: Entrant, closes: int = 1440) -> Problem:
    return Problem(480, closes, (station,), entrants)


def alone(number: int, unit: str = "", **values: object) -> Entrant:
    return Entrant(number, frozenset({unit} if unit else ()), ("S",), **values)  # type: ignore[arg-type]


def planned(problem: Problem) -> Solution:
    """The solution, that fits and has no fault."""
    solution = rotation.solve(problem, waiting_budget=0.05)
    assert solution.fits
    assert not hard(problem, solution.slots)
    return solution


def test_a_start_is_found_whatever_the_order_of_the_spans() -> None:
    assert fit(0, 10, ((15, 20), (5, 12))) == 20
    assert last_start(60, 10, ((15, 20), (45, 55))) == 35
    assert starts_within(0, 50, 10, [(15, 20), (30, 35)]) == [[0, 5], [20, 20], [35, 40]]
    assert starts_within(0, 12, 10, [(40, 50)]) == [[0, 2]]
    assert starts_within(0, 5, 10, [(40, 50)]) == []


def test_a_closed_lane_is_not_used() -> None:
    station = replace(TWO_LANES, lane_closed=(((480, 500),), ()))
    problem = day(station, *(alone(number) for number in range(3)))
    solution = planned(problem)
    assert solution.finish == solution.bound == 510
    assert {slot.lane for slot in solution.slots} <= {1, 2}


def test_a_lane_out_of_service_leaves_its_visits_to_the_other() -> None:
    station = replace(TWO_LANES, lane_closed=(((490, 1440),), ()))
    solution = planned(day(station, *(alone(number) for number in range(4))))
    assert [slot.starts for slot in solution.slots if slot.lane == 1] == [480]
    assert solution.finish == solution.bound == 510


def test_a_station_that_closes_too_early_says_by_how_much() -> None:
    station = replace(ONE, lane_closed=(((500, 1440),),))
    problem = day(station, *(alone(number) for number in range(3)))
    solution = rotation.solve(problem, waiting_budget=0)
    assert solution.obstacles == (Obstacle("station_late", "S", 10),)
    assert solution.finish == solution.bound == 510


def test_nobody_performs_before_arriving_nor_between_windows() -> None:
    problem = day(ONE, alone(1, windows=((500, 505), (520, 540))), alone(2))
    solution = planned(problem)
    assert [(slot.entrant, slot.starts) for slot in solution.slots] == [(2, 480), (1, 520)]
    assert solution.bound == 530


def test_windows_that_overlap_each_hold_a_visit() -> None:
    problem = day(replace(ONE, minutes=20), alone(1, windows=((480, 505), (495, 520))), alone(2))
    for solution in (planned(problem), planned(replace(problem, closes=521))):
        first = next(slot for slot in solution.slots if slot.entrant == 1)
        assert first.ends <= 505 or first.starts >= 495


def test_who_has_to_leave_first_goes_first() -> None:
    problem = day(ONE, *(alone(number) for number in range(5)), alone(9, windows=((480, 492),)))
    assert planned(problem).slots[0].entrant == 9


def test_who_has_to_leave_too_early_is_named() -> None:
    problem = day(replace(ONE, minutes=20), alone(1, windows=((480, 490),)), alone(2))
    solution = rotation.solve(problem, waiting_budget=0)
    assert solution.obstacles == (Obstacle("window", "", 10, 1),)
    assert {slot.entrant for slot in solution.slots} == {1, 2}


def test_a_window_may_end_after_the_day() -> None:
    assert planned(day(ONE, alone(1, windows=((500, 2000),)))).finish == 510


def test_windows_without_room_for_all_of_them() -> None:
    problem = day(ONE, *(alone(number, windows=((480, 500),)) for number in range(3)))
    solution = rotation.solve(problem, waiting_budget=0)
    assert [(obstacle.code, obstacle.minutes_over) for obstacle in solution.obstacles] == [("no_room", 10)]


def test_who_comes_late_keeps_a_lane_that_is_open_then() -> None:
    station = replace(TWO_LANES, lane_closed=(((500, 1440),), ()))
    problem = day(station, alone(1, windows=((520, 600),)), alone(2), alone(3, windows=((480, 600),)))
    assert next(slot.lane for slot in planned(problem).slots if slot.entrant == 1) == 2


def test_arrivals_count_for_the_bound() -> None:
    problem = day(ONE, alone(0), *(alone(number, windows=((600, 1400),)) for number in range(1, 4)))
    assert station_bounds(survey(problem))["S"].end == 630 == planned(problem).finish


def test_the_way_and_the_rest_lie_between_two_visits() -> None:
    problem = replace(rotation_of(3), walk=4, rest=3)
    solution = planned(problem)
    assert solution.bound == 480 + 30 + 14
    far = planned(replace(problem, walks=(("S0", "S1", 20),)))
    assert far.finish == 480 + 30 + 7 + 23


def test_a_break_counts_for_the_rest() -> None:
    assert entrant_finish(30, 0, ((10, 20),), 5, 3) == 45
    assert entrant_finish(30, 0, ((10, 12),), 5, 3) == 40
    assert entrant_finish(30, 0, ((0, 12),), 5, 3) == 52
    assert entrant_finish(10, 0, ((15, 20), (22, 30)), 5, 1) == 10


def test_two_entrants_who_share_a_person_are_never_at_once() -> None:
    problem = day(TWO_LANES, alone(1), alone(2, shares=(1, 2, 99)), alone(3))
    solution = planned(problem)
    assert pair_bounds(survey(problem)) == [500]
    assert solution.finish == solution.bound == 500
    rested = planned(replace(problem, rest=5))
    assert rested.finish == 505


def test_a_longest_stay_is_kept() -> None:
    stations = (Station("A", 30, 0, lanes("")), Station("B", 5, 0, lanes("")))
    entrants = tuple(Entrant(number, frozenset(), ("A", "B")) for number in range(6))
    problem = Problem(480, 1440, stations, entrants, most_stay=36)
    stays = [
        max(slot.ends for slot in own) - min(slot.starts for slot in own)
        for own in ([slot for slot in planned(problem).slots if slot.entrant == number] for number in range(6))
    ]
    assert max(stays) <= 36


def test_a_stay_that_cannot_be_kept_is_named() -> None:
    problem = replace(rotation_of(3), most_stay=25)
    solution = rotation.solve(problem, waiting_budget=0)
    assert {(obstacle.code, obstacle.minutes_over) for obstacle in solution.obstacles} == {("stay", 5)}
    assert {obstacle.entrant for obstacle in solution.obstacles} == {0, 1, 2}


def test_a_stay_that_was_not_found_to_be_short_enough() -> None:
    """Were the stations open, he could be through in 20 minutes."""
    stations = (
        Station("A", 10, 0, lanes(""), (((490, 1440),),)),
        Station("B", 10, 0, lanes(""), (((480, 495),),)),
    )
    problem = Problem(480, 520, stations, (Entrant(1, frozenset(), ("A", "B")),), most_stay=20)
    solution = rotation.solve(problem, waiting_budget=0)
    assert solution.obstacles == (Obstacle("no_room", "B", 5, 1),)


def test_a_stay_that_began_already_counts_from_its_start() -> None:
    problem = replace(
        rotation_of(2), done=(Slot(0, "S0", 1, 480, 490), Slot(1, "S1", 1, 480, 490)), now=600, most_stay=60
    )
    bounds = entrant_bounds(survey(problem))
    assert {bound.stay_over for bound in bounds.values()} == {70}
    solution = rotation.solve(problem, waiting_budget=0)
    assert {obstacle.code for obstacle in solution.obstacles} == {"stay"}


def test_lanes_and_entrants_are_free_when_it_really_ended() -> None:
    problem = replace(rotation_of(2), done=(Slot(0, "S0", 1, 480, 490),), actual=(Slot(0, "S0", 1, 485, 505),), now=490)
    solution = planned(problem)
    starts = {(slot.entrant, slot.station): slot.starts for slot in solution.slots}
    assert starts[0, "S0"] == 480
    assert starts[0, "S1"] >= 505
    assert starts[1, "S0"] >= 507


def test_what_happened_in_a_lane_that_is_no_more() -> None:
    problem = replace(rotation_of(1), done=(Slot(0, "S0", 3, 480, 490),), entrants=(alone(1), alone(0)))
    problem = replace(
        problem, entrants=tuple(replace(entrant, stations=("S0",)) for entrant in problem.entrants), now=482
    )
    assert {(slot.entrant, slot.starts) for slot in rotation.solve(problem, waiting_budget=0).slots} == {
        (0, 480),
        (1, 482),
    }


def test_pinned_visits_are_held() -> None:
    pin = Slot(3, "S0", 1, 500, 510)
    problem = replace(rotation_of(4), pinned=(pin,))
    assert pin in planned(problem).slots
    other = replace(problem, pinned=(pin, Slot(9, "S0", 1, 480, 490), Slot(3, "X", 1, 480, 490)))
    assert pin in rotation.solve(other, waiting_budget=0).slots


@pytest.mark.parametrize(
    ("pin", "change"),
    [
        (Slot(1, "S0", 1, 500, 511), {}),
        (Slot(1, "S0", 1, 470, 480), {}),
        (Slot(1, "S0", 1, 1435, 1445), {}),
        (Slot(1, "S0", 2, 500, 510), {}),
        (Slot(1, "S0", 1, 500, 510), {"breaks": ((505, 530),)}),
        (Slot(1, "S0", 1, 500, 510), {"pinned": (Slot(2, "S0", 1, 490, 500),)}),
        (Slot(1, "S0", 1, 500, 510), {"pinned": (Slot(1, "S1", 1, 485, 495),), "rest": 6}),
        (Slot(1, "S0", 1, 600, 610), {"pinned": (Slot(1, "S1", 1, 485, 495),), "most_stay": 60}),
        (Slot(1, "S0", 1, 500, 510), {"pinned": (Slot(2, "S1", 1, 495, 505),), "bell": True}),
    ],
)
def test_pinned_visits_that_break_a_rule_are_named_and_placed_anew(pin: Slot, change: dict[str, object]) -> None:
    problem = replace(rotation_of(3), **change)  # type: ignore[arg-type]
    problem = replace(problem, pinned=(*problem.pinned, pin))
    solution = rotation.solve(problem, waiting_budget=0)
    assert Obstacle("pinned", "S0", entrant=1, lane=pin.lane) in solution.obstacles
    assert pin not in solution.slots
    assert {finding.code for finding in check(problem, solution.slots) if finding.hard} == {"unpinned"}


def test_a_pinned_visit_outside_the_windows_cannot_stay() -> None:
    problem = replace(day(ONE, alone(1, windows=((480, 500),))), pinned=(Slot(1, "S", 1, 510, 520),))
    assert [obstacle.code for obstacle in rotation.solve(problem, waiting_budget=0).obstacles] == ["pinned"]
    kept = replace(problem, pinned=(Slot(1, "S", 1, 490, 500),))
    assert planned(kept).slots == kept.pinned


def test_everything_pinned_is_a_timetable() -> None:
    slots = planned(rotation_of(3)).slots
    solution = planned(replace(rotation_of(3), pinned=slots))
    assert set(solution.slots) == set(slots)
    assert solution.is_shortest


STOOD_IN = Station("S", 10, 0, lanes("甲院", "甲院"), stand_ins=lanes("甲院", "甲院"))


def test_a_reserve_judge_marks_one_visit_at_a_time() -> None:
    problem = day(STOOD_IN, *(alone(number, "甲院") for number in range(3)), alone(9, "乙院"))
    solution = planned(problem)
    own = [slot for slot in solution.slots if slot.entrant != 9]
    assert len({slot.lane for slot in own}) == 1
    assert solution.finish == 510


def test_stand_ins_who_drew_different_lanes_still_follow_each_other() -> None:
    problem = day(STOOD_IN, alone(1, "甲院", drawn=(("S", 1),)), alone(2, "甲院", drawn=(("S", 2),)))
    solution = planned(problem)
    assert sorted((slot.lane, slot.starts) for slot in solution.slots) in (
        [(1, 480), (2, 490)],
        [(1, 490), (2, 480)],
    )
    ordered = planned(replace(problem, keep_order="every"))
    assert [slot.entrant for slot in ordered.slots] == [1, 2]
    held = planned(replace(problem, pinned=(Slot(1, "S", 1, 485, 495),)))
    assert next(slot.starts for slot in held.slots if slot.entrant == 2) == 495
    both = replace(problem, pinned=(Slot(1, "S", 1, 485, 495), Slot(2, "S", 2, 490, 500)))
    assert [obstacle.entrant for obstacle in rotation.solve(both, waiting_budget=0).obstacles] == [2]


def test_a_judge_of_the_own_unit_is_not_for_who_has_another_lane() -> None:
    station = Station("S", 10, 0, lanes("甲院", ""), stand_ins=lanes("甲院", ""))
    assert open_lanes(alone(1, "甲院"), station) == [2]
    assert open_lanes(alone(1, "甲院", drawn=(("S", 1),)), station) == []
    assert open_lanes(alone(1, "甲院", drawn=(("S", 2),)), station) == [2]
    assert not is_stand_in(alone(1, "甲院"), station, 3)


def test_every_station_in_the_order_of_the_draw() -> None:
    problem = replace(rotation_of(4), keep_order="every")
    solution = planned(problem)
    assert not check(problem, solution.slots)
    assert rotation_order.breaks_of_order(survey(problem), solution.slots) == 0


def test_the_order_gives_way_to_the_end_of_the_day() -> None:
    problem = replace(rotation_of(4), keep_order="every", closes=480 + 46)
    assert planned(problem).finish == 526


def test_stays_begin_as_late_as_they_can() -> None:
    stations = (Station("A", 5, 0, lanes("")), Station("B", 20, 0, lanes("")))
    entrants = tuple(Entrant(number, frozenset(), ("A", "B")) for number in range(4))
    problem = Problem(480, 1440, stations, entrants, keep_order="every")
    ground = survey(problem)
    rough = min(rotation_order.timetables(ground), key=lambda slots: max(slot.ends for slot in slots))
    tight = rotation_order.tightened(ground, rough, ordered=True)
    assert not hard(problem, tuple(tight))
    assert max(slot.ends for slot in tight) == max(slot.ends for slot in rough)
    begun = {slot.entrant: slot.starts for slot in tight if slot.station == "A"}
    assert begun[3] > next(slot.starts for slot in rough if slot.station == "A" and slot.entrant == 3)


def test_a_stay_begins_at_the_last_stroke_that_what_follows_allows() -> None:
    """A stroke every 12 minutes from 480 on; the lane of A is closed at those of 504 and 516."""
    stations = (Station("A", 10, 2, lanes(""), lane_closed=(((510, 520),),)), Station("B", 10, 2, lanes("")))
    problem = Problem(480, 1440, stations, (Entrant(1, frozenset(), ("A", "B")),), bell=True)
    slots = [Slot(1, "A", 1, 480, 490), Slot(1, "B", 1, 528, 538)]
    tight = rotation_order.tightened(survey(problem), slots)
    assert sorted(slot.starts for slot in tight) == [492, 528]


def test_windows_that_overlap_are_one_time() -> None:
    """A visit of 10 minutes may begin at any minute up to the end of the later one."""
    ground = survey(day(ONE, alone(1, windows=((500, 600), (560, 700)))))
    assert [ground.entrant_from((1, "S"), minute) for minute in (480, 595, 690)] == [500, 595, 690]
    assert ground.until((1, "S"), 1) == 700


def test_what_took_place_late_moves_neither_the_bound_nor_the_end_of_the_rest() -> None:
    """A visit stands in the timetable as it was planned, after closing too; only what is to come can be late."""
    stations = (Station("A", 10, 0, lanes("")), Station("B", 10, 0, lanes("")))
    stood = Slot(1, "A", 1, 490, 500)
    really = Slot(1, "A", 1, 520, 540)
    problem = Problem(480, 600, stations, (Entrant(1, frozenset(), ("A", "B")),), done=(stood,), actual=(really,))
    solution = planned(problem)
    assert (solution.finish, solution.bound) == (500, 500)

    closing = planned(replace(problem, closes=508, done=(Slot(1, "A", 1, 500, 510),), actual=(), now=480))
    assert (closing.finish, closing.fits) == (510, True)


def test_the_bound_is_never_after_a_timetable_that_breaks_a_limit() -> None:
    stations = (Station("A", 10, 0, lanes("")), Station("B", 10, 0, lanes("")))
    windows = ((400, 495), (500, 502))
    problem = Problem(480, 600, stations, (Entrant(1, frozenset(), ("A", "B"), windows=windows),))
    solution = rotation.solve(problem, waiting_budget=0)
    assert not solution.fits
    assert solution.bound <= solution.finish
