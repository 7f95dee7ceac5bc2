"""The draws of the event: their lists, their states, their records, and what came of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from peewee import fn

from data import models
from data.errors import NotFound
from data.i18n import _
from data.queries import draw_words, pools, sealing
from data.queries.pools import PoolMember
from data.rules import draw, draw_record
from data.rules.draw_record import JUDGES, LANES, NUMBERS, SEALED_KEYS, SELECTION
from data.store import Store


@dataclass(frozen=True)
class DrawRow:
    """One draw. kind: one of draw_record.KINDS; state: frozen | drawn | void.

    sealed: the event is blind, and nobody may read yet whom this draw gave what; see `published`.
    """

    id: int
    kind: str
    state: str
    pool: int  # entries of the list
    pool_sha256: str
    results: int  # people or reserves selected, numbers, stations, lanes or seats given
    frozen_at: str
    drawn_at: str | None
    void_at: str | None
    void_reason: str
    sealed: bool


@dataclass(frozen=True)
class DrawLine:
    """One entry of a draw's list and what became of it. `step` and `outcome` are None and empty before the draw.

    fate: "" (not drawn yet) | selected | seeded | reserve | number | taken | why it was passed over at last
    (a code of the rules, such as history, quota, has, recusal).
    """

    n: int
    id: str
    name: str  # empty in a blind event
    unit: str  # empty in a blind event but for a selection
    step: int | None
    fate: str
    outcome: str


@dataclass(frozen=True)
class DrawStep:
    """One moment of a draw as it is shown in public: this entry of the list was taken or passed over, and why."""

    n: int
    id: str
    name: str
    unit: str
    outcome: str
    taken: bool


@dataclass(frozen=True)
class PoolDifference:
    """What differs between a frozen list and the event as it is now: printed ids, whether quotas or rules differ."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]  # another name or unit, or another place in the list
    quotas: bool
    rules: bool = False

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed or self.quotas or self.rules)


def draws(store: Store) -> list[DrawRow]:
    """All draws, void ones too, oldest first."""
    with store.read():
        return _rows(models.Draw.id.is_null(False))


def current(store: Store, kind: str) -> DrawRow | None:
    """The draw of this kind that counts, frozen or drawn, or None."""
    with store.read():
        return next(iter(_rows((models.Draw.kind == kind) & (models.Draw.state != "void"))), None)


def record(store: Store, draw_id: int) -> draw_record.Record:
    """The whole record of a draw; whoever shows or saves it asks `published`.

    Raises:
        NotFound: there is no such draw.
    """
    with store.read():
        return draw_record.arranged(_get(draw_id).record)


def published(store: Store, draw_id: int) -> draw_record.Record:
    """The record of a draw as far as it may be read now.

    While it is sealed there are `sealed` and `count` (of the entries of the list) in the place of SEALED_KEYS: what
    the list and the key of a draw are is fixed in public, but nothing leads from an id to what it drew.

    Raises:
        NotFound: there is no such draw.
    """
    with store.read():
        whole = record(store, draw_id)
        if not is_sealed(whole["kind"]):
            return whole
        open_half = {key: value for key, value in whole.items() if key not in SEALED_KEYS}
        return {**open_half, "count": len(whole["pool"]), "sealed": True}


def is_sealed(kind: str) -> bool:
    """Whether the lists and records of this kind are closed now. Runs inside `store.read()`.

    A list of lanes tells which contestants are of the unit of a judge, so it stays closed with the names. A list of
    judges tells the same of those who drew a lane or an optional station.
    """
    if kind == JUDGES:
        drawn = models.DrawnLane.select().exists() or models.DrawnStation.select().exists()
        return sealing.names_sealed() and drawn
    if kind == LANES:
        return sealing.names_sealed() or sealing.is_sealed(sealing.LANE)
    return kind == NUMBERS and sealing.names_sealed()


def hides(store: Store, kind: str) -> bool:
    """`is_sealed` for who has no read of his own."""
    with store.read():
        return is_sealed(kind)


def lines(record: draw_record.Record) -> list[DrawLine]:
    """The list of a record with what became of each entry, in the order of the list; nothing of a sealed one."""
    if record.get("sealed"):
        return []
    steps = {entry: step for step, entry in enumerate(record["order"])}
    fates = {entry["id"]: (entry["why"], draw_words.why_text(entry["why"])) for entry in record["passed_over"]}
    fates |= {entry["id"]: (_fate(entry), draw_words.result_text(entry)) for entry in record["result"]}
    return [
        DrawLine(
            entry["n"],
            entry["id"],
            entry.get("name", ""),
            entry.get("unit", ""),
            steps.get(entry["id"]),
            *fates.get(entry["id"], ("", "")),
        )
        for entry in record["pool"]
    ]


def _fate(entry: dict[str, Any]) -> str:
    if "number" in entry:
        return "number"
    if "reserve" in entry:
        return "reserve"
    if "selected" in entry:
        return "seeded" if entry["seeded"] else "selected"
    return "taken"


