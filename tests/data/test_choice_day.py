"""Days with 必考 and 抽考: who visits what, what counts, and standings that an independent recount gives too."""

import csv
from contextlib import closing
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from data import i18n, models
from data import rehearsal_steps as steps
from data.actions import marks, printouts
from data.actions.marks_import import apply_marks
from data.actions.setup import save_plan
from data.errors import InvalidInput, NotAllowed, NotFound
from data.exchange.marks_csv import read_marks
from data.exchange.plan_workbook import write_plan
from data.exchange.standings_csv import write_standings
from data.queries import leaderboard, papers, programme, schedule, scores
from data.queries.ladder import ladder
from data.queries.plan import current_plan
from data.queries.readiness import readiness
from data.queries.readiness_facts import read_facts
from data.queries.schedule_words import Words
from data.rehearsal import Inputs
from data.rules.draw_record import ITEMS, LANES
from data.rules.plan import Component
from data.rules.score_files import MarkRow
from data.store import Store, open_store
from data.verify import verify_file
from tests import recount
from tests.conftest import SIMULATION
from tests.data import choice_contest, ending
from tests.data.choice_contest import draw_kind, entrant, judge_everyone, number_everyone, plan_day, put_lane
from tests.data.rehearsed import rehearse_quietly, rows, write_marks

PEOPLE = {"急诊组": ("赵敏", "钱进", "孙莉"), "护理组": ("李静", "周洁", "吴霞")}
E_OPTIONAL, N_OPTIONAL = {"S2", "S3", "S4"}, {"S3", "S4", "S5"}


@pytest.fixture
def contest(store: Store) -> Store:
    """Everyone has a number; nothing is drawn of the optional stations."""
    number_everyone(store)
    return store


@pytest.fixture
def drawn(contest: Store) -> Store:
    draw_kind(contest, ITEMS)
    return contest


@pytest.fixture
def timed(drawn: Store) -> Store:
    plan_day(drawn)
    return drawn


def drawn_of(store: Store, number: str) -> set[str]:
    with store.read():
        return set(programme.drawn_stations()[entrant(store, number)])


def agree(store: Store, folder: Path) -> None:
    """The standings of the file, line for line, are those that the recount gives."""
    write_standings(store, folder / "standings.csv")
    with (folder / "standings.csv").open(encoding="utf-8-sig", newline="") as file:
        found = {
            (row["组别代码"], row["参赛编号"], row["单位"]): (
                row["名次"],
                row["总分(未舍入)"],
                row["总分"],
                row["奖项"],
            )
            for row in csv.DictReader(file)
        }
    assert found == {key: tuple(line) for key, line in recount.standings(store.path).items()}


def test_everyone_visits_the_mandatory_stations_and_those_drawn(contest: Store) -> None:
    before = programme.stations_of(contest)
    numbers = {"E-01": ("S1",), "N-01": ("S2",), "T-01": ()}
    assert {number: before[entrant(contest, number)] for number in numbers} == numbers
    assert len(programme.undrawn(contest)) == len(before) == 8 + 8 + 4
    draw_kind(contest, ITEMS)
    after = programme.stations_of(contest)
    assert programme.undrawn(contest) == ()
    for number in ("E-01", "E-08"):
        (optional,) = set(after[entrant(contest, number)]) - {"S1"}
        assert optional in E_OPTIONAL
    optional = set(after[entrant(contest, "N-03")]) - {"S2"}
    assert len(optional) == 2
    assert optional < N_OPTIONAL
    assert len(after[entrant(contest, "T-01")]) == 1
    assert {choice.name: (choice.number, choice.count) for choice in programme.choices(current_plan(contest), "N")} == {
        "两项抽考": (1, 2)
    }


def test_who_is_out_need_not_draw(contest: Store) -> None:
    with contest.write("tester", "test.out") as writing:
        for row in models.Entrant.select().where(models.Entrant.number != "E-01"):
            writing.update(row, state="absent")
    assert programme.undrawn(contest) == (entrant(contest, "E-01"),)


