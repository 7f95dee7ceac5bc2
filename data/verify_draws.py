"""Whether the event still has what its draws gave: who competes, the numbers, stations, lanes and judges' seats.

A record that contradicts itself is told first; only a sound one is compared with the tables.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from data import models
from data.i18n import _
from data.queries import draw_words, pools, sealing
from data.queries import draws as queries
from data.rules import draw, draw_record
from data.rules.draw_outcome import PER_DIVISION
from data.rules.draw_record import ITEMS, JUDGES, LANES, NUMBERS, SELECTION
from data.store import Store

_NONE = "–"


def draw_faults(_store: Store) -> Iterator[str]:
    """One line for each fault of the draws. Runs inside `store.read()`."""
    compare = {
        SELECTION: _selected_faults,
        NUMBERS: _number_faults,
        ITEMS: _station_faults,
        LANES: _lane_faults,
        JUDGES: _seat_faults,
    }
    for row in models.Draw.select().order_by(models.Draw.id):
        title = _("{kind} {number}").format(kind=draw_words.kind_title(row.kind), number=row.id)
        sealed = queries.is_sealed(row.kind)
        findings = draw_record.verify_record(row.record)
        faults = [draw_words.finding_text(_without_values(one) if sealed else one) for one in findings]
        if row.state == "drawn" and not faults:
            faults.extend(compare[row.kind](row))
        for fault in faults:
            yield _("{draw}: {fault}").format(draw=title, fault=fault)


def _without_values(finding: draw_record.RecordFinding) -> draw_record.RecordFinding:
    """A finding that does not tell whose number or lane it is about."""
    return replace(finding, expected=sealing.sealed_word(), found=sealing.sealed_word())


def _selected_faults(row: models.Draw) -> Iterator[str]:
    """Whether those who compete, or who were replaced since, are those whom the draw selected."""
    drawn = {
        draw.parse_pool_id(entry["id"]).serial: entry["id"] for entry in row.record["result"] if "selected" in entry
    }
    left = dict(
        models.Substitution.select(models.Substitution.entrant, models.Substitution.left)
        .order_by(models.Substitution.id.desc())  # the first one of an entrant stays
        .tuples()
    )
    rows = models.Entrant.select(models.Entrant.id, models.Entrant.person, sealing.who().name).join(models.Unit)
    competing = {left.get(entrant, person): name for entrant, person, name in rows.tuples() if person is not None}
    for person in sorted(drawn.keys() - competing.keys()):
        yield _("{id} was drawn, but does not compete.").format(id=drawn[person])
    for person in sorted(competing.keys() - drawn.keys()):
        yield _("{name} competes, but was not drawn.").format(name=competing[person])


def _number_faults(row: models.Draw) -> Iterator[str]:
    """Whether every contestant number is the one that the draw gave, in its division and to its person."""
    drawn = {entry["number"]: draw.parse_pool_id(entry["id"]) for entry in row.record["result"]}
    blind = all("unit" not in entry for entry in row.record["pool"])
    ids = pools.number_ids(row.id, blind=blind)
    rows = models.Entrant.select(models.Entrant.number, models.Division.code, models.Entrant.id)
    rows = rows.join(models.Division).where(models.Entrant.number.is_null(False))
    given = {number: (division, ids.get(entrant)) for number, division, entrant in rows.tuples()}
    for number in sorted(drawn.keys() | given.keys()):
        division, has = given.get(number, (_NONE, None))
        of = drawn[number].division if number in drawn else _NONE
        if of != division:
            yield _("the number {number} is drawn for division {drawn}, but given in division {given}.").format(
                number=number, drawn=of, given=division
            )
        elif has is not None and has.serial != drawn[number].serial:
            yield _("the number {number} is drawn for {drawn}, but somebody else has it.").format(
                number=number, drawn=sealing.sealed_word() if sealing.names_sealed() else drawn[number]
            )


def _station_faults(row: models.Draw) -> Iterator[str]:
    """Whether everyone has the optional stations that were drawn, and no others."""
    whole_divisions = row.record["rules"]["per"] == PER_DIVISION
    entrants = models.Entrant.select(models.Entrant.id, models.Entrant.number, models.Division.code)
    drawn: dict[str, list[str]] = {}
    for entry in row.record["result"]:
        drawn.setdefault(entry["who"], []).append(entry["station"])
    stored: dict[int, list[str]] = {}
    rows = models.DrawnStation.select(models.DrawnStation.entrant, models.Station.code).join(models.Station)
    for entrant, station in rows.tuples():
        stored.setdefault(entrant, []).append(station)
    for entrant, number, division in entrants.join(models.Division).order_by(models.Entrant.id).tuples():
        wanted = drawn.get(division if whole_divisions else number, []) if number else []
        yield from _differing(number, sorted(wanted), sorted(stored.get(entrant, [])))


def _lane_faults(row: models.Draw) -> Iterator[str]:
    """Whether everyone has the lanes that were drawn, and no others."""
    drawn: dict[str, list[str]] = {}
    for entry in row.record["result"]:
        drawn.setdefault(entry["who"], []).append(f"{entry['station']}: {entry['lane']}")
    stored: dict[str, list[str]] = {}
    rows = models.DrawnLane.select(models.Entrant.number, models.Station.code, models.DrawnLane.lane)
    for number, station, lane in rows.join(models.Entrant).switch(models.DrawnLane).join(models.Station).tuples():
        stored.setdefault(number or _NONE, []).append(f"{station}: {lane}")
    sealed = queries.is_sealed(LANES)
    for number in sorted(drawn.keys() | stored.keys()):
        yield from _differing(number, sorted(drawn.get(number, [])), sorted(stored.get(number, [])), sealed=sealed)


def _differing(who: str | None, wanted: list[str], found: list[str], *, sealed: bool = False) -> Iterator[str]:
    if wanted != found:
        drawn, there = [sealing.sealed_word() if sealed else ", ".join(one) or _NONE for one in (wanted, found)]
        yield _("{who}: drawn {drawn}, but the file says {found}.").format(who=who or _NONE, drawn=drawn, found=there)


def _seat_faults(row: models.Draw) -> Iterator[str]:
    """Whether the judges sit where they were drawn, unless the plan has changed their seats since."""
    if _seats_changed_since(row):
        return
    names = row.record["rules"]["judges"]
    rows = models.Judge.select(models.Station.code, models.Judge.lane, models.Judge.seat, models.Judge.name)
    sitting: dict[tuple[Any, ...], str] = {
        tuple(place): name
        for *place, name in rows.join(models.Station).where(~(models.Judge.chief | models.Judge.reserve)).tuples()
    }
    for entry in row.record["result"]:
        seat = entry["station"], entry["lane"], entry["seat"]
        name = sitting.get(seat, _NONE)
        if name != names[entry["who"]]:
            yield from _differing("-".join(map(str, seat)), [names[entry["who"]]], [name])


def _seats_changed_since(row: models.Draw) -> bool:
    """By the order of the audit log, which holds even when the computer's clock is set back."""
    audit = models.Audit
    drew = audit.select(audit.id).where(audit.action == "draws.draw", audit.changes.contains(f'["draw",{row.id},'))
    return bool(audit.select().where(audit.id > drew, audit.changes.contains('["judge",')).exists())
