"""Every one of the staff, and every lane, is drawn equally often over many seeds."""

from collections import Counter
from collections.abc import Sequence
from math import exp, lgamma, log

import pytest

from data.rules import draw
from data.rules.draw import PoolId
from data.rules.draw_ids import LaneId
from data.rules.draw_outcome import LANES, outcome

SEEDS = 20_000
STAFF = 40
PLACES = 4
LEAST = 0.001


def chi_square_p(statistic: float, freedom: int) -> float:
    """How likely a chi-square of at least this is: the upper regularised gamma function by its series."""
    a, x = freedom / 2, statistic / 2
    term = total = 1 / a
    n = a
    while term > total * 1e-15:
        n += 1
        term *= x / n
        total += term
    return 1 - total * exp(a * log(x) - x - lgamma(a))


def evenness(counts: Sequence[int], draws: int, share: float) -> float:
    """How likely counts as uneven as these are when each is drawn with this share, without replacement."""
    spread = draws * share * (1 - share) * len(counts) / (len(counts) - 1)
    return chi_square_p(sum((count - draws * share) ** 2 for count in counts) / spread, len(counts) - 1)


def key_of(seed: int) -> str:
    return draw.canonical_key([str(seed), "高安"])


@pytest.mark.parametrize(("statistic", "freedom", "p"), [(72.055, 39, 0.001), (3.841, 1, 0.05), (18.307, 10, 0.05)])
def test_the_test_itself_gives_the_values_of_the_tables(statistic, freedom, p):
    assert chi_square_p(statistic, freedom) == pytest.approx(p, rel=1e-3)


def test_the_test_itself_finds_what_is_uneven():
    assert evenness([1990] * 39 + [2390], SEEDS, 0.1) < LEAST


@pytest.mark.slow
def test_each_of_40_staff_is_selected_equally_often_over_20_000_seeds():
    pool = [PoolId("1H", 1, serial) for serial in range(1, STAFF + 1)]
    taken: Counter[PoolId] = Counter()
    first: Counter[PoolId] = Counter()
    for seed in range(SEEDS):
        selection = draw.select(pool, draw.drawing_order(key_of(seed), STAFF), {"1H": PLACES})
        taken.update(selection.taken)
        first[selection.taken[0]] += 1
    assert sum(taken.values()) == SEEDS * PLACES
    assert evenness([taken[entry] for entry in pool], SEEDS, PLACES / STAFF) > LEAST
    assert evenness([first[entry] for entry in pool], SEEDS, 1 / STAFF) > LEAST


@pytest.mark.slow
def test_each_lane_is_given_equally_often_to_everyone():
    people, lanes, seeds = 7, 3, 4000
    ids = [str(LaneId("CPR", f"1H-{n:02}", lane)) for n in range(1, people + 1) for lane in range(1, lanes + 1)]
    given: Counter[tuple[str, int]] = Counter()
    for seed in range(seeds):
        _passed_over, result = outcome(LANES, ids, draw.drawing_order(key_of(seed), len(ids)), {"equal": True}, {})
        given.update((entry["who"], entry["lane"]) for entry in result)
    for number in {who for who, _lane in given}:
        counts = [given[number, lane] for lane in range(1, lanes + 1)]
        assert sum(counts) == seeds
        assert evenness(counts, seeds, 1 / lanes) > LEAST
