"""Lanes out of service and one more, a pause of everything, people put off, judges replaced."""

import pytest

from data import models
from data.actions import checkin, running
from data.errors import InvalidInput, NotAllowed, NotFound
from data.queries import running as queries
from data.queries import schedule as schedule_queries
from tests.data.actions.test_running_visits import slot_of, visit_of
from tests.data.floor import OPENS, ROUND, set_up

WHO = "李敏"


@pytest.fixture
def floor(store):
    return set_up(store, 8, 3, 2)


def lane_of(store, station: str, lane: int):
    return next(row for row in queries.board(store).lanes if (row.station_code, row.lane) == (station, lane))


def test_a_lane_goes_out_of_service_and_comes_back(store, floor):
    running.start_visit(store, WHO, visit_of(store, "1", "S1"))
    floor.minute += 5
    told = running.close_lane(store, WHO, "S1", 1, floor.minute, None, "呼叫器坏了")
    assert told.whole == (
        "S1 考站S1, lane 1, is out of service from 08:05 until further notice.\n"
        "N-001 is still there: end that visit, or undo its start.\n"
        "3 visits are planned there: make the rest of the timetable again."
    )
    row = lane_of(store, "S1", 1)
    assert (row.is_closed, row.closed_until, row.closed_reason) == (True, None, "呼叫器坏了")
    assert queries.board(store).stranded == 3
    with pytest.raises(NotAllowed, match="out of service then already"):
        running.close_lane(store, WHO, "S1", 1, 10 * 60, 11 * 60, "再坏")

    floor.minute += 10
    assert running.reopen_lane(store, WHO, "S1", 1).text == "S1 考站S1, lane 1, is in service again."
    assert not lane_of(store, "S1", 1).is_closed
    with store.read():
        closure = models.LaneClosure.get()
    assert (closure.starts_minute, closure.ends_minute) == (OPENS + 5, OPENS + 15)
    with pytest.raises(NotAllowed, match="is in service"):
        running.reopen_lane(store, WHO, "S1", 1)


def test_a_closure_to_come_is_taken_back_whole(store, floor):
    told = running.close_lane(store, WHO, "S2", 2, 20 * 60, 21 * 60, "检修")
    assert told.whole == "S2 考站S2, lane 2, is out of service from 20:00 to 21:00."
    running.reopen_lane(store, WHO, "S2", 2, "不用修")
    running.close_lane(store, WHO, "S2", 2, OPENS, OPENS + 30, "检修")
    assert lane_of(store, "S2", 2).closed_until == OPENS + 30
    floor.date = "2023-11-24"
    running.reopen_lane(store, WHO, "S2", 2)
    with store.read():
        assert not models.LaneClosure.select().exists()


def test_one_visit_is_counted_in_the_singular(store, floor):
    told = running.close_lane(store, WHO, "S1", 1, OPENS, OPENS + 5, "检修")
    assert told.notes == ("1 visit is planned there: make the rest of the timetable again.",)


@pytest.mark.parametrize(("starts", "ends"), [(-1, None), (600, 600), (600, 500), (24 * 60, None)])
def test_a_closure_has_a_beginning_and_a_later_end(store, floor, starts, ends):
    with pytest.raises(InvalidInput):
        running.close_lane(store, WHO, "S1", 1, starts, ends, "检修")


def test_lanes_that_are_not_there(store, floor):
    with pytest.raises(NotFound, match="no station S9"):
        running.close_lane(store, WHO, "S9", 1, 600, None, "检修")
    with pytest.raises(NotFound, match="no lane 3"):
        running.reopen_lane(store, WHO, "S1", 3)
    with pytest.raises(InvalidInput, match="reason"):
        running.close_lane(store, WHO, "S1", 1, 600, None, " ")


def test_a_closure_before_there_is_a_timetable(planned):
    running.close_lane(planned, WHO, "S1", 1, 600, None, "检修")
    with pytest.raises(NotAllowed, match="in use"):
        running.remove_lane(planned, WHO, "T1", "只有一个")
    assert queries.board(planned).lanes == ()


