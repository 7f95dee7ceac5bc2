"""The official notice (公示) out of a result version: its tables, its period, and what was published."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from data import models, work_calendar
from data.i18n import _
from data.queries.results import Frozen, FrozenDivision, FrozenRow
from data.rules.identity import mask_name
from data.rules.workdays import Period, count_workdays, period_after
from data.store import Store

COLUMNS = ("division", "place", "number", "name", "unit", "components", "total", "award", "state")
CHOSEN = tuple(column for column in COLUMNS if column != "components")
SCORES = frozenset({"components", "total"})
ORDERS = ("place", "number", "unit")


@dataclass(frozen=True)
class Shown:
    """What a notice shows: columns in their order, names in full or masked, with or without scores, everyone or
    only those with an award; and the order of the lines within a division, one of ORDERS.

    ID numbers are in no result version, so never in a notice.
    """

    columns: Sequence[str] = CHOSEN
    mask_names: bool = False
    awarded_only: bool = False
    scores: bool = True
    order: str = "place"

    @property
    def kept(self) -> tuple[str, ...]:
        """The columns without those that `scores` leaves out."""
        return tuple(column for column in self.columns if self.scores or column not in SCORES)


@dataclass(frozen=True)
class NoticeLine:
    """One entrant as the notice shows him. `scores`: the shown components, as many as the division has."""

    place: str
    number: str
    name: str
    unit: str
    scores: tuple[str, ...]
    total: str
    award: str
    state: str  # as in FrozenRow


@dataclass(frozen=True)
class NoticeTable:
    title: str
    components: tuple[str, ...]
    lines: tuple[NoticeLine, ...]


@dataclass(frozen=True)
class Published:
    """A notice that hangs out: of which version, and its first and its last day."""

    version: int
    starts: date
    ends: date
    actor: str
    at: str


@dataclass(frozen=True)
class Proposal:
    """What the dialog begins with. `published`: what was noted for this version already.

    contact, phone: whom to turn to, as the plan says. days: working days that the plan asks for.
    """

    period: Period
    days: int
    contact: str
    phone: str
    published: Published | None


def proposal(store: Store, version: int) -> Proposal:
    """The period that was noted for this version, or the one that begins after today."""
    with store.read():
        event = models.Event.get()
        noted = next((one for one in published(store) if one.version == version), None)
        if noted:
            period = Period(noted.starts, noted.ends)
        else:
            period = period_after(today(store), event.notice_days, work_calendar.is_workday)
        return Proposal(period, event.notice_days, event.contact, event.phone, noted)


def published(store: Store) -> tuple[Published, ...]:
    """Every notice that was noted, the newest first; of a version whose days were changed, the newest stands."""
    with store.read():
        rows = models.Notice.select().order_by(models.Notice.id.desc())
        return tuple(
            Published(row.of_version, date.fromisoformat(row.starts), date.fromisoformat(row.ends), row.actor, row.at)
            for row in rows
        )


def today(store: Store) -> date:
    """The day of this computer."""
    return store.clock().astimezone().date()


def workdays_in(period: Period) -> tuple[int, tuple[int, ...]]:
    """How many working days a period has, and the years of which only the weekends are known."""
    return count_workdays(period, work_calendar.is_workday), work_calendar.unknown_years(period.starts, period.ends)


def notice_tables(content: Frozen, shown: Shown) -> tuple[NoticeTable, ...]:
    """A table for every division that has lines to show."""
    found = []
    for division in content.divisions:
        rows = [row for row in division.rows if row.award or not shown.awarded_only]
        lines = tuple(_line(division, row, shown) for row in _ordered(rows, shown.order))
        if lines:
            found.append(NoticeTable(division.title, division.components, lines))
    return tuple(found)


def honour_table(content: Frozen, shown: Shown) -> NoticeTable | None:
    """Who has which honour, where the notice shows awards; None without any."""
    lines = tuple(
        NoticeLine("", "", mask_name(one.name) if shown.mask_names else one.name, one.unit, (), "", honour.name, "")
        for honour in content.honours
        for one in honour.rows
    )
    return NoticeTable(_("Honours"), (), lines) if lines and "award" in shown.kept else None


def _ordered(rows: Iterable[FrozenRow], order: str) -> Iterator[FrozenRow]:
    """The frozen order is that of the places; it stays among those of one unit."""
    if order == "number":
        return iter(sorted(rows, key=lambda row: (not row.number, row.number)))
    if order == "unit":
        units: dict[str, list[FrozenRow]] = {}
        for row in rows:
            units.setdefault(row.unit, []).append(row)
        return (row for unit in sorted(units) for row in units[unit])
    return iter(rows)


def _line(division: FrozenDivision, row: FrozenRow, shown: Shown) -> NoticeLine:
    masked = shown.mask_names and division.entry == "individual"
    return NoticeLine(
        "" if row.place is None else str(row.place),
        row.number,
        mask_name(row.name) if masked else row.name,
        row.unit,
        row.shown_components,
        row.shown,
        row.award,
        row.state,
    )
