"""A contest of any size whose day can run: entrants take turns through all stations, lane by lane, and a clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count

from data import models
from data.actions.setup import save_plan
from data.rules.plan import Break, Component, Division, EventInfo, Item, Judge, Plan, Sheet, Station, Unit
from data.store import Store

DATE = "2023-11-25"
OPENS = 8 * 60
MINUTES, CHANGEOVER = 10, 2
ROUND = MINUTES + CHANGEOVER


@dataclass
class Clock:
    """The store's clock: a minute of the event's day, a second later at each question."""

    minute: int = OPENS
    date: str = DATE

    def __post_init__(self) -> None:
        self._ticks = count()

    def __call__(self) -> datetime:
        seconds = timedelta(minutes=self.minute, milliseconds=next(self._ticks) % 60_000)
        return (datetime.fromisoformat(self.date) + seconds).astimezone()


def plan(stations: int, lanes: int, judges: int = 1, units: int = 4, breaks: Sequence[Break] = ()) -> Plan:
    """Equal stations of ten minutes; the judges of lane 2 of the first are of the unit "医院4"."""
    codes = [f"S{number}" for number in range(1, stations + 1)]
    weights = [100_000 // stations] * stations
    weights[0] += 100_000 - sum(weights)
    return Plan(
        info=EventInfo("轮转", date=DATE, opens_minute=OPENS, closes_minute=24 * 60 - 1),
        divisions=(Division("N", "全县", "护理组", "individual", 100, ""),),
        units=tuple(Unit(f"医院{number}", "", "全县") for number in range(1, units + 1)),
        stations=tuple(
            Station(code, f"考站{code}", "T", "individual", MINUTES, CHANGEOVER, lanes, judges, "mean", ("N",))
            for code in codes
        ),
        components=tuple(Component("N", code, code, weight) for code, weight in zip(codes, weights, strict=True)),
        judges=tuple(
            Judge(
                f"裁判{code}-{lane}-{seat}",
                f"医院{units}" if (code, lane, seat) == ("S1", 2, 1) else "省医院",
                code,
                lane,
                seat,
                (code, lane, seat) == ("S1", 1, 1),
            )
            for code in codes
            for lane in range(1, lanes + 1)
            for seat in range(1, judges + 1)
        ),
        breaks=tuple(breaks),
        sheets=(Sheet("T", "操作", (Item(1, "操作", "操作", 100_000, "points"),)),),
    )


def set_up(store: Store, entrants: int, stations: int, lanes: int, **options: object) -> Clock:
    """The plan, everyone numbered, and a timetable in which each batch goes round; returns the clock, at the opening.

    The k-th of a batch begins at station k // lanes + 1 in lane k % lanes + 1 and keeps the lane. Units go round too,
    but the entrants of lane 2 are never of "医院4", so nobody meets his own judge.
    """
    clock = Clock()
    store.clock = clock
    made = plan(stations, lanes, **options)  # type: ignore[arg-type]
    save_plan(store, "tester", made)
    with store.write("tester", "test.enter") as writing:
        division = models.Division.get().id
        units = [row.id for row in models.Unit.select().order_by(models.Unit.position)]
        rows = [row.id for row in models.Station.select().order_by(models.Station.position)]
        timetable = writing.insert(models.Timetable, number=1, made_at=writing.at, finish_minute=0, bound_minute=0)
        slots = []
        for index in range(entrants):
            batch, place = divmod(index, stations * lanes)
            lane = place % lanes + 1
            unit = units[index % (len(units) - 1)] if lane == 2 else units[index % len(units)]
            person = writing.insert(models.Person, unit=unit, division=division, name=f"选手{index + 1}")
            entrant = writing.insert(
                models.Entrant,
                division=division,
                unit=unit,
                person=person,
                name=f"选手{index + 1}",
                token=f"TKN{index:05d}",
                number=f"N-{index + 1:03d}",
                draw_order=index + 1,
                state="present",
            )
            for turn in range(stations):
                station = (place // lanes + turn) % stations
                visit = writing.insert(models.Visit, entrant=entrant, station=rows[station])
                starts = OPENS + (batch * stations + turn) * ROUND
                slots.append(
                    {
                        "timetable": timetable,
                        "visit": visit,
                        "lane": lane,
                        "starts_minute": starts,
                        "ends_minute": starts + MINUTES,
                    }
                )
        writing.insert_many(models.Slot, slots)
        writing.update(models.Timetable.get(), finish_minute=max(slot["ends_minute"] for slot in slots))
    return clock
