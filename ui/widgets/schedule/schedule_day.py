"""A timetable as the chart shows it: the rows of the event, what became of each visit, and what a draft changes."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from data.queries.schedule import SlotRow
from data.queries.schedule_draft import Draft, Key, changes
from data.rules.plan import Plan
from data.rules.rotation_model import Problem, Slot, Span
from ui.widgets.schedule.gantt_layout import Day, Line
from ui.widgets.schedule.gantt_painting import DONE, LATE, OUT, RUNNING


def day_of(plan: Plan, slots: Iterable[SlotRow], problem: Problem | None, draft: Draft | None) -> Day:
    """The day as a chart.

    Args:
        slots: the timetable in force, or an earlier one.
        problem: what is known of the day as it runs; None when an earlier timetable is looked at.
        draft: where its visits stand now.
    """
    rows = list(slots)
    if draft is not None:
        placed = {(slot.entrant, slot.station): slot for slot in draft.slots}
        rows = [_placed(row, placed) for row in rows]
    moved = changes(draft) if draft is not None else frozenset()
    pins = draft.pins if draft is not None else frozenset()
    return Day(
        plan.info.opens_minute,
        plan.info.closes_minute,
        tuple(_lines(plan, problem, rows)),
        tuple(rows),
        tuple((pause.name, pause.starts_minute, pause.ends_minute) for pause in plan.breaks if not pause.station),
        pinned=frozenset(row.visit_id for row in rows if _key(row) in pins),
        changed=frozenset(row.visit_id for row in rows if _key(row) in moved),
        kinds=dict(_kinds(rows, problem)),
        actual=_actual(rows, problem),
    )


def _key(row: SlotRow) -> Key:
    return row.entrant_id, row.station_code


def _placed(row: SlotRow, placed: dict[Key, Slot]) -> SlotRow:
    slot = placed.get(_key(row))
    if slot is None or (slot.lane, slot.starts, slot.ends) == (row.lane, row.starts_minute, row.ends_minute):
        return row
    return replace(row, lane=slot.lane, starts_minute=slot.starts, ends_minute=slot.ends)


def _lines(plan: Plan, problem: Problem | None, rows: Sequence[SlotRow]) -> Iterable[Line]:
    """The lanes of the plan, and those that it has no more but a visit stands in."""
    closed = {} if problem is None else {station.code: station for station in problem.stations}
    highest: dict[str, int] = {}
    for row in rows:
        highest[row.station_code] = max(highest.get(row.station_code, 0), row.lane)
    for station in plan.stations:
        for lane in range(1, max(station.lanes, highest.get(station.code, 0)) + 1):
            known = closed.get(station.code)
            spans = known.closed(lane) if known is not None and lane in known.lanes else ()
            yield Line(station.code, station.name, lane, spans)


def _kinds(rows: Sequence[SlotRow], problem: Problem | None) -> Iterable[tuple[int, str]]:
    now = problem.now if problem is not None else None
    for row in rows:
        if row.state:
            yield row.visit_id, DONE if row.state == "done" else OUT
        elif row.is_running:
            yield row.visit_id, RUNNING
        elif now is not None and row.starts_minute < now:
            yield row.visit_id, LATE


def _actual(rows: Sequence[SlotRow], problem: Problem | None) -> dict[int, Span]:
    """Of what is under way until now."""
    now = problem.now if problem is not None else None
    return {
        row.visit_id: (row.started_minute, max(row.started_minute + 1, until))
        for row in rows
        if row.started_minute is not None and (until := row.ended_minute if row.ended_minute is not None else now)
    }