def test_the_timetable_waits_for_the_draw(contest: Store) -> None:
    words = "The optional stations of 20 entrants are not drawn yet: draw them first."
    assert schedule.outlook(contest).blockers == ((words, "draws"),)
    with pytest.raises(NotAllowed) as raised:
        schedule.problem(contest)
    assert raised.value.todo == words


def test_a_visit_is_made_for_each_station_of_the_programme_and_no_other(timed: Store) -> None:
    expected = {(key, code) for key, codes in programme.stations_of(timed).items() for code in codes}
    with timed.read():
        visits = models.Visit.select(models.Visit.entrant, models.Station.code).join(models.Station)
        assert set(visits.tuples()) == expected
        facts = read_facts(timed)
    assert facts is not None
    assert facts.expected_visits == len(expected) == 8 * 2 + 8 * 3 + 4
    assert schedule.outlook(timed).visits == len(expected)
    assert not [finding for finding in schedule.findings(timed) if finding.hard]
    assert {(row.entrant_id, row.station_code) for row in scores.queue(timed)} == expected
    assert {(sheet.number, sheet.station.code) for sheet in papers.mark_sheets(timed)} == {
        (row.number, row.station_code) for row in scores.queue(timed)
    }
    assert sum(station.visits for station in scores.progress(timed)) == len(expected)


def test_badges_stay_good_when_stations_and_lanes_are_drawn_after_them(contest: Store) -> None:
    printouts.record(contest, "tester", "badges", 20, None)
    for kind in (ITEMS, LANES):
        draw_kind(contest, kind)
    with contest.read():
        facts = read_facts(contest)
    assert facts is not None
    assert facts.renumbered == frozenset()


@pytest.mark.parametrize("item_draw", ["entrant", "division"])
def test_an_independent_recount_agrees(store: Store, tmp_path: Path, item_draw: str) -> None:
    number_everyone(store, item_draw)
    draw_kind(store, ITEMS)
    per_division = {row.division_code: set() for row in leaderboard.all_standings(store)}
    for key, codes in programme.stations_of(store).items():
        with store.read():
            per_division[models.Entrant.get_by_id(key).division.code].add(codes)
    assert (max(map(len, per_division.values())) == 1) == (item_draw == "division")
    draw_kind(store, LANES)
    plan_day(store)
    with store.read():
        lanes = {(row.entrant_id, row.station.code): row.lane for row in models.DrawnLane.select()}
    slots = {(slot.entrant_id, slot.station_code): slot.lane for slot in schedule.slots(store)}
    assert lanes
    assert lanes.items() <= slots.items()
    judge_everyone(store)
    steps.settle_ties(store, SIMULATION)
    ending.finalise(store, "tester")
    agree(store, tmp_path)
    assert verify_file(store.path) == []
    assert all(not row.missing for division in leaderboard.all_standings(store) for row in division.rows)


def test_a_whole_day_is_rehearsed_and_its_marks_come_back_from_a_file(tmp_path: Path) -> None:
    i18n.use("zh_CN")
    write_plan(choice_contest.plan(ties="shared"), tmp_path / "plan.xlsx")
    with (tmp_path / "roster.csv").open("w", encoding="utf-8", newline="") as file:
        units = zip("甲乙丙丁", choice_contest.UNITS, strict=True)
        people = [(unit, f"{name}{sign}", group) for sign, unit in units for group in PEOPLE for name in PEOPLE[group]]
        csv.writer(file).writerows([("单位", "姓名", "组别"), *people])
    inputs = Inputs(tmp_path / "plan.xlsx", (tmp_path / "roster.csv",))
    report = rehearse_quietly(inputs, tmp_path / "day")
    assert (report.counts["visits"], report.counts["schedule_faults"]) == (8 * 2 + 8 * 3 + 4, 0)
    expected = recount.standings(tmp_path / "day" / "event.biwu")
    found = rows(tmp_path / "day" / "standings.csv")
    assert {(row["组别代码"], row["参赛编号"], row["单位"]) for row in found} == expected.keys()
    for row in found:
        line = expected[row["组别代码"], row["参赛编号"], row["单位"]]
        assert line == (row["名次"], row["总分(未舍入)"], row["总分"], row["奖项"])
    assert verify_file(tmp_path / "day" / "event.biwu") == []
    write_marks(tmp_path / "day", tmp_path / "marks.csv")
    with closing(open_store(tmp_path / "day" / "event.biwu")) as again:
        taken = apply_marks(again, "演练", read_marks(tmp_path / "marks.csv"))
    assert (taken.changed, taken.same) == (0, report.counts["sheets"])


