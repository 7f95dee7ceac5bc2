"""Starts, ends, what is taken back, and incidents, on a day of eight entrants at three stations of two lanes."""

import pytest

from data import models
from data.actions import checkin, draws, marks, running, schedule, substitution
from data.errors import InvalidInput, NotAllowed, NotFound
from data.queries import running as queries
from data.queries import schedule as schedule_queries
from data.queries.audit_log import entries
from data.rules.rotation_model import Solution
from tests.data.floor import DATE, OPENS, set_up

WHO = "李敏"


@pytest.fixture
def floor(store):
    return set_up(store, 8, 3, 2)


def visit_of(store, number: str, station: str) -> int:
    return next(
        slot.visit_id
        for slot in schedule_queries.slots(store)
        if (slot.number, slot.station_code) == (f"N-00{number}", station)
    )


def row(store, visit: int):
    with store.read():
        return models.Visit.get_by_id(visit)


def slot_of(store, visit: int):
    return next(slot for slot in schedule_queries.slots(store) if slot.visit_id == visit)


def test_a_start_and_an_end_are_kept_and_told(store, floor):
    floor.minute += 1
    visit = visit_of(store, "1", "S1")
    told = running.start_visit(store, WHO, visit)
    assert (told.text, told.notes, told.changed) == (
        "N-001 选手1 has begun at S1 考站S1, lane 1, at 08:01.",
        (),
        True,
    )
    slot = slot_of(store, visit)
    assert slot.is_running
    assert (slot.started_minute, slot.ended_minute, slot.ran_lane) == (481, None, 1)

    again = running.start_visit(store, WHO, visit)
    assert (again.changed, again.text) == (False, "N-001 选手1 began at 08:01 already.")

    floor.minute += 9
    assert running.end_visit(store, WHO, visit).text == "N-001 选手1 has ended at S1 考站S1, lane 1, at 08:10."
    assert not running.end_visit(store, WHO, visit).changed
    assert slot_of(store, visit).state == "done"
    with pytest.raises(NotAllowed, match="has been at S1 考站S1 already"):
        running.start_visit(store, WHO, visit)
    assert [entry.action for entry in entries(store)][:2] == ["running.end_visit", "running.start_visit"]


def test_a_clock_that_was_put_back_ends_no_visit_before_it_began(store, floor):
    floor.minute += 2
    first, second = visit_of(store, "1", "S1"), visit_of(store, "7", "S1")
    running.start_visit(store, WHO, first)
    floor.minute -= 1
    with pytest.raises(InvalidInput, match="The visit began at 08:02, so it cannot have ended before"):
        running.end_visit(store, WHO, first)
    running.start_visit(store, WHO, second)
    assert row(store, first).ended_at == row(store, first).started_at


def test_only_on_the_day_itself(store, floor):
    visit = visit_of(store, "1", "S1")
    floor.date = "2023-11-24"
    with pytest.raises(NotAllowed, match=f"not the day of the event, {DATE}"):
        running.start_visit(store, WHO, visit)
    with store.write("tester", "test.date") as writing:
        writing.update(models.Event.get(), date="")
    with pytest.raises(NotAllowed, match="no date yet"):
        running.start_visit(store, WHO, visit)


def test_the_next_start_in_a_lane_ends_the_visit_before_and_its_undo_lets_it_go_on(store, floor):
    first, second = visit_of(store, "1", "S1"), visit_of(store, "7", "S1")
    running.start_visit(store, WHO, first)
    floor.minute += 12
    told = running.start_visit(store, WHO, second)
    assert told.ended_visit == first
    assert told.notes == ("N-001 was still there: that visit was ended.",)
    assert row(store, first).ended_at == row(store, second).started_at

    undone = running.undo_start(store, WHO, second, "点错")
    assert undone.whole == "The visit of N-007 选手7 to S1 考站S1 is to come again.\nN-001 is there again."
    assert row(store, first).ended_at is None
    assert (row(store, second).started_at, row(store, second).ran_lane) == (None, None)


