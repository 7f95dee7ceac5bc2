"""Marks, results, what was printed, and the log of it all."""

from peewee import BooleanField, IntegerField, TextField

from data.models.base import JsonField, Row, owned_by
from data.models.day import Visit
from data.models.people import Entrant


class Mark(Row):
    """One version of one judge's sheet of one visit (裁判评分); only the latest counts."""

    visit = owned_by(Visit, "marks")
    seat = IntegerField()
    version = IntegerField()
    latest = BooleanField()
    values = JsonField()  # item number as text -> raw value; empty for a total alone
    total_milli = IntegerField()
    total_only = BooleanField(default=False)
    failed = BooleanField(default=False)  # a critical item fails the entrant
    actor = TextField()
    at = TextField()
    reason = TextField(default="")

    class Meta:
        indexes = ((("visit", "seat", "version"), True),)


class TheoryMark(Row):
    entrant = owned_by(Entrant, "theory_marks")
    version = IntegerField()
    latest = BooleanField()
    value_milli = IntegerField()  # of 100 points
    actor = TextField()
    at = TextField()
    reason = TextField(default="")

    class Meta:
        indexes = ((("entrant", "version"), True),)


class Playoff(Row):
    """The place of an entrant in a play-off (加赛), the last step of the tie ladder."""

    entrant = owned_by(Entrant, "playoffs", unique=True)
    place = IntegerField()


class ResultVersion(Row):
    """A frozen set of standings and awards (成绩版本)."""

    number = IntegerField(unique=True)
    made_at = TextField()
    actor = TextField()
    reason = TextField(default="")
    content = JsonField()
    sha256 = TextField()


class Printout(Row):
    """Something was printed or saved as PDF: what, how many pieces, and of which version."""

    kind = TextField()  # badges | marksheets | timetables | certificates
    pieces = IntegerField()
    of_version = IntegerField(null=True)
    at = TextField()


class Audit(Row):
    """One committed write. Append-only and hash-chained; written by data/audit.py alone."""

    at = TextField()
    actor = TextField()
    action = TextField()
    reason = TextField(default="")
    changes = TextField()  # canonical JSON: [[table, row id, before | null, after | null], ...]
    previous = TextField()
    sha256 = TextField()
