"""The tables of an event file, and nothing else.

Units: points, percents and seconds are integers of 1/1000 (`*_milli`); times of day are
minutes after midnight (`*_minute`); moments are ISO 8601 texts in UTC (`*_at`).
Only data/queries and data/actions import this module; rows never leave them.
"""

import json
from contextvars import ContextVar
from typing import Any

from peewee import (
    AutoField,
    BlobField,
    BooleanField,
    DatabaseProxy,
    ForeignKeyField,
    IntegerField,
    Model,
    SqliteDatabase,
    TextField,
)

current_database: ContextVar[SqliteDatabase | None] = ContextVar("current_database", default=None)


class CurrentDatabase(DatabaseProxy):
    """Stands for the database that the running `store.read()` or `store.write()` has chosen.

    Two event files may be open at once (a rehearsal runs on a copy in a worker thread),
    so the models cannot be bound to one of them.
    """

    @property
    def obj(self) -> SqliteDatabase | None:
        return current_database.get()

    @obj.setter
    def obj(self, value: object) -> None:
        if value is not None:
            raise TypeError("a database is chosen by store.read() and store.write() alone")


class JsonField(TextField):
    """A plain value (dict, list, str, int, bool, None) kept as canonical JSON text."""

    def db_value(self, value: Any) -> str:
        return canonical_json(value)

    def python_value(self, value: str | None) -> Any:
        return None if value is None else json.loads(value)


def canonical_json(value: Any) -> str:
    """The one JSON text of a value: sorted keys, no blanks, Unicode as it is."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


class Row(Model):
    """What every table has: an integer key."""

    id = AutoField()

    class Meta:
        database = CurrentDatabase()
        legacy_table_names = False


def _owned_by(model: type[Row], backref: str, **options: Any) -> ForeignKeyField:
    return ForeignKeyField(model, backref=backref, on_delete="RESTRICT", **options)


class Event(Row):
    """The one row that describes the event (赛事)."""

    code = TextField()  # four characters, printed in every QR code
    name = TextField()
    organizer = TextField(default="")  # 主办单位
    host = TextField(default="")  # 承办单位
    venue = TextField(default="")
    date = TextField(default="")  # YYYY-MM-DD
    opens_minute = IntegerField(default=8 * 60 + 30)
    closes_minute = IntegerField(default=18 * 60)
    notice_days = IntegerField(default=5)
    contact = TextField(default="")
    phone = TextField(default="")
    decimals = IntegerField(default=2)
    blind = BooleanField(default=False)  # 盲评
    ties = TextField(default="playoff")  # playoff | shared
    coverage_years = IntegerField(default=0)
    pass_milli = IntegerField(null=True)  # per cent below which an entrant failed
    spread_milli = IntegerField(null=True)  # points between judges that raise the alarm
    reserves = IntegerField(default=0)  # drawn behind those selected, per unit and division (候补)
    apart = BooleanField(default=False)  # the numbers draw keeps people of one unit from following each other
    waves = IntegerField(default=1)  # parts of the order over which the numbers draw spreads every unit
    equal_lanes = BooleanField(default=True)  # the lane draw gives every lane of a station as many
    item_draw = TextField(default="entrant")  # entrant | division: for whom the optional stations are drawn
    is_rehearsal = BooleanField(default=False)
    created_at = TextField()


class Division(Row):
    """People who are ranked and awarded together (组别)."""

    code = TextField(unique=True)
    category = TextField()
    name = TextField()
    entry = TextField()  # individual | team | sum
    quota = IntegerField()
    tie_rule = TextField(default="")
    position = IntegerField()


class Unit(Row):
    """A hospital that takes part (参赛单位)."""

    name = TextField(unique=True)
    short = TextField(default="")
    category = TextField()
    position = IntegerField()


class Sheet(Row):
    """A mark sheet (评分表)."""

    code = TextField(unique=True)
    name = TextField()
    position = IntegerField()


class Item(Row):
    """One line of a mark sheet (评分项)."""

    sheet = _owned_by(Sheet, "items")
    number = IntegerField()
    section = TextField(default="")
    text = TextField()
    full_milli = IntegerField()
    kind = TextField()  # points | deductions | grades | timed | bonus | penalty | critical
    rule = TextField(default="")
    step_milli = IntegerField()

    class Meta:
        indexes = ((("sheet", "number"), True),)


class Station(Row):
    """A place where a skill is shown (考站), with `lanes` parallel lanes (工位)."""

    code = TextField(unique=True)
    name = TextField()
    sheet = _owned_by(Sheet, "stations")
    entry = TextField()  # individual | team
    minutes = IntegerField()
    changeover = IntegerField()
    lanes = IntegerField()
    judges = IntegerField()
    combine = TextField()  # mean | trimmed | median | sum
    position = IntegerField()


class StationDivision(Row):
    station = _owned_by(Station, "divisions")
    division = _owned_by(Division, "stations")
    position = IntegerField()

    class Meta:
        indexes = ((("station", "division"), True),)


class Component(Row):
    """One part of a division's total (成绩构成): a station, the theory mark, or a sum of the best."""

    division = _owned_by(Division, "components")
    name = TextField()
    source = TextField()  # station | theory | sum | choice
    station = _owned_by(Station, "components", null=True)
    of_division = _owned_by(Division, "summed_in", null=True)
    best = IntegerField(null=True)  # of a sum: totals that count; of a choice: stations that are drawn
    weight_milli = IntegerField()
    position = IntegerField()


