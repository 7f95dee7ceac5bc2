"""What stands on each printed paper: plain values, ready to be set."""

from dataclasses import dataclass

from data.rules import plan


@dataclass(frozen=True)
class Letterhead:
    """What every paper says of its event."""

    event: str
    organizer: str = ""
    host: str = ""
    venue: str = ""
    date: str = ""  # YYYY-MM-DD
    blind: bool = False  # papers that judges see carry numbers, no names and no units


@dataclass(frozen=True)
class Badge:
    number: str
    name: str
    unit: str
    division: str  # 一类·护理组
    code: str  # what the QR code says, and the text below it


@dataclass(frozen=True)
class MarkSheet:
    """The paper of one judge's seat for one visit."""

    number: str
    name: str
    unit: str
    division: str
    station: plan.Station
    sheet: plan.Sheet
    lane: int
    starts_minute: int
    ends_minute: int
    seat: int
    judge: str  # empty when the plan names nobody for the seat
    code: str


@dataclass(frozen=True)
class Turn:
    """One visit in a timetable: who is where and when."""

    starts_minute: int
    ends_minute: int
    station_code: str
    station_name: str
    lane: int
    number: str
    name: str
    unit: str
    division: str


@dataclass(frozen=True)
class EntrantTimetable:
    number: str
    name: str
    unit: str
    division: str
    turns: tuple[Turn, ...]


@dataclass(frozen=True)
class LaneTimetable:
    """The running list of a lane."""

    station_code: str
    station_name: str
    lane: int
    judges: tuple[str, ...]
    turns: tuple[Turn, ...]


@dataclass(frozen=True)
class JudgeTimetable:
    judge: str
    unit: str
    seat: int
    chief: bool
    station_code: str
    station_name: str
    lane: int
    turns: tuple[Turn, ...]


@dataclass(frozen=True)
class Timetables:
    """A timetable from its three sides, and its number, which every paper of it carries."""

    number: int
    entrants: tuple[EntrantTimetable, ...] = ()
    lanes: tuple[LaneTimetable, ...] = ()
    judges: tuple[JudgeTimetable, ...] = ()


@dataclass(frozen=True)
class Certificate:
    """An award of a result version. A team's certificate names its unit."""

    name: str  # empty for a team
    unit: str
    division: str
    level: str
    serial: str
    date: str  # YYYY-MM-DD