def test_ties_fall_to_the_optional_component_then_to_time(timed: Store, tmp_path: Path) -> None:
    """All totals are 80. E-02 has 0.6 × 88 + 0.4 × 68, so it is first by its resuscitation; E-03 has
    0.6 × 78 + 0.4 × 83 and is last; of the others E-05 was slower."""
    steps.welcome(timed)
    full = {"S1": 100, "S2": 80, "S3": 120, "S4": 80, "S5": 100, "T1": 100, "T2": 80}
    shares = {("E-02", "S1"): 88, ("E-03", "S1"): 78}
    for row in scores.queue(timed):
        share = shares.get((row.number, row.station_code), 80)
        if row.station_code != "S1" and row.number in ("E-02", "E-03"):
            share = {"E-02": 68, "E-03": 83}[row.number]
        total = full[row.station_code] * share * 10
        marks.hand_in(timed, "录分", row.visit_id, row.seat, {}, total_milli=total)
        if row.seat == 1:
            slower = 3 if row.number == "E-05" else 0
            marks.set_visit(timed, "录分", row.visit_id, seconds_milli=(300 + slower) * 1000)
    steps.examine(timed, SIMULATION)
    rows = leaderboard.standings(timed, "E").rows
    assert {row.total for row in rows} == {Fraction(80)}
    assert (rows[0].number, rows[-1].number, rows[-2].number) == ("E-02", "E-03", "E-05")
    assert {row.place for row in rows[1:6]} == {2}
    assert rows[1].seconds_milli == 600_000
    last = ladder(timed, rows[-1].entrant_id).lines[-1]
    assert last.text == "place among 8, equal totals decided by 心肺复苏"
    steps.settle_ties(timed, SIMULATION)
    assert leaderboard.standings(timed, "E").ties == ()


def test_resuscitation_60_and_one_of_three_skills_40_by_hand(timed: Store) -> None:
    """心肺复苏必考 60%, 三项抽一 40%, first with 87.5 % everywhere, then with a penalty of 8 at the optional station.

    S1: the judges give 85 and 90 of 100, mean 87.5. The optional one by its own full mark: S2 70 of 80 = 87.5 %;
    S3 (sum of two judges) 100 + 110 of 240 = 87.5 %; S4 (median of three) 60, 70, 75 of 80 = 87.5 %. Total
    0.6 × 87.5 + 0.4 × 87.5 = 87.5. With the penalty S2 has (70 - 8) / 80 = 77.5 %, S3 (210 - 8) / 240 = 84 1/6 %
    and S4 (70 - 8) / 80 = 77.5 %.
    """
    points = {"S1": (85, 90), "S2": (70,), "S3": (100, 110), "S4": (60, 70, 75)}
    late = {"S2": Fraction(155, 2), "S3": Fraction(505, 6), "S4": Fraction(155, 2)}
    seen = set()
    for place in range(1, 9):
        number = f"E-{place:02d}"
        (code,) = drawn_of(timed, number)
        seen.add(code)
        for station in ("S1", code):
            visit = scores.find_visit(timed, entrant(timed, number), station)
            for seat, mark in enumerate(points[station], start=1):
                marks.hand_in(timed, "录分", visit, seat, {}, total_milli=mark * 1000)
        row = next(row for row in leaderboard.standings(timed, "E").rows if row.number == number)
        assert (row.components, row.total) == ((Fraction(175, 2),) * 2, Fraction(175, 2))
        marks.set_visit(timed, "录分", visit, penalty_milli=8000)
        row = next(row for row in leaderboard.standings(timed, "E").rows if row.number == number)
        assert row.components[1] == late[code]
        assert row.total == Fraction(105, 2) + late[code] * 2 / 5
    assert seen == E_OPTIONAL


