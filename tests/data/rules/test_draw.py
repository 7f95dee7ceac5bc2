"""Draws by RFC 3797: its worked example, the key, quotas, history, numbers."""

import hashlib
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.rules import draw
from data.rules.draw import PAST, SEEDED, PoolId

RFC_KEY = "9319./2.5.8.10.12./9.18.26.34.41.45./"
RFC_SELECTION = [17, 7, 2, 16, 25, 23, 8, 24, 19, 13]


def test_worked_example_of_rfc_3797_section_6():
    assert [place + 1 for place in draw.drawing_order(RFC_KEY, 25)][:10] == RFC_SELECTION


def test_key_of_the_worked_example():
    assert draw.canonical_key(["9319", "2 5 12 8 10", "9 18 26 34 41 45"]) == RFC_KEY


@pytest.mark.parametrize(
    ("part", "key"),
    [
        ("08 15 22 31 33 06", "6.8.15.22.31.33./"),
        ("8,15，22、31;33；6", "6.8.15.22.31.33./"),
        ("６．８．15.", "6.8.15./"),
        ("0", "0./"),
        ("10 9 10", "9.10.10./"),
        ("  高安 ", "高安/"),
        ("7 号", "7 号/"),
        ("e\u0301te", "\u00e9te/"),
        ("²", "²/"),
        ("...", ".../"),
        ("42", "42./"),
        ("  007 ", "7./"),
        ("000 00 0", "0.0.0./"),
        ("3.14", "3.14./"),
        ("10, 2, 33, 1", "1.2.10.33./"),
        ("٣ 12", "3.12./"),
        ("-5 3", "-5 3/"),
        ("1e5", "1e5/"),
        ("00 " + "9" * 5000 + " 10", "0.10." + "9" * 5000 + "./"),
    ],
)
def test_a_part_of_numbers_is_sorted_and_a_text_part_stands(part, key):
    text = draw.canonical_part(part)
    assert text == key


@given(st.lists(st.integers(0, 10**12), min_size=1, max_size=8), st.data())
def test_numbers_typed_in_public_give_one_key_however_they_are_typed(numbers, data):
    """RFC 3797 section 4: ascending, no leading zeros, each followed by a period, the part closed by a slash."""
    typed = data.draw(st.permutations(numbers))
    between = st.sampled_from([" ", ",", "，", "、", "; ", "\t", " . "])
    text = "".join("0" * data.draw(st.integers(0, 2)) + str(number) + data.draw(between) for number in typed)
    if data.draw(st.booleans()):
        text = text.translate({ord("0") + digit: ord("０") + digit for digit in range(10)})
    assert draw.canonical_part(text) == "".join(f"{number}." for number in sorted(numbers)) + "/"


@pytest.mark.parametrize(
    ("parts", "code", "part"),
    [(["1"], "parts", 0), ([], "parts", 0), (["1", " "], "empty", 2), (["a/b", "c"], "slash", 1)],
)
def test_a_seed_that_cannot_be_used(parts, code, part):
    with pytest.raises(draw.SeedProblem) as caught:
        draw.canonical_key(parts)
    assert (caught.value.code, caught.value.part) == (code, part)


def test_hash_is_of_numbered_lines():
    assert draw.pool_sha256(["1H-01-0001", "甲"]) == hashlib.sha256("1\t1H-01-0001\n2\t甲\n".encode()).hexdigest()


@given(st.text(min_size=1), st.integers(0, 300))
def test_order_is_what_the_rfc_does_with_a_plain_list(key, size):
    pool = list(range(size))
    expected = []
    for step in range(size):
        ends = bytes([step >> 8, step & 255])
        number = int(hashlib.md5(ends + key.encode() + ends).hexdigest(), 16)
        expected.append(pool.pop(number % len(pool)))
    assert draw.drawing_order(key, size) == expected


def test_order_of_the_largest_pool_is_a_permutation_and_a_larger_one_is_refused():
    assert sorted(draw.drawing_order("a/b/", draw.MAX_POOL)) == list(range(draw.MAX_POOL))
    with pytest.raises(draw.PoolTooLarge):
        draw.drawing_order("a/b/", draw.MAX_POOL + 1)


@pytest.mark.parametrize("division", ["1H", "A-B", "医疗-12"])
@pytest.mark.parametrize("mark", ["", SEEDED, PAST])
def test_printed_id_reads_back(division, mark):
    entry = PoolId(division, 3, 12345, mark)
    assert draw.parse_pool_id(str(entry)) == entry


@pytest.mark.parametrize(
    "text", ["", "1H", "1H-01", "1H-01-0001X", "-01-0001", "1H-1-0001", "1H-01-00001", "1H-01-" + "9" * 9000]
)
def test_not_a_printed_id(text):
    with pytest.raises(draw.BadPoolId):
        draw.parse_pool_id(text)


