"""The standings of a division out of what the judges gave: components, totals, places, awards."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from data.rules import awards, ranking, scoring
from data.rules.plan import THEORY

TEAM_SUM = "sum"
CHOICE = "choice"

# How those without a place are listed, after those of whom something is missing still.
_UNPLACED = (ranking.FAILED, ranking.ABSENT, ranking.WITHDREW, ranking.DISQUALIFIED)


@dataclass(frozen=True)
class StationSpec:
    """How a station's marks become a score; `full_milli` is its sheet's full mark."""

    code: str
    full_milli: int
    combine: str
    judges: int


@dataclass(frozen=True)
class ComponentSpec:
    """A component of a division.

    A station component has `station`; a team sum `of_division` and `best`; a choice the optional `stations`, of
    which each entrant draws `best` (抽考).
    """

    name: str
    source: str  # station | theory | sum | choice
    weight_milli: int
    station: StationSpec | None = None
    of_division: str = ""
    best: int = 0
    stations: tuple[StationSpec, ...] = ()


@dataclass(frozen=True)
class DivisionSpec:
    """How a division is reckoned. `shared`: the ties, as sets of entrants, that were decided to share the award."""

    code: str
    components: tuple[ComponentSpec, ...]
    tie_rule: str = ""
    levels: tuple[awards.Level, ...] = ()
    playoffs: bool = False  # an undecided tie goes to a play-off, else the place is shared
    shared: frozenset[frozenset[int]] = frozenset()


@dataclass(frozen=True)
class VisitMarks:
    """The latest totals of one visit, one for each seat that handed in.

    `missing`: the seats whose sheet will not come, as the chief judge confirmed; the others are combined without them.
    """

    totals: tuple[int, ...] = ()
    penalty_milli: int = 0
    seconds_milli: int | None = None
    state: str = ""
    failed: bool = False
    missing: tuple[int, ...] = ()


_NO_MARKS = VisitMarks()


@dataclass(frozen=True)
class EntrantMarks:
    """All that is known of an entrant; `visits` by station code, `unit` tells a team from another.

    `drawn`: the codes of the optional stations that were drawn.
    """

    key: int
    unit: int
    state: str
    visits: Mapping[str, VisitMarks] = field(default_factory=dict)
    theory_milli: int | None = None
    playoff: int | None = None
    drawn: frozenset[str] = frozenset()


@dataclass(frozen=True)
class EntrantResult:
    """An entrant's components and total in points of 100, None where something is missing.

    `steps`: the values of the division's tie ladder, higher is better. `members`: for a team sum,
    the entrants whose totals count.
    """

    key: int
    unit: int
    state: str
    components: tuple[Fraction | None, ...]
    total: Fraction | None
    seconds_milli: int | None
    theory: Fraction | None
    playoff: int | None
    steps: tuple[Fraction | None, ...] = ()
    members: tuple[int, ...] = ()

    @property
    def competes(self) -> bool:
        """Whether he counts among those who competed."""
        return self.state not in ranking.OUT


@dataclass(frozen=True)
class Standing:
    result: EntrantResult
    place: ranking.Place | None
    award: str = ""


@dataclass(frozen=True)
class DivisionResult:
    """Standings, best first, then those without a place.

    `competing`: who competed or still may; `complete`: of those, how many have a total. Awards are
    given once all are complete; those that `cut` leaves open are not. `shared`: the lines that a decision
    lets go through a tie, whose entrants share the award.
    """

    standings: tuple[Standing, ...]
    competing: int
    complete: int
    ties: tuple[ranking.Tie, ...]
    cut: tuple[awards.CutLine, ...]
    shared: tuple[awards.CutLine, ...] = ()

    @property
    def provisional(self) -> bool:
        return self.complete < self.competing or not self.competing


@dataclass(frozen=True)
class Source:
    """A division that team sums are made of: its results by unit."""

    division: DivisionSpec
    by_unit: Mapping[int, Sequence[EntrantResult]]


def source(division: DivisionSpec, results: Iterable[EntrantResult]) -> Source:
    by_unit: dict[int, list[EntrantResult]] = {}
    for result in results:
        by_unit.setdefault(result.unit, []).append(result)
    return Source(division, by_unit)


def drawn_stations(component: ComponentSpec, drawn: frozenset[str]) -> tuple[StationSpec, ...]:
    """The stations of a choice that were drawn, in the order of the plan; none until all of them are drawn."""
    found = tuple(station for station in component.stations if station.code in drawn)
    return found if len(found) == component.best else ()


def component_value(component: ComponentSpec, marks: EntrantMarks) -> Fraction | None:
    """A station, choice or theory component in points of 100; None while it is not complete.

    A choice is the mean of the drawn stations, each as per cent of its own full mark.
    """
    if component.station is not None:
        return _station_value(component.station, marks)
    if component.source == CHOICE:
        return scoring.mean([_station_value(one, marks) for one in drawn_stations(component, marks.drawn)])
    return None if marks.theory_milli is None else scoring.theory_percent(marks.theory_milli)


def _station_value(station: StationSpec, marks: EntrantMarks) -> Fraction | None:
    visit = marks.visits.get(station.code)
    if visit is None:
        return None
    return scoring.station_percent(
        visit.totals, visit.penalty_milli, station.combine, station.judges - len(visit.missing), station.full_milli
    )


def entrant_result(division: DivisionSpec, marks: EntrantMarks) -> EntrantResult:
    """The result of a person or of a team that performs together.

    A visit that he missed, left or was sent away from takes him out of the division; a critical
    item that fails the entrant leaves him his total but no place.
    """
    visits = [marks.visits.get(spec.station.code, _NO_MARKS) for spec in division.components if spec.station]
    for spec in division.components:
        if spec.source == CHOICE:
            drawn = drawn_stations(spec, marks.drawn)
            visits += [marks.visits.get(station.code, _NO_MARKS) for station in drawn] or [_NO_MARKS]
    state = ranking.state_of((marks.state, *(visit.state for visit in visits)))
    if state not in ranking.OUT and any(visit.failed for visit in visits):
        state = ranking.FAILED
    components = tuple(component_value(component, marks) for component in division.components)
    seconds = _sum([visit.seconds_milli for visit in visits])
    result = EntrantResult(
        key=marks.key,
        unit=marks.unit,
        state=state,
        components=components,
        total=_total(division, state, components),
        seconds_milli=None if seconds is None else int(seconds),
        theory=None if marks.theory_milli is None else scoring.theory_percent(marks.theory_milli),
        playoff=marks.playoff,
    )
    return replace(result, steps=_steps(division.tie_rule, division, result)) if division.tie_rule else result


def team_result(division: DivisionSpec, marks: EntrantMarks, sources: Mapping[str, Source]) -> EntrantResult:
    """The result of a unit out of its members' totals in other divisions, by division code.

    While a member who competes has no total, the unit has none. A unit with fewer members than
    `best` who competed to the end is given the sum of those; without any it is absent.
    """
    components: list[Fraction | None] = []
    counted: list[tuple[DivisionSpec, EntrantResult]] = []
    anyone = False
    for component in division.components:
        if component.source != TEAM_SUM:
            components.append(component_value(component, marks))
            continue
        origin = sources[component.of_division].division
        members = {
            result.key: result
            for result in sources[component.of_division].by_unit.get(marks.unit, ())
            if result.competes and result.state != ranking.FAILED
        }
        anyone = anyone or bool(members)
        complete = [
            scoring.Member(result.key, result.total, _steps(division.tie_rule, origin, result))
            for result in members.values()
            if result.total is not None
        ]
        if len(complete) < len(members):
            components.append(None)
            continue
        best = scoring.best_members(complete, component.best)
        components.append(sum((member.total for member in best), Fraction(0)))
        counted += [(origin, members[member.key]) for member in best]
    state = marks.state if anyone or marks.state in ranking.OUT else ranking.ABSENT
    seconds = _sum([member.seconds_milli for _origin, member in counted])
    theory = _sum([member.theory for _origin, member in counted])
    return EntrantResult(
        key=marks.key,
        unit=marks.unit,
        state=state,
        components=tuple(components),
        total=_total(division, state, components),
        seconds_milli=None if seconds is None else int(seconds),
        theory=theory,
        playoff=marks.playoff,
        steps=_team_steps(division, components, [_steps(division.tie_rule, *member) for member in counted]),
        members=tuple(member.key for _origin, member in counted),
    )


def _total(division: DivisionSpec, state: str, components: Sequence[Fraction | None]) -> Fraction | None:
    if state in ranking.OUT:
        return None
    weights = (component.weight_milli for component in division.components)
    return scoring.weighted_total(list(zip(components, weights, strict=True)))


def _steps(rule: str, division: DivisionSpec, result: EntrantResult) -> tuple[Fraction | None, ...]:
    """The values of a tie rule for a result of this division; a name that it does not know has none."""
    values = {component.name: value for component, value in zip(division.components, result.components, strict=True)}
    seconds = result.seconds_milli
    values.setdefault(scoring.TIME, None if seconds is None else Fraction(-seconds, 1000))
    values.setdefault(THEORY, result.theory)
    return tuple(values.get(name) for name in scoring.tie_steps(rule))


def _team_steps(
    division: DivisionSpec, components: Sequence[Fraction | None], members: Sequence[tuple[Fraction | None, ...]]
) -> tuple[Fraction | None, ...]:
    """A component of the team's own, or step by step the sum over the members that count."""
    own = {spec.name: value for spec, value in zip(division.components, components, strict=True)}
    return tuple(
        own[name] if name in own else _sum([steps[index] for steps in members])
        for index, name in enumerate(scoring.tie_steps(division.tie_rule))
    )


