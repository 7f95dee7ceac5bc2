"""This event's people kept for the coverage of coming years (历届参赛记录)."""

from dataclasses import dataclass

from data import models
from data.actions.operators import refuse_stranger
from data.queries.history import KEEP, competitors, kept_ids
from data.store import Store


@dataclass(frozen=True)
class Kept:
    """What keeping did: of which version, and how many entries are new, differ, or are gone."""

    version: int
    people: int
    added: int
    changed: int
    removed: int


def keep(store: Store, actor: str) -> Kept:
    """Note everybody who competed by the newest result version under the year of the event.

    Done again after a newer version, it takes away those of this event who did not compete after all; what was
    imported from elsewhere stays.

    Raises:
        NotFound: there is no result version.
        NotAllowed: the event has no date, or the actor has not signed in where people do.
    """
    with store.write(actor, KEEP) as writing:
        refuse_stranger(store, actor)
        found = competitors(store)
        wanted = {one.key: {"name": one.name, "unit_name": one.unit} for one in found.people}
        entries = {row.id: row for row in models.PastEntry.select()}
        removed = 0
        for row_id in sorted(kept_ids()):
            if entries[row_id].year != found.year or entries[row_id].id_number not in wanted:
                writing.delete(entries.pop(row_id))
                removed += 1
        known = {row.id_number: row for row in entries.values() if row.year == found.year}
        new = [{"id_number": key, "year": found.year, **values} for key, values in wanted.items() if key not in known]
        writing.insert_many(models.PastEntry, new)
        changed = sum(writing.update(known[key], **values) for key, values in wanted.items() if key in known)
        return Kept(found.version, len(wanted), len(new), changed, removed)
