from datetime import date

from data.work_calendar import is_workday, unknown_years


def test_china_works_and_rests_as_the_state_council_says() -> None:
    assert not is_workday(date(2023, 9, 29)), "Mid-autumn Festival, a Friday"
    assert is_workday(date(2023, 10, 7)), "a Saturday worked in exchange"
    assert is_workday(date(2023, 11, 20))
    assert not is_workday(date(2023, 11, 19))


def test_in_a_year_that_is_not_known_the_weekends_alone_are_off() -> None:
    assert is_workday(date(2120, 10, 1)) == (date(2120, 10, 1).weekday() < 5)
    assert not is_workday(date(2120, 10, 5)), "a Saturday"
    assert unknown_years(date(2023, 12, 29), date(2024, 1, 5)) == ()
    assert unknown_years(date(2119, 12, 29), date(2120, 1, 5)) == (2119, 2120)