def test_an_undone_start_does_not_reopen_what_has_marks_or_moved_on(store, floor):
    first, second, elsewhere = visit_of(store, "1", "S1"), visit_of(store, "7", "S1"), visit_of(store, "1", "S2")
    running.start_visit(store, WHO, first)
    floor.minute += 12
    running.start_visit(store, WHO, second)
    running.start_visit(store, WHO, elsewhere)
    assert running.undo_start(store, WHO, second, "点错").notes == ()
    running.start_visit(store, WHO, second)
    running.undo_start(store, WHO, elsewhere, "点错")
    marks.hand_in(store, WHO, first, 1, {}, total_milli=80_000)
    assert running.undo_start(store, WHO, second, "点错").notes == ()
    assert row(store, first).ended_at is not None


def test_an_undone_start_does_not_reopen_a_visit_whose_lane_is_taken(store, floor):
    first, second, third = visit_of(store, "1", "S1"), visit_of(store, "7", "S1"), visit_of(store, "5", "S1")
    running.start_visit(store, WHO, first)
    floor.minute += 12
    running.start_visit(store, WHO, second)
    floor.minute += 12
    running.start_visit(store, WHO, third, 1)
    assert running.undo_start(store, WHO, second, "点错").notes == ()
    assert row(store, first).ended_at is not None
    assert row(store, third).ended_at is None


def test_a_state_ends_a_visit_and_does_not_let_it_run_again_beside_another(store, floor):
    first, second = visit_of(store, "1", "S1"), visit_of(store, "7", "S1")
    running.start_visit(store, WHO, first)
    floor.minute += 3
    marks.set_visit(store, WHO, first, state="withdrew", reason="不适")
    ended = row(store, first).ended_at
    assert ended is not None
    running.start_visit(store, WHO, second)
    marks.set_visit(store, WHO, first, state="", reason="填错")
    assert row(store, first).ended_at == ended
    with pytest.raises(NotAllowed, match="has begun at S1 考站S1, lane 1, since"):
        running.undo_end(store, WHO, first, "填错")


def test_who_begins_has_arrived(store, floor):
    visit = visit_of(store, "1", "S1")
    entrant = slot_of(store, visit).entrant_id
    checkin.set_state(store, WHO, entrant, "expected", "未到")
    told = running.start_visit(store, WHO, visit)
    assert told.notes == ("N-001 选手1 was not checked in, and is now.",)
    with store.read():
        assert models.Entrant.get_by_id(entrant).state == "present"


def test_starts_that_cannot_be(store, floor):
    visit = visit_of(store, "1", "S1")
    entrant = slot_of(store, visit).entrant_id
    with pytest.raises(NotFound):
        running.start_visit(store, WHO, 10**6)
    with pytest.raises(InvalidInput, match="lanes 1 to 2, no lane 3"):
        running.start_visit(store, WHO, visit, 3)
    checkin.set_state(store, WHO, entrant, "withdrew", "不适")
    with pytest.raises(NotAllowed, match="does not compete: "):
        running.start_visit(store, WHO, visit)
    checkin.set_state(store, WHO, entrant, "present", "回来")

    running.start_visit(store, WHO, visit)
    with pytest.raises(NotAllowed, match="is still at S1 考站S1, lane 1, since 08:00"):
        running.start_visit(store, WHO, visit_of(store, "1", "S2"))

    running.close_lane(store, WHO, "S2", 2, OPENS, None, "灯坏")
    with pytest.raises(NotAllowed, match="out of service: 灯坏"):
        running.start_visit(store, WHO, visit_of(store, "4", "S2"))


def test_a_visit_without_a_lane_asks_for_it(store, floor):
    visit = visit_of(store, "1", "S1")
    with store.write("tester", "test.slots") as writing:
        for slot in models.Slot.select().where(models.Slot.visit == visit):
            writing.delete(slot)
    with pytest.raises(InvalidInput, match="no lane for this visit"):
        running.start_visit(store, WHO, visit)
    assert running.start_visit(store, WHO, visit, 1).notes == ()


def test_another_lane_than_planned_is_told_and_a_drawn_one_is_kept(store, floor):
    visit = visit_of(store, "3", "S2")
    told = running.start_visit(store, WHO, visit, 2)
    assert told.notes == ("The timetable has lane 1.",)
    assert slot_of(store, visit).ran_lane == 2
    drawn = visit_of(store, "1", "S1")
    with store.write("tester", "test.draw") as writing:
        writing.insert(
            models.DrawnLane, entrant=row(store, drawn).entrant_id, station=row(store, drawn).station_id, lane=2
        )
    with pytest.raises(NotAllowed, match="drew lane 2 of S1"):
        running.start_visit(store, WHO, drawn)


