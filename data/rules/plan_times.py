"""Do the times of a plan fit together? What `check_plan` finds in stays, arrivals, hours, breaks, sessions, walks."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from data.rules.plan import Break, Plan
from data.rules.plan_faults import FIRST_ROW, PlanFinding, error, twice, warning
from data.rules.plan_layout import BREAKS, EVENT, SESSIONS, STATIONS, UNITS, WALKS
from data.rules.programme import choices, stations_of


def check_stays(plan: Plan) -> Iterator[PlanFinding]:
    """stay_short (`code`, `needed`, `most`): nobody of a division can be through within the longest stay."""
    most = plan.info.most_stay_minutes
    for division in plan.divisions if most else ():
        needed = _shortest_stay(plan, division.code)
        if needed > most:
            yield error("stay_short", EVENT, 0, "最长停留(分)", code=division.code, needed=needed, most=most)


def _shortest_stay(plan: Plan, division: str) -> int:
    """Minutes of all its stations, the shortest ones where they are drawn, and of the rests between them."""
    length = {station.code: station.minutes for station in plan.stations}
    minutes = [length[code] for code in stations_of(plan, division)]
    for choice in choices(plan, division):
        minutes += sorted(length[code] for code in choice.stations if code in length)[: choice.count]
    return sum(minutes) + plan.info.rest_minutes * (len(minutes) - 1)


def check_units(plan: Plan) -> Iterator[PlanFinding]:
    """window_empty, window_outside; window_session (`text`: the session, `code`: the division; warning)."""
    sessions = {session.name: session for session in plan.sessions}
    opens, closes = plan.info.opens_minute, plan.info.closes_minute
    for row, unit in enumerate(plan.units, start=FIRST_ROW):
        arrives = opens if unit.arrives_minute is None else unit.arrives_minute
        leaves = closes if unit.leaves_minute is None else unit.leaves_minute
        if arrives >= closes or leaves <= opens:
            yield error("window_outside", UNITS, row, "最早到达" if arrives >= closes else "最晚离开")
        elif arrives >= leaves:
            yield error("window_empty", UNITS, row, "最晚离开")
        else:
            for division in plan.divisions:
                session = sessions.get(division.session) if division.category == unit.category else None
                if session and max(arrives, session.starts_minute) >= min(leaves, session.ends_minute):
                    yield warning("window_session", UNITS, row, "最早到达", text=session.name, code=division.code)


def check_hours(plan: Plan) -> Iterator[PlanFinding]:
    """hours_outside, hours_empty; longer_than_hours: a station's own hours, where it has some."""
    for row, station in enumerate(plan.stations, start=FIRST_ROW):
        if station.opens_minute is None and station.closes_minute is None:
            continue
        opens = plan.info.opens_minute if station.opens_minute is None else station.opens_minute
        closes = plan.info.closes_minute if station.closes_minute is None else station.closes_minute
        if opens < plan.info.opens_minute:
            yield error("hours_outside", STATIONS, row, "开放时间")
        if closes > plan.info.closes_minute:
            yield error("hours_outside", STATIONS, row, "停止时间")
        if opens >= closes:
            yield error("hours_empty", STATIONS, row, "停止时间")
        elif station.minutes > closes - opens:
            yield error("longer_than_hours", STATIONS, row, "时长(分)")


def check_breaks(plan: Plan) -> Iterator[PlanFinding]:
    """ends_first; outside_day; station_unknown (`text`); lane_alone; lane (`lanes`); overlap (`text`: the name of the
    other, at the same place)."""
    lanes = {station.code: station.lanes for station in plan.stations}
    places: dict[tuple[str, int], list[tuple[int, Break]]] = defaultdict(list)
    for row, pause in enumerate(plan.breaks, start=FIRST_ROW):
        places[pause.station, pause.lane].append((row, pause))
        if pause.starts_minute >= pause.ends_minute:
            yield error("ends_first", BREAKS, row, "结束")
        elif pause.starts_minute < plan.info.opens_minute or pause.ends_minute > plan.info.closes_minute:
            yield error("outside_day", BREAKS, row, "开始")
        if pause.station and pause.station not in lanes:
            yield error("station_unknown", BREAKS, row, "考站", text=pause.station)
        elif pause.lane and not pause.station:
            yield error("lane_alone", BREAKS, row, "考站")
        elif pause.station and pause.lane > lanes[pause.station]:
            yield error("lane", BREAKS, row, "工位", lanes=lanes[pause.station])
    for rows in places.values():
        for (_row, before), (row, pause) in pairwise(sorted(rows, key=lambda pair: pair[1].starts_minute)):
            if pause.starts_minute < before.ends_minute:
                yield error("overlap", BREAKS, row, "开始", text=before.name)


def check_sessions(plan: Plan) -> Iterator[PlanFinding]:
    """duplicate; session_ends_first; session_outside; session_unused (warning)."""
    yield from twice(SESSIONS, "名称", (session.name for session in plan.sessions))
    used = {division.session for division in plan.divisions}
    for row, session in enumerate(plan.sessions, start=FIRST_ROW):
        if session.starts_minute >= session.ends_minute:
            yield error("session_ends_first", SESSIONS, row, "结束")
        elif session.starts_minute < plan.info.opens_minute or session.ends_minute > plan.info.closes_minute:
            yield error("session_outside", SESSIONS, row, "开始")
        if session.name not in used:
            yield warning("session_unused", SESSIONS, row, "名称")


def check_walks(plan: Plan) -> Iterator[PlanFinding]:
    """station_unknown (`text`); walk_itself; walk_twice (`text`: both stations, `row` of the first)."""
    known = {station.code for station in plan.stations}
    first: dict[frozenset[str], int] = {}
    for row, walk in enumerate(plan.walks, start=FIRST_ROW):
        for column, code in (("考站", walk.station), ("到考站", walk.other)):
            if code and code not in known:
                yield error("station_unknown", WALKS, row, column, text=code)
        way = frozenset({walk.station, walk.other})
        if len(way) == 1:
            yield error("walk_itself", WALKS, row, "到考站")
        elif way in first:
            yield error("walk_twice", WALKS, row, "到考站", text=f"{walk.station}, {walk.other}", row=first[way])
        else:
            first[way] = row
