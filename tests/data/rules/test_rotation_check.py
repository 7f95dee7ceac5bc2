"""Each fault of a timetable by its code, and what is only to be weighed."""

from dataclasses import replace

import pytest

from data.rules.rotation_check import Finding, check, waiting_minutes
from data.rules.rotation_model import Entrant, Problem, Slot, Station
from data.rules.rotation_places import Places

NOBODY: frozenset[str] = frozenset()
TWO = (Station("A", 10, 2, (NOBODY, frozenset({"甲院"}))), Station("B", 20, 0, (NOBODY,)))
PROBLEM = Problem(
    480,
    600,
    TWO,
    (Entrant(1, frozenset({"甲院"}), ("A", "B")), Entrant(2, frozenset({"乙院"}), ("A",))),
    ((540, 560),),
)
GOOD = (Slot(1, "A", 1, 480, 490), Slot(1, "B", 1, 490, 510), Slot(2, "A", 2, 485, 495))


def codes(slots: tuple[Slot, ...], problem: Problem = PROBLEM) -> set[str]:
    return {finding.code for finding in check(problem, slots) if finding.hard}


def test_a_good_timetable_has_no_findings() -> None:
    assert check(PROBLEM, GOOD) == []


@pytest.mark.parametrize(
    ("slots", "code"),
    [
        ((*GOOD, Slot(9, "A", 1, 520, 530)), "unknown_entrant"),
        ((*GOOD, Slot(1, "C", 1, 520, 530)), "unknown_station"),
        ((*GOOD, Slot(2, "A", 3, 520, 530)), "unknown_lane"),
        ((*GOOD, Slot(2, "B", 1, 515, 535)), "not_to_visit"),
        (GOOD[:2], "missing"),
        ((*GOOD, Slot(2, "A", 1, 520, 530)), "double"),
        ((*GOOD, Slot(2, "A", 1, 492, 502)), "double"),
        ((*GOOD[:2], Slot(2, "A", 2, 485, 496)), "length"),
        ((*GOOD[:2], Slot(2, "A", 2, 479, 489)), "before_opening"),
        ((*GOOD[:2], Slot(2, "A", 2, 591, 601)), "after_closing"),
        ((*GOOD[:2], Slot(2, "A", 2, 531, 541)), "in_break"),
        ((*GOOD[:2], Slot(2, "A", 1, 485, 495)), "lane_overlap"),
        ((*GOOD[:2], Slot(2, "A", 1, 491, 501)), "changeover"),
        ((Slot(1, "A", 1, 500, 510), *GOOD[1:]), "entrant_overlap"),
        ((Slot(1, "A", 2, 520, 530), *GOOD[1:]), "recusal"),
    ],
)
def test_each_fault_has_its_code(slots: tuple[Slot, ...], code: str) -> None:
    assert codes(slots) == {code}


def test_what_took_place_stands_once_and_may_lie_across_another() -> None:
    began = (GOOD[0], Slot(2, "A", 1, 485, 495))
    problem = replace(PROBLEM, done=began)
    assert codes((*began, GOOD[1]), problem) == set()
    assert codes((*began, GOOD[0], GOOD[1]), problem) == {"double"}


def test_no_visit_starts_while_another_runs_where_there_is_a_bell() -> None:
    found = [finding for finding in check(replace(PROBLEM, bell=True), GOOD) if finding.hard]
    assert [(finding.code, finding.slots, finding.minutes) for finding in found] == [
        ("off_bell", (GOOD[2], GOOD[0]), 5),
        ("off_bell", (GOOD[1], GOOD[2]), 5),
    ]


def test_one_place_is_at_odds_with_its_lane_its_entrant_and_the_longest_stay() -> None:
    def found(problem: Problem, slot: Slot) -> list[str]:
        return [finding.code for finding in Places(problem, GOOD).faults(slot)]

    assert found(PROBLEM, Slot(2, "A", 1, 485, 495)) == ["lane_overlap"]
    assert found(PROBLEM, Slot(1, "A", 1, 500, 510)) == ["entrant_overlap"]
    assert found(replace(PROBLEM, most_stay=40), Slot(1, "B", 1, 515, 535)) == ["stay"]


