"""The plan of an event as plain values: what the plan workbook holds and what the setup page edits.

Units are those of the event file: 1/1000 of a point or per cent (`*_milli`), minutes after
midnight (`*_minute`). `id` is the row in the event file, None for what was not stored yet.
"""

from dataclasses import dataclass

THEORY = "理论"  # the source of a theory mark in a component, as the plan workbook writes it


@dataclass(frozen=True)
class EventInfo:
    """What is true of the whole event: who holds it when and where, and the settings of marks, draws and results."""

    name: str
    organizer: str = ""
    host: str = ""
    venue: str = ""
    date: str = ""  # YYYY-MM-DD
    opens_minute: int = 8 * 60 + 30
    closes_minute: int = 18 * 60
    notice_days: int = 5
    contact: str = ""
    phone: str = ""
    decimals: int = 2
    blind: bool = False
    ties: str = "playoff"  # playoff | shared
    coverage_years: int = 0
    pass_milli: int | None = None
    spread_milli: int | None = None
    reserves: int = 0  # drawn behind those selected, per unit and division
    apart: bool = False  # people of one unit do not follow each other in the order
    waves: int = 1  # parts of the order over which every unit is spread
    equal_lanes: bool = True  # the lane draw gives every lane of a station as many
    item_draw: str = "entrant"  # entrant | division: for whom optional stations are drawn


@dataclass(frozen=True)
class Division:
    """People who are ranked and awarded together. quota: places of each unit; tie_rule: the steps that undo a tie."""

    code: str
    category: str
    name: str
    entry: str  # individual | team | sum
    quota: int
    tie_rule: str = ""
    id: int | None = None

    @property
    def title(self) -> str:
        """Category and group as people say them: 一类·护理组."""
        return f"{self.category}·{self.name}"


@dataclass(frozen=True)
class Unit:
    """A hospital that takes part."""

    name: str
    short: str
    category: str
    id: int | None = None


@dataclass(frozen=True)
class Item:
    """One line of a mark sheet. rule: deductions, grades or time bands, as the plan workbook writes them."""

    number: int
    section: str
    text: str
    full_milli: int  # negative for a penalty of the sheet
    kind: str  # points | deductions | grades | timed | bonus | penalty | critical
    rule: str = ""
    step_milli: int = 500
    id: int | None = None


@dataclass(frozen=True)
class Sheet:
    """A mark sheet."""

    code: str
    name: str
    items: tuple[Item, ...]
    id: int | None = None


@dataclass(frozen=True)
class Station:
    """A place where a skill is shown, of so many lanes, each with so many judges; times are in minutes."""

    code: str
    name: str
    sheet: str  # code
    entry: str  # individual | team
    minutes: int
    changeover: int
    lanes: int
    judges: int
    combine: str  # mean | trimmed | median | sum
    divisions: tuple[str, ...]  # codes
    id: int | None = None


@dataclass(frozen=True)
class Component:
    """A part of a division's total."""

    division: str  # code
    name: str
    source: str  # a station code, THEORY, "DIV:k" (a sum), or "S2/S3/S4:k" (k of these stations are drawn)
    weight_milli: int
    id: int | None = None


@dataclass(frozen=True)
class AwardLevel:
    """An award of a division: so many of them, or so many per cent; one of the two is None."""

    scope: str  # individual | team
    division: str  # code
    name: str
    count: int | None
    percent_milli: int | None
    id: int | None = None


@dataclass(frozen=True)
class Judge:
    """A judge and the seat. unit_name: the judge's own unit, whose entrants others mark."""

    name: str
    unit_name: str
    station: str  # code
    lane: int
    seat: int  # from 1 within the lane, in the order of the plan
    chief: bool
    id: int | None = None


@dataclass(frozen=True)
class Break:
    """A time in which no visit begins or goes on."""

    name: str
    starts_minute: int
    ends_minute: int
    id: int | None = None


@dataclass(frozen=True)
class Plan:
    """All of it, everything in the order of the workbook."""

    info: EventInfo
    divisions: tuple[Division, ...] = ()
    units: tuple[Unit, ...] = ()
    stations: tuple[Station, ...] = ()
    components: tuple[Component, ...] = ()
    awards: tuple[AwardLevel, ...] = ()
    judges: tuple[Judge, ...] = ()
    breaks: tuple[Break, ...] = ()
    sheets: tuple[Sheet, ...] = ()

    def station(self, code: str) -> Station:
        return next(station for station in self.stations if station.code == code)

    def sheet(self, code: str) -> Sheet:
        return next(sheet for sheet in self.sheets if sheet.code == code)
