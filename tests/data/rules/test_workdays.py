"""The period of a notice, with a calendar made up for the test."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from data.rules.workdays import Period, count_workdays, last_day, period_after

NATIONAL_DAY = {date(2023, 10, day) for day in range(1, 7)} | {date(2023, 9, 29), date(2023, 9, 30)}
WORKED = {date(2023, 10, 7), date(2023, 10, 8)}


def is_workday(day: date) -> bool:
    return day in WORKED or (day.weekday() < 5 and day not in NATIONAL_DAY)


def test_the_day_of_publication_is_not_counted() -> None:
    """Gao'an, 18 November 2023, a Saturday: five working days are Monday to Friday."""
    period = period_after(date(2023, 11, 18), 5, is_workday)
    assert period == Period(date(2023, 11, 20), date(2023, 11, 24))
    assert period_after(date(2023, 11, 20), 5, is_workday) == Period(date(2023, 11, 21), date(2023, 11, 27))


def test_a_period_goes_around_the_national_day_and_over_the_weekend_that_is_worked() -> None:
    period = period_after(date(2023, 9, 27), 5, is_workday)
    assert period == Period(date(2023, 9, 28), date(2023, 10, 10))
    assert count_workdays(period, is_workday) == 5


def test_a_period_that_begins_on_a_day_off_counts_from_the_next_working_day() -> None:
    assert last_day(date(2023, 10, 1), 1, is_workday) == date(2023, 10, 7)


def test_there_is_at_least_one_day() -> None:
    assert last_day(date(2023, 11, 20), 0, is_workday) == date(2023, 11, 20)


@given(st.dates(date(2023, 1, 1), date(2023, 12, 1)), st.integers(1, 20))
def test_a_period_has_its_days_and_ends_on_one_of_them(published: date, days: int) -> None:
    period = period_after(published, days, is_workday)
    assert count_workdays(period, is_workday) == days
    assert is_workday(period.starts)
    assert is_workday(period.ends)
    assert not any(is_workday(published + timedelta(n)) for n in range(1, (period.starts - published).days))
