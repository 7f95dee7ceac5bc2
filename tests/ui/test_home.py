"""The home page: every line leads somewhere, stations and the next visits are shown once they exist."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from data import rehearsal_steps
from data.actions import checkin
from data.queries.entrants import entrants
from data.simulation import Simulation
from ui.pages.home import HomePage
from ui.widgets.next_visits import NextVisits
from ui.widgets.readiness_row import ReadinessRow
from ui.widgets.station_card import StationCard


def open_home(desk, qtbot):
    page = HomePage(desk)
    qtbot.addWidget(page)
    page.resize(1088, 644)
    page.show()
    return page


def test_an_empty_event_has_one_line_that_leads_to_setup(desk, qtbot):
    page = open_home(desk, qtbot)
    (row,) = page.findChildren(ReadinessRow)
    with qtbot.waitSignal(desk.going) as going:
        row.button.click()
    assert going.args == ["setup", None]
    with qtbot.waitSignal(desk.going):
        qtbot.mouseClick(row, Qt.MouseButton.LeftButton, pos=row.rect().topLeft())
    assert not page.findChild(NextVisits).isVisible()


def test_scanning_and_leaving(desk, qtbot):
    page = open_home(desk, qtbot)
    with qtbot.waitSignal(desk.going) as going:
        page.findChild(QPushButton, "primary").click()
    assert going.args[0] == "checkin"
    with qtbot.waitSignal(desk.leaving):
        next(button for button in page.findChildren(QPushButton) if "Another" in button.text()).click()


def test_a_running_event_shows_stations_and_who_is_next(nursing_scheduled, make_desk, qtbot):
    store = nursing_scheduled
    first = entrants(store)[0]
    checkin.check_in(store, "tester", first.id)
    desk = make_desk(store)
    page = open_home(desk, qtbot)
    cards = page.findChildren(StationCard)
    assert cards
    with qtbot.waitSignal(desk.going) as going:
        qtbot.mouseClick(cards[0], Qt.MouseButton.LeftButton)
    assert going.args[0] == "score_entry"
    visits = page.findChild(NextVisits)
    assert visits.isVisible()
    rows = visits._table.model.rows()
    starts = [visit.slot.starts_minute for visit in rows]
    assert starts == sorted(starts)
    with qtbot.waitSignal(desk.going) as going:
        visits._table.opened.emit(rows[0])
    assert going.args == ["checkin", rows[0].slot.entrant_id]
    before = len(page.findChildren(ReadinessRow))
    rehearsal_steps.welcome(store)
    qtbot.waitUntil(lambda: all(visit.state == "present" for visit in visits._table.model.rows()))
    rehearsal_steps.judge_visits(store, Simulation("home"), lambda _done, _total: None, 0.05)
    qtbot.waitUntil(lambda: any(card._ring._done for card in cards))
    assert before
    page.grab()


def test_the_clock_alone_makes_it_read_again(desk, qtbot):
    page = open_home(desk, qtbot)
    known = desk.readiness()
    page._timer.timeout.emit()
    assert desk.readiness() is not known
    page.hide()
    known = desk.readiness()
    page._timer.timeout.emit()
    assert desk.readiness() is known
