"""The notice is noted as published, for the days that the committee chose."""

from datetime import date

import pytest

from data.actions import notices, operators
from data.errors import InvalidInput, NotAllowed, NotFound
from data.queries import notice
from data.queries.notice import Shown
from data.queries.results import frozen
from data.rules.workdays import Period
from data.store import Store
from tests.data import ending
from tests.data.contest import mark_everyone, set_up

STARTS, ENDS = date(2023, 11, 20), date(2023, 11, 24)


@pytest.fixture
def final(store: Store) -> Store:
    mark_everyone(store, set_up(store))
    ending.finalise(store, "裁判长")
    return store


def test_the_days_are_proposed_then_noted_then_changed(finished: Store) -> None:
    found = notice.proposal(finished, 1)
    assert (found.days, found.published) == (5, None)
    assert found.period == Period(STARTS, ENDS), "the clock of the test says Saturday, 18 November 2023"
    notices.publish(finished, "秘书", 1, STARTS, ENDS)
    notices.publish(finished, "秘书", 1, STARTS, ENDS)
    assert [(one.version, one.starts, one.ends, one.actor) for one in notice.published(finished)] == [
        (1, STARTS, ENDS, "秘书")
    ]
    notices.publish(finished, "秘书", 1, STARTS, date(2023, 11, 27))
    assert notice.proposal(finished, 1).period.ends == date(2023, 11, 27)
    assert len(notice.published(finished)) == 2


def test_a_notice_needs_its_version_and_days_in_order(final: Store) -> None:
    with pytest.raises(NotFound, match="no result version 2"):
        notices.publish(final, "秘书", 2, STARTS, ENDS)
    with pytest.raises(InvalidInput, match="end before it begins"):
        notices.publish(final, "秘书", 1, ENDS, STARTS)
    assert notice.published(final) == ()


def test_where_people_sign_in_a_stranger_publishes_nothing(final: Store) -> None:
    operators.add(final, "管理员", "李敏", "2468")
    with pytest.raises(NotAllowed):
        notices.publish(final, "过客", 1, STARTS, ENDS)
    assert notice.published(final) == ()


def test_working_days_are_counted_for_the_dialog(final: Store) -> None:
    assert notice.workdays_in(Period(STARTS, ENDS)) == (5, ())
    assert notice.workdays_in(Period(date(2120, 1, 1), date(2120, 1, 7))) == (5, (2120,))


def test_a_division_without_a_line_has_no_table(final: Store) -> None:
    content = frozen(final)
    assert [table.title for table in notice.notice_tables(content, Shown())] == ["全县·护理组", "全县·护理团体"]
    bare = notice.notice_tables(content, Shown(awarded_only=True))
    assert [len(table.lines) for table in bare] == [3, 1]
