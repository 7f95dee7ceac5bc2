"""The day: when each visit is planned, when it really ran, and what went wrong."""

from peewee import BooleanField, IntegerField, TextField

from data.models.base import Row, owned_by
from data.models.people import Entrant
from data.models.plan import Station


class Timetable(Row):
    """A numbered version of the schedule; the highest number is in force."""

    number = IntegerField(unique=True)
    made_at = TextField()
    finish_minute = IntegerField()
    bound_minute = IntegerField()
    cause = TextField(default="plan")  # plan | moved | absorb | shift | replan


class Visit(Row):
    """One entrant at one station (轮次). Lives through every timetable.

    `started_at` and `ended_at` are when it really ran, from the scan and the hand-in.
    """

    entrant = owned_by(Entrant, "visits")
    station = owned_by(Station, "visits")
    seconds_milli = IntegerField(null=True)
    penalty_milli = IntegerField(default=0)
    overtime_milli = IntegerField(default=0)  # seconds
    state = TextField(default="")  # "" | absent | withdrew | disqualified
    started_at = TextField(null=True)
    ended_at = TextField(null=True)
    ran_lane = IntegerField(null=True)  # the lane in which it began

    class Meta:
        indexes = ((("entrant", "station"), True),)


class Incident(Row):
    """Something that went wrong in a visit (突发情况), and the time that was given back for it."""

    visit = owned_by(Visit, "incidents")
    given_back_milli = IntegerField(default=0)  # seconds
    text = TextField()
    actor = TextField()
    at = TextField()


class LaneClosure(Row):
    """A lane is out of service (工位停用) from a minute of the day on, or until another one."""

    station = owned_by(Station, "closures")
    lane = IntegerField()
    starts_minute = IntegerField()
    ends_minute = IntegerField(null=True)  # null: until further notice
    reason = TextField()


class Slot(Row):
    """When and in which lane a visit is, in one timetable; a pinned one stays there in the next."""

    timetable = owned_by(Timetable, "slots")
    visit = owned_by(Visit, "slots")
    lane = IntegerField()
    starts_minute = IntegerField()
    ends_minute = IntegerField()
    pinned = BooleanField(default=False)

    class Meta:
        indexes = ((("timetable", "visit"), True),)
