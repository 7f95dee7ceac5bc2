"""Taking what was offered to make the day fit: the event changes under the guards of its plan, and it is logged."""

from dataclasses import replace

import pytest

from data import i18n, models
from data.actions import schedule, setup
from data.actions.schedule_fixes import apply_fix
from data.errors import InvalidInput, NotAllowed
from data.queries import audit_log
from data.queries import schedule as queries
from data.queries import schedule_fixes as fix_queries
from data.queries.plan import current_plan
from data.queries.schedule_words import Words
from data.rules import rotation
from data.rules.plan import Break, Judge, Session
from data.rules.rotation_fix import Fix
from data.rules.rotation_fixes import remedies


def solved(store):
    return rotation.solve(queries.problem(store), waiting_budget=0)


def change(store, **values) -> None:
    setup.save_plan(store, "李敏", replace(current_plan(store), **values), "改方案")


def offered(store):
    problem = queries.problem(store)
    return remedies(problem, rotation.solve(problem, waiting_budget=0), seats=fix_queries.seats(store))


def test_a_late_day_is_mended_in_each_way_that_is_offered(drawn):
    """17:54 is the optimum; the day shall end at 17:30."""
    change(drawn, info=replace(current_plan(drawn).info, closes_minute=17 * 60 + 30))
    (remedy,) = offered(drawn)
    assert Words(drawn).remedy(remedy) == (
        "S2 静脉输液 needs 24 minutes more: finish at 17:54, or 1 more lane at S2 静脉输液, "
        "or 4 entrants fewer at S2 静脉输液."
    )
    later, lane, fewer = remedy.fixes
    with pytest.raises(NotAllowed, match="for people to decide"):
        apply_fix(drawn, "李敏", fewer)

    assert "1 more lane" in apply_fix(drawn, "李敏", lane)
    assert current_plan(drawn).station("S2").lanes == 3
    assert solved(drawn).fits
    entry = audit_log.entries(drawn)[0]
    assert "So that the day fits" in entry.reason

    change_back = replace(current_plan(drawn).station("S2"), lanes=2)
    plan = current_plan(drawn)
    change(drawn, stations=tuple(change_back if s.code == "S2" else s for s in plan.stations))
    assert not solved(drawn).fits
    assert "17:54" in apply_fix(drawn, "李敏", later, "延长")
    assert current_plan(drawn).info.closes_minute == 17 * 60 + 54
    assert solved(drawn).fits


def code_of_pair(store) -> str:
    """A station of at least two lanes that somebody visits."""
    problem = queries.problem(store)
    visited = {code for entrant in problem.entrants for code in entrant.stations}
    return next(s.code for s in problem.stations if len(s.lane_units) > 1 and s.code in visited)


def put_own_judges(store) -> tuple[str, str]:
    """Let every lane of a station have a judge of one hospital whose people perform there."""
    problem = queries.problem(store)
    code = code_of_pair(store)
    entrant = next(entrant for entrant in problem.entrants if code in entrant.stations)
    unit = max(entrant.units, key=len)
    judges = tuple(
        replace(j, unit_name=unit) if (j.station, j.seat) == (code, 2) else j for j in current_plan(store).judges
    )
    change(store, judges=judges)
    return code, unit


def test_judges_change_seats_and_a_reserve_judge_comes(drawn):
    _code, unit = put_own_judges(drawn)
    (remedy,) = offered(drawn)
    assert remedy.obstacles[0].code == "recusal"
    swap = next(fix for fix in remedy.fixes if fix.code == "swap_judges")
    before = {(j.station, j.lane, j.seat): j for j in current_plan(drawn).judges}
    one = before[swap.station, swap.lane, swap.seat]
    other = before[swap.other_station, swap.other_lane, swap.other_seat]
    assert one.name in Words(drawn).fix(swap)
    assert other.name in Words(drawn).fix(swap)
    apply_fix(drawn, "李敏", swap)
    after = {(j.station, j.lane, j.seat): j for j in current_plan(drawn).judges}
    assert after[swap.station, swap.lane, swap.seat].name == other.name
    assert after[swap.other_station, swap.other_lane, swap.other_seat].unit_name == unit
    assert solved(drawn).fits

    gone = replace(swap, seat=9)
    with pytest.raises(NotAllowed, match="no judge any more"):
        apply_fix(drawn, "李敏", gone)


def test_a_reserve_judge_steps_in(drawn):
    code, unit = put_own_judges(drawn)
    fix = Fix("stand_in", code, unit=unit)
    assert fix_queries.judges_needed(fix) == 1
    with pytest.raises(InvalidInput, match="no name"):
        apply_fix(drawn, "李敏", fix)
    with pytest.raises(InvalidInput, match="whose entrants"):
        apply_fix(drawn, "李敏", fix, judges=[("周替", unit)])
    assert not current_plan(drawn).info.stand_ins
    apply_fix(drawn, "李敏", fix, judges=[(" 周替 ", "")])
    (reserve,) = (judge for judge in current_plan(drawn).judges if judge.reserve)
    assert (reserve.name, reserve.lane, reserve.seat, reserve.station) == ("周替", 0, 1, code)
    assert current_plan(drawn).info.stand_ins
    assert solved(drawn).fits
    assert not [seat for seat in fix_queries.seats(drawn) if not seat.lane]


def test_a_reserve_judge_who_is_there_already_may_step_in(drawn):
    code, unit = put_own_judges(drawn)
    change(drawn, judges=(*current_plan(drawn).judges, Judge("周替", "", code, 0, 1, chief=False, reserve=True)))
    apply_fix(drawn, "李敏", Fix("stand_in", code, unit=unit))
    assert current_plan(drawn).info.stand_ins
    assert sum(judge.reserve for judge in current_plan(drawn).judges) == 1


