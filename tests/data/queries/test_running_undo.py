"""What can be taken back on the floor, lane by lane."""

from data import models
from data.actions import marks, running
from data.queries import schedule
from data.queries.running_undo import LastVisit, incidents, last_visits, removable_lanes
from tests.data.floor import OPENS, set_up


def test_the_last_visit_of_each_lane_until_its_sheet_is_in(store):
    floor = set_up(store, 8, 3, 2)
    assert last_visits(store) == {}
    visits = {(slot.number, slot.station_code): slot.visit_id for slot in schedule.slots(store)}
    first, second = visits["N-001", "S1"], visits["N-002", "S1"]
    running.start_visit(store, "李敏", first)
    running.start_visit(store, "李敏", second)
    assert last_visits(store) == {
        ("S1", 1): LastVisit(first, "N-001 选手1", False),
        ("S1", 2): LastVisit(second, "N-002 选手2", False),
    }
    floor.minute += 12
    running.end_visit(store, "李敏", second)
    following = visits["N-005", "S1"]
    running.start_visit(store, "李敏", following)
    assert last_visits(store)["S1", 1] == LastVisit(following, "N-005 选手5", False)
    assert last_visits(store)["S1", 2].has_ended
    marks.hand_in(store, "李敏", following, 1, {}, total_milli=80_000)
    assert last_visits(store).keys() == {("S1", 2)}


def test_while_names_are_sealed_it_is_a_number(store):
    set_up(store, 2, 1, 1)
    with store.write("tester", "test.seal") as writing:
        writing.update(models.Event.get(), blind=True)
        writing.insert(models.Draw, kind="numbers", state="drawn", record={}, frozen_at=writing.at)
    running.start_visit(store, "李敏", schedule.slots(store)[0].visit_id)
    assert last_visits(store)["S1", 1].who == "N-001"


def test_the_incidents_of_each_visit(store):
    floor = set_up(store, 4, 2, 1)
    assert incidents(store) == {}
    first = schedule.slots(store)[0].visit_id
    running.start_visit(store, "李敏", first)
    floor.minute += 3
    running.report_incident(store, "李敏", first, 90_000, "监护仪故障")
    running.report_incident(store, "李敏", first, 0, "口令没听清")
    told = [(row.text, row.given_back_milli, row.minute) for row in incidents(store)[first]]
    assert told == [("监护仪故障", 90_000, OPENS + 3), ("口令没听清", 0, OPENS + 3)]
    running.withdraw_incident(store, "李敏", incidents(store)[first][0].id, "记错了")
    assert [row.text for row in incidents(store)[first]] == ["口令没听清"]


def test_a_lane_that_nobody_uses_can_go(store):
    set_up(store, 4, 2, 2)
    assert removable_lanes(store) == frozenset()
    running.add_lane(store, "李敏", "S2", [("新裁判", "")])
    assert removable_lanes(store) == {("S2", 3)}
    coming = next(slot.visit_id for slot in schedule.slots(store) if slot.station_code == "S2")
    running.start_visit(store, "李敏", coming, 3)
    assert removable_lanes(store) == frozenset()


def test_a_lane_of_a_station_whose_lanes_were_drawn_stays(store):
    set_up(store, 2, 1, 2)
    running.add_lane(store, "李敏", "S1", [("新裁判", "")])
    with store.write("tester", "test.draw") as writing:
        station, entrant = models.Station.get(), models.Entrant.select().first()
        writing.insert(models.DrawnLane, entrant=entrant.id, station=station.id, lane=1)
    assert removable_lanes(store) == frozenset()
