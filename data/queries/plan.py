"""The plan as it stands in the event file."""

from data import models
from data.queries.plain_rows import GIVEN, Prepared, plain_rows
from data.rules import plan as rules
from data.rules.programme import choice_text
from data.store import Store


def current_plan(store: Store) -> rules.Plan:
    """The whole plan, in the order of its workbook. The event must have been set up."""
    with store.read():
        return _read()


def entry_plan(store: Store) -> rules.Plan:
    """Who may take part, the divisions and units, as a plan without the rest. The event must have been set up."""
    with store.read():
        return rules.Plan(_info(models.Event.get()), _divisions(), _units())


def event_info(store: Store) -> rules.EventInfo:
    """What is true of the whole event, without the rest of the plan. The event must have been set up."""
    with store.read():
        return _info(models.Event.get())


def division_codes(store: Store) -> tuple[str, ...]:
    """The codes of the divisions, in their order."""
    with store.read():
        rows = models.Division.select(models.Division.code).order_by(models.Division.position)
        return tuple(code for (code,) in rows.tuples())


def event_code(store: Store) -> str:
    """The four characters that stand for this event in every printed code."""
    with store.read():
        code: str = models.Event.get().code
        return code


def is_set_up(store: Store) -> bool:
    """Whether the file has an event at all; a new file is empty."""
    with store.read():
        return bool(models.Event.select().exists())


def is_rehearsal(store: Store) -> bool:
    """Whether this file is a rehearsal, and nothing in it is to be taken for the event itself."""
    with store.read():
        event = models.Event.get_or_none()
        return event is not None and bool(event.is_rehearsal)


_ITEMS = models.Item.select(
    models.Item.sheet,
    models.Item.number,
    models.Item.section,
    models.Item.text,
    models.Item.full_milli,
    models.Item.kind,
    models.Item.rule,
    models.Item.step_milli,
    models.Item.id,
)


def items_of(sheet_id: int) -> tuple[rules.Item, ...]:
    """The items of a mark sheet in their order; runs inside `store.read()`."""
    return tuple(rules.Item(*values) for _sheet, *values in _ITEMS_OF.rows(sheet_id))


def items_by_sheet() -> dict[int, tuple[rules.Item, ...]]:
    """The items of every mark sheet that has any, by its row; runs inside `store.read()`."""
    found: dict[int, list[rules.Item]] = {}
    for sheet, *values in plain_rows(_ITEMS.order_by(models.Item.sheet, models.Item.number)):
        found.setdefault(sheet, []).append(rules.Item(*values))
    return {sheet: tuple(items) for sheet, items in found.items()}


_ITEMS_OF = Prepared(lambda: _ITEMS.where(models.Item.sheet == GIVEN).order_by(models.Item.number))


def _info(event: models.Event) -> rules.EventInfo:
    return rules.EventInfo(
        name=event.name,
        organizer=event.organizer,
        host=event.host,
        venue=event.venue,
        date=event.date,
        opens_minute=event.opens_minute,
        closes_minute=event.closes_minute,
        notice_days=event.notice_days,
        contact=event.contact,
        phone=event.phone,
        decimals=event.decimals,
        blind=event.blind,
        ties=event.ties,
        coverage_years=event.coverage_years,
        pass_milli=event.pass_milli,
        spread_milli=event.spread_milli,
        low_milli=event.low_milli,
        high_milli=event.high_milli,
        verify=event.verify,
        verify_percent=event.verify_percent,
        verify_top=event.verify_top,
        appeal_minutes=event.appeal_minutes,
        reserves=event.reserves,
        apart=event.apart,
        waves=event.waves,
        equal_lanes=event.equal_lanes,
        item_draw=event.item_draw,
        rotation=event.rotation,
        walk_minutes=event.walk_minutes,
        rest_minutes=event.rest_minutes,
        most_stay_minutes=event.most_stay_minutes,
        keep_order=event.keep_order,
        stand_ins=event.stand_ins,
    )