def _sum(values: Sequence[Fraction | int | None]) -> Fraction | None:
    found = [value for value in values if value is not None]
    return Fraction(sum(found)) if values and len(found) == len(values) else None


def stand(division: DivisionSpec, results: Sequence[EntrantResult], playoffs: bool = True) -> DivisionResult:
    """Place the results of a division and give its awards; `playoffs` False passes over the play-offs held.

    A tie that was decided to be shared counts as decided for just these entrants: where one more or less is
    equal with them, it is another tie.

    The order of the results decides nothing but the order in which those without a place are listed.
    """
    competing = sum(result.competes for result in results)
    complete = sum(is_complete(result) for result in results)
    placed = [result for result in results if has_place(result)]
    ranked = ranking.rank(contender(division, result, playoffs) for result in placed)
    awarded = award(division, competing, placed, ranked) if complete == competing else Awarded()
    standings = [standing_of(result, ranked, awarded) for result in results]
    return DivisionResult(
        tuple(sorted(standings, key=list_order)), competing, complete, ranked.ties, awarded.cut, awarded.shared
    )


def is_complete(result: EntrantResult) -> bool:
    """Whether nothing is missing of somebody who competes."""
    return result.competes and result.total is not None


def has_place(result: EntrantResult) -> bool:
    """Whether he is one of those who are ranked."""
    return is_complete(result) and result.state != ranking.FAILED


