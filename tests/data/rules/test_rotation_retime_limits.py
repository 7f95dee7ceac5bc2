"""Nobody is put off by hours for the others, and what an offer says of waiting is true."""

from dataclasses import replace

import pytest
from hypothesis import given

from data.rules.rotation_model import Entrant, Problem, Slot, Span, Station
from data.rules.rotation_retime import Offer, offers
from data.rules.rotation_retime_limits import beyond, latest_starts, longest_wait
from data.rules.rotation_retime_order import absorb
from tests.data.rules.retime_days import disturbed_days

NOBODY: frozenset[str] = frozenset()


def begun_late(lanes: int, count: int, late: int, closes: int = 1440) -> Problem:
    """One station of 12 minutes from 8:30 on, one visit for everybody; the first of each lane runs late."""
    station = Station("A", 12, 2, (NOBODY,) * lanes)
    starts = [510 + 14 * (number // lanes) for number in range(count)]
    slots = [Slot(number + 1, "A", number % lanes + 1, start, start + 12) for number, start in enumerate(starts)]
    done = tuple(slots[:lanes])
    return Problem(
        510,
        closes,
        (station,),
        tuple(Entrant(number, NOBODY, ("A",)) for number in range(1, count + 1)),
        done=done,
        actual=tuple(replace(slot, ends=slot.ends + late) for slot in done),
        before=tuple(slots[lanes:]),
        now=520,
    )


def replanned(problem: Problem) -> Offer:
    return next(one for one in offers(problem) if one.kind == "replan")


def put_off(problem: Problem, offer: Offer) -> list[int]:
    """By how many minutes each visit to come moves back."""
    told = {(slot.entrant, slot.station): slot.starts for slot in problem.before}
    done = set(problem.done)
    return [slot.starts - told[slot.entrant, slot.station] for slot in offer.solution.slots if slot not in done]


@pytest.mark.parametrize(("lanes", "count"), [(2, 68), (3, 100)])
def test_who_has_one_visit_is_not_sent_to_the_end_of_the_day(lanes: int, count: int) -> None:
    """The last places are eight hours away: they are handed on, an hour at a time."""
    problem = begun_late(lanes, count, 17)
    offer = replanned(problem)
    assert offer.solution.fits
    assert max(put_off(problem, offer)) <= 60
    assert offer.longest_wait == max(put_off(problem, offer))
    assert 0 < len(offer.changed) <= (count - lanes) * 0.55


@pytest.mark.parametrize("lanes", [2, 3])
def test_nobody_waits_for_hours_because_the_day_does_not_fit(lanes: int) -> None:
    """The closing time is too early anyway: then all are as late as the lanes, and none is put off for hours."""
    problem = begun_late(lanes, 30 * lanes, 17, closes=900)
    offer = replanned(problem)
    assert [obstacle.code for obstacle in offer.solution.obstacles] == ["late"]
    assert max(put_off(problem, offer)) <= 60
    assert offer.longest_wait == max(put_off(problem, offer))


def test_the_lost_lane_of_a_full_day_is_shared_out() -> None:
    """The day ends hours later, but only for those at its end: who comes early in it is put off by little."""
    problem = begun_late(2, 40, 0)
    shut = replace(problem.stations[0], lane_closed=(((530, 1 << 20),), ()))
    problem = replace(problem, stations=(shut,))
    offer = replanned(problem)
    later = offer.finish - max(slot.ends for slot in problem.before)
    assert later == 14 * 19
    assert offer.longest_wait == max(put_off(problem, offer)) == later
    told = {slot.entrant: slot.starts for slot in problem.before}
    half = [slot for slot in offer.solution.slots if 510 < told.get(slot.entrant, 0) < 510 + 14 * 10]
    assert len(half) == 18
    assert max(slot.starts - told[slot.entrant] for slot in half) <= later // 2


@given(disturbed_days())
def test_nobody_is_put_off_too_long_unless_only_that_fits_the_day(problem: Problem) -> None:
    made = {offer.kind: offer for offer in offers(problem)}
    latest = latest_starts(problem, absorb(problem).placed.values())
    done = set(problem.done)
    to_come = [slot for slot in made["replan"].solution.slots if slot not in done]
    absorbed = [slot for slot in made["absorb"].solution.slots if slot not in done]
    only_way = made["replan"].solution.fits and not made["absorb"].solution.fits
    assert only_way or beyond(latest, to_come) <= beyond(latest, absorbed)


def alone(*starts: int, breaks: tuple[Span, ...] = (), windows: tuple[Span, ...] = ()) -> Problem:
    """One entrant whose visits stand at these minutes, nothing begun."""
    codes = "ABCD"[: len(starts)]
    before = tuple(Slot(1, code, 1, start, start + 10) for code, start in zip(codes, starts, strict=True))
    stations = tuple(Station(code, 10, 2, (NOBODY,)) for code in codes)
    entrant = Entrant(1, NOBODY, tuple(codes), windows=windows)
    return Problem(480, 1080, stations, (entrant,), breaks, before=before, now=480)


def later(problem: Problem, *starts: int) -> list[Slot]:
    return [replace(slot, starts=at, ends=at + 10) for slot, at in zip(problem.before, starts, strict=True)]


def test_being_put_off_is_waiting() -> None:
    problem = alone(500, 520)
    assert longest_wait(problem, problem.before) == 10
    assert longest_wait(problem, later(problem, 505, 560)) == 45  # between his visits he waits longer
    assert longest_wait(problem, later(problem, 590, 610)) == 90
    assert longest_wait(problem, later(problem, 490, 520)) == 20
    assert longest_wait(problem, []) == 0
    begun = replace(problem, done=problem.before[:1], before=problem.before[1:])
    assert longest_wait(begun, later(begun, 610)) == 100  # between the two, not twice


def test_nobody_is_put_off_by_a_break_or_by_coming_later() -> None:
    lunch = alone(700, breaks=((720, 800),))
    assert longest_wait(lunch, later(lunch, 810)) == 30
    comes = alone(500, windows=((480, 490), (600, 1080)))
    assert longest_wait(comes, later(comes, 615)) == 15
    gone = alone(500, windows=((480, 490),))
    assert longest_wait(gone, later(gone, 615)) == 115


def test_the_hour_leaves_breaks_aside_and_runs_from_when_he_can_come() -> None:
    def until(problem: Problem) -> int:
        return latest_starts(problem, absorb(problem).placed.values())[1, "A"]

    assert until(alone(500)) == 560
    assert until(alone(700, breaks=((720, 800), (830, 835)))) == 845
    assert until(alone(500, windows=((600, 1080),))) == 660
    shut = alone(500)
    station = replace(shut.stations[0], lane_closed=(((490, 700),),))
    assert until(replace(shut, stations=(station,))) == 700  # so late it is in its order
    for_good = replace(station, lane_closed=(((490, 1 << 20),),))
    assert until(replace(shut, stations=(for_good,))) == 560
