"""The plan of the event (赛事方案): what is decided before anybody is drawn."""

from peewee import BooleanField, IntegerField, TextField

from data.models.base import Row, owned_by


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
    low_milli = IntegerField(null=True)  # per cent of the full mark: a sheet below it is confirmed by the chief judge
    high_milli = IntegerField(null=True)  # and so is one above this
    verify = TextField(default="none")  # none | all | sample | top: which sheets are typed a second time (复核)
    verify_percent = IntegerField(default=10)  # of the sheets, for a sample
    verify_top = IntegerField(default=3)  # of each division, for the top
    appeal_minutes = IntegerField(default=120)  # after a result version, within which an appeal may be raised
    reserves = IntegerField(default=0)  # drawn behind those selected, per unit and division (候补)
    apart = BooleanField(default=False)  # the numbers draw keeps people of one unit from following each other
    waves = IntegerField(default=1)  # parts of the order over which the numbers draw spreads every unit
    equal_lanes = BooleanField(default=True)  # the lane draw gives every lane of a station as many
    item_draw = TextField(default="entrant")  # entrant | division: for whom the optional stations are drawn
    rotation = TextField(default="free")  # free | bell: everyone moves on at the same stroke (打铃轮转)
    walk_minutes = IntegerField(default=0)  # from any station to any other, where no `Walk` says otherwise
    rest_minutes = IntegerField(default=0)  # between two visits, beside the walk
    most_stay_minutes = IntegerField(default=0)  # from the first start to the last end; 0: no limit
    keep_order = TextField(default="first")  # first | every: at which stations a division starts as drawn
    stand_ins = BooleanField(default=False)  # a reserve judge takes the seat of a recused one
    is_rehearsal = BooleanField(default=False)
    created_at = TextField()


class Session(Row):
    """A part of the day (场次), such as the morning, in which some divisions perform."""

    name = TextField(unique=True)
    starts_minute = IntegerField()
    ends_minute = IntegerField()
    position = IntegerField()


class Division(Row):
    """People who are ranked and awarded together (组别)."""

    code = TextField(unique=True)
    category = TextField()
    name = TextField()
    entry = TextField()  # individual | team | sum
    quota = IntegerField()
    tie_rule = TextField(default="")
    session = owned_by(Session, "divisions", null=True)
    position = IntegerField()


class Unit(Row):
    """A hospital that takes part (参赛单位)."""

    name = TextField(unique=True)
    short = TextField(default="")
    category = TextField()
    arrives_minute = IntegerField(null=True)  # its people are not here before
    leaves_minute = IntegerField(null=True)  # and not after
    position = IntegerField()


class Sheet(Row):
    """A mark sheet (评分表)."""

    code = TextField(unique=True)
    name = TextField()
    position = IntegerField()


class Item(Row):
    """One line of a mark sheet (评分项)."""

    sheet = owned_by(Sheet, "items")
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
    sheet = owned_by(Sheet, "stations")
    entry = TextField()  # individual | team
    minutes = IntegerField()
    changeover = IntegerField()
    lanes = IntegerField()
    judges = IntegerField()
    combine = TextField()  # mean | trimmed | median | sum
    opens_minute = IntegerField(null=True)  # where it differs from the event's
    closes_minute = IntegerField(null=True)
    position = IntegerField()


class StationDivision(Row):
    station = owned_by(Station, "divisions")
    division = owned_by(Division, "stations")
    position = IntegerField()

    class Meta:
        indexes = ((("station", "division"), True),)


class Walk(Row):
    """How long it takes from one station to another, either way, where it differs from the event's."""

    station = owned_by(Station, "walks")
    other = owned_by(Station, "walks_back")
    minutes = IntegerField()
    position = IntegerField()

    class Meta:
        indexes = ((("station", "other"), True),)


class Component(Row):
    """One part of a division's total (成绩构成): a station, the theory mark, or a sum of the best."""

    division = owned_by(Division, "components")
    name = TextField()
    source = TextField()  # station | theory | sum | choice
    station = owned_by(Station, "components", null=True)
    of_division = owned_by(Division, "summed_in", null=True)
    best = IntegerField(null=True)  # of a sum: totals that count; of a choice: stations that are drawn
    weight_milli = IntegerField()
    position = IntegerField()


class ComponentStation(Row):
    """One of the stations of which a `choice` component draws some (抽考)."""

    component = owned_by(Component, "choices")
    station = owned_by(Station, "chosen_in")
    position = IntegerField()

    class Meta:
        indexes = ((("component", "station"), True),)


class AwardLevel(Row):
    division = owned_by(Division, "award_levels")
    scope = TextField()  # individual | team
    name = TextField()
    count = IntegerField(null=True)
    percent_milli = IntegerField(null=True)
    least_milli = IntegerField(null=True)  # points of 100 that the award needs
    position = IntegerField()


class Honour(Row):
    """A title beside the awards (荣誉), such as 先进个人, 先进团体 or 优秀组织奖."""

    name = TextField(unique=True)
    subject = TextField()  # person | unit
    basis = TextField()  # hand | place | awards | attendance
    count = IntegerField(null=True)
    position = IntegerField()


class Judge(Row):
    """A judge at a seat of a lane; `unit_name` is free text, judges come from elsewhere too.

    A reserve judge (候补裁判) of a station has lane 0 and takes the seat of a judge who is recused.
    """

    name = TextField()
    unit_name = TextField(default="")
    station = owned_by(Station, "judging")
    lane = IntegerField()
    seat = IntegerField()
    chief = BooleanField(default=False)
    reserve = BooleanField(default=False)

    class Meta:
        indexes = ((("station", "lane", "seat"), True),)


class Break(Row):
    """Nothing runs in it: at the whole event, at one station, or at one lane, when its judges rest."""

    name = TextField()
    station = owned_by(Station, "breaks", null=True)
    lane = IntegerField(null=True)
    starts_minute = IntegerField()
    ends_minute = IntegerField()
    position = IntegerField()
