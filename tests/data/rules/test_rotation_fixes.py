"""What would make a day fit is computed and proven: whoever makes the changes has a day that can be planned."""

import os
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings

from data.rules import rotation, rotation_fixes
from data.rules.rotation_fix import Fix, Seat, apply, apply_all, merged, seats_of
from data.rules.rotation_fix_room import fewer, relaxed, together
from data.rules.rotation_fixes import Remedy, disruption, fixes, remedies
from data.rules.rotation_model import Entrant, Obstacle, Problem, Slot, Solution, Station
from tests.data.rules.rotation_plans import wide_problems

EXAMPLES = int(os.environ.get("BIWU_PLANS", "60"))
ROUNDS = 3
NOBODY: frozenset[str] = frozenset()
OWN = frozenset({"甲院"})


def solved(problem: Problem) -> Solution:
    return rotation.solve(problem, waiting_budget=0)


def found(problem: Problem, seats: tuple[Seat, ...] = ()) -> tuple[Remedy, ...]:
    """The remedies, each fix of which is proven anew."""
    result = remedies(problem, solved(problem), seats=seats)
    for place, remedy in enumerate(result):
        for fix in remedy.fixes:
            chosen = [fix if number == place else other.fixes[0] for number, other in enumerate(result)]
            assert solved(apply_all(problem, chosen, seats)).fits, fix
    return result


def crowd(count: int, *stations: str, units: frozenset[str] = NOBODY) -> tuple[Entrant, ...]:
    return tuple(Entrant(number, units, stations) for number in range(1, count + 1))


def test_a_day_that_fits_needs_nothing() -> None:
    problem = Problem(480, 600, (Station("A", 10, 0, (NOBODY,)),), crowd(3, "A"))
    assert found(problem) == ()
    assert fixes(problem, solved(problem)) == []


def test_a_station_without_room_needs_time_a_lane_or_fewer() -> None:
    """12 visits of 10 minutes and 24 too much."""
    problem = Problem(480, 576, (Station("A", 10, 0, (NOBODY,)),), crowd(12, "A"))
    (remedy,) = found(problem)
    assert [obstacle.code for obstacle in remedy.obstacles] == ["station_late"]
    assert remedy.fixes == (
        Fix("close_later", minute=600),
        Fix("add_lane", "A", count=1),
        Fix("fewer", "A", count=3, entrants=(10, 11, 12)),
    )


def test_a_lane_upsets_less_than_hours_more() -> None:
    problem = Problem(480, 540, (Station("A", 10, 0, (NOBODY,)),), crowd(20, "A"))
    (remedy,) = found(problem)
    assert remedy.fixes[:2] == (Fix("close_later", minute=680), Fix("add_lane", "A", count=3))
    assert [disruption(problem, fix) for fix in remedy.fixes[:2]] == [140, 180]
    (remedy,) = found(replace(problem, closes=590))
    assert remedy.fixes[:2] == (Fix("add_lane", "A", count=1), Fix("close_later", minute=680))


def test_two_stations_without_room_need_a_lane_each() -> None:
    stations = (Station("A", 10, 0, (NOBODY,)), Station("B", 10, 2, (NOBODY,)))
    problem = Problem(
        480,
        560,
        stations,
        (
            *crowd(12, "A"),
            Entrant(13, NOBODY, ("A", "B")),
            *(Entrant(number, NOBODY, ("B",)) for number in range(14, 26)),
        ),
    )
    (remedy,) = found(problem)
    assert len(remedy.obstacles) == 2
    assert Fix("add_lane", "B", count=2, also=(Fix("add_lane", "A", count=1),)) in remedy.fixes


def test_a_day_that_is_late_though_each_station_fits() -> None:
    """Three people at two stations of unequal length leave a gap."""
    stations = (Station("A", 10, 0, (NOBODY,)), Station("B", 30, 0, (NOBODY,)))
    problem = Problem(480, 510, stations, (Entrant(1, NOBODY, ("A", "B")),))
    (remedy,) = found(problem)
    assert remedy.obstacles[0].code == "late"
    assert remedy.fixes[0] == Fix("close_later", minute=520)


JUDGED = (Station("A", 10, 0, (OWN, OWN | {"乙院"})), Station("B", 10, 0, (NOBODY, NOBODY)))