def test_the_members_of_a_team_are_in_one_place(store, floor):
    alone, team = visit_of(store, "1", "S1"), visit_of(store, "4", "S2")
    with store.write("tester", "test.team") as writing:
        person = models.Visit.get_by_id(alone).entrant.person_id
        writing.insert(models.Member, entrant=row(store, team).entrant_id, person=person)
    running.start_visit(store, WHO, team)
    with pytest.raises(NotAllowed, match="is still at S2"):
        running.start_visit(store, WHO, alone)
    running.undo_start(store, WHO, team, "点错")
    running.start_visit(store, WHO, alone)
    with pytest.raises(NotAllowed, match="is still at S1"):
        running.start_visit(store, WHO, team)


def test_a_station_that_was_not_drawn_is_refused(store, floor):
    visit = visit_of(store, "1", "S1")
    with store.write("tester", "test.choice") as writing:
        component = models.Component.get(models.Component.station == row(store, visit).station_id)
        writing.update(component, source="choice", station=None, best=1)
        writing.insert(
            models.ComponentStation, component=component.id, station=row(store, visit).station_id, position=1
        )
    with pytest.raises(NotAllowed, match="not drawn yet"):
        running.start_visit(store, WHO, visit)


class TestReserveJudges:
    """The judge of lane 2 of S1 is of 医院4, as entrants 4 and 8 would be; N-004 is made one of them."""

    @pytest.fixture
    def own(self, store, floor):
        visit = visit_of(store, "4", "S1")
        with store.write("tester", "test.unit") as writing:
            unit = models.Unit.get(models.Unit.name == "医院4")
            writing.update(models.Visit.get_by_id(visit).entrant, unit=unit.id)
        return visit

    def let_reserves_in(self, store):
        with store.write("tester", "test.reserve") as writing:
            writing.update(models.Event.get(), stand_ins=True)
            station = models.Station.get(models.Station.code == "S1")
            writing.insert(models.Judge, name="候补甲", station=station.id, lane=0, seat=1, reserve=True)

    def test_without_one_the_lane_is_refused(self, store, own):
        with pytest.raises(NotAllowed, match="of lane 2 is of the entrant's own unit, 医院4") as caught:
            running.start_visit(store, WHO, own)
        assert "another lane" in caught.value.todo
        assert running.start_visit(store, WHO, own, 1).changed

    def test_one_takes_the_seat(self, store, own):
        self.let_reserves_in(store)
        told = running.start_visit(store, WHO, own)
        assert told.notes == ("The reserve judge 候补甲 takes the seat of 裁判S1-2-1 for this visit.",)
        floor_ = marks.hand_in(store, WHO, own, 1, {}, total_milli=80_000)
        assert floor_.changed

    def test_one_reserve_judge_is_in_one_lane(self, store, own):
        self.let_reserves_in(store)
        with store.write("tester", "test.judge") as writing:
            judge = models.Judge.get(models.Judge.name == "裁判S1-1-1")
            writing.update(judge, unit_name="医院1")
        running.start_visit(store, WHO, visit_of(store, "1", "S1"))
        with pytest.raises(NotAllowed) as caught:
            running.start_visit(store, WHO, own)
        assert "in another lane until that visit ends" in caught.value.todo

    def test_sealed_names_are_not_told_by_the_refusal(self, store, own):
        with store.write("tester", "test.blind") as writing:
            writing.update(models.Event.get(), blind=True)
            writing.insert(models.Draw, kind="numbers", state="drawn", record={}, frozen_at="", drawn_at="")
        with pytest.raises(NotAllowed) as caught:
            running.start_visit(store, WHO, own)
        assert "医院4" not in str(caught.value)
        assert "选手" not in str(caught.value)


def test_an_end_needs_a_start_and_an_undo_a_reason(store, floor):
    visit = visit_of(store, "1", "S1")
    with pytest.raises(NotAllowed, match="has not begun"):
        running.end_visit(store, WHO, visit)
    with pytest.raises(NotAllowed, match="has not begun"):
        running.undo_start(store, WHO, visit, "点错")
    with pytest.raises(NotAllowed, match="has not ended"):
        running.undo_end(store, WHO, visit, "点错")
    for undo in (running.undo_start, running.undo_end):
        with pytest.raises(InvalidInput, match="reason"):
            undo(store, WHO, visit, "  ")


