"""Locks (锁定): which marks are closed, since when and by whom.

A station's lock closes what was marked there; a division's closes all marks, theory marks and states of its
entrants. A division whose components are all stations is closed as well once each of these is, and a sum once the
divisions are that it adds up.
"""

from dataclasses import dataclass
from typing import Any

from data import models
from data.errors import NotAllowed
from data.i18n import _
from data.local_time import local_time
from data.queries.plain_rows import GIVEN, Prepared, plain_rows
from data.store import Store


@dataclass(frozen=True)
class LockRow:
    """One lock of a station or of a division; the other one's code is empty.

    `title`: of what was locked. While it holds, `reopened_by` and `reason` are empty and `reopened_at` is None.
    """

    id: int
    station_code: str
    division_code: str
    title: str
    actor: str
    at: str
    reopened_by: str = ""
    reopened_at: str | None = None
    reason: str = ""

    @property
    def holds(self) -> bool:
        """Whether what it closed is closed still."""
        return self.reopened_at is None


@dataclass(frozen=True)
class DivisionLock:
    """How far a division is closed.

    `own`: its own lock, where one holds. `through`: the locks that close it else: those of the stations of all its
    components, or, for a sum, those of the divisions that it adds up, which are its `sources`.
    """

    code: str
    title: str
    own: LockRow | None = None
    through: tuple[LockRow, ...] = ()
    sources: tuple[str, ...] = ()

    @property
    def is_locked(self) -> bool:
        """Whether all its marks are closed."""
        return self.own is not None or bool(self.through)


def locks(store: Store) -> list[LockRow]:
    """All locks, also those that were reopened, the newest first."""
    with store.read():
        return _rows(_select().order_by(models.Lock.id.desc()))


def station_locks(store: Store) -> dict[str, LockRow]:
    """The locks of stations that hold, by station code."""
    with store.read():
        return {row.station_code: row for row in locks_held() if row.station_code}


def division_locks(store: Store) -> dict[str, DivisionLock]:
    """How far each division is closed, by code, in the order of the plan."""
    with store.read():
        return divisions_now()


def locked_divisions() -> frozenset[str]:
    """The codes of the divisions whose marks are all closed. Runs inside `store.read()`."""
    return frozenset(code for code, one in divisions_now().items() if one.is_locked)


def reopened_now() -> list[LockRow]:
    """The last lock of each station and division that was locked once and is not any more.

    Runs inside `store.read()`.
    """
    last = {(row.station_code, row.division_code): row for row in _rows(_select().order_by(models.Lock.id))}
    closed = locked_divisions()
    return [row for row in last.values() if not row.holds and row.division_code not in closed]


def lock_of_visit(visit_id: int) -> LockRow | None:
    """What closes the marks of a visit: its station's lock or its division's. Runs inside `store.read()`."""
    found = _OF_VISIT.rows(visit_id, visit_id)
    return _lock_row(*found[0]) if found else None


def lock_of_entrant(entrant_id: int) -> LockRow | None:
    """What closes the state and the theory mark of an entrant: whatever closes the whole of his division.

    Runs inside `store.read()`.
    """
    own = _OF_ENTRANT.rows(entrant_id)
    if own:
        return _lock_row(*own[0])
    if not _HELD.rows() or _HAS_THEORY.rows(entrant_id, "theory"):  # no station's lock closes a theory mark
        return None
    code = models.Division.select(models.Division.code).join(models.Entrant).where(models.Entrant.id == entrant_id)
    through = divisions_now()[plain_rows(code)[0][0]].through
    return through[-1] if through else None


def refuse_locked(visit_id: int) -> None:
    """Refuse whatever changes the marks of a visit that is closed. Runs inside a write.

    Raises:
        NotAllowed: its station or its division is locked.
    """
    _refuse(lock_of_visit(visit_id))


def refuse_locked_entrant(entrant_id: int) -> None:
    """Refuse whatever changes the state or the theory mark of an entrant whose division is closed.

    Runs inside a write.

    Raises:
        NotAllowed: the division is locked.
    """
    _refuse(lock_of_entrant(entrant_id))


def _refuse(row: LockRow | None) -> None:
    if row is not None:
        raise NotAllowed(
            _("{title} is locked, so nothing of it can be changed.").format(title=row.title),
            where=since(row),
            todo=_("Let the chief judge reopen it with PIN and reason."),
        )


def since(row: LockRow) -> str:
    """Who locked it and when, in words."""
    return _("Locked by {name} at {time}.").format(name=row.actor, time=local_time(row.at).strftime("%H:%M"))


