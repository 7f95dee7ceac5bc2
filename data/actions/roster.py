"""Putting people on the roster: from files, by hand, and what earlier years say of them."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, NoReturn

from data import audit, models
from data.actions.photos import forget
from data.errors import InvalidInput, NotAllowed, NotFound
from data.i18n import _
from data.queries.members import is_member
from data.queries.plan import current_plan
from data.queries.roster_import import TEXT_FIELDS, ImportPreview, PlannedRow, preview_import
from data.queries.roster_words import field_title, problem_text
from data.queries.sealing import names_sealed, sealed_word
from data.queries.substitution import takes_part
from data.rules import roster
from data.rules.plan import Division, Unit
from data.rules.roster import HistoryRow, RosterReading, RosterRow
from data.rules.roster_cells import check_texts, clean_texts
from data.store import Store, Writing


@dataclass(frozen=True)
class ImportResult:
    """What an import did, in rows."""

    added: int
    changed: int
    same: int
    refused: int


@dataclass(frozen=True)
class PersonInput:
    """A person as typed by hand; `group` is the name of a division of the unit's category."""

    unit: str
    name: str
    group: str
    sex: str = ""
    id_number: str = ""
    title: str = ""
    department: str = ""
    phone: str = ""
    seeded: bool = False
    note: str = ""


def import_people(
    store: Store, actor: str, rows: ImportPreview | RosterReading | Sequence[RosterRow], reason: str = ""
) -> ImportResult:
    """Add and change the people that the rows name; refused rows stay out, nobody is removed.

    What each row does is found anew when the event has changed since the preview, which may be some minutes old.
    The same rows again change nothing.
    """
    with store.write(actor, "roster.import_people", reason.strip()) as writing:
        if isinstance(rows, ImportPreview) and rows.state == audit.head():
            preview = rows
        else:
            known = rows.rows if isinstance(rows, ImportPreview | RosterReading) else rows
            preview = preview_import(store, RosterReading(list(known)))
        if preview.added:
            writing.insert_columns(models.Person, _new_people(preview.added))
        for planned in preview.changed:
            person = models.Person.get_by_id(planned.person_id)
            _update(writing, person, _changed_values(planned))
    return ImportResult(len(preview.added), len(preview.changed), len(preview.same), preview.refused_rows)


def _new_people(added: Sequence[PlannedRow]) -> dict[str, Sequence[Any]]:
    """The people to add, by the columns of their table."""
    columns = dict(zip(RosterRow._fields, zip(*(planned.row for planned in added), strict=True), strict=True))
    return {
        **{name: columns[name] for name in TEXT_FIELDS},
        "unit": [planned.unit.id for planned in added],
        "division": [planned.division.id for planned in added],
        "id_number": [number or None for number in columns["id_number"]],
        "seeded": [bool(seeded) for seeded in columns["seeded"]],
    }


def _changed_values(planned: PlannedRow) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for difference in planned.differences:
        match difference.field:
            case "unit":
                values["unit"] = planned.unit.id
            case "group":
                values["division"] = planned.division.id
            case name:
                values[name] = getattr(planned.row, name)
    return values


def _update(writing: Writing, person: Any, values: dict[str, Any]) -> bool:
    """Change a person, and the name under which the person competes."""
    changed = writing.update(person, **values)
    if "name" in values:
        for entrant in models.Entrant.select().where(models.Entrant.person == person.id):
            writing.update(entrant, name=values["name"])
    return changed


def add_person(store: Store, actor: str, typed: PersonInput, reason: str) -> int:
    """Put one person on the roster by hand; returns the id.

    Raises:
        InvalidInput: a field is not acceptable, somebody has this ID number, or no reason is given.
    """
    _need_reason(reason)
    with store.write(actor, "roster.add_person", reason.strip()) as writing:
        texts, unit, division = _accept(store, typed)
        _refuse_taken(texts["id_number"], None)
        values = _stored(texts)
        return writing.insert(models.Person, unit=unit.id, division=division.id, seeded=typed.seeded, **values)


