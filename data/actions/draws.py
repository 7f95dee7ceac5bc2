"""Draws: freeze the list, draw with the seed typed in public, void with a reason.

A selection draw makes the entrants; a numbers draw gives them their contestant numbers.
"""

from collections.abc import Sequence
from typing import Any

from data import models
from data.errors import InvalidInput, NotAllowed, NotFound
from data.i18n import _, ngettext
from data.queries import draw_words
from data.queries import draws as queries
from data.rules import draw as rules
from data.rules import draw_record
from data.rules.draw_record import NUMBERS, SELECTION
from data.rules.identity import new_token
from data.store import Store, Writing

_TOKEN_BYTES = 8
_NAMED = 3  # differing entries that a sentence names


def freeze_selection(store: Store, actor: str) -> int:
    """Freeze the list of all staff from whom the contestants are drawn; returns the draw's id.

    Raises:
        NotAllowed: a selection stands already, there are no staff, or a unit names more seeded
            people than it has places.
    """
    with store.write(actor, "draws.freeze_selection") as writing:
        _must_be_free(store, SELECTION)
        pool = [member.candidate for member in queries.selection_pool(store)]
        quotas = queries.quotas_of(store, SELECTION)
        if quotas and not pool:
            raise NotAllowed(
                _("There are no staff to draw from."), todo=_("Import the rosters of the units on the roster page.")
            )
        for division, unit in rules.seeded_above_quota([entry.id for entry in pool], quotas):
            name = next(entry.unit for entry in pool if entry.id.group == (division, unit))
            raise NotAllowed(
                _("A unit names more people who compete without a draw than it has places."),
                where=_("{unit}, division {division}, {places} places").format(
                    unit=name, division=division, places=quotas[division]
                ),
                todo=_("Correct the unit's roster or the division's quota."),
            )
        return _freeze(writing, SELECTION, pool, quotas)


def freeze_numbers(store: Store, actor: str) -> int:
    """Freeze the list of all who compete, for their numbers and order; returns the draw's id.

    Raises:
        NotAllowed: a numbers draw stands already, or the selection is not drawn yet.
    """
    with store.write(actor, "draws.freeze_numbers") as writing:
        _must_be_free(store, NUMBERS)
        pool = [member.candidate for member in queries.numbers_pool(store)]
        if not pool:
            raise NotAllowed(
                _("Nobody has been selected yet."), todo=_("Draw those who compete first, then their numbers.")
            )
        return _freeze(writing, NUMBERS, pool, {})


def draw(store: Store, actor: str, draw_id: int, seed_parts: Sequence[str], witnesses: Sequence[str]) -> None:
    """Draw a frozen list with the seed, at least one part each from two witnesses.

    Raises:
        InvalidInput: the seed cannot be used, or fewer than two witnesses are named.
        NotAllowed: the draw is not frozen, or the event differs from its list.
        NotFound: there is no such draw.
    """
    with store.write(actor, "draws.draw") as writing:
        row = _get(draw_id)
        if row.state != "frozen":
            raise NotAllowed(_("This draw has been drawn or voided already."))
        changed = queries.difference(store, draw_id)
        if changed:
            raise _differs(changed)
        named = [name.strip() for name in witnesses if name.strip()]
        if len(set(named)) < draw_record.MIN_WITNESSES:
            raise InvalidInput(_("A draw needs two witnesses."), todo=_("Type the names of two different people."))
        draw_words.key_text(seed_parts)
        record = draw_record.drawn_record(row.record, seed_parts, named, writing.at)
        if row.kind == SELECTION:
            _make_entrants(store, writing, record)
        else:
            _give_numbers(store, writing, record)
        writing.update(row, state="drawn", record=record, drawn_at=writing.at)


def void(store: Store, actor: str, draw_id: int, reason: str) -> None:
    """Take a draw back; its record stays with the reason.

    Raises:
        InvalidInput: no reason is given.
        NotAllowed: it is void already, or what follows from it exists.
        NotFound: there is no such draw.
    """
    reason = reason.strip()
    if not reason:
        raise InvalidInput(_("A void draw needs a reason."), todo=_("Type why this draw does not count."))
    with store.write(actor, "draws.void", reason) as writing:
        row = _get(draw_id)
        if row.state == "void":
            raise NotAllowed(_("This draw is void already."))
        if row.state == "drawn":
            _must_have_no_marks()
            if row.kind == SELECTION:
                _remove_entrants(store, writing)
            else:
                _take_numbers_back(writing)
        writing.update(
            row,
            state="void",
            record=draw_record.void_record(row.record, writing.at, reason),
            void_at=writing.at,
            void_reason=reason,
        )


def _get(draw_id: int) -> Any:
    row = models.Draw.get_or_none(models.Draw.id == draw_id)
    if row is None:
        raise NotFound(_("There is no such draw in this event."))
    return row