def test_two_drawn_stations_count_by_their_mean(timed: Store) -> None:
    """75 % and 85 % of the full marks, whichever two were drawn: 80."""
    full, judges = {"S3": 120, "S4": 80, "S5": 100}, {"S3": 2, "S4": 3, "S5": 3}
    for share, code in zip((75, 85), sorted(drawn_of(timed, "N-01")), strict=True):
        visit = scores.find_visit(timed, entrant(timed, "N-01"), code)
        for seat in range(1, judges[code] + 1):
            row = next(row for row in leaderboard.standings(timed, "N").rows if row.number == "N-01")
            assert (row.components[2], "两项抽考" in row.missing) == (None, True)
            marks.hand_in(timed, "录分", visit, seat, {}, total_milli=full[code] * share * 10)
    row = next(row for row in leaderboard.standings(timed, "N").rows if row.number == "N-01")
    assert row.components[2] == 80
    steps_of = [line for line in ladder(timed, row.entrant_id).lines if line.component == "两项抽考"]
    assert [line.kind for line in steps_of if line.kind not in ("judge", "item")] == [
        *("drawn", "combined", "percent") * 2,
        "mean",
        "weight",
    ]
    first, second = sorted(drawn_of(timed, "N-01"))
    assert [line.text for line in steps_of if line.kind == "drawn"] == [
        f"Drawn from S3, S4, S5: {code} 考站{code}" for code in (first, second)
    ]
    assert [(line.text, line.value) for line in steps_of if line.kind == "mean"] == [("mean of 75, 85", "80")]


def test_a_ladder_before_the_draw_says_that_it_is_missing(contest: Store) -> None:
    lines = [line for line in ladder(contest, entrant(contest, "N-01")).lines if line.component == "两项抽考"]
    assert [(line.kind, line.text, line.value) for line in lines] == [
        ("drawn", "Not drawn yet: 2 of S3, S4, S5", ""),
        ("weight", "两项抽考 × 40%", ""),
    ]


def test_a_ladder_before_the_timetable_names_what_was_drawn(drawn: Store) -> None:
    lines = [line for line in ladder(drawn, entrant(drawn, "N-01")).lines if line.component == "两项抽考"]
    assert [line.kind for line in lines] == ["drawn", "drawn", "mean", "weight"]
    assert lines[2].text == "mean of –, –"


def test_who_leaves_at_a_drawn_station_is_out_and_who_fails_there_has_no_place(timed: Store) -> None:
    (code,) = drawn_of(timed, "E-01")
    visit = scores.find_visit(timed, entrant(timed, "E-01"), code)
    marks.set_visit(timed, "录分", visit, state="withdrew", reason="受伤")
    found = next(row for row in leaderboard.standings(timed, "E").rows if row.number == "E-01")
    assert found.state == "withdrew"


def undrawn_station(store: Store, number: str) -> str:
    return min(E_OPTIONAL - drawn_of(store, number))


def test_a_mark_for_a_station_that_was_not_drawn_is_refused(timed: Store) -> None:
    (taken,) = drawn_of(timed, "E-01")
    other = undrawn_station(timed, "E-01")
    words = f"This entrant did not draw station {other}; drawn: {taken}."
    with pytest.raises(NotFound, match=words):
        scores.find_visit(timed, entrant(timed, "E-01"), other)
    for row in (
        MarkRow(2, "E-01", other, "1", "合计", "5"),
        MarkRow(2, "E-01", other, "用时", "", "5"),
        MarkRow(2, "E-01", other, "", "状态", "缺考"),
    ):
        with pytest.raises(InvalidInput) as raised:
            apply_marks(timed, "演练", [row])
        assert raised.value.where == f"Line 2: {words}"


