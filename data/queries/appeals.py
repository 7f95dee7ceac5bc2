"""Appeals (申诉): who objects to what, until when one may, and what was decided."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from data import models
from data.i18n import _
from data.local_time import local_time
from data.queries import sealing
from data.queries.plain_rows import plain_rows
from data.queries.time_words import span
from data.rules.decimals import show_milli
from data.store import Store

MARK, VISIT, THEORY, RESULT = "mark", "visit", "theory", "result"
ABOUT = (MARK, VISIT, THEORY, RESULT)
OPEN, GRANTED, REFUSED, WITHDRAWN = "open", "granted", "refused", "withdrawn"


@dataclass(frozen=True)
class Deadline:
    """Until when an appeal needs no reason for being late: counted from when the newest version was made."""

    version: int
    ends: datetime

    def minutes_left(self, now: datetime) -> int:
        """Whole minutes, a begun one in full; 0 or less once it is over."""
        return -int((now - self.ends).total_seconds() // 60)


@dataclass(frozen=True)
class AppealRow:
    """One appeal. While names are sealed, the entrant is a number, and who raised it is not told.

    what: the thing objected to, in words. version: the result version that stood when it was raised, None before
    the first. state: open | granted | refused | withdrawn; the other fields of the decision are empty until then.
    """

    id: int
    entrant_id: int
    division_code: str
    division: str
    number: str
    name: str
    unit: str
    about: str
    visit_id: int | None
    seat: int | None
    what: str
    raised_by: str
    raised_at: str
    text: str
    late_reason: str
    version: int | None
    state: str
    decision: str
    decided_by: str
    decided_at: str | None
    actor: str

    @property
    def is_open(self) -> bool:
        return self.state == OPEN


@dataclass(frozen=True)
class Subject:
    """Something that an entrant can object to. `text`: what it is, with what is in the file of it now."""

    about: str
    visit_id: int | None
    seat: int | None
    text: str


@dataclass(frozen=True)
class Appeals:
    """All appeals, open ones first and then the newest; deadline: None before there is a version."""

    rows: tuple[AppealRow, ...]
    deadline: Deadline | None

    @property
    def open(self) -> int:
        """How many are not decided."""
        return sum(row.is_open for row in self.rows)


def appeals(store: Store) -> Appeals:
    """All appeals, and until when one may be raised."""
    with store.read():
        rows = sorted(_rows(), key=lambda row: (not row.is_open, -row.id))
        return Appeals(tuple(rows), deadline())


def open_rows() -> list[AppealRow]:
    """The appeals that are not decided, the earliest first. Runs inside `store.read()`."""
    return [row for row in _rows() if row.is_open] if open_appeals() else []


def deadline() -> Deadline | None:
    """Until when an appeal is in time; None before there is a version. Runs inside `store.read()`."""
    newest = models.ResultVersion.select(models.ResultVersion.number, models.ResultVersion.made_at)
    found = newest.order_by(models.ResultVersion.number.desc()).tuples().first()
    if found is None:
        return None
    number, made_at = found
    minutes = models.Event.select(models.Event.appeal_minutes).tuples().first()[0]
    return Deadline(number, datetime.fromisoformat(made_at) + timedelta(minutes=minutes))


def open_appeals() -> dict[int, str]:
    """The entrants with an appeal that is not decided, and the codes of their divisions; the earliest comes first.

    Runs inside `store.read()`.
    """
    rows = (
        models.Appeal.select(models.Appeal.entrant, models.Division.code)
        .join(models.Entrant)
        .join(models.Division)
        .where(models.Appeal.state == OPEN)
        .order_by(models.Appeal.id)
    )
    return dict(plain_rows(rows))


def subjects(store: Store, entrant_id: int) -> tuple[Subject, ...]:
    """What this entrant can object to: each judge's sheet and each visit, the theory mark, and the result."""
    with store.read():
        visits = (
            models.Visit.select(models.Visit, models.Station)
            .join(models.Station)
            .where(models.Visit.entrant == entrant_id)
            .order_by(models.Station.position)
        )
        marks = models.Mark.select().join(models.Visit).where(models.Visit.entrant == entrant_id, models.Mark.latest)
        by_visit: dict[int, dict[int, models.Mark]] = {}
        for mark in marks:
            by_visit.setdefault(mark.visit_id, {})[mark.seat] = mark
        found = []
        for visit in visits:
            handed_in = by_visit.get(visit.id, {})
            found += [
                Subject(
                    MARK,
                    visit.id,
                    seat,
                    _("{what}: {points} points").format(
                        what=_what(MARK, visit.station.name, seat), points=show_milli(handed_in[seat].total_milli)
                    ),
                )
                for seat in sorted(handed_in)
            ]
            if handed_in or visit.state:
                found.append(Subject(VISIT, visit.id, None, _what(VISIT, visit.station.name, None)))
        theory = models.TheoryMark.get_or_none(models.TheoryMark.entrant == entrant_id, models.TheoryMark.latest)
        if theory is not None:
            text = _("{what}: {points} points").format(
                what=_what(THEORY, "", None), points=show_milli(theory.value_milli)
            )
            found.append(Subject(THEORY, None, None, text))
        return (*found, Subject(RESULT, None, None, _what(RESULT, "", None)))


