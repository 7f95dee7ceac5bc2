"""What has to be true of the standings of any division, whatever its marks."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from data.rules import scoring
from data.rules.awards import Level
from data.rules.decimals import half_up, read_milli, show_milli, unrounded
from data.rules.standings import (
    ComponentSpec,
    DivisionResult,
    DivisionSpec,
    EntrantMarks,
    StationSpec,
    VisitMarks,
    entrant_result,
    source,
    stand,
    team_result,
)

COMBINES = ("mean", "trimmed", "median", "sum")
UNITS = (1, 2)
POINTS = st.integers(0, 3).map(lambda value: value * 20_000)  # few, so that many are equal


@st.composite
def divisions(draw: st.DrawFn) -> DivisionSpec:
    """A mandatory station, one of two optional ones, theory; awards with and without a least score."""
    stations = [
        StationSpec(
            code, 60_000, how := draw(st.sampled_from(COMBINES)), draw(st.integers(3 if how == "trimmed" else 1, 3))
        )
        for code in ("S1", "S2", "S3")
    ]
    first = draw(st.sampled_from((100_000, 33_333, 50_000)))
    second = draw(st.sampled_from((0, (100_000 - first) // 2)))
    components = (
        ComponentSpec("必考", "station", first, stations[0]),
        ComponentSpec("抽考", "choice", second, best=1, stations=tuple(stations[1:])),
        ComponentSpec("理论", "theory", 100_000 - first - second),
    )
    rule = ";".join(draw(st.permutations(("必考", "抽考", "理论", "用时")))[: draw(st.integers(0, 4))])
    levels = (Level("一等奖", 1, least_milli=draw(st.none() | st.just(50_000))), Level("二等奖", percent_milli=30_000))
    return DivisionSpec("N", components, rule, levels, playoffs=draw(st.booleans()))


def visit(draw: st.DrawFn, station: StationSpec) -> VisitMarks:
    seats = range(1, station.judges + 1)
    missing = tuple(seat for seat in seats if draw(st.integers(0, 9)) == 0)
    totals = tuple(draw(POINTS) for seat in seats if seat not in missing and draw(st.integers(0, 19)))
    return VisitMarks(
        totals,
        draw(st.sampled_from((0, 0, 20_000))),
        draw(st.sampled_from((None, 60_000, 61_000))),
        draw(st.sampled_from(("",) * 19 + ("withdrew",))),
        draw(st.integers(0, 19)) == 0,
        missing,
    )


@st.composite
def events(draw: st.DrawFn) -> tuple[DivisionSpec, list[EntrantMarks]]:
    division = draw(divisions())
    stations = {spec.code: spec for part in division.components for spec in (part.station, *part.stations) if spec}
    people = []
    for key in range(draw(st.integers(1, 6))):
        drawn = draw(st.sampled_from(("S2", "S2", "S3")))
        people.append(
            EntrantMarks(
                key,
                draw(st.sampled_from(UNITS)),
                draw(st.sampled_from(("present",) * 9 + ("absent",))),
                {code: visit(draw, stations[code]) for code in ("S1", drawn)},
                draw(st.none() | POINTS),
                draw(st.none() | st.integers(1, 3)),
                frozenset({drawn}),
            )
        )
    return division, people


def standings(division: DivisionSpec, people: list[EntrantMarks]) -> tuple[DivisionResult, DivisionResult]:
    """Of the division, and of the units' best two with its tie rule."""
    results = [entrant_result(division, one) for one in people]
    teams = DivisionSpec(
        "NT", (ComponentSpec("两人合计", "sum", 100_000, of_division="N", best=2),), division.tie_rule, division.levels,
        division.playoffs,
    )  # fmt: skip
    origin = {"N": source(division, results)}
    units = [team_result(teams, EntrantMarks(100 + unit, unit, "expected"), origin) for unit in UNITS]
    return stand(division, results), stand(teams, units)


def lines(result: DivisionResult) -> dict[int, Any]:
    return {one.result.key: (one.result, one.place, one.award) for one in result.standings}


def mixed(one: EntrantMarks, chance: Any) -> EntrantMarks:
    """The same marks, come in in another order."""
    visits = list(one.visits.items())
    chance.shuffle(visits)
    return replace(
        one, visits={code: replace(visit, totals=tuple(shuffled(visit.totals, chance))) for code, visit in visits}
    )


def shuffled(values: Any, chance: Any) -> list[Any]:
    found = list(values)
    chance.shuffle(found)
    return found


@given(events(), st.randoms(use_true_random=False))
def test_the_order_of_entry_never_matters(event: tuple[DivisionSpec, list[EntrantMarks]], chance: Any) -> None:
    division, people = event
    again = [mixed(one, chance) for one in shuffled(people, chance)]
    for before, after in zip(standings(division, people), standings(division, again), strict=True):
        assert lines(before) == lines(after)
        assert (before.cut, before.ties, before.provisional) == (after.cut, after.ties, after.provisional)


@given(events(), st.data())
def test_a_mark_of_0_differs_from_a_missing_one(
    event: tuple[DivisionSpec, list[EntrantMarks]], data: st.DataObject
) -> None:
    """With a 0 in the place of the last mark that is in, there may be a total; without it there is none."""
    division, people = event
    chosen = data.draw(st.integers(0, len(people) - 1))
    one = people[chosen]
    whole = one.visits["S1"]
    judges = division.components[0].station.judges if division.components[0].station else 0
    zero = replace(whole, totals=(0,) * judges, missing=(), state="", failed=False)
    present = replace(one, state="present", theory_milli=0, visits={**one.visits, "S1": zero})
    lacking = replace(present, visits={**one.visits, "S1": replace(zero, totals=(0,) * (judges - 1))})
    result, without = entrant_result(division, present), entrant_result(division, lacking)
    assert result.components[0] == 0
    assert result.components[2] == 0
    assert (without.components[0], without.total) == (None, None)
    people = [*people[:chosen], lacking, *people[chosen + 1 :]]
    found = standings(division, people)[0]
    assert lines(found)[one.key][1] is None
    assert found.provisional or without.state not in ("present", "expected", "failed")
    assert entrant_result(division, replace(present, theory_milli=None)).total is None