def test_an_end_is_taken_back_while_lane_and_entrant_are_free(store, floor):
    first, second = visit_of(store, "1", "S1"), visit_of(store, "7", "S1")
    running.start_visit(store, WHO, first)
    floor.minute += 10
    running.end_visit(store, WHO, first)
    assert running.undo_end(store, WHO, first, "点错").text == "The visit of N-001 选手1 to S1 考站S1 goes on."
    assert slot_of(store, first).is_running
    running.start_visit(store, WHO, second)
    with pytest.raises(NotAllowed, match="N-007 has begun at S1 考站S1, lane 1, since"):
        running.undo_end(store, WHO, first, "点错")
    running.end_visit(store, WHO, second)
    running.start_visit(store, WHO, visit_of(store, "1", "S2"))
    with pytest.raises(NotAllowed, match="N-001 has begun at S2"):
        running.undo_end(store, WHO, first, "点错")


def test_an_end_stays_once_the_lane_had_another_visit_since(store, floor):
    first, second, third = visit_of(store, "1", "S1"), visit_of(store, "7", "S1"), visit_of(store, "5", "S1")
    running.start_visit(store, WHO, first)
    running.end_visit(store, WHO, first)
    running.start_visit(store, WHO, second, 1)
    running.end_visit(store, WHO, second)
    with pytest.raises(NotAllowed, match="N-007 has begun at S1 考站S1, lane 1, since") as caught:
        running.undo_end(store, WHO, first, "点错")
    assert caught.value.todo == "Undo that start first."
    running.start_visit(store, WHO, third, 2)
    running.end_visit(store, WHO, third)
    running.undo_start(store, WHO, second, "点错")
    assert running.undo_end(store, WHO, first, "点错").changed


def test_an_end_stays_once_one_of_the_people_had_another_visit_since(store, floor):
    first, elsewhere = visit_of(store, "1", "S1"), visit_of(store, "4", "S2")
    with store.write("tester", "test.team") as writing:
        person = models.Visit.get_by_id(first).entrant.person_id
        writing.insert(models.Member, entrant=row(store, elsewhere).entrant_id, person=person)
    running.start_visit(store, WHO, first)
    running.end_visit(store, WHO, first)
    running.start_visit(store, WHO, elsewhere)
    running.end_visit(store, WHO, elsewhere)
    with pytest.raises(NotAllowed, match="N-004 has begun at S2"):
        running.undo_end(store, WHO, first, "点错")


def test_an_undone_start_does_not_reopen_a_visit_that_had_another_one_since(store, floor):
    first, second, third = visit_of(store, "1", "S1"), visit_of(store, "7", "S1"), visit_of(store, "5", "S1")
    for visit in (first, second, third):
        running.start_visit(store, WHO, visit, 1)
    running.end_visit(store, WHO, third)
    assert running.undo_start(store, WHO, second, "点错").notes == ()
    assert row(store, first).ended_at is not None


def test_the_last_sheet_ends_a_visit(store, floor):
    begun, unseen = visit_of(store, "1", "S1"), visit_of(store, "2", "S1")
    running.start_visit(store, WHO, begun)
    floor.minute += 10
    for visit in (begun, unseen):
        marks.hand_in(store, WHO, visit, 1, {}, total_milli=80_000)
    assert [row(store, visit).ended_at is not None for visit in (begun, unseen)] == [True, True]
    assert row(store, unseen).started_at is None
    for undo in (running.undo_start, running.undo_end):
        with pytest.raises(NotAllowed, match="Sheets of this visit are in"):
            undo(store, WHO, begun, "点错")
    with pytest.raises(NotAllowed, match="has been at"):
        running.start_visit(store, WHO, unseen)
    ended = row(store, begun).ended_at
    floor.minute += 5
    marks.hand_in(store, WHO, begun, 1, {}, total_milli=90_000, reason="更正")
    assert row(store, begun).ended_at == ended


