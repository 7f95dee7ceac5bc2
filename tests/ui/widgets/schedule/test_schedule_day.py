"""A timetable as the chart shows it: lanes that are no more, what is under way, and what is late."""

from dataclasses import replace

from data.queries import schedule_draft as drafts
from data.rules.plan import Break, EventInfo, Plan, Station
from tests.ui.widgets.gantt_day import draft, rows
from ui.widgets.schedule import schedule_tables
from ui.widgets.schedule.gantt_painting import DONE, LATE, OUT, RUNNING
from ui.widgets.schedule.schedule_day import day_of
from ui.widgets.schedule.schedule_readings import settings_line


def station(code: str, minutes: int, changeover: int) -> Station:
    return Station(code, f"站{code}", "M", "individual", minutes, changeover, 1, 1, "mean", ())


PLAN = Plan(
    EventInfo("比武", opens_minute=540, closes_minute=720),
    stations=(station("A", 12, 2), station("B", 20, 0)),
    breaks=(Break("午休", 630, 660), Break("换场", 600, 610, station="A")),
)


def test_a_lane_stays_while_a_visit_stands_in_it():
    made = day_of(PLAN, rows(), None, None)
    assert [(line.station_code, line.lane) for line in made.lines] == [("A", 1), ("A", 2), ("B", 1)]
    assert made.breaks == (("午休", 630, 660),)
    assert made.kinds == {}


def test_closed_lanes_come_from_the_problem():
    problem = draft().problem
    first = replace(problem.stations[0], lane_closed=(((600, 610),), ()))
    made = day_of(PLAN, rows(), replace(problem, stations=(first, problem.stations[1])), None)
    assert [line.closed for line in made.lines] == [((600, 610),), (), ()]


def test_the_day_as_it_runs():
    done, running, absent, late, coming = rows()
    shown = (
        replace(done, state="done", started_minute=540, ended_minute=550),
        replace(running, started_minute=556),
        replace(absent, state="absent"),
        late,
        coming,
    )
    made = day_of(PLAN, shown, replace(draft().problem, now=570), None)
    assert made.kinds == {1: DONE, 2: RUNNING, 3: OUT, 4: LATE}
    assert made.actual == {1: (540, 550), 2: (556, 570)}


def test_a_draft_moves_its_visits_and_leaves_the_others():
    moved = drafts.pin(drafts.move(draft(), (3, "A"), 1, 600), (1, "A"))
    made = day_of(PLAN, (*rows(), replace(rows()[0], visit_id=9, entrant_id=9)), moved.problem, moved)
    assert made.slots[2].starts_minute == 600
    assert made.slots[5].starts_minute == 540
    assert made.changed == {1, 3}
    assert made.pinned == {1}


def test_the_settings_are_said_in_a_line():
    info = replace(
        PLAN.info,
        rotation="bell",
        walk_minutes=2,
        rest_minutes=3,
        most_stay_minutes=90,
        keep_order="every",
        stand_ins=True,
    )
    assert settings_line(replace(PLAN, info=info)).split(" · ") == [
        "all start at a bell",
        "walk 2 minutes",
        "rest 3 minutes",
        "longest stay 90 minutes",
        "order of the draw kept everywhere",
        "reserve judges step in",
    ]


def test_the_lists_say_what_became_of_a_visit():
    coming, done, absent, undrawn, _last = rows()
    shown = [coming, replace(done, state="done"), replace(absent, state="absent"), replace(undrawn, state="undrawn")]
    state = schedule_tables.station_columns()[-1]
    assert [state.text(slot) for slot in shown] == ["to come", "marked", "absent", "not drawn"]
    assert [state.tone(slot) for slot in shown] == ["muted", "done", "attention", "attention"]
    begun = replace(coming, started_minute=541)
    assert (state.text(begun), state.tone(begun)) == ("running", "info")
    whole = schedule_tables.EntrantDay((coming, undrawn), 8)
    assert [column.text(whole) for column in schedule_tables.entrant_columns()][-2:] == ["09:00 A-1　09:20 B-1", "8"]
    assert (schedule_tables.visit_id(coming), schedule_tables.entrant_id(whole)) == (1, 1)
