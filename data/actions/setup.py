"""Setting up an event: the whole plan goes in at once and replaces what stood there, row by row."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Generic, TypeVar

from data import models
from data.actions import setup_guards
from data.errors import InvalidInput
from data.i18n import _, shortened
from data.queries.plan_findings import place, sentence
from data.queries.plan_state import has_begun
from data.rules import identity
from data.rules.plan import Break, Component, Plan, Station
from data.rules.plan_check import check_plan
from data.rules.programme import choice_source, sum_source
from data.store import Store, Writing

_FINDINGS_SHOWN = 10


def save_plan(store: Store, actor: str, plan: Plan, reason: str = "") -> None:
    """Make the event's plan this one.

    A row with an `id` stays that row; others are matched by code, name or number, so that a plan read
    from a workbook changes only what differs. Saving an unchanged plan writes nothing.

    Raises:
        InvalidInput: the plan has errors, or the event has begun and no reason is given.
        NotAllowed: it would take away or alter what people or marks depend on, or what is locked.
    """
    with store.write(actor, "setup.save_plan", reason.strip()) as writing:
        put_plan(store, writing, plan)
        if writing.changes and not reason.strip() and has_begun(store):
            raise InvalidInput(
                _("The event has begun, so a change of its plan needs a reason."),
                todo=_("Write in a few words why the plan changes; it goes into the audit log."),
            )


def put_plan(store: Store, writing: Writing, plan: Plan) -> None:
    """`save_plan` inside a write that is under way."""
    _refuse_errors(plan)
    event = models.Event.select().first()
    closed = setup_guards.ClosedRules() if event is None else setup_guards.closed_rules()
    if event is None:
        code = identity.new_event_code(store.entropy(identity.EVENT_LENGTH))
        writing.insert(models.Event, code=code, created_at=writing.at, **asdict(plan.info))
    else:
        setup_guards.check_blind(event, plan.info.blind)
        writing.update(event, **asdict(plan.info))
    _save(writing, plan)
    setup_guards.check_closed(closed)


def mark_rehearsal(store: Store, actor: str) -> None:
    """Note that this file is a rehearsal, for good: its papers and pages say so."""
    with store.write(actor, "setup.mark_rehearsal") as writing:
        writing.update(models.Event.get(), is_rehearsal=True)


def _refuse_errors(plan: Plan) -> None:
    errors = [finding for finding in check_plan(plan) if finding.severity == "error"]
    if not errors:
        return
    lines = shortened([f"{place(finding)}: {sentence(finding)}" for finding in errors], _FINDINGS_SHOWN)
    raise InvalidInput(
        _("The plan has errors, so it was not saved."),
        where="\n".join(lines),
        todo=_("Mend them on the setup page or in the plan workbook, then save again."),
    )


_Value = TypeVar("_Value")


@dataclass(frozen=True)
class Matching(Generic[_Value]):
    """Which stored row each row of the plan is (None: a new one), in the plan's order, and which rows go."""

    pairs: list[tuple[Any | None, _Value]]
    gone: list[Any]


def _match(
    rows: Iterable[Any], values: Sequence[_Value], row_key: Callable[[Any], object], key: Callable[[_Value], object]
) -> Matching[_Value]:
    """Match by id first, then by key; each row once."""
    left = {row.id: row for row in rows}
    found: list[Any | None] = [left.pop(getattr(value, "id", None), None) for value in values]
    by_key: dict[object, list[Any]] = {}
    for row in left.values():
        by_key.setdefault(row_key(row), []).append(row)
    for index, value in enumerate(values):
        if found[index] is None and by_key.get(key(value)):
            found[index] = left.pop(by_key[key(value)].pop(0).id)
    return Matching(list(zip(found, values, strict=True)), list(left.values()))