DRAWN = replace(PROBLEM, entrants=(PROBLEM.entrants[0], replace(PROBLEM.entrants[1], drawn=(("A", 1),))))


def test_a_visit_keeps_to_the_lane_that_was_drawn() -> None:
    (finding,) = check(DRAWN, GOOD)
    assert (finding.code, finding.hard, finding.slots, finding.lane) == ("other_lane", True, (GOOD[2],), 1)
    assert check(DRAWN, (*GOOD[:2], Slot(2, "A", 1, 492, 502))) == []


def test_what_took_place_before_the_lanes_were_drawn_stays() -> None:
    assert check(replace(DRAWN, done=(GOOD[2],)), GOOD[1:]) != []
    assert "other_lane" not in codes(GOOD, replace(DRAWN, done=(GOOD[2],)))


def test_days_are_not_traded_where_lanes_were_drawn() -> None:
    two = (Entrant(1, NOBODY, ("A",)), Entrant(2, NOBODY, ("A",)))
    late = (Slot(1, "A", 1, 500, 510), Slot(2, "A", 2, 480, 490))
    assert [found.code for found in check(Problem(480, 600, TWO, two), late)] == ["draw_order"]
    bound = (two[0], replace(two[1], drawn=(("A", 2),)))
    assert check(Problem(480, 600, TWO, bound), late) == []


def test_how_much_is_said() -> None:
    (finding,) = check(PROBLEM, (*GOOD[:2], Slot(2, "A", 2, 535, 545)))
    assert (finding.code, finding.minutes) == ("in_break", 5)


def test_what_is_done_may_not_move_and_nothing_comes_before_it() -> None:
    problem = replace(PROBLEM, done=(GOOD[1],))
    assert codes((GOOD[0], replace(GOOD[1], starts=495, ends=515), GOOD[2]), problem) >= {"moved_done"}
    assert codes(GOOD, problem) == {"too_early"}


def test_long_waits_and_the_order_of_the_draw_are_soft() -> None:
    long = Problem(480, 1000, TWO, PROBLEM.entrants[:1])
    (wait,) = check(long, (Slot(1, "A", 1, 480, 490), Slot(1, "B", 1, 700, 720)))
    assert (wait.code, wait.hard, wait.minutes) == ("long_wait", False, 210)
    order = Problem(480, 600, TWO, (Entrant(1, NOBODY, ("A",)), Entrant(2, NOBODY, ("A",))))
    (found,) = check(order, (Slot(2, "A", 1, 480, 490), Slot(1, "A", 2, 492, 502)))
    assert (found.code, found.hard, found.entrant) == ("draw_order", False, 1)


def test_breaks_are_no_waiting() -> None:
    day = (Slot(1, "A", 1, 520, 530), Slot(1, "B", 1, 565, 585))
    assert waiting_minutes(PROBLEM, day) == 15


def test_a_judge_of_the_own_unit_who_marked_already_is_told_but_stops_nothing() -> None:
    """The lane may be none of the station's any more."""
    own = Slot(1, "A", 2, 480, 490)
    problem = replace(PROBLEM, done=(own,), actual=(replace(own, starts=482, ends=492),))
    found = check(problem, (own, Slot(1, "B", 1, 500, 520), Slot(2, "A", 1, 492, 502)))
    assert [(finding.code, finding.hard) for finding in found] == [("recusal", False)]
    gone = replace(problem, done=(replace(own, lane=3),), actual=())
    assert check(gone, (*gone.done, Slot(1, "B", 1, 500, 520), Slot(2, "A", 1, 492, 502))) == []


def test_what_happened_with_someone_who_is_no_more_keeps_its_lane() -> None:
    helped = (replace(TWO[0], stand_ins=(NOBODY, frozenset({"甲院"}))), TWO[1])
    problem = replace(PROBLEM, stations=helped, done=(Slot(9, "A", 2, 480, 490),))
    assert codes((*problem.done, *GOOD), problem) == {"lane_overlap"}


