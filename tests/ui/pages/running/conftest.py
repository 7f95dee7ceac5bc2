"""A day of eight entrants at three stations of two lanes, and its page."""

import pytest

from data.store import Store
from tests.data.floor import Clock, set_up
from ui.pages.running import RunningPage


@pytest.fixture
def floor(store: Store) -> Clock:
    """Eight entrants at three stations of two lanes."""
    return set_up(store, 8, 3, 2)


@pytest.fixture
def page(show_page, store: Store, floor: Clock, qtbot) -> RunningPage:
    shown = show_page(RunningPage, store)
    qtbot.waitUntil(lambda: not shown.is_busy)
    return shown