@pytest.fixture
def redrawn(timed: Store) -> Store:
    """After the timetable was made, E-01 drew another station."""
    before, after = min(drawn_of(timed, "E-01")), undrawn_station(timed, "E-01")
    with timed.write("tester", "test.redraw") as writing:
        row = models.DrawnStation.get(models.DrawnStation.entrant == entrant(timed, "E-01"))
        assert row.station.code == before
        writing.update(row, station=models.Station.get(models.Station.code == after).id)
    return timed


def test_a_timetable_from_before_the_draw_is_told_and_made_anew(redrawn: Store) -> None:
    (now,) = drawn_of(redrawn, "E-01")
    found = [finding for finding in schedule.findings(redrawn) if finding.hard]
    assert {finding.code for finding in found} == {"missing", "not_to_visit"}
    (old,) = (finding.slots[0].station for finding in found if finding.slots)
    texts = [Words(redrawn).finding(finding) for finding in found]
    assert any(f"drew {now} 考站{now}, but has no visit there" in text for text in texts)
    assert any(f"did not draw {old} 考站{old}, but is planned there" in text for text in texts)
    assert schedule.faults(redrawn).of_draws == 2
    lines = [line for line in readiness(redrawn).lines if line.page == "schedule" and line.severity == "wrong"]
    assert lines[0].title == "2 visits of the timetable are not as they were drawn"
    plan_day(redrawn, "重新抽考")
    assert schedule.faults(redrawn).of_draws == 0


def test_a_visit_from_before_the_draw_waits_for_no_mark_and_takes_none(redrawn: Store) -> None:
    with redrawn.read():
        visits = models.Visit.select(models.Visit.id, models.Station.code).join(models.Station)
        (old,) = [
            (visit, code)
            for visit, code in visits.where(models.Visit.entrant == entrant(redrawn, "E-01")).tuples()
            if code != "S1"
        ]
        facts = read_facts(redrawn)
    assert facts is not None
    assert old[0] not in {visit.visit_id for visit in facts.visits}
    assert old[0] not in {row.visit_id for row in scores.queue(redrawn)}
    assert old[0] not in {sheet.id for sheet in papers.mark_sheets(redrawn)}
    assert [slot.state for slot in schedule.slots(redrawn) if slot.visit_id == old[0]] == ["undrawn"]
    assert old[0] not in {slot.visit_id for slot in schedule.next_visits(redrawn, 0)}
    with pytest.raises(NotAllowed, match=f"did not draw station {old[1]}"):
        marks.hand_in(redrawn, "录分", old[0], 1, {}, total_milli=1000)
    with pytest.raises(NotAllowed, match=f"did not draw station {old[1]}"):
        marks.set_visit(redrawn, "录分", old[0], seconds_milli=1000)
    with pytest.raises(InvalidInput, match="cannot be used"):
        apply_marks(redrawn, "演练", [MarkRow(2, "E-01", old[1], "1", "合计", "5")])


def test_a_draw_that_was_voided_leaves_marks_nowhere_to_go(timed: Store) -> None:
    visit = scores.find_visit(timed, entrant(timed, "E-01"), min(drawn_of(timed, "E-01")))
    with timed.write("tester", "test.void") as writing:
        for row in models.DrawnStation.select():
            writing.delete(row)
    with pytest.raises(NotAllowed, match="The optional stations of this entrant are not drawn yet"):
        marks.hand_in(timed, "录分", visit, 1, {}, total_milli=1000)


def test_the_timetable_keeps_to_drawn_lanes_and_an_older_one_is_told(timed: Store) -> None:
    slot = next(slot for slot in schedule.slots(timed) if slot.station_code == "S1")
    other = 3 - slot.lane
    put_lane(timed, slot.number, "S1", other)
    (finding,) = [finding for finding in schedule.findings(timed) if finding.hard]
    assert f"drew lane {other} of S1 考站S1, but is planned in lane {slot.lane} at" in Words(timed).finding(finding)
    assert schedule.faults(timed) == schedule.Faults(len(schedule.findings(timed)), 1)
    plan_day(timed, "工位抽签")
    assert [one.lane for one in schedule.slots(timed) if one.visit_id == slot.visit_id] == [other]
    assert schedule.faults(timed).of_draws == 0


