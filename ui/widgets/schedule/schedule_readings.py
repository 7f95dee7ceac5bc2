"""All that the schedule page reads of an event at once, and the figures of what is on its screen."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from data.errors import UserError
from data.i18n import _
from data.queries import schedule as queries
from data.queries import schedule_draft as drafts
from data.queries.plan import current_plan, is_set_up
from data.queries.schedule import Outlook, SlotRow, TimetableRow, Waiting
from data.queries.schedule_draft import Draft
from data.queries.schedule_versions import Version, versions
from data.queries.schedule_words import Words, minutes
from data.rules import rotation_check
from data.rules.plan import EventInfo, Plan
from data.rules.rotation_model import Problem, Slot
from data.store import Store
from ui.task import Progress as Report
from ui.widgets.schedule.schedule_summary import Figures


@dataclass(frozen=True)
class Readings:
    """One moment of the event. `problem` is None while nothing can be planned; `why` says why. `words` is None while
    there is no event. `waits`: minutes that each entrant waits between visits in the timetable in force, by id."""

    outlook: Outlook
    timetable: TimetableRow | None
    slots: tuple[SlotRow, ...]
    plan: Plan
    problem: Problem | None
    why: str
    versions: tuple[Version, ...]
    words: Words | None
    waits: Mapping[int, int]


def read(store: Store) -> Readings:
    """Everything in one reading, so that nothing of it is older than the rest."""
    with store.read():
        problem, why, has_event = None, "", is_set_up(store)
        try:
            problem = queries.problem(store) if has_event else None
        except UserError as error:
            why = str(error)
        return Readings(
            outlook=queries.outlook(store),
            timetable=queries.current(store),
            slots=tuple(queries.slots(store)),
            plan=current_plan(store) if has_event else Plan(EventInfo("")),
            problem=problem,
            why=why,
            versions=tuple(versions(store)),
            words=Words(store) if has_event else None,
            waits=queries.waits(store),
        )


@dataclass(frozen=True)
class Checking:
    """Has the checker look at what is on the screen, for a large day in a worker thread; result: (tick, Figures).
    `tick` tells a result that is not of the newest state."""

    store: Store
    readings: Readings
    draft: Draft | None
    waits: Mapping[int, int]
    tick: int

    def __call__(self, _report: Report | None = None) -> tuple[int, Figures]:
        return self.tick, figures_of(self.store, self.readings, self.draft, self.waits)


def figures_of(store: Store, readings: Readings, draft: Draft | None, waits: Mapping[int, int]) -> Figures:
    """What the summary says: of the draft when it has changes, else of the timetable in force."""
    timetable, words = readings.timetable, readings.words
    assert timetable is not None
    assert words is not None
    if draft is not None and drafts.changes(draft):
        found = rotation_check.check(draft.held, draft.slots)
        solution = drafts.solution(draft, timetable.bound_minute)
        finish, bound = solution.finish, solution.bound
    else:
        found = queries.findings(store)
        finish, bound = timetable.finish_minute, timetable.bound_minute
    waiting = _waiting(waits)
    return Figures(
        finish,
        bound,
        waiting,
        words.entrant(waiting.longest_entrant),
        tuple((finding, words.finding(finding)) for finding in found),
    )


def settings_line(plan: Plan) -> str:
    """By what the day is planned, in a line."""
    info = plan.info
    parts = [_("all start at a bell") if info.rotation == "bell" else _("each starts as soon as it can")]
    if info.walk_minutes or plan.walks:
        parts.append(_("walk {minutes}").format(minutes=minutes(info.walk_minutes)))
    if info.rest_minutes:
        parts.append(_("rest {minutes}").format(minutes=minutes(info.rest_minutes)))
    if info.most_stay_minutes:
        parts.append(_("longest stay {minutes}").format(minutes=minutes(info.most_stay_minutes)))
    order = {"first": _("order of the draw kept at the first station"), "every": _("order of the draw kept everywhere")}
    parts.append(order[info.keep_order])
    if info.stand_ins:
        parts.append(_("reserve judges step in"))
    return " · ".join(parts)


def waits_of(readings: Readings, draft: Draft | None) -> Mapping[int, int]:
    """Minutes that each entrant waits between visits, by id: in the draft when it has changes."""
    if draft is None or not drafts.changes(draft):
        return readings.waits
    days: dict[int, list[Slot]] = defaultdict(list)
    for slot in draft.slots:
        days[slot.entrant].append(slot)
    return {entrant: rotation_check.waiting_minutes(draft.problem, day) for entrant, day in days.items()}


def _waiting(each: Mapping[int, int]) -> Waiting:
    if not each:
        return Waiting()
    longest = max(each, key=lambda entrant: each[entrant])
    return Waiting(sum(each.values()) * 1000 // len(each), each[longest], longest)
