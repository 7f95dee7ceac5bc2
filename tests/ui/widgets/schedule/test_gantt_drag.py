"""Where a visit in hand may go, what it snaps to, and why it may not stand elsewhere."""

from dataclasses import replace

import pytest

from data.queries import schedule_draft as drafts
from tests.ui.widgets.gantt_day import draft, moves, rows
from ui.widgets.schedule.gantt_drag import ILLEGAL, MOVE, SAME, SWAP, Drag

A1, A2, A3, B1, B2 = rows()


def hand(slot, given=None) -> Drag:
    made = Drag(slot, 0.0, given or moves(), 540, 720)
    while not made.is_through:
        made.look_ahead(1.0)
    return made


def test_legal_places_are_whole_stretches():
    found = hand(A3)
    assert found.spans(1) == [(568, 720)]  # after both and the changeover
    assert found.spans(2) == [(540, 720)]
    assert found.spans(None) == [(540, 720)]


def test_it_snaps_to_the_ends_of_neighbours():
    assert hand(A3).aim(566.0, 1, None, 3.0).starts == 568
    assert hand(A3).aim(566.0, 1, None, 3.0).kind == MOVE
    assert hand(A3).aim(600.4, 1, None, 3.0).starts == 600
    far = hand(A3).aim(560.0, 1, None, 3.0)
    assert (far.kind, far.why) == (ILLEGAL, "lane_overlap")


def test_where_it_is_it_may_stay():
    assert hand(A3).aim(540.2, 2, None, 1.0).kind == SAME


def test_a_row_of_all_lanes_takes_the_nearest_that_is_free():
    assert (hand(A3).aim(700.0, None, None, 1.0).lane, hand(A3).aim(700.0, None, None, 1.0).kind) == (2, MOVE)
    blocked = hand(A1).aim(556.0, None, None, 0.5)
    assert blocked.kind == ILLEGAL
    second = hand(A1).aim(600.0, None, None, 0.5)
    assert (second.kind, second.lane) == (MOVE, 1)


def test_over_another_visit_it_swaps_or_says_why_not():
    taken = hand(A1)
    assert taken.aim(545.0, 2, A3, 0.5).kind == SWAP
    assert taken.aim(545.0, 2, A3, 0.5).other is A3
    refused = taken.aim(556.0, 1, A2, 0.5)
    assert refused.kind == ILLEGAL
    assert refused.why
    other = hand(A2).aim(541.0, 2, A3, 0.5)
    assert "recusal" in other.why


def test_a_row_can_be_refused():
    target = hand(A1).refuse("another station", 1, 600.4)
    assert (target.kind, target.starts, target.why) == (ILLEGAL, 600, "another station")


def test_looking_ahead_stops_when_the_time_is_up():
    made = Drag(A1, 0.0, moves(), 540, 720)
    assert made.look_ahead(0.0) == {1}
    assert not made.is_through


@pytest.mark.parametrize("other", [B2, A2])
def test_moves_say_why_a_visit_stays(other):
    pinned = drafts.pin(draft(), (other.entrant_id, other.station_code))
    rules = moves(pinned)
    assert "pinned" in rules.refusal(other)
    assert not rules.cannot_pin(other)
    assert "pinned" in rules.why_no_swap(A1, other)
    assert not rules.refusal(A1)


def test_moves_hold_what_has_begun_and_what_is_no_more():
    begun = drafts.with_problem(draft(), draft().problem)
    problem = replace(begun.problem, done=begun.slots[:1], entrants=begun.problem.entrants[:2])
    rules = moves(drafts.with_problem(begun, problem))
    assert "has begun" in rules.refusal(A1)
    assert "does not take place" in rules.refusal(A3)
    assert "one station, or of one entrant" in rules.why_no_swap(A2, B1)
