"""The day to plan, filled from the event file: each setting and each event of the day in its place."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from data import models
from data.actions.setup import save_plan
from data.local_time import local_time
from data.queries import entrants
from data.queries.plan import current_plan
from data.queries.schedule_problem import blockers, problem
from data.rules.plan import Break, Component, Division, Judge, Session, Station, Walk
from data.rules.rotation_model import Slot
from data.store import Store
from tests.data import contest

DATE = "2024-05-08"


def minute_of(hour: int, minute: int, second: int = 0) -> str:
    """A moment of the event's day, given in the time of this computer, as the file keeps it."""
    return datetime(2024, 5, 8, hour, minute, second).astimezone(UTC).isoformat()


def at(store: Store, hour: int, minute: int, day: int = 8) -> None:
    """Let the store's clock stand still then."""
    moment = datetime(2024, 5, day, hour, minute).astimezone(UTC)
    store.clock = lambda: moment


@pytest.fixture
def event(store: Store) -> Store:
    """Three hospitals, a station S1 of two lanes and 12 minutes; slots of the entrants run backwards from 08:20."""
    contest.set_up(store)
    alter(store, info=replace(current_plan(store).info, date=DATE, opens_minute=480, closes_minute=1080))
    at(store, 7, 0, day=1)
    return store


def alter(store: Store, **tables) -> None:
    save_plan(store, "tester", replace(current_plan(store), **tables), "测试")


def change(store: Store, model: type[models.Row], row_id: int, **values) -> None:
    with store.write("tester", "test.change") as writing:
        writing.update(model.get_by_id(row_id), **values)


def add(store: Store, model: type[models.Row], **values) -> int:
    with store.write("tester", "test.add") as writing:
        return writing.insert(model, **values)


def with_second_station(store: Store) -> None:
    plan = current_plan(store)
    alter(
        store,
        stations=(*plan.stations, Station("S2", "急救", "IV", "individual", 10, 0, 1, 1, "mean", ("N",))),
        components=(
            *(replace(part, weight_milli=40_000) if part.source == "S1" else part for part in plan.components),
            Component("N", "急救", "S2", 30_000),
        ),
        judges=(*plan.judges, Judge("丙", "", "S2", 1, 1, True)),
    )


def station(store: Store, code: str = "S1"):
    return next(entry for entry in problem(store).stations if entry.code == code)


def test_a_plan_without_settings_asks_for_nothing(event: Store):
    made = problem(event)
    assert (made.walk, made.rest, made.most_stay, made.bell, made.keep_order) == (0, 0, 0, False, "first")
    assert made.walks == made.pinned == made.actual == made.done == made.breaks == ()
    assert made.now is None
    assert made.stations[0].lane_closed == made.stations[0].stand_ins == ()
    assert {entrant.windows for entrant in made.entrants} == {entrant.shares for entrant in made.entrants} == {()}
    assert {entrant.division for entrant in made.entrants} == {"N"}
    assert len(made.before) == 6


def test_the_settings_of_the_event_are_the_problem_s(event: Store):
    with_second_station(event)
    info = replace(
        current_plan(event).info,
        rotation="bell",
        walk_minutes=3,
        rest_minutes=5,
        most_stay_minutes=120,
        keep_order="every",
    )
    alter(event, info=info, walks=(Walk("S1", "S2", 8),))
    made = problem(event)
    assert (made.walk, made.rest, made.most_stay, made.bell, made.keep_order) == (3, 5, 120, True, "every")
    assert made.gap("S2", "S1") == 13


def test_breaks_close_the_event_a_station_or_a_lane(event: Store):
    alter(
        event,
        breaks=(
            Break("午休", 720, 810),
            Break("设备检查", 600, 610, station="S1"),
            Break("裁判休息", 605, 620, station="S1", lane=2),
            Break("裁判用餐", 700, 710, station="S1", lane=2),
        ),
    )
    assert problem(event).breaks == ((720, 810),)
    assert station(event).lane_closed == (((600, 610),), ((600, 620), (700, 710)))


def test_hours_of_a_station_close_it_at_the_ends_of_the_day(event: Store):
    plan = current_plan(event)
    alter(event, stations=(replace(plan.stations[0], opens_minute=540, closes_minute=1000),))
    assert station(event).closed(1) == ((0, 540), (1000, 1440))
    alter(event, stations=(replace(plan.stations[0], opens_minute=480, closes_minute=1080),))
    assert station(event).lane_closed == ()