class ComponentStation(Row):
    """One of the stations of which a `choice` component draws some (抽考)."""

    component = _owned_by(Component, "choices")
    station = _owned_by(Station, "chosen_in")
    position = IntegerField()

    class Meta:
        indexes = ((("component", "station"), True),)


class AwardLevel(Row):
    division = _owned_by(Division, "award_levels")
    scope = TextField()  # individual | team
    name = TextField()
    count = IntegerField(null=True)
    percent_milli = IntegerField(null=True)
    position = IntegerField()


class Judge(Row):
    """A judge at a seat of a lane; `unit_name` is free text, judges come from elsewhere too."""

    name = TextField()
    unit_name = TextField(default="")
    station = _owned_by(Station, "judging")
    lane = IntegerField()
    seat = IntegerField()
    chief = BooleanField(default=False)

    class Meta:
        indexes = ((("station", "lane", "seat"), True),)


class Break(Row):
    name = TextField()
    starts_minute = IntegerField()
    ends_minute = IntegerField()
    position = IntegerField()


class Person(Row):
    """One member of staff of the pool (备选人员)."""

    unit = _owned_by(Unit, "people")
    division = _owned_by(Division, "people")
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

    person = _owned_by(Person, "photos", unique=True)
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

    division = _owned_by(Division, "entrants")
    unit = _owned_by(Unit, "entrants")
    person = _owned_by(Person, "entrants", null=True, unique=True)
    name = TextField()
    token = TextField(unique=True)
    number = TextField(null=True, unique=True)  # 参赛编号, such as 1H-007
    draw_order = IntegerField(null=True)  # within the division, from 1
    state = TextField(default="expected")  # expected | present | absent | withdrew | disqualified
    arrived_at = TextField(null=True)


class Substitution(Row):
    """One person took the place of another in the draw (换人); the badge of the one who left is void."""

    entrant = _owned_by(Entrant, "substitutions")
    left = _owned_by(Person, "left_in")
    joined = _owned_by(Person, "joined_in")
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

    entrant = _owned_by(Entrant, "drawn_stations")
    station = _owned_by(Station, "drawn_by")

    class Meta:
        indexes = ((("entrant", "station"), True),)


class DrawnLane(Row):
    """The lane of a station that an entrant has drawn (工位抽签); the timetable keeps to it."""

    entrant = _owned_by(Entrant, "drawn_lanes")
    station = _owned_by(Station, "drawn_lanes")
    lane = IntegerField()

    class Meta:
        indexes = ((("entrant", "station"), True),)


class Decoding(Row):
    """A layer of a blind event was opened (解密) by the chief judge before a witness."""

    layer = TextField(unique=True)  # lane | name
    chief = TextField()
    witness = TextField()
    at = TextField()


class Timetable(Row):
    """A numbered version of the schedule; the highest number is in force."""

    number = IntegerField(unique=True)
    made_at = TextField()
    finish_minute = IntegerField()
    bound_minute = IntegerField()


class Visit(Row):
    """One entrant at one station (轮次). Lives through every timetable."""

    entrant = _owned_by(Entrant, "visits")
    station = _owned_by(Station, "visits")
    seconds_milli = IntegerField(null=True)
    penalty_milli = IntegerField(default=0)
    state = TextField(default="")  # "" | absent | withdrew | disqualified

    class Meta:
        indexes = ((("entrant", "station"), True),)


class Slot(Row):
    """When and in which lane a visit is, in one timetable."""

    timetable = _owned_by(Timetable, "slots")
    visit = _owned_by(Visit, "slots")
    lane = IntegerField()
    starts_minute = IntegerField()
    ends_minute = IntegerField()

    class Meta:
        indexes = ((("timetable", "visit"), True),)


class Mark(Row):
    """One version of one judge's sheet of one visit (裁判评分); only the latest counts."""

    visit = _owned_by(Visit, "marks")
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
    entrant = _owned_by(Entrant, "theory_marks")
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

    entrant = _owned_by(Entrant, "playoffs", unique=True)
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


# In an order in which each table follows those that it refers to.
AUDITED: tuple[type[Row], ...] = (
    Event,
    Division,
    Unit,
    Sheet,
    Item,
    Station,
    StationDivision,
    Component,
    ComponentStation,
    AwardLevel,
    Judge,
    Break,
    Person,
    Photo,
    PastEntry,
    Entrant,
    Substitution,
    Draw,
    DrawnStation,
    DrawnLane,
    Decoding,
    Timetable,
    Visit,
    Slot,
    Mark,
    TheoryMark,
    Playoff,
    ResultVersion,
    Printout,
)
TABLES: tuple[type[Row], ...] = (*AUDITED, Picture, Audit)
