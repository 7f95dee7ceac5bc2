"""Reserve judges (候补裁判): who takes the seat of a judge who may not mark an entrant of the own unit."""

from collections.abc import Collection, Iterable, Sequence

from data.rules.plan import Judge


def recused(judges: Iterable[Judge], units: Collection[str]) -> tuple[Judge, ...]:
    """Those of a lane's judges who are of the unit, which goes by these names."""
    return tuple(judge for judge in judges if judge.unit_name.strip() in units)


def stand_ins(
    judges: Iterable[Judge], reserves: Iterable[Judge], units: Collection[str]
) -> tuple[tuple[Judge, Judge], ...] | None:
    """Who stands in for whom when somebody of the unit performs in a lane: pairs (recused, reserve judge).

    The station's reserve judges step in by their seats, those of the unit themselves left out. Empty where no judge
    of the lane is of the unit, None where there are not enough reserve judges.
    """
    leaving = sorted(recused(judges, units), key=lambda judge: judge.seat)
    free = sorted((judge for judge in reserves if judge.unit_name.strip() not in units), key=lambda judge: judge.seat)
    if len(free) < len(leaving):
        return None
    return tuple(zip(leaving, free, strict=False))


def replaceable(judges: Sequence[Judge], reserves: Sequence[Judge], units: Iterable[Collection[str]]) -> frozenset[str]:
    """All names of those units whose judges in this lane reserve judges can replace.

    Args:
        units: the names of each unit that competes.
    """
    found: set[str] = set()
    for names in units:
        if stand_ins(judges, reserves, names):
            found.update(names)
    return frozenset(found)
