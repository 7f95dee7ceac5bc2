"""The numbered versions of the timetable: who put each in force, when and why."""

from dataclasses import dataclass
from datetime import datetime

from data import models
from data.i18n import _
from data.local_time import local_time
from data.queries import sealing
from data.queries.plain_rows import plain_rows
from data.store import Store


@dataclass(frozen=True)
class Version:
    """One version. `made_at` in the time of this computer; `reason` is empty when none was asked for."""

    number: int
    made_at: datetime
    finish_minute: int
    cause: str  # plan | moved | absorb | shift | replan
    actor: str
    reason: str


def versions(store: Store) -> list[Version]:
    """Every timetable there was, the one in force first; while names are sealed, without their reasons."""
    with store.read():
        rows = plain_rows(
            models.Timetable.select(
                models.Timetable.number,
                models.Timetable.made_at,
                models.Timetable.finish_minute,
                models.Timetable.cause,
            ).order_by(models.Timetable.number.desc())
        )
        # The write that made a timetable is of the same moment.
        written = models.Audit.select(models.Audit.at, models.Audit.actor, models.Audit.reason)
        by_moment = {
            at: (actor, reason)
            for at, actor, reason in plain_rows(written.where(models.Audit.at.in_([row[1] for row in rows])))
        }
        sealed = sealing.sealed_word() if sealing.names_sealed() else ""
    made = []
    for number, at, finish, cause in rows:
        actor, reason = by_moment.get(at, ("", ""))
        made.append(Version(number, local_time(at), finish, cause, actor, (reason and sealed) or reason))
    return made


def cause_title(cause: str) -> str:
    """Why a version was made, in a word."""
    return {
        "plan": _("planned"),
        "moved": _("moved by hand"),
        "absorb": _("breaks shortened"),
        "shift": _("all later"),
        "replan": _("rest planned anew"),
    }.get(cause, cause)
