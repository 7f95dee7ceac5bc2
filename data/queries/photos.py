"""Portraits (照片): who has one, and what an import of pictures would do."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from data import models
from data.errors import NotAllowed
from data.i18n import _
from data.queries.sealing import names_sealed, todo
from data.rules.photos import Finder, Member, Miss, PhotoReading, Picture, who
from data.store import Store

ADDED, CHANGED, SAME, REFUSED = "added", "changed", "same", "refused"
OUTCOMES = (ADDED, CHANGED, SAME, REFUSED)
_CHUNK = 500


@dataclass(frozen=True)
class PhotoLine:
    """One file of an import: what it would do, for whom, or why it is refused.

    outcome: one of OUTCOMES. person_id and person are None and empty when refused, reason empty otherwise.
    """

    file: str
    outcome: str
    person_id: int | None = None
    person: str = ""  # name, unit and group
    reason: str = ""
    content: bytes | None = None  # the portrait, None when the file gave none


@dataclass(frozen=True)
class PhotoPreview:
    """What an import would do, a line a file, refused ones last."""

    lines: tuple[PhotoLine, ...]

    def of(self, outcome: str) -> list[PhotoLine]:
        """The lines with this outcome."""
        return [line for line in self.lines if line.outcome == outcome]


def photo(store: Store, person_id: int) -> bytes | None:
    """The portrait of a person as JPEG, or None."""
    return photos(store, [person_id]).get(person_id)


def photos(store: Store, person_ids: Iterable[int]) -> dict[int, bytes]:
    """The portraits of these people by person, as JPEG; people without one are not in it."""
    ids = list(person_ids)
    found: dict[int, bytes] = {}
    with store.read():
        for start in range(0, len(ids), _CHUNK):
            rows = (
                models.Photo.select(models.Photo.person, models.Picture.content)
                .join(models.Picture, on=models.Photo.sha256 == models.Picture.sha256)
                .where(models.Photo.person.in_(ids[start : start + _CHUNK]))
            )
            found |= {person: bytes(content) for person, content in rows.tuples()}
    return found


def preview_photos(store: Store, reading: PhotoReading) -> PhotoPreview:
    """What the pictures of a reading would change. Two different pictures of one person are both refused.

    Raises:
        NotAllowed: the names of this blind event are sealed, and a preview would show them.
    """
    with store.read():
        if names_sealed():
            raise NotAllowed(_("No photos are imported while the names of this blind event are sealed."), todo=todo())
        finder = Finder(_members())
        kept = dict(models.Photo.select(models.Photo.person, models.Photo.sha256).tuples())
    refused = [PhotoLine(one.file, REFUSED, reason=one.why) for one in reading.unusable]
    owned: dict[int, list[tuple[Member, Picture]]] = defaultdict(list)
    for picture in reading.pictures:
        found = finder.find(picture.stem, picture.folders)
        if isinstance(found, Miss):
            refused.append(PhotoLine(picture.file, REFUSED, reason=miss_text(found), content=picture.content))
        else:
            owned[found.id].append((found, picture))
    lines = []
    for pairs in owned.values():
        if len({picture.content for _member, picture in pairs}) > 1:
            refused += [
                PhotoLine(picture.file, REFUSED, reason=_several(member, pairs), content=picture.content)
                for member, picture in pairs
            ]
            continue
        for count, (member, picture) in enumerate(pairs):
            before = kept.get(member.id)
            same = count or before == hashlib.sha256(picture.content).hexdigest()
            outcome = SAME if same else CHANGED if before else ADDED
            lines.append(PhotoLine(picture.file, outcome, member.id, who(member), content=picture.content))
    return PhotoPreview((*lines, *refused))


def _several(member: Member, pairs: list[tuple[Member, Picture]]) -> str:
    files = _(", ").join(picture.file for _member, picture in pairs)
    return _("There are several pictures of {person}: {files}. Leave one of them.").format(
        person=who(member), files=files
    )


def miss_text(miss: Miss) -> str:
    """Why a picture belongs to nobody, and how to mend it."""
    names = _("; ").join(miss.names)
    match miss.code:
        case "nameless":
            return _("The file's name says nobody. Name it by the ID number or the name.")
        case "nobody":
            return _("Nobody on the roster has this name. Name the file by the ID number, or by unit and name.")
        case "nobody_id":
            return _("Nobody on the roster has this ID number.")
        case "other_name":
            return _("The ID number is that of {person}, but the file names somebody else.").format(person=names)
        case _:
            return _("Several people fit: {people}. Add the unit or the ID number to the file's name.").format(
                people=names
            )


def _members() -> list[Member]:
    rows = (
        models.Person.select(
            models.Person.id,
            models.Person.name,
            models.Person.id_number,
            models.Unit.name,
            models.Unit.short,
            models.Division.name,
        )
        .join(models.Unit)
        .switch(models.Person)
        .join(models.Division)
    )
    return [
        Member(row, name, number or "", unit, short, group) for row, name, number, unit, short, group in rows.tuples()
    ]
