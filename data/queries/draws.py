"""The draws of the event: their lists, their states, and their records."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from data import models
from data.errors import NotFound
from data.i18n import _
from data.queries import draw_words
from data.queries.coverage import past_people
from data.rules import draw, draw_record
from data.store import Store


@dataclass(frozen=True)
class DrawRow:
    """One draw. kind: selection | numbers; state: frozen | drawn | void."""

    id: int
    kind: str
    state: str
    pool: int  # entries of the list
    pool_sha256: str
    results: int  # people selected, or numbers given
    frozen_at: str
    drawn_at: str | None
    void_at: str | None
    void_reason: str


@dataclass(frozen=True)
class DrawLine:
    """One entry of a draw's list and what became of it. `step` and `outcome` are None and empty before the draw.

    fate: "" (not drawn yet) | selected | seeded | number | history | quota.
    """

    n: int
    id: str
    name: str  # empty in a blind event
    unit: str
    step: int | None
    fate: str
    outcome: str


@dataclass(frozen=True)
class PoolMember:
    """An entry of a list together with the row it stands for: a person (selection) or an entrant (numbers)."""

    candidate: draw_record.Candidate
    row_id: int


@dataclass(frozen=True)
class PoolDifference:
    """What differs between a frozen list and the event as it is now: printed ids, and whether quotas differ."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]  # another name or unit, or another place in the list
    quotas: bool

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed or self.quotas)


def draws(store: Store) -> list[DrawRow]:
    """All draws, void ones too, oldest first."""
    with store.read():
        return [_row(row) for row in models.Draw.select().order_by(models.Draw.id)]


def current(store: Store, kind: str) -> DrawRow | None:
    """The draw of this kind that counts, frozen or drawn, or None."""
    with store.read():
        found = models.Draw.select().where(models.Draw.kind == kind, models.Draw.state != "void").first()
        return None if found is None else _row(found)


def record(store: Store, draw_id: int) -> draw_record.Record:
    """The record of a draw, as its JSON file has it.

    Raises:
        NotFound: there is no such draw.
    """
    with store.read():
        found = models.Draw.get_or_none(models.Draw.id == draw_id)
        if found is None:
            raise NotFound(_("There is no such draw in this event."))
        return draw_record.arranged(found.record)


def lines(record: draw_record.Record) -> list[DrawLine]:
    """The list of a record with what became of each entry, in the order of the list."""
    steps = {entry: step for step, entry in enumerate(record["order"])}
    fates = {entry["id"]: (entry["why"], draw_words.why_text(entry["why"])) for entry in record["passed_over"]}
    for entry in record["result"]:
        fate = "number" if "number" in entry else "seeded" if entry["seeded"] else "selected"
        fates[entry["id"]] = (fate, draw_words.result_text(entry))
    return [
        DrawLine(
            entry["n"],
            entry["id"],
            entry.get("name", ""),
            entry["unit"],
            steps.get(entry["id"]),
            *fates.get(entry["id"], ("", "")),
        )
        for entry in record["pool"]
    ]


def pool_of(store: Store, kind: str) -> list[PoolMember]:
    """The list of a draw of this kind as it would be frozen now."""
    return selection_pool(store) if kind == draw_record.SELECTION else numbers_pool(store)


def quotas_of(store: Store, kind: str) -> dict[str, int]:
    """Places per unit of each individual division for a selection; nothing for numbers."""
    if kind != draw_record.SELECTION:
        return {}
    with store.read():
        rows = models.Division.select().where(models.Division.entry == "individual").order_by(models.Division.position)
        return {row.code: row.quota for row in rows}


def selection_pool(store: Store) -> list[PoolMember]:
    """All staff in divisions of individuals, by unit, division, then the order in which they came in."""
    with store.read():
        blind = bool(models.Event.get().blind)
        past = past_people()
        places = _unit_places()
        people = (
            models.Person.select(
                models.Person.id,
                models.Person.name,
                models.Person.seeded,
                models.Division.code,
                models.Unit.id,
                models.Unit.name,
            )
            .join(models.Division)
            .switch(models.Person)
            .join(models.Unit)
            .where(models.Division.entry == "individual")
            .order_by(models.Unit.position, models.Unit.id, models.Division.position, models.Person.id)
        )
        members = []
        for person, name, seeded, division, unit, unit_name in people.tuples():
            mark = draw.SEEDED if seeded else draw.PAST if person in past else ""
            pool_id = draw.PoolId(division, places[unit], person, mark)
            members.append(PoolMember(draw_record.Candidate(pool_id, "" if blind else name, unit_name), person))
        return members


def numbers_pool(store: Store) -> list[PoolMember]:
    """All individuals and teams that compete, by division, unit, then person or team of the unit."""
    with store.read():
        blind = bool(models.Event.get().blind)
        places = _unit_places()
        entrants = (
            models.Entrant.select(
                models.Entrant.id,
                models.Entrant.name,
                models.Entrant.person,
                models.Division.code,
                models.Unit.id,
                models.Unit.name,
            )
            .join(models.Division)
            .switch(models.Entrant)
            .join(models.Unit)
            .where(models.Division.entry != "sum")
            .order_by(
                models.Division.position, models.Unit.position, models.Unit.id, models.Entrant.person, models.Entrant.id
            )
        )
        teams: Counter[tuple[str, int]] = Counter()
        members = []
        for entrant, name, person, division, unit, unit_name in entrants.tuples():
            teams[division, unit] += 1
            pool_id = draw.PoolId(division, places[unit], person or teams[division, unit])
            members.append(PoolMember(draw_record.Candidate(pool_id, "" if blind else name, unit_name), entrant))
        return members


def difference(store: Store, draw_id: int) -> PoolDifference:
    """What changed in the event since the list of this draw was frozen."""
    frozen = record(store, draw_id)
    with store.read():
        kind = frozen["kind"]
        candidates = [member.candidate for member in pool_of(store, kind)]
        now = draw_record.frozen_record(kind, frozen["event"], candidates, quotas_of(store, kind))
    before = {entry["id"]: entry for entry in frozen["pool"]}
    after = {entry["id"]: entry for entry in now["pool"]}
    same_members = before.keys() == after.keys()
    return PoolDifference(
        added=tuple(text for text in after if text not in before),
        removed=tuple(text for text in before if text not in after),
        changed=tuple(
            text
            for text in before
            if text in after and _content(before[text], same_members) != _content(after[text], same_members)
        ),
        quotas=frozen["quotas"] != now["quotas"],
    )


def _content(entry: dict[str, Any], with_place: bool) -> dict[str, Any]:
    """An entry as compared: its place counts only when nobody came or went."""
    return {name: value for name, value in entry.items() if with_place or name != "n"}


def _unit_places() -> dict[int, int]:
    rows = models.Unit.select(models.Unit.id).order_by(models.Unit.position, models.Unit.id).tuples()
    return {row_id: place for place, (row_id,) in enumerate(rows, start=1)}


def _row(row: Any) -> DrawRow:
    return DrawRow(
        row.id,
        row.kind,
        row.state,
        len(row.record["pool"]),
        row.record["pool_sha256"],
        len(row.record["result"]),
        row.frozen_at,
        row.drawn_at,
        row.void_at,
        row.void_reason,
    )
