"""One rule for items, lanes and seats, checked by trying all assignments of small cases."""

from collections import Counter
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.rules.draw_match import FULL, HAS, LATER, RECUSAL, CannotServe, Pair, share_out, take_first


def all_assignments(pairs: list[Pair], seats: bool) -> list[dict]:
    """Every way to serve everyone."""
    people = sorted({pair.who for pair in pairs})
    places = {pair.place for pair in pairs}
    open_ = {who: [pair.place for pair in pairs if pair.who == who and not pair.closed] for who in people}
    low, high = (0, 1) if seats else (len(people) // len(places), -(-len(people) // len(places)))
    found = []
    for chosen in product(*(open_[who] for who in people)):
        loads = Counter(chosen)
        if all(low <= loads[place] <= high for place in places):
            found.append(dict(zip(people, chosen, strict=True)))
    return found


@st.composite
def pair_lists(draw, people=5, places=4):
    count, width = draw(st.integers(1, people)), draw(st.integers(1, places))
    pairs = [Pair(f"p{who}", place, draw(st.booleans())) for who in range(count) for place in range(width)]
    return draw(st.permutations(pairs))


@given(pair_lists(), st.booleans())
def test_a_pair_is_taken_when_all_others_can_still_be_served(pairs, seats):
    left = all_assignments(pairs, seats)
    if not left:
        with pytest.raises(CannotServe) as caught:
            share_out(pairs, seats=seats)
        assert len(caught.value.who) > caught.value.room
        for pair in pairs:
            if pair.who in caught.value.who and not pair.closed:
                assert pair.place in caught.value.places
        return
    has = {}
    for pair, fate in zip(pairs, share_out(pairs, seats=seats), strict=True):
        if pair.who in has:
            assert fate == HAS
        elif pair.closed:
            assert fate == RECUSAL
        else:
            with_it = [assignment for assignment in left if assignment[pair.who] == pair.place]
            assert (fate == "") == bool(with_it)
            assert fate in ("", FULL, LATER)
            if with_it:
                left, has[pair.who] = with_it, pair.place
    assert left == [has]


@given(pair_lists(people=12, places=5))
def test_loads_differ_by_one_at_most(pairs):
    try:
        fates = share_out(pairs)
    except CannotServe:
        return
    loads = Counter(pair.place for pair, fate in zip(pairs, fates, strict=True) if not fate)
    counts = [loads[place] for place in {pair.place for pair in pairs}]
    assert max(counts) - min(counts) <= 1
    assert not any(pair.closed for pair, fate in zip(pairs, fates, strict=True) if not fate)


def test_the_reasons():
    pairs = [Pair("a", 1), Pair("b", 1), Pair("a", 2), Pair("b", 2)]
    assert share_out(pairs) == ["", FULL, HAS, ""]
    assert share_out([Pair("a", 1), Pair("b", 1), Pair("b", 2, closed=True), Pair("a", 2)]) == [LATER, "", HAS, ""]
    assert share_out([Pair("a", 1, closed=True), Pair("a", 2)], seats=True) == [RECUSAL, ""]


def test_an_extra_moves_to_the_lane_that_needs_it():
    # Three on two lanes: whoever takes the second of a lane takes the only extra.
    pairs = [Pair("a", 1), Pair("b", 1), Pair("c", 1), Pair("a", 2), Pair("b", 2), Pair("c", 2)]
    assert share_out(pairs) == ["", "", FULL, HAS, HAS, ""]
    pairs = [Pair("a", 1), Pair("b", 1), Pair("c", 1, closed=True), Pair("c", 2), Pair("a", 2), Pair("b", 2)]
    assert share_out(pairs) == ["", "", RECUSAL, "", HAS, HAS]


def test_who_cannot_be_served_is_named_with_the_places():
    pairs = [Pair(who, place, closed=place == 2) for who in "abc" for place in (1, 2)]
    with pytest.raises(CannotServe) as caught:
        share_out(pairs)
    assert (caught.value.who, caught.value.places, caught.value.room) == (("a", "b", "c"), (1,), 2)
    with pytest.raises(CannotServe) as caught:
        share_out([Pair("a", 1, closed=True), Pair("b", 1)])
    assert (caught.value.who, caught.value.places) == (("a",), ())


def test_nothing_to_share():
    assert share_out([]) == []
    assert take_first([], {}) == []


def test_without_limits_everyone_takes_the_first_open_places():
    pairs = [Pair("a", 1), Pair("b", 1, closed=True), Pair("a", 2), Pair("b", 2), Pair("a", 3), Pair("b", 3)]
    assert take_first(pairs, {"a": 2, "b": 1}) == ["", RECUSAL, "", "", HAS, HAS]
    with pytest.raises(CannotServe) as caught:
        take_first(pairs, {"a": 2, "b": 3})
    assert (caught.value.who, caught.value.places, caught.value.room) == (("b",), (2, 3), 2)


def test_an_extra_moves_on_when_that_is_the_only_way():
    # Four on three lanes: the last pair fits only when another lane gives up the one that it has more.
    closed = {("d", 2), ("a", 3), ("c", 2)}
    walk = ["d1", "c3", "c1", "a1", "d3", "b2", "d2", "a2", "b3", "a3", "c2", "b1"]
    pairs = [Pair(text[0], int(text[1]), (text[0], int(text[1])) in closed) for text in walk]
    taken = {text for text, fate in zip(walk, share_out(pairs), strict=True) if not fate}
    assert taken == {"d1", "c3", "a1", "b2"}
