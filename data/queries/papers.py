"""What stands on each printed paper: plain values, ready to be set."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from data.errors import NotAllowed
from data.i18n import _
from data.queries import notice, photos, results, sealing
from data.queries.certificates import VoidSerial, first_given, new_serials, void_serials
from data.queries.entrants import entrants
from data.queries.notice import Proposal
from data.queries.plan import current_plan, event_code, event_info, is_rehearsal
from data.queries.stand_ins import stand_ins_by_visit
from data.queries.timetable_papers import ALL, Choice, timetable_number, turns
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
class Certificate:
    """An award or an honour. `id` is that of the entrant, and below 0 for an honour; `division` is empty for one.

    The certificate of a team or a unit names the unit alone.
    """

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


@dataclass(frozen=True)
class NoticePaper:
    """The notice as it was noted, or as it would be published today. `id` is the number of the result version."""

    id: int
    content: results.Frozen
    proposal: Proposal
    issued: str  # a moment: when it was noted, otherwise when the version was made


@dataclass(frozen=True)
class VoidList:
    """The certificate numbers that are void in a result version. `id` is the number of the version."""

    id: int
    head: Letterhead
    serials: tuple[VoidSerial, ...]


def letterhead(store: Store) -> Letterhead:
    """The head of every paper of this event."""
    with store.read():
        info, blind = event_info(store), sealing.names_sealed()
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
        reserves = stand_ins_by_visit(store)
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
                reserve.name if reserve else judges.get((station.code, turn.lane, seat), ""),
                identity.sheet_code(code, turn.token, station.code, seat),
            )
            for turn in turns(number, choice, due=True)
            if choice.takes(turn.visit_id)
            for station in (stations[turn.station_code],)
            for seat in range(1, station.judges + 1)
            for reserve in (reserves.get(turn.visit_id, {}).get(seat),)
        ]


def certificates(
    store: Store, version: int | None = None, choice: Choice = ALL, *, new_only: bool = False
) -> Certificates:
    """A certificate for each award of a result version, the newest without a number; best awards first, honours last.

    Args:
        new_only: those alone whose number this version gave: what the version before it had stays good.

    Raises:
        NotFound: there is no such version.
        NotAllowed: the version gives no awards.
    """
    frozen = results.frozen(store, version)
    days = {} if frozen.event["date"] else first_given(store)
    wanted = new_serials(store, frozen.version.number) if new_only else None
    found = [
        replace(one, date=frozen.event["date"] or days[one.serial][:10])
        for code, one in _awarded(frozen)
        if wanted is None or one.serial in wanted
        if choice.division in (None, code) and choice.takes(one.id)
    ]
    if not found and not any(_awarded(frozen)):
        raise NotAllowed(
            _("Result version {n} gives no awards.").format(n=frozen.version.number),
            todo=_("Set the awards on the setup page, then finalise again."),
        )
    return Certificates(frozen.version.number, _frozen_head(store, frozen), tuple(found))


def _awarded(frozen: results.Frozen) -> Iterator[tuple[str, Certificate]]:
    """Every certificate without its date, and the code of its division, empty for an honour."""
    for division in frozen.divisions:
        for row in division.rows:
            if row.award:
                name = row.name if division.entry == "individual" else ""
                given = Certificate(row.entrant_id, name, row.unit, division.title, row.award, row.serial, "")
                yield division.code, given
    for honour in frozen.honours:
        for holder in honour.rows:
            number = int(holder.serial.rpartition("-")[2])
            yield "", Certificate(-number, holder.name, holder.unit, "", honour.name, holder.serial, "")


def notice_paper(store: Store) -> NoticePaper:
    """The notice of the newest result version.

    Raises:
        NotFound: there is no such version.
    """
    with store.read():
        content = results.frozen(store)
        number = content.version.number
        proposal = notice.proposal(store, number)
        issued = proposal.published.at if proposal.published else content.version.made_at
        return NoticePaper(number, content, proposal, issued)


def void_list(store: Store, version: int | None = None) -> VoidList:
    """The numbers on earlier certificates that are void in a result version, the newest without a number.

    Raises:
        NotFound: there is no such version.
        NotAllowed: none is void.
    """
    frozen = results.frozen(store, version)
    found = void_serials(store, version)
    if not found:
        raise NotAllowed(_("No certificate is void."), todo=_("Every certificate that was made so far is good."))
    return VoidList(frozen.version.number, _frozen_head(store, frozen), found)


def _frozen_head(store: Store, frozen: results.Frozen) -> Letterhead:
    event = frozen.event
    day = event["date"] or frozen.version.made_at[:10]
    return Letterhead(_event_title(store, event["name"]), event["organizer"], event["host"], date=day)
