"""Random small days, disturbed in their middle, for the tests of re-timing."""

from dataclasses import replace

from hypothesis import strategies as st

from data.rules.rotation_model import Entrant, Problem, Slot, Span, Station
from data.rules.rotation_retime_order import absorb

UNITS = ("甲院", "乙院", "丙院")
OPENS, CLOSES = 480, 1200


def planned(problem: Problem) -> tuple[Slot, ...]:
    """Some right timetable of a day: everyone in the order of the draw into the first holes."""
    return tuple(sorted(absorb(problem).placed.values(), key=lambda slot: (slot.starts, slot.station, slot.lane)))


@st.composite
def spans(draw: st.DrawFn, most: int = 1) -> tuple[Span, ...]:
    found, start = [], OPENS
    for _span in range(draw(st.integers(0, most))):
        start += draw(st.integers(5, 90))
        end = start + draw(st.integers(5, 40))
        found.append((start, end))
        start = end + 30
    return tuple(found)


@st.composite
def days(draw: st.DrawFn) -> Problem:
    """Up to 9 entrants at 4 stations of up to 3 lanes, with all that a day may ask for."""
    stations = []
    for number in range(draw(st.integers(1, 4))):
        lanes = draw(st.integers(1, 3))
        units = tuple(frozenset(draw(st.sets(st.sampled_from(UNITS), max_size=1))) for _lane in range(lanes))
        closed = tuple(draw(spans()) for _lane in range(lanes)) if draw(st.booleans()) else ()
        reserve = draw(st.booleans())
        stand_ins = units if reserve else ()
        stations.append(
            Station(
                f"S{number}",
                draw(st.integers(3, 20)),
                draw(st.integers(0, 4)),
                units if reserve else (*units[:-1], frozenset()),
                closed,
                stand_ins,
            )
        )
    codes = [station.code for station in stations]
    number = draw(st.integers(1, 9))
    entrants = []
    for entrant in range(1, number + 1):
        visits = tuple(draw(st.lists(st.sampled_from(codes), min_size=1, unique=True)))
        windows = draw(st.sampled_from(((), (), ((OPENS, 700), (720, CLOSES)), ((600, CLOSES),))))
        shares = (entrant - 1,) if entrant > 1 and draw(st.integers(0, 4)) == 0 else ()
        entrants.append(
            Entrant(entrant, frozenset({draw(st.sampled_from(UNITS))}), visits, windows=windows, shares=shares)
        )
    return Problem(
        OPENS,
        CLOSES,
        tuple(stations),
        tuple(entrants),
        draw(spans(2)),
        walk=draw(st.sampled_from((0, 0, 2))),
        walks=(("S0", codes[-1], 5),) if draw(st.booleans()) else (),
        rest=draw(st.sampled_from((0, 0, 3))),
        most_stay=draw(st.sampled_from((0, 0, 0, 240))),
        bell=draw(st.integers(0, 4)) == 0,
    )


@st.composite
def disturbed_days(draw: st.DrawFn) -> Problem:
    """A day under way, on which something or other is not as planned any more."""
    problem = draw(days())
    timetable = planned(problem)
    now = draw(st.sampled_from([slot.starts for slot in timetable])) if timetable else OPENS
    now += draw(st.integers(0, 12))
    done, actual = [], []
    for slot in timetable:
        if slot.starts <= now and draw(st.integers(0, 9)):
            done.append(slot)
            late = draw(st.sampled_from((0, 0, 0, 1, 10, 30)))
            if late and slot.ends + late > now:
                actual.append(replace(slot, ends=slot.ends + late))
    before = tuple(slot for slot in timetable if slot not in done)
    pinned = tuple(slot for slot in before if not draw(st.integers(0, 7)))
    problem = replace(problem, done=tuple(done), actual=tuple(actual), before=before, pinned=pinned, now=now)
    return draw(st.sampled_from((_as_it_is, _lane_lost, _judge_replaced, _gone, _late, _closes_early)))(draw, problem)


def _as_it_is(_draw: st.DrawFn, problem: Problem) -> Problem:
    return problem


def _with_station(problem: Problem, station: Station) -> Problem:
    stations = tuple(station if one.code == station.code else one for one in problem.stations)
    return replace(problem, stations=stations)


def _lane_lost(draw: st.DrawFn, problem: Problem) -> Problem:
    station = draw(st.sampled_from(problem.stations))
    until = draw(st.sampled_from((40, CLOSES, 1 << 20)))
    closed = [list(station.closed(lane)) for lane in station.lanes]
    closed[draw(st.sampled_from(station.lanes)) - 1].append((problem.earliest, problem.earliest + until))
    return _with_station(problem, replace(station, lane_closed=tuple(map(tuple, closed))))


def _judge_replaced(draw: st.DrawFn, problem: Problem) -> Problem:
    station = draw(st.sampled_from(problem.stations))
    units = list(station.lane_units)
    units[draw(st.sampled_from(station.lanes)) - 1] = frozenset({draw(st.sampled_from(UNITS))})
    return _with_station(problem, replace(station, lane_units=tuple(units)))


def _gone(draw: st.DrawFn, problem: Problem) -> Problem:
    gone = draw(st.sampled_from(problem.entrants))
    return replace(problem, entrants=tuple(one for one in problem.entrants if one != gone))


def _late(draw: st.DrawFn, problem: Problem) -> Problem:
    late = draw(st.sampled_from(problem.entrants))
    ready = problem.earliest + draw(st.integers(0, 120))
    entrants = (replace(one, windows=((ready, CLOSES),)) if one == late else one for one in problem.entrants)
    return replace(problem, entrants=tuple(entrants))


def _closes_early(draw: st.DrawFn, problem: Problem) -> Problem:
    return replace(problem, closes=problem.earliest + draw(st.integers(10, 120)))
