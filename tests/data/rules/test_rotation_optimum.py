"""Beside a search through all timetables of tiny plans: the bound is never above the best, the finish is the best."""

from collections.abc import Iterator

import pytest

from data.rules import rotation
from data.rules.rotation_check import check
from data.rules.rotation_model import Problem, Slot
from tests.data.rules.rotation_plans import tiny_problem


def best_finish(problem: Problem) -> int | None:
    """When the shortest of all timetables ends; None: there is none within the limits. Slow and plain."""
    stations = {station.code: station for station in problem.stations}
    visits = [(entrant.id, code) for entrant in problem.entrants for code in entrant.stations]

    def places(visit: int, until: int) -> Iterator[Slot]:
        entrant, code = visits[visit]
        station = stations[code]
        for starts in range(problem.opens, until - station.minutes + 1):
            for lane in station.lanes:
                yield Slot(entrant, code, lane, starts, starts + station.minutes)

    def can_be(slots: tuple[Slot, ...], until: int) -> bool:
        if len(slots) == len(visits):
            return True
        for slot in places(len(slots), until):
            more = (*slots, slot)
            if not any(finding.hard and finding.code != "missing" for finding in check(problem, more)) and can_be(
                more, until
            ):
                return True
        return False

    return next((until for until in range(problem.opens + 1, problem.closes + 1) if can_be((), until)), None)


@pytest.mark.parametrize("seed", [seed for seed in range(40) if seed not in (0, 17, 38)])  # these take seconds
def test_the_best_of_all_timetables_is_found(seed: int) -> None:
    problem = tiny_problem(seed)
    solution = rotation.solve(problem, waiting_budget=0)
    best = best_finish(problem)
    assert solution.fits == (best is not None)
    if best is not None:
        assert solution.bound <= best == solution.finish
