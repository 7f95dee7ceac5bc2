"""The solver: proven short, valid, the same every time, and clear about what does not fit."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings

from data.rules import rotation, rotation_deal, rotation_greedy, rotation_lanes, rotation_recusal, rotation_search
from data.rules.rotation_bound import entrant_bounds, entrant_finish, lane_finish, station_bounds
from data.rules.rotation_check import check, waiting_minutes
from data.rules.rotation_ground import survey
from data.rules.rotation_model import Entrant, Obstacle, Problem, Progress, Slot, Station
from data.rules.rotation_spans import fit, next_start
from tests.data.rules.rotation_plans import problems

LUNCH = ((720, 810),)


@pytest.fixture(scope="module", autouse=True)
def _small_budget() -> Iterator[None]:
    """Searches for the shortest day end soon."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rotation, "FINISH_BUDGET", 0.3)
        yield


def lanes(*units: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset({unit}) if unit else frozenset() for unit in units)


def loads_of(problem: Problem, chosen: rotation_lanes.Lanes) -> dict[str, dict[int, int]]:
    """Visits of each lane, by station code and lane."""
    counts = {station.code: dict.fromkeys(station.lanes, 0) for station in problem.stations}
    for (_, code), lane in chosen.items():
        counts[code][lane] += 1
    return counts


def has_choice(problem: Problem) -> bool:
    """Whether some visit to place has more lanes than one."""
    return any(len(lanes) > 1 for lanes in rotation_lanes.all_options(survey(problem)).values())


def rotation_of(size: int, minutes: int = 10, changeover: int = 2) -> Problem:
    stations = tuple(Station(f"S{number}", minutes, changeover, lanes("")) for number in range(size))
    codes = tuple(station.code for station in stations)
    return Problem(480, 1440, stations, tuple(Entrant(n, frozenset(), codes) for n in range(size)))


def unlike_rotation() -> Problem:
    """Six at six stations, but the last has only five to visit, and one station is not like the others.

    No timetable from the first steps reaches the bound.
    """
    problem = rotation_of(6)
    *others, last = problem.entrants
    stations = (replace(problem.stations[0], changeover=1), *problem.stations[1:])
    return replace(problem, stations=stations, entrants=(*others, replace(last, stations=last.stations[:-1])))


def hard(problem: Problem, slots: tuple[Slot, ...]) -> list[str]:
    return [finding.code for finding in check(problem, slots) if finding.hard]


def test_a_lane_of_gaoan_ends_at_17_54() -> None:
    """34 visits of 12 minutes with 2 of changeover from 08:30, lunch from 12:00 to 13:30: worked out by hand."""
    assert lane_finish(34, Station("S2", 12, 2, lanes("")), 510, LUNCH) == 17 * 60 + 54


def test_a_changeover_may_fall_into_the_break() -> None:
    station = Station("S1", 10, 30, lanes(""))
    assert lane_finish(2, station, 710, ((720, 740),)) == 710 + 10 + 30 + 10


def test_a_start_keeps_clear_of_breaks() -> None:
    assert next_start(700, 20, LUNCH) == 700
    assert next_start(701, 20, LUNCH) == 810
    assert next_start(0, 10, ((5, 12), (15, 20))) == 20
    assert fit(0, 10, ((15, 20), (5, 12))) == 20


def test_the_least_day_of_an_entrant_sees_the_breaks() -> None:
    assert entrant_finish(30, 700, LUNCH) == 820
    assert entrant_finish(20, 700, LUNCH) == 720
    assert entrant_finish(20, 900, LUNCH) == 920


@pytest.mark.parametrize("size", range(2, 13))
def test_a_bell_rotation_is_exact(size: int) -> None:
    """n entrants at n stations: n times the length, with the changeovers between."""
    solution = rotation.solve(rotation_of(size), waiting_budget=0)
    assert solution.finish == solution.bound == 480 + size * 10 + (size - 1) * 2
    assert solution.is_shortest
    assert not check(rotation_of(size), solution.slots)


