"""What the schedule page and the stations read."""

import itertools

import pytest

from data import i18n
from data.actions import checkin, marks, schedule
from data.errors import FileProblem, NotAllowed
from data.exchange import schedule_csv
from data.queries import entrants
from data.queries import schedule as queries
from data.queries.schedule_words import Words
from data.rules import rotation
from data.rules.rotation_check import Finding
from data.rules.rotation_model import Obstacle, Slot


@pytest.fixture
def timed(drawn):
    schedule.save_timetable(drawn, "李敏", rotation.solve(queries.problem(drawn), waiting_budget=0))
    return drawn


def test_the_outlook_counts_what_will_be_planned(drawn):
    outlook = queries.outlook(drawn)
    assert (outlook.entrants, outlook.visits, outlook.stations, outlook.lanes) == (182, 378, 7, 13)
    assert not outlook.blockers


@pytest.mark.parametrize(("phase", "page"), [("store", "setup"), ("planned", "draws"), ("rostered", "draws")])
def test_what_stands_in_the_way_names_its_page(phase, page, request):
    store = request.getfixturevalue(phase)
    ((_text, where),) = queries.outlook(store).blockers
    assert where == page
    with pytest.raises(NotAllowed):
        queries.problem(store)


def test_nothing_is_known_before_a_timetable(drawn):
    assert queries.current(drawn) is None
    assert queries.slots(drawn) == queries.findings(drawn) == queries.next_visits(drawn, 600) == []
    assert queries.slots_by_entrant(drawn) == queries.waits(drawn) == {}
    assert queries.waiting(drawn) == queries.Waiting()


def test_everyone_out_blocks(nursing_drawn):
    for row in entrants.entrants(nursing_drawn):
        checkin.set_state(nursing_drawn, "李敏", row.id, "absent", "停电")
    ((_text, page),) = queries.outlook(nursing_drawn).blockers
    assert page == "checkin"


def test_recusals_of_the_nursing_contest_are_kept(nursing_drawn):
    problem = queries.problem(nursing_drawn)
    solution = rotation.solve(problem, waiting_budget=0)
    assert (solution.finish, solution.bound) == (16 * 60 + 42, 16 * 60 + 42)
    schedule.save_timetable(nursing_drawn, "李敏", solution)
    assert {slot.unit for slot in queries.slots(nursing_drawn)} == {""}  # sealed
    with nursing_drawn.read():
        units = entrants.true_units()
    second = [slot.lane for slot in queries.slots(nursing_drawn) if "县第2医院" in units[slot.entrant_id]]
    assert len(second) == 3
    assert set(second) <= {1, 4}
    assert queries.findings(nursing_drawn) == []


def test_slots_by_lane_and_by_entrant(timed):
    lanes: dict[tuple[str, int], list[queries.SlotRow]] = {}
    for slot in queries.slots(timed):
        lanes.setdefault((slot.station_code, slot.lane), []).append(slot)
    assert len(lanes) == 13
    assert sum(map(len, lanes.values())) == 378
    assert all(a.ends_minute <= b.starts_minute for lane in lanes.values() for a, b in itertools.pairwise(lane))
    assert len(queries.slots_by_entrant(timed)) == 182
    assert queries.waiting(timed).longest == max(queries.waits(timed).values())


def test_the_next_visit_of_each_lane(timed):
    first = queries.next_visits(timed, 510)
    assert len(first) == 13
    assert all(slot.starts_minute >= 810 for slot in queries.next_visits(timed, 720))
    one = first[0]
    checkin.set_state(timed, "李敏", one.entrant_id, "absent", "未到")
    again = next(
        slot
        for slot in queries.next_visits(timed, 510)
        if (slot.station_code, slot.lane) == (one.station_code, one.lane)
    )
    assert again.starts_minute > one.starts_minute
    assert next(slot for slot in queries.slots(timed) if slot.visit_id == one.visit_id).state == "absent"
    assert not [finding for finding in queries.findings(timed) if finding.hard]


def test_a_visit_is_done_when_all_judges_are_in(timed):
    slot = queries.slots(timed)[0]
    for seat in (1, 2, 3):
        assert queries.slots(timed)[0].state == ""
        marks.hand_in(timed, "李敏", slot.visit_id, seat, {}, total_milli=80_000)
    assert queries.slots(timed)[0].state == "done"


def test_a_file_has_a_row_a_visit(timed, tmp_path):
    path = tmp_path / "schedule.csv"
    assert schedule_csv.write_schedule(timed, path) == 378
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    header, first, *_others = data.decode("utf-8-sig").splitlines()
    assert header == "参赛编号,姓名,单位,组别代码,考站,工位,开始,结束"
    assert first.endswith(",S1,1,08:30,08:42")


def test_no_file_without_a_timetable_or_a_folder(timed, drawn, store, tmp_path):
    with pytest.raises(NotAllowed):
        schedule_csv.write_schedule(store, tmp_path / "none.csv")
    with pytest.raises(FileProblem):
        schedule_csv.write_schedule(timed, tmp_path / "no" / "folder.csv")


CODES = [
    "unknown_entrant",
    "unknown_station",
    "unknown_lane",
    "not_to_visit",
    "double",
    "length",
    "before_opening",
    "after_closing",
    "in_break",
    "in_closed",
    "not_here",
    "lane_overlap",
    "changeover",
    "entrant_overlap",
    "shared_overlap",
    "gap",
    "stay",
    "stand_in",
    "recusal",
    "other_lane",
    "moved_done",
    "unpinned",
    "too_early",
    "off_bell",
    "long_wait",
    "draw_order",
    "uneven_lanes",
    "broken_wave",
]


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_finding_and_obstacle_has_words(drawn, language):
    i18n.use(language)
    words = Words(drawn)
    who, other = entrants.entrants(drawn)[:2]
    pair = (Slot(who.id, "S1", 1, 600, 612), Slot(other.id, "S2", 2, 606, 618))
    texts = [words.finding(Finding(code, True, pair, minutes=6)) for code in CODES]
    texts.append(words.finding(Finding("missing", True, entrant=who.id, station="S1")))
    texts.append(words.finding(Finding("stand_in", True, pair[:1], lane=3)))
    texts.append(words.finding(Finding("draw_order", False, pair, who.id, "S1")))
    texts += [words.obstacle(Obstacle(code, "S1", 24, who.id)) for code in ("recusal", "drawn_lane")]
    texts += [words.obstacle(Obstacle(code, "S1", 24, who.id)) for code in ("station_late", "late")]
    assert not [text for text in texts if "{" in text]
    assert any(who.number in text for text in texts)
    assert "18:24" in texts[-1]
    assert words.entrant(10**6)


def test_a_gap_names_its_person_once(drawn):
    words = Words(drawn)
    who, other = entrants.entrants(drawn)[:2]
    first, own = Slot(who.id, "S1", 1, 600, 612), Slot(who.id, "S2", 2, 613, 625)
    said = words.finding(Finding("gap", True, (first, own), minutes=4))
    assert said.count(who.number) == 1
    shared = words.finding(Finding("gap", True, (first, Slot(other.id, "S2", 2, 613, 625)), minutes=4))
    assert who.number in shared
    assert other.number in shared
