"""The standings as they are now: a change at a time, and a large event that has to be read in a worker thread."""

import pytest

from data import models
from data.actions import marks
from data.queries import leaderboard
from data.queries.live_standings import LiveStandings
from tests.data.contest import mark_everyone, set_up
from ui import standings_keeper
from ui.projector.show import Show
from ui.projector.slides import BoardSlide, TitleSlide
from ui.standings_keeper import StandingsKeeper


@pytest.fixture
def visits(store) -> list[int]:
    made = set_up(store)
    mark_everyone(store, made)
    return made


@pytest.fixture
def large(make_desk, store, visits, monkeypatch):
    """The desk of an event that counts as large."""
    monkeypatch.setattr(standings_keeper, "_MANY", -1)
    return make_desk(store)


def correct(store, visit: int) -> None:
    for seat in (1, 2):
        marks.hand_in(store, "录分", visit, seat, {}, total_milli=99_000, reason="更正")


def change_plan(store) -> None:
    with store.write("秘书处", "test.plan") as writing:
        writing.update(models.Division.get(models.Division.code == "N"), tie_rule="用时")


def test_a_small_event_is_read_at_once_whatever_changed(make_desk, store, visits):
    keeper = make_desk(store).standings
    for change in (lambda: correct(store, visits[3]), lambda: change_plan(store)):
        change()
        assert keeper.is_current()
        assert keeper.standings("N") == leaderboard.standings(store, "N")


def test_a_large_event_is_read_in_a_worker_and_then_takes_in_marks_at_once(qtbot, large, visits):
    keeper = large.standings
    assert not keeper.is_current()
    assert not keeper.is_current()  # it is being read already
    qtbot.waitSignal(keeper.renewed).wait()
    correct(large.store, visits[3])
    assert keeper.is_current()
    assert keeper.standings("N") == leaderboard.standings(large.store, "N")
    assert not large.tasks.running


def test_after_a_failure_it_is_read_when_it_is_asked_for_again(qtbot, large, monkeypatch):
    def fail(_self) -> None:
        raise leaderboard.NotFound("gone")

    keeper = StandingsKeeper(large.store, large.tasks, large)
    with monkeypatch.context() as patched:
        patched.setattr(LiveStandings, "read", fail)
        assert not keeper.is_current()
        qtbot.waitUntil(lambda: not large.tasks.running)
    assert not keeper.is_current()
    qtbot.waitSignal(keeper.renewed).wait()
    assert keeper.is_current()


def test_the_hall_sees_the_title_until_a_large_event_is_read(qtbot, large, visits):
    show = Show(large, large)
    show.release(["N"])
    assert isinstance(show.slide, TitleSlide)
    show.next_page()
    with qtbot.waitSignal(show.slide_changed):
        pass
    assert isinstance(show.slide, BoardSlide)
    correct(large.store, visits[3])
    qtbot.waitUntil(lambda: show.slide.rows[0].total == "93.30")
    change_plan(large.store)
    with qtbot.waitSignal(large.standings.renewed):
        pass
    assert show.slide.rows[0].total == "93.30"