def test_loads_are_even_as_far_as_recusals_allow() -> None:
    station = Station("S", 10, 0, lanes("甲院", "乙院", ""))
    entrants = tuple(
        Entrant(n, frozenset({unit}), ("S",)) for n, unit in enumerate(["丙院"] * 4 + ["甲院"] * 4 + ["乙院"])
    )
    problem = Problem(480, 1440, (station,), entrants)
    chosen = rotation_lanes.choose(survey(problem))
    assert sorted(loads_of(problem, chosen)["S"].values()) == [3, 3, 3]
    assert all(chosen[entrant.id, "S"] in rotation_recusal.open_lanes(entrant, station) for entrant in entrants)


@settings(max_examples=40, deadline=None)
@given(problems())
def test_no_choice_of_lanes_has_an_emptier_fullest_lane(problem: Problem) -> None:
    loads = loads_of(problem, rotation_lanes.choose(survey(problem)))
    for station in problem.stations:
        options = [
            rotation_recusal.open_lanes(entrant, station)
            for entrant in problem.entrants
            if station.code in entrant.stations
        ][:6]
        if len(options) < sum(station.code in entrant.stations for entrant in problem.entrants):
            continue
        least = min(max([0, *map(choice.count, choice)]) for choice in product(*options))
        assert max(loads[station.code].values()) == least


@settings(max_examples=20, deadline=None)
@given(problems())
def test_solutions_are_valid_and_no_shorter_than_the_bound(problem: Problem) -> None:
    solution = rotation.solve(problem, waiting_budget=0.04)
    assert not check(problem, solution.slots)
    assert solution.fits
    assert solution.finish == max(slot.ends for slot in solution.slots) >= solution.bound
    ground = survey(problem)
    bounds = [*station_bounds(ground).values(), *entrant_bounds(ground).values()]
    assert solution.bound >= max(bound.end for bound in bounds)


@settings(max_examples=8, deadline=None)
@given(problems())
def test_the_same_problem_gives_the_same_timetable(problem: Problem) -> None:
    assert rotation.solve(problem, waiting_budget=0.04) == rotation.solve(problem, waiting_budget=0.04)


def waiting_of(problem: Problem, slots: tuple[Slot, ...]) -> int:
    return sum(waiting_minutes(problem, [s for s in slots if s.entrant == e.id]) for e in problem.entrants)


def test_the_budget_shortens_the_waits_and_keeps_the_finish() -> None:
    problem = replace(
        rotation_of(5), entrants=tuple(Entrant(n, frozenset(), tuple(f"S{s}" for s in range(5))) for n in range(12))
    )
    heard: list[Progress] = []
    rough = rotation.solve(problem, waiting_budget=0)
    fine = rotation.solve(problem, heard.append, waiting_budget=0.4)
    assert fine.finish == rough.finish
    assert waiting_of(problem, fine.slots) < waiting_of(problem, rough.slots)
    assert {progress.stage for progress in heard} == {"finish", "waiting"}
    assert heard[-1].finish == fine.finish
    assert heard[-1].waiting <= heard[0].waiting


def test_who_was_drawn_earlier_starts_earlier() -> None:
    problem = replace(rotation_of(1), entrants=tuple(Entrant(n, frozenset(), ("S0",)) for n in (5, 3, 9, 1)))
    assert [slot.entrant for slot in rotation.solve(problem).slots] == [5, 3, 9, 1]


def test_the_order_gives_way_to_recusals() -> None:
    """The first drawn may only use lane 2; the others still come in order."""
    problem = Problem(
        480,
        1440,
        (Station("S", 10, 0, lanes("甲院", "")),),
        tuple(Entrant(n, frozenset({unit}), ("S",)) for n, unit in enumerate(("甲院", "乙院", "甲院", "乙院"), 1)),
    )
    slots = rotation.solve(problem).slots
    assert not check(problem, slots)
    assert {slot.entrant for slot in slots if slot.starts == 480} == {1, 2}