def test_a_judge_from_elsewhere(drawn):
    code, unit = put_own_judges(drawn)
    fix = Fix("replace_judge", code, 1, unit=unit, seat=2)
    apply_fix(drawn, "李敏", fix, judges=[("周外", "省人民医院")])
    judge = next(j for j in current_plan(drawn).judges if (j.station, j.lane, j.seat) == (code, 1, 2))
    assert (judge.name, judge.unit_name) == ("周外", "省人民医院")
    assert solved(drawn).fits


def test_longer_stays_and_longer_hours(drawn):
    plan = current_plan(drawn)
    code = plan.stations[0].code
    early = replace(plan.stations[0], closes_minute=16 * 60)
    pauses = (
        *plan.breaks,
        Break("收台", 16 * 60 + 10, plan.info.closes_minute, station=code, lane=1),
        Break("休整", 15 * 60, 15 * 60 + 5, station=code),
    )
    change(drawn, stations=(early, *plan.stations[1:]), breaks=pauses)
    with drawn.write("李敏", "test.close") as writing:
        row = models.Station.get(code=code)
        for ends in (None, 17 * 60):
            writing.insert(
                models.LaneClosure, station=row.id, lane=2, starts_minute=15 * 60, ends_minute=ends, reason="故障"
            )
    apply_fix(drawn, "李敏", Fix("open_longer", code, minute=17 * 60, also=(Fix("longer_stay", minute=600),)))
    after = current_plan(drawn)
    assert (after.station(code).closes_minute, after.info.most_stay_minutes) == (17 * 60, 600)
    assert [(pause.name, pause.starts_minute) for pause in after.breaks[-2:]] == [("收台", 17 * 60), ("休整", 15 * 60)]
    with drawn.read():
        assert [row.starts_minute for row in models.LaneClosure.select()] == [17 * 60, 15 * 60]
    apply_fix(drawn, "李敏", Fix("open_longer", code, minute=plan.info.closes_minute))
    after = current_plan(drawn)
    assert after.station(code).closes_minute is None
    assert [pause.name for pause in after.breaks[len(plan.breaks) :]] == ["休整"]


def test_units_leave_later_and_sessions_end_later(drawn):
    problem = queries.problem(drawn)
    entrant = problem.entrants[0]
    plan = current_plan(drawn)
    divisions = tuple(replace(division, session="上午") for division in plan.divisions)
    units = tuple(replace(unit, leaves_minute=12 * 60) if unit.name in entrant.units else unit for unit in plan.units)
    sessions = (Session("上午", 9 * 60, 12 * 60), Session("下午", 13 * 60, 18 * 60))
    change(drawn, divisions=divisions, units=units, sessions=sessions)
    apply_fix(drawn, "李敏", Fix("widen", minute=15 * 60, entrants=(entrant.id,), unit=max(entrant.units, key=len)))
    after = current_plan(drawn)
    assert [unit.leaves_minute for unit in after.units if unit.name in entrant.units] == [15 * 60]
    assert {unit.leaves_minute for unit in after.units if unit.name not in entrant.units} == {None}
    assert [session.ends_minute for session in after.sessions] == [15 * 60, 18 * 60]


def test_a_visit_is_unpinned_in_the_timetable_in_force(scheduled):
    problem = queries.problem(scheduled)
    first, second = (slot for slot in problem.before[:2])
    keys = {(slot.entrant, slot.station) for slot in (first, second)}
    solution = rotation.Solution(problem.before, 1074, 1074)
    schedule.save_timetable(scheduled, "李敏", solution, pinned=keys)
    said = apply_fix(scheduled, "李敏", Fix("unpin", first.station, entrants=(first.entrant,)))
    assert "pin the visit again" in said
    assert queries.problem(scheduled).pinned == (second,)


def test_lanes_that_were_drawn_stay(drawn):
    code = code_of_pair(drawn)
    entrant = queries.problem(drawn).entrants[0].id
    with drawn.write("李敏", "test.draw") as writing:
        writing.insert(models.DrawnLane, entrant=entrant, station=models.Station.get(code=code).id, lane=1)
    with pytest.raises(NotAllowed, match="were drawn"):
        apply_fix(drawn, "李敏", Fix("add_lane", code, count=1))
    before = current_plan(drawn)
    with pytest.raises(NotAllowed, match="were drawn"):
        apply_fix(drawn, "李敏", Fix("close_later", minute=1200, also=(Fix("add_lane", code, count=1),)))
    assert current_plan(drawn) == before, "changes that go together are made together or not at all"


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_fix_has_words(drawn, language):
    i18n.use(language)
    words = Words(drawn)
    judges = {(judge.station, judge.lane, judge.seat): judge.name for judge in current_plan(drawn).judges}
    codes = ("add_lane", "close_later", "fewer", "replace_judge", "stand_in", "longer_stay", "open_longer", "widen")
    entrant = queries.problem(drawn).entrants[0].id
    for code in (*codes, "unpin"):
        fix = Fix(code, "S2", 1, minute=1000, count=2, entrants=(entrant,), unit="某医院", seat=1)
        assert "{" not in words.fix(fix)
    swap = Fix("swap_judges", "S2", 1, 2, "S2", seat=1, other_seat=1)
    assert judges["S2", 1, 1] in words.fix(swap)
    assert judges["S2", 2, 1] in words.fix(swap)
    apart = words.fix(replace(swap, other_station="S1"))
    assert "S1" in apart
    assert "S2" in apart
    assert words.fix(replace(swap, seat=9)) != words.fix(swap)
