"""Places that are kept while results change one by one are those that a reading of all results gives."""

from fractions import Fraction

from hypothesis import example, given
from hypothesis import strategies as st

from data.rules.awards import Level
from data.rules.placing import Placing
from data.rules.standings import ComponentSpec, DivisionSpec, EntrantResult, Standing, stand

COMPONENTS = (ComponentSpec("理论", "theory", 100_000),)
LEVELS = (Level("一等奖", 1), Level("二等奖", None, 40_000), Level("三等奖", 1, None, 2_000))
DIVISIONS = st.builds(
    lambda playoffs, shared: DivisionSpec("N", COMPONENTS, "理论;用时", LEVELS, playoffs, shared),
    st.booleans(),
    st.sampled_from((frozenset(), frozenset({frozenset({1, 2})}), frozenset({frozenset({1, 2, 3})}))),
)
POINTS = st.sampled_from((None, Fraction(1), Fraction(5, 3), Fraction(2), Fraction(2001, 1000), Fraction(3)))
STEPS = st.sampled_from((None, Fraction(-60), Fraction(-50)))
STATES = st.sampled_from(("present", "present", "present", "failed", "absent"))
RESULTS = st.builds(
    lambda key, state, total, steps, playoff: EntrantResult(
        key, key % 3, state, (total,), total, None, None, playoff, steps
    ),
    st.integers(1, 7),
    STATES,
    POINTS,
    st.tuples(STEPS, STEPS),
    st.sampled_from((None, 1, 2)),
)


def result(key: int, total: int | None, state: str = "present") -> EntrantResult:
    exact = None if total is None else Fraction(total)
    return EntrantResult(key, 1, state, (exact,), exact, None, None, None, (None, None))


EQUALS = [result(1, 2), result(2, 2), result(3, 2)]
SHARING = DivisionSpec("N", COMPONENTS, "理论;用时", LEVELS, True, frozenset({frozenset({1, 2, 3})}))


@given(DIVISIONS, st.lists(RESULTS, max_size=20))
@example(SHARING, EQUALS)
@example(SHARING, [*EQUALS, result(3, 1)])
@example(SHARING, [*EQUALS, result(4, 3), result(4, None, "absent")])
def test_one_by_one_says_what_all_at_once_say(division: DivisionSpec, results: list[EntrantResult]) -> None:
    placing = Placing(division)
    last: dict[int, EntrantResult] = {}
    for one in results:
        placing.put(one)
        last[one.key] = one
        whole = stand(division, list(last.values()))
        assert placing.whole() == whole
        assert {key: placing.standing(key) for key in last} == {row.result.key: row for row in whole.standings}
        assert (placing.competing, placing.complete) == (whole.competing, whole.complete)


def test_who_is_passed_moves_down_and_back() -> None:
    placing = Placing(DivisionSpec("N", COMPONENTS), [result(1, 3), result(2, 2), result(3, 1)])
    placing.put(result(3, 5))
    assert [place(placing.standing(key)) for key in (3, 1, 2)] == [1, 2, 3]
    placing.put(result(3, None))
    assert [place(placing.standing(key)) for key in (1, 2, 3)] == [1, 2, None]


def place(standing: Standing) -> int | None:
    return standing.place.place if standing.place else None