def test_hand_overs_run_in_chains() -> None:
    """1 wants the first place: 3 must leave it for 2's, and 2 for 1's."""
    station = Station("S", 10, 0, lanes("丙院", "乙院", "", ""))
    entrants = tuple(Entrant(n, frozenset({unit}), ("S",)) for n, unit in enumerate(("甲院", "乙院", "丙院"), 1))
    problem = Problem(480, 1440, (station,), entrants)
    slots = (Slot(2, "S", 1, 480, 490), Slot(3, "S", 2, 490, 500), Slot(1, "S", 3, 500, 510))
    dealt = rotation_deal.in_draw_order(survey(problem), list(slots))
    assert not hard(problem, tuple(dealt))
    assert [slot.entrant for slot in dealt] == [1, 3, 2]


def test_recusals_that_leave_no_lane_are_named() -> None:
    problem = Problem(
        480, 1440, (Station("S", 10, 0, lanes("甲院")),), (Entrant(7, frozenset({"甲院", "甲"}), ("S",)),)
    )
    solution = rotation.solve(problem)
    assert solution.obstacles == (Obstacle("recusal", "S", entrant=7),)
    assert not solution.fits
    assert not solution.slots


def test_a_station_that_needs_more_than_the_day_is_named_with_its_minutes() -> None:
    problem = replace(rotation_of(1), closes=540, entrants=tuple(Entrant(n, frozenset(), ("S0",)) for n in range(6)))
    solution = rotation.solve(problem)
    assert solution.obstacles == (Obstacle("station_late", "S0", 480 + 70 - 540),)


def test_stations_that_fit_alone_but_not_together() -> None:
    stations = (Station("A", 30, 0, lanes("")), Station("B", 20, 0, lanes("")))
    problem = Problem(480, 520, stations, (Entrant(1, frozenset(), ("A", "B")),))
    solution = rotation.solve(problem)
    assert [(obstacle.code, obstacle.minutes_over) for obstacle in solution.obstacles] == [("late", 10)]


def test_stopping_keeps_the_best_so_far() -> None:
    solution = rotation.solve(unlike_rotation(), should_stop=lambda: True)
    assert solution.stopped
    assert not hard(unlike_rotation(), solution.slots)


def test_stopping_ends_the_search_for_the_shortest_day(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = iter(range(10**6))
    passes = len(rotation_greedy.limits(survey(unlike_rotation())))
    solution = rotation.solve(unlike_rotation(), should_stop=lambda: next(asked) > passes)
    assert solution.stopped
    assert not hard(unlike_rotation(), solution.slots)


def test_stopping_ends_the_shortening_of_waits() -> None:
    heard: list[Progress] = []
    problem = replace(rotation_of(3), entrants=tuple(Entrant(n, frozenset(), ("S0", "S1", "S2")) for n in range(7)))
    solution = rotation.solve(problem, heard.append, lambda: bool(heard) and heard[-1].stage == "waiting")
    assert solution.stopped
    assert len([progress for progress in heard if progress.stage == "waiting"]) == 2
    assert not hard(problem, solution.slots)


def test_visits_without_an_open_lane_get_none() -> None:
    problem = Problem(480, 1440, (Station("S", 10, 0, lanes("甲院")),), (Entrant(7, frozenset({"甲院"}), ("S",)),))
    assert rotation_lanes.choose(survey(problem)) == {}


def test_what_the_report_raises_ends_the_search() -> None:
    def report(progress: Progress) -> None:
        if progress.share_milli == 0:
            raise KeyboardInterrupt if progress.stage == "waiting" else ValueError("cancelled")

    with pytest.raises(ValueError, match="cancelled"):
        rotation.solve(unlike_rotation(), report)


def test_an_empty_day() -> None:
    assert rotation.solve(Problem(480, 1440, (), ())).slots == ()


def test_what_is_done_stays_and_the_rest_follows() -> None:
    problem = rotation_of(4)
    slots = rotation.solve(problem, waiting_budget=0).slots
    done = tuple(slot for slot in slots if slot.starts < 490)
    later = replace(problem, done=done)
    solution = rotation.solve(later, waiting_budget=0.1)
    assert set(done) <= set(solution.slots)
    assert not hard(later, solution.slots)


def test_planning_again_is_never_later_than_the_timetable_in_force() -> None:
    problem = rotation_of(6)
    best = rotation.solve(problem, waiting_budget=0)
    again = rotation.solve(replace(problem, before=best.slots), should_stop=lambda: True)
    assert again.finish == best.finish
    broken = tuple(replace(slot, starts=slot.starts + 1) for slot in best.slots)
    assert not hard(problem, rotation.solve(replace(problem, before=broken), waiting_budget=0).slots)


def test_without_any_budget_the_passes_through_the_day_stand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rotation, "FINISH_BUDGET", 0.0)
    monkeypatch.setattr(rotation_search.Model, "solve", lambda *_args, **_named: (None, None))
    solution = rotation.solve(unlike_rotation(), waiting_budget=0.04)
    assert not hard(unlike_rotation(), solution.slots)
    assert solution.finish > solution.bound


