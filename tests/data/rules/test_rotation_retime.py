"""Re-timing: what is done stays, every offer is right, and each does what it is called."""

from dataclasses import replace

from hypothesis import given

from data.rules.rotation_check import check
from data.rules.rotation_model import Problem, Slot
from data.rules.rotation_retime import expected_finish, offers
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


@given(disturbed_days())
def test_the_expected_finish_is_that_of_absorbing_where_nothing_leaves_its_order(problem: Problem) -> None:
    plain = replace(problem, pinned=(), bell=False)
    absorbed = next(offer for offer in offers(plain) if offer.kind == "absorb")
    keeps = all(
        (slot.entrant, slot.station, slot.lane) in {(one.entrant, one.station, one.lane) for one in plain.before}
        for slot in absorbed.solution.slots
        if slot not in plain.done
    )
    windows = any(entrant.windows for entrant in plain.entrants) or any(one.stand_ins for one in plain.stations)
    if absorbed.solution.fits and keeps and not windows:
        assert expected_finish(plain) <= absorbed.finish
