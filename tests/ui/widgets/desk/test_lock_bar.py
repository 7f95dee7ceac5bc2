"""Stations are locked where their sheets are typed; divisions where their standings are."""

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from data import models
from data.actions import locks, operators
from data.queries import locks as queries
from data.store import Store
from tests.data.contest import mark_everyone, set_up
from ui.desk import Desk
from ui.error_dialog import ErrorDialog
from ui.pages.page import Page
from ui.pages.score_entry import ScoreEntryPage
from ui.question import Question
from ui.widgets.desk.chief_dialog import ChiefDialog
from ui.widgets.desk.lock_bar import LockBar


class Plain(Page):
    """A page with a bar on it."""

    key = "plain"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.bar = LockBar(self)
        self.quiet = LockBar(self, offers_locking=False)
        self.body.addWidget(self.bar)
        self.body.addWidget(self.quiet)

    def title(self) -> str:
        return "Plain"

    def purpose(self) -> str:
        return ""


@pytest.fixture
def marked_store(store: Store) -> Store:
    mark_everyone(store, set_up(store))
    return store


@pytest.fixture
def bar(marked_store: Store, show_page) -> LockBar:
    return show_page(Plain, marked_store).bar


def held(store: Store) -> list[str]:
    return [row.title for row in queries.locks(store) if row.holds]


def errors() -> list[ErrorDialog]:
    return [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, ErrorDialog)]


def state(bar: LockBar) -> str:
    return bar.findChild(QLabel, "lockState").text() if bar.isVisible() else ""


def agree(bar: LockBar, reason: str = "抄错") -> None:
    dialog = bar.findChild(ChiefDialog)
    dialog.reason.setText(reason)
    dialog.pin.setText("2023")
    dialog.yes.click()


def test_a_station_is_locked_and_reopened(bar: LockBar, marked_store: Store, qtbot):
    operators.add(marked_store, "秘书处", "王建国", "2023", chief=True)
    bar.show_station("S1", "静脉输液")
    assert bar.reopen_button.isHidden()
    bar.lock_button.click()
    bar.findChild(Question).yes.click()
    qtbot.waitUntil(lambda: state(bar) == "✓ Locked")
    assert held(marked_store) == ["静脉输液"]
    assert "Locked by 李敏 at" in bar.findChild(QLabel, "lockState").toolTip()
    bar.reopen_button.click()
    agree(bar)
    assert held(marked_store) == []
    assert not bar.lock_button.isHidden()


def test_what_keeps_a_division_open_is_told(bar: LockBar, marked_store: Store, qtbot):
    with marked_store.write("tester", "test.lose_sheet") as writing:
        writing.delete(models.Mark.get())
    bar.show_division("N")
    bar.ask_lock()
    bar.findChild(Question).yes.click()
    qtbot.waitUntil(lambda: bool(errors()))
    assert "marks of 1 entrant are missing" in errors()[0].findChildren(QLabel)[1].text()
    assert held(marked_store) == []
    errors()[0].close()


def test_a_division_is_locked_where_its_standings_are(bar: LockBar, marked_store: Store, qtbot):
    bar.show_division("N")
    bar.ask_lock()
    bar.findChild(Question).yes.click()
    qtbot.waitUntil(lambda: state(bar) == "✓ Locked")
    assert held(marked_store) == ["全县·护理组"]


def test_a_division_closed_by_several_locks_asks_which(bar: LockBar, marked_store: Store):
    operators.add(marked_store, "秘书处", "王建国", "2023", chief=True)
    with marked_store.write("tester", "test.second_station") as writing:
        component = models.Component.get(models.Component.source == "theory")
        other = {**models.Station.get().__data__, "code": "S2", "name": "心肺复苏"}
        del other["id"]
        second = writing.insert(models.Station, **other)
        writing.update(component, source="station", station=second)
        for station in (1, second):
            writing.insert(models.Lock, station=station, actor="李敏", at=writing.at)
    bar.show_division("N")
    bar.reopen_button.click()
    assert [action.text() for action in bar._menu.actions()] == ["心肺复苏", "静脉输液"]
    bar._menu.actions()[1].trigger()
    agree(bar)
    assert held(marked_store) == ["心肺复苏"]
    bar._menu.close()


def test_of_all_stations_it_tells_how_many(bar: LockBar, marked_store: Store):
    bar.show_station("", "")
    assert state(bar) == ""
    locks.lock_station(marked_store, "李敏", "S1")
    bar.show_station("", "")
    assert state(bar) == "✓ 1 station is locked"


def test_without_locking_an_open_division_shows_nothing(marked_store: Store, show_page):
    quiet = show_page(Plain, marked_store).quiet
    quiet.show_division("N")
    assert quiet.isHidden()
    locks.lock_division(marked_store, "李敏", "N")
    quiet.show_division("N")
    assert state(quiet) == "✓ Locked"


def test_score_entry_locks_the_chosen_station(marked_store: Store, show_page, qtbot):
    page = show_page(ScoreEntryPage, marked_store)
    bar = page.findChild(LockBar)
    assert bar.isHidden()
    page.show_target("S1")
    assert bar.isVisible()
    with qtbot.waitSignal(page.desk.bus.changed):
        locks.lock_station(marked_store, "李敏", "S1")
    qtbot.waitUntil(lambda: state(bar) == "✓ Locked")
