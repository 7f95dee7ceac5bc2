"""Marks: a judge's sheet handed in, corrected with a reason, and what belongs to the visit as a whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import EllipsisType
from typing import Any

from peewee import fn

from data import models
from data.actions import operators, playoffs, sheet_values
from data.actions.sheet_values import Scored
from data.errors import InvalidInput, NotAllowed, NotFound
from data.i18n import _
from data.queries import mark_words, programme
from data.queries.confirmations import limits
from data.queries.division_marks import missing_seats
from data.queries.locks import refuse_locked
from data.queries.plain_rows import GIVEN, Prepared
from data.queries.sealing import called, names_sealed
from data.queries.stand_ins import stand_ins_of
from data.rules import alarms, marksheet
from data.rules.alarms import Alarm, SheetTotal
from data.rules.decimals import show_milli
from data.rules.marksheet import Value
from data.rules.ranking import ABSENT, DISQUALIFIED, WITHDREW
from data.store import Store, Writing

VISIT_STATES = ("", ABSENT, WITHDREW, DISQUALIFIED)
MOST_PENALTY_MILLI = 1000_000


@dataclass(frozen=True)
class Receipt:
    """What the event file holds now of a judge's sheet.

    `changed` is False when the same sheet was handed in again. `alarms`: what is unusual in it, or in the visit with
    it, so that the chief judge has to look (data/rules/alarms.py).
    """

    version: int
    total_milli: int
    failed: bool
    changed: bool
    alarms: tuple[Alarm, ...] = ()


@dataclass(frozen=True)
class _Visit:
    id: int
    state: str
    entrant_id: int
    number: str | None
    name: str
    entrant_state: str
    unit_id: int
    unit: str
    unit_short: str
    station_id: int
    station: str
    judges: int
    sheet_id: int
    station_code: str
    ended_at: str | None
    performed: int  # 0: an optional station that the entrant did not draw

    @property
    def place(self) -> str:
        """Who is where, in words; a name that is sealed is in none. Runs inside `store.write()`."""
        return f"{called(self.number, self.name)} · {self.station}"


def hand_in(
    store: Store,
    actor: str,
    visit_id: int,
    seat: int,
    values: Mapping[int, Value],
    *,
    total_milli: int | None = None,
    reason: str = "",
) -> Receipt:
    """Take a judge's sheet of a visit; the acknowledged mark is on the disk when this returns.

    With the last judge's sheet the visit is over, unless its end was noted before.

    `values` by item number as data/rules/marksheet.py describes them; none of them and a total is a
    sheet that was added up by hand; both must agree. A second sheet of the same seat is a
    correction and needs a reason; the one before stays on record.

    Raises:
        NotFound: there is no such visit.
        InvalidInput: a value is missing or not acceptable, or the total is not the sum.
        NotAllowed: the entrant is out or did not draw this station, the judge is of his unit, a correction has no
            reason, the marks are locked, or the actor has not signed in where people do.
    """
    with store.write(actor, "marks.hand_in", reason.strip()) as writing:
        operators.refuse_stranger(store, actor)
        return put_mark(writing, actor, visit_id, seat, values, total_milli, reason.strip())


def put_mark(
    writing: Writing,
    actor: str,
    visit_id: int,
    seat: int,
    values: Mapping[int, Value],
    total_milli: int | None,
    reason: str,
    *,
    granted: bool = False,
) -> Receipt:
    """`hand_in` inside a write that is under way. What was granted to an appeal passes over locks."""
    visit = _visit(visit_id)
    _refuse_undrawn(visit)
    _refuse_out(visit)
    _refuse_seat(visit, seat)
    _refuse_recused(visit, seat)
    scored = sheet_values.score(visit.sheet_id, visit.place, values, total_milli)
    totals: dict[int, int] = dict(_TOTALS.rows(visit.id))
    before = _mark(visit.id, seat) if seat in totals else None
    totals[seat] = scored.total_milli
    if before is not None and _is_same(before, scored):
        return Receipt(before.version, before.total_milli, before.failed, False, _alarms(totals, seat, scored))
    if not granted:
        refuse_locked(visit.id)
    missing = missing_seats(visit.id).get(visit.id, ())
    if before is not None:
        _refuse_unexplained(visit, before, reason)
        writing.update(before, latest=False)
    if before is not None or seat in missing:
        playoffs.forget(writing, visit.entrant_id, visit.unit_id)
    version = before.version + 1 if before else 1
    writing.insert(
        models.Mark,
        visit=visit.id,
        seat=seat,
        version=version,
        latest=True,
        values=scored.values,
        total_milli=scored.total_milli,
        total_only=scored.total_only,
        failed=scored.failed,
        actor=actor,
        at=writing.at,
        reason=reason,
    )
    if visit.ended_at is None and len({*totals, *missing}) >= visit.judges:
        writing.update(models.Visit(id=visit.id, ended_at=None), ended_at=writing.at)
    return Receipt(version, scored.total_milli, scored.failed, True, _alarms(totals, seat, scored))


_TOTALS = Prepared(  # of the seats of a visit that have handed in
    lambda: models.Mark.select(models.Mark.seat, models.Mark.total_milli).where(
        models.Mark.visit == GIVEN, models.Mark.latest
    )
)


def _mark(visit_id: int, seat: int) -> models.Mark:
    """The mark that counts of a seat that has handed in."""
    mark: models.Mark = models.Mark.get(models.Mark.visit == visit_id, models.Mark.seat == seat, models.Mark.latest)
    return mark


def _is_same(before: models.Mark, scored: Scored) -> bool:
    """Whether a sheet says what the one before it says."""
    known = (before.values, before.total_milli, before.total_only)
    return bool(known == (scored.values, scored.total_milli, scored.total_only))


def _visit(visit_id: int) -> _Visit:
    found = _VISIT.rows(visit_id)
    if not found:
        raise NotFound(
            _("This entrant has no visit to this station."), todo=_("Check the station, or make the schedule first.")
        )
    return _Visit(*found[0])


_VISIT = Prepared(
    lambda: (
        models.Visit.select(
            models.Visit.id,
            models.Visit.state,
            models.Entrant.id,
            models.Entrant.number,
            models.Entrant.name,
            models.Entrant.state,
            models.Unit.id,
            models.Unit.name,
            models.Unit.short,
            models.Station.id,
            models.Station.name,
            models.Station.judges,
            models.Station.sheet,
            models.Station.code,
            models.Visit.ended_at,
            programme.is_performed(),
        )
        .join(models.Entrant)
        .join(models.Unit)
        .join_from(models.Visit, models.Station)
        .where(models.Visit.id == GIVEN)
    )
)


def _refuse_undrawn(visit: _Visit) -> None:
    if not visit.performed:
        raise NotAllowed(
            programme.not_drawn_text(visit.entrant_id, visit.station_code) or "",
            where=visit.place,
            todo=_("Check the station; a mark counts only where the entrant was drawn to perform."),
        )


def _refuse_out(visit: _Visit) -> None:
    state = visit.state or visit.entrant_state
    if visit.state or visit.entrant_state in (ABSENT, DISQUALIFIED):
        raise NotAllowed(
            _("No mark is taken for this entrant: {state}.").format(state=mark_words.state_word(state)),
            where=visit.place,
            todo=_("If that is wrong, correct the state first, with a reason."),
        )


def _refuse_seat(visit: _Visit, seat: int) -> None:
    if not 1 <= seat <= visit.judges:
        raise InvalidInput(
            _("This station has judges 1 to {judges}, no judge {seat}.").format(judges=visit.judges, seat=seat),
            where=visit.place,
        )


def _refuse_unexplained(visit: _Visit, before: models.Mark, reason: str) -> None:
    if not reason:
        raise NotAllowed(
            _("Judge {seat} has handed in this sheet already, with {total} points.").format(
                seat=before.seat, total=show_milli(before.total_milli)
            ),
            where=visit.place,
            todo=_("To correct it, give the reason; the earlier mark stays on record."),
        )


def _refuse_recused(visit: _Visit, seat: int) -> None:
    for judge, unit in _JUDGE.rows(visit.station_id, seat, visit.id):
        if unit and unit.strip() in (visit.unit, visit.unit_short) and seat not in stand_ins_of(visit.id):
            raise NotAllowed(
                _("This judge may not mark this visit.")
                if names_sealed()
                else _("{judge} is of the entrant's own unit, {unit}, and may not mark this visit.").format(
                    judge=judge, unit=visit.unit
                ),
                where=visit.place,
                todo=_("Let the visit be marked in another lane, or replace the judge on the setup page."),
            )


def _judge() -> Any:
    """The judge at a seat of the lane in which a visit began, or else is by the timetable in force."""
    newest = models.Timetable.alias()
    lane = fn.COALESCE(models.Visit.ran_lane, models.Slot.lane)
    return (
        models.Slot.select(models.Judge.name, models.Judge.unit_name)
        .join(models.Timetable)
        .join_from(models.Slot, models.Visit)
        .join_from(models.Visit, models.Judge, on=(models.Judge.lane == lane))
        .where(
            models.Judge.station == GIVEN,
            models.Judge.seat == GIVEN,
            models.Slot.visit == GIVEN,
            models.Timetable.number == newest.select(fn.MAX(newest.number)),
        )
    )


_JUDGE = Prepared(_judge)


def _alarms(totals: Mapping[int, int], seat: int, scored: Scored) -> tuple[Alarm, ...]:
    """What is unusual in this sheet, and in the visit with it."""
    sheets = [SheetTotal(one, total, scored.critical if one == seat else ()) for one, total in totals.items()]
    found = alarms.alarms(sheets, scored.full_milli, limits())
    return tuple(alarm for alarm in found if alarm.seat in (0, seat))


def set_visit(
    store: Store,
    actor: str,
    visit_id: int,
    *,
    seconds_milli: int | EllipsisType | None = ...,
    penalty_milli: int | EllipsisType = ...,
    state: str | EllipsisType = ...,
    overtime_milli: int | EllipsisType = ...,
    reason: str = "",
) -> None:
    """Note what belongs to a visit as a whole: its seconds, its overtime in seconds, its penalty in points, its state.

    The overtime is a fact on record: what it costs is the penalty.
    What is not given stays. Filling in seconds, overtime or a penalty for the first time needs no reason;
    changing either later, or the state at any time, does. A state ends the visit if it runs, so that it does not run
    beside another one when the state is taken back.

    Raises:
        NotFound: there is no such visit.
        InvalidInput: a value out of its range, or the reason is missing.
        NotAllowed: the entrant did not draw this station, the marks are locked, or the actor has not signed in where
            people do.
    """
    with store.write(actor, "marks.set_visit", reason.strip()) as writing:
        operators.refuse_stranger(store, actor)
        put_visit(writing, visit_id, seconds_milli, penalty_milli, state, reason.strip(), overtime_milli=overtime_milli)


def put_visit(
    writing: Writing,
    visit_id: int,
    seconds_milli: int | EllipsisType | None,
    penalty_milli: int | EllipsisType,
    state: str | EllipsisType,
    reason: str,
    *,
    overtime_milli: int | EllipsisType = ...,
    granted: bool = False,
) -> None:
    """`set_visit` inside a write that is under way. What was granted to an appeal passes over locks."""
    visit = _visit(visit_id)
    place = visit.place
    _refuse_undrawn(visit)
    row = models.Visit.get_by_id(visit_id)
    _check_range(place, seconds_milli, marksheet.MOST_SECONDS_MILLI, _("The seconds must be 0 to {most}."))
    _check_range(place, overtime_milli, marksheet.MOST_SECONDS_MILLI, _("The overtime must be 0 to {most} seconds."))
    _check_range(place, penalty_milli, MOST_PENALTY_MILLI, _("The penalty must be 0 to {most} points."))
    if state not in (..., *VISIT_STATES):
        raise ValueError(state)
    given: dict[str, Any] = {
        "seconds_milli": seconds_milli,
        "overtime_milli": overtime_milli,
        "penalty_milli": penalty_milli,
        "state": state,
    }
    changed = {name: value for name, value in given.items() if value is not ... and value != getattr(row, name)}
    if changed and not granted:
        refuse_locked(visit_id)
    overwrites = any(name == "state" or getattr(row, name) for name in changed)
    if overwrites and not reason:
        raise InvalidInput(
            _("A reason is needed for this change."), where=place, todo=_("Write in a few words why it is changed.")
        )
    if changed.get("state") and row.started_at is not None and row.ended_at is None:
        changed["ended_at"] = max(row.started_at, writing.at)
    if writing.update(row, **changed):
        playoffs.forget(writing, visit.entrant_id, visit.unit_id)


def _check_range(place: str, value: int | EllipsisType | None, most: int, sentence: str) -> None:
    if isinstance(value, int) and not 0 <= value <= most:
        raise InvalidInput(sentence.format(most=show_milli(most)), where=f"{place} · {show_milli(value)}")
