"""What the search for fixes has to know of an event: who judges where."""

from dataclasses import replace

from data.queries.plan import current_plan
from data.rules.rotation_fix import Fix, Remedy, Seat
from data.store import Store

TAKES_A_JUDGE = ("stand_in", "replace_judge")


def seats(store: Store) -> tuple[Seat, ...]:
    """The seats of all lanes with the judges' units; reserve judges sit nowhere."""
    with store.read():
        plan = current_plan(store)
    return tuple(
        Seat(judge.station, judge.lane, judge.seat, judge.unit_name.strip())
        for judge in plan.judges
        if not judge.reserve
    )


def judges_needed(fix: Fix) -> int:
    """How many judges who are not in the plan yet this change asks for."""
    return sum(part.code in TAKES_A_JUDGE for part in fix.parts)


def is_for_the_draws(fix: Fix) -> bool:
    """Whether people have to decide on the draws page who is left out."""
    return any(part.code == "fewer" for part in fix.parts)


def all_first(remedies: tuple[Remedy, ...]) -> Fix:
    """The first fix of each remedy, which together make the day fit, as one."""
    first, *others = (remedy.fixes[0] for remedy in remedies)
    return replace(first, also=(*first.also, *others))
