"""The standings of a division as everyone sees them: screen, projector, exports, result versions."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from data import models
from data.errors import NotFound
from data.i18n import _
from data.queries import division_marks, sealing
from data.queries.appeals import open_appeals
from data.queries.plain_rows import plain_rows
from data.rules.decimals import half_up
from data.rules.scoring import tie_steps
from data.rules.standings import DivisionResult, DivisionSpec, Standing
from data.store import Store


@dataclass(frozen=True)
class StandingRow:
    """An entrant's line. `shown…` are rounded for the eye; `total` and `components` are exact.

    state: expected | present | absent | withdrew | disqualified | failed. `shared`: others have the
    same place. `missing`: components that are not complete. `award` is empty until all are complete.
    `decided_by`: what put the entrant apart from others of the same total: a step of the tie ladder as the plan
    names it, or PLAYOFF; empty where the total did. `appealed`: an appeal of the entrant is open.
    """

    place: int | None
    entrant_id: int
    number: str | None
    name: str
    unit: str
    unit_short: str
    components: tuple[Fraction | None, ...]
    total: Fraction | None
    shown_components: tuple[str, ...]
    shown: str
    seconds_milli: int | None
    award: str
    state: str
    shared: bool
    missing: tuple[str, ...]
    decided_by: str = ""
    appealed: bool = False


PLAYOFF = "playoff"

# Tables whose changes may change the standings, or how they are shown.
TABLES = frozenset(
    {"event", "division", "component", "component_station", "award_level", "station", "sheet", "item", "unit", "draw"}
    | {"entrant", "drawn_station", "visit", "mark", "theory_mark", "confirmation", "playoff", "tie_decision"}
    | {"decoding", "appeal"}
)


@dataclass(frozen=True)
class UndecidedTie:
    """Entrants whom nothing tells apart. `cuts`: the award level whose line goes through them, if one does.

    `shares`: the level whose line would do so, had it not been decided that they share the award.
    """

    place: int
    entrant_ids: tuple[int, ...]
    names: tuple[str, ...]
    cuts: str = ""
    shares: str = ""


@dataclass(frozen=True)
class DivisionStandings:
    """`total` of those who compete, `complete` of them have all their marks in.

    A `sum` division has no rows while the names of a blind event are sealed: a total would tell whose members' it is.
    """

    division_code: str
    title: str
    entry: str  # individual | team | sum
    components: tuple[str, ...]
    rows: tuple[StandingRow, ...]
    complete: int
    total: int
    provisional: bool
    ties: tuple[UndecidedTie, ...]


def standings(store: Store, division_code: str) -> DivisionStandings:
    """The standings of one division, provisional until every mark is in.

    Raises:
        NotFound: the event has no such division.
    """
    with store.read():
        if not models.Division.select().where(models.Division.code == division_code).exists():
            raise NotFound(_("The event has no division {code}.").format(code=division_code))
        return _standings([division_code], sealed=sealing.names_sealed())[0]


def all_standings(store: Store) -> tuple[DivisionStandings, ...]:
    """The standings of every division, in the order of the plan."""
    with store.read():
        return tuple(_standings(None, sealed=sealing.names_sealed()))


def named_standings(store: Store) -> tuple[DivisionStandings, ...]:
    """The same with names, whatever is sealed: for result versions alone, which are made after the decoding."""
    with store.read():
        return tuple(_standings(None, sealed=False))


@dataclass(frozen=True)
class Person:
    """Who stands in a line; while the names are sealed, `name` is the number."""

    number: str | None
    name: str
    unit: str
    unit_short: str


@dataclass(frozen=True)
class Heading:
    """What all lines of a division have in common. `steps`: what may put equals apart, play-off last."""

    division_code: str
    title: str
    entry: str
    components: tuple[str, ...]
    steps: tuple[str, ...]
    decimals: int


def _standings(codes: Collection[str] | None, *, sealed: bool) -> list[DivisionStandings]:
    specs = division_marks.division_specs()
    results = division_marks.division_results(specs, specs if codes is None else codes)
    heads = headings(specs)
    who = people(models.Division.code.in_(list(results)), sealed=sealed)
    appealed = open_appeals()
    return [
        standings_of(
            heads[code],
            result,
            [row_of(heads[code], one, who[one.result.key], one.result.key in appealed) for one in result.standings],
            who,
            sealed=sealed,
        )
        for code, result in results.items()
    ]


def headings(specs: Mapping[str, DivisionSpec]) -> dict[str, Heading]:
    """Of every division by code. Runs inside `store.read()`."""
    decimals = models.Event.get().decimals
    return {
        row.code: Heading(
            row.code,
            f"{row.category}·{row.name}",
            row.entry,
            tuple(part.name for part in specs[row.code].components),
            (*tie_steps(specs[row.code].tie_rule), PLAYOFF),
            decimals,
        )
        for row in models.Division.select()
    }


def people(wanted: Any, *, sealed: bool) -> dict[int, Person]:
    """Who stands in the lines, by entrant: those of a select that joins Entrant, Unit and Division."""
    who = sealing.who() if sealed else sealing.NAMED
    entrants = (
        models.Entrant.select(models.Entrant.id, models.Entrant.number, who.name, who.unit, who.short)
        .join(models.Unit)
        .switch(models.Entrant)
        .join(models.Division)
        .where(wanted)
    )
    return {entrant: Person(*texts) for entrant, *texts in plain_rows(entrants)}


def standings_of(
    head: Heading,
    result: DivisionResult,
    rows: Iterable[StandingRow],
    who: Mapping[int, Person],
    *,
    sealed: bool,
) -> DivisionStandings:
    """The standings of a division out of the lines that were made of its result, in the same order."""
    hidden = sealed and head.entry == "sum"
    cut = {line.keys: line.level for line in result.cut}
    shares = {line.keys: line.level for line in result.shared}
    return DivisionStandings(
        division_code=head.division_code,
        title=head.title,
        entry=head.entry,
        components=head.components,
        rows=() if hidden else tuple(rows),
        complete=result.complete,
        total=result.competing,
        provisional=result.provisional,
        ties=()
        if hidden
        else tuple(
            UndecidedTie(
                tie.place,
                tie.keys,
                tuple(who[key].name for key in tie.keys),
                cut.get(tie.keys, ""),
                shares.get(tie.keys, ""),
            )
            for tie in result.ties
        ),
    )


def row_of(head: Heading, standing: Standing, person: Person, appealed: bool) -> StandingRow:
    """The line of one entrant."""
    result = standing.result
    pairs = zip(head.components, result.components, strict=True)
    return StandingRow(
        **_placed(head, standing),
        entrant_id=result.key,
        number=person.number,
        name=person.name,
        unit=person.unit,
        unit_short=person.unit_short or person.unit,
        components=result.components,
        total=result.total,
        shown_components=tuple("" if value is None else half_up(value, head.decimals) for value in result.components),
        shown="" if result.total is None else half_up(result.total, head.decimals),
        seconds_milli=result.seconds_milli,
        state=result.state,
        missing=tuple(name for name, value in pairs if value is None) if result.competes else (),
        appealed=appealed,
    )


def moved_row(row: StandingRow, head: Heading, standing: Standing) -> StandingRow:
    """The line of an entrant of whom nothing but his place and what it brings may differ."""
    return replace(row, **_placed(head, standing))


def _placed(head: Heading, standing: Standing) -> dict[str, Any]:
    place = standing.place
    return {
        "place": place.place if place else None,
        "shared": bool(place and place.shared),
        "decided_by": head.steps[place.decided_by - 1] if place and place.decided_by else "",
        "award": standing.award,
    }
