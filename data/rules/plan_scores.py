"""Do the score components and awards of a plan make sense? What `check_plan` finds in them."""

from collections import Counter
from collections.abc import Iterator

from data.rules import honours
from data.rules.plan import THEORY, Component, Division, Plan
from data.rules.plan_faults import FIRST_ROW, PlanFinding, error, twice, warning
from data.rules.plan_layout import AWARDS, COMPONENTS, HONOURS
from data.rules.programme import choice_source, choices, sum_source

_FULL_WEIGHT = _FULL_PERCENT = 100_000


def check_components(plan: Plan) -> Iterator[PlanFinding]:
    """duplicate; division_unknown (`text`); weights (`code`, `total` in thousandths); source_twice (warning); the
    codes of the function below."""
    yield from twice(COMPONENTS, "成绩项", ((c.division, c.name) for c in plan.components), "{} {}")
    divisions = {division.code: division for division in plan.divisions}
    first: dict[str, int] = {}
    sources: set[tuple[str, str]] = set()
    for row, component in enumerate(plan.components, start=FIRST_ROW):
        division = divisions.get(component.division)
        if division is None:
            if component.division:
                yield error("division_unknown", COMPONENTS, row, "组别代码", text=component.division)
            continue
        first.setdefault(component.division, row)
        if (component.division, component.source) in sources:
            yield warning("source_twice", COMPONENTS, row, "来源", text=component.source)
        sources.add((component.division, component.source))
        yield from _check_source(plan, component, division, row)
    for code, row in first.items():
        total = sum(component.weight_milli for component in plan.components if component.division == code)
        if total != _FULL_WEIGHT:
            yield error("weights", COMPONENTS, row, "权重", code=code, total=total)


def _check_source(plan: Plan, component: Component, division: Division, row: int) -> Iterator[PlanFinding]:
    """source_unknown (`text`); theory_of_people; sum_of_people (`code`); sum_in_sum; not_served (`text`, `code`);
    best_zero; best_above_quota, other_category (`code`; warnings); the codes of the function below."""
    stations = {station.code: station for station in plan.stations}
    source = component.source
    if source == THEORY:
        if division.entry != "individual":
            yield error("theory_of_people", COMPONENTS, row, "来源")
        return
    if source in stations:
        if division.code not in stations[source].divisions:
            yield error("not_served", COMPONENTS, row, "来源", text=source, code=division.code)
        return
    if choice := choice_source(source):
        yield from _check_choice(plan, *choice, division, row)
        return
    summed = sum_source(source)
    other = next((d for d in plan.divisions if summed and d.code == summed[0]), None)
    if summed is None or other is None:
        if source:
            yield error("source_unknown", COMPONENTS, row, "来源", text=source)
        return
    if division.entry != "sum":
        yield error("sum_in_sum", COMPONENTS, row, "来源", code=division.code)
    elif other.entry != "individual":
        yield error("sum_of_people", COMPONENTS, row, "来源", code=other.code)
    elif summed[1] < 1:
        yield error("best_zero", COMPONENTS, row, "来源")
    else:
        if summed[1] > other.quota:
            yield warning(
                "best_above_quota", COMPONENTS, row, "来源", best=summed[1], code=other.code, quota=other.quota
            )
        if other.category != division.category:
            yield warning("other_category", COMPONENTS, row, "来源", code=other.code)


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
            yield error("station_unknown", COMPONENTS, row, "来源", text=code)
        elif division.code not in stations[code].divisions:
            yield error("not_served", COMPONENTS, row, "来源", text=code, code=division.code)
        if counted[code] > 1:
            yield error("optional_twice", COMPONENTS, row, "来源", text=code, code=division.code)
    if count < 1:
        yield error("draw_none", COMPONENTS, row, "来源")
    elif count >= len(codes):
        yield error("draw_all", COMPONENTS, row, "来源", count=count, stations=len(codes))


def check_awards(plan: Plan) -> Iterator[PlanFinding]:
    """duplicate; division_unknown (`text`); scope (`code`); both; neither; percents (`code`, `total`); many (`code`,
    `total`, `most`; warning)."""
    yield from twice(AWARDS, "等级", ((level.division, level.name) for level in plan.awards), "{} {}")
    divisions = {division.code: division for division in plan.divisions}
    units = Counter(unit.category for unit in plan.units)
    last: dict[str, int] = {}
    for row, level in enumerate(plan.awards, start=FIRST_ROW):
        division = divisions.get(level.division)
        if level.count is not None and level.percent_milli is not None:
            yield error("both", AWARDS, row, "比例")
        if level.count is None and level.percent_milli is None:
            yield error("neither", AWARDS, row, "名额")
        if division is None:
            if level.division:
                yield error("division_unknown", AWARDS, row, "组别代码", text=level.division)
            continue
        last[level.division] = row
        if (level.scope == "individual") != (division.entry == "individual"):
            yield error("scope", AWARDS, row, "范围", code=level.division)
    for code, row in last.items():
        levels = [level for level in plan.awards if level.division == code]
        percents = sum(level.percent_milli or 0 for level in levels)
        if percents > _FULL_PERCENT:
            yield error("percents", AWARDS, row, "比例", code=code, total=percents)
        counts = sum(level.count or 0 for level in levels)
        most = units[divisions[code].category] * divisions[code].quota
        if counts > most > 0:
            yield warning("many", AWARDS, row, "名额", code=code, total=counts, most=most)


def check_honours(plan: Plan) -> Iterator[PlanFinding]:
    """duplicate; count_missing (the basis needs a number); of_units, of_people (the basis is for the other kind)."""
    yield from twice(HONOURS, "荣誉", ((honour.name,) for honour in plan.honours), "{}")
    for row, honour in enumerate(plan.honours, start=FIRST_ROW):
        if honour.basis in (honours.PLACE, honours.AWARDS) and honour.count is None:
            yield error("count_missing", HONOURS, row, "名额")
        if honour.basis == honours.ATTENDANCE and honour.subject != honours.UNIT:
            yield error("of_units", HONOURS, row, "依据")
        if honour.basis == honours.AWARDS and honour.subject != honours.PERSON:
            yield error("of_people", HONOURS, row, "依据")
