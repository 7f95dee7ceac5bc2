"""The schedule: its length over the proven bound, and the seconds that it takes."""

import random
import time
from dataclasses import replace

from data.rules import rotation
from data.rules.rotation_check import check
from data.rules.rotation_model import Entrant, Problem, Solution, Station
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


def even(entrants: int, stations: int) -> Problem:
    """Stations of one lane, each 10 minutes and 2 of changeover, and everyone at all of them."""
    made = tuple(Station(f"S{number}", 10, 2, (_NOBODY,)) for number in range(stations))
    codes = tuple(station.code for station in made)
    return Problem(480, 10_000, made, tuple(Entrant(number, _NOBODY, codes) for number in range(1, entrants + 1)))


def stays(problem: Problem, solution: Solution) -> list[int]:
    """Minutes from first start to last end, of each entrant."""
    days = {entrant.id: [slot for slot in solution.slots if slot.entrant == entrant.id] for entrant in problem.entrants}
    return [max(slot.ends for slot in day) - min(slot.starts for slot in day) for day in days.values()]


def rows_of(name: str, problem: Problem, waiting_budget: float | None) -> list[Row]:
    """One day planned: how long beside the bound, the stays beside the sum of visits, and the seconds."""
    start, start_cpu = time.perf_counter(), time.process_time()
    solution = rotation.solve(problem, waiting_budget=waiting_budget)
    seconds, cpu = time.perf_counter() - start, time.process_time() - start_cpu
    assert not [finding for finding in check(problem, solution.slots) if finding.hard]
    stay, busy = stays(problem, solution), sum(slot.ends - slot.starts for slot in solution.slots)
    return [
        against(f"{name}: day", solution.finish - problem.opens, "min", solution.bound - problem.opens),
        against(f"{name}: mean stay", sum(stay) / len(stay), "min", busy / len(stay)),
        Row(f"{name}: longest stay", max(stay), "min", None, None),
        Row(f"{name}: planned in", seconds, "s", None, None),
        Row(f"{name}: planned in, processor", cpu, "s", None, None),
    ]


def bell_rows() -> list[Row]:
    """n at n stations of unequal length with a bell, n from 2 to 20: each in as few strokes as there can be."""
    chance, seconds, over = random.Random(1), 0.0, 0
    for size in range(2, 21):
        plain = even(size, size)
        unequal = (
            replace(station, minutes=chance.randint(5, 15), changeover=chance.randint(0, 3))
            for station in plain.stations
        )
        for problem in (plain, replace(plain, bell=True), replace(plain, bell=True, stations=tuple(unequal))):
            start = time.process_time()
            solution = rotation.solve(problem, waiting_budget=0)
            seconds = max(seconds, time.process_time() - start)
            over = max(over, solution.finish - solution.bound)
            assert not [finding for finding in check(problem, solution.slots) if finding.hard]
    return [
        Row("n x n, 2 to 20, with a bell: minutes over the bound", over, "min", None, None),
        Row("n x n, 2 to 20, with a bell: slowest, processor", seconds, "s", None, None),
    ]


def run() -> list[Row]:
    cases = [
        ("Gao'an, 378 visits", gaoan_like()),
        ("40 x 6 stations", even(40, 6)),
        ("200 x 8 stations x 4 lanes", wide(200, 8, 4)),
        ("300 x 12 stations x 3 lanes", wide(300, 12, 3)),
        ("1,000 x 8 stations x 6 lanes", wide(1000, 8, 6)),
    ]
    rows = bell_rows()
    for name, problem in cases:
        rows += rows_of(name, problem, 0.0)
        rows += rows_of(f"{name}, waits spared", problem, None)
    return rows
