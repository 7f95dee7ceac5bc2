"""What an entrant performs: the stations that everyone of the division visits (必考), and those drawn (抽考)."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from data.rules.plan import Plan

_SUM = re.compile(r"(.+):(\d{1,3})")
_CHOICE = re.compile(r"([^/:]+(?:/[^/:]+)+)(?::(\d{1,3}))?")


@dataclass(frozen=True)
class ChoiceComponent:
    """A score component of which `count` of the `stations` (codes) are drawn; `number` from 1 in its division."""

    number: int
    name: str
    stations: tuple[str, ...]
    count: int


def choice_source(source: str) -> tuple[tuple[str, ...], int] | None:
    """The station codes and how many of them are drawn of a component source `S2/S3/S4:1`; None for another source.

    Two codes at least make a choice; without a number one is drawn.
    """
    match = _CHOICE.fullmatch(source)
    return (tuple(match[1].split("/")), int(match[2] or 1)) if match else None


def sum_source(source: str) -> tuple[str, int] | None:
    """The division and k of a component source `DIV:k`; None for another source."""
    match = _SUM.fullmatch(source)
    return (match[1], int(match[2])) if match else None


def choice_text(stations: Sequence[str], count: int) -> str:
    """The component source of a choice, as `choice_source` reads it."""
    return f"{'/'.join(stations)}:{count}"


def choices(plan: Plan, division: str) -> tuple[ChoiceComponent, ...]:
    """The components of a division for which stations are drawn, in the order of the plan."""
    found: list[ChoiceComponent] = []
    for component in plan.components:
        choice = choice_source(component.source) if component.division == division else None
        if choice:
            found.append(ChoiceComponent(len(found) + 1, component.name, *choice))
    return tuple(found)


def stations_of(plan: Plan, division: str, drawn: Collection[str] = ()) -> tuple[str, ...]:
    """The codes of the stations of an entrant of this division who drew these, in the order of the plan.

    Without any drawn these are the mandatory ones. A drawn station that is not optional does not count.
    """
    optional = {code for choice in choices(plan, division) for code in choice.stations}
    return tuple(
        station.code
        for station in plan.stations
        if division in station.divisions and (station.code not in optional or station.code in drawn)
    )
