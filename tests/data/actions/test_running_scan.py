"""Badges scanned at the desks of stations: the right one begins, a wrong one is told in a line where to be."""

import pytest

from data import models
from data.actions import checkin, marks, running
from data.errors import InvalidInput, NotAllowed, NotFound
from data.queries.plan import event_code
from data.rules import identity
from tests.data.actions.test_running_visits import slot_of, visit_of
from tests.data.floor import OPENS, ROUND, set_up

WHO = "李敏"


@pytest.fixture
def floor(store):
    return set_up(store, 8, 3, 2)


def scan(store, number: int, station: str | None = None):
    code = identity.badge_code(event_code(store), f"TKN{number - 1:05d}")
    return running.scan(store, WHO, code, station)


def test_the_right_badge_begins(store, floor):
    found = scan(store, 1, "S1")
    assert (found.code, found.is_good) == ("started", True)
    assert found.text == "N-001 选手1 has begun at S1 考站S1, lane 1, at 08:00."
    assert found.receipt.visit_id == found.visit_id == visit_of(store, "1", "S1")
    again = scan(store, 1, "S1")
    assert (again.code, again.is_good, again.text) == ("running", True, "N-001 选手1 began at 08:00 already.")


def test_without_a_station_it_is_where_the_entrant_comes_next(store, floor):
    assert scan(store, 1).code == "started"
    assert scan(store, 1).code == "running"
    running.end_visit(store, WHO, visit_of(store, "1", "S1"))
    assert scan(store, 1).text == "N-001 选手1 is planned here at 08:12, in 12 minutes."
    running.start_visit(store, WHO, visit_of(store, "3", "S2"))
    floor.minute += ROUND
    found = scan(store, 1)
    assert (found.code, slot_of(store, found.visit_id).station_code) == ("started", "S2")


def test_the_wrong_station_says_where_to_be(store, floor):
    found = scan(store, 1, "S2")
    assert found.code == "order"
    assert found.text == "N-001 选手1 is not due here yet. Next: S1 考站S1, lane 1, at 08:00."
    running.start_visit(store, WHO, visit_of(store, "1", "S1"))
    assert scan(store, 1, "S2").text == "N-001 选手1 is still at S1 考站S1, lane 1."
    with store.write("tester", "test.slots") as writing:
        for slot in models.Slot.select().where(models.Slot.visit == visit_of(store, "1", "S3")):
            writing.delete(slot)
    found = scan(store, 1, "S3")
    assert (found.code, found.visit_id) == ("elsewhere", None)
    assert found.text == "N-001 选手1 has no visit to S3 考站S3. Should be at S1 考站S1, lane 1, now."


def test_done_out_and_nothing_to_come(store, floor):
    running.start_visit(store, WHO, visit_of(store, "1", "S1"))
    running.end_visit(store, WHO, visit_of(store, "1", "S1"))
    found = scan(store, 1, "S1")
    assert (found.code, found.text) == (
        "done",
        "N-001 选手1 has been at S1 考站S1 already. Next: S2 考站S2, lane 1, at 08:12.",
    )
    for station in ("S2", "S3"):
        marks.hand_in(store, WHO, visit_of(store, "1", station), 1, {}, total_milli=80_000)
    assert scan(store, 1, "S1").text == "N-001 选手1 has been at S1 考站S1 already."
    assert (scan(store, 1).code, scan(store, 1).text) == ("nothing", "N-001 选手1 has nothing to come.")
    checkin.set_state(store, WHO, slot_of(store, visit_of(store, "2", "S1")).entrant_id, "disqualified", "作弊")
    assert scan(store, 2, "S1").text == "N-002 选手2 does not compete: disqualified."


def test_too_early_and_too_late(store, floor):
    floor.minute = OPENS - 11
    assert scan(store, 1, "S1").text == "N-001 选手1 is planned here at 08:00, in 11 minutes."
    floor.minute = OPENS - 10
    assert scan(store, 1, "S1").code == "started"
    floor.minute = OPENS + 15
    assert scan(store, 2, "S1").code == "started"
    floor.minute = OPENS + 16
    assert scan(store, 3, "S2").text == "N-003 选手3 is 16 minutes late: the secretariat decides."
    running.set_ready(store, WHO, slot_of(store, visit_of(store, "3", "S2")).entrant_id, OPENS + 10, "路上")
    assert scan(store, 3, "S2").code == "started"