def _must_be_free(store: Store, kind: str) -> None:
    if queries.current(store, kind) is not None:
        raise NotAllowed(
            _("A draw of this kind stands already."), todo=_("Void it with a reason if it has to be made again.")
        )


def _freeze(writing: Writing, kind: str, pool: list[draw_record.Candidate], quotas: dict[str, int]) -> int:
    if len(pool) > rules.MAX_POOL:
        raise NotAllowed(
            _("The list has {count} entries; the method draws from at most {most}.").format(
                count=len(pool), most=rules.MAX_POOL
            ),
            todo=_("Split the event."),
        )
    record = draw_record.frozen_record(kind, models.Event.get().name, pool, quotas)
    return writing.insert(models.Draw, kind=kind, state="frozen", record=record, frozen_at=writing.at)


def _differs(changed: queries.PoolDifference) -> NotAllowed:
    lines = []
    for sentence, ids in (
        (_("Added: {names}"), changed.added),
        (_("Removed: {names}"), changed.removed),
        (_("Changed: {names}"), changed.changed),
    ):
        if ids:
            more = len(ids) - _NAMED
            names = ", ".join(ids[:_NAMED])
            if more > 0:
                names += ngettext(" and {count} more", " and {count} more", more).format(count=more)
            lines.append(sentence.format(names=names))
    if changed.quotas:
        lines.append(_("The quotas are not the same."))
    return NotAllowed(
        _("The event has changed since the list was frozen."),
        where="\n".join(lines),
        todo=_("Void this draw and freeze the list anew, so that everyone can see the list that is drawn."),
    )


def _make_entrants(store: Store, writing: Writing, record: draw_record.Record) -> None:
    """Those selected, in the order of the list; a team per unit and place; a unit's total for each sum division."""
    person_of = {str(member.candidate.id): member.row_id for member in queries.selection_pool(store)}
    people = {row.id: row for row in models.Person.select()}
    selected = {entry["id"] for entry in record["result"]}
    rows: list[dict[str, Any]] = []
    for entry in record["pool"]:
        if entry["id"] in selected:
            person = people[person_of[entry["id"]]]
            rows.append(
                {"division": person.division_id, "unit": person.unit_id, "person": person.id, "name": person.name}
            )
    units = list(models.Unit.select().order_by(models.Unit.position, models.Unit.id))
    for division in models.Division.select().order_by(models.Division.position):
        if division.entry == "individual":
            continue
        teams = division.quota if division.entry == "team" else 1
        for unit in units:
            if unit.category == division.category:
                names = [unit.name] if teams == 1 else [f"{unit.name}{nth}队" for nth in range(1, teams + 1)]
                rows += [{"division": division.id, "unit": unit.id, "name": name} for name in names]
    tokens = _fresh_tokens(store, len(rows))
    writing.insert_many(models.Entrant, [{**row, "token": token} for row, token in zip(rows, tokens, strict=True)])


def _fresh_tokens(store: Store, count: int) -> list[str]:
    """Tokens without a repetition, in the order in which they were made."""
    tokens: dict[str, None] = {}
    while len(tokens) < count:
        tokens[new_token(store.entropy(_TOKEN_BYTES))] = None
    return list(tokens)


def _give_numbers(store: Store, writing: Writing, record: draw_record.Record) -> None:
    entrant_of = {str(member.candidate.id): member.row_id for member in queries.numbers_pool(store)}
    entrants = {row.id: row for row in models.Entrant.select()}
    pool = [rules.parse_pool_id(entry["id"]) for entry in record["pool"]]
    place_of = {str(entry): place for place, entry in enumerate(pool)}
    for given in rules.number(pool, [place_of[text] for text in record["order"]]):
        writing.update(entrants[entrant_of[str(given.id)]], number=given.number, draw_order=given.place)


def _must_have_no_marks() -> None:
    if models.Mark.select().exists() or models.TheoryMark.select().exists():
        raise NotAllowed(
            _("Marks have been handed in, so this draw cannot be voided any more."),
            todo=_("Correct single entrants at check-in; or start again in a new event file."),
        )


def _remove_entrants(store: Store, writing: Writing) -> None:
    if queries.current(store, NUMBERS) is not None:
        raise NotAllowed(_("The numbers have been drawn for those selected."), todo=_("Void the numbers draw first."))
    if models.Visit.select().exists():
        raise NotAllowed(
            _("The schedule has been made for those selected, so this draw cannot be voided any more."),
            todo=_("Start again in a new event file with the same plan and rosters."),
        )
    for entrant in models.Entrant.select().order_by(models.Entrant.id):
        writing.delete(entrant)


def _take_numbers_back(writing: Writing) -> None:
    for entrant in models.Entrant.select().where(models.Entrant.number.is_null(False)):
        writing.update(entrant, number=None, draw_order=None)