def ids(*texts: str) -> list[PoolId]:
    return [draw.parse_pool_id(text) for text in texts]


def test_walk_takes_in_order_and_passes_over_whose_unit_is_full():
    pool = ids("A-01-0001", "A-01-0002", "A-02-0003", "A-02-0004")
    selection = draw.select(pool, [1, 2, 0, 3], {"A": 1})
    assert selection.taken == (pool[1], pool[2])
    assert [(row.id, row.why) for row in selection.passed_over] == [(pool[0], "quota"), (pool[3], "quota")]


def test_history_waits_while_others_of_the_unit_and_division_remain():
    pool = ids("A-01-0001H", "A-01-0002", "A-01-0003H")
    selection = draw.select(pool, [0, 2, 1], {"A": 2})
    assert selection.taken == (pool[1], pool[0])
    assert [(row.id, row.why) for row in selection.passed_over] == [(pool[2], "history")]


def test_seeded_compete_without_a_draw_and_take_quota_first():
    pool = ids("A-01-0001", "A-01-0002S", "A-01-0003")
    selection = draw.select(pool, [2, 0, 1], {"A": 2})
    assert selection.taken == (pool[1], pool[2])
    assert [row.id for row in selection.passed_over] == [pool[0]]


def test_reserves_stand_behind_in_the_same_preference_order():
    pool = ids("A-01-0001H", "A-01-0002", "A-01-0003", "A-01-0004", "A-02-0005", "A-01-0006H")
    selection = draw.select(pool, [0, 3, 5, 2, 1, 4], {"A": 1}, 3)
    assert selection.taken == (pool[3], pool[4])
    assert [(row.id, row.n) for row in selection.reserves] == [(pool[2], 1), (pool[1], 2), (pool[0], 3)]
    assert [(row.id, row.why) for row in selection.passed_over] == [(pool[5], "quota")]


def test_units_that_seed_more_than_their_quota():
    pool = ids("A-01-0001S", "A-01-0002S", "A-02-0003S", "B-01-0004S")
    assert draw.seeded_above_quota(pool, {"A": 1, "B": 1}) == [("A", 1)]


MARKS = st.sampled_from(["", "", PAST, SEEDED])
POOLS = st.lists(st.tuples(st.sampled_from("AB"), st.integers(1, 3), MARKS), max_size=40).map(
    lambda rows: [PoolId(division, unit, serial, mark) for serial, (division, unit, mark) in enumerate(rows)]
)


@given(POOLS, st.integers(0, 4), st.integers(0, 4), st.integers(0, 3), st.text(min_size=1))
def test_selection_fills_quotas_and_spares_those_with_history(pool, quota_a, quota_b, reserves, key):
    quotas = {"A": quota_a, "B": quota_b}
    order = draw.drawing_order(key, len(pool))
    selection = draw.select(pool, order, quotas, reserves)
    taken = set(selection.taken)
    passed = {row.id for row in selection.passed_over}
    behind = {row.id for row in selection.reserves}
    assert sorted(map(str, (*taken, *passed, *behind))) == sorted(map(str, pool))
    assert selection.taken == draw.select(pool, order, quotas).taken
    for division, unit in {entry.group for entry in pool}:
        group = [entry for entry in pool if entry.group == (division, unit)]
        seeded = sum(entry.mark == SEEDED for entry in group)
        chosen = [entry for entry in group if entry in taken]
        assert len(chosen) == max(seeded, min(quotas[division], len(group)))
        if any(entry.mark == PAST for entry in chosen):
            assert all(entry.mark == PAST for entry in group if entry not in taken)
        ready = [row for row in selection.reserves if row.id in group]
        assert [row.n for row in ready] == list(range(1, min(reserves, len(group) - len(chosen)) + 1))
        marks = [row.id.mark for row in ready]
        assert marks == sorted(marks)
        if PAST in marks:
            assert all(entry.mark == PAST for entry in group if entry in passed)


def test_numbers_count_within_the_division_in_the_order_drawn():
    pool = ids("A-01-0001", "A-02-0002", "B-01-0001")
    numbered = draw.number(pool, [2, 1, 0])
    assert [(row.id, row.number, row.place) for row in numbered] == [
        (pool[2], "B-01", 1),
        (pool[1], "A-01", 1),
        (pool[0], "A-02", 2),
    ]


def test_numbers_of_a_large_division_have_as_many_digits_as_needed():
    pool = [PoolId("A", 1, serial) for serial in range(100)]
    numbers = Counter(len(row.number) for row in draw.number(pool, range(100)))
    assert numbers == {len("A-001"): 100}