def test_one_more_lane_with_its_judges(store, floor):
    told = running.add_lane(store, WHO, "S1", [(" 新裁判 ", "")])
    assert told.text == "S1 考站S1 has lane 3 now."
    assert lane_of(store, "S1", 3).judges == ("新裁判",)
    assert len(schedule_queries.problem(store).stations[0].lane_units) == 3
    assert running.remove_lane(store, WHO, "S1", "不用了").text == "S1 考站S1 has 2 lanes again."
    running.add_lane(store, WHO, "S1", [("新裁判", "省医院")])
    running.close_lane(store, WHO, "S1", 3, 600, None, "没到")
    running.remove_lane(store, WHO, "S1", "不用了")
    with pytest.raises(NotAllowed, match="lane 2, is in use"):
        running.remove_lane(store, WHO, "S1", "不用了")
    for judges in ((), (("", ""),), (("甲", ""), ("乙", ""))):
        with pytest.raises(InvalidInput, match="needs 1 judge"):
            running.add_lane(store, WHO, "S1", judges)


def test_drawn_lanes_keep_their_number(store, floor):
    with store.write("tester", "test.draw") as writing:
        writing.insert(models.DrawnLane, entrant=models.Entrant.get().id, station=models.Station.get().id, lane=1)
    with pytest.raises(NotAllowed, match="were drawn"):
        running.add_lane(store, WHO, "S1", [("新裁判", "")])


def test_everything_pauses_and_goes_on(store, floor):
    assert running.pause(store, WHO, 15, "消防演练").notes == ()
    board = queries.board(store)
    assert (board.pause, board.paused_until) == ("Pause 08:00", OPENS + 15)
    assert all(row.is_closed and row.closed_until == OPENS + 15 for row in board.lanes)
    with pytest.raises(NotAllowed, match="“Pause 08:00” is on until 08:15 already"):
        running.pause(store, WHO, 5, "再停")
    assert running.resume(store, WHO).text == "“Pause 08:00” is over, the event goes on."
    with store.read():
        assert not models.Break.select().exists()
    with pytest.raises(NotAllowed, match="not paused"):
        running.resume(store, WHO)

    visit = visit_of(store, "1", "S1")
    running.start_visit(store, WHO, visit)
    floor.minute += 4
    assert running.pause(store, WHO, 15, "停电").notes == ("1 visit is finished first.",)
    floor.minute += 5
    running.resume(store, WHO, "来电")
    with store.read():
        assert models.Break.get().ends_minute == OPENS + 9
    told = running.pause(store, WHO, 10, "又停电", gives_back=True)
    assert told.notes == ("1 visit is interrupted and gets the time back.",)
    assert lane_of(store, "S1", 1).given_back == 10


@pytest.mark.parametrize(("minutes", "gives_back"), [(0, False), (361, False), (61, True)])
def test_a_pause_has_its_limits(store, floor, minutes, gives_back):
    with pytest.raises(InvalidInput, match="A pause takes 1 to"):
        running.pause(store, WHO, minutes, "停电", gives_back=gives_back)


