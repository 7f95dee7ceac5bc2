from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from data.rules.ranking import Contender, Tie, rank, state_of


def places(*contenders: Contender) -> dict[int, int]:
    return {key: place.place for key, place in rank(contenders).places.items()}


def test_equals_share_a_place_and_the_next_ones_are_left_out() -> None:
    totals = (95, 90, 90, 90, 80)
    contenders = [Contender(key, Fraction(total)) for key, total in enumerate(totals)]
    ranking = rank(contenders)
    assert [ranking.places[key].place for key in range(5)] == [1, 2, 2, 2, 5]
    assert ranking.ties == (Tie(2, (1, 2, 3)),)
    assert [ranking.places[key].shared for key in range(5)] == [False, True, True, True, False]


def test_equal_after_rounding_but_not_before_is_no_tie() -> None:
    assert places(Contender(1, Fraction(271, 3)), Contender(2, Fraction(90_333, 1000))) == {1: 1, 2: 2}


def test_the_ladder_decides_step_by_step() -> None:
    """用时 → 操作 → 理论: the shorter time first, then the higher marks."""
    steps = {1: (-60, 80, 90), 2: (-50, 70, 60), 3: (-60, 85, 60), 4: (-60, 80, 95)}
    contenders = [Contender(key, Fraction(88), tuple(map(Fraction, values))) for key, values in steps.items()]
    ranking = rank(contenders)
    assert {key: place.place for key, place in ranking.places.items()} == {2: 1, 3: 2, 4: 3, 1: 4}
    assert {key: place.decided_by for key, place in ranking.places.items()} == {2: 1, 3: 2, 4: 3, 1: 3}
    assert ranking.ties == ()


def test_a_step_decides_only_if_all_of_the_equals_have_it() -> None:
    one = Contender(1, Fraction(88), (None, Fraction(70)))
    two = Contender(2, Fraction(88), (Fraction(-50), Fraction(75)))
    assert places(one, two) == {2: 1, 1: 2}


def test_a_play_off_is_the_last_rung() -> None:
    one, two = Contender(1, Fraction(88), (), 2), Contender(2, Fraction(88), (), 1)
    assert places(one, two) == {2: 1, 1: 2}
    assert rank([one, two]).places[1].decided_by == 1
    assert places(one, Contender(2, Fraction(88))) == {1: 1, 2: 1}


def test_the_gravest_state_hides_the_others() -> None:
    assert state_of(["present", "absent", "disqualified", ""]) == "disqualified"
    assert state_of(["expected", "withdrew", "absent"]) == "withdrew"
    assert state_of(["present", ""]) == "present"
    assert state_of(["expected", ""]) == "expected"


VALUES = st.integers(0, 4).map(Fraction)
CONTENDERS = st.lists(
    st.builds(
        lambda total, steps, playoff: {"total": total, "steps": steps, "playoff": playoff},
        VALUES,
        st.tuples(st.none() | VALUES, VALUES),
        st.none() | st.integers(1, 3),
    ),
    min_size=1,
    max_size=8,
)


@given(CONTENDERS, st.randoms(use_true_random=False))
def test_the_order_of_entry_never_matters(raw: list[dict[str, Any]], chance: Any) -> None:
    contenders = [Contender(key, **values) for key, values in enumerate(raw)]
    shuffled = list(contenders)
    chance.shuffle(shuffled)
    assert rank(shuffled) == rank(contenders)


@given(CONTENDERS, st.data())
def test_raising_a_total_never_lowers_a_place(raw: list[dict[str, Any]], data: st.DataObject) -> None:
    chosen = data.draw(st.integers(0, len(raw) - 1))
    raised = {**raw[chosen], "total": raw[chosen]["total"] + data.draw(st.integers(1, 3))}
    before = places(*(Contender(key, **values) for key, values in enumerate(raw)))
    after = places(*(Contender(key, **(raised if key == chosen else values)) for key, values in enumerate(raw)))
    assert after[chosen] <= before[chosen]


@given(CONTENDERS)
def test_places_count_everyone_ahead(raw: list[dict[str, Any]]) -> None:
    ranking = rank(Contender(key, **values) for key, values in enumerate(raw))
    for place in ranking.places.values():
        assert place.place == 1 + sum(other.place < place.place for other in ranking.places.values())
