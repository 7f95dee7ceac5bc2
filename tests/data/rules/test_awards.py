from collections import defaultdict
from fractions import Fraction

from data.rules.awards import CutLine, Level, cut_lines, give, level_sizes
from data.rules.ranking import Tie

ALIKE = defaultdict[int, Fraction](lambda: Fraction(90))  # totals, where they decide nothing

PERCENTS = (
    Level("一等奖", percent_milli=10_000),
    Level("二等奖", percent_milli=20_000),
    Level("三等奖", percent_milli=30_000),
)
COUNTS = (Level("一等奖", 1), Level("二等奖", 2), Level("三等奖", 3))


def test_per_cents_are_rounded_half_up() -> None:
    assert level_sizes(PERCENTS, 28) == (3, 6, 8)
    assert level_sizes(PERCENTS, 42) == (4, 8, 13)
    assert level_sizes(PERCENTS, 5) == (1, 1, 2)
    assert level_sizes(COUNTS, 999) == (1, 2, 3)


def test_levels_go_to_the_places_within_the_counts_so_far() -> None:
    given = give(COUNTS, 8, {key: key for key in range(1, 9)}, ALIKE)
    assert given == {1: 0, 2: 1, 3: 1, 4: 2, 5: 2, 6: 2}


def test_shared_places_share_the_award_and_use_up_the_next() -> None:
    assert give(COUNTS, 8, {1: 1, 2: 1, 3: 3, 4: 4, 5: 5, 6: 6, 7: 6, 8: 8}, ALIKE) == {
        1: 0,
        2: 0,
        3: 1,
        4: 2,
        5: 2,
        6: 2,
        7: 2,
    }


def test_a_tie_over_a_line_cuts_it() -> None:
    assert cut_lines(COUNTS, 8, [Tie(1, (4, 5))], ALIKE) == (CutLine("一等奖", 1, (4, 5)),)
    assert cut_lines(COUNTS, 8, [Tie(3, (1, 2)), Tie(6, (7, 8))], ALIKE) == (
        CutLine("二等奖", 3, (1, 2)),
        CutLine("三等奖", 6, (7, 8)),
    )


def test_a_tie_within_a_level_or_below_all_cuts_nothing() -> None:
    assert cut_lines(COUNTS, 8, [Tie(2, (1, 2)), Tie(4, (3, 4, 5)), Tie(7, (7, 8))], ALIKE) == ()


def test_a_level_of_no_awards_has_no_line_of_its_own() -> None:
    levels = (Level("一等奖", 1), Level("特别奖", percent_milli=1000))
    assert cut_lines(levels, 10, [Tie(1, (1, 2))], ALIKE) == (CutLine("一等奖", 1, (1, 2)),)
