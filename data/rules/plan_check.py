"""Does a plan make sense? Every fault with its place in the plan workbook, as a code and values without words.

What is not there yet is a warning, so that a plan can be made over several days; what contradicts
itself is an error.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from data.rules.identity import is_station_code
from data.rules.marksheet import RuleError, full_mark, parse_rule
from data.rules.plan import THEORY, Component, Division, Plan, Station
from data.rules.plan_fields import FIRST_ROW, PlanFinding, check_fields
from data.rules.plan_layout import (
    AWARDS,
    BREAKS,
    COMPONENTS,
    DIVISIONS,
    EVENT,
    JUDGES,
    LAYOUTS,
    SHEETS,
    STATIONS,
    UNITS,
)
from data.rules.programme import choice_source, choices
from data.rules.scoring import TIME, tie_steps

__all__ = ["PlanFinding", "check_plan", "sum_source"]

_FULL_WEIGHT = _FULL_PERCENT = _USUAL_MARK = 100_000
_TRIMMED_LEAST, _TRIMMED_WELL = 3, 5
_SUM = re.compile(r"(.+):(\d{1,3})")


def check_plan(plan: Plan) -> list[PlanFinding]:
    """Every fault of this plan, in the order of the workbook."""
    found = [
        *check_fields(plan),
        *_check_event(plan),
        *_check_divisions(plan),
        *_check_units(plan),
        *_check_stations(plan),
        *_check_components(plan),
        *_check_awards(plan),
        *_check_judges(plan),
        *_check_breaks(plan),
        *_check_sheets(plan),
    ]
    order = {layout.name: place for place, layout in enumerate(LAYOUTS)}
    return sorted(found, key=lambda finding: (order[finding.sheet], finding.row))


def sum_source(source: str) -> tuple[str, int] | None:
    """The division and k of a component source `DIV:k`; None for another source."""
    match = _SUM.fullmatch(source)
    return (match[1], int(match[2])) if match else None


def _warning(code: str, sheet: str, row: int, column: str, /, **values: object) -> PlanFinding:
    return PlanFinding(code, sheet, row, column, values, "warning")


def _error(code: str, sheet: str, row: int, column: str, /, **values: object) -> PlanFinding:
    return PlanFinding(code, sheet, row, column, values)


def _twice(sheet: str, column: str, keys: Iterable[object], text: str = "{}") -> Iterator[PlanFinding]:
    """duplicate (`text`, `row` of the first): a key occurs again. Empty keys are no matter of this."""
    first: dict[object, int] = {}
    for row, key in enumerate(keys, start=FIRST_ROW):
        if key in first:
            shown = text.format(*key) if isinstance(key, tuple) else str(key)
            yield _error("duplicate", sheet, row, column, text=shown, row=first[key])
        elif key:
            first[key] = row


def _check_event(plan: Plan) -> Iterator[PlanFinding]:
    """opens_late; no_date (warning)."""
    if plan.info.opens_minute >= plan.info.closes_minute:
        yield _error("opens_late", EVENT, 0, "最迟结束")
    if not plan.info.date:
        yield _warning("no_date", EVENT, 0, "日期")


def _check_divisions(plan: Plan) -> Iterator[PlanFinding]:
    """none (warning); duplicate; no_components, no_units (`category`; warnings); tie_step (`step`, `known`)."""
    if not plan.divisions:
        yield _warning("none", DIVISIONS, 0, "")
    yield from _twice(DIVISIONS, "组别代码", (division.code for division in plan.divisions))
    yield from _twice(DIVISIONS, "组别", ((d.category, d.name) for d in plan.divisions), "{}·{}")
    categories = {unit.category for unit in plan.units}
    for row, division in enumerate(plan.divisions, start=FIRST_ROW):
        if division.category not in categories:
            yield _warning("no_units", DIVISIONS, row, "类别", category=division.category)
        if not any(component.division == division.code for component in plan.components):
            yield _warning("no_components", DIVISIONS, row, "组别代码", code=division.code)
            continue
        known = _known_steps(plan, division)
        for step in tie_steps(division.tie_rule):
            if step not in known:
                yield _error("tie_step", DIVISIONS, row, "同分规则", step=step, known=tuple(known))


def _known_steps(plan: Plan, division: Division) -> list[str]:
    """The names of its components and of those that it sums, 用时, and 理论 where there is a theory mark."""
    codes = {division.code}
    for component in plan.components:
        source = sum_source(component.source)
        if component.division == division.code and source:
            codes.add(source[0])
    counted = [component for component in plan.components if component.division in codes]
    names = [component.name for component in counted] + [TIME]
    if any(component.source == THEORY for component in counted):
        names.append(THEORY)
    return list(dict.fromkeys(names))


def _check_units(plan: Plan) -> Iterator[PlanFinding]:
    """none (warning); duplicate; short_twice (`text`, `row`; warning); category (`text`, `known`)."""
    if not plan.units:
        yield _warning("none", UNITS, 0, "")
    yield from _twice(UNITS, "单位", (unit.name for unit in plan.units))
    for finding in _twice(UNITS, "简称", (unit.short for unit in plan.units)):
        yield _warning("short_twice", UNITS, finding.row, "简称", **finding.values)
    categories = list(dict.fromkeys(division.category for division in plan.divisions))
    for row, unit in enumerate(plan.units, start=FIRST_ROW):
        if categories and unit.category not in categories:
            yield _error("category", UNITS, row, "类别", text=unit.category, known=tuple(categories))


def _check_stations(plan: Plan) -> Iterator[PlanFinding]:
    """none (warning); duplicate; station_code; the codes of the functions below."""
    if not plan.stations:
        yield _warning("none", STATIONS, 0, "")
    yield from _twice(STATIONS, "考站", (station.code for station in plan.stations))
    yield from _twice(STATIONS, "名称", (station.name for station in plan.stations))
    sheets = {sheet.code for sheet in plan.sheets}
    for row, station in enumerate(plan.stations, start=FIRST_ROW):
        if station.code and not is_station_code(station.code):
            yield _error("station_code", STATIONS, row, "考站", text=station.code)
        if station.sheet and station.sheet not in sheets:
            yield _error("sheet_unknown", STATIONS, row, "评分表", text=station.sheet)
        yield from _check_station_times(plan, station, row)
        yield from _check_station_divisions(plan, station, row)


def _check_station_times(plan: Plan, station: Station, row: int) -> Iterator[PlanFinding]:
    """longer_than_day; trimmed_few; trimmed_shaky (warning)."""
    if station.minutes > plan.info.closes_minute - plan.info.opens_minute > 0:
        yield _error("longer_than_day", STATIONS, row, "时长(分)")
    if station.combine == "trimmed":
        if station.judges < _TRIMMED_LEAST:
            yield _error("trimmed_few", STATIONS, row, "裁判数", judges=station.judges)
        elif station.judges < _TRIMMED_WELL:
            yield _warning("trimmed_shaky", STATIONS, row, "裁判数", judges=station.judges)


def _check_station_divisions(plan: Plan, station: Station, row: int) -> Iterator[PlanFinding]:
    """division_unknown (`text`); division_twice (`text`); sum_performs, entry_differs, not_counted (`code`; the
    last a warning)."""
    divisions = {division.code: division for division in plan.divisions}
    for code, times in Counter(station.divisions).items():
        if times > 1:
            yield _error("division_twice", STATIONS, row, "适用组别", text=code)
        division = divisions.get(code)
        if division is None:
            yield _error("division_unknown", STATIONS, row, "适用组别", text=code)
        elif division.entry == "sum":
            yield _error("sum_performs", STATIONS, row, "适用组别", code=code)
        elif division.entry != station.entry:
            yield _error("entry_differs", STATIONS, row, "参赛方式", code=code)
        elif not _counts(plan, code, station.code):
            yield _warning("not_counted", STATIONS, row, "适用组别", code=code)


def _counts(plan: Plan, division: str, station: str) -> bool:
    own = any((component.division, component.source) == (division, station) for component in plan.components)
    return own or any(station in choice.stations for choice in choices(plan, division))


def _check_components(plan: Plan) -> Iterator[PlanFinding]:
    """duplicate; division_unknown (`text`); weights (`code`, `total` in thousandths); source_twice (warning); the
    codes of the function below."""
    yield from _twice(COMPONENTS, "成绩项", ((c.division, c.name) for c in plan.components), "{} {}")
    divisions = {division.code: division for division in plan.divisions}
    first: dict[str, int] = {}
    sources: set[tuple[str, str]] = set()
    for row, component in enumerate(plan.components, start=FIRST_ROW):
        division = divisions.get(component.division)
        if division is None:
            if component.division:
                yield _error("division_unknown", COMPONENTS, row, "组别代码", text=component.division)
            continue
        first.setdefault(component.division, row)
        if (component.division, component.source) in sources:
            yield _warning("source_twice", COMPONENTS, row, "来源", text=component.source)
        sources.add((component.division, component.source))
        yield from _check_source(plan, component, division, row)
    for code, row in first.items():
        total = sum(component.weight_milli for component in plan.components if component.division == code)
        if total != _FULL_WEIGHT:
            yield _error("weights", COMPONENTS, row, "权重", code=code, total=total)


def _check_source(plan: Plan, component: Component, division: Division, row: int) -> Iterator[PlanFinding]:
    """source_unknown (`text`); theory_of_people; sum_of_people (`code`); sum_in_sum; not_served (`text`, `code`);
    best_zero; best_above_quota, other_category (`code`; warnings); the codes of the function below."""
    stations = {station.code: station for station in plan.stations}
    source = component.source
    if source == THEORY:
        if division.entry != "individual":
            yield _error("theory_of_people", COMPONENTS, row, "来源")
        return
    if source in stations:
        if division.code not in stations[source].divisions:
            yield _error("not_served", COMPONENTS, row, "来源", text=source, code=division.code)
        return
    if choice := choice_source(source):
        yield from _check_choice(plan, *choice, division, row)
        return
    summed = sum_source(source)
    other = next((d for d in plan.divisions if summed and d.code == summed[0]), None)
    if summed is None or other is None:
        if source:
            yield _error("source_unknown", COMPONENTS, row, "来源", text=source)
        return
    if division.entry != "sum":
        yield _error("sum_in_sum", COMPONENTS, row, "来源", code=division.code)
    elif other.entry != "individual":
        yield _error("sum_of_people", COMPONENTS, row, "来源", code=other.code)
    elif summed[1] < 1:
        yield _error("best_zero", COMPONENTS, row, "来源")
    else:
        if summed[1] > other.quota:
            yield _warning(
                "best_above_quota", COMPONENTS, row, "来源", best=summed[1], code=other.code, quota=other.quota
            )
        if other.category != division.category:
            yield _warning("other_category", COMPONENTS, row, "来源", code=other.code)


def _check_choice(
    plan: Plan, codes: tuple[str, ...], count: int, division: Division, row: int
) -> Iterator[PlanFinding]:
    """station_unknown (`text`); not_served (`text`, `code`); optional_twice (`text`, `code`): a station is counted
    elsewhere in the division too, or occurs twice here; draw_none; draw_all (`count`, `stations`)."""
    stations = {station.code: station for station in plan.stations}
    counted = Counter(code for choice in choices(plan, division.code) for code in choice.stations)
    counted.update(other.source for other in plan.components if other.division == division.code)
    for code in dict.fromkeys(codes):
        if code not in stations:
            yield _error("station_unknown", COMPONENTS, row, "来源", text=code)
        elif division.code not in stations[code].divisions:
            yield _error("not_served", COMPONENTS, row, "来源", text=code, code=division.code)
        if counted[code] > 1:
            yield _error("optional_twice", COMPONENTS, row, "来源", text=code, code=division.code)
    if count < 1:
        yield _error("draw_none", COMPONENTS, row, "来源")
    elif count >= len(codes):
        yield _error("draw_all", COMPONENTS, row, "来源", count=count, stations=len(codes))


def _check_awards(plan: Plan) -> Iterator[PlanFinding]:
    """duplicate; division_unknown (`text`); scope (`code`); both; neither; percents (`code`, `total`); many (`code`,
    `total`, `most`; warning)."""
    yield from _twice(AWARDS, "等级", ((level.division, level.name) for level in plan.awards), "{} {}")
    divisions = {division.code: division for division in plan.divisions}
    units = Counter(unit.category for unit in plan.units)
    last: dict[str, int] = {}
    for row, level in enumerate(plan.awards, start=FIRST_ROW):
        division = divisions.get(level.division)
        if level.count is not None and level.percent_milli is not None:
            yield _error("both", AWARDS, row, "比例")
        if level.count is None and level.percent_milli is None:
            yield _error("neither", AWARDS, row, "名额")
        if division is None:
            if level.division:
                yield _error("division_unknown", AWARDS, row, "组别代码", text=level.division)
            continue
        last[level.division] = row
        if (level.scope == "individual") != (division.entry == "individual"):
            yield _error("scope", AWARDS, row, "范围", code=level.division)
    for code, row in last.items():
        levels = [level for level in plan.awards if level.division == code]
        percents = sum(level.percent_milli or 0 for level in levels)
        if percents > _FULL_PERCENT:
            yield _error("percents", AWARDS, row, "比例", code=code, total=percents)
        counts = sum(level.count or 0 for level in levels)
        most = units[divisions[code].category] * divisions[code].quota
        if counts > most > 0:
            yield _warning("many", AWARDS, row, "名额", code=code, total=counts, most=most)


def _check_judges(plan: Plan) -> Iterator[PlanFinding]:
    """station_unknown (`text`); lane (`lanes`); judge_twice (`text`, `row`; warning); no_judges (`code`; warning);
    judges_few, judges_many (`code`, `lane`, `there`, `needed`; the latter a warning)."""
    stations = {station.code: station for station in plan.stations}
    people = ((judge.name, judge.unit_name) if judge.name else () for judge in plan.judges)
    for finding in _twice(JUDGES, "姓名", people):
        yield _warning("judge_twice", JUDGES, finding.row, "姓名", **finding.values)
    last: dict[tuple[str, int], int] = {}
    seats: Counter[tuple[str, int]] = Counter()
    for row, judge in enumerate(plan.judges, start=FIRST_ROW):
        station = stations.get(judge.station)
        if station is None:
            if judge.station:
                yield _error("station_unknown", JUDGES, row, "考站", text=judge.station)
        elif judge.lane > station.lanes:
            yield _error("lane", JUDGES, row, "工位", lanes=station.lanes)
        else:
            last[judge.station, judge.lane] = row
            seats[judge.station, judge.lane] += 1
    for station in plan.stations:
        if not any(code == station.code for code, _lane in seats):
            yield _warning("no_judges", JUDGES, 0, "考站", code=station.code)
            continue
        for lane in range(1, min(station.lanes, 99) + 1):
            there = seats[station.code, lane]
            values = {"code": station.code, "lane": lane, "there": there, "needed": station.judges}
            row = last.get((station.code, lane), 0)
            if there < station.judges:
                yield _error("judges_few", JUDGES, row, "工位", **values)
            elif there > station.judges:
                yield _warning("judges_many", JUDGES, row, "工位", **values)


def _check_breaks(plan: Plan) -> Iterator[PlanFinding]:
    """ends_first; outside_day; overlap (`text`: the other's name)."""
    rows = list(enumerate(plan.breaks, start=FIRST_ROW))
    for row, pause in rows:
        if pause.starts_minute >= pause.ends_minute:
            yield _error("ends_first", BREAKS, row, "结束")
        elif pause.starts_minute < plan.info.opens_minute or pause.ends_minute > plan.info.closes_minute:
            yield _error("outside_day", BREAKS, row, "开始")
    for (_row, before), (row, pause) in pairwise(sorted(rows, key=lambda pair: pair[1].starts_minute)):
        if pause.starts_minute < before.ends_minute:
            yield _error("overlap", BREAKS, row, "开始", text=before.name)


def _check_sheets(plan: Plan) -> Iterator[PlanFinding]:
    """none, unused (`code`), full_mark (`code`, `full`) (warnings); sheet_twice (`text`); sheet_empty, no_points
    (`code`); number_twice (`number`); item_rule (`rule`: the code of RuleError, and its values)."""
    if not plan.sheets:
        yield _warning("none", SHEETS, 0, "")
    codes = [sheet.code for sheet in plan.sheets]
    used = {station.sheet for station in plan.stations}
    row = FIRST_ROW
    for place, sheet in enumerate(plan.sheets):
        head = row
        if sheet.code in codes[:place]:
            yield _error("sheet_twice", SHEETS, head, "评分表", text=sheet.code)
        if not sheet.items:
            yield _error("sheet_empty", SHEETS, 0, "评分表", code=sheet.code)
            continue
        if sheet.code and sheet.code not in used:
            yield _warning("unused", SHEETS, head, "评分表", code=sheet.code)
        full = full_mark(sheet.items)
        if full == 0:
            yield _error("no_points", SHEETS, head, "分值", code=sheet.code)
        elif full != _USUAL_MARK:
            yield _warning("full_mark", SHEETS, head, "分值", code=sheet.code, full=full)
        numbers: set[int] = set()
        for item in sheet.items:
            if item.number in numbers:
                yield _error("number_twice", SHEETS, row, "序号", number=item.number)
            numbers.add(item.number)
            yield from _check_rule(row, item.kind, item.rule, item.full_milli)
            row += 1


def _check_rule(row: int, kind: str, rule: str, full_milli: int) -> Iterator[PlanFinding]:
    try:
        parse_rule(kind, rule, full_milli)
    except RuleError as problem:
        if problem.code != "kind":  # check_fields says so
            column = "分值" if problem.code == "sign" else "细则"
            yield _error("item_rule", SHEETS, row, column, rule=problem.code, **problem.values)
