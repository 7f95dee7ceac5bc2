"""Re-timing: what is done stays, every offer is right, and each does what it is called."""

from dataclasses import replace

from hypothesis import given

from data.rules.rotation_check import check
from data.rules.rotation_model import Entrant, Problem, Slot, Station
from data.rules.rotation_retime import Offer, lateness, offers
from tests.data.rules.retime_days import disturbed_days

NOBODY: frozenset[str] = frozenset()
EXPLAINED = {  # a hard finding, and the obstacle that tells of it
    "after_closing": {"late"},
    "not_here": {"window"},
    "stay": {"stay"},
    "unpinned": {"pinned"},
    "missing": {"recusal", "drawn_lane", "no_room"},
}


def hard(problem: Problem, slots: tuple[Slot, ...]) -> set[str]:
    return {finding.code for finding in check(problem, slots) if finding.hard}


@given(disturbed_days())
def test_every_offer_of_any_day_is_right_or_says_what_is_not(problem: Problem) -> None:
    made = offers(problem)
    assert sorted(offer.kind for offer in made) == ["absorb", "replan", "shift"]
    assert [offer.solution.fits for offer in made] == sorted((offer.solution.fits for offer in made), reverse=True)
    stood = {(slot.entrant, slot.station): slot for slot in problem.before}
    for offer in made:
        solution = offer.solution
        told = {obstacle.code for obstacle in solution.obstacles}
        found = hard(problem, solution.slots)
        assert all(EXPLAINED.get(code, set()) & told for code in found), (offer.kind, found, told)
        assert bool(found) == bool(told)
        assert set(problem.done) <= set(solution.slots)
        to_come = set(solution.slots) - set(problem.done)
        if offer.kind != "replan":
            assert all(slot.starts >= stood[slot.entrant, slot.station].starts for slot in to_come)
        here = {entrant.id for entrant in problem.entrants}
        moved = {slot.entrant for slot in to_come ^ set(problem.before)} & here
        assert set(offer.changed) == moved
        assert solution.bound <= offer.finish == solution.finish
        assert offer.finish == max([problem.opens, *(slot.ends for slot in (*problem.happened, *to_come))])
    assert offers(problem) == made


# One lane a station, 10 minutes and 2 of changeover, unless a test says otherwise.


def lanes(*units: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset({unit}) if unit else NOBODY for unit in units)


def station(code: str, *units: str, minutes: int = 10, changeover: int = 2) -> Station:
    return Station(code, minutes, changeover, lanes(*(units or ("",))))


def people(number: int, *codes: str, unit: str = "丙院") -> tuple[Entrant, ...]:
    return tuple(Entrant(entrant, frozenset({unit}), codes) for entrant in range(1, number + 1))


def visit(entrant: int, starts: int, code: str = "A", lane: int = 1, minutes: int = 10) -> Slot:
    return Slot(entrant, code, lane, starts, starts + minutes)


def one_lane_late(minutes: int, *starts: int, **rules: object) -> Problem:
    """Visits of one lane at these minutes, of which the first runs and ends this many minutes late."""
    slots = tuple(visit(entrant, start) for entrant, start in enumerate(starts, 1))
    first = replace(slots[0], ends=slots[0].ends + minutes)
    problem = Problem(480, 1080, (station("A"),), people(len(starts), "A"), done=slots[:1], actual=(first,))
    return replace(problem, before=slots[1:], now=starts[0] + 5, **rules)


def offer(problem: Problem, kind: str) -> Offer:
    return next(one for one in offers(problem) if one.kind == kind)


def starts(problem: Problem, kind: str) -> dict[int, int]:
    """When each visit to come starts, by entrant."""
    return {slot.entrant: slot.starts for slot in offer(problem, kind).solution.slots if slot not in problem.done}


def test_gaps_swallow_what_they_can() -> None:
    problem = one_lane_late(7, 480, 492, 510, 530)
    assert starts(problem, "absorb") == {2: 499, 3: 511, 4: 530}
    assert offer(problem, "absorb").changed == (2, 3)
    assert offer(problem, "absorb").finish == 540


def test_shifting_moves_all_by_the_same_minutes() -> None:
    problem = one_lane_late(7, 480, 492, 510, 530)
    assert starts(problem, "shift") == {2: 499, 3: 517, 4: 537}
    assert offer(problem, "shift").changed == (2, 3, 4)


def test_re_planning_tells_one_where_the_others_need_not_move() -> None:
    """The second goes between the third and the fourth, in the gap of his lane."""
    problem = one_lane_late(7, 480, 492, 504, 530)
    assert starts(problem, "absorb") == {2: 499, 3: 511, 4: 530}
    assert starts(problem, "replan") == {2: 516, 3: 504, 4: 530}
    assert offer(problem, "replan").changed == (2,)


