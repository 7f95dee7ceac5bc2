"""What a page reads beside the window, of a large event."""

import threading

import pytest

from data.errors import FileProblem
from data.store import Store
from tests.data.samples import add_unit, unit_names
from ui import aside
from ui.aside import Aside
from ui.pages.home import HomePage
from ui.pages.print import PrintPage
from ui.widgets.entry.station_card import StationCard
from ui.widgets.running.next_visits import NextVisits


class Shown:
    def __init__(self) -> None:
        self.names: list[list[str]] = []
        self.errors: list[str] = []

    def show(self, names: list[str]) -> None:
        self.names.append(names)

    def fail(self, error: FileProblem) -> None:
        self.errors.append(error.what)


@pytest.fixture
def large(monkeypatch) -> None:
    monkeypatch.setattr(aside, "_MANY", -1)


def test_of_a_small_event_it_is_read_at_once(desk):
    shown = Shown()
    add_unit(desk.store, "一院")
    Aside(desk, unit_names, shown.show, shown.fail, desk).ask()
    assert shown.names == [["一院"]]


def test_what_happens_meanwhile_is_read_too(qtbot, desk, large):
    shown = Shown()
    add_unit(desk.store, "一院")
    reading = Aside(desk, unit_names, shown.show, shown.fail, desk)
    reading.ask()
    assert shown.names == []
    add_unit(desk.store, "二院")
    reading.ask()
    reading.ask()
    qtbot.waitUntil(lambda: bool(shown.names))
    assert shown.names == [["一院", "二院"]]
    assert not desk.tasks.running


def test_an_error_is_told_and_it_can_be_asked_again(qtbot, desk, large):
    shown = Shown()
    answers = [True, False]

    def read(store: Store) -> list[str]:
        if answers.pop(0):
            raise FileProblem("gone")
        return unit_names(store)

    reading = Aside(desk, read, shown.show, shown.fail, desk)
    reading.ask()
    qtbot.waitUntil(lambda: shown.errors == ["gone"])
    reading.ask()
    qtbot.waitUntil(lambda: shown.names == [[]])


def test_a_page_that_is_gone_is_told_nothing(qtbot, desk, large):
    shown = Shown()
    gone = threading.Event()

    def read(store: Store) -> list[str]:
        gone.wait()
        return unit_names(store)

    reading = Aside(desk, read, shown.show, shown.fail, desk)
    reading.ask()
    with qtbot.waitSignal(reading.destroyed):
        reading.deleteLater()
    gone.set()
    qtbot.waitUntil(lambda: not desk.tasks.running)
    assert shown.names == []


def test_home_shows_the_day_of_a_large_event_when_it_is_read(qtbot, nursing_scheduled, make_desk, large):
    page = HomePage(make_desk(nursing_scheduled))
    qtbot.addWidget(page)
    page.show()
    assert not page.findChildren(StationCard)
    qtbot.waitUntil(lambda: bool(page.findChildren(StationCard)))
    assert page.findChild(NextVisits).isVisible()


def test_print_shows_the_papers_of_a_large_event_when_they_are_known(qtbot, nursing_scheduled, make_desk, large):
    page = PrintPage(make_desk(nursing_scheduled))
    qtbot.addWidget(page)
    page.show()
    page.show_target(("running_lists", True))
    assert page.kind == "running_lists"
    qtbot.waitUntil(lambda: page._prepared is not None)
    assert "\n" in page.list.item(0).text()
    assert not page.changed_only.isChecked()