def contender(division: DivisionSpec, result: EntrantResult, playoffs: bool = True) -> ranking.Contender:
    """Somebody who has a place, for the ranking; see `stand`."""
    assert result.total is not None
    playoff = result.playoff if playoffs and division.playoffs else None
    return ranking.Contender(result.key, result.total, result.steps, playoff)


@dataclass(frozen=True)
class Awarded:
    """What places bring once a division is complete: the name of the level by entrant, and the lines through ties."""

    levels: Mapping[int, str] = field(default_factory=dict)
    cut: tuple[awards.CutLine, ...] = ()
    shared: tuple[awards.CutLine, ...] = ()


def award(division: DivisionSpec, competing: int, placed: Iterable[EntrantResult], ranked: ranking.Ranking) -> Awarded:
    """The awards of those who are ranked here, be it the whole of a complete division or those of one total."""
    totals = {result.key: result.total for result in placed if result.total is not None}
    places = {key: place.place for key, place in ranked.places.items()}
    given = awards.give(division.levels, competing, places, totals)
    cut: list[awards.CutLine] = []
    shared: list[awards.CutLine] = []
    if division.playoffs:
        for line in awards.cut_lines(division.levels, competing, ranked.ties, totals):
            (shared if frozenset(line.keys) in division.shared else cut).append(line)
    undecided = {key for line in cut for key in line.keys}
    levels = {key: division.levels[level].name for key, level in given.items() if key not in undecided}
    return Awarded(levels, tuple(cut), tuple(shared))


def standing_of(result: EntrantResult, ranked: ranking.Ranking, awarded: Awarded) -> Standing:
    return Standing(result, ranked.places.get(result.key), awarded.levels.get(result.key, ""))


def list_order(standing: Standing) -> tuple[int, int]:
    """The order of the standings: by place, then those without one."""
    state = standing.result.state
    if standing.place is not None:
        return (0, standing.place.place)
    return (1, _UNPLACED.index(state) if state in _UNPLACED else -1)
