"""When the rest of a day is expected, from lanes, people and what really happened."""

from collections import defaultdict
from dataclasses import replace

from hypothesis import given

from data.rules.rotation_model import Problem
from data.rules.rotation_retime_day import people_of
from data.rules.rotation_retime_order import absorb, in_order
from data.rules.running_day import Floor, Turn, expected
from tests.data.rules.retime_days import disturbed_days

FLOOR = Floor(changeover={"A": 2, "B": 3}, gap=lambda left, code: 0 if left == code else 5)


def turn(visit: int, code: str, lane: int, person: int, starts: int, started: int | None = None) -> Turn:
    return Turn(visit, (code, lane), (person,), starts, 10, started)


def test_nothing_is_expected_of_nothing() -> None:
    assert expected([], FLOOR, None) == {}


def test_a_lane_goes_on_in_its_order_and_never_before_its_time() -> None:
    turns = [turn(2, "A", 1, 2, 512), turn(1, "A", 1, 1, 500), turn(3, "A", 1, 3, 600)]
    assert expected(turns, FLOOR, None) == {1: (500, 510), 2: (512, 522), 3: (600, 610)}
    assert expected(turns, FLOOR, 505) == {1: (505, 515), 2: (517, 527), 3: (600, 610)}


def test_what_runs_ends_when_its_time_is_up_or_now() -> None:
    turns = [turn(1, "A", 1, 1, 500, 503), turn(2, "A", 1, 2, 512)]
    assert expected(turns, FLOOR, 504) == {1: (503, 513), 2: (515, 525)}
    assert expected(turns, FLOOR, 520) == {1: (503, 520), 2: (522, 532)}


def test_a_person_walks_from_one_visit_to_the_next() -> None:
    turns = [turn(1, "A", 1, 1, 500, 508), turn(2, "B", 1, 1, 512)]
    assert expected(turns, FLOOR, 510)[2] == (523, 533)
    later = Floor(FLOOR.changeover, FLOOR.gap, person_free={1: (540, "A")}, lane_free={("B", 1): 530})
    assert expected(turns, later, 510)[2] == (545, 555)


def test_breaks_are_jumped_over_and_a_shut_lane_waits_for_ever() -> None:
    floor = Floor(FLOOR.changeover, FLOOR.gap, closed={("A", 1): [(505, 520), (525, 540)]}, shut={("A", 1): 560})
    turns = [turn(1, "A", 1, 1, 500), turn(2, "A", 1, 2, 550), turn(3, "A", 1, 3, 562)]
    assert expected(turns, floor, 500) == {1: (540, 550)}


def test_who_is_put_off_is_not_expected_before() -> None:
    floor = Floor(FLOOR.changeover, FLOOR.gap, ready={1: 530})
    assert expected([turn(1, "A", 1, 1, 500)], floor, 500) == {1: (530, 540)}


def test_nobody_waits_for_who_is_put_off() -> None:
    floor = Floor(FLOOR.changeover, FLOOR.gap, ready={1: 530})
    turns = [turn(1, "A", 1, 1, 500), turn(2, "A", 1, 2, 512)]
    assert expected(turns, floor, 500) == {2: (512, 522), 1: (530, 540)}


def test_a_lane_is_not_free_before_its_last_visit_was_over() -> None:
    floor = Floor(FLOOR.changeover, FLOOR.gap, lane_free={("A", 1): 530})
    turns = [turn(1, "A", 1, 1, 500, 501), turn(2, "A", 1, 2, 512)]
    assert expected(turns, floor, 505)[2] == (532, 542)


def turns_and_floor(problem: Problem) -> tuple[list[Turn], Floor]:
    """The visits to come of a day on which no two ways differ; a person for each two entrants who share one."""
    together = people_of(problem)

    def keys(entrant: int) -> tuple[int, ...]:
        return tuple(1000 * min(entrant, other) + max(entrant, other) for other in together.get(entrant, {entrant}))

    minutes = {station.code: station.minutes for station in problem.stations}
    here = {entrant.id for entrant in problem.entrants}
    lane_free: dict[tuple[str, int], int] = defaultdict(int)
    person_free: dict[int, tuple[int, str]] = {}
    for slot in problem.happened:
        place = slot.station, slot.lane
        lane_free[place] = max(lane_free[place], slot.ends)
        for key in keys(slot.entrant):
            person_free[key] = max(person_free.get(key, (0, "")), (slot.ends, slot.station))
    turns = [
        Turn(number, (slot.station, slot.lane), keys(slot.entrant), slot.starts, minutes[slot.station])
        for number, slot in enumerate(in_order(problem.before))
        if slot.entrant in here
    ]
    closed = {
        (station.code, lane): sorted((*problem.breaks, *station.closed(lane)))
        for station in problem.stations
        for lane in station.lanes
    }
    changeover = {station.code: station.changeover for station in problem.stations}
    return turns, Floor(changeover, problem.gap, closed, lane_free=lane_free, person_free=person_free)


@given(disturbed_days())
def test_the_day_ends_as_when_all_goes_on_in_order_where_every_visit_keeps_its_lane(problem: Problem) -> None:
    plain = replace(
        problem,
        pinned=(),
        walks=(),
        most_stay=0,
        bell=False,
        closes=1 << 15,
        stations=tuple(
            replace(one, stand_ins=(), lane_units=(frozenset(),) * len(one.lane_units)) for one in problem.stations
        ),
        entrants=tuple(replace(one, windows=()) for one in problem.entrants),
    )
    if all(ends < 2000 for one in plain.stations for spans in one.lane_closed for _, ends in spans):
        placed = absorb(plain).placed.values()
        spans = expected(*turns_and_floor(plain), plain.earliest)
        assert sorted(spans.values()) == sorted((slot.starts, slot.ends) for slot in placed)