def test_judges_change_seats_so_that_everyone_has_a_lane() -> None:
    problem = Problem(480, 600, JUDGED, crowd(2, "A", units=OWN))
    (remedy,) = found(problem)
    assert [obstacle.code for obstacle in remedy.obstacles] == ["recusal", "recusal"]
    first, *others = remedy.fixes
    assert (first.code, first.station, first.unit, first.other_station) == ("swap_judges", "A", "甲院", "A")
    assert {"stand_in", "add_lane"} <= {fix.code for fix in others}


def test_one_exchange_helps_two_units_whose_judge_it_is() -> None:
    problem = Problem(480, 600, JUDGED, (Entrant(1, OWN, ("A",)), Entrant(2, OWN | {"甲"}, ("A",))))
    assert len(solved(problem).obstacles) == 2
    assert len(found(problem)) == 1


def test_nobody_else_loses_a_lane_by_the_exchange() -> None:
    """Two judges of the other unit sit in lane 2: were one of them in lane 1, that unit would have none."""
    entrants = (Entrant(1, OWN, ("A",)), Entrant(2, frozenset({"乙院"}), ("A", "B")))
    two = (Seat("A", 2, 2, "乙院"), Seat("A", 2, 3, "乙院"))
    seats = (Seat("A", 1, 1, "甲院"), Seat("A", 2, 1, "甲院"), *two, Seat("B", 1, 1), Seat("B", 2, 1))
    (remedy,) = found(Problem(480, 600, JUDGED, entrants), seats)
    assert {fix.other_station for fix in remedy.fixes if fix.code == "swap_judges"} == {"B"}


def test_two_judges_of_the_unit_in_a_lane_both_leave_it() -> None:
    stations = (Station("A", 10, 0, (OWN,)), Station("B", 10, 0, (NOBODY,)))
    seats = (Seat("A", 1, 1, "甲院"), Seat("A", 1, 2, "甲院"), Seat("B", 1, 1), Seat("B", 1, 2, "丙院"))
    problem = Problem(480, 600, stations, crowd(1, "A", units=OWN))
    (remedy,) = found(problem, seats)
    assert [(part.seat, part.other_seat) for part in remedy.fixes[0].parts] == [(1, 1), (2, 2)]
    assert not [fix for fix in remedy.fixes if fix.code == "stand_in"]


def test_a_recusal_at_two_stations_has_two_remedies_that_do_together() -> None:
    stations = (Station("A", 10, 0, (OWN,)), Station("B", 10, 0, (OWN,)), Station("C", 10, 0, (NOBODY, NOBODY)))
    problem = Problem(480, 600, stations, (*crowd(2, "A", "B", units=OWN), Entrant(3, NOBODY, ("C",))))
    both = found(problem)
    assert [remedy.obstacles[0].station for remedy in both] == ["A", "B"]
    listed = fixes(problem, solved(problem))
    assert listed[:2] == [remedy.fixes[0] for remedy in both]
    assert len(listed) == sum(len(remedy.fixes) for remedy in both)


def test_what_shows_only_after_a_recusal_is_mended_at_once() -> None:
    problem = Problem(480, 495, (Station("A", 10, 0, (OWN,)), JUDGED[1]), crowd(2, "A", units=OWN))
    recusal, late = found(problem)
    assert (recusal.obstacles[0].code, late.obstacles[0].code) == ("recusal", "station_late")


def test_a_drawn_lane_with_an_own_judge_or_that_is_no_more() -> None:
    drawn = replace(crowd(1, "A", units=OWN)[0], drawn=(("A", 1),))
    stations = (replace(JUDGED[0], lane_units=(OWN, NOBODY)), JUDGED[1])
    (remedy,) = found(Problem(480, 600, stations, (drawn,)))
    assert remedy.obstacles[0].code == "drawn_lane"
    assert {fix.code for fix in remedy.fixes} == {"swap_judges", "replace_judge"}
    assert {fix.lane for fix in remedy.fixes} == {1}
    gone = replace(drawn, drawn=(("B", 4),), stations=("B",))
    (remedy,) = found(Problem(480, 600, stations, (gone,)))
    assert remedy.fixes == (Fix("add_lane", "B", count=2),)


