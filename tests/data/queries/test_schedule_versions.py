"""The numbered versions of the timetable."""

import pytest

from data.actions import schedule
from data.queries import schedule as queries
from data.queries import schedule_draft as drafts
from data.queries.schedule_versions import cause_title, versions


@pytest.fixture
def moved(scheduled):
    """A timetable with one visit moved by hand."""
    problem = queries.problem(scheduled)
    draft = drafts.of_timetable(problem, 1)
    last = max(draft.slots, key=lambda slot: slot.ends)
    later = drafts.move(draft, drafts.key(last), last.lane, last.starts + 1)
    schedule.save_timetable(
        scheduled,
        "王芳",
        drafts.solution(later, 1074),
        "设备晚到",
        pinned={drafts.key(last)},
        cause="moved",
        on_number=1,
    )
    return scheduled


def test_the_newest_comes_first_with_who_and_why(moved):
    newest, first = versions(moved)
    assert (newest.number, newest.cause, newest.actor, newest.reason) == (2, "moved", "王芳", "设备晚到")
    assert newest.finish_minute == first.finish_minute + 1
    assert (first.number, first.cause, first.reason) == (1, "plan", "")
    assert newest.made_at >= first.made_at


def test_reasons_are_sealed_with_the_names(moved, monkeypatch):
    monkeypatch.setattr("data.queries.sealing.names_sealed", lambda: True)
    assert [version.reason for version in versions(moved)] == ["(sealed)", ""]


def test_an_event_without_a_timetable_has_no_versions(store):
    assert versions(store) == []


def test_every_cause_has_a_word():
    assert len({cause_title(cause) for cause in schedule.CAUSES}) == len(schedule.CAUSES)
    assert cause_title("new") == "new"
