"""Who marks the visits of a lane with a judge of the own unit, where a reserve judge takes that seat."""

from dataclasses import replace

import pytest

from data import models
from data.actions import draws as draw_actions
from data.actions import marks, printouts
from data.actions import schedule as schedule_actions
from data.actions.setup import save_plan
from data.errors import NotAllowed
from data.queries import draws, entrants, papers, pools, rare_names, readiness, schedule, scores, timetable_papers
from data.queries import printouts as printout_states
from data.queries.plan import current_plan
from data.queries.stand_ins import StandIn, stand_ins_by_visit, stand_ins_of
from data.rules import rotation
from data.rules.draw_record import JUDGES, LANES
from data.rules.plan import Judge
from data.store import Store
from tests.data import choice_contest, contest

RESERVE = Judge("龚海", "二院", "S1", 0, 1, False, reserve=True)


def alter(store: Store, judges: tuple[Judge, ...], *, allowed: bool = True) -> None:
    plan = current_plan(store)
    save_plan(store, "t", replace(plan, judges=judges, info=replace(plan.info, stand_ins=allowed)), "候补")


@pytest.fixture
def visit(store: Store) -> int:
    """The visit of N-02 in lane 2, where a judge of the first hospital has seat 1; a reserve judge of the second."""
    _first, visit, *_others = contest.set_up(store)
    alter(store, (*current_plan(store).judges, RESERVE))
    return visit


def test_the_reserve_judge_marks_instead_of_the_recused_one(store: Store, visit: int):
    found = stand_ins_by_visit(store)
    assert {seat: (one.name, one.instead_of) for seat, one in found[visit].items()} == {1: ("龚海", "裁判21")}
    assert set(found) == {visit}
    marks.hand_in(store, "录分", visit, 1, contest.BEST)
    sheet = scores.open_sheet(store, visit, 1)
    assert (sheet.judge, sheet.instead_of, sheet.lane) == ("龚海", "裁判21", 2)
    other = scores.open_sheet(store, visit, 2)
    assert (other.judge, other.instead_of) == ("裁判22", "")


@pytest.mark.parametrize(
    ("reserves", "allowed"),
    [((), True), ((RESERVE,), False), ((replace(RESERVE, unit_name="第一医院"),), True)],
)
def test_without_a_free_reserve_judge_nobody_marks(store: Store, visit: int, reserves, allowed):
    seated = tuple(judge for judge in current_plan(store).judges if not judge.reserve)
    alter(store, (*seated, *reserves), allowed=allowed)
    assert stand_ins_by_visit(store) == {}
    assert scores.open_sheet(store, visit, 1).judge == "裁判21"
    with pytest.raises(NotAllowed, match="own unit"):
        marks.hand_in(store, "录分", visit, 1, contest.BEST)


def test_the_lane_in_which_a_visit_began_counts(store: Store, visit: int):
    with store.write("t", "test.begin") as writing:
        writing.update(models.Visit.get_by_id(visit), started_at=writing.at, ran_lane=1)
        first = models.Visit.get_by_id(visit - 1)
        writing.update(first, started_at=writing.at, ran_lane=2)
    assert set(stand_ins_by_visit(store)) == {first.id}
    assert scores.open_sheet(store, visit, 1).lane == 1
    assert set(stand_ins_by_visit(store, 1)) == {visit}  # as the timetable has it


def test_a_visit_that_is_in_no_timetable_has_no_reserve_judges(store: Store, visit: int):
    with store.write("t", "test.clear") as writing:
        for slot in models.Slot.select():
            writing.delete(slot)
    assert stand_ins_by_visit(store) == {}
    with store.read():
        assert [dict(stand_ins_of(at)) for at in (visit, 10**6)] == [{}, {}]


def test_papers_name_the_reserve_judge(store: Store, visit: int):
    with store.write("t", "test.tokens") as writing:
        for nth, row in enumerate(models.Entrant.select()):
            writing.update(row, token=f"7K3M2QX{nth}")
    sheets = {(sheet.id, sheet.seat): sheet.judge for sheet in papers.mark_sheets(store)}
    assert sheets[visit, 1] == "龚海"
    assert sheets[visit, 2] == "裁判22"
    lists = {one.judge: (one.lane, [turn.visit_id for turn in one.turns]) for one in
             timetable_papers.timetables(store).judges}  # fmt: skip
    assert lists["龚海"] == (0, [visit])
    assert "裁判21" not in lists
    assert lists["裁判22"] == (2, [visit])
    assert len(lists["裁判11"][1]) == 5


@pytest.mark.parametrize("change", ["added", "renamed", "allowed"])
def test_papers_show_as_changed_when_reserve_judges_do(store: Store, visit: int, change: str):
    with store.write("t", "test.tokens") as writing:
        for nth, row in enumerate(models.Entrant.select()):
            writing.update(row, token=f"7K3M2QX{nth}")
    judges = current_plan(store).judges
    seated = tuple(judge for judge in judges if not judge.reserve)
    before = {"added": (seated, True), "renamed": (judges, True), "allowed": (judges, False)}[change]
    alter(store, before[0], allowed=before[1])
    kinds = (printout_states.MARKSHEETS, printout_states.JUDGE_LISTS)
    for kind in kinds:
        printouts.record(store, "t", kind, 1, of_version=1)
    assert not any(printout_states.state(store, kind).changed for kind in kinds)
    alter(store, (*seated, replace(RESERVE, name="龚江", id=judges[-1].id) if change == "renamed" else RESERVE))
    sheets, lists = (printout_states.state(store, kind).changed for kind in kinds)
    assert visit in sheets
    assert {judge.id for judge in current_plan(store).judges if judge.lane == 2 and judge.seat == 2} <= lists