def about_word(about: str) -> str:
    """What kind of thing is objected to."""
    return {
        MARK: _("A judge's mark"),
        VISIT: _("Time, penalty or state"),
        THEORY: _("The theory mark"),
        RESULT: _("Place or award"),
    }[about]


def state_word(state: str) -> str:
    """How far an appeal is."""
    return {
        OPEN: _("undecided"),
        GRANTED: _("granted"),
        REFUSED: _("refused"),
        WITHDRAWN: _("withdrawn"),
    }[state]


def time_words(left: Deadline | None, now: datetime) -> str:
    """Until when an appeal is in time, and how long that still is, for one line."""
    if left is None:
        return _("There is no result version yet: appeals are taken at any time.")
    ends = local_time(left.ends.isoformat())
    minutes = left.minutes_left(now)
    if minutes <= 0:
        return _("The time for appeals against version {n} ended at {time}. A later one needs a reason.").format(
            n=left.version, time=f"{ends:%Y-%m-%d %H:%M}"
        )
    today = ends.date() == now.astimezone().date()
    return _("Appeals against version {n} are taken until {time}: {left} left.").format(
        n=left.version, time=f"{ends:%H:%M}" if today else f"{ends:%m-%d %H:%M}", left=span(minutes)
    )


def _rows() -> list[AppealRow]:
    sealed = sealing.names_sealed()
    who = sealing.who()
    named = {
        entrant: texts
        for entrant, *texts in plain_rows(
            models.Entrant.select(
                models.Entrant.id,
                models.Division.code,
                models.Division.category,
                models.Division.name,
                models.Entrant.number,
                who.name,
                who.unit,
            )
            .join(models.Unit)
            .join_from(models.Entrant, models.Division)
            .join_from(models.Entrant, models.Appeal)
        )
    }
    stations = dict(
        plain_rows(
            models.Visit.select(models.Visit.id, models.Station.name)
            .join(models.Station)
            .join_from(models.Visit, models.Appeal)
        )
    )
    found = []
    for row in models.Appeal.select():
        code, category, division, number, name, unit = named[row.entrant_id]
        found.append(
            AppealRow(
                id=row.id,
                entrant_id=row.entrant_id,
                division_code=code,
                division=f"{category}·{division}",
                number=number or "",
                name=name or sealing.sealed_word(),
                unit=unit,
                about=row.about,
                visit_id=row.visit_id,
                seat=row.seat,
                what=_what(row.about, stations.get(row.visit_id, ""), row.seat),
                raised_by=sealing.sealed_word() if sealed else row.raised_by,
                raised_at=row.raised_at,
                text=sealing.sealed_word() if sealed else row.text,
                late_reason=sealing.sealed_word() if sealed and row.late_reason else row.late_reason,
                version=row.of_version,
                state=row.state,
                decision=sealing.sealed_word() if sealed and row.decision else row.decision,
                decided_by=row.decided_by,
                decided_at=row.decided_at,
                actor=row.actor,
            )
        )
    return found


def _what(about: str, station: str, seat: int | None) -> str:
    if about == MARK:
        return _("{station}, judge {seat}").format(station=station, seat=seat)
    if about == VISIT:
        return _("{station}: time, penalty or state").format(station=station)
    return about_word(about)
