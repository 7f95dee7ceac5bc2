from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.rules.decimals import NumberProblem, clock, half_up, read_milli, show_milli, unrounded


@pytest.mark.parametrize(
    ("text", "milli"),
    [
        ("7.5", 7500),
        ("0", 0),
        ("７．５", 7500),
        ("7。5", 7500),
        (" 8 ", 8000),
        (".25", 250),
        ("8.", 8000),
        ("−3", -3000),
        ("-.5", -500),
        ("1.2500", 1250),
    ],
)
def test_what_people_type_is_read(text: str, milli: int) -> None:
    assert read_milli(text) == milli


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "empty"), ("1,25", "comma"), ("1，25", "comma"), ("1、5", "comma"), ("1.0005", "precise"), ("优", "number"),
     ("1e3", "number"), ("１２分", "number"), ("٣", "number"), (".", "number")],
)  # fmt: skip
def test_what_is_no_number_is_refused_with_the_reason(text: str, code: str) -> None:
    with pytest.raises(NumberProblem) as caught:
        read_milli(text)
    assert caught.value.code == code


@given(st.integers(-(10**9), 10**9))
def test_shown_points_are_read_back_to_the_thousandth(milli: int) -> None:
    assert read_milli(show_milli(milli)) == milli


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (Fraction(92125, 1000), 2, "92.13"),
        (Fraction(92124, 1000), 2, "92.12"),
        (Fraction(5, 2), 0, "3"),
        (Fraction(-5, 2), 0, "-3"),
        (Fraction(-1, 1000), 2, "0.00"),
        (Fraction(2, 3), 3, "0.667"),
    ],
)
def test_halves_go_up(value: Fraction, decimals: int, text: str) -> None:
    assert half_up(value, decimals) == text


def test_a_value_is_shown_unrounded_as_far_as_it_has_an_end() -> None:
    assert unrounded(Fraction(9212345, 100000)) == "92.12345"
    assert unrounded(Fraction(100)) == "100"
    assert unrounded(Fraction(2, 3)) == "0.666666666667"


def test_a_minute_of_the_day_reads_like_a_clock() -> None:
    assert [clock(minute) for minute in (0, 8 * 60 + 5, 17 * 60 + 54)] == ["00:00", "08:05", "17:54"]