@pytest.mark.parametrize("asked", range(12))
def test_a_stop_leaves_what_was_proven(asked: int) -> None:
    problem = Problem(480, 576, (Station("A", 10, 0, (NOBODY,)),), crowd(12, "A"))
    answers = iter([False] * asked)
    left = remedies(problem, solved(problem), lambda: next(answers, True))
    assert all(solved(apply(problem, fix)).fits for remedy in left for fix in remedy.fixes)


def test_a_stop_before_anything_was_proven_leaves_nothing() -> None:
    problem = Problem(480, 495, (Station("A", 10, 0, (OWN,)), JUDGED[1]), crowd(2, "A", units=OWN))
    assert remedies(problem, solved(problem), lambda: True) == ()


def test_each_change_of_a_problem() -> None:
    shut = Station(
        "A", 10, 0, (OWN, NOBODY), (((0, 490), (560, 1440)), ((0, 490), (500, 510), (560, 1440))), (OWN, NOBODY)
    )
    entrant = Entrant(1, OWN, ("A",), windows=((480, 500), (520, 540)), shares=(2,))
    place = Slot(1, "A", 1, 490, 500)
    problem = Problem(
        480,
        600,
        (shut, JUDGED[1]),
        (entrant, Entrant(2, NOBODY, ("B",), shares=(1,))),
        before=(place,),
        pinned=(place,),
    )
    (added, _) = apply(problem, Fix("add_lane", "A", count=1)).stations
    assert (added.lane_units[2], added.closed(3), added.stand_in(3)) == (NOBODY, ((0, 490), (560, 1440)), NOBODY)
    assert apply(problem, Fix("add_lane", "B", count=2)).stations[1].lane_closed == ()
    assert apply(problem, Fix("open_longer", "A", minute=580)).stations[0].closed(2) == (
        (0, 490),
        (500, 510),
        (580, 1440),
    )
    assert apply(problem, Fix("open_longer", "A", minute=1440)).stations[0].closed(1) == ((0, 490),)
    assert apply(problem, Fix("longer_stay", minute=99)).most_stay == 99
    assert apply(problem, Fix("close_later", minute=590)).closes == 600
    assert apply(problem, Fix("widen", minute=550, entrants=(1, 2))).entrants[0].windows == ((480, 500), (520, 550))
    assert apply(problem, Fix("unpin", "A", entrants=(1,))).pinned == ()
    less = apply(problem, Fix("fewer", "A", entrants=(1,)))
    assert (len(less.entrants), less.entrants[0].shares, less.before, less.pinned) == (1, (), (), ())


def test_as_few_entrants_fewer_as_can_be() -> None:
    """Six who share a person with each other come one after the other, though there is a lane for each."""
    everyone = tuple(
        Entrant(number, NOBODY, ("A",), shares=tuple(other for other in range(1, 7) if other != number))
        for number in range(1, 7)
    )
    (remedy,) = found(Problem(480, 510, (Station("A", 10, 0, (NOBODY,) * 6),), everyone))
    assert Fix("fewer", "A", count=3, entrants=(4, 5, 6)) in remedy.fixes


def test_every_limit_of_time_moves_as_far_as_the_best_timetable_needs_it() -> None:
    stations = (
        Station("A", 10, 0, (NOBODY,), (((0, 480), (500, 1440)),)),
        Station("B", 30, 0, (NOBODY,)),
    )
    three = (
        Entrant(1, OWN, ("A", "B"), windows=((480, 510),)),
        Entrant(2, NOBODY, ("A", "B")),
        Entrant(3, NOBODY, ("A",)),
    )
    problem = Problem(480, 520, stations, three, most_stay=45)
    (remedy,) = found(problem)
    codes = {part.code for part in remedy.fixes[0].parts}
    assert "close_later" in codes
    assert codes <= {"close_later", "longer_stay", "widen", "open_longer"}


def test_a_longer_stay_is_as_long_as_the_timetable_needs_it() -> None:
    stations = tuple(Station(code, 10, 0, (NOBODY,)) for code in "AB")
    problem = Problem(480, 600, stations, crowd(1, "A", "B"), most_stay=30)
    longer = relaxed(problem, (Slot(1, "A", 1, 480, 490), Slot(1, "B", 1, 520, 530)))
    assert longer == Fix("longer_stay", minute=50)
    assert disruption(problem, longer) == 10