def change_person(store: Store, actor: str, person_id: int, typed: PersonInput, reason: str) -> None:
    """Make a person's fields these; an empty text empties the field. The same fields again change nothing.

    Raises:
        InvalidInput: a field is not acceptable, somebody else has this ID number, or no reason is given.
        NotAllowed: unit or group would change of a person who was drawn, or the unit of a team's member.
        NotFound: there is no such person.
    """
    _need_reason(reason)
    with store.write(actor, "roster.change_person", reason.strip()) as writing:
        person = _get(person_id)
        texts, unit, division = _accept(store, typed)
        _refuse_taken(texts["id_number"], person_id)
        moves = (person.unit_id, person.division_id) != (unit.id, division.id)
        if person.unit_id != unit.id:
            _refuse_member(person)
        if moves and _is_drawn(person_id):
            raise NotAllowed(
                problem_text(roster.Problem("group", "drawn")), todo=_("Void the draw first; it stays on record.")
            )
        values = _stored(texts)
        _update(writing, person, {**values, "unit": unit.id, "division": division.id, "seeded": typed.seeded})


def remove_people(store: Store, actor: str, person_ids: Sequence[int], reason: str) -> None:
    """Take people off the roster who were put on it by mistake.

    Raises:
        InvalidInput: no reason is given.
        NotAllowed: one of them was drawn, or is in a team.
        NotFound: one of them is not on the roster.
    """
    _need_reason(reason)
    with store.write(actor, "roster.remove_people", reason.strip()) as writing:
        for person_id in person_ids:
            person = _get(person_id)
            if _is_drawn(person_id):
                raise NotAllowed(
                    _("{name} was drawn, so the person stays on the roster.").format(name=_called(person)),
                    todo=_("Mark the person as withdrawn at check-in, or void the draw first."),
                )
            _refuse_member(person)
            forget(writing, [person_id])
            writing.delete(person)


def import_history(store: Store, actor: str, rows: Sequence[HistoryRow], reason: str = "") -> int:
    """Note who competed in which year; returns how many entries are new or differ.

    One entry a person and year: a later row about the same year replaces the earlier one.
    """
    with store.write(actor, "roster.import_history", reason.strip()) as writing:
        stored = {(past.id_number, past.year): past for past in models.PastEntry.select()}
        wanted = {(row.id_number, row.year): {"name": row.name, "unit_name": row.unit} for row in rows}
        new = [
            {"id_number": id_number, "year": year, **values}
            for (id_number, year), values in wanted.items()
            if (id_number, year) not in stored
        ]
        writing.insert_many(models.PastEntry, new)
        changed = sum(writing.update(stored[key], **values) for key, values in wanted.items() if key in stored)
        return len(new) + changed


def _accept(store: Store, typed: PersonInput) -> tuple[dict[str, str], Unit, Division]:
    fields = asdict(typed)
    fields.pop("seeded")
    texts = clean_texts(fields)
    problems = check_texts(texts)
    if problems:
        _refuse(problems[0])
    plan = current_plan(store)
    placement = roster.Placement(plan.units, plan.divisions)
    unit = placement.unit(texts["unit"])
    if isinstance(unit, roster.Problem):
        _refuse(unit)
    division = placement.division(unit, texts["group"])
    if isinstance(division, roster.Problem):
        _refuse(division)
    return texts, unit, division


def _stored(texts: dict[str, str]) -> dict[str, str | None]:
    return {**{name: texts[name] for name in TEXT_FIELDS}, "id_number": texts["id_number"] or None}


def _refuse(problem: roster.Problem) -> NoReturn:
    raise InvalidInput(problem_text(problem), where=field_title(problem.field))


def _refuse_taken(id_number: str, except_person: int | None) -> None:
    other = models.Person.get_or_none(models.Person.id_number == id_number) if id_number else None
    if other is not None and other.id != except_person:
        _refuse(roster.Problem("id_number", "id_taken", (("name", _called(other)), ("unit", other.unit.name))))


def _called(person: models.Person) -> str:
    """The name of somebody on the roster, unless he competes and the names are sealed."""
    performs = _is_drawn(person.id) or is_member(person.id)
    return sealed_word() if names_sealed() and performs else str(person.name)


def _refuse_member(person: models.Person) -> None:
    if is_member(person.id):
        raise NotAllowed(
            _("{name} is a member of a team, so the person stays in the unit.").format(name=_called(person)),
            todo=_("Take the person out of the team first, on the check-in page."),
        )


def _need_reason(reason: str) -> None:
    if not reason.strip():
        raise InvalidInput(_("A reason is needed."), todo=_("Write in a few words why, for the audit log."))


def _get(person_id: int) -> Any:
    person = models.Person.get_or_none(models.Person.id == person_id)
    if person is None:
        raise NotFound(_("This person is not on the roster any more."), todo=_("Look the person up again."))
    return person


def _is_drawn(person_id: int) -> bool:
    competes = models.Entrant.select().where(models.Entrant.person == person_id).exists()
    return bool(competes) or takes_part(person_id)