def _save(writing: Writing, plan: Plan) -> None:
    sessions = _match(models.Session.select(), plan.sessions, lambda r: r.name, lambda v: v.name)
    sheets = _match(models.Sheet.select(), plan.sheets, lambda r: r.code, lambda v: v.code)
    divisions = _match(models.Division.select(), plan.divisions, lambda r: r.code, lambda v: v.code)
    units = _match(models.Unit.select(), plan.units, lambda r: r.name, lambda v: v.name)
    stations = _match(models.Station.select(), plan.stations, lambda r: r.code, lambda v: v.code)
    setup_guards.check_units(units.pairs, units.gone)
    setup_guards.check_divisions(divisions.pairs, divisions.gone)
    codes = {row.id: sheet.code for row, sheet in sheets.pairs if row is not None}
    setup_guards.check_stations(stations.pairs, stations.gone, codes)
    setup_guards.check_sheets(sheets.pairs)
    setup_guards.check_drawn_stations(stations.pairs, stations.gone)
    setup_guards.check_choices(plan, divisions.pairs, stations.pairs)

    sheet_ids = _put(writing, models.Sheet, sheets, "code", lambda v: {"code": v.code, "name": v.name})
    session_ids = _put(writing, models.Session, sessions, "name", _fields("name starts_minute ends_minute"))
    division_ids = _put(
        writing,
        models.Division,
        divisions,
        "code",
        lambda v: {
            **_fields("code category name entry quota tie_rule")(v),
            "session": session_ids[v.session] if v.session else None,
        },
    )
    _put(writing, models.Unit, units, "name", _fields("name short category arrives_minute leaves_minute"))
    station_ids = _put(
        writing,
        models.Station,
        stations,
        "code",
        lambda v: {
            **_fields("code name entry minutes changeover lanes judges combine opens_minute closes_minute")(v),
            "sheet": sheet_ids[v.sheet],
        },
    )
    setup_guards.drop_visits(writing, _served(plan, station_ids, division_ids))
    _save_items(writing, plan, sheet_ids)
    _save_links(writing, plan.stations, station_ids, division_ids)
    _save_components(writing, plan, station_ids, division_ids)
    _save_awards(writing, plan, division_ids)
    _save_honours(writing, plan)
    _save_judges(writing, plan, station_ids)
    _save_walks(writing, plan, station_ids)
    _save_breaks(writing, plan, station_ids)
    gone = [*stations.gone, *divisions.gone, *sessions.gone, *units.gone, *sheets.gone]
    for row in [*setup_guards.closures_of(stations.gone), *gone]:
        writing.delete(row)


def _fields(names: str) -> Callable[[Any], dict[str, Any]]:
    return lambda value: {name: getattr(value, name) for name in names.split()}


def _put(
    writing: Writing,
    model: type[models.Row],
    matching: Matching[_Value],
    unique: str,
    values_of: Callable[[_Value], dict[str, Any]],
    *,
    ordered: bool = True,
) -> dict[Any, int]:
    """Update and insert the rows of one table; returns the ids by the value of the `unique` field.

    A name that passes from one row to another is taken from the old one first, for no two rows may
    have it at any moment.
    """
    rows = [
        (row, {**values_of(value), **({"position": position} if ordered else {})})
        for position, (row, value) in enumerate(matching.pairs, start=1)
    ]
    if unique:
        wanted = {values[unique]: row for row, values in rows}
        for old in [row for row, _values in rows if row is not None] + matching.gone:
            held = old.__data__[unique]
            if held in wanted and wanted[held] is not old:
                writing.update(old, **{unique: f"\0{old.id}"})
    ids: dict[Any, int] = {}
    for row, values in rows:
        if row is not None:
            writing.update(row, **values)
            ids[values.get(unique)] = row.id
    new = [values for row, values in rows if row is None]
    for values, row_id in zip(new, writing.insert_many(model, new) if new else [], strict=True):
        ids[values.get(unique)] = row_id
    return ids


def _served(plan: Plan, station_ids: dict[str, int], division_ids: dict[str, int]) -> set[tuple[int, int]]:
    return {(station_ids[s.code], division_ids[code]) for s in plan.stations for code in s.divisions}


def _replace(
    writing: Writing,
    model: type[models.Row],
    wanted: dict[tuple[Any, ...], dict[str, Any]],
    key: Callable[[Any], tuple[Any, ...]],
) -> None:
    """Make the rows of a table that nothing refers to these, by key."""
    stored = {key(row): row for row in model.select()}
    for row_key, row in stored.items():
        if row_key in wanted:
            writing.update(row, **wanted[row_key])
        else:
            writing.delete(row)
    new = [values for row_key, values in wanted.items() if row_key not in stored]
    if new:
        writing.insert_many(model, new)


def _save_items(writing: Writing, plan: Plan, sheet_ids: dict[str, int]) -> None:
    names = _fields("number section text full_milli kind rule step_milli")
    wanted = {
        (sheet_ids[sheet.code], item.number): {"sheet": sheet_ids[sheet.code], **names(item)}
        for sheet in plan.sheets
        for item in sheet.items
    }
    _replace(writing, models.Item, wanted, lambda row: (row.sheet_id, row.number))


