"""A rehearsed day lives through its visits, and a disturbed one is re-timed as it goes."""

import itertools

import pytest

from data import store as stores
from data.errors import NotAllowed
from data.queries import audit_log, schedule
from data.rehearsal import EVENT_FILE, rehearse, rehearse_copy
from data.rehearsal_words import headlines
from data.verify import verify_file
from tests.data.rehearsed import NO_PAPERS, NURSING_DAY, SEED, ask, rehearse_quietly, silent
from tests.recount import standings


@pytest.fixture(scope="module")
def disturbed(tmp_path_factory):
    out = tmp_path_factory.mktemp("rehearsal") / "disturbed"
    report = rehearse(NURSING_DAY, SEED, out, NO_PAPERS, silent, disturb=True)
    return out, report


def test_visits_of_a_plain_day_begin_and_end_as_planned(tmp_path):
    out = tmp_path / "plain"
    rehearse_quietly(NURSING_DAY, out)
    store = stores.open_read_only(out / EVENT_FILE)
    slots = schedule.slots(store)
    store.close()
    assert [slot.started_minute for slot in slots] == [slot.starts_minute for slot in slots]
    assert all(slot.starts_minute < slot.ended_minute <= slot.ends_minute + 1 for slot in slots)
    assert {slot.ran_lane for slot in slots} == {1, 2, 3, 4}


def test_a_disturbed_day_ends_and_is_compared(disturbed):
    _out, report = disturbed
    figures = report.schedule
    assert figures["finish_minute"] < figures["really_finished_minute"] < 24 * 60
    assert figures["never_replanned_minute"] > figures["finish_minute"]
    assert report.counts["no_shows"] > 0
    assert report.counts["retimings"] > 0
    assert report.counts["told"] > 0
    assert str(figures["never_replanned"]) in headlines(report)[-1]


def test_its_file_is_sound_and_every_place_is_recounted(disturbed):
    out, report = disturbed
    assert verify_file(out / EVENT_FILE) == []
    assert len(standings(out / EVENT_FILE)) >= 40 - report.counts["no_shows"]
    actions = {action for (action,) in ask(out, "SELECT DISTINCT action FROM audit")}
    assert {"running.start_visit", "running.close_lane", "running.replace_judge", "checkin.set_state"} <= actions
    causes = {cause for (cause,) in ask(out, "SELECT cause FROM timetable")}
    assert causes <= {"plan", "absorb", "shift", "replan"}
    assert len(causes) > 1


def test_nobody_is_in_two_places_and_no_lane_has_two_people(disturbed):
    out, _report = disturbed
    ran = "SELECT {who}, started_at, ended_at FROM visit WHERE started_at IS NOT NULL ORDER BY 1, 2"
    for who in ("entrant_id", "station_id || '/' || ran_lane"):
        rows = ask(out, ran.format(who=who))
        assert rows
        for (first, _start, end), (second, start, _end) in itertools.pairwise(rows):
            assert first != second or end <= start


def test_a_day_that_has_begun_is_not_disturbed(half_marked, tmp_path):
    with pytest.raises(NotAllowed, match="begun already"):
        rehearse_copy(half_marked.path, SEED, tmp_path / "copy", NO_PAPERS, silent, disturb=True)
    assert audit_log.entries(half_marked)
