"""What can be taken back on the floor, lane by lane."""

from data import models
from data.actions import marks, running
from data.queries import schedule
from data.queries.running_undo import LastVisit, last_visits
from tests.data.floor import set_up


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
