"""Saving a timetable (轮转编排): the one way in which the schedule changes."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from data import models
from data.errors import InvalidInput, NotAllowed
from data.i18n import _
from data.queries import schedule as queries
from data.queries.schedule_problem import pinned_visits
from data.queries.schedule_words import Words
from data.rules import rotation_check
from data.rules.rotation_model import Problem, Slot, Solution
from data.store import Store, Writing

CAUSES = ("plan", "moved", "absorb", "shift", "replan")
Key = tuple[int, str]  # (entrant id, station code): a visit

_LINES = 5  # of what the checker found; more would not be read
_MOST_AGE = 10  # minutes that an offer may lie on the table while the day goes on


def save_timetable(
    store: Store,
    actor: str,
    solution: Solution,
    reason: str = "",
    *,
    pinned: Collection[Key] | None = None,
    cause: str = "plan",
    on_number: int | None = None,
) -> int:
    """Put a timetable in force and return its number.

    Visits that do not exist yet are created; none is ever removed or changed, so marks stay where
    they are, and earlier timetables stay on record. Visits that took place or have begun, also since the
    planning, keep their slots as they are in the timetable in force.

    Args:
        pinned: entrant id and station code of the visits that the next planning leaves where they are now; None
            keeps the pins in force. Other pins alone are a new version too.
        cause: how it came about, one of CAUSES.
        on_number: the number of the timetable that the solution was made from.

    Raises:
        InvalidInput: the checker found hard faults, also when the event changed since the planning.
        NotAllowed: there is nothing to plan, the solution has obstacles, or another timetable than `on_number` is
            in force.
    """
    if cause not in CAUSES:
        raise ValueError(cause)
    with store.write(actor, "schedule.save_timetable", reason) as writing:
        last = queries.current(store)
        if on_number is not None and on_number != (last.number if last else 0):
            raise NotAllowed(
                _("Timetable {number} has been put in force meanwhile, so this one was not saved.").format(
                    number=last.number if last else 0
                ),
                todo=_("Look at the new timetable, then do it again if it is still wanted."),
            )
        problem = queries.problem(store)
        words = Words(store)
        if not solution.fits:
            raise NotAllowed(
                _("This timetable cannot be used."), todo="\n".join(map(words.obstacle, solution.obstacles[:_LINES]))
            )
        slots = _with_facts(problem, solution.slots)
        pins = pinned_visits() if pinned is None else set(pinned)
        asked = replace(problem, pinned=problem.pinned if pinned is None else ())
        faults = [finding for finding in rotation_check.check(asked, slots) if _counts(finding)]
        if faults:
            raise InvalidInput(
                _("The timetable has faults, so it was not saved."),
                where="\n".join(map(words.finding, faults[:_LINES])),
                todo=_("Plan the day again: the event has changed since."),
            )
        number = last.number + 1 if last else 1
        timetable = writing.insert(
            models.Timetable,
            number=number,
            made_at=writing.at,
            finish_minute=max((slot.ends for slot in slots), default=solution.finish),
            bound_minute=solution.bound,
            cause=cause,
        )
        _put_slots(writing, timetable, slots, pins)
    return number


def _with_facts(problem: Problem, slots: Iterable[Slot]) -> list[Slot]:
    """The slots of the solution, with those of what took place or has begun as they are in force."""
    facts = {(slot.entrant, slot.station): slot for slot in problem.done}
    planned = [slot for slot in slots if (slot.entrant, slot.station) not in facts]
    return sorted((*facts.values(), *planned), key=lambda slot: (slot.starts, slot.station, slot.lane))


def _counts(finding: rotation_check.Finding) -> bool:
    """Whether a finding stands in the way: a plan for the rest of the day grows old while people look at it."""
    return finding.hard and not (finding.code == "too_early" and finding.minutes <= _MOST_AGE)


def _put_slots(writing: Writing, timetable: int, slots: Iterable[Slot], pins: Collection[Key]) -> None:
    stations = dict(models.Station.select(models.Station.code, models.Station.id).tuples())
    found = models.Visit.select(models.Visit.id, models.Visit.entrant, models.Visit.station).tuples()
    visits = {(entrant, station): visit for visit, entrant, station in found}
    missing = [
        {"entrant": slot.entrant, "station": stations[slot.station]}
        for slot in slots
        if (slot.entrant, stations[slot.station]) not in visits
    ]
    for values, visit in zip(missing, writing.insert_many(models.Visit, missing), strict=True):
        visits[values["entrant"], values["station"]] = visit
    writing.insert_many(
        models.Slot,
        [
            {
                "timetable": timetable,
                "visit": visits[slot.entrant, stations[slot.station]],
                "lane": slot.lane,
                "starts_minute": slot.starts,
                "ends_minute": slot.ends,
                "pinned": (slot.entrant, slot.station) in pins,
            }
            for slot in slots
        ],
    )