def _save_links(
    writing: Writing, stations: Sequence[Station], station_ids: dict[str, int], division_ids: dict[str, int]
) -> None:
    wanted = {}
    for station in stations:
        for position, code in enumerate(station.divisions, start=1):
            key = station_ids[station.code], division_ids[code]
            wanted[key] = {"station": key[0], "division": key[1], "position": position}
    _replace(writing, models.StationDivision, wanted, lambda row: (row.station_id, row.division_id))


def _save_components(writing: Writing, plan: Plan, station_ids: dict[str, int], division_ids: dict[str, int]) -> None:
    def values(component: Component) -> dict[str, Any]:
        source: dict[str, Any] = {"source": "theory", "station": None, "of_division": None, "best": None}
        if component.source in station_ids:
            source |= {"source": "station", "station": station_ids[component.source]}
        elif choice := choice_source(component.source):
            source |= {"source": "choice", "best": choice[1]}
        elif summed := sum_source(component.source):
            source |= {"source": "sum", "of_division": division_ids[summed[0]], "best": summed[1]}
        division = division_ids[component.division]
        return {"division": division, "name": component.name, "weight_milli": component.weight_milli, **source}

    matching = _match(
        models.Component.select(),
        plan.components,
        lambda row: (row.division_id, row.name),
        lambda value: (division_ids[value.division], value.name),
    )
    _put(writing, models.Component, matching, "", values)
    gone = {row.id for row in matching.gone}
    ids = {(row.division_id, row.name): row.id for row in models.Component.select() if row.id not in gone}
    wanted = {}
    for component in plan.components:
        codes, _count = choice_source(component.source) or ((), 0)
        for position, code in enumerate(codes, start=1):
            key = ids[division_ids[component.division], component.name], station_ids[code]
            wanted[key] = {"component": key[0], "station": key[1], "position": position}
    _replace(writing, models.ComponentStation, wanted, lambda row: (row.component_id, row.station_id))
    for row in matching.gone:
        writing.delete(row)


def _save_awards(writing: Writing, plan: Plan, division_ids: dict[str, int]) -> None:
    matching = _match(
        models.AwardLevel.select(),
        plan.awards,
        lambda row: (row.division_id, row.scope, row.name),
        lambda value: (division_ids[value.division], value.scope, value.name),
    )
    names = _fields("scope name count percent_milli least_milli")
    _put(writing, models.AwardLevel, matching, "", lambda v: {"division": division_ids[v.division], **names(v)})
    for row in matching.gone:
        writing.delete(row)


def _save_honours(writing: Writing, plan: Plan) -> None:
    matching = _match(models.Honour.select(), plan.honours, lambda row: row.name, lambda value: value.name)
    setup_guards.check_honours(matching.gone)
    _put(writing, models.Honour, matching, "name", _fields("name subject basis count"))
    for row in matching.gone:
        writing.delete(row)


def _save_judges(writing: Writing, plan: Plan, station_ids: dict[str, int]) -> None:
    names = _fields("name unit_name lane seat chief reserve")
    wanted = {
        (station_ids[judge.station], judge.lane, judge.seat): {"station": station_ids[judge.station], **names(judge)}
        for judge in plan.judges
    }
    _replace(writing, models.Judge, wanted, lambda row: (row.station_id, row.lane, row.seat))


def _save_walks(writing: Writing, plan: Plan, station_ids: dict[str, int]) -> None:
    wanted = {}
    for position, walk in enumerate(plan.walks, start=1):
        key = station_ids[walk.station], station_ids[walk.other]
        wanted[key] = {"station": key[0], "other": key[1], "minutes": walk.minutes, "position": position}
    _replace(writing, models.Walk, wanted, lambda row: (row.station_id, row.other_id))


def _save_breaks(writing: Writing, plan: Plan, station_ids: dict[str, int]) -> None:
    def place(pause: Break) -> dict[str, int | None]:
        return {"station": station_ids[pause.station] if pause.station else None, "lane": pause.lane or None}

    matching = _match(
        models.Break.select(),
        plan.breaks,
        lambda row: (row.name, row.station_id, row.lane),
        lambda value: (value.name, *place(value).values()),
    )
    _put(writing, models.Break, matching, "", lambda v: {**_fields("name starts_minute ends_minute")(v), **place(v)})
    for row in matching.gone:
        writing.delete(row)