def test_nothing_changes_where_nobody_is_late() -> None:
    problem = one_lane_late(0, 480, 492, 504)
    assert [one.changed for one in offers(problem)] == [(), (), ()]
    assert [one.finish for one in offers(problem)] == [514, 514, 514]


def test_nobody_is_pushed_into_a_break_and_the_order_stays() -> None:
    """The visit before the break begins after it; the slack behind the break takes the next one's lateness."""
    problem = one_lane_late(7, 480, 492, 550, 580, breaks=((505, 540),))
    assert starts(problem, "absorb") == {2: 540, 3: 552, 4: 580}
    assert starts(problem, "shift") == {2: 540, 3: 557, 4: 587}


def test_an_order_waits_for_whom_another_lane_keeps() -> None:
    """The first runs late at A and is next at B, where two more come behind him."""
    stations = (station("A"), station("B"))
    entrants = (*people(1, "A", "B"), Entrant(2, NOBODY, ("B",)), Entrant(3, NOBODY, ("B",)))
    late = replace(visit(1, 480), ends=500)
    before = (visit(1, 490, "B"), visit(2, 502, "B"), visit(3, 514, "B"))
    problem = Problem(
        480, 1080, stations, entrants, done=(visit(1, 480),), actual=(late,), before=before, now=485, walk=3
    )
    assert starts(problem, "absorb") == {1: 503, 2: 515, 3: 527}
    assert starts(problem, "replan") == {1: 526, 2: 502, 3: 514}
    assert offer(problem, "absorb").finish == 537


def test_who_comes_later_leaves_the_order_and_takes_the_first_hole() -> None:
    problem = one_lane_late(0, 480, 492, 504, 516)
    first, second, *others = problem.entrants
    late = replace(problem, entrants=(first, replace(second, windows=((510, 1080),)), *others))
    for kind in ("absorb", "shift", "replan"):
        assert starts(late, kind) == {2: 528, 3: 504, 4: 516}


def test_who_is_new_in_the_order_takes_the_first_hole() -> None:
    problem = one_lane_late(0, 480, 492, 504)
    assert starts(replace(problem, before=problem.before[1:]), "absorb") == {2: 492, 3: 504}


def test_a_lost_lane_hands_its_visits_to_the_others() -> None:
    two = replace(station("A", "", ""), lane_closed=(((485, 1 << 20),), ()))
    before = (visit(1, 492), visit(2, 492, lane=2))
    problem = Problem(480, 1080, (two,), people(2, "A"), before=before, now=485)
    for kind in ("absorb", "shift", "replan"):
        assert set(offer(problem, kind).solution.slots) == {visit(1, 504, lane=2), visit(2, 492, lane=2)}


def test_a_lost_lane_that_stands_alone_leaves_no_room() -> None:
    shut = replace(station("A"), lane_closed=(((485, 1 << 20),),))
    problem = Problem(480, 1080, (shut,), people(1, "A"), before=(visit(1, 492),), now=485)
    for one in offers(problem):
        assert [obstacle.code for obstacle in one.solution.obstacles] == ["no_room"]
        assert one.changed == (1,)
        assert one.finish == 480


def test_a_new_judge_of_the_own_unit_sends_people_to_another_lane() -> None:
    before = (visit(1, 492), visit(2, 492, lane=2))
    problem = Problem(480, 1080, (station("A", "丙院", ""),), people(2, "A"), before=before, now=485)
    for one in offers(problem):
        assert {slot.lane for slot in one.solution.slots} == {2}
        assert one.changed == (1,)
    alone = replace(problem, stations=(station("A", "丙院", "丙院"),))
    assert {obstacle.code for one in offers(alone) for obstacle in one.solution.obstacles} == {"recusal"}
    drawn = replace(problem, entrants=tuple(replace(one, drawn=(("A", 1),)) for one in problem.entrants))
    assert {obstacle.code for one in offers(drawn) for obstacle in one.solution.obstacles} == {"drawn_lane"}


def test_two_whom_a_reserve_judge_marks_never_meet() -> None:
    """Both were in a lane without a judge of their unit; now every lane has one, and one reserve judge stands by."""
    judges = lanes("丙院", "丙院")
    problem = Problem(
        480,
        1080,
        (Station("A", 10, 2, judges, stand_ins=judges),),
        (*people(2, "A"), Entrant(3, frozenset({"乙院"}), ("A",))),
        before=(visit(1, 492), visit(2, 492, lane=2), visit(3, 504)),
        now=485,
    )
    for one in offers(problem):
        assert one.solution.fits
        assert sorted(slot.starts for slot in one.solution.slots) == [492, 502, 504]


