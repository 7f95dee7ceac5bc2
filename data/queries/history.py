"""Who competed in this event, for the coverage of coming years (历届参赛记录): out of the newest result version."""

import json
from collections import Counter
from dataclasses import dataclass

from data import models
from data.errors import NotAllowed
from data.i18n import _
from data.queries import results
from data.rules.identity import history_key
from data.rules.ranking import OUT
from data.rules.roster import HistoryRow
from data.rules.standings import TEAM_SUM
from data.store import Store

KEEP = "history.keep"  # the action that writes them


@dataclass(frozen=True)
class Competitor:
    """Somebody who competed. `key`: the ID number, or what stands for it (data/rules/identity.history_key)."""

    key: str
    name: str
    unit: str


@dataclass(frozen=True)
class Competitors:
    """All who competed in an event, as a version says."""

    year: int
    version: int
    people: tuple[Competitor, ...]


@dataclass(frozen=True)
class HistoryState:
    """What the event knows of the years. `years`: entries of each, the newest first.

    kept: entries of this event's own. missing and gone: the names that keeping them now would add and take away;
    version: that of the people, None before there is one, or without a date. year: None without a date.
    """

    year: int | None
    version: int | None
    competed: int
    kept: int
    missing: tuple[str, ...]
    gone: tuple[str, ...]
    years: tuple[tuple[int, int], ...]
    coverage_years: int

    @property
    def is_kept(self) -> bool:
        """Whether everybody of the newest version is kept, and nobody else."""
        return self.version is not None and not self.missing and not self.gone


def competitors(store: Store) -> Competitors:
    """Who competed: all persons and members of teams but those absent, withdrawn or disqualified.

    Names and units are those of the version. Somebody who was replaced before it did not compete.

    Raises:
        NotFound: there is no result version.
        NotAllowed: neither the version nor the event has a date.
    """
    with store.read():
        frozen = results.frozen(store)
        date = frozen.event["date"] or models.Event.get().date
        if not date:
            raise NotAllowed(_("The event has no date."), todo=_("Set it on the setup page: history goes by years."))
        people: dict[str, Competitor] = {}
        numbers = _numbers()
        members = _members()
        for division in frozen.divisions:
            for row in division.rows:
                if division.entry == TEAM_SUM or row.state in OUT:
                    continue
                found = [
                    Competitor(history_key(number, name, unit), name, unit)
                    for number, name, unit in members.get(row.entrant_id, ())
                ]
                if row.entrant_id in numbers:
                    number = numbers[row.entrant_id].get(row.name, "")
                    found.append(Competitor(history_key(number, row.name, row.unit), row.name, row.unit))
                people.update({one.key: one for one in found})
        return Competitors(int(date[:4]), frozen.version.number, tuple(people.values()))


def _numbers() -> dict[int, dict[str, str]]:
    """For each entrant that is a person, the ID number by name: his, and those of whoever was replaced by him."""
    person, entrant = models.Person, models.Entrant
    joined = person.select(entrant.id, person.name, person.id_number).join(entrant, on=entrant.person == person.id)
    left = person.select(models.Substitution.entrant, person.name, person.id_number).join(
        models.Substitution, on=models.Substitution.left == person.id
    )
    found: dict[int, dict[str, str]] = {}
    for entrant_id, name, number in (*left.tuples(), *joined.tuples()):
        found.setdefault(entrant_id, {})[name] = number or ""
    return found


def _members() -> dict[int, list[tuple[str, str, str]]]:
    """ID number, name and unit of each team's members."""
    rows = (
        models.Member.select(models.Member.entrant, models.Person.id_number, models.Person.name, models.Unit.name)
        .join(models.Person)
        .join(models.Unit)
        .order_by(models.Member.id)
    )
    found: dict[int, list[tuple[str, str, str]]] = {}
    for entrant_id, number, name, unit in rows.tuples():
        found.setdefault(entrant_id, []).append((number or "", name, unit))
    return found


def kept_ids() -> set[int]:
    """The rows of the history that are this event's own; runs inside `store.read()`.

    An entry that was imported is not, even if it is of the same year: the log says who wrote what.
    """
    found: set[int] = set()
    log = models.Audit.select(models.Audit.changes).where(models.Audit.action == KEEP).order_by(models.Audit.id)
    for (text,) in log.tuples():
        for _table, row_id, before, after in json.loads(text):
            if after is None:
                found.discard(row_id)
            elif before is None:
                found.add(row_id)
    return found & {row_id for (row_id,) in models.PastEntry.select(models.PastEntry.id).tuples()}


def history_state(store: Store) -> HistoryState:
    """How far this event's people are kept; the event must have been set up."""
    with store.read():
        event = models.Event.get()
        entries = {row.id: row for row in models.PastEntry.select()}
        counts = Counter(row.year for row in entries.values())
        own = kept_ids()
        version, competed = None, 0
        missing: tuple[str, ...] = ()
        gone: tuple[str, ...] = ()
        if event.date and models.ResultVersion.select().exists():
            wanted = competitors(store)
            version, competed = wanted.version, len(wanted.people)
            known = {row.id_number for row in entries.values() if row.year == wanted.year}
            keys = {one.key for one in wanted.people}
            missing = tuple(one.name for one in wanted.people if one.key not in known)
            gone = tuple(
                entries[row_id].name
                for row_id in sorted(own)
                if (entries[row_id].year, entries[row_id].id_number in keys) != (wanted.year, True)
            )
        return HistoryState(
            int(event.date[:4]) if event.date else None,
            version,
            competed,
            len(own),
            missing,
            gone,
            tuple(sorted(counts.items(), reverse=True)),
            event.coverage_years,
        )


def history_rows(store: Store, file: str) -> list[HistoryRow]:
    """All that an event can tell another: its history, and its own people if it has a result version and a date."""
    with store.read():
        rows = [(row.id_number, row.name, row.unit_name, row.year) for row in models.PastEntry.select()]
        if models.ResultVersion.select().exists() and models.Event.get().date:
            own = competitors(store)
            rows += [(one.key, one.name, one.unit, own.year) for one in own.people]
        return [HistoryRow(file, "", number, *row) for number, row in enumerate(rows, start=1)]
