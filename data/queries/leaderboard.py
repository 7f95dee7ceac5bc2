"""The standings of a division as everyone sees them: screen, projector, exports, result versions."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from data import models
from data.errors import NotFound
from data.i18n import _
from data.queries import division_marks, sealing
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
class _Person:
    number: str | None
    name: str
    unit: str
    unit_short: str


def _standings(codes: Collection[str] | None, *, sealed: bool) -> list[DivisionStandings]:
    specs = division_marks.division_specs()
    results = division_marks.division_results(specs, specs if codes is None else codes)
    divisions = {row.code: row for row in models.Division.select()}
    people = _people(results, sealing.who() if sealed else sealing.NAMED)
    decimals = models.Event.get().decimals
    appealed = frozenset(entrant for (entrant,) in plain_rows(_appealed()))
    found = [
        _division(divisions[code], specs[code], result, people, decimals, appealed) for code, result in results.items()
    ]
    return [replace(one, rows=(), ties=()) if sealed and one.entry == "sum" else one for one in found]


def _appealed() -> Any:
    return models.Appeal.select(models.Appeal.entrant).where(models.Appeal.state == "open").distinct()


def _people(codes: Collection[str], who: sealing.Who) -> dict[int, _Person]:
    entrants = (
        models.Entrant.select(models.Entrant.id, models.Entrant.number, who.name, who.unit, who.short)
        .join(models.Unit)
        .switch(models.Entrant)
        .join(models.Division)
        .where(models.Division.code.in_(list(codes)))
    )
    return {entrant: _Person(*texts) for entrant, *texts in plain_rows(entrants)}


def _division(
    division: models.Division,
    spec: DivisionSpec,
    result: DivisionResult,
    people: dict[int, _Person],
    decimals: int,
    appealed: frozenset[int],
) -> DivisionStandings:
    cut = {line.keys: line.level for line in result.cut}
    shares = {line.keys: line.level for line in result.shared}
    components = tuple(part.name for part in spec.components)
    steps = (*tie_steps(spec.tie_rule), PLAYOFF)
    return DivisionStandings(
        division_code=division.code,
        title=f"{division.category}·{division.name}",
        entry=division.entry,
        components=components,
        rows=tuple(
            _row(
                standing,
                people[standing.result.key],
                components,
                decimals,
                steps[standing.place.decided_by - 1] if standing.place and standing.place.decided_by else "",
                standing.result.key in appealed,
            )
            for standing in result.standings
        ),
        complete=result.complete,
        total=result.competing,
        provisional=result.provisional,
        ties=tuple(
            UndecidedTie(
                tie.place,
                tie.keys,
                tuple(people[key].name for key in tie.keys),
                cut.get(tie.keys, ""),
                shares.get(tie.keys, ""),
            )
            for tie in result.ties
        ),
    )


def _row(
    standing: Standing,
    person: _Person,
    components: tuple[str, ...],
    decimals: int,
    decided_by: str,
    appealed: bool,
) -> StandingRow:
    result = standing.result
    pairs = zip(components, result.components, strict=True)
    return StandingRow(
        place=standing.place.place if standing.place else None,
        entrant_id=result.key,
        number=person.number,
        name=person.name,
        unit=person.unit,
        unit_short=person.unit_short or person.unit,
        components=result.components,
        total=result.total,
        shown_components=tuple("" if value is None else half_up(value, decimals) for value in result.components),
        shown="" if result.total is None else half_up(result.total, decimals),
        seconds_milli=result.seconds_milli,
        award=standing.award,
        state=result.state,
        shared=bool(standing.place and standing.place.shared),
        missing=tuple(name for name, value in pairs if value is None) if result.competes else (),
        decided_by=decided_by,
        appealed=appealed,
    )