def test_a_pinned_visit_stays_and_the_others_go_round_it() -> None:
    problem = one_lane_late(7, 480, 492, 504, 530)
    pinned = replace(problem, pinned=(problem.before[1],))
    assert starts(pinned, "absorb") == {2: 516, 3: 504, 4: 530}
    assert offer(pinned, "absorb").solution.fits
    gone = replace(problem, pinned=(problem.before[0],))
    assert [one.solution.obstacles[0].code for one in offers(gone)] == ["pinned"] * 3


def test_an_offer_that_ends_after_closing_comes_last() -> None:
    """Shifting takes the last visit over the end of the day; absorbing does not."""
    problem = one_lane_late(7, 480, 492, 530, closes=540)
    assert [one.kind for one in offers(problem)] == ["absorb", "replan", "shift"]
    late = offers(problem)[-1].solution.obstacles
    assert [(obstacle.code, obstacle.minutes_over) for obstacle in late] == [("late", 7)]


def test_where_nothing_else_fits_the_rest_is_planned_anew() -> None:
    """The lane of the first is lost; only if someone comes earlier than he was told do both end before closing."""
    two = replace(station("A", "", ""), lane_closed=(((485, 1 << 20),), ()))
    before = (visit(1, 560), visit(2, 560, lane=2))
    problem = Problem(480, 570, (two,), people(2, "A"), before=before, now=485)
    assert [one.kind for one in offers(problem)] == ["replan", "absorb", "shift"]
    assert offers(problem)[0].solution.fits


def test_a_stay_that_became_too_long_is_told() -> None:
    problem = one_lane_late(60, 480)
    entrants = (replace(problem.entrants[0], stations=("A", "B")),)
    problem = replace(
        problem, stations=(station("A"), station("B")), entrants=entrants, before=(visit(1, 492, "B"),), most_stay=40
    )
    for one in offers(problem):
        assert [(obstacle.code, obstacle.minutes_over) for obstacle in one.solution.obstacles] == [("stay", 40)]


def test_who_had_to_leave_meanwhile_is_told_as_an_obstacle() -> None:
    """The second must leave at 503, but the lane is not free for him before 499, and his visit takes 10 minutes."""
    problem = one_lane_late(7, 480, 492)
    first, second = problem.entrants
    problem = replace(problem, entrants=(first, replace(second, windows=((470, 503),))))
    for one in offers(problem):
        assert [(obstacle.code, obstacle.minutes_over) for obstacle in one.solution.obstacles] == [("window", 6)]


def test_a_stay_that_is_not_too_long_is_no_obstacle() -> None:
    assert all(one.solution.fits for one in offers(one_lane_late(7, 480, 492, most_stay=60)))


def test_a_team_waits_for_its_member() -> None:
    """Entrant 1 is a team in which entrant 2 performs; the member runs 10 minutes late."""
    stations = (station("A"), station("B"))
    done = (visit(2, 480),)
    for shares in ((((2,)), ()), ((), (1,))):  # told of either of them
        entrants = (
            Entrant(1, NOBODY, ("B",), shares=shares[0]),
            Entrant(2, NOBODY, ("A",), shares=shares[1]),
        )
        problem = Problem(480, 1080, stations, entrants, done=done, actual=(replace(done[0], ends=500),), now=485)
        problem = replace(problem, before=(visit(1, 492, "B"),))
        assert [starts(problem, kind) for kind in ("absorb", "shift", "replan")] == [{1: 500}] * 3
        assert offer(problem, "absorb").finish == 510


def test_a_long_way_from_an_earlier_station_counts() -> None:
    """From A to C it takes 20 minutes, and the visit at B between them only 3."""
    stations = (station("A"), station("B", minutes=3), station("C"))
    problem = Problem(480, 1080, stations, people(1, "A", "B", "C"), done=(visit(1, 480),), walks=(("A", "C", 20),))
    problem = replace(
        problem,
        actual=(visit(1, 482),),
        before=(visit(1, 492, "B", minutes=3), visit(1, 510, "C")),
        now=485,
    )
    assert offer(problem, "absorb").solution.slots[1:] == (visit(1, 492, "B", minutes=3), visit(1, 512, "C"))
    assert offer(problem, "absorb").finish == 522


def test_what_took_place_at_a_station_that_is_gone_holds_nobody_up() -> None:
    problem = replace(one_lane_late(7, 480, 492), done=(visit(1, 480, "X"),), actual=())
    assert starts(problem, "absorb")[2] == 492
    assert starts(replace(problem, walks=(("A", "B", 20),)), "absorb")[2] == 492


def test_who_left_does_not_make_the_day_longer() -> None:
    problem = one_lane_late(0, 480, 492)
    gone = replace(problem, entrants=problem.entrants[:1])
    assert offer(gone, "absorb").finish == 490
    left = replace(problem, entrants=problem.entrants[1:])
    assert offer(left, "absorb").finish == 502
    assert starts(left, "absorb") == {2: 492}


