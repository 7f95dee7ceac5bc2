"""The results page over a store, and a small contest that is ready for it."""

from collections.abc import Callable

import pytest

from data.store import Store
from tests.data import contest
from tests.ui.pages.results.driving import read
from ui.pages.results import ResultsPage


@pytest.fixture
def show(qtbot, make_desk) -> Callable[..., ResultsPage]:
    """`show(store, target)` opens the page over a store, at the target if there is one, and waits until it has read."""
    pages = []  # held here as the window does: a dialog must not be the last one that knows its page

    def made(store: Store, target: str | None = None) -> ResultsPage:
        page = ResultsPage(make_desk(store))
        pages.append(page)
        qtbot.addWidget(page)
        page.resize(1088, 630)
        page.show_target(target)
        page.show()
        read(qtbot, page)
        return page

    return made


@pytest.fixture
def ready(store: Store) -> list[int]:
    """A small contest, all marks in, no tie; its visits."""
    visits = contest.set_up(store)
    contest.mark_everyone(store, visits)
    return visits