def test_a_model_that_cannot_be_solved_says_so() -> None:
    problem = rotation_of(2)
    slots = list(rotation.solve(problem, waiting_budget=0).slots)
    assert rotation_search.Model(survey(problem), slots, 495).solve(1.0) == (None, None)
    model = rotation_search.Model(survey(problem), slots, 520)
    model.minimize_finish(502)
    assert model.solve(1.0)[1] == 502


def test_the_solver_is_stopped_when_asked_to_and_not_before() -> None:
    class Solver:
        stopped = threading.Event()

        def stop_search(self) -> None:
            self.stopped.set()

    solver = Solver()
    answers = iter([False, False])
    with rotation_search._stopping(solver, lambda: next(answers, True)):
        assert solver.stopped.wait(5)


def test_an_order_that_nobody_could_keep_is_left() -> None:
    """1 may not have the first place, and 2, who may, has it: nothing changes hands."""
    station = Station("S", 10, 0, lanes("甲院", ""))
    entrants = (
        Entrant(1, frozenset({"甲院"}), ("S",)),
        Entrant(2, frozenset({"甲院"}), ("S",)),
        Entrant(3, frozenset(), ("S",)),
    )
    problem = Problem(480, 1440, (station,), entrants)
    slots = (Slot(3, "S", 1, 480, 490), Slot(2, "S", 2, 490, 500), Slot(1, "S", 2, 500, 510))
    assert [slot.entrant for slot in rotation_deal.in_draw_order(survey(problem), list(slots))] == [3, 1, 2]


def test_who_may_go_anywhere_makes_room_for_who_may_not() -> None:
    """Two may use both lanes, three only the first: 4 and 1 in the order of arrival become 3 and 2."""
    station = Station("S", 10, 0, lanes("", "乙院"))
    entrants = tuple(Entrant(n, frozenset({unit}), ("S",)) for n, unit in enumerate(["丙院"] * 2 + ["乙院"] * 3))
    problem = Problem(480, 1440, (station,), entrants)
    assert loads_of(problem, rotation_lanes.choose(survey(problem)))["S"] == {1: 3, 2: 2}


def test_room_is_made_in_chains() -> None:
    """From lane 1 to 2 and from 2 to 3, since nobody of lane 1 may use lane 3."""
    station = Station("S", 10, 0, lanes("乙院", "丙院", "甲院"))
    units = ["甲院", "乙院", "甲院", "丙院 甲院", "丙院 甲院", "丙院 甲院"]
    entrants = tuple(Entrant(n, frozenset(unit.split()), ("S",)) for n, unit in enumerate(units))
    problem = Problem(480, 1440, (station,), entrants)
    assert max(loads_of(problem, rotation_lanes.choose(survey(problem)))["S"].values()) == 3


def test_drawn_lanes_are_kept_and_the_others_balance_them() -> None:
    station = Station("S", 10, 0, lanes("", ""))
    entrants = tuple(Entrant(n, frozenset(), ("S",), (("S", 2),) if n < 3 else ()) for n in range(6))
    problem = Problem(480, 1440, (station,), entrants)
    assert has_choice(problem)
    solution = rotation.solve(problem)
    assert not check(problem, solution.slots)
    assert [slot.entrant for slot in solution.slots if slot.lane == 2] == [0, 1, 2]
    assert solution.finish == solution.bound == 510


