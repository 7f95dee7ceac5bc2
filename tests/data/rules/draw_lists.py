"""Lists of every kind of draw, small or of any make, for the tests of records."""

from copy import deepcopy

from hypothesis import strategies as st

from data.rules.draw import PAST, SEEDED, PoolId
from data.rules.draw_ids import ItemId, LaneId, SeatId
from data.rules.draw_record import (
    ITEMS,
    JUDGES,
    LANES,
    NUMBERS,
    SELECTION,
    Candidate,
    Record,
    drawn_record,
    frozen_record,
    impossible,
)

SEED = ["08 15 6", "高安"]
WITNESSES = ["甲", "乙"]
AT = "2023-11-17T02:00:00.000Z"


def people(units: int = 3, each: int = 4) -> list[Candidate]:
    """Staff of one division; of each unit the first competed in an earlier year."""
    return [
        Candidate(PoolId("1H", unit, 10 * unit + n, PAST if n == 1 else ""), f"张{unit}{n}", f"第{unit}医院")
        for unit in range(1, units + 1)
        for n in range(1, each + 1)
    ]


def items() -> list[Candidate]:
    return [
        Candidate(ItemId(f"1H-0{n}", choice, station), f"张{n}", "市医院")
        for n in (1, 2, 3)
        for choice, stations in ((1, "ABC"), (2, "DE"))
        for station in stations
    ]


def lanes() -> list[Candidate]:
    return [
        Candidate(LaneId(station, f"1H-0{n}", lane, n == lane), f"张{n}", f"第{n}医院")
        for station in ("A", "B")
        for n in range(1, 6)
        for lane in (1, 2)
    ]


def seats() -> list[Candidate]:
    return [
        Candidate(SeatId(f"J0{judge}", station, 1, seat, judge == 1 and station == "A"))
        for judge in (1, 2, 3, 4)
        for station in ("A", "B")
        for seat in (1, 2)
    ]


FROZEN: dict[str, Record] = {
    SELECTION: frozen_record(SELECTION, "大比武", people(), {"1H": 2}, {"reserves": 1}),
    NUMBERS: frozen_record(NUMBERS, "大比武", people(), {}, {"apart": True, "waves": 2}),
    ITEMS: frozen_record(ITEMS, "大比武", items(), {}, {"per": "entrant", "counts": {"1H/1": 2, "1H/2": 1}}),
    LANES: frozen_record(LANES, "大比武", lanes(), {}, {"equal": True}),
    JUDGES: frozen_record(JUDGES, "大比武", seats(), {}, {"judges": {f"J0{n}": f"裁判{n}" for n in (1, 2, 3, 4)}}),
}


def drawn(kind: str) -> Record:
    """The record of a small draw of this kind."""
    return drawn_record(deepcopy(FROZEN[kind]), SEED, WITNESSES, AT)


_NAMES = st.text("张王李䶮·𬭎Aé", max_size=3)
_UNITS = st.integers(1, 4)


@st.composite
def selections(draw) -> tuple:
    rows = draw(st.lists(st.tuples(st.sampled_from("AB"), _UNITS, st.sampled_from(["", PAST, SEEDED])), max_size=15))
    pool = [
        Candidate(PoolId(division, unit, serial, mark), draw(_NAMES), f"{unit}院")
        for serial, (division, unit, mark) in enumerate(rows)
    ]
    quotas = {division: draw(st.integers(0, 4)) for division in "AB"}
    return SELECTION, pool, quotas, {"reserves": draw(st.integers(0, 2))}


@st.composite
def numbers(draw) -> tuple:
    rows = draw(st.lists(st.tuples(st.sampled_from("AB"), _UNITS), max_size=15))
    pool = [
        Candidate(PoolId(division, unit, serial), draw(_NAMES), f"{unit}院")
        for serial, (division, unit) in enumerate(rows)
    ]
    return NUMBERS, pool, {}, {"apart": draw(st.booleans()), "waves": draw(st.integers(1, 4))}


@st.composite
def choices(draw) -> tuple:
    per = draw(st.sampled_from(["entrant", "division"]))
    whom = ["A", "B"] if per == "division" else [f"A-{n:02}" for n in range(1, draw(st.integers(1, 5)) + 1)]
    width = draw(st.integers(1, 4))
    pool = [Candidate(ItemId(who, 1, f"S{station}"), draw(_NAMES)) for who in whom for station in range(width)]
    return ITEMS, pool, {}, {"per": per, "counts": {f"{code}/1": draw(st.integers(0, 4)) for code in "AB"}}


@st.composite
def lane_lists(draw) -> tuple:
    pool = []
    for station in draw(st.sampled_from(["A", "AB"])):
        width = draw(st.integers(2, 4))
        for n in range(draw(st.integers(1, 7))):
            closed = draw(st.sets(st.integers(1, width), max_size=width))
            pool += [
                Candidate(LaneId(station, f"A-{n:02}", lane, lane in closed), "", f"{n}院")
                for lane in range(1, width + 1)
            ]
    return LANES, pool, {}, {"equal": draw(st.booleans())}


@st.composite
def seat_lists(draw) -> tuple:
    count = draw(st.integers(1, 5))
    pool = [
        Candidate(SeatId(f"J0{judge}", "A", lane, 1, draw(st.booleans())))
        for judge in range(1, count + 1)
        for lane in range(1, count + 1)
    ]
    return JUDGES, pool, {}, {"judges": {}}


LISTS = st.one_of(selections(), numbers(), choices(), lane_lists(), seat_lists())
SEEDS = st.lists(st.text("0123456789 ,号高安é", min_size=1, max_size=6).filter(str.strip), min_size=2, max_size=3)


@st.composite
def records(draw) -> Record:
    """A draw of any kind whose list can be drawn."""
    kind, pool, quotas, rules = draw(LISTS.filter(lambda made: not impossible(made[0], made[1], made[3], made[2])))
    return drawn_record(frozen_record(kind, "大比武", pool, quotas, rules), draw(SEEDS), WITNESSES, AT)
