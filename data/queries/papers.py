"""What stands on each printed paper: plain values, ready to be set."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from data import models
from data.errors import NotAllowed
from data.i18n import _
from data.queries import photos, results, sealing
from data.queries.entrants import EntrantRow, entrants
from data.queries.plan import current_plan, event_code, is_rehearsal
from data.queries.programme import is_performed
from data.rules import identity, plan
from data.store import Store


@dataclass(frozen=True)
class Letterhead:
    """What every paper says of its event."""

    event: str
    organizer: str = ""
    host: str = ""
    venue: str = ""
    date: str = ""  # YYYY-MM-DD
    blind: bool = False  # the names are sealed: papers carry numbers, no names and no units


@dataclass(frozen=True)
class Choice:
    """Which papers are wanted. `only` holds ids of the papers themselves: those that changed."""

    division: str | None = None  # code
    station: str | None = None  # code
    only: frozenset[int] | None = None

    def takes(self, paper_id: int) -> bool:
        return self.only is None or paper_id in self.only


ALL = Choice()


@dataclass(frozen=True)
class Badge:
    """`id` is that of the entrant. No photo while the names of a blind event are sealed."""

    id: int
    number: str
    name: str
    unit: str
    division: str  # 一类·护理组
    code: str  # what the QR code says, and the text below it
    photo: bytes | None = None  # JPEG


@dataclass(frozen=True)
class MarkSheet:
    """The paper of one judge's seat for one visit. `id` is that of the visit."""

    id: int
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

    visit_id: int
    entrant_id: int
    starts_minute: int
    ends_minute: int
    station_code: str
    station_name: str
    lane: int
    number: str
    name: str
    unit: str
    division_code: str
    division: str
    token: str


@dataclass(frozen=True)
class EntrantTimetable:
    """`id` is that of the entrant."""

    id: int
    number: str
    name: str
    unit: str
    division: str
    turns: tuple[Turn, ...]


@dataclass(frozen=True)
class LaneTimetable:
    """The running list of a lane. `id` counts the lanes of the event in the order of the plan, from 1."""

    id: int
    station_code: str
    station_name: str
    lane: int
    judges: tuple[str, ...]
    turns: tuple[Turn, ...]


@dataclass(frozen=True)
class JudgeTimetable:
    """`id` is that of the judge."""

    id: int
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
    """An award. `id` is that of the entrant; a team's certificate names its unit."""

    id: int
    name: str  # empty for a team
    unit: str
    division: str
    level: str
    serial: str
    date: str  # YYYY-MM-DD


@dataclass(frozen=True)
class Certificates:
    """The certificates of a result version, under the head that the event had then."""

    version: int
    head: Letterhead
    certificates: tuple[Certificate, ...]


def letterhead(store: Store) -> Letterhead:
    """The head of every paper of this event."""
    with store.read():
        info, blind = current_plan(store).info, sealing.names_sealed()
        return Letterhead(_event_title(store, info.name), info.organizer, info.host, info.venue, info.date, blind)


def _event_title(store: Store, name: str) -> str:
    """The event's name; nobody may take the papers of a rehearsal for real ones."""
    return _("{event} (rehearsal)").format(event=name) if is_rehearsal(store) else name


def badges(store: Store, choice: Choice = ALL, *, with_photos: bool = True) -> list[Badge]:
    """A badge for everyone who competes, by division and order of the draw.

    Without photos it takes a moment even where everybody has one.

    Raises:
        NotAllowed: nobody has a contestant number yet.
    """
    with store.read():
        code = event_code(store)
        numbered = [(row, row.number) for row in entrants(store, choice.division) if row.number]
        if not numbered:
            raise NotAllowed(_("There are no contestant numbers yet."), todo=_("Draw the numbers first."))
        taken = [(row, number) for row, number in numbered if choice.takes(row.id)]
        shown = with_photos and not sealing.names_sealed()
        faces = photos.photos(store, [row.person_id for row, _number in taken if row.person_id] if shown else [])
        return [
            Badge(
                row.id,
                number,
                row.name,
                row.unit,
                row.division_title,
                identity.badge_code(code, row.token),
                faces.get(row.person_id or 0),
            )
            for row, number in taken
        ]


def mark_sheets(store: Store, choice: Choice = ALL) -> list[MarkSheet]:
    """A sheet for each visit and judge's seat, in the order of stations, lanes, times, seats: as the desks need them.

    Raises:
        NotAllowed: there is no timetable yet.
    """
    with store.read():
        number = timetable_number(store)
        event = current_plan(store)
        code = event_code(store)
        stations = {station.code: station for station in event.stations}
        sheets = {sheet.code: sheet for sheet in event.sheets}
        judges = {(judge.station, judge.lane, judge.seat): judge.name for judge in event.judges}
        return [
            MarkSheet(
                turn.visit_id,
                turn.number,
                turn.name,
                turn.unit,
                turn.division,
                station,
                sheets[station.sheet],
                turn.lane,
                turn.starts_minute,
                turn.ends_minute,
                seat,
                judges.get((station.code, turn.lane, seat), ""),
                identity.sheet_code(code, turn.token, station.code, seat),
            )
            for turn in _turns(number, choice, due=True)
            if choice.takes(turn.visit_id)
            for station in (stations[turn.station_code],)
            for seat in range(1, station.judges + 1)
        ]


