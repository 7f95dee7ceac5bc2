"""The readiness list: what it says at each phase, and that every line leads to the page that mends it."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from data import models, rehearsal_steps
from data.actions import appeals, checkin, draws, notices, operators, printouts, results, setup
from data.queries import draws as draw_queries
from data.queries import leaderboard, readiness_facts, scores
from data.queries.confirmations import AlarmRow
from data.queries.entrants import entrants
from data.queries.plan import current_plan
from data.queries.readiness import PhaseMark, readiness
from data.queries.readiness_facts import Shortage, VisitFacts, Waited
from data.queries.readiness_lines import DivisionTies, all_lines
from data.rules import rotation_check
from data.rules.rotation_check import Finding
from data.simulation import Simulation
from tests.data import ending


def of(ready, severity):
    return [line for line in ready.lines if line.severity == severity]


def only(lines, page, severity):
    return [line for line in lines if (line.page, line.severity) == (page, severity)]


def test_a_new_file_says_to_set_the_event_up(store):
    ready = readiness(store)
    assert [(line.severity, line.page) for line in ready.lines] == [("next", "setup")]
    assert ready.stage == "New event"
    assert ready.marks["setup"].state == "waiting"


def test_a_planned_event_asks_for_rosters(planned):
    ready = readiness(planned)
    assert [line.page for line in of(ready, "next")] == ["roster"]
    assert ready.event_name.startswith("高安市2023年")
    assert ready.marks["setup"].state == "done"
    assert "7 divisions" in only(ready.lines, "setup", "done")[0].detail


def test_what_is_doubtful_in_the_plan_leads_to_its_sheet(planned):
    plan = current_plan(planned)
    setup.save_plan(planned, "tester", replace(plan, judges=()))
    doubts = only(readiness(planned).lines, "setup", "attention")
    assert len(doubts) == 4
    assert doubts[0].target == "裁判"
    assert doubts[3].title == "4 more remarks on the plan"
    assert readiness(planned).marks["setup"].state == "attention"


def test_a_filled_pool_asks_for_the_draw(rostered):
    ready = readiness(rostered)
    assert [(line.page, line.target) for line in of(ready, "next")] == [("draws", "selection")]
    assert only(ready.lines, "roster", "done")[0].title == "876 people in the pool"
    draws.freeze(rostered, "tester", "selection")
    assert "frozen" in of(readiness(rostered), "next")[0].detail
    assert readiness(rostered).marks["draws"].state == "working"


def test_a_drawn_event_asks_for_the_timetable(drawn):
    ready = readiness(drawn)
    assert [line.page for line in of(ready, "next")] == ["schedule"]
    assert only(ready.lines, "draws", "done")[0].title == "182 entrants drawn and numbered"
    assert ready.marks["draws"].state == "done"
    assert ready.stage == "Draws done"


def test_who_withdrew_no_longer_competes(drawn):
    first = entrants(drawn)[0]
    checkin.set_state(drawn, "tester", first.id, "withdrew", "ill")
    assert only(readiness(drawn).lines, "draws", "done")[0].title.startswith("181 ")


def test_printouts_are_noted(drawn):
    printouts.record(drawn, "tester", "badges", 182, None)
    assert readiness(drawn).marks["print"].state == "working"


@pytest.fixture
def facts(drawn):
    """The figures of the drawn event with a timetable, nothing printed, nobody here."""
    with drawn.read():
        found = readiness_facts.read_facts(drawn)
    return replace(found, timetable=1, finish_minute=17 * 60 + 54, bound_minute=17 * 60 + 54, unscheduled=0)


PRINTED = {
    "badges": (182, None),
    "marksheets": (1194, 1),
    "timetables": (182, 1),
}
VISIT = VisitFacts(5, "S1", "1H-01", 3, 3, 9 * 60)


def severities(lines, page):
    return [line.severity for line in lines if line.page == page]


def test_pools_smaller_than_their_quota_and_missing_history(facts):
    short = replace(facts, draws={}, past_entries=0, shortages=(Shortage("市人民医院", "一类·护理组", 1, 3),))
    lines = all_lines(short, None, ())
    assert [line.title for line in only(lines, "roster", "attention")] == [
        "1 pool is smaller than its quota",
        "No history of earlier years",
    ]
    assert only(lines, "roster", "attention")[0].detail == "市人民医院 一类·护理组: 1 of 3"
    assert only(lines, "roster", "attention")[1].target == "history"


def test_long_lists_are_cut(facts):
    shortages = tuple(Shortage(f"U{n}", "D", 0, 1) for n in range(5))
    (line,) = only(all_lines(replace(facts, draws={}, shortages=shortages), None, ()), "roster", "attention")
    assert line.detail == "U0 D: 0 of 1; U1 D: 0 of 1; U2 D: 0 of 1 and 2 more"


def test_entrants_without_a_number(facts):
    (line,) = only(all_lines(replace(facts, unnumbered=2), None, ()), "draws", "attention")
    assert line.title == "2 entrants have no number"


def test_optional_stations_are_asked_for_and_lanes_are_not(facts):
    asked = replace(facts, needed_draws=frozenset({"selection", "numbers", "items"}), timetable=None)
    (line,) = only(all_lines(asked, None, ()), "draws", "next")
    assert (line.title, line.target) == ("Draw the optional stations", "items")
    drawn = replace(asked, draws={**facts.draws, "items": "drawn", "lanes": "frozen"})
    (line,) = only(all_lines(drawn, None, ()), "draws", "next")
    assert (line.title, line.target) == ("Draw the lanes", "lanes")
    assert not only(all_lines(facts, None, ()), "draws", "next")


def test_a_unit_that_finds_its_own_judge_in_every_lane(drawn):
    plan = current_plan(drawn)
    station = next(one for one in plan.stations if one.lanes == 1)
    category = next(one.category for one in plan.divisions if one.code in station.divisions)
    unit = next(one for one in plan.units if one.category == category)
    own = tuple(
        replace(judge, unit_name=unit.short or unit.name) if judge.station == station.code else judge
        for judge in plan.judges
    )
    assert not only(readiness(drawn).lines, "draws", "attention")
    setup.save_plan(drawn, "tester", replace(plan, judges=own), "seats")
    (line,) = only(readiness(drawn).lines, "draws", "attention")
    assert f"{station.code} {unit.name}" in line.detail
    assert line.target == "judges"
    with drawn.write("tester", "test.out") as writing:
        for entrant in models.Entrant.select().join(models.Unit).where(models.Unit.name == unit.name):
            writing.update(entrant, state="withdrew")
    assert unit.name not in " ".join(line.detail for line in only(readiness(drawn).lines, "draws", "attention"))


def test_a_timetable_that_does_not_fit(facts):
    late = replace(facts, unscheduled=3, finish_minute=18 * 60 + 30)
    wrong = only(all_lines(late, None, ()), "schedule", "wrong")
    assert [line.title for line in wrong] == [
        "3 entrants are not in the timetable",
        "The timetable ends at 18:30, after 18:00",
    ]


def test_papers_missing_printed_and_out_of_date(facts):
    (line,) = only(all_lines(facts, None, ()), "print", "next")
    assert line.detail == "Missing: Badges, Mark sheets, Timetables"
    assert severities(all_lines(replace(facts, printed=PRINTED), None, ()), "print") == ["done"]
    newer = replace(facts, printed=PRINTED, timetable=2)
    (line,) = only(all_lines(newer, None, ()), "print", "attention")
    assert line.detail == "Print again: Mark sheets, Timetables"
    renumbered = replace(facts, printed=PRINTED, renumbered=frozenset({"badges"}))
    (line,) = only(all_lines(renumbered, None, ()), "print", "attention")
    assert line.detail == "Print again: Badges"


def test_papers_printed_after_the_draw_are_up_to_date_though_the_clock_was_set_back(drawn, facts):
    def renumbered(store):
        with store.read():
            return readiness_facts.read_facts(store).renumbered

    drawn.clock = lambda: datetime(2001, 1, 1, tzinfo=UTC)
    printouts.record(drawn, "tester", "badges", 182, None)
    assert renumbered(drawn) == set()
    number_draw = next(row for row in draw_queries.draws(drawn) if row.kind == "numbers" and row.state == "drawn")
    draws.void(drawn, "tester", number_draw.id, "again")
    assert renumbered(drawn) == set()
    draws.draw(drawn, "tester", draws.freeze(drawn, "tester", "numbers"), ["1 2 3", "4 5 6"], ["甲", "乙"])
    assert renumbered(drawn) == {"badges"}


def test_who_is_due_and_not_here(facts):
    waiting = replace(
        facts, printed=PRINTED, waited=(Waited(7, "1H-01 张伟", 9 * 60), Waited(8, "1H-02 李敏", 15 * 60))
    )
    (line,) = only(all_lines(waiting, 8 * 60 + 45, ()), "checkin", "attention")
    assert (line.title, line.detail, line.target) == (
        "1 entrant is due and not checked in",
        "1H-01 张伟 09:00",
        7,
    )
    assert not only(all_lines(waiting, None, ()), "checkin", "attention")
    here = replace(facts, printed=PRINTED, waited=(), arrived=180, out=2)
    (line,) = only(all_lines(here, None, ()), "checkin", "done")
    assert (line.title, line.detail) == ("180 entrants checked in", "2 do not compete")


def test_marks_that_are_late_and_what_waits_for_the_chief_judge(facts):
    late = replace(VISIT, visit_id=6, sheets_in=1)
    apart = replace(VISIT, visit_id=7)
    alarm = AlarmRow(7, "spread", 0, 20_000, 100_000, 1, "1H-01", "张伟", "一院", "1H", "S1", "除颤")
    marking = replace(facts, visits=(VISIT, late, apart), waited=(), alarms=(alarm,))
    first, second = only(all_lines(marking, 9 * 60 + 15, ()), "score_entry", "attention")
    assert (first.title, first.target) == ("2 mark sheets are late", 6)
    assert (second.title, second.target) == ("1 thing waits for the chief judge", "confirm")
    assert second.detail == "S1 1H-01 (judges far apart)"
    assert len(only(all_lines(marking, 9 * 60 + 14, ()), "score_entry", "attention")) == 1
    (line,) = only(all_lines(marking, None, ()), "score_entry", "next")
    assert line.detail == "7 of 9 mark sheets are in"


def test_check_in_and_score_entry_go_on_side_by_side(facts):
    running = replace(facts, visits=(replace(VISIT, sheets_in=1),), arrived=3, waited=(Waited(7, "1H-01", None),))
    following = [line.page for line in all_lines(running, None, ()) if line.severity == "next"]
    assert following == ["checkin", "score_entry"]


def test_theory_marks_are_waited_for(facts):
    wanted = replace(facts, visits=(VISIT,), waited=(), theory_wanted=42, theory_in=40)
    (line,) = only(all_lines(wanted, None, ()), "score_entry", "next")
    assert (line.title, line.detail, line.target) == ("Import the theory marks", "40 of 42 are in", "theory")
    assert not wanted.all_marks_in


def done(facts, **changes):
    return replace(facts, visits=(VISIT,), waited=(), printed=PRINTED, **changes)


def test_results_are_finalised_then_the_notice_published_and_certificates_printed(facts):
    (line,) = only(all_lines(done(facts), None, ()), "results", "next")
    assert line.title == "Finalise the results"
    final = done(facts, result_version=1)
    (line,) = only(all_lines(final, None, ()), "results", "next")
    assert line.title == "Publish the notice"
    (line,) = only(all_lines(replace(final, noticed=(1, "2023-11-24")), None, ()), "results", "next")
    assert line.title == "Print the certificates"
    changed = replace(
        final, changed_since=True, printed={**PRINTED, "certificates": (39, 0)}, noticed=(0, "2023-11-24")
    )
    assert [line.title for line in only(all_lines(changed, None, ()), "results", "attention")] == [
        "Marks, people or the plan changed after result version 1",
        "The notice is of an older result version",
        "The certificates are of an older result version",
    ]


def test_only_ties_that_cut_an_award_are_wrong(facts):
    ties = (
        DivisionTies(
            "1H",
            "一类·护理组",
            (
                leaderboard.UndecidedTie(3, (1, 2), ("张伟", "李敏"), "二等奖"),
                leaderboard.UndecidedTie(9, (3, 4), ("王芳", "赵磊")),
            ),
        ),
    )
    lines = all_lines(done(facts), None, ties)
    (wrong,) = only(lines, "results", "wrong")
    assert (wrong.title, wrong.target) == ("一类·护理组: place 3 is undecided", "1H")
    assert wrong.detail == "The line of 二等奖 goes through this tie: 张伟; 李敏"
    (harmless,) = only(lines, "results", "attention")
    assert harmless.title == "1 more tie is undecided"
    assert lines[0] is wrong


def test_it_looks_at_the_clock_on_the_day_alone(drawn):
    plan = current_plan(drawn)
    today = drawn.clock().astimezone()
    assert isinstance(today, datetime)
    setup.save_plan(drawn, "tester", replace(plan, info=replace(plan.info, date=today.date().isoformat())), "moved")
    assert readiness(drawn).lines


def test_a_timetable_that_the_plan_has_outgrown_is_wrong(nursing_scheduled):
    plan = current_plan(nursing_scheduled)
    longer = tuple(replace(station, minutes=station.minutes + 5) for station in plan.stations)
    setup.save_plan(nursing_scheduled, "tester", replace(plan, stations=longer), "longer visits")
    wrong = only(readiness(nursing_scheduled).lines, "schedule", "wrong")
    assert "The checker finds" in wrong[0].title


def test_a_timetable_makes_it_ready(nursing_scheduled):
    ready = readiness(nursing_scheduled)
    assert ready.stage == "Ready for the day"
    assert ready.marks["schedule"].state == "done"
    assert ready.marks["running"].state == "waiting"


def test_what_is_to_weigh_in_a_timetable_needs_nobody(nursing_scheduled, monkeypatch):
    """As a bell that somebody waits through: no plan may be without it."""
    soft = Finding("broken_wave", False, (), minutes=1)
    monkeypatch.setattr(rotation_check, "check", lambda *_timetable: [soft])
    ready = readiness(nursing_scheduled)
    assert ready.marks["schedule"].state == "done"
    monkeypatch.setattr(rotation_check, "check", lambda *_timetable: [soft, replace(soft, hard=True)])
    assert readiness(nursing_scheduled).marks["schedule"] == PhaseMark("wrong", 1)


def test_half_of_the_marks_are_in(half_marked):
    ready = readiness(half_marked)
    assert ready.stage == "Competition running"
    assert ready.marks["score_entry"].state == "working"
    assert ready.marks["running"].state == "working"
    assert only(ready.lines, "score_entry", "next")[0].title == "Enter the marks"


def test_theory_marks_are_missing_still(nursing_marked):
    assert only(readiness(nursing_marked).lines, "score_entry", "next")[0].title == "Import the theory marks"


def test_the_last_steps_of_the_day(nursing_examined):
    store = nursing_examined
    assert readiness(store).stage == "All marks are in"
    assert [line.title for line in of(readiness(store), "next")] == ["Decode the names"]
    rehearsal_steps.decode(store)
    assert [line.title for line in of(readiness(store), "next")] == ["Finalise the results"]
    rehearsal_steps.settle_ties(store, Simulation("day"))
    ending.lock(store)
    results.finalise(store, "tester", "all in")
    ready = readiness(store)
    assert ready.stage == "Result version 1"
    assert only(ready.lines, "results", "done")[0].title == "Result version 1 is final"
    assert [line.target for line in of(ready, "next")] == ["certificates"]
    notices.publish(store, "tester", 1, date(2023, 11, 20), date(2023, 11, 24))
    noticed = only(readiness(store).lines, "results", "done")[-1]
    assert noticed.title == "The notice of result version 1 is published"
    assert noticed.detail == "It hangs out until 2023-11-24."
    assert ready.marks["results"].state == "done"
    assert ready.marks["running"].state == "done"
    ending.reopen(store)
    checkin.set_state(store, "tester", entrants(store)[0].id, "disqualified", "appeal upheld")
    titles = [line.title for line in only(readiness(store).lines, "results", "attention")]
    assert "Marks, people or the plan changed after result version 1" in titles


def test_a_plan_that_changes_after_the_results_is_worth_a_look(finished):
    titles = [line.title for line in only(readiness(finished).lines, "results", "attention")]
    assert "Marks, people or the plan changed after result version 1" not in titles
    plan = current_plan(finished)
    setup.save_plan(finished, "tester", replace(plan, info=replace(plan.info, host="县人民医院")), "another host")
    titles = [line.title for line in only(readiness(finished).lines, "results", "attention")]
    assert "Marks, people or the plan changed after result version 1" in titles


def test_a_granted_appeal_asks_for_new_results_where_it_changed_a_mark(finished):
    def titles():
        return {line.title for line in only(readiness(finished).lines, "results", "attention")}

    operators.add(finished, "tester", "王军", "2580", chief=True)
    operators.sign_in(finished, "王军", "2580")
    visit = next(row for row in scores.queue(finished, only_missing=False))
    entrant = visit.entrant_id
    about_places = appeals.raise_appeal(finished, "王军", entrant, "result", None, None, "领队", "名次有误")
    about_time = appeals.raise_appeal(finished, "王军", entrant, "visit", visit.visit_id, None, "领队", "计时有误")
    changed = "Marks, people or the plan changed after result version 1"
    appeals.grant(finished, "王军", about_places, "王军", "2580", "已向领队说明")
    assert changed not in titles()
    corrected = appeals.VisitCorrection(seconds_milli=80_000, state="")
    appeals.grant(finished, "王军", about_time, "王军", "2580", "以秒表为准", corrected)
    assert changed in titles()
