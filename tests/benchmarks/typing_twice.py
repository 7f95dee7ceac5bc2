"""How often slips get past one entry, two entries, and two entries with the total of the paper, over many days.

    python -m tests.benchmarks.typing_twice [DAYS] [PERCENT]

Sheets of both example plans, each typed by two people who mistype PERCENT in a hundred values.
"""

import sys
from collections import Counter

from data import rehearsal_steps
from data.rules.plan import Plan
from data.simulation import Simulation
from data.typist import Typist, score, type_twice
from tests.conftest import GAOAN, NURSING

_ENTRANTS = 50  # at each station
_STAGES = ("once", "twice", "with the total")


def day(plan: Plan, seed: str, percent: float) -> Counter[str]:
    """The figures of one day: values typed, and what is wrong after each stage."""
    simulation = Simulation(seed)
    people = (Typist(seed, "first", percent), Typist(seed, "second", percent))
    found: Counter[str] = Counter()
    for station in plan.stations:
        items = plan.sheet(station.sheet).items
        for entrant in range(_ENTRANTS):
            for seat in range(station.judges):
                paper = simulation.sheet(items, str(entrant), station.code, str(seat))
                typed = type_twice(items, paper, f"{entrant}/{station.code}/{seat}", people)
                found["sheets"] += 1
                found["values"] += len(items)
                right = score(items, typed.paper)
                for stage, values in zip(_STAGES, (typed.first, typed.compared, typed.verified), strict=True):
                    numbers = {*values, *typed.paper}
                    found[f"{stage}: wrong values"] += sum(values.get(n) != typed.paper.get(n) for n in numbers)
                    found[f"{stage}: wrong scores"] += score(items, values) != right
    return found


def main(days: int, percent: float) -> None:
    """Print a line for each stage and plan."""
    for folder in (GAOAN, NURSING):
        plan = rehearsal_steps.read_plan(folder / "plan.xlsx")
        found: Counter[str] = Counter()
        spoilt: Counter[str] = Counter()
        for seed in range(days):
            of_day = day(plan, str(seed), percent)
            found += of_day
            spoilt.update(stage for stage in _STAGES if of_day[f"{stage}: wrong scores"])
        print(f"{plan.info.name}: {days} days, {found['sheets']} sheets, {found['values']} values, {percent:g} %")
        for stage in _STAGES:
            print(
                f"  typed {stage:15} wrong values {found[f'{stage}: wrong values']:7}   "
                f"sheets with a wrong score {found[f'{stage}: wrong scores']:7}   days with one {spoilt[stage]:4}"
            )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10, float(sys.argv[2]) if len(sys.argv) > 2 else 5.0)
