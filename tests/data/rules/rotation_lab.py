"""Small valid timetables with everything that a day may ask for, built minute by minute, without the solver."""

from dataclasses import dataclass, replace

from hypothesis import assume
from hypothesis import strategies as st

from data.rules.rotation_model import Entrant, Problem, Slot, Station
from tests.data.rules.rotation_oracle import hard_codes

UNITS = ("甲院", "乙院", "丙院", "丁院")
OPENS, CLOSES = 480, 1000


@dataclass(frozen=True)
class Timetable:
    """A problem and a timetable without any hard fault."""

    problem: Problem
    slots: tuple[Slot, ...]


@st.composite
def timetables(draw: st.DrawFn) -> Timetable:
    """Up to 6 entrants at 4 stations of up to 3 lanes; each feature of a day stands in some of them.

    The visits are placed first, each as early as it can; then whatever they happen to respect is asked of them.
    """
    problem, slots = _place(draw, _bare(draw))
    problem = _ask_of_lanes(draw, problem, slots)
    problem = _ask_of_entrants(draw, problem, slots)
    problem = _let_begin(draw, problem, slots)
    assume(not hard_codes(problem, slots))
    return Timetable(problem, tuple(slots))


def _bare(draw: st.DrawFn) -> Problem:
    stations = tuple(
        Station(
            f"S{number}", draw(st.integers(3, 12)), draw(st.integers(0, 3)), (frozenset(),) * draw(st.integers(1, 3))
        )
        for number in range(draw(st.integers(1, 4)))
    )
    codes = [station.code for station in stations]
    count = draw(st.integers(2, 6))
    entrants = []
    for number in range(1, count + 1):
        visited = draw(st.lists(st.sampled_from(codes), min_size=1, unique=True))
        shares = draw(st.sets(st.integers(1, number - 1), max_size=1)) if number > 1 else set()
        unit = draw(st.sampled_from(UNITS))
        entrants.append(Entrant(number, frozenset({unit, unit[0]}), tuple(visited), shares=tuple(shares)))
    walks = ((codes[0], codes[-1], draw(st.integers(0, 6))),) if len(codes) > 1 and draw(st.booleans()) else ()
    breaks = ((520, 535),) if draw(st.booleans()) else ()
    return Problem(
        OPENS,
        CLOSES,
        stations,
        tuple(entrants),
        breaks,
        walk=draw(st.integers(0, 4)),
        rest=draw(st.integers(0, 2)),
        walks=walks,
        bell=draw(st.booleans()),
    )


def _place(draw: st.DrawFn, problem: Problem) -> tuple[Problem, list[Slot]]:
    slots: list[Slot] = []
    visits = [(entrant, code) for entrant in problem.entrants for code in entrant.stations]
    lanes = {station.code: list(station.lanes) for station in problem.stations}
    minutes = {station.code: station.minutes for station in problem.stations}
    pitch = max(minutes.values()) + 12 if problem.bell else 1
    for entrant, code in draw(st.permutations(visits)):
        lane = draw(st.sampled_from(lanes[code]))
        for start in range(OPENS, CLOSES, pitch):
            slot = Slot(entrant.id, code, lane, start, start + minutes[code])
            bare = replace(problem, entrants=tuple(replace(one, stations=()) for one in problem.entrants))
            if hard_codes(bare, [*slots, slot]) <= {"not_to_visit"}:
                slots.append(slot)
                break
    assume(len(slots) == len(visits))
    return problem, slots


def _ask_of_lanes(draw: st.DrawFn, problem: Problem, slots: list[Slot]) -> Problem:
    """Judges of units that nobody of the lane has, closed times in which nobody is there, a reserve judge."""
    units = {entrant.id: entrant.units for entrant in problem.entrants}
    stations = []
    for station in problem.stations:
        judges, shut = [], []
        for lane in station.lanes:
            inside = [slot for slot in slots if (slot.station, slot.lane) == (station.code, lane)]
            own = frozenset().union(*(units[slot.entrant] for slot in inside))
            judges.append(frozenset(draw(st.sets(st.sampled_from(UNITS), max_size=2))) - own)
            start = draw(st.integers(OPENS - 20, OPENS + 120))
            span = (start, start + draw(st.integers(1, 40)))
            free = not any(slot.starts < span[1] and span[0] < slot.ends for slot in inside)
            shut.append((span,) if free else ())
        stations.append(replace(station, lane_units=tuple(judges), lane_closed=tuple(shut)))
    helped = draw(st.sampled_from(["", *(station.code for station in problem.stations)]))
    unit = draw(st.sampled_from(UNITS))
    made = replace(problem, stations=tuple(stations))
    with_help = replace(
        made,
        stations=tuple(
            replace(
                station,
                lane_units=tuple(judges | {unit} for judges in station.lane_units),
                stand_ins=(frozenset({unit}),) * len(station.lane_units),
            )
            if station.code == helped
            else station
            for station in stations
        ),
    )
    return made if hard_codes(with_help, slots) else with_help


def _ask_of_entrants(draw: st.DrawFn, problem: Problem, slots: list[Slot]) -> Problem:
    """Windows around the own visits, drawn lanes, pinned visits, and a longest stay that is just kept."""
    entrants, stays = [], [1]
    for entrant in problem.entrants:
        own = sorted((slot for slot in slots if slot.entrant == entrant.id), key=lambda slot: slot.starts)
        first, last = own[0].starts, own[-1].ends
        stays.append(last - first)
        windows: tuple[tuple[int, int], ...] = ()
        if draw(st.booleans()):
            windows = ((first - draw(st.integers(0, 5)), last + draw(st.integers(0, 5))),)
            if len(own) > 1 and own[0].ends < own[1].starts and draw(st.booleans()):
                windows = ((windows[0][0], own[0].ends), (own[1].starts, windows[0][1]))
        drawn = tuple((slot.station, slot.lane) for slot in own if draw(st.booleans()))
        entrants.append(replace(entrant, windows=windows, drawn=drawn))
    return replace(
        problem,
        entrants=tuple(entrants),
        pinned=tuple(slot for slot in slots if draw(st.integers(0, 3)) == 0),
        most_stay=max(stays) + draw(st.integers(0, 5)) if draw(st.booleans()) else 0,
        closes=max(slot.ends for slot in slots) + draw(st.integers(0, 30)),
    )


def _let_begin(draw: st.DrawFn, problem: Problem, slots: list[Slot]) -> Problem:
    """Some of the day has happened, some of that not quite as planned."""
    if draw(st.booleans()):
        return problem
    now = draw(st.sampled_from(sorted({slot.starts for slot in slots})))
    done = tuple(slot for slot in slots if slot.starts < now)
    actual = []
    for slot in done:
        late = draw(st.integers(-3, 3))
        actual.append(replace(slot, starts=slot.starts + late, ends=slot.ends + late + draw(st.integers(-1, 1))))
    begun = replace(problem, done=done, now=now if draw(st.booleans()) else None)
    ran = replace(begun, actual=tuple(actual))
    return begun if hard_codes(ran, slots) else ran
