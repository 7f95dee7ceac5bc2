import pytest

from data.actions import marks
from data.errors import NotFound
from data.queries import scores
from data.queries.readiness_facts import read_facts
from data.store import Store
from tests.data.contest import BEST, entrant_of, hand_in_total, set_up


def test_an_open_sheet_has_all_that_entry_needs(store: Store) -> None:
    visits = set_up(store)
    sheet = scores.open_sheet(store, visits[1], 1)
    assert (sheet.number, sheet.name, sheet.unit, sheet.division_code) == ("N-02", "李娜", "第一医院", "N")
    assert (sheet.station_code, sheet.station_name, sheet.lane, sheet.judge) == ("S1", "静脉输液", 2, "裁判21")
    assert (sheet.judges, sheet.full_milli, len(sheet.items)) == (2, 100_000, 6)
    assert sheet.mark is None


def test_an_open_sheet_shows_every_version_the_latest_first(store: Store) -> None:
    [visit, *_] = set_up(store)
    marks.hand_in(store, "甲", visit, 1, BEST)
    marks.hand_in(store, "乙", visit, 1, {**BEST, 2: "C"}, reason="看错")
    sheet = scores.open_sheet(store, visit, 1)
    assert [(one.version, one.total_milli, one.actor, one.reason) for one in sheet.versions] == [
        (2, 94_000, "乙", "看错"),
        (1, 100_000, "甲", ""),
    ]
    assert sheet.mark is not None
    assert sheet.mark.values == {**BEST, 2: "C"}


def test_what_does_not_exist_cannot_be_opened(store: Store) -> None:
    [visit, *_] = set_up(store)
    for wrong in ((999, 1), (visit, 0), (visit, 3)):
        with pytest.raises(NotFound):
            scores.open_sheet(store, *wrong)


def test_the_visit_of_a_scanned_sheet_is_found(store: Store) -> None:
    [visit, *_] = set_up(store)
    assert scores.find_visit(store, entrant_of(store, visit), "S1") == visit
    with pytest.raises(NotFound, match="S2"):
        scores.find_visit(store, entrant_of(store, visit), "S2")


def test_the_queue_is_in_the_order_of_the_pile_and_shrinks(store: Store) -> None:
    visits = set_up(store)
    rows = scores.queue(store)
    assert [(row.number, row.seat) for row in rows[:3]] == [("N-06", 1), ("N-06", 2), ("N-05", 1)]
    assert [(row.number, row.lane, row.starts_minute) for row in rows[-2:]] == [("N-02", 2, 490)] * 2
    marks.hand_in(store, "甲", visits[5], 1, {}, total_milli=80_000)
    assert [(row.number, row.seat) for row in scores.queue(store)[:2]] == [("N-06", 2), ("N-05", 1)]
    assert len(scores.queue(store, "S1", 2)) == 6
    assert scores.queue(store, "S9") == []
    everything = scores.queue(store, only_missing=False)
    assert len(everything) == 12
    assert (everything[0].total_milli, everything[0].version) == (80_000, 1)


def test_progress_counts_what_is_due(store: Store) -> None:
    visits = set_up(store)
    hand_in_total(store, visits[0], 90)
    marks.hand_in(store, "甲", visits[2], 1, {}, total_milli=80_000)
    marks.set_visit(store, "甲", visits[3], state="absent", reason="未到")
    assert scores.progress(store) == [scores.StationProgress("S1", "静脉输液", 10, 3, 5, 1)]


def test_who_left_at_one_station_owes_no_marks_at_the_others(scheduled):
    leaver = scores.queue(scheduled, "T2")[0]
    mine = [row for row in scores.queue(scheduled) if row.entrant_id == leaver.entrant_id]
    assert len({row.station_code for row in mine}) > 1
    before = sum(station.sheets for station in scores.progress(scheduled))
    marks.set_visit(scheduled, "李敏", leaver.visit_id, state="withdrew", reason="Taken ill")
    assert leaver.entrant_id not in {row.entrant_id for row in scores.queue(scheduled, only_missing=False)}
    assert sum(station.sheets for station in scores.progress(scheduled)) == before - len(mine)
    with scheduled.read():
        facts = read_facts(scheduled)
    assert (facts.sheets, facts.out) == (before - len(mine), 1)
    assert leaver.entrant_id not in {one.entrant_id for one in facts.waited}
