"""Do the stations and judges of a plan make sense? What `check_plan` finds in them."""

from collections import Counter
from collections.abc import Iterator

from data.rules.identity import is_station_code
from data.rules.plan import Plan, Station
from data.rules.plan_faults import FIRST_ROW, PlanFinding, error, twice, warning
from data.rules.plan_layout import EVENT, JUDGES, STATIONS
from data.rules.programme import choices

_TRIMMED_LEAST, _TRIMMED_WELL = 3, 5


def check_stations(plan: Plan) -> Iterator[PlanFinding]:
    """none (warning); duplicate; station_code; the codes of the functions below."""
    if not plan.stations:
        yield warning("none", STATIONS, 0, "")
    yield from twice(STATIONS, "考站", (station.code for station in plan.stations))
    yield from twice(STATIONS, "名称", (station.name for station in plan.stations))
    sheets = {sheet.code for sheet in plan.sheets}
    for row, station in enumerate(plan.stations, start=FIRST_ROW):
        if station.code and not is_station_code(station.code):
            yield error("station_code", STATIONS, row, "考站", text=station.code)
        if station.sheet and station.sheet not in sheets:
            yield error("sheet_unknown", STATIONS, row, "评分表", text=station.sheet)
        yield from _check_station_times(plan, station, row)
        yield from _check_station_divisions(plan, station, row)


def _check_station_times(plan: Plan, station: Station, row: int) -> Iterator[PlanFinding]:
    """longer_than_day; trimmed_few; trimmed_shaky (warning)."""
    if station.minutes > plan.info.closes_minute - plan.info.opens_minute > 0:
        yield error("longer_than_day", STATIONS, row, "时长(分)")
    if station.combine == "trimmed":
        if station.judges < _TRIMMED_LEAST:
            yield error("trimmed_few", STATIONS, row, "裁判数", judges=station.judges)
        elif station.judges < _TRIMMED_WELL:
            yield warning("trimmed_shaky", STATIONS, row, "裁判数", judges=station.judges)


def _check_station_divisions(plan: Plan, station: Station, row: int) -> Iterator[PlanFinding]:
    """division_unknown (`text`); division_twice (`text`); sum_performs, entry_differs, not_counted (`code`; the
    last a warning)."""
    divisions = {division.code: division for division in plan.divisions}
    for code, times in Counter(station.divisions).items():
        if times > 1:
            yield error("division_twice", STATIONS, row, "适用组别", text=code)
        division = divisions.get(code)
        if division is None:
            yield error("division_unknown", STATIONS, row, "适用组别", text=code)
        elif division.entry == "sum":
            yield error("sum_performs", STATIONS, row, "适用组别", code=code)
        elif division.entry != station.entry:
            yield error("entry_differs", STATIONS, row, "参赛方式", code=code)
        elif not _counts(plan, code, station.code):
            yield warning("not_counted", STATIONS, row, "适用组别", code=code)


def _counts(plan: Plan, division: str, station: str) -> bool:
    own = any((component.division, component.source) == (division, station) for component in plan.components)
    return own or any(station in choice.stations for choice in choices(plan, division))


def check_judges(plan: Plan) -> Iterator[PlanFinding]:
    """station_unknown (`text`); lane (`lanes`); lane_needed, reserve_lane, reserve_chief; judge_twice (`text`, `row`;
    warning); no_judges (`code`; warning); judges_few, judges_many (`code`, `lane`, `there`, `needed`; the latter a
    warning); the codes of the function below."""
    stations = {station.code: station for station in plan.stations}
    people = ((judge.name, judge.unit_name) if judge.name else () for judge in plan.judges)
    for finding in twice(JUDGES, "姓名", people):
        yield warning("judge_twice", JUDGES, finding.row, "姓名", **finding.values)
    yield from _check_reserves(plan)
    last: dict[tuple[str, int], int] = {}
    seats: Counter[tuple[str, int]] = Counter()
    for row, judge in enumerate(plan.judges, start=FIRST_ROW):
        station = stations.get(judge.station)
        if judge.reserve and judge.chief:
            yield error("reserve_chief", JUDGES, row, "角色")
        if judge.reserve and judge.lane:
            yield error("reserve_lane", JUDGES, row, "工位")
        elif not judge.reserve and not judge.lane:
            yield error("lane_needed", JUDGES, row, "工位")
        if station is None:
            if judge.station:
                yield error("station_unknown", JUDGES, row, "考站", text=judge.station)
        elif judge.lane > station.lanes:
            yield error("lane", JUDGES, row, "工位", lanes=station.lanes)
        elif not judge.reserve:
            last[judge.station, judge.lane] = row
            seats[judge.station, judge.lane] += 1
    for station in plan.stations:
        if not any(code == station.code for code, _lane in seats):
            yield warning("no_judges", JUDGES, 0, "考站", code=station.code)
            continue
        for lane in range(1, min(station.lanes, 99) + 1):
            there = seats[station.code, lane]
            values = {"code": station.code, "lane": lane, "there": there, "needed": station.judges}
            row = last.get((station.code, lane), 0)
            if there < station.judges:
                yield error("judges_few", JUDGES, row, "工位", **values)
            elif there > station.judges:
                yield warning("judges_many", JUDGES, row, "工位", **values)


def _check_reserves(plan: Plan) -> Iterator[PlanFinding]:
    """no_reserves, reserves_idle (warnings)."""
    rows = [row for row, judge in enumerate(plan.judges, start=FIRST_ROW) if judge.reserve]
    if plan.info.stand_ins and not rows:
        yield warning("no_reserves", EVENT, 0, "候补裁判顶替")
    if rows and not plan.info.stand_ins:
        yield warning("reserves_idle", JUDGES, rows[0], "角色")