def test_what_no_limit_of_time_mends_has_no_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = Problem(480, 600, (Station("A", 10, 0, (NOBODY,)),), crowd(2, "A"), ((500, 510),), most_stay=30)
    stay = (Obstacle("stay", "", 5, 1),)
    in_break = (Slot(1, "A", 1, 500, 510), Slot(2, "A", 1, 480, 490))
    assert remedies(problem, Solution(in_break, 510, 480, stay)) == ()
    assert remedies(problem, Solution(in_break[:1], 510, 480, stay)) == ()
    late = Solution((Slot(1, "A", 1, 480, 490), Slot(2, "A", 1, 595, 605)), 605, 490, (Obstacle("late", "A", 5),))
    monkeypatch.setattr(rotation, "solve", lambda *_args, **_values: late)
    assert remedies(problem, late) == ()
    again = iter([late, Solution(in_break, 510, 480, stay)])
    monkeypatch.setattr(rotation, "solve", lambda *_args, **_values: next(again))
    assert remedies(problem, late) == ()
    lanes = Solution(in_break, 605, 490, (Obstacle("late", "A", 5),))
    monkeypatch.setattr(rotation, "solve", lambda *_args, **_values: lanes)
    assert remedies(problem, lanes) == ()


def test_judges_who_are_not_where_they_were_have_no_remedy() -> None:
    drawn = replace(crowd(1, "A", units=OWN)[0], drawn=(("A", 1),))
    problem = Problem(480, 600, (replace(JUDGED[0], lane_units=(OWN, NOBODY)), JUDGED[1]), (drawn,))
    assert remedies(problem, solved(problem), seats=(Seat("B", 1, 1),)) == ()


def test_a_lane_that_does_not_suffice_becomes_two() -> None:
    problem = Problem(480, 600, (Station("A", 10, 0, (NOBODY,)),), crowd(2, "A"))
    left = [Obstacle("station_late", "A", 5)]
    assert rotation_fixes._larger(problem, Fix("add_lane", "A", count=1), left) == Fix("add_lane", "A", count=2)


def test_a_change_that_stays_too_small_for_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = Problem(480, 576, (Station("A", 10, 0, (NOBODY,)),), crowd(12, "A"))
    finder = rotation_fixes._Finder(problem, seats_of(problem), None)
    assert finder.find_first(solved(problem))
    one_less = fewer(problem, "A", 1)
    assert finder._enough(0, one_less) == fewer(problem, "A", 3)
    monkeypatch.setattr(rotation_fixes, "_STEPS", 1)
    assert finder._enough(0, one_less) is None


def test_a_visit_that_is_held_in_a_break_need_not_stay_there() -> None:
    station = Station("A", 10, 0, (NOBODY,))
    problem = Problem(480, 600, (station,), crowd(2, "A"), ((500, 520),), pinned=(Slot(2, "A", 1, 505, 515),))
    (remedy,) = found(problem)
    assert remedy.fixes == (Fix("unpin", "A", entrants=(2,)),)


def test_spans_that_overlap_are_one() -> None:
    assert list(merged(((3, 9), (0, 5), (12, 14)))) == [(0, 9), (12, 14)]


def test_lanes_and_entrants_of_a_larger_change_are_added_up() -> None:
    lanes = together(
        (Fix("add_lane", "A", count=1), Fix("add_lane", "A", count=2, also=(Fix("close_later", minute=9),)))
    )
    assert lanes == Fix("add_lane", "A", count=3, also=(Fix("close_later", minute=9),))
    gone = together((Fix("fewer", "A", count=2, entrants=(1, 2)), Fix("fewer", "A", count=2, entrants=(2, 3))))
    assert gone == Fix("fewer", "A", count=3, entrants=(1, 2, 3))


@settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
@given(wide_problems())
def test_the_first_fixes_make_every_day_fit(problem: Problem) -> None:
    solution = solved(problem)
    assume(not solution.fits)
    assert solution.obstacles
    for _round in range(ROUNDS):
        found = remedies(problem, solution)
        assert found, solution.obstacles
        problem = apply_all(problem, [remedy.fixes[0] for remedy in found])
        solution = solved(problem)
        if solution.fits:
            return
    pytest.fail(f"{ROUNDS} rounds did not do: {solution.obstacles}")
