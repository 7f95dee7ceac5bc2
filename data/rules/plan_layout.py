"""What the sheets and columns of the plan workbook are: one description for reading, writing, checking, and editing.

Sheet names, headers, and choice words are those of the workbook (docs: "Plan workbook"); they are
Chinese constants of the file format. `field` is the attribute of the dataclass in data/rules/plan.py.
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

EVENT, DIVISIONS, UNITS, STATIONS, COMPONENTS = "赛事", "组别", "单位", "考站", "成绩构成"
AWARDS, HONOURS, JUDGES, BREAKS = "奖项", "荣誉", "裁判", "休息"
SESSIONS, WALKS, SHEETS = "场次", "路程", "评分表"

Kind = Literal["text", "name", "steps", "code", "codes", "source", "whole", "milli", "time", "date", "flag", "choice"]

ENTRIES = {"个人": "individual", "团队": "team", "个人合计": "sum"}
STATION_ENTRIES = {"个人": "individual", "团队": "team"}
COMBINES = {"平均": "mean", "去最高最低平均": "trimmed", "中位数": "median", "合计": "sum"}
TIES = {"加赛": "playoff", "并列": "shared"}
SCOPES = {"个人": "individual", "团体": "team"}
KINDS = {
    "计分": "points",
    "扣分": "deductions",
    "等级": "grades",
    "用时": "timed",
    "加分": "bonus",
    "整表扣分": "penalty",
    "否决": "critical",
}
ROLES = {"裁判长": "chief", "裁判": "judge", "候补裁判": "reserve"}
ROTATIONS = {"自由": "free", "打铃": "bell"}
ORDERS = {"首站": "first", "各站": "every"}
VERIFY = {"不复核": "none", "全部": "all", "抽查": "sample", "前几名": "top"}
SUBJECTS = {"个人": "person", "单位": "unit"}
BASES = {"手工": "hand", "名次": "place", "奖项": "awards", "全勤": "attendance"}
ITEM_DRAWS = {"每人": "entrant", "每组别": "division"}
FLAGS = {"是": True, "否": False}

# Thousandths: no mark sheet, weight, or share of the trade comes near these.
_MOST_POINTS = 1000_000
_WHOLE_DAY = 24 * 60
_LONGEST_WALK = 240
_SESSION_NAME = 20


@dataclass(frozen=True)
class Column:
    """One column: its header, its field, what a cell holds, and what is acceptable.

    `low` and `high` bound `whole`, `milli` (1/1000) and `time` (minutes) values; for texts `high` is
    the longest length. `needed`: the column must exist and its cells must be filled (only the points of a
    critical item may be left empty). `blank`: the number that an empty cell stands for, where that is one.
    """

    header: str
    field: str
    kind: Kind = "text"
    needed: bool = False
    low: int = 0
    high: int = 100
    choices: Mapping[str, object] = dataclasses.field(default_factory=dict)
    blank: int | None = None


@dataclass(frozen=True)
class SheetLayout:
    """A sheet and its columns. `optional`: a workbook may do without it."""

    name: str
    columns: tuple[Column, ...]
    optional: bool = False

    def column(self, header: str) -> Column:
        return next(column for column in self.columns if column.header == header)


def _choice(header: str, field_name: str, choices: Mapping[str, object]) -> Column:
    return Column(header, field_name, "choice", needed=True, choices=choices)


# On the sheet 赛事 each of these is a row (项目, 内容); everywhere else they are columns.
EVENT_LAYOUT = SheetLayout(
    EVENT,
    (
        Column("名称", "name", needed=True),
        Column("主办单位", "organizer"),
        Column("承办单位", "host"),
        Column("地点", "venue"),
        Column("日期", "date", "date"),
        Column("开始时间", "opens_minute", "time", high=_WHOLE_DAY),
        Column("最迟结束", "closes_minute", "time", high=_WHOLE_DAY),
        Column("公示天数", "notice_days", "whole", high=365),
        Column("联系人", "contact"),
        Column("联系电话", "phone"),
        Column("成绩小数位", "decimals", "whole", high=3),
        Column("盲评", "blind", "flag", choices=FLAGS),
        Column("并列处理", "ties", "choice", choices=TIES),
        Column("覆盖周期(年)", "coverage_years", "whole", high=50),
        Column("不合格线", "pass_milli", "milli", high=100_000),
        Column("裁判分差警戒", "spread_milli", "milli", high=_MOST_POINTS),
        Column("候补人数", "reserves", "whole", high=99),
        Column("同单位不相邻", "apart", "flag", choices=FLAGS),
        Column("分批数", "waves", "whole", low=1, high=20),
        Column("工位均衡", "equal_lanes", "flag", choices=FLAGS),
        Column("抽考方式", "item_draw", "choice", choices=ITEM_DRAWS),
        Column("轮转方式", "rotation", "choice", choices=ROTATIONS),
        Column("路程(分)", "walk_minutes", "whole", high=_LONGEST_WALK),
        Column("最短间歇(分)", "rest_minutes", "whole", high=480),
        Column("最长停留(分)", "most_stay_minutes", "whole", high=_WHOLE_DAY),
        Column("按抽签顺序", "keep_order", "choice", choices=ORDERS),
        Column("候补裁判顶替", "stand_ins", "flag", choices=FLAGS),
        Column("评分下限(%)", "low_milli", "milli", high=100_000),
        Column("评分上限(%)", "high_milli", "milli", high=100_000),
        Column("复核方式", "verify", "choice", choices=VERIFY),
        Column("抽查比例(%)", "verify_percent", "whole", low=1, high=100),
        Column("复核名次", "verify_top", "whole", low=1, high=999),
        Column("申诉时限(分)", "appeal_minutes", "whole", high=30 * _WHOLE_DAY),
    ),
)
EVENT_KEY, EVENT_VALUE = "项目", "内容"

LAYOUTS: tuple[SheetLayout, ...] = (
    EVENT_LAYOUT,
    SheetLayout(
        DIVISIONS,
        (
            Column("组别代码", "code", "code", needed=True, high=12),
            Column("类别", "category", needed=True, high=40),
            Column("组别", "name", needed=True, high=40),
            _choice("参赛方式", "entry", ENTRIES),
            Column("每单位名额", "quota", "whole", needed=True, low=1, high=999),
            Column("同分规则", "tie_rule", "steps", high=200),
            Column("场次", "session", high=_SESSION_NAME),
        ),
    ),
    SheetLayout(
        UNITS,
        (
            Column("单位", "name", needed=True),
            Column("简称", "short", high=40),
            Column("类别", "category", needed=True, high=40),
            Column("最早到达", "arrives_minute", "time", high=_WHOLE_DAY),
            Column("最晚离开", "leaves_minute", "time", high=_WHOLE_DAY),
        ),
    ),
    SheetLayout(
        STATIONS,
        (
            Column("考站", "code", "code", needed=True, high=12),
            Column("名称", "name", needed=True, high=60),
            Column("评分表", "sheet", "code", needed=True, high=40),
            _choice("参赛方式", "entry", STATION_ENTRIES),
            Column("时长(分)", "minutes", "whole", needed=True, low=1, high=480),
            Column("换场(分)", "changeover", "whole", needed=True, high=120),
            Column("工位数", "lanes", "whole", needed=True, low=1, high=99),
            Column("裁判数", "judges", "whole", needed=True, low=1, high=15),
            _choice("计分方式", "combine", COMBINES),
            Column("适用组别", "divisions", "codes", needed=True),
            Column("开放时间", "opens_minute", "time", high=_WHOLE_DAY),
            Column("停止时间", "closes_minute", "time", high=_WHOLE_DAY),
        ),
    ),
    SheetLayout(
        COMPONENTS,
        (
            Column("组别代码", "division", "code", needed=True, high=12),
            Column("成绩项", "name", needed=True, high=60),
            Column("来源", "source", "source", needed=True, high=120),
            Column("权重", "weight_milli", "milli", needed=True, low=1, high=100_000),
        ),
    ),
    SheetLayout(
        AWARDS,
        (
            _choice("范围", "scope", SCOPES),
            Column("组别代码", "division", "code", needed=True, high=12),
            Column("等级", "name", needed=True, high=40),
            Column("名额", "count", "whole", low=1, high=9999),
            Column("比例", "percent_milli", "milli", low=1, high=100_000),
            Column("最低分", "least_milli", "milli", low=1, high=_MOST_POINTS),
        ),
    ),
    SheetLayout(
        HONOURS,
        (
            Column("荣誉", "name", needed=True, high=40),
            _choice("对象", "subject", SUBJECTS),
            _choice("依据", "basis", BASES),
            Column("名额", "count", "whole", low=1, high=9999),
        ),
        optional=True,
    ),
    SheetLayout(
        JUDGES,
        (
            Column("姓名", "name", "name", needed=True, high=60),
            Column("单位", "unit_name"),
            Column("考站", "station", "code", needed=True, high=12),
            Column("工位", "lane", "whole", needed=True, high=99, blank=0),
            Column("角色", "role", "choice", choices=ROLES),
        ),
    ),
    SheetLayout(
        BREAKS,
        (
            Column("名称", "name", needed=True, high=60),
            Column("开始", "starts_minute", "time", needed=True, high=_WHOLE_DAY),
            Column("结束", "ends_minute", "time", needed=True, high=_WHOLE_DAY),
            Column("考站", "station", "code", high=12),
            Column("工位", "lane", "whole", high=99, blank=0),
        ),
    ),
    SheetLayout(
        SESSIONS,
        (
            Column("名称", "name", needed=True, high=_SESSION_NAME),
            Column("开始", "starts_minute", "time", needed=True, high=_WHOLE_DAY),
            Column("结束", "ends_minute", "time", needed=True, high=_WHOLE_DAY),
        ),
        optional=True,
    ),
    SheetLayout(
        WALKS,
        (
            Column("考站", "station", "code", needed=True, high=12),
            Column("到考站", "other", "code", needed=True, high=12),
            Column("分钟", "minutes", "whole", needed=True, high=_LONGEST_WALK),
        ),
        optional=True,
    ),
    SheetLayout(
        SHEETS,
        (
            Column("评分表", "sheet", "code", needed=True, high=40),
            Column("名称", "sheet_name", needed=True),
            Column("序号", "number", "whole", needed=True, low=1, high=999),
            Column("部分", "section"),
            Column("项目", "text", needed=True, high=300),
            Column("分值", "full_milli", "milli", needed=True, low=-_MOST_POINTS, high=_MOST_POINTS),
            Column("方式", "kind", "choice", needed=True, choices=KINDS),
            Column("细则", "rule", high=500),
            Column("步长", "step_milli", "milli", low=1, high=100_000),
        ),
    ),
)


def layout(sheet: str) -> SheetLayout:
    """The layout of the sheet of this name."""
    return next(entry for entry in LAYOUTS if entry.name == sheet)
