"""The board of a running day: planned and actual, late and missing, and when it ends, on a day of any shape."""

import pytest

from data import models
from data.actions import checkin, marks, running
from data.queries import readiness, readiness_running, schedule
from data.queries import running as queries
from data.rules import rotation_retime
from data.rules.plan import Break
from tests.data.actions.test_running_visits import slot_of, visit_of
from tests.data.floor import OPENS, ROUND, set_up

WHO = "李敏"


@pytest.fixture
def floor(store):
    return set_up(store, 8, 3, 2)


def lane(store, code: str, number: int, minute: int | None = None):
    rows = queries.board(store, minute).lanes
    return next(row for row in rows if (row.station_code, row.lane) == (code, number))


def test_nothing_is_known_of_an_empty_file_or_before_a_timetable(store, drawn):
    assert queries.board(store) == queries.Board()
    board = queries.board(drawn)
    assert (board.lanes, board.timetable, board.finish_minute) == ((), None, None)


def test_before_anything_begins_all_is_as_planned(store, floor):
    board = queries.board(store)
    assert (board.now_minute, board.date_is_today, board.has_begun, board.timetable) == (OPENS, True, False, 1)
    assert board.expected_finish_minute == board.finish_minute == OPENS + 5 * ROUND + 10
    assert [(row.station_code, row.lane) for row in board.lanes] == [
        (code, number) for code in ("S1", "S2", "S3") for number in (1, 2)
    ]
    first = board.lanes[0]
    assert first.next.number == "N-001"
    assert (first.current, first.planned_start, first.late_minutes, first.done, first.left) == (None, OPENS, 0, 0, 4)
    assert first.judges == ("裁判S1-1-1",)
    assert first.expected_end == OPENS + 3 * ROUND + 10
    assert board.missing == board.late == ()


def test_on_another_day_nobody_is_late(store, floor):
    floor.date = "2023-11-20"
    board = queries.board(store)
    assert (board.now_minute, board.date_is_today) == (None, False)
    assert (board.missing, board.late, board.paused_until) == ((), (), None)
    assert queries.board(store, OPENS + 30).late


def test_a_late_start_is_told_and_moves_what_follows(store, floor):
    floor.minute += 9
    running.start_visit(store, WHO, visit_of(store, "1", "S1"))
    row = lane(store, "S1", 1)
    assert (row.current.number, row.next.number) == ("N-001", "N-005")
    assert (row.planned_start, row.actual_start, row.current_end, row.late_minutes) == (
        OPENS,
        OPENS + 9,
        OPENS + 19,
        9,
    )
    board = queries.board(store)
    assert board.late[0].minutes == 9
    assert "S1 考站S1 is 9 minutes late" in map(queries.late_sentence, board.late)
    assert board.expected_finish_minute > board.finish_minute


def test_the_expected_finish_is_that_of_going_on_in_the_same_order(store, floor):
    def absorbed() -> int:
        made = rotation_retime.offers(schedule.problem(store))
        return next(offer.finish for offer in made if offer.kind == "absorb")

    for minute, number, code in ((4, "1", "S1"), (5, "2", "S1"), (6, "3", "S2"), (20, "5", "S3")):
        floor.minute = OPENS + minute
        running.start_visit(store, WHO, visit_of(store, number, code))
        assert queries.board(store).expected_finish_minute == absorbed()
    running.report_incident(store, WHO, visit_of(store, "5", "S3"), 300_000, "停电")
    running.pause(store, WHO, 20, "停电")
    assert queries.board(store).expected_finish_minute == absorbed()