def test_a_lane_out_of_service_is_closed_until_further_notice(event: Store):
    with event.read():
        row = models.Station.get().id
    add(event, models.LaneClosure, station=row, lane=2, starts_minute=600, ends_minute=640, reason="停电")
    add(event, models.LaneClosure, station=row, lane=2, starts_minute=700, ends_minute=None, reason="设备损坏")
    assert station(event).lane_closed == ((), ((600, 640), (700, 1440)))


def test_reserve_judges_stand_in_where_the_event_lets_them(event: Store):
    plan = current_plan(event)
    alter(event, judges=(*plan.judges, Judge("候补甲", "二院", "S1", 0, 1, False, reserve=True)))
    assert station(event).lane_units == (frozenset({"省人民医院"}), frozenset({"第一医院", "省人民医院"}))
    assert station(event).stand_ins == ()
    alter(event, info=replace(current_plan(event).info, stand_ins=True))
    assert station(event).stand_ins == (frozenset(), frozenset({"第一医院", "一院"}))
    alter(event, judges=(*plan.judges, Judge("候补甲", "一院", "S1", 0, 1, False, reserve=True)))
    assert station(event).stand_ins == ()


def test_windows_are_what_session_unit_and_readiness_leave(event: Store):
    plan = current_plan(event)
    units = (replace(plan.units[0], arrives_minute=540), replace(plan.units[1], leaves_minute=500), plan.units[2])
    alter(event, units=units)
    made = problem(event)
    assert [entrant.windows for entrant in made.entrants] == [((540, 1440),)] * 2 + [((0, 500),)] * 2 + [()] * 2
    alter(
        event,
        sessions=(Session("上午", 510, 720),),
        divisions=(replace(plan.divisions[0], session="上午"), plan.divisions[1]),
    )
    change(event, models.Entrant, made.entrants[4].id, ready_minute=600)
    change(event, models.Entrant, made.entrants[5].id, ready_minute=800)
    made = problem(event)
    assert [entrant.windows for entrant in made.entrants] == [
        ((540, 720),),
        ((540, 720),),
        ((510, 510),),  # the unit leaves before the session begins
        ((510, 510),),
        ((600, 720),),
        ((800, 800),),
    ]


def test_a_team_shares_people_with_its_members_and_with_other_teams(event: Store):
    plan = current_plan(event)
    alter(
        event,
        divisions=(
            *plan.divisions,
            Division("T", "全县", "团队", "team", 1),
            Division("U", "全县", "急救团队", "team", 1),
        ),
        stations=(*plan.stations, Station("T1", "急救", "IV", "team", 10, 0, 1, 1, "mean", ("T", "U"))),
        components=(*plan.components, Component("T", "急救", "T1", 100_000), Component("U", "急救", "T1", 100_000)),
    )
    with event.read():
        divisions = {row.code: row.id for row in models.Division.select()}
        singles = [row.id for row in models.Entrant.select().where(models.Entrant.person.is_null(False))]
    teams = [
        add(event, models.Entrant, division=divisions[code], unit=1, name="一院", token=f"T{code}", draw_order=1)
        for code in ("T", "U")
    ]
    with event.read():
        person = models.Entrant.get_by_id(singles[0]).person_id
        only_team = models.Entrant.get_by_id(singles[1]).person_id
    for team in teams:
        add(event, models.Member, entrant=team, person=person)
    add(event, models.Member, entrant=teams[0], person=only_team)
    shares = {entrant.id: entrant.shares for entrant in problem(event).entrants}
    assert shares[singles[0]] == tuple(teams)
    assert shares[singles[1]] == (teams[0],)
    assert shares[teams[0]] == (singles[0], singles[1], teams[1])
    assert shares[teams[1]] == (singles[0], teams[0])
    assert shares[singles[2]] == ()
    change(event, models.Entrant, singles[0], state="absent")
    shares = {entrant.id: entrant.shares for entrant in problem(event).entrants}
    assert singles[0] not in shares
    assert shares[teams[0]] == (singles[1], teams[1])


def test_pins_hold_what_is_still_to_come(event: Store):
    with event.read():
        slots = list(models.Slot.select())
    for slot in slots[:3]:
        change(event, models.Slot, slot.id, pinned=True)
    change(event, models.Visit, slots[0].visit_id, state="absent")
    change(event, models.Entrant, contest.entrant_of(event, slots[1].visit_id), state="absent")
    made = problem(event)
    third = contest.entrant_of(event, slots[2].visit_id)
    assert made.pinned == (Slot(third, "S1", slots[2].lane, slots[2].starts_minute, slots[2].ends_minute),)
    assert made.pinned[0] in made.before


