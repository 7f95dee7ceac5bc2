"""Theory marks, from a file or by hand; a correction is a new version with a reason."""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass

from data import models
from data.actions import operators, playoffs
from data.errors import InvalidInput, NotAllowed, NotFound, UserError
from data.i18n import _
from data.queries import sealing
from data.queries.locks import refuse_locked_entrant
from data.rules.decimals import show_milli
from data.rules.identity import clean_id_number, clean_name
from data.rules.roster import CellProblem
from data.rules.score_files import TheoryRow
from data.store import Store, Writing

MOST_MILLI = 100_000


@dataclass(frozen=True)
class TheoryImport:
    """What a file brought: marks that are new or corrected, those that stood already, and rows refused."""

    added: int
    corrected: int
    same: int
    problems: tuple[CellProblem, ...]


def set_theory(store: Store, actor: str, entrant_id: int, value_milli: int, reason: str = "") -> int:
    """Note the theory mark of an entrant, of 100 points; returns its version.

    Raises:
        NotFound: there is no such entrant.
        InvalidInput: the mark is not 0 to 100.
        NotAllowed: there is another mark already, and no reason is given; the division is locked; or the actor has
            not signed in where people do.
    """
    with store.write(actor, "theory.set", reason.strip()) as writing:
        operators.refuse_stranger(store, actor)
        return put_theory(writing, actor, entrant_id, value_milli, reason.strip())


def put_theory(
    writing: Writing, actor: str, entrant_id: int, value_milli: int, reason: str, *, granted: bool = False
) -> int:
    """`set_theory` inside a write that is under way. What was granted to an appeal passes over locks."""
    entrant = models.Entrant.get_or_none(models.Entrant.id == entrant_id)
    if entrant is None:
        raise NotFound(_("This entrant is not in the event any more."), todo=_("Look the entrant up again."))
    before = models.TheoryMark.get_or_none(models.TheoryMark.entrant == entrant_id, models.TheoryMark.latest)
    return _put(writing, actor, entrant, before, value_milli, reason, granted=granted)


def _put(
    writing: Writing,
    actor: str,
    entrant: models.Entrant,
    before: models.TheoryMark | None,
    value_milli: int,
    reason: str,
    *,
    granted: bool = False,
) -> int:
    """Enter a mark inside a write that is under way. What was granted to an appeal passes over locks."""
    if not 0 <= value_milli <= MOST_MILLI:
        raise InvalidInput(
            _("A theory mark is 0 to 100."),
            where=f"{_called(entrant)} · {show_milli(value_milli)}",
            todo=_("Correct it."),
        )
    if before is not None and before.value_milli == value_milli:
        return int(before.version)
    if not granted:
        refuse_locked_entrant(entrant.id)
    if before is not None:
        if not reason:
            raise NotAllowed(
                _("There is a theory mark of {mark} already.").format(mark=show_milli(before.value_milli)),
                where=_called(entrant),
                todo=_("To correct it, give the reason; the earlier mark stays on record."),
            )
        writing.update(before, latest=False)
        playoffs.forget(writing, entrant.id, entrant.unit_id)
    version = int(before.version) + 1 if before else 1
    writing.insert(
        models.TheoryMark,
        entrant=entrant.id,
        version=version,
        latest=True,
        value_milli=value_milli,
        actor=actor,
        at=writing.at,
        reason=reason,
    )
    return version


def _called(entrant: models.Entrant) -> str:
    return sealing.called(entrant.number, entrant.name)


def import_theory(store: Store, actor: str, rows: Iterable[TheoryRow], reason: str = "") -> TheoryImport:
    """Take the theory marks of a file. Good rows go in; each of the others is named with its reason.

    A row belongs to the entrant with its ID number or contestant number, and must have his name. The
    same file twice changes nothing. While names are sealed, a file has contestant numbers alone or none, and no
    answer tells more than its row: otherwise a file would find out who has which number.

    Raises:
        NotAllowed: the actor has not signed in where people do.
    """
    counts = {"added": 0, "corrected": 0, "same": 0}
    problems = []
    with store.write(actor, "theory.import", reason.strip()) as writing:
        operators.refuse_stranger(store, actor)
        by_id, by_number = _entrants()
        marks = {mark.entrant_id: mark for mark in models.TheoryMark.select().where(models.TheoryMark.latest)}
        seen: dict[int, TheoryRow] = {}
        for row in rows:
            entrant = by_id.get(clean_id_number(row.id_number)) or by_number.get(clean_id_number(row.number))
            try:
                found = _matching(row, entrant, seen)
                before = marks.get(found.id)
                version = _put(writing, actor, found, before, row.value_milli, reason.strip())
            except UserError as error:
                text = " ".join(filter(None, (error.what, error.todo)))
                problems.append(CellProblem(row.file, row.sheet, row.row, "", "", text))
                continue
            if before is not None and version == before.version:
                counts["same"] += 1
            else:
                counts["added" if version == 1 else "corrected"] += 1
    return TheoryImport(**counts, problems=tuple(problems))


def _entrants() -> tuple[dict[str, models.Entrant], dict[str, models.Entrant]]:
    """Entrants by ID number and by contestant number, both as they are compared."""
    by_id, by_number = {}, {}
    people = dict(models.Person.select(models.Person.id, models.Person.id_number).tuples())
    for entrant in models.Entrant.select():
        id_number = people.get(entrant.person_id)
        if id_number:
            by_id[id_number] = entrant
        if entrant.number:
            by_number[clean_id_number(entrant.number)] = entrant
    return by_id, by_number


def _links(row: TheoryRow, seen: dict[int, TheoryRow]) -> bool:
    """Whether an answer to this row could tell whose number it has."""
    if row.number and (row.id_number or row.name):
        return True
    return any(bool(row.number) != bool(other.number) for other in itertools.islice(seen.values(), 1))


def _matching(row: TheoryRow, entrant: models.Entrant | None, seen: dict[int, TheoryRow]) -> models.Entrant:
    """The entrant of a row.

    Raises:
        InvalidInput: nobody competes with its number, the name is another one, he is there twice, or the row could
            tell whose number it has.
    """
    if entrant is None:
        raise InvalidInput(
            _("{name} does not compete in this event.").format(name=row.name),
            todo=_("Check the number, or leave the row out."),
        )
    sealed = sealing.names_sealed()
    if sealed and _links(row, seen):
        raise InvalidInput(
            _("While names are sealed, a file has contestant numbers alone, or none."),
            todo=_("Make a file of its own for the contestant numbers, without names and ID numbers."),
        )
    if row.name and clean_name(row.name) != clean_name(entrant.name):
        if sealed:
            raise InvalidInput(
                _("The ID number goes with another name than the one in this row."),
                todo=_("Correct the number or the name."),
            )
        raise InvalidInput(
            _("The number belongs to {entrant}, not to {name}.").format(entrant=entrant.name, name=row.name),
            todo=_("Correct the number or the name."),
        )
    if entrant.id in seen:
        name = row.number or row.name or sealing.sealed_word() if sealed else entrant.name
        raise InvalidInput(
            _("{name} is there twice, in row {row} too.").format(name=name, row=seen[entrant.id].row),
            todo=_("Leave one of them out."),
        )
    seen[entrant.id] = row
    return entrant