def test_nothing_is_asked_of_what_happened_at_a_station_that_is_no_more() -> None:
    gone = Slot(2, "C", 1, 480, 490)
    assert check(replace(PROBLEM, done=(gone,)), (*GOOD, gone)) == []


ONE = (Station("A", 10, 0, (NOBODY, NOBODY)), Station("B", 10, 0, (NOBODY,)))


def soft(problem: Problem, *slots: Slot) -> list[Finding]:
    return [finding for finding in check(problem, slots) if not finding.hard]


def test_the_order_of_the_draw_can_be_asked_at_every_station() -> None:
    two = (Entrant(1, NOBODY, ("A", "B")), Entrant(2, NOBODY, ("A", "B")))
    day = (Slot(1, "A", 1, 480, 490), Slot(2, "B", 1, 480, 490), Slot(2, "A", 2, 490, 500), Slot(1, "B", 1, 490, 500))
    assert soft(Problem(480, 600, ONE, two), *day) == []
    (found,) = soft(Problem(480, 600, ONE, two, keep_order="every"), *day)
    assert (found.code, found.station, found.slots) == ("draw_order", "B", (day[3], day[1]))
    divisions = (replace(two[0], division="N"), replace(two[1], division="M"))
    assert soft(Problem(480, 600, ONE, divisions, keep_order="every"), *day) == []


@pytest.mark.parametrize(
    "change",
    [
        {"windows": ((490, 600),)},
        {"shares": (3,)},
        {"drawn": (("A", 1),)},
        {"division": "N"},
        {"stations": ("B",)},
    ],
)
def test_days_that_cannot_be_traded_keep_no_order(change: dict[str, object]) -> None:
    two = (Entrant(1, NOBODY, ("A",)), Entrant(2, NOBODY, ("A",)), Entrant(3, NOBODY, ()))
    late = [Slot(1, "A", 1, 500, 510), Slot(2, "A", 2, 480, 490)]
    assert [found.code for found in soft(Problem(480, 600, ONE, two), *late)] == ["draw_order"]
    if change == {"stations": ("B",)}:
        late[0] = replace(late[0], station="B")
    assert soft(Problem(480, 600, ONE, (replace(two[0], **change), *two[1:])), *late) == []


def test_a_pinned_day_is_not_traded() -> None:
    two = (Entrant(1, NOBODY, ("A",)), Entrant(2, NOBODY, ("A",)))
    late = (Slot(1, "A", 1, 500, 510), Slot(2, "A", 2, 480, 490))
    assert soft(Problem(480, 600, ONE, two, pinned=late[:1]), *late) == []


def test_lanes_that_could_share_their_visits_better_are_told() -> None:
    two = (Entrant(1, frozenset({"甲院"}), ("A",)), Entrant(2, NOBODY, ("A",)))
    day = (Slot(1, "A", 1, 480, 490), Slot(2, "A", 1, 490, 500))
    problem = Problem(480, 600, ONE, two)
    (found,) = soft(problem, *day)
    assert (found.code, found.slots, found.lane, found.minutes) == ("uneven_lanes", day[:1], 2, 2)
    assert soft(replace(problem, pinned=day), *day) == []
    judged = (replace(ONE[0], lane_units=(NOBODY, frozenset({"甲院"}))), ONE[1])
    (found,) = soft(replace(problem, stations=judged), *day)
    assert found.slots == day[1:]
    assert soft(replace(problem, stations=judged, pinned=day[1:]), *day) == []
    shut = (replace(ONE[0], lane_closed=((), ((500, 550),))), ONE[1])
    assert soft(replace(problem, stations=shut), *day) == []


def test_who_stands_aside_while_the_bell_strikes_is_told() -> None:
    two = (Entrant(1, NOBODY, ("A", "B")), Entrant(2, NOBODY, ("A",)))
    day = (Slot(1, "A", 1, 480, 490), Slot(2, "A", 2, 490, 500), Slot(1, "B", 1, 500, 510))
    (found,) = soft(Problem(480, 600, ONE, two, bell=True), *day)
    assert (found.code, found.entrant, found.minutes) == ("broken_wave", 1, 1)


