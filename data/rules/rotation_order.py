"""Every station in the order of the draw; and stays that begin as late as what follows allows."""

from collections.abc import Iterable
from itertools import pairwise

from data.rules.rotation_ground import Ground, Key, Place
from data.rules.rotation_lanes import options
from data.rules.rotation_model import Slot, Span
from data.rules.rotation_spans import NEVER, clashes, fit, last_start


def timetables(ground: Ground) -> list[list[Slot]]:
    """Some timetables in which everyone goes round the stations in the same order, one entrant after the other."""
    stations = ground.problem.stations
    orders = [
        stations,
        sorted(stations, key=lambda station: station.minutes),
        sorted(stations, key=lambda station: -station.minutes),
    ]
    distinct = {tuple(station.code for station in order): None for order in orders}
    return [_timetable(ground, codes) for codes in distinct]


def breaks_of_order(ground: Ground, slots: Iterable[Slot]) -> int:
    """How often at a station somebody starts after the next one in the draw of the division."""
    starts = {(slot.entrant, slot.station): slot.starts for slot in slots}
    count = 0
    for keys in _lines(ground).values():
        here = [starts[key] for key in keys if key in starts]
        count += sum(later < earlier for earlier, later in pairwise(here))
    return count


def _lines(ground: Ground) -> dict[tuple[str, str], list[Key]]:
    """The visits of each division at each station, as drawn."""
    lines: dict[tuple[str, str], list[Key]] = {}
    for entrant in ground.problem.entrants:
        for code in entrant.stations:
            lines.setdefault((entrant.division, code), []).append((entrant.id, code))
    return lines


def _timetable(ground: Ground, codes: tuple[str, ...]) -> list[Slot]:
    lanes = {station.code: options(ground, station) for station in ground.problem.stations}
    todo: dict[int, set[str]] = {}
    for entrant, code in ground.visits:
        todo.setdefault(entrant, set()).add(code)
    lane_free: dict[Place, int] = {}
    reached: dict[tuple[str, str], int] = {}  # division and station -> the last start
    days: dict[int, list[Slot]] = {}
    reserve: dict[str, list[Span]] = {}
    arrives = {
        entrant.id: min((starts for starts, _ends in entrant.windows), default=0) for entrant in ground.problem.entrants
    }
    slots: list[Slot] = []
    for entrant in sorted(todo, key=arrives.__getitem__):
        division = ground.entrants[entrant].division
        for code in (code for code in codes if code in todo[entrant]):
            key, length = (entrant, code), ground.stations[code].minutes
            busy = [*ground.spans.get(key, ()), *_busy(ground, entrant, code, days)]
            if key in ground.stood_in:
                busy += reserve.get(code, ())
            ready = max(ground.problem.earliest, reached.get((division, code), 0))
            own = days.get(entrant, ())
            ready = max([ready, *(slot.ends for slot in own)])
            found = []
            for lane in lanes[code][entrant]:
                spans = [*ground.lane_spans[code, lane], *busy]
                start = fit(max(ready, lane_free.get((code, lane), 0)), length, spans, ground.bell)
                over = ground.over(Slot(entrant, code, lane, start, start + length))
                found.append((over, start, lane_free.get((code, lane), 0), lane))
            _over, start, _free, lane = min(found)
            slot = Slot(entrant, code, lane, start, start + length)
            slots.append(slot)
            days.setdefault(entrant, []).append(slot)
            lane_free[code, lane] = slot.ends + ground.stations[code].changeover
            reached[division, code] = start
            if key in ground.stood_in:
                reserve.setdefault(code, []).append((slot.starts, slot.ends))
    return slots


def _busy(ground: Ground, entrant: int, code: str, days: dict[int, list[Slot]]) -> list[Span]:
    """When an entrant cannot be at this station because of visits, the way to and from them included."""
    return [
        (slot.starts - gap, slot.ends + gap)
        for person in (entrant, *ground.peers.get(entrant, ()))
        for slot in days.get(person, ())
        for gap in (ground.gaps[slot.station, code] if ground.gaps else 0,)
    ]


def tightened(ground: Ground, slots: list[Slot], *, ordered: bool = False) -> list[Slot]:
    """The same timetable with every visit but the last of each entrant as late as what comes after it allows.

    So stays begin later. Lanes, their order and the finish stay as they are.

    Args:
        ordered: whether nobody may come to start after the next in the draw of the division.
    """
    seen = set()
    lane_next: dict[Place, int] = {}
    later: dict[int, list[Slot]] = {}
    reserve_next: dict[str, int] = {}
    after = _who_is_next(ground) if ordered else {}
    starts: dict[Key, int] = {}
    moved: list[Slot] = []
    for slot in sorted(slots, key=lambda slot: (-slot.starts, -slot.ends, slot.entrant)):
        key, place = (slot.entrant, slot.station), (slot.station, slot.lane)
        station = ground.stations[slot.station]
        until = slot.ends if slot.entrant not in seen else NEVER
        seen.add(slot.entrant)
        until = min(until, lane_next.get(place, NEVER) - station.changeover)
        for span in _busy(ground, slot.entrant, slot.station, later):
            until = min(until, span[0])
        if key in ground.stood_in:
            until = min(until, reserve_next.get(slot.station, NEVER))
        if key in after:
            until = min(until, starts.get(after[key], NEVER) + station.minutes)
        over = ground.over(slot)
        until = min(until, slot.ends if over else ground.until(key, slot.lane))
        start = max(slot.starts, _latest(ground, slot, until)) if until < NEVER else slot.starts
        new = Slot(slot.entrant, slot.station, slot.lane, start, start + station.minutes)
        moved.append(new)
        starts[key] = start
        lane_next[place] = start
        later.setdefault(slot.entrant, []).append(new)
        if key in ground.stood_in:
            reserve_next[slot.station] = start
    return moved


def _who_is_next(ground: Ground) -> dict[Key, Key]:
    return {earlier: later for keys in _lines(ground).values() for earlier, later in pairwise(keys)}


def _latest(ground: Ground, slot: Slot, until: int) -> int:
    """The latest start to end by this minute, clear of what is fixed; a stroke, where there is a bell."""
    length = slot.ends - slot.starts
    spans = (*ground.lane_spans[slot.station, slot.lane], *ground.spans.get((slot.entrant, slot.station), ()))
    start = last_start(until, length, spans)
    if ground.bell:
        strokes = ground.bell.until(start)
        start = next((stroke for stroke in reversed(strokes) if not clashes(stroke, length, spans)), slot.starts)
    return start