def test_a_sealed_event_does_not_tell_whose_seat_it_is(store: Store, visit: int):
    with store.write("t", "test.seal") as writing:
        writing.update(models.Event.get(), blind=True)
        values = {"record": {}, "frozen_at": writing.at, "drawn_at": writing.at}
        writing.insert(models.Draw, kind="numbers", state="drawn", **values)
    (found,) = stand_ins_by_visit(store)[visit].values()
    assert (found.name, found.instead_of) == ("龚海", "")
    assert isinstance(found, StandIn)
    assert scores.open_sheet(store, visit, 1).instead_of == ""


def test_rare_characters_of_reserve_judges_are_told(store: Store, visit: int):
    alter(store, (*current_plan(store).judges[:-1], replace(RESERVE, name="張海")))
    with store.read():
        assert [(one.whose, one.name) for one in rare_names.rare_names()] == [("judge", "張海")]


def of_every_lane(store: Store, unit: str) -> tuple[Judge, ...]:
    """The judges, of whom one of every lane of S1 is of this unit."""
    return tuple(
        replace(judge, unit_name=unit) if (judge.station, judge.seat) == ("S1", 1) and judge.lane else judge
        for judge in current_plan(store).judges
    )


def test_a_station_is_closed_to_a_unit_only_where_no_reserve_judge_can_step_in(store: Store, visit: int):
    judges = of_every_lane(store, "第一医院")
    alter(store, judges, allowed=False)
    without = readiness.readiness(store).lines
    alter(store, judges)
    steps_in = readiness.readiness(store).lines
    assert [line.title for line in without if "S1" in line.detail and "一" in line.detail]
    assert not [line.title for line in steps_in if "S1" in line.detail and "一" in line.detail]


def test_draws_leave_reserve_judges_out(store: Store):
    choice_contest.number_everyone(store)
    plan = current_plan(store)
    station = next(station for station in plan.stations if station.lanes > 1)
    reserve = Judge("龚海", "", station.code, 0, 1, False, reserve=True)
    alter(store, (*plan.judges, reserve))
    choice_contest.draw_kind(store, "items")
    choice_contest.draw_kind(store, LANES)
    choice_contest.draw_kind(store, JUDGES)
    record = draws.record(store, draws.current(store, JUDGES).id)
    assert "龚海" not in record["rules"]["judges"].values()
    now = {(judge.name, judge.station, judge.lane) for judge in current_plan(store).judges if judge.reserve}
    assert now == {("龚海", station.code, 0)}
    draw_actions.void(store, "t", draws.current(store, JUDGES).id, "重抽")
    assert {judge.name for judge in current_plan(store).judges if judge.reserve} == {"龚海"}


@pytest.mark.parametrize(("lanes", "open_lanes"), [((1,), {2}), ((1, 2), {1, 2})])
def test_a_lane_with_a_colleague_is_drawn_only_by_who_has_no_other(store: Store, lanes, open_lanes):
    choice_contest.number_everyone(store)
    plan = current_plan(store)
    judges = tuple(
        replace(judge, unit_name="第一医院")
        if (judge.station, judge.seat) == ("S1", 1) and judge.lane in lanes
        else judge
        for judge in plan.judges
    )
    alter(store, (*judges, RESERVE))
    with store.read():
        ids = [member.candidate.id for member in pools.pool(store, LANES) if member.candidate.unit == "第一医院"]
    assert {one.lane for one in ids if one.station == "S1" and not one.recused} == open_lanes


def test_the_day_is_planned_with_a_reserve_judge_where_every_lane_has_a_colleague(store: Store):
    choice_contest.number_everyone(store)
    choice_contest.draw_kind(store, "items")
    plan = current_plan(store)
    everywhere = tuple(
        replace(judge, unit_name="第一医院") if (judge.station, judge.seat) == ("S1", 1) else judge
        for judge in plan.judges
    )
    alter(store, everywhere)
    assert {obstacle.code for obstacle in rotation.solve(schedule.problem(store), waiting_budget=0.0).obstacles} == {
        "recusal"
    }
    alter(store, (*everywhere, RESERVE))
    schedule_actions.save_timetable(store, "t", rotation.solve(schedule.problem(store), waiting_budget=0.0))
    assert not [finding for finding in schedule.findings(store) if finding.hard]
    with store.read():
        units = entrants.true_units()
        rows = models.Visit.select(models.Visit.id, models.Visit.entrant).join(models.Station)
        visits = dict(rows.where(models.Station.code == "S1").tuples())
    own = {visit for visit, entrant in visits.items() if "第一医院" in units[entrant]}
    assert set(stand_ins_by_visit(store)) == own
    for visit in own:
        for seat in (1, 2):
            marks.hand_in(store, "录分", visit, seat, {}, total_milli=80_000)
