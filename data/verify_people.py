"""Checks of an event file that concern people: portraits, and who took whose place."""

import hashlib
from collections.abc import Iterator

from data import models
from data.i18n import _
from data.queries import sealing
from data.store import Store


def people_faults(_store: Store) -> Iterator[str]:
    """One sentence for each fault. Runs inside `store.read()`."""
    yield from _photo_faults()
    yield from _substitution_faults()


def _photo_faults() -> Iterator[str]:
    """Whether every photo has its picture, every picture is what its fingerprint says, and none is left over."""
    kept = {}
    for picture in models.Picture.select().iterator():
        kept[picture.sha256] = hashlib.sha256(bytes(picture.content)).hexdigest()
    used = set()
    for row in models.Photo.select(models.Photo, models.Person).join(models.Person).order_by(models.Photo.id):
        used.add(row.sha256)
        name = sealing.called(None, row.person.name)
        if row.sha256 not in kept:
            yield _("The photo of {name} is missing.").format(name=name)
        elif kept[row.sha256] != row.sha256:
            yield _("The photo of {name} was altered outside Biwu.").format(name=name)
    for sha256 in sorted(kept.keys() - used):
        yield _("A picture belongs to nobody: {fingerprint}.").format(fingerprint=sha256[:8])


def _substitution_faults() -> Iterator[str]:
    """Whether each place was handed on from the one who held it, within unit and division, with a new badge."""
    holders = {row.id: row for row in models.Entrant.select()}
    people = {row.id: row for row in models.Person.select().where(_concerned())}
    tokens = {row.token for row in holders.values()}
    last: dict[int, int] = {}
    for row in models.Substitution.select().order_by(models.Substitution.id):
        entrant, left, joined = holders[row.entrant_id], people[row.left_id], people[row.joined_id]
        title = _("Substitution {number}").format(number=row.id)
        if last.get(entrant.id, left.id) != left.id:
            yield _("{substitution}: who left did not hold the place.").format(substitution=title)
        if any((one.unit_id, one.division_id) != (entrant.unit_id, entrant.division_id) for one in (left, joined)):
            yield _("{substitution}: they are not of the same unit and division.").format(substitution=title)
        if row.old_token in tokens:
            yield _("{substitution}: the old badge is valid still.").format(substitution=title)
        last[entrant.id] = joined.id
    for entrant_id, person in last.items():
        if holders[entrant_id].person_id != person:
            name = sealing.called(holders[entrant_id].number, holders[entrant_id].name)
            yield _("{name} competes, but did not join by the last substitution of the place.").format(name=name)


def _concerned() -> object:
    left = models.Substitution.select(models.Substitution.left)
    joined = models.Substitution.select(models.Substitution.joined)
    return models.Person.id.in_(left) | models.Person.id.in_(joined)