def test_an_end_that_was_noted_without_a_start_is_taken_back(store, floor):
    visit = visit_of(store, "1", "S1")
    with store.write("tester", "test.ended") as writing:
        writing.update(models.Visit.get_by_id(visit), ended_at=writing.at)
    running.undo_end(store, WHO, visit, "点错")
    assert row(store, visit).ended_at is None


def test_an_incident_gives_time_back_and_moves_the_expected_end(store, floor):
    visit = visit_of(store, "1", "S1")
    with pytest.raises(NotAllowed, match="has not begun"):
        running.report_incident(store, WHO, visit, 60_000, "停电")
    running.start_visit(store, WHO, visit)
    lane = queries.board(store).lanes[0]
    assert (lane.current_end, lane.given_back) == (OPENS + 10, 0)

    told = running.report_incident(store, WHO, visit, 150_000, " 输液架倒了 ")
    assert told.text == "Noted for the visit of N-001 选手1. It has 2 minutes 30 seconds more."
    lane = queries.board(store).lanes[0]
    assert (lane.current_end, lane.given_back) == (OPENS + 13, 3)
    assert running.report_incident(store, WHO, visit, 0, "吵").text.endswith("No time is given back.")
    assert running.report_incident(store, WHO, visit, 45_000, "吵").text.endswith("It has 45 seconds more.")
    assert running.report_incident(store, WHO, visit, 60_000, "吵").text.endswith("It has 1 minute more.")

    with store.read():
        first = models.Incident.get(models.Incident.text == "输液架倒了")
    running.withdraw_incident(store, WHO, first.id, "记错人")
    assert queries.board(store).lanes[0].given_back == 2
    with pytest.raises(NotFound):
        running.withdraw_incident(store, WHO, first.id, "记错人")
    for milli, text in ((60_000, " "), (-1, "停电"), (3600_001, "停电")):
        with pytest.raises(InvalidInput):
            running.report_incident(store, WHO, visit, milli, text)
    with pytest.raises(NotFound):
        running.report_incident(store, WHO, 10**6, 0, "停电")


def test_a_rest_that_was_re_timed_leaves_what_began_where_it_was(store, floor):
    """Each visit of the file that began or ended stays verbatim, whatever the new timetable says of it."""
    visit = visit_of(store, "1", "S1")
    solution = Solution(schedule_queries.problem(store).before, 0, 0)
    running.start_visit(store, WHO, visit)
    before = slot_of(store, visit)
    floor.minute += 9
    later = tuple(
        type(slot)(slot.entrant, slot.station, slot.lane, slot.starts + 12, slot.ends + 12) for slot in solution.slots
    )
    number = schedule.save_timetable(store, WHO, Solution(later, 0, 0), cause="shift", on_number=1)
    assert number == 2
    after = slot_of(store, visit)
    assert (after.lane, after.starts_minute, after.ends_minute) == (
        before.lane,
        before.starts_minute,
        before.ends_minute,
    )
    assert slot_of(store, visit_of(store, "3", "S2")).starts_minute == OPENS + 12


def test_an_offer_may_lie_on_the_table_for_some_minutes(store, floor):
    visit = visit_of(store, "1", "S1")
    running.start_visit(store, WHO, visit)
    before = schedule_queries.problem(store).before
    floor.minute += 9
    running.end_visit(store, WHO, visit)
    floor.minute += 1
    assert schedule.save_timetable(store, WHO, Solution(before, 0, 0), cause="moved") == 2
    floor.minute += 1
    with pytest.raises(InvalidInput, match="faults"):
        schedule.save_timetable(store, WHO, Solution(before, 0, 0), cause="moved")


def test_who_has_begun_is_not_replaced_and_nothing_is_drawn_or_voided_any_more(store, floor):
    visit = visit_of(store, "1", "S1")
    with store.write("tester", "test.draw") as writing:
        draw = writing.insert(models.Draw, kind="numbers", state="drawn", record={}, frozen_at="", drawn_at="")
    running.start_visit(store, WHO, visit)
    with pytest.raises(NotAllowed, match="Visits have begun"):
        draws.void(store, WHO, draw, "重抽")
    with pytest.raises(NotAllowed, match="Visits have begun"):
        draws.freeze(store, WHO, "judges")
    with pytest.raises(NotAllowed, match="has begun or has marks already"):
        substitution.substitute(store, WHO, slot_of(store, visit).entrant_id, 10**6, "不适")