def _divisions() -> tuple[rules.Division, ...]:
    sessions = {row.id: row.name for row in models.Session.select()}
    return tuple(
        rules.Division(
            row.code,
            row.category,
            row.name,
            row.entry,
            row.quota,
            row.tie_rule,
            row.id,
            sessions[row.session_id] if row.session_id else "",
        )
        for row in models.Division.select().order_by(models.Division.position)
    )


def _units() -> tuple[rules.Unit, ...]:
    return tuple(
        rules.Unit(row.name, row.short, row.category, row.id, row.arrives_minute, row.leaves_minute)
        for row in models.Unit.select().order_by(models.Unit.position)
    )


def _read() -> rules.Plan:
    event = models.Event.get()
    divisions = {division.id: division for division in _divisions()}
    stations = {row.id: row for row in models.Station.select().order_by(models.Station.position)}
    sheets = {row.id: row for row in models.Sheet.select().order_by(models.Sheet.position)}
    served: dict[int, list[str]] = {station: [] for station in stations}
    for link in models.StationDivision.select().order_by(models.StationDivision.position):
        served[link.station_id].append(divisions[link.division_id].code)
    items = items_by_sheet()
    optional: dict[int, list[str]] = {}
    for choice in models.ComponentStation.select().order_by(models.ComponentStation.position):
        optional.setdefault(choice.component_id, []).append(stations[choice.station_id].code)

    def source(row: models.Component) -> str:
        if row.source == "station":
            return str(stations[row.station_id].code)
        if row.source == "theory":
            return rules.THEORY
        if row.source == "choice":
            return choice_text(optional[row.id], row.best)
        return f"{divisions[row.of_division_id].code}:{row.best}"

    return rules.Plan(
        info=_info(event),
        divisions=tuple(divisions.values()),
        units=_units(),
        stations=tuple(
            rules.Station(
                row.code,
                row.name,
                sheets[row.sheet_id].code,
                row.entry,
                row.minutes,
                row.changeover,
                row.lanes,
                row.judges,
                row.combine,
                tuple(served[row.id]),
                row.id,
                row.opens_minute,
                row.closes_minute,
            )
            for row in stations.values()
        ),
        components=tuple(
            rules.Component(divisions[row.division_id].code, row.name, source(row), row.weight_milli, row.id)
            for row in models.Component.select().order_by(models.Component.position)
        ),
        awards=tuple(
            rules.AwardLevel(
                row.scope,
                divisions[row.division_id].code,
                row.name,
                row.count,
                row.percent_milli,
                row.id,
                row.least_milli,
            )
            for row in models.AwardLevel.select().order_by(models.AwardLevel.position)
        ),
        judges=tuple(
            rules.Judge(
                row.name,
                row.unit_name,
                stations[row.station_id].code,
                row.lane,
                row.seat,
                row.chief,
                row.id,
                row.reserve,
            )
            for row in sorted(
                models.Judge.select(),
                key=lambda judge: (stations[judge.station_id].position, judge.reserve, judge.lane, judge.seat),
            )
        ),
        breaks=tuple(
            rules.Break(
                row.name,
                row.starts_minute,
                row.ends_minute,
                row.id,
                stations[row.station_id].code if row.station_id else "",
                row.lane or 0,
            )
            for row in models.Break.select().order_by(models.Break.position)
        ),
        sheets=tuple(rules.Sheet(row.code, row.name, items.get(row.id, ()), row.id) for row in sheets.values()),
        sessions=tuple(
            rules.Session(row.name, row.starts_minute, row.ends_minute, row.id)
            for row in models.Session.select().order_by(models.Session.position)
        ),
        walks=tuple(
            rules.Walk(stations[row.station_id].code, stations[row.other_id].code, row.minutes, row.id)
            for row in models.Walk.select().order_by(models.Walk.position)
        ),
        honours=tuple(
            rules.Honour(row.name, row.subject, row.basis, row.count, row.id)
            for row in models.Honour.select().order_by(models.Honour.position)
        ),
    )
