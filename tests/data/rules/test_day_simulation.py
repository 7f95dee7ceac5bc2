"""A simulated day runs to its end whatever goes wrong, and is judged by an oracle of its own."""

from collections import defaultdict
from functools import cache
from itertools import combinations, pairwise
from random import Random

import pytest

from data.rules import rotation
from data.rules.day_simulation import Disturbances, Outcome, simulate
from data.rules.rotation_model import Entrant, Problem, Slot, Solution, Station

NOBODY: frozenset[str] = frozenset()
SEEDS = 100
CALM = Disturbances(0, 3, 0, 0, judge_replaced=False)


@cache
def contest(number: int) -> tuple[Problem, Solution]:
    """30 entrants at 6 stations of 2 lanes, unequal lengths, a break, and judges with units of their own."""
    chance = Random(number)
    units = [f"U{unit}" for unit in range(8)]
    stations = tuple(
        Station(
            f"S{station}",
            chance.choice((6, 8, 10, 12)),
            2,
            (frozenset({chance.choice(units)}) if chance.random() < 0.4 else NOBODY, NOBODY),
        )
        for station in range(6)
    )
    codes = tuple(station.code for station in stations)
    people = tuple(Entrant(entrant, frozenset({chance.choice(units)}), codes) for entrant in range(1, 31))
    problem = Problem(480, 1000, stations, people, ((600, 640),))
    return problem, rotation.solve(problem, waiting_budget=0)


@cache
def day(seed: int, *, replan: bool) -> Outcome:
    problem, solution = contest(seed % 4)
    return simulate(problem, solution, Random(seed), replan=replan)


def faults(problem: Problem, outcome: Outcome) -> list[str]:
    """Everything that must not happen on a day, found without any rule of the program."""
    stations = {station.code: station for station in problem.stations}
    units = {entrant.id: entrant.units for entrant in problem.entrants}
    found = []
    there = sorted((slot.entrant, slot.station) for slot in outcome.slots)
    due = sorted(
        (entrant.id, code)
        for entrant in problem.entrants
        if entrant.id not in outcome.absent
        for code in entrant.stations
    )
    if there != due:
        found.append("not every visit took place once")
    lanes: dict[tuple[str, int], list[Slot]] = defaultdict(list)
    people: dict[int, list[Slot]] = defaultdict(list)
    for slot in outcome.slots:
        lanes[slot.station, slot.lane].append(slot)
        people[slot.entrant].append(slot)
        judges = stations[slot.station].lane_units[slot.lane - 1]
        if outcome.replaced and outcome.replaced[0] == (slot.station, slot.lane) and slot.starts >= outcome.replaced[1]:
            judges = frozenset({outcome.replaced[2]})
        if units[slot.entrant] & judges:
            found.append(f"{slot} is marked by the own unit")
        if outcome.lost and outcome.lost[0] == (slot.station, slot.lane):
            starts, ends = outcome.lost[1]
            if starts <= slot.starts < ends:
                found.append(f"{slot} starts in a lost lane")
        if any(starts <= slot.starts < ends for starts, ends in problem.breaks):
            found.append(f"{slot} starts in a break")
    for (code, _lane), inside in lanes.items():
        for before, after in combinations(sorted(inside, key=lambda slot: slot.starts), 2):
            if after.starts < before.ends + stations[code].changeover:
                found.append(f"{before} and {after} are in one lane at once")
    for own in people.values():
        for before, after in combinations(sorted(own, key=lambda slot: slot.starts), 2):
            if after.starts < before.ends:
                found.append(f"{before} and {after} are one person's at once")
    begun = {(slot.entrant, slot.station): slot.starts for slot in outcome.slots}
    for old, new in pairwise(outcome.timetables):
        kept = set(new.slots)
        found += [
            f"{slot} was done and moved"
            for slot in old.slots
            if begun.get((slot.entrant, slot.station), 1 << 20) < new.minute and slot not in kept
        ]
    return found


