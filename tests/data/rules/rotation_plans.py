"""Random plans for the rotation tests: small plain ones, and ones in a wide range with everything a day may ask for."""

from dataclasses import replace
from random import Random

from hypothesis import strategies as st

from data.rules.rotation_model import Entrant, Problem, Slot, Span, Station

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


def wide_problem(seed: int) -> Problem:
    """A plan of this seed: one to sixty entrants, any of the limits, some that cannot be kept."""
    return _Maker(Random(seed)).problem()


def wide_problems() -> st.SearchStrategy[Problem]:
    """Plans of any seed."""
    return st.integers(0, 1 << 32).map(wide_problem)


class _Maker:
    """Throws the dice for one plan."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._many = chance.random() < 0.15

    def problem(self) -> Problem:
        chance = self._chance
        opens = chance.choice((480, 510))
        stations = tuple(self._station(number) for number in range(chance.randint(1, 6 if self._many else 4)))
        entrants = self._entrants(stations, opens)
        visits = [
            sum(station.code in entrant.stations for entrant in entrants)
            * (station.minutes + station.changeover)
            // len(station.lane_units)
            for station in stations
        ]
        need = max(max(visits), max(self._minutes(stations, entrant) for entrant in entrants))
        closes = opens + round(need * chance.choice((0.7, 0.95, 1.1, 1.3, 1.6, 2.5))) + chance.choice((0, 20, 90))
        breaks = self._spans(opens, closes) if self._says(0.6) else ()
        if self._says(0.3):
            stations = tuple(self._closed(station, opens, closes) for station in stations)
        walks = ()
        if self._says(0.15) and len(stations) > 1:
            walks = ((stations[0].code, stations[1].code, chance.randint(1, 15)),)
        made = Problem(
            opens,
            closes,
            stations,
            entrants,
            breaks,
            walk=chance.randint(1, 6) if self._says(0.25) else 0,
            walks=walks,
            rest=chance.randint(1, 8) if self._says(0.25) else 0,
            most_stay=round(need * chance.uniform(0.6, 2.5)) + 20 if self._says(0.25) else 0,
            bell=self._says(0.25),
            keep_order="every" if self._says(0.2) else "first",
        )
        if self._says(0.3):
            made = self._under_way(made)
        if self._says(0.25):
            pins = [self._pin(made) for _pin in range(chance.randint(1, 3))]
            made = replace(made, pinned=tuple({(slot.entrant, slot.station): slot for slot in pins}.values()))
        return made

    def _says(self, likelihood: float) -> bool:
        return self._chance.random() < likelihood

    def _station(self, number: int) -> Station:
        chance = self._chance
        lanes = chance.randint(1, 4)
        units = tuple(
            frozenset(chance.sample(UNITS, chance.randint(0, 2))) if self._says(0.35) else frozenset()
            for _lane in range(lanes)
        )
        stand_ins = ()
        if self._says(0.4):
            stand_ins = tuple(frozenset(unit for unit in inside if self._says(0.8)) for inside in units)
        return Station(f"S{number}", chance.randint(3, 20), chance.randint(0, 4), units, stand_ins=stand_ins)

    def _entrants(self, stations: tuple[Station, ...], opens: int) -> tuple[Entrant, ...]:
        chance = self._chance
        codes = [station.code for station in stations]
        alike, windowed, shared, drawing = self._says(0.5), self._says(0.25), self._says(0.2), self._says(0.2)
        entrants = []
        count = chance.randint(1, 60 if self._many else 10)
        for number in range(1, count + 1):
            visited = codes if alike else chance.sample(codes, chance.randint(1, len(codes)))
            drawn = tuple(
                (station.code, chance.choice(station.lanes))
                for station in stations
                if drawing and station.code in visited and self._says(0.4)
            )
            windows: tuple[Span, ...] = ()
            if windowed and self._says(0.5):
                arrives = opens + chance.randint(0, 200)
                windows = ((arrives, arrives + chance.randint(20, 300)),)
                if self._says(0.2):
                    windows = (*windows, (windows[0][1] - chance.randint(-30, 10), windows[0][1] + 200))
            shares = tuple(chance.sample(range(1, number), 1)) if shared and number > 1 and self._says(0.3) else ()
            units = frozenset({chance.choice(UNITS)}) if self._says(0.8) else frozenset()
            division = chance.choice(("A", "B")) if self._says(0.3) else "A"
            entrants.append(Entrant(number, units, tuple(visited), drawn, windows, division, shares))
        return tuple(entrants)

    @staticmethod
    def _minutes(stations: tuple[Station, ...], entrant: Entrant) -> int:
        return sum(station.minutes for station in stations if station.code in entrant.stations)

    def _spans(self, opens: int, closes: int) -> tuple[Span, ...]:
        chance = self._chance
        spans = []
        for _span in range(chance.randint(1, 2)):
            starts = chance.randint(opens - 10, max(opens, closes - 5))
            spans.append((starts, starts + chance.randint(5, 60)))
        return tuple(spans)

    def _closed(self, station: Station, opens: int, closes: int) -> Station:
        chance = self._chance
        closed = []
        for _lane in station.lanes:
            spans = self._spans(opens, closes) if self._says(0.4) else ()
            if self._says(0.2):
                spans = (*spans, (chance.randint(opens, closes), closes + chance.choice((1, 300))))
            if self._says(0.1):
                spans = (*spans, (0, opens + chance.randint(1, 60)))
            closed.append(spans)
        return replace(station, lane_closed=tuple(closed))

    def _under_way(self, made: Problem) -> Problem:
        """The same day after some visits have begun, some of them late, one in another lane."""
        chance = self._chance
        done: list[Slot] = []
        actual: list[Slot] = []
        minute = made.opens
        for _wave in range(chance.randint(1, 2)):
            end = minute
            free = list(made.entrants)
            chance.shuffle(free)
            for station in made.stations:
                for lane in station.lanes:
                    entrant = next(
                        (
                            one
                            for one in free
                            if station.code in one.stations
                            and (one.id, station.code) not in {(slot.entrant, slot.station) for slot in done}
                            and not one.shares
                        ),
                        None,
                    )
                    if entrant is not None and self._says(0.7):
                        free.remove(entrant)
                        slot = Slot(entrant.id, station.code, lane, minute, minute + station.minutes)
                        done.append(slot)
                        late = chance.randint(0, 9) if self._says(0.3) else 0
                        real = replace(slot, starts=slot.starts + late, ends=slot.ends + late)
                        if late:
                            actual.append(real)
                        end = max(end, real.ends + 5)
            minute = end
        now = minute - chance.randint(0, 12) if self._says(0.7) else None
        now = None if now is None else max([now, *(slot.starts for slot in (*done, *actual))])
        return replace(made, done=tuple(done), actual=tuple(actual), now=now)

    def _pin(self, made: Problem) -> Slot:
        chance = self._chance
        entrant = chance.choice(made.entrants)
        code = chance.choice(entrant.stations)
        station = next(station for station in made.stations if station.code == code)
        starts = chance.randint(made.opens, max(made.opens, made.closes - station.minutes + 10))
        return Slot(entrant.id, station.code, chance.choice(station.lanes), starts, starts + station.minutes)


def tiny_problem(seed: int) -> Problem:
    """A plan of four visits at most in less than half an hour, without a bell: all timetables can be tried."""
    chance = Random(seed)
    opens = 480
    closes = opens + chance.randint(8, 22)

    def says(likelihood: float) -> bool:
        return chance.random() < likelihood

    def span(shortest: int = 1) -> Span:
        starts = chance.randint(opens - 2, closes - 2)
        return starts, starts + chance.randint(shortest, 6)

    stations = []
    for number in range(chance.randint(1, 2)):
        lanes = chance.randint(1, 2)
        units = tuple(
            frozenset({chance.choice(UNITS[:2])}) if says(0.3) else frozenset[str]() for _lane in range(lanes)
        )
        closed = tuple((span(),) if says(0.3) else () for _lane in range(lanes)) if says(0.3) else ()
        stand_ins = units if says(0.4) else ()
        stations.append(Station(f"S{number}", chance.randint(2, 6), chance.randint(0, 2), units, closed, stand_ins))
    codes = [station.code for station in stations]
    entrants: list[Entrant] = []
    left = 4
    for number in range(1, chance.randint(1, 3) + 1):
        visited = tuple(chance.sample(codes, chance.randint(1, min(left, len(codes)))))
        windows = ((opens + chance.randint(0, 6), closes - chance.randint(0, 6)),) if says(0.2) else ()
        shares = (1,) if number > 1 and says(0.2) else ()
        entrants.append(Entrant(number, frozenset({chance.choice(UNITS[:2])}), visited, (), windows, "", shares))
        left -= len(visited)
        if not left:
            break
    return Problem(
        opens,
        closes,
        tuple(stations),
        tuple(entrants),
        (span(),) if says(0.4) else (),
        walk=chance.randint(0, 3) if says(0.3) else 0,
        rest=chance.randint(0, 2) if says(0.3) else 0,
        most_stay=chance.randint(6, 16) if says(0.3) else 0,
    )
