"""Portraits (照片) of people: brought in from files, and taken off again."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from data import models
from data.errors import InvalidInput
from data.i18n import _
from data.queries import photos as queries
from data.queries.photos import ADDED, CHANGED, REFUSED, SAME
from data.rules.photos import PhotoReading
from data.store import Store, Writing


@dataclass(frozen=True)
class PhotoResult:
    """What an import of pictures did, in files."""

    added: int
    changed: int
    same: int
    refused: int


def import_photos(store: Store, actor: str, reading: PhotoReading, reason: str = "") -> PhotoResult:
    """Give everyone whom a picture shows that portrait; what fits nobody stays out.

    Whose each is, is found anew, on the roster as it stands now. The same pictures again change nothing.
    """
    with store.write(actor, "photos.import_photos", reason.strip()) as writing:
        preview = queries.preview_photos(store, reading)
        present = {row.person_id: row for row in models.Photo.select()}
        for line in (*preview.of(ADDED), *preview.of(CHANGED)):
            assert line.content is not None
            _keep(writing, line.person_id, line.content, present.get(line.person_id))
    added, changed, same, refused = (len(preview.of(outcome)) for outcome in (ADDED, CHANGED, SAME, REFUSED))
    return PhotoResult(added, changed, same, refused)


def remove_photos(store: Store, actor: str, person_ids: Iterable[int], reason: str) -> int:
    """Take the portraits of these people out of the event file; returns how many there were.

    Raises:
        InvalidInput: no reason is given.
    """
    if not reason.strip():
        raise InvalidInput(_("A reason is needed."), todo=_("Write in a few words why, for the audit log."))
    with store.write(actor, "photos.remove_photos", reason.strip()) as writing:
        return forget(writing, person_ids)


def forget(writing: Writing, person_ids: Iterable[int]) -> int:
    """Take portraits out as part of another action; the pictures go with them."""
    removed = 0
    for person in person_ids:
        row = models.Photo.get_or_none(models.Photo.person == person)
        if row is not None:
            writing.delete(row)
            _drop(writing, row.sha256)
            removed += 1
    return removed


def _keep(writing: Writing, person: int | None, content: bytes, before: Any) -> None:
    sha256 = writing.keep_picture(content)
    if before is None:
        writing.insert(models.Photo, person=person, sha256=sha256)
        return
    former = before.sha256
    writing.update(before, sha256=sha256)
    _drop(writing, former)


def _drop(writing: Writing, sha256: str) -> None:
    if not models.Photo.select().where(models.Photo.sha256 == sha256).exists():
        writing.drop_picture(sha256)