def test_a_place_is_told_of_someone_unknown_and_of_what_has_taken_place() -> None:
    places = Places(replace(PROBLEM, done=GOOD[:1]), GOOD)
    assert places.faults(GOOD[0]) == []
    moved = replace(GOOD[0], starts=500, ends=510)
    assert places.faults(moved) == [Finding("moved_done", True, (GOOD[0], moved))]
    assert [found.code for found in places.faults(Slot(9, "A", 1, 520, 530))] == ["unknown_entrant"]
    assert places.faults(GOOD[1]) == []


def test_a_place_off_the_bell_is_told_of_each_who_would_be_off_because_of_it() -> None:
    three = tuple(Entrant(number, NOBODY, ("A",)) for number in (1, 2, 3))
    stations = (Station("A", 10, 0, (NOBODY,) * 4),)
    problem = Problem(480, 600, stations, three, bell=True)
    day = [Slot(1, "A", 1, 480, 490), Slot(2, "A", 2, 490, 500), Slot(2, "A", 2, 490, 500), Slot(3, "A", 3, 490, 500)]
    early = Slot(1, "A", 4, 485, 495)
    assert {found.slots for found in Places(problem, day).faults(early)} == {(day[1], early), (day[3], early)}
    off = replace(day[3], starts=491, ends=501)
    assert [found.slots for found in Places(problem, day).faults(off)] == [(off, day[1])]
    longer = [replace(day[0], ends=520), *day[1:]]
    late = Slot(3, "A", 4, 485, 495)
    assert [found.slots for found in Places(problem, longer).faults(late)] == [(late, longer[0])]


def test_the_reserve_judge_is_in_one_lane_at_a_time() -> None:
    own = frozenset({"甲院"})
    stations = (Station("A", 10, 0, (own, own), stand_ins=(own, own)),)
    problem = Problem(
        480, 600, stations, (Entrant(1, own, ("A",)), Entrant(2, own, ("A",)), Entrant(3, NOBODY, ("A",)))
    )
    day = (Slot(1, "A", 1, 480, 490), Slot(2, "A", 2, 490, 500), Slot(3, "A", 1, 490, 500))
    assert check(problem, day) == Places(problem, day).faults(day[1]) == []
    early = replace(day[1], starts=485, ends=495)
    both = Finding("stand_in", True, (day[0], early), minutes=5)
    assert check(problem, (day[0], early, day[2])) == Places(problem, day).faults(early) == [both]
    begun = replace(problem, done=(day[0], early))
    assert [found for found in check(begun, (day[0], early, day[2])) if found.hard] == []
    helped = (replace(stations[0], lane_units=(own, NOBODY)),)
    spare = Finding("stand_in", True, (day[0],), lane=2)
    assert spare in Places(replace(problem, stations=helped), day).faults(day[0])
    bound = (replace(problem.entrants[0], drawn=(("A", 1),)), *problem.entrants[1:])
    assert check(replace(problem, entrants=bound), day) == []


def test_what_took_no_time_is_in_nobodys_way() -> None:
    """Nobody came to S, which is noted in the very minute; whoever is planned from that minute on is not at odds."""
    stations = (Station("A", 10, 0, (NOBODY,)), Station("S", 10, 0, (NOBODY,)))
    stood = Slot(2, "S", 1, 500, 510)
    people = (Entrant(1, NOBODY, ("S",)), Entrant(2, NOBODY, ("A", "S")))
    problem = Problem(480, 600, stations, people, done=(stood,), actual=(replace(stood, ends=500),), now=500)
    slots = (stood, Slot(2, "A", 1, 500, 510), Slot(1, "S", 1, 500, 510))
    assert codes(slots, problem) == set()
    assert not any(Places(problem, slots).faults(slot) for slot in slots)
    assert codes((stood, *(replace(slot, starts=499, ends=509) for slot in slots[1:])), replace(problem, now=499)) == {
        "entrant_overlap",
        "lane_overlap",
    }