def divisions_now() -> dict[str, DivisionLock]:
    """`division_locks` inside `store.read()`."""
    held = locks_held()
    own = {row.division_code: row for row in held if row.division_code}
    of_station = {row.station_code: row for row in held if row.station_code}
    rows = list(models.Division.select().order_by(models.Division.position))
    stations, sources = _components()
    found = {
        row.code: DivisionLock(
            row.code,
            f"{row.category}·{row.name}",
            own.get(row.code),
            _all_of([of_station.get(code) for code in stations.get(row.code, ())]),
        )
        for row in rows
        if row.entry != "sum"
    }
    for row in rows:
        if row.entry == "sum":
            origins = tuple(sources.get(row.code, ()))
            closed = [(found[code].own, *found[code].through) for code in origins]
            through = _all_of([next(filter(None, each), None) for each in closed])
            found[row.code] = DivisionLock(row.code, f"{row.category}·{row.name}", None, through, origins)
    return {row.code: found[row.code] for row in rows}


def _all_of(rows: list[LockRow | None]) -> tuple[LockRow, ...]:
    """These locks if each of them is there."""
    there = [row for row in rows if row is not None]
    return tuple(there) if len(there) == len(rows) else ()


def _components() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """What the divisions are made of, by their codes: the stations, and the divisions that a sum adds up.

    A theory mark is a station that no lock closes; its code is empty.
    """
    optional: dict[int, list[str]] = {}
    links = models.ComponentStation.select(models.ComponentStation.component, models.Station.code).join(models.Station)
    for component, code in plain_rows(links):
        optional.setdefault(component, []).append(code)
    origin = models.Division.alias()
    rows = (
        models.Component.select(models.Component.id, models.Division.code, models.Station.code, origin.code)
        .join(models.Division, on=(models.Component.division == models.Division.id))
        .join_from(models.Component, models.Station, "LEFT JOIN")
        .join_from(models.Component, origin, "LEFT JOIN", on=(models.Component.of_division == origin.id))
        .order_by(models.Component.position)
    )
    stations: dict[str, list[str]] = {}
    sources: dict[str, list[str]] = {}
    for component, division, station, source in plain_rows(rows):
        if source:
            sources.setdefault(division, []).append(source)
        else:
            stations.setdefault(division, []).extend(optional.get(component, [station or ""]))
    return stations, sources


def _rows(select: Any) -> list[LockRow]:
    return [_lock_row(*values) for values in plain_rows(select)]


def locks_held() -> list[LockRow]:
    """The locks that hold, in the order in which they were made. Runs inside `store.read()`."""
    return [_lock_row(*values) for values in _HELD.rows()]


def _lock_row(
    lock_id: int,
    station_code: str | None,
    station: str | None,
    division_code: str | None,
    category: str | None,
    division: str | None,
    *rest: Any,
) -> LockRow:
    title = station if station is not None else f"{category}·{division}"
    return LockRow(lock_id, station_code or "", division_code or "", title, *rest)


def _select() -> Any:
    lock, station, division = models.Lock, models.Station, models.Division
    return (
        lock.select(
            lock.id,
            station.code,
            station.name,
            division.code,
            division.category,
            division.name,
            lock.actor,
            lock.at,
            lock.reopened_by,
            lock.reopened_at,
            lock.reason,
        )
        .join(station, "LEFT JOIN")
        .join_from(lock, division, "LEFT JOIN")
    )


def _of_visit() -> Any:
    at = models.Visit.alias()
    of = models.Visit.alias()
    station = at.select(at.station).where(at.id == GIVEN)
    division = of.select(models.Entrant.division).join(models.Entrant).where(of.id == GIVEN)
    closes = (models.Lock.station == station) | (models.Lock.division == division)
    return _select().where(models.Lock.reopened_at.is_null() & closes).order_by(models.Lock.id)


def _of_entrant() -> Any:
    division = models.Entrant.select(models.Entrant.division).where(models.Entrant.id == GIVEN)
    return _select().where(models.Lock.reopened_at.is_null() & (models.Lock.division == division))


def _has_theory() -> Any:
    rows = models.Component.select(models.Component.id).join(
        models.Entrant, on=(models.Entrant.division == models.Component.division)
    )
    return rows.where(models.Entrant.id == GIVEN, models.Component.source == GIVEN)


_HELD = Prepared(lambda: _select().where(models.Lock.reopened_at.is_null()).order_by(models.Lock.id))
_OF_VISIT = Prepared(_of_visit)
_OF_ENTRANT = Prepared(_of_entrant)
_HAS_THEORY = Prepared(_has_theory)
