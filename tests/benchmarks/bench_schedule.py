"""The schedule: its length over the proven bound, and the seconds that it takes."""

import random
import time

from data.rules import rotation
from data.rules.rotation_check import check
from data.rules.rotation_model import Entrant, Problem, Station
from tests.benchmarks.report import Row, against

_NOBODY: frozenset[str] = frozenset()


def gaoan_like() -> Problem:
    """The stations and numbers of the Gao'an plan: 182 entrants, 378 visits, lunch from 12:00 to 13:30."""
    shapes = (("S1", 12, 2, 3), ("S2", 12, 2, 2), ("S3", 8, 2, 2), ("S4", 15, 3, 3), ("T1", 6, 2, 1), ("T2", 5, 2, 1))
    stations = [Station(code, minutes, gap, (_NOBODY,) * lanes) for code, minutes, gap, lanes in shapes]
    stations.append(Station("T3", 6, 3, (_NOBODY,)))
    groups = [(84, ("S1",)), (68, ("S2", "S3", "S4")), (30, ("T1", "T2", "T3"))]
    days = [codes for count, codes in groups for _entrant in range(count)]
    entrants = tuple(Entrant(number, _NOBODY, codes) for number, codes in enumerate(days, 1))
    return Problem(510, 1080, tuple(stations), entrants, ((720, 810),))


def wide(entrants: int, stations: int, lanes: int) -> Problem:
    """Unequal lengths, a break, and a judge with a unit of his own at a fifth of the lanes."""
    chance = random.Random(1)
    units = [frozenset({f"U{number}"}) for number in range(20)]
    made = tuple(
        Station(
            f"S{number}",
            chance.choice((6, 8, 10, 12)),
            2,
            tuple(chance.choice(units) if chance.random() < 0.2 else _NOBODY for _lane in range(lanes)),
        )
        for number in range(stations)
    )
    codes = tuple(station.code for station in made)
    people = tuple(Entrant(number, chance.choice(units), codes) for number in range(1, entrants + 1))
    return Problem(480, 10_000, made, people, ((720, 810),))


def run() -> list[Row]:
    rows = []
    for name, problem in (
        ("Gao'an, 378 visits", gaoan_like()),
        ("200 entrants x 8 stations x 4 lanes", wide(200, 8, 4)),
    ):
        start = time.perf_counter()
        solution = rotation.solve(problem, waiting_budget=0)
        seconds = time.perf_counter() - start
        assert not [finding for finding in check(problem, solution.slots) if finding.hard]
        length, floor = solution.finish - problem.opens, solution.bound - problem.opens
        rows.append(against(f"{name}: length of the day", length, "min", floor))
        rows.append(Row(f"{name}: shortest day proven", seconds, "s", None, None))
    return rows