def timetable_number(store: Store) -> int:
    """The number of the timetable in force.

    Raises:
        NotAllowed: there is none yet.
    """
    with store.read():
        number = models.Timetable.select(models.Timetable.number).order_by(models.Timetable.number.desc()).scalar()
    if number is None:
        raise NotAllowed(_("There is no timetable yet."), todo=_("Make the timetable first."))
    return int(number)


def timetables(store: Store, number: int | None = None, choice: Choice = ALL) -> Timetables:
    """A timetable from its three sides: the one in force, or an earlier one by its number.

    Raises:
        NotAllowed: there is no timetable yet.
    """
    with store.read():
        number = timetable_number(store) if number is None else number
        event = current_plan(store)
        turns = _turns(number, choice)
        by_entrant: dict[int, list[Turn]] = defaultdict(list)
        by_lane: dict[tuple[str, int], list[Turn]] = defaultdict(list)
        for turn in turns:
            by_entrant[turn.entrant_id].append(turn)
            by_lane[turn.station_code, turn.lane].append(turn)
        return Timetables(
            number,
            tuple(
                _slip(row, by_entrant[row.id])
                for row in entrants(store, choice.division)
                if row.id in by_entrant and choice.takes(row.id)
            ),
            tuple(_lanes(event, by_lane, choice)),
            tuple(_judges(event, by_lane, choice)),
        )


def _slip(row: EntrantRow, turns: list[Turn]) -> EntrantTimetable:
    ordered = tuple(sorted(turns, key=lambda turn: turn.starts_minute))
    return EntrantTimetable(row.id, row.number or "", row.name, row.unit, row.division_title, ordered)


def _lanes(event: plan.Plan, turns: dict[tuple[str, int], list[Turn]], choice: Choice) -> list[LaneTimetable]:
    places = [(station, lane) for station in event.stations for lane in range(1, station.lanes + 1)]
    return [
        LaneTimetable(
            place,
            station.code,
            station.name,
            lane,
            tuple(judge.name for judge in event.judges if (judge.station, judge.lane) == (station.code, lane)),
            tuple(turns[station.code, lane]),
        )
        for place, (station, lane) in enumerate(places, start=1)
        if (station.code, lane) in turns and choice.takes(place)
    ]


def _judges(event: plan.Plan, turns: dict[tuple[str, int], list[Turn]], choice: Choice) -> list[JudgeTimetable]:
    names = {station.code: station.name for station in event.stations}
    return [
        JudgeTimetable(
            judge.id or 0,
            judge.name,
            judge.unit_name,
            judge.seat,
            judge.chief,
            judge.station,
            names[judge.station],
            judge.lane,
            tuple(turns[judge.station, judge.lane]),
        )
        for judge in event.judges
        if (judge.station, judge.lane) in turns and choice.takes(judge.id or 0)
    ]


def certificates(store: Store, version: int | None = None, choice: Choice = ALL) -> Certificates:
    """A certificate for each award of a result version, the newest without a number; best awards first.

    Raises:
        NotFound: there is no such version.
        NotAllowed: the version gives no awards.
    """
    frozen = results.frozen(store, version)
    if not any(row.award for division in frozen.divisions for row in division.rows):
        raise NotAllowed(
            _("Result version {n} gives no awards.").format(n=frozen.version.number),
            todo=_("Set the awards on the setup page, then finalise again."),
        )
    event = frozen.event
    day = event["date"] or frozen.version.made_at[:10]
    return Certificates(
        frozen.version.number,
        Letterhead(_event_title(store, event["name"]), event["organizer"], event["host"], date=day),
        tuple(
            Certificate(
                row.entrant_id,
                row.name if division.entry == "individual" else "",
                row.unit,
                division.title,
                row.award,
                row.serial,
                day,
            )
            for division in frozen.divisions
            if choice.division in (None, division.code)
            for row in division.rows
            if row.award and choice.takes(row.entrant_id)
        ),
    )


def _turns(number: int, choice: Choice, *, due: bool = False) -> list[Turn]:
    """The visits of a timetable in the order of stations, lanes, times.

    `due` leaves those out that are at an optional station which was not drawn.
    """
    shown = sealing.who()
    query: Any = (
        models.Slot.select(
            models.Visit.id,
            models.Entrant.id,
            models.Slot.starts_minute,
            models.Slot.ends_minute,
            models.Station.code,
            models.Station.name,
            models.Slot.lane,
            models.Entrant.number,
            shown.name,
            shown.unit,
            models.Division.code,
            models.Division.category,
            models.Division.name,
            models.Entrant.token,
        )
        .join(models.Timetable)
        .switch(models.Slot)
        .join(models.Visit)
        .join(models.Station)
        .switch(models.Visit)
        .join(models.Entrant)
        .join(models.Unit)
        .switch(models.Entrant)
        .join(models.Division)
        .where(models.Timetable.number == number)
        .order_by(models.Station.position, models.Slot.lane, models.Slot.starts_minute, models.Visit.id)
    )
    if choice.division is not None:
        query = query.where(models.Division.code == choice.division)
    if choice.station is not None:
        query = query.where(models.Station.code == choice.station)
    if due:
        query = query.where(is_performed())
    return [
        Turn(
            visit,
            entrant,
            starts,
            ends,
            code,
            name,
            lane,
            number_ or "",
            who,
            unit,
            division,
            f"{category}·{group}",
            token,
        )
        for visit, entrant, starts, ends, code, name, lane, number_, who, unit, division, category, group, token in (
            query.tuples()
        )
    ]
