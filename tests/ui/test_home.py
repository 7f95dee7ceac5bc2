"""The home page: every line leads somewhere, stations and the next visits are shown once they exist."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from data import rehearsal_steps
from data.actions import checkin, running
from data.queries import schedule
from data.queries.entrants import entrants
from data.simulation import Simulation
from tests.data.floor import set_up
from ui.pages.home import HomePage
from ui.widgets.entry.station_card import StationCard
from ui.widgets.readiness_row import ReadinessRow
from ui.widgets.running.next_visits import NextVisits


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


def test_who_performs_is_told_by_what_really_happened(store, make_desk, qtbot):
    floor = set_up(store, 8, 3, 2)
    floor.minute += 4
    at_s1 = {slot.number: slot for slot in schedule.slots(store) if slot.station_code == "S1"}
    first, second = at_s1["N-001"], at_s1["N-005"]
    page = open_home(make_desk(store), qtbot)
    table = page.findChild(NextVisits)._table
    running.start_visit(store, "李敏", first.visit_id)
    qtbot.waitUntil(lambda: any(visit.slot.is_running for visit in table.model.rows()))
    row = next(number for number, visit in enumerate(table.model.rows()) if visit.slot.is_running)
    cells = [table.model.index(row, column).data() for column in range(6)]
    assert cells == ["08:04", "S1 考站S1", "1", "N-001", "全县·护理组", "● performs"]
    with qtbot.waitSignal(page.desk.going) as going:
        table.opened.emit(table.model.rows()[row])
    assert going.args == ["running", first.entrant_id]
    running.end_visit(store, "李敏", first.visit_id)
    qtbot.waitUntil(lambda: not any(visit.slot.is_running for visit in table.model.rows()))
    assert any(visit.slot.visit_id == second.visit_id for visit in table.model.rows())


def test_the_clock_alone_makes_it_read_again(desk, qtbot):
    page = open_home(desk, qtbot)
    known = desk.readiness()
    page._timer.timeout.emit()
    assert desk.readiness() is not known
    page.hide()
    known = desk.readiness()
    page._timer.timeout.emit()
    assert desk.readiness() is known
