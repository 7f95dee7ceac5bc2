"""What guards the marks: who sits at the desk, second readings, confirmations, locks, and appeals."""

from peewee import BooleanField, IntegerField, TextField

from data.models.base import JsonField, Row, owned_by
from data.models.day import Visit
from data.models.people import Entrant
from data.models.plan import Division, Honour, Station, Unit
from data.models.results import Mark


class Operator(Row):
    """Somebody who signs in at the desk (录分员), or the chief judge who confirms and reopens."""

    name = TextField(unique=True)
    chief = BooleanField(default=False)
    salt = TextField()
    pin_hash = TextField()  # scrypt of the PIN with the salt, as hexadecimal digits
    retired = BooleanField(default=False)


class Reading(Row):
    """The second typing (复核录入) of a version of a mark by somebody else.

    `settled`: the two differed, and what the paper says was decided item by item; the decision is the mark itself.
    """

    mark = owned_by(Mark, "readings", unique=True)
    values = JsonField()
    total_milli = IntegerField()
    total_only = BooleanField(default=False)
    state = TextField()  # agreed | differs | settled
    actor = TextField()
    at = TextField()
    settled_by = TextField(default="")
    settled_at = TextField(null=True)


class Confirmation(Row):
    """The chief judge looked at something unusual in a visit (裁判长确认) and lets it stand.

    It holds for the marks that it was given for: `of_marks` are their ids in order, with commas between.
    """

    visit = owned_by(Visit, "confirmations")
    kind = TextField()  # spread | extreme | critical | missing
    seat = IntegerField(default=0)  # the judge's seat; 0: the visit as a whole
    of_marks = TextField()
    chief = TextField()
    actor = TextField()
    at = TextField()
    reason = TextField()


class Lock(Row):
    """The marks of a station or of a division are closed (锁定) until the chief judge reopens them."""

    station = owned_by(Station, "locks", null=True)
    division = owned_by(Division, "locks", null=True)
    actor = TextField()
    at = TextField()
    reopened_by = TextField(default="")
    reopened_at = TextField(null=True)
    reason = TextField(default="")  # why it was reopened


class Appeal(Row):
    """An objection (申诉) to a mark, a visit, a theory mark or a result, and what was decided."""

    entrant = owned_by(Entrant, "appeals")
    visit = owned_by(Visit, "appeals", null=True)
    seat = IntegerField(null=True)
    about = TextField()  # mark | visit | theory | result
    raised_by = TextField()
    raised_at = TextField()
    text = TextField()
    late_reason = TextField(default="")  # why it was taken after the deadline
    of_version = IntegerField(null=True)  # the result version that stood then
    state = TextField()  # open | granted | refused | withdrawn
    decision = TextField(default="")
    decided_by = TextField(default="")
    decided_at = TextField(null=True)
    actor = TextField()


class TieDecision(Row):
    """A tie over an award line stays as it is: the entrants share the place and the award (并列获奖)."""

    division = owned_by(Division, "tie_decisions")
    entrants = JsonField()  # their ids, ascending
    reason = TextField()
    actor = TextField()
    at = TextField()


class HonourGiven(Row):
    """An honour was given by hand to an entrant or to a unit, or taken from one who has it by the rule."""

    honour = owned_by(Honour, "given")
    entrant = owned_by(Entrant, "honours", null=True)
    unit = owned_by(Unit, "honours", null=True)
    taken = BooleanField(default=False)
    reason = TextField()
    actor = TextField()
    at = TextField()


class Notice(Row):
    """The official notice (公示) of a result version: from when to when it hangs out."""

    of_version = IntegerField()
    starts = TextField()  # YYYY-MM-DD, the first day
    ends = TextField()  # the last day
    actor = TextField()
    at = TextField()


class Resit(Row):
    """The second chance (补训补考) of an entrant below the pass line: when it is, and how it went."""

    entrant = owned_by(Entrant, "resits")
    date = TextField()  # YYYY-MM-DD
    result_milli = IntegerField(null=True)  # per cent; None until it was held
    passed = BooleanField(null=True)
    note = TextField(default="")
    actor = TextField()
    at = TextField()