def test_a_drawn_lane_with_a_colleague_among_its_judges_cannot_be_kept(drawn: Store) -> None:
    put_lane(drawn, "E-01", "S1", 2)
    event = current_plan(drawn)
    with drawn.read():
        unit = models.Entrant.get(models.Entrant.number == "E-01").unit.name
    judges = tuple(
        replace(judge, unit_name=unit) if (judge.station, judge.lane) == ("S1", 2) else judge for judge in event.judges
    )
    save_plan(drawn, "tester", replace(event, judges=judges), "换裁判")
    with pytest.raises(NotAllowed) as raised:
        plan_day(drawn)
    assert "drew lane 2 of S1 考站S1, where a judge of the same unit sits." in raised.value.todo


def changed(store: Store, name: str, source: str) -> None:
    event = current_plan(store)
    parts = tuple(replace(part, source=source) if part.name == name else part for part in event.components)
    save_plan(store, "tester", replace(event, components=parts), "试改")


def test_what_was_drawn_keeps_the_choices_of_the_plan(drawn: Store) -> None:
    changed(drawn, "技能抽考", "S2/S3/S4")  # the same, with the number left out
    for source in ("S2/S3/S4:2", "S2/S3:1", "S3/S2/S4:1"):
        with pytest.raises(NotAllowed, match="its optional stations stay"):
            changed(drawn, "技能抽考", source)
    event = current_plan(drawn)
    renamed = tuple(replace(station, name=f"{station.name}室") for station in event.stations)
    save_plan(drawn, "tester", replace(event, stations=renamed), "改名")
    assert current_plan(drawn).stations[0].name == "考站S1室"
    code = tuple(replace(station, code="S9") if station.code == "S2" else station for station in event.stations)
    parts = tuple(
        replace(part, source=part.source.replace("S2", "S9")) if "S2" in part.source else part
        for part in event.components
    )
    judges = tuple(replace(judge, station="S9") if judge.station == "S2" else judge for judge in event.judges)
    with pytest.raises(NotAllowed, match="The station S2 is in the results of a draw"):
        save_plan(drawn, "tester", replace(event, stations=code, components=parts, judges=judges), "改代码")


def test_drawn_lanes_keep_the_lanes_of_their_station(contest: Store) -> None:
    put_lane(contest, "E-01", "S1", 2)
    event = current_plan(contest)
    for values in ({"lanes": 1}, {"divisions": ("E", "N")}):
        stations = tuple(replace(one, **values) if one.code == "S1" else one for one in event.stations)
        judges = tuple(one for one in event.judges if (one.station, one.lane) != ("S1", 2) or "lanes" not in values)
        with pytest.raises(NotAllowed, match="The lanes of the station S1 were drawn"):
            save_plan(contest, "tester", replace(event, stations=stations, judges=judges), "试改")
    with pytest.raises(NotAllowed, match="were drawn for the division E"):
        changed(contest, "技能抽考", "S2/S3:1")
    changed(contest, "两项抽考", "S3/S4/S5:1")  # nothing was drawn for this division
    stations = tuple(replace(one, minutes=9) if one.code == "S1" else one for one in event.stations)
    save_plan(contest, "tester", replace(current_plan(contest), stations=stations), "加时")


def test_a_station_with_marks_does_not_become_optional(timed: Store) -> None:
    event = current_plan(timed)
    with timed.write("tester", "test.undraw") as writing:
        for row in models.DrawnStation.select():
            writing.delete(row)
    visit = scores.find_visit(timed, entrant(timed, "E-01"), "S1")
    marks.hand_in(timed, "录分", visit, 1, {}, total_milli=1000)
    parts = tuple(part for part in event.components if part.division != "E")
    choice = (*parts, Component("E", "技能抽考", "S1/S2/S3/S4:2", 100_000))
    divisions = tuple(replace(row, tie_rule="") for row in event.divisions)
    with pytest.raises(NotAllowed, match="The station S1 has marks of the division E"):
        save_plan(timed, "tester", replace(event, divisions=divisions, components=choice), "试改")
