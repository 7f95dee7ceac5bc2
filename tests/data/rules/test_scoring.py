from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.rules import scoring
from data.rules.scoring import Member, best_members, combine


@pytest.mark.parametrize(
    ("how", "totals", "combined"),
    [
        ("mean", (85_000, 88_000, 90_500), Fraction(263_500, 3)),
        ("trimmed", (70_000, 85_000, 90_000, 86_000, 99_000), Fraction(87_000)),
        ("trimmed", (80_000, 80_000, 90_000), Fraction(80_000)),
        ("trimmed", (80_000, 81_000), Fraction(80_500)),
        ("median", (99_000, 1000, 80_000), Fraction(80_000)),
        ("median", (80_000, 80_500, 1000, 99_000), Fraction(80_250)),
        ("sum", (85_000, 88_000, 90_500), Fraction(263_500)),
    ],
)
def test_judges_are_combined_as_set(how: str, totals: tuple[int, ...], combined: Fraction) -> None:
    assert combine(totals, how, len(totals)) == combined


def test_a_missing_judge_never_changes_the_divisor() -> None:
    assert combine((90_000, 80_000), "mean", 3) is None
    assert combine((), "mean", 1) is None
    assert combine((90_000, 80_000, 0), "mean", 3) == Fraction(170_000, 3)


@pytest.mark.parametrize(("totals", "how"), [((1, 2), "mean"), ((1,), "best")])
def test_what_cannot_be_combined_is_a_mistake_of_the_program(totals: tuple[int, ...], how: str) -> None:
    with pytest.raises(ValueError, match="judges by"):
        combine(totals, how, 1)


def test_the_penalty_comes_off_once_after_the_judges_are_combined() -> None:
    combined = combine((70_000, 85_000, 90_000, 86_000, 99_000), "trimmed", 5)
    assert combined is not None
    assert scoring.station_score(combined, 2000) == 85_000
    assert scoring.station_score(Fraction(1000), 2000) == 0


def test_a_score_is_per_cent_of_the_full_mark() -> None:
    assert scoring.percent(Fraction(75_000), scoring.station_full(150_000, "mean", 3)) == 50
    assert scoring.percent(Fraction(240_000), scoring.station_full(100_000, "sum", 3)) == 80
    assert scoring.theory_percent(59_500) == Fraction(119, 2)


def test_weights_add_up_exactly() -> None:
    parts = [(Fraction(263_500, 3000), 40_000), (Fraction(90), 25_000), (Fraction(77), 35_000)]
    assert scoring.weighted_total(parts) == Fraction(263_500, 3000) * Fraction(2, 5) + Fraction(45, 2) + Fraction(
        539, 20
    )
    assert scoring.weighted_total([(Fraction(90), 30_000), (None, 70_000)]) is None


def test_the_best_members_count() -> None:
    members = [Member(key, Fraction(total)) for key, total in enumerate((80, 95, 70, 90))]
    assert {member.key for member in best_members(members, 3)} == {0, 1, 3}
    assert len(best_members(members, 9)) == 4


def test_equal_members_at_the_line_are_told_apart_by_the_units_own_ladder() -> None:
    members = [
        Member(1, Fraction(90), (None,)),
        Member(2, Fraction(90), (Fraction(-60),)),
        Member(3, Fraction(90), (Fraction(-50),)),
    ]
    assert [member.key for member in best_members(members, 2)] == [3, 2]


def test_a_tie_rule_is_read() -> None:
    assert scoring.tie_steps("静脉输液;理论；; 用时;") == ("静脉输液", "理论", "用时")


TOTALS = st.lists(st.integers(0, 100_000), min_size=3, max_size=9)


@given(TOTALS, st.sampled_from(("mean", "trimmed", "median", "sum")), st.randoms(use_true_random=False))
def test_the_order_of_the_judges_never_matters(totals: list[int], how: str, chance: object) -> None:
    shuffled = list(totals)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert combine(totals, how, len(totals)) == combine(shuffled, how, len(totals))


@given(TOTALS, st.sampled_from(("mean", "trimmed", "median", "sum")), st.data())
def test_raising_a_mark_never_lowers_the_score(totals: list[int], how: str, data: st.DataObject) -> None:
    seat = data.draw(st.integers(0, len(totals) - 1))
    raised = [*totals[:seat], totals[seat] + data.draw(st.integers(0, 5000)), *totals[seat + 1 :]]
    before, after = combine(totals, how, len(totals)), combine(raised, how, len(totals))
    assert before is not None
    assert after is not None
    assert after >= before


def test_the_mean_of_what_was_drawn_is_exact_and_missing_without_all() -> None:
    assert scoring.mean([Fraction(250, 3), Fraction(75)]) == Fraction(475, 6)
    assert scoring.mean([Fraction(90), None]) is None
    assert scoring.mean([]) is None
