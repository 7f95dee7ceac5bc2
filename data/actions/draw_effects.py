"""What each kind of draw changes in the event, and how it is taken back.

Every function runs inside the write of the draw. What the list named by ids is found again in the list as it
is now, which the caller has compared with the frozen one.
"""

from typing import Any

from data import models
from data.queries import draws as queries
from data.queries import sealing
from data.queries.plain_rows import plain_rows
from data.rules import draw as rules
from data.rules.draw_outcome import PER_DIVISION
from data.rules.draw_record import ITEMS, LANES, NUMBERS, SELECTION, Record
from data.rules.identity import new_token
from data.store import Store, Writing

_TOKEN_BYTES = 8
_SALT_BYTES = 16


def carry_out(store: Store, writing: Writing, row: models.Draw, record: Record) -> None:
    """Write into the event what the record says was drawn."""
    kind = record["kind"]
    if kind == SELECTION:
        _make_entrants(store, writing, record)
    elif kind == NUMBERS:
        _give_numbers(store, writing, record)
        _seal_names(store, writing, row)
    elif kind == ITEMS:
        _give_stations(writing, record)
    elif kind == LANES:
        _give_lanes(writing, record)
    else:
        _seat(writing, _drawn_seats(record), _former_seats(record))


def take_back(writing: Writing, record: Record) -> None:
    """Undo what the record says was drawn; the caller has made sure that nothing stands on it."""
    kind = record["kind"]
    if kind == SELECTION:
        for model in (models.Member, models.Substitution, models.Entrant):
            _delete_all(writing, model)
    elif kind == NUMBERS:
        for entrant in models.Entrant.select().where(models.Entrant.number.is_null(False)):
            writing.update(entrant, number=None, draw_order=None)
        _delete_all(writing, models.Decoding)
    elif kind == ITEMS:
        _delete_all(writing, models.DrawnStation)
    elif kind == LANES:
        _delete_all(writing, models.DrawnLane)
        for row in models.Decoding.select().where(models.Decoding.layer == sealing.LANE):
            writing.delete(row)
    else:
        _seat(writing, _former_seats(record), _drawn_seats(record))


def _delete_all(writing: Writing, model: type[models.Row]) -> None:
    for row in model.select().order_by(model.id):
        writing.delete(row)


def _make_entrants(store: Store, writing: Writing, record: Record) -> None:
    """Those selected, in the order of the list; a team per unit and place; a unit's total for each sum division."""
    rows_of_people = models.Person.select(
        models.Person.id, models.Person.division, models.Person.unit, models.Person.name
    )
    people = {row_id: values for row_id, *values in plain_rows(rows_of_people)}
    selected = {entry["id"] for entry in record["result"] if "selected" in entry}
    rows: list[dict[str, Any]] = []
    for text in (entry["id"] for entry in record["pool"] if entry["id"] in selected):
        person = rules.parse_pool_id(text).serial
        division, unit, name = people[person]
        rows.append({"division": division, "unit": unit, "person": person, "name": name})
    units = list(models.Unit.select().order_by(models.Unit.position, models.Unit.id))
    groups = models.Division.select().where(models.Division.entry != "individual").order_by(models.Division.position)
    for group in groups:
        teams = group.quota if group.entry == "team" else 1
        for home in units:
            if home.category == group.category:
                names = [home.name] if teams == 1 else [f"{home.name}{nth}队" for nth in range(1, teams + 1)]
                rows += [{"division": group.id, "unit": home.id, "name": name} for name in names]
    tokens = _fresh_tokens(store, len(rows))
    writing.insert_many(models.Entrant, [{**row, "token": token} for row, token in zip(rows, tokens, strict=True)])


def _fresh_tokens(store: Store, count: int) -> list[str]:
    """Tokens without a repetition, in the order in which they were made."""
    tokens: dict[str, None] = {}
    while len(tokens) < count:
        tokens[new_token(store.entropy(_TOKEN_BYTES))] = None
    return list(tokens)


def _give_numbers(store: Store, writing: Writing, record: Record) -> None:
    entrant_of = {str(member.candidate.id): member.row_id for member in queries.pool_of(store, NUMBERS)}
    entrants = {row.id: row for row in models.Entrant.select()}
    for entry in record["result"]:
        place = queries.place_of(entry["number"])
        writing.update(entrants[entrant_of[entry["id"]]], number=entry["number"], draw_order=place)


def _seal_names(store: Store, writing: Writing, row: models.Draw) -> None:
    if models.Event.get().blind:
        salt = store.entropy(_SALT_BYTES).hex()
        writing.update(row, seal=sealing.fingerprint(salt), seal_salt=salt)


def _give_stations(writing: Writing, record: Record) -> None:
    stations = dict(models.Station.select(models.Station.code, models.Station.id).tuples())
    entrants: dict[str, list[int]] = {}
    for row in models.Entrant.select(models.Entrant, models.Division).join(models.Division):
        who = row.division.code if record["rules"]["per"] == PER_DIVISION else row.number
        entrants.setdefault(who, []).append(row.id)
    rows = [
        {"entrant": entrant, "station": stations[entry["station"]]}
        for entry in record["result"]
        for entrant in entrants[entry["who"]]
    ]
    writing.insert_many(models.DrawnStation, rows)


def _give_lanes(writing: Writing, record: Record) -> None:
    stations = dict(models.Station.select(models.Station.code, models.Station.id).tuples())
    entrants = dict(models.Entrant.select(models.Entrant.number, models.Entrant.id).tuples())
    rows = [
        {"entrant": entrants[entry["who"]], "station": stations[entry["station"]], "lane": entry["lane"]}
        for entry in record["result"]
    ]
    writing.insert_many(models.DrawnLane, rows)


Seating = dict[str, tuple[str, str]]  # name and unit of the judge of each seat station-lane-seat


def _drawn_seats(record: Record) -> Seating:
    people = _judges(record)
    return {f"{entry['station']}-{entry['lane']}-{entry['seat']}": people[entry["who"]] for entry in record["result"]}


def _former_seats(record: Record) -> Seating:
    people = _judges(record)
    return {seat: people[code] for code, seat in record["rules"]["before"].items()}


def _judges(record: Record) -> Seating:
    return {entry["id"].partition("/")[0]: (entry["name"], entry.get("unit", "")) for entry in record["pool"]}


def _seat(writing: Writing, wanted: Seating, now: Seating) -> None:
    """Let these judges sit at these seats; when the plan has seated others meanwhile, it stays as it is."""
    rows = {
        f"{row.station.code}-{row.lane}-{row.seat}": row
        for row in models.Judge.select(models.Judge, models.Station)
        .join(models.Station)
        .where(~(models.Judge.chief | models.Judge.reserve))
    }
    if {seat: (row.name, row.unit_name.strip()) for seat, row in rows.items()} != now:
        return
    for seat, (name, unit) in wanted.items():
        writing.update(rows[seat], name=name, unit_name=unit)