def test_a_lane_that_is_late_makes_nobody_late(store, floor):
    running.start_visit(store, WHO, visit_of(store, "1", "S1"))
    floor.minute += ROUND
    assert scan(store, 7, "S1").code == "early"
    floor.minute = OPENS + 3 * ROUND + 10
    found = scan(store, 5, "S1")
    assert found.code == "order"
    running.end_visit(store, WHO, visit_of(store, "1", "S1"))
    for number, station in (("3", "S2"), ("3", "S3"), ("5", "S3")):
        running.start_visit(store, WHO, visit_of(store, number, station))
        running.end_visit(store, WHO, visit_of(store, number, station))
    floor.minute += 10
    assert scan(store, 3, "S1").code == "turn"
    found = scan(store, 5, "S1")
    assert found.code == "started", found.text


def test_the_order_of_the_lane(store, floor):
    for number, station in (("1", "S1"), ("1", "S2"), ("3", "S2"), ("3", "S3")):
        running.start_visit(store, WHO, visit_of(store, number, station))
        running.end_visit(store, WHO, visit_of(store, number, station))
    for station in ("S3",):
        running.start_visit(store, WHO, visit_of(store, "5", station))
        running.end_visit(store, WHO, visit_of(store, "5", station))
    floor.minute = OPENS + 2 * ROUND
    found = scan(store, 3, "S1")
    assert found.code == "turn"
    assert found.text == "N-005 选手5 comes first in lane 1, at 08:12; then N-003 选手3."
    checkin.set_state(store, WHO, slot_of(store, visit_of(store, "5", "S1")).entrant_id, "expected", "走了")
    assert scan(store, 3, "S1").code == "started"


def test_a_busy_lane_lets_nobody_in_before_its_time_is_up(store, floor):
    running.start_visit(store, WHO, visit_of(store, "1", "S1"))
    running.start_visit(store, WHO, visit_of(store, "5", "S3"))
    running.end_visit(store, WHO, visit_of(store, "5", "S3"))
    running.report_incident(store, WHO, visit_of(store, "1", "S1"), 180_000, "停电")
    floor.minute = OPENS + 12
    assert scan(store, 5, "S1").text == "Lane 1 is busy until 08:13: please wait."
    floor.minute = OPENS + 13
    found = scan(store, 5, "S1")
    assert (found.code, found.receipt.ended_visit) == ("started", visit_of(store, "1", "S1"))
    assert "that visit was ended" in found.text


def test_pauses_and_closed_lanes(store, floor):
    running.pause(store, WHO, 10, "升旗")
    assert scan(store, 1, "S1").text == "“Pause 08:00” is on until 08:10: please wait."
    running.resume(store, WHO)
    running.close_lane(store, WHO, "S1", 1, OPENS, None, "灯坏")
    found = scan(store, 1, "S1")
    assert found.code == "refused"
    assert found.text.startswith("S1 考站S1, lane 1, is out of service: 灯坏")


def test_codes_and_days_that_are_none(store, floor):
    with pytest.raises(InvalidInput):
        running.scan(store, WHO, "XYZ", "S1")
    with pytest.raises(NotFound):
        scan(store, 1, "S9")
    floor.date = "2023-11-24"
    with pytest.raises(NotAllowed, match="day of the event"):
        scan(store, 1, "S1")


def test_no_timetable_no_scan(drawn):
    from data.queries import entrants

    with drawn.read():
        date = models.Event.get().date
    from tests.data.floor import Clock

    drawn.clock = Clock(date=date)
    token = entrants.entrants(drawn)[0].token
    with pytest.raises(NotAllowed, match="no timetable yet"):
        running.scan(drawn, WHO, identity.badge_code(event_code(drawn), token), "S1")
