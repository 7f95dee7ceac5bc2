"""Whatever fault is put into a valid timetable, the checker finds it, and finds no other; so does a dragged visit."""

import os
from collections.abc import Callable, Iterator
from dataclasses import replace

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from data.rules import rotation
from data.rules.rotation_check import check
from data.rules.rotation_model import Problem, Slot
from data.rules.rotation_places import Places
from tests.data.rules.rotation_lab import Timetable, timetables
from tests.data.rules.rotation_oracle import hard_codes
from tests.data.rules.rotation_plans import problems, wide_problems

EXAMPLES = int(os.environ.get("BIWU_MUTATIONS", "60"))
slow = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))

Mutant = tuple[list[Slot], str]  # the timetable with a fault, and the code that must be found ("": whatever is)


def codes(problem: Problem, slots: list[Slot]) -> set[str]:
    return {finding.code for finding in check(problem, slots) if finding.hard}


def moved(slot: Slot, start: int, lane: int | None = None) -> Slot:
    return replace(slot, starts=start, ends=start + slot.ends - slot.starts, lane=lane or slot.lane)


def mutants(problem: Problem, slots: list[Slot], place: int, pick: Callable[[list], object]) -> Iterator[Mutant]:
    """Every fault that can be put into this visit of the timetable."""
    slot, rest = slots[place], [*slots[:place], *slots[place + 1 :]]
    station = next(station for station in problem.stations if station.code == slot.station)
    entrant = next(entrant for entrant in problem.entrants if entrant.id == slot.entrant)
    others = [other for other in rest if other not in problem.done]

    def at(start: int, code: str, lane: int | None = None) -> Mutant:
        return [*rest, moved(slot, start, lane)], code

    yield at(slot.starts + pick([-30, -7, -2, -1, 1, 2, 7, 30]), "")
    yield rest, "missing"
    yield [*slots, slot], "double"
    yield [*rest, replace(slot, ends=slot.ends + pick([-1, 1, 4]))], "length"
    yield at(problem.opens - 1, "before_opening")
    yield at(problem.closes - station.minutes + 1, "after_closing")
    yield at(slot.starts, "unknown_lane", len(station.lane_units) + 1)
    yield [*rest, replace(slot, entrant=99)], "unknown_entrant"
    yield [*rest, replace(slot, station="X")], "unknown_station"
    if problem.earliest > problem.opens:
        yield at(problem.earliest - 1, "too_early")
    for break_ in problem.breaks:
        yield at(pick([break_[0] - station.minutes + 1, break_[1] - 1]), "in_break")
    for lane in station.lanes:
        if lane != slot.lane:
            yield at(slot.starts, "other_lane" if entrant.drawn_lane(station.code) else "", lane)
        if entrant.units & station.lane_units[lane - 1] and not station.stand_ins:
            yield at(slot.starts, "recusal", lane)
        for span in station.closed(lane):
            yield at(pick([span[0] - station.minutes + 1, span[1] - 1]), "in_closed", lane)
    if entrant.windows:
        yield at(entrant.windows[0][0] - 1, "not_here")
        yield at(entrant.windows[-1][1] - station.minutes + 1, "not_here")
    if slot in problem.pinned:
        yield at(slot.starts + pick([-1, 1]), "unpinned")
    if problem.most_stay and len(entrant.stations) > 1:
        day = [other for other in (*others, *problem.happened) if other.entrant == slot.entrant]
        first = min(other.starts for other in day)
        yield at(first + problem.most_stay - station.minutes + 1, "stay")
    for other in others:
        yield from _beside(problem, slot, other, at)
        if other.entrant != slot.entrant:
            mine, theirs = replace(slot, entrant=other.entrant), replace(other, entrant=slot.entrant)
            yield [one for one in rest if one != other] + [mine, theirs], ""
    for code in {station.code for station in problem.stations} - set(entrant.stations):
        yield [*slots, replace(slot, station=code, lane=1)], "not_to_visit"
    for fact in problem.done:
        yield [one for one in slots if one != fact], "moved_done"
        yield [one for one in slots if one != fact] + [moved(fact, fact.starts + 1)], "moved_done"
        yield [*slots, moved(fact, fact.starts + 1)], "double"


def _beside(problem: Problem, slot: Slot, other: Slot, at: Callable[..., Mutant]) -> Iterator[Mutant]:
    """Faults that this visit has together with another one."""
    changeover = next(station.changeover for station in problem.stations if station.code == slot.station)
    shares = {entrant.id: entrant.shares for entrant in problem.entrants}
    gap = problem.gap(slot.station, other.station)
    if problem.bell:
        yield at(other.starts + 1, "off_bell")
    if other.station == slot.station:
        yield at(other.ends - 1, "lane_overlap", other.lane)
        if changeover:
            yield at(other.ends + changeover - 1, "changeover", other.lane)
    if other.entrant == slot.entrant or other.entrant in shares[slot.entrant] or slot.entrant in shares[other.entrant]:
        yield at(other.ends - 1, "entrant_overlap" if other.entrant == slot.entrant else "shared_overlap")
        if gap:
            yield at(other.ends + gap - 1, "gap")


@slow
@given(timetables(), st.data())
def test_every_fault_is_found_and_no_other(made: Timetable, data: st.DataObject) -> None:
    problem, slots = made.problem, list(made.slots)
    assert not codes(problem, slots)
    coming = [place for place, slot in enumerate(slots) if slot not in problem.done]
    assume(coming)
    place = data.draw(st.sampled_from(coming))
    found = list(mutants(problem, slots, place, lambda options: data.draw(st.sampled_from(options))))
    for mutant, expected in found:
        assert codes(problem, mutant) == hard_codes(problem, mutant), expected
        assert not expected or expected in codes(problem, mutant)


@slow
@given(timetables(), st.data())
def test_a_dragged_visit_is_told_what_the_whole_timetable_would_be(made: Timetable, data: st.DataObject) -> None:
    """Wherever it stands, also in a timetable that has faults already."""
    problem, slots = made.problem, list(made.slots)
    for _fault in range(data.draw(st.integers(0, 3))):
        place = data.draw(st.integers(0, len(slots) - 1))
        slots[place] = moved(slots[place], slots[place].starts + data.draw(st.integers(-20, 20)))
    done = {(slot.entrant, slot.station) for slot in problem.done}
    coming = [place for place, slot in enumerate(slots) if (slot.entrant, slot.station) not in done]
    assume(coming)
    place = data.draw(st.sampled_from(coming))
    places = Places(problem, slots)
    slot, rest = slots[place], [*slots[:place], *slots[place + 1 :]]
    lanes = data.draw(st.integers(1, 4))
    near = {moved(slot, slot.starts + shift, lanes) for shift in range(-15, 16)}
    for candidate in near:
        whole = {
            finding for finding in check(problem, [*rest, candidate]) if finding.hard and candidate in finding.slots
        }
        assert set(places.faults(candidate)) == whole


@slow
@given(problems() | wide_problems(), st.data())
def test_faults_in_what_the_solver_planned(problem: Problem, data: st.DataObject) -> None:
    solution = rotation.solve(problem, waiting_budget=0)
    assume(solution.fits)
    slots = list(solution.slots)
    assert not codes(problem, slots)
    assert not hard_codes(problem, slots)
    coming = [place for place, slot in enumerate(slots) if slot not in problem.done]
    assume(coming)
    place = data.draw(st.sampled_from(coming))
    for mutant, expected in mutants(problem, slots, place, lambda options: data.draw(st.sampled_from(options))):
        assert codes(problem, mutant) == hard_codes(problem, mutant), expected
        assert not expected or expected in codes(problem, mutant)