@pytest.mark.parametrize("replan", [True, False])
def test_a_hundred_disturbed_days_run_to_their_end(replan: bool) -> None:
    for seed in range(SEEDS):
        problem, _ = contest(seed % 4)
        outcome = day(seed, replan=replan)
        assert not faults(problem, outcome), seed
        assert outcome.finish == max(slot.ends for slot in outcome.slots)
        assert outcome.lost
        assert outcome.replaced


def test_re_timing_pays() -> None:
    """Over the hundred days the mean finish is earlier, and so is the worst."""
    apart = [(day(seed, replan=True).finish, day(seed, replan=False).finish) for seed in range(SEEDS)]
    assert sum(timed for timed, _ in apart) < sum(never for _, never in apart)
    assert max(timed for timed, _ in apart) <= max(never for _, never in apart)
    assert any(day(seed, replan=True).retimed for seed in range(SEEDS))
    assert not any(day(seed, replan=False).told or day(seed, replan=False).retimed for seed in range(SEEDS))


def test_the_same_seed_is_the_same_day() -> None:
    problem, solution = contest(0)
    assert simulate(problem, solution, Random(7), replan=True) == simulate(problem, solution, Random(7), replan=True)
    assert simulate(problem, solution, Random(7), replan=True) != simulate(problem, solution, Random(8), replan=True)


def test_the_same_things_go_wrong_with_and_without_re_timing() -> None:
    timed, never = day(3, replan=True), day(3, replan=False)
    assert (timed.absent, timed.lost, timed.replaced) == (never.absent, never.lost, never.replaced)
    assert {(slot.entrant, slot.station): slot.ends - slot.starts for slot in timed.slots} == {
        (slot.entrant, slot.station): slot.ends - slot.starts for slot in never.slots
    }


def test_a_calm_day_keeps_its_timetable() -> None:
    problem, solution = contest(1)
    outcome = simulate(problem, solution, Random(1), CALM, replan=True)
    assert not faults(problem, outcome)
    assert (outcome.absent, outcome.lost, outcome.replaced) == (frozenset(), None, None)
    planned = {(slot.entrant, slot.station): slot.starts for slot in solution.slots}
    assert all(slot.starts >= planned[slot.entrant, slot.station] - 5 for slot in outcome.slots)


def test_nobody_comes() -> None:
    problem, solution = contest(1)
    outcome = simulate(problem, solution, Random(1), Disturbances(absent_milli=1000), replan=True)
    assert outcome.slots == ()
    assert outcome.finish == problem.opens
    assert outcome.longest_wait == 0


def test_no_judge_is_replaced_where_somebody_would_have_no_lane_left() -> None:
    station = Station("S", 10, 2, (NOBODY,))
    problem = Problem(480, 1000, (station,), (Entrant(1, frozenset({"甲院"}), ("S",)),))
    outcome = simulate(problem, rotation.solve(problem), Random(1), replan=False)
    assert outcome.replaced is None
    assert not faults(problem, outcome)


def test_who_may_not_be_marked_comes_when_the_others_are_through() -> None:
    """Without re-timing: in some of the hundred days a new judge meets people of the own unit."""
    met = 0
    for seed in range(SEEDS):
        problem, solution = contest(seed % 4)
        outcome = day(seed, replan=False)
        assert outcome.replaced
        (code, lane), minute, unit = outcome.replaced
        units = {entrant.id: entrant.units for entrant in problem.entrants}
        real = {(slot.entrant, slot.station): slot for slot in outcome.slots}
        for slot in solution.slots:
            now = real.get((slot.entrant, slot.station))
            if (
                now
                and (slot.station, slot.lane) == (code, lane)
                and unit in units[slot.entrant]
                and now.starts >= minute
            ):
                assert now.lane != lane
                others = [one for one in outcome.slots if one.station == code and one.lane == now.lane and one != now]
                met += any(one.starts < now.starts for one in others)
    assert met
