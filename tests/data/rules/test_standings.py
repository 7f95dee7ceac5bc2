"""A division's standings out of its marks, by the rules of the two example plans."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from data.rules.awards import Level
from data.rules.standings import (
    ComponentSpec,
    DivisionResult,
    DivisionSpec,
    EntrantMarks,
    StationSpec,
    VisitMarks,
    entrant_result,
    source,
    stand,
    team_result,
)

INFUSION = StationSpec("S1", 100_000, "mean", 3)
CPR = StationSpec("T1", 100_000, "trimmed", 5)
LEVELS = (Level("一等奖", 1), Level("二等奖", 1))
NURSES = DivisionSpec(
    "N",
    (ComponentSpec("理论", "theory", 30_000), ComponentSpec("静脉输液", "station", 70_000, INFUSION)),
    "静脉输液;理论;用时",
    LEVELS,
    playoffs=True,
)
TEAMS = DivisionSpec(
    "NT",
    (ComponentSpec("前两名合计", "sum", 100_000, of_division="N", best=2),),
    "静脉输液;前两名合计;用时;理论",
    LEVELS,
)
TRIMMED = DivisionSpec("1T", (ComponentSpec("心肺复苏", "station", 100_000, CPR),))


def nurse(key: int, mark: int | None, theory: int | None = 80, unit: int = 1, **visit: Any) -> EntrantMarks:
    """Three judges who agree; `mark` in points, None for judges who have not handed in."""
    totals = () if mark is None else (mark * 1000,) * 3
    state = visit.pop("entrant_state", "present")
    playoff = visit.pop("playoff", None)
    visits = {"S1": VisitMarks(totals, **visit)}
    return EntrantMarks(key, unit, state, visits, None if theory is None else theory * 1000, playoff)


def standings(*marks: EntrantMarks, division: DivisionSpec = NURSES) -> DivisionResult:
    return stand(division, [entrant_result(division, one) for one in marks])


def places(result: DivisionResult) -> dict[int, int | None]:
    return {one.result.key: one.place.place if one.place else None for one in result.standings}


def test_theory_thirty_and_operation_seventy() -> None:
    [one] = standings(nurse(1, 90, 60)).standings
    assert one.result.components == (60, 90)
    assert one.result.total == 81


def test_the_trimmed_mean_with_one_penalty_taken_off_after_it() -> None:
    visit = VisitMarks((70_000, 85_000, 90_000, 86_000, 99_000), penalty_milli=2000)
    result = entrant_result(TRIMMED, EntrantMarks(1, 1, "present", {"T1": visit}))
    assert result.total == 85
    assert result.steps == ()


def test_what_is_missing_is_not_zero() -> None:
    for marks in (nurse(1, None), nurse(1, 90, None), EntrantMarks(1, 1, "present", {}, 80_000)):
        result = standings(nurse(2, 0, 0), marks)
        assert places(result) == {2: 1, 1: None}
        assert (result.competing, result.complete, result.provisional) == (2, 1, True)
    assert places(standings(nurse(2, 1, 0), nurse(1, 0, 0))) == {2: 1, 1: 2}


def test_who_is_out_is_never_placed_and_listed_last() -> None:
    result = standings(
        nurse(1, 99, entrant_state="disqualified"),
        nurse(2, 98, state="withdrew"),
        nurse(3, 97, entrant_state="absent"),
        nurse(4, 96, failed=True),
        nurse(5, None),
        nurse(6, 10),
    )
    assert list(places(result).items()) == [(6, 1), (5, None), (4, None), (3, None), (2, None), (1, None)]
    assert result.competing == 3
    failed = result.standings[2].result
    assert failed.state == "failed"
    assert failed.total is not None
    assert result.standings[3].result.total is None


def test_disqualified_outweighs_a_critical_item() -> None:
    assert entrant_result(NURSES, nurse(1, 90, failed=True, state="disqualified")).state == "disqualified"


def test_awards_wait_for_the_last_mark() -> None:
    marks = [nurse(key, 100 - key) for key in range(3)]
    assert [one.award for one in standings(*marks).standings] == ["一等奖", "二等奖", ""]
    assert {one.award for one in standings(*marks, nurse(9, None)).standings} == {""}


def test_a_division_in_which_nobody_competes_has_no_awards() -> None:
    result = standings(nurse(1, None, entrant_state="absent"))
    assert result.provisional
    assert result.standings[0].award == ""


def test_a_tie_over_an_award_line_leaves_the_award_open() -> None:
    marks = [nurse(1, 90), nurse(2, 90), nurse(3, 80)]
    result = standings(*marks)
    assert [cut.level for cut in result.cut] == ["一等奖"]
    assert [one.award for one in result.standings] == ["", "", ""]
    played = standings(replace(marks[0], playoff=2), replace(marks[1], playoff=1), marks[2])
    assert played.cut == ()
    assert {one.result.key: one.award for one in played.standings} == {2: "一等奖", 1: "二等奖", 3: ""}


def test_play_offs_can_be_passed_over_to_see_the_tie_again() -> None:
    marks = [nurse(1, 90, playoff=1), nurse(2, 90, playoff=2)]
    results = [entrant_result(NURSES, one) for one in marks]
    assert stand(NURSES, results).ties == ()
    assert len(stand(NURSES, results, playoffs=False).ties) == 1


def test_where_places_are_shared_so_is_the_award() -> None:
    shared = replace(NURSES, playoffs=False)
    result = standings(nurse(1, 90, playoff=1), nurse(2, 90, playoff=2), nurse(3, 80), division=shared)
    assert result.cut == ()
    assert [one.award for one in result.standings] == ["一等奖", "一等奖", ""]


def test_the_tie_ladder_uses_components_and_time() -> None:
    one, two = nurse(1, 80, 73, seconds_milli=50_000), nurse(2, 77, 80, seconds_milli=40_000)
    assert entrant_result(NURSES, one).total == entrant_result(NURSES, two).total
    assert places(standings(one, two)) == {1: 1, 2: 2}
    fast, slow = nurse(1, 80, seconds_milli=50_000), nurse(2, 80, seconds_milli=50_500)
    assert places(standings(fast, slow)) == {1: 1, 2: 2}
    assert standings(fast, nurse(2, 80)).ties[0].keys == (1, 2)


def teams(members: list[EntrantMarks], *units: EntrantMarks) -> DivisionResult:
    origin = source(NURSES, [entrant_result(NURSES, one) for one in members])
    return stand(TEAMS, [team_result(TEAMS, one, {"N": origin}) for one in units])


def unit(key: int, state: str = "expected") -> EntrantMarks:
    return EntrantMarks(100 + key, key, state)


def test_a_team_has_the_plain_sum_of_its_best() -> None:
    members = [nurse(1, 90), nurse(2, 80), nurse(3, 70), nurse(4, 99, unit=2), nurse(5, 60, unit=2)]
    result = teams(members, unit(1), unit(2))
    assert {one.result.key: one.result.total for one in result.standings} == {101: 167, 102: Fraction(1593, 10)}
    assert result.standings[0].result.members == (1, 2)
    assert [one.award for one in result.standings] == ["一等奖", "二等奖"]


def test_a_team_waits_for_a_member_whose_marks_are_missing() -> None:
    result = teams([nurse(1, 90), nurse(2, 80), nurse(3, None)], unit(1))
    assert result.provisional
    assert result.standings[0].result.total is None


def test_a_team_short_of_members_has_the_sum_of_those_who_competed() -> None:
    members = [nurse(1, 90), nurse(2, 80, entrant_state="absent"), nurse(3, 80, failed=True)]
    [one] = teams(members, unit(1)).standings
    assert (one.result.total, one.result.members) == (87, (1,))


def test_a_team_without_anyone_is_absent() -> None:
    [one] = teams([nurse(1, 90, entrant_state="absent")], unit(1)).standings
    assert (one.result.state, one.result.total) == ("absent", None)
    [other] = teams([nurse(1, 90)], unit(1, "disqualified")).standings
    assert (other.result.state, other.result.total) == ("disqualified", None)


def test_equal_teams_are_told_apart_by_their_counted_members() -> None:
    one = [nurse(1, 80, 80, seconds_milli=60_000), nurse(2, 80, 80, seconds_milli=60_000)]
    two = [nurse(3, 80, 80, 2, seconds_milli=60_000), nurse(4, 80, 80, 2, seconds_milli=59_000)]
    result = teams([*one, *two], unit(1), unit(2))
    assert places(result) == {102: 1, 101: 2}
    assert result.standings[0].result.seconds_milli == 119_000
    assert result.standings[0].place is not None
    assert result.standings[0].place.decided_by == 3


def test_a_team_can_have_components_of_its_own_too() -> None:
    mixed = DivisionSpec(
        "M",
        (
            ComponentSpec("合计", "sum", 50_000, of_division="N", best=1),
            ComponentSpec("理论", "theory", 50_000),
        ),
        "理论",
    )
    origin = source(NURSES, [entrant_result(NURSES, nurse(1, 80, 80))])
    result = team_result(mixed, EntrantMarks(101, 1, "present", theory_milli=60_000), {"N": origin})
    assert (result.total, result.steps) == (70, (60,))


MARKS = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 3), st.none() | st.integers(1, 3), st.integers(1, 3), st.booleans()),
    min_size=1,
    max_size=7,
)  # mark, theory, seconds, unit, in


def people(raw: list[tuple[int, int, int | None, int, bool]]) -> list[EntrantMarks]:
    return [
        nurse(key, mark if handed_in else None, theory, unit, seconds_milli=seconds)
        for key, (mark, theory, seconds, unit, handed_in) in enumerate(raw)
    ]


def everything(members: list[EntrantMarks]) -> tuple[dict[int, int | None], dict[int, int | None]]:
    return places(standings(*members)), places(teams(members, unit(1), unit(2), unit(3)))


@given(MARKS, st.randoms(use_true_random=False))
def test_the_order_of_entry_never_matters(raw: list[Any], chance: Any) -> None:
    members = people(raw)
    shuffled = list(members)
    chance.shuffle(shuffled)
    assert everything(members) == everything(shuffled)


@given(MARKS, st.data())
def test_raising_a_mark_never_lowers_its_entrant_or_his_team(raw: list[Any], data: st.DataObject) -> None:
    chosen = data.draw(st.integers(0, len(raw) - 1))
    mark, *rest = raw[chosen]
    raised = [*raw[:chosen], (mark + data.draw(st.integers(1, 2)), *rest), *raw[chosen + 1 :]]
    (before, teams_before), (after, teams_after) = everything(people(raw)), everything(people(raised))
    place_before, place_after = before[chosen], after[chosen]
    if place_before is not None:
        assert place_after is not None
        assert place_after <= place_before
    team = 100 + raw[chosen][3]
    team_before, team_after = teams_before[team], teams_after[team]
    if team_before is not None:
        assert team_after is not None
        assert team_after <= team_before


SKILLS = DivisionSpec(
    "E",
    (
        ComponentSpec("心肺复苏", "station", 60_000, INFUSION),
        ComponentSpec(
            "两项抽考",
            "choice",
            40_000,
            best=2,
            stations=(
                StationSpec("S2", 80_000, "mean", 1),
                StationSpec("S3", 120_000, "sum", 2),
                StationSpec("S4", 50_000, "mean", 1),
            ),
        ),
    ),
    "两项抽考;用时",
)


def skilled(*drawn: str, **visits: VisitMarks) -> EntrantMarks:
    """90 at the mandatory station in 60 seconds, and these visits to the stations drawn."""
    mandatory = VisitMarks((90_000,) * 3, seconds_milli=60_000)
    return EntrantMarks(1, 1, "present", {"S1": mandatory, **visits}, drawn=frozenset(drawn))


def test_a_choice_is_the_mean_of_the_drawn_stations_by_their_own_full_marks() -> None:
    """S2 60 of 80 = 75 %, S3 100 + 100 of 240 = 83 1/3 %; the mean is 79 1/6 and 0.6 × 90 + 0.4 × 79 1/6 = 85 2/3."""
    marks = skilled(
        "S2",
        "S3",
        S2=VisitMarks((60_000,), seconds_milli=50_000),
        S3=VisitMarks((100_000, 100_000), seconds_milli=40_000),
        S4=VisitMarks((0,), seconds_milli=1000, state="absent", failed=True),  # not drawn: it counts nowhere
    )
    result = entrant_result(SKILLS, marks)
    assert result.components == (90, Fraction(475, 6))
    assert result.total == Fraction(257, 3)
    assert (result.state, result.seconds_milli) == ("present", 150_000)
    assert result.steps == (Fraction(475, 6), -150)


def test_a_choice_is_missing_until_all_is_drawn_and_marked() -> None:
    done = VisitMarks((80_000,), seconds_milli=50_000)
    for marks in (skilled(S2=done), skilled("S2", S2=done), skilled("S2", "S4", S2=done)):
        result = entrant_result(SKILLS, marks)
        assert (result.components, result.total, result.seconds_milli) == ((90, None), None, None)


def test_leaving_or_failing_at_a_drawn_station_counts_as_at_any_other() -> None:
    done = VisitMarks((80_000,), seconds_milli=50_000)
    assert entrant_result(SKILLS, skilled("S2", "S4", S2=done, S4=replace(done, state="withdrew"))).state == "withdrew"
    assert entrant_result(SKILLS, skilled("S2", "S4", S2=done, S4=replace(done, failed=True))).state == "failed"


@given(st.lists(st.integers(0, 50_000), min_size=2, max_size=2))
def test_a_choice_of_equal_sheets_is_their_plain_mean(points: list[int]) -> None:
    stations = tuple(StationSpec(code, 50_000, "mean", 1) for code in ("S2", "S3", "S4"))
    division = replace(SKILLS, components=(SKILLS.components[0], replace(SKILLS.components[1], stations=stations)))
    visits = {code: VisitMarks((mark,)) for code, mark in zip(("S4", "S2"), points, strict=True)}
    assert entrant_result(division, skilled("S2", "S4", **visits)).components[1] == Fraction(sum(points), 1000)
