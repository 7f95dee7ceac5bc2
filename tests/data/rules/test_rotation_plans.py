"""Random plans with everything a day may ask for: what fits has no fault, what does not says why, and never too much.

BIWU_FUZZ=500 plans as many; without it, a smaller share is planned.
"""

import os
from collections import Counter
from collections.abc import Iterator

import pytest

from data.rules import rotation
from data.rules.rotation_check import check
from data.rules.rotation_model import Problem, Solution
from tests.data.rules.rotation_plans import wide_problem

COUNT = min(int(os.environ.get("BIWU_FUZZ", "60")), 2000)
BROKEN_WHERE_THERE_IS_NO_ROOM = {"after_closing", "in_closed", "not_here", "stay"}


@pytest.fixture(scope="module", autouse=True)
def _small_budget() -> Iterator[None]:
    """Searches for the shortest day end soon, unless many plans are asked for."""
    with pytest.MonkeyPatch.context() as patch:
        if "BIWU_FUZZ" not in os.environ:
            patch.setattr(rotation, "FINISH_BUDGET", 0.1)
        yield


def faults(problem: Problem, solution: Solution) -> Counter[str]:
    return Counter(finding.code for finding in check(problem, solution.slots) if finding.hard)


@pytest.mark.parametrize("seed", range(COUNT))
def test_a_random_plan(seed: int) -> None:
    problem = wide_problem(seed)
    solution = rotation.solve(problem, waiting_budget=0.02)
    codes = {obstacle.code for obstacle in solution.obstacles}
    found = faults(problem, solution)
    if codes & {"recusal", "drawn_lane"}:
        assert not solution.slots
        return
    if solution.fits:
        assert not found
    else:
        assert found
        assert found.keys() <= BROKEN_WHERE_THERE_IS_NO_ROOM | ({"unpinned"} if "pinned" in codes else set())
    assert all(obstacle.minutes_over > 0 for obstacle in solution.obstacles if obstacle.code != "pinned")
    assert solution.bound <= solution.finish == max(slot.ends for slot in solution.slots)
    assert set(problem.done) <= set(solution.slots)
    freed = {(obstacle.entrant, obstacle.station) for obstacle in solution.obstacles if obstacle.code == "pinned"}
    begun = {(slot.entrant, slot.station) for slot in problem.done}
    assert {slot for slot in problem.pinned if (slot.entrant, slot.station) not in freed | begun} <= set(solution.slots)


@pytest.mark.parametrize("seed", range(0, COUNT, 10))
def test_a_random_plan_is_planned_the_same_again(seed: int) -> None:
    problem = wide_problem(seed)
    assert rotation.solve(problem, waiting_budget=0.02) == rotation.solve(problem, waiting_budget=0.02)


def test_plans_of_all_kinds_are_among_them() -> None:
    codes: Counter[str] = Counter()
    for seed in range(300):
        problem = wide_problem(seed)
        codes["bell"] += problem.bell
        codes["done"] += bool(problem.done)
        codes["pinned"] += bool(problem.pinned)
        codes["every"] += problem.keep_order == "every"
        codes["stay"] += bool(problem.most_stay)
        codes["gap"] += bool(problem.walk or problem.rest or problem.walks)
        codes["windows"] += any(entrant.windows for entrant in problem.entrants)
        codes["shares"] += any(entrant.shares for entrant in problem.entrants)
        codes["closed"] += any(station.lane_closed for station in problem.stations)
        codes["stand_ins"] += any(station.stand_ins for station in problem.stations)
    assert all(count > 15 for count in codes.values())