def test_breaks_hours_walks_sessions_and_arrivals_move_what_is_expected(store, floor):
    with store.write("tester", "test.hours") as writing:
        first = models.Station.get(models.Station.code == "S1")
        second = models.Station.get(models.Station.code == "S2")
        writing.update(first, opens_minute=OPENS + 5)
        pauses = ((None, None, 90, 100), (second.id, None, 0, 3), (first.id, 2, 0, 7))
        for position, (station, number, since, until) in enumerate(pauses):
            writing.insert(
                models.Break,
                name=f"休{position}",
                station=station,
                lane=number,
                starts_minute=OPENS + since,
                ends_minute=OPENS + until,
                position=position,
            )
        writing.insert(models.Walk, station=first.id, other=second.id, minutes=15, position=1)
        unit = models.Entrant.get(models.Entrant.number == "N-006").unit
        writing.update(unit, arrives_minute=OPENS + 30)
    found = {
        (row.station_code, row.lane): row.late_minutes for row in queries.board(store).lanes if row.next is not None
    }
    assert (found["S1", 1], found["S1", 2], found["S2", 2], found["S3", 2]) == (5, 7, 3, 1)
    assert lane(store, "S2", 1).next.number == "N-001", "N-003 is of the unit that comes later; nobody waits for it"
    after = [row for row in queries.board(store).lanes if row.station_code == "S2"]
    assert after[0].expected_end > OPENS + 3 * ROUND + 10


def test_who_should_be_here_and_is_not(store, floor):
    late = slot_of(store, visit_of(store, "1", "S1")).entrant_id
    checkin.set_state(store, WHO, late, "expected", "未到")
    floor.minute = OPENS - queries.SOON
    (row,) = queries.board(store).missing
    assert (row.number, row.state, row.minutes, row.lane) == ("N-001", "expected", -15, 1)
    floor.minute = OPENS - queries.SOON - 1
    assert queries.board(store).missing == ()

    floor.minute = OPENS + 4
    running.start_visit(store, WHO, visit_of(store, "3", "S2"))
    missing = {row.number: row for row in queries.board(store).missing}
    assert missing.keys() == {"N-001", "N-002", "N-004", "N-005", "N-006"}
    assert (missing["N-005"].state, missing["N-005"].minutes) == ("present", 4)
    running.close_lane(store, WHO, "S3", 1, OPENS, None, "灯坏")
    assert "N-005" not in {row.number for row in queries.board(store).missing}


def test_the_lane_goes_on_without_who_is_put_to_the_end(store, floor):
    before = lane(store, "S1", 1)
    running.move_to_end(store, WHO, before.next.entrant_id, "家中有事")
    after = lane(store, "S1", 1)
    assert (before.next.number, after.next.number) == ("N-001", "N-005")
    assert after.late_minutes == 0
    assert "N-001" not in {row.number for row in queries.board(store, OPENS + ROUND).missing}


def test_whom_the_lane_passed_over_is_missing_and_the_lane_is_not_late(store, floor):
    floor.minute = OPENS + ROUND
    running.start_visit(store, WHO, visit_of(store, "5", "S1"))
    row = lane(store, "S1", 1)
    assert (row.current.number, row.next.number, row.late_minutes) == ("N-005", "N-003", 0)
    floor.minute = OPENS + 3 * ROUND
    running.start_visit(store, WHO, visit_of(store, "7", "S1"))
    row = lane(store, "S1", 1)
    assert row.next.number == "N-001", "nobody else is left"
    missing = {one.number: one for one in queries.board(store).missing}
    assert missing["N-001"].minutes == 3 * ROUND


def test_sheets_tell_what_is_over_where_nobody_notes_starts(store, floor):
    marks.hand_in(store, WHO, visit_of(store, "1", "S1"), 1, {}, total_milli=80_000)
    floor.minute = OPENS + ROUND
    row = lane(store, "S1", 1)
    assert (row.done, row.left, row.next.number) == (1, 3, "N-005")
    assert not [one for one in queries.board(store).missing if one.state == "present"]
    with store.write("tester", "test.old") as writing:
        writing.update(models.Visit.get_by_id(visit_of(store, "1", "S1")), ended_at=None)
    assert lane(store, "S1", 1).done == 1, "a file of an earlier version"


