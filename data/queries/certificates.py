"""Which certificates a result version changed, and which numbers on earlier paper are void (作废)."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from data import models
from data.i18n import _
from data.queries.certified import papers_of
from data.queries.results import frozen
from data.rules.serials import Certified
from data.store import Store


@dataclass(frozen=True)
class VoidSerial:
    """A certificate that was right once. `division` is empty for an honour, `name` for the certificate of a unit.

    of_version: the last result version in which it was good; since: the one that made it void.
    replaced_by: the number of the paper that takes its place, empty where the award went.
    """

    serial: str
    division: str
    name: str
    unit: str
    award: str
    of_version: int
    since: int
    reason: str
    replaced_by: str


def void_serials(store: Store, version: int | None = None) -> tuple[VoidSerial, ...]:
    """Every number that was given up to this result version (the newest without a number) and is void in it,
    the latest first, each with its reason.

    Raises:
        NotFound: there is no such version.
    """
    with store.read():
        last = frozen(store, version).version.number
        contents = _contents(last)
    found: list[VoidSerial] = []
    for (older, before), (newer, after) in pairwise(contents):
        found[:0] = _voided(older, papers_of(before), newer, papers_of(after), _present(after))
    final = {one.serial for one in papers_of(contents[-1][1])}
    return tuple(one for one in found if one.serial not in final)


def new_serials(store: Store, version: int | None = None) -> frozenset[str]:
    """The numbers that this result version (the newest without a number) gave for the first time: of these alone
    certificates must be printed when those of the version before it are out. All, for the first version.

    Raises:
        NotFound: there is no such version.
    """
    with store.read():
        last = frozen(store, version).version.number
        contents = _contents(last)
    earlier = {one.serial for _number, content in contents[:-1] for one in papers_of(content)}
    return frozenset(one.serial for one in papers_of(contents[-1][1])) - earlier


def first_given(store: Store) -> Mapping[str, str]:
    """When (UTC, ISO) the version was made that gave each number first: the date on paper of an event without one."""
    with store.read():
        found: dict[str, str] = {}
        rows = models.ResultVersion.select(models.ResultVersion.made_at, models.ResultVersion.content)
        for row in rows.order_by(models.ResultVersion.number):
            for one in papers_of(row.content):
                found.setdefault(one.serial, row.made_at)
        return found


def _contents(last: int) -> list[tuple[int, Mapping[str, Any]]]:
    """The contents of the versions up to this one, the oldest first, with their numbers."""
    rows = models.ResultVersion.select(models.ResultVersion.number, models.ResultVersion.content)
    query = rows.where(models.ResultVersion.number <= last).order_by(models.ResultVersion.number)
    return [(row.number, row.content) for row in query]


def _voided(
    older: int, before: list[Certified], newer: int, after: list[Certified], present: set[tuple[str, int]]
) -> list[VoidSerial]:
    good = {one.serial for one in after}
    kept = {one.serial for one in before}
    fresh = [one for one in after if one.serial not in kept]
    found = []
    for one in before:
        if one.serial not in good:
            successor = _successor(one, fresh)
            *_head, division, name, unit, award = one.text
            reason = _reason(one, successor, present)
            replaced = successor.serial if successor else ""
            found.append(VoidSerial(one.serial, division, name, unit, award, older, newer, reason, replaced))
    return found


def _successor(paper: Certified, fresh: list[Certified]) -> Certified | None:
    """The new paper of the same owner in the same series; of several honours, the one of the same name."""
    same = [one for one in fresh if (one.owner, one.series) == (paper.owner, paper.series)]
    return next((one for one in same if one.award == paper.award), same[0] if same and _is_award(paper) else None)


def _is_award(paper: Certified) -> bool:
    """Awards follow each other; an honour that went is not replaced by another one."""
    return bool(paper.text[-4])


def _reason(paper: Certified, successor: Certified | None, present: set[tuple[str, int]]) -> str:
    if successor is None:
        if not _is_award(paper):
            return _("The honour was taken back.")
        return _("The award went to others.") if paper.owner in present else _("No longer in the results.")
    titles = (_("Event"), _("Organiser"), _("Date"), _("Division"), _("Name"), _("Unit"), _("Award"))
    changes = [
        _("{what}: {before} → {after}").format(what=title, before=before or "–", after=after or "–")
        for title, before, after in zip(titles, paper.text, successor.text, strict=True)
        if before != after
    ]
    return _("; ").join(changes)


def _present(content: Mapping[str, Any]) -> set[tuple[str, int]]:
    """Everyone who stands in a version, with or without an award."""
    return {("entrant", row["entrant_id"]) for division in content["divisions"] for row in division["rows"]}
