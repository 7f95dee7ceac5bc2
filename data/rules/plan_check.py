"""Does a plan make sense? Every fault with its place in the plan workbook, as a code and values without words.

What is not there yet is a warning, so that a plan can be made over several days; what contradicts
itself is an error.
"""

from collections.abc import Iterator

from data.rules import plan_places, plan_scores, plan_times
from data.rules.marksheet import RuleError, full_mark, parse_rule
from data.rules.plan import THEORY, Division, Plan
from data.rules.plan_faults import FIRST_ROW, PlanFinding, error, twice, warning
from data.rules.plan_fields import check_fields
from data.rules.plan_layout import DIVISIONS, EVENT, LAYOUTS, SHEETS, UNITS
from data.rules.programme import sum_source
from data.rules.scoring import TIME, tie_steps

__all__ = ["PlanFinding", "check_plan"]

_USUAL_MARK = 100_000


def check_plan(plan: Plan) -> list[PlanFinding]:
    """Every fault of this plan, in the order of the workbook."""
    found = [
        *check_fields(plan),
        *_check_event(plan),
        *_check_divisions(plan),
        *_check_units(plan),
        *plan_places.check_stations(plan),
        *plan_scores.check_components(plan),
        *plan_scores.check_awards(plan),
        *plan_scores.check_honours(plan),
        *plan_places.check_judges(plan),
        *plan_times.check_stays(plan),
        *plan_times.check_units(plan),
        *plan_times.check_hours(plan),
        *plan_times.check_breaks(plan),
        *plan_times.check_sessions(plan),
        *plan_times.check_walks(plan),
        *_check_sheets(plan),
    ]
    order = {layout.name: place for place, layout in enumerate(LAYOUTS)}
    return sorted(found, key=lambda finding: (order[finding.sheet], finding.row))


def _check_event(plan: Plan) -> Iterator[PlanFinding]:
    """opens_late; low_above_high; no_date (warning)."""
    if plan.info.opens_minute >= plan.info.closes_minute:
        yield error("opens_late", EVENT, 0, "最迟结束")
    low, high = plan.info.low_milli, plan.info.high_milli
    if low is not None and high is not None and low >= high:
        yield error("low_above_high", EVENT, 0, "评分上限(%)")
    if not plan.info.date:
        yield warning("no_date", EVENT, 0, "日期")


def _check_divisions(plan: Plan) -> Iterator[PlanFinding]:
    """none (warning); duplicate; no_components, no_units (`category`; warnings); tie_step (`step`, `known`);
    session_unknown (`text`)."""
    if not plan.divisions:
        yield warning("none", DIVISIONS, 0, "")
    yield from twice(DIVISIONS, "组别代码", (division.code for division in plan.divisions))
    yield from twice(DIVISIONS, "组别", ((d.category, d.name) for d in plan.divisions), "{}·{}")
    categories = {unit.category for unit in plan.units}
    sessions = {"", *(session.name for session in plan.sessions)}
    for row, division in enumerate(plan.divisions, start=FIRST_ROW):
        if division.session not in sessions:
            yield error("session_unknown", DIVISIONS, row, "场次", text=division.session)
        if division.category not in categories:
            yield warning("no_units", DIVISIONS, row, "类别", category=division.category)
        if not any(component.division == division.code for component in plan.components):
            yield warning("no_components", DIVISIONS, row, "组别代码", code=division.code)
            continue
        known = _known_steps(plan, division)
        for step in tie_steps(division.tie_rule):
            if step not in known:
                yield error("tie_step", DIVISIONS, row, "同分规则", step=step, known=tuple(known))


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
        yield warning("none", UNITS, 0, "")
    yield from twice(UNITS, "单位", (unit.name for unit in plan.units))
    for finding in twice(UNITS, "简称", (unit.short for unit in plan.units)):
        yield warning("short_twice", UNITS, finding.row, "简称", **finding.values)
    categories = list(dict.fromkeys(division.category for division in plan.divisions))
    for row, unit in enumerate(plan.units, start=FIRST_ROW):
        if categories and unit.category not in categories:
            yield error("category", UNITS, row, "类别", text=unit.category, known=tuple(categories))


def _check_sheets(plan: Plan) -> Iterator[PlanFinding]:
    """none, unused (`code`), full_mark (`code`, `full`) (warnings); sheet_twice (`text`); sheet_empty, no_points
    (`code`); number_twice (`number`); item_rule (`rule`: the code of RuleError, and its values)."""
    if not plan.sheets:
        yield warning("none", SHEETS, 0, "")
    codes = [sheet.code for sheet in plan.sheets]
    used = {station.sheet for station in plan.stations}
    row = FIRST_ROW
    for place, sheet in enumerate(plan.sheets):
        head = row
        if sheet.code in codes[:place]:
            yield error("sheet_twice", SHEETS, head, "评分表", text=sheet.code)
        if not sheet.items:
            yield error("sheet_empty", SHEETS, 0, "评分表", code=sheet.code)
            continue
        if sheet.code and sheet.code not in used:
            yield warning("unused", SHEETS, head, "评分表", code=sheet.code)
        full = full_mark(sheet.items)
        if full == 0:
            yield error("no_points", SHEETS, head, "分值", code=sheet.code)
        elif full != _USUAL_MARK:
            yield warning("full_mark", SHEETS, head, "分值", code=sheet.code, full=full)
        numbers: set[int] = set()
        for item in sheet.items:
            if item.number in numbers:
                yield error("number_twice", SHEETS, row, "序号", number=item.number)
            numbers.add(item.number)
            yield from _check_rule(row, item.kind, item.rule, item.full_milli)
            row += 1


def _check_rule(row: int, kind: str, rule: str, full_milli: int) -> Iterator[PlanFinding]:
    try:
        parse_rule(kind, rule, full_milli)
    except RuleError as problem:
        if problem.code != "kind":  # check_fields says so
            column = "分值" if problem.code == "sign" else "细则"
            yield error("item_rule", SHEETS, row, column, rule=problem.code, **problem.values)