def test_a_full_drawn_lane_ends_when_the_bound_says() -> None:
    """All four drew lane 1, so lane 2 stays empty and the day is four visits long."""
    station = Station("S", 10, 0, lanes("", ""))
    problem = Problem(480, 1440, (station,), tuple(Entrant(n, frozenset(), ("S",), (("S", 1),)) for n in range(4)))
    assert not has_choice(problem)
    solution = rotation.solve(problem)
    assert solution.finish == solution.bound == 520
    assert {slot.lane for slot in solution.slots} == {1}


def test_a_bound_of_the_search_counts_only_where_it_had_every_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    """The search may prove a bound for the lanes chosen; with others the day might be shorter."""
    monkeypatch.setattr(rotation_search.Model, "solve", lambda model, *_args, **_named: (model.free, 10_000))
    exact = unlike_rotation()
    assert rotation.solve(exact, waiting_budget=0).bound == 10_000
    wide = Station("X", 5, 0, lanes("", ""))
    problem = replace(
        exact, stations=(*exact.stations, wide), entrants=(*exact.entrants, Entrant(99, frozenset(), ("X",)))
    )
    assert rotation.solve(problem, waiting_budget=0).bound == 10_000
    monkeypatch.setattr(rotation, "_MOST_CHOICES", 0)
    assert rotation.solve(problem, waiting_budget=0).bound == 550


def test_lanes_of_what_took_place_leave_no_choice() -> None:
    station = Station("S", 10, 0, lanes("", ""))
    problem = Problem(480, 1440, (station,), (Entrant(1, frozenset(), ("S",)),), done=(Slot(1, "S", 2, 480, 490),))
    assert not has_choice(problem)


def test_a_drawn_lane_with_a_colleague_among_its_judges_is_named() -> None:
    station = Station("S", 10, 0, lanes("甲院", ""))
    problem = Problem(480, 1440, (station,), (Entrant(7, frozenset({"甲院"}), ("S",), (("S", 1),)),))
    assert rotation.solve(problem).obstacles == (Obstacle("drawn_lane", "S", entrant=7, lane=1),)
    gone = replace(problem, entrants=(Entrant(7, frozenset(), ("S",), (("S", 3),)),))
    assert rotation.solve(gone).obstacles == (Obstacle("drawn_lane", "S", entrant=7, lane=3),)


def test_days_change_hands_only_where_the_drawn_lanes_fit() -> None:
    station = Station("S", 10, 0, lanes("", ""))
    entrants = tuple(Entrant(n, frozenset(), ("S",), (("S", lane),)) for n, lane in enumerate((1, 2, 2), 1))
    problem = Problem(480, 1440, (station,), entrants)
    slots = (Slot(3, "S", 2, 480, 490), Slot(1, "S", 1, 490, 500), Slot(2, "S", 2, 490, 500))
    assert [(slot.entrant, slot.starts) for slot in rotation_deal.in_draw_order(survey(problem), list(slots))] == [
        (2, 480),
        (1, 490),
        (3, 490),
    ]


def test_divisions_with_the_same_stations_follow_each_other() -> None:
    """A committee reads its list division by division: 一类 is through before 二类 begins."""
    stations = (Station("S1", 12, 2, (frozenset[str](),)),)
    entrants = tuple(Entrant(number, frozenset(), ("S1",), division=f"{(number + 1) // 2}Y") for number in range(1, 5))
    starts = {3: 510, 1: 524, 4: 538, 2: 552}
    slots = [Slot(entrant, "S1", 1, start, start + 12) for entrant, start in starts.items()]
    dealt = rotation_deal.in_draw_order(survey(Problem(510, 1080, stations, entrants)), slots)
    assert [slot.entrant for slot in sorted(dealt, key=lambda slot: slot.starts)] == [1, 2, 3, 4]
