"""The checker finds every fault that is put into a valid timetable, and none where there is none."""

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from data.rules import rotation
from data.rules.rotation_check import check, waiting_minutes
from data.rules.rotation_model import Entrant, Problem, Slot, Station
from tests.data.rules.rotation_plans import problems

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


@settings(max_examples=60, deadline=None)
@given(problems(), st.data())
def test_every_injected_fault_is_found(problem: Problem, data: st.DataObject) -> None:
    slots = list(rotation.solve(problem, should_stop=lambda: True).slots)
    place = data.draw(st.integers(0, len(slots) - 1))
    slot = slots[place]
    match data.draw(st.sampled_from(["drop", "double", "shift", "swap"])):
        case "drop":
            del slots[place]
        case "double":
            slots.append(slot)
        case "shift":
            shift = data.draw(st.integers(-30, 30).filter(bool))
            moved = replace(slot, starts=slot.starts + shift, ends=slot.ends + shift)
            slots[place] = moved
            assume(_is_wrong(problem, slots))
        case "swap":
            other = data.draw(st.sampled_from([other for other in slots if other != slot] or [slot]))
            assume(slot.entrant != other.entrant)
            slots[place] = replace(slot, entrant=other.entrant)
            slots[slots.index(other)] = replace(other, entrant=slot.entrant)
            assume(_is_wrong(problem, slots))
    assert [finding for finding in check(problem, slots) if finding.hard]


def _is_wrong(problem: Problem, slots: list[Slot]) -> bool:
    """Whether a timetable is wrong, told minute by minute: slow and plain."""
    stations = {station.code: station for station in problem.stations}
    wanted = {(entrant.id, code) for entrant in problem.entrants for code in entrant.stations}
    if sorted((slot.entrant, slot.station) for slot in slots) != sorted(wanted):
        return True
    units = {entrant.id: entrant.units for entrant in problem.entrants}
    lane_minutes: set[tuple[str, int, int]] = set()
    own_minutes: set[tuple[int, int]] = set()
    for slot in slots:
        station = stations[slot.station]
        if units[slot.entrant] & station.lane_units[slot.lane - 1]:
            return True
        for minute in range(slot.starts, slot.ends):
            if not problem.opens <= minute < problem.closes or (slot.entrant, minute) in own_minutes:
                return True
            if any(starts <= minute < ends for starts, ends in problem.breaks):
                return True
            own_minutes.add((slot.entrant, minute))
        for minute in range(slot.starts, slot.ends + station.changeover):
            if (slot.station, slot.lane, minute) in lane_minutes:
                return True
            lane_minutes.add((slot.station, slot.lane, minute))
    return False
