"""Locks (锁定): the marks of a station or of a division are closed, and reopened by the chief judge with a reason."""

from collections.abc import Collection

from data import models
from data.actions import operators
from data.errors import InvalidInput, NotAllowed, NotFound
from data.i18n import _
from data.queries import lock_gaps
from data.queries.locks import divisions_now
from data.store import Store


def lock_station(store: Store, actor: str, code: str) -> None:
    """Close the marks of a station. One that is locked stays so.

    Raises:
        NotFound: the event has no such station.
        NotAllowed: a sheet is missing or something of it is undecided, nobody is due there, or the actor has not
            signed in where people do.
    """
    with store.write(actor, "locks.lock") as writing:
        operators.refuse_stranger(store, actor)
        station = models.Station.get_or_none(models.Station.code == code)
        if station is None:
            raise NotFound(
                _("The event has no station {code}.").format(code=code), todo=_("Choose a station of the list.")
            )
        if models.Lock.select().where(models.Lock.station == station.id, models.Lock.reopened_at.is_null()).exists():
            return
        if not models.Visit.select().where(models.Visit.station == station.id).exists():
            raise NotAllowed(
                _("Nobody is due at {station} yet, so there is nothing to lock.").format(station=station.name),
                todo=_("Make the schedule first."),
            )
        _refuse_gaps(lock_gaps.gaps_at_station(store, code))
        writing.insert(models.Lock, station=station.id, actor=actor, at=writing.at)


def lock_division(store: Store, actor: str, code: str) -> None:
    """Close the marks of a division; see `lock_divisions`."""
    lock_divisions(store, actor, [code])


def lock_divisions(store: Store, actor: str, codes: Collection[str]) -> None:
    """Close the marks of divisions, of all of them or of none. Those that are locked stay so.

    A sum is locked through the divisions that it adds up.

    Raises:
        NotFound: the event has no such division.
        NotAllowed: something of them is missing or undecided, or the actor has not signed in where people do.
    """
    with store.write(actor, "locks.lock") as writing:
        operators.refuse_stranger(store, actor)
        known = divisions_now()
        unknown = sorted(set(codes) - known.keys())
        if unknown:
            raise NotFound(
                _("The event has no division {code}.").format(code="、".join(unknown)),
                todo=_("Choose a division of the list."),
            )
        wanted = {source for code in codes for source in known[code].sources or (code,)}
        open_ones = [code for code in known if code in wanted and not known[code].is_locked]
        _refuse_gaps(lock_gaps.gaps_in_divisions(store, open_ones))
        ids = dict(models.Division.select(models.Division.code, models.Division.id).tuples())
        for code in open_ones:
            writing.insert(models.Lock, division=ids[code], actor=actor, at=writing.at)


def _refuse_gaps(gaps: list[str]) -> None:
    if gaps:
        raise NotAllowed(
            _("Not everything is in and decided, so nothing was locked."),
            where="\n".join(gaps),
            todo=_("Settle these first, or set the state of an entrant who did not compete to the end."),
        )


def reopen(store: Store, actor: str, lock_id: int, chief: str, pin: str, reason: str) -> None:
    """Let marks be changed again; the chief judge says why.

    Raises:
        InvalidInput: no reason is given.
        NotAllowed: this is no chief judge's name and PIN, it is open already, or the actor has not signed in where
            people do.
        NotFound: there is no such lock.
    """
    with store.write(actor, "locks.reopen", reason.strip()) as writing:
        operators.refuse_stranger(store, actor)
        if not reason.strip():
            raise InvalidInput(_("A reason is needed."), todo=_("Write in a few words why it is reopened."))
        row = models.Lock.get_or_none(models.Lock.id == lock_id)
        if row is None:
            raise NotFound(_("This lock is not in the event any more."), todo=_("Look at the list again."))
        if row.reopened_at is not None:
            raise NotAllowed(
                _("{name} has reopened it already.").format(name=row.reopened_by), todo=_("Look at the list again.")
            )
        by = operators.chief(store, chief, pin)
        writing.update(row, reopened_by=by, reopened_at=writing.at, reason=reason.strip())
