"""The numbered versions of the timetable: who put each in force, when and why."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from peewee import fn

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
        rows = plain_rows(_with_writes())
        sealed = sealing.sealed_word() if sealing.names_sealed() else ""
    return [
        Version(number, local_time(at), finish, cause, actor or "", (reason and sealed) or reason or "")
        for number, at, finish, cause, actor, reason in rows
    ]


def _with_writes() -> Any:
    """The timetables, each with the write of the same moment that has added it: by whom, and why."""
    table, audit = models.Timetable, models.Audit
    added = fn.INSTR(audit.changes, fn.PRINTF('["timetable",%d,null,', table.id)) > 0
    return (
        table.select(table.number, table.made_at, table.finish_minute, table.cause, audit.actor, audit.reason)
        .join(audit, "LEFT JOIN", on=(audit.at == table.made_at) & added)
        .order_by(table.number.desc())
    )


def cause_title(cause: str) -> str:
    """Why a version was made, in a word."""
    return {
        "plan": _("planned"),
        "moved": _("moved by hand"),
        "absorb": _("breaks shortened"),
        "shift": _("all later"),
        "replan": _("rest planned anew"),
    }.get(cause, cause)
