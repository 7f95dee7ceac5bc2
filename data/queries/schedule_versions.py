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
                models.Timetable.id,
                models.Timetable.number,
                models.Timetable.made_at,
                models.Timetable.finish_minute,
                models.Timetable.cause,
            ).order_by(models.Timetable.number.desc())
        )
        written = {row[0]: _written(row[0], row[2]) for row in rows}
        sealed = sealing.sealed_word() if sealing.names_sealed() else ""
    made = []
    for timetable, number, at, finish, cause in rows:
        actor, reason = written[timetable]
        made.append(Version(number, local_time(at), finish, cause, actor, (reason and sealed) or reason))
    return made


def _written(timetable: int, at: str) -> tuple[str, str]:
    """By whom and why a timetable was put in force: the write of the same moment that has added it."""
    writes = models.Audit.select(models.Audit.actor, models.Audit.reason).where(
        models.Audit.at == at, models.Audit.changes.contains(f'["timetable",{timetable},null,')
    )
    found = plain_rows(writes.limit(1))
    return found[0] if found else ("", "")


def cause_title(cause: str) -> str:
    """Why a version was made, in a word."""
    return {
        "plan": _("planned"),
        "moved": _("moved by hand"),
        "absorb": _("breaks shortened"),
        "shift": _("all later"),
        "replan": _("rest planned anew"),
    }.get(cause, cause)