def test_at_a_bell_all_wait_for_the_latest() -> None:
    """The lane of A runs 5 minutes late: the stroke after it rings for both, and so does the next."""
    stations = (station("A"), station("B"))
    done = (visit(1, 480), visit(2, 480, "B"))
    before = (visit(2, 492), visit(1, 492, "B"), visit(3, 504), visit(3, 516, "B"))
    problem = Problem(
        480,
        1080,
        stations,
        people(3, "A", "B"),
        done=done,
        actual=(replace(done[0], ends=495),),
        before=before,
        now=485,
        bell=True,
    )
    for kind, last in (("absorb", 519), ("shift", 521), ("replan", 519)):
        slots = set(offer(problem, kind).solution.slots) - set(done)
        assert sorted(slot.starts for slot in slots) == [497, 497, 509, last]
    assert offer(problem, "absorb").finish == 529


def test_two_of_a_stroke_who_exclude_each_other_are_parted() -> None:
    judges = lanes("丙院", "丙院")
    problem = Problem(
        480,
        1080,
        (Station("A", 10, 2, judges, stand_ins=judges),),
        people(2, "A"),
        before=(visit(1, 492), visit(2, 492, lane=2)),
        now=485,
        bell=True,
    )
    assert [slot.starts for slot in offer(problem, "absorb").solution.slots] == [492, 502]


def test_places_are_handed_on_so_that_nobody_waits_long() -> None:
    """The lane is full for hours: the second hands his place on, until the last of the chain takes the hole behind."""
    count = 40
    own = tuple(Entrant(entrant, NOBODY, ("A", "B")) for entrant in range(1, count + 1))
    rush = tuple(visit(entrant, 480 + 12 * entrant, "B") for entrant in range(1, count + 1))
    queue = tuple(visit(entrant, 492 + 12 * entrant) for entrant in range(1, count + 1))
    done = tuple(slot for slot in (*rush, *queue) if slot.starts <= 504)
    assert done == (rush[0], rush[1], queue[0])
    late = replace(queue[0], ends=queue[0].ends + 4)
    before = tuple(slot for slot in (*rush, *queue) if slot not in done)
    problem = Problem(480, 1440, (station("A"), station("B")), own, done=done, actual=(late,), before=before, now=506)
    absorbed, replanned = offer(problem, "absorb"), offer(problem, "replan")
    assert len(absorbed.changed) == count - 1
    assert len(replanned.changed) <= 8
    assert replanned.longest_wait <= 72
    stopped = next(one for one in offers(problem, lambda: True) if one.kind == "replan")
    assert stopped.changed != replanned.changed


def test_a_lane_is_as_late_as_its_next_visit() -> None:
    problem = one_lane_late(7, 480, 492, 510)
    assert lateness(problem) == {("A", 1): 7}
    assert lateness(replace(problem, before=problem.before[1:])) == {("A", 1): 0}  # the next one has a gap before it
    assert lateness(replace(problem, before=())) == {("A", 1): 7}
    assert lateness(replace(problem, before=(), now=600)) == {("A", 1): 0}
    assert lateness(replace(problem, actual=(), now=500)) == {("A", 1): 8}  # nobody came, it is past his time


def test_a_lane_is_not_late_because_somebody_was_left_out() -> None:
    """The second did not come, the third went before him: the fourth is next, and on time."""
    problem = one_lane_late(0, 480, 492, 504, 530)
    third = problem.before[1]
    left_out = replace(problem, done=(*problem.done, third), before=(problem.before[0], problem.before[2]), now=520)
    assert lateness(left_out) == {("A", 1): 0}
    assert lateness(replace(left_out, before=problem.before[:1])) == {("A", 1): 28}
    assert lateness(replace(left_out, done=(third, *problem.done))) == {("A", 1): 0}


def test_a_visit_elsewhere_than_planned_keeps_its_own_lane_busy() -> None:
    """It was planned in lane 1 and runs in lane 2; one in a lane that was taken away since counts nowhere."""
    two = station("A", "", "")
    moved = replace(visit(1, 480), lane=2, ends=497)
    problem = Problem(
        480, 1080, (two,), people(3, "A"), done=(visit(1, 480),), actual=(moved,), before=(visit(2, 492, lane=2),)
    )
    problem = replace(problem, now=485, before=(*problem.before, visit(3, 492, lane=3)))
    assert lateness(problem) == {("A", 1): 0, ("A", 2): 7}
    assert offer(problem, "absorb").finish == 509
    assert offer(replace(problem, actual=(replace(moved, lane=3),)), "absorb").finish == 502