def steps(record: draw_record.Record) -> list[DrawStep]:
    """What happens in a draw, in the order in which it happens; nothing before it is drawn.

    A selection first shows those who compete without a draw, then everyone without recent history in the order
    drawn, then the others. Numbers stand in their order, each behind those who were passed over for it. Of a sealed
    record nothing is shown.
    """
    if record.get("sealed"):
        return []
    known = {entry["id"]: entry for entry in record["pool"]}

    def step(text: str, outcome: str, taken: bool) -> DrawStep:
        entry = known[text]
        return DrawStep(entry["n"], text, entry.get("name", ""), entry.get("unit", ""), outcome, taken)

    given = {entry["id"]: draw_words.result_text(entry) for entry in record["result"]}
    if record["kind"] == NUMBERS:
        return [step(*values) for values in _numbers_in_order(record)]
    why = {entry["id"]: draw_words.why_text(entry["why"]) for entry in record["passed_over"]}
    return [step(text, given[text], True) if text in given else step(text, why[text], False) for text in _walk(record)]


def _numbers_in_order(record: draw_record.Record) -> Iterator[tuple[str, str, bool]]:
    passed: dict[str, list[dict[str, Any]]] = {}
    for entry in record["passed_over"]:
        passed.setdefault(entry["at"], []).append(entry)
    divisions = list(dict.fromkeys(draw.parse_pool_id(entry["id"]).division for entry in record["pool"]))

    def place(entry: dict[str, Any]) -> tuple[int, int]:
        return divisions.index(draw.parse_pool_id(entry["id"]).division), place_of(entry["number"])

    for entry in sorted(record["result"], key=place):
        for other in passed.get(entry["number"], ()):
            yield other["id"], draw_words.why_text(other["why"]), False
        yield entry["id"], entry["number"], True


def place_of(number: str) -> int:
    """The place within its division that a contestant number stands for, from 1."""
    return int(number.rpartition("-")[2])


def _walk(record: draw_record.Record) -> list[str]:
    order: list[str] = record["order"]
    if record["kind"] != SELECTION:
        return order
    marks = {text: draw.parse_pool_id(text).mark for text in order}
    seeded = [entry["id"] for entry in record["result"] if entry.get("seeded")]
    fresh = [text for text in order if marks[text] not in (draw.SEEDED, draw.PAST)]
    return [*seeded, *fresh, *(text for text in order if marks[text] == draw.PAST)]


def pool_of(store: Store, kind: str) -> list[PoolMember]:
    """The list of a draw of this kind as it would be frozen now."""
    with store.read():
        return pools.pool(store, kind)


def rules_of(store: Store, kind: str) -> dict[str, Any]:
    """The settings that a draw of this kind would follow now."""
    with store.read():
        return pools.rules(store, kind)


def quotas_of(store: Store, kind: str) -> dict[str, int]:
    """Places per unit of each division of individuals for a selection; nothing for the other kinds."""
    with store.read():
        return pools.quotas(kind)


def difference(store: Store, draw_id: int) -> PoolDifference:
    """What changed in the event since the list of this draw was frozen."""
    with store.read():
        frozen = _get(draw_id).record
        kind = frozen["kind"]
        now = [member.candidate for member in pools.pool(store, kind)]
        rules, quotas = pools.rules(store, kind), pools.quotas(kind)
    before = {entry["id"]: (entry.get("name", ""), entry.get("unit", ""), entry["n"]) for entry in frozen["pool"]}
    after = {str(entry.id): (entry.name, entry.unit, n) for n, entry in enumerate(now, start=1)}
    # The place of an entry is compared only when nobody came or went.
    compared = 3 if before.keys() == after.keys() else 2
    return PoolDifference(
        added=tuple(text for text in after if text not in before),
        removed=tuple(text for text in before if text not in after),
        changed=tuple(text for text in before if text in after and before[text][:compared] != after[text][:compared]),
        quotas=frozen["quotas"] != quotas,
        rules=frozen.get("rules") != rules,  # none in a list that an earlier version froze
    )


def _get(draw_id: int) -> Any:
    found = models.Draw.get_or_none(models.Draw.id == draw_id)
    if found is None:
        raise NotFound(_("There is no such draw in this event."))
    return found


def _rows(where: Any) -> list[DrawRow]:
    """Rows without their records, which may be long: SQLite counts what is in them."""
    sealed = {kind for kind in draw_record.KINDS if is_sealed(kind)}
    stored = models.Draw.record
    query = models.Draw.select(
        models.Draw.id,
        models.Draw.kind,
        models.Draw.state,
        fn.json_array_length(stored, "$.pool").coerce(False),
        fn.json_extract(stored, "$.pool_sha256").coerce(False),
        fn.json_array_length(stored, "$.result").coerce(False),
        models.Draw.frozen_at,
        models.Draw.drawn_at,
        models.Draw.void_at,
        models.Draw.void_reason,
    )
    found = query.where(where).order_by(models.Draw.id).tuples()
    return [DrawRow(*(*values, values[1] in sealed)) for values in found]