def test_who_is_late_comes_behind_everyone_of_the_division(store, floor):
    late = slot_of(store, visit_of(store, "2", "S1")).entrant_id
    told = running.move_to_end(store, WHO, late, "迟到")
    assert told.text == f"N-002 选手2 comes behind everyone of the division, not before 0{8 + 36 // 60}:36."
    with store.read():
        assert models.Entrant.get_by_id(late).ready_minute == OPENS + 3 * ROUND
    with store.write("tester", "test.division") as writing:
        other = writing.insert(
            models.Division, code="M", category="全县", name="医疗组", entry="individual", quota=9, position=2
        )
        for number in ("N-007", "N-008"):
            writing.update(models.Entrant.get(models.Entrant.number == number), division=other)
    assert "08:00" in running.move_to_end(store, WHO, late, "迟到").text, "other divisions do not count"
    begun = visit_of(store, "1", "S1")
    running.start_visit(store, WHO, begun)
    with pytest.raises(NotAllowed, match="performs now"):
        running.move_to_end(store, WHO, slot_of(store, begun).entrant_id, "迟到")
    with store.write("tester", "test.end") as writing:
        for slot in [one for one in schedule_queries.slots(store) if one.entrant_id == late]:
            writing.update(models.Visit.get_by_id(slot.visit_id), ended_at=writing.at)
    with pytest.raises(NotAllowed, match="nothing to come"):
        running.move_to_end(store, WHO, late, "迟到")
    checkin.set_state(store, WHO, late, "withdrew", "不适")
    with pytest.raises(NotAllowed, match="does not compete any more"):
        running.move_to_end(store, WHO, late, "迟到")
    with pytest.raises(NotFound):
        running.move_to_end(store, WHO, 10**6, "迟到")


def test_without_a_timetable_nobody_has_anything_to_come(drawn):
    with drawn.read():
        entrant = models.Entrant.get(models.Entrant.number.is_null(False)).id
    with pytest.raises(NotAllowed, match="nothing to come"):
        running.move_to_end(drawn, WHO, entrant, "迟到")


def test_somebody_can_be_called_from_a_time_on(store, floor):
    late = slot_of(store, visit_of(store, "2", "S1")).entrant_id
    assert running.set_ready(store, WHO, late, OPENS + 30, "路上").text == "N-002 选手2 is not called before 08:30."
    assert schedule_queries.problem(store).entrants[1].windows == ((OPENS + 30, 24 * 60),)
    assert not running.set_ready(store, WHO, late, OPENS + 30, "路上").changed
    assert running.set_ready(store, WHO, late, None, "到了").text == "N-002 选手2 can be called at any time."
    with pytest.raises(InvalidInput, match="no time of day"):
        running.set_ready(store, WHO, late, 24 * 60, "路上")


def judge(store, name: str) -> int:
    with store.read():
        return models.Judge.get(models.Judge.name == name).id


def test_a_judge_is_replaced_and_who_is_recused_now_is_told(store, floor):
    told = running.replace_judge(store, WHO, judge(store, "裁判S1-1-1"), "新人", "医院1", "生病")
    assert told.text == "新人 judges in the place of 裁判S1-1-1 at S1 考站S1, lane 1."
    assert told.notes == (
        "2 entrants to come there are of the same unit now: make the rest of the timetable again.",
        "N-001 选手1",
        "N-005 选手5",
    )
    assert not running.replace_judge(store, WHO, judge(store, "新人"), "新人", "医院1", "生病").changed
    assert running.replace_judge(store, WHO, judge(store, "新人"), "外来", "", "换人").notes == ()
    assert running.replace_judge(store, WHO, judge(store, "外来"), "外来", "外省医院", "补单位").notes == ()
    with pytest.raises(InvalidInput, match="name of the judge"):
        running.replace_judge(store, WHO, judge(store, "外来"), " ", "", "换人")
    with pytest.raises(NotFound):
        running.replace_judge(store, WHO, 10**6, "新人", "", "换人")


def test_a_replaced_judge_of_a_blind_event_tells_no_names(store, floor):
    with store.write("tester", "test.blind") as writing:
        writing.update(models.Event.get(), blind=True)
        writing.insert(models.Draw, kind="numbers", state="drawn", record={}, frozen_at="", drawn_at="")
    told = running.replace_judge(store, WHO, judge(store, "裁判S1-1-1"), "新人", "医院1", "生病")
    assert len(told.notes) == 1
    assert "2 entrants" in told.notes[0]
    late = slot_of(store, visit_of(store, "2", "S1")).entrant_id
    assert "选手" not in running.set_ready(store, WHO, late, None, "到了").text


def test_before_a_timetable_nobody_is_recused(planned):
    with planned.read():
        first = models.Judge.get().id
    assert running.replace_judge(planned, WHO, first, "新人", "市人民医院", "生病").notes == ()