@pytest.mark.parametrize(
    ("hour", "day", "begun", "now"),
    [(9, 8, False, 540), (7, 8, False, None), (7, 8, True, 420), (9, 7, True, None)],
)
def test_now_counts_on_the_day_from_the_opening_or_the_first_start_on(event: Store, hour, day, begun, now):
    at(event, hour, 0, day)
    if begun:
        change(event, models.Visit, 1, started_at=minute_of(6, 50))
    assert problem(event).now == now


def test_how_visits_really_ran(event: Store):
    at(event, 9, 0)
    change(event, models.Visit, 1, started_at=minute_of(8, 31, 20), ended_at=minute_of(8, 45, 1), ran_lane=2)
    change(event, models.Visit, 2, started_at=minute_of(8, 50))
    change(event, models.Visit, 3, started_at=minute_of(8, 30))
    for milli in (90_000, 40_000):
        values = {"text": "停电", "actor": "李敏", "at": minute_of(8, 55), "given_back_milli": milli}
        add(event, models.Incident, visit=2, **values)
    made = problem(event)
    ran = {slot.entrant: (slot.lane, slot.starts, slot.ends) for slot in made.actual}
    planned = {slot.entrant: (slot.lane, slot.starts, slot.ends) for slot in made.done}
    first, second, third = (contest.entrant_of(event, visit) for visit in (1, 2, 3))
    assert ran == {first: (2, 511, 526), second: (2, 530, 545), third: (1, 510, 540)}
    assert planned == {first: (1, 500, 510), second: (2, 490, 500), third: (1, 480, 490)}
    assert len(made.before) == 3


def test_what_began_beside_the_timetable_is_not_planned_again(event: Store):
    """Someone withdrew, the rest was planned without him, and he performed after all."""
    with event.read():
        visit = models.Visit.select().order_by(models.Visit.id).first()
        entrant, slots = visit.entrant_id, list(models.Slot.select().where(models.Slot.visit == visit.id))
    with event.write("tester", "test.without") as writing:
        for slot in slots:
            writing.delete(slot)
    change(event, models.Visit, visit.id, started_at=minute_of(9, 0, 5), ran_lane=2)
    at(event, 9, 5)
    found = problem(event)
    assert Slot(entrant, "S1", 2, 540, 552) in found.done
    assert Slot(entrant, "S1", 2, 540, 552) in found.happened
    change(event, models.Visit, visit.id, started_at="2024-05-07T09:00:00.000Z")
    assert entrant not in {slot.entrant for slot in problem(event).done}


def test_a_visit_that_is_over_keeps_no_lane_in_the_future(event: Store):
    at(event, 8, 5)
    change(event, models.Visit, 1, state="absent")  # planned from 08:20
    change(event, models.Visit, 3, ended_at=minute_of(8, 4), state="")  # planned from 08:00, not marked
    change(event, models.Visit, 4, state="absent")  # planned until 08:00
    first, fourth = contest.entrant_of(event, 1), contest.entrant_of(event, 4)
    made = problem(event)
    assert made.actual == (Slot(first, "S1", 1, 485, 485),)
    assert {slot.entrant for slot in made.done} == {first, fourth}
    contest.hand_in_total(event, 3, 80)
    third = contest.entrant_of(event, 3)
    assert Slot(third, "S1", 1, 480, 485) in problem(event).actual


def test_a_start_on_another_day_says_nothing_of_this_one(event: Store):
    moment = local_time(minute_of(9, 0)) + timedelta(days=1)
    change(event, models.Visit, 1, started_at=moment.astimezone(UTC).isoformat())
    made = problem(event)
    assert made.actual == ()
    assert len(made.done) == 1


def test_the_first_thing_that_is_missing_blocks(event: Store):
    rows = entrants.entrants(event)
    plan = current_plan(event)
    with event.read():
        assert blockers(plan, rows) == []
        assert blockers(replace(plan, stations=()), rows) == [("The event has no stations yet.", "setup")]
        unnumbered = [replace(rows[0], draw_order=None), *rows[1:]]
        text = "1 entrant has no contestant number yet: draw the numbers first."
        assert blockers(plan, unnumbered) == [(text, "draws")]
