"""Random small plans for the rotation tests."""

from hypothesis import strategies as st

from data.rules.rotation_model import Entrant, Problem, Station

UNITS = ("甲院", "乙院", "丙院", "丁院")


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Up to 8 entrants, 4 stations of up to 3 lanes, 2 breaks, recusals that leave everyone a lane, and drawn lanes."""
    stations = []
    for number in range(draw(st.integers(1, 4))):
        lanes = draw(st.integers(1, 3))
        judged = [frozenset(draw(st.sets(st.sampled_from(UNITS), max_size=2))) for _lane in range(lanes - 1)]
        stations.append(
            Station(f"S{number}", draw(st.integers(3, 20)), draw(st.integers(0, 4)), (*judged, frozenset()))
        )
    codes = [station.code for station in stations]
    by_code = {station.code: station for station in stations}
    entrants = []
    for number in range(1, draw(st.integers(1, 8)) + 1):
        units = frozenset({draw(st.sampled_from(UNITS))})
        visited = draw(st.lists(st.sampled_from(codes), min_size=1, unique=True))
        drawn = []
        for code in draw(st.lists(st.sampled_from(visited), unique=True)):
            free = [lane for lane, judges in enumerate(by_code[code].lane_units, 1) if not units & judges]
            drawn.append((code, draw(st.sampled_from(free))))
        entrants.append(Entrant(number, units, tuple(visited), tuple(drawn)))
    breaks = []
    start = 480
    for _break in range(draw(st.integers(0, 2))):
        start += draw(st.integers(5, 60))
        end = start + draw(st.integers(5, 40))
        breaks.append((start, end))
        start = end
    return Problem(480, 1440, tuple(stations), tuple(entrants), tuple(breaks))
