"""Drafts of a timetable: every change gives a new one, and what happened meanwhile is respected."""

from dataclasses import replace

import pytest

from data.queries import schedule_draft as drafts
from data.queries.schedule_draft import Draft
from data.rules.rotation_check import check
from data.rules.rotation_model import Entrant, Problem, Slot, Station

NOBODY: frozenset[str] = frozenset()
A1, A2 = Slot(1, "A", 1, 540, 550), Slot(2, "A", 1, 552, 562)
B1, B2 = Slot(1, "B", 1, 560, 575), Slot(2, "B", 1, 540, 550)
SLOTS = (A1, A2, B1, B2)


def problem(**changes) -> Problem:
    stations = (Station("A", 10, 2, (NOBODY, NOBODY)), Station("B", 15, 0, (NOBODY,)))
    entrants = (Entrant(1, NOBODY, ("A", "B")), Entrant(2, NOBODY, ("A", "B")))
    return replace(Problem(540, 700, stations, entrants, before=SLOTS), **changes)


@pytest.fixture
def draft() -> Draft:
    return drafts.of_timetable(problem(), 3)


def test_a_new_draft_is_the_timetable_in_force(draft):
    assert (draft.slots, draft.pins, draft.number) == (SLOTS, frozenset(), 3)
    assert not drafts.changes(draft)
    assert not drafts.changed_entrants(draft)
    assert not draft.can_undo


def test_what_nobody_asks_for_is_left_out():
    begun = drafts.begin(problem(), (*SLOTS, Slot(3, "A", 2, 540, 550), Slot(1, "C", 1, 600, 610)), {(3, "A")}, 1)
    assert begun.slots == SLOTS
    assert begun.pins == frozenset()


def test_a_move_keeps_the_length_and_can_be_taken_back(draft):
    once = drafts.move(draft, (1, "A"), 2, 600)
    assert Slot(1, "A", 2, 600, 610) in once.slots
    assert drafts.changes(once) == {(1, "A")}
    assert drafts.changed_entrants(once) == {1}
    back = drafts.undo(once)
    assert back.slots == SLOTS
    assert drafts.redo(back) == once
    assert drafts.undo(drafts.undo(back)).slots == SLOTS
    assert drafts.redo(drafts.redo(back)) == once


def test_a_new_change_forgets_what_was_taken_back(draft):
    other = drafts.move(drafts.undo(drafts.move(draft, (1, "A"), 2, 600)), (2, "A"), 2, 610)
    assert not other.can_redo
    assert drafts.changes(other) == {(2, "A")}


def test_a_move_to_where_it_is_is_none(draft):
    assert drafts.move(draft, (1, "A"), 1, 540) is draft


def test_visits_of_one_station_change_lane_and_time(draft):
    swapped = drafts.swap(drafts.move(draft, (2, "A"), 2, 600), (1, "A"), (2, "A"))
    assert {Slot(1, "A", 2, 600, 610), Slot(2, "A", 1, 540, 550)} < set(swapped.slots)


@pytest.mark.parametrize("turned", [False, True])
def test_visits_of_one_entrant_change_their_turn(draft, turned):
    visits = [(1, "A"), (1, "B")]
    swapped = drafts.swap(draft, *(reversed(visits) if turned else visits))
    assert {Slot(1, "B", 1, 540, 555), Slot(1, "A", 1, 565, 575)} < set(swapped.slots)


def test_other_visits_cannot_be_swapped(draft):
    assert drafts.swapped(A1, A1) is None
    assert drafts.swap_faults(draft.held, draft.slots, A1, B2) is None
    with pytest.raises(ValueError, match="cannot be swapped"):
        drafts.swap(draft, (1, "A"), (2, "B"))


def test_faults_of_a_swap_are_those_of_the_checker():
    day = (A1, A2, Slot(1, "B", 1, 560, 575), Slot(2, "B", 1, 575, 590))
    given = problem(before=day)
    assert drafts.swap_faults(given, day, A1, A2)[0].code == "entrant_overlap"  # 1 would be at A and B at once
    free = (A1, A2, Slot(1, "B", 1, 580, 595), Slot(2, "B", 1, 600, 615))
    assert drafts.swap_faults(problem(before=free), free, A1, A2) == []
    begun = drafts.swap(drafts.begin(problem(), free, (), 1), (1, "A"), (2, "A"))
    assert not [finding for finding in check(begun.held, begun.slots) if finding.hard]


def test_pins_hold_where_the_visit_is(draft):
    pinned = drafts.pin(drafts.move(draft, (1, "A"), 2, 600), (1, "A"))
    assert pinned.held.pinned == (Slot(1, "A", 2, 600, 610),)
    assert drafts.changes(drafts.pin(draft, (2, "B"))) == {(2, "B")}
    assert not drafts.changed_entrants(drafts.pin(draft, (2, "B")))
    assert drafts.pin(pinned, (1, "A")).pins == frozenset()


def test_a_pin_in_force_can_be_let_go():
    begun = drafts.of_timetable(problem(pinned=(A1,)), 1)
    assert begun.pins == {(1, "A")}
    assert drafts.changes(drafts.pin(begun, (1, "A"))) == {(1, "A")}


def test_what_has_taken_place_stands_in_every_step(draft):
    moved = drafts.pin(drafts.move(draft, (1, "A"), 2, 600), (2, "A"))
    now = drafts.with_problem(moved, problem(done=(A1,), before=(A2, B1, B2)))
    assert A1 in now.slots
    assert drafts.changes(now) == {(2, "A")}
    gone = problem(entrants=problem().entrants[:1])
    assert {slot.entrant for slot in drafts.with_problem(moved, gone).slots} == {1}
    assert drafts.with_problem(moved, gone).pins == frozenset()


def test_changes_are_made_again_upon_a_newer_timetable(draft):
    mine = drafts.pin(drafts.move(draft, (1, "A"), 2, 600), (2, "B"))
    later = tuple(replace(slot, starts=slot.starts + 5, ends=slot.ends + 5) for slot in SLOTS)
    again = drafts.upon(mine, drafts.of_timetable(problem(before=later, pinned=(later[1],)), 4))
    assert set(again.slots) == {Slot(1, "A", 2, 600, 610), *later[1:]}
    assert again.pins == {(2, "A"), (2, "B")}
    assert again.number == 4
    assert again.can_undo


def test_what_is_in_force_by_now_is_no_change(draft):
    mine = drafts.move(draft, (1, "A"), 2, 600)
    assert not drafts.upon(mine, drafts.of_timetable(problem(before=mine.slots), 4)).can_undo
    begun = problem(done=(A1,), before=SLOTS[1:])
    assert not drafts.upon(mine, drafts.of_timetable(begun, 4)).can_undo


def test_a_solution_tells_finish_and_bound(draft):
    late = drafts.solution(drafts.move(draft, (1, "B"), 1, 600), 575)
    assert (late.finish, late.bound, late.fits) == (615, 575, True)
    assert drafts.solution(draft, 600).bound == 575
    assert drafts.solution(drafts.begin(problem(), (), (), 1), 600).finish == 540
