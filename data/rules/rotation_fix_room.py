"""How much more room a day needs: limits moved as far as a timetable needs them, more lanes, fewer entrants."""

from collections.abc import Iterable
from dataclasses import replace

from data.rules.rotation_check import check
from data.rules.rotation_fix import Fix, closes_for_good, merged
from data.rules.rotation_model import Obstacle, Problem, Slot, Station
from data.rules.rotation_spans import next_start

_LONGEST_DAY = 24 * 60
_STATIONS_TRIED = 3


def relaxed(problem: Problem, slots: Iterable[Slot]) -> Fix | None:
    """The limits that this timetable breaks, moved just so far that it keeps them; None: it breaks others, too."""
    moved = _kept_by(problem, slots)
    return together(sorted(moved, key=lambda fix: (fix.code, fix.station, fix.unit))) if moved else None


def together(changes: Iterable[Fix]) -> Fix:
    """One change of several; of those of a kind minutes become the latest, lanes and entrants are added up."""
    kinds: dict[tuple[str, str, str], Fix] = {}
    for change in (part for fix in changes for part in fix.parts):
        key = kind(change)
        old = kinds.get(key)
        kinds[key] = change if old is None else _both(old, change)
    first, *others = kinds.values()
    return replace(first, also=tuple(others))


def _both(old: Fix, change: Fix) -> Fix:
    entrants = tuple(sorted({*old.entrants, *change.entrants}))
    count = len(entrants) if old.code == "fewer" else old.count + change.count
    return replace(old, minute=max(old.minute, change.minute), count=count, entrants=entrants)


def kind(fix: Fix) -> tuple[str, str, str]:
    """What a change is of; a larger one of the same kind takes its place."""
    return fix.code, fix.station, fix.unit


def _kept_by(problem: Problem, slots: Iterable[Slot]) -> list[Fix]:
    entrants = {entrant.id: entrant for entrant in problem.entrants}
    stations = {station.code: station for station in problem.stations}
    found: list[Fix] = []
    for finding in check(problem, slots):
        slot = finding.slots[0] if finding.slots else None
        if not finding.hard:
            continue
        if slot is None:
            return []
        if finding.code == "after_closing":
            found.append(Fix("close_later", minute=slot.ends))
        elif finding.code == "stay":
            found.append(Fix("longer_stay", minute=problem.most_stay + finding.minutes))
        elif finding.code == "not_here" and slot.starts >= max(entrants[slot.entrant].windows)[0]:
            found.append(Fix("widen", minute=slot.ends, entrants=(slot.entrant,), unit=_unit(problem, slot.entrant)))
        elif finding.code == "in_closed" and _is_after_hours(problem, stations[slot.station], slot):
            found.append(Fix("open_longer", slot.station, minute=slot.ends))
        else:
            return []
    return [together([fix for fix in found if kind(fix) == key]) for key in dict.fromkeys(map(kind, found))]


def _is_after_hours(problem: Problem, station: Station, slot: Slot) -> bool:
    """Whether this visit runs only into the time after the lane has closed for the day."""
    last = closes_for_good(problem, station, slot.lane)
    shut = [span for span in merged(station.closed(slot.lane)) if span[0] < slot.ends and slot.starts < span[1]]
    return shut == [last]


def _unit(problem: Problem, entrant_id: int) -> str:
    units = next(entrant.units for entrant in problem.entrants if entrant.id == entrant_id)
    return max(units, key=lambda name: (len(name), name), default="")


def room_fixes(problem: Problem, obstacles: Iterable[Obstacle]) -> list[Fix]:
    """More lanes, or fewer entrants, at the stations that have the least room; each still to be proven."""
    short = [obstacle.station for obstacle in obstacles if obstacle.code in ("station_late", "late", "no_room")]
    if not short:
        return []
    coming = {station.code: _coming(problem, station) for station in problem.stations}
    spare = {station.code: _room(problem, station) - len(coming[station.code]) for station in problem.stations}
    tight = sorted(spare, key=lambda code: spare[code])
    lacking = [code for code in tight if spare[code] < 0]
    found: list[Fix] = []
    if len(lacking) > 1:
        found.append(together(_lanes(problem, code, spare[code]) for code in lacking))
    found += [
        _lanes(problem, code, spare[code])
        for code in dict.fromkeys([*short, *tight][:_STATIONS_TRIED])
        if any(entrant.drawn_lane(code) is None for entrant in problem.entrants if entrant.id in coming[code])
    ]
    gone = max(1, *(-spare[code] for code in lacking)) if lacking else 1
    found += [fewer(problem, code, gone) for code in dict.fromkeys([*lacking, *short][:1]) if len(coming[code]) > gone]
    return found


def fewer(problem: Problem, code: str, count: int) -> Fix:
    """The last `count` in the order of the draw who still have to visit this station, and have not begun, left out."""
    begun = {slot.entrant for slot in problem.done}
    coming = [entrant.id for entrant in problem.entrants if code in entrant.stations and entrant.id not in begun]
    gone = tuple(coming[-count:])
    return Fix("fewer", code, count=len(gone), entrants=gone)


def _coming(problem: Problem, station: Station) -> set[int]:
    done = {slot.entrant for slot in problem.done if slot.station == station.code}
    return {entrant.id for entrant in problem.entrants if station.code in entrant.stations} - done


def _room(problem: Problem, station: Station) -> int:
    """How many visits to come the lanes of a station take until closing, were everyone always at hand."""
    return sum(_lane_room(problem, station, lane) for lane in station.lanes)


def _lane_room(problem: Problem, station: Station, lane: int) -> int:
    """How many one lane takes; lane 0: a new one."""
    ran = [slot for slot in problem.happened if (slot.station, slot.lane) == (station.code, lane)]
    minute = max([problem.earliest, *(slot.ends + station.changeover for slot in ran)])
    shut = sorted((*problem.breaks, *(station.closed(lane) if lane else ())))
    count = 0
    while True:
        minute = next_start(minute, station.minutes, shut) + station.minutes
        if minute > min(problem.closes, _LONGEST_DAY):
            return count
        count += 1
        minute += station.changeover


def _lanes(problem: Problem, code: str, spare: int) -> Fix:
    station = next(station for station in problem.stations if station.code == code)
    more = max(1, _lane_room(problem, station, 0))
    return Fix("add_lane", code, count=max(1, -(spare // more)) if spare < 0 else 1)