def test_visits_with_a_state_and_those_not_drawn_are_not_awaited(store, floor):
    marks.set_visit(store, WHO, visit_of(store, "1", "S1"), state="absent", reason="未到")
    checkin.set_state(store, WHO, slot_of(store, visit_of(store, "2", "S1")).entrant_id, "withdrew", "不适")
    assert [lane(store, "S1", 1).next.number, lane(store, "S1", 2).next.number] == ["N-005", "N-006"]
    with store.write("tester", "test.choice") as writing:
        station = models.Station.get(models.Station.code == "S1").id
        component = models.Component.get(models.Component.station == station)
        writing.update(component, source="choice", station=None, best=1)
        writing.insert(models.ComponentStation, component=component.id, station=station, position=1)
        entrant = slot_of(store, visit_of(store, "3", "S1")).entrant_id
        writing.insert(models.DrawnStation, entrant=entrant, station=station)
    assert (lane(store, "S1", 1).next.number, lane(store, "S1", 1).left) == ("N-003", 1)


def test_a_lane_that_is_through_has_nothing_to_tell(store):
    clock = set_up(store, 1, 1, 1)
    visit = visit_of(store, "1", "S1")
    running.start_visit(store, WHO, visit)
    clock.minute += 10
    running.end_visit(store, WHO, visit)
    board = queries.board(store)
    (row,) = board.lanes
    assert (row.done, row.left, row.current, row.next, row.expected_end) == (1, 0, None, None, None)
    assert board.expected_finish_minute is None


def test_people_of_a_team_are_waited_for(store, floor):
    alone, team = visit_of(store, "1", "S1"), visit_of(store, "4", "S2")
    with store.write("tester", "test.team") as writing:
        person = models.Visit.get_by_id(alone).entrant.person_id
        writing.insert(models.Member, entrant=models.Visit.get_by_id(team).entrant_id, person=person)
    running.start_visit(store, WHO, alone)
    row = lane(store, "S2", 2)
    assert (row.next.number, row.late_minutes) == ("N-004", 10)


def test_names_are_sealed_on_the_board(store, floor):
    with store.write("tester", "test.blind") as writing:
        writing.update(models.Event.get(), blind=True)
        writing.insert(models.Draw, kind="numbers", state="drawn", record={}, frozen_at="", drawn_at="")
    slot = lane(store, "S1", 1).next
    assert (slot.name, slot.unit) == ("N-001", "")


def test_the_next_visits_follow_what_really_runs(store, floor):
    late = visit_of(store, "1", "S1")
    floor.minute = OPENS + 3 * ROUND
    assert late not in {slot.visit_id for slot in schedule.next_visits(store, floor.minute)}
    running.start_visit(store, WHO, visit_of(store, "5", "S1"))
    running.end_visit(store, WHO, visit_of(store, "5", "S1"))
    assert late in {slot.visit_id for slot in schedule.next_visits(store, floor.minute)}
    running.start_visit(store, WHO, late, 2)
    found = {
        (slot.station_code, slot.ran_lane or slot.lane): slot for slot in schedule.next_visits(store, floor.minute)
    }
    assert found["S1", 2].is_running


def lines(store) -> dict[str, str]:
    return {line.title: line.detail for line in readiness.readiness(store).lines if line.page == "running"}


def test_the_list_says_what_is_late_and_what_happened_since_the_timetable(store, floor):
    assert "Timetable 1 is older than what happened since" not in lines(store)
    running.close_lane(store, WHO, "S3", 2, OPENS, None, "灯坏")
    running.start_visit(store, WHO, visit_of(store, "1", "S1"))
    assert lines(store)["Timetable 1 is older than what happened since"] == (
        "Make the rest of it again: Took a lane out of service"
    )
    floor.minute += readiness_running.LATE_FROM + 10
    assert "S1 考站S1 is" in lines(store)["The day runs late: make the rest of the timetable again"]
    floor.date = "2023-11-26"
    assert "The day runs late: make the rest of the timetable again" not in lines(store)


def test_many_late_stations_are_counted(store):
    clock = set_up(store, 5, 5, 1)
    running.start_visit(store, WHO, visit_of(store, "1", "S1"))
    clock.minute += 30
    title = "The day runs late: make the rest of the timetable again"
    assert lines(store)[title].endswith("and 2 more")
    with store.write("tester", "test.break") as writing:
        writing.insert(models.Break, name=Break("午休", 0, 1).name, starts_minute=0, ends_minute=1, position=1)
    assert title in lines(store)
