"""Which days are working days in China: holidays and the weekends worked in exchange, as the State Council sets them.

The State Council announces a year's holidays in the November before. Of a year that the library does not know yet,
every Monday to Friday counts as a working day, and whoever asks is told (`unknown_years`).
"""

from datetime import date

import chinese_calendar

_SATURDAY = 5


def is_workday(day: date) -> bool:
    """Whether people work on this day; by the day of the week alone in an unknown year."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < _SATURDAY


def unknown_years(first: date, last: date) -> tuple[int, ...]:
    """The years between two days whose holidays are not known."""
    return tuple(year for year in range(first.year, last.year + 1) if not _is_known(year))


def _is_known(year: int) -> bool:
    try:
        chinese_calendar.is_workday(date(year, 1, 1))
    except NotImplementedError:
        return False
    return True
