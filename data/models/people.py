"""Who is in the pool, who competes, and what was drawn."""

from peewee import BlobField, BooleanField, IntegerField, TextField

from data.models.base import JsonField, Row, owned_by
from data.models.plan import Division, Station, Unit


class Person(Row):
    """One member of staff of the pool (备选人员)."""

    unit = owned_by(Unit, "people")
    division = owned_by(Division, "people")
    name = TextField()
    sex = TextField(default="")
    id_number = TextField(null=True, unique=True)
    title = TextField(default="")
    department = TextField(default="")
    phone = TextField(default="")
    seeded = BooleanField(default=False)  # competes without a draw
    note = TextField(default="")


class Picture(Row):
    """The content of a picture. Not audited: the log holds its hash in the row that uses it."""

    sha256 = TextField(unique=True)
    content = BlobField()


class Photo(Row):
    """The portrait of a person (照片), a JPEG among the pictures."""

    person = owned_by(Person, "photos", unique=True)
    sha256 = TextField()


class PastEntry(Row):
    """Someone competed in an earlier year: history that a selection draw looks at."""

    id_number = TextField(index=True)
    name = TextField()
    unit_name = TextField()
    year = IntegerField()

    class Meta:
        indexes = ((("id_number", "year"), True),)


class Entrant(Row):
    """A person or a team that competes (参赛者); for a `sum` division, a unit's total."""

    division = owned_by(Division, "entrants")
    unit = owned_by(Unit, "entrants")
    person = owned_by(Person, "entrants", null=True, unique=True)
    name = TextField()
    token = TextField(unique=True)
    number = TextField(null=True, unique=True)  # 参赛编号, such as 1H-007
    draw_order = IntegerField(null=True)  # within the division, from 1
    state = TextField(default="expected")  # expected | present | absent | withdrew | disqualified
    arrived_at = TextField(null=True)
    ready_minute = IntegerField(null=True)  # on the day: not to be called before (late, or put to the end)


class Member(Row):
    """A person who performs in a team; the timetable never asks for both at the same time."""

    entrant = owned_by(Entrant, "members")
    person = owned_by(Person, "teams")

    class Meta:
        indexes = ((("entrant", "person"), True),)


class Substitution(Row):
    """One person took the place of another in the draw (换人); the badge of the one who left is void."""

    entrant = owned_by(Entrant, "substitutions")
    left = owned_by(Person, "left_in")
    joined = owned_by(Person, "joined_in")
    old_token = TextField()
    actor = TextField()
    at = TextField()
    reason = TextField()


class Draw(Row):
    """A draw (抽签) from the freezing of its list on; a void one stays."""

    kind = TextField()  # selection | numbers | items | lanes | judges
    state = TextField()  # frozen | drawn | void
    record = JsonField()
    frozen_at = TextField()
    drawn_at = TextField(null=True)
    void_at = TextField(null=True)
    void_reason = TextField(default="")
    seal = TextField(default="")  # SHA-256 of numbers and names, where a blind numbers draw sealed them
    seal_salt = TextField(default="")


class DrawnStation(Row):
    """An optional station that an entrant has drawn (抽考)."""

    entrant = owned_by(Entrant, "drawn_stations")
    station = owned_by(Station, "drawn_by")

    class Meta:
        indexes = ((("entrant", "station"), True),)


class DrawnLane(Row):
    """The lane of a station that an entrant has drawn (工位抽签); the timetable keeps to it."""

    entrant = owned_by(Entrant, "drawn_lanes")
    station = owned_by(Station, "drawn_lanes")
    lane = IntegerField()

    class Meta:
        indexes = ((("entrant", "station"), True),)


class Decoding(Row):
    """A layer of a blind event was opened (解密) by the chief judge before a witness."""

    layer = TextField(unique=True)  # lane | name
    chief = TextField()
    witness = TextField()
    at = TextField()
