"""The period of a notice (公示期): so many working days, counted without the day on which it goes up.

Civil Code of China, Article 201: where a period is counted in days, the day on which it begins is not counted in;
it runs from the next day on. Which days are working days is for the caller to say.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

IsWorkday = Callable[[date], bool]
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Period:
    """From the first day to the last, both in it."""

    starts: date
    ends: date


def period_after(published: date, days: int, is_workday: IsWorkday) -> Period:
    """So many working days (at least one) after the day of publication."""
    first = last_day(published + _DAY, 1, is_workday)
    return Period(first, last_day(first, days, is_workday))


def last_day(first: date, days: int, is_workday: IsWorkday) -> date:
    """The day on which a period of so many working days (at least one) ends that begins on `first`."""
    day = first
    left = max(1, days) - is_workday(day)
    while left:
        day += _DAY
        left -= is_workday(day)
    return day


def count_workdays(period: Period, is_workday: IsWorkday) -> int:
    """How many working days a period has."""
    return sum(is_workday(period.starts + _DAY * number) for number in range((period.ends - period.starts).days + 1))
