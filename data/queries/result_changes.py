"""What a result version shows otherwise than another one, or than the event as it is now, value by value."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from data.i18n import _
from data.queries.mark_words import state_word
from data.queries.results import Frozen, FrozenDivision, FrozenHolder, FrozenHonour, FrozenRow, frozen
from data.store import Store


@dataclass(frozen=True)
class LineChange:
    """One value that differs. Without an entrant (id None) it is one of the division or of the event.

    `what` names the value; `before` and `after` are texts, empty where there was or is none.
    """

    division_title: str
    entrant_id: int | None
    number: str
    name: str
    unit: str
    what: str
    before: str
    after: str


def compare(store: Store, before: int, after: int) -> tuple[LineChange, ...]:
    """Every value that differs between two result versions, in the order of the later one.

    Raises:
        NotFound: there is no such version.
    """
    with store.read():
        return changes_between(frozen(store, before), frozen(store, after))


def changes_between(before: Frozen, after: Frozen) -> tuple[LineChange, ...]:
    """The same, from contents that were read already."""
    found = list(_of_event(before.event, after.event))
    former = {division.code: division for division in before.divisions}
    for division in after.divisions:
        found += _of_division(former.pop(division.code, None), division)
    for division in former.values():
        found += _of_division(division, None)
    found += _of_honours(before.honours, after.honours)
    return tuple(found)


def _of_event(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[LineChange]:
    titles = {"name": _("Event"), "organizer": _("Organiser"), "host": _("Host"), "date": _("Date"), "code": _("Code")}
    for key, title in titles.items():
        if before[key] != after[key]:
            yield LineChange("", None, "", "", "", title, before[key], after[key])


def _of_division(before: FrozenDivision | None, after: FrozenDivision | None) -> Iterator[LineChange]:
    division = after or before
    assert division is not None
    if before is not None and after is not None and before.title != after.title:
        yield LineChange(after.title, None, "", "", "", _("Division"), before.title, after.title)
    former = {row.entrant_id: row for row in before.rows} if before else {}
    for row in after.rows if after else ():
        old = former.pop(row.entrant_id, None)
        yield from _of_row(division.title, row, _values(before, old), _values(after, row))
    for row in former.values():
        yield from _of_row(division.title, row, _values(before, row), {})


def _of_honours(before: Iterable[FrozenHonour], after: Iterable[FrozenHonour]) -> Iterator[LineChange]:
    """An honour that somebody got or lost, by the number of the certificate."""
    former, now = _holders(before), _holders(after)
    for key in dict.fromkeys((*now, *former)):
        old, new = former.get(key), now.get(key)
        one = new or old
        assert one is not None
        serials = old.serial if old else "", new.serial if new else ""
        if serials[0] != serials[1]:
            yield LineChange("", one.entrant_id, "", one.name or one.unit, one.unit, key[0], *serials)


def _holders(honours: Iterable[FrozenHonour]) -> dict[tuple[str, int | None, int], FrozenHolder]:
    return {(honour.name, row.entrant_id, row.unit_id): row for honour in honours for row in honour.rows}


def _of_row(title: str, row: FrozenRow, before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[LineChange]:
    for what in dict.fromkeys((*after, *before)):
        old, new = before.get(what, ""), after.get(what, "")
        if old != new:
            yield LineChange(title, row.entrant_id, row.number, row.name, row.unit, what, *_shown(old, new))


def _shown(old: str, new: str) -> tuple[str, str]:
    """Without the unrounded value where the rounded ones differ already."""
    rounded = old.partition(_EXACT)[0], new.partition(_EXACT)[0]
    return rounded if rounded[0] != rounded[1] else (old.replace(_EXACT, " "), new.replace(_EXACT, " "))


_EXACT = "\N{UNIT SEPARATOR}"  # between the rounded value and the unrounded one


def _values(division: FrozenDivision | None, row: FrozenRow | None) -> dict[str, str]:
    """What stands in an entrant's line, by its title."""
    if division is None or row is None:
        return {}
    place = "" if row.place is None else str(row.place)
    values = {_("Place"): _("{place}, shared").format(place=place) if row.shared else place}
    scores = zip(division.components, row.shown_components, row.components, strict=True)
    values |= {name: _score(shown, exact) for name, shown, exact in scores}
    return values | {
        _("Total score"): _score(row.shown, row.total),
        _("Award"): row.award,
        _("Certificate number"): row.serial,
        _("State"): state_word(row.state),
        _("Contestant number"): row.number,
        _("Name"): row.name,
        _("Unit"): row.unit,
    }


def _score(shown: str, exact: str) -> str:
    return f"{shown}{_EXACT}({exact})" if shown else ""
