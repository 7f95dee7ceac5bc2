"""Re-timing: the seconds until the offers stand, how many people each of them tells, and whole days beside the plan."""

import random
import time
from dataclasses import replace
from statistics import mean

from data.rules import rotation
from data.rules.day_simulation import Outcome, simulate
from data.rules.rotation_check import check
from data.rules.rotation_model import Problem, Solution
from data.rules.rotation_retime import offers
from tests.benchmarks.bench_schedule import wide
from tests.benchmarks.report import Row, against

_SEEDS = 100
_LATE = (  # how many of the busiest lanes are late, by how many minutes
    (1, 10),
    (2, 10),
    (3, 10),
    (1, 30),
    (3, 30),
)


def in_its_middle(problem: Problem, solution: Solution, lanes: int, minutes: int) -> Problem:
    """Half of the visits have begun; what runs in so many lanes, stations of the longest visits first, ends late."""
    starts = sorted(slot.starts for slot in solution.slots)
    now = starts[len(starts) // 2]
    done = tuple(slot for slot in solution.slots if slot.starts <= now)
    running = [slot for slot in done if slot.ends > now]
    running.sort(key=lambda slot: (slot.starts - slot.ends, slot.station, slot.lane))
    late = [replace(slot, ends=slot.ends + minutes) for slot in running[:lanes]]
    return replace(
        problem,
        closes=solution.finish + 60,
        done=done,
        actual=(*late, *running[lanes:]),
        before=tuple(slot for slot in solution.slots if slot.starts > now),
        now=now,
    )


def rows_of(day: Problem, name: str) -> list[Row]:
    """The offers for one day in its middle, beside the people who still have visits."""
    start = time.perf_counter()
    made = offers(day)
    rows = [Row(f"{name}: all three offers", time.perf_counter() - start, "s", None, None)]
    left = len({slot.entrant for slot in day.before})
    planned = max(slot.ends for slot in day.before)
    for offer in made:
        assert not [finding for finding in check(day, offer.solution.slots) if finding.hard]
        share = 100 * len(offer.changed) / left
        rest, least = offer.finish - day.earliest, offer.solution.bound - day.earliest
        rows += [
            Row(f"  {offer.kind}: people told, of {left}", share, "%", None, None),
            against(f"  {offer.kind}: rest of the day", rest, "min", least),
            Row(f"  {offer.kind}: later than planned", offer.finish - planned, "min", None, None),
            Row(f"  {offer.kind}: longest wait", offer.longest_wait, "min", None, None),
        ]
    begun = {(slot.entrant, slot.station) for slot in day.done}
    done = sorted(map(repr, day.done))
    kept = [
        done == sorted(repr(slot) for slot in offer.solution.slots if (slot.entrant, slot.station) in begun)
        for offer in made
    ]
    rows.append(Row("  done visits the same byte by byte, in all offers", float(all(kept)), "1 = yes", None, None))
    return rows


def simulated(problem: Problem, solution: Solution, *, replan: bool) -> list[Outcome]:
    """A hundred disturbed days."""
    return [simulate(problem, solution, random.Random(seed), replan=replan) for seed in range(_SEEDS)]


def day_rows(entrants: int, stations: int, lanes: int) -> list[Row]:
    """A hundred disturbed days with re-timing, beside the same days without."""
    problem = wide(entrants, stations, lanes)
    solution = rotation.solve(problem, waiting_budget=0)
    problem = replace(problem, closes=solution.finish + 180)
    timed, never = (simulated(problem, solution, replan=replan) for replan in (True, False))
    name = f"{_SEEDS} days of {entrants} x {stations} x {lanes}"

    def finish(days: list[Outcome]) -> list[int]:
        return [day.finish - solution.finish for day in days]

    return [
        Row(f"{name}: later, never re-timed, mean", mean(finish(never)), "min", None, None),
        Row(f"{name}: later, re-timed, mean", mean(finish(timed)), "min", None, None),
        Row(f"{name}: later, never re-timed, worst", max(finish(never)), "min", None, None),
        Row(f"{name}: later, re-timed, worst", max(finish(timed)), "min", None, None),
        Row(f"{name}: longest wait, never, mean", mean(day.longest_wait for day in never), "min", None, None),
        Row(f"{name}: longest wait, re-timed, mean", mean(day.longest_wait for day in timed), "min", None, None),
        Row(f"{name}: re-timed, mean", mean(day.retimed for day in timed), "times", None, None),
        Row(f"{name}: people told, mean", mean(len(day.told) for day in timed), "", None, None),
    ]


def run() -> list[Row]:
    problem = wide(200, 12, 4)
    solution = rotation.solve(problem, waiting_budget=0)
    rows = []
    for lanes, minutes in _LATE:
        rows += rows_of(in_its_middle(problem, solution, lanes, minutes), f"{lanes} lanes {minutes} min late")
    return [*rows, *day_rows(30, 6, 2), *day_rows(60, 6, 2)]
