"""What the actions of the running day have in common: receipts, the minute of the day, a visit as it stands."""

from dataclasses import dataclass
from typing import Any

from peewee import fn

from data import models
from data.errors import InvalidInput, NotAllowed, NotFound
from data.i18n import _
from data.queries import running as queries
from data.queries.plain_rows import GIVEN, Prepared
from data.queries.sealing import called, names_sealed
from data.queries.stand_ins import Judges
from data.store import Store


@dataclass(frozen=True)
class Receipt:
    """What an action on the floor did, in words; `notes` are what it brought with it.

    `changed` is False when it was so already. `ended_visit`: the visit that was ended by the start of this one.
    """

    text: str
    changed: bool = True
    visit_id: int | None = None
    notes: tuple[str, ...] = ()
    ended_visit: int | None = None

    @property
    def whole(self) -> str:
        """All of it as one text."""
        return "\n".join((self.text, *self.notes))


@dataclass(frozen=True)
class VisitNow:
    """A visit as the event file has it, with the lane of the timetable in force (None without)."""

    row: Any
    entrant: Any
    station: Any
    lane: int | None

    @property
    def who(self) -> str:
        """The entrant in a sentence. Runs inside a read or a write."""
        return number_and_name(self.entrant)

    @property
    def station_title(self) -> str:
        return title(self.station)

    @property
    def place(self) -> str:
        return f"{self.who} · {self.station_title}"


def number_and_name(entrant: Any) -> str:
    """An entrant in a sentence. Runs inside a read or a write."""
    if names_sealed() or not entrant.number:
        return called(entrant.number, entrant.name)
    return f"{entrant.number} {entrant.name}"


def short_name(entrant: Any) -> str:
    """The number of an entrant, the name without one. Runs inside a read or a write."""
    return called(entrant.number, entrant.number or entrant.name)


def title(station: Any) -> str:
    """A station in a sentence."""
    return f"{station.code} {station.name}"


def visit_now(visit_id: int) -> VisitNow:
    """A visit as it stands. Runs inside a write.

    Raises:
        NotFound: there is no such visit.
    """
    row = models.Visit.get_or_none(models.Visit.id == visit_id)
    if row is None:
        raise NotFound(
            _("This entrant has no visit to this station."), todo=_("Check the station, or make the schedule first.")
        )
    slots = _PLANNED.rows(visit_id)
    lane = slots[0][0] if slots else None
    return VisitNow(row, row.entrant, row.station, lane)


def _planned() -> Any:
    newest = models.Timetable.alias()
    return (
        models.Slot.select(models.Slot.lane)
        .join(models.Timetable)
        .where(
            models.Slot.visit == GIVEN,
            models.Timetable.number == newest.select(fn.MAX(newest.number)),
        )
    )


_PLANNED = Prepared(_planned)


def event_minute(store: Store) -> int:
    """The minute of the event's day.

    Raises:
        NotAllowed: it is not the day of the event.
    """
    now = queries.minute_now(store)
    if now is None:
        date = models.Event.get().date
        raise NotAllowed(
            _("Today is not the day of the event, {date}.").format(date=date)
            if date
            else _("The event has no date yet."),
            todo=_("Correct the date on the setup page first."),
        )
    return now


def give_reason(reason: str) -> str:
    """The reason, without blanks around it.

    Raises:
        InvalidInput: there is none.
    """
    if not reason.strip():
        raise InvalidInput(_("A reason is needed."), todo=_("Write in a few words why, for the audit log."))
    return reason.strip()


def station_of(code: str, lane: int | None = None) -> Any:
    """The station of this code, which has this lane.

    Raises:
        NotFound: there is no such station, or it has no such lane.
    """
    station = models.Station.get_or_none(models.Station.code == code)
    if station is None:
        raise NotFound(_("There is no station {code}.").format(code=code), todo=_("Check the code of the station."))
    if lane is not None and not 1 <= lane <= station.lanes:
        raise NotFound(
            _("{station} has lanes 1 to {lanes}, no lane {lane}.").format(
                station=title(station), lanes=station.lanes, lane=lane
            )
        )
    return station


def closure_of(station: Any, lane: int, minute: int) -> Any | None:
    """The closure that keeps a lane out of service at a minute."""
    found = _CLOSURE.rows(station.id, lane, minute, minute)
    return models.LaneClosure.get_by_id(found[0][0]) if found else None


_CLOSURE = Prepared(
    lambda: models.LaneClosure.select(models.LaneClosure.id).where(
        models.LaneClosure.station == GIVEN,
        models.LaneClosure.lane == GIVEN,
        models.LaneClosure.starts_minute <= GIVEN,
        models.LaneClosure.ends_minute.is_null() | (models.LaneClosure.ends_minute > GIVEN),
    )
)


def refuse_closed(station: Any, lane: int, minute: int) -> None:
    """Refuse a lane that is out of service.

    Raises:
        NotAllowed: it is, with the reason.
    """
    closure = closure_of(station, lane, minute)
    if closure is not None:
        raise NotAllowed(
            _("{station}, lane {lane}, is out of service: {reason}").format(
                station=title(station), lane=lane, reason=closure.reason
            ),
            todo=_("Open the lane again first, or let the visit begin in another lane."),
        )


def reserve_note(visit: VisitNow, lane: int) -> list[str]:
    """Who takes whose seat in this lane, in words; nothing where nobody has to.

    Raises:
        NotAllowed: a judge there is of the entrant's unit, and no reserve judge is free.
    """
    judges = Judges()
    leaving = _stand_ins(judges, visit.station, lane, visit.entrant)
    if leaving == ():
        return []
    others = (
        models.Visit.select()
        .where(
            models.Visit.station == visit.station.id,
            models.Visit.started_at.is_null(False),
            models.Visit.ended_at.is_null(),
            models.Visit.ran_lane != lane,
            models.Visit.state == "",
        )
        .order_by(models.Visit.id)
    )
    is_busy = any(_stand_ins(judges, visit.station, one.ran_lane, one.entrant) for one in others)
    if leaving is None or is_busy or not models.Event.get().stand_ins:
        raise NotAllowed(
            _("A judge of this lane may not mark this entrant.")
            if names_sealed()
            else _("A judge of lane {lane} is of the entrant's own unit, {unit}.").format(
                lane=lane, unit=visit.entrant.unit.name
            ),
            where=visit.place,
            todo=_("The reserve judge is in another lane until that visit ends.")
            if is_busy and leaving
            else _("Let the visit begin in another lane, or replace the judge first."),
        )
    return [
        _("The reserve judge {reserve} takes the seat of {judge} for this visit.").format(
            reserve=reserve.name, judge=judge.name
        )
        for judge, reserve in leaving
    ]


def _stand_ins(judges: Judges, station: Any, lane: int, entrant: Any) -> Any:
    return judges.stand_ins(station.id, lane, {entrant.unit.name, entrant.unit.short} - {""})
