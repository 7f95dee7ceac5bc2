"""The score ladder (成绩单) of an entrant: every line from items to rank, each redoable by hand."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from data import models
from data.errors import NotAllowed
from data.i18n import _
from data.queries import division_marks, entrants, honours, programme, sealing
from data.queries.plan import items_of
from data.rules import awards, marksheet, scoring
from data.rules.alarms import MISSING
from data.rules.decimals import half_up, show_milli, unrounded
from data.rules.marksheet import from_json, score_item, show_value
from data.rules.plan import Item
from data.rules.standings import (
    CHOICE,
    TEAM_SUM,
    ComponentSpec,
    DivisionResult,
    DivisionSpec,
    EntrantResult,
    Standing,
    StationSpec,
    drawn_stations,
    stand,
)
from data.store import Store


@dataclass(frozen=True)
class LadderLine:
    """One step.

    kind: drawn | item | judge | missing | combined | penalty | percent | mean | theory | member | weight | total |
    rank | award | honour.

    `text` says what was done with which numbers, `value` what came out; empty while it is not known.
    `component` is the name of the component that the line belongs to, empty for total and rank.
    """

    kind: str
    component: str
    text: str
    value: str


@dataclass(frozen=True)
class Ladder:
    entrant_id: int
    number: str | None
    name: str
    unit: str
    division_title: str
    lines: tuple[LadderLine, ...]


def ladder(store: Store, entrant_id: int) -> Ladder:
    """The ladder of one entrant, as far as there are marks.

    Raises:
        NotFound: there is no such entrant.
        NotAllowed: it is a unit's total, and the names of its members are sealed.
    """
    with store.read():
        entrant = entrants.entrant(store, entrant_id)
        if entrant.entry == "sum" and sealing.names_sealed():
            raise NotAllowed(
                _("The totals of the units are sealed like the names."),
                todo=_("They are shown when the names are decoded."),
            )
        specs = division_marks.division_specs()
        spec = specs[entrant.division_code]
        results = division_marks.results(specs, [spec.code])
        division = stand(spec, results[spec.code])
        standing = next(one for one in division.standings if one.result.key == entrant_id)
        lines: list[LadderLine] = []
        for component, value in zip(spec.components, standing.result.components, strict=True):
            if component.source == TEAM_SUM:
                lines += _members(component, standing.result, results[component.of_division])
            elif component.source == CHOICE:
                lines += _choice(entrant_id, component, value)
            elif component.station is None:
                lines.append(LadderLine("theory", component.name, _("Theory mark of 100"), _exact(value)))
            else:
                lines += _station(entrant_id, component.name, component.station)
            lines.append(_weight(component, value))
        lines += _total(spec, standing.result, models.Event.get().decimals)
        lines.append(_rank(spec, standing, division))
        if not division.provisional:
            lines += _award(spec, standing, division)
        lines += _honours(store, entrant_id)
        return Ladder(entrant_id, entrant.number, entrant.name, entrant.unit, entrant.division_title, tuple(lines))


def _exact(value: Fraction | None) -> str:
    return "" if value is None else unrounded(value)


def _choice(entrant_id: int, component: ComponentSpec, value: Fraction | None) -> Iterator[LadderLine]:
    """Each station that was drawn with its steps, and their mean where there are several."""
    stations = dict(models.Station.select(models.Station.code, models.Station.name).tuples())
    drawn = drawn_stations(component, programme.drawn_stations().get(entrant_id, frozenset()))
    optional = ", ".join(station.code for station in component.stations)
    if not drawn:
        yield LadderLine(
            "drawn",
            component.name,
            _("Not drawn yet: {count} of {stations}").format(count=component.best, stations=optional),
            "",
        )
    percents = []
    for station in drawn:
        text = _("Drawn from {stations}: {station}").format(
            stations=optional, station=f"{station.code} {stations[station.code]}"
        )
        yield LadderLine("drawn", component.name, text, "")
        steps = list(_station(entrant_id, component.name, station))
        yield from steps
        percents.append((steps[-1].value if steps else "") or "–")
    if len(drawn) > 1:
        text = _("mean of {totals}").format(totals=", ".join(percents))
        yield LadderLine("mean", component.name, text, _exact(value))


def _station(entrant_id: int, component: str, station: StationSpec) -> Iterator[LadderLine]:
    visit = (
        models.Visit.select()
        .join(models.Station)
        .where(models.Visit.entrant == entrant_id, models.Station.code == station.code)
        .first()
    )
    if visit is None:
        return
    items = items_of(visit.station.sheet_id)
    marks = list(
        models.Mark.select()
        .where(models.Mark.visit == visit.id, models.Mark.latest, models.Mark.seat <= station.judges)
        .order_by(models.Mark.seat)
    )
    confirmed = _missing(component, visit.id)
    by_seat = {mark.seat: mark for mark in marks}
    for seat in range(1, station.judges + 1):
        if seat in by_seat:
            yield from _judge(component, items, by_seat[seat])
        elif seat in confirmed:
            yield confirmed[seat]
    judges = station.judges - len(confirmed)
    combined = scoring.combine([mark.total_milli for mark in marks], station.combine, judges)
    if combined is None:
        text = _("{done} of {judges} judges have handed in").format(done=len(marks), judges=judges)
        yield LadderLine("combined", component, text, "")
        return
    totals = ", ".join(show_milli(mark.total_milli) for mark in marks)
    how = _how(station.combine, len(marks)).format(totals=totals)
    yield LadderLine("combined", component, how, _exact(combined / 1000))
    score = scoring.station_score(combined, visit.penalty_milli)
    if visit.penalty_milli:
        text = _("less the penalty of the visit, {points}, never below 0").format(
            points=show_milli(visit.penalty_milli)
        )
        yield LadderLine("penalty", component, text, _exact(score / 1000))
    full = scoring.station_full(station.full_milli, station.combine, judges)
    text = _("as per cent of the full mark, {full}").format(full=show_milli(full))
    yield LadderLine("percent", component, text, _exact(scoring.percent(score, full)))


def _missing(component: str, visit_id: int) -> dict[int, LadderLine]:
    """A line by seat for each sheet that will not come, so that the others are combined without it."""
    seats = division_marks.missing_seats(visit_id).get(visit_id, ())
    found = {
        row.seat: row
        for row in models.Confirmation.select()
        .where(models.Confirmation.visit == visit_id, models.Confirmation.kind == MISSING)
        .order_by(models.Confirmation.id)
    }
    text = _("Judge {seat}: no sheet, as {chief} confirmed: {reason}")
    return {
        seat: LadderLine(
            "missing", component, text.format(seat=seat, chief=found[seat].chief, reason=found[seat].reason), ""
        )
        for seat in seats
    }


def _how(combine: str, judges: int) -> str:
    match combine:
        case scoring.TRIMMED if judges >= scoring.LEAST_JUDGES[combine]:
            return _("mean of {totals} without one highest and one lowest")
        case scoring.MEDIAN:
            return _("median of {totals}")
        case scoring.SUM:
            return _("sum of {totals}")
    return _("mean of {totals}")


def _judge(component: str, items: tuple[Item, ...], mark: models.Mark) -> Iterator[LadderLine]:
    values: Mapping[int, marksheet.Value] = from_json(mark.values)
    for item in items:
        if item.number in values:
            value = values[item.number]
            text = f"{item.number}. {item.text}: {show_value(item, value) or '-'}"
            yield LadderLine("item", component, text, show_milli(score_item(item, value)))
    if mark.total_only:
        text = _("Judge {seat}: total of the paper sheet")
    elif marksheet.score_sheet(items, values).zeroed:
        text = _("Judge {seat}: a critical item makes the sheet 0")
    elif mark.failed:
        text = _("Judge {seat}: sum of the items, and a critical item that fails the entrant")
    else:
        text = _("Judge {seat}: sum of the items")
    yield LadderLine("judge", component, text.format(seat=mark.seat), show_milli(mark.total_milli))


def _members(component: ComponentSpec, result: EntrantResult, members: list[EntrantResult]) -> Iterator[LadderLine]:
    names = dict(
        models.Entrant.select(models.Entrant.id, models.Entrant.name)
        .where(models.Entrant.id.in_(list(result.members)))
        .tuples()
    )
    by_key = {member.key: member for member in members}
    for key in result.members:
        if key in by_key:
            text = _("{name}, in division {code}").format(name=names[key], code=component.of_division)
            yield LadderLine("member", component.name, text, _exact(by_key[key].total))


def _weight(component: ComponentSpec, value: Fraction | None) -> LadderLine:
    text = _("{name} × {weight}%").format(name=component.name, weight=show_milli(component.weight_milli))
    return LadderLine("weight", component.name, text, _exact(scoring.weighted_total([(value, component.weight_milli)])))


def _total(division: DivisionSpec, result: EntrantResult, decimals: int) -> Iterator[LadderLine]:
    yield LadderLine("total", "", " + ".join(one.name for one in division.components), _exact(result.total))
    if result.total is not None:
        yield LadderLine("total", "", _("rounded half up for publication"), half_up(result.total, decimals))


def _rank(division: DivisionSpec, standing: Standing, result: DivisionResult) -> LadderLine:
    steps = scoring.tie_steps(division.tie_rule)
    place = standing.place
    if place is None:
        return LadderLine("rank", "", _("no place"), "")
    n = result.competing
    if place.shared:
        text = _("place among {n}, shared").format(n=n)
        decision = _decision(standing.result.key, result)
        if decision is not None:
            text = _("place among {n}, shared with the award, as was decided: {reason}").format(
                n=n, reason=decision.reason
            )
    elif place.decided_by == 0:
        text = _("place among {n}").format(n=n)
    elif place.decided_by > len(steps):
        text = _("place among {n}, equal totals decided by play-off").format(n=n)
    else:
        text = _("place among {n}, equal totals decided by {step}").format(n=n, step=steps[place.decided_by - 1])
    return LadderLine("rank", "", text, str(place.place))


def _decision(key: int, result: DivisionResult) -> models.TieDecision | None:
    """The decision that the tie of this entrant shares its award, where it counts."""
    keys = next((sorted(line.keys) for line in result.shared if key in line.keys), None)
    return next((row for row in models.TieDecision.select() if row.entrants == keys), None) if keys else None


def _award(division: DivisionSpec, standing: Standing, result: DivisionResult) -> Iterator[LadderLine]:
    """The award, how far its places reach, and the levels that the place reached but not the total."""
    place, total = standing.place, standing.result.total
    if place is None or total is None:
        return
    last = awards.lines(division.levels, result.competing)
    for level, line in zip(division.levels, last, strict=True):
        if place.place > line:
            continue
        if awards.reaches(level, total):
            text = (
                _("{award}: to place {last}")
                if level.least_milli is None
                else _("{award}: to place {last}, from {least} points")
            )
            value = standing.award or _("to be decided")
            yield LadderLine("award", "", _filled(text, level, line), value)
            return
        text = _("{award}: to place {last}, but it needs {least} points")
        yield LadderLine("award", "", _filled(text, level, line), "")


def _filled(text: str, level: awards.Level, last: int) -> str:
    return text.format(award=level.name, last=last, least=show_milli(level.least_milli or 0))


def _honours(store: Store, entrant_id: int) -> Iterator[LadderLine]:
    if sealing.names_sealed():
        return
    for honour in honours.honours(store):
        for holder in honour.holders:
            if holder.entrant_id == entrant_id:
                yield LadderLine("honour", "", holder.ground, honour.name)
