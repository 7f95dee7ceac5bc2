"""Blind marking (盲评): what nobody may read yet, and under which name a contestant goes meanwhile.

In a blind event the numbers draw seals the names: from then on contestants are their numbers
alone, everywhere, until the chief judge decodes the names before a witness. A lane draw seals who
stood in which lane in the same way. Every query that hands out a name or a unit of a contestant takes
it from here, and asks once a read.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from peewee import Value, fn

from data import models
from data.i18n import _
from data.queries.plain_rows import GIVEN, Prepared
from data.store import Store

LANE = "lane"
NAME = "name"
LAYERS = (LANE, NAME)  # in the order in which they are opened
_SEALED_BY = {LANE: "lanes", NAME: "numbers"}


def _closed() -> Any:
    """The event, where it is blind, was drawn, and neither decoded nor published.

    What an earlier version of Biwu published of a blind event, it published with names and without a decoding.
    """
    drawn = models.Draw.select(models.Draw.id).where(models.Draw.kind == GIVEN, models.Draw.state == GIVEN)
    opened = models.Decoding.select(models.Decoding.id).where(models.Decoding.layer == GIVEN)
    published = models.ResultVersion.select(models.ResultVersion.id)
    return models.Event.select(models.Event.id).where(
        models.Event.blind, fn.EXISTS(drawn), ~fn.EXISTS(opened), ~fn.EXISTS(published)
    )


_CLOSED = Prepared(_closed)


def is_sealed(layer: str) -> bool:
    """Whether this layer of the event is closed now. Runs inside `store.read()`."""
    return bool(_CLOSED.rows(_SEALED_BY[layer], "drawn", layer))


def names_sealed() -> bool:
    """Whether contestants are numbers alone. Runs inside `store.read()`."""
    return is_sealed(NAME)


def hides_names(store: Store) -> bool:
    """`names_sealed` for who has no read of his own."""
    with store.read():
        return names_sealed()


@dataclass(frozen=True)
class Who:
    """The columns of a select that joins Entrant and Unit: name, unit and its short name of a contestant."""

    name: Any
    unit: Any
    short: Any


NAMED = Who(models.Entrant.name, models.Unit.name, models.Unit.short)
_NUMBERED = Who(fn.COALESCE(models.Entrant.number, Value("")), Value(""), Value(""))


def who() -> Who:
    """Name and unit of contestants for a select: while they are sealed, the number as name, and no unit.

    A unit's total has no number, so it has no name then. Runs inside `store.read()`.
    """
    return _NUMBERED if names_sealed() else NAMED


def called(number: str | None, name: str) -> str:
    """The name under which one contestant goes in a sentence. Runs inside `store.read()`."""
    return (number or sealed_word()) if names_sealed() else name


def sealed_word() -> str:
    """What stands in the place of something sealed."""
    return _("(sealed)")


def todo() -> str:
    """What has to be done before names are shown."""
    return _("Let the chief judge decode the names before a witness, on the results page.")


@dataclass(frozen=True)
class Layer:
    """One layer of a blind event. `at` is the moment of its decoding, empty while it is sealed."""

    layer: str
    chief: str
    witness: str
    at: str

    @property
    def is_sealed(self) -> bool:
        return not self.at


@dataclass(frozen=True)
class Seal:
    """The fingerprint of the name list, stored by the numbers draw, beside that of the list as it is now.

    Both are empty for a draw that an earlier version of Biwu made.
    """

    stored: str = ""
    now: str = ""

    @property
    def holds(self) -> bool:
        """Whether no name was exchanged since the list was sealed."""
        return self.stored == self.now


@dataclass(frozen=True)
class Sealing:
    """How far a blind event is decoded.

    layers: those that were drawn, in the order in which they are opened; none before the numbers draw, and in an
    event that is not blind. chiefs: the chief judges of the plan, who may open them.
    """

    layers: tuple[Layer, ...]
    chiefs: tuple[str, ...]
    seal: Seal

    @property
    def next_layer(self) -> Layer | None:
        """The layer to be opened now."""
        return next((layer for layer in self.layers if layer.is_sealed), None)

    @property
    def names(self) -> bool:
        """Whether contestants are numbers alone."""
        return any(layer.layer == NAME and layer.is_sealed for layer in self.layers)


def sealing(store: Store) -> Sealing:
    """What is sealed, what was opened, by whom, and whether the seal holds."""
    with store.read():
        event = models.Event.get_or_none()
        opened = {row.layer: row for row in models.Decoding.select()}
        layers = []
        for layer in LAYERS if event is not None and event.blind else ():
            if layer in opened:
                layers.append(Layer(layer, opened[layer].chief, opened[layer].witness, opened[layer].at))
            elif is_sealed(layer):
                layers.append(Layer(layer, "", "", ""))
        return Sealing(tuple(layers), chiefs(), seal_now() if layers else Seal())


def chiefs() -> tuple[str, ...]:
    """The names of the chief judges (裁判长) of the plan, each once. Runs inside `store.read()`."""
    rows = models.Judge.select(models.Judge.name).where(models.Judge.chief).order_by(models.Judge.id)
    return tuple(dict.fromkeys(name for (name,) in rows.tuples()))


def seal_now() -> Seal:
    """The seal of the numbers draw that stands, and that of the names as they are. Runs inside `store.read()`."""
    numbers = models.Draw.get_or_none(models.Draw.kind == _SEALED_BY[NAME], models.Draw.state == "drawn")
    return Seal(numbers.seal, fingerprint(numbers.seal_salt)) if numbers is not None and numbers.seal else Seal()


def fingerprint(salt: str) -> str:
    """SHA-256 of salt and LF, then of a line `number<TAB>person key<LF>` for each contestant, in the order of numbers.

    The key of a person is ID number, name and unit, with tabs between; that of a team is its name and unit.
    Somebody who was replaced counts as the one who was drawn. Runs inside `store.read()`.
    """
    lines = [f"{salt}\n", *(f"{number}\t{key}\n" for number, key in _keys())]
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _keys() -> Iterable[tuple[str, str]]:
    replaced = models.Substitution.select(models.Substitution.entrant, models.Substitution.left)
    drawn = dict(replaced.order_by(models.Substitution.id.desc()).tuples())  # the first one of an entrant stays
    units = dict(models.Unit.select(models.Unit.id, models.Unit.name).tuples())
    people = {row.id: row for row in models.Person.select()}
    entrants = models.Entrant.select().where(models.Entrant.number.is_null(False)).order_by(models.Entrant.number)
    for entrant in entrants:
        one = people[drawn[entrant.id]] if entrant.id in drawn else entrant
        key = f"{one.name}\t{units[one.unit_id]}"
        person = drawn.get(entrant.id, entrant.person_id)
        yield entrant.number, key if person is None else f"{people[person].id_number or ''}\t{key}"
