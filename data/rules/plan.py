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
    low_milli: int | None = None  # per cent of the full mark: the chief judge confirms a sheet below it,
    high_milli: int | None = None  # and one above this
    verify: str = "none"  # none | all | sample | top: which sheets are typed a second time
    verify_percent: int = 10
    verify_top: int = 3
    appeal_minutes: int = 120  # after a result version, within which an appeal may be raised
    reserves: int = 0  # drawn behind those selected, per unit and division
    apart: bool = False  # people of one unit do not follow each other in the order
    waves: int = 1  # parts of the order over which every unit is spread
    equal_lanes: bool = True  # the lane draw gives every lane of a station as many
    item_draw: str = "entrant"  # entrant | division: for whom optional stations are drawn
    rotation: str = "free"  # free | bell: all visits start at the strokes of a bell
    walk_minutes: int = 0  # from any station to any other, where no `Walk` says otherwise
    rest_minutes: int = 0  # between two visits, beside the walk
    most_stay_minutes: int = 0  # from the first start to the last end; 0: no limit
    keep_order: str = "first"  # first | every: at which stations a division starts as drawn
    stand_ins: bool = False  # a reserve judge takes the seat of one who is recused


@dataclass(frozen=True)
class Session:
    """A part of the day in which some divisions perform."""

    name: str
    starts_minute: int
    ends_minute: int
    id: int | None = None


@dataclass(frozen=True)
class Division:
    """People who are ranked and awarded together. quota: places of each unit; tie_rule: the steps that undo a tie.

    session: the name of the one in which it performs, "" for the whole day.
    """

    code: str
    category: str
    name: str
    entry: str  # individual | team | sum
    quota: int
    tie_rule: str = ""
    id: int | None = None
    session: str = ""

    @property
    def title(self) -> str:
        """Category and group as people say them: 一类·护理组."""
        return f"{self.category}·{self.name}"


@dataclass(frozen=True)
class Unit:
    """A hospital that takes part. Its people are not here before they arrive, nor after they leave."""

    name: str
    short: str
    category: str
    id: int | None = None
    arrives_minute: int | None = None
    leaves_minute: int | None = None


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
    """A place where a skill is shown, of so many lanes, each with so many judges; times are in minutes.

    opens_minute, closes_minute: where its hours differ from the event's.
    """

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
    opens_minute: int | None = None
    closes_minute: int | None = None


@dataclass(frozen=True)
class Walk:
    """How long it takes from one station to another, either way, where it differs from the event's."""

    station: str  # code
    other: str  # code
    minutes: int
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
    least_milli: int | None = None  # points of 100 that it needs


@dataclass(frozen=True)
class Honour:
    """A title beside the awards, for people or for units; `count` of them where the basis needs it.

    basis: hand; place (the first `count` of each division, or the units with the `count` highest sums of award points);
    awards (whoever has an award of the first `count` levels); attendance (units of which nobody stayed away).
    """

    name: str
    subject: str  # person | unit
    basis: str  # hand | place | awards | attendance
    count: int | None = None
    id: int | None = None


@dataclass(frozen=True)
class Judge:
    """A judge and the seat. unit_name: the judge's own unit, whose entrants others mark.

    reserve: takes the seat of whoever is recused at the station; lane is 0 then.
    """

    name: str
    unit_name: str
    station: str  # code
    lane: int
    seat: int  # from 1 within the lane, in the order of the plan
    chief: bool
    id: int | None = None
    reserve: bool = False

    @property
    def role(self) -> str:
        """chief | judge | reserve."""
        if self.reserve:
            return "reserve"
        return "chief" if self.chief else "judge"


@dataclass(frozen=True)
class Break:
    """A time in which no visit begins or goes on: anywhere, at a station, or in one of its lanes."""

    name: str
    starts_minute: int
    ends_minute: int
    id: int | None = None
    station: str = ""  # code; "" for the whole event
    lane: int = 0  # 0 for the whole station


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
    sessions: tuple[Session, ...] = ()
    walks: tuple[Walk, ...] = ()
    honours: tuple[Honour, ...] = ()

    def station(self, code: str) -> Station:
        return next(station for station in self.stations if station.code == code)

    def sheet(self, code: str) -> Sheet:
        return next(sheet for sheet in self.sheets if sheet.code == code)
