"""A tiny event for the tests of papers, hard names and all kinds of items in it."""

from data.queries.papers import Badge, Certificate, Letterhead, MarkSheet
from data.queries.timetable_papers import (
    DoorList,
    EntrantTimetable,
    JudgeTimetable,
    LaneTimetable,
    Overview,
    Timetables,
    Turn,
)
from data.rules import identity
from data.rules.plan import Item, Sheet, Station

HEAD = Letterhead("高安市2023年急诊急救为主的临床技能大比武", "高安市卫生健康委员会", date="2023-11-18")
BLIND = Letterhead(HEAD.event, HEAD.organizer, blind=True)
LONG_NAME = "阿卜杜热合曼·麦提尼亚孜"
NAMES = ("王契", LONG_NAME, "䶮㛃𠅤𬭎", "欧阳娜娜")
UNITS = ("市妇幼保健院", "筠阳街道社区卫生服务中心", "市中医院", "市第二人民医院")
DIVISION = "一类·护理组"

SHEET = Sheet(
    "ALL",
    "除颤器使用",
    (
        Item(1, "操作", "涂导电膏", 10_000, "deductions", "未涂/未垫=0;不均匀=-3;吹气失败=-2×"),
        Item(2, "操作", "消毒", 15_000, "grades", "A=15/B=12/C=9/D=6"),
        Item(3, "操作", "固定", 5_000, "grades", "5/3/1/0"),
        Item(4, "时间", "完成时间", 15_000, "timed", "<=45=15;<=60=10;>240=0"),
        Item(5, "提问", "适应证", 10_000, "points"),
        Item(6, "提问", "奖励", 2_500, "bonus"),
        Item(7, "", "顺序颠倒", -2_500, "penalty"),
        Item(8, "", "误入食道", 0, "critical"),
        Item(9, "", "违反无菌原则", 0, "critical", "不合格"),
    ),
)
STATION = Station("S4", "电除颤", "ALL", "individual", 15, 3, 3, 3, "mean", ("1H",), 1)


def token(number: int) -> str:
    return identity.new_token(bytes((number * 37 + place * 11) % 256 for place in range(8)))


def badge(number: int) -> Badge:
    code = identity.badge_code("GA23", token(number))
    return Badge(number, f"1H-{number:02d}", NAMES[number % 4], UNITS[number % 4], DIVISION, code)


def mark_sheet(seat: int = 1, sheet: Sheet = SHEET, station: Station = STATION, judge: str = "莫晓鹏") -> MarkSheet:
    code = identity.sheet_code("GA23", token(seat), station.code, seat)
    return MarkSheet(
        7, "1H-07", LONG_NAME, UNITS[1], DIVISION, station, sheet, 2, 560, 575, seat, judge, code
    )  # fmt: skip


def turn(number: int, station: str = "S4") -> Turn:
    starts = 510 + 18 * number
    who = NAMES[number % 4], UNITS[number % 4], "1H", DIVISION, token(number)
    return Turn(number, number, starts, starts + 15, station, "电除颤", 2, f"1H-{number:02d}", *who)


def timetables(entrants: int = 4) -> Timetables:
    turns = tuple(turn(number) for number in range(1, entrants + 1))
    slips = tuple(
        EntrantTimetable(
            one.entrant_id, one.number, one.name, one.unit, DIVISION, (one, turn(one.entrant_id + 9, "S1"))
        )
        for one in turns
    )
    lane = LaneTimetable(1, "S4", "电除颤", 2, ("姚慧峰", "赵强辉", "阎艳"), turns)
    judge = JudgeTimetable(5, "赵强辉", "市瑞州医院", 2, False, "S4", "电除颤", 2, turns)
    chief = JudgeTimetable(4, "姚慧峰", "", 1, True, "S4", "电除颤", 2, turns)
    lanes = tuple(LaneTimetable(n, "S4", "电除颤", n, (), turns[n - 1 :: 5]) for n in range(1, 6) if turns[n - 1 :: 5])
    door = DoorList(1, "S4", "电除颤", 15, lanes)
    day = Overview(500, turns[-1].ends_minute, entrants, entrants, lanes, (("午休", 545, 565),))
    return Timetables(3, slips, (lane,), (chief, judge), (door,), (day,))


def certificates() -> list[Certificate]:
    day = HEAD.date
    return [
        Certificate(1, LONG_NAME, UNITS[1], DIVISION, "一等奖", "GA23-1H-0001", day),
        Certificate(2, "䶮㛃𠅤𬭎", UNITS[0], DIVISION, "二等奖", "GA23-1H-0002", day),
        Certificate(3, "", UNITS[3], "一类·急救团体", "一等奖", "GA23-1T-0001", day),
    ]
