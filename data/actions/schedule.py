"""Saving a timetable (轮转编排): the one way in which the schedule changes."""

from data import models
from data.errors import InvalidInput, NotAllowed
from data.i18n import _
from data.queries import schedule as queries
from data.queries.schedule_words import Words
from data.rules import rotation_check
from data.rules.rotation_model import Solution
from data.store import Store

_LINES = 5  # of what the checker found; more would not be read


def save_timetable(store: Store, actor: str, solution: Solution, reason: str = "") -> int:
    """Put a timetable in force and return its number.

    Visits that do not exist yet are created; none is ever removed or changed, so marks stay where
    they are, and earlier timetables stay on record.

    Raises:
        InvalidInput: the checker found hard faults, also when the event changed since the planning.
        NotAllowed: there is nothing to plan, or the solution has obstacles.
    """
    with store.write(actor, "schedule.save_timetable", reason) as writing:
        problem = queries.problem(store)
        words = Words(store)
        if not solution.fits:
            raise NotAllowed(
                _("This timetable cannot be used."), todo="\n".join(map(words.obstacle, solution.obstacles[:_LINES]))
            )
        faults = [finding for finding in rotation_check.check(problem, solution.slots) if finding.hard]
        if faults:
            raise InvalidInput(
                _("The timetable has faults, so it was not saved."),
                where="\n".join(map(words.finding, faults[:_LINES])),
                todo=_("Plan the day again: the event has changed since."),
            )
        stations = dict(models.Station.select(models.Station.code, models.Station.id).tuples())
        visits = {
            (entrant, station): visit
            for visit, entrant, station in models.Visit.select(
                models.Visit.id, models.Visit.entrant, models.Visit.station
            ).tuples()
        }
        missing = [
            {"entrant": slot.entrant, "station": stations[slot.station]}
            for slot in solution.slots
            if (slot.entrant, stations[slot.station]) not in visits
        ]
        for values, visit in zip(missing, writing.insert_many(models.Visit, missing), strict=True):
            visits[values["entrant"], values["station"]] = visit
        last = queries.current(store)
        number = last.number + 1 if last else 1
        timetable = writing.insert(
            models.Timetable,
            number=number,
            made_at=writing.at,
            finish_minute=solution.finish,
            bound_minute=solution.bound,
        )
        writing.insert_many(
            models.Slot,
            [
                {
                    "timetable": timetable,
                    "visit": visits[slot.entrant, stations[slot.station]],
                    "lane": slot.lane,
                    "starts_minute": slot.starts,
                    "ends_minute": slot.ends,
                }
                for slot in solution.slots
            ],
        )
    return number