@given(events(), st.data())
def test_raising_one_mark_never_lowers_its_entrant(
    event: tuple[DivisionSpec, list[EntrantMarks]], data: st.DataObject
) -> None:
    """Nor his unit, nor the award of either where places are shared."""
    division, people = event
    chosen = data.draw(st.integers(0, len(people) - 1))
    one = people[chosen]
    code = data.draw(st.sampled_from([*one.visits, ""]))
    rise = data.draw(st.sampled_from((1, 20_000)))
    if not code:
        raised = replace(one, theory_milli=None if one.theory_milli is None else one.theory_milli + rise)
    else:
        visit = one.visits[code]
        seat = data.draw(st.integers(0, max(0, len(visit.totals) - 1)))
        totals = tuple(total + rise * (index == seat) for index, total in enumerate(visit.totals))
        raised = replace(one, visits={**one.visits, code: replace(visit, totals=totals)})
    after_all = standings(division, [*people[:chosen], raised, *people[chosen + 1 :]])
    names = [level.name for level in division.levels] + [""]
    for key, before, after in zip((one.key, 100 + one.unit), standings(division, people), after_all, strict=True):
        _result, place, award = lines(before)[key]
        _after, place_after, award_after = lines(after)[key]
        assert (place is None) == (place_after is None)
        if place is not None:
            assert place_after.place <= place.place
            if not division.playoffs:
                assert names.index(award_after) <= names.index(award)


MILLI = st.integers(0, 100_000)
SHARES = st.lists(st.integers(0, 1000), min_size=1, max_size=6).map(
    lambda cuts: [high - low for low, high in zip(sorted([0, *cuts]), sorted([*cuts, 1000]), strict=True)]
)


@given(st.lists(MILLI, min_size=1, max_size=8), st.sampled_from(COMBINES), st.integers(1, 7))
def test_scaling_a_sheet_changes_nothing(totals: list[int], how: str, times: int) -> None:
    """Of a sheet with so many times the points, so many times the marks are the same per cent."""
    judges = len(totals)
    small = scoring.station_percent(tuple(totals), 0, how, judges, 100_000)
    large = scoring.station_percent(tuple(total * times for total in totals), 0, how, judges, 100_000 * times)
    assert small == large
    assert small is not None
    combined = scoring.combine(totals, how, judges)
    assert combined is not None
    assert small * scoring.station_full(100_000, how, judges) == combined * 100


@given(MILLI, SHARES)
def test_weights_never_lose_a_thousandth(milli: int, shares: list[int]) -> None:
    """Whoever has the same in every component has just that as total, however the hundred per cent are cut."""
    value = Fraction(milli, 1000)
    assert scoring.weighted_total([(value, share * 100) for share in shares]) == value
    parts = [scoring.weighted_total([(value, share * 100)]) for share in shares]
    assert sum(part for part in parts if part is not None) == value


@given(st.lists(MILLI, min_size=1, max_size=5), SHARES)
def test_one_thousandth_more_is_more_at_any_weight(totals: list[int], shares: list[int]) -> None:
    share = next(share for share in shares if share)
    less, more = (
        scoring.weighted_total(
            [
                (
                    scoring.station_percent((*totals[:-1], totals[-1] + extra), 0, "mean", len(totals), 100_000),
                    share * 100,
                )
            ]
        )
        for extra in (0, 1)
    )
    assert less is not None
    assert more is not None
    assert more - less == Fraction(share * 100, 100_000) / 1000 / len(totals)


@given(st.integers(-(10**9), 10**9), st.integers(1, 10**6), st.integers(0, 6))
def test_rounding_is_half_up_and_never_off_by_more_than_half(numerator: int, denominator: int, decimals: int) -> None:
    value = Fraction(numerator, denominator)
    shown = Fraction(half_up(value, decimals))
    half = Fraction(1, 2 * 10**decimals)
    assert abs(shown - value) <= half
    if abs(shown - value) == half:
        assert abs(shown) > abs(value)


@given(st.integers(-(10**9), 10**9))
def test_a_thousandth_survives_being_shown_and_read(milli: int) -> None:
    assert read_milli(show_milli(milli)) == milli
    assert Fraction(unrounded(Fraction(milli, 1000))) == Fraction(milli, 1000)
    assert Fraction(half_up(Fraction(milli, 1000), 3)) == Fraction(milli, 1000)


@given(st.lists(MILLI, min_size=1, max_size=1) | st.lists(MILLI, min_size=5, max_size=5), st.integers(1, 100_000))
def test_what_has_an_end_is_shown_to_the_end(totals: list[int], weight: int) -> None:
    """The mean of one, two, four, five or eight judges at any weight, as the exports write it."""
    for judges in (1, 2, 4, 5, 8):
        marks = tuple((totals * 8)[:judges])
        total = scoring.weighted_total([(scoring.station_percent(marks, 0, "mean", judges, 100_000), weight)])
        assert total is not None
        assert Fraction(unrounded(total)) == total
